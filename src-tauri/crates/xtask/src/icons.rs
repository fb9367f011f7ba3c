//! `cargo xtask icons`: every icon a platform asks for, from `icons/icon.svg`.

#[cfg(not(feature = "icons"))]
pub use without_renderer::draw;

#[cfg(feature = "icons")]
pub use with_renderer::draw;

/// Starts this program once more with the renderer built in.
#[cfg(not(feature = "icons"))]
mod without_renderer {
    use crate::step::{Outcome, cargo, finish};

    pub fn draw() -> Outcome {
        let words = [
            "run",
            "--quiet",
            "--package",
            "xtask",
            "--features",
            "icons",
        ];
        finish("icons", cargo(words.into_iter().chain(["--", "icons"])))
    }
}

#[cfg(feature = "icons")]
mod with_renderer {
    use std::fs;

    use resvg::tiny_skia::{Pixmap, Transform};
    use resvg::usvg::{Options, Tree};

    use crate::step::{Failure, Outcome, at, step};
    use crate::tree::below;

    const NAME: &str = "icons";

    /// Files of one size.
    const PNG: [(&str, u32); 4] = [
        ("32x32.png", 32),
        ("128x128.png", 128),
        ("128x128@2x.png", 256),
        ("icon.png", 512),
    ];

    /// The sizes Windows picks from.
    const ICO: [u32; 6] = [16, 24, 32, 48, 64, 256];

    /// The sizes macOS picks from, under Apple's four-letter names.
    const ICNS: [(&[u8; 4], u32); 8] = [
        (b"ic11", 32),
        (b"ic12", 64),
        (b"ic07", 128),
        (b"ic13", 256),
        (b"ic08", 256),
        (b"ic14", 512),
        (b"ic09", 512),
        (b"ic10", 1024),
    ];

    pub fn draw() -> Outcome {
        step(NAME, || {
            let source = below("icons/icon.svg");
            let svg = at(NAME, &source, fs::read(&source))?;
            let drawing = Tree::from_data(&svg, &Options::default())
                .map_err(|error| broken(error.to_string()))?;
            for (name, size) in PNG {
                write(name, &png(&drawing, size)?)?;
            }
            write("icon.ico", &ico(&drawing)?)?;
            write("icon.icns", &icns(&drawing)?)
        })
    }

    fn write(name: &str, bytes: &[u8]) -> Outcome {
        let path = below("icons").join(name);
        println!("   icons/{name}: {} bytes", bytes.len());
        at(NAME, &path, fs::write(&path, bytes))
    }

    #[expect(
        clippy::cast_precision_loss,
        clippy::float_arithmetic,
        reason = "pixels, not money"
    )]
    fn png(drawing: &Tree, size: u32) -> Outcome<Vec<u8>> {
        let mut paper = Pixmap::new(size, size).ok_or_else(|| broken("no such size".to_owned()))?;
        let scale = size as f32 / drawing.size().width();
        resvg::render(
            drawing,
            Transform::from_scale(scale, scale),
            &mut paper.as_mut(),
        );
        paper
            .encode_png()
            .map_err(|error| broken(error.to_string()))
    }

    /// A directory of PNG images as Windows reads it since Vista.
    fn ico(drawing: &Tree) -> Outcome<Vec<u8>> {
        const HEAD: u32 = 6;
        const ENTRY: u32 = 16;
        let mut directory = vec![0, 0, 1, 0, ICO.len() as u8, 0];
        let mut images = Vec::new();
        for size in ICO {
            let image = png(drawing, size)?;
            let offset = HEAD + ENTRY * ICO.len() as u32 + images.len() as u32;
            // 0 stands for 256.
            let side = u8::try_from(size).unwrap_or(0);
            directory.extend([side, side, 0, 0, 1, 0, 32, 0]);
            directory.extend((image.len() as u32).to_le_bytes());
            directory.extend(offset.to_le_bytes());
            images.extend(image);
        }
        directory.extend(images);
        Ok(directory)
    }

    /// A row of named PNG images as macOS reads it.
    fn icns(drawing: &Tree) -> Outcome<Vec<u8>> {
        let mut images = Vec::new();
        for (name, size) in ICNS {
            let image = png(drawing, size)?;
            images.extend(name);
            images.extend((image.len() as u32 + 8).to_be_bytes());
            images.extend(image);
        }
        let mut file = b"icns".to_vec();
        file.extend((images.len() as u32 + 8).to_be_bytes());
        file.extend(images);
        Ok(file)
    }

    fn broken(how: String) -> Failure {
        Failure::Step {
            step: NAME.to_owned(),
            how,
        }
    }
}

use std::path::PathBuf;
use std::sync::OnceLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use crate::PrintError;

/// 版面 — which template is filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Template {
    /// 完整估算单
    Full,
    /// 窗口单
    Counter,
    /// 核对单
    Slip,
}

const REGULAR: &[u8] = include_bytes!("../fonts/NotoSansSC-Regular.ttf");
const BOLD: &[u8] = include_bytes!("../fonts/NotoSansSC-Bold-Subset.ttf");

/// What every sheet shares: fonts, templates and the library, read once.
struct Press {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    full: Source,
    counter: Source,
    slip: Source,
    kit: Source,
    sheet: FileId,
}

/// The world a template sees: the templates, two fonts, and one sheet's data as `/sheet.json`. No
/// other file, no package, no clock.
pub(crate) struct SheetWorld {
    press: &'static Press,
    template: Template,
    data: Bytes,
}

impl SheetWorld {
    /// The world of one sheet, its data as JSON.
    pub(crate) fn new(template: Template, json: Vec<u8>) -> Result<SheetWorld, PrintError> {
        Ok(SheetWorld {
            press: press()?,
            template,
            data: Bytes::new(json),
        })
    }

    fn sources(&self) -> [&Source; 4] {
        let press = self.press;
        [&press.full, &press.counter, &press.slip, &press.kit]
    }
}

impl World for SheetWorld {
    fn library(&self) -> &LazyHash<Library> {
        &self.press.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.press.book
    }

    fn main(&self) -> FileId {
        match self.template {
            Template::Full => self.press.full.id(),
            Template::Counter => self.press.counter.id(),
            Template::Slip => self.press.slip.id(),
        }
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.sources()
            .into_iter()
            .find(|source| source.id() == id)
            .cloned()
            .ok_or_else(|| not_found(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.press.sheet {
            Ok(self.data.clone())
        } else {
            Err(not_found(id))
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.press.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn press() -> Result<&'static Press, PrintError> {
    static PRESS: OnceLock<Result<Press, PrintError>> = OnceLock::new();
    PRESS.get_or_init(set_up).as_ref().map_err(Clone::clone)
}

fn set_up() -> Result<Press, PrintError> {
    let fonts = vec![
        font("Noto Sans SC", REGULAR)?,
        font("Noto Sans SC Bold", BOLD)?,
    ];
    Ok(Press {
        library: LazyHash::new(Library::default()),
        book: LazyHash::new(FontBook::from_fonts(&fonts)),
        fonts,
        full: source("full.typ", include_str!("../templates/full.typ"))?,
        counter: source("counter.typ", include_str!("../templates/counter.typ"))?,
        slip: source("slip.typ", include_str!("../templates/slip.typ"))?,
        kit: source("kit.typ", include_str!("../templates/kit.typ"))?,
        sheet: file_id("sheet.json")?,
    })
}

fn font(name: &'static str, data: &'static [u8]) -> Result<Font, PrintError> {
    Font::new(Bytes::new(data), 0).ok_or(PrintError::Font(name))
}

fn source(name: &str, text: &str) -> Result<Source, PrintError> {
    Ok(Source::new(file_id(name)?, text.to_owned()))
}

fn file_id(name: &str) -> Result<FileId, PrintError> {
    let path = VirtualPath::new(name).map_err(|e| PrintError::Layout(e.to_string()))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

fn not_found(id: FileId) -> FileError {
    FileError::NotFound(PathBuf::from(id.vpath().get_without_slash()))
}

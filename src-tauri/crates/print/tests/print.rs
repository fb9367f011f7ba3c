//! What leaves the crate: whole PDFs and preview pages.
#![allow(clippy::unwrap_used)]

mod sheets;

use gongji_print::{EstimateSheet, Form, pdf, slip_pdf, svg_pages};

const FORMS: [Form; 2] = [Form::Full, Form::Counter];

/// Names somebody could type, or be called.
fn hostile_texts() -> Vec<String> {
    vec![
        "#panic(\"x\")".into(),
        "*_$`<a>@b#import \"/etc/passwd\": *".into(),
        "\\u{7b}\\ \"}]),#sys.inputs//*".into(),
        "{page} {pages}".into(),
        "👩‍👩‍👧‍👦🀄".into(),
        "\u{202e}\u{2067}反\u{2069}א ب\u{202c}".into(),
        "𠀀𪜀𰻝".into(),
        "e\u{301}\u{302}\u{303}\0\u{7}\t\n\r\u{2028}\u{fffd}".into(),
        String::new(),
        " ".into(),
        "长名".repeat(5_000),
    ]
}

fn page_count(paper: &[u8]) -> usize {
    let mark = b"/Type/Page";
    paper
        .windows(mark.len() + 1)
        .filter(|bytes| bytes.starts_with(mark) && bytes[mark.len()] != b's')
        .count()
}

#[test]
fn pdf_is_a_pdf_and_the_preview_has_its_pages() {
    for (sheet, pages) in [
        (sheets::short(), 2),
        (sheets::unknown(), 1),
        (sheets::long(), 4),
    ] {
        let paper = pdf(&sheet, Form::Full).unwrap();
        assert!(paper.starts_with(b"%PDF-1.7"));
        let preview = svg_pages(&sheet, Form::Full).unwrap();
        assert_eq!((page_count(&paper), preview.len()), (pages, pages));
        assert!(
            preview
                .iter()
                .all(|page| page.starts_with("<svg") && page.ends_with("</svg>"))
        );
        assert_eq!(svg_pages(&sheet, Form::Counter).unwrap().len(), 1);
    }
}

#[test]
fn one_sheet_gives_the_same_bytes() {
    for form in FORMS {
        let first = pdf(&sheets::ranges(), form).unwrap();
        let preview = svg_pages(&sheets::ranges(), form).unwrap();
        pdf(&sheets::long(), form).unwrap();
        assert_eq!(pdf(&sheets::ranges(), form).unwrap(), first);
        assert_eq!(svg_pages(&sheets::ranges(), form).unwrap(), preview);
    }
}

#[test]
fn another_figure_gives_other_bytes() {
    for form in FORMS {
        let mut changed = sheets::short();
        changed.split.cash.amount = sheets::exact("470.33");
        assert_ne!(
            pdf(&sheets::short(), form).unwrap(),
            pdf(&changed, form).unwrap()
        );
    }
}

#[test]
fn pdf_is_tagged_titled_and_in_its_language() {
    for (sheet, language) in [(sheets::short(), "zh-CN"), (sheets::in_english(), "en")] {
        let paper = pdf(&sheet, Form::Full).unwrap();
        let text = String::from_utf8_lossy(&paper);
        assert!(text.contains(&format!("/Lang({language})")), "{language}");
        assert!(text.contains("/MarkInfo<</Marked true"));
        assert!(text.contains("/StructTreeRoot"));
        assert!(text.contains(&sheet.footer.input_hash));
    }
}

#[test]
fn hostile_texts_are_only_text() {
    for text in hostile_texts() {
        let sheet = sheets::hostile(&text);
        for form in FORMS {
            let paper = pdf(&sheet, form).unwrap_or_else(|e| panic!("{form:?}: {e}"));
            assert!(paper.starts_with(b"%PDF"));
            let pages = svg_pages(&sheet, form).unwrap();
            assert_eq!(pages.len(), page_count(&paper));
            assert!(
                pages
                    .iter()
                    .all(|page| !page.contains("<script") && !page.contains("http-equiv"))
            );
        }
    }
}

#[test]
fn empty_lists_print() {
    let sheet = EstimateSheet {
        lines: Vec::new(),
        reasons: Vec::new(),
        steps: Vec::new(),
        questions: Vec::new(),
        ask_at_counter: Vec::new(),
        weakest: None,
        notes: Vec::new(),
        institution: None,
        ..sheets::short()
    };
    for form in FORMS {
        assert_eq!(svg_pages(&sheet, form).unwrap().len(), 1);
    }
}

#[test]
fn a_slip_beside_the_estimate_is_one_page_that_says_what_it_is() {
    let paper = slip_pdf(&sheets::slips::slip()).unwrap();
    assert_eq!(page_count(&paper), 1);
    assert_eq!(
        slip_pdf(&sheets::slips::slip()).unwrap(),
        paper,
        "the same bytes"
    );
    let text = String::from_utf8_lossy(&paper);
    assert!(text.contains("/Lang(zh-CN)") && text.contains("/StructTreeRoot"));
    for hostile in hostile_texts() {
        let paper = slip_pdf(&sheets::slips::hostile_slip(&hostile)).unwrap();
        assert!(paper.starts_with(b"%PDF"));
    }
    let path = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("slip.pdf");
    std::fs::write(&path, paper).unwrap();
    let read = std::process::Command::new("pdftotext")
        .arg("-layout")
        .arg(&path)
        .arg("-")
        .output();
    let Ok(read) = read else {
        eprintln!("pdftotext is not installed: the slip was not read back");
        return;
    };
    let text = String::from_utf8(read.stdout).unwrap();
    for words in [
        "结算单核对单",
        "示例市第一人民医院",
        "JS20260301001",
        "我们估算",
        "1,086.70",
        "+300.00",
        "-300.00",
        "50.32 ～ 116.32",
        "不估算",
        "如果按「二级医院」算，就和结算单一致",
        "到窗口这样问",
        "估算与结算单的核对，非结算凭证",
        "第 1 页，共 1 页",
    ] {
        assert!(text.contains(words), "{words} is missing:\n{text}");
    }
}

/// Reads the PDFs back where poppler is at hand.
#[test]
fn every_amount_can_be_read_back() {
    let folder = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    for (name, form, expected) in [
        (
            "full",
            Form::Full,
            &[
                "1,234.00 ～ 1,300.00",
                "50.32 ～ 116.32",
                "3,034.85",
                "叁仟贰佰零壹元零伍分",
                "不知道",
                "示例〔2023〕1号",
                "2026年3月1日",
                "3f9a0c51d2e8",
                "b81d44e0a9c2",
                "打印于 2026年2月27日",
                "未填，按 0 算",
                "估算，非结算凭证",
                "第 1 页，共 2 页",
            ][..],
        ),
        (
            "counter",
            Form::Counter,
            &[
                "王建国",
                "3,201.05",
                "50.32 ～ 116.32",
                "估算，非结算凭证",
                "第 1 页，共 1 页",
            ][..],
        ),
    ] {
        let path = folder.join(format!("{name}.pdf"));
        std::fs::write(&path, pdf(&sheets::ranges(), form).unwrap()).unwrap();
        let Ok(read) = std::process::Command::new("pdftotext")
            .arg("-layout")
            .arg(&path)
            .arg("-")
            .output()
        else {
            eprintln!("pdftotext is not installed: {name} was not read back");
            continue;
        };
        let text = String::from_utf8(read.stdout).unwrap();
        for words in expected {
            assert!(text.contains(words), "{name} lacks {words}:\n{text}");
        }
    }
}

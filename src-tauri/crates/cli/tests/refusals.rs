//! What the command line refuses, and how it says so; how it ends when nobody listens.

mod program;

use std::process::{Command, Stdio};

use program::{fine, json, refused, write};

struct Demo {
    folder: tempfile::TempDir,
    file: String,
}

impl Demo {
    fn new() -> Demo {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("demo.sqlite");
        let file = file.to_string_lossy().into_owned();
        fine(&["household", "demo", &file]);
        Demo { folder, file }
    }

    fn at(&self, name: &str) -> String {
        self.folder.path().join(name).to_string_lossy().into_owned()
    }
}

#[test]
fn a_projection_goes_forward_and_thirty_years() {
    let demo = Demo::new();
    let project = |more: &[&'static str]| -> Vec<&str> {
        [&["project", &demo.file, "--from", "2026-11-20"], more].concat()
    };
    for (until, says) in [
        ("2026-11-19", "往后算"),
        ("1999-01-01", "往后算"),
        ("2056-11-21", "2056年11月20日"),
        ("2226-11-20", "2199"),
    ] {
        let said = refused(&project(&["--until", until]), 2);
        assert!(said.contains(says), "{said}");
    }
    let english = refused(&project(&["--until", "2056-11-21", "--lang", "en"]), 2);
    assert!(english.contains("thirty years"), "{english}");
    fine(&project(&["--until", "2026-11-20", "--csv"]));
    fine(&project(&["--until", "2056-11-20", "--csv"]));
    fine(&project(&[
        "--until",
        "2057-01-31",
        "--beyond-30-years",
        "--csv",
    ]));
}

#[test]
fn less_than_nothing_is_not_needed() {
    let demo = Demo::new();
    let advise = [
        "advise",
        &demo.file,
        "--member",
        "林芳",
        "--on",
        "2026-12-01",
    ];
    for need in [&["--need", "-800.00"][..], &["--need=-0.01"]] {
        let said = refused(&[&advise[..], need].concat(), 2);
        assert!(said.contains("负数"), "{said}");
    }
    fine(&[&advise[..], &["--need", "800.00"]].concat());
}

#[test]
fn what_cannot_be_written_is_said_with_what_to_do() {
    let demo = Demo::new();
    let absent = demo.at("absent/out.csv");
    let folder = demo.folder.path().to_string_lossy().into_owned();
    for out in [&absent, &folder] {
        let said = refused(
            &[
                "household",
                "export",
                &demo.file,
                "--format",
                "csv",
                "--out",
                out,
            ],
            3,
        );
        assert!(
            said.contains("写不了") && said.contains("换一个地方"),
            "{said}"
        );
        assert!(
            !said.contains("读不了") && !said.contains("os error"),
            "{said}"
        );
    }
    let said = refused(
        &[
            "household",
            "import",
            &demo.file,
            "--format",
            "csv",
            "--from",
            &absent,
        ],
        3,
    );
    assert!(
        said.contains("读不了") && !said.contains("os error"),
        "{said}"
    );
}

#[test]
fn a_document_that_cannot_be_read_is_told_by_line_and_column() {
    let demo = Demo::new();
    let whole = demo.at("whole.json");
    fine(&["household", "export", &demo.file, "--out", &whole]);
    let text = std::fs::read_to_string(&whole).expect("a document");
    let cut = &text[..text.len() / 2];
    let cut = cut.trim_end_matches(|c: char| c != '}');
    let lines = format!("第 {} 行", cut.lines().count());
    let born = |day: &str| {
        let mut record: serde_json::Value = serde_json::from_str(&text).expect("a document");
        record["members"][0]["born"] = day.into();
        record.to_string()
    };
    for (document, says) in [
        (cut.to_owned(), [lines.as_str(), "断"]),
        ("[]".to_owned(), ["不是一本账", "本程序导出"]),
        (
            text.replacen("\"demo\"", "\"dmeo\"", 1),
            ["第 3 行", "「dmeo」"],
        ),
        (born("2199-01-01"), ["以后", "2199年1月1日"]),
        (born("2026-01-01"), ["参保", "2026年1月1日"]),
    ] {
        let from = write(demo.folder.path(), "bad.json", &document);
        for more in [&[][..], &["--dry-run"]] {
            let import = ["household", "import", &demo.file, "--from", &from];
            let said = refused(&[&import[..], more].concat(), 3);
            for part in says {
                assert!(said.contains(part), "{said}");
            }
            for english in ["EOF", "expected", "struct"] {
                assert!(!said.contains(english), "{said}");
            }
        }
    }
    let bytes = std::fs::read(&demo.file).expect("a file");
    let workbook = demo.at("book.xlsx");
    std::fs::write(&workbook, bytes).expect("a written file");
    for format in ["json", "csv"] {
        let import = ["household", "import", &demo.file, "--format", format];
        let said = refused(&[&import[..], &["--from", &workbook]].concat(), 3);
        assert!(said.contains("CSV UTF-8"), "{said}");
    }
}

/// 负的缴费基数、一次也不会发生的计划：说出来，不记；原来没有的文件也不留下。
#[test]
fn a_refused_document_leaves_no_file_behind() {
    let demo = Demo::new();
    let whole = demo.at("whole.json");
    fine(&["household", "export", &demo.file, "--out", &whole]);
    let text = std::fs::read_to_string(&whole).expect("a document");
    let with = |change: &dyn Fn(&mut serde_json::Value)| {
        let mut record: serde_json::Value = serde_json::from_str(&text).expect("a document");
        change(&mut record);
        record.to_string()
    };
    let never = serde_json::json!("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30");
    let of_base = |record: &mut serde_json::Value| {
        record["enrollments"][0]["contribution_base"] = "-8000.00".into();
    };
    let of_plan = |record: &mut serde_json::Value| record["plans"][0]["recurrence"] = never.clone();
    for (document, says) in [
        (with(&of_base), ["参保关系", "不能是负数"]),
        (with(&of_plan), ["计划支出", "一次也不会发生"]),
    ] {
        let from = write(demo.folder.path(), "bad.json", &document);
        let anew = demo.at("anew.sqlite");
        let said = refused(&["household", "import", &anew, "--from", &from], 3);
        for part in says {
            assert!(said.contains(part), "{said}");
        }
        assert!(!std::path::Path::new(&anew).exists(), "{said}");
    }
}

/// 同一份表，四种编码，读出来一样。
#[test]
fn a_table_is_read_in_the_encodings_of_spreadsheets() {
    let demo = Demo::new();
    let table = demo.at("table.csv");
    let export = ["household", "export", &demo.file, "--format"];
    fine(&[&export[..], &["csv", "--out", &table]].concat());
    let text = std::fs::read_to_string(&table).expect("a table");
    let text = text.trim_start_matches('\u{feff}');
    let utf_16 = |bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        let marked = format!("\u{feff}{text}");
        marked.encode_utf16().flat_map(bytes).collect()
    };
    let files = [
        text.as_bytes().to_vec(),
        utf_16(u16::to_le_bytes),
        utf_16(u16::to_be_bytes),
        encoding_rs::GB18030.encode(text).0.into_owned(),
    ];
    for bytes in files {
        std::fs::write(&table, bytes).expect("a written file");
        let import = [
            "household",
            "import",
            &demo.file,
            "--format",
            "csv",
            "--from",
            &table,
        ];
        let said = json(&[&import[..], &["--dry-run", "--json"]].concat());
        assert_eq!(said["faults"], serde_json::json!([]));
        assert_eq!(said["entries"], 0);
        assert!(
            said["duplicates"]
                .as_array()
                .is_some_and(|lines| !lines.is_empty())
        );
    }
    // 整本账也一样。
    let document = demo.at("record.json");
    fine(&[&export[..], &["json", "--out", &document]].concat());
    let text = std::fs::read_to_string(&document).expect("a document");
    let bytes = encoding_rs::GB18030.encode(&text).0;
    std::fs::write(&document, bytes).expect("a written file");
    fine(&[
        "household",
        "import",
        &demo.at("copy.sqlite"),
        "--from",
        &document,
    ]);
    let again = demo.at("again.json");
    fine(&[
        "household",
        "export",
        &demo.at("copy.sqlite"),
        "--out",
        &again,
    ]);
    assert_eq!(std::fs::read_to_string(&again).expect("a document"), text);
}

#[test]
fn what_is_odd_is_told_and_not_refused() {
    let demo = Demo::new();
    let document = demo.at("record.json");
    fine(&["household", "export", &demo.file, "--out", &document]);
    let text = std::fs::read_to_string(&document).expect("a document");
    let mut record: serde_json::Value = serde_json::from_str(&text).expect("a document");
    let clean = json(&["household", "check", &demo.file, "--json"]);
    assert_eq!(clean["doubts"], serde_json::json!([]), "{clean}");
    let entries = record["entries"].as_array_mut().expect("entries");
    let is_opening = |entry: &&serde_json::Value| entry["kind"] == "opening";
    let opening = entries.iter().find(is_opening).expect("an opening");
    let mut credit = opening.clone();
    credit["kind"] = "credit".into();
    credit["for_month"] = "2026-05".into();
    credit["legs"][0]["amount"] = "200.00".into();
    let again = credit.clone();
    let mut later = credit.clone();
    later["on"] = "2198-01-01".into();
    later["for_month"] = serde_json::Value::Null;
    later["legs"][0]["sub"] = "bok".into();
    let more = [credit, again, later, opening.clone()];
    for (number, mut entry) in (9001..).zip(more) {
        entry["id"] = number.into();
        entries.push(entry);
    }
    record["enrollments"][0]["pool"] = "999999".into();
    let odd = write(demo.folder.path(), "odd.json", &record.to_string());
    let copy = demo.at("odd.sqlite");
    fine(&["household", "import", &copy, "--from", &odd]);
    let said = fine(&["household", "check", &copy]);
    for part in [
        "2 次",
        "两次期初余额",
        "2198年1月1日",
        "「bok」",
        "「999999」",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let last = said.lines().last().and_then(|line| line.parse().ok());
    assert_eq!(
        last,
        Some(record["entries"].as_array().expect("entries").len())
    );
}

/// `gongji … | true`
#[test]
fn a_closed_pipe_ends_it_quietly() {
    let demo = Demo::new();
    let project = ["project", &demo.file, "--until", "2040-12-31"];
    let from = ["--from", "2026-11-20"];
    for more in [&["--csv"][..], &["--json"], &[]] {
        let words = [&project[..], &from, more].concat();
        let mut child = Command::new(env!("CARGO_BIN_EXE_gongji"))
            .args(&words)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        // Closed before the first line is said.
        drop(child.stdout.take());
        let ended = child.wait_with_output().expect("an end");
        let said = String::from_utf8_lossy(&ended.stderr);
        assert_eq!(
            (ended.status.code(), said.as_ref()),
            (Some(0), ""),
            "{more:?}"
        );
    }
}

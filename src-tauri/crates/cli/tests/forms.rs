//! The fixed forms of the command line, on the real program: what it prints, writes and exits with.

mod program;

use std::process::Command;

use program::{fine, json, refused, write};
use serde_json::Value;

/// 2,000 in scope this year, the deductible of 1,800 used up by the first 1,800 of it.
fn request(class: &str) -> String {
    format!(
        r#"{{ "pool": "110000", "scheme": "employee", "part": "general_outpatient",
             "member": {{ "status": "active", "born": "1985-03-01" }},
             "visit": {{ "settled_on": "2025-03-10", "class": "{class}" }},
             "so_far": {{ "op_deductible": "1800.00", "op_fund": "0.00" }},
             "bill": {{ "total": "200.00" }}, "payers": {{ "own": {{ "book": "50.00" }} }} }}"#
    )
}

#[test]
fn an_estimate_is_exact_and_explains_itself() {
    let folder = tempfile::tempdir().expect("a folder");
    // (2000 − 1800) × 90 % at a community clinic, × 70 % at a hospital.
    for (class, pool, own, cash) in [
        ("community", "180.00", "20.00", "0.00"),
        ("hospital", "140.00", "50.00", "10.00"),
    ] {
        let file = write(folder.path(), "request.json", &request(class));
        let answer = json(&["estimate", "--request", &file, "--json"]);
        assert_eq!(answer["payers"]["pool_paid"], pool);
        assert_eq!(answer["payers"]["own_account_paid"], own);
        assert_eq!(answer["payers"]["cash_paid"], cash);
        assert_eq!(answer["unknown"].as_array().map(Vec::len), Some(0));
        assert_eq!(answer["policy"]["hash"].as_str().map(str::len), Some(64));
        let explained = fine(&["explain", "--request", &file]);
        assert!(
            explained.contains("200.00 × ") && explained.contains('《'),
            "{explained}"
        );
    }
}

/// 单子 180 = 200 × 90%：按社区算就一致；估算按医院是 140。
#[test]
fn a_slip_is_compared_with_the_estimate() {
    let folder = tempfile::tempdir().expect("a folder");
    let asked = write(folder.path(), "request.json", &request("hospital"));
    let slip = r#"{ "total": "200.00", "pool_paid": "180.00", "patient_paid": "20.00" }"#;
    let slip = write(folder.path(), "slip.json", slip);
    let report = json(&["estimate", "--request", &asked, "--slip", &slip, "--json"]);
    assert_eq!(report["lines"][1]["estimated"], "140.00");
    assert_eq!(report["lines"][1]["difference"], "40.00");
    assert_eq!(
        report["explanations"][0]["changes"][0]["params"]["class"],
        "community"
    );
    for (language, says) in [
        (
            "zh",
            ["统筹基金支付", "+40.00", "如果按「社区", "就和结算单一致"],
        ),
        (
            "en",
            [
                "Pooling fund",
                "+40.00",
                "If it is counted as \"Community clinic",
                "agrees with the slip",
            ],
        ),
    ] {
        let told = fine(&[
            "estimate",
            "--request",
            &asked,
            "--slip",
            &slip,
            "--lang",
            language,
        ]);
        for words in says {
            assert!(told.contains(words), "{words}: {told}");
        }
    }
    let bare = write(folder.path(), "bare.json", r#"{ "pool_paid": "180.00" }"#);
    let said = refused(&["estimate", "--request", &asked, "--slip", &bare], 3);
    assert!(said.contains("total"), "{said}");
}

#[test]
fn a_place_without_rules_is_not_known() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = write(
        folder.path(),
        "request.json",
        &request("hospital").replace("110000", "320300").replace(
            r#""so_far": { "op_deductible": "1800.00", "op_fund": "0.00" },"#,
            "",
        ),
    );
    let answer = json(&["estimate", "--request", &file, "--json"]);
    assert_eq!(answer["payers"]["pool_paid"], "unknown");
    assert_eq!(answer["lines"]["total"], "200.00");
    assert_eq!(answer["unknown"][0]["key"], "rule");
}

#[test]
fn a_faulty_request_gets_a_sentence() {
    let folder = tempfile::tempdir().expect("a folder");
    let good = request("hospital");
    for (fault, text) in [
        (
            "a negative total",
            good.replace("\"200.00\" }", "\"-200.00\" }"),
        ),
        (
            "an absurd total",
            good.replace("\"200.00\" }", "\"99999999999999.00\" }"),
        ),
        (
            "part of a fen",
            good.replace("\"200.00\" }", "\"200.001\" }"),
        ),
        (
            "a date that does not exist",
            good.replace("2025-03-10", "2025-02-30"),
        ),
        (
            "an unknown field",
            good.replace("\"scheme\"", "\"colour\": 1, \"scheme\""),
        ),
        ("an unknown counter", good.replace("op_fund", "op_found")),
        ("an unknown class", good.replace("hospital", "palace")),
        ("no such place", good.replace("110000", "999999")),
        (
            "parts above the total",
            good.replace(
                "\"total\": \"200.00\"",
                "\"total\": \"200.00\", \"full_self_pay\": \"300.00\"",
            ),
        ),
        (
            "born after the visit",
            good.replace("1985-03-01", "2030-03-01"),
        ),
        ("not JSON", "{".to_owned()),
    ] {
        let file = write(folder.path(), "request.json", &text);
        let said = refused(&["estimate", "--request", &file], 3);
        assert!(said.contains("request.json"), "{fault}: {said}");
    }
    refused(&["estimate", "--request", "/nowhere/request.json"], 3);
}

#[test]
fn a_household_is_made_checked_carried_over_and_backed_up() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let (demo, copy, backup) = (at("demo.sqlite"), at("copy.sqlite"), at("backup.sqlite"));
    fine(&["household", "demo", &demo]);
    refused(&["household", "demo", &demo], 2);
    let checked = fine(&["household", "check", &demo]);
    assert_eq!(checked.lines().last(), Some("3"), "{checked}");
    fine(&[
        "household",
        "export",
        &demo,
        "--format",
        "json",
        "--out",
        &at("one.json"),
    ]);
    fine(&[
        "household",
        "import",
        &copy,
        "--format",
        "json",
        "--from",
        &at("one.json"),
    ]);
    fine(&[
        "household",
        "export",
        &copy,
        "--format",
        "json",
        "--out",
        &at("two.json"),
    ]);
    let read = |name: &str| std::fs::read(folder.path().join(name)).expect("an exported file");
    assert_eq!(
        read("one.json"),
        read("two.json"),
        "import and export change the record"
    );
    fine(&["household", "backup", &demo, "--out", &backup]);
    assert_eq!(
        fine(&["household", "verify", &backup]).lines().last(),
        Some("3")
    );
    let balances = fine(&["household", "balances", &demo, "--monthly", "--csv"]);
    assert!(
        balances.lines().all(|line| line.split(',').count() == 3) && balances.lines().count() == 3,
        "{balances}"
    );
    let broken = write(
        folder.path(),
        "broken.json",
        "{ \"name\": \"x\", \"colour\": 1 }",
    );
    refused(
        &[
            "household",
            "import",
            &copy,
            "--format",
            "json",
            "--from",
            &broken,
        ],
        3,
    );
    fine(&[
        "household",
        "export",
        &copy,
        "--format",
        "json",
        "--out",
        &at("three.json"),
    ]);
    assert_eq!(
        read("one.json"),
        read("three.json"),
        "a refused import changed the record"
    );
    refused(&["household", "check", &at("absent.sqlite")], 3);
    let text = write(
        folder.path(),
        "text.sqlite",
        "not a database at all, but long enough to look like a file of some kind",
    );
    refused(&["household", "check", &text], 3);
}

#[test]
fn a_household_is_written_for_other_programs() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    fine(&["household", "demo", &at("demo.sqlite")]);
    for (format, begins) in [
        ("json", "{"),
        ("hledger", "; 演示家庭\n"),
        ("beancount", "option \"title\" \"演示家庭\"\n"),
        ("csv", "\u{feff}entry,on,for_month,kind,"),
        ("xlsx", "PK"),
        ("ics", "BEGIN:VCALENDAR\r\n"),
    ] {
        let out = at(format);
        let export = [
            "household",
            "export",
            &at("demo.sqlite"),
            "--format",
            format,
        ];
        fine(&[&export[..], &["--out", &out]].concat());
        let bytes = std::fs::read(&out).expect("an exported file");
        assert!(bytes.starts_with(begins.as_bytes()), "{format}");
    }
    let calendar = std::fs::read_to_string(at("ics")).expect("a calendar");
    for line in ["UID:credit-", "UID:plan-1@", "RRULE:FREQ=DAILY;INTERVAL=28"] {
        assert!(calendar.contains(line), "{line}\n{calendar}");
    }
    refused(
        &[
            "household",
            "export",
            &at("demo.sqlite"),
            "--format",
            "qif",
            "--out",
            &at("qif"),
        ],
        2,
    );
    assert!(!folder.path().join("qif").exists());
}

#[test]
fn a_household_is_projected_and_advised() {
    let folder = tempfile::tempdir().expect("a folder");
    let demo = folder
        .path()
        .join("demo.sqlite")
        .to_string_lossy()
        .into_owned();
    fine(&["household", "demo", &demo]);
    let until = "2099-01-01";
    let projection = json(&[
        "project",
        &demo,
        "--until",
        until,
        "--json",
        "--from",
        "2098-10-01",
    ]);
    assert_eq!(projection["from"], "2098-10-01");
    assert!(
        projection["months"]
            .as_array()
            .is_some_and(|months| !months.is_empty())
    );
    let advice = json(&[
        "advise",
        &demo,
        "--member",
        "周国强",
        "--need",
        "9000.00",
        "--on",
        "2026-12-01",
        "--json",
    ]);
    let options = advice["options"].as_array().expect("options");
    assert!(
        options.iter().any(|option| option["kind"] == "cash"),
        "{advice}"
    );
    refused(
        &[
            "advise",
            &demo,
            "--member",
            "没有的人",
            "--need",
            "1.00",
            "--on",
            "2026-12-01",
        ],
        1,
    );
}

/// 只算计划的、加上平时的花费、如果……：三种写法。
#[test]
fn a_household_is_projected_in_three_modes() {
    let folder = tempfile::tempdir().expect("a folder");
    let demo = folder
        .path()
        .join("demo.sqlite")
        .to_string_lossy()
        .into_owned();
    fine(&["household", "demo", &demo]);
    let asked = |words: &[&str]| {
        let base = [
            "project",
            &demo,
            "--from",
            "2098-10-01",
            "--until",
            "2099-01-01",
        ];
        [&base, words]
            .concat()
            .iter()
            .map(|word| (*word).to_owned())
            .collect::<Vec<String>>()
    };
    let told = |words: &[&str]| {
        let words = asked(words);
        fine(&words.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let document = |words: &[&str]| -> Value {
        serde_json::from_str(&told(words)).expect("one JSON document")
    };
    let scheduled = document(&["--json"]);
    let habits = document(&["--mode", "habits", "--json"]);
    assert_eq!(habits["mode"], "habits");
    assert_eq!(habits["projection"], scheduled, "the plan stays as it is");
    assert_eq!(habits["projected_from"], "2098-10-02");
    let missing = habits["habits"].as_array().expect("a line each");
    assert!(missing.iter().all(|one| one["habit"]["missing"] == 6));
    assert!(told(&["--mode", "habits"]).contains("还差 6 个月"));
    assert!(told(&[]).contains("预测自 2098-10-02 起"));
    let file = write(
        folder.path(),
        "if.json",
        r#"{ "stops": [{ "member": 2, "month": "2098-11" }] }"#,
    );
    let scenario = document(&["--mode", "scenario", "--scenario", &file, "--json"]);
    assert_eq!(scenario["projection"], scheduled);
    let differences = scenario["comparison"]["differences"].as_array();
    assert_eq!(differences.map(Vec::len), Some(4));
    let csv = told(&["--mode", "scenario", "--scenario", &file, "--csv"]);
    assert!(csv.starts_with("line,month,member,"));
    let lines = csv.lines().skip(1);
    let (planned, supposed): (Vec<&str>, Vec<&str>) =
        lines.partition(|line| line.starts_with("scheduled,"));
    assert_eq!(planned.len(), supposed.len());
    let english = told(&["--mode", "scenario", "--scenario", &file, "--lang", "en"]);
    assert!(english.contains("What if"));
    let wrong = |words: &[&str], code: i32| {
        let words = asked(words);
        refused(&words.iter().map(String::as_str).collect::<Vec<_>>(), code)
    };
    wrong(&["--mode", "scenario"], 2);
    wrong(&["--scenario", &file], 2);
    wrong(&["--mode", "guess"], 2);
    let broken = write(folder.path(), "broken.json", r#"{ "stop": [] }"#);
    wrong(&["--mode", "scenario", "--scenario", &broken], 3);
    let nobody = write(
        folder.path(),
        "nobody.json",
        r#"{ "stops": [{ "member": 99, "month": "2098-11" }] }"#,
    );
    wrong(&["--mode", "scenario", "--scenario", &nobody], 1);
}

#[test]
fn the_printed_sheet_says_what_it_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = write(folder.path(), "request.json", &request("hospital"));
    for form in [None, Some("--counter")] {
        let out = folder
            .path()
            .join("sheet.pdf")
            .to_string_lossy()
            .into_owned();
        let mut words = vec!["print", "estimate", "--request", &file, "--out", &out];
        words.extend(form);
        fine(&words);
        let bytes = std::fs::read(&out).expect("the PDF");
        assert!(bytes.starts_with(b"%PDF-"));
        // Both programs are part of the test's own set-up.
        assert!(
            Command::new("qpdf")
                .args(["--check", &out])
                .output()
                .expect("qpdf")
                .status
                .success()
        );
        let text = Command::new("pdftotext")
            .args(["-layout", &out, "-"])
            .output()
            .expect("pdftotext")
            .stdout;
        let text = String::from_utf8(text).expect("UTF-8");
        for said in ["估算，非结算凭证", "北京市", "10.00", "140.00"] {
            assert!(text.contains(said), "{said} is not on the sheet:\n{text}");
        }
        if form.is_none() {
            // Three parts of the bill were left empty; the arithmetic stands there in words.
            assert_eq!(text.matches("未填，按 0 算").count(), 3, "{text}");
            assert!(text.contains("200.00（没有填的 3 项按 0 算）"), "{text}");
            assert!(!text.contains("min("), "{text}");
        }
    }
}

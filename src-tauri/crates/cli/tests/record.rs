//! What the command line does to and with a record: restore, import of tables, backtest, batches, and
//! estimates by a household's own rules.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

fn gongji(words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_gongji"))
        .args(words)
        .output()
        .expect("the program starts")
}

/// The exit code, and what was said on both outputs.
fn run(words: &[&str]) -> (i32, String, String) {
    let output = gongji(words);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (
        output.status.code().expect("a code"),
        text(&output.stdout),
        text(&output.stderr),
    )
}

fn fine(words: &[&str]) -> String {
    let (code, out, said) = run(words);
    assert_eq!(code, 0, "{words:?}: {out}{said}");
    out
}

fn write(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    std::fs::write(&path, text).expect("a written file");
    path.to_string_lossy().into_owned()
}

/// 北京在职，基数 10000，每月划入 200（10000 × 2%）；医保账户和现金各一个。
fn home(folder: &Path, entries: &str, settlements: &str) -> String {
    let text = format!(
        r#"{{ "name": "一家", "demo": false,
          "members": [{{ "id": 1, "name": "王敏", "born": "1985-03-01" }}],
          "enrollments": [{{ "id": 1, "member": 1, "from": "2023-01-01", "pool": "110000",
            "scheme": "employee", "plan": "with_account", "status": "active",
            "contribution_base": "10000.00" }}],
          "accounts": [
            {{ "id": 1, "owner": 1, "kind": "insurance", "pool": "110000",
               "name": "Assets:Medical:M1", "opened_on": "2025-01-01" }},
            {{ "id": 2, "owner": 1, "kind": "cash", "name": "Assets:Cash:M1",
               "opened_on": "2025-01-01" }}],
          "entries": [{entries}], "stated_balances": [], "stated_counters": [],
          "credit_days": [], "missing_credits": [], "bindings": [], "plans": [],
          "settlements": [{settlements}] }}"#
    );
    let document = write(folder, "home.json", &text);
    let file = folder.join("home.sqlite").to_string_lossy().into_owned();
    fine(&["household", "import", &file, "--from", &document]);
    file
}

fn closings(file: &str) -> String {
    fine(&["household", "balances", file, "--monthly", "--csv"])
}

const TABLE: &str = "\
0,2025-02-05,医保中心,refill,Assets:Medical:M1,20000\n\
0,2025-02-05,医保中心,refill,Income:Refill,-20000\n\
1,2025-02-06,大药房,感冒,Expenses:Pharmacy,1000\n\
1,2025-02-06,大药房,感冒,Assets:Medical:M1,-700\n\
1,2025-02-06,大药房,感冒,Assets:Cash:M1,-300\n\
2,2025-02-06,大药房,感冒,Expenses:Pharmacy,1000\n\
2,2025-02-06,大药房,感冒,Assets:Medical:M1,-700\n\
2,2025-02-06,大药房,感冒,Assets:Cash:M1,-300\n";

#[test]
fn a_table_is_imported_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = home(folder.path(), "", "");
    let table = write(folder.path(), "table.csv", TABLE);
    let import = ["household", "import", &file, "--format", "csv", "--from"];
    let import = |more: &[&str]| fine(&[&import[..], more].concat());
    assert!(import(&[&table, "--dry-run"]).contains('3'));
    assert_eq!(closings(&file), "", "a dry run records nothing");
    import(&[&table]);
    // 200.00 − 7.00 − 7.00；现金 −3.00 − 3.00。
    let expected = "1,2025-02,18600\n2,2025-02,-600\n";
    assert_eq!(closings(&file), expected);
    // 两笔一样的各算一笔；再导一次，三笔都已经记过。
    let again = import(&[&table]);
    assert!(
        again.contains("第 1 行") && again.contains("3 笔已经记过"),
        "{again}"
    );
    assert_eq!(closings(&file), expected);
    // 自己导出的表也一样。
    let own = folder.path().join("own.csv").to_string_lossy().into_owned();
    fine(&[
        "household",
        "export",
        &file,
        "--format",
        "csv",
        "--out",
        &own,
    ]);
    assert!(import(&[&own]).contains("0 笔，3 笔已经记过"));
    // 空账本导入导出的表，余额相同；再导出，逐字相同。
    let other = tempfile::tempdir().expect("a folder");
    let copy = home(other.path(), "", "");
    fine(&[
        "household",
        "import",
        &copy,
        "--format",
        "csv",
        "--from",
        &own,
    ]);
    assert_eq!(closings(&copy), expected);
    let back = other.path().join("back.csv").to_string_lossy().into_owned();
    fine(&[
        "household",
        "export",
        &copy,
        "--format",
        "csv",
        "--out",
        &back,
    ]);
    let read = |path: &str| std::fs::read(path).expect("a table");
    assert_eq!(read(&own), read(&back));
    assert!(fine(&["household", "check", &copy]).ends_with("3\n"));
}

#[test]
fn a_table_with_bad_lines_records_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = home(folder.path(), "", "");
    for (text, line, says) in [
        (
            TABLE.replacen("2025-02-05", "2025-02-30", 1),
            1,
            "2025-02-30",
        ),
        (
            TABLE.replacen("Assets:Cash:M1", "Assets:Cash:M7", 1),
            5,
            "Assets:Cash:M7",
        ),
        (TABLE.replacen("-700", "-701", 1), 3, "-0.01"),
        (TABLE.replacen(",20000", "", 1), 1, "5 格"),
        (TABLE.replace("2025-02-05", "2024-12-31"), 1, "2025年1月1日"),
    ] {
        let table = write(folder.path(), "bad.csv", &text);
        let (code, _, said) = run(&[
            "household",
            "import",
            &file,
            "--format",
            "csv",
            "--from",
            &table,
        ]);
        assert_eq!(code, 1, "{said}");
        assert!(
            said.contains(&format!("第 {line} 行")) && said.contains(says),
            "{said}"
        );
        assert_eq!(closings(&file), "");
    }
    let (code, _, said) = run(&[
        "household",
        "import",
        &file,
        "--format",
        "qif",
        "--from",
        &file,
    ]);
    assert_eq!(code, 2, "{said}");
}

#[test]
fn a_backup_is_put_back_and_the_old_file_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = home(folder.path(), "", "");
    let at = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let (backup, table) = (at("backup.sqlite"), write(folder.path(), "t.csv", TABLE));
    fine(&["household", "backup", &file, "--out", &backup]);
    fine(&[
        "household",
        "import",
        &file,
        "--format",
        "csv",
        "--from",
        &table,
    ]);
    let later = closings(&file);
    let said = fine(&["household", "restore", &file, "--from", &backup]);
    assert_eq!(closings(&file), "");
    let kept = said.split_whitespace().last().expect("where it is kept");
    assert_eq!(closings(kept), later, "{said}");
    // 没有这个文件，就放一份。
    fine(&["household", "restore", &at("new.sqlite"), "--from", kept]);
    assert_eq!(closings(&at("new.sqlite")), later);
    // 不是完好的账本，什么也不动。
    let before = std::fs::read(&file).expect("the file");
    let text = write(
        folder.path(),
        "text.sqlite",
        "no ledger, but long enough to look like one",
    );
    let mut cut = std::fs::read(&backup).expect("the backup");
    cut.truncate(cut.len() / 2);
    std::fs::write(at("cut.sqlite"), cut).expect("a cut backup");
    for from in [text, at("cut.sqlite"), at("absent.sqlite"), file.clone()] {
        let (code, _, said) = run(&["household", "restore", &file, "--from", &from]);
        assert!(code != 0 && !said.trim().is_empty(), "{from}: {said}");
        assert_eq!(std::fs::read(&file).expect("the file"), before, "{from}");
    }
}

#[test]
fn the_record_is_replayed() {
    let folder = tempfile::tempdir().expect("a folder");
    let credit = |id: u32, on: &str, month: &str, amount: &str| {
        format!(
            r#"{{ "id": {id}, "on": "{on}", "for_month": "{month}", "kind": "credit",
                 "legs": [{{ "account": 1, "sub": "book", "amount": "{amount}" }}] }}"#
        )
    };
    // 10000 × 2% = 200：一月的一致，二月的少 2 元；三月的还没有记。
    let entries = [
        credit(1, "2025-02-05", "2025-01", "200.00"),
        credit(2, "2025-03-05", "2025-02", "198.00"),
    ];
    let file = home(folder.path(), &entries.join(","), "");
    let told: Value =
        serde_json::from_str(&fine(&["backtest", &file, "--json"])).expect("one document");
    let counts = ["compared", "agreed", "not_known"].map(|key| told[key].as_u64());
    assert_eq!(counts, [Some(2), Some(1), Some(0)], "{told:#}");
    for (at, expected, recorded, difference) in [
        (0, "200.00", "200.00", "0.00"),
        (1, "200.00", "198.00", "-2.00"),
    ] {
        let line = &told["lines"][at];
        let figure = &line["figures"][0];
        assert_eq!(
            (
                &figure["expected"],
                &figure["recorded"],
                &figure["difference"]
            ),
            (&expected.into(), &recorded.into(), &difference.into()),
            "{line:#}"
        );
    }
    let said = fine(&["backtest", &file]);
    assert!(
        said.contains("≠") && said.contains("比了 2 条，1 条一分不差"),
        "{said}"
    );
}

/// 门诊起付 1800 已满：200 × 90% = 180，个人 20；账户 50。
const BATCH: &str = "\
pool,scheme,part,member.status,member.born,visit.settled_on,visit.class,so_far.op_deductible,so_far.op_fund,bill.total,payers.own.book\n\
110000,employee,general_outpatient,active,1985-03-01,2025-03-10,community,1800.00,0.00,200.00,50.00\n\
110000,employee,general_outpatient,active,1985-03-01,2025-03-10,hospital,1800.00,0.00,200.00,50.00\n\
110000,employee,general_outpatient,active,1985-03-01,2025-03-10,palace,1800.00,0.00,200.00,50.00\n\
320300,employee,general_outpatient,active,1985-03-01,2025-03-10,hospital,,,200.00,\n";

#[test]
fn a_batch_is_settled_row_by_row() {
    let folder = tempfile::tempdir().expect("a folder");
    let batch = write(folder.path(), "batch.csv", BATCH);
    let out = folder.path().join("out.csv").to_string_lossy().into_owned();
    let (code, counted, said) = run(&["estimate", "--batch", &batch, "--out", &out]);
    assert_eq!((code, counted.trim()), (1, "4"), "{said}");
    assert!(
        said.contains("第 4 行") && said.contains("palace"),
        "{said}"
    );
    let text = std::fs::read_to_string(&out).expect("the answer");
    let mut lines = text.lines();
    let names: Vec<&str> = lines.next().expect("names").split(',').collect();
    let rows: Vec<Vec<&str>> = lines.map(|line| line.split(',').collect()).collect();
    let cell = |row: usize, name: &str| {
        let at = names
            .iter()
            .position(|known| *known == name)
            .expect("a column");
        rows[row][at]
    };
    for (row, pool, own, cash, unknown) in [
        (0, "180.00", "20.00", "0.00", ""),
        (1, "140.00", "50.00", "10.00", ""),
        (2, "", "", "", ""),
        (3, "unknown", "unknown", "unknown", "rule"),
    ] {
        assert_eq!(cell(row, "pool_paid"), pool, "{row}");
        assert_eq!(cell(row, "own_account_paid"), own, "{row}");
        assert_eq!(cell(row, "cash_paid"), cash, "{row}");
        assert_eq!(cell(row, "unknown"), unknown, "{row}");
    }
    assert_eq!(
        run(&["estimate", "--batch", &batch]).0,
        2,
        "nowhere to write"
    );
}

#[test]
fn an_estimate_takes_what_it_does_not_say_from_the_record() {
    let folder = tempfile::tempdir().expect("a folder");
    let opening = r#"{ "id": 1, "on": "2025-01-01", "kind": "opening",
        "legs": [{ "account": 1, "sub": "book", "amount": "15.00" }] }"#;
    let file = home(folder.path(), opening, "");
    let request = r#"{ "pool": "110000", "scheme": "employee", "part": "general_outpatient",
        "member": { "status": "active", "born": "1985-03-01" },
        "visit": { "settled_on": "2025-03-10", "class": "community" },
        "so_far": { "op_deductible": "1800.00", "op_fund": "0.00" },
        "bill": { "total": "200.00" } }"#;
    let request = write(folder.path(), "request.json", request);
    let ask = |more: &[&str]| -> Value {
        let words = [
            "estimate",
            "--request",
            &request,
            "--household",
            &file,
            "--json",
        ];
        serde_json::from_str(&fine(&[&words[..], more].concat())).expect("one document")
    };
    // 个人 20，账户里 15，现金 5。
    let told = ask(&["--member", "王敏"]);
    assert_eq!(told["payers"]["own_account_paid"], "15.00");
    assert_eq!(told["payers"]["cash_paid"], "5.00");
    // 没有说是谁，账户就不知道。
    assert_ne!(ask(&[])["payers"]["own_account_paid"], "15.00");
    let words = ["estimate", "--request", &request, "--household", &file];
    assert_eq!(run(&[&words[..], &["--member", "李四"]].concat()).0, 1);
}

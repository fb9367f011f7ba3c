//! Policies and cases on the command line: checked, run, counted, and compared with others.

mod program;

use program::{fine, gongji, json, refused, write};
use serde_json::Value;

#[test]
fn cases_and_policies_answer_with_their_exit_code() {
    let folder = tempfile::tempdir().expect("a folder");
    let empty = folder.path().to_string_lossy().into_owned();
    refused(&["cases", "run", &empty], 1);
    let wrong = write(
        folder.path(),
        "wrong.toml",
        "pool = \"110000\"\nscheme = \"employee\"\npart = \"general_outpatient\"\n[[case]]\nname = \"甲\"\nkind = \"derived\"\n\
         why = \"起付线内\"\nmember = { status = \"active\" }\nvisit = { settled_on = 2025-03-10, class = \"hospital\" }\n\
         bill = { total = \"100.00\" }\nexpect = { total = \"100.00\", fund_paid = \"0.01\" }\n",
    );
    let output = gongji(&["cases", "run", &wrong]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stdout).ends_with("0 passed, 1 failed\n"));
    assert!(fine(&["policies", "check"]).contains("0 个错误"));
    let bad = folder.path().join("policies");
    std::fs::create_dir(&bad).expect("a folder");
    std::fs::write(bad.join("stray.toml"), "pool = 1").expect("a file");
    let output = gongji(&["policies", "check", &bad.to_string_lossy()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(fine(&["policies", "show", "北京市", "--on", "2026-11-22"]).contains("1,800 元"));
    refused(&["policies", "show", "没有的地方"], 2);
    refused(&["backtest", "x"], 3);
}

#[test]
fn coverage_counts_every_file() {
    let said = fine(&["policies", "coverage", "--on", "2026-11-22"]);
    assert!(
        said.contains("北京市（110000） · 职工医保") && said.contains("个人账户 | "),
        "{said}"
    );
    let answer = json(&["policies", "coverage", "--on", "2026-11-22", "--json"]);
    let rows = answer["rows"].as_array().expect("rows");
    let account = rows
        .iter()
        .find(|row| row["file"] == "110000-beijing/employee/personal-account.toml")
        .expect("a row");
    assert_eq!(account["weakest"], "copy");
    assert_eq!(account["checked"], 0);
    assert!(account["unknown"].as_u64() > Some(0));
    let before = json(&["policies", "coverage", "--on", "1990-01-01", "--json"]);
    let rows = before["rows"].as_array().expect("rows");
    assert!(rows.iter().all(|row| row["in_force"] == 0));
}

#[test]
fn diff_tells_what_changed() {
    let folder = tempfile::tempdir().expect("a folder");
    let library = |name: &str, share: &str| {
        let place = folder.path().join(name).join("110000-beijing/employee");
        std::fs::create_dir_all(&place).expect("a folder");
        let pools = "[[pool]]\nid = \"110000\"\nname = \"北京市\"\ncity = \"110000\"\nprovince = \"110000\"\n";
        write(&folder.path().join(name), "pools.toml", pools);
        let text = format!(
            "pool = \"110000\"\nscheme = \"employee\"\npart = \"general_outpatient\"\n\
             [sources.S1]\ntitle = \"办法\"\ngrade = \"copy\"\n\
             [[rate]]\nfrom = 2023-01-01\nsource = \"S1\"\nedges_on = \"none\"\nclass = [\"any\"]\n\
             rows = [{{ status = \"any\", values = [\"{share}\"] }}]\n"
        );
        write(&place, "general-outpatient.toml", &text);
        folder.path().join(name).to_string_lossy().into_owned()
    };
    let (old, new) = (library("old", "70%"), library("new", "75%"));
    let said = fine(&["policies", "diff", &old, &new]);
    assert!(said.contains("所有人 · 各类机构：70% → 75%"), "{said}");
    assert!(said.contains("增加 0 段，删去 0 段，改动 1 段"), "{said}");
    let answer = json(&["policies", "diff", &old, &new, "--json"]);
    assert_eq!(answer[0]["kind"], "changed");
    assert_eq!(answer[0]["changes"][0]["after"], "75%");
    assert_eq!(
        json(&["policies", "diff", &old, &old, "--json"]),
        Value::Array(Vec::new())
    );
    refused(&["policies", "diff", &old, "missing"], 3);
    refused(&["policies", "diff", &old, &new, "--household", "x"], 3);
}

/// Beijing's outpatient rules as they are shipped, and with other shares; a folder
/// without a list of places is laid over the shipped rules.
#[test]
fn diff_tells_what_changes_for_a_household() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = "110000-beijing/employee/general-outpatient.toml";
    let shipped = gongji_api::shipped_files()[path].clone();
    let library = |name: &str, share: &str| {
        let at = folder.path().join(name);
        std::fs::create_dir_all(at.join("110000-beijing/employee")).expect("a folder");
        let text = shipped.replace("above = \"0.00\",     values = [\"90%\"", share);
        write(&at, path, &text);
        at.to_string_lossy().into_owned()
    };
    let shares = |share: &str| format!("above = \"0.00\",     values = [\"{share}\"");
    let (old, new) = (
        library("old", &shares("90%")),
        library("new", &shares("95%")),
    );
    let file = folder.path().join("family.sqlite");
    let file = file.to_string_lossy().into_owned();
    fine(&["household", "demo", &file]);
    let before = std::fs::read(&file).expect("the file");
    let answer = json(&[
        "policies",
        "diff",
        &old,
        &new,
        "--household",
        &file,
        "--json",
    ]);
    assert_eq!(answer["changes"].as_array().map(Vec::len), Some(1));
    let impacts = answer["impacts"].as_array().expect("impacts");
    // The grandfather's visit every four weeks: once the deductible is used up, 5 % of 620.
    let visit = impacts.iter().find(|impact| {
        impact["what"] == "降压药复诊" && impact["figure"] == "fund" && impact["by"] == "31.00"
    });
    let visit = visit.expect("a planned visit");
    assert_eq!(visit["kind"], "planned");
    assert_eq!(visit["before"], "558.00");
    let words = ["policies", "diff", &old, &new, "--household", &file];
    let said = fine(&words);
    let expected = "降压药复诊 · 基金支付：558.00 → 589.00（+31.00）";
    assert!(said.contains(expected), "{said}");
    let said = fine(&["policies", "diff", &old, &old, "--household", &file]);
    assert!(said.contains("都不变"), "{said}");
    assert_eq!(
        std::fs::read(&file).expect("the file"),
        before,
        "nothing is written"
    );
    let nonsense = write(folder.path(), "nonsense.sqlite", "nonsense");
    refused(
        &["policies", "diff", &old, &new, "--household", &nonsense],
        3,
    );
}

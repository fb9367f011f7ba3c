//! 分录表与表单守同样的规矩 — what a form refuses, a table refuses with the same words, on its line.

#![allow(clippy::unwrap_used)] // a bad sample fails the test

#[path = "family/mod.rs"]
mod family;

use family::{day, today, yuan};
use gongji_api::{
    AccountId, EntryDraft, EntryId, EntryKind, Gongji, Household, ImportedTable, Language,
    Overdraft, Shelf, SubAccountId, Yuan, text,
};

const HEADING: &str = "entry,on,for_month,kind,kind_name,member,account,account_number,\
                       sub_account,amount,memo,corrects,for_member,for_member_number\n";

/// 北京在职：个人账户从 2025-01-01 起记，期初 300，二月的 200 已经划入；现金账户，期初 0。
fn home() -> (Gongji, tempfile::TempDir) {
    let text = r#"{ "name": "一家", "demo": false,
      "members": [{ "id": 1, "name": "王敏", "born": "1985-03-01" }],
      "enrollments": [{ "id": 1, "member": 1, "from": "2023-01-01", "pool": "110000",
        "scheme": "employee", "plan": "with_account", "status": "active" }],
      "accounts": [
        { "id": 1, "owner": 1, "kind": "insurance", "pool": "110000", "name": "北京市",
          "opened_on": "2025-01-01" },
        { "id": 2, "owner": 1, "kind": "cash", "name": "现金", "opened_on": "2025-01-01" }],
      "entries": [
        { "id": 1, "on": "2025-01-01", "kind": "opening",
          "legs": [{ "account": 1, "sub": "book", "amount": "300.00" }] },
        { "id": 2, "on": "2025-01-01", "kind": "opening",
          "legs": [{ "account": 2, "amount": "0.00" }] },
        { "id": 3, "on": "2025-03-05", "for_month": "2025-02", "kind": "credit",
          "legs": [{ "account": 1, "sub": "book", "amount": "200.00" }] }],
      "stated_balances": [], "stated_counters": [], "credit_days": [], "missing_credits": [],
      "bindings": [], "plans": [], "settlements": [] }"#;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("home.sqlite");
    Gongji::import_text(Some(file.clone()), Shelf::shipped(false), today(), text).unwrap();
    let gongji = Gongji::open_file(file, Shelf::shipped(false));
    (gongji, folder)
}

fn draft(kind: EntryKind, amount: &str) -> EntryDraft {
    EntryDraft {
        account: AccountId(1),
        sub: Some(SubAccountId::from("book")),
        on: day("2025-04-05"),
        for_month: None,
        kind,
        for_member: None,
        memo: String::new(),
        amount: yuan(amount),
    }
}

/// The line of our own table that says the same as a draft.
fn line(number: usize, draft: &EntryDraft) -> String {
    let EntryDraft {
        on, kind, amount, ..
    } = draft;
    let month = draft
        .for_month
        .map_or_else(String::new, |month| month.to_string());
    let name = if draft.account.0 == 1 {
        "北京市"
    } else {
        "现金"
    };
    let sub = draft.sub.as_ref().map_or("", |sub| sub.0.as_str());
    let (kind, account) = (kind.word(), draft.account);
    format!("n{number},{on},{month},{kind},,王敏,{name},{account},{sub},{amount},,,,\n")
}

fn import(gongji: &mut Gongji, lines: &str) -> ImportedTable {
    let table = format!("{HEADING}{lines}");
    gongji.import_table(today(), &table, false).unwrap()
}

#[test]
fn what_a_form_refuses_a_table_refuses_too() {
    let (mut gongji, _folder) = home();
    let of = draft;
    let credit = |month: &str| EntryDraft {
        for_month: Some(month.parse().unwrap()),
        ..of(EntryKind::Credit, "210.00")
    };
    let cash = |draft| EntryDraft {
        account: AccountId(2),
        ..draft
    };
    let on = |text: &str| EntryDraft {
        on: day(text),
        ..of(EntryKind::Spending, "-1.00")
    };
    let part = |sub: &str| EntryDraft {
        sub: Some(SubAccountId::from(sub)),
        ..of(EntryKind::Spending, "-1.00")
    };
    for (draft, code) in [
        (credit("2025-02"), "error.credited_already"),
        (of(EntryKind::Credit, "-1.00"), "error.sign"),
        (of(EntryKind::Spending, "1.00"), "error.sign"),
        (of(EntryKind::Premium, "380.00"), "error.sign"),
        (of(EntryKind::Refund, "-1.00"), "error.sign"),
        (of(EntryKind::Spending, "0.00"), "error.zero"),
        (of(EntryKind::Adjustment, "0.00"), "error.zero"),
        (on("2026-11-23"), "error.in_future"),
        (on("2024-12-31"), "error.before_opening"),
        (part("bok"), "error.no_such_part"),
        (cash(part("book")), "error.cash_has_no_parts"),
        (of(EntryKind::Opening, "5.00"), "error.opened_already"),
        (
            cash(EntryDraft {
                sub: None,
                ..of(EntryKind::Opening, "5.00")
            }),
            "error.opened_already",
        ),
        // 已有 500，一百亿是能记的最大的数。
        (of(EntryKind::Interest, "9999999500.01"), "error.too_large"),
    ] {
        let refused = gongji.entry_record(today(), &draft).unwrap_err();
        assert_eq!(refused.message.code, code, "{draft:?}");
        let fine = cash(EntryDraft {
            sub: None,
            ..of(EntryKind::Spending, "-1.00")
        });
        let fine = line(0, &fine);
        let imported = import(&mut gongji, &(fine + &line(1, &draft)));
        let told: Vec<_> = imported
            .faults
            .iter()
            .map(|fault| (fault.line, &fault.what, &fault.hint))
            .collect();
        let expected = (3, &refused.message, &refused.hint);
        assert_eq!(told, [expected], "{draft:?}");
        assert_eq!(imported.entries, 0);
    }
    for draft in [
        credit("2025-03"),
        on("2026-11-22"),
        on("2025-01-01"),
        part("passbook"),
        of(EntryKind::Interest, "9999999500.00"),
    ] {
        gongji.entry_record(today(), &draft).unwrap();
        gongji.undo(today()).unwrap();
        let imported = import(&mut gongji, &line(1, &draft));
        assert_eq!(
            (imported.faults, imported.entries),
            (vec![], 1),
            "{draft:?}"
        );
        gongji.undo(today()).unwrap();
    }
}

#[test]
fn lines_of_one_table_stand_beside_one_another() {
    let march = |amount: &str| EntryDraft {
        for_month: Some("2025-03".parse().unwrap()),
        ..draft(EntryKind::Credit, amount)
    };
    let half = Yuan::from_fen(Yuan::LIMIT.fen() / 2).to_string();
    let passbook = |amount: &str| EntryDraft {
        sub: Some(SubAccountId::from("passbook")),
        ..draft(EntryKind::Opening, amount)
    };
    for (drafts, faults) in [
        (
            vec![march("200.00"), march("201.00")],
            vec![(3, "error.credited_already")],
        ),
        (
            vec![
                draft(EntryKind::Interest, &half),
                draft(EntryKind::Interest, &half),
            ],
            vec![(3, "error.too_large")],
        ),
        (
            vec![passbook("1.00"), passbook("2.00")],
            vec![(3, "error.opened_already")],
        ),
        (vec![passbook("0.00"), march("200.00")], vec![]),
    ] {
        let (mut gongji, _folder) = home();
        let lines = drafts.iter().enumerate();
        let lines: String = lines.map(|(at, draft)| line(at, draft)).collect();
        let imported = import(&mut gongji, &lines);
        let told: Vec<_> = imported
            .faults
            .iter()
            .map(|fault| (fault.line, fault.what.code.as_str()))
            .collect();
        assert_eq!(told, faults, "{lines}");
    }
}

/// 更正可以写在前面（日子更早）；更正过的月份可以改数，不能再记一次。
#[test]
fn a_correction_states_its_month_anew() {
    let (mut gongji, _folder) = home();
    let may = "n2,2025-05-04,2025-04,credit,,王敏,北京市,1,book,205.00,,n1,,\n\
               n1,2025-05-05,2025-04,credit,,王敏,北京市,1,book,200.00,,,,\n\
               n3,2025-05-05,2025-04,correction,,王敏,北京市,1,book,-200.00,,n1,,\n";
    let again = "n4,2025-05-06,2025-04,credit,,王敏,北京市,1,book,205.00,,,,\n";
    let imported = import(&mut gongji, &format!("{may}{again}"));
    let told = |imported: &ImportedTable| -> Vec<(u64, String)> {
        let faults = imported.faults.iter();
        faults
            .map(|fault| (fault.line, fault.what.code.clone()))
            .collect()
    };
    assert_eq!(told(&imported), [(5, "error.credited_already".to_owned())]);
    let imported = import(&mut gongji, may);
    assert_eq!((told(&imported), imported.entries), (vec![], 3));
    assert_eq!(import(&mut gongji, may).duplicates, [2, 3, 4]);
    assert_eq!(
        told(&import(&mut gongji, again)),
        [(2, "error.credited_already".to_owned())]
    );
    for (lines, code) in [
        (
            "n1,2025-06-05,,correction,,王敏,北京市,1,book,-1.00,,,,\n",
            "import.correction_of_nothing",
        ),
        (
            "n1,2025-06-05,,spending,,王敏,北京市,1,book,-1.00,,n9,,\n",
            "import.corrects_nothing",
        ),
        (
            "n1,2025-06-05,,transfer,,王敏,北京市,1,book,-1.00,,,,\nn1,2025-06-05,,transfer,,王敏,现金,2,,2.00,,,,\n",
            "import.uneven",
        ),
        (
            "n1,2025-06-05,,roll_over,,王敏,北京市,1,book,-1.00,,,,\nn1,2025-06-05,,roll_over,,王敏,现金,2,,1.00,,,,\n",
            "import.rolls_elsewhere",
        ),
        (
            "n1,2025-06-05,,transfer,,王敏,北京市,1,book,x,,,,\nn1,2025-06-05,,transfer,,王敏,现金,2,,2.00,,,,\n",
            "import.bad_amount",
        ),
    ] {
        assert_eq!(told(&import(&mut gongji, lines)), [(2, code.to_owned())]);
    }
}

/// 同一天到账、数目一样的两个月：只有写了月份的才是那一个月的。
#[test]
fn what_is_recorded_already_is_of_the_same_month() {
    let (mut gongji, _folder) = home();
    let of = |month: &str| format!("x,2025-06-05,{month},credit,,王敏,北京市,1,book,200.00,,,,\n");
    assert_eq!(import(&mut gongji, &of("2025-04")).entries, 1);
    let other = import(&mut gongji, &of("2025-05"));
    assert_eq!((other.entries, other.duplicates), (1, vec![]));
    for month in ["2025-04", "2025-05", ""] {
        let again = import(&mut gongji, &of(month));
        assert_eq!((again.entries, again.duplicates), (0, vec![2]), "{month}");
    }
}

/// 窗口里先看，再导入：看过以后变了的不导入，一步可以撤销。
#[test]
fn what_was_looked_at_is_what_is_imported() {
    let (mut gongji, folder) = home();
    let path = folder.path().join("table.csv");
    let good = line(1, &draft(EntryKind::Spending, "-12.00"));
    let bad = line(2, &draft(EntryKind::Spending, "12.00"));
    let put = |lines: &str| std::fs::write(&path, format!("{HEADING}{lines}")).unwrap();
    put(&(good.clone() + &bad));
    let seen = gongji.table_preview(today(), &path).unwrap();
    assert_eq!((seen.entries, seen.duplicates, seen.faults), (0, 0, 1));
    assert_eq!(seen.fault_lines[0].line, 3);
    let refused = gongji.table_import(today(), &path, &seen.seen).unwrap_err();
    assert_eq!(refused.message.code, "import.none");
    put(&good);
    let changed = gongji.table_import(today(), &path, &seen.seen).unwrap_err();
    assert_eq!(changed.message.code, "error.table_changed");
    let seen = gongji.table_preview(today(), &path).unwrap();
    assert_eq!((seen.entries, seen.duplicates, seen.faults), (1, 0, 0));
    let status = gongji.table_import(today(), &path, &seen.seen).unwrap();
    assert_eq!(status.undo.unwrap().code, "step_name.import_table");
    let again = gongji.table_preview(today(), &path).unwrap();
    assert_eq!((again.entries, again.duplicate_lines), (0, vec![2]));
    gongji.undo(today()).unwrap();
    assert_eq!(gongji.table_preview(today(), &path).unwrap().entries, 1);
    let absent = gongji.table_preview(today(), &folder.path().join("absent.csv"));
    let absent = absent.unwrap_err();
    assert_eq!(absent.field.as_deref(), Some("path"));
    assert_eq!(absent.message.code, "error.cannot_read");
}

/// 取出、转出多过那天余额的：表里照记，预览和核对都用表单的那句话说出来。500 = 300 + 200（2025-03-05 到）。
#[test]
fn what_goes_beyond_the_balance_is_doubtful() {
    let drawn = |on: &str, amount: &str| EntryDraft {
        on: day(on),
        ..draft(EntryKind::Withdrawal, amount)
    };
    let given = |on: &str, amount: &str| EntryDraft {
        on: day(on),
        ..draft(EntryKind::Transfer, amount)
    };
    let credit = EntryDraft {
        for_month: "2025-03".parse().ok(),
        ..draft(EntryKind::Credit, "100.00")
    };
    let spent = EntryDraft {
        on: day("2025-02-01"),
        ..draft(EntryKind::Spending, "-1000.00")
    };
    // 每种：表里的行，可疑的是哪几行、最多多少。
    for (lines, expected) in [
        (vec![drawn("2025-03-05", "-500.00")], vec![]),
        (vec![drawn("2025-03-05", "-500.01")], vec![(2, "500.00")]),
        // 那天还没有划入。
        (vec![given("2025-03-04", "-300.01")], vec![(2, "300.00")]),
        // 同一天的两笔，多出来的是后一笔。
        (
            vec![
                drawn("2025-03-10", "-300.00"),
                given("2025-03-10", "-300.00"),
            ],
            vec![(3, "200.00")],
        ),
        // 表里同时有划入的，算在内；晚到的不算。
        (vec![credit.clone(), drawn("2025-04-05", "-600.00")], vec![]),
        (
            vec![credit.clone(), drawn("2025-04-04", "-600.00")],
            vec![(3, "500.00")],
        ),
        // 转进来的不问；看病超出余额也照旧不问。
        (vec![given("2025-03-10", "50.00"), spent], vec![]),
    ] {
        let (mut gongji, folder) = home();
        let table: String = lines
            .iter()
            .enumerate()
            .map(|(n, one)| line(n, one))
            .collect();
        let path = folder.path().join("entries.csv");
        std::fs::write(&path, format!("{HEADING}{table}")).unwrap();
        let preview = gongji.table_preview(today(), &path).unwrap();
        assert_eq!(preview.entries as usize, lines.len());
        let told: Vec<_> = preview
            .doubt_lines
            .iter()
            .map(|doubt| (doubt.line, doubt.what.params["most"].as_str()))
            .collect();
        assert_eq!(told, expected, "{table}");
        assert_eq!(preview.doubts as usize, expected.len());
        for doubt in &preview.doubt_lines {
            assert_eq!(doubt.what.code, "error.over_balance");
            let hint = doubt.hint.as_ref().map(|hint| hint.code.as_str());
            assert_eq!(hint, Some("hint.over_balance"));
        }
        gongji.table_import(today(), &path, &preview.seen).unwrap();
        let doubts = gongji.doubts(today()).unwrap();
        let of_check: Vec<_> = doubts
            .iter()
            .filter(|doubt| doubt.code == "doubt.over_balance")
            .map(|doubt| doubt.params["most"].as_str())
            .collect();
        let of_table: Vec<_> = expected.iter().map(|(_, most)| *most).collect();
        assert_eq!(of_check, of_table, "{table}");
        for doubt in &doubts {
            let said = text(Language::Chinese, doubt);
            assert!(said.contains("账户里的钱不够：最多"), "{said}");
        }
    }
}

/// 说过可以透支的，到那个数为止都不可疑；更正过的照更正以后的。
#[test]
fn an_overdraft_and_a_correction_count() {
    let (mut gongji, _folder) = home();
    let over = EntryDraft {
        on: day("2025-03-10"),
        ..draft(EntryKind::Withdrawal, "-600.00")
    };
    let imported = import(&mut gongji, &line(1, &over));
    assert_eq!((imported.entries, imported.doubts.len()), (1, 1));
    let most = |gongji: &Gongji| -> Vec<String> {
        let doubts = gongji.doubts(today()).unwrap().into_iter();
        doubts.map(|doubt| doubt.params["most"].clone()).collect()
    };
    assert_eq!(most(&gongji), ["500.00"]);
    let fewer = EntryDraft {
        amount: yuan("-400.00"),
        ..over
    };
    gongji.entry_correct(today(), EntryId(4), &fewer).unwrap();
    assert_eq!(most(&gongji), Vec::<String>::new());
    gongji.undo(today()).unwrap();
    assert_eq!(most(&gongji), ["500.00"]);
    for (limit, stated_on, found) in [
        ("100.00", "2025-03-10", vec![]),
        ("99.99", "2025-03-10", vec!["599.99"]),
        ("100.00", "2025-03-11", vec!["500.00"]),
    ] {
        let mut household: Household =
            serde_json::from_str(&gongji.export_text().unwrap()).unwrap();
        household.accounts[0].overdraft = Some(Overdraft {
            limit: yuan(limit),
            source: "窗口".to_owned(),
            stated_on: day(stated_on),
            repay_within: None,
            below_since: None,
        });
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("h.json");
        std::fs::write(&path, serde_json::to_string(&household).unwrap()).unwrap();
        gongji.import_json(today(), &path).unwrap();
        assert_eq!(most(&gongji), found, "{limit} {stated_on}");
    }
}

//! A real slip beside the estimate: compared, recorded by what it says, added later, printed.
#![allow(clippy::unwrap_used)] // a bad sample fails the test

mod family;

use family::{day, sentence, today, yuan};
use gongji_api::{
    AccountKind, Bill, EmploymentStatus, EnrollmentDraft, EstimateDraft, Gongji, MemberDraft,
    MemberId, Part, PoolId, Relation, Scheme, SetupBinding, SetupDraft, Shelf, Slip, Special, Yuan,
};

/// 妈妈 500 在账户、1000 现金，起付线已经用完；儿子的账户有 2000，已经绑定。
fn two(folder: &std::path::Path) -> Gongji {
    let mut gongji = Gongji::open_file(folder.join("h.sqlite"), Shelf::shipped(false));
    let member = |name: &str, balance: &str, cash: Option<&str>| MemberDraft {
        name: name.to_owned(),
        born: Some(day("1980-03-01")),
        enrollment: Some(EnrollmentDraft {
            pool: PoolId::from("110000"),
            scheme: Scheme::Employee,
            plan: "with_account".to_owned(),
            status: EmploymentStatus::Active,
            from: day("2025-01-01"),
            until: None,
            contribution_base: None,
            retired_on: None,
            insured_months: None,
            special: Special::None,
            pension: None,
            frozen_credit: None,
            employer: None,
            first_enrollment: false,
            back_paid: None,
            back_paid_on: None,
        }),
        balances: [("book".into(), yuan(balance))].into(),
        balances_as_of: Some(day("2026-11-01")),
        cash: cash.map(yuan),
        counters: [
            ("op_deductible".to_owned(), "1800.00".to_owned()),
            ("op_fund".to_owned(), "0.00".to_owned()),
        ]
        .into(),
        counters_as_of: Some(day("2026-11-01")),
        credit_day: None,
    };
    let draft = SetupDraft {
        name: "家".to_owned(),
        members: vec![
            member("妈妈", "500.00", Some("1000.00")),
            member("儿子", "2000.00", None),
        ],
        bindings: vec![SetupBinding {
            donor: 1,
            recipient: 0,
            relation: Relation::Parent,
            bound_on: day("2025-06-01"),
        }],
    };
    gongji.setup_save(today(), &draft).unwrap();
    gongji
}

fn mother(gongji: &Gongji) -> MemberId {
    gongji.members_named("妈妈").unwrap()[0]
}

/// 医院，2000 元：1400 报销，600 自己付：账户 500，儿子 100。
fn visit(gongji: &Gongji) -> EstimateDraft {
    EstimateDraft {
        member: mother(gongji),
        part: Part::GeneralOutpatient,
        class: Some("hospital".to_owned()),
        settled_on: day("2026-11-20"),
        admitted_on: None,
        contract: false,
        use_account: true,
        bill: Bill::of_total(yuan("2000.00")),
        so_far: Default::default(),
    }
}

fn slip(lines: &[(&str, &str)]) -> Slip {
    let fields = lines
        .iter()
        .map(|(line, is)| ((*line).to_owned(), (*is).into()));
    serde_json::from_value(serde_json::Value::Object(fields.collect())).unwrap()
}

/// 妈妈账户、儿子账户、妈妈现金。
fn balances(gongji: &Gongji) -> [Yuan; 3] {
    let of = |name: &str, kind: AccountKind| {
        let id = gongji.members_named(name).unwrap()[0];
        let detail = gongji.member_detail(today(), id).unwrap();
        let account = detail.accounts.into_iter().find(|one| one.kind == kind);
        account.map(|one| one.balance).unwrap_or_default()
    };
    [
        of("妈妈", AccountKind::Insurance),
        of("儿子", AccountKind::Insurance),
        of("妈妈", AccountKind::Cash),
    ]
}

/// The community's 90 %: 1800, and 200 to pay.
const COMMUNITY: [(&str, &str); 6] = [
    ("total", "2000.00"),
    ("pool_paid", "1800.00"),
    ("patient_paid", "200.00"),
    ("accounts_paid", "150.00"),
    ("mutual_aid_paid", "0.00"),
    ("cash_paid", "50.00"),
];

#[test]
fn a_slip_is_compared_and_what_recording_writes_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let gongji = two(folder.path());
    let view = gongji
        .slip_compare(&visit(&gongji), &slip(&COMMUNITY[..3]))
        .unwrap();
    assert!(!view.report.agrees);
    let change = &view.report.explanations[0].changes[0];
    assert_eq!(change.code, "explain.class");
    // The class as the window calls it, without the rules' own word.
    assert!(!change.params.contains_key("class") && change.params.contains_key("class_name"));
    // 单子没有账户一行：按估算 500 和 100；个人负担 200 − 600 < 0，现金按估算 0。
    let posted: Vec<_> = view.posted.unwrap().iter().map(|one| one.amount).collect();
    assert_eq!(posted, [yuan("500.00"), yuan("100.00")]);
    let notes: Vec<_> = view.notes.iter().map(|note| note.code.as_str()).collect();
    assert_eq!(notes, ["slip.aid_from_estimate", "slip.own_from_estimate"]);
    let contradictory = slip(&[
        ("total", "2000.00"),
        ("fund_paid", "1800.00"),
        ("patient_paid", "199.99"),
    ]);
    let view = gongji
        .slip_compare(&visit(&gongji), &contradictory)
        .unwrap();
    assert_eq!(view.contradictions[0].code, "explain.contradiction_payers");
    assert_eq!(view.contradictions[0].params["added"], "1999.99");
    for (lines, field) in [
        (slip(&[("total", "0.00")]), "slip.total"),
        (
            slip(&[("total", "1.00"), ("cash_paid", "-0.01")]),
            "slip.cash_paid",
        ),
    ] {
        let refused = gongji.slip_compare(&visit(&gongji), &lines).unwrap_err();
        assert_eq!(refused.field.as_deref(), Some(field));
    }
}

#[test]
fn what_is_booked_is_what_the_slip_says() {
    let folder = tempfile::tempdir().unwrap();
    let mut gongji = two(folder.path());
    let draft = visit(&gongji);
    gongji
        .settlement_record(today(), &draft, Some(&slip(&COMMUNITY)))
        .unwrap();
    // 500 − 150；儿子没动；1000 − 50。
    assert_eq!(balances(&gongji), ["350.00", "2000.00", "950.00"].map(yuan));
    let rows = gongji.settlements(mother(&gongji)).unwrap();
    // 统筹、个人负担、账户（含共济 600）、共济、现金，五行不一样；200 − 600 = −400。
    assert_eq!(
        (rows[0].differing, rows[0].difference),
        (Some(5), Some(yuan("-400.00")))
    );
    assert!(gongji.check().unwrap().is_sound());
    let again = gongji
        .slip_add(today(), rows[0].id, &slip(&COMMUNITY))
        .unwrap_err();
    assert_eq!(sentence(&again), "这次结算已经有结算单了");
    gongji.undo(today()).unwrap();
    assert_eq!(
        balances(&gongji),
        ["500.00", "2000.00", "1000.00"].map(yuan)
    );
}

#[test]
fn a_slip_that_comes_later_is_booked_as_a_correction() {
    let folder = tempfile::tempdir().unwrap();
    let mut gongji = two(folder.path());
    let draft = visit(&gongji);
    gongji.settlement_record(today(), &draft, None).unwrap();
    assert_eq!(balances(&gongji), ["0.00", "1900.00", "1000.00"].map(yuan));
    let id = gongji.settlements(mother(&gongji)).unwrap()[0].id;
    let entries = gongji.check().unwrap().entries;
    gongji.slip_add(today(), id, &slip(&COMMUNITY)).unwrap();
    assert_eq!(balances(&gongji), ["350.00", "2000.00", "950.00"].map(yuan));
    // 冲回一笔、照单子一笔；原来的还在。
    let report = gongji.check().unwrap();
    assert_eq!(report.entries, entries + 2);
    assert!(report.is_sound(), "{report:?}");
    assert!(
        gongji.settlements(mother(&gongji)).unwrap()[0]
            .slip
            .is_some()
    );
    gongji.undo(today()).unwrap();
    assert_eq!(balances(&gongji), ["0.00", "1900.00", "1000.00"].map(yuan));
    // 一样的单子不用更正。
    let same = slip(&[
        ("total", "2000.00"),
        ("accounts_paid", "600.00"),
        ("mutual_aid_paid", "100.00"),
        ("cash_paid", "0.00"),
    ]);
    gongji.slip_add(today(), id, &same).unwrap();
    assert_eq!(gongji.check().unwrap().entries, entries);
    assert_eq!(
        gongji.settlements(mother(&gongji)).unwrap()[0].differing,
        Some(0)
    );
}

/// 没有规则的地方估算不出来；单子写了各账户付多少，照单子记。
#[test]
fn a_slip_is_recorded_where_the_estimate_is_open() {
    let folder = tempfile::tempdir().unwrap();
    let mut gongji = two(folder.path());
    let draft = EstimateDraft {
        part: Part::ChronicOutpatient,
        class: None,
        ..visit(&gongji)
    };
    let open = gongji.settlement_record(today(), &draft, None).unwrap_err();
    assert_eq!(open.message.code, "error.settlement_open");
    let bare = slip(&[("total", "2000.00"), ("fund_paid", "1900.00")]);
    let open = gongji
        .settlement_record(today(), &draft, Some(&bare))
        .unwrap_err();
    assert_eq!(open.message.code, "error.slip_open");
    let told = slip(&[
        ("total", "2000.00"),
        ("fund_paid", "1900.00"),
        ("accounts_paid", "80.00"),
        ("mutual_aid_paid", "0.00"),
    ]);
    gongji
        .settlement_record(today(), &draft, Some(&told))
        .unwrap();
    // 2000 − 1900 − 80 = 20 现金。
    assert_eq!(balances(&gongji), ["420.00", "2000.00", "980.00"].map(yuan));
}

#[test]
fn the_comparison_is_printed() {
    let folder = tempfile::tempdir().unwrap();
    let gongji = two(folder.path());
    let saved = gongji
        .slip_report_save(today(), &visit(&gongji), &slip(&COMMUNITY))
        .unwrap();
    let bytes = std::fs::read(saved.path).unwrap();
    assert!(bytes.starts_with(b"%PDF"));
}

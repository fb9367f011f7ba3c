//! 居民医保缴费 — planned, projected, in a calendar, and no longer once it is recorded.
#![allow(clippy::unwrap_used)] // a bad sample fails the test

use chrono::NaiveDate;
use gongji_api::{
    AccountId, Amount, ApiError, CloseWhy, EmploymentStatus, EnrollmentDraft, ExportFormat, Gongji,
    Household, ImpactFigure, ImpactKind, Language, MemberDraft, MemberId, Movement, MovementDraft,
    PoolId, PremiumDraft, PremiumKind, Relation, Scheme, SetupDraft, Shelf, Special, SubAccountId,
    text,
};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// 北京 2026 年的缴费期 2025-11-30 到 2026-02-28。
fn today() -> NaiveDate {
    day("2026-01-10")
}

fn member(name: &str, scheme: Scheme, plan: &str, balance: Option<&str>) -> MemberDraft {
    let insured = EnrollmentDraft {
        pool: PoolId::from("110000"),
        scheme,
        plan: plan.to_owned(),
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
    };
    let balances = balance.map(|balance| (SubAccountId::from("book"), balance.parse().unwrap()));
    MemberDraft {
        name: name.to_owned(),
        born: Some(day(if scheme == Scheme::Resident {
            "2018-03-01"
        } else {
            "1985-03-01"
        })),
        enrollment: Some(insured),
        balances: balances.into_iter().collect(),
        balances_as_of: Some(day("2026-01-05")),
        cash: None,
        counters: Default::default(),
        counters_as_of: None,
        credit_day: None,
    }
}

/// 妈妈在职（账户 300），孩子、爷爷是居民，都在北京。
struct Family {
    gongji: Gongji,
    _folder: tempfile::TempDir,
}

impl Family {
    fn new() -> Family {
        let folder = tempfile::tempdir().unwrap();
        let mut gongji = Gongji::open_file(folder.path().join("h.sqlite"), Shelf::shipped(false));
        let draft = SetupDraft {
            name: "家".to_owned(),
            members: vec![
                member("妈妈", Scheme::Employee, "with_account", Some("300.00")),
                member("孩子", Scheme::Resident, "child_student", None),
                member("爷爷", Scheme::Resident, "elderly", None),
            ],
            bindings: Vec::new(),
        };
        gongji.setup_save(today(), &draft).unwrap();
        Family {
            gongji,
            _folder: folder,
        }
    }

    fn id(&self, name: &str) -> MemberId {
        self.gongji.members_named(name).unwrap()[0]
    }

    fn household(&self) -> Household {
        serde_json::from_str(&self.gongji.export_text().unwrap()).unwrap()
    }

    /// 妈妈的账户给孩子缴 2026 年的。
    fn draft(&self) -> PremiumDraft {
        PremiumDraft {
            member: self.id("孩子"),
            paid_by: Some(self.id("妈妈")),
            relation: Some(Relation::Child),
            from_year: 2026,
            until_year: None,
            pay_on: None,
            amount: None,
        }
    }

    fn calendar(&self) -> Vec<String> {
        let bytes = self
            .gongji
            .export(ExportFormat::Ics, Language::Chinese, today())
            .unwrap();
        let calendar = String::from_utf8(bytes).unwrap().replace("\r\n ", "");
        let lines = calendar.lines().map(str::to_owned);
        lines
            .filter(|line| {
                line.starts_with("UID:premium")
                    || line.contains("DTSTART")
                    || line.contains("居民医保")
            })
            .collect()
    }

    fn pay(&mut self, memo: &str, year: Option<i32>) {
        let movement = Movement::Premium {
            from: AccountId(1),
            sub: SubAccountId::from("book"),
            for_member: self.id("孩子"),
            relation: Relation::Child,
            premium: PremiumKind::Resident,
            year,
            amount: "200.00".parse().unwrap(),
        };
        let draft = MovementDraft {
            on: today(),
            memo: memo.to_owned(),
            movement,
        };
        self.gongji.movement_record(today(), &draft).unwrap();
    }
}

fn exact(text: &str) -> Amount {
    Amount::Exact(text.parse().unwrap())
}

/// 北京 2026 年学生儿童 435 元（policies/110000-beijing/resident/premium.toml）。
#[test]
fn is_planned_told_changed_and_removed() {
    let mut family = Family::new();
    let draft = family.draft();
    let told = family.gongji.premium_look(today(), &draft).unwrap();
    assert_eq!((told.year, told.amount), (2026, exact("435.00")));
    assert_eq!(told.on, Some(day("2026-02-28")));
    let window = told.window.unwrap();
    assert_eq!(
        (window.from, window.until),
        (day("2025-11-30"), day("2026-02-28"))
    );
    assert!(told.source.unwrap().title.contains("缴费标准"));
    let payer = told.payer.unwrap();
    assert_eq!(payer.reason.code, "aid.allowed");
    let plan = family.gongji.premium_add(today(), &draft).unwrap();
    let detail = family
        .gongji
        .member_detail(today(), family.id("孩子"))
        .unwrap();
    assert_eq!(detail.premium_year, Some(2026));
    let view = &detail.premiums[0];
    assert_eq!((&view.plan, view.payer.as_deref()), (&plan, Some("妈妈")));
    assert_eq!(view.next.as_ref().unwrap().amount, exact("435.00"));
    let changed = PremiumDraft {
        pay_on: Some(day("2026-02-01")),
        until_year: Some(2026),
        ..draft
    };
    family
        .gongji
        .premium_save(today(), plan.id, &changed)
        .unwrap();
    assert_eq!(family.household().premiums[0].until_year, Some(2026));
    let step = |gongji: &Gongji| gongji.status(today()).unwrap().undo.unwrap();
    assert_eq!(
        text(Language::Chinese, &step(&family.gongji)),
        "改孩子的缴费计划"
    );
    family.gongji.premium_remove(today(), plan.id).unwrap();
    assert_eq!(family.household().premiums, []);
    assert_eq!(
        text(Language::English, &step(&family.gongji)),
        "remove the planned premium of 孩子"
    );
    family.gongji.undo(today()).unwrap();
    assert_eq!(family.household().premiums.len(), 1);
    // 孩子、妈妈都还有计划，不能去掉。
    for name in ["孩子", "妈妈"] {
        let refused = family.gongji.member_remove(today(), family.id(name));
        assert_eq!(
            refused.unwrap_err().message.code,
            "error.member_has_records"
        );
    }
}

#[test]
fn what_is_wrong_is_named_by_its_field() {
    let mut family = Family::new();
    family
        .gongji
        .premium_add(
            today(),
            &PremiumDraft {
                member: family.id("爷爷"),
                paid_by: None,
                relation: None,
                ..family.draft()
            },
        )
        .unwrap();
    type Spoil = fn(&mut PremiumDraft);
    let cases: [(Spoil, &str, &str); 13] = [
        (|d| d.member = MemberId(1), "member", "error.not_a_resident"),
        (
            |d| d.member = MemberId(3),
            "from_year",
            "error.premium_planned_already",
        ),
        (|d| d.from_year = 2025, "from_year", "error.premium_year"),
        (
            |d| d.until_year = Some(2025),
            "until_year",
            "error.premium_until",
        ),
        (|d| d.relation = None, "relation", "error.premium_relation"),
        (
            |d| d.paid_by = Some(MemberId(3)),
            "paid_by",
            "error.premium_no_account",
        ),
        (
            |d| d.relation = Some(Relation::Other),
            "paid_by",
            "aid.relation_not_listed",
        ),
        (
            |d| d.pay_on = Some(day("2027-01-01")),
            "pay_on",
            "error.premium_day_year",
        ),
        (
            |d| d.pay_on = Some(day("2026-01-09")),
            "pay_on",
            "error.plan_in_past",
        ),
        (
            |d| d.pay_on = Some(day("2026-03-01")),
            "pay_on",
            "error.premium_day_outside",
        ),
        (
            |d| d.amount = Some("0.00".parse().unwrap()),
            "amount",
            "error.premium_amount",
        ),
        (
            |d| d.amount = Some("-1.00".parse().unwrap()),
            "amount",
            "error.premium_amount",
        ),
        (|d| d.paid_by = Some(MemberId(9)), "", "error.gone"),
    ];
    for (spoil, field, code) in cases {
        let mut draft = family.draft();
        spoil(&mut draft);
        let refused: ApiError = family.gongji.premium_add(today(), &draft).unwrap_err();
        let named = refused.field.as_deref().unwrap_or_default();
        let code_of = refused.message.code.as_str();
        assert!(
            (named, code_of) == (field, code) || field.is_empty(),
            "{code}: {refused:?}"
        );
    }
    // 缴费期过了：2026 年 3 月起不能再计划 2026 年的。
    let refused = family
        .gongji
        .premium_add(day("2026-03-01"), &family.draft())
        .unwrap_err();
    assert_eq!(refused.message.code, "error.premium_window_over");
}

/// 北京 2026 年的有规则（435），2027 年的还没有：本人知道的数只用在 2027 年。
#[test]
fn a_sum_of_ones_own_fills_a_year_without_a_rule() {
    let mut family = Family::new();
    let own = PremiumDraft {
        amount: Some("450.00".parse().unwrap()),
        pay_on: Some(day("2026-02-01")),
        ..family.draft()
    };
    family.gongji.premium_add(today(), &own).unwrap();
    for (year, amount, stated) in [(2026, "435.00", false), (2027, "450.00", true)] {
        let of_year = PremiumDraft {
            from_year: year,
            ..own.clone()
        };
        let told = family.gongji.premium_look(today(), &of_year).unwrap();
        assert_eq!((told.amount, told.stated), (exact(amount), stated));
        assert_eq!(told.source.is_none(), stated, "{year}");
    }
    let without = PremiumDraft {
        from_year: 2027,
        amount: None,
        ..own
    };
    let told = family.gongji.premium_look(today(), &without).unwrap();
    assert_eq!((told.amount, told.stated), (Amount::UNKNOWN, false));
    let nothing = PremiumDraft {
        amount: Some("0.00".parse().unwrap()),
        ..without
    };
    let told = family.gongji.premium_look(today(), &nothing).unwrap();
    assert_eq!((told.amount, told.stated), (Amount::UNKNOWN, false));
    // 存下、导出、再读回来还是这个数。
    let text = family.gongji.export_text().unwrap();
    assert!(text.contains("\"amount\": \"450.00\""), "{text}");
    let import = |piece: &str| {
        let text = text.replace("\"450.00\"", piece);
        Gongji::import_text(None, Shelf::shipped(false), today(), &text)
    };
    assert_eq!(import("\"451.00\"").unwrap(), 3);
    for (piece, said) in [
        ("\"450.001\"", "json.amount"),
        ("\"0.00\"", "大于零"),
        ("\"-450.00\"", "大于零"),
    ] {
        let refused = format!("{:?}", import(piece).unwrap_err());
        assert!(refused.contains(said), "{piece}: {refused}");
    }
}

/// 演示家庭的孩子有一项缴费计划：2026 年的照规则（435，最后一天 2026-02-28）；2027 年的规则还没有，照上一年的数，
/// 日子自己定。
#[test]
fn the_demo_family_plans_a_premium() {
    for (today, year, on, amount, stated) in [
        ("2026-01-10", 2026, "2026-02-28", "435.00", false),
        ("2026-12-01", 2027, "2026-12-15", "435.00", true),
        ("2027-01-20", 2027, "2027-02-13", "435.00", true),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let mut gongji = Gongji::open_file(folder.path().join("h.sqlite"), Shelf::shipped(false));
        gongji.fill_demo(day(today)).unwrap();
        let child = gongji.members_named("周小雨").unwrap()[0];
        let detail = gongji.member_detail(day(today), child).unwrap();
        let view = &detail.premiums[0];
        let told = view.next.as_ref().unwrap();
        assert_eq!((told.year, told.on), (year, Some(day(on))), "{today}");
        assert_eq!((told.amount, told.stated), (exact(amount), stated));
        assert_eq!(view.payer.as_deref(), Some("周明"));
        let verdict = told.payer.as_ref().map(|payer| payer.reason.code.as_str());
        assert_eq!(verdict, Some("aid.allowed"));
    }
}

/// 换一套规则：孩子 2026 年的从 435 变成 500，付现金的多付 65。
#[test]
fn another_rule_changes_a_planned_premium() {
    let mut family = Family::new();
    let in_cash = PremiumDraft {
        paid_by: None,
        relation: None,
        ..family.draft()
    };
    family.gongji.premium_add(today(), &in_cash).unwrap();
    let mut files = gongji_api::shipped_files();
    let premium = "110000-beijing/resident/premium.toml";
    let dearer = files[premium].replace("\"435.00\"", "\"500.00\"");
    assert_ne!(dearer, files[premium]);
    files.insert(premium.to_owned(), dearer);
    let (old, new) = (Shelf::shipped(false), Shelf::of(files, false));
    let impacts = family.gongji.impacts_between(today(), &old, &new).unwrap();
    let of_premium = impacts
        .iter()
        .filter(|impact| impact.kind == ImpactKind::Premium);
    let found: Vec<_> = of_premium
        .map(|impact| {
            let of = (impact.member.as_str(), impact.what.as_str(), impact.figure);
            (of, impact.before, impact.after, impact.by)
        })
        .collect();
    let by = Some("65.00".parse().unwrap());
    assert_eq!(
        found[0],
        (
            ("孩子", "2026", ImpactFigure::Premium),
            exact("435.00"),
            exact("500.00"),
            by
        )
    );
    assert_eq!(found.len(), 2, "{found:?}");
    assert_eq!(
        (found[1].0, found[1].3),
        (("孩子", "2026", ImpactFigure::Cash), by)
    );
    let same = family.gongji.impacts_between(today(), &old, &old).unwrap();
    assert_eq!(same, []);
}

/// 日历：孩子、爷爷的缴费截止；计划的缴费；记了以后就没有了。
#[test]
fn a_calendar_has_the_deadlines_until_they_are_recorded() {
    let mut family = Family::new();
    let (child, grandfather) = (family.id("孩子"), family.id("爷爷"));
    family.gongji.premium_add(today(), &family.draft()).unwrap();
    let lines = family.calendar();
    let has = |lines: &[String], line: &str| lines.iter().any(|known| known == line);
    for line in [
        format!("UID:premium-deadline-{child}-2026@gongji"),
        format!("UID:premium-deadline-{grandfather}-2026@gongji"),
        format!("UID:premium-{child}-2026@gongji"),
        "SUMMARY:孩子：2026 年居民医保缴费截止".to_owned(),
        "SUMMARY:孩子：缴 2026 年居民医保费".to_owned(),
        "DTSTART;VALUE=DATE:20260228".to_owned(),
    ] {
        assert!(has(&lines, &line), "{line}\n{lines:#?}");
    }
    family.pay("", None);
    let household = family.household();
    let paid = household.entries.last().unwrap();
    assert_eq!(
        paid.for_month.map(|month| month.to_string()).as_deref(),
        Some("2026-01")
    );
    let lines = family.calendar();
    assert!(has(
        &lines,
        &format!("UID:premium-deadline-{grandfather}-2026@gongji")
    ));
    for gone in [
        format!("UID:premium-deadline-{child}-2026@gongji"),
        format!("UID:premium-{child}-2026@gongji"),
    ] {
        assert!(!has(&lines, &gone), "{gone}");
    }
    // 2026 年的缴过了，接下来是 2027 年。
    let detail = family.gongji.member_detail(today(), child).unwrap();
    assert_eq!(detail.premium_year, Some(2027));
    family.gongji.undo(today()).unwrap();
    // 写明是 2027 年的，2026 年的仍旧要缴。
    family.pay("", Some(2027));
    assert!(has(
        &family.calendar(),
        &format!("UID:premium-{child}-2026@gongji")
    ));
}

/// 妈妈的账户注销：由它缴的改成付现金；孩子的注销：计划去掉。
#[test]
fn plans_follow_whoever_leaves() {
    for (who, left, notes) in [("妈妈", vec![None], true), ("孩子", vec![], true)] {
        let mut family = Family::new();
        family.gongji.premium_add(today(), &family.draft()).unwrap();
        let movement = Movement::Close {
            member: family.id(who),
            why: CloseWhy::Emigrated,
            to: None,
        };
        let draft = MovementDraft {
            on: today(),
            memo: String::new(),
            movement,
        };
        let seen = family.gongji.movement_preview(today(), &draft).unwrap();
        let told = seen
            .notes
            .iter()
            .any(|note| note.code == "movement.premiums_end");
        assert_eq!(told, notes, "{who}");
        family.gongji.movement_record(today(), &draft).unwrap();
        let now: Vec<_> = family
            .household()
            .premiums
            .iter()
            .map(|plan| plan.paid_by)
            .collect();
        assert_eq!(now, left, "{who}");
    }
}

//! 计划缴费。

use gongji_domain::{Grade, PlannedPremium, PlannedPremiumId};

use super::*;
use crate::projection::ProjectedEvent;

/// 甲地居民：2026 年 2025-11-01 到 12-31 收，2 月底前可补；2027 年 2026-10-01 到 12-20 收，以后沿用。
const PREMIUMS: &str = r#"
pool = "990100"
scheme = "resident"
part = "premium"
[[premium]]
from = 2025-11-01
source = "S 二〇二六"
year = 2026
window = { from = 2025-11-01, until = 2025-12-31 }
extension = { from = 2026-01-01, until = 2026-02-28 }
rows = [{ plan = "student", values = ["260.00"] }]
[[premium]]
from = 2026-10-01
source = "S 二〇二七"
year = 2027
window = { from = 2026-10-01, until = 2026-12-20 }
renewed_yearly = true
rows = [
  { plan = "student", values = ["280.00"] },
  { plan = "adult", from_age = 0, values = ["480.00"] },
  { plan = "adult", from_age = 60, values = ["350.00"] },
  { plan = "special", values = ["unknown"] },
]
ask = "这一类人缴多少？"
"#;

fn library_with(aid: &str) -> Library {
    sample::library(&[
        ("personal-account", ACCOUNT),
        ("mutual-aid", aid),
        ("counters", COUNTERS),
        ("general-outpatient", OUTPATIENT),
        ("premium", PREMIUMS),
    ])
}

/// 孩子是居民，妈妈在职：每月 5 日到上个月的 200。
fn family(balance: &str) -> (Family, MemberId, MemberId) {
    let mut family = Family::default();
    let child = family.member("孩子", "2018-05-20", EmploymentStatus::Active, "0.00");
    family.balances.clear();
    let mother = family.member("妈妈", "1988-02-02", EmploymentStatus::Active, balance);
    family.household.enrollments[0].scheme = Scheme::Resident;
    family.household.enrollments[0].plan = "student".to_owned();
    family.household.accounts.remove(0);
    family.household.accounts[0].opened_on = day("2026-11-30");
    family.credit_day(mother, 5);
    (family, child, mother)
}

impl Family {
    fn premium(&mut self, member: MemberId, payer: Option<(MemberId, Relation)>, pay_on: &str) {
        self.household.premiums.push(PlannedPremium {
            id: PlannedPremiumId(self.household.premiums.len() as u32 + 1),
            member,
            paid_by: payer.map(|(payer, _)| payer),
            relation: payer.map(|(_, relation)| relation),
            from_year: 2027,
            until_year: None,
            pay_on: (!pay_on.is_empty()).then(|| day(pay_on)),
            amount: None,
        });
    }

    fn winter(&self, aid: &str) -> Projection {
        self.project_by(&library_with(aid), "2026-11-30", "2027-01-31")
    }
}

fn premiums(projection: &Projection) -> Vec<&ProjectedEvent> {
    of_kind(projection, EventKind::Premium)
}

fn keys(projection: &Projection) -> Vec<&str> {
    let open = projection.unknown.iter();
    open.map(|open| open.key.as_str()).collect()
}

/// 妈妈 50 + 200（12-05）= 250，给孩子缴 280：账户 250，现金 30，账户空了。
#[test]
fn a_relatives_account_is_emptied_by_the_premium() {
    let (mut family, child, mother) = family("50.00");
    family.premium(child, Some((mother, Relation::Child)), "");
    let projection = family.winter(AID);
    let event = premiums(&projection)[0];
    assert_eq!((event.on, event.member), (day("2026-12-20"), child));
    let year = event.for_month.map(|month| month.to_string());
    assert_eq!(year.as_deref(), Some("2027-01"));
    assert_eq!(event.change, exact("0.00"));
    assert_eq!(event.what.code, "project.premium");
    assert_eq!(event.formula.as_deref(), Some("280.00 − 250.00 = 30.00"));
    let places: Vec<_> = event.sources.iter().map(|source| &source.article).collect();
    let said = format!("{places:?}");
    assert!(
        said.contains("二〇二七") && said.contains("第二条"),
        "{said}"
    );
    let split = event.split.as_ref().expect("a split");
    assert_eq!(
        [
            split.total,
            split.fund_paid,
            split.own_account_paid,
            split.mutual_aid_paid,
            split.cash_paid
        ],
        ["280.00", "0.00", "0.00", "250.00", "30.00"].map(exact)
    );
    let share = &split.aid[0];
    assert_eq!(
        (share.donor, share.paid, share.balance),
        (mother, exact("250.00"), exact("0.00"))
    );
    let (hers, theirs) = (
        month(&projection, mother, "2026-12"),
        month(&projection, child, "2026-12"),
    );
    assert_eq!(
        [
            hers.opening,
            hers.credited,
            hers.aid_given,
            hers.closing,
            hers.lowest
        ],
        ["50.00", "200.00", "250.00", "0.00", "0.00"].map(exact)
    );
    assert_eq!(
        (theirs.aid_taken, theirs.cash_paid),
        (exact("250.00"), exact("30.00"))
    );
    // 账户用完是妈妈的；现金是孩子的。
    let outlook = |member| {
        let mut members = projection.members.iter();
        members
            .find(|one| one.member == member)
            .expect("an outlook")
    };
    let run_out = outlook(mother).run_out.as_ref().expect("it runs out");
    assert_eq!(
        (run_out.earliest, run_out.latest, run_out.short),
        (day("2026-12-20"), Some(day("2026-12-20")), exact("30.00"))
    );
    assert_eq!(
        (run_out.plan, run_out.premium),
        (None, Some(PlannedPremiumId(1)))
    );
    let told = run_out.because.as_ref().map(|why| why.what.code.as_str());
    assert_eq!(told, Some("project.run_out_by_premium"));
    let shown = of_kind(&projection, EventKind::RunOut)[0];
    assert_eq!((shown.member, shown.balance), (mother, exact("0.00")));
    let low = outlook(mother).lowest.as_ref().expect("a low");
    assert_eq!((low.on, low.amount), (day("2026-12-20"), exact("0.00")));
    assert_eq!(outlook(child).run_out, None);
    let cash = outlook(child).first_cash.as_ref().map(|low| low.amount);
    assert_eq!(cash, Some(exact("30.00")));
    let shared = &projection.shared[0];
    assert_eq!(
        (shared.donor, shared.recipient, shared.paid),
        (mother, child, exact("250.00"))
    );
    assert!(projection.unknown.is_empty(), "{:?}", projection.unknown);
    let blocks = projection.policy.blocks.iter();
    assert_eq!(blocks.filter(|block| block.block == "premium").count(), 1);
}

/// 谁付：现金、家人（够、不认识的亲属）、自己的账户。
#[test]
fn whoever_the_plan_names_pays_as_far_as_the_rules_let_them() {
    let (_, child, mother) = family("0.00");
    for (payer, code, aid, cash, closing) in [
        (None, "project.premium", "0.00", "280.00", "800.00"),
        (
            Some((mother, Relation::Child)),
            "project.premium",
            "280.00",
            "0.00",
            "520.00",
        ),
        (
            Some((mother, Relation::Other)),
            "project.premium_refused",
            "0.00",
            "280.00",
            "800.00",
        ),
    ] {
        let (mut family, ..) = family("600.00");
        family.premium(child, payer, "2026-12-10");
        let projection = family.winter(AID);
        let event = premiums(&projection)[0];
        assert_eq!(
            (event.on, event.what.code.as_str()),
            (day("2026-12-10"), code)
        );
        let split = event.split.as_ref().expect("a split");
        assert_eq!(
            (split.mutual_aid_paid, split.cash_paid),
            (exact(aid), exact(cash))
        );
        let december = month(&projection, mother, "2026-12");
        assert_eq!(december.closing, exact(closing), "{payer:?}");
    }
    // 600 + 200 − 280 = 520
    let (mut family, child, mother) = family("600.00");
    family.premium(child, Some((mother, Relation::Child)), "2026-12-10");
    let formula = premiums(&family.winter(AID))[0].formula.clone();
    assert_eq!(formula.as_deref(), Some("800.00 − 280.00 = 520.00"));
}

#[test]
fn an_account_of_ones_own_pays_without_a_rule() {
    let (mut family, _, mother) = family("100.00");
    family.household.enrollments[1].scheme = Scheme::Resident;
    family.household.enrollments[1].plan = "adult".to_owned();
    family.household.premiums.push(PlannedPremium {
        id: PlannedPremiumId(1),
        member: mother,
        paid_by: Some(mother),
        relation: None,
        from_year: 2027,
        until_year: Some(2027),
        pay_on: None,
        amount: None,
    });
    let projection = family.winter(AID);
    let event = premiums(&projection)[0];
    let split = event.split.as_ref().expect("a split");
    assert_eq!(
        [
            event.change,
            event.balance,
            split.own_account_paid,
            split.cash_paid
        ],
        ["-100.00", "0.00", "100.00", "380.00"].map(exact)
    );
    let run_out = projection.members[1].run_out.as_ref().expect("it runs out");
    assert_eq!(run_out.short, exact("380.00"));
}

/// 规则没有写能不能缴、要留多少：两种读法。
#[test]
fn what_the_rules_do_not_say_is_read_both_ways() {
    let kept = |reserve: &str| AID.replace("\"0.00\"", &format!("{reserve:?}"));
    let silent = AID.replace("premiums = [\"resident\"]", "premiums = []");
    for (aid, open, paid, closing) in [
        (
            silent,
            &["premium_payer:1"][..],
            range("0.00", "280.00"),
            range("520.00", "800.00"),
        ),
        (
            kept("unknown"),
            &["reserve:妈妈"],
            range("0.00", "280.00"),
            range("520.00", "800.00"),
        ),
        (kept("600.00"), &[], exact("200.00"), exact("600.00")),
    ] {
        let (mut family, child, mother) = family("600.00");
        family.premium(child, Some((mother, Relation::Child)), "2026-12-10");
        let projection = family.winter(&aid);
        let split = premiums(&projection)[0].split.clone().expect("a split");
        assert_eq!(
            (split.total, split.mutual_aid_paid),
            (exact("280.00"), paid)
        );
        assert_eq!(month(&projection, mother, "2026-12").closing, closing);
        assert_eq!(keys(&projection), open);
    }
}

/// 缴多少不知道的不是零；满 60 周岁的那一年，是两个数之间。
#[test]
fn a_sum_that_is_not_known_is_never_nothing() {
    for (plan, born, total, closing, open) in [
        (
            "special",
            "2018-05-20",
            Amount::UNKNOWN,
            Amount::UNKNOWN,
            "cell:premium.premium",
        ),
        (
            "adult",
            "1967-06-01",
            range("350.00", "480.00"),
            range("320.00", "450.00"),
            "premium_sum:1:2027",
        ),
        ("adult", "1966-06-01", exact("350.00"), exact("450.00"), ""),
    ] {
        let (mut family, child, mother) = family("600.00");
        family.household.enrollments[0].plan = plan.to_owned();
        family.household.members[0].born = Some(day(born));
        family.premium(child, Some((mother, Relation::Child)), "2026-12-10");
        let projection = family.winter(AID);
        let event = premiums(&projection)[0];
        let split = event.split.as_ref().expect("a split");
        assert_eq!(
            (split.total, split.mutual_aid_paid),
            (total, total),
            "{plan}"
        );
        assert_eq!(month(&projection, mother, "2026-12").closing, closing);
        assert_eq!(month(&projection, mother, "2026-12").aid_given, total);
        let known = keys(&projection);
        assert_eq!(known, if open.is_empty() { vec![] } else { vec![open] });
        let is_known = total != Amount::UNKNOWN;
        assert_eq!(event.what.code == "project.premium", is_known);
        let cash = month(&projection, child, "2026-12").cash_paid;
        assert_eq!(cash == exact("0.00"), is_known);
    }
}

/// 规则有数的照规则；没有的、沿用的照本人填写，写明是本人说的。600 + 200 − 412 = 388。
#[test]
fn a_sum_that_the_household_stated_fills_what_the_rules_leave_open() {
    for (plan, relation, code, total, closing) in [
        (
            "student",
            Relation::Child,
            "project.premium",
            "280.00",
            "520.00",
        ),
        (
            "special",
            Relation::Child,
            "project.premium_stated",
            "412.00",
            "388.00",
        ),
        (
            "special",
            Relation::Other,
            "project.premium_stated_refused",
            "412.00",
            "800.00",
        ),
    ] {
        let (mut family, child, mother) = family("600.00");
        family.household.enrollments[0].plan = plan.to_owned();
        family.premium(child, Some((mother, relation)), "2026-12-10");
        family.household.premiums[0].amount = Some(yuan("412.00"));
        let projection = family.winter(AID);
        let event = premiums(&projection)[0];
        let split = event.split.as_ref().expect("a split");
        assert_eq!(
            (event.what.code.as_str(), split.total),
            (code, exact(total))
        );
        let december = month(&projection, mother, "2026-12");
        assert_eq!(december.closing, exact(closing), "{code}");
        assert!(projection.unknown.is_empty(), "{:?}", projection.unknown);
        assert_ne!(event.ground, Ground::NoRule, "{code}");
        let is_stated = code != "project.premium";
        assert_eq!(
            projection.policy.weakest == Some(Grade::Stated),
            is_stated,
            "{code}"
        );
    }
    // 2028 年的 280 是沿用 2027 年的：本人知道的数在先，也不再标「沿用」。
    let (mut family, child, _) = family("600.00");
    family.premium(child, None, "2026-11-25");
    family.household.premiums[0].amount = Some(yuan("412.00"));
    let projection = family.project_by(&library_with(AID), "2026-12-31", "2028-02-28");
    let event = premiums(&projection)[0];
    assert_eq!(event.on, day("2027-11-25"));
    let split = event.split.as_ref().expect("a split");
    assert_eq!((split.cash_paid, event.assumed), (exact("412.00"), false));
    // 只写着这个数、没有写年度的分录，就是这一年的。
    let (mut family, child, _) = self::family("600.00");
    family.household.enrollments[0].plan = "special".to_owned();
    family.premium(child, None, "2026-12-10");
    family.household.entries.push(Entry {
        for_month: None,
        ..paid("-412.00", child)
    });
    assert_eq!(premiums(&family.winter(AID)).len(), 1);
    family.household.premiums[0].amount = Some(yuan("412.00"));
    assert_eq!(premiums(&family.winter(AID)).len(), 0);
}

/// 2028 年的缴费期还没有公布：写了日子的照写的，没写的只说出来。
#[test]
fn a_year_without_a_window_is_asked_about() {
    for (pay_on, days, open) in [
        (
            "2026-11-25",
            &["2027-11-25"][..],
            &["premium_no_window:1"][..],
        ),
        ("", &[], &["premium_no_day:1"]),
        // 缴费期以后的日子照算，说出来。
        (
            "2027-01-15",
            &["2027-01-15", "2028-01-15"],
            &["premium_after_window:1", "premium_no_window:1"],
        ),
    ] {
        let (mut family, child, _) = family("600.00");
        family.premium(child, None, pay_on);
        let projection = family.project_by(&library_with(AID), "2026-12-31", "2028-02-28");
        let found = premiums(&projection);
        let found: Vec<String> = found.iter().map(|event| event.on.to_string()).collect();
        assert_eq!(found, days, "{pay_on}");
        let known = keys(&projection);
        let said: Vec<&str> = known
            .into_iter()
            .filter(|key| key.starts_with("premium_") && !key.starts_with("premium_not_recorded"))
            .collect();
        assert_eq!(said, open, "{pay_on}");
        let last = premiums(&projection).pop();
        if let Some(last) = last {
            // 280 沿用到 2028 年。
            assert!(last.assumed, "{pay_on}");
            let total = last.split.as_ref().map(|split| split.total);
            assert_eq!(total, Some(exact("280.00")));
        }
    }
}

/// 打算的日子过了还没有记：缴费期没过的算在最后一天，过了的只说出来。
#[test]
fn a_day_that_has_passed_is_not_forgotten() {
    for (from_year, pay_on, from, on, said) in [
        (2027, "2026-11-20", "2026-11-30", Some("2026-12-20"), false),
        (2026, "2025-11-20", "2025-12-01", Some("2025-12-31"), false),
        (2026, "2025-11-20", "2026-01-10", Some("2026-02-28"), false),
        (2026, "", "2026-01-10", Some("2026-02-28"), false),
        (2026, "2025-11-20", "2026-03-01", None, true),
        (2027, "2026-11-20", "2026-12-20", None, true),
    ] {
        let (mut family, child, _) = family("600.00");
        family.premium(child, None, pay_on);
        family.household.premiums[0].from_year = from_year;
        family.household.premiums[0].until_year = Some(from_year);
        let projection = family.project_by(&library_with(AID), from, "2027-01-31");
        let found = premiums(&projection).first().map(|event| event.on);
        assert_eq!(found, on.map(day), "{pay_on} {from}");
        let known = keys(&projection).contains(&"premium_not_recorded:1");
        assert_eq!(known, said, "{pay_on} {from}");
    }
}

/// 妈妈的账户给孩子缴 2027 年的，2026-11-20。
fn paid(amount: &str, child: MemberId) -> Entry {
    Entry {
        id: EntryId(1),
        on: day("2026-11-20"),
        for_month: "2027-01".parse().ok(),
        kind: EntryKind::Premium,
        memo: String::new(),
        legs: vec![Leg {
            account: AccountId(2),
            sub: Some(SubAccountId::from("book")),
            amount: yuan(amount),
        }],
        corrects: None,
        settlement: None,
        for_member: Some(child),
    }
}

/// 已经缴过的年度不再算。
#[test]
fn a_premium_that_was_recorded_is_not_projected_again() {
    type Change = fn(&mut Vec<Entry>);
    let cases: [(&str, Change, usize); 9] = [
        ("写明年度的", |_| {}, 0),
        ("别的年度的", |e| e[0].for_month = "2026-01".parse().ok(), 1),
        (
            "摘要里写年度的",
            |e| {
                e[0].for_month = None;
                e[0].memo = "2027 年度居民医保".to_owned();
                e[0].legs[0].amount = yuan("-300.00");
            },
            0,
        ),
        ("正是应缴的数", |e| e[0].for_month = None, 0),
        (
            "别的数，多半是别的保费",
            |e| {
                e[0].for_month = None;
                e[0].legs[0].amount = yuan("-12.00");
            },
            1,
        ),
        ("给别人缴的", |e| e[0].for_member = Some(MemberId(2)), 1),
        ("不是缴费", |e| e[0].kind = EntryKind::Spending, 1),
        ("推演开始以后才记的", |e| e[0].on = day("2026-12-05"), 1),
        (
            "后来更正掉的",
            |e| {
                let gone = Entry {
                    id: EntryId(2),
                    kind: EntryKind::Correction,
                    corrects: Some(EntryId(1)),
                    legs: vec![Leg {
                        amount: -e[0].legs[0].amount,
                        ..e[0].legs[0].clone()
                    }],
                    ..e[0].clone()
                };
                e.push(gone);
            },
            1,
        ),
    ];
    for (name, change, projected) in cases {
        let (mut family, child, mother) = family("600.00");
        family.premium(child, Some((mother, Relation::Child)), "");
        let mut entries = vec![paid("-280.00", child)];
        change(&mut entries);
        family.household.entries = entries;
        let projection = family.winter(AID);
        assert_eq!(premiums(&projection).len(), projected, "{name}");
    }
}

/// 同一天先看病，后缴费；别人与这家人没有账户往来的，仍旧各算各的。
#[test]
fn on_one_day_bills_come_first() {
    let (mut family, child, mother) = family("100.00");
    family.fresh(mother, "2026-11-30");
    // 起付 300 以内全自付 100。
    family.plan(mother, "2026-12-20", "100.00", None);
    family.premium(child, Some((mother, Relation::Child)), "");
    let projection = family.winter(AID);
    let kinds: Vec<EventKind> = projection
        .events
        .iter()
        .filter(|event| event.on == day("2026-12-20"))
        .map(|event| event.kind)
        .collect();
    use EventKind::{Premium, RunOut, Spending};
    assert_eq!(kinds, [Spending, Premium, RunOut]);
    // 100 + 200 − 100 = 200，缴费还差 80。
    let split = premiums(&projection)[0].split.clone().expect("a split");
    assert_eq!(
        (split.mutual_aid_paid, split.cash_paid),
        (exact("200.00"), exact("80.00"))
    );
}

/// 成为职工的那一年起不缴居民的。
#[test]
fn whoever_is_no_resident_that_year_pays_none() {
    let (mut family, child, _) = family("600.00");
    family.premium(child, None, "2026-11-25");
    let mut works = family.household.enrollments[0].clone();
    works.id = EnrollmentId(9);
    works.from = day("2028-01-01");
    works.scheme = Scheme::Employee;
    family.household.enrollments.push(works);
    let projection = family.project_by(&library_with(AID), "2026-11-20", "2028-12-31");
    let found: Vec<_> = premiums(&projection).iter().map(|event| event.on).collect();
    assert_eq!(found, [day("2026-11-25")]);
}

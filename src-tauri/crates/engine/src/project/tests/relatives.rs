//! 家人的账户。

use super::*;

#[test]
fn every_month_adds_up() {
    let mut family = Family::default();
    let father = family.member("父亲", "1956-03-01", EmploymentStatus::Retired, "150.00");
    let mother = family.member("母亲", "1958-08-01", EmploymentStatus::Retired, "80.00");
    let daughter = family.member("女儿", "1988-02-02", EmploymentStatus::Active, "1000.00");
    for member in [father, mother, daughter] {
        family.fresh(member, "2026-01-10");
        family.credit_day(member, 5);
    }
    family.plan(
        father,
        "2026-01-20",
        "260.00",
        rule("FREQ=DAILY;INTERVAL=14"),
    );
    family.plan(mother, "2026-01-05", "700.00", rule("FREQ=MONTHLY"));
    family.plan(daughter, "2026-06-01", "1500.00", None);
    family.bind(daughter, father, Relation::Parent, 1);
    family.bind(daughter, mother, Relation::Parent, 1);
    family.bind(mother, father, Relation::Spouse, 2);
    let projection = family.project("2026-01-10", "2028-01-10");
    let of = |amount: Amount| amount.exact().expect("nothing is open");
    let mut closing: BTreeMap<MemberId, Yuan> = BTreeMap::new();
    let (mut given, mut taken) = (Yuan::ZERO, Yuan::ZERO);
    for row in &projection.months {
        let moved = of(row.credited) - of(row.own_paid) - of(row.aid_given);
        assert_eq!(of(row.opening) + moved, of(row.closing), "{row:?}");
        assert!(of(row.lowest) <= of(row.opening).min(of(row.closing)));
        assert!(of(row.lowest) >= Yuan::ZERO, "no account is overdrawn");
        if let Some(before) = closing.insert(row.member, of(row.closing)) {
            assert_eq!(before, of(row.opening), "{row:?}");
        }
        given += of(row.aid_given);
        taken += of(row.aid_taken);
    }
    assert_eq!(given, taken);
    assert!(given > Yuan::ZERO);
    for event in of_kind(&projection, EventKind::Spending) {
        let split = event.split.as_ref().expect("a split");
        let sum = of(split.fund_paid)
            + of(split.own_account_paid)
            + of(split.mutual_aid_paid)
            + of(split.cash_paid);
        assert_eq!(sum, of(split.total), "{event:?}");
    }
}

#[test]
fn relatives_pay_in_the_order_of_the_place_and_run_out_themselves() {
    let mut family = Family::default();
    let father = family.member("父亲", "1960-05-20", EmploymentStatus::Retired, "20.00");
    let daughter = family.member("女儿", "1988-02-02", EmploymentStatus::Active, "30.00");
    let son = family.member("儿子", "1990-02-02", EmploymentStatus::Active, "100.00");
    for member in [father, daughter, son] {
        family.fresh(member, "2026-01-10");
        family.credit_day(member, 28);
    }
    family.household.stated_counters[0].value = "300.00".to_owned();
    family.bind(daughter, father, Relation::Parent, 1);
    family.bind(son, father, Relation::Parent, 2);
    family.plan(father, "2026-01-20", "600.00", None);
    let projection = family.project("2026-01-10", "2026-01-31");
    // 个人 600 × 20% = 120：本人 20，余额最大的先付：儿子 100，女儿 0。
    let split = of_kind(&projection, EventKind::Spending)[0]
        .split
        .clone()
        .expect("a split");
    assert_eq!(
        (
            split.own_account_paid,
            split.mutual_aid_paid,
            split.cash_paid
        ),
        (exact("20.00"), exact("100.00"), exact("0.00"))
    );
    assert_eq!(split.aid.len(), 1);
    assert_eq!(
        (split.aid[0].donor, split.aid[0].paid, split.aid[0].balance),
        (son, exact("100.00"), exact("0.00"))
    );
    assert_eq!(
        month(&projection, son, "2026-01").aid_given,
        exact("100.00")
    );
    // 1 月 28 日到 12 月的 200。
    assert_eq!(month(&projection, son, "2026-01").closing, exact("200.00"));
    assert_eq!(
        month(&projection, father, "2026-01").aid_taken,
        exact("100.00")
    );
    assert_eq!(
        projection.members[0].run_out.as_ref().map(|out| out.short),
        Some(exact("100.00"))
    );
    assert_eq!(
        projection.members[2].run_out, None,
        "giving is not running out"
    );
}

#[test]
fn a_binding_that_the_rules_refuse_pays_nothing() {
    let mut family = Family::default();
    let father = family.member("父亲", "1960-05-20", EmploymentStatus::Retired, "0.00");
    let daughter = family.member("女儿", "1988-02-02", EmploymentStatus::Active, "500.00");
    family.fresh(father, "2026-01-10");
    family.bind(daughter, father, Relation::Other, 1);
    family.plan(father, "2026-01-20", "600.00", None);
    let projection = family.project("2026-01-10", "2026-01-31");
    let split = of_kind(&projection, EventKind::Spending)[0]
        .split
        .clone()
        .expect("a split");
    // 起付 300 + 300 × 20% = 360
    assert_eq!(
        (split.mutual_aid_paid, split.cash_paid),
        (exact("0.00"), exact("360.00"))
    );
    assert_eq!(
        month(&projection, daughter, "2026-01").closing,
        exact("500.00")
    );
}

#[test]
fn what_a_bill_without_rules_may_take_from_a_donor_is_a_range() {
    let mut family = Family::default();
    let child = family.member("孩子", "2018-05-20", EmploymentStatus::Active, "0.00");
    let mother = family.member("母亲", "1988-02-02", EmploymentStatus::Active, "1000.00");
    family.household.enrollments[0].scheme = Scheme::Resident;
    family.household.enrollments[0].plan = "resident".to_owned();
    family.household.accounts.remove(0);
    family.bind(mother, child, Relation::Child, 1);
    family.plan(child, "2026-01-20", "600.00", None);
    let projection = family.project("2026-01-10", "2026-01-31");
    let split = of_kind(&projection, EventKind::Spending)[0]
        .split
        .clone()
        .expect("a split");
    assert_eq!(split.fund_paid, Amount::UNKNOWN);
    assert_eq!(
        month(&projection, mother, "2026-01").closing,
        range("400.00", "1000.00")
    );
    assert_eq!(
        month(&projection, mother, "2026-01").credited,
        exact("0.00")
    );
}

#[test]
fn a_donor_of_whom_it_is_not_known_how_much_must_stay_gives_a_range() {
    let aid = AID.replace("reserve = \"0.00\"", "reserve = \"unknown\"");
    let library = sample::library(&[
        ("personal-account", ACCOUNT),
        ("mutual-aid", &aid),
        ("counters", COUNTERS),
        ("general-outpatient", OUTPATIENT),
    ]);
    let mut family = Family::default();
    let father = family.member("父亲", "1960-05-20", EmploymentStatus::Retired, "0.00");
    let daughter = family.member("女儿", "1988-02-02", EmploymentStatus::Active, "400.00");
    for member in [father, daughter] {
        family.fresh(member, "2026-01-10");
        family.credit_day(member, 28);
    }
    family.bind(daughter, father, Relation::Parent, 1);
    family.plan(father, "2026-01-20", "600.00", None);
    let projection = family.project_by(&library, "2026-01-10", "2026-01-27");
    let split = of_kind(&projection, EventKind::Spending)[0].split.clone();
    let split = split.expect("a split");
    // 起付 300 + 300 × 20% = 360：女儿 0 到 360。
    assert_eq!(
        (split.fund_paid, split.mutual_aid_paid, split.cash_paid),
        (
            exact("240.00"),
            range("0.00", "360.00"),
            range("0.00", "360.00")
        )
    );
    assert_eq!(
        month(&projection, daughter, "2026-01").closing,
        range("40.00", "400.00")
    );
    let open: Vec<(&str, usize)> = projection
        .unknown
        .iter()
        .map(|open| (open.key.as_str(), open.readings.len()))
        .collect();
    assert_eq!(open, [("reserve:女儿", 2)]);
}

#[test]
fn what_a_donor_has_left_is_between_paying_and_not_paying() {
    let mut family = Family::default();
    let father = family.member("父亲", "1960-05-20", EmploymentStatus::Retired, "100.00");
    let daughter = family.member("女儿", "1988-02-02", EmploymentStatus::Active, "1000.00");
    family.credit_day(father, 5);
    family.credit_day(daughter, 5);
    family.bind(daughter, father, Relation::Parent, 1);
    family.plan(father, "2026-01-20", "400.00", None);
    let projection = family.project("2026-01-10", "2026-01-31");
    let bill = of_kind(&projection, EventKind::Spending)[0];
    let share = &bill.split.as_ref().expect("a split").aid[0];
    // 起付线没用过：个人 320，自己 100，女儿 220；已用满：个人 80，自己付得起。
    assert_eq!(share.paid, range("0.00", "220.00"));
    assert_eq!(share.balance, range("780.00", "1000.00"));
}

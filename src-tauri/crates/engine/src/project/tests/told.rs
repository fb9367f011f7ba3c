//! 预测还要说的：现金哪个月最多、谁的钱给谁用、停保要退回多少。

use super::advances::{JULY, Story, worker};
use super::*;
use crate::projection::Projection;

fn cash(projection: &Projection) -> Vec<(String, Amount, Amount)> {
    let months = projection.cash.iter();
    months
        .map(|month| (month.month.to_string(), month.cash, month.so_far))
        .collect()
}

#[test]
fn the_month_with_most_cash_is_told_of_each_and_of_all_together() {
    let mut family = Family::default();
    let father = family.member("父亲", "1960-05-20", EmploymentStatus::Retired, "0.00");
    let mother = family.member("母亲", "1962-08-01", EmploymentStatus::Retired, "0.00");
    for member in [father, mother] {
        family.fresh(member, "2026-01-10");
        family.credit_day(member, 5);
    }
    family.plan(father, "2026-02-15", "400.00", None);
    family.plan(father, "2026-02-20", "1000.00", None);
    family.plan(father, "2026-03-15", "500.00", None);
    family.plan(mother, "2026-03-10", "2000.00", None);
    let projection = family.project("2026-01-10", "2026-04-30");
    // 父亲 2-15：个人 320，账户 97，现金 223；2-20：个人 200 全是现金；3-15：个人 100，账户 97，现金 3。
    // 母亲 3-10：起付 300，(2000 − 300) × 20% = 340，个人 640，账户两个月 97 × 2 = 194，现金 446。
    assert_eq!(
        cash(&projection),
        [
            ("2026-02".to_owned(), exact("423.00"), exact("423.00")),
            ("2026-03".to_owned(), exact("449.00"), exact("872.00")),
        ]
    );
    let peak = |peak: &Option<CashMonth>| {
        let peak = peak.as_ref();
        peak.map(|peak| (peak.month.to_string(), peak.cash))
    };
    let march = |amount| Some(("2026-03".to_owned(), exact(amount)));
    assert_eq!(peak(&projection.cash_peak), march("449.00"));
    let of_father = &projection.members[0].cash_peak;
    assert_eq!(
        peak(of_father),
        Some(("2026-02".to_owned(), exact("423.00")))
    );
    assert_eq!(peak(&projection.members[1].cash_peak), march("446.00"));
    // 没有计划就没有现金；没有规则的地方，哪个月最多不知道。
    family.household.plans.truncate(1);
    family.household.enrollments[0].pool = PoolId::from("980100");
    let projection = family.project("2026-01-10", "2026-04-30");
    assert_eq!(
        peak(&projection.cash_peak),
        Some(("2026-02".to_owned(), Amount::UNKNOWN))
    );
    family.household.plans.clear();
    let projection = family.project("2026-01-10", "2026-04-30");
    assert_eq!((projection.cash_peak, projection.cash), (None, Vec::new()));
}

#[test]
fn shared_money_is_added_up_by_whose_it_is_and_for_whom() {
    let mut family = Family::default();
    let father = family.member("父亲", "1960-05-20", EmploymentStatus::Retired, "0.00");
    let mother = family.member("母亲", "1962-08-01", EmploymentStatus::Retired, "80.00");
    family.bind(mother, father, Relation::Spouse, 1);
    family.fresh(father, "2026-01-10");
    family.credit_day(father, 5);
    family.credit_day(mother, 25);
    family.plan(father, "2026-01-20", "400.00", None);
    family.plan(father, "2026-02-20", "1000.00", None);
    family.plan(father, "2026-02-26", "500.00", None);
    // 1-20：个人 320，母亲有 80 付 80。1-25 母亲到上年 12 月的 97。2-20：个人 200，父亲 97，母亲 97。
    // 2-25 母亲到 1 月的 97；2-26：个人 100，母亲 97。一共 80 + 97 + 97。
    let shared = family.project("2026-01-10", "2026-02-28").shared;
    let told = |shared: &[SharedMoney]| -> Vec<_> {
        let told = shared.iter().map(|one| {
            let of = one.of.iter();
            let of = of.map(|addend| (addend.first.to_string(), addend.times, addend.sum));
            ((one.donor, one.recipient, one.paid), of.collect::<Vec<_>>())
        });
        told.collect()
    };
    let of = |first: &str, times, sum: &str| (first.to_owned(), times, exact(sum));
    // 三笔都是同一条规则、同一句话：并成一样。
    assert_eq!(
        told(&shared),
        [(
            (mother, father, exact("274.00")),
            vec![of("2026-01-20", 3, "274.00")]
        )]
    );
    family.household.bindings[0].ended_on = Some(day("2026-02-01"));
    let shared = family.project("2026-01-10", "2026-02-28").shared;
    assert_eq!(
        told(&shared),
        [(
            (mother, father, exact("80.00")),
            vec![of("2026-01-20", 1, "80.00")]
        )],
        "the binding has ended"
    );
    family.household.bindings.clear();
    assert_eq!(family.project("2026-01-10", "2026-02-28").shared, []);
}

fn to_return(story: &Story) -> Vec<(String, Amount)> {
    let months = story.projection.members[0].to_return.iter();
    months
        .map(|told| (told.month.to_string(), told.amount))
        .collect()
}

#[test]
fn what_was_advanced_and_is_not_earned_would_have_to_be_returned() {
    let monthly_only = JULY
        .replace("\"280.00\"", "\"0.00\"")
        .replace("\"350.00\"", "\"0.00\"");
    let family = worker("7705.00", "7705.00", "1000.00", "0.00");
    let story = Story::of(&monthly_only, &family, "2017-07-10", "2018-08-31", false);
    let told = to_return(&story);
    // 每月 154.10；从 M 月起停保，退 M 月到次年 6 月的：8 月起 11 个月，次年 6 月起 1 个月。7 月又是新的
    // 一期，还没有预划就停了；8 月起退新一期的 11 个月。
    let expected = [
        ("2017-08", "1695.10"),
        ("2017-09", "1541.00"),
        ("2017-10", "1386.90"),
        ("2017-11", "1232.80"),
        ("2017-12", "1078.70"),
        ("2018-01", "924.60"),
        ("2018-02", "770.50"),
        ("2018-03", "616.40"),
        ("2018-04", "462.30"),
        ("2018-05", "308.20"),
        ("2018-06", "154.10"),
        ("2018-07", "0.00"),
        ("2018-08", "1695.10"),
    ];
    let expected = expected.map(|(month, amount)| (month.to_owned(), exact(amount)));
    assert_eq!(told, expected);
    // 退不退没有写明的地方：一分不退，或者全退。
    let open = monthly_only.replace("\"take_back_unearned\"", "\"unknown\"");
    let story = Story::of(&open, &family, "2017-07-10", "2017-10-31", false);
    assert_eq!(to_return(&story)[2].1, range("0.00", "1386.90"));
    // 一年一次的那部分退多少没有写，所以一共多少不知道。
    let story = Story::of(JULY, &family, "2017-07-10", "2017-08-31", false);
    assert_eq!(to_return(&story), [("2017-08".to_owned(), Amount::UNKNOWN)]);
    // 照做一次：从 10 月起停保，真的收回这么多。
    let mut leaves = worker("7705.00", "7705.00", "1000.00", "0.00");
    leaves.household.enrollments[1].until = Some(day("2017-09-30"));
    let story = Story::of(&monthly_only, &leaves, "2017-07-10", "2017-12-31", false);
    let taken = story.projection.events.iter();
    let taken = taken.filter(|event| event.what.code == "project.taken_back");
    let taken: Vec<Amount> = taken.map(|event| event.change).collect();
    assert_eq!(taken, [exact("-1386.90")]);
    // 已经要停的人，停了以后没有什么可退的。
    assert_eq!(to_return(&story).len(), 2);
}

#[test]
fn where_nothing_is_advanced_nothing_is_told_of_returning() {
    let mut family = Family::default();
    family.member("母亲", "1980-05-20", EmploymentStatus::Active, "0.00");
    let projection = family.project("2026-01-10", "2026-12-31");
    assert!(projection.members[0].to_return.is_empty());
}

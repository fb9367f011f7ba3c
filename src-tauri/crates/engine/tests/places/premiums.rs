//! 计划缴费，照真的规则。

use gongji_domain::{
    Amount, EmploymentStatus, PlannedPremium, PlannedPremiumId, Relation, Scheme, StatedCreditDay,
};
use gongji_engine::EventKind;

use super::family::{Family, day, exact, shipped};

/// 北京市居民医保 2026 年（policies/110000-beijing/resident/premium.toml）：学生儿童 435 元，2025-11-30 到
/// 2026-02-28 缴。北京市职工医保家庭共济，2024-12-09 起（policies/110000-beijing/employee/mutual-aid.toml）：
/// 子女在名单里，能缴居民医保（premiums = resident），不用留底。账户里有 1000 元的，最后一天 435 全付，现金 0；
/// 只有 100 元的，元旦那天（本人说划入每月 5 日到）付 100，现金 435 − 100 = 335。
#[test]
fn a_mothers_account_pays_in_beijing() {
    let library = shipped();
    for (balance, pay_on, aid, cash) in [
        ("1000.00", None, "435.00", "0.00"),
        ("100.00", Some("2026-01-01"), "100.00", "335.00"),
    ] {
        let mut family = Family::default();
        let mother = family.member("110000", "1988-02-02", EmploymentStatus::Active, balance);
        let child = family.member("110000", "2018-05-20", EmploymentStatus::Active, "0.00");
        let enrollments = &mut family.household.enrollments;
        enrollments[1].scheme = Scheme::Resident;
        enrollments[1].plan = "child_student".to_owned();
        family.household.accounts.truncate(1);
        let said = StatedCreditDay {
            member: mother,
            day: 5,
        };
        family.household.credit_days.push(said);
        family.household.premiums.push(PlannedPremium {
            id: PlannedPremiumId(1),
            member: child,
            paid_by: Some(mother),
            relation: Some(Relation::Child),
            from_year: 2026,
            until_year: Some(2026),
            pay_on: pay_on.map(day),
            amount: None,
        });
        let projection = family.project(&library, "2025-12-31", "2026-03-31");
        let mut events = projection.events.iter();
        let event = events
            .find(|event| event.kind == EventKind::Premium)
            .expect("the premium");
        let on = pay_on.unwrap_or("2026-02-28");
        assert_eq!(event.on, day(on));
        let split = event.split.as_ref().expect("a split");
        assert_eq!(
            (split.total, split.mutual_aid_paid, split.cash_paid),
            (exact("435.00"), exact(aid), exact(cash))
        );
        let titles: Vec<&str> = event
            .sources
            .iter()
            .map(|source| source.title.as_str())
            .collect();
        assert!(
            titles.iter().any(|title| title.contains("缴费标准"))
                && titles.iter().any(|title| title.contains("近亲属")),
            "{titles:?}"
        );
    }
}

/// 福州市 2026 年（policies/350100-fuzhou/resident/premium.toml，闽政办〔2025〕3号）：2025-09-01 到 12-31 集中缴，
/// 到 2026-02-28 可以补；金额只有线索，默认不采用：缴多少不知道，不是零。
#[test]
fn a_sum_that_is_only_a_lead_is_not_known_in_fuzhou() {
    let library = shipped();
    let mut family = Family::default();
    let child = family.member("350100", "2018-05-20", EmploymentStatus::Active, "0.00");
    family.household.enrollments[0].scheme = Scheme::Resident;
    family.household.enrollments[0].plan = "resident".to_owned();
    family.household.accounts.clear();
    family.household.premiums.push(PlannedPremium {
        id: PlannedPremiumId(1),
        member: child,
        paid_by: None,
        relation: None,
        from_year: 2026,
        until_year: Some(2026),
        pay_on: None,
        amount: None,
    });
    for (from, on) in [("2025-12-15", "2025-12-31"), ("2026-01-10", "2026-02-28")] {
        let projection = family.project(&library, from, "2026-03-31");
        let mut events = projection.events.iter();
        let event = events
            .find(|event| event.kind == EventKind::Premium)
            .expect("the premium");
        assert_eq!(event.on, day(on));
        assert_eq!(event.what.code, "project.premium_not_known");
        let split = event.split.as_ref().expect("a split");
        assert_eq!(
            (split.total, split.cash_paid),
            (Amount::UNKNOWN, Amount::UNKNOWN)
        );
        assert_eq!(projection.members[0].cash, Amount::UNKNOWN);
    }
}

//! 没有填的、没有定的：每人各是各的问题；问题太多时，看全了的照说，没看全的不说。

use super::*;

fn split_of(projection: &Projection, member: MemberId) -> crate::projection::EventSplit {
    let spent = of_kind(projection, EventKind::Spending).into_iter();
    let mut spent = spent.filter(|event| event.member == member);
    let split = spent.next().and_then(|event| event.split.clone());
    split.expect("a bill")
}

fn keys(projection: &Projection) -> Vec<&str> {
    let open = projection.unknown.iter();
    open.map(|open| open.key.as_str()).collect()
}

#[test]
fn what_one_member_has_used_says_nothing_of_another() {
    let mut family = Family::default();
    let father = family.member("父亲", "1960-05-20", EmploymentStatus::Retired, "0.00");
    let mother = family.member("母亲", "1961-05-20", EmploymentStatus::Retired, "0.00");
    let daughter = family.member("女儿", "1988-02-02", EmploymentStatus::Active, "350.00");
    for member in [father, mother, daughter] {
        family.credit_day(member, 28);
    }
    family.bind(daughter, father, Relation::Parent, 1);
    family.bind(daughter, mother, Relation::Parent, 1);
    family.plan(father, "2026-11-10", "500.00", None);
    family.plan(mother, "2026-11-11", "500.00", None);
    let projection = family.project("2026-11-05", "2026-11-12");
    // 各人自付：起付线没用过 300 + 200 × 20% = 340，已用满 100。
    // 女儿的 350：340 + 10、340 + 10、100 + 250、100 + 100。
    let of_father = split_of(&projection, father);
    assert_eq!(of_father.mutual_aid_paid, range("100.00", "340.00"));
    let of_mother = split_of(&projection, mother);
    assert_eq!(of_mother.fund_paid, range("160.00", "400.00"));
    assert_eq!(of_mother.mutual_aid_paid, range("10.00", "250.00"));
    assert_eq!(of_mother.cash_paid, range("0.00", "330.00"));
    assert_eq!(
        month(&projection, daughter, "2026-11").closing,
        range("0.00", "150.00")
    );
    assert_eq!(
        keys(&projection),
        ["counter:op_deductible@1", "counter:op_deductible@2"]
    );
    let whose: Vec<Option<&String>> = projection
        .unknown
        .iter()
        .map(|open| open.what.params.get("whose"))
        .collect();
    assert_eq!(whose, [Some(&"父亲".to_owned()), Some(&"母亲".to_owned())]);
}

/// Seven members of whom it is not known what they have used are twice as many combinations as are
/// looked at: what is said of the first six is the whole truth, of the seventh nothing is said.
#[test]
fn beyond_the_combinations_that_were_looked_at_nothing_is_claimed() {
    let mut family = Family::default();
    let daughter = family.member("女儿", "1988-02-02", EmploymentStatus::Active, "5000.00");
    family.fresh(daughter, "2026-10-01");
    family.credit_day(daughter, 28);
    let mut parents = Vec::new();
    for number in 1..=7_u32 {
        let name = format!("长辈{number}");
        let parent = family.member(&name, "1960-05-20", EmploymentStatus::Retired, "0.00");
        family.credit_day(parent, 28);
        family.bind(daughter, parent, Relation::Parent, 1);
        let on = format!("2026-11-{:02}", 9 + number);
        family.plan(parent, &on, "500.00", None);
        parents.push(parent);
    }
    let projection = family.project("2026-11-05", "2026-12-31");
    for parent in &parents[..6] {
        let split = split_of(&projection, *parent);
        assert_eq!(split.fund_paid, range("160.00", "400.00"));
        assert_eq!(split.mutual_aid_paid, range("100.00", "340.00"));
        assert_eq!(split.cash_paid, exact("0.00"));
    }
    let last = split_of(&projection, parents[6]);
    assert_eq!(last.total, exact("500.00"));
    assert_eq!(
        (last.fund_paid, last.cash_paid),
        (Amount::UNKNOWN, Amount::UNKNOWN)
    );
    // 划入只看缴费和规则，照说；余额从第七笔起说不出。
    let credits = of_kind(&projection, EventKind::Credit).into_iter();
    let of_daughter = credits.filter(|event| event.member == daughter);
    let seen: Vec<(Amount, Amount)> = of_daughter
        .map(|event| (event.change, event.balance))
        .collect();
    assert!(!seen.is_empty());
    for (change, balance) in seen {
        assert!(change.exact().is_some_and(|change| change > Yuan::ZERO));
        assert_eq!(balance, Amount::UNKNOWN);
    }
    let november = month(&projection, daughter, "2026-11");
    assert_eq!(november.opening, exact("5000.00"));
    assert_eq!(
        (november.closing, november.aid_given),
        (Amount::UNKNOWN, Amount::UNKNOWN)
    );
    assert_eq!(
        month(&projection, daughter, "2026-12").opening,
        Amount::UNKNOWN
    );
    let outlook = |member| {
        let mut members = projection.members.iter();
        members
            .find(|outlook| outlook.member == member)
            .expect("an outlook")
    };
    assert_eq!(
        outlook(daughter).lowest.as_ref().map(|low| low.amount),
        Some(Amount::UNKNOWN)
    );
    let run_out = outlook(parents[6])
        .run_out
        .as_ref()
        .expect("it may run out");
    assert_eq!(
        (run_out.earliest, run_out.latest, run_out.short),
        (day("2026-11-16"), None, Amount::UNKNOWN)
    );
    assert_eq!(outlook(daughter).run_out, None, "she plans nothing");
    let first = projection.unknown.first().expect("what is open");
    assert_eq!(first.what.code, "open.too_many");
    assert_eq!(first.what.params.get("day"), Some(&"2026-11-16".to_owned()));
    assert_eq!(keys(&projection).len(), 8);
    let mut open = projection.unknown.iter();
    assert!(
        open.all(|open| open.readings.is_empty()),
        "nothing is said of a part of the readings"
    );
}

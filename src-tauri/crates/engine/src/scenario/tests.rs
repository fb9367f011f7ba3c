//! 如果……：照手算的表。

use super::*;
use crate::project::tests::{Family, day, exact, range, rule, yuan};

fn spending(member: MemberId, on: &str, total: &str) -> SupposedSpending {
    SupposedSpending {
        member,
        on: day(on),
        title: "大病".to_owned(),
        part: Part::GeneralOutpatient,
        class: None,
        bill: Bill::of_total(yuan(total)),
    }
}

fn month(text: &str) -> Month {
    Month::of(day(&format!("{text}-01")))
}

/// 父亲退休，200 元，每月 97，每月看一次 400 的病；母亲在职，1000 元，每月 200。
fn family() -> (Family, MemberId, MemberId) {
    let mut family = Family::default();
    let father = family.member("父亲", "1960-05-20", EmploymentStatus::Retired, "200.00");
    let mother = family.member("母亲", "1980-08-01", EmploymentStatus::Active, "1000.00");
    for member in [father, mother] {
        family.fresh(member, "2026-01-10");
        family.credit_day(member, 5);
    }
    family.plan(father, "2026-02-15", "400.00", rule("FREQ=MONTHLY"));
    (family, father, mother)
}

fn compared(family: &Family, scenario: &Scenario, until: &str) -> Comparison {
    let scheduled = family.project("2026-01-10", until);
    let other = Family {
        household: scenario.applied(&family.household),
        balances: family.balances.clone(),
    };
    compare(&scheduled, other.project("2026-01-10", until))
}

#[test]
fn a_large_bill_moves_the_day_and_the_cash() {
    let (family, father, _) = family();
    let scenario = Scenario {
        spendings: vec![spending(father, "2026-02-10", "1300.00")],
        ..Scenario::default()
    };
    let kept = family.household.clone();
    let compared = compared(&family, &scenario, "2026-03-31");
    assert_eq!(family.household, kept, "nothing is kept");
    let [of_father, of_mother] = &compared.differences[..] else {
        panic!("two members");
    };
    // 照计划：2-15 个人 320，账户 297，现金 23；3-15 个人 80，账户 97，剩 17。
    assert_eq!(of_father.run_out, Some(day("2026-02-15")));
    assert_eq!(
        (of_father.cash, of_father.closing),
        (exact("23.00"), exact("17.00"))
    );
    // 如果 2-10 看 1300：起付 300，另 1000 × 20% = 200，个人 500，账户 297，现金 203；2-15 个人 80 全是现金；
    // 3-15 个人 80，账户 97，剩 17。现金 283，多 260。
    assert_eq!(of_father.run_out_then, Some(day("2026-02-10")));
    assert_eq!(
        (
            of_father.cash_then,
            of_father.cash_more,
            of_father.closing_then
        ),
        (exact("283.00"), exact("260.00"), exact("17.00"))
    );
    assert_eq!(
        (of_father.lowest, of_father.lowest_more),
        (exact("0.00"), exact("0.00"))
    );
    assert_eq!(
        (of_mother.cash_more, of_mother.lowest_more),
        (exact("0.00"), exact("0.00"))
    );
    assert_eq!(compared.cash_more, exact("260.00"));
}

#[test]
fn a_binding_that_is_supposed_pays_what_was_cash() {
    let (family, father, mother) = family();
    let scenario = Scenario {
        bindings: vec![SupposedBinding {
            donor: mother,
            recipient: father,
            relation: Relation::Spouse,
            from: day("2026-02-01"),
        }],
        ..Scenario::default()
    };
    let compared = compared(&family, &scenario, "2026-03-31");
    // 23 元由母亲付：父亲不用现金，母亲少 23。
    assert_eq!(compared.differences[0].cash_more, exact("-23.00"));
    assert_eq!(compared.projection.shared[0].paid, exact("23.00"));
    // 母亲：1000 + 200 × 2 = 1400，少 23。
    let of_mother = &compared.differences[1];
    assert_eq!(
        (of_mother.closing, of_mother.closing_then),
        (exact("1400.00"), exact("1377.00"))
    );
}

#[test]
fn who_stops_paying_gets_no_credit_and_no_share_of_the_fund() {
    let (mut family, _, mother) = family();
    family.plan(mother, "2026-03-10", "1000.00", None);
    let scenario = Scenario {
        stops: vec![SupposedStop {
            member: mother,
            month: month("2026-03"),
        }],
        ..Scenario::default()
    };
    let of_mother = &compared(&family, &scenario, "2026-05-31").differences[1];
    // 照计划：1000 + 200 × 4，3-10 个人 300 + 700 × 30% = 510：1290。
    assert_eq!(of_mother.closing, exact("1290.00"));
    // 3 月起停：1 月、2 月的两笔还到（2-05、3-05），1400。甲地没有写停保以后待遇怎样，3-10 那 1000 基金付不付
    // 不知道：账户付的从一分没有到全部，剩 400 到 1400；要多少现金不知道。
    assert_eq!(of_mother.closing_then, range("400.00", "1400.00"));
    assert_eq!(of_mother.cash_more, Amount::UNKNOWN);
}

#[test]
fn who_retires_is_credited_as_a_retiree_from_the_month_after() {
    let (family, _, mother) = family();
    let scenario = Scenario {
        retirements: vec![SupposedRetirement {
            member: mother,
            month: month("2026-02"),
            insured_months: None,
            pension: None,
        }],
        ..Scenario::default()
    };
    let of_mother = &compared(&family, &scenario, "2026-05-31").differences[1];
    // 照计划 1000 + 200 × 4 = 1800；2 月退休：1 月、2 月各 200，3 月、4 月各 97：1594。
    assert_eq!(
        (of_mother.closing, of_mother.closing_then),
        (exact("1800.00"), exact("1594.00"))
    );
    assert_eq!(of_mother.lowest_more, exact("0.00"));
}

#[test]
fn a_scenario_is_read_from_a_file_and_unknown_words_are_refused() {
    let read = serde_json::from_str::<Scenario>;
    let stop = r#"{ "stops": [{ "member": 2, "month": "2026-03" }] }"#;
    let found = read(stop).expect("a scenario");
    assert_eq!(found.members().collect::<Vec<_>>(), [MemberId(2)]);
    assert!(read("{}").expect("a scenario").is_empty());
    assert!(read(r#"{ "stop": [] }"#).is_err());
}

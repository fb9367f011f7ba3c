//! 各地 — projections on the shipped rules, each figure with its hand line.

mod family;
mod gaps;
mod parts;
mod premiums;
mod told;

use family::{Family, day, exact, shipped, splits, yuan};
use gongji_domain::{
    AccountId, Amount, EmploymentStatus, MemberId, PoolId, Relation, StatedCreditDay, SubAccountId,
    Yuan,
};
use gongji_engine::{DayKnown, Need, OptionKind, advise, project};

#[test]
fn a_retiree_of_beijing_pays_the_deductible_first() {
    let library = shipped();
    let mut family = Family::default();
    let father = family.member("110000", "1960-05-20", EmploymentStatus::Retired, "500.00");
    family.nothing_used(&library, father, "2026-01-10");
    family.visit(father, "hospital", "2026-01-20", "1000.00");
    let projection = family.project(&library, "2026-01-10", "2026-03-31");
    let paid: Vec<[Amount; 3]> = splits(&projection, father)
        .iter()
        .map(|split| [split.fund_paid, split.own_account_paid, split.cash_paid])
        .collect();
    let expected = [
        // 起付线 1300 还没满：个人 1000，账户 500，现金 500
        ["0.00", "500.00", "500.00"],
        // 起付线余 300；700 × 85% = 595；个人 405，账户 97（1 月的 100 − 3），现金 308
        ["595.00", "97.00", "308.00"],
        // 1000 × 85% = 850；个人 150，账户 97，现金 53
        ["850.00", "97.00", "53.00"],
    ];
    assert_eq!(paid, expected.map(|row| row.map(exact)));
    let outlook = &projection.members[0];
    let run_out = outlook.run_out.as_ref().expect("it is there");
    assert_eq!(
        (run_out.earliest, run_out.latest),
        (day("2026-01-20"), Some(day("2026-01-20")))
    );
    let next = outlook.next_credit.as_ref().expect("it is there");
    assert_eq!(
        (next.day, next.earliest, next.latest),
        (
            DayKnown::Range,
            Some(day("2026-02-01")),
            Some(day("2026-02-05"))
        )
    );
    assert_eq!(
        (next.gross, next.withheld, next.net),
        (exact("100.00"), exact("3.00"), exact("97.00"))
    );
}

#[test]
fn beijing_charges_donors_in_the_order_of_registration() {
    let library = shipped();
    let mut family = Family::default();
    let father = family.member("110000", "1960-05-20", EmploymentStatus::Retired, "120.00");
    let daughter = family.member("110000", "1988-02-02", EmploymentStatus::Active, "100.00");
    let son = family.member("110000", "1990-02-02", EmploymentStatus::Active, "900.00");
    for member in [father, daughter, son] {
        family.nothing_used(&library, member, "2026-01-10");
    }
    family.bind(daughter, father, Relation::Parent);
    family.bind(son, father, Relation::Parent);
    family.visit(father, "hospital", "2026-01-20", "500.00");
    let projection = family.project(&library, "2026-01-10", "2026-01-31");
    // 例 U7（北京一行）：个人 500，本人 120，先备案的 100，后备案的 280，现金 0
    let split = &splits(&projection, father)[0];
    assert_eq!(
        (
            split.own_account_paid,
            split.mutual_aid_paid,
            split.cash_paid
        ),
        (exact("120.00"), exact("380.00"), exact("0.00"))
    );
    let shares: Vec<(MemberId, Amount, Amount)> = split
        .aid
        .iter()
        .map(|share| (share.donor, share.paid, share.balance))
        .collect();
    assert_eq!(
        shares,
        [
            (daughter, exact("100.00"), exact("0.00")),
            (son, exact("280.00"), exact("620.00"))
        ]
    );
}

#[test]
fn guangzhou_credits_net_of_care_insurance_and_by_the_twentieth() {
    let library = shipped();
    let mut family = Family::default();
    let mother = family.member("440100", "1962-05-20", EmploymentStatus::Retired, "100.00");
    let projection = family.project(&library, "2026-01-10", "2026-03-31");
    let next = projection.members[0]
        .next_credit
        .as_ref()
        .expect("it is there");
    assert_eq!(
        (next.gross, next.withheld, next.net),
        (exact("169.08"), exact("8.66"), exact("160.42"))
    );
    assert_eq!(
        (next.earliest, next.latest),
        (Some(day("2026-01-11")), Some(day("2026-01-20")))
    );
    // 1 月、2 月、3 月各 160.42：100 + 481.26
    let closing = projection
        .months
        .iter()
        .rfind(|row| row.member == mother)
        .map(|row| row.closing);
    assert_eq!(closing, Some(exact("581.26")));
}

#[test]
fn a_parent_in_another_province_is_reached_by_the_wallet_only() {
    let library = shipped();
    let mut family = Family::default();
    let father = family.member("320300", "1958-05-20", EmploymentStatus::Retired, "300.00");
    let daughter = family.member("110000", "1988-02-02", EmploymentStatus::Active, "2500.00");
    family.bind(father, daughter, Relation::Child);
    let projection = family.project(&library, "2026-01-10", "2026-12-31");
    let (household, balances) = (&family.household, &family.balances);
    let advice = advise(
        &library,
        household,
        balances,
        &projection,
        father,
        Need::Beside(yuan("5000.00"), day("2026-01-10")),
    );
    let codes: Vec<&str> = advice
        .options
        .iter()
        .map(|option| option.what.code.as_str())
        .collect();
    // 余额 300 到 1 月 10 日仍是确定的；之后划入多少不知道。
    assert_eq!(
        codes,
        [
            "advice.own_account",
            "advice.wallet_transfer_from",
            "advice.reservation",
            "advice.cash",
            "advice.claim_later",
            "advice.relief",
            "advice.no_rules"
        ]
    );
    // 每天能转 6000，余额够；转出人要不要留底没有查到。
    let most = exact("2500.00").max().expect("a sum");
    assert_eq!(advice.options[1].amount, Amount::between(Yuan::ZERO, most));
    assert!(
        advice.options[1]
            .source
            .as_ref()
            .is_some_and(|source| source.title.contains("医保钱包"))
    );
    assert!(projection.unknown.iter().any(|open| open.key == "rule"));
}

/// 每个地方的每一种办法，凡是依规则的都有出处。
#[test]
fn no_option_rests_on_a_rule_without_its_source() {
    let library = shipped();
    let pools: Vec<PoolId> = library.pools.iter().map(|pool| pool.id.clone()).collect();
    let mut seen = std::collections::BTreeSet::new();
    for pool in pools.iter().filter(|pool| pool.0 != "000000") {
        for status in [EmploymentStatus::Active, EmploymentStatus::Retired] {
            let mut family = Family::default();
            let patient = family.member(&pool.0, "1958-05-20", status, "10.00");
            let spouse = family.member(&pool.0, "1959-05-20", status, "3000.00");
            family.member("110000", "1985-05-20", EmploymentStatus::Active, "3000.00");
            family.member("440100", "1986-05-20", EmploymentStatus::Active, "3000.00");
            family.bind(spouse, patient, Relation::Spouse);
            let (from, until) = (day("2026-06-10"), day("2026-09-10"));
            let projection = project(&library, &family.household, &family.balances, from, until)
                .expect("a projection");
            let advice = advise(
                &library,
                &family.household,
                &family.balances,
                &projection,
                patient,
                Need::Beside(yuan("9000.00"), day("2026-06-20")),
            );
            // Where a place has no rules of its account, the account is named without one, and it is said.
            let no_rules =
                (advice.options.iter()).any(|option| option.what.code == "advice.no_rules");
            for option in advice.options {
                seen.insert(option.kind);
                let rests_on_none = match option.kind {
                    OptionKind::Cash
                    | OptionKind::ClaimLater
                    | OptionKind::Relief
                    | OptionKind::NotKnown => true,
                    OwnAccount => no_rules,
                    _ => false,
                };
                assert!(
                    option.source.is_some() || rests_on_none,
                    "{pool} {status:?} {option:?}"
                );
            }
        }
    }
    use OptionKind::{
        BindRelative, FamilyAccount, MutualAid, OwnAccount, PoolStillPays, Reservation,
        SecondLayerNear, WaitForCredit, WalletTransfer,
    };
    for kind in [
        PoolStillPays,
        OwnAccount,
        MutualAid,
        BindRelative,
        FamilyAccount,
        WalletTransfer,
        Reservation,
        WaitForCredit,
        SecondLayerNear,
    ] {
        assert!(seen.contains(&kind), "{kind:?} is met somewhere");
    }
}

/// 宁波：当年账户替统筹先付，历年账户付个人负担。A full current account would have paid in place of the fund,
/// so what is missing is not what it would have paid, but what is paid in cash.
#[test]
fn what_is_missing_is_what_others_have_to_pay() {
    let library = shipped();
    let mut family = Family::default();
    let member = family.member("330200", "1981-05-10", EmploymentStatus::Active, "0.00");
    family.balances.clear();
    for (sub, balance) in [("current", "3345.00"), ("past", "50.00")] {
        let part = (AccountId(1), SubAccountId::from(sub));
        family.balances.insert(part, yuan(balance));
    }
    family.nothing_used(&library, member, "2026-12-30");
    family.visit(member, "tertiary", "2026-12-31", "5000.00");
    let projection = family.project(&library, "2026-12-30", "2026-12-31");
    let outlook = &projection.members[0];
    // 5000 − 当年 3345 = 1655；起付 600，1055 × 25% = 263.75；863.75 − 历年 50 = 813.75。
    let cash = outlook.first_cash.as_ref().map(|low| low.amount);
    assert_eq!(cash, Some(exact("813.75")));
    let short = outlook.run_out.as_ref().map(|run_out| run_out.short);
    assert_eq!(short, Some(exact("813.75")));
}

/// 广州，两位授权人，先扣谁没有写明：没有轮到的那一位，余额也在范围里。
#[test]
fn what_a_donor_is_left_with_counts_the_readings_in_which_nothing_is_asked() {
    let library = shipped();
    let mut family = Family::default();
    let patient = family.member("440100", "1980-06-15", EmploymentStatus::Active, "0.00");
    let spouse = family.member("440100", "1981-06-15", EmploymentStatus::Active, "50.00");
    let mother = family.member("440100", "1955-06-15", EmploymentStatus::Retired, "500.00");
    family.bind(spouse, patient, Relation::Spouse);
    family.bind(mother, patient, Relation::Child);
    for member in [patient, spouse, mother] {
        let day = StatedCreditDay { member, day: 25 };
        family.household.credit_days.push(day);
    }
    family.visit(patient, "hospital", "2026-01-10", "300.00");
    let projection = family.project(&library, "2025-12-31", "2026-01-12");
    let split = projection
        .events
        .iter()
        .find_map(|event| event.split.as_ref());
    let aid = &split.expect("a bill").aid;
    for (share, closing) in aid.iter().zip([("0.00", "50.00"), ("395.00", "500.00")]) {
        let (least, most) = closing;
        let between = Amount::between(yuan(least), yuan(most));
        assert_eq!(share.balance, between, "{:?}", share.donor);
        let mut rows = projection.months.iter();
        let row = rows.find(|row| row.member == share.donor);
        assert_eq!(row.map(|row| row.closing), Some(between));
    }
    assert_eq!(aid.len(), 2);
}

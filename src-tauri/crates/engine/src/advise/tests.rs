use gongji_domain::{EmploymentStatus, PoolId};

use super::*;
use crate::project::project;
use crate::project::tests::{Family, day, exact, range, yuan};
use crate::sample::{self, ACCOUNT, AID, COUNTERS, OUTPATIENT, WALLET, YEARLY};
use gongji_domain::Relation::{Child, Parent};

const FROM: &str = "2026-01-10";

fn library() -> Library {
    sample::library(&[
        ("personal-account", ACCOUNT),
        ("mutual-aid", AID),
        ("mutual-aid", WALLET),
        ("counters", COUNTERS),
        ("general-outpatient", OUTPATIENT),
        ("layer-serious-illness", YEARLY),
    ])
}

/// 父亲 20，女儿 30，儿子 100，all of 甲地, credited on the 28th.
fn family() -> Family {
    let mut family = Family::default();
    let father = family.member("父亲", "1960-05-20", EmploymentStatus::Retired, "20.00");
    let daughter = family.member("女儿", "1988-02-02", EmploymentStatus::Active, "30.00");
    let son = family.member("儿子", "1990-02-02", EmploymentStatus::Active, "100.00");
    for member in [father, daughter, son] {
        family.fresh(member, FROM);
        family.credit_day(member, 28);
    }
    family
}

fn ask(library: &Library, family: &Family, need: &str, on: &str) -> Vec<AdviceOption> {
    ask_until(library, family, need, on, "2027-01-10")
}

fn ask_until(
    library: &Library,
    family: &Family,
    need: &str,
    on: &str,
    until: &str,
) -> Vec<AdviceOption> {
    let projection = project(
        library,
        &family.household,
        &family.balances,
        day(FROM),
        day(until),
    )
    .expect("a projection");
    let father = MemberId(1);
    advise(
        library,
        &family.household,
        &family.balances,
        &projection,
        father,
        Need::Beside(yuan(need), day(on)),
    )
    .options
}

fn seen(options: &[AdviceOption]) -> Vec<(OptionKind, Amount)> {
    options
        .iter()
        .map(|option| (option.kind, option.amount))
        .collect()
}

#[test]
fn for_the_bill_that_empties_the_account_relatives_still_have_what_it_will_take() {
    let mut family = family();
    family.bind(MemberId(2), MemberId(1), Parent, 1);
    family.bind(MemberId(3), MemberId(1), Parent, 2);
    // 起付 300 以内全部自己付：本人 20，儿子 100，女儿 30，现金 150。
    family.plan(MemberId(1), "2026-01-20", "300.00", None);
    let (library, household) = (library(), &family.household);
    let (from, until) = (day(FROM), day("2027-01-10"));
    let projection =
        project(&library, household, &family.balances, from, until).expect("a projection");
    let outlook = &projection.members[0];
    let run_out = outlook.run_out.as_ref().expect("it runs out");
    assert_eq!(run_out.short, exact("280.00"));
    assert_eq!(
        outlook.first_cash.as_ref().map(|low| low.amount),
        Some(exact("150.00"))
    );
    let need = Need::RunOut(run_out);
    let father = MemberId(1);
    let advice = advise(
        &library,
        household,
        &family.balances,
        &projection,
        father,
        need,
    );
    let paying = |option: &&AdviceOption| {
        use OptionKind::{Cash, MutualAid, OwnAccount};
        matches!(option.kind, OwnAccount | MutualAid | Cash)
    };
    let told: Vec<_> = advice.options.iter().filter(paying).collect();
    let told: Vec<_> = told
        .into_iter()
        .map(|option| {
            let how = option.how.as_ref().expect("it is said how");
            let said = ["left", "available", "given", "formula"].map(|name| how.params.get(name));
            let said: Vec<&str> = said.into_iter().flatten().map(String::as_str).collect();
            (option.amount, said.join(" "))
        })
        .collect();
    assert_eq!(
        told,
        [
            (exact("100.00"), "280.00 100.00 100.00".to_owned()),
            (exact("30.00"), "180.00 30.00 30.00".to_owned()),
            (
                exact("150.00"),
                "280.00 − 100.00 − 30.00 = 150.00".to_owned()
            ),
        ]
    );
}

#[test]
fn own_account_then_relatives_in_the_order_of_the_place_then_cash() {
    use OptionKind::{
        Cash, ClaimLater, MutualAid, OwnAccount, PoolStillPays, Relief, SecondLayerNear,
        WaitForCredit,
    };
    let mut family = family();
    family.bind(MemberId(2), MemberId(1), Parent, 1);
    family.bind(MemberId(3), MemberId(1), Parent, 2);
    let options = ask(&library(), &family, "180.00", "2026-01-20");
    // 20 + 100 + 30 = 150，余 30 现金；下一次划入 97，够 30。
    let expected = [
        (PoolStillPays, exact("0.00")),
        (OwnAccount, exact("20.00")),
        (MutualAid, exact("100.00")),
        (MutualAid, exact("30.00")),
        (WaitForCredit, exact("30.00")),
        (Cash, exact("30.00")),
        (SecondLayerNear, Amount::UNKNOWN),
        (ClaimLater, Amount::UNKNOWN),
        (Relief, Amount::UNKNOWN),
    ];
    assert_eq!(seen(&options), expected);
    assert_eq!(
        options[2].what.params["name"], "儿子",
        "the larger balance first"
    );
    assert_eq!(options[2].what.params["relation"], "child");
    assert_eq!(
        options[2].condition.as_ref().map(|said| said.code.as_str()),
        Some("aid.order.balance_desc")
    );
    assert_eq!(
        (options[4].earliest, options[4].latest),
        (Some(day("2026-01-28")), Some(day("2026-01-28")))
    );
    assert_eq!(
        options[4].condition.as_ref().map(|said| said.code.as_str()),
        Some("advice.never_wait_when_urgent")
    );
    assert_eq!(options[5].what.code, "advice.cash_instead_of_waiting");
    assert_eq!(options[6].what.params["left"], "1000.00");
    let by_rule = |option: &&AdviceOption| ![Cash, ClaimLater, Relief].contains(&option.kind);
    for option in options.iter().filter(by_rule) {
        assert!(
            option.source.is_some() && option.grade.is_some(),
            "{option:?}"
        );
    }
}

#[test]
fn a_need_that_is_met_asks_for_no_cash() {
    use OptionKind::{OwnAccount, PoolStillPays, SecondLayerNear};
    let options = ask(&library(), &family(), "20.00", "2026-01-20");
    let kinds: Vec<OptionKind> = options.iter().map(|option| option.kind).collect();
    assert_eq!(kinds, [PoolStillPays, OwnAccount, SecondLayerNear]);
}

#[test]
fn relatives_who_could_be_bound_are_named_with_the_condition() {
    let options = ask(&library(), &family(), "80.00", "2026-01-20");
    let to_bind: Vec<_> = options
        .iter()
        .filter(|option| option.kind == OptionKind::BindRelative)
        .collect();
    let said: Vec<(&str, Amount)> = to_bind
        .iter()
        .map(|option| (option.what.params["name"].as_str(), option.amount))
        .collect();
    // Alternatives: each could give up to the 60 that are left, and cash still stands at 60.
    assert_eq!(said, [("女儿", exact("30.00")), ("儿子", exact("60.00"))]);
    let condition = to_bind[0].condition.as_ref().map(|said| said.code.as_str());
    assert_eq!(condition, Some("advice.bind_near_relatives"));
    assert!(
        options
            .iter()
            .any(|option| option.kind == OptionKind::Cash && option.amount == exact("60.00"))
    );
}

#[test]
fn the_wallet_reaches_another_province_and_only_that() {
    let mut family = family();
    family.household.enrollments[0].pool = PoolId::from("980100");
    family.household.accounts[0].pool = Some(PoolId::from("980100"));
    family.bind(MemberId(1), MemberId(3), Child, 1);
    let options = ask(&library(), &family, "5000.00", "2026-01-20");
    let wallet: Vec<_> = options
        .iter()
        .filter(|option| option.kind == OptionKind::WalletTransfer)
        .collect();
    assert_eq!(wallet.len(), 2);
    // His own account there may or may not cover it all.
    assert_eq!(
        (wallet[0].what.params["name"].as_str(), wallet[0].amount),
        ("女儿", range("0.00", "30.00"))
    );
    assert_eq!(wallet[0].what.code, "advice.wallet_transfer_from");
    assert!(wallet[0].condition.is_some() && wallet[0].source.is_some());
    assert!(
        options
            .iter()
            .all(|option| option.kind != OptionKind::BindRelative)
    );
    let last = options.last().expect("something");
    assert_eq!(
        (last.kind, last.what.code.as_str()),
        (OptionKind::NotKnown, "advice.no_rules")
    );
    // What is in the account is not known there, so cash is anything up to the need.
    let cash = options
        .iter()
        .find(|option| option.kind == OptionKind::Cash)
        .expect("cash");
    assert_eq!(cash.amount, range("0.00", "5000.00"));
}

#[test]
fn the_wallet_moves_no_more_than_a_day_allows() {
    let mut family = family();
    family.household.enrollments[0].pool = PoolId::from("980100");
    family.household.accounts.remove(0);
    *family.balances.values_mut().last().expect("the son's") = yuan("9000.00");
    let options = ask(&library(), &family, "8000.00", "2026-01-20");
    let wallet = options
        .iter()
        .rfind(|option| option.kind == OptionKind::WalletTransfer)
        .expect("the son");
    assert_eq!(wallet.amount, exact("6000.00"));
}

#[test]
fn the_counter_of_a_layer_is_told_or_asked() {
    let told = |stated: Option<&str>, insured_from: &str, on: &str| {
        let mut family = family();
        let counters = &mut family.household.stated_counters;
        match stated {
            Some(value) => counters
                .iter_mut()
                .filter(|counter| counter.counter == "own_share")
                .for_each(|counter| counter.value = value.to_owned()),
            None => counters.clear(),
        }
        family.household.enrollments[0].from = day(insured_from);
        let layer = ask(&library(), &family, "10.00", on)
            .into_iter()
            .find(|option| option.kind == OptionKind::SecondLayerNear)
            .expect("a layer");
        let params = &layer.what.params;
        let figures = ["so_far", "left", "starts"].map(|name| params.get(name).cloned());
        (layer.what.code, figures.into_iter().flatten().collect())
    };
    let (before, within) = ("2020-01-01", "2026-01-08");
    let (now, next_year) = ("2026-01-20", "2027-01-05");
    for (stated, insured_from, on, code, figures) in [
        (Some("999.99"), before, now, "distance", "999.99 0.01"),
        (Some("1000.00"), before, now, "reached", "1000.00"),
        (Some("0.00"), before, now, "distance", "0.00 1000.00"),
        (None, before, now, "counter_unknown", ""),
        // The record begins inside the year; that nothing was counted before nobody said.
        (None, within, now, "counter_unknown", ""),
        // Of a year that has not begun there is no figure, and none to ask for.
        (None, before, next_year, "next_year", "2027-01-01"),
        (Some("999.99"), before, next_year, "next_year", "2027-01-01"),
    ] {
        let expected: Vec<String> = figures.split_whitespace().map(str::to_owned).collect();
        assert_eq!(
            told(stated, insured_from, on),
            (format!("advice.layer_{code}"), expected),
            "{stated:?} since {insured_from} on {on}"
        );
    }
}

#[test]
fn the_balance_is_that_of_the_day() {
    let mut family = family();
    family.plan(MemberId(1), "2026-02-10", "400.00", None);
    let own = |on: &str| {
        let options = ask(&library(), &family, "500.00", on);
        options
            .iter()
            .find(|option| option.kind == OptionKind::OwnAccount)
            .map(|option| option.amount)
    };
    assert_eq!(own("2026-01-20"), Some(exact("20.00")));
    // 1 月 28 日 +97。
    assert_eq!(own("2026-02-01"), Some(exact("117.00")));
    // 2 月 10 日：起付 300 + 100 × 20% = 320，账户 117 全付。
    assert_eq!(own("2026-02-10"), None);
    assert_eq!(own("2026-02-28"), Some(exact("97.00")));
}

#[test]
fn an_account_before_the_pool_is_not_promised_that_nothing_changes() {
    let before = ACCOUNT.replace("when = \"after_pool\"", "when = \"before_pool\"");
    let library = sample::library(&[("personal-account", &before)]);
    let options = ask(&library, &family(), "50.00", "2026-01-20");
    assert!(
        options
            .iter()
            .all(|option| option.kind != OptionKind::PoolStillPays)
    );
}

#[test]
fn a_relative_of_whom_it_is_not_known_how_much_must_stay_may_give_nothing() {
    let aid = AID.replace("reserve = \"0.00\"", "reserve = \"unknown\"");
    let library = sample::library(&[
        ("personal-account", ACCOUNT),
        ("mutual-aid", &aid),
        ("counters", COUNTERS),
        ("general-outpatient", OUTPATIENT),
    ]);
    let mut family = family();
    family.bind(MemberId(3), MemberId(1), Parent, 1);
    let options = ask(&library, &family, "90.00", "2026-01-15");
    // 本人 20；儿子 100，要留多少不知道：0 到 70；现金 70 到 0。
    let aided = seen(&options);
    assert!(
        aided.contains(&(OptionKind::MutualAid, range("0.00", "70.00"))),
        "{aided:?}"
    );
    assert!(
        aided.contains(&(OptionKind::Cash, range("0.00", "70.00"))),
        "{aided:?}"
    );
}

/// 医保年度是日历年：12 月 20 日等到 12 月 28 日还在当年；12 月 29 日等到次年 1 月 28 日，起付线从头算。
#[test]
fn whoever_waits_into_another_year_is_told_that_it_begins_anew() {
    for (on, code, new_year) in [
        ("2026-12-20", "advice.never_wait_when_urgent", None),
        (
            "2026-12-29",
            "advice.wait_into_new_year",
            Some("2027-01-01"),
        ),
    ] {
        let options = ask_until(&library(), &family(), "5000.00", on, "2027-03-10");
        let waiting = (options.iter()).find(|option| option.kind == OptionKind::WaitForCredit);
        let condition = waiting.and_then(|option| option.condition.as_ref());
        let condition = condition.expect("a condition");
        let day = condition.params.get("day").map(String::as_str);
        assert_eq!((condition.code.as_str(), day), (code, new_year), "{on}");
    }
}

#[test]
fn waiting_may_only_move_the_gap() {
    for (bill, need, code, short) in [
        // 用掉 1 月 28 日 97 里的 30，2 月 10 日自付 80（起付线内）：117 − 80 = 37，还够。
        ("80.00", "50.00", "advice.wait_for_credit", None),
        // 117 − 87 = 30，正好够；自付 100，117 − 100 = 17，少 13；自付 300，一分不剩，少 30。
        ("87.00", "50.00", "advice.wait_for_credit", None),
        ("87.01", "50.00", "advice.wait_moves_gap", Some("0.01")),
        ("100.00", "50.00", "advice.wait_moves_gap", Some("13.00")),
        ("300.00", "50.00", "advice.wait_moves_gap", Some("30.00")),
        // 差 180，97 只够一部分；都用掉，117 − 20 = 97 正好，117 − 50 = 67，少 30。
        ("20.00", "200.00", "advice.wait_for_credit_partly", None),
        (
            "50.00",
            "200.00",
            "advice.wait_partly_moves_gap",
            Some("30.00"),
        ),
    ] {
        let mut family = family();
        family.household.members.truncate(1);
        family.plan(MemberId(1), "2026-02-10", bill, None);
        let options = ask(&library(), &family, need, "2026-01-20");
        let wait = options
            .iter()
            .find(|option| option.kind == OptionKind::WaitForCredit)
            .expect("a credit");
        let said = wait.what.params.get("short").map(String::as_str);
        assert_eq!((wait.what.code.as_str(), said), (code, short), "{bill}");
        assert_eq!(
            wait.what.params.get("on").map(String::as_str),
            short.map(|_| "2026-02-10")
        );
    }
}

#[test]
fn into_a_family_account_goes_only_what_may_leave_the_own_one() {
    let aid = AID.replace("\"binding\"", "\"family_account\"");
    let transfer = r#"[[transfer]]
id = "family_account"
from = 2022-01-01
source = "S 转进"
of = "family_account"
keeps_back = "2000.00"
at_most_each = "none"
times_per = "month"
times = 1
"#;
    let library = sample::library(&[
        ("personal-account", ACCOUNT),
        ("mutual-aid", &format!("{aid}{transfer}")),
    ]);
    // 父亲 20；儿子留 2000，只能转 500；女儿不到 2000，一分不能转。
    for (balance, amount) in [("2500.00", Some("500.00")), ("2000.00", None)] {
        for bound in [true, false] {
            let mut family = family();
            *family.balances.values_mut().last().expect("the son's") = yuan(balance);
            if bound {
                family.bind(MemberId(3), MemberId(1), Parent, 1);
            }
            let options = ask(&library, &family, "800.00", "2026-01-20");
            let moved: Vec<_> = options
                .iter()
                .filter(|option| option.kind == OptionKind::FamilyAccount)
                .map(|option| option.amount)
                .collect();
            let expected: Vec<Amount> = amount.map(exact).into_iter().collect();
            assert_eq!(moved, expected, "{balance} {bound}");
            let others = [OptionKind::MutualAid, OptionKind::BindRelative];
            assert!(options.iter().all(|option| !others.contains(&option.kind)));
            let Some(option) = options
                .iter()
                .find(|option| option.kind == OptionKind::FamilyAccount)
            else {
                continue;
            };
            assert_eq!(option.what.code, "advice.family_account");
            assert_eq!(option.what.params["keeps"], "2000.00");
            let source = option.source.as_ref().expect("a source");
            assert_eq!(source.article.as_deref(), Some("转进"));
        }
    }
}

#[test]
fn a_reservation_reaches_another_province_and_says_no_amount() {
    let reservation = WALLET
        .split("[[transfer]]")
        .next()
        .expect("the aid")
        .split_once("[[aid]]")
        .expect("the aid")
        .1
        .replace("id = \"wallet\"", "id = \"reservation\"")
        .replace("wallet_transfer", "reservation")
        .replace("other_province", "nation")
        .replace("[\"wallet\"]", "[\"book\"]");
    let nation = format!("{WALLET}[[aid]]{reservation}");
    let library = sample::library(&[
        ("personal-account", ACCOUNT),
        ("mutual-aid", AID),
        ("mutual-aid", &nation),
    ]);
    let reserved = |family: &Family| -> Vec<String> {
        let options = ask(&library, family, "5000.00", "2026-01-20");
        let of_kind = options
            .iter()
            .filter(|option| option.kind == OptionKind::Reservation);
        of_kind
            .map(|option| {
                assert_eq!(option.amount, Amount::UNKNOWN);
                assert!(option.source.is_some() && option.condition.is_some());
                option.what.params["name"].clone()
            })
            .collect()
    };
    let mut family = family();
    assert!(reserved(&family).is_empty(), "all live in one province");
    family.household.enrollments[0].pool = PoolId::from("980100");
    family.household.accounts[0].pool = Some(PoolId::from("980100"));
    assert_eq!(reserved(&family), ["女儿", "儿子"]);
}

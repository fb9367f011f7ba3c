//! 说得清的和说不清的 — a day without a sum, a clearing of which nobody knows the size, and where the figures
//! come from.

use gongji_domain::{
    AccountId, Amount, EmploymentStatus, Entry, EntryId, EntryKind, Leg, Overdraft, Part, Relation,
    StepName, SubAccountId,
};
use gongji_engine::{
    Addend, DayKnown, EventKind, Ground, Need, OptionKind, ProjectionRequest, Steps, advise,
    project_with,
};

use crate::family::{Family, day, exact, shipped, splits, yuan};

/// 宁波，2026 年退休人员划入多少没有查到；哪天到，规则写明了：1 月 1 日。
#[test]
fn a_credit_of_unknown_size_is_awaited_on_its_day() {
    let library = shipped();
    let mut family = Family::default();
    family.member("330200", "1955-05-10", EmploymentStatus::Retired, "0.00");
    family.balances.clear();
    let past = (AccountId(1), SubAccountId::from("past"));
    family.balances.insert(past, yuan("100.00"));
    let projection = family.project(&library, "2025-12-31", "2026-12-31");
    let next = projection.members[0].next_credit.as_ref().expect("a day");
    let told = (next.earliest, next.latest, next.day, next.net);
    let first = Some(day("2026-01-01"));
    assert_eq!(told, (first, first, DayKnown::Rule, Amount::UNKNOWN));
}

/// 上海，10 月退休：清算时退休以后的月份该划多少没有写明，可能还要补回去。2024 年花掉 2400，按 1120 清算，历年剩
/// 520，住院个人 1904，现金 1384；一分不给，现金 1904。
#[test]
fn a_clearing_of_unknown_size_may_take_away_as_well() {
    let library = shipped();
    let mut family = Family::default();
    let member = family.member("310000", "1964-10-05", EmploymentStatus::Active, "0.00");
    family.household.enrollments[0].from = day("2000-01-01");
    family.household.enrollments[0].retired_on = Some(day("2024-10-31"));
    family.household.accounts[0].opened_on = day("2024-06-30");
    family.balances.clear();
    let past = (AccountId(1), SubAccountId::from("past"));
    family.balances.insert(past, yuan("1000.00"));
    family.visit(member, "tertiary", "2024-07-02", "2400.00");
    family.visit(member, "tertiary", "2025-08-01", "10000.00");
    for plan in &mut family.household.plans {
        plan.recurrence = None;
    }
    family.household.plans[1].part = Part::Inpatient;
    let projection = family.project(&library, "2024-06-30", "2026-07-31");
    let stay = &splits(&projection, member)[1];
    assert_eq!(
        stay.cash_paid,
        Amount::between(yuan("0.00"), yuan("1904.00"))
    );
    let asked = projection.unknown.iter();
    let mut asked = asked.map(|open| open.what.code.as_str());
    assert!(asked.any(|code| code == "open.clearing"));
}

/// 参保在广州，账户却记在上海名下：什么也没有推，说一句。
#[test]
fn an_account_of_another_place_is_pointed_out() {
    let library = shipped();
    let mut family = Family::default();
    family.member("440100", "1980-06-15", EmploymentStatus::Active, "100.00");
    family.household.accounts[0].pool = Some("310000".into());
    let projection = family.project(&library, "2025-12-31", "2026-02-28");
    let asked = projection.unknown.iter();
    let asked: Vec<&str> = asked.map(|open| open.what.code.as_str()).collect();
    assert_eq!(asked, ["open.account_elsewhere"]);
}

#[test]
fn a_low_point_names_its_event_and_a_bill_its_steps() {
    let library = shipped();
    let mut family = Family::default();
    let mother = family.member("110000", "1960-05-20", EmploymentStatus::Retired, "1500.00");
    family.nothing_used(&library, mother, "2026-01-10");
    family.visit(mother, "hospital", "2026-01-20", "1600.00");
    let of = |steps| {
        let request = ProjectionRequest {
            from: day("2026-01-10"),
            until: day("2026-02-25"),
            with_interest: false,
            steps,
            beside: false,
        };
        project_with(&library, &family.household, &family.balances, request).expect("a projection")
    };
    let plan = family.household.plans[0].id;
    let first = day("2026-01-20");
    let bills = |steps| -> Vec<usize> {
        let bills = of(steps).events;
        let bills = bills.iter().filter(|event| event.split.is_some());
        bills.map(|bill| bill.steps.len()).collect()
    };
    assert_eq!(bills(Steps::None), [0, 0]);
    let one = bills(Steps::Of(plan, first));
    assert!(one[0] > 3 && one[1] == 0, "{one:?}");
    assert!(bills(Steps::All).iter().all(|steps| *steps > 3));
    let projection = of(Steps::Of(plan, first));
    let bill = projection.events.iter().find(|event| event.split.is_some());
    let bill = bill.expect("a bill");
    // 起付 1300 以内自己付；其余 300：统筹 70%，210.00，退休人员统一补充 15%，45.00；账户 1345。
    let cash = bill.steps.last().expect("steps");
    assert_eq!(
        (cash.name, cash.formula.as_deref()),
        (StepName::Payers, Some("1600.00 − 210.00 − 45.00 − 1345.00"))
    );
    // 1500 − 1345 = 155；划入 97；第二次起付已满，1600 × 15% = 240，余 12。
    let low = projection.members[0].lowest.as_ref().expect("a low point");
    assert_eq!((low.on, low.amount), (day("2026-02-20"), exact("12.00")));
    let because = low.because.as_ref().expect("an event");
    assert_eq!(because.what, bill.what);
    assert!(!because.sources.is_empty());
}

/// 宁波的当年账户不付住院，历年账户都付：75 里 30 是准的。1 月 11 日的门诊用掉当年的 45 以后，还剩多少准的不知道。
/// 北京只有一部分，75 都准。
#[test]
fn what_only_some_benefits_may_use_is_not_promised() {
    let library = shipped();
    for (pool, parts, bill, amount, condition) in [
        (
            "330200",
            [("current", "45.00"), ("past", "30.00")],
            false,
            Amount::between(yuan("30.00"), yuan("75.00")),
            true,
        ),
        (
            "330200",
            [("current", "45.00"), ("past", "30.00")],
            true,
            Amount::between(yuan("0.00"), yuan("30.00")),
            true,
        ),
        (
            "330200",
            [("current", "0.00"), ("past", "75.00")],
            false,
            exact("75.00"),
            false,
        ),
        (
            "110000",
            [("book", "75.00"), ("passbook", "0.00")],
            false,
            exact("75.00"),
            false,
        ),
    ] {
        let mut family = Family::default();
        let member = family.member(pool, "1980-05-10", EmploymentStatus::Active, "0.00");
        family.balances.clear();
        for (sub, held) in parts {
            let part = (AccountId(1), SubAccountId::from(sub));
            family.balances.insert(part, yuan(held));
        }
        if bill {
            family.visit(member, "tertiary", "2026-01-11", "45.00");
            family.household.plans[0].recurrence = None;
        }
        let projection = family.project(&library, "2026-01-10", "2026-01-31");
        let need = Need::Beside(yuan("500.00"), day("2026-01-12"));
        let (household, balances) = (&family.household, &family.balances);
        let advice = advise(&library, household, balances, &projection, member, need);
        let mut options = advice.options.iter();
        let own = options.find(|option| option.kind == OptionKind::OwnAccount);
        let own = own.expect("the own account");
        assert_eq!(
            (own.amount, own.condition.is_some()),
            (amount, condition),
            "{pool} {bill}"
        );
    }
}

/// 宁波的共济只用授权人的历年账户：当年 4035、历年 20，最多给 20；自己要留多少没有查到。
#[test]
fn a_relative_gives_only_what_the_place_lets_them_give() {
    let library = shipped();
    let mut family = Family::default();
    let patient = family.member("330200", "1955-05-10", EmploymentStatus::Retired, "0.00");
    let child = family.member("330200", "1980-05-10", EmploymentStatus::Active, "0.00");
    family.bind(child, patient, Relation::Child);
    family.balances.clear();
    for (account, sub, held) in [
        (1, "past", "0.00"),
        (2, "current", "4035.00"),
        (2, "past", "20.00"),
    ] {
        let part = (AccountId(account), SubAccountId::from(sub));
        family.balances.insert(part, yuan(held));
    }
    let projection = family.project(&library, "2026-01-10", "2026-01-31");
    let need = Need::Beside(yuan("1000.00"), day("2026-01-12"));
    let (household, balances) = (&family.household, &family.balances);
    let advice = advise(&library, household, balances, &projection, patient, need);
    let mut options = advice.options.iter();
    let given = options.find(|option| option.kind == OptionKind::MutualAid);
    let at_most = Amount::between(yuan("0.00"), yuan("20.00"));
    assert_eq!(given.map(|option| option.amount), Some(at_most));
}

/// 每个地方的每一件事：动了钱的有算式或步骤，依规则的有出处，没有规则的不说数；合计说得出是哪几样。
#[test]
fn no_event_moves_money_without_saying_how() {
    let library = shipped();
    let pools = library.pools.iter().filter(|pool| pool.id.0 != "000000");
    let mut moved = 0;
    for (pool, status) in pools.flat_map(|pool| {
        [EmploymentStatus::Active, EmploymentStatus::Retired].map(|status| (pool, status))
    }) {
        let mut family = Family::default();
        let patient = family.member(&pool.id.0, "1958-05-20", status, "900.00");
        let spouse = family.member(&pool.id.0, "1976-03-20", EmploymentStatus::Active, "700.00");
        family.bind(spouse, patient, Relation::Spouse);
        family.visit(patient, "tertiary", "2026-01-20", "800.00");
        family.visit(spouse, "tertiary", "2026-02-03", "12000.00");
        family.household.plans[1].part = Part::Inpatient;
        family.household.plans[1].recurrence = None;
        let request = ProjectionRequest {
            from: day("2025-12-31"),
            until: day("2027-02-28"),
            with_interest: true,
            steps: Steps::All,
            beside: true,
        };
        let (household, balances) = (&family.household, &family.balances);
        let projection = project_with(&library, household, balances, request).expect("it is there");
        let nothing = exact("0.00");
        for event in projection
            .events
            .iter()
            .filter(|event| event.kind != EventKind::RunOut)
        {
            assert_eq!(
                event.ground == Ground::Rule,
                !event.sources.is_empty(),
                "{event:?}"
            );
            let split = event.split.iter();
            let paid = split.flat_map(|split| [split.fund_paid, split.cash_paid]);
            let figures = paid.chain([event.change]);
            let known = figures.filter(|figure| *figure != nothing && *figure != Amount::UNKNOWN);
            if known.count() == 0 {
                continue;
            }
            moved += 1;
            let is_told = event.formula.is_some() || !event.steps.is_empty();
            let is_range = event.ground == Ground::NoRule && event.change.exact().is_none();
            assert!(is_told || is_range, "{} {event:#?}", pool.name);
        }
        for line in projection.forks.iter().flat_map(|fork| &fork.lines) {
            let is_told = |sum: Amount, of: &[Addend]| sum == nothing || !of.is_empty();
            assert!(
                is_told(line.credited, &line.credited_of),
                "{} {line:#?}",
                pool.name
            );
            assert!(is_told(line.cash, &line.cash_of), "{} {line:#?}", pool.name);
        }
    }
    assert!(moved > 1_000, "{moved}");
}

/// 广州的医保钱包开没开通，说法互相矛盾：别处的家人能不能转过来，不知道。
#[test]
fn a_wallet_is_offered_only_where_the_other_place_is_known_to_have_one() {
    let library = shipped();
    let mut family = Family::default();
    let patient = family.member("440100", "1950-05-01", EmploymentStatus::Retired, "50.00");
    family.member("310000", "1978-05-01", EmploymentStatus::Active, "0.00");
    let past = (AccountId(2), SubAccountId::from("past"));
    family.balances.insert(past, yuan("800.00"));
    let projection = family.project(&library, "2026-01-10", "2026-12-31");
    let need = Need::Beside(yuan("3000.00"), day("2026-02-10"));
    let (household, balances) = (&family.household, &family.balances);
    let advice = advise(&library, household, balances, &projection, patient, need);
    let options = &advice.options;
    assert!(!(options.iter()).any(|option| option.kind == OptionKind::WalletTransfer));
    let mut codes = options.iter().map(|option| option.what.code.as_str());
    assert!(codes.any(|code| code == "aid.wallet_there_unknown"));
}

/// 北京的医保存折可以取出来；说过可以透支的，还能透支多少；该到没到的，查一下。
#[test]
fn what_else_is_ones_own_is_named() {
    let library = shipped();
    let mut family = Family::default();
    let member = family.member("110000", "1980-05-01", EmploymentStatus::Active, "0.00");
    family.balances.clear();
    for (sub, held) in [("book", "-40.00"), ("passbook", "3000.00")] {
        let part = (AccountId(1), SubAccountId::from(sub));
        family.balances.insert(part, yuan(held));
    }
    family.household.accounts[0].overdraft = Some(Overdraft {
        limit: yuan("500.00"),
        source: "单位通知".to_owned(),
        stated_on: day("2026-01-01"),
        repay_within: Some(3),
        below_since: None,
    });
    let projection = family.project(&library, "2026-02-10", "2026-03-31");
    let need = Need::Beside(yuan("5000.00"), day("2026-02-12"));
    let (household, balances) = (&family.household, &family.balances);
    let advice = advise(&library, household, balances, &projection, member, need);
    let told = |kind: OptionKind| {
        let mut options = advice.options.iter();
        let option = options.find(|option| option.kind == kind);
        option.map(|option| option.amount)
    };
    assert_eq!(told(OptionKind::OwnAccount), None, "it is below zero");
    assert_eq!(told(OptionKind::Overdraft), Some(exact("460.00")));
    assert_eq!(told(OptionKind::Withdraw), Some(exact("3000.00")));
    // 5000 − 460 − 3000
    assert_eq!(told(OptionKind::Cash), Some(exact("1540.00")));
    let overdue: Vec<_> = projection
        .events
        .iter()
        .filter(|event| event.kind == EventKind::OverdueCredit)
        .collect();
    assert!(!overdue.is_empty());
    let due: Amount = Amount::Exact(
        overdue
            .iter()
            .filter_map(|event| event.change.exact())
            .sum(),
    );
    assert_eq!(told(OptionKind::OverdueCredit), Some(due));
}

/// 一次只能用一位家人的账户的，几位的钱不加在一起；用几位没有写的，一位到几位都算。
#[test]
fn what_several_relatives_give_keeps_to_how_many_may_be_charged() {
    let library = shipped();
    let between = |least: &str, most: &str| Amount::between(yuan(least), yuan(most));
    for (pool, sub, cash) in [
        ("510100", "book", between("400.00", "900.00")),
        ("420100", "book", between("0.00", "900.00")),
        ("110000", "book", exact("0.00")),
    ] {
        let mut family = Family::default();
        let patient = family.member(pool, "1985-05-10", EmploymentStatus::Active, "0.00");
        family.balances.clear();
        let own = (AccountId(1), SubAccountId::from(sub));
        family.balances.insert(own, yuan("0.00"));
        for (number, held) in [(2, "1000.00"), (3, "500.00")] {
            let parent = family.member(pool, "1965-05-01", EmploymentStatus::Active, "0.00");
            family.bind(parent, patient, Relation::Parent);
            family
                .balances
                .retain(|(account, _), _| *account != AccountId(number));
            let part = (AccountId(number), SubAccountId::from(sub));
            family.balances.insert(part, yuan(held));
        }
        let projection = family.project(&library, "2026-01-10", "2026-01-31");
        let need = Need::Beside(yuan("1400.00"), day("2026-01-12"));
        let (household, balances) = (&family.household, &family.balances);
        let advice = advise(&library, household, balances, &projection, patient, need);
        let mut options = advice.options.iter();
        let cash_of = options.find(|option| option.kind == OptionKind::Cash);
        let found = cash_of.map_or(exact("0.00"), |option| option.amount);
        assert_eq!(found, cash, "{pool}");
    }
}

/// 杭州每年 1 月 1 日划入多少没有查到：没有记的说一句，余额里不算；记下了的，就是准数，从哪天看都一样。
#[test]
fn a_credit_of_unknown_size_is_asked_for_until_it_is_recorded() {
    let library = shipped();
    let told = |recorded: bool, from: &str| {
        let mut family = Family::default();
        family.member("330100", "1980-05-01", EmploymentStatus::Active, "0.00");
        family.balances.clear();
        let account = &mut family.household.accounts[0];
        account.opened_on = day("2023-12-31");
        let part = (AccountId(1), SubAccountId::from("past"));
        family.balances.insert(part, yuan("1000.00"));
        if recorded {
            let part = (AccountId(1), SubAccountId::from("current"));
            family.balances.insert(part, yuan("1800.00"));
            family.household.entries.push(Entry {
                id: EntryId(7),
                on: day("2024-01-01"),
                for_month: Some("2024-01".parse().expect("a month")),
                kind: EntryKind::Credit,
                memo: String::new(),
                legs: vec![Leg {
                    account: AccountId(1),
                    sub: Some(SubAccountId::from("current")),
                    amount: yuan("1800.00"),
                }],
                corrects: None,
                settlement: None,
                for_member: None,
            });
        }
        let projection = family.project(&library, from, "2024-06-30");
        let last = projection.months.last().expect("a month").closing;
        let mut keys = projection.unknown.iter().map(|open| open.key.as_str());
        (last, keys.any(|key| key.starts_with("overdue:")))
    };
    for from in ["2024-01-01", "2024-01-15", "2024-02-01"] {
        assert_eq!(told(true, from), (exact("2800.00"), false), "{from}");
    }
    assert_eq!(told(false, "2024-02-01"), (exact("1000.00"), true));
}

/// 无锡当月 15 日到次月 6 日到账：每月 160，12 月 31 日余额 0，5 月 18 日自付 800。15 日到的有 1 到 5 月五笔，次月 6 日到的
/// 有 12 月到 4 月五笔；25 日到的，12 月的已经到过，5 月的还没有到，只有四笔 640。
#[test]
fn days_in_the_middle_of_a_window_are_looked_at() {
    let library = shipped();
    let mut family = Family::default();
    let member = family.member("320200", "1980-05-01", EmploymentStatus::Active, "0.00");
    family.household.accounts[0].opened_on = day("2023-12-31");
    family.household.enrollments[0].contribution_base = Some(yuan("8000.00"));
    family.nothing_used(&library, member, "2023-12-31");
    family.household.entries.push(Entry {
        id: EntryId(7),
        on: day("2023-12-31"),
        for_month: None,
        kind: EntryKind::Opening,
        memo: String::new(),
        legs: vec![Leg {
            account: AccountId(1),
            sub: Some(SubAccountId::from("book")),
            amount: yuan("0.00"),
        }],
        corrects: None,
        settlement: None,
        for_member: None,
    });
    family.visit(member, "tertiary", "2024-05-18", "1250.00");
    family.household.plans[0].recurrence = None;
    let projection = family.project(&library, "2023-12-31", "2024-06-30");
    let split = splits(&projection, member)[0].clone();
    let between = |least: &str, most: &str| Amount::between(yuan(least), yuan(most));
    assert_eq!(split.own_account_paid, between("640.00", "800.00"));
    assert_eq!(split.cash_paid, between("0.00", "160.00"));
}

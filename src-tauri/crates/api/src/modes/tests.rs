//! 三种方式，在真的规则和真的记录上。

use chrono::NaiveDate;
use gongji_domain::{
    AccountId, Amount, Bill, EmploymentStatus, EntryKind, MemberId, Part, PoolId, Relation, Scheme,
    Special, SubAccountId, Yuan,
};
use gongji_engine::{
    Scenario, SupposedBinding, SupposedRetirement, SupposedSpending, SupposedStop,
};

use crate::{
    EnrollmentDraft, EntryDraft, ErrorCode, Gongji, MemberDraft, ProjectionAnswer, ProjectionAsk,
    ProjectionMode, RetirementDraft, SetupDraft, Shelf,
};

const TODAY: &str = "2026-03-01";

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn yuan(text: &str) -> Yuan {
    text.parse().expect("yuan")
}

/// 北京在职，基数 9500。
fn beijing() -> EnrollmentDraft {
    EnrollmentDraft {
        pool: PoolId::from("110000"),
        scheme: Scheme::Employee,
        plan: "with_account".to_owned(),
        status: EmploymentStatus::Active,
        from: day("2020-01-01"),
        until: None,
        contribution_base: Some(yuan("9500.00")),
        retired_on: None,
        insured_months: None,
        special: Special::None,
        pension: None,
        frozen_credit: None,
        employer: None,
        first_enrollment: false,
        back_paid: None,
        back_paid_on: None,
    }
}

/// 北京在职两人，基数 9500：每月 190.00；账从 2025-06-10 记起，各 500.00。
fn couple() -> (Gongji, MemberId, MemberId) {
    let member = |name: &str| MemberDraft {
        name: name.to_owned(),
        born: Some(day("1980-05-20")),
        enrollment: Some(beijing()),
        balances: [(SubAccountId::from("book"), yuan("500.00"))].into(),
        balances_as_of: Some(day("2025-06-10")),
        cash: None,
        counters: [("op_deductible", "0.00"), ("op_fund", "0.00")]
            .map(|(id, value)| (id.to_owned(), value.to_owned()))
            .into(),
        counters_as_of: Some(day(TODAY)),
        credit_day: None,
    };
    let mut gongji = Gongji::in_memory(Shelf::shipped(false));
    let draft = SetupDraft {
        name: "家".to_owned(),
        members: vec![member("甲"), member("乙")],
        bindings: Vec::new(),
    };
    gongji.setup_save(day(TODAY), &draft).expect("a household");
    let record = gongji.store().expect("a store").household().expect("read");
    (gongji, record.members[0].id, record.members[1].id)
}

fn account(gongji: &Gongji, member: MemberId) -> AccountId {
    let record = gongji.store().expect("a store").household().expect("read");
    let mut accounts = record.accounts.into_iter();
    accounts
        .find(|account| account.owner == member)
        .expect("an account")
        .id
}

fn spends(gongji: &Gongji, member: MemberId, on: &str, amount: &str) -> EntryDraft {
    EntryDraft {
        account: account(gongji, member),
        sub: Some(SubAccountId::from("book")),
        on: day(on),
        for_month: None,
        kind: EntryKind::Spending,
        memo: "买药".to_owned(),
        amount: -yuan(amount),
        for_member: None,
    }
}

fn ask(gongji: &Gongji, mode: ProjectionMode, scenario: Option<Scenario>) -> ProjectionAnswer {
    let ask = ProjectionAsk {
        months: 12,
        mode,
        scenario,
    };
    gongji.projection(day(TODAY), &ask).expect("an answer")
}

#[test]
fn usual_spending_is_a_line_of_its_own_and_says_what_is_missing() {
    let (mut gongji, first, second) = couple();
    let today = day(TODAY);
    for (on, amount) in [
        ("2025-08-03", "10.00"),
        ("2025-09-03", "20.00"),
        ("2025-10-03", "30.00"),
        ("2025-11-03", "25.00"),
        ("2025-11-20", "15.00"),
        ("2025-12-03", "50.00"),
    ] {
        let entry = spends(&gongji, first, on, amount);
        gongji.entry_record(today, &entry).expect("recorded");
    }
    // 到 12 月是 5 个月：10、20、30、40、50，还差一个月；乙一个月也没有。
    let answer = ask(&gongji, ProjectionMode::Habits, None);
    let missing: Vec<u32> = answer.habits.iter().map(|one| one.habit.missing).collect();
    assert_eq!(missing, [1, 6]);
    assert_eq!(answer.habits[0].habit.usual, None);
    // 1 月 90，后来改成 60：10、20、30、40、50、60，中间是 35。
    let wrong = spends(&gongji, first, "2026-01-15", "90.00");
    let row = gongji.entry_record(today, &wrong).expect("recorded");
    let right = spends(&gongji, first, "2026-01-15", "60.00");
    gongji
        .entry_correct(today, row.id, &right)
        .expect("corrected");
    let answer = ask(&gongji, ProjectionMode::Habits, None);
    let of_first = &answer.habits[0];
    assert_eq!(of_first.habit.usual, Some(yuan("35.00")));
    assert_eq!(of_first.habit.months.len(), 6);
    // 没有计划：从 4 月（第一个整月）到次年 2 月，每月多 35，11 个月从账户付 385；3 月和次年 3 月不是整月。
    let scheduled = ask(&gongji, ProjectionMode::Scheduled, None);
    assert_eq!(answer.projection, scheduled.projection);
    let rows = scheduled.projection.months.iter();
    let mut rows = rows.filter(|row| row.member == first).rev();
    let closing = rows.next().and_then(|row| row.closing.exact());
    let closing = closing.expect("a balance");
    assert_eq!(of_first.closing, Amount::Exact(closing - yuan("385.00")));
    assert_eq!(of_first.short_in, None);
    assert_eq!(answer.actual_until, Some(day("2026-01-15")));
    assert_eq!(answer.projected_from, day("2026-03-02"));
    assert_eq!(answer.habits[1].habit.member, second);
    assert!(scheduled.habits.is_empty() && scheduled.comparison.is_none());
}

fn stop(member: MemberId, month: &str) -> Scenario {
    Scenario {
        stops: vec![SupposedStop {
            member,
            month: month.parse().expect("a month"),
        }],
        ..Scenario::default()
    }
}

#[test]
fn what_is_supposed_is_compared_and_nothing_is_kept() {
    let (gongji, first, second) = couple();
    let kept = gongji.store().expect("a store").household().expect("read");
    let scenario = Scenario {
        spendings: vec![SupposedSpending {
            member: first,
            on: day("2026-06-10"),
            title: "大病".to_owned(),
            part: Part::GeneralOutpatient,
            class: Some("hospital".to_owned()),
            bill: Bill::of_total(yuan("1000.00")),
        }],
        ..stop(second, "2026-09")
    };
    let answer = ask(&gongji, ProjectionMode::Scenario, Some(scenario));
    let compared = answer.comparison.expect("a comparison");
    assert_eq!(
        answer.projection,
        ask(&gongji, ProjectionMode::Scheduled, None).projection
    );
    // 乙从 9 月起停缴：到次年 3 月 1 日，照计划 9 月到次年 1 月的 5 笔不来了：少 190 × 5 = 950。
    let of_second = &compared.differences[1];
    assert_eq!(of_second.member, second);
    let lost = |then: Amount, before: Amount| Some(before.exact()? - then.exact()?);
    assert_eq!(
        lost(of_second.closing_then, of_second.closing),
        Some(yuan("950.00"))
    );
    // 甲 6 月看 1000，不到起付线 1800，全是自己的，从账户付得起。
    assert_eq!(
        lost(
            compared.differences[0].closing_then,
            compared.differences[0].closing
        ),
        Some(yuan("1000.00"))
    );
    let after = gongji.store().expect("a store").household().expect("read");
    assert_eq!(after, kept);
}

#[test]
fn what_cannot_be_is_refused_with_its_reason() {
    let (gongji, first, second) = couple();
    let retires = |member, month: &str| Scenario {
        retirements: vec![SupposedRetirement {
            member,
            month: month.parse().expect("a month"),
            insured_months: None,
            pension: None,
        }],
        ..Scenario::default()
    };
    let binds = |relation| Scenario {
        bindings: vec![SupposedBinding {
            donor: first,
            recipient: second,
            relation,
            from: day("2026-04-01"),
        }],
        ..Scenario::default()
    };
    for (scenario, code, message) in [
        (None, ErrorCode::Input, "error.scenario_empty"),
        (
            Some(Scenario::default()),
            ErrorCode::Input,
            "error.scenario_empty",
        ),
        (
            Some(stop(MemberId(9), "2026-09")),
            ErrorCode::Gone,
            "error.gone",
        ),
        (
            Some(stop(first, "2026-03")),
            ErrorCode::Input,
            "error.scenario_in_past",
        ),
        (
            Some(retires(first, "2026-02")),
            ErrorCode::Input,
            "error.scenario_in_past",
        ),
    ] {
        let ask = ProjectionAsk {
            months: 12,
            mode: ProjectionMode::Scenario,
            scenario,
        };
        let error = gongji.projection(day(TODAY), &ask).expect_err("refused");
        assert_eq!(error.code, code, "{message}");
        if code == ErrorCode::Input {
            assert_eq!(error.message.code, message);
        }
    }
    ask(
        &gongji,
        ProjectionMode::Scenario,
        Some(binds(Relation::Spouse)),
    );
    ask(
        &gongji,
        ProjectionMode::Scenario,
        Some(retires(first, "2026-06")),
    );
}

#[test]
fn an_expected_retirement_is_stated_changed_and_taken_away() {
    let (mut gongji, first, _) = couple();
    let today = day(TODAY);
    let draft = |on: Option<&str>| RetirementDraft {
        on: on.map(day),
        insured_months: Some(300),
        pension: None,
    };
    let coming = |gongji: &Gongji| -> Vec<(String, Option<NaiveDate>)> {
        let record = gongji.store().expect("a store").household().expect("read");
        let theirs = record.enrollments.into_iter();
        let theirs = theirs.filter(|known| known.member == first && known.from > today);
        theirs
            .map(|known| (known.from.to_string(), known.retired_on))
            .collect()
    };
    gongji
        .retirement_expect(today, first, &draft(Some("2026-08-15")))
        .expect("stated");
    // 办手续的次月起按退休算。
    let august = [("2026-09-01".to_owned(), Some(day("2026-08-31")))];
    assert_eq!(coming(&gongji), august);
    let forks = ask(&gongji, ProjectionMode::Scheduled, None)
        .projection
        .forks;
    assert_eq!((forks.len(), forks[0].member), (1, first));
    // 改成 10 月，仍只有一段；今天的参保没有动。
    gongji
        .retirement_expect(today, first, &draft(Some("2026-10-01")))
        .expect("changed");
    let october = [("2026-11-01".to_owned(), Some(day("2026-10-31")))];
    assert_eq!(coming(&gongji), october);
    let past = gongji
        .retirement_expect(today, first, &draft(Some("2026-01-15")))
        .expect_err("refused");
    assert_eq!(past.message.code, "error.retirement_in_past");
    gongji
        .retirement_expect(today, first, &draft(None))
        .expect("taken away");
    assert!(coming(&gongji).is_empty());
    gongji.undo(today).expect("undone");
    assert_eq!(coming(&gongji), october);
    // 换了地方接着工作，预计的跟着换；真的退休了，预计的就不要了。
    let mut moved = beijing();
    moved.pool = PoolId::from("120000");
    moved.from = day("2026-02-01");
    gongji
        .enrollment_add(today, first, &moved)
        .expect("another place");
    let record = gongji.store().expect("a store").household().expect("read");
    let expected = record.enrollments.iter().find(|known| known.from > today);
    let expected = expected.expect("still expected");
    assert_eq!(
        (expected.pool.0.as_str(), expected.insured_months),
        ("120000", Some(300))
    );
    moved.status = EmploymentStatus::Retired;
    moved.from = day("2026-03-01");
    gongji
        .enrollment_add(today, first, &moved)
        .expect("retired");
    assert!(coming(&gongji).is_empty());
}

/// What one account paid for the other member is the other member's usual spending.
#[test]
fn what_was_paid_for_a_relative_is_usual_of_that_relative() {
    let (mut gongji, first, second) = couple();
    let today = day(TODAY);
    for (on, own, for_other) in [
        ("2025-12-03", "10.00", "1.00"),
        ("2026-01-03", "20.00", "2.00"),
    ] {
        let entry = spends(&gongji, first, on, own);
        gongji.entry_record(today, &entry).expect("recorded");
        let mut entry = spends(&gongji, first, on, for_other);
        entry.for_member = Some(second);
        let row = gongji.entry_record(today, &entry).expect("recorded");
        entry.amount = entry.amount + entry.amount;
        gongji
            .entry_correct(today, row.id, &entry)
            .expect("corrected");
    }
    let household = gongji.store().expect("a store").household().expect("read");
    for (member, expected) in [(first, ["10.00", "20.00"]), (second, ["2.00", "4.00"])] {
        let months = super::recorded(&household, member, today);
        let spent: Vec<Yuan> = months.values().copied().collect();
        assert_eq!(spent, expected.map(yuan), "{member:?}");
    }
}

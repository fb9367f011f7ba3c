use std::collections::BTreeMap;

use chrono::Days;
use gongji_domain::{Entry, EntryId, EntryKind, Household, Leg, MemberId};

use super::*;
use crate::Store;
use crate::table::entry;
use crate::testing::{
    BOOK, CASH, an_entry, book, day, family, in_book, in_cash, record, run, yuan,
};

/// A stretch of numbers that is the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (self.0 >> 33) % limit
    }
}

/// Six hundred entries in no order of days, every fifth corrected, some to another account.
fn busy() -> Store {
    let mut store = family();
    let mut numbers = Numbers(7);
    run(&mut store, |tx| {
        for _ in 0..600 {
            let id = entry::next_id(tx)?;
            let some = any_entry(id, &mut numbers);
            entry::insert(tx, &some)?;
            if numbers.below(5) == 0 {
                correct(tx, &some, &mut numbers)?;
            }
        }
        Ok(())
    });
    store
}

fn any_entry(id: EntryId, numbers: &mut Numbers) -> Entry {
    let leg = |numbers: &mut Numbers| {
        let fen = i64::try_from(numbers.below(200_000)).expect("a small number") - 100_000;
        let amount = Yuan::from_fen(fen);
        let sub = SubAccountId::from(["book", "family"][numbers.below(2) as usize]);
        match numbers.below(3) {
            0 => Leg {
                amount,
                ..in_cash("0")
            },
            _ => Leg {
                amount,
                sub: Some(sub),
                ..in_book("0")
            },
        }
    };
    let legs = (0..=numbers.below(2)).map(|_| leg(numbers)).collect();
    let on = day("2025-01-01") + Days::new(numbers.below(700));
    Entry {
        on,
        for_month: Some(Month::of(on).plus(-1)),
        memo: format!("第 {id} 笔"),
        ..an_entry(id.0, "2025-01-01", EntryKind::Credit, legs)
    }
}

/// Takes the entry back on its own day and states it anew.
fn correct(tx: &crate::Tx<'_>, wrong: &Entry, numbers: &mut Numbers) -> Result<(), StoreError> {
    let mut back = wrong.clone();
    back.id = entry::next_id(tx)?;
    back.kind = EntryKind::Correction;
    back.corrects = Some(wrong.id);
    back.legs
        .iter_mut()
        .for_each(|leg| leg.amount = -leg.amount);
    entry::insert(tx, &back)?;
    let mut anew = any_entry(entry::next_id(tx)?, numbers);
    anew.corrects = Some(wrong.id);
    entry::insert(tx, &anew)
}

fn legs(household: &Household) -> impl Iterator<Item = (&Entry, &Leg)> {
    let entries = household.entries.iter();
    entries.flat_map(|entry| entry.legs.iter().map(move |leg| (entry, leg)))
}

#[test]
fn balances_equal_the_sum_of_the_legs() {
    let store = busy();
    let household = store.household().expect("a household");
    for on in ["2024-12-31", "2025-01-01", "2025-07-15", "2026-12-31"].map(day) {
        let mut sums = BTreeMap::new();
        for (_, leg) in legs(&household).filter(|(entry, _)| entry.on <= on) {
            *sums.entry((leg.account, leg.sub.clone())).or_default() += leg.amount;
        }
        let expected: Vec<_> = sums
            .iter()
            .map(|((account, sub), sum)| (*account, sub.clone(), *sum))
            .collect();
        assert_eq!(store.balances(on).expect("balances"), expected);
        for (account, sub, sum) in &expected {
            if let Some(sub) = sub {
                let one = store.balance_on(*account, Some(sub), on);
                assert_eq!(one.expect("a balance"), *sum);
            }
        }
        let whole: Yuan = expected
            .iter()
            .filter(|(account, ..)| *account == BOOK)
            .map(|(_, _, sum)| *sum)
            .sum();
        assert_eq!(store.balance_on(BOOK, None, on).expect("a balance"), whole);
    }
}

#[test]
fn daily_balances_are_the_balances_of_their_days() {
    let store = busy();
    let parts: Vec<_> = store.balances(day("2199-12-31")).expect("balances");
    let parts = parts.into_iter().map(|(account, sub, _)| (account, sub));
    let mut days = 0;
    for (account, sub) in parts.chain([(BOOK, None)]) {
        let daily = store.daily_balances(account, sub.as_ref());
        for (day, balance) in daily.expect("balances") {
            let held = store.balance_on(account, sub.as_ref(), day);
            assert_eq!(balance, held.expect("a balance"), "{account} {day}");
            days += 1;
        }
    }
    assert!(days > 40, "{days}");
}

#[test]
fn closing_balances_are_the_balances_of_the_last_days() {
    let store = busy();
    let closings = store.monthly_closing_balances().expect("closings");
    assert!(closings.len() > 40);
    for closing in closings {
        let last = closing.month.last_day();
        let balance = store.balance_on(closing.account, None, last);
        assert_eq!(closing.balance, balance.expect("a balance"));
    }
}

/// Balances come from the months, and what a month does not tell from an index that holds all of it; a page
/// is walked along the same index, and nothing is sorted for it.
#[test]
fn balances_are_answered_by_an_index() {
    let store = busy();
    for (sql, found, sorted) in [
        (
            BALANCES,
            "COVERING INDEX leg_by_day (account=? AND day>? AND day<?)",
            true,
        ),
        (
            BALANCE,
            "COVERING INDEX leg_by_day (account=? AND day>? AND day<?)",
            false,
        ),
        (MONTHLY, "SCAN account_month USING INDEX", true),
        (page::NEWEST, "COVERING INDEX leg_by_day (account=?)", false),
    ] {
        let sql = format!("EXPLAIN QUERY PLAN {sql}");
        let mut statement = store.connection.prepare(&sql).expect("a plan");
        let count = statement.parameter_count();
        let nothing = vec![rusqlite::types::Value::Null; count];
        let plan: Vec<String> = statement
            .query_map(rusqlite::params_from_iter(nothing), |row| row.get("detail"))
            .expect("a plan")
            .collect::<Result<_, _>>()
            .expect("a plan");
        assert!(plan.iter().any(|step| step.contains(found)), "{plan:?}");
        let sorts = plan.iter().any(|step| step.contains("TEMP B-TREE"));
        assert!(sorted || !sorts, "{plan:?}");
    }
}

#[test]
fn pages_run_through_the_account_from_its_balance_down_to_nothing() {
    let store = busy();
    let family = SubAccountId::from("family");
    for (account, sub) in [(BOOK, None), (BOOK, Some(&family)), (CASH, None)] {
        let total = store
            .entries_page(account, sub, 0, 1)
            .expect("a page")
            .total;
        let mut lines = Vec::new();
        for offset in (0..total).step_by(37) {
            let page = store
                .entries_page(account, sub, offset, 37)
                .expect("a page");
            assert_eq!(page.total, total);
            lines.extend(page.lines);
        }
        assert_eq!(lines.len(), total as usize);
        let last = store.balance_on(account, sub, day("2199-12-31"));
        let mut balance = last.expect("a balance");
        for pair in lines.windows(2) {
            assert_eq!(pair[0].balance, balance);
            assert!((pair[0].on, pair[0].id) >= (pair[1].on, pair[1].id));
            balance -= pair[0].amount;
        }
        let first = lines.last().expect("a line");
        assert_eq!(first.balance, first.amount);
        let beyond = store.entries_page(account, sub, total, 37).expect("a page");
        assert_eq!(beyond.lines, []);
    }
}

#[test]
fn a_corrected_entry_is_one_line() {
    let mut store = family();
    let first = Entry {
        memo: "划入".to_owned(),
        for_month: Some(Month::of(day("2025-02-01"))),
        ..an_entry(1, "2025-03-05", EntryKind::Credit, vec![in_book("300.00")])
    };
    let other = an_entry(
        2,
        "2025-03-06",
        EntryKind::Spending,
        vec![in_book("-50.00")],
    );
    let back = Entry {
        corrects: Some(first.id),
        ..an_entry(
            3,
            "2025-03-05",
            EntryKind::Correction,
            vec![in_book("-300.00")],
        )
    };
    let anew = Entry {
        id: EntryId(4),
        on: day("2025-03-10"),
        legs: vec![in_book("330.00")],
        corrects: Some(first.id),
        ..first.clone()
    };
    for entry in [&first, &other, &back, &anew] {
        record(&mut store, entry.clone());
    }
    let page = store
        .entries_page(BOOK, Some(&book()), 0, 10)
        .expect("a page");
    let corrected = EntryLine {
        id: first.id,
        on: anew.on,
        for_month: first.for_month,
        kind: EntryKind::Credit,
        memo: "划入".to_owned(),
        sub: Some(book()),
        amount: yuan("330.00"),
        balance: yuan("280.00"),
        was: Some(yuan("300.00")),
        was_on: Some(first.on),
        settlement: None,
        for_member: None,
        others: Vec::new(),
    };
    let plain = EntryLine {
        id: other.id,
        on: other.on,
        for_month: None,
        kind: EntryKind::Spending,
        memo: String::new(),
        amount: yuan("-50.00"),
        balance: yuan("-50.00"),
        was: None,
        was_on: None,
        ..corrected.clone()
    };
    assert_eq!((page.total, page.lines), (2, vec![corrected, plain]));
    assert_eq!(store.entry_count().expect("a count"), 4);
    let last = store.last_entry_day(BOOK).expect("a day");
    assert_eq!(last, Some(day("2025-03-10")));
    assert_eq!(store.last_entry_day(CASH).expect("no day"), None);
}

/// What one entry did to two accounts is seen from both, and what was paid for somebody by that person;
/// a correction moves both.
#[test]
fn an_entry_on_two_accounts_is_seen_from_both_sides() {
    let mut store = family();
    let taken = an_entry(
        1,
        "2025-03-01",
        EntryKind::Withdrawal,
        vec![in_book("-30.00"), in_cash("30.00")],
    );
    let back = Entry {
        id: EntryId(2),
        kind: EntryKind::Correction,
        legs: vec![in_book("30.00"), in_cash("-30.00")],
        corrects: Some(EntryId(1)),
        ..taken.clone()
    };
    let anew = Entry {
        id: EntryId(3),
        legs: vec![in_book("-40.00"), in_cash("40.00")],
        corrects: Some(EntryId(1)),
        ..taken.clone()
    };
    let premium = Entry {
        for_member: Some(MemberId(2)),
        ..an_entry(
            4,
            "2025-03-02",
            EntryKind::Premium,
            vec![in_book("-400.00")],
        )
    };
    for entry in [&taken, &back, &anew, &premium] {
        record(&mut store, entry.clone());
    }
    let seen = |account| {
        let page = store.entries_page(account, None, 0, 10).expect("a page");
        let lines = page.lines.into_iter();
        lines
            .map(|line| (line.id.0, line.amount, line.others, line.for_member))
            .collect::<Vec<_>>()
    };
    let other = |account, amount: &str| OtherSide {
        account,
        amount: yuan(amount),
        in_wallet: false,
    };
    assert_eq!(
        seen(BOOK),
        [
            (4, yuan("-400.00"), vec![], Some(MemberId(2))),
            (1, yuan("-40.00"), vec![other(CASH, "40.00")], None),
        ]
    );
    assert_eq!(
        seen(CASH),
        [(1, yuan("40.00"), vec![other(BOOK, "-40.00")], None)]
    );
    let paid = PaidForMember {
        entry: EntryId(4),
        on: day("2025-03-02"),
        kind: EntryKind::Premium,
        account: BOOK,
        amount: yuan("-400.00"),
    };
    assert_eq!(store.paid_for(MemberId(2), 10).expect("rows"), [paid]);
    assert_eq!(store.paid_for(MemberId(1), 10).expect("rows"), []);
}

#[test]
fn credits_are_seen_with_their_month_as_they_stand() {
    let mut store = family();
    let credit = |id, on, month: Option<&str>, leg| Entry {
        for_month: month.map(|month| month.parse().expect("a month")),
        ..an_entry(id, on, EntryKind::Credit, vec![leg])
    };
    let cancelled = credit(3, "2025-03-05", Some("2025-03"), in_book("1.00"));
    let cancelling = Entry {
        corrects: Some(cancelled.id),
        ..an_entry(
            4,
            "2025-03-05",
            EntryKind::Correction,
            vec![in_book("-1.00")],
        )
    };
    let late = credit(5, "2025-01-31", Some("2025-01"), in_book("80.00"));
    let late_back = Entry {
        corrects: Some(late.id),
        ..an_entry(
            6,
            "2025-01-31",
            EntryKind::Correction,
            vec![in_book("-80.00")],
        )
    };
    let late_anew = Entry {
        corrects: Some(late.id),
        ..credit(7, "2025-02-02", Some("2025-01"), in_book("81.00"))
    };
    for entry in [
        credit(1, "2025-01-31", Some("2024-12"), in_book("70.00")),
        credit(2, "2025-02-01", None, in_book("5.00")),
        cancelled,
        cancelling,
        late,
        late_back,
        late_anew,
        an_entry(8, "2025-02-03", EntryKind::Interest, vec![in_book("2.00")]),
    ] {
        record(&mut store, entry);
    }
    let expected = CreditSeen {
        entry: EntryId(5),
        account: BOOK,
        sub: Some(book()),
        month: Month::of(day("2025-01-01")),
        on: day("2025-02-02"),
        amount: yuan("81.00"),
    };
    let seen = store.credits_since(day("2025-02-01")).expect("credits");
    assert_eq!(seen, [expected]);
    let seen = store.credits_since(day("2025-01-01")).expect("credits");
    assert_eq!(seen.len(), 2);
}

/// 低于零，从最后一次跌下去的那天起；当天又回来的不算，看的那一天以后的不看。
#[test]
fn an_account_is_below_zero_since_it_last_went_there() {
    let mut store = family();
    for (id, on, amount) in [
        (1, "2025-01-01", "10.00"),
        (2, "2025-02-01", "-30.00"),
        (3, "2025-03-01", "20.00"),
        (4, "2025-04-01", "-5.00"),
        (5, "2025-04-01", "5.00"),
        (6, "2025-05-01", "-1.00"),
        (7, "2025-06-01", "-1.00"),
        (8, "2025-07-01", "2.00"),
    ] {
        record(
            &mut store,
            an_entry(id, on, EntryKind::Spending, vec![in_book(amount)]),
        );
    }
    for (on, since) in [
        ("2025-01-31", None),
        ("2025-02-20", Some("2025-02-01")),
        ("2025-04-20", None),
        ("2025-06-30", Some("2025-05-01")),
        ("2025-07-01", None),
    ] {
        let found = store.below_since(BOOK, day(on)).expect("a day");
        assert_eq!(found, since.map(day), "{on}");
    }
    assert_eq!(
        store.below_since(CASH, day("2025-06-30")).expect("no day"),
        None
    );
}

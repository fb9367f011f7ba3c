//! Records of older formats that hold what a later format says otherwise.

use super::*;
use chrono::NaiveDate;
use gongji_domain::{MemberId, PlannedPremium, PlannedPremiumId, Yuan};

use crate::table::{account, member, planned_premium, planned_spending};

/// A plan of the third format and the rule that says the same: what was remembered of it, so that it can
/// be undone, says it too.
#[test]
fn the_plans_of_an_older_record_become_rules() {
    let plans = [
        ("1, 'once', NULL, NULL", "2025-01-31", None),
        ("2, 'once', NULL, '2025-02-01'", "2025-01-31", None),
        (
            "3, 'every_days', 28, '2025-12-31'",
            "2025-04-01",
            Some("FREQ=DAILY;INTERVAL=28;UNTIL=20251231"),
        ),
        ("4, 'every_days', 1, NULL", "2025-04-01", Some("FREQ=DAILY")),
        (
            "5, 'monthly', NULL, NULL",
            "2025-04-28",
            Some("FREQ=MONTHLY"),
        ),
        (
            "6, 'monthly', NULL, NULL",
            "2025-04-29",
            Some("FREQ=MONTHLY;BYMONTHDAY=28,29;BYSETPOS=-1"),
        ),
        (
            "7, 'monthly', NULL, NULL",
            "2025-04-30",
            Some("FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1"),
        ),
        (
            "8, 'monthly', NULL, '2026-01-31'",
            "2025-08-31",
            Some("FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1;UNTIL=20260131"),
        ),
    ];
    let (_root, path) = folder();
    let third =
        super::super::open(&path, &plan(&STEPS[..3])).unwrap_or_else(|error| panic!("{error}"));
    third
        .connection
        .execute_batch(
            "INSERT INTO household VALUES (1, '王家', 0);
             INSERT INTO member VALUES (1, '王秀英', NULL, '');",
        )
        .expect("rows of the third format");
    let mut store = Store::of(third).unwrap_or_else(|error| panic!("{error}"));
    // As the third format's program wrote them: one step for each, and a change of the last.
    let write = |store: &mut Store, sql: &str| {
        run(store, |tx| {
            tx.connection.execute_batch(sql).map_err(StoreError::from)
        });
    };
    for (how_often, first_on, _) in plans {
        write(
            &mut store,
            &format!(
                "INSERT INTO planned_spending (id, recurrence, every_days, until_day, member, title, part,
                     total_fen, full_self_pay_fen, over_limit_fen, upfront_copay_fen,
                     not_account_payable_fen, by_item, first_on, urgent)
                 VALUES ({how_often}, 1, '拿药', 'pharmacy', 10000, 0, 0, 0, 0, '{{}}', '{first_on}', 0)"
            ),
        );
    }
    write(
        &mut store,
        "UPDATE planned_spending SET recurrence = 'every_days', every_days = 7 WHERE id = 8",
    );
    drop(store);

    let mut store = open(&path);
    let rules = |store: &Store| -> Vec<Option<String>> {
        let plans = planned_spending::all(store)
            .expect("readable plans")
            .into_iter();
        plans
            .map(|plan| plan.recurrence.map(|rule| rule.to_string()))
            .collect()
    };
    let mut expected: Vec<Option<String>> = plans
        .iter()
        .map(|(_, _, rule)| rule.map(str::to_owned))
        .collect();
    let before_the_change = expected.clone();
    expected[7] = Some("FREQ=DAILY;INTERVAL=7;UNTIL=20260131".to_owned());
    assert_eq!(rules(&store), expected);
    store.undo().expect("undone");
    assert_eq!(rules(&store), before_the_change);
    for left in (0..plans.len()).rev() {
        store.undo().expect("undone");
        assert_eq!(rules(&store), before_the_change[..left]);
    }
    for _ in 0..=plans.len() {
        store.redo().expect("done again");
    }
    assert_eq!(rules(&store), expected);
    drop(store);
    assert!(verify(&path).expect("a report").is_sound());
}

/// What each month changed is added up from the entries of an older record, and follows when one of its
/// steps is taken back: each step there noted the new row itself.
#[test]
fn the_months_of_an_older_record_are_added_up() {
    let (_root, path) = folder();
    let sixth =
        super::super::open(&path, &plan(&STEPS[..6])).unwrap_or_else(|error| panic!("{error}"));
    sixth
        .connection
        .execute_batch(
            "INSERT INTO household VALUES (1, '王家', 0);
             INSERT INTO member VALUES (1, '王秀英', NULL, '');
             INSERT INTO account (id, owner, kind, pool, name, opened_on) VALUES
                 (1, 1, 'insurance', '110000', '医保账户', '2025-01-01'),
                 (2, 1, 'cash', NULL, '现金', '2025-01-01');
             INSERT INTO entry (id, day, month, kind, memo) VALUES
                 (1, '2025-01-05', '2025-01', 'credit', ''),
                 (2, '2025-02-05', '2025-02', 'spending', '');
             INSERT INTO leg (entry, position, account, sub, day, month, fen) VALUES
                 (1, 0, 1, 'book', '2025-01-05', '2025-01', 30000),
                 (2, 0, 1, 'book', '2025-02-05', '2025-02', -1200),
                 (2, 1, 2, NULL, '2025-02-05', '2025-02', -800);
             INSERT INTO undo_step (id, label) VALUES (1, '{\"code\":\"x\",\"params\":{}}');
             INSERT INTO undo_change (step, record, number, after)
                 SELECT 1, 'entry', id, json_object('id', id, 'day', day, 'month', month,
                     'kind', kind, 'memo', memo) FROM entry WHERE id = 2;
             INSERT INTO undo_change (step, record, number, after)
                 SELECT 1, 'leg', id, json_object('id', id, 'entry', entry, 'position', position,
                     'account', account, 'sub', sub, 'day', day, 'month', month, 'fen', fen)
                 FROM leg WHERE entry = 2;",
        )
        .expect("rows of the sixth format");
    drop(sixth);

    let mut store = open(&path);
    let last = |store: &Store| -> Vec<(u32, Yuan)> {
        let balances = store.balances(NaiveDate::MAX).expect("balances");
        balances
            .into_iter()
            .map(|(id, _, sum)| (id.0, sum))
            .collect()
    };
    let before = [(1, yuan("288.00")), (2, yuan("-8.00"))];
    assert_eq!(last(&store), before);
    assert!(store.check().expect("a report").is_sound());
    store.undo().expect("undone");
    assert_eq!(last(&store), [(1, yuan("300.00"))]);
    assert!(store.check().expect("a report").is_sound());
    store.redo().expect("done again");
    assert_eq!(last(&store), before);
    assert!(store.check().expect("a report").is_sound());
}

/// An enrollment of the eighth format, and the steps that changed and removed it: nothing is known of what
/// had no place then, also after they are taken back.
#[test]
fn the_enrollments_of_an_older_record_say_nothing_of_gaps() {
    let (_root, path) = folder();
    let eighth =
        super::super::open(&path, &plan(&STEPS[..8])).unwrap_or_else(|error| panic!("{error}"));
    eighth
        .connection
        .execute_batch(
            "INSERT INTO household VALUES (1, '王家', 0);
             INSERT INTO member VALUES (1, '王秀英', NULL, '');
             INSERT INTO enrollment (id, member, from_day, pool, scheme, plan, status, special)
                 VALUES (1, 1, '2020-01-01', '110000', 'employee', 'with_account', 'active', 'none'),
                     (2, 1, '2024-01-01', '110000', 'employee', 'with_account', 'active', 'none');",
        )
        .expect("rows of the eighth format");
    let mut store = Store::of(eighth).unwrap_or_else(|error| panic!("{error}"));
    for sql in [
        "UPDATE enrollment SET until_day = '2023-08-31' WHERE id = 1",
        "DELETE FROM enrollment WHERE id = 2",
    ] {
        run(&mut store, |tx| {
            tx.connection.execute_batch(sql).map_err(StoreError::from)
        });
    }
    drop(store);

    let mut store = open(&path);
    let known = |store: &Store| -> Vec<(u32, Option<NaiveDate>)> {
        let rows = enrollment::all(store).expect("rows").into_iter();
        let known = rows.map(|row| {
            let nothing = (row.first_enrollment, row.back_paid, row.back_paid_on);
            assert_eq!(nothing, (false, None, None));
            (row.id.0, row.until)
        });
        known.collect()
    };
    let ended = Some("2023-08-31".parse().expect("a day"));
    assert_eq!(known(&store), [(1, ended)]);
    store.undo().expect("undone");
    assert_eq!(known(&store), [(1, ended), (2, None)]);
    store.undo().expect("undone");
    assert_eq!(known(&store), [(1, None), (2, None)]);
    for _ in 0..2 {
        store.redo().expect("done again");
    }
    assert_eq!(known(&store), [(1, ended)]);
    let mut first = enrollment::all(&store).expect("rows").remove(0);
    first.back_paid = Some(true);
    run(&mut store, |tx| enrollment::update(tx, &first));
    assert_eq!(enrollment::all(&store).expect("rows"), [first]);
    drop(store);
    assert!(verify(&path).expect("a report").is_sound());
}

/// A record from before premiums could be planned gains an empty list of them; what was done before can
/// still be taken back, and what is planned now too.
#[test]
fn an_older_record_can_plan_premiums() {
    let (_root, path) = folder();
    let older =
        super::super::open(&path, &plan(&STEPS[..8])).unwrap_or_else(|error| panic!("{error}"));
    let mut store = Store::of(older).unwrap_or_else(|error| panic!("{error}"));
    let name = |name: &str| format!("UPDATE member SET name = '{name}' WHERE id = 1");
    for sql in [
        "INSERT INTO household VALUES (1, '王家', 0)",
        "INSERT INTO member VALUES (1, '王秀英', NULL, '')",
        &name("王秀兰"),
    ] {
        run(&mut store, |tx| {
            tx.connection.execute_batch(sql).map_err(StoreError::from)
        });
    }
    drop(store);

    let mut store = open(&path);
    assert_eq!(store.household().expect("a household").premiums, []);
    let planned = PlannedPremium {
        id: PlannedPremiumId(1),
        member: MemberId(1),
        paid_by: None,
        relation: None,
        from_year: 2027,
        until_year: None,
        pay_on: None,
        amount: None,
    };
    run(&mut store, |tx| planned_premium::insert(tx, &planned));
    assert_eq!(
        planned_premium::all(&store).expect("rows"),
        std::slice::from_ref(&planned)
    );
    store.undo().expect("undone");
    assert_eq!(planned_premium::all(&store).expect("rows"), []);
    store.undo().expect("undone");
    let named = member::find(&store, MemberId(1)).expect("a row");
    assert_eq!(named.expect("a member").name, "王秀英");
    for _ in 0..2 {
        store.redo().expect("done again");
    }
    assert_eq!(planned_premium::all(&store).expect("rows"), [planned]);
    drop(store);
    assert!(verify(&path).expect("a report").is_sound());
}

/// A premium that was planned before its sum could be stated says nothing of it; planning and taking it back
/// go on as before.
#[test]
fn an_older_planned_premium_says_no_sum() {
    let (_root, path) = folder();
    let older =
        super::super::open(&path, &plan(&STEPS[..10])).unwrap_or_else(|error| panic!("{error}"));
    let mut store = Store::of(older).unwrap_or_else(|error| panic!("{error}"));
    for sql in [
        "INSERT INTO household VALUES (1, '王家', 0)",
        "INSERT INTO member VALUES (1, '王秀英', NULL, '')",
        "INSERT INTO planned_premium VALUES (1, 1, NULL, NULL, 2027, 2030, '2026-11-20')",
        "UPDATE planned_premium SET until_year = NULL WHERE id = 1",
    ] {
        run(&mut store, |tx| {
            tx.connection.execute_batch(sql).map_err(StoreError::from)
        });
    }
    drop(store);

    let mut store = open(&path);
    let known = |store: &Store| {
        let plans = planned_premium::all(store).expect("rows");
        plans
            .into_iter()
            .map(|plan| (plan.until_year, plan.amount))
            .collect::<Vec<_>>()
    };
    assert_eq!(known(&store), [(None, None)]);
    let mut stated = planned_premium::all(&store).expect("rows").remove(0);
    stated.amount = Some(Yuan::from_fen(41_250));
    run(&mut store, |tx| planned_premium::update(tx, &stated));
    assert_eq!(known(&store), [(None, stated.amount)]);
    // What the older program wrote is undone and done again as it was.
    for _ in 0..3 {
        store.undo().expect("undone");
    }
    assert_eq!(known(&store), []);
    for _ in 0..3 {
        store.redo().expect("done again");
    }
    assert_eq!(known(&store), [(None, stated.amount)]);
    drop(store);
    assert!(verify(&path).expect("a report").is_sound());
}

/// An overdraft that was stated before anything could be said of how it is made good goes on as it was: by the
/// credits that follow.
#[test]
fn an_older_overdraft_is_made_good_by_credits() {
    let (_root, path) = folder();
    let older =
        super::super::open(&path, &plan(&STEPS[..11])).unwrap_or_else(|error| panic!("{error}"));
    let mut store = Store::of(older).unwrap_or_else(|error| panic!("{error}"));
    for sql in [
        "INSERT INTO household VALUES (1, '王家', 0)",
        "INSERT INTO member VALUES (1, '王秀英', NULL, '')",
        "INSERT INTO account VALUES (1, 1, 'insurance', '110000', '账户', '2025-01-01', 30000, '窗口',
             '2025-02-01')",
    ] {
        run(&mut store, |tx| {
            tx.connection.execute_batch(sql).map_err(StoreError::from)
        });
    }
    drop(store);

    let mut store = open(&path);
    let said = |store: &Store| account::all(store).expect("rows").remove(0);
    let older = said(&store);
    let overdraft = older.overdraft.clone().expect("an overdraft");
    assert_eq!(
        (overdraft.limit, overdraft.repay_within),
        (Yuan::from_fen(30_000), None)
    );
    let mut changed = older.clone();
    changed.overdraft = Some(gongji_domain::Overdraft {
        repay_within: Some(12),
        ..overdraft
    });
    run(&mut store, |tx| account::update(tx, &changed));
    assert_eq!(said(&store), changed);
    store.undo().expect("undone");
    assert_eq!(said(&store), older);
    drop(store);
    assert!(verify(&path).expect("a report").is_sound());
}

//! What the forms ask for, on the shipped rules.

use chrono::NaiveDate;
use gongji_domain::{
    EmploymentStatus, EntryKind, Part, PoolId, Scheme, Special, SubAccountId, Yuan,
};

use crate::{
    BalanceDraft, Bill, EnrollmentDraft, EntryDraft, ExportFormat, Gongji, Language, MemberDraft,
    Paths, PlanDraft, Repeat, RepeatDay, RepeatEnd, RepeatUnit, SetupDraft, Shelf, label,
    shipped_library,
};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

const TODAY: &str = "2026-03-01";

fn enrollment(pool: &str, scheme: Scheme) -> EnrollmentDraft {
    EnrollmentDraft {
        pool: PoolId::from(pool),
        scheme,
        plan: match scheme {
            Scheme::Employee => "with_account".to_owned(),
            Scheme::Resident => "resident".to_owned(),
        },
        status: EmploymentStatus::Active,
        from: day("2026-01-01"),
        until: None,
        contribution_base: None,
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

/// A household of one, insured like this.
fn household(enrollment: EnrollmentDraft) -> SetupDraft {
    SetupDraft {
        name: "家".to_owned(),
        members: vec![MemberDraft {
            name: "甲".to_owned(),
            born: None,
            enrollment: Some(enrollment),
            balances: Default::default(),
            balances_as_of: None,
            cash: None,
            counters: Default::default(),
            counters_as_of: None,
            credit_day: None,
        }],
        bindings: Vec::new(),
    }
}

/// The contract is asked for where a row of the benefit is chosen by it, and nowhere else.
#[test]
fn the_contract_is_asked_for_where_it_counts() {
    for (pool, scheme, part, asked) in [
        ("120000", Scheme::Employee, Part::GeneralOutpatient, true),
        ("120000", Scheme::Employee, Part::Inpatient, false),
        ("120000", Scheme::Resident, Part::GeneralOutpatient, false),
        ("330100", Scheme::Employee, Part::Pharmacy, true),
        ("440300", Scheme::Resident, Part::GeneralOutpatient, true),
        ("110000", Scheme::Employee, Part::GeneralOutpatient, false),
    ] {
        let mut gongji = Gongji::in_memory(Shelf::shipped(false));
        let draft = household(enrollment(pool, scheme));
        gongji.setup_save(day(TODAY), &draft).expect("a household");
        let household = gongji.store().expect("a store").household().expect("read");
        let prefill = gongji
            .estimate_prefill(household.members[0].id, part, day(TODAY))
            .expect("a form");
        assert_eq!(prefill.asks_contract, asked, "{pool} {scheme:?} {part:?}");
    }
}

/// A retiree is asked for what the rules of the place really need of one.
#[test]
fn retirees_are_asked_for_what_the_place_needs() {
    let gongji = Gongji::in_memory(Shelf::shipped(false));
    let kinds: &[&str] = &["enterprise", "public_sector"];
    for (pool, on, pension, frozen_credit, employers) in [
        ("110000", TODAY, false, false, &[][..]),
        ("320200", "2022-03-01", true, false, kinds),
        ("320200", TODAY, false, true, &[]),
    ] {
        let asked = gongji
            .place_form(
                &PoolId::from(pool),
                Scheme::Employee,
                day(on),
                Language::Chinese,
            )
            .expect("a form")
            .of_retirees;
        assert_eq!(
            (asked.pension, asked.frozen_credit),
            (pension, frozen_credit),
            "{pool} {on}"
        );
        assert_eq!(asked.employers, employers, "{pool} {on}");
    }
}

/// Every word for an employer has a name in both languages.
#[test]
fn employers_have_names() {
    let library = shipped_library(true);
    let rows = library
        .files
        .iter()
        .flat_map(|file| &file.blocks)
        .filter_map(|block| block.body.table())
        .flat_map(|table| table.rows);
    for word in rows.filter_map(|row| row.employer.as_ref()) {
        let key = format!("employer.{word}");
        for language in [Language::Chinese, Language::English] {
            assert_ne!(label(language, &key), key);
        }
    }
}

fn wuxi_retiree() -> EnrollmentDraft {
    EnrollmentDraft {
        status: EmploymentStatus::Retired,
        retired_on: Some(day("2020-06-30")),
        ..enrollment("320200", Scheme::Employee)
    }
}

#[test]
fn what_a_retiree_states_is_checked() {
    let gongji = Gongji::in_memory(Shelf::shipped(false));
    let yuan = |text: &str| Some(text.parse().expect("yuan"));
    let fine = wuxi_retiree();
    for (draft, fault) in [
        (fine.clone(), None),
        (
            EnrollmentDraft {
                pension: yuan("0.00"),
                frozen_credit: yuan("1000000.00"),
                employer: Some("public_sector".to_owned()),
                ..fine.clone()
            },
            None,
        ),
        (
            EnrollmentDraft {
                pension: yuan("-0.01"),
                ..fine.clone()
            },
            Some(("pension", "error.negative")),
        ),
        (
            EnrollmentDraft {
                pension: yuan("1000000.01"),
                ..fine.clone()
            },
            Some(("pension", "error.too_much")),
        ),
        (
            EnrollmentDraft {
                frozen_credit: yuan("-0.01"),
                ..fine.clone()
            },
            Some(("frozen_credit", "error.negative")),
        ),
        (
            EnrollmentDraft {
                employer: Some("farm".to_owned()),
                ..fine.clone()
            },
            Some(("employer", "error.no_such_employer")),
        ),
    ] {
        let faults = gongji.setup_check(day(TODAY), &household(draft));
        let found: Vec<(String, String)> = faults
            .into_iter()
            .map(|fault| (fault.field.unwrap_or_default(), fault.message.code))
            .collect();
        let expected: Vec<(String, String)> = fault
            .iter()
            .map(|(field, code)| (format!("members.0.enrollment.{field}"), (*code).to_owned()))
            .collect();
        assert_eq!(found, expected);
    }
}

/// What was stated is kept, and is what the account is credited with.
#[test]
fn a_frozen_sum_that_was_stated_is_credited() {
    for (stated, credited) in [(None, None), (Some("126.40"), Some("126.40"))] {
        let mut gongji = Gongji::in_memory(Shelf::shipped(false));
        let mut draft = household(EnrollmentDraft {
            frozen_credit: stated.map(|text| text.parse().expect("yuan")),
            employer: Some("enterprise".to_owned()),
            first_enrollment: false,
            back_paid: None,
            back_paid_on: None,
            pool: PoolId::from("321000"),
            ..wuxi_retiree()
        });
        let member = &mut draft.members[0];
        member.balances = [("book".into(), "100.00".parse().expect("yuan"))].into();
        member.balances_as_of = Some(day(TODAY));
        gongji.setup_save(day(TODAY), &draft).expect("a household");
        let kept = gongji.store().expect("a store").household().expect("read");
        let enrolled = &kept.enrollments[0];
        assert_eq!(
            enrolled.frozen_credit,
            stated.map(|text| text.parse().expect("yuan"))
        );
        assert_eq!(enrolled.employer.as_deref(), Some("enterprise"));
        let overview = gongji.overview(day(TODAY)).expect("an overview");
        let next = overview.cards[0].next_credit.as_ref();
        let gross = next.and_then(|next| next.gross.exact());
        assert_eq!(gross.map(|gross| gross.to_string()).as_deref(), credited);
    }
}

fn plan(gongji: &Gongji, first_on: &str, total: &str) -> PlanDraft {
    let household = gongji.store().expect("a store").household().expect("read");
    PlanDraft {
        member: household.members[0].id,
        title: "拿药".to_owned(),
        part: Part::Pharmacy,
        class: None,
        // A plan keeps nothing and not filled in alike.
        bill: Bill {
            full_self_pay: Some(Yuan::ZERO),
            over_limit: Some(Yuan::ZERO),
            upfront_copay: Some(Yuan::ZERO),
            ..Bill::of_total(total.parse().expect("yuan"))
        },
        first_on: day(first_on),
        repeat: Repeat::Rule {
            rule: "FREQ=MONTHLY".parse().expect("a rule"),
        },
        urgent: false,
    }
}

/// A plan that has begun can get another price; its first day cannot be put further back.
#[test]
fn a_plan_is_changed_in_its_place() {
    let mut gongji = Gongji::in_memory(Shelf::shipped(false));
    let draft = household(enrollment("130200", Scheme::Employee));
    gongji.setup_save(day(TODAY), &draft).expect("a household");
    let draft = plan(&gongji, "2026-03-10", "100.00");
    let kept = gongji.plan_add(day(TODAY), &draft).expect("a plan");
    let later = day("2026-05-20");
    let dearer = plan(&gongji, "2026-03-10", "120.00");
    let changed = gongji.plan_save(later, kept.id, &dearer).expect("a plan");
    let plans = gongji
        .store()
        .expect("a store")
        .household()
        .expect("read")
        .plans;
    assert_eq!(plans, [changed]);
    assert_eq!(plans[0].bill.total.to_string(), "120.00");
    let earlier = plan(&gongji, "2026-03-09", "120.00");
    let refused = gongji
        .plan_save(later, kept.id, &earlier)
        .expect_err("too early");
    assert_eq!(refused.field.as_deref(), Some("first_on"));
    gongji.plan_remove(later, kept.id).expect("removed");
    let gone = gongji.plan_save(later, kept.id, &dearer);
    assert_eq!(gone.expect_err("gone").message.code, "error.gone");
}

/// A form that is looked at says the same days as the plan that it makes, in words of the window.
#[test]
fn a_plan_says_what_its_form_says() {
    let mut gongji = Gongji::in_memory(Shelf::shipped(false));
    let draft = household(enrollment("130200", Scheme::Employee));
    gongji.setup_save(day(TODAY), &draft).expect("a household");
    let repeat = |ends| Repeat::Every {
        every: 1,
        unit: RepeatUnit::Months,
        weekdays: Vec::new(),
        on: RepeatDay::Same,
        ends,
    };
    let monthly = repeat(RepeatEnd::Never);
    let first_on = day("2026-03-31");
    let shown = gongji
        .plan_days(day(TODAY), first_on, &monthly)
        .expect("days");
    let days: Vec<String> = shown.days.iter().map(ToString::to_string).collect();
    let expected = [
        "2026-03-31",
        "2026-04-30",
        "2026-05-31",
        "2026-06-30",
        "2026-07-31",
    ];
    assert_eq!(days, expected);
    assert!(shown.goes_on);
    assert_eq!(shown.often, "每月31日（没有这一天就取月末）");
    // What began long ago is looked at from today on, and counted from its first day.
    let times = repeat(RepeatEnd::Times { times: 7 });
    let later = gongji
        .plan_days(day("2026-08-15"), first_on, &times)
        .expect("days");
    assert_eq!(later.days, [day("2026-08-31"), day("2026-09-30")]);
    assert!(!later.goes_on);

    let mut draft = plan(&gongji, "2026-03-31", "100.00");
    draft.repeat = monthly.clone();
    let kept = gongji.plan_add(day(TODAY), &draft).expect("a plan");
    let detail = gongji
        .member_detail(day(TODAY), kept.member)
        .expect("a member");
    assert_eq!(detail.plans.len(), 1);
    assert_eq!(detail.plans[0].plan, kept);
    assert_eq!(detail.plans[0].often, shown.often);
    assert_eq!(detail.plans[0].repeat, monthly);

    // In a calendar it is one thing that recurs, not one for each of its days.
    let calendar = gongji.export(ExportFormat::Ics, Language::Chinese, day(TODAY));
    let calendar = String::from_utf8(calendar.expect("a calendar")).expect("a text");
    let name = &detail.member.name;
    for line in [
        "UID:plan-1@gongji",
        "DTSTART;VALUE=DATE:20260331",
        "RRULE:FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1",
        &format!("SUMMARY:{name}：拿药"),
    ] {
        assert!(
            calendar.lines().any(|known| known == line),
            "{line}\n{calendar}"
        );
    }
    assert_eq!(calendar.matches("UID:plan-").count(), 1);

    // A day that never comes is no plan.
    draft.repeat = Repeat::Rule {
        rule: "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"
            .parse()
            .expect("a rule"),
    };
    let refused = gongji.plan_add(day(TODAY), &draft).expect_err("no day");
    assert_eq!(refused.field.as_deref(), Some("repeat"));
    assert_eq!(refused.message.code, "error.plan_never");
}

/// A damaged ledger says where the newest backup is, and opens from it when asked; never by itself.
#[test]
fn a_damaged_ledger_opens_from_its_newest_backup() {
    let folder = tempfile::tempdir().expect("a folder");
    let paths = Paths {
        data: folder.path().to_owned(),
    };
    let file = folder.path().join("household.sqlite");
    let mut gongji = Gongji::open(paths.clone());
    let draft = household(enrollment("130200", Scheme::Employee));
    gongji.setup_save(day(TODAY), &draft).expect("a household");
    drop(gongji);
    let whole = std::fs::read(&file).expect("bytes");
    let damage = || std::fs::write(&file, &whole[..whole.len() / 2]).expect("written");
    damage();
    let hint = |gongji: &Gongji| {
        let error = gongji.status(day(TODAY)).expect_err("damaged");
        error.hint.expect("a hint").code
    };
    let mut gongji = Gongji::open(paths.clone());
    assert_eq!(hint(&gongji), "hint.damaged_no_backup");
    assert!(gongji.backup_use(day(TODAY)).is_err());
    drop(gongji);

    std::fs::write(&file, &whole).expect("written");
    let gongji = Gongji::open(paths.clone());
    gongji.backup(day("2026-02-27")).expect("a backup");
    let newest = gongji.backup(day("2026-02-28")).expect("a backup");
    drop(gongji);
    // One that is newer and damaged does not count.
    let bad = folder.path().join("backups/gongji-2026-02-28-2.sqlite");
    std::fs::write(bad, &whole[..100]).expect("written");
    damage();
    let mut gongji = Gongji::open(paths);
    assert_eq!(hint(&gongji), "hint.damaged_backup");
    let error = gongji.status(day(TODAY)).expect_err("damaged");
    let params = error.hint.expect("a hint").params;
    assert_eq!(
        (&params["backup"], params["day"].as_str()),
        (&newest.path, "2026-02-28")
    );
    let status = gongji.backup_use(day(TODAY)).expect("opened");
    assert_eq!(status.household.as_deref(), Some("家"));
    assert!(
        folder
            .path()
            .join("household.damaged-2026-03-01.sqlite")
            .exists()
    );
    // Once it is open there is nothing to put in its place.
    gongji.backup_use(day(TODAY)).expect("as it is");
}

/// 北京在职，基数 9500：每月 9500 × 2% = 190.00，次月 5 日前到。6 月 10 日起记账，500.00；6、7 月的记了，8 月的没有。
#[test]
fn a_difference_is_traced_to_the_credit_that_was_not_recorded() {
    let yuan = |text: &str| text.parse::<Yuan>().expect("yuan");
    let today = day("2026-09-10");
    let mut gongji = Gongji::in_memory(Shelf::shipped(false));
    let mut draft = household(EnrollmentDraft {
        contribution_base: Some(yuan("9500.00")),
        ..enrollment("110000", Scheme::Employee)
    });
    let book = SubAccountId::from("book");
    draft.members[0].balances = [(book.clone(), yuan("500.00"))].into();
    draft.members[0].balances_as_of = Some(day("2026-06-10"));
    gongji.setup_save(today, &draft).expect("a household");
    let record = gongji.store().expect("a store").household().expect("read");
    let account = record.accounts[0].id;
    for (on, month) in [("2026-07-03", "2026-06"), ("2026-08-04", "2026-07")] {
        let credit = EntryDraft {
            account,
            sub: Some(book.clone()),
            on: day(on),
            for_month: Some(month.parse().expect("a month")),
            kind: EntryKind::Credit,
            memo: String::new(),
            amount: yuan("190.00"),
            for_member: None,
        };
        gongji.entry_record(today, &credit).expect("recorded");
    }
    let mut state = |amount: &str| {
        let seen = BalanceDraft {
            account,
            sub: Some(book.clone()),
            as_of: today,
            amount: yuan(amount),
            book_difference: false,
        };
        gongji.balance_state(today, &seen).expect("stated");
        let detail = gongji
            .member_detail(today, record.members[0].id)
            .expect("a member");
        detail.accounts[0].checks[0].explained.clone()
    };
    // 500 + 3 × 190 = 1070，账上 880。
    let explained = state("1070.00").expect("a difference");
    assert_eq!((explained.together, explained.left), (1, Yuan::ZERO));
    let reason = &explained.reasons[0];
    assert_eq!(reason.what.code, "check.missing_credit");
    assert_eq!(reason.amount.exact(), Some(yuan("190.00")));
    assert_eq!(
        reason.for_month.map(|month| month.to_string()).as_deref(),
        Some("2026-08")
    );
    assert_eq!(state("880.00"), None, "nothing is different");
}

//! 甲地：在职每月 10000 × 2% = 200.00，退休每月 100.00 扣 3.00，次月 5 日前到。

use gongji_domain::{EmploymentStatus, EntryId, Leg, MissingCredit};

use super::*;
use crate::project::tests::{Family, day, exact, library, yuan};

type Recorded<'t> = (EntryKind, &'t str, Option<&'t str>, &'t str);

/// One member, and what was recorded of the account.
fn family(status: EmploymentStatus, born: &str, recorded: &[Recorded<'_>]) -> Family {
    let mut family = Family::default();
    let member = family.member("本人", born, status, "500.00");
    family.fresh(member, "2026-01-10");
    family.household.entries = (1..)
        .zip(recorded)
        .map(|(id, (kind, on, month, amount))| Entry {
            id: EntryId(id),
            on: day(on),
            for_month: month.map(|month| month.parse().expect("a month")),
            kind: *kind,
            memo: String::new(),
            legs: vec![Leg {
                account: AccountId(1),
                sub: Some(SubAccountId::from("book")),
                amount: yuan(amount),
            }],
            corrects: None,
            settlement: None,
            for_member: None,
        })
        .collect();
    family
}

fn gaps(family: &Family, today: &str) -> Vec<CreditGap> {
    let projection = family.project(today, "2026-12-31");
    credit_gaps(&library(), &family.household, &projection)
}

/// The kinds and the first thing that speaks for each.
fn told(gap: &CreditGap) -> Vec<(GapKind, &str)> {
    let causes = gap.causes.iter();
    causes
        .map(|cause| {
            let evidence = cause.evidence.first();
            (cause.kind, evidence.map_or("", |said| said.code.as_str()))
        })
        .collect()
}

use EmploymentStatus::{Active, Retired};
use EntryKind::{Adjustment, Credit, Opening};
use GapKind::{Age, Base, ComesLate, InBalance, Merged, OtherMonth, PaidLate, Stopped, Withheld};

const BORN: &str = "1985-06-01";
const OLD: &str = "1958-06-01";
const JANUARY: Recorded<'_> = (Credit, "2026-02-04", Some("2026-01"), "200.00");
const LATE: &str = "gap.late.days";

#[test]
fn a_credit_that_did_not_come_has_the_causes_that_are_possible() {
    let retired: Recorded<'_> = (Credit, "2026-02-04", Some("2026-01"), "97.00");
    let late: Recorded<'_> = (Credit, "2026-02-12", Some("2026-01"), "200.00");
    let both: Recorded<'_> = (Credit, "2026-03-04", Some("2026-01"), "400.00");
    let march: Recorded<'_> = (Credit, "2026-03-04", Some("2026-03"), "200.00");
    let february: Recorded<'_> = (Credit, "2026-03-04", Some("2026-02"), "200.00");
    let stated: Recorded<'_> = (Opening, "2026-03-02", None, "500.00");
    let adjusted: Recorded<'_> = (Adjustment, "2026-03-02", None, "200.00");
    let possible = [(PaidLate, LATE), (Stopped, "")];
    for (status, recorded, today, month, expected) in [
        // 3 月 5 日是周四：在职的，单位没交或停了；退休的看不出原因
        (
            Active,
            vec![JANUARY],
            "2026-03-10",
            "2026-02",
            possible.to_vec(),
        ),
        (Retired, vec![retired], "2026-03-10", "2026-02", vec![]),
        // 4 月 5 日是周日，规则没有说遇节假日怎样
        (
            Active,
            vec![JANUARY, february],
            "2026-04-10",
            "2026-03",
            [vec![(ComesLate, "gap.comes_late.rest")], possible.to_vec()].concat(),
        ),
        // 1 月的迟了 7 天，2 月的只过了 5 天
        (
            Active,
            vec![late],
            "2026-03-10",
            "2026-02",
            vec![(PaidLate, LATE), (ComesLate, LATE), (Stopped, "")],
        ),
        // 1 月记了 400.00 = 200.00 + 200.00，却在 3 月 4 日才到，比 2 月 5 日迟 27 天
        (
            Active,
            vec![both],
            "2026-03-10",
            "2026-02",
            vec![
                (Merged, "gap.merged.holds"),
                (PaidLate, LATE),
                (ComesLate, LATE),
            ],
        ),
        // 3 月的最早 4 月 1 日才会到，3 月 4 日到的记成了 3 月的
        (
            Active,
            vec![JANUARY, march],
            "2026-03-10",
            "2026-02",
            vec![
                (OtherMonth, "gap.other_month.seen"),
                (PaidLate, LATE),
                (Stopped, ""),
            ],
        ),
        // 3 月 1 日起就可能到，3 月 2 日填的余额里也许已经有
        (
            Retired,
            vec![retired, stated],
            "2026-03-10",
            "2026-02",
            vec![(InBalance, "gap.in_balance.seen")],
        ),
        // 3 月 2 日核对时正好多出 200.00
        (
            Active,
            vec![JANUARY, adjusted],
            "2026-03-10",
            "2026-02",
            vec![
                (InBalance, "gap.in_balance.fits"),
                (PaidLate, LATE),
                (Stopped, ""),
            ],
        ),
    ] {
        let born = if status == Active { BORN } else { OLD };
        let found = gaps(&family(status, born, &recorded), today);
        let gap = found
            .iter()
            .find(|gap| gap.came.is_none() && gap.month.to_string() == month)
            .unwrap_or_else(|| panic!("{recorded:?}"));
        assert_eq!(told(gap), expected, "{recorded:?}");
        let sum = if status == Active { "200.00" } else { "97.00" };
        assert_eq!(gap.expected, exact(sum));
    }
}

#[test]
fn several_months_in_a_row_speak_for_an_interruption() {
    let found = gaps(&family(Active, BORN, &[JANUARY]), "2026-04-10");
    let months: Vec<String> = found.iter().map(|gap| gap.month.to_string()).collect();
    assert_eq!(months, ["2026-02", "2026-03"]);
    let stopped = found[1].causes.iter().find(|cause| cause.kind == Stopped);
    let evidence = &stopped.expect("a cause").evidence[0];
    assert_eq!(evidence.code, "gap.stopped.in_a_row");
    assert_eq!(evidence.params["n"], "2");
}

#[test]
fn who_retired_shortly_before_may_not_be_in_the_books_yet() {
    let mut family = family(Active, "1966-01-15", &[JANUARY]);
    family.household.enrollments[0].retired_on = Some(day("2026-01-15"));
    let found = gaps(&family, "2026-03-10");
    // 2 月起算退休：不缴费，没有单位可问
    assert_eq!(found[0].expected, exact("97.00"));
    assert_eq!(told(&found[0]), [(GapKind::Retired, "gap.changed.seen")]);
}

#[test]
fn what_was_noted_as_missing_is_still_spoken_of() {
    let mut family = family(Active, BORN, &[JANUARY]);
    family.household.missing_credits.push(MissingCredit {
        account: AccountId(1),
        month: "2026-02".parse().expect("a month"),
        noted_on: day("2026-03-10"),
    });
    let found = gaps(&family, "2026-03-10");
    assert_eq!(found.len(), 1);
    assert_eq!(told(&found[0]), [(PaidLate, LATE), (Stopped, "")]);
    assert_eq!(
        (found[0].due, found[0].expected),
        (day("2026-03-05"), exact("200.00"))
    );
    // 后来到了
    let came: Recorded<'_> = (Credit, "2026-03-11", Some("2026-02"), "200.00");
    family.household.entries = self::family(Active, BORN, &[JANUARY, came])
        .household
        .entries;
    assert_eq!(gaps(&family, "2026-03-12"), []);
}

#[test]
fn another_sum_is_explained_by_what_comes_to_it() {
    for (status, born, came, expected) in [
        (Active, BORN, "200.00", None),
        // 7162 × 2% = 143.24，35811 × 2% = 716.22，8000 × 2% = 160.00
        (Active, BORN, "143.24", Some(vec![(Base, "gap.base.floor")])),
        (Active, BORN, "716.22", Some(vec![(Base, "gap.base.cap")])),
        (Active, BORN, "160.00", Some(vec![(Base, "gap.base.fits")])),
        // 差一分：没有哪个基数低于下限
        (
            Active,
            BORN,
            "143.23",
            Some(vec![(Base, "gap.base.stated")]),
        ),
        // 两个月一笔，或者基数 20000
        (
            Active,
            BORN,
            "400.00",
            Some(vec![(Merged, "gap.merged.fits"), (Base, "gap.base.fits")]),
        ),
        (Retired, OLD, "97.00", None),
        (
            Retired,
            OLD,
            "100.00",
            Some(vec![(Withheld, "gap.withheld.was_not")]),
        ),
        (
            Retired,
            OLD,
            "94.00",
            Some(vec![(Withheld, "gap.withheld.is")]),
        ),
        (Retired, OLD, "55.55", Some(vec![(Withheld, "")])),
        // 还按在职的 2% 划
        (
            Retired,
            OLD,
            "200.00",
            Some(vec![(GapKind::Retired, "gap.comes_to")]),
        ),
        // 2 月 1 日满 70 岁：110 − 3 = 107，还按没满的划了 97
        (
            Retired,
            "1956-01-20",
            "97.00",
            Some(vec![(Age, "gap.comes_to")]),
        ),
        // 2 月里满 70 岁，从哪一天换档没有写：两种都对
        (Retired, "1956-02-20", "107.00", None),
        // 3 月才满 70 岁，2 月已经按满了的划
        (
            Retired,
            "1956-03-20",
            "107.00",
            Some(vec![(Age, "gap.comes_to")]),
        ),
    ] {
        let recorded = [(Credit, "2026-03-04", Some("2026-02"), came)];
        let found = gaps(&family(status, born, &recorded), "2026-03-10");
        let gap = found.iter().find(|gap| gap.came.is_some());
        assert_eq!(gap.map(told), expected, "{came}");
        if let Some(gap) = gap {
            assert_eq!(gap.came, Some(yuan(came)));
            for cause in gap.causes.iter().filter(|cause| cause.kind != Merged) {
                assert!(cause.source.is_some(), "{cause:?}");
            }
        }
    }
}

#[test]
fn a_sum_of_long_ago_and_one_that_no_rule_knows_are_left_alone() {
    let recorded = [(Credit, "2026-03-04", Some("2026-02"), "160.00")];
    let mut family = family(Active, BORN, &recorded);
    let other_sums = |family: &Family, today: &str| {
        let found = gaps(family, today).into_iter();
        found.filter(|gap| gap.came.is_some()).count()
    };
    assert_eq!(other_sums(&family, "2026-05-31"), 1);
    assert_eq!(other_sums(&family, "2026-06-01"), 0);
    family.household.enrollments[0].pool = "980100".into();
    family.household.accounts[0].pool = Some("980100".into());
    assert_eq!(other_sums(&family, "2026-03-10"), 0);
}

#[test]
fn what_was_withheld_on_its_own_belongs_to_the_sum() {
    let recorded = [
        (Credit, "2026-03-04", Some("2026-02"), "100.00"),
        (EntryKind::Withheld, "2026-03-04", Some("2026-02"), "-3.00"),
    ];
    let family = family(Retired, OLD, &recorded);
    assert!(
        gaps(&family, "2026-03-10")
            .iter()
            .all(|gap| gap.came.is_none())
    );
}

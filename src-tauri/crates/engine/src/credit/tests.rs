mod advance;
mod amounts;
mod arrival;
mod one_off;

use super::*;
use crate::sample::{self, ACCOUNT};

fn insured(status: EmploymentStatus) -> Insured {
    Insured {
        pool: PoolId::from("990100"),
        scheme: Scheme::Employee,
        plan: "with_account".to_owned(),
        status,
        special: Special::None,
        born: None,
        retired_on: None,
        insured_months: None,
        base: None,
        pension: None,
        pension_before: None,
        missing_years: None,
        employer: None,
        entered: None,
        stated_day: None,
    }
}

fn active(base: &str) -> Insured {
    Insured {
        base: Some(yuan(base)),
        ..insured(EmploymentStatus::Active)
    }
}

fn retired(born: &str) -> Insured {
    Insured {
        born: Some(day(born)),
        ..insured(EmploymentStatus::Retired)
    }
}

/// The rows, with one for those in service where only the retired are named.
fn for_everybody(rows: &str) -> String {
    match rows.contains("\"retired\"") && !rows.contains("\"active\"") {
        true => format!("{rows}, {{ status = \"active\", of = \"base\", values = [\"0%\"] }}"),
        false => rows.to_owned(),
    }
}

fn yuan(text: &str) -> Yuan {
    text.parse().expect("yuan")
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn month(text: &str) -> Month {
    text.parse().expect("a month")
}

fn due(text: &str, insured: &Insured, for_month: &str) -> Credits {
    credit_case(
        &sample::library(&[("personal-account", text)]),
        insured,
        Stay::default(),
        month(for_month),
    )
}

fn exact(amount: &str) -> Amount {
    Amount::Exact(yuan(amount))
}

#[test]
fn clamps_the_base_and_credits_the_share() {
    // 6821 × 2 %, 7162 × 2 %, 35811 × 2 % are the published figures of WE-BJ-05.
    for (base, for_month, net) in [
        ("5000.00", "2025-01", "136.42"),
        ("6820.99", "2025-01", "136.42"),
        ("6821.00", "2025-01", "136.42"),
        ("6821.01", "2025-01", "136.42"),
        ("6821.50", "2025-01", "136.43"),
        ("40000.00", "2025-11", "716.22"),
        ("35811.01", "2025-11", "716.22"),
        ("7162.00", "2025-11", "143.24"),
        ("10000.00", "2025-11", "200.00"),
    ] {
        let credits = due(ACCOUNT, &active(base), for_month);
        let [due] = &credits.due[..] else {
            panic!("{base} {for_month}: {credits:?}")
        };
        assert_eq!(
            (due.gross, due.net),
            (exact(net), exact(net)),
            "{base} {for_month}"
        );
        assert!(credits.known && credits.open.is_empty());
    }
}

#[test]
fn a_base_published_late_is_made_up_for_in_its_month() {
    let all = |for_month: &str| -> Vec<(PostingKind, Amount)> {
        let credits = due(ACCOUNT, &active("5000.00"), for_month);
        credits.due.iter().map(|due| (due.kind, due.net)).collect()
    };
    let regular = |net| (PostingKind::Credit, exact(net));
    assert_eq!(all("2025-06"), [regular("136.42")]);
    assert_eq!(
        all("2025-07"),
        [regular("136.42")],
        "still on the former limits"
    );
    assert_eq!(all("2025-09"), [regular("136.42")]);
    // (143.24 − 136.42) × 3 = 20.46
    assert_eq!(
        all("2025-10"),
        [regular("143.24"), (PostingKind::TrueUp, exact("20.46"))]
    );
    assert_eq!(all("2025-11"), [regular("143.24")]);
    let within = due(ACCOUNT, &active("8000.00"), "2025-10");
    assert_eq!(
        within.due.len(),
        1,
        "a base inside both limits owes nothing"
    );
}

#[test]
fn retirees_are_credited_net_and_more_from_seventy() {
    for (born, for_month, gross, net) in [
        ("1960-05-20", "2025-01", "100.00", "97.00"),
        ("1955-02-01", "2025-01", "100.00", "97.00"),
        ("1955-01-01", "2025-01", "110.00", "107.00"),
        ("1955-01-02", "2025-02", "110.00", "107.00"),
    ] {
        let credits = due(ACCOUNT, &retired(born), for_month);
        let due = &credits.due[0];
        assert_eq!(
            (due.gross, due.withheld, due.net),
            (exact(gross), exact("3.00"), exact(net)),
            "{born} {for_month}"
        );
        assert_eq!(due.formula, Some(format!("{gross} − 3.00")));
        let articles: Vec<_> = due
            .sources
            .iter()
            .filter_map(|s| s.article.as_deref())
            .collect();
        assert_eq!(articles, ["划入", "代扣", "到账"]);
    }
}

/// From when on the band of an age counts inside the month of the birthday, no document says.
#[test]
fn a_birthday_inside_the_month_leaves_two_sums() {
    for born in ["1955-01-02", "1955-01-31"] {
        let credits = due(ACCOUNT, &retired(born), "2025-01");
        let due = &credits.due[0];
        assert_eq!(
            due.net,
            Amount::between(yuan("97.00"), yuan("107.00")),
            "{born}"
        );
        assert_eq!(due.hangs_on, HangsOn::Age { more: true });
        let formula = "100.00 − 3.00 ～ 110.00 − 3.00";
        assert_eq!(due.formula.as_deref(), Some(formula));
    }
    // 换不换都是一样多的，就是一样多。
    let credits = due(ACCOUNT, &retired("1956-01-20"), "2025-01");
    assert_eq!(credits.due[0].net, exact("97.00"));
}

#[test]
fn knows_the_day_or_the_range_or_that_it_is_not_known() {
    let with = |text: &str, stated| {
        let mut member = active("10000.00");
        member.stated_day = stated;
        let due = due(text, &member, "2025-12").due.remove(0);
        (due.earliest, due.latest, due.day)
    };
    let on = |text: &str| Some(day(text));
    let at_latest = (on("2026-01-01"), on("2026-01-05"), DayKnown::Range);
    assert_eq!(with(ACCOUNT, None), at_latest);
    let stated = (on("2026-01-12"), on("2026-01-12"), DayKnown::Stated);
    assert_eq!(with(ACCOUNT, Some(12)), stated);
    let fixed = ACCOUNT.replace("latest = true", "latest = false");
    let by_rule = (on("2026-01-05"), on("2026-01-05"), DayKnown::Rule);
    assert_eq!(with(&fixed, None), by_rule);
    let same_month = ACCOUNT.replace("month_offset = 1", "month_offset = 0");
    let december = (on("2025-12-01"), on("2025-12-05"), DayKnown::Range);
    assert_eq!(with(&same_month, None), december);
    let unknown = ACCOUNT.replace("kind = \"day_of_month\"", "kind = \"unknown\"");
    assert_eq!(with(&unknown, None), (None, None, DayKnown::Unknown));
    let lead_only = ACCOUNT.replace("source = \"S 到账\"", "source = \"C\"");
    assert_eq!(with(&lead_only, None), (None, None, DayKnown::Unknown));
    let short = with(&same_month, Some(31)).0;
    assert_eq!(short, on("2025-12-31"));
}

#[test]
fn what_is_not_known_is_asked_and_never_zero() {
    let mut flexible = active("10000.00");
    flexible.plan = "flexible".to_owned();
    let mut no_base = active("10000.00");
    no_base.base = None;
    let mut no_birthday = retired("1960-01-01");
    no_birthday.born = None;
    for (member, key) in [
        (&flexible, "cell:personal_account.credit"),
        (&no_base, "fact:contribution_base"),
        (&no_birthday, "fact:age"),
    ] {
        let credits = due(ACCOUNT, member, "2025-12");
        assert_eq!(credits.due[0].net, Amount::UNKNOWN, "{key}");
        assert_eq!(credits.open[0].key, key);
        assert_eq!(credits.open[0].ask.as_deref(), Some("每月划入多少？"));
    }
    for (pool, for_month) in [("990200", "2025-12"), ("990100", "2022-08")] {
        let mut elsewhere = active("10000.00");
        elsewhere.pool = PoolId::from(pool);
        let credits = due(ACCOUNT, &elsewhere, for_month);
        assert!(!credits.known && credits.due.is_empty());
        assert_eq!(credits.open[0].key, "rule");
    }
}

#[test]
fn without_the_limits_the_stated_base_is_used_and_marked() {
    let lead_only = ACCOUNT.replace("source = \"S 基数二\"", "source = \"C\"");
    let credits = due(&lead_only, &active("10000.00"), "2025-12");
    assert_eq!(credits.due[0].net, exact("200.00"));
    assert!(credits.due[0].assumed);
    assert_eq!(credits.open[0].key, "cell:personal_account.base");
}

#[test]
fn nothing_is_due_where_there_is_no_account_or_nothing_is_paid_in() {
    let mut resident = active("10000.00");
    resident.scheme = Scheme::Resident;
    let mut pooled = active("10000.00");
    pooled.plan = "pooled_only".to_owned();
    let mut stopped = active("10000.00");
    stopped.status = EmploymentStatus::Suspended;
    for member in [resident, pooled, stopped] {
        let credits = due(ACCOUNT, &member, "2025-12");
        assert!(credits.known && credits.due.is_empty() && credits.open.is_empty());
    }
}

#[test]
fn figures_carried_forward_are_marked() {
    let assumed = |for_month| due(ACCOUNT, &active("5000.00"), for_month).due[0].assumed;
    assert!(!assumed("2026-06"));
    assert!(assumed("2026-07"));
}

#[test]
fn the_yearly_deduction_has_a_day_of_its_own() {
    let text = format!(
        "{ACCOUNT}\n[[withheld]]\nid = \"care\"\nfrom = 2022-09-01\nsource = \"S\"\nname = \"长护险\"\nper = \"year\"\non = \"03-15\"\nrows = [{{ status = \"any\", of = \"fixed\", values = [\"45.00\"] }}]\n"
    );
    let march = due(&text, &active("10000.00"), "2026-03").due;
    let [credit, care] = &march[..] else {
        panic!("{march:?}")
    };
    assert_eq!(credit.net, exact("200.00"));
    assert_eq!(
        (care.kind, care.net),
        (PostingKind::Withheld, exact("-45.00"))
    );
    assert_eq!(care.latest, Some(day("2026-03-15")));
    assert_eq!(due(&text, &active("10000.00"), "2026-04").due.len(), 1);
}

#[test]
fn prints_the_limits() {
    let library = sample::library(&[("personal-account", ACCOUNT)]);
    let of = |on: &str| limits(&library, &PoolId::from("990100"), Scheme::Employee, day(on));
    assert_eq!(of("2025-06-30")["base_cap"], "35283.00");
    assert_eq!(of("2025-07-01")["base_floor"], "7162.00");
    assert_eq!(
        of("2024-06-30")["base_cap"],
        "unknown",
        "not known is said, never left out"
    );
}

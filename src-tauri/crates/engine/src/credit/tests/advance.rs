//! 预划：全年一次，按月分段，年中参保、停保。

use super::*;

/// 每年 1 月 1 日一次划 12 个月：在职按上年 12 月的基数 3.4% / 3.7%（45 岁），退休 280 / 305（70 岁），
/// 当天扣长护 45。
const YEARLY: &str = r#"
pool = "990100"
scheme = "employee"
part = "personal_account"
[[sub_account]]
id = "current"
from = 2021-01-01
source = "S"
name = "当年账户"
rolls_into = "past"
on = "year_start"
[[sub_account]]
id = "past"
from = 2021-01-01
source = "S"
name = "历年账户"
rolls_into = "none"
on = "never"
[[base]]
from = 2022-07-01
source = "S"
floor = "4000.00"
cap = "20000.00"
[[base]]
from = 2023-01-01
source = "S"
floor = "4200.00"
cap = "21000.00"
[[credit]]
from = 2021-01-01
source = "S 划入"
into = "current"
per = "month"
rows = [
  { status = "active", from_age = 0, of = "base", values = ["3.4%"] },
  { status = "active", from_age = 45, of = "base", values = ["3.7%"] },
  { status = "retired", from_age = 0, of = "fixed", values = ["280.00"] },
  { status = "retired", from_age = 70, of = "fixed", values = ["305.00"] },
]
[[withheld]]
id = "care"
from = 2021-01-01
source = "S 长护"
name = "长护险"
per = "year"
on = "01-01"
rows = [{ status = "any", of = "fixed", values = ["45.00"] }]
[[advance]]
from = 2021-01-01
source = "S 预划"
on = "01-01"
covers = 12
estimate_by = "last_december"
age_crossing = "month_by_month"
joiner = "remaining_months_after_joining"
leaver = "take_back_unearned"
shortfall = "stays_negative"
ask = "预划怎么算？"
"#;

fn advance(text: &str, insured: &Insured, for_month: &str) -> CreditDue {
    let credits = due(text, insured, for_month);
    let [due] = &credits.due[..] else {
        panic!("{for_month}: {credits:?}")
    };
    assert_eq!(due.kind, PostingKind::Advance);
    due.clone()
}

fn with_born(born: &str, base: &str) -> Insured {
    Insured {
        born: Some(day(born)),
        ..active(base)
    }
}

#[test]
fn a_year_is_credited_at_once_month_by_month_of_age() {
    for (member, gross, net, formula) in [
        // 公布的算例 WE-NB-03：280 × 12 − 45 = 3315；305 × 12 − 45 = 3615。
        (
            retired("1960-01-01"),
            "3360.00",
            "3315.00",
            "280.00 × 12 − 45.00",
        ),
        (
            retired("1953-01-01"),
            "3660.00",
            "3615.00",
            "305.00 × 12 − 45.00",
        ),
        // 7 月 1 日满 70：280 × 6 + 305 × 6；8 月 1 日满，从 8 月起。
        (
            retired("1953-07-01"),
            "3510.00",
            "3465.00",
            "280.00 × 6 + 305.00 × 6 − 45.00",
        ),
        (
            retired("1953-08-01"),
            "3485.00",
            "3440.00",
            "280.00 × 7 + 305.00 × 5 − 45.00",
        ),
        // 公布的算例 WE-NB-04：18400 × 3.4% = 625.60 一个月。
        (
            with_born("1990-01-01", "18400.00"),
            "7507.20",
            "7462.20",
            "625.60 × 12 − 45.00",
        ),
        (
            with_born("1978-06-01", "10000.00"),
            "4290.00",
            "4245.00",
            "340.00 × 5 + 370.00 × 7 − 45.00",
        ),
    ] {
        let due = advance(YEARLY, &member, "2023-01");
        assert_eq!(
            (due.gross, due.net),
            (exact(gross), exact(net)),
            "{formula}"
        );
        assert_eq!(due.withheld, exact("45.00"));
        assert_eq!(due.formula.as_deref(), Some(formula));
        assert_eq!((due.months, due.for_month), (12, month("2023-01")));
        assert_eq!(due.earliest, Some(day("2023-01-01")));
        assert_eq!((due.latest, due.day), (due.earliest, DayKnown::Rule));
    }
    for for_month in ["2023-02", "2023-12"] {
        let later = due(YEARLY, &retired("1960-01-01"), for_month);
        assert!(
            later.known && later.due.is_empty() && later.open.is_empty(),
            "{for_month}"
        );
    }
}

/// 7 月 2 日满 70：那个月算哪一档没有写，3485.00 或 3510.00。
#[test]
fn a_birthday_inside_a_month_of_the_year_leaves_two_sums() {
    let due = advance(YEARLY, &retired("1953-07-02"), "2023-01");
    assert_eq!(due.gross, Amount::between(yuan("3485.00"), yuan("3510.00")));
    assert_eq!(due.hangs_on, HangsOn::Age { more: true });
}

#[test]
fn the_month_it_is_estimated_by_gives_base_and_age() {
    // 基数 30000：12 月封顶 20000，1 月封顶 21000。
    let member = with_born("1990-01-01", "30000.00");
    let by = |word: &str| {
        let text = YEARLY.replace("\"last_december\"", &format!("\"{word}\""));
        advance(&text, &member, "2023-01").gross
    };
    assert_eq!(by("last_december"), exact("8160.00"));
    assert_eq!(by("last_known_month"), exact("8160.00"));
    assert_eq!(by("first_month"), exact("8568.00"));
    let (min, max) = (yuan("8160.00"), yuan("8568.00"));
    assert_eq!(by("unknown"), Amount::Range { min, max });
    let crossing = |word: &str| {
        let text = YEARLY.replace("\"month_by_month\"", &format!("\"{word}\""));
        advance(&text, &retired("1953-07-01"), "2023-01").net
    };
    assert_eq!(crossing("not_counted"), exact("3315.00"));
    assert_eq!(crossing("at_clearing"), exact("3315.00"));
    let (min, max) = (yuan("3315.00"), yuan("3465.00"));
    assert_eq!(crossing("unknown"), Amount::Range { min, max });
}

#[test]
fn the_year_may_begin_in_july_and_the_period_may_be_half_a_year() {
    let july = YEARLY.replace("on = \"01-01\"\ncovers", "on = \"07-01\"\ncovers");
    let due_in = |text: &str, for_month: &str| {
        let credits = due(text, &retired("1960-01-01"), for_month);
        credits
            .due
            .iter()
            .map(|due| (due.kind, due.net))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        due_in(&july, "2023-07"),
        [(PostingKind::Advance, exact("3360.00"))]
    );
    // 长护仍在 1 月 1 日单独扣。
    assert_eq!(
        due_in(&july, "2024-01"),
        [(PostingKind::Withheld, exact("-45.00"))]
    );
    assert_eq!(due_in(&july, "2023-06"), []);
    let half = july.replace("covers = 12", "covers = 6");
    assert_eq!(
        due_in(&half, "2023-07"),
        [(PostingKind::Advance, exact("1680.00"))]
    );
    assert_eq!(due_in(&half, "2023-12"), []);
    assert_eq!(
        due_in(&half, "2023-06"),
        [(PostingKind::Credit, exact("280.00"))]
    );
}

#[test]
fn a_stretched_period_is_not_begun_again_inside_it() {
    // 过渡年度：2021-07-01 一次划 18 个月，到 2022 年底；2023 年起改在 1 月 1 日划 12 个月。
    let stretched = YEARLY
        .replace("on = \"01-01\"\ncovers = 12", "on = \"07-01\"\ncovers = 18")
        .replace(
            "from = 2021-01-01\nsource = \"S 预划\"",
            "from = 2021-07-01\nsource = \"S 预划\"",
        );
    let advance = &YEARLY[YEARLY.find("[[advance]]").expect("an advance")..];
    let text = stretched + &advance.replace("from = 2021-01-01", "from = 2023-01-01");
    let kinds = |for_month: &str| {
        let credits = due(&text, &retired("1960-01-01"), for_month);
        let told = credits
            .due
            .iter()
            .filter(|due| due.kind != PostingKind::Withheld);
        told.map(|due| (due.kind, due.months, due.gross))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        kinds("2021-06"),
        [(PostingKind::Credit, 1, exact("280.00"))]
    );
    assert_eq!(
        kinds("2021-07"),
        [(PostingKind::Advance, 18, exact("5040.00"))]
    );
    for for_month in ["2022-01", "2022-07", "2022-12"] {
        assert_eq!(kinds(for_month), [], "{for_month}");
    }
    assert_eq!(
        kinds("2023-01"),
        [(PostingKind::Advance, 12, exact("3360.00"))]
    );
    assert_eq!(kinds("2023-07"), []);
    assert_eq!(
        kinds("2024-01"),
        [(PostingKind::Advance, 12, exact("3360.00"))]
    );
}

#[test]
fn what_an_advance_did_not_reach_is_credited_by_the_month() {
    // 2023 年起改为按月划：2022 年的预划不再有，之前的照旧。
    let ended = format!("{YEARLY}\n[[advance]]\nfrom = 2023-01-01\nsource = \"S\"\nended = true\n");
    let kinds = |text: &str, for_month: &str| {
        let credits = due(text, &retired("1960-01-01"), for_month);
        credits
            .due
            .iter()
            .map(|due| (due.kind, due.months))
            .collect::<Vec<_>>()
    };
    assert_eq!(kinds(&ended, "2022-01"), [(PostingKind::Advance, 12)]);
    assert_eq!(kinds(&ended, "2023-05"), [(PostingKind::Credit, 1)]);
    // 规则 3 月才开始：这一年 1 月没有预划过。
    let begun = YEARLY.replace(
        "from = 2021-01-01\nsource = \"S 预划\"",
        "from = 2022-03-01\nsource = \"S 预划\"",
    );
    assert_eq!(kinds(&begun, "2022-05"), [(PostingKind::Credit, 1)]);
    assert_eq!(kinds(&begun, "2023-01"), [(PostingKind::Advance, 12)]);
}

#[test]
fn an_advance_may_be_for_one_status_and_its_premium_by_the_month() {
    let text = YEARLY
        .replace("covers = 12", "covers = 12\nstatus = \"retired\"")
        .replace(
            "per = \"year\"\non = \"01-01\"",
            "per = \"month\"\non = \"with_credit\"",
        )
        .replace("values = [\"45.00\"]", "values = [\"2.00\"]");
    let pensioner = advance(&text, &retired("1960-01-01"), "2023-01");
    assert_eq!(pensioner.net, exact("3336.00")); // 280 × 12 − 2 × 12
    assert_eq!(
        pensioner.formula.as_deref(),
        Some("280.00 × 12 − 2.00 × 12")
    );
    let worker = due(&text, &with_born("1990-01-01", "10000.00"), "2023-05").due;
    assert_eq!(
        (worker[0].kind, worker[0].net),
        (PostingKind::Credit, exact("338.00"))
    );
}

#[test]
fn what_is_credited_once_a_year_comes_with_the_advance() {
    let yearly = |text: &str| {
        text.replace("per = \"month\"", "per = \"year\"")
            .replace("\"280.00\"", "\"1680.00\"")
            .replace("\"305.00\"", "\"1890.00\"")
    };
    let with = advance(&yearly(YEARLY), &retired("1960-01-01"), "2023-01");
    assert_eq!(with.net, exact("1635.00"));
    let advance_block = &YEARLY[YEARLY.find("[[advance]]").expect("an advance")..];
    let without = yearly(YEARLY).replace(advance_block, "");
    let credits = due(&without, &retired("1960-01-01"), "2023-02");
    assert_eq!(credits.due[0].gross, Amount::UNKNOWN);
    assert_eq!(credits.open[0].key, "cell:personal_account.advance");
}

#[test]
fn a_lead_alone_does_not_advance_anything() {
    let text = YEARLY.replace("source = \"S 预划\"", "source = \"C\"");
    let credits = due(&text, &retired("1960-01-01"), "2023-01");
    assert!(!credits.known && credits.due.is_empty());
    assert_eq!(credits.open[0].key, "cell:personal_account.advance");
    assert_eq!(credits.open[0].ask.as_deref(), Some("预划怎么算？"));
}

/// What is posted in `for_month` to somebody who is a retiree from `from` until `until`.
fn along(text: &str, from: &str, until: &str, for_month: &str) -> Vec<(PostingKind, u32, Amount)> {
    let library = sample::library(&[("personal-account", text)]);
    let stay = Stay {
        from: Some(day(from)),
        until: Some(day(until)),
    };
    let credits = credit_case(&library, &retired("1960-01-01"), stay, month(for_month));
    let told = credits
        .due
        .iter()
        .map(|due| (due.kind, due.months, due.net));
    told.collect()
}

#[test]
fn who_joins_later_is_credited_for_the_rest_of_the_period() {
    let joins =
        |text: &str, from: &str, for_month: &str| along(text, from, "2030-01-01", for_month);
    let advance = |months, net| vec![(PostingKind::Advance, months, exact(net))];
    assert_eq!(
        joins(YEARLY, "2023-01-01", "2023-01"),
        advance(12, "3315.00")
    );
    // 1 月 2 日参保：2 月起 11 个月，当天的长护没有扣。
    assert_eq!(
        joins(YEARLY, "2023-01-02", "2023-01"),
        advance(11, "3080.00")
    );
    assert_eq!(
        joins(YEARLY, "2023-05-10", "2023-05"),
        advance(7, "1960.00")
    );
    assert_eq!(joins(YEARLY, "2023-05-10", "2023-06"), []);
    assert_eq!(joins(YEARLY, "2023-12-10", "2023-12"), []);
    assert_eq!(
        joins(YEARLY, "2023-05-10", "2024-01"),
        advance(12, "3315.00")
    );
    let with =
        |word: &str| YEARLY.replace("\"remaining_months_after_joining\"", &format!("\"{word}\""));
    assert_eq!(
        joins(&with("remaining_months"), "2023-05-10", "2023-05"),
        advance(8, "2240.00")
    );
    assert_eq!(joins(&with("none"), "2023-05-10", "2023-05"), []);
    let (min, max) = (yuan("0.00"), yuan("2240.00"));
    let open = Amount::Range { min, max };
    assert_eq!(
        joins(&with("unknown"), "2023-05-10", "2023-05"),
        [(PostingKind::Advance, 8, open)]
    );
}

#[test]
fn who_leaves_gives_back_what_was_not_earned() {
    let leaves =
        |text: &str, until: &str, for_month: &str| along(text, "2020-01-01", until, for_month);
    let back = |months, net| vec![(PostingKind::TakenBack, months, exact(net))];
    assert_eq!(leaves(YEARLY, "2023-08-15", "2023-09"), back(4, "-1120.00"));
    assert_eq!(leaves(YEARLY, "2023-08-31", "2023-09"), back(4, "-1120.00"));
    assert_eq!(leaves(YEARLY, "2023-09-01", "2023-10"), back(3, "-840.00"));
    assert_eq!(leaves(YEARLY, "2023-12-31", "2024-01"), []);
    let with = |word: &str| YEARLY.replace("\"take_back_unearned\"", &format!("\"{word}\""));
    assert_eq!(leaves(&with("keeps"), "2023-08-15", "2023-09"), []);
    assert_eq!(leaves(&with("at_clearing"), "2023-08-15", "2023-09"), []);
    let (min, max) = (yuan("-1120.00"), yuan("0.00"));
    let open = Amount::Range { min, max };
    assert_eq!(
        leaves(&with("unknown"), "2023-08-15", "2023-09"),
        [(PostingKind::TakenBack, 4, open)]
    );
    // 每月随划入扣的 2 元，没到的月份也没有扣。
    let monthly = YEARLY
        .replace(
            "per = \"year\"\non = \"01-01\"",
            "per = \"month\"\non = \"with_credit\"",
        )
        .replace("values = [\"45.00\"]", "values = [\"2.00\"]");
    assert_eq!(
        leaves(&monthly, "2023-08-15", "2023-09"),
        back(4, "-1112.00")
    );
}

//! 预划的年度：清算、并入、划转、收回、利息。

use super::*;

/// 甲地照上海的写法：每年 7 月 1 日预划一年，6 月 30 日清算，历年账户按 1.5% 计息。
pub(super) const JULY: &str = r#"
pool = "990100"
scheme = "employee"
part = "personal_account"
[[sub_account]]
id = "current"
from = 2016-01-01
source = "S"
name = "当年账户"
rolls_into = "past"
on = "year_start"
[[sub_account]]
id = "past"
from = 2016-01-01
source = "S"
name = "历年账户"
rolls_into = "none"
on = "never"
[[account_use]]
from = 2016-01-01
source = "S"
benefits = ["general_outpatient"]
order = [
  { sub = "current", when = "after_pool", may_pay = ["deductible", "coinsurance"] },
  { sub = "past", when = "after_pool", may_pay = ["deductible", "coinsurance"] },
]
[[base]]
from = 2016-01-01
source = "S"
floor = "4000.00"
cap = "20000.00"
[[credit]]
from = 2016-01-01
source = "S"
into = "current"
per = "month"
rows = [
  { status = "active", of = "base", values = ["2%"] },
  { status = "retired", of = "fixed", values = ["140.00"] },
]
[[credit]]
id = "employer_part"
from = 2016-01-01
source = "S"
into = "current"
per = "year"
rows = [{ status = "any", of = "fixed", values = ["280.00"] }]
[[credit]]
id = "employer_part"
from = 2017-07-01
source = "S"
into = "current"
per = "year"
rows = [{ status = "any", of = "fixed", values = ["350.00"] }]
[[advance]]
from = 2016-01-01
source = "S 预划"
on = "07-01"
covers = 12
estimate_by = "last_known_month"
age_crossing = "month_by_month"
joiner = "remaining_months"
leaver = "take_back_unearned"
shortfall = "net_from_next_current"
[[clearing]]
from = 2016-01-01
source = "S 清算"
on = "06-30"
adds = ["own_contributions", "employer_part", "closing_balance", "adjustment", "moved_in"]
takes = ["advance", "carried_shortfall"]
lands_in = "past"
interest = true
[[interest]]
from = 2016-01-01
source = "S 利率"
posted = "06-30"
measured_on = "closing_balance"
rows = [{ sub = "past", values = ["1.5%"] }]
ask = "今年的利率是多少？"
"#;

/// 2015 年起在职，基数先后两个，第二个从 2016-08 起。
pub(super) fn worker(first: &str, second: &str, current: &str, past: &str) -> Family {
    let mut family = Family::default();
    let id = family.member("母亲", "1970-03-01", EmploymentStatus::Active, "0.00");
    family.household.accounts[0].opened_on = day("2017-06-01");
    let enrollment = &mut family.household.enrollments[0];
    enrollment.from = day("2015-01-01");
    enrollment.contribution_base = Some(yuan(first));
    let mut raised = enrollment.clone();
    raised.id = EnrollmentId(9);
    raised.member = id;
    raised.from = day("2016-08-01");
    raised.contribution_base = Some(yuan(second));
    family.household.enrollments.push(raised);
    family.balances.clear();
    for (sub, amount) in [("current", current), ("past", past)] {
        let key = (AccountId(1), SubAccountId::from(sub));
        family.balances.insert(key, yuan(amount));
    }
    family
}

pub(super) struct Story {
    pub(super) projection: Projection,
}

impl Story {
    pub(super) fn of(
        text: &str,
        family: &Family,
        from: &str,
        until: &str,
        with_interest: bool,
    ) -> Story {
        let since_2016 = |text: &str| text.replace("2019-01-01", "2016-01-01");
        let library = sample::library(&[
            ("personal-account", text),
            ("counters", &since_2016(COUNTERS)),
            ("general-outpatient", &since_2016(OUTPATIENT)),
        ]);
        let request = ProjectionRequest {
            from: day(from),
            until: day(until),
            with_interest,
            steps: Steps::None,
            beside: false,
        };
        let projection = project_with(&library, &family.household, &family.balances, request);
        Story {
            projection: projection.expect("a projection"),
        }
    }

    /// Every event that says something of money: day, code, change, balance.
    fn told(&self) -> Vec<String> {
        let money = self.projection.events.iter().filter(|event| {
            event.what.code != "project.year_end" && event.what.code != "project.rules_change"
        });
        money
            .map(|event| {
                let amount = |amount: Amount| match amount {
                    Amount::Exact(yuan) => yuan.to_string(),
                    Amount::Range { min, max } => format!("{min}..{max}"),
                    Amount::Unknown(_) => "?".to_owned(),
                };
                let code = event.what.code.trim_start_matches("project.");
                format!(
                    "{} {code} {} {}",
                    event.on,
                    amount(event.change),
                    amount(event.balance)
                )
            })
            .collect()
    }

    fn formulas(&self, code: &str) -> Vec<&str> {
        let of_code = self
            .projection
            .events
            .iter()
            .filter(|event| event.what.code == code);
        of_code
            .filter_map(|event| event.formula.as_deref())
            .collect()
    }
}

/// 公布的算例 WE-SH-01：年末余额 22033.85，年初预注 2129.20，本人缴费 2063.70，单位计入 280，
/// 利息 333.73，历年账户 22582.08。
#[test]
fn the_published_clearing_comes_out() {
    // 预注 7705 × 2% × 12 + 280 = 2129.20；缴费 154.10 + 173.60 × 11 = 2063.70。
    let family = worker("7705.00", "8680.00", "1500.00", "20533.85");
    let story = Story::of(JULY, &family, "2017-06-01", "2017-07-31", true);
    // 之后当年账户 173.60 × 12 + 350 = 2433.20。
    assert_eq!(
        story.told(),
        [
            "2017-06-30 clearing 548.23 22582.08",
            "2017-07-01 advance 2433.20 25015.28",
        ]
    );
    assert_eq!(
        story.formulas("project.clearing"),
        ["2063.70 + 280.00 + 22033.85 − 2129.20 + 333.73 = 22582.08"]
    );
    assert_eq!(story.formulas("project.advance"), ["173.60 × 12 + 350.00"]);
    let plain = Story::of(JULY, &family, "2017-06-01", "2017-07-31", false);
    assert_eq!(
        plain.told(),
        [
            "2017-06-30 clearing 214.50 22248.35",
            "2017-07-01 advance 2433.20 24681.55",
        ]
    );
    let unknown = JULY.replace("\"1.5%\"", "\"unknown\"");
    let open = Story::of(&unknown, &family, "2017-06-01", "2017-07-31", true);
    assert_eq!(
        open.told(),
        plain.told(),
        "interest that is not known is not counted"
    );
    let asked = &open.projection.unknown[0];
    assert_eq!(asked.key, "cell:personal_account.interest");
    assert_eq!(asked.ask.as_deref(), Some("今年的利率是多少？"));
}

#[test]
fn what_is_spent_on_the_last_day_is_spent_before_the_clearing() {
    let mut family = worker("7705.00", "8680.00", "1500.00", "20533.85");
    let mother = MemberId(1);
    family.state_counter(mother, "op_deductible", "2017-06-01", "300.00");
    family.state_counter(mother, "own_share", "2017-06-01", "0.00");
    family.plan(mother, "2017-06-30", "1000.00", None);
    let story = Story::of(JULY, &family, "2017-06-01", "2017-07-31", false);
    // 个人负担 300：22248.35 − 300。
    assert_eq!(
        story.told(),
        [
            "2017-06-30 spending -300.00 21733.85",
            "2017-06-30 clearing 214.50 21948.35",
            "2017-07-01 advance 2433.20 24381.55",
        ]
    );
}

#[test]
fn a_clearing_below_zero_goes_where_the_rule_says() {
    // 预划 173.60 × 12 + 280 = 2363.20，实际 173.60 + 154.10 × 11 + 280 = 2148.70：少 214.50，余 100。
    let family = worker("8680.00", "7705.00", "100.00", "0.00");
    let told = |word: &str| {
        let text = JULY.replace("\"net_from_next_current\"", &format!("\"{word}\""));
        let story = Story::of(&text, &family, "2017-06-01", "2018-07-31", false);
        let keys: Vec<String> = story
            .projection
            .unknown
            .iter()
            .map(|open| open.key.clone())
            .collect();
        (story.told(), keys)
    };
    // 第二年：实际 2199.20，预划 2199.20 里先扣了 114.50，余 2084.70；历年 = 2199.20 + 2084.70 − 2084.70 − 114.50。
    let (netted, open) = told("net_from_next_current");
    assert_eq!(
        netted,
        [
            "2017-06-30 clearing_short -214.50 -114.50",
            "2017-07-01 advance 2199.20 2084.70",
            "2018-06-30 clearing 0.00 2084.70",
            "2018-07-01 advance 2199.20 4283.90",
        ]
    );
    assert!(open.is_empty());
    assert_eq!(
        told("stays_negative").0[..2],
        [
            "2017-06-30 clearing_negative -214.50 -114.50",
            "2017-07-01 advance 2199.20 2084.70",
        ]
    );
    assert_eq!(
        told("repaid").0[..2],
        [
            "2017-06-30 clearing_repaid -100.00 0.00",
            "2017-07-01 advance 2199.20 2199.20",
        ]
    );
    let (unknown, open) = told("unknown");
    assert_eq!(unknown[0], "2017-06-30 clearing_negative -214.50 -114.50");
    assert_eq!(open, ["cell:personal_account.shortfall"]);
}

#[test]
fn leaving_takes_back_what_was_not_earned_and_the_balance_may_fall_below_zero() {
    let mut family = worker("7705.00", "7705.00", "1000.00", "0.00");
    family.household.accounts[0].opened_on = day("2017-07-10");
    family.household.enrollments[1].until = Some(day("2017-09-15"));
    let story = Story::of(JULY, &family, "2017-07-10", "2017-12-31", false);
    // 10 月至次年 6 月：154.10 × 9 = 1386.90；一年一次的 350 退不退、退多少没有写。
    assert_eq!(
        story.told()[..2],
        [
            "2017-09-16 enrollment_ends 0.00 1000.00",
            "2017-10-01 credit_unknown_open ? ?"
        ]
    );
    let monthly_only = JULY
        .replace("\"280.00\"", "\"0.00\"")
        .replace("\"350.00\"", "\"0.00\"");
    let story = Story::of(&monthly_only, &family, "2017-07-10", "2017-12-31", false);
    assert_eq!(
        story.told(),
        [
            "2017-09-16 enrollment_ends 0.00 1000.00",
            "2017-10-01 taken_back -1386.90 -386.90",
        ]
    );
}

#[test]
fn the_month_of_a_move_is_credited_where_it_began_and_the_rest_is_advanced_by_the_new_place() {
    let mut family = worker("7705.00", "7705.00", "0.00", "0.00");
    family.household.enrollments[0].pool = PoolId::from("980100");
    family.household.enrollments[1].from = day("2017-09-10");
    let monthly_only = JULY
        .replace("\"280.00\"", "\"0.00\"")
        .replace("\"350.00\"", "\"0.00\"");
    let story = Story::of(&monthly_only, &family, "2017-09-30", "2018-07-31", false);
    // 10 月至次年 6 月：154.10 × 9 = 1386.90，哪天到没有写，最晚次月底；清算没有多也没有少。
    assert_eq!(
        story.told(),
        [
            "2017-11-30 advance 1386.90 1386.90",
            "2018-06-30 clearing 0.00 1386.90",
            "2018-07-01 advance 1849.20 3236.10",
        ]
    );
}

#[test]
fn a_sum_that_is_not_certain_is_not_told() {
    let mut family = worker("7705.00", "8680.00", "1500.00", "20533.85");
    family.plan(MemberId(1), "2017-06-10", "1000.00", None);
    let story = Story::of(JULY, &family, "2017-06-01", "2017-07-31", false);
    // 起付线已用满：个人 300；没用过：300 + 210。
    assert_eq!(
        story.told()[..2],
        [
            "2017-06-10 spending -510.00..-300.00 21523.85..21733.85",
            "2017-06-30 clearing_between 214.50 21738.35..21948.35",
        ]
    );
    assert_eq!(
        story.formulas("project.clearing_between"),
        ["2063.70 + 280.00 + 21523.85 − 2129.20 = 21738.35 ～ \
          2063.70 + 280.00 + 21733.85 − 2129.20 = 21948.35"]
    );
    let mut family = worker("7705.00", "7705.00", "600.00", "1000.00");
    family.plan(MemberId(1), "2017-12-10", "1000.00", None);
    let story = Story::of(&january(), &family, "2017-12-01", "2018-01-01", false);
    let mut events = story.projection.events.iter();
    let rolled = events.find(|event| event.what.code == "project.rolled_over");
    assert_eq!(
        rolled.expect("one").what.params["amount"],
        "90.00 ～ 300.00"
    );
}

/// 没有清算的地方：1 月 1 日，上年没用完的并入历年，再预划。
fn january() -> String {
    let clearing = JULY.find("[[clearing]]").expect("a clearing");
    JULY[..clearing].replace("on = \"07-01\"\ncovers", "on = \"01-01\"\ncovers")
}

#[test]
fn what_is_left_of_the_year_rolls_over_before_the_next_advance() {
    let family = worker("7705.00", "7705.00", "300.00", "1000.00");
    let story = Story::of(&january(), &family, "2017-12-01", "2018-01-31", false);
    assert_eq!(
        story.told(),
        [
            "2018-01-01 rolled_over 0.00 1300.00",
            "2018-01-01 advance 2199.20 3499.20",
        ]
    );
    let what = &story
        .projection
        .events
        .iter()
        .find(|event| event.what.code == "project.rolled_over")
        .expect("one")
        .what;
    assert_eq!(what.params["amount"], "300.00");
    assert_eq!(
        (what.params["from"].as_str(), what.params["into"].as_str()),
        ("当年账户", "历年账户")
    );
    let owed = worker("7705.00", "7705.00", "-50.00", "1000.00");
    let story = Story::of(&january(), &owed, "2017-12-01", "2018-01-31", false);
    assert_eq!(
        story.told(),
        ["2018-01-01 advance 2199.20 3149.20"],
        "a debt stays and is made up for"
    );
}

#[test]
fn what_is_above_the_sum_is_swept_after_the_roll_over() {
    let sweep = |above: &str, of: &str| {
        format!(
            "{}[[sub_account]]\nid = \"health\"\nfrom = 2016-01-01\nsource = \"S\"\nname = \"健康账户\"\nrolls_into = \"none\"\non = \"never\"\n\
             [[sweep]]\nfrom = 2016-01-01\nsource = \"S\"\nabove = \"{above}\"\n{of}\ninto = \"health\"\nask = \"从哪里划？\"\n",
            january()
        )
    };
    for (past, above, swept) in [
        ("2700.00", "3000.00", None),
        ("2700.01", "3000.00", Some("0.01")),
        ("3700.00", "3000.00", Some("1000.00")),
    ] {
        let family = worker("7705.00", "7705.00", "300.00", past);
        let story = Story::of(
            &sweep(above, "of = \"past\""),
            &family,
            "2017-12-01",
            "2018-01-31",
            false,
        );
        let event = story
            .projection
            .events
            .iter()
            .find(|event| event.what.code == "project.swept");
        let amount = event.map(|event| event.what.params["amount"].as_str());
        assert_eq!(amount, swept, "{past}");
        if let Some(event) = event {
            assert_eq!(event.change, exact("0.00"));
        }
    }
    let family = worker("7705.00", "7705.00", "300.00", "5000.00");
    let open = Story::of(
        &sweep("3000.00", ""),
        &family,
        "2017-12-01",
        "2018-01-31",
        false,
    );
    assert_eq!(
        open.projection.unknown[0].key,
        "cell:personal_account.sweep"
    );
}

#[test]
fn interest_by_the_day_is_counted_where_every_day_is_known() {
    let with = |posted: &str, measured: &str, condition: &str| {
        format!(
            "{}[[interest]]\nfrom = 2016-01-01\nsource = \"S 利率\"\nposted = \"{posted}\"\n{measured}\n{condition}\nrows = [{{ sub = \"past\", values = [\"1.5%\"] }}]\nask = \"利率？\"\n",
            january()
        )
    };
    let family = worker("7705.00", "7705.00", "0.00", "10000.00");
    let told = |text: &str, from: &str| {
        let story = Story::of(text, &family, from, "2018-12-31", true);
        let interest = story
            .told()
            .into_iter()
            .filter(|event| event.contains("interest"))
            .collect::<Vec<_>>();
        (interest, story.projection.unknown.len())
    };
    let daily = "measured_on = \"daily_average\"";
    // 2018 全年每天 10000：150.00。
    assert_eq!(
        told(&with("year_end", daily, ""), "2017-12-31").0,
        ["2018-12-31 interest 150.00 12349.20"]
    );
    // 第一季 90 天：10000 × 90 ÷ 365 × 1.5% = 36.986…；第二季 (10000 + 36.99) × 91 ÷ 365 × 1.5% = 37.536…
    let quarters = told(&with("quarterly", daily, ""), "2017-12-31").0;
    assert_eq!(
        quarters[..2],
        [
            "2018-03-31 interest 36.99 12236.19",
            "2018-06-30 interest 37.54 12273.73"
        ]
    );
    for (measured, formula) in [
        (daily, "3650000.00 ÷ 365 × 1.5% = 150.00"),
        (
            "measured_on = \"closing_balance\"",
            "10000.00 × 1.5% = 150.00",
        ),
    ] {
        let text = with("year_end", measured, "");
        let story = Story::of(&text, &family, "2017-12-31", "2018-12-31", true);
        let mut events = story.projection.events.iter();
        let posted = events.find(|event| event.what.code == "project.interest");
        let told = posted.and_then(|event| event.formula.as_deref());
        assert_eq!(told, Some(formula));
    }
    // 年中开始的预测不知道前几个月的余额。
    assert_eq!(
        told(&with("year_end", daily, ""), "2018-02-01"),
        (vec![], 1)
    );
    assert_eq!(told(&with("year_end", "", ""), "2017-12-31"), (vec![], 1));
    assert_eq!(
        told(
            &with("year_end", "measured_on = \"closing_balance\"", ""),
            "2018-02-01"
        )
        .0,
        ["2018-12-31 interest 150.00 10150.00"]
    );
    let condition = "condition = \"average_at_least_carried\"";
    assert_eq!(
        told(&with("year_end", daily, condition), "2017-12-31").0,
        ["2018-12-31 interest 150.00 12349.20"]
    );
    let off = Story::of(
        &with("year_end", daily, ""),
        &family,
        "2017-12-31",
        "2018-12-31",
        false,
    );
    assert!(off.told().iter().all(|event| !event.contains("interest")));
}

#[test]
fn an_advance_the_rule_leaves_open_is_a_range() {
    let mut family = worker("7705.00", "7705.00", "0.00", "0.00");
    family.household.members[0].born = Some(day("1973-07-01"));
    let text = january().replace("\"month_by_month\"", "\"unknown\"").replace(
        "{ status = \"active\", of = \"base\", values = [\"2%\"] },",
        "{ status = \"active\", from_age = 0, of = \"base\", values = [\"2%\"] },\n  { status = \"active\", from_age = 45, of = \"base\", values = [\"3%\"] },",
    );
    let story = Story::of(&text, &family, "2017-12-01", "2018-01-31", false);
    // 7 月满 45：154.10 × 12 + 350，或 154.10 × 6 + 231.15 × 6 + 350。
    assert_eq!(
        story.told(),
        ["2018-01-01 advance 2199.20..2661.50 2199.20..2661.50"]
    );
    let asked: Vec<&str> = (story.projection.unknown.iter())
        .map(|open| open.key.as_str())
        .collect();
    assert_eq!(asked, ["cell:personal_account.advance", "credit:1:2018-01"]);
}

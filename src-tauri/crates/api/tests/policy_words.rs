//! Every block can be read back in Chinese and in English; the figures are those of the file.

#![allow(clippy::unwrap_used)] // a sample that cannot be read fails the test

use gongji_api::{Language, heading};
use gongji_domain::PoolId;
use gongji_policy::{Described, Library, Phrase, describe};

const POOLS: &str =
    "[[pool]]\nid = \"990100\"\nname = \"甲地\"\ncity = \"990100\"\nprovince = \"990000\"\n";
const HEAD: &str = r#"
pool = "990100"
scheme = "employee"
part = "PART"
[sources.S1]
title = "虚构的办法"
grade = "official"
"#;

/// The blocks of one file as people see them.
fn shown(part: &str, blocks: &str) -> Vec<Described> {
    let path = format!("990100-jiadi/employee/{}.toml", part.replace('_', "-"));
    let counters = HEAD.replace("PART", "counters")
        + r#"
[[benefit_year]]
id = "year"
from = 2020-01-01
source = "S1"
starts = "01-01"
[[counter]]
id = "paid"
name = "门诊年度已报销"
from = 2020-01-01
source = "S1"
adds = ["pooled"]
paid_by = ["pool"]
of = ["general_outpatient"]
per = "year"
year = "year"
"#;
    let library = Library::read(
        [
            ("pools.toml".to_owned(), POOLS.to_owned()),
            ("990100-jiadi/employee/counters.toml".to_owned(), counters),
            (path.clone(), HEAD.replace("PART", part) + blocks),
        ],
        false,
    );
    let errors: Vec<_> = library.problems.iter().map(ToString::to_string).collect();
    assert_eq!(errors, Vec::<String>::new());
    let day = "2024-06-01".parse().unwrap();
    let rules = library
        .rules(&PoolId::from("990100"), "employee", day)
        .unwrap();
    let of_file = rules.blocks.iter().filter(|held| held.file.path == path);
    of_file
        .map(|held| describe(held, &|word| rules.name(word)))
        .collect()
}

fn lines(language: Language, described: &Described) -> String {
    let say = |phrase: &Phrase| heading(language, phrase);
    let table = |row: &Vec<Phrase>| row.iter().map(say).collect::<Vec<_>>().join(" | ");
    let colon = match language {
        Language::Chinese => "：",
        Language::English => ": ",
    };
    let facts = described.facts.iter().chain(&described.remarks);
    let facts = facts.map(|(name, value)| format!("{}{colon}{}", say(name), say(value)));
    let heads = (!described.heads.is_empty()).then(|| table(&described.heads));
    std::iter::once(say(&described.title))
        .chain(facts)
        .chain(heads)
        .chain(described.rows.iter().map(table))
        .collect::<Vec<_>>()
        .join("\n")
}

fn said(language: Language, found: &[Described]) -> Vec<String> {
    found.iter().map(|block| lines(language, block)).collect()
}

#[test]
fn a_ladder_reads_like_the_table_of_the_notice() {
    let found = shown(
        "general_outpatient",
        r#"
[[rate]]
from = 2020-01-01
source = "S1 第八条"
edges_on = "fund_paid"
counter = "paid"
class = ["community", "hospital"]
rows = [
  { status = "active", above = "0.00", values = ["90%", "70%"] },
  { status = "active", above = "20000.00", values = ["60%", "unknown"] },
  { status = "retired", from_retirement = 1900-01-01, values = ["90%", "85%"] },
  { status = "retired", from_retirement = 2001-01-01, from_age = 0, values = ["85%", "80%"] },
  { status = "retired", from_retirement = 2001-01-01, from_age = 70, values = ["90%", "90%"] },
]
ask = "请看一张单据"
"#,
    );
    let expected = "\
支付比例
按什么分段：按医保已经付了多少
按什么累计：门诊年度已报销
待定：请看一张单据
适用 | 社区 | 医院
在职，20,000 元以内 | 90% | 70%
在职，20,000 元以上 | 60% | 不知道
退休 | 90% | 85%
退休，2001年1月1日起退休 | 85% | 80%
退休，2001年1月1日起退休，70 岁起 | 90% | 90%";
    assert_eq!(lines(Language::Chinese, &found[0]), expected);
    let expected = "\
Reimbursement rate
Steps by: What the fund has paid so far
Adds up over: 门诊年度已报销
Still to be asked: 请看一张单据
For whom | Community clinic | Hospital
Working, up to 20,000 yuan | 90% | 70%
Working, above 20,000 yuan | 60% | Not known
Retired | 90% | 85%
Retired, retired on or after 1 Jan 2001 | 85% | 80%
Retired, retired on or after 1 Jan 2001, aged 70 or over | 90% | 90%";
    assert_eq!(lines(Language::English, &found[0]), expected);
}

#[test]
fn money_in_says_what_it_is_a_share_of() {
    let found = shown(
        "personal_account",
        r#"
[[sub_account]]
id = "book"
from = 2020-01-01
source = "S1"
name = "医保个人账户"
rolls_into = "none"
on = "never"
withdrawable = false
[[credit]]
from = 2020-01-01
source = "S1"
into = "book"
per = "month"
rows = [
  { status = "active", of = "base", values = ["2%"] },
  { status = "retired", of = "pension", at_least = "70.00", at_most = "1234567.89", values = ["4.5%"] },
]
[[withheld]]
id = "large"
from = 2020-01-01
source = "S1"
name = "大额互助"
per = "month"
on = "with_credit"
rows = [{ status = "any", of = "fixed", values = ["3.00"] }]
[[arrival]]
from = 2020-01-01
source = "S1"
kind = "day_of_month"
day = 5
month_offset = 1
latest = true
holiday = "before"
"#,
    );
    let expected = [
        "子账户\n名称：医保个人账户\n并入：无\n何时并入：从不\n能不能提现：否",
        "划入\n划入：医保个人账户\n多久一次：每月\n适用 | 划入\n在职 | 缴费基数的 2%\n\
         退休 | 本人养老金的 4.5%，不低于 70 元，不高于 1,234,567.89 元",
        "代扣\n名称：大额互助\n多久一次：每月\n何时扣：随划入\n适用 | 扣多少\n所有人 | 3 元",
        "到账\n何时到账：次月5日以前\n遇节假日：提前",
    ];
    assert_eq!(said(Language::Chinese, &found), expected);
    let expected = [
        "Sub-account\nName: Personal account (医保个人账户)\nRolls over into: None\nRolls over: Never\n\
         Can be withdrawn in cash: No",
        "Credit to the account\nCredited to: Personal account (医保个人账户)\nHow often: Every month\n\
         For whom | Credit\nWorking | 2% of the contribution base\n\
         Retired | 4.5% of the member's pension, at least 70 yuan, at most 1,234,567.89 yuan",
        "Withheld from the account\nName: 大额互助\nHow often: Every month\nWithheld: With each credit\n\
         For whom | Amount withheld\nEveryone | 3 yuan",
        "When the credit arrives\nArrives: By day 5 of the following month\n\
         If that is a holiday: Comes earlier",
    ];
    assert_eq!(said(Language::English, &found), expected);
}

#[test]
fn advance_clearing_and_holidays_are_said() {
    let found = shown(
        "personal_account",
        r#"
[[sub_account]]
id = "past"
from = 2020-01-01
source = "S1"
name = "历年账户"
rolls_into = "none"
on = "never"
[[sub_account]]
id = "current"
from = 2020-01-01
source = "S1"
name = "当年账户"
rolls_into = "past"
on = "07-01"
[[arrival]]
from = 2020-01-01
source = "S1"
status = "active"
kind = "working_days_after_contribution"
day = 7
holiday = "none"
[[advance]]
from = 2020-01-01
source = "S1"
on = "07-01"
covers = 12
status = "retired"
estimate_by = "last_december"
age_crossing = "month_by_month"
joiner = "remaining_months"
leaver = "take_back_unearned"
shortfall = "net_from_next_current"
[[clearing]]
from = 2020-01-01
source = "S1"
on = "06-30"
adds = ["own_contributions", "closing_balance"]
takes = ["advance"]
lands_in = "past"
interest = true
[[interest]]
from = 2020-01-01
source = "S1"
posted = "quarterly"
measured_on = "daily_average"
condition = "average_at_least_carried"
rows = [{ sub = "past", values = ["1.5%"] }]
[[one_off]]
from = 2020-01-01
source = "S1"
on = 2021-07-01
months = 3
[[sweep]]
from = 2020-01-01
source = "S1"
above = "3000.00"
of = "current"
into = "past"
"#,
    );
    let expected = [
        "子账户\n名称：历年账户\n并入：无\n何时并入：从不\n能不能提现：不知道",
        "子账户\n名称：当年账户\n并入：历年账户\n何时并入：7月1日\n能不能提现：不知道",
        "到账\n只给：在职\n何时到账：缴费到账后 7 个工作日内\n遇节假日：不变",
        "预划\n只给：退休\n何时预划：7月1日\n预划几个月：12 个月\n按什么估：上年12月\n\
         期内跨年龄：按月分别计\n期中参保：预划参保当月起余下的月份\n\
         期中停保：收回停保次月起的各月\n不够退的：从下一次预划里扣",
        "年度清算\n何时清算：6月30日\n加：本期实际应划、期末余额\n减：期初预划\n落在：历年账户\n计息：是",
        "计息\n何时入账：每季末\n按什么计：期内日均余额\n条件：全年日均余额不低于年初结转的余额\n\
         适用 | 利率\n历年账户 | 1.5%",
        "一次性划入\n日期：2021年7月1日\n几个月的数：3 个月",
        "余额划转\n超过：3,000 元\n从：当年账户\n划入：历年账户",
    ];
    assert_eq!(said(Language::Chinese, &found), expected);
    let expected = [
        "Sub-account\nName: Past-years account (历年账户)\nRolls over into: None\nRolls over: Never\n\
         Can be withdrawn in cash: Not known",
        "Sub-account\nName: Current-year account (当年账户)\n\
         Rolls over into: Past-years account (历年账户)\nRolls over: 1 July\n\
         Can be withdrawn in cash: Not known",
        "When the credit arrives\nOnly for: Working\n\
         Arrives: Within 7 working days after the contribution arrives\n\
         If that is a holiday: Stays the same",
        "Credit in advance\nOnly for: Retired\nCredited on: 1 July\nFor how long: 12 months\n\
         Estimated from: December of the year before\n\
         If an age limit is passed meanwhile: Counted month by month\n\
         For those who join meanwhile: The remaining months, from the month of joining\n\
         For those who leave meanwhile: The months after leaving are taken back\n\
         If too little is left to take back: Taken off the next advance",
        "Yearly clearing\nCleared on: 30 June\n\
         Plus: The credits really due for the period, the closing balance\n\
         Minus: The advance at the beginning\nGoes to: Past-years account (历年账户)\n\
         Bears interest: Yes",
        "Interest\nPaid in: At the end of each quarter\nWorked out on: The average daily balance\n\
         Condition: The year's average daily balance is not below the balance carried in\n\
         For whom | Interest rate\nPast-years account (历年账户) | 1.5%",
        "One-off credit\nDate: 1 Jul 2021\nWorth of credits: 3 months",
        "Transfer of the excess balance\nAbove: 3,000 yuan\n\
         From: Current-year account (当年账户)\nCredited to: Past-years account (历年账户)",
    ];
    assert_eq!(said(Language::English, &found), expected);
}

#[test]
fn one_thing_is_no_plural_and_capitals_stand_at_the_beginning_alone() {
    let months = |n: u32| Phrase::text("months").with("n", n);
    assert_eq!(heading(Language::English, &months(1)), "1 month");
    assert_eq!(heading(Language::English, &months(2)), "2 months");
    let list = Phrase::List(vec![Phrase::word("inpatient"), Phrase::word("pharmacy")]);
    assert_eq!(
        heading(Language::English, &list),
        "Inpatient care, pharmacy"
    );
    assert_eq!(heading(Language::Chinese, &list), "住院、定点药店");
}

/// A name with brackets of its own stands beside its kind.
#[test]
fn names_of_a_place_stay_chinese_and_english_says_what_they_are() {
    let own = |name: &str, word: &str| Phrase::Own {
        name: name.to_owned(),
        word: word.to_owned(),
    };
    for (name, word, english) in [
        ("三级医院", "tertiary", "Tertiary hospital (三级医院)"),
        (
            "三级（大医院）",
            "tertiary",
            "Tertiary hospital 三级（大医院）",
        ),
        ("某类医院", "nobody_knows", "某类医院"),
    ] {
        let own = own(name, word);
        assert_eq!(heading(Language::English, &own), english);
        assert_eq!(heading(Language::Chinese, &own), name);
    }
}

/// What is so nearly everywhere is not said, and what nobody knows only by its name.
#[test]
fn a_reader_is_told_what_says_something() {
    let found = shown(
        "mutual_aid",
        r#"
[[aid]]
id = "binding"
kind = "binding"
from = 2020-01-01
source = "S1"
area = "same_pool"
relations = ["spouse", "parent"]
pays_from = ["book"]
own_first = "unknown"
donor_order = "unknown"
user_may_reorder = "unknown"
donors_per_settlement = "unknown"
donors_per_user = "unknown"
users_per_donor = "unknown"
reserve = "unknown"
per_settlement = "none"
premiums = []
not_for = []
ends_when = []
ask = "先扣谁的？"
may_pay = ["deductible"]
benefits = ["inpatient"]
"#,
    );
    let (known, unknown) = found[0].told();
    let say = |phrase: &Phrase| heading(Language::Chinese, phrase);
    let known: Vec<String> = known
        .into_iter()
        .map(|(name, value)| format!("{}：{}", say(name), say(value)))
        .collect();
    assert!(
        known.contains(&"家人要在哪里参保：同一统筹区".to_owned()),
        "{known:?}"
    );
    assert!(
        known.iter().all(|line| !line.contains("不知道")),
        "{known:?}"
    );
    let unknown: Vec<String> = unknown.into_iter().map(say).collect();
    assert_eq!(
        unknown,
        [
            "先用自己的还是先用家人的",
            "几位家人都能付时先扣谁的",
            "看病的人能不能改这个先后",
            "一次结算能用几位家人的账户",
            "一个人最多能用几位家人的账户",
            "一个账户最多给几位家人用",
            "账户里至少要留多少"
        ]
    );
}

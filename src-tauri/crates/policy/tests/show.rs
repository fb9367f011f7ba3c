//! Every block can be read back in Chinese; the figures are those of the file.

#![allow(clippy::unwrap_used)] // a sample that cannot be read fails the test

use std::path::Path;

use gongji_domain::PoolId;
use gongji_policy::{Described, Library, describe};

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

fn lines(described: &Described) -> String {
    let facts = described
        .facts
        .iter()
        .map(|(name, value)| format!("{name}：{value}"));
    let rows = described.rows.iter().map(|row| row.join(" | "));
    let heads = (!described.heads.is_empty()).then(|| described.heads.join(" | "));
    std::iter::once(described.title.clone())
        .chain(facts)
        .chain(heads)
        .chain(rows)
        .collect::<Vec<_>>()
        .join("\n")
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
怎样分段：按基金已支付的钱分段
累计：门诊年度已报销
待定：请看一张单据
适用 | 社区 | 医院
在职 | 90% | 70%
在职，20,000.00 元以上 | 60% | 未查到
退休 | 90% | 85%
退休，2001-01-01 起退休 | 85% | 80%
退休，2001-01-01 起退休，70 岁起 | 90% | 90%";
    assert_eq!(lines(&found[0]), expected);
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
         退休 | 本人养老金的 4.5%，不低于 70.00 元，不高于 1,234,567.89 元",
        "代扣\n名称：大额互助\n多久一次：每月\n何时扣：随划入\n适用 | 扣多少\n所有人 | 3.00 元",
        "到账\n何时到账：次月 5 日前\n遇节假日：提前",
    ];
    let found: Vec<String> = found.iter().map(lines).collect();
    assert_eq!(found, expected);
}

#[test]
fn advance_clearing_and_holidays_are_said_in_chinese() {
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
        "子账户\n名称：历年账户\n并入：无\n何时并入：从不\n能不能提现：未查到",
        "子账户\n名称：当年账户\n并入：历年账户\n何时并入：7 月 1 日\n能不能提现：未查到",
        "到账\n只给：在职\n何时到账：缴费到账后 7 个工作日内\n遇节假日：不变",
        "预划\n只给：退休\n何时预划：7 月 1 日\n预划几个月：12 个月\n按什么估：上年 12 月\n\
         期内跨年龄：按月分别计\n期中参保：预划参保当月起余下的月份\n\
         期中停保：收回停保次月起的各月\n不够退的：从下一次预划里扣",
        "年度清算\n何时清算：6 月 30 日\n加：本期实际应划、期末余额\n减：期初预划\n落在：历年账户\n计息：是",
        "计息\n何时入账：每季末\n按什么计：期内日均余额\n条件：全年日均余额不低于年初结转的余额\n\
         适用 | 利率\n历年账户 | 1.5%",
        "一次性划入\n日期：2021-07-01\n几个月的数：3 个月",
        "余额划转\n超过：3,000.00 元\n从：当年账户\n划入：历年账户",
    ];
    let found: Vec<String> = found.iter().map(lines).collect();
    assert_eq!(found, expected);
}

/// The shipped library: every block has a Chinese title and no value is a bare word of the format.
#[test]
fn every_shipped_block_is_said_in_chinese() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../policies");
    let mut files = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(&root).unwrap().to_str().unwrap();
                let name = name.replace('\\', "/");
                files.push((name, std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let library = Library::read(files, false);
    let day = "2026-03-01".parse().unwrap();
    let mut count = 0;
    let mut bare = Vec::new();
    let schemes = ["employee", "resident"];
    let of_pool = |pool| schemes.map(|scheme| library.rules(pool, scheme, day).unwrap());
    for rules in library.pools.iter().flat_map(|pool| of_pool(&pool.id)) {
        let own = |file: &gongji_policy::PolicyFile| file.pool == rules.pool.id;
        for held in rules.blocks.iter().filter(|held| own(held.file)) {
            let described = describe(held, &|word| rules.name(word));
            count += 1;
            let place = format!("{} {}", held.file.path, held.block.line);
            assert_ne!(described.title, "规则", "{place}");
            let facts = described.facts.iter();
            let said = facts.filter(|(name, _)| !["说明", "待定", "名称"].contains(&name.as_str()));
            let values = said.map(|(_, value)| value);
            let conditions = described.rows.iter().map(|row| &row[0]);
            let shown = values.chain(conditions).chain(&described.heads);
            let words = shown.filter(|text| text.contains('_'));
            bare.extend(words.map(|word| format!("{place}: {word}")));
        }
    }
    assert_eq!(bare, Vec::<String>::new(), "words of the files shown bare");
    assert!(count > 50, "only {count} blocks");
}

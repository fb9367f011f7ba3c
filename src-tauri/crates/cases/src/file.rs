//! The shape of a case file, and what makes one unsound.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use gongji_domain::{
    Bill, EmploymentStatus, EstimateRequest, MemberFacts, Month, Part, PayersAtHand, PoolId,
    Relation, Scheme, Special, Visit, Yuan,
};
use serde::Deserialize;

use super::asked::{CalendarCase, ClassCase, PremiumCase, RefundCase, StandingCase, TransferCase};

/// 算例文件
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseFile {
    /// 统筹区，各例共用
    pub pool: Option<PoolId>,
    /// 险种，各例共用
    pub scheme: Option<Scheme>,
    /// 参保方式，各例共用
    pub plan: Option<String>,
    /// 待遇，各例共用
    pub part: Option<Part>,
    /// 采用「仅线索」的数字 — the cases of figures that are off unless somebody switches them on.
    #[serde(default)]
    pub with_claimed: bool,
    /// 谁读过全部手算 — somebody who did not write them.
    pub read_by: Option<String>,
    /// 结算
    #[serde(default, rename = "case")]
    pub cases: Vec<SettlementCase>,
    /// 划入
    #[serde(default, rename = "credit")]
    pub credits: Vec<CreditCase>,
    /// 年度清算
    #[serde(default, rename = "clearing")]
    pub clearings: Vec<ClearingCase>,
    /// 限额与基数
    #[serde(default, rename = "limit")]
    pub limits: Vec<LimitCase>,
    /// 共济
    #[serde(default, rename = "aid")]
    pub aids: Vec<AidCase>,
    /// 缴费
    #[serde(default, rename = "premium")]
    pub premiums: Vec<PremiumCase>,
    /// 转账
    #[serde(default, rename = "transfer")]
    pub transfers: Vec<TransferCase>,
    /// 停缴与等待期
    #[serde(default, rename = "standing")]
    pub standings: Vec<StandingCase>,
    /// 机构归类
    #[serde(default, rename = "class")]
    pub classes: Vec<ClassCase>,
    /// 放假安排
    #[serde(default, rename = "calendar")]
    pub calendars: Vec<CalendarCase>,
    /// 退费
    #[serde(default, rename = "refund")]
    pub refunds: Vec<RefundCase>,
    /// 一家人的预测
    #[serde(default, rename = "household")]
    pub households: Vec<HouseholdCase>,
}

/// 算例从哪里来
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// 官方算例
    Official,
    /// 官方算例的转载
    Copy,
    /// 真实结算单
    Slip,
    /// 按印出的规则手算
    Derived,
    /// 边界
    Boundary,
    /// 曾经出过的错
    Regression,
}

/// 结算算例
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SettlementCase {
    /// 名称
    pub name: String,
    /// 种类
    pub kind: Kind,
    /// 出自哪一页
    pub from_page: Option<String>,
    /// 手算的一行
    pub why: Option<String>,
    /// 谁算的
    pub by: Option<String>,
    /// 统筹区
    pub pool: Option<PoolId>,
    /// 险种
    pub scheme: Option<Scheme>,
    /// 参保方式
    pub plan: Option<String>,
    /// 待遇
    pub part: Option<Part>,
    /// 参保人
    pub member: MemberFacts,
    /// 就诊
    pub visit: Visit,
    /// 本期已发生
    #[serde(default)]
    pub so_far: Option<BTreeMap<String, Figure>>,
    /// 费用
    pub bill: Bill,
    /// 可用的账户
    #[serde(default)]
    pub payers: Option<PayersAtHand>,
    /// 应得
    pub expect: BTreeMap<String, Expected>,
    /// 应当未定的
    #[serde(default)]
    pub unknown: Vec<String>,
}

/// A counter's value: yuan as text, a count as text or number.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Figure {
    /// `"1200.00"`
    Text(String),
    /// `1`
    Count(u32),
}

/// 应得的数
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Expected {
    /// An amount, a date, a word, exactly.
    Exact(String),
    /// A range, exactly.
    Range {
        /// 最少
        min: Yuan,
        /// 最多
        max: Yuan,
    },
}

/// 划入算例
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CreditCase {
    /// 名称
    pub name: String,
    /// 种类
    pub kind: Kind,
    /// 出自哪一页
    pub from_page: Option<String>,
    /// 手算的一行
    pub why: Option<String>,
    /// 谁算的
    pub by: Option<String>,
    /// 统筹区
    pub pool: Option<PoolId>,
    /// 险种
    pub scheme: Option<Scheme>,
    /// 参保人
    pub member: CreditMember,
    /// 所属月份
    pub for_month: Month,
    /// 应得
    pub expect: BTreeMap<String, Expected>,
    /// 应当未定的
    #[serde(default)]
    pub unknown: Vec<String>,
}

/// 划入算例的参保人
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CreditMember {
    /// 参保状态
    pub status: EmploymentStatus,
    /// 出生日期
    pub born: Option<NaiveDate>,
    /// 缴费基数（本人申报，未夹在上下限之间）
    pub base: Option<Yuan>,
    /// 本人养老金
    pub pension: Option<Yuan>,
    /// 上次调整以前的养老金
    pub pension_before: Option<Yuan>,
    /// 本人填写的划入额
    pub entered: Option<Yuan>,
    /// 缴费年限差几年
    pub missing_years: Option<u32>,
    /// 退休前的单位（企业、机关……），如规则里的词
    pub employer: Option<String>,
    /// 累计缴费月数
    pub insured_months: Option<u32>,
    /// 特殊身份
    #[serde(default)]
    pub special: Special,
    /// 从哪天起在这里参保；不写为一直在
    pub joined: Option<NaiveDate>,
    /// 到哪天（含）为止；不写为一直在
    pub left: Option<NaiveDate>,
    /// 参保方式
    pub plan: Option<String>,
    /// 退休日期
    pub retired_on: Option<NaiveDate>,
    /// 本人填写的到账日
    pub credit_day: Option<u32>,
}

/// 年度清算算例
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClearingCase {
    /// 名称
    pub name: String,
    /// 种类
    pub kind: Kind,
    /// 出自哪一页
    pub from_page: Option<String>,
    /// 手算的一行
    pub why: Option<String>,
    /// 谁算的
    pub by: Option<String>,
    /// 哪天清算
    pub on: NaiveDate,
    /// 各项
    pub given: ClearingGiven,
    /// 应得：sum、interest、lands、sub、carried_shortfall
    pub expect: BTreeMap<String, Expected>,
}

/// 年度清算的各项；不写为零
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ClearingGiven {
    /// 本期实际应划，单位划入除外
    pub own_contributions: Yuan,
    /// 单位划入
    pub employer_part: Yuan,
    /// 期末余额
    pub closing_balance: Yuan,
    /// 调整
    pub adjustment: Yuan,
    /// 转入
    pub moved_in: Yuan,
    /// 期初预划
    pub advance: Yuan,
    /// 上期不足
    pub carried_shortfall: Yuan,
}

/// 限额与基数算例
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LimitCase {
    /// 名称
    pub name: String,
    /// 种类
    pub kind: Kind,
    /// 出自哪一页
    pub from_page: Option<String>,
    /// 手算的一行
    pub why: Option<String>,
    /// 谁算的
    pub by: Option<String>,
    /// 统筹区
    pub pool: Option<PoolId>,
    /// 险种
    pub scheme: Option<Scheme>,
    /// 日期
    pub on: NaiveDate,
    /// 应得
    pub expect: BTreeMap<String, Expected>,
}

/// 共济算例
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AidCase {
    /// 名称
    pub name: String,
    /// 种类
    pub kind: Kind,
    /// 出自哪一页
    pub from_page: Option<String>,
    /// 手算的一行
    pub why: Option<String>,
    /// 谁算的
    pub by: Option<String>,
    /// 授权人
    pub donor: AidSide,
    /// 使用人
    pub recipient: AidSide,
    /// 使用人是授权人的什么人
    pub relation: Relation,
    /// 日期
    pub on: NaiveDate,
    /// 应得：allowed、reason、kind
    pub expect: BTreeMap<String, Expected>,
}

/// 共济算例的一方
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AidSide {
    /// 统筹区
    pub pool: PoolId,
    /// 险种
    pub scheme: Scheme,
    /// 参保方式
    pub plan: Option<String>,
    /// 参保状态
    pub status: EmploymentStatus,
    /// 有没有个人账户
    pub has_account: Option<bool>,
}

/// 一家人的预测算例 — every projected event of a recorded family, each with its hand line.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HouseholdCase {
    /// 名称
    pub name: String,
    /// 种类
    pub kind: Kind,
    /// 出自哪一页
    pub from_page: Option<String>,
    /// 手算的一行
    pub why: Option<String>,
    /// 谁算的
    pub by: Option<String>,
    /// 家庭记录（JSON），与本文件同一文件夹
    pub file: String,
    /// 实际至
    pub from: NaiveDate,
    /// 预测到
    pub until: NaiveDate,
    /// 全部事件，按先后
    pub rows: Vec<EventRow>,
    /// 结论：`<姓名>.run_out`、`<姓名>.next_credit`、`<姓名>.first_cash`
    #[serde(default)]
    pub expect: BTreeMap<String, Expected>,
    /// 应当未定的
    #[serde(default)]
    pub unknown: Vec<String>,
}

/// 预测的一行
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventRow {
    /// 哪天（最晚）
    pub on: NaiveDate,
    /// 最早；不写为同一天
    pub earliest: Option<NaiveDate>,
    /// 成员姓名
    pub member: String,
    /// 种类
    pub kind: String,
    /// 本人账户的变化
    pub change: Expected,
    /// 之后的余额
    pub balance: Expected,
    /// 基金付的，一年一结的补充层付的也算
    pub fund: Option<Expected>,
    /// 现金
    pub cash: Option<Expected>,
    /// 家人账户付的
    pub aid: Option<Expected>,
    /// 手算
    pub why: String,
}

/// Why a case file, or a case in it, cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CaseFileProblem {
    /// 不是这里认得的 TOML
    #[error("{0}")]
    Unreadable(String),
    /// 一个算例也没有
    #[error("文件里一个算例也没有")]
    Empty,
    /// 没有写应得的数
    #[error("算例「{0}」没有写应得的数（expect 是空的）")]
    NothingExpected(String),
    /// 没有写总额、个人负担和基金
    #[error("算例「{0}」的 expect 至少要写总额或 patient_paid，以及一个基金的数")]
    TooLittleExpected(String),
    /// 没有写从哪里来
    #[error("算例「{0}」没有写 from_page 或 why：应得的数从哪里来")]
    NoOrigin(String),
    /// 没有写是谁的规则
    #[error("算例「{0}」没有写 {1}，文件开头也没有写")]
    Missing(String, &'static str),
}

/// Reads a case file.
///
/// # Errors
/// Where it is not TOML of this shape, holds no case, or a case expects nothing.
pub fn read(text: &str) -> Result<CaseFile, CaseFileProblem> {
    let table: toml::Table = text
        .parse()
        .map_err(|error: toml::de::Error| CaseFileProblem::Unreadable(error.to_string()))?;
    let file: CaseFile = dates_as_text(toml::Value::Table(table))
        .try_into()
        .map_err(|error: toml::de::Error| CaseFileProblem::Unreadable(error.to_string()))?;
    let origins = file.origins();
    if origins.is_empty() {
        return Err(CaseFileProblem::Empty);
    }
    for (name, kind, from_page, why, expects_nothing) in origins {
        if expects_nothing {
            return Err(CaseFileProblem::NothingExpected(name.to_owned()));
        }
        let by_hand = matches!(kind, Kind::Derived | Kind::Boundary | Kind::Regression);
        if (by_hand && why.is_none()) || (why.is_none() && from_page.is_none()) {
            return Err(CaseFileProblem::NoOrigin(name.to_owned()));
        }
    }
    for case in &file.cases {
        let names = |wanted: &dyn Fn(&str) -> bool| case.expect.keys().any(|key| wanted(key));
        let whole = names(&|key| key == "total" || key == "patient_paid");
        let fund = names(&|key| FUNDS.contains(&key));
        if !(whole && fund) && case.unknown.is_empty() {
            return Err(CaseFileProblem::TooLittleExpected(case.name.clone()));
        }
    }
    Ok(file)
}

const FUNDS: [&str; 8] = [
    "fund_paid",
    "pool_paid",
    "retiree_supplement_paid",
    "large_expense_subsidy_paid",
    "serious_illness_paid",
    "civil_servant_subsidy_paid",
    "employer_supplement_paid",
    "medical_assistance_paid",
];

type OriginLine<'a> = (&'a str, Kind, Option<&'a str>, Option<&'a str>, bool);

impl CaseFile {
    fn origins(&self) -> Vec<OriginLine<'_>> {
        let mut lines: Vec<OriginLine<'_>> = Vec::new();
        macro_rules! add {
            ($list:expr) => {
                for case in &$list {
                    lines.push((
                        &case.name,
                        case.kind,
                        case.from_page.as_deref(),
                        case.why.as_deref(),
                        case.expect.is_empty(),
                    ));
                }
            };
        }
        add!(self.cases);
        add!(self.credits);
        add!(self.clearings);
        add!(self.limits);
        add!(self.aids);
        add!(self.premiums);
        add!(self.transfers);
        add!(self.standings);
        add!(self.classes);
        add!(self.calendars);
        add!(self.refunds);
        for case in &self.households {
            let nothing = case.rows.is_empty();
            lines.push((
                &case.name,
                case.kind,
                case.from_page.as_deref(),
                case.why.as_deref(),
                nothing,
            ));
        }
        lines
    }
}

impl SettlementCase {
    /// The case as a request, with what the file says for all its cases.
    ///
    /// # Errors
    /// Where pool, scheme or part are written nowhere.
    pub fn request(&self, file: &CaseFile) -> Result<EstimateRequest, CaseFileProblem> {
        let missing = |what| CaseFileProblem::Missing(self.name.clone(), what);
        Ok(EstimateRequest {
            pool: self
                .pool
                .clone()
                .or_else(|| file.pool.clone())
                .ok_or_else(|| missing("pool"))?,
            scheme: self
                .scheme
                .or(file.scheme)
                .ok_or_else(|| missing("scheme"))?,
            plan: self
                .plan
                .clone()
                .or_else(|| file.plan.clone())
                .unwrap_or_else(|| "with_account".to_owned()),
            part: self.part.or(file.part).ok_or_else(|| missing("part"))?,
            member: self.member.clone(),
            visit: self.visit.clone(),
            so_far: self.so_far.as_ref().map(|figures| {
                figures
                    .iter()
                    .map(|(name, figure)| match figure {
                        Figure::Text(text) => (name.clone(), text.clone()),
                        Figure::Count(count) => (name.clone(), count.to_string()),
                    })
                    .collect()
            }),
            bill: self.bill.clone(),
            payers: self.payers.clone(),
        })
    }
}

/// TOML's own dates as ISO text, which is how requests carry them.
fn dates_as_text(value: toml::Value) -> toml::Value {
    match value {
        toml::Value::Datetime(date) => toml::Value::String(date.to_string()),
        toml::Value::Array(items) => {
            toml::Value::Array(items.into_iter().map(dates_as_text).collect())
        }
        toml::Value::Table(table) => toml::Value::Table(
            table
                .into_iter()
                .map(|(key, value)| (key, dates_as_text(value)))
                .collect(),
        ),
        other => other,
    }
}

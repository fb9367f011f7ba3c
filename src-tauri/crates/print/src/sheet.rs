use chrono::NaiveDate;
use gongji_domain::{Amount, Yuan};
use serde::Serialize;

/// 版式 — which of the two sheets is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// 完整估算单 — everything with its steps and sources, as many A4 pages as it takes.
    Full,
    /// 窗口单 — one A4 page in large type to hold up at the counter.
    Counter,
}

/// 估算单 — what stands on the paper. Every text is already in the reader's language; amounts stay
/// amounts, so that ranges, unknowns and the split bar are drawn one way everywhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EstimateSheet {
    /// 固定文字
    pub labels: Labels,
    /// 标题
    pub title: String,
    /// 参保人
    pub member: String,
    /// 统筹区
    pub place: String,
    /// 待遇
    pub benefit: String,
    /// 机构类别 — absent for a pharmacy.
    pub institution: Option<String>,
    /// 结算日（或住院起止）
    pub day: String,
    /// 医疗费总额
    pub total: Amount,
    /// 谁付多少
    pub split: Split,
    /// 结算单各行
    pub lines: Vec<SlipLine>,
    /// 个人负担从哪里来
    pub reasons: Vec<SlipLine>,
    /// 步骤
    pub steps: Vec<StepLine>,
    /// 未定之处
    pub questions: Vec<Question>,
    /// 到窗口问什么 — the counter form prints the first three.
    pub ask_at_counter: Vec<String>,
    /// 最弱的可信等级，一句话
    pub weakest: Option<String>,
    /// 备注
    pub notes: Vec<String>,
    /// 页脚
    pub footer: Footer,
}

/// 四方分担 — each amount is the whole of its party; `parts` say what it is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Split {
    /// 各项基金
    pub fund: Share,
    /// 本人账户
    pub own_account: Share,
    /// 家人账户（共济）
    pub family: Share,
    /// 现金 — the number to bring along.
    pub cash: Share,
}

/// 一方付多少
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// 金额
    pub amount: Amount,
    /// 说明
    pub note: Option<String>,
    /// 其中 — one line of a fund or of a relative each; none when there is nothing to tell apart.
    pub parts: Vec<SharePart>,
}

/// 其中一项
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharePart {
    /// 名称
    pub label: String,
    /// 金额
    pub amount: Amount,
    /// 说明（支付后余额、没有用到的原因）
    pub note: Option<String>,
}

/// 结算单的一行，或负担原因的一行
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlipLine {
    /// 名称
    pub label: String,
    /// 金额
    pub amount: Amount,
    /// 代替金额的话 — such as 「未填，按 0 算」, so that nothing typed is no firm 0.00.
    pub instead: Option<String>,
    /// 着重 — for totals.
    pub emphasised: bool,
}

/// 步骤的一行
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepLine {
    /// 做了什么
    pub what: String,
    /// 算式
    pub formula: Option<String>,
    /// 结果
    pub result: Option<Yuan>,
    /// 出处
    pub source: Option<String>,
    /// 可信等级 — the grade in one short word; its column is narrow.
    pub grade: Option<String>,
}

/// 未定之处 — a question and what each reading would lead to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// 什么未定
    pub what: String,
    /// 要问的问题
    pub ask: Option<String>,
    /// 各种读法
    pub readings: Vec<Reading>,
}

/// 一种读法
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// 读法
    pub what: String,
    /// 基金支付总额
    pub fund_paid: Amount,
    /// 个人负担
    pub patient_paid: Amount,
}

/// 页脚 — what it takes to print the same estimate once more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Footer {
    /// 程序名和版本
    pub version: String,
    /// 政策库哈希 — the whole of it; its first twelve digits are shown, all of it stands in the PDF's
    /// keywords.
    pub policy_hash: String,
    /// 输入哈希 — as `policy_hash`.
    pub input_hash: String,
    /// 打印日
    pub printed_on: NaiveDate,
}

/// 语言 — of the labels and texts; decides line breaking, the PDF's language and whether the total
/// is repeated in capital-form numerals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Language {
    /// 简体中文
    Chinese,
    /// 英文
    English,
}

/// 固定文字 — every word of the sheet that is not data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Labels {
    /// 语言
    #[serde(skip)]
    pub language: Language,
    /// 「估算，非结算凭证」
    pub disclaimer: String,
    /// 「参保人」
    pub member: String,
    /// 「参保地」
    pub place: String,
    /// 「待遇」
    pub benefit: String,
    /// 「医疗机构」
    pub institution: String,
    /// 「结算日」
    pub day: String,
    /// 「医疗费总额」
    pub total: String,
    /// 「大写」 — before the capital-form numerals; empty where the language has none.
    pub capital: String,
    /// 「要带的现金」
    pub cash_to_bring: String,
    /// 「谁付多少」
    pub who_pays: String,
    /// 「基金」
    pub fund: String,
    /// 「本人账户」
    pub own_account: String,
    /// 「家人账户（共济）」
    pub family: String,
    /// 「现金」
    pub cash: String,
    /// 「结算单各行」
    pub lines: String,
    /// 「个人负担从哪里来」
    pub reasons: String,
    /// 「怎么算出来的」
    pub steps: String,
    /// 「步骤与出处」 — head of the steps' middle column.
    pub step: String,
    /// 「金额（元）」
    pub amount: String,
    /// 「可信」 — head of the grades' column.
    pub grade: String,
    /// 「出处」 — before a source.
    pub source: String,
    /// 「还不确定的」
    pub questions: String,
    /// 「问」 — before the question that would settle it.
    pub ask: String,
    /// 「如果是」 — head of the readings' column.
    pub reading: String,
    /// 「基金付」 — head of a reading's column.
    pub fund_paid: String,
    /// 「个人付」 — head of a reading's column.
    pub patient_paid: String,
    /// 「到窗口问三句」
    pub ask_at_counter: String,
    /// 「备注」
    pub notes: String,
    /// 「不知道」
    pub unknown: String,
    /// 「元」 — after a large number; empty where the language puts nothing there.
    pub yuan: String,
    /// 「版本」
    pub version: String,
    /// 「政策」 — before the policy hash.
    pub policy: String,
    /// 「输入」 — before the input hash.
    pub input: String,
    /// 「打印于」
    pub printed_on: String,
    /// 「第 {page} 页，共 {pages} 页」
    pub page_of: String,
}

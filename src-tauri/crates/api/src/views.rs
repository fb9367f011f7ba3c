//! What the front ends see: plain values, every text a [`Message`] or a word of the rules.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use gongji_domain::{
    AccountId, AccountKind, Amount, Bill, Binding, BindingId, BlockRef, EmploymentStatus,
    Enrollment, EntryId, EntryKind, EstimateRequest, Grade, Member, MemberId, Message, Month, Open,
    Part, PlannedSpending, PoolId, Recurrence, Relation, Scheme, SettlementEstimate, SettlementId,
    SourceRef, Special, SubAccountId, Yuan,
};
use gongji_engine::{AdviceOption, AidVerdict, LowPoint, NextCredit, RunOut};
use serde::{Deserialize, Serialize};
use specta::Type;

/// 现状 — which file is open and how.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Status {
    /// 数据文件
    pub file: String,
    /// 数据文件夹
    pub folder: String,
    /// 打印件存放的文件夹
    pub print_folder: String,
    /// 只读，以及原因
    pub read_only: Option<Message>,
    /// 家庭名称；无则还没有建
    pub household: Option<String>,
    /// 是否演示家庭
    pub demo: bool,
    /// 可撤销的一步
    pub undo: Option<Message>,
    /// 可重做的一步
    pub redo: Option<Message>,
    /// 设置
    pub settings: Settings,
    /// 程序版本
    pub version: String,
    /// 政策库的散列
    pub policy_hash: String,
    /// 今天（由外壳给出）
    pub today: NaiveDate,
}

/// 设置
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// 语言：zh / en
    pub language: String,
    /// 外观：system / light / dark
    pub theme: String,
    /// 字号，百分数：100 / 125 / 150 / 200
    pub text_size: u32,
    /// 是否采用「仅线索」的数字
    pub with_claimed: bool,
}

/// 统筹区的选择项
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Place {
    /// 统筹区
    pub pool: PoolId,
    /// 名称
    pub name: String,
    /// 省份名称
    pub province: String,
    /// 有没有规则
    pub has_rules: bool,
}

/// 某地的表单 — what can be chosen and asked there on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PlaceForm {
    /// 统筹区
    pub pool: PoolId,
    /// 名称
    pub name: String,
    /// 有没有规则
    pub has_rules: bool,
    /// 参保方式
    pub plans: Vec<PlanChoice>,
    /// 子账户
    pub subs: Vec<SubChoice>,
    /// 各待遇的机构类别
    pub classes: Vec<ClassChoice>,
    /// 累计数
    pub counters: Vec<CounterChoice>,
    /// 缴费基数上下限
    pub base: Option<BaseRange>,
    /// 规则写的到账日说明
    pub arrival: Option<String>,
}

/// 参保方式的选择项
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PlanChoice {
    /// 标识
    pub id: String,
    /// 名称
    pub name: String,
    /// 有没有个人账户；无则未查到
    pub has_account: Option<bool>,
}

/// 子账户的选择项
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SubChoice {
    /// 标识
    pub id: SubAccountId,
    /// 名称
    pub name: String,
    /// 能不能提现
    pub withdrawable: bool,
}

/// 机构类别的选择项
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ClassChoice {
    /// 待遇
    pub part: Part,
    /// 标识
    pub id: String,
    /// 名称
    pub name: String,
}

/// 累计数的选择项
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct CounterChoice {
    /// 标识
    pub id: String,
    /// 名称
    pub name: String,
    /// 是次数（否则是金额）
    pub is_count: bool,
    /// 哪些待遇用到
    pub parts: Vec<Part>,
}

/// 缴费基数上下限
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct BaseRange {
    /// 下限；无则未查到
    pub floor: Option<Yuan>,
    /// 上限；无则未查到
    pub cap: Option<Yuan>,
    /// 沿用
    pub assumed: bool,
}

/// 首次设置 — one family; saving it is one step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct SetupDraft {
    /// 家庭名称
    pub name: String,
    /// 成员
    pub members: Vec<MemberDraft>,
    /// 绑定，成员以 `members` 中的位置（从 0 起）表示
    pub bindings: Vec<SetupBinding>,
}

/// 一位成员的草稿
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct MemberDraft {
    /// 姓名
    pub name: String,
    /// 出生日期
    pub born: Option<NaiveDate>,
    /// 参保；无则先不填
    pub enrollment: Option<EnrollmentDraft>,
    /// 医保账户余额，按子账户
    pub balances: BTreeMap<SubAccountId, Yuan>,
    /// 余额截至
    pub balances_as_of: Option<NaiveDate>,
    /// 现金账户余额
    pub cash: Option<Yuan>,
    /// 本年度累计数
    pub counters: BTreeMap<String, String>,
    /// 累计数截至
    pub counters_as_of: Option<NaiveDate>,
    /// 每月到账日
    pub credit_day: Option<u32>,
}

/// 参保的草稿
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct EnrollmentDraft {
    /// 统筹区
    pub pool: PoolId,
    /// 险种
    pub scheme: Scheme,
    /// 参保方式
    pub plan: String,
    /// 参保状态
    pub status: EmploymentStatus,
    /// 自
    pub from: NaiveDate,
    /// 缴费基数
    pub contribution_base: Option<Yuan>,
    /// 退休日期
    pub retired_on: Option<NaiveDate>,
    /// 累计缴费月数
    pub insured_months: Option<u32>,
    /// 特殊身份
    pub special: Special,
}

/// 首次设置里的绑定
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct SetupBinding {
    /// 授权人（位置）
    pub donor: u32,
    /// 使用人（位置）
    pub recipient: u32,
    /// 使用人是授权人的什么人
    pub relation: Relation,
    /// 绑定日期
    pub bound_on: NaiveDate,
}

/// 总览
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Overview {
    /// 今天
    pub today: NaiveDate,
    /// 每位成员一张卡
    pub cards: Vec<MemberCard>,
}

/// 成员卡
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct MemberCard {
    /// 成员
    pub member: Member,
    /// 参保；无则没有填
    pub enrollment: Option<Enrollment>,
    /// 参保地名称
    pub place: String,
    /// 当地有没有规则
    pub has_rules: bool,
    /// 有没有个人账户；无则未知
    pub has_account: Option<bool>,
    /// 医保账户
    pub account: Option<AccountId>,
    /// 余额合计
    pub balance: Amount,
    /// 各子账户
    pub subs: Vec<SubBalance>,
    /// 最后一笔记录或填写的日期
    pub as_of: Option<NaiveDate>,
    /// 下一次划入
    pub next_credit: Option<NextCredit>,
    /// 该到而没有记的划入，最早的在前
    pub due: Vec<DueCredit>,
    /// 下一次划入之前的最低点
    pub lowest_before_credit: Option<LowPoint>,
    /// 用完
    pub run_out: Option<RunOut>,
    /// 预测到哪天
    pub projected_until: NaiveDate,
    /// 用完怎么办
    pub advice: Vec<AdviceOption>,
    /// 未定之处
    pub unknown: Vec<Open>,
}

/// 子账户余额
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SubBalance {
    /// 子账户；现金账户没有
    pub sub: Option<SubAccountId>,
    /// 名称
    pub name: String,
    /// 余额
    pub balance: Yuan,
    /// 能不能提现
    pub withdrawable: bool,
}

/// 该到而没有记的划入
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct DueCredit {
    /// 账户
    pub account: AccountId,
    /// 子账户
    pub sub: SubAccountId,
    /// 所属月份
    pub month: Month,
    /// 最晚应到
    pub due: NaiveDate,
    /// 净额
    pub net: Amount,
    /// 已记为没有到
    pub missing: bool,
}

/// 「到账了」
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct CreditAnswer {
    /// 账户
    pub account: AccountId,
    /// 子账户
    pub sub: SubAccountId,
    /// 所属月份
    pub month: Month,
    /// 到账日；无则没有到
    pub arrived_on: Option<NaiveDate>,
    /// 净额；无则没有到
    pub amount: Option<Yuan>,
}

/// 成员详情
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct MemberDetail {
    /// 成员
    pub member: Member,
    /// 参保关系，早的在前
    pub enrollments: Vec<Enrollment>,
    /// 参保地名称，按统筹区
    pub places: BTreeMap<PoolId, String>,
    /// 账户
    pub accounts: Vec<AccountView>,
    /// 累计数的现值
    pub counters: Vec<CounterNow>,
    /// 本人填写的到账日
    pub credit_day: Option<u32>,
    /// 计划支出
    pub plans: Vec<PlannedSpending>,
}

/// 账户视图
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct AccountView {
    /// 账户
    pub id: AccountId,
    /// 种类
    pub kind: AccountKind,
    /// 名称
    pub name: String,
    /// 各子账户余额
    pub subs: Vec<SubBalance>,
    /// 合计
    pub balance: Yuan,
    /// 最近的核对
    pub checks: Vec<BalanceCheck>,
}

/// 余额核对 — what was stated, what the record says, and the difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct BalanceCheck {
    /// 截至
    pub as_of: NaiveDate,
    /// 子账户
    pub sub: Option<SubAccountId>,
    /// 填写的余额
    pub stated: Yuan,
    /// 记录算出的余额
    pub recorded: Yuan,
    /// 差额 = 填写 − 记录
    pub difference: Yuan,
}

/// 累计数的现值
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct CounterNow {
    /// 标识
    pub id: String,
    /// 名称
    pub name: String,
    /// 是次数
    pub is_count: bool,
    /// 现值；无则未知
    pub value: Option<String>,
    /// 填写的截至日
    pub stated_as_of: Option<NaiveDate>,
    /// 之后又记了几笔结算
    pub recorded_since: u32,
    /// 本年度起
    pub year_from: NaiveDate,
}

/// 账户的一页分录
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct EntryPage {
    /// 行，新的在前
    pub rows: Vec<EntryRow>,
    /// 一共几行
    pub total: u32,
}

/// 分录的一行 — a corrected entry is one line: what stands now, and what it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct EntryRow {
    /// 编号
    pub id: EntryId,
    /// 到账（发生）日
    pub on: NaiveDate,
    /// 所属月份
    pub for_month: Option<Month>,
    /// 种类
    pub kind: EntryKind,
    /// 摘要
    pub memo: String,
    /// 子账户
    pub sub: Option<SubAccountId>,
    /// 增减
    pub amount: Yuan,
    /// 之后的余额
    pub balance: Yuan,
    /// 更正前的金额
    pub was: Option<Yuan>,
    /// 更正前的日期
    pub was_on: Option<NaiveDate>,
    /// 属于哪一次结算
    pub settlement: Option<SettlementId>,
}

/// 记一笔
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct EntryDraft {
    /// 账户
    pub account: AccountId,
    /// 子账户
    pub sub: Option<SubAccountId>,
    /// 日期
    pub on: NaiveDate,
    /// 所属月份
    pub for_month: Option<Month>,
    /// 种类
    pub kind: EntryKind,
    /// 摘要
    pub memo: String,
    /// 增（正）减（负）
    pub amount: Yuan,
}

/// 填写余额
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct BalanceDraft {
    /// 账户
    pub account: AccountId,
    /// 子账户
    pub sub: Option<SubAccountId>,
    /// 截至
    pub as_of: NaiveDate,
    /// 余额
    pub amount: Yuan,
    /// 差额是否记一笔调整
    pub book_difference: bool,
}

/// 填写累计数
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct CounterDraft {
    /// 成员
    pub member: MemberId,
    /// 累计数
    pub counter: String,
    /// 截至
    pub as_of: NaiveDate,
    /// 数值
    pub value: String,
}

/// 绑定的草稿
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct BindingDraft {
    /// 授权人
    pub donor: MemberId,
    /// 使用人
    pub recipient: MemberId,
    /// 使用人是授权人的什么人
    pub relation: Relation,
    /// 绑定日期
    pub bound_on: NaiveDate,
}

/// 共济关系页
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct BindingsView {
    /// 绑定，按使用人与备案顺序
    pub bindings: Vec<BindingRow>,
}

/// 一条绑定
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct BindingRow {
    /// 绑定
    pub binding: Binding,
    /// 授权人姓名
    pub donor_name: String,
    /// 使用人姓名
    pub recipient_name: String,
    /// 授权人余额
    pub donor_balance: Amount,
    /// 今天能不能用，为什么
    pub verdict: AidVerdict,
}

/// 估算表单的预填
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct EstimatePrefill {
    /// 当地有没有这一待遇的规则
    pub has_rules: bool,
    /// 机构类别
    pub classes: Vec<ClassChoice>,
    /// 这一待遇用到的累计数及其现值
    pub counters: Vec<CounterNow>,
    /// 本人账户余额
    pub own: BTreeMap<SubAccountId, Yuan>,
    /// 可用的授权人
    pub aid: Vec<gongji_domain::AidOffer>,
}

/// 估算表单
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct EstimateDraft {
    /// 成员
    pub member: MemberId,
    /// 待遇
    pub part: Part,
    /// 机构类别
    pub class: Option<String>,
    /// 结算日
    pub settled_on: NaiveDate,
    /// 入院日
    pub admitted_on: Option<NaiveDate>,
    /// 签约或选点
    pub contract: bool,
    /// 使用个人账户
    pub use_account: bool,
    /// 费用
    pub bill: Bill,
    /// 这一次改填的累计数（不写入账本）
    pub so_far: BTreeMap<String, String>,
}

/// 估算结果
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct EstimateView {
    /// 成员姓名
    pub member_name: String,
    /// 参保地名称
    pub place: String,
    /// 机构类别名称
    pub class_name: Option<String>,
    /// 请求
    pub request: EstimateRequest,
    /// 估算
    pub estimate: SettlementEstimate,
    /// 请求的散列
    pub input_hash: String,
}

/// 打印的样式
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type,
)]
#[serde(rename_all = "snake_case")]
pub enum PaperForm {
    /// A4 全文
    Full,
    /// 大字一页，给窗口看
    Counter,
}

/// 存好的文件
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SavedFile {
    /// 路径
    pub path: String,
    /// 文件夹
    pub folder: String,
}

/// 计划支出的草稿
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct PlanDraft {
    /// 成员
    pub member: MemberId,
    /// 名称
    pub title: String,
    /// 待遇
    pub part: Part,
    /// 机构类别
    pub class: Option<String>,
    /// 每次费用
    pub bill: Bill,
    /// 第一次
    pub first_on: NaiveDate,
    /// 重复方式
    pub recurrence: Recurrence,
    /// 最后一次不晚于
    pub until: Option<NaiveDate>,
    /// 不能推迟
    pub urgent: bool,
}

/// 政策页 — what applies to a member (or a place) on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PolicyView {
    /// 统筹区
    pub pool: PoolId,
    /// 名称
    pub name: String,
    /// 险种
    pub scheme: Scheme,
    /// 日期
    pub day: NaiveDate,
    /// 有没有规则
    pub has_rules: bool,
    /// 各部分
    pub parts: Vec<PolicyPart>,
}

/// 政策的一部分
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PolicyPart {
    /// 部分的词（`general_outpatient`、`personal_account` …）
    pub part: String,
    /// 段
    pub blocks: Vec<PolicyBlock>,
}

/// 政策的一段，写成人看的表
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PolicyBlock {
    /// 哪一段
    pub reference: BlockRef,
    /// 来自哪一层（统筹区名称或「全国」）
    pub layer: String,
    /// 段名的中文
    pub title: String,
    /// 字段，「名称：值」
    pub facts: Vec<PolicyFact>,
    /// 列头，第一列是条件
    pub heads: Vec<String>,
    /// 行
    pub rows: Vec<Vec<String>>,
    /// 出处
    pub source: Option<SourceRef>,
    /// 有效等级
    pub grade: Grade,
    /// 说明
    pub note: Option<String>,
    /// 问题
    pub ask: Option<String>,
    /// 沿用
    pub assumed: bool,
    /// 因只是线索而没有采用
    pub off: bool,
}

/// 一项「名称：值」
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PolicyFact {
    /// 名称
    pub name: String,
    /// 值
    pub value: String,
}

/// 共济绑定的先后移动
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct BindingMove {
    /// 绑定
    pub binding: BindingId,
    /// 新的顺序，从 1 起
    pub rank: u32,
}

//! 自己加的规则 — what the front ends see of it.

use chrono::NaiveDate;
use gongji_domain::{Amount, BlockRef, PoolId, Scheme, Yuan};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::{FieldChange, PolicyChange};

/// 自己加的规则 — all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct OwnRules {
    /// 政策包
    pub packs: Vec<PolicyPack>,
    /// 本户自己写的，一条一个数
    pub rules: Vec<OwnRule>,
}

/// 政策包 — a folder of policy files that was added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PolicyPack {
    /// 名称 — the folder's.
    pub name: String,
    /// 哪天加的
    pub added_on: NaiveDate,
    /// 几个文件
    pub files: u32,
    /// 说的是哪些地方
    pub places: Vec<String>,
    /// 现在有哪些问题；有问题的段不起作用
    pub problems: Vec<RulesProblem>,
}

/// 本户自己写的一条
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct OwnRule {
    /// 写成了哪一段
    pub block: BlockRef,
    /// 哪里的
    pub place: String,
    /// 险种
    pub scheme: String,
    /// 部分的词
    pub part: String,
    /// 段名；读不出来则无
    pub title: Option<String>,
    /// 和当地的规则有什么不同；没有则是一样的
    pub changes: Vec<FieldChange>,
    /// 到哪天（含）为止
    pub until: Option<NaiveDate>,
    /// 从哪里知道的
    pub source: String,
    /// 不起作用的原因
    pub problems: Vec<RulesProblem>,
}

/// 本户说的一个数
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct OwnRuleDraft {
    /// 哪里的
    pub pool: PoolId,
    /// 险种
    pub scheme: Scheme,
    /// 照着哪一段
    pub block: BlockRef,
    /// 第几行，从 0 起
    pub row: u32,
    /// 第几格，从 0 起
    pub column: u32,
    /// 数，如 `85%`、`600`、`不限`
    pub figure: String,
    /// 从哪天起
    pub from: NaiveDate,
    /// 到哪天（含）为止；不知道则无
    pub until: Option<NaiveDate>,
    /// 从哪里知道的
    pub source: String,
}

/// 加进来以前看一看 — what would be different.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct RulesPreview {
    /// 政策包的名称
    pub name: String,
    /// 换掉一个同名的
    pub replaces: bool,
    /// 几个文件
    pub files: u32,
    /// 文件里的问题
    pub problems: Vec<RulesProblem>,
    /// 有错误，不能加；会变什么就不说了
    pub refused: bool,
    /// 哪些段不同
    pub blocks: Vec<PolicyChange>,
    /// 哪些记下的、计划的、预测的会不同
    pub impacts: Vec<Impact>,
    /// 看的是哪些内容 — given back when it is added, so that nothing else is added than was seen.
    pub seen: String,
}

/// 政策文件的一个问题
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct RulesProblem {
    /// 文件
    pub file: String,
    /// 行，从 1 起；说的是整个文件则为 0
    pub line: u32,
    /// 那一行写着什么
    pub excerpt: String,
    /// 写了什么、应当写什么，一句中文
    pub sentence: String,
    /// 是错误，不只是提醒
    pub error: bool,
}

/// 会变的是什么
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ImpactKind {
    /// 记下的结算，按规则重算；记录本身不变
    Recorded,
    /// 计划的支出
    Planned,
    /// 计划的缴费
    Premium,
    /// 预测
    Expected,
}

impl ImpactKind {
    /// The word on the wire.
    pub fn word(self) -> &'static str {
        match self {
            ImpactKind::Recorded => "recorded",
            ImpactKind::Planned => "planned",
            ImpactKind::Premium => "premium",
            ImpactKind::Expected => "expected",
        }
    }
}

/// 哪一个数
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ImpactFigure {
    /// 基金支付
    Fund,
    /// 现金
    Cash,
    /// 缴费的数
    Premium,
    /// 划入到账
    Credit,
    /// 预测期末的账户余额
    Balance,
}

impl ImpactFigure {
    /// The word on the wire.
    pub fn word(self) -> &'static str {
        match self {
            ImpactFigure::Fund => "fund",
            ImpactFigure::Cash => "cash",
            ImpactFigure::Premium => "premium",
            ImpactFigure::Credit => "credit",
            ImpactFigure::Balance => "balance",
        }
    }
}

/// 一个会变的数
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Impact {
    /// 什么
    pub kind: ImpactKind,
    /// 谁
    pub member: String,
    /// 哪天
    pub on: NaiveDate,
    /// 哪一笔：待遇的词、计划的名称、缴费的年度或所属月份
    pub what: String,
    /// 哪一个数
    pub figure: ImpactFigure,
    /// 原来
    pub before: Amount,
    /// 现在
    pub after: Amount,
    /// 相差；有一边不确定则无
    pub by: Option<Yuan>,
}

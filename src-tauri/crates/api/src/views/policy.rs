//! 政策页 — what the front ends see of it.

use chrono::NaiveDate;
use gongji_domain::{BlockRef, Grade, PoolId, Scheme, SourceRef};
use gongji_policy::ChangeKind;
use serde::{Deserialize, Serialize};
use specta::Type;

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

/// 政策的一段，写成人看的表 — in the language that was asked for; names that the place gave, the
/// source, the note and the question as they stand in the file
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PolicyBlock {
    /// 哪一段
    pub reference: BlockRef,
    /// 来自哪一层（统筹区名称，或全国）
    pub layer: String,
    /// 段名
    pub title: String,
    /// 字段，「名称：值」
    pub facts: Vec<PolicyFact>,
    /// 还没有查到的字段，只有名称
    pub open: Vec<String>,
    /// 列头，第一列是条件
    pub heads: Vec<String>,
    /// 行
    pub rows: Vec<Vec<String>>,
    /// 格，照文件的写法，可以由本户另写；没有表则为空
    pub cells: Vec<Vec<String>>,
    /// 哪几格是本户自己写的，和 `cells` 一样排；比不出来则为空
    pub stated: Vec<Vec<bool>>,
    /// 是本户自己写的
    pub own: bool,
    /// 出处
    pub source: Option<SourceRef>,
    /// 有效等级
    pub grade: Grade,
    /// 说明
    pub note: Option<String>,
    /// 问题
    pub ask: Option<String>,
    /// 先按旧数
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

/// 一段的差别
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PolicyChange {
    /// 哪一段
    pub block: BlockRef,
    /// 哪里的
    pub place: String,
    /// 险种
    pub scheme: String,
    /// 部分的词
    pub part: String,
    /// 段名
    pub title: String,
    /// 怎么变
    pub kind: ChangeKind,
    /// 变了什么；增删的段没有
    pub changes: Vec<FieldChange>,
}

/// 一处改动
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct FieldChange {
    /// 哪一处：字段，或「适用 · 列头」
    pub what: String,
    /// 原来；没有则无
    pub before: Option<String>,
    /// 现在；没有则无
    pub after: Option<String>,
}

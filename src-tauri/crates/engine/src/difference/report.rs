use gongji_domain::{Amount, Message, SlipContradiction, SlipLine, Yuan};
use serde::{Deserialize, Serialize};
use specta::Type;

/// 核对的结果 — the slip beside the estimate, and what would explain the difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct DifferenceReport {
    /// 单子上填了的各行
    pub lines: Vec<LineDifference>,
    /// 单子自己对不上的地方
    pub contradictions: Vec<SlipContradiction>,
    /// 能比的各行都一致
    pub agrees: bool,
    /// 可能的原因，好的在前
    pub explanations: Vec<Explanation>,
    /// 估算还没有定、所以比不了的行
    pub not_compared: Vec<SlipLine>,
    /// 没有一种改法能解释全部时，到窗口问什么
    pub ask: Option<Message>,
}

/// 一行的差别
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct LineDifference {
    /// 哪一行
    pub line: SlipLine,
    /// 估算；这一行本来就不估算的没有
    pub estimated: Option<Amount>,
    /// 单子上的数
    pub slip: Yuan,
    /// 差额 = 单子 − 估算；估算没有定的没有
    pub difference: Option<Yuan>,
}

/// 一种可能的原因 — never a fact: 「如果…，就和结算单一致」.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Explanation {
    /// 改什么，一样或几样
    pub changes: Vec<Message>,
    /// 那样就一致的行
    pub agreeing: Vec<SlipLine>,
    /// 一共能比几行
    pub compared: u32,
    /// 全部一致
    pub whole: bool,
}

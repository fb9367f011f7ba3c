//! 划入 — what is credited to an account for a month: base → addends → adjustments → withheld →
//! day of arrival.

mod addend;
mod advance;
mod arrival;
mod base;
mod cleared;
mod estimated;
mod ground;
mod limits;
mod month;
mod one_off;
mod posting;
mod steady;
mod work_days;

use std::sync::Arc;

use chrono::NaiveDate;
use gongji_domain::{
    Amount, BlockRef, EmploymentStatus, Grade, Message, Month, Open, PoolId, Scheme, SourceRef,
    Special, SubAccountId, Yuan,
};
use gongji_policy::Library;

pub(crate) use advance::taken_back;
pub(crate) use base::Near;
pub use cleared::{ClearingOutcome, ClearingTerms, clearing_case};
pub(crate) use cleared::{cleared, clearing_rule, interest_on, interest_rows, shortfall};
pub use limits::limits;
pub(crate) use month::{credits_for, day_in};
pub(crate) use steady::Steady;
pub use work_days::{Arrangement, arrangement};

use crate::projection::DayKnown;
use crate::rulebook::RuleBook;

/// 参保人 — what the crediting of one month depends on besides the rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Insured {
    /// 统筹区
    pub pool: PoolId,
    /// 险种
    pub scheme: Scheme,
    /// 参保方式
    pub plan: String,
    /// 参保状态
    pub status: EmploymentStatus,
    /// 特殊身份
    pub special: Special,
    /// 出生日期
    pub born: Option<NaiveDate>,
    /// 退休日期
    pub retired_on: Option<NaiveDate>,
    /// 累计缴费月数
    pub insured_months: Option<u32>,
    /// 缴费基数（每月，未夹在上下限之间）
    pub base: Option<Yuan>,
    /// 本人养老金（每月）
    pub pension: Option<Yuan>,
    /// 上次调整以前的养老金（每月）— for what is paid back to an earlier month.
    pub pension_before: Option<Yuan>,
    /// 缴费年限差几年
    pub missing_years: Option<u32>,
    /// 退休前的单位（企业、机关……），如规则里的词
    pub employer: Option<String>,
    /// 本人填写的划入额 — where the rules leave the sum to a person's own constant.
    pub entered: Option<Yuan>,
    /// 本人填写的到账日，每月几日
    pub stated_day: Option<u32>,
}

/// 入账的种类
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PostingKind {
    /// 当月划入
    Credit,
    /// 追溯基数的补差
    TrueUp,
    /// 单独一天的代扣
    Withheld,
    /// 预划几个月
    Advance,
    /// 停保后收回
    TakenBack,
    /// 一次性划入
    OneOff,
}

impl PostingKind {
    /// 平时的划入 — what somebody waits for, and what is missed when it does not come.
    pub fn is_regular(self) -> bool {
        matches!(self, PostingKind::Credit | PostingKind::Advance)
    }
}

/// 一段数悬在哪里 — what one would have to know for one figure instead of two.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HangsOn {
    /// 这一笔自己的事
    #[default]
    Posting,
    /// 那一年的缴费基数上下限；一问管所有这样的月份
    Limits,
    /// 从生日当月还是次月换档；一问管一个地方的所有人
    Age {
        /// 当月就换，划得多
        more: bool,
    },
}

/// 一笔应划入 — gross, what is withheld, net, and when it arrives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreditDue {
    /// 种类
    pub kind: PostingKind,
    /// 子账户
    pub sub: SubAccountId,
    /// 所属月份；预划的第一个月
    pub for_month: Month,
    /// 几个月的数
    pub months: u32,
    /// 应划（毛额）
    pub gross: Amount,
    /// 代扣
    pub withheld: Amount,
    /// 净额
    pub net: Amount,
    /// 是一段数的，悬在哪里
    pub hangs_on: HangsOn,
    /// 算式
    pub formula: Option<String>,
    /// 最早哪天；无则日子未知
    pub earliest: Option<NaiveDate>,
    /// 最晚哪天；无则日子未知
    pub latest: Option<NaiveDate>,
    /// 日子从哪里来
    pub day: DayKnown,
    /// 用到的规则段
    pub rules: Arc<[BlockRef]>,
    /// 出处
    pub sources: Arc<[SourceRef]>,
    /// 其中最弱的可信等级
    pub grade: Option<Grade>,
    /// 沿用旧数，或缺了上下限
    pub assumed: bool,
    /// 规则没有写明，照以往到账的数推断
    pub learned: bool,
    /// 步骤
    pub steps: Vec<CreditStep>,
}

/// 划入的一步 — one figure and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreditStep {
    /// 做了什么
    pub what: Message,
    /// 算式
    pub formula: Option<String>,
    /// 得多少
    pub result: Option<Yuan>,
    /// 规则段
    pub rule: Option<BlockRef>,
    /// 出处
    pub source: Option<SourceRef>,
    /// 说明 — the file's own note.
    pub note: Option<String>,
    /// 沿用
    pub assumed: bool,
}

/// 一个月的划入 — everything that is due for it, and what the rules leave open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Credits {
    /// 应划入的各笔
    pub due: Vec<CreditDue>,
    /// 未定之处
    pub open: Vec<Open>,
    /// 这个月在一次预划里 — nothing or the whole of it is due, and neither is the month's sum.
    pub advanced: bool,
    /// 有没有规则 — `false`: not known whether and what is credited; `due` is empty for that reason.
    pub known: bool,
}

/// 参保经过 — as what somebody is insured in one pool and scheme on a day; `None`: not there, or not
/// in good standing.
pub(crate) type Course<'c> = dyn Fn(NaiveDate) -> Option<Insured> + 'c;

/// 参保起止 — the days from which and until which (included) somebody is insured; open where not said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stay {
    /// 自
    pub from: Option<NaiveDate>,
    /// 至（含）
    pub until: Option<NaiveDate>,
}

impl Stay {
    fn holds(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}

/// 某月的划入 — what somebody who is `insured` like this during `stay` is credited for `for_month` by
/// the rules of that month's first day; in the month after they have left, what is taken back.
pub fn credit_case(library: &Library, insured: &Insured, stay: Stay, for_month: Month) -> Credits {
    let book = RuleBook::explaining(library);
    let course = |day| stay.holds(day).then(|| insured.clone());
    let there = |month: Month| stay.holds(month.first_day()) || stay.holds(month.last_day());
    match (there(for_month), there(for_month.plus(-1))) {
        (true, _) => credits_for(&book, insured, &course, for_month),
        (false, true) => taken_back(&book, insured, &course, for_month),
        (false, false) => Credits {
            known: true,
            ..Credits::default()
        },
    }
}

#[cfg(test)]
mod tests;

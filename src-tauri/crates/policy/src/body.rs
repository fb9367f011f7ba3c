//! 段首与内容 — what every block has, and the one of the catalogue that it is.

use chrono::NaiveDate;
use gongji_domain::Grade;
use serde::Deserialize;

use crate::blocks::*;

/// 段首 — what every block has.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Head {
    /// 标识 — only where several blocks of one name live side by side.
    pub id: Option<String>,
    /// 施行日
    pub from: NaiveDate,
    /// 出处 — key of `[sources]`, then the article.
    pub source: String,
    /// 到此为止 — nothing of this identity is in force from this day on.
    #[serde(default)]
    pub ended: bool,
    /// 说明 — shown to the user.
    pub note: Option<String>,
    /// 一句能定下来的问题
    pub ask: Option<String>,
    /// 只能低于出处的可信等级
    pub grade: Option<Grade>,
    /// 每年重新公布 — from the first anniversary of `from` the figure is carried forward, *assumed*.
    #[serde(default)]
    pub renewed_yearly: bool,
}

macro_rules! bodies {
    ($($key:literal => $variant:ident($ty:ty)),* $(,)?) => {
        /// 段 — the body of a block, by its name in the file.
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[allow(missing_docs)]
        pub enum Body {
            /// `ended = true`: nothing from this day on.
            Ended,
            $($variant(Box<$ty>)),*
        }

        impl Body {
            /// Every block name of the catalogue.
            pub const NAMES: &'static [&'static str] = &[$($key),*];

            /// Reads the body of a block called `name` — everything but the head's keys.
            /// `None`: there is no such block.
            pub fn read<'de, D: serde::Deserializer<'de>>(name: &str, body: D) -> Option<Result<Body, D::Error>> {
                match name {
                    $($key => Some(<$ty>::deserialize(body).map(|b| Body::$variant(Box::new(b)))),)*
                    _ => None,
                }
            }
        }
    };
}

bodies! {
    "benefit_year" => BenefitYear(BenefitYear),
    "counter" => Counter(Counter),
    "upfront" => Upfront(Upfront),
    "deductible" => Deductible(Deductible),
    "deductible_limit" => DeductibleLimit(DeductibleLimit),
    "deductible_share" => DeductibleShare(DeductibleShare),
    "rate" => Rate(RateTable),
    "cap" => Cap(Cap),
    "adjust" => Adjust(Adjust),
    "embedded" => Embedded(Embedded),
    "carry" => Carry(Carry),
    "not_paid" => NotPaid(NotPaid),
    "sweep" => Sweep(Sweep),
    "layer" => Layer(Layer),
    "threshold" => Threshold(Threshold),
    "plan" => Plan(Plan),
    "status_rule" => StatusRule(StatusRule),
    "class" => Class(Class),
    "class_map" => ClassMap(ClassMap),
    "sub_account" => SubAccount(SubAccount),
    "base" => Base(Base),
    "credit" => Credit(Credit),
    "withheld" => Withheld(Withheld),
    "arrival" => Arrival(Arrival),
    "advance" => Advance(Advance),
    "clearing" => Clearing(Clearing),
    "interest" => Interest(Interest),
    "one_off" => OneOff(OneOff),
    "account_use" => AccountUse(AccountUse),
    "refund_order" => RefundOrder(RefundOrder),
    "aid" => Aid(Aid),
    "transfer" => Transfer(Transfer),
    "quota" => Quota(Quota),
    "away" => Away(Away),
    "premium" => Premium(Premium),
    "rounding" => Rounding(Rounding),
    "bound" => Bound(Bound),
    "constant" => Constant(Constant),
    "calendar" => Calendar(Calendar),
}

/// 规则段 — a dated block with its place in the library.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// 段名
    pub name: String,
    /// 段首
    pub head: Head,
    /// 内容
    pub body: Body,
    /// 行号，从 1 起
    pub line: usize,
}

impl Block {
    /// 标识 — what tells this block from the others of its name; the year of a constant or a
    /// calendar belongs to it.
    pub fn identity(&self) -> Option<String> {
        match &self.body {
            Body::Constant(constant) => Some(of_year(&self.head, constant.year)),
            Body::Calendar(calendar) => Some(of_year(&self.head, calendar.year)),
            _ => self.head.id.clone(),
        }
    }
}

fn of_year(head: &Head, year: i32) -> String {
    format!("{}:{year}", head.id.as_deref().unwrap_or_default())
}

impl Body {
    /// 表 — of a block that has one.
    pub fn table(&self) -> Option<crate::Table<'_>> {
        let (class, rows) = match self {
            Body::Upfront(b) => (&b.class, &b.rows),
            Body::Deductible(b) => (&b.class, &b.rows),
            Body::DeductibleLimit(b) => (&b.class, &b.rows),
            Body::DeductibleShare(b) => (&b.class, &b.rows),
            Body::Rate(b) => (&b.class, &b.rows),
            Body::Cap(b) => (&b.class, &b.rows),
            Body::Adjust(b) => (&b.class, &b.rows),
            Body::Threshold(b) => (&b.class, &b.rows),
            Body::Credit(b) => (&b.class, &b.rows),
            Body::Withheld(b) => (&b.class, &b.rows),
            Body::Away(b) => (&b.class, &b.rows),
            Body::Premium(b) => (&b.class, &b.rows),
            Body::Interest(b) => return Some(crate::Table::of(&[], &b.rows)),
            _ => return None,
        };
        Some(crate::Table::of(class, rows))
    }

    /// 以常数的百分比计 — where the cells are shares of a yearly constant.
    pub fn measured_in(&self) -> Option<&MeasuredIn> {
        match self {
            Body::Deductible(b) => b.measured_in.as_ref(),
            Body::Cap(b) => b.measured_in.as_ref(),
            Body::Credit(b) => b.measured_in.as_ref(),
            _ => None,
        }
    }

    /// 验算 — how the printed amounts are proved.
    pub fn check(&self) -> Option<&Check> {
        match self {
            Body::Deductible(b) => b.check.as_ref(),
            Body::Cap(b) => b.check.as_ref(),
            _ => None,
        }
    }
}

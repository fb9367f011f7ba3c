//! 词 — the fixed words that a key of a block may hold.

use serde::Deserialize;

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident { $($(#[$item:meta])* $variant:ident),* $(,)? })*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
            #[serde(rename_all = "snake_case")]
            #[allow(missing_docs)]
            pub enum $name { $($(#[$item])* $variant),* }

            impl Fixed for $name {
                const KIND: &'static str = stringify!($name);

                fn variant(self) -> &'static str {
                    match self { $(Self::$variant => stringify!($variant)),* }
                }
            }
        )*

        /// Every fixed word: its kind and its variants.
        pub(crate) const FIXED: &[(&str, &[&str])] =
            &[$((stringify!($name), &[$(stringify!($variant)),*])),*];
    };
}

/// A fixed word by its name, so that the text files can be asked for it.
pub(crate) trait Fixed: Copy {
    /// What kind of word, such as `RoundTo`
    const KIND: &'static str;
    /// Which one, such as `HalfUp`
    fn variant(self) -> &'static str;
}

words! {
    /// 累计周期
    Per { Stay, Visit, DayProvider, Month, Year }
    /// 阶梯从哪里量
    EdgesOn { None, Cost, CostAboveDeductible, FundPaid, Zero, AboveThreshold }
    /// 封顶线按什么算
    Basis { FundPaid, Cost, CostAboveDeductible, Unknown }
    /// 起付线从哪里扣
    TakenFrom { Cost, FundAmount }
    /// 封顶线以上
    Then { Own, Inpatient }
    /// 补充层何时结
    Settled { WithBill, Yearly, Unknown }
    /// 调整什么
    AdjustOn { Deductible, Rate, Cap, Credit }
    /// 怎么调整
    Change { MinusYuan, MinusPercent, PlusPoints, MinusPoints, Times, OwnShareTimes, Unknown }
    /// 每次、每年……
    Each { Once, LaterStay, MissingYear, YearOfAge, YearBelowDeductible, Month }
    /// 按标准还是按上一次
    OfWhat { Standard, Previous }
    /// 账户用在统筹之前还是之后
    When { BeforePool, AfterPool }
    /// 每月 / 每年
    Period { Month, Year }
    /// 到账方式
    ArrivalKind { DayOfMonth, WorkingDaysAfterContribution, Date, Unknown }
    /// 遇节假日
    Holiday {
        /// 提前到最近的工作日
        Before,
        /// 提前，没有写提前到哪一天
        Earlier,
        /// 顺延到最近的工作日
        After,
        None,
        Unknown,
    }
    /// 预划按哪个月的基数、身份和年龄估
    EstimateBy {
        /// 预划当月
        FirstMonth,
        /// 预划前一个月
        LastKnownMonth,
        /// 上年 12 月
        LastDecember,
        /// 最近一次申报的基数：预划前一个月用的
        LastDeclaredBase,
        Unknown,
    }
    /// 预划期内跨年龄
    AgeCrossing {
        /// 按月分别计
        MonthByMonth,
        /// 按估算那个月的年龄，期内不变
        NotCounted,
        /// 清算时算
        AtClearing,
        Unknown,
    }
    /// 期中参保
    Joiner {
        /// 从参保当月到期末
        RemainingMonths,
        /// 从参保次月到期末
        RemainingMonthsAfterJoining,
        /// 期内不预划
        None,
        Unknown,
    }
    /// 期中停保
    Leaver {
        /// 收回停保次月起的各月
        TakeBackUnearned,
        /// 清算时算
        AtClearing,
        /// 不收回
        Keeps,
        Unknown,
    }
    /// 预划不够退的
    Shortfall {
        /// 从下一次预划里扣
        NetFromNextCurrent,
        /// 记为负数
        StaysNegative,
        /// 退款
        Repaid,
        Unknown,
    }
    /// 清算的各项
    ClearingTerm {
        /// 本期实际应划的各部分，单位划入除外
        OwnContributions,
        /// 单位划入：id = "employer_part" 的那一部分
        EmployerPart,
        /// 期末余额
        ClosingBalance,
        /// 调整
        Adjustment,
        /// 转入
        MovedIn,
        /// 期初预划
        Advance,
        /// 上期不足
        CarriedShortfall,
    }
    /// 利息按什么余额计
    MeasuredOn {
        /// 入账那天的余额
        ClosingBalance,
        /// 期内日均余额，按天数占全年的份额
        DailyAverage,
    }
    /// 计息的条件
    InterestCondition {
        None,
        /// 全年日均余额不低于年初结转的余额
        AverageAtLeastCarried,
        Unknown,
    }
    /// 五种共济，从不混为一谈
    AidKind { Binding, FamilyAccount, WalletTransfer, CodeOnly, Reservation }
    /// 共济范围
    Area { SamePool, SameProvince, OtherProvince, Nation }
    /// 本人账户与共济的先后
    OwnFirst { SpentFirst, MustBeZero, SecondSwipe, Unknown }
    /// 几位授权人之间的先后
    DonorOrder { Registration, UserSet, BalanceDesc, LastBoundFirst, SetByMembers, ChosenAtPay, Random, Single, NotApplicable, Unknown }
    /// 取整到
    RoundTo { Fen, Jiao, Yuan, Yuan10 }
    /// 取整方式
    RoundMode { HalfUp, Down, Up }
    /// 取整的位置
    RoundAt { PrintedStep, Limit, Credit, Premium }
    /// 单张还是累计重算
    Running { ThisBill, RunningTotal }
}

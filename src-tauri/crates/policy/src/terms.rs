//! 词 — the fixed words that a key of a block may hold.

use serde::Deserialize;

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident { $($(#[$item:meta])* $variant:ident),* $(,)? })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
        #[serde(rename_all = "snake_case")]
        #[allow(missing_docs)]
        pub enum $name { $($(#[$item])* $variant),* }
    )*};
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
    Holiday { Before, After, None, Unknown }
    /// 五种共济，从不混为一谈
    AidKind { Binding, FamilyAccount, WalletTransfer, CodeOnly, Reservation }
    /// 共济范围
    Area { SamePool, SameProvince, OtherProvince, Nation }
    /// 本人账户与共济的先后
    OwnFirst { SpentFirst, MustBeZero, SecondSwipe, Unknown }
    /// 几位授权人之间的先后
    DonorOrder { Registration, UserSet, BalanceDesc, LastBoundFirst, SetByMembers, ChosenAtPay, Random, Single, Unknown }
    /// 取整到
    RoundTo { Fen, Jiao, Yuan, Yuan10 }
    /// 取整方式
    RoundMode { HalfUp, Down, Up }
    /// 取整的位置
    RoundAt { PrintedStep, Limit, Credit, Premium }
    /// 单张还是累计重算
    Running { ThisBill, RunningTotal }
}

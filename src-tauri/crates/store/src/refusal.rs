use chrono::NaiveDate;
use gongji_domain::{BillProblem, EntryId, Yuan};

/// What is wrong with a record on its own or beside the records it names.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// 不存在
    #[error("已经不在")]
    Gone,
    /// 指向的记录不存在
    #[error("{}第 {row} 号不存在", title(table))]
    Absent {
        /// Table of the row that is named.
        table: &'static str,
        /// Its number.
        row: u32,
    },
    /// 编号已被占用
    #[error("编号已被占用")]
    Taken,
    /// 编号为零或已用完
    #[error("编号要在 1 到 4294967295 之间")]
    Number,
    /// 别的记录还用着它
    #[error("还有别的记录用着它")]
    InUse,
    /// 名称空白
    #[error("名称不能空白")]
    BlankName,
    /// 文字里有空字符
    #[error("文字里有空字符")]
    NulCharacter,
    /// 金额过大
    #[error("金额 {0} 超过一百亿元")]
    TooLarge(Yuan),
    /// 日期过早或过晚
    #[error("日期 {0} 不在 1900 年到 2199 年之间")]
    DayOutOfRange(NaiveDate),
    /// 结束早于开始
    #[error("{until} 早于 {from}")]
    Reversed {
        /// Beginning.
        from: NaiveDate,
        /// End.
        until: NaiveDate,
    },
    /// 与另一条重叠
    #[error("与第 {other} 号的时间重叠")]
    Overlap {
        /// Number of the other row of the table.
        other: u32,
    },
    /// 没有补缴却写了补缴日
    #[error("没有补缴，却写了补缴日")]
    NotBackPaid,
    /// 早于账户开始记账的日子
    #[error("{on} 早于第 {account} 号账户开始记账的日子 {opened_on}")]
    BeforeOpening {
        /// The account's number.
        account: u32,
        /// The account's first day.
        opened_on: NaiveDate,
        /// The day of the entry.
        on: NaiveDate,
    },
    /// 没有任何账户增减
    #[error("没有任何账户增减")]
    NoLegs,
    /// 转账两头不等
    #[error("转账各账户的增减加起来是 {0}，应当是零")]
    TransferUneven(Yuan),
    /// 结转到别的账户
    #[error("结转要在同一个账户里")]
    RollsElsewhere,
    /// 透支额是负数，或者没有写从哪里知道的
    #[error("可透支额不能是负数，要写明从哪里知道的")]
    Overdraft,
    /// 补上透支的月数
    #[error("透支最迟几个月补上，要在 1 到 12 之间；由以后的划入补的不写")]
    Repayment,
    /// 医保账户没有写子账户
    #[error("第 {account} 号账户是医保账户，要写明子账户")]
    SubMissing {
        /// The account's number.
        account: u32,
    },
    /// 现金账户写了子账户
    #[error("第 {account} 号账户是现金账户，没有子账户")]
    SubNotAllowed {
        /// The account's number.
        account: u32,
    },
    /// 更正没有写明更正哪一笔
    #[error("更正要写明更正哪一笔")]
    CorrectsNothing,
    /// 更正的是另一条更正
    #[error("第 {0} 号本身是更正：要写明最初的那一笔")]
    CorrectsCorrection(EntryId),
    /// 医保账户没有统筹区，或现金账户写了统筹区
    #[error("医保账户要有统筹区，现金账户没有统筹区")]
    PoolMismatch,
    /// 到账日
    #[error("每月几日要在 1 到 31 之间，不能是 {0}")]
    CreditDay(u32),
    /// 自己绑定自己
    #[error("授权人与使用人是同一人")]
    SameMember,
    /// 备案顺序
    #[error("备案顺序从 1 起")]
    Rank,
    /// 年度过早、过晚，或者倒过来
    #[error("年度从 {from} 到 {until} 不对")]
    Years {
        /// First year.
        from: i32,
        /// Last year.
        until: i32,
    },
    /// 缴费日不在那个年度或前一年
    #[error("缴费日要在 {0} 年或前一年")]
    PayDay(i32),
    /// 本人填写的缴费数
    #[error("每年缴多少要大于零；不知道的不写")]
    PremiumAmount,
    /// 缴费人与关系
    #[error("家人缴的要写明关系；自己缴或付现金的没有关系")]
    PayerRelation,
    /// 基数、养老金、划入额是负数
    #[error("缴费基数、养老金、划入额不能是负数：{0}")]
    NegativeIncome(Yuan),
    /// 一次也不会发生的重复
    #[error("从 {0} 起，这种重复方式一次也不会发生")]
    NeverOccurs(NaiveDate),
    /// 费用
    #[error("{0}")]
    Bill(BillProblem),
    /// 累计数
    #[error("「{0}」不是累计数：要写金额或次数")]
    CounterValue(String),
}

/// The Chinese name of a table's records.
pub(crate) fn title(table: &str) -> &str {
    match table {
        "household" => "家庭",
        "member" => "成员",
        "enrollment" => "参保关系",
        "account" => "账户",
        "entry" => "分录",
        "leg" => "分录的一腿",
        "stated_balance" => "填写的余额",
        "stated_counter" => "填写的累计数",
        "credit_day" => "到账日",
        "missing_credit" => "没有到账的月份",
        "binding" => "共济绑定",
        "planned_premium" => "计划缴费",
        "planned_spending" => "计划支出",
        "settlement" => "结算",
        "policy_file" => "自己加的政策文件",
        other => other,
    }
}

//! The fixed words of blocks in Chinese.

use crate::terms::*;

pub(super) fn aid_kind(kind: AidKind) -> &'static str {
    match kind {
        AidKind::Binding => "家庭共济：绑定",
        AidKind::FamilyAccount => "家庭共济：家庭账户",
        AidKind::WalletTransfer => "家庭共济：医保钱包转账",
        AidKind::CodeOnly => "亲情账户：只展示医保码，不动钱",
        AidKind::Reservation => "家庭共济：共济额度",
    }
}

pub(super) fn per(per: Per) -> &'static str {
    match per {
        Per::Stay => "每次住院",
        Per::Visit => "每次就诊",
        Per::DayProvider => "每天每家机构",
        Per::Month => "每月",
        Per::Year => "每年度",
    }
}

pub(super) fn period(period: Period) -> &'static str {
    match period {
        Period::Month => "每月",
        Period::Year => "每年",
    }
}

pub(super) fn edges(edges_on: EdgesOn) -> &'static str {
    match edges_on {
        EdgesOn::None => "不分段",
        EdgesOn::Cost => "按费用分段（含起付线）",
        EdgesOn::CostAboveDeductible => "按起付线以上的费用分段",
        EdgesOn::FundPaid => "按基金已支付的钱分段",
        EdgesOn::Zero => "从零起按个人负担分段",
        EdgesOn::AboveThreshold => "按超过起付线的部分分段",
    }
}

pub(super) fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::FundPaid => "按基金支付的钱算",
        Basis::Cost => "按费用算（含起付线）",
        Basis::CostAboveDeductible => "按起付线以上的费用算",
        Basis::Unknown => "未查到",
    }
}

pub(super) fn share_of(share_of: TakenFrom) -> &'static str {
    match share_of {
        TakenFrom::Cost => "按计入的费用",
        TakenFrom::FundAmount => "按统筹因封顶没有付的数",
    }
}

pub(super) fn settled(settled: Settled) -> &'static str {
    match settled {
        Settled::WithBill => "随本次结算",
        Settled::Yearly => "年度结束后一次结算",
        Settled::Unknown => "未查到",
    }
}

pub(super) fn adjusted(on: AdjustOn) -> &'static str {
    match on {
        AdjustOn::Deductible => "起付线",
        AdjustOn::Rate => "支付比例",
        AdjustOn::Cap => "限额",
        AdjustOn::Credit => "划入",
    }
}

pub(super) fn change(change: Change) -> &'static str {
    match change {
        Change::MinusYuan => "减去金额",
        Change::MinusPercent => "减去百分之几",
        Change::PlusPoints => "加百分点",
        Change::MinusPoints => "减百分点",
        Change::Times => "乘以",
        Change::OwnShareTimes => "自付部分乘以",
        Change::Unknown => "未查到",
    }
}

pub(super) fn each(each: Each) -> &'static str {
    match each {
        Each::Once => "一次",
        Each::LaterStay => "以后每次住院",
        Each::MissingYear => "每少缴一年",
        Each::YearOfAge => "年龄每长一岁",
        Each::YearBelowDeductible => "每有一年没到起付线",
        Each::Month => "每月",
    }
}

pub(super) fn holiday(holiday: Holiday) -> &'static str {
    match holiday {
        Holiday::Before => "提前",
        Holiday::After => "顺延",
        Holiday::None => "不变",
        Holiday::Unknown => "未查到",
    }
}

pub(super) fn area(area: Area) -> &'static str {
    match area {
        Area::SamePool => "同一统筹区",
        Area::SameProvince => "同一省份",
        Area::OtherProvince => "跨省",
        Area::Nation => "全国",
    }
}

pub(super) fn own_first(own_first: OwnFirst) -> &'static str {
    match own_first {
        OwnFirst::SpentFirst => "先用本人账户",
        OwnFirst::MustBeZero => "本人账户为零才能用",
        OwnFirst::SecondSwipe => "要再刷一次",
        OwnFirst::Unknown => "未查到",
    }
}

pub(super) fn donor_order(order: DonorOrder) -> &'static str {
    match order {
        DonorOrder::Registration => "按备案先后",
        DonorOrder::UserSet => "使用人自己定",
        DonorOrder::BalanceDesc => "余额多的先付",
        DonorOrder::LastBoundFirst => "后绑定的先付",
        DonorOrder::SetByMembers => "成员商定",
        DonorOrder::ChosenAtPay => "付款时选",
        DonorOrder::Random => "随机",
        DonorOrder::Single => "只有一位",
        DonorOrder::NotApplicable => "不适用",
        DonorOrder::Unknown => "未查到",
    }
}

pub(super) fn round_to(to: RoundTo) -> &'static str {
    match to {
        RoundTo::Fen => "分",
        RoundTo::Jiao => "角",
        RoundTo::Yuan => "元",
        RoundTo::Yuan10 => "十元",
    }
}

pub(super) fn round_mode(mode: RoundMode) -> &'static str {
    match mode {
        RoundMode::HalfUp => "四舍五入",
        RoundMode::Down => "舍去",
        RoundMode::Up => "进位",
    }
}

pub(super) fn round_at(at: RoundAt) -> &'static str {
    match at {
        RoundAt::PrintedStep => "结算单上印出的每个数",
        RoundAt::Limit => "限额",
        RoundAt::Credit => "划入",
        RoundAt::Premium => "保费",
    }
}

pub(super) fn running(running: Running) -> &'static str {
    match running {
        Running::ThisBill => "只算这一张",
        Running::RunningTotal => "按年度累计重算",
    }
}

pub(super) fn estimate_by(by: EstimateBy) -> &'static str {
    match by {
        EstimateBy::FirstMonth => "预划当月",
        EstimateBy::LastKnownMonth => "预划前一个月",
        EstimateBy::LastDecember => "上年 12 月",
        EstimateBy::LastDeclaredBase => "最近一次申报的基数",
        EstimateBy::Unknown => "未查到",
    }
}

pub(super) fn age_crossing(crossing: AgeCrossing) -> &'static str {
    match crossing {
        AgeCrossing::MonthByMonth => "按月分别计",
        AgeCrossing::NotCounted => "期内不变",
        AgeCrossing::AtClearing => "清算时算",
        AgeCrossing::Unknown => "未查到",
    }
}

pub(super) fn joiner(joiner: Joiner) -> &'static str {
    match joiner {
        Joiner::RemainingMonths => "预划参保当月起余下的月份",
        Joiner::RemainingMonthsAfterJoining => "预划参保次月起余下的月份",
        Joiner::None => "这一期不预划",
        Joiner::Unknown => "未查到",
    }
}

pub(super) fn leaver(leaver: Leaver) -> &'static str {
    match leaver {
        Leaver::TakeBackUnearned => "收回停保次月起的各月",
        Leaver::AtClearing => "清算时算",
        Leaver::Keeps => "不收回",
        Leaver::Unknown => "未查到",
    }
}

pub(super) fn shortfall(shortfall: Shortfall) -> &'static str {
    match shortfall {
        Shortfall::NetFromNextCurrent => "从下一次预划里扣",
        Shortfall::StaysNegative => "记为负数",
        Shortfall::Repaid => "退款",
        Shortfall::Unknown => "未查到",
    }
}

pub(super) fn clearing_term(term: ClearingTerm) -> &'static str {
    match term {
        ClearingTerm::OwnContributions => "本期实际应划",
        ClearingTerm::EmployerPart => "单位划入",
        ClearingTerm::ClosingBalance => "期末余额",
        ClearingTerm::Adjustment => "调整",
        ClearingTerm::MovedIn => "转入",
        ClearingTerm::Advance => "期初预划",
        ClearingTerm::CarriedShortfall => "上期不足",
    }
}

pub(super) fn measured_on(on: MeasuredOn) -> &'static str {
    match on {
        MeasuredOn::ClosingBalance => "入账那天的余额",
        MeasuredOn::DailyAverage => "期内日均余额",
    }
}

pub(super) fn interest_condition(condition: InterestCondition) -> &'static str {
    match condition {
        InterestCondition::None => "无",
        InterestCondition::AverageAtLeastCarried => "全年日均余额不低于年初结转的余额",
        InterestCondition::Unknown => "未查到",
    }
}

//! Title, fields and column of every kind of block.

use super::terms::*;
use super::{Say, amount, cell};
use crate::*;

type Facts = Vec<(String, String)>;

/// 段名的中文
pub(super) fn title(name: &str, body: &Body) -> &'static str {
    match body {
        Body::Aid(aid) => aid_kind(aid.kind),
        Body::Transfer(transfer) => match transfer.of {
            AidKind::FamilyAccount => "家庭共济账户的转入",
            _ => "医保钱包转账的限制",
        },
        _ => of_name(name),
    }
}

fn of_name(name: &str) -> &'static str {
    match name {
        "benefit_year" => "年度",
        "counter" => "累计数",
        "upfront" => "先行自付",
        "deductible" => "起付线",
        "deductible_limit" => "起付线全年合计上限",
        "deductible_share" => "按比例起付",
        "rate" => "支付比例",
        "cap" => "限额（封顶线）",
        "adjust" => "增减",
        "embedded" => "已含在比例里",
        "carry" => "额度结转",
        "not_paid" => "不予支付",
        "sweep" => "余额划转",
        "layer" => "补充保障",
        "threshold" => "补充保障起付线",
        "plan" => "参保方式",
        "status_rule" => "停保与等待期",
        "class" => "机构类别",
        "class_map" => "机构归类",
        "sub_account" => "子账户",
        "base" => "缴费基数上下限",
        "credit" => "划入",
        "withheld" => "代扣",
        "arrival" => "到账",
        "advance" => "预划",
        "clearing" => "年度清算",
        "interest" => "计息",
        "one_off" => "一次性划入",
        "account_use" => "账户用途与先后",
        "refund_order" => "退费先后",
        "aid" => "家庭共济",
        "transfer" => "转账限制",
        "quota" => "共济额度",
        "away" => "异地就医",
        "premium" => "居民缴费",
        "rounding" => "取整",
        "bound" => "全国界限",
        "constant" => "年度常数",
        "calendar" => "节假日安排",
        _ => "规则",
    }
}

/// The head of a column that is not divided by class.
pub(super) fn column(body: &Body) -> &'static str {
    match body {
        Body::Credit(_) => "划入",
        Body::Withheld(_) => "扣多少",
        Body::Interest(_) => "利率",
        Body::Premium(_) => "缴费",
        Body::Threshold(_) => "起付线",
        _ => "各类机构",
    }
}

/// The rows of a mapping of institutions; nothing for other blocks.
pub(super) fn class_rows(body: &Body, say: &Say<'_>) -> (Vec<String>, Vec<Vec<String>>) {
    let Body::ClassMap(map) = body else {
        return (Vec::new(), Vec::new());
    };
    let rows = map.rows.iter().map(|row| {
        let mut said: Vec<String> = row.named.clone();
        let words = [
            &row.kind,
            &row.level,
            &row.owner,
            &row.grade,
            &row.price_class,
        ];
        said.extend(words.into_iter().flatten().map(|word| say.word(word)));
        said.extend(
            row.tcm
                .map(|yes| if yes { "中医" } else { "非中医" }.to_owned()),
        );
        said.extend(row.children.map(|yes| {
            if yes {
                "儿童医院"
            } else {
                "非儿童医院"
            }
            .to_owned()
        }));
        vec![said.join("、"), say.name(&row.class)]
    });
    (vec!["机构".to_owned(), "归为".to_owned()], rows.collect())
}

/// 「01-05」 as 「1 月 5 日」; other words as they are said elsewhere.
fn day_of_year(text: &str, say: &Say<'_>) -> String {
    match text
        .split_once('-')
        .map(|(m, d)| (m.parse::<u32>(), d.parse::<u32>()))
    {
        Some((Ok(month), Ok(day))) => format!("{month} 月 {day} 日"),
        _ => say.word(text),
    }
}

fn yes(yes: bool) -> String {
    if yes { "是" } else { "否" }.to_owned()
}

fn measured(measured_in: Option<&MeasuredIn>, say: &Say<'_>) -> Option<String> {
    let measured = measured_in?;
    let name = say.name(&measured.constant);
    Some(format!(
        "{} 年前的{name}，取整到{}",
        measured.years_back,
        round_to(measured.to)
    ))
}

fn window(window: &Window) -> String {
    format!("{} 至 {}", window.from, window.until)
}

/// Facts one after another, those that are not written left out.
struct Told(Facts);

impl Told {
    fn new() -> Told {
        Told(Vec::new())
    }

    fn say(mut self, name: &str, value: impl Into<String>) -> Told {
        self.0.push((name.to_owned(), value.into()));
        self
    }

    fn maybe<T: Into<String>>(self, name: &str, value: Option<T>) -> Told {
        match value {
            Some(value) => self.say(name, value),
            None => self,
        }
    }

    fn list(self, name: &str, words: &[String], say: &Say<'_>) -> Told {
        self.maybe(name, (!words.is_empty()).then(|| say.list(words)))
    }
}

/// 字段
pub(super) fn facts(body: &Body, say: &Say<'_>) -> Facts {
    let told = match body {
        Body::Ended => Told::new().say("状态", "到此为止"),
        _ => settlement(body, say)
            .or_else(|| money_in(body, say))
            .or_else(|| family(body, say))
            .unwrap_or_else(|| others(body, say)),
    };
    told.0
}

fn settlement(body: &Body, say: &Say<'_>) -> Option<Told> {
    let told = Told::new();
    let limit = |limit: &Option<Cells>| {
        let cells = limit.as_ref()?.all().iter().map(cell);
        Some(cells.collect::<Vec<_>>().join("、"))
    };
    Some(match body {
        Body::BenefitYear(b) => told
            .say("每年从", day_of_year(&b.starts, say))
            .maybe("第一个年度到", b.first_year_ends.map(|day| day.to_string())),
        Body::Counter(b) => told
            .say("名称", &b.name)
            .say("计入", say.list(&b.adds))
            .list("由谁付的", &b.paid_by, say)
            .say("哪些待遇", say.list(&b.of))
            .list("只在", &b.at_class, say)
            .say("多久归零", per(b.per))
            .list("是否计入未定", &b.adds_undecided, say)
            .list("付款方未定", &b.paid_by_undecided, say),
        Body::Upfront(b) => told.say("之后还按比例支付", yes(b.then_rate)),
        Body::Deductible(b) => told
            .say("累计", say.name(&b.counter))
            .maybe(
                "第几次看",
                b.nth_counter.as_ref().map(|counters| {
                    let names = counters.all().iter().map(|counter| say.name(counter));
                    names.collect::<Vec<_>>().join("、")
                }),
            )
            .say(
                "从哪里扣",
                match b.taken_from {
                    TakenFrom::Cost => "费用",
                    TakenFrom::FundAmount => "基金该付的钱",
                },
            )
            .maybe(
                "连续住院再扣一次",
                b.again_after_days.map(|days| format!("满 {days} 天")),
            )
            .maybe("计算依据", measured(b.measured_in.as_ref(), say)),
        Body::DeductibleLimit(b) => told.say("累计", say.name(&b.counter)),
        Body::DeductibleShare(b) => told.maybe("不低于", b.at_least.map(amount)),
        Body::Rate(b) => told
            .say("怎样分段", edges(b.edges_on))
            .maybe("累计", b.counter.as_ref().map(|counter| say.name(counter))),
        Body::Cap(b) => told
            .say("怎样算", basis(b.basis))
            .say("累计", say.name(&b.counter))
            .maybe(
                "按另一种读法累计",
                b.by_basis.as_ref().map(|by| {
                    let ids = [&by.fund_paid, &by.cost, &by.cost_above_deductible];
                    let ids = ids.into_iter().flatten().filter(|id| **id != b.counter);
                    ids.map(|id| say.name(id)).collect::<Vec<_>>().join("、")
                }),
            )
            .say(
                "超过以后",
                match b.then {
                    Then::Own => "这一层不再支付",
                    Then::Inpatient => "按住院待遇支付",
                },
            )
            .maybe("计算依据", measured(b.measured_in.as_ref(), say)),
        Body::Adjust(b) => told
            .say("调整", adjusted(b.on))
            .say("先后", format!("第 {} 步", b.order))
            .say("怎样调整", change(b.change))
            .maybe(
                "几种读法",
                (!b.one_of.is_empty()).then(|| {
                    b.one_of
                        .iter()
                        .map(|way| change(*way))
                        .collect::<Vec<_>>()
                        .join("、")
                }),
            )
            .say("每次", each(b.each))
            .maybe(
                "缴满多少个月算足",
                (!b.enough_months.is_empty()).then(|| {
                    let months = b.enough_months.iter().map(u32::to_string);
                    months.collect::<Vec<_>>().join("、")
                }),
            )
            .say(
                "以什么为准",
                match b.of {
                    OfWhat::Standard => "标准",
                    OfWhat::Previous => "上一次",
                },
            )
            .maybe("不低于", limit(&b.at_least))
            .maybe("不高于", limit(&b.at_most)),
        Body::Embedded(b) => told
            .say("其中由", say.word(&b.fund))
            .say("适用", say.word(&b.for_status))
            .say("付余下部分的", b.share_of_rest.to_string()),
        Body::Carry(b) => told
            .say("没用完的", limit_of(&b.unused_of, say))
            .say("加到", limit_of(&b.raises, say))
            .say("逐年累加", yes(b.accumulates)),
        Body::NotPaid(b) => told
            .say("原因", say.word(&b.reason))
            .list("哪些待遇", &b.parts, say)
            .maybe("参保方式", b.plan.as_ref().map(|plan| say.name(plan))),
        Body::Layer(b) => told
            .say("付款方", say.word(&b.fund))
            .say("先后", format!("第 {} 位", b.order))
            .say("计入", say.list(&b.counts))
            .say("由谁付的才计入", say.list(&b.paid_by))
            .say("哪些待遇", say.list(&b.of))
            .say("累计", say.name(&b.counter))
            .say("比例按什么算", share_of(b.share_of))
            .say("何时结算", settled(b.settled))
            .list("不计入", &b.excludes, say),
        _ => return None,
    })
}

/// 「inpatient.year」 as the limit of a part; a limit's own name where the place gave one.
fn limit_of(text: &str, say: &Say<'_>) -> String {
    match text.split_once('.') {
        Some((part, id)) if say.name(id) == id => format!("{}的限额", say.word(part)),
        Some((part, id)) => format!("{}的{}", say.word(part), say.name(id)),
        None => say.name(text),
    }
}

fn money_in(body: &Body, say: &Say<'_>) -> Option<Told> {
    let told = Told::new();
    Some(match body {
        Body::Sweep(b) => told
            .say("超过", amount(b.above))
            .maybe("从", b.of.as_ref().map(|of| say.name(of)))
            .say("划入", say.name(&b.into))
            .maybe("何时划", b.on.as_ref().map(|on| day_of_year(on, say))),
        Body::SubAccount(b) => told
            .say("名称", &b.name)
            .say("并入", say.name(&b.rolls_into))
            .say("何时并入", day_of_year(&b.on, say))
            .say(
                "能不能提现",
                b.withdrawable.map_or("未查到".to_owned(), yes),
            )
            .maybe("归谁", b.owner.as_ref().map(|owner| say.word(owner)))
            .list("参保方式", &b.plans, say),
        Body::Base(b) => told
            .say("下限", cell(&b.floor))
            .say("上限", cell(&b.cap))
            .maybe(
                "追溯差额补收",
                b.trued_up_in
                    .map(|day| day.format("%Y 年 %-m 月").to_string()),
            ),
        Body::Credit(b) => told
            .say("划入", say.name(&b.into))
            .say("多久一次", period(b.per))
            .maybe(
                "以后调整",
                b.provisional.then_some("先按此划，以后多退少补"),
            )
            .maybe("计算依据", measured(b.measured_in.as_ref(), say)),
        Body::Withheld(b) => told
            .say("名称", &b.name)
            .say("多久一次", period(b.per))
            .say("何时扣", day_of_year(&b.on, say)),
        Body::Arrival(b) => told
            .maybe("只给", b.status.as_ref().map(|status| say.word(status)))
            .say("何时到账", arrival(b))
            .say("遇节假日", holiday(b.holiday)),
        Body::Advance(b) => told
            .maybe("只给", b.status.as_ref().map(|status| say.word(status)))
            .say("何时预划", day_of_year(&b.on, say))
            .say("预划几个月", format!("{} 个月", b.covers))
            .say("按什么估", estimate_by(b.estimate_by))
            .say("期内跨年龄", age_crossing(b.age_crossing))
            .say("期中参保", joiner(b.joiner))
            .say("期中停保", leaver(b.leaver))
            .say("不够退的", shortfall(b.shortfall)),
        Body::Clearing(b) => told
            .say("何时清算", day_of_year(&b.on, say))
            .say("加", terms(&b.adds))
            .say("减", terms(&b.takes))
            .say("落在", say.name(&b.lands_in))
            .say("计息", yes(b.interest)),
        Body::Interest(b) => told
            .say("何时入账", day_of_year(&b.posted, say))
            .say("按什么计", b.measured_on.map_or("未查到", measured_on))
            .maybe("条件", b.condition.map(interest_condition)),
        Body::OneOff(b) => told
            .say("日期", b.on.to_string())
            .maybe("只给", b.status.as_ref().map(|status| say.word(status)))
            .maybe("划入", b.into.as_ref().map(|into| say.name(into)))
            .maybe(
                "几个月的数",
                b.months.map(|months| format!("{months} 个月")),
            )
            .maybe("金额", b.amount.map(amount))
            .maybe("追溯到", b.back_to.map(|month| month.to_string())),
        Body::AccountUse(b) => b.order.iter().fold(
            told.say("哪些待遇", say.list(&b.benefits)),
            |told, step| {
                let when = match step.when {
                    When::BeforePool => "统筹之前",
                    When::AfterPool => "统筹之后",
                };
                let pays = say.list(&step.may_pay);
                told.say(&say.name(&step.sub), format!("{when}付：{pays}"))
            },
        ),
        Body::RefundOrder(b) => told.say("先后", say.list(&b.order)),
        _ => return None,
    })
}

fn terms(terms: &[ClearingTerm]) -> String {
    if terms.is_empty() {
        return "无".to_owned();
    }
    let said: Vec<&str> = terms.iter().map(|term| clearing_term(*term)).collect();
    said.join("、")
}

fn days(days: &[chrono::NaiveDate]) -> String {
    let said: Vec<String> = days.iter().map(ToString::to_string).collect();
    said.join("、")
}

fn arrival(b: &Arrival) -> String {
    let month = match b.month_offset {
        0 => "当月".to_owned(),
        1 => "次月".to_owned(),
        n => format!("所属月份后 {n} 个月"),
    };
    let day = b.day.map(|day| day.to_string());
    match (b.kind, day) {
        (ArrivalKind::DayOfMonth, Some(day)) if b.latest => format!("{month} {day} 日前"),
        (ArrivalKind::DayOfMonth, Some(day)) => format!("{month} {day} 日"),
        (ArrivalKind::WorkingDaysAfterContribution, Some(day)) => {
            format!("缴费到账后 {day} 个工作日内")
        }
        (ArrivalKind::Date, Some(day)) => format!("{month} {day} 日"),
        _ => "未查到".to_owned(),
    }
}

fn family(body: &Body, say: &Say<'_>) -> Option<Told> {
    let told = Told::new();
    Some(match body {
        Body::Aid(b) => told
            .say("范围", area(b.area))
            .say("可以给谁用", say.list(&b.relations))
            .say("从哪里付", say.list(&b.pays_from))
            .say("与本人账户的先后", own_first(b.own_first))
            .say("几位授权人的先后", donor_order(b.donor_order))
            .say("使用人能改先后", say.word(&b.user_may_reorder))
            .maybe("余额相同时", b.tie.as_ref().map(|tie| say.word(tie)))
            .say("一次结算几位授权人", say.word(&b.donors_per_settlement))
            .say("一位使用人几位授权人", say.word(&b.donors_per_user))
            .say("一位授权人几位使用人", say.word(&b.users_per_donor))
            .say("至少留下", cell(&b.reserve))
            .say("每次结算最多", cell(&b.per_settlement))
            .say("能付什么", say.list(&b.may_pay))
            .say("哪些待遇", say.list(&b.benefits))
            .list("哪些保费", &b.premiums, say)
            .list("不能用于", &b.not_for, say)
            .list("何时终止", &b.ends_when, say)
            .maybe("终止时余下的钱", b.at_end.as_ref().map(|end| say.word(end))),
        Body::Transfer(b) => told
            .say("至少留下", cell(&b.keeps_back))
            .say("每笔最多", cell(&b.at_most_each))
            .maybe(
                "次数",
                b.times
                    .map(|times| format!("{}最多 {times} 次", say.word(&b.times_per))),
            )
            .maybe("不开放的时段", b.closed_hours.clone())
            .maybe(
                "对方不收",
                b.if_not_accepted.as_ref().map(|then| say.word(then)),
            ),
        Body::Quota(b) => told.say("何时释放", say.word(&b.release)),
        _ => return None,
    })
}

fn others(body: &Body, say: &Say<'_>) -> Told {
    let told = Told::new();
    match body {
        Body::Plan(b) => told
            .say("名称", &b.name)
            .say("有没有个人账户", say.word(&b.has_account)),
        Body::StatusRule(b) => told
            .say("停缴后何时停待遇", say.word(&b.pooling_stops))
            .maybe(
                "几个月内可补缴",
                b.back_pay_months.map(|n| format!("{n} 个月")),
            )
            .maybe("等待期", b.waiting_months.map(|n| format!("{n} 个月")))
            .maybe(
                "什么以后要等",
                b.waiting_months.map(|_| say.list(&b.waits_after)),
            )
            .maybe(
                "等待期内",
                b.during_waiting.as_ref().map(|during| say.word(during)),
            )
            .say("退休待遇何时起", say.word(&b.retirement_takes_effect))
            .maybe(
                "中断多久重新计",
                b.after_gap_resets_months.map(|n| format!("{n} 个月")),
            ),
        Body::Class(b) => told
            .say("名称", &b.name)
            .say("哪些待遇", say.list(&b.parts)),
        Body::ClassMap(b) => told.say("哪些待遇", say.list(&b.parts)),
        Body::Away(b) => told.say("怎么变", say.word(&b.change)),
        Body::Premium(b) => told
            .say("年度", b.year.to_string())
            .maybe("集中缴费期", b.window.as_ref().map(window))
            .maybe("延长期", b.extension.as_ref().map(window))
            .maybe("之后的等待期", b.wait_after.map(|n| format!("{n} 个月"))),
        Body::Rounding(b) => told
            .say("位置", round_at(b.at))
            .say("取整到", round_to(b.to))
            .say("方式", round_mode(b.mode))
            .say("单张还是累计", running(b.running)),
        Body::Bound(b) => told
            .say("对什么", say.word(&b.on))
            .maybe("不低于", b.at_least.as_ref().map(cell))
            .maybe("不高于", b.at_most.as_ref().map(cell))
            .maybe("不短于", b.at_least_months.map(|n| format!("{n} 个月")))
            .maybe("不长于", b.at_most_months.map(|n| format!("{n} 个月"))),
        Body::Constant(b) => told
            .say("年份", b.year.to_string())
            .say("数值", cell(&b.value)),
        Body::Calendar(b) => told
            .say("年份", b.year.to_string())
            .say("放假", days(&b.off))
            .say("调休上班", days(&b.works)),
        _ => told,
    }
}

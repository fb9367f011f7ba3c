//! 改一样 — everything that could have been otherwise at the counter, each as a request of its own.

use gongji_domain::{Bill, EstimateRequest, Message, Slip, Yuan};

use super::World;

/// 改的是什么 — in the order in which they are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// 机构类别
    Class,
    /// 第几次住院
    Stay,
    /// 起付线用了多少
    Deductible,
    /// 封顶线、换档的累计数
    Used,
    /// 哪天的规则
    Day,
    /// 待遇
    Part,
    /// 在职、退休
    Status,
    /// 线索
    Leads,
    /// 谁付
    Payers,
}

/// 一样改法
pub(super) struct Change {
    pub(super) kind: Kind,
    /// 半句话：「按二级医院算」
    pub(super) said: Message,
    pub(super) world: World,
    /// Its figure was worked out from the slip.
    pub(super) is_solved: bool,
}

impl World {
    /// The same with one counter at this value; what was not stated stays what it was.
    pub(super) fn counting(&self, counter: &str, value: &str) -> World {
        let mut world = self.clone();
        let request = &mut world.request;
        let all_zero = request
            .so_far
            .iter()
            .flatten()
            .all(|(_, value)| value.parse::<Yuan>().is_ok_and(Yuan::is_zero));
        request.visit.first_of_period.get_or_insert(all_zero);
        let so_far = request.so_far.get_or_insert_default();
        so_far.insert(counter.to_owned(), value.to_owned());
        world
    }

    pub(super) fn counts(&self, counter: &str) -> Option<&str> {
        let so_far = self.request.so_far.as_ref()?;
        so_far.get(counter).map(String::as_str)
    }

    pub(super) fn with(&self, change: impl FnOnce(&mut EstimateRequest)) -> World {
        let mut world = self.clone();
        change(&mut world.request);
        world
    }
}

/// 费用照单子 — the bill as the slip prints it, where that differs; what the slip leaves empty stays as it
/// was typed. `None` where it is the same, or where the slip's own lines do not fit together.
pub(super) fn bill_of_slip(typed: &Bill, slip: &Slip) -> Option<Bill> {
    let mut bill = Bill {
        total: slip.total,
        full_self_pay: slip.full_self_pay.or(typed.full_self_pay),
        over_limit: slip.over_limit.or(typed.over_limit),
        upfront_copay: slip.upfront_copay.or(typed.upfront_copay),
        ..typed.clone()
    };
    if let Some(scope) = slip.in_scope {
        // What is outside but stands in no line of the slip: in the line that was left empty.
        let hidden = slip.total - bill.outside() - scope;
        let fields = [
            (slip.upfront_copay, &mut bill.upfront_copay),
            (slip.full_self_pay, &mut bill.full_self_pay),
            (slip.over_limit, &mut bill.over_limit),
        ];
        let empty = fields.into_iter().find(|(printed, _)| printed.is_none());
        if let (false, Some((_, field))) = (hidden.is_zero(), empty) {
            let filled = field.unwrap_or_default() + hidden;
            *field = (!filled.is_negative()).then_some(filled);
        }
    }
    let parts = |bill: &Bill| {
        let outside = [bill.full_self_pay, bill.over_limit, bill.upfront_copay];
        (bill.total, outside.map(Option::unwrap_or_default))
    };
    (parts(&bill) != parts(typed) && bill.in_scope().is_ok()).then_some(bill)
}

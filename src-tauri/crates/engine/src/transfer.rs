//! 转钱 — how much may be moved into a family account or a relative's wallet, and how much of one's own
//! account is reserved for others.

mod room;

use chrono::{NaiveDate, NaiveTime};
use gongji_domain::{Amount, BlockRef, Grade, Message, Open, PoolId, Scheme, SourceRef, Yuan};
use gongji_policy::{AidKind, Body, Cell, InForce, Library, Rules, Transfer};

use room::Room;

const PART: &str = "mutual_aid";

/// 想转多少
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransferAsked {
    /// 哪一种共济
    pub of: AidKind,
    /// 转出人账户里有多少
    pub balance: Amount,
    /// 想转多少；不写为能转多少转多少
    pub wished: Option<Yuan>,
    /// 这一天（或这个月，看规则按什么限次数）已经转了几次
    pub done: u32,
    /// 几点；不写为不看时段
    pub at: Option<NaiveTime>,
    /// 没用完的共济额度，一位使用人一个
    pub quotas: Vec<Yuan>,
}

impl TransferAsked {
    /// 能转多少转多少 — the first transfer of the period, at an hour that is open.
    pub fn of(of: AidKind, balance: Amount) -> TransferAsked {
        TransferAsked {
            of,
            balance,
            wished: None,
            done: 0,
            at: None,
            quotas: Vec::new(),
        }
    }
}

/// 转账的判断 — what may be moved, and what cuts the rest off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransferVerdict {
    /// 扣掉共济额度以后本人能用的余额
    pub available: Amount,
    /// 这一次能转多少
    pub allowed: Amount,
    /// 这一天（或这个月）还能转多少，分几次转
    pub in_period: Amount,
    /// 理由 — the limit that cuts off the most.
    pub reason: Message,
    /// 对方不收会怎样，如规则里的词
    pub if_not_accepted: Option<String>,
    /// 用到的规则段
    pub rules: Vec<BlockRef>,
    /// 出处
    pub sources: Vec<SourceRef>,
    /// 其中最弱的可信等级
    pub grade: Option<Grade>,
    /// 未定之处
    pub open: Vec<Open>,
}

/// 能转多少 — by the rules of the place and scheme that keeps the giver's account, on that day.
pub fn transfer_verdict(
    library: &Library,
    pool: &PoolId,
    scheme: Scheme,
    asked: &TransferAsked,
    on: NaiveDate,
) -> TransferVerdict {
    match library.rules(pool, scheme.word(), on) {
        Some(rules) => transfer_under(&rules, asked),
        None => TransferVerdict::blank(asked.balance),
    }
}

/// The same, under rules that the caller has at hand.
pub(crate) fn transfer_under(rules: &Rules<'_>, asked: &TransferAsked) -> TransferVerdict {
    let mut verdict = TransferVerdict::blank(asked.balance);
    let available = verdict.reserve(rules, asked);
    verdict.available = available.amount();
    let Some((held, transfer)) = transfer_block(rules, asked.of) else {
        verdict.leave_open("rule", "open.no_transfer_rule", None);
        return verdict;
    };
    verdict.cite(held);
    let ask = held.block.head.ask.as_ref();
    if held.off {
        verdict.leave_open("cell:mutual_aid.transfer", "open.only_claimed", ask);
        return verdict;
    }
    verdict
        .if_not_accepted
        .clone_from(&transfer.if_not_accepted);
    let limits = limits(transfer, asked, available);
    let room = |limits: &[Limit]| {
        let wished = asked.wished.map_or(Room::ANY, Room::exactly);
        limits
            .iter()
            .fold(wished, |room, limit| room.within(limit.room))
    };
    let once = room(&limits);
    verdict.allowed = once.amount();
    let several = limits
        .iter()
        .map(|limit| limit.over_the_period(transfer, asked));
    verdict.in_period = room(&several.collect::<Vec<_>>()).amount();
    if let Some(limit) = tightest(&limits, asked.wished) {
        verdict.reason = limit.reason.clone();
    }
    if verdict.allowed.exact().is_none() {
        let open: Vec<&str> = limits.iter().filter_map(|limit| limit.open).collect();
        for key in open {
            match key {
                "balance" => verdict.leave_open(key, "open.balance", None),
                _ => verdict.leave_open(key, "open.cell", ask),
            }
        }
    }
    verdict
}

/// The block of one kind of transfer.
pub(crate) fn transfer_block<'r, 'a>(
    rules: &'r Rules<'a>,
    of: AidKind,
) -> Option<(&'r InForce<'a>, &'a Transfer)> {
    if rules.in_doubt(PART) {
        return None;
    }
    rules
        .all(PART, "transfer")
        .find_map(|held| match &held.block.body {
            Body::Transfer(transfer) if transfer.of == of => Some((held, &**transfer)),
            _ => None,
        })
}

/// 一条限制 — what it leaves, how it is said, and under which name it is open.
#[derive(Clone, Debug)]
struct Limit {
    kind: LimitKind,
    room: Room,
    reason: Message,
    open: Option<&'static str>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LimitKind {
    Hours,
    Times,
    Each,
    Balance,
}

impl Limit {
    /// A single transfer's most, over all that are left of the period.
    fn over_the_period(&self, transfer: &Transfer, asked: &TransferAsked) -> Limit {
        let mut over = self.clone();
        if self.kind == LimitKind::Each && self.room.most.is_some() {
            over.room = match transfer.times {
                Some(times) => self.room.times(times.saturating_sub(asked.done)),
                None => Room {
                    most: None,
                    ..self.room
                },
            };
        }
        over
    }
}

/// The limits in the order of the notices: when, how often, how much at once, what is left.
fn limits(transfer: &Transfer, asked: &TransferAsked, available: Room) -> Vec<Limit> {
    let each = at_once(transfer);
    [
        hours(transfer, asked),
        times(transfer, asked),
        each,
        Some(kept(transfer, available)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn hours(transfer: &Transfer, asked: &TransferAsked) -> Option<Limit> {
    let (hours, at) = (transfer.closed_hours.as_ref()?, asked.at?);
    let (room, open) = match is_closed(hours, at) {
        Some(false) => return None,
        Some(true) => (Room::NONE, None),
        None => (Room::UNKNOWN, Some("cell:mutual_aid.closed_hours")),
    };
    Some(Limit {
        kind: LimitKind::Hours,
        room,
        reason: Message::new("transfer.closed").with("hours", hours),
        open,
    })
}

fn times(transfer: &Transfer, asked: &TransferAsked) -> Option<Limit> {
    let (room, open) = match transfer.times {
        Some(times) if asked.done >= times => (Room::NONE, None),
        None if asked.done > 0 && transfer.times_per == "unknown" => {
            (Room::UNKNOWN, Some("cell:mutual_aid.times"))
        }
        _ => return None,
    };
    let times = transfer.times.unwrap_or_default();
    let reason = match transfer.times_per.as_str() {
        "day" => Message::new("transfer.times_a_day"),
        "month" => Message::new("transfer.times_a_month"),
        _ => Message::new("transfer.times"),
    };
    Some(Limit {
        kind: LimitKind::Times,
        room,
        reason: reason.with("times", times),
        open,
    })
}

fn at_once(transfer: &Transfer) -> Option<Limit> {
    let (room, open) = match transfer.at_most_each {
        Cell::NoLimit => return None,
        Cell::Yuan(each) => (Room::exactly(each), None),
        _ => (Room::UNKNOWN, Some("cell:mutual_aid.at_most_each")),
    };
    Some(Limit {
        kind: LimitKind::Each,
        room,
        reason: Message::new("transfer.each").with("each", transfer.at_most_each),
        open,
    })
}

fn kept(transfer: &Transfer, available: Room) -> Limit {
    let unknown = available.most.is_none().then_some("balance");
    let (room, open) = match transfer.keeps_back {
        Cell::NoLimit => (available, unknown),
        Cell::Yuan(kept) => (available.less(kept), unknown),
        _ => {
            let least = Yuan::ZERO;
            (
                Room { least, ..available },
                Some("cell:mutual_aid.keeps_back"),
            )
        }
    };
    let reason = match transfer.keeps_back {
        Cell::Yuan(kept) if !kept.is_zero() => {
            Message::new("transfer.keeps_back").with("kept", kept)
        }
        _ => Message::new("transfer.balance"),
    };
    Limit {
        kind: LimitKind::Balance,
        room,
        reason,
        open,
    }
}

/// The limit that leaves the least, where it cuts anything off.
fn tightest(limits: &[Limit], wished: Option<Yuan>) -> Option<&Limit> {
    let known = limits.iter().filter(|limit| limit.room.most.is_some());
    let tightest = known.min_by_key(|limit| limit.room.most)?;
    let cuts = wished.is_none() || tightest.room.most < wished;
    cuts.then_some(tightest)
}

/// Whether `at` lies in 「22:00-06:00」: from the first minute on, until the last. `None`: not such a
/// stretch.
fn is_closed(hours: &str, at: NaiveTime) -> Option<bool> {
    let (from, until) = hours.split_once('-')?;
    let time = |text: &str| NaiveTime::parse_from_str(text.trim(), "%H:%M").ok();
    let (from, until) = (time(from)?, time(until)?);
    Some(match from <= until {
        true => from <= at && at < until,
        false => from <= at || at < until,
    })
}

impl TransferVerdict {
    fn blank(balance: Amount) -> TransferVerdict {
        TransferVerdict {
            available: balance,
            allowed: Amount::UNKNOWN,
            in_period: Amount::UNKNOWN,
            reason: Message::new("transfer.allowed"),
            if_not_accepted: None,
            rules: Vec::new(),
            sources: Vec::new(),
            grade: None,
            open: Vec::new(),
        }
    }

    /// 共济额度 — available = balance − Σ unused quotas. Without such a rule it is not known whether they
    /// bind the owner.
    fn reserve(&mut self, rules: &Rules<'_>, asked: &TransferAsked) -> Room {
        let balance = Room::of(asked.balance);
        let reserved: Yuan = asked.quotas.iter().copied().sum();
        if reserved.is_zero() {
            return balance;
        }
        let rule = rules.get(PART, "quota");
        match rule.filter(|held| !held.off && !rules.in_doubt(PART)) {
            Some(held) => {
                self.cite(held);
                balance.less(reserved)
            }
            None => {
                self.leave_open("rule:quota", "open.no_quota_rule", None);
                Room {
                    least: balance.less(reserved).least,
                    most: balance.most,
                }
            }
        }
    }

    fn cite(&mut self, held: &InForce<'_>) {
        self.rules.push(held.reference());
        self.sources.extend(held.source());
        self.grade = self.grade.max(Some(held.grade));
    }

    fn leave_open(&mut self, key: &str, code: &str, ask: Option<&String>) {
        let what = Message::new(code)
            .with("part", PART)
            .with("block", "transfer");
        self.open.push(Open {
            key: key.to_owned(),
            what,
            ask: ask.cloned(),
            readings: Vec::new(),
        });
    }
}

#[cfg(test)]
#[path = "transfer_tests.rs"]
mod tests;

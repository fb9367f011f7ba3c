//! 回测 — the record replayed: what the rules say of each recorded credit, asked on the day before it came,
//! and of each recorded bill, beside what was recorded.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use gongji_domain::{
    AccountId, Amount, EntryKind, MemberId, Month, RecordedSettlement, SettlementEstimate, Slip,
    Yuan,
};
use gongji_engine::{EventKind, ProjectedEvent, ProjectionRequest, Steps, project_with, settle};
use serde::Serialize;

use crate::{ApiError, Gongji};

/// 回测
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Backtest {
    /// 各条，按月
    pub lines: Vec<BacktestLine>,
    /// 比了几条
    pub compared: u32,
    /// 一分不差的有几条
    pub agreed: u32,
    /// 规则说不定、没法比的有几条
    pub not_known: u32,
}

/// 一个月的划入，或一次结算
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BacktestLine {
    /// 月份（划入的所属月份，结算的月份）
    pub month: Month,
    /// 哪天
    pub on: NaiveDate,
    /// 成员
    pub member: MemberId,
    /// 是结算；不是则为划入
    pub is_settlement: bool,
    /// 到账在规则说的日子里；结算和日子不定的没有
    pub on_time: Option<bool>,
    /// 逐数对照
    pub figures: Vec<Compared>,
    /// 一分不差
    pub agrees: bool,
}

/// 一个数
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Compared {
    /// 哪个数
    pub figure: &'static str,
    /// 规则说的；没有说到则无
    pub expected: Option<Amount>,
    /// 记录的
    pub recorded: Yuan,
    /// 记录 − 规则；规则没有定的没有
    pub difference: Option<Yuan>,
}

impl Compared {
    fn of(figure: &'static str, expected: Option<Amount>, recorded: Yuan) -> Compared {
        let exact = expected.and_then(Amount::exact);
        Compared {
            figure,
            expected,
            recorded,
            difference: exact.map(|expected| recorded - expected),
        }
    }
}

/// Credits are looked for this many days after the one on which they came.
const AHEAD: Days = Days::new(62);

impl Gongji {
    /// 回测
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn backtest(&self) -> Result<Backtest, ApiError> {
        let mut lines = self.credits_tested()?;
        let household = self.store()?.household_without_entries()?;
        for settlement in &household.settlements {
            lines.push(self.settlement_tested(settlement)?);
        }
        lines.sort_by_key(|line| (line.month, line.on, line.is_settlement, line.member));
        let mut backtest = Backtest::default();
        for line in &lines {
            let known = line.figures.iter().all(|one| one.difference.is_some());
            match known {
                true => backtest.compared += 1,
                false => backtest.not_known += 1,
            }
            backtest.agreed += u32::from(line.agrees);
        }
        backtest.lines = lines;
        Ok(backtest)
    }

    fn credits_tested(&self) -> Result<Vec<BacktestLine>, ApiError> {
        let store = self.store()?;
        // The credits of one month may have come in several parts.
        let mut credits: BTreeMap<(AccountId, Month), (NaiveDate, Yuan)> = BTreeMap::new();
        for seen in store.credits_since(NaiveDate::MIN)? {
            let sum = credits
                .entry((seen.account, seen.month))
                .or_insert((seen.on, Yuan::ZERO));
            *sum = (sum.0.min(seen.on), sum.1 + seen.amount);
        }
        let mut by_day: BTreeMap<NaiveDate, Vec<(AccountId, Month, Yuan)>> = BTreeMap::new();
        for ((account, month), (on, amount)) in credits {
            by_day.entry(on).or_default().push((account, month, amount));
        }
        // Everything recorded, of which each projection looks at what lies before its beginning.
        let Some(last) = by_day.keys().next_back() else {
            return Ok(Vec::new());
        };
        let (mut household, _) = self.starting_point(*last)?;
        household.plans.clear();
        household.entries = store.household()?.entries;
        let told = |kind| matches!(kind, EntryKind::Spending | EntryKind::Transfer);
        household.entries.retain(|entry| !told(entry.kind));
        let mut lines = Vec::new();
        for (on, credits) in by_day {
            let request = ProjectionRequest {
                from: on - Days::new(1),
                until: on + AHEAD,
                with_interest: false,
                steps: Steps::None,
                beside: false,
            };
            let balances = self.starting_balances(request.from)?;
            let said = project_with(&self.library, &household, &balances, request)?;
            for (account, month, recorded) in credits {
                let mut owners = household.accounts.iter();
                let owner = owners.find(|known| known.id == account);
                let Some(member) = owner.map(|account| account.owner) else {
                    continue;
                };
                let found = said.events.iter().find(|event| {
                    event.member == member && event.for_month == Some(month) && regular(event)
                });
                let net = found.and_then(net);
                let figures = vec![Compared::of("credited", net, recorded)];
                lines.push(BacktestLine {
                    month,
                    on,
                    member,
                    is_settlement: false,
                    on_time: found.map(|event| (event.earliest..=event.on).contains(&on)),
                    agrees: agree(&figures),
                    figures,
                });
            }
        }
        Ok(lines)
    }

    fn settlement_tested(&self, settlement: &RecordedSettlement) -> Result<BacktestLine, ApiError> {
        let on = settlement.request.visit.settled_on;
        let said = settle(&self.library, &settlement.request).ok();
        let figures = figures(said.as_ref(), settlement);
        Ok(BacktestLine {
            month: Month::of(on),
            on,
            member: settlement.member,
            is_settlement: true,
            on_time: None,
            agrees: agree(&figures),
            figures,
        })
    }
}

fn agree(figures: &[Compared]) -> bool {
    figures
        .iter()
        .all(|one| one.difference.is_some_and(Yuan::is_zero))
}

/// The credit of a month itself, not what is paid later for it or taken off on its own day.
fn regular(event: &ProjectedEvent) -> bool {
    let codes = [
        "project.credit",
        "project.credit_learned",
        "project.advance",
        "project.overdue_credit",
        "project.overdue_or_in_balance",
    ];
    matches!(event.kind, EventKind::Credit | EventKind::OverdueCredit)
        && codes.contains(&event.what.code.as_str())
}

/// What comes in by itself: in the balance of an event a credit may already stand.
fn net(event: &ProjectedEvent) -> Option<Amount> {
    let (gross, withheld) = (event.gross?, event.withheld?);
    let bounds = gross.min().zip(gross.max()).zip(withheld.exact());
    let net = bounds.map(|((min, max), less)| Amount::between(min - less, max - less));
    Some(net.unwrap_or(Amount::UNKNOWN))
}

/// What the slip says where there is one; else what was recorded.
fn figures(said: Option<&SettlementEstimate>, settlement: &RecordedSettlement) -> Vec<Compared> {
    let payers = said.map(|estimate| &estimate.payers);
    let recorded = &settlement.estimate.payers;
    let slip = settlement.slip.as_ref();
    let of = |figure, expected: Option<Amount>, slipped: fn(&Slip) -> Option<Yuan>, own: Amount| {
        let recorded = match slip {
            Some(slip) => slipped(slip),
            None => own.exact(),
        };
        recorded.map(|recorded| Compared::of(figure, expected, recorded))
    };
    let all = [
        of(
            "fund_paid",
            payers.map(|payers| payers.fund_paid),
            |slip| slip.fund_paid,
            recorded.fund_paid,
        ),
        of(
            "patient_paid",
            payers.map(|payers| payers.patient_paid),
            |slip| slip.patient_paid,
            recorded.patient_paid,
        ),
        of(
            "accounts_paid",
            payers.map(|payers| payers.accounts_paid),
            |slip| slip.accounts_paid,
            recorded.accounts_paid,
        ),
        of(
            "cash_paid",
            payers.map(|payers| payers.cash_paid),
            |slip| slip.cash_paid,
            recorded.cash_paid,
        ),
    ];
    all.into_iter().flatten().collect()
}

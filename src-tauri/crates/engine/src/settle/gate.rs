//! 能不能报 — what stands between a bill and the pool: cases that are not paid at all, contributions that
//! stopped, a waiting period.

use gongji_domain::{Message, Payer, Rate, Slice, StepName, Yuan};

use super::run::Run;
use super::terms::Cite;
use super::trace::{Notes, Said};
use crate::exact::{fen, share, to_fen};
use crate::open::OpenPoint;

/// What an open question of the gate is looked at under.
const EXTREMES: [&str; 2] = ["reading.fund_pays_nothing", "reading.fund_pays_by_ratio"];

impl<'n, N: Notes<'n>> Run<'_, 'n, N> {
    /// 不予支付 — where the rule is only a lead, both readings.
    pub(super) fn not_paid(&mut self, cite: Cite) {
        let held = self.held(cite);
        if held.off && self.open(cite, EXTREMES) == 1 {
            self.pooled();
            return;
        }
        let scope = self.slip.scope;
        self.slip.matrix.cut(Slice::NotPaid, scope);
        self.notes.step(StepName::Gate, Some(held), || {
            let reason = match &held.block.body {
                gongji_policy::Body::NotPaid(rule) => rule.reason.as_str(),
                _ => "",
            };
            Said::new(Message::new("step.not_paid").with("reason", reason)).result(scope)
        });
    }

    /// 待遇停了 — the contributions stopped, or the waiting period gives nothing.
    pub(super) fn lapsed(&mut self, cite: Cite) {
        let scope = self.slip.scope;
        self.lapsed = true;
        self.slip.matrix.cut(Slice::NotPaid, scope);
        let held = self.held(cite);
        self.notes.step(StepName::Gate, Some(held), || {
            Said::new(Message::new("step.not_in_good_standing")).result(scope)
        });
    }

    /// 等待期内按几成享受 — the rest of what the pool would pay is the member's.
    pub(super) fn waiting(&mut self, cite: Cite, part: Rate) {
        let mut kept = Yuan::ZERO;
        for fund in Payer::ALL.into_iter().filter(|payer| payer.is_fund()) {
            let whole = self.slip.matrix.cell(Slice::Pooled, fund);
            let paid = to_fen(fen(whole) * share(part));
            self.slip.matrix.give_up(fund, whole - paid);
            kept += paid;
        }
        let held = self.held(cite);
        self.notes.step(StepName::Gate, Some(held), || {
            Said::new(Message::new("step.waiting").with("share", part)).result(kept)
        });
    }

    /// 待遇停没停不知道 — looked at both ways.
    pub(super) fn unsure(&mut self) {
        let nothing = self.terms.unsure.as_ref().is_none_or(|open| {
            let point = || OpenPoint {
                key: open.key.clone(),
                what: open.what.clone(),
                ask: open.ask.clone(),
                readings: EXTREMES.map(Message::new).to_vec(),
            };
            self.readings.choose(&open.key, point) == 0
        });
        if nothing {
            self.lapsed = true;
            let scope = self.slip.scope;
            self.slip.matrix.cut(Slice::NotPaid, scope);
        } else {
            self.pooled();
        }
    }
}

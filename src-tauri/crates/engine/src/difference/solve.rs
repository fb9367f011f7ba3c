//! 反推 — the figure so far under which the deductible comes to what the slip says.

use gongji_domain::{Amount, Bill, SettlementEstimate, SlipLine, Yuan};

use super::compare::estimated;
use super::{Ground, World};

/// What shows how much of a deductible was taken, the plainest first.
const SHOWN_BY: [SlipLine; 4] = [
    SlipLine::DeductiblePaid,
    SlipLine::PoolPaid,
    SlipLine::FundPaid,
    SlipLine::PatientPaid,
];

/// More in scope than any deductible asks for.
const LARGE: Yuan = Yuan::from_fen(10_000_000_000);

/// Fen that round to the same amount lie at most so far apart: a share of one percent.
const ALIKE: i64 = 100;

impl Ground<'_> {
    /// 起付线 — what is due of a deductible with nothing counted towards it yet, by settling a bill that
    /// is larger than any deductible.
    pub(super) fn standard(&self, world: &World, counter: &str) -> Option<Yuan> {
        let mut large = world.counting(counter, "0.00");
        large.request.bill = Bill::of_total(LARGE);
        let due = self.settle(&large)?.lines.deductible_paid.exact()?;
        (due < LARGE && !due.is_zero()).then_some(due)
    }

    /// How much of the deductible must have been borne before, so that the line of the slip that shows
    /// it comes out; `None` where nothing does. The more was borne, the more the fund pays.
    pub(super) fn borne_before(
        &self,
        world: &World,
        counter: &str,
        standard: Yuan,
    ) -> Option<Yuan> {
        let line = SHOWN_BY
            .into_iter()
            .find(|line| self.slip.line(*line).is_some())?;
        let printed = self.slip.line(line)?;
        let falls = matches!(line, SlipLine::DeductiblePaid | SlipLine::PatientPaid);
        let at = |fen: i64| {
            let text = Yuan::from_fen(fen).to_string();
            let estimate: SettlementEstimate = self.settle(&world.counting(counter, &text))?;
            estimated(line, &estimate, self.slip).and_then(Amount::exact)
        };
        let reached = |amount: Yuan| match falls {
            true => amount <= printed,
            false => amount >= printed,
        };
        // The least that reaches what is printed.
        let (mut low, mut high) = (0, standard.fen());
        while low < high {
            let middle = low + (high - low) / 2;
            match reached(at(middle)?) {
                true => high = middle,
                false => low = middle + 1,
            }
        }
        // Rounding makes several figures come to the same; people's figures are round ones.
        let alike =
            (low..=(low + ALIKE).min(standard.fen())).take_while(|fen| at(*fen) == Some(printed));
        alike
            .max_by_key(|fen| (zeros(*fen), -fen))
            .map(Yuan::from_fen)
    }
}

/// How round a figure is.
fn zeros(fen: i64) -> u32 {
    (1..=12)
        .take_while(|zeros| fen % 10_i64.pow(*zeros) == 0)
        .count() as u32
}

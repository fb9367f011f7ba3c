//! 大病、大额的起付线还差多少 — second layers that the next bills may reach.

use gongji_domain::{Amount, Message, Yuan};
use gongji_policy::{Body, Cell, Rules, Settled, Table};

use super::{Adviser, cite, option};
use crate::advice::OptionKind;
use crate::project::{Spell, counters_of};

impl Adviser<'_, '_> {
    /// How far each layer's counter stands from its threshold, and when the layer is settled.
    pub(super) fn layers_near(&mut self, spell: &Spell<'_>, rules: &Rules<'_>) {
        let through = self.projection.from.min(self.on);
        let counters = counters_of(
            self.book,
            self.household,
            &self.people[self.person],
            self.on,
            through,
        );
        for layer_rules in rules.layers() {
            let Body::Layer(layer) = &layer_rules.layer.block.body else {
                continue;
            };
            let Some(held) = layer_rules
                .blocks
                .iter()
                .find(|held| held.block.name == "threshold")
            else {
                continue;
            };
            let Body::Threshold(threshold) = &held.block.body else {
                continue;
            };
            let ladder = Table::of(&threshold.class, &threshold.rows)
                .ladder("any", &spell.row_facts(&self.people[self.person], self.on));
            let Some(Cell::Yuan(edge)) = ladder
                .ok()
                .filter(|_| !held.off)
                .and_then(|ladder| Some(ladder.first()?.1))
            else {
                continue;
            };
            let Some(counter) = counters.iter().find(|counter| counter.id == layer.counter) else {
                continue;
            };
            // Nobody said anything about a counter: it is not known, whatever it is likely to be.
            let said_of = counter.stated_as_of.is_some() || counter.recorded_since > 0;
            let said = match counter.value.filter(|_| said_of).map(Yuan::from_fen) {
                None if counter.year_from > through => {
                    Message::new("advice.layer_next_year").with("starts", counter.year_from)
                }
                Some(value) if value < edge => Message::new("advice.layer_distance")
                    .with("left", edge - value)
                    .with("so_far", value),
                Some(value) => Message::new("advice.layer_reached").with("so_far", value),
                None => Message::new("advice.layer_counter_unknown")
                    .with("counter_name", &counter.name)
                    .with("counter", &counter.id),
            };
            let what = said.with("fund", &layer.fund).with("threshold", edge);
            let mut option = option(OptionKind::SecondLayerNear, what, Amount::UNKNOWN);
            option.condition = Some(Message::new(match layer.settled {
                Settled::WithBill => "advice.layer_with_bill",
                Settled::Yearly => "advice.layer_yearly",
                Settled::Unknown => "advice.layer_settled_unknown",
            }));
            cite(&mut option, held);
            self.options.push(option);
        }
    }
}

//! Title, fields and column of every kind of block.

use super::Fact;
use super::days::runs;
use super::phrase::Phrase;
use super::say::{Say, listed};
use crate::*;

/// 段名
pub(super) fn title(name: &str, body: &Body) -> Phrase {
    match body {
        Body::Aid(aid) => Phrase::fixed(aid.kind),
        Body::Transfer(transfer) => Phrase::fixed_as("transfer_of", transfer.of),
        _ => Phrase::text(format!("title.{name}")),
    }
}

/// The head of a column that is not divided by class.
pub(super) fn column(body: &Body) -> &'static str {
    match body {
        Body::Credit(_) => "head.credit",
        Body::Withheld(_) => "head.withheld",
        Body::Interest(_) => "head.interest",
        Body::Premium(_) => "head.premium",
        Body::Threshold(_) => "head.threshold",
        _ => "head.all_classes",
    }
}

/// The rows of a mapping of institutions; nothing for other blocks.
pub(super) fn class_rows(body: &Body, say: &Say<'_>) -> (Vec<Phrase>, Vec<Vec<Phrase>>) {
    let Body::ClassMap(map) = body else {
        return (Vec::new(), Vec::new());
    };
    let rows = map.rows.iter().map(|row| {
        let named = row.named.iter().map(Phrase::name);
        let whole = |word: &String| say.word(word);
        let level = |word: &String| say.word(&format!("level_{word}"));
        let grade = |word: &String| say.word(&format!("grade_{word}"));
        let words = [
            row.kind.as_ref().map(whole),
            row.level.as_ref().map(level),
            row.owner.as_ref().map(whole),
            row.grade.as_ref().map(grade),
            row.price_class.as_ref().map(whole),
        ];
        let words = words.into_iter().flatten();
        let tcm = row.tcm.map(|yes| match yes {
            true => Phrase::text("institution.tcm"),
            false => Phrase::text("institution.not_tcm"),
        });
        let children = row.children.map(|yes| match yes {
            true => Phrase::text("institution.children"),
            false => Phrase::text("institution.not_children"),
        });
        let said = named.chain(words).chain(tcm).chain(children);
        vec![listed(said), say.name(&row.class)]
    });
    let heads = ["head.institution", "head.counts_as"].map(Phrase::text);
    (heads.to_vec(), rows.collect())
}

/// 「01-05」 as a day of every year; other words as they are said elsewhere.
fn day_of_year(text: &str, say: &Say<'_>) -> Phrase {
    match text
        .split_once('-')
        .map(|(m, d)| (m.parse::<u32>(), d.parse::<u32>()))
    {
        Some((Ok(month), Ok(day))) => Phrase::DayOfYear { month, day },
        _ => say.word(text),
    }
}

fn measured(measured_in: Option<&MeasuredIn>, say: &Say<'_>) -> Option<Phrase> {
    let measured = measured_in?;
    let said = Phrase::text("measured_in")
        .with("years", measured.years_back)
        .with("constant", say.name(&measured.constant))
        .with("to", Phrase::fixed(measured.to));
    Some(said)
}

fn window(window: &Window) -> Phrase {
    Phrase::text("from_until")
        .with("from", window.from)
        .with("until", window.until)
}

fn months(n: u32) -> Phrase {
    Phrase::text("months").with("n", n)
}

/// Facts one after another, those that are not written left out.
struct Told(Vec<Fact>);

impl Told {
    fn new() -> Told {
        Told(Vec::new())
    }

    fn say(mut self, field: &str, value: impl Into<Phrase>) -> Told {
        let name = Phrase::text(format!("field.{field}"));
        self.0.push((name, value.into()));
        self
    }

    fn maybe<T: Into<Phrase>>(self, field: &str, value: Option<T>) -> Told {
        match value {
            Some(value) => self.say(field, value),
            None => self,
        }
    }

    fn list(self, field: &str, words: &[String], say: &Say<'_>) -> Told {
        self.maybe(field, (!words.is_empty()).then(|| say.words(words)))
    }

    /// The same for what a place names itself.
    fn named(self, field: &str, words: &[String], say: &Say<'_>) -> Told {
        self.maybe(field, (!words.is_empty()).then(|| say.named_list(words)))
    }
}

/// 字段
pub(super) fn facts(body: &Body, say: &Say<'_>) -> Vec<Fact> {
    let told = match body {
        Body::Ended => Told::new().say("state", Phrase::text("ended")),
        _ => settlement(body, say)
            .or_else(|| supplements(body, say))
            .or_else(|| money_in(body, say))
            .or_else(|| account(body, say))
            .or_else(|| family(body, say))
            .unwrap_or_else(|| others(body, say)),
    };
    told.0
}

fn settlement(body: &Body, say: &Say<'_>) -> Option<Told> {
    let told = Told::new();
    Some(match body {
        Body::BenefitYear(b) => told
            .say("year_starts", day_of_year(&b.starts, say))
            .maybe("first_year_ends", b.first_year_ends),
        Body::Counter(b) => told
            .say("name", Phrase::name(&b.name))
            .say("adds", say.words(&b.adds))
            .list("paid_by", &b.paid_by, say)
            .say("benefits", say.words(&b.of))
            .named("at_class", &b.at_class, say)
            .say("starts_again", Phrase::fixed(b.per))
            .list("adds_undecided", &b.adds_undecided, say)
            .list("paid_by_undecided", &b.paid_by_undecided, say),
        Body::Upfront(b) => told.say("then_rate", b.then_rate),
        Body::Deductible(b) => told
            .say("counter", say.name(&b.counter))
            .maybe(
                "nth_counter",
                b.nth_counter
                    .as_ref()
                    .map(|counters| listed(counters.all().iter().map(|counter| say.name(counter)))),
            )
            .say("taken_from", Phrase::fixed(b.taken_from))
            .maybe(
                "again",
                b.again_after_days
                    .map(|days| Phrase::text("after_days").with("n", days)),
            )
            .maybe("measured_in", measured(b.measured_in.as_ref(), say)),
        Body::DeductibleLimit(b) => told.say("counter", say.name(&b.counter)),
        Body::DeductibleShare(b) => told.maybe("at_least", b.at_least),
        Body::Rate(b) => told.say("edges", Phrase::fixed(b.edges_on)).maybe(
            "counter",
            b.counter.as_ref().map(|counter| say.name(counter)),
        ),
        Body::Cap(b) => told
            .say("basis", Phrase::fixed(b.basis))
            .say("counter", say.name(&b.counter))
            .maybe(
                "counter_otherwise",
                b.by_basis.as_ref().map(|by| {
                    let ids = [&by.fund_paid, &by.cost, &by.cost_above_deductible];
                    let ids = ids.into_iter().flatten().filter(|id| **id != b.counter);
                    listed(ids.map(|id| say.name(id)))
                }),
            )
            .say("beyond", Phrase::fixed(b.then))
            .maybe("measured_in", measured(b.measured_in.as_ref(), say)),
        Body::Embedded(b) => told.say(
            "of_which",
            Phrase::text("embedded")
                .with("status", say.word(&b.for_status))
                .with("fund", say.word(&b.fund))
                .with("rate", b.share_of_rest),
        ),
        Body::NotPaid(b) => told
            .say("reason", say.word(&b.reason))
            .list("benefits", &b.parts, say)
            .maybe("plan", b.plan.as_ref().map(|plan| say.name(plan))),
        _ => return None,
    })
}

fn supplements(body: &Body, say: &Say<'_>) -> Option<Told> {
    let told = Told::new();
    let limit = |limit: &Option<Cells>| {
        let cells = limit.as_ref()?.all().iter();
        Some(listed(cells.map(|cell| Phrase::from(*cell))))
    };
    Some(match body {
        Body::Adjust(b) => told
            .say("adjusts", Phrase::fixed(b.on))
            .say("order", Phrase::text("step").with("n", b.order))
            .say("change", Phrase::fixed(b.change))
            .maybe(
                "one_of",
                (!b.one_of.is_empty())
                    .then(|| listed(b.one_of.iter().map(|way| Phrase::fixed(*way)))),
            )
            .say("each", Phrase::fixed(b.each))
            .maybe(
                "enough_months",
                (!b.enough_months.is_empty())
                    .then(|| listed(b.enough_months.iter().map(|months| Phrase::from(*months)))),
            )
            .say("of_what", Phrase::fixed(b.of))
            .maybe("at_least", limit(&b.at_least))
            .maybe("at_most", limit(&b.at_most)),
        Body::Carry(b) => told
            .say("unused_of", limit_of(&b.unused_of, say))
            .say("raises", limit_of(&b.raises, say))
            .say("accumulates", b.accumulates),
        Body::Layer(b) => told
            .say("fund", say.word(&b.fund))
            .say("order", Phrase::text("place_in_order").with("n", b.order))
            .say("adds", say.words(&b.counts))
            .say("only_paid_by", say.words(&b.paid_by))
            .say("benefits", say.words(&b.of))
            .say("counter", say.name(&b.counter))
            .say("share_of", Phrase::fixed_as("share_of", b.share_of))
            .say("settled", Phrase::fixed(b.settled))
            .list("excludes", &b.excludes, say),
        _ => return None,
    })
}

/// 「inpatient.year」 as the limit of a part.
fn limit_of(text: &str, say: &Say<'_>) -> Phrase {
    let Some((part, id)) = text.split_once('.') else {
        return say.name(text);
    };
    let key = match id {
        "year" => "limit_of.year",
        "month" => "limit_of.month",
        _ => "limit_of.any",
    };
    Phrase::text(key).with("part", say.word(part))
}

fn money_in(body: &Body, say: &Say<'_>) -> Option<Told> {
    let told = Told::new();
    Some(match body {
        Body::Base(b) => told
            .say("floor", b.floor)
            .say("cap", b.cap)
            .maybe("trued_up_in", b.trued_up_in.map(gongji_domain::Month::of)),
        Body::Credit(b) => told
            .say("into", say.name(&b.into))
            .say("how_often", Phrase::fixed(b.per))
            .maybe(
                "provisional",
                b.provisional.then(|| Phrase::text("provisional")),
            )
            .maybe("measured_in", measured(b.measured_in.as_ref(), say)),
        Body::Withheld(b) => told
            .say("name", Phrase::name(&b.name))
            .say("how_often", Phrase::fixed(b.per))
            .say("withheld_on", day_of_year(&b.on, say)),
        Body::Arrival(b) => told
            .maybe("only_for", b.status.as_ref().map(|status| say.word(status)))
            .say("arrives", arrival(b))
            .say("on_holiday", Phrase::fixed(b.holiday)),
        Body::Advance(b) => told
            .maybe("only_for", b.status.as_ref().map(|status| say.word(status)))
            .say("advanced_on", day_of_year(&b.on, say))
            .say("covers", months(b.covers))
            .say("estimate_by", Phrase::fixed(b.estimate_by))
            .say("age_crossing", Phrase::fixed(b.age_crossing))
            .say("joiner", Phrase::fixed(b.joiner))
            .say("leaver", Phrase::fixed(b.leaver))
            .say("shortfall", Phrase::fixed(b.shortfall)),
        Body::Clearing(b) => told
            .say("cleared_on", day_of_year(&b.on, say))
            .say("plus", terms(&b.adds))
            .say("minus", terms(&b.takes))
            .say("lands_in", say.name(&b.lands_in))
            .say("bears_interest", b.interest),
        Body::Interest(b) => told
            .say("posted", day_of_year(&b.posted, say))
            .say(
                "measured_on",
                b.measured_on
                    .map_or_else(|| Phrase::text("unknown"), Phrase::fixed),
            )
            .maybe("condition", b.condition.map(Phrase::fixed)),
        Body::OneOff(b) => told
            .say("date", b.on)
            .maybe("only_for", b.status.as_ref().map(|status| say.word(status)))
            .maybe("into", b.into.as_ref().map(|into| say.name(into)))
            .maybe("months_worth", b.months.map(months))
            .maybe("amount", b.amount)
            .maybe("back_to", b.back_to),
        _ => return None,
    })
}

fn account(body: &Body, say: &Say<'_>) -> Option<Told> {
    let told = Told::new();
    Some(match body {
        Body::Sweep(b) => told
            .say("above", b.above)
            .maybe("taken_out_of", b.of.as_ref().map(|of| say.name(of)))
            .say("into", say.name(&b.into))
            .maybe("swept_on", b.on.as_ref().map(|on| day_of_year(on, say))),
        Body::SubAccount(b) => told
            .say("rolls_into", say.name(&b.rolls_into))
            .say("rolls_on", day_of_year(&b.on, say))
            .say(
                "withdrawable",
                b.withdrawable
                    .map_or_else(|| Phrase::text("unknown"), Phrase::from),
            )
            .maybe("owner", b.owner.as_ref().map(|owner| say.word(owner)))
            .named("plans", &b.plans, say),
        Body::AccountUse(b) => b.order.iter().fold(
            told.say("benefits", say.words(&b.benefits)),
            |Told(mut facts), step| {
                let pays = Phrase::fixed(step.when).with("pays", say.words(&step.may_pay));
                facts.push((say.name(&step.sub), pays));
                Told(facts)
            },
        ),
        Body::RefundOrder(b) => told.say("order", say.words(&b.order)),
        _ => return None,
    })
}

fn terms(terms: &[ClearingTerm]) -> Phrase {
    listed(terms.iter().map(|term| Phrase::fixed(*term)))
}

fn arrival(b: &Arrival) -> Phrase {
    let Some(day) = b.day else {
        return Phrase::text("unknown");
    };
    let said = match b.kind {
        ArrivalKind::DayOfMonth if b.latest && b.earliest_day.is_some() => {
            Phrase::text("arrival_kind.between").with("first", b.earliest_day.unwrap_or(1))
        }
        ArrivalKind::DayOfMonth if b.latest => Phrase::text("arrival_kind.latest"),
        kind => Phrase::fixed(kind),
    };
    if matches!(b.kind, ArrivalKind::WorkingDaysAfterContribution) {
        return said.with("n", day);
    }
    let month = match b.month_offset {
        0 => Phrase::text("month.same"),
        1 => Phrase::text("month.next"),
        n => Phrase::text("month.later").with("n", n),
    };
    said.with("month", month).with("day", day)
}

fn family(body: &Body, say: &Say<'_>) -> Option<Told> {
    let told = Told::new();
    Some(match body {
        Body::Aid(b) => told
            .say("area", Phrase::fixed(b.area))
            .say("relations", say.words(&b.relations))
            .say("pays_from", say.words(&b.pays_from))
            .say("own_first", Phrase::fixed(b.own_first))
            .say("donor_order", Phrase::fixed(b.donor_order))
            .say("user_may_reorder", say.word(&b.user_may_reorder))
            .maybe("tie", b.tie.as_ref().map(|tie| say.word(tie)))
            .say("donors_per_settlement", say.word(&b.donors_per_settlement))
            .say("donors_per_user", say.word(&b.donors_per_user))
            .say("users_per_donor", say.word(&b.users_per_donor))
            .say("keeps_back", b.reserve)
            .say("per_settlement", b.per_settlement)
            .say("may_pay", say.words(&b.may_pay))
            .say("benefits", say.words(&b.benefits))
            .list("premiums", &b.premiums, say)
            .list("not_for", &b.not_for, say)
            .list("ends_when", &b.ends_when, say)
            .maybe("at_end", b.at_end.as_ref().map(|end| say.word(end))),
        Body::Transfer(b) => told
            .say("keeps_back", b.keeps_back)
            .say("at_most_each", b.at_most_each)
            .maybe(
                "times",
                b.times.map(|times| {
                    Phrase::text(format!("times_per.{}", b.times_per)).with("n", times)
                }),
            )
            .maybe("closed_hours", b.closed_hours.as_ref().map(Phrase::name))
            .maybe(
                "if_not_accepted",
                b.if_not_accepted.as_ref().map(|then| say.word(then)),
            ),
        Body::Quota(b) => told.say("release", say.word(&b.release)),
        _ => return None,
    })
}

fn others(body: &Body, say: &Say<'_>) -> Told {
    let told = Told::new();
    match body {
        Body::Plan(b) => told.say("has_account", say.word(&b.has_account)),
        Body::StatusRule(b) => told
            .say("pooling_stops", say.word(&b.pooling_stops))
            .maybe("back_pay", b.back_pay_months.map(months))
            .maybe("waiting", b.waiting_months.map(months))
            .maybe(
                "waits_after",
                b.waiting_months.map(|_| say.words(&b.waits_after)),
            )
            .maybe(
                "during_waiting",
                b.during_waiting.as_ref().map(|during| say.word(during)),
            )
            .say("retirement_from", say.word(&b.retirement_takes_effect))
            .maybe("gap_resets", b.after_gap_resets_months.map(months)),
        Body::Class(b) => told.say("benefits", say.words(&b.parts)),
        Body::ClassMap(b) => told.say("benefits", say.words(&b.parts)),
        Body::Away(b) => told.say("away_change", say.word(&b.change)),
        Body::Premium(b) => told
            .say("benefit_year", b.year)
            .maybe("window", b.window.as_ref().map(window))
            .maybe("extension", b.extension.as_ref().map(window))
            .maybe("wait_after", b.wait_after.map(months)),
        Body::Rounding(b) => told
            .say("round_at", Phrase::fixed(b.at))
            .say("round_to", Phrase::fixed(b.to))
            .say("round_mode", Phrase::fixed(b.mode))
            .say("running", Phrase::fixed(b.running)),
        Body::Bound(b) => told
            .say("bound_on", say.word(&b.on))
            .maybe("at_least", b.at_least)
            .maybe("at_most", b.at_most)
            .maybe("no_shorter", b.at_least_months.map(months))
            .maybe("no_longer", b.at_most_months.map(months)),
        Body::Constant(b) => told.say("calendar_year", b.year).say("value", b.value),
        Body::Calendar(b) => told
            .say("calendar_year", b.year)
            .say("days_off", runs(&b.off))
            .say("days_worked", runs(&b.works)),
        _ => told,
    }
}

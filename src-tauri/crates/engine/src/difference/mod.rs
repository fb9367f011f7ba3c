//! 差别 — a real slip beside the estimate, and which single change of what was asked would make the
//! estimate say what the slip says.
//!
//! Nothing here knows why the slip differs. It settles the same bill again with one thing changed and
//! counts how many lines then agree to the fen; whoever shows the answer says 「如果」.

mod candidates;
mod changes;
mod compare;
mod report;
mod solve;

use std::cell::OnceCell;

use gongji_domain::{Amount, EstimateRequest, Message, SettlementEstimate, Slip, Yuan};
use gongji_policy::Library;

pub use compare::lines as slip_lines;
pub use report::{DifferenceReport, Explanation, LineDifference};

use changes::{Change, Kind};
use compare::Match;

use crate::settle::{EngineError, settle};

/// More explanations than that help nobody at a counter.
const MOST: usize = 6;

/// 差别 — line by line, and the changes that would explain it, the best first.
///
/// # Errors
/// Where the request itself is faulty.
pub fn difference(
    library: &Library,
    request: &EstimateRequest,
    slip: &Slip,
) -> Result<DifferenceReport, EngineError> {
    let ground = Ground::new(library, slip);
    let asked = World::of(request);
    let estimate = settle(library, request)?;
    let found = Match::of(&estimate, slip);
    let mut report = DifferenceReport {
        lines: compare::lines(&estimate, slip),
        contradictions: slip.contradictions(),
        agrees: found.is_whole(),
        explanations: Vec::new(),
        not_compared: compare::open_lines(&estimate, slip),
        ask: None,
    };
    if !report.agrees {
        let searched = ground.search(asked, estimate, found);
        report.explanations = searched.explanations;
        report.ask = searched.ask;
    }
    Ok(report)
}

/// What all the settlements of one comparison share.
struct Ground<'a> {
    library: &'a Library,
    slip: &'a Slip,
    /// The same rules with the leads switched on; made when first asked for.
    with_leads: OnceCell<Library>,
}

/// 假设 — what is asked, with so many things changed.
#[derive(Clone)]
struct World {
    request: EstimateRequest,
    leads: bool,
}

impl World {
    fn of(request: &EstimateRequest) -> World {
        World {
            request: request.clone(),
            leads: false,
        }
    }
}

/// What the search came to.
struct Searched {
    explanations: Vec<Explanation>,
    ask: Option<Message>,
}

impl<'a> Ground<'a> {
    fn new(library: &'a Library, slip: &'a Slip) -> Ground<'a> {
        Ground {
            library,
            slip,
            with_leads: OnceCell::new(),
        }
    }

    fn rules_of(&self, world: &World) -> &Library {
        if !world.leads {
            return self.library;
        }
        self.with_leads.get_or_init(|| Library {
            with_claimed: true,
            ..self.library.clone()
        })
    }

    /// A change that cannot be settled explains nothing.
    fn settle(&self, world: &World) -> Option<SettlementEstimate> {
        settle(self.rules_of(world), &world.request).ok()
    }

    fn search(&self, asked: World, estimate: SettlementEstimate, found: Match) -> Searched {
        let mut known = Vec::new();
        let (mut start, mut began, mut reached) = (asked, estimate, found);
        let mut before: Vec<Message> = Vec::new();
        // The slip's own costs first: with other costs nothing else can be compared.
        if let Some(bill) = changes::bill_of_slip(&start.request.bill, self.slip) {
            let mut world = start.clone();
            world.request.bill = bill;
            if let Some(estimate) = self.settle(&world) {
                let matched = Match::of(&estimate, self.slip);
                let said = Message::new("explain.bill");
                if matched.is_better_than(&reached) {
                    known.push(Found::bare(vec![said.clone()], &matched));
                }
                (start, began, reached) = (world, estimate, matched);
                before.push(said);
            }
        }
        if !reached.is_whole() {
            known.extend(self.rounding(&before, &began));
            let singles = self.changes(&start, &began);
            for change in &singles {
                let Some(matched) = self.matched(&change.world) else {
                    continue;
                };
                let found = Found::new(&before, &[change], &matched);
                // One stay as good as the next: the tables tell only the first ones apart.
                let told = |known: &Found| change.kind == Kind::Stay && known.says_like(&found);
                if matched.is_better_than(&reached) && !known.iter().any(told) {
                    known.push(found);
                }
            }
            if !known.iter().any(Found::is_whole) {
                known.extend(self.pairs(&before, &singles));
            }
        }
        let ask = (!known.iter().any(Found::is_whole)).then(|| self.ask(&began));
        Searched {
            explanations: ranked(known),
            ask: ask.flatten(),
        }
    }

    fn matched(&self, world: &World) -> Option<Match> {
        let estimate = self.settle(world)?;
        Some(Match::of(&estimate, self.slip))
    }

    /// Two changes at once, where together they explain everything. Two figures that were worked out
    /// from the slip would explain any slip, so there is at most one.
    fn pairs(&self, before: &[Message], singles: &[Change]) -> Vec<Found> {
        let mut found = Vec::new();
        for first in singles.iter().filter(|first| !first.is_solved) {
            let Some(estimate) = self.settle(&first.world) else {
                continue;
            };
            for second in self.changes(&first.world, &estimate) {
                let other_way = !second.is_solved && second.kind <= first.kind;
                if other_way || second.kind == first.kind {
                    continue;
                }
                let matched = self.matched(&second.world);
                if let Some(matched) = matched.filter(Match::is_whole) {
                    found.push(Found::new(before, &[first, &second], &matched));
                }
            }
        }
        found
    }

    /// 零头 — every line is at most a fen away.
    fn rounding(&self, before: &[Message], began: &SettlementEstimate) -> Option<Found> {
        let fen = Yuan::from_fen(1);
        let matched = Match::within(began, self.slip, fen);
        let said = || [before, &[Message::new("explain.rounding")]].concat();
        matched.is_whole().then(|| Found::bare(said(), &matched))
    }

    /// What to ask at the counter: the first line that differs, because the later ones follow from it.
    fn ask(&self, began: &SettlementEstimate) -> Option<Message> {
        let lines = compare::lines(began, self.slip);
        let differs = |line: &&LineDifference| {
            line.estimated.is_some() && line.difference != Some(Yuan::ZERO)
        };
        let first = lines.iter().find(differs)?;
        let about = |code: &str| {
            Message::new(code)
                .with("slip_line", first.line.word())
                .with("slip", first.slip)
        };
        Some(match first.estimated.and_then(Amount::exact) {
            Some(ours) => about("explain.ask").with("ours", ours),
            None => about("explain.ask_open"),
        })
    }
}

/// One explanation, and what it is ranked by.
struct Found {
    explanation: Explanation,
    left: Yuan,
    kinds: Vec<Kind>,
    is_solved: bool,
}

impl Found {
    fn new(before: &[Message], made: &[&Change], matched: &Match) -> Found {
        let said = made.iter().map(|change| change.said.clone());
        Found {
            kinds: made.iter().map(|change| change.kind).collect(),
            is_solved: made.iter().any(|change| change.is_solved),
            ..Found::bare(before.iter().cloned().chain(said).collect(), matched)
        }
    }

    /// What is no change of what was asked: the costs themselves, and the odd fen.
    fn bare(changes: Vec<Message>, matched: &Match) -> Found {
        Found {
            explanation: Explanation {
                changes,
                agreeing: matched.agreeing.clone(),
                compared: u32::try_from(matched.compared).unwrap_or(u32::MAX),
                whole: matched.is_whole(),
            },
            left: matched.left,
            kinds: Vec::new(),
            is_solved: false,
        }
    }

    fn is_whole(&self) -> bool {
        self.explanation.whole
    }

    /// The same kind of change with the same outcome.
    fn says_like(&self, other: &Found) -> bool {
        let outcome = |found: &Found| (found.explanation.agreeing.clone(), found.left);
        self.kinds == other.kinds && outcome(self) == outcome(other)
    }
}

/// The best first: what explains all, by as few changes as can be, and a figure that was worked out from
/// the slip after one that stands in the rules. Beside what explains all, what explains a part is noise.
fn ranked(mut known: Vec<Found>) -> Vec<Explanation> {
    if known.iter().any(Found::is_whole) {
        known.retain(Found::is_whole);
    }
    known.sort_by_key(|found| {
        let agreeing = found.explanation.agreeing.len();
        (
            std::cmp::Reverse(agreeing),
            found.explanation.changes.len(),
            found.is_solved,
            found.left,
            found.kinds.clone(),
        )
    });
    let explanations = known.into_iter().map(|found| found.explanation);
    explanations.take(MOST).collect()
}

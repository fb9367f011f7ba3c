//! P01 for words, P20 for lists that have a short form, P16 for what is open without a question.

use gongji_domain::{Part, Payer, Relation, Slice};

use super::{At, Finding};
use crate::body::Body;
use crate::cells::Cell;
use crate::problem::Code;
use crate::table::Row;
use crate::{AidKind, DonorOrder};

/// A list of words that a key may hold.
type Vocabulary = fn(&str) -> bool;

const STATUSES: [&str; 5] = ["active", "retired", "suspended", "in_arrears", "ended"];
const SPECIALS: [&str; 3] = ["none", "hardship", "founding_era"];
const AWAYS: [&str; 4] = ["filed", "referral", "emergency", "unfiled"];
const RELATIONS: [Relation; 7] = [
    Relation::Spouse,
    Relation::Parent,
    Relation::Child,
    Relation::Sibling,
    Relation::Grandparent,
    Relation::Grandchild,
    Relation::Other,
];

fn slice(word: &str) -> bool {
    word == "in_scope"
        || word
            .strip_prefix("over_cap:")
            .is_some_and(|id| !id.is_empty())
        || Slice::ALL.iter().any(|slice| slice.word() == word)
}

fn counted(word: &str) -> bool {
    slice(word) || word == "stay" || word == "visit"
}

fn payer(word: &str) -> bool {
    Payer::ALL.iter().any(|payer| payer.word() == word)
}

fn payer_or_any(word: &str) -> bool {
    word == "any" || payer(word)
}

fn fund(word: &str) -> bool {
    let mut funds = Payer::ALL.iter().filter(|payer| payer.is_fund());
    funds.any(|payer| payer.word() == word)
}

fn part(word: &str) -> bool {
    Part::ALL.iter().any(|part| part.word() == word)
}

fn status(word: &str) -> bool {
    word == "any" || STATUSES.contains(&word)
}

fn relation(word: &str) -> bool {
    RELATIONS.iter().any(|relation| relation.word() == word)
}

fn stop(word: &str) -> bool {
    ["same_month", "next_month_first", "unknown"].contains(&word)
}

fn wait(word: &str) -> bool {
    ["gap", "first_enrollment"].contains(&word)
}

fn during(word: &str) -> bool {
    matches!(
        Cell::read(word),
        Some(Cell::Rate(_) | Cell::NoLimit | Cell::Unknown)
    )
}

fn taking_effect(word: &str) -> bool {
    ["same_month", "month_after", "year_after", "unknown"].contains(&word)
}

pub(super) fn check(at: &At<'_, '_>, found: &mut Vec<Finding>) {
    let draft = at.draft;
    each_list(&draft.block.body, &mut |key, words, known| {
        for word in words.iter().filter(|word| !known(word)) {
            let sentence = format!("「{key}」里的「{word}」不是格式里的词。");
            found.push(at.error(draft.line_of(key), Code::P01, sentence));
        }
        let spelled_out = Slice::IN_SCOPE
            .iter()
            .filter(|slice| words.iter().any(|word| word == slice.word()))
            .count();
        let short = words.iter().any(|word| word == "in_scope");
        if spelled_out == Slice::IN_SCOPE.len() || (short && spelled_out > 0) {
            let sentence =
                format!("「{key}」写出了政策范围内的各个原因，五项全计只写 \"in_scope\"。");
            found.push(at.error(draft.line_of(key), Code::P20, sentence));
        }
    });
    if let Some(table) = draft.block.body.table() {
        for (index, row) in table.rows.iter().enumerate() {
            if let Some((selector, word)) = strange_selector(&draft.block.body, row) {
                let sentence = format!("「{selector}」里的「{word}」不是格式里的词。");
                found.push(at.error(draft.line_of_row(index), Code::P01, sentence));
            }
        }
    }
    if let Body::Aid(aid) = &draft.block.body
        && aid.kind == AidKind::Binding
        && aid.donor_order == DonorOrder::NotApplicable
    {
        let sentence =
            "绑定的共济总有先后（或未查到）：donor_order = \"not_applicable\" 只用在其他几种。";
        found.push(at.error(draft.line_of("donor_order"), Code::P01, sentence.to_owned()));
    }
    if let (Some(line), None) = (draft.unknown, &draft.block.head.ask) {
        let sentence = "有一处未查到（unknown），请写 ask：一句能把它定下来的问题。".to_owned();
        found.push(at.warning(line, Code::P16, sentence));
    }
}

fn strange_selector<'a>(body: &Body, row: &'a Row) -> Option<(&'static str, &'a str)> {
    let strange = |key, word: &'a Option<String>, known: Vocabulary| {
        let word = word.as_deref().filter(|word| !known(word))?;
        Some((key, word))
    };
    let special: Vocabulary = |word| word == "any" || SPECIALS.contains(&word);
    let away: Vocabulary = |word| word == "any" || AWAYS.contains(&word);
    let of: Vocabulary = |word| {
        ["base", "fixed", "pension", "age", "entered"].contains(&word)
            || word
                .strip_prefix("constant:")
                .is_some_and(|id| !id.is_empty())
    };
    strange("status", &row.status, status)
        .or_else(|| strange("special", &row.special, special))
        .or_else(|| strange("away", &row.away, away))
        .or_else(|| match (body, &row.of) {
            (Body::Credit(_) | Body::Withheld(_), None) => Some(("of", "（没有写）")),
            (Body::Credit(_) | Body::Withheld(_), of_what) => strange("of", of_what, of),
            (_, Some(word)) => Some(("of", word.as_str())),
            (_, None) => None,
        })
}

/// Shows every list of words of a block to `see`, with what it may hold.
fn each_list(body: &Body, see: &mut dyn FnMut(&'static str, &[String], Vocabulary)) {
    let one = std::slice::from_ref::<String>;
    match body {
        Body::Counter(b) => {
            see("adds", &b.adds, counted);
            see("adds_undecided", &b.adds_undecided, counted);
            see("paid_by", &b.paid_by, payer_or_any);
            see("paid_by_undecided", &b.paid_by_undecided, payer_or_any);
            see("of", &b.of, part);
        }
        Body::Embedded(b) => {
            see("fund", one(&b.fund), fund);
            see("for_status", one(&b.for_status), status);
        }
        Body::NotPaid(b) => see("parts", &b.parts, part),
        Body::Layer(b) => {
            see("fund", one(&b.fund), fund);
            see("counts", &b.counts, slice);
            see("paid_by", &b.paid_by, payer_or_any);
            see("of", &b.of, part);
        }
        Body::Class(b) => see("parts", &b.parts, part),
        Body::ClassMap(b) => see("parts", &b.parts, part),
        Body::AccountUse(b) => {
            see("benefits", &b.benefits, part);
            for step in &b.order {
                see("order", &step.may_pay, slice);
            }
        }
        Body::Arrival(b) => see("status", b.status.as_slice(), status),
        Body::Advance(b) => see("status", b.status.as_slice(), status),
        Body::OneOff(b) => see("status", b.status.as_slice(), status),
        Body::StatusRule(b) => {
            see("pooling_stops", one(&b.pooling_stops), stop);
            see("waits_after", &b.waits_after, wait);
            see("during_waiting", b.during_waiting.as_slice(), during);
            let effect = one(&b.retirement_takes_effect);
            see("retirement_takes_effect", effect, taking_effect);
        }
        Body::RefundOrder(b) => see("order", &b.order, payer),
        Body::Aid(b) => {
            see("relations", &b.relations, relation);
            see("may_pay", &b.may_pay, slice);
            see("benefits", &b.benefits, part);
        }
        _ => {}
    }
}

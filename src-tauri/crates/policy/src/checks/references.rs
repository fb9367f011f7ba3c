//! What a block names must exist: sources (P03), counters (P11), classes (P12), caps (P17).

use std::collections::BTreeSet;

use gongji_domain::Slice;

use super::world::Found;
use super::{At, Finding};
use crate::cells::Names;
use crate::problem::Code;
use crate::{Basis, Body, Cap, ClassMap, Counter, EdgesOn, Then};

/// 机构类别的通用词 — allowed where a pool declares no classes of its own.
const WELL_KNOWN: [&str; 6] = [
    "community",
    "primary",
    "secondary",
    "tertiary",
    "pharmacy",
    "hospital",
];

pub(super) fn check(at: &At<'_, '_>, found: &mut Vec<Finding>) {
    source(at, found);
    classes(at, found);
    let draft = at.draft;
    match &draft.block.body {
        Body::Deductible(b) => {
            counter(at, "counter", &b.counter, Needs::Deductible, found);
            if let Some(nth) = &b.nth_counter {
                for id in nth.all() {
                    counter(at, "nth_counter", id, Needs::Times, found);
                }
                if matches!(nth, Names::Each(ids) if ids.len() != b.class.len()) {
                    let sentence = format!(
                        "「nth_counter」要写一个，或与 {} 个列头一样多。",
                        b.class.len()
                    );
                    found.push(at.error(draft.line_of("nth_counter"), Code::P10, sentence));
                }
            } else if let Some(row) = b.rows.iter().position(|row| row.from_nth.is_some()) {
                let sentence = "行里有 from_nth，要写 nth_counter：按哪个次数算第几次。".to_owned();
                found.push(at.error(draft.line_of_row(row), Code::P11, sentence));
            }
        }
        Body::DeductibleLimit(b) => {
            counter(at, "counter", &b.counter, Needs::Deductible, found);
        }
        Body::Rate(b) => {
            let needs = match b.edges_on {
                EdgesOn::FundPaid => Needs::FundPaid,
                EdgesOn::Cost => Needs::Cost,
                EdgesOn::CostAboveDeductible => Needs::CostAboveDeductible,
                EdgesOn::None | EdgesOn::Zero | EdgesOn::AboveThreshold => Needs::Nothing,
            };
            if let Some(name) = &b.counter {
                counter(at, "counter", name, needs, found);
            }
        }
        Body::Cap(b) => {
            let needs = match b.basis {
                Basis::FundPaid => Needs::FundPaid,
                Basis::Cost => Needs::Cost,
                Basis::CostAboveDeductible => Needs::CostAboveDeductible,
                Basis::Unknown => Needs::Nothing,
            };
            counter(at, "counter", &b.counter, needs, found);
            by_basis(at, b, found);
            if b.then == Then::Inpatient && !has_part(at, "inpatient") {
                let sentence = "then = \"inpatient\"，但这里没有住院的支付比例。".to_owned();
                found.push(at.error(draft.line_of("then"), Code::P17, sentence));
            }
        }
        Body::Layer(b) => {
            counter(at, "counter", &b.counter, Needs::Nothing, found);
            for id in b
                .counts
                .iter()
                .filter_map(|word| word.strip_prefix("over_cap:"))
            {
                cap(at, "counts", None, id, found);
            }
        }
        Body::Counter(b) => {
            for id in b
                .adds
                .iter()
                .filter_map(|word| word.strip_prefix("over_cap:"))
            {
                cap(at, "adds", None, id, found);
            }
            if let Some(year) = &b.year {
                benefit_year(at, year, found);
            }
        }
        Body::Clearing(b) => sub_account(at, "lands_in", &b.lands_in, found),
        Body::Sweep(b) => {
            sub_account(at, "into", &b.into, found);
            if let Some(of) = &b.of {
                sub_account(at, "of", of, found);
            }
        }
        Body::OneOff(b) => {
            if let Some(into) = &b.into {
                sub_account(at, "into", into, found);
            }
        }
        Body::SubAccount(b) if !["none", "unknown"].contains(&b.rolls_into.as_str()) => {
            sub_account(at, "rolls_into", &b.rolls_into, found);
        }
        Body::Carry(b) => {
            for (key, named) in [("unused_of", &b.unused_of), ("raises", &b.raises)] {
                let (part, id) = match named.split_once('.') {
                    Some((part, id)) => (Some(part), id),
                    None => (None, named.as_str()),
                };
                cap(at, key, part, id, found);
            }
        }
        _ => {}
    }
}

fn source(at: &At<'_, '_>, found: &mut Vec<Finding>) {
    let head = &at.draft.block.head;
    let key = head.source.split(' ').next().unwrap_or_default();
    let Some(source) = at.file.sources.get(key) else {
        let sentence = format!("出处「{key}」没有写在这个文件的 [sources.{key}] 里。");
        found.push(at.error(at.draft.line_of("source"), Code::P03, sentence));
        return;
    };
    let published = source.published.filter(|published| head.from < *published);
    if let (Some(published), None) = (published, &head.note) {
        let sentence = format!(
            "施行日 {} 早于出处的公布日 {published}；确实如此请在 note 里写明。",
            head.from
        );
        found.push(at.warning(at.draft.line_of("from"), Code::P09, sentence));
    }
}

/// 归类的结果 — a class that the place declares for some benefit of the map.
fn mapped_classes(at: &At<'_, '_>, map: &ClassMap, found: &mut Vec<Finding>) {
    let declared = at.world.named(&at.file.pool, &at.file.scheme, "class");
    if declared.iter().any(|held| held.draft.is_none()) {
        return;
    }
    let day = at.draft.block.head.from;
    let stands = |class: &str| match at
        .world
        .stands(at.file, "class", day, |held| held.id == Some(class))
    {
        Found::Draft(draft) => match &draft.block.body {
            Body::Class(class) => class.parts.iter().any(|part| map.parts.contains(part)),
            _ => true,
        },
        Found::Unreadable => true,
        Found::Nothing => declared.is_empty() && WELL_KNOWN.contains(&class),
    };
    for row in &map.rows {
        let word = row.class.as_str();
        if word != "as_prescriber" && word != "unknown" && !stands(word) {
            let sentence = format!("归类的「{word}」在 {day} 没有为这些待遇声明（[[class]]）。");
            found.push(at.error(at.draft.line_of("rows"), Code::P12, sentence));
        }
    }
}

fn classes(at: &At<'_, '_>, found: &mut Vec<Finding>) {
    if let Body::ClassMap(map) = &at.draft.block.body {
        mapped_classes(at, map, found);
    }
    let Some(table) = at.draft.block.body.table() else {
        return;
    };
    let heads = table.class.iter().filter(|class| *class != "any");
    let declared = at.world.named(&at.file.pool, &at.file.scheme, "class");
    if declared.iter().any(|held| held.draft.is_none()) {
        return;
    }
    let day = at.draft.block.head.from;
    let benefit = gongji_domain::Part::ALL
        .iter()
        .any(|part| part.word() == at.file.part);
    let stands = |class: &str| match at
        .world
        .stands(at.file, "class", day, |held| held.id == Some(class))
    {
        Found::Draft(draft) => match &draft.block.body {
            Body::Class(class) => !benefit || class.parts.contains(&at.file.part),
            _ => true,
        },
        Found::Unreadable => true,
        Found::Nothing => false,
    };
    for class in heads {
        let known = if declared.is_empty() {
            WELL_KNOWN.contains(&class.as_str())
        } else {
            stands(class)
        };
        if !known {
            let sentence = if declared.is_empty() {
                let known = WELL_KNOWN.join("、");
                format!("机构类别「{class}」没有声明；没有 providers 文件时可以写：any、{known}。")
            } else {
                format!(
                    "机构类别「{class}」在 {day} 没有为这一部分声明（providers 的 [[class]]）。"
                )
            };
            found.push(at.error(at.draft.line_of("class"), Code::P12, sentence));
        }
    }
}

/// What a counter must add for the use that is made of it.
#[derive(Clone, Copy, PartialEq)]
enum Needs {
    Nothing,
    Deductible,
    Times,
    FundPaid,
    Cost,
    CostAboveDeductible,
}

fn counter(at: &At<'_, '_>, key: &str, id: &str, needs: Needs, found: &mut Vec<Finding>) {
    if id == "this_bill" {
        return;
    }
    let day = at.draft.block.head.from;
    let line = at.draft.line_of(key);
    match at
        .world
        .stands(at.file, "counter", day, |held| held.id == Some(id))
    {
        Found::Unreadable => {}
        Found::Nothing => {
            let sentence = format!("累计数「{id}」在 {day} 不存在：counters 里没有这一段。");
            found.push(at.error(line, Code::P11, sentence));
        }
        Found::Draft(draft) => {
            let Body::Counter(counter) = &draft.block.body else {
                return;
            };
            if let Some(missing) = lacks(counter, needs, at.file.part == "layer") {
                let sentence = format!("累计数「{id}」不合这里的用法：{missing}。");
                found.push(at.error(line, Code::P11, sentence));
            }
        }
    }
}

/// The counters of a cap that can be read in several ways, each fit for its reading.
fn by_basis(at: &At<'_, '_>, cap: &Cap, found: &mut Vec<Finding>) {
    let Some(by) = &cap.by_basis else {
        return;
    };
    if cap.basis != Basis::Unknown {
        let sentence = "「by_basis」只用在 basis = \"unknown\" 的限额里。".to_owned();
        found.push(at.error(at.draft.line_of("by_basis"), Code::P11, sentence));
    }
    for (id, needs) in [
        (&by.fund_paid, Needs::FundPaid),
        (&by.cost, Needs::Cost),
        (&by.cost_above_deductible, Needs::CostAboveDeductible),
    ] {
        if let Some(id) = id {
            counter(at, "by_basis", id, needs, found);
        }
    }
}

fn lacks(counter: &Counter, needs: Needs, in_layer: bool) -> Option<&'static str> {
    let adds: BTreeSet<&str> = counter
        .adds
        .iter()
        .chain(&counter.adds_undecided)
        .flat_map(|word| match word.as_str() {
            "in_scope" => Slice::IN_SCOPE.iter().map(|slice| slice.word()).collect(),
            word => vec![word.split(':').next().unwrap_or(word)],
        })
        .collect();
    let funds = |word: &String| {
        let mut payers = gongji_domain::Payer::ALL.iter();
        word == "any" || payers.any(|payer| payer.is_fund() && payer.word() == word)
    };
    let mut payers = counter.paid_by.iter().chain(&counter.paid_by_undecided);
    let paid_by_fund = payers.any(funds);
    match needs {
        Needs::Deductible if !adds.contains("deductible") => Some("它的 adds 里没有 deductible"),
        Needs::Times if !adds.contains("stay") && !adds.contains("visit") => {
            Some("第几次要按 adds = [\"stay\"] 或 [\"visit\"] 的累计数")
        }
        Needs::FundPaid if !in_layer && !adds.contains("pooled") => {
            Some("按基金已付计，它的 adds 里却没有 pooled")
        }
        Needs::FundPaid if !paid_by_fund => Some("按基金已付计，它的 paid_by 里却没有基金"),
        Needs::Cost
            if !["deductible", "pooled", "coinsurance"]
                .iter()
                .all(|s| adds.contains(s)) =>
        {
            Some("按费用计，它的 adds 要有 deductible、pooled、coinsurance（或 in_scope）")
        }
        Needs::CostAboveDeductible
            if !["pooled", "coinsurance"].iter().all(|s| adds.contains(s)) =>
        {
            Some("按起付线以上的费用计，它的 adds 要有 pooled、coinsurance")
        }
        Needs::CostAboveDeductible if adds.contains("deductible") => {
            Some("按起付线以上的费用计，它的 adds 里不能有 deductible")
        }
        _ => None,
    }
}

fn benefit_year(at: &At<'_, '_>, id: &str, found: &mut Vec<Finding>) {
    let day = at.draft.block.head.from;
    let year = at
        .world
        .stands(at.file, "benefit_year", day, |held| held.id == Some(id));
    if matches!(year, Found::Nothing) {
        let sentence = format!("年度「{id}」在 {day} 不存在：counters 里没有这一段 benefit_year。");
        found.push(at.error(at.draft.line_of("year"), Code::P11, sentence));
    }
}

/// A sub-account that some block of the place declares, on whatever day: what an account is called
/// may be written down later than what flows into it.
fn sub_account(at: &At<'_, '_>, key: &str, id: &str, found: &mut Vec<Finding>) {
    let declared = at
        .world
        .named(&at.file.pool, &at.file.scheme, "sub_account");
    if declared
        .iter()
        .all(|held| held.draft.is_some() && held.id != Some(id))
    {
        let sentence =
            format!("「{key}」写的子账户「{id}」没有声明：没有 id = \"{id}\" 的 [[sub_account]]。");
        found.push(at.error(at.draft.line_of(key), Code::P11, sentence));
    }
}

fn cap(at: &At<'_, '_>, key: &str, part: Option<&str>, id: &str, found: &mut Vec<Finding>) {
    let day = at.draft.block.head.from;
    let fits = |held: &super::world::Named<'_>| {
        held.id == Some(id) && part.is_none_or(|part| held.part == part)
    };
    if matches!(at.world.stands(at.file, "cap", day, fits), Found::Nothing) {
        let sentence = format!("封顶线「{id}」在 {day} 不存在：没有 id = \"{id}\" 的 [[cap]]。");
        found.push(at.error(at.draft.line_of(key), Code::P17, sentence));
    }
}

fn has_part(at: &At<'_, '_>, part: &str) -> bool {
    let rates = at.world.named(&at.file.pool, &at.file.scheme, "rate");
    rates.iter().any(|held| held.part == part)
}

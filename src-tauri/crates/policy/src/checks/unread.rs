//! P21: what may be written and nothing would read. A sentence of a notice that has no effect must not
//! look as if it had one, so such a block is refused and its part is in doubt.

use gongji_domain::Part;

use super::{At, Finding};
use crate::draft::Draft;
use crate::problem::Code;
use crate::table::Row;
use crate::{AdjustOn, Basis, Body, Each, EdgesOn, RoundAt, Running, Then};

/// What [`crate::Away::change`] may say.
const AWAY_CHANGES: [&str; 6] = [
    "minus_points",
    "times",
    "first_pay",
    "own_table",
    "deductible",
    "unknown",
];

/// The payers between whom the member's side is divided.
const MEMBER_SIDE: [&str; 3] = ["own_account", "mutual_aid", "cash"];

/// Of these a part has one.
const ONE_OF_A_KIND: [&str; 5] = [
    "deductible",
    "deductible_share",
    "deductible_limit",
    "rate",
    "threshold",
];

pub(super) fn check(at: &At<'_, '_>, found: &mut Vec<Finding>) {
    let mut tell = |(key, sentence): (&str, &str)| {
        let line = at.draft.line_of(key);
        found.push(at.error(line, Code::P21, sentence.to_owned()));
    };
    if let Some(fault) = out_of_place(at) {
        tell(fault);
    }
    let faults: Vec<(&str, &str)> = match at.file.part.as_str() {
        "layer" => in_layer(&at.draft.block.body).collect(),
        _ => of_benefit(&at.draft.block.body).collect(),
    };
    faults.into_iter().for_each(&mut tell);
    if let Some(fault) = anywhere(&at.draft.block.body) {
        tell(fault);
    }
    if beside_another(at) {
        tell((
            "id",
            "这一部分只能有一段这样的规则，另有一段标识不同的：程序只读一段。",
        ));
    }
    rows(at, found);
}

/// A block of a benefit in a part that is none, and the like.
fn out_of_place(at: &At<'_, '_>) -> Option<(&'static str, &'static str)> {
    let part = at.file.part.as_str();
    let benefit = Part::ALL.iter().any(|known| known.word() == part);
    let layer = part == "layer";
    // An unknown part is told of once.
    if !super::places::PARTS.contains(&part) {
        return None;
    }
    let fits = match &at.draft.block.body {
        Body::Deductible(_)
        | Body::DeductibleLimit(_)
        | Body::DeductibleShare(_)
        | Body::Upfront(_)
        | Body::Embedded(_)
        | Body::Carry(_) => benefit,
        Body::Rate(_) | Body::Cap(_) => benefit || layer,
        Body::Layer(_) | Body::Threshold(_) => layer,
        Body::Adjust(adjust) => match adjust.on {
            AdjustOn::Credit => part == "personal_account",
            AdjustOn::Deductible => benefit,
            AdjustOn::Rate | AdjustOn::Cap => benefit || layer,
        },
        Body::Away(_) => benefit || part == "away",
        _ => true,
    };
    let sentence = "这种规则段写在这一部分里，程序不会读。";
    (!fits).then_some(("from", sentence))
}

type Faults = std::vec::IntoIter<(&'static str, &'static str)>;

/// What a layer does not look at: it is measured on its own counter, and its caps on its payments.
fn in_layer(body: &Body) -> Faults {
    let mut faults = Vec::new();
    match body {
        Body::Rate(rate) => {
            let known = [EdgesOn::None, EdgesOn::Zero, EdgesOn::AboveThreshold];
            if !known.contains(&rate.edges_on) {
                let sentence = "补充层的分段从 0（zero）或起付线以上（above_threshold）量。";
                faults.push(("edges_on", sentence));
            }
            if rate.counter.is_some() {
                let sentence = "补充层的累计数写在 [[layer]] 里，这里的不会读。";
                faults.push(("counter", sentence));
            }
        }
        Body::Cap(cap) => {
            if cap.basis != Basis::FundPaid {
                let sentence = "补充层的限额只能按这一层付的钱（fund_paid）算。";
                faults.push(("basis", sentence));
            }
            if cap.then != Then::Own {
                faults.push(("then", "补充层的限额以上没有别的待遇可接。"));
            }
        }
        Body::Layer(layer) => {
            let is = |words: &[&str]| {
                layer.paid_by.len() == words.len()
                    && words
                        .iter()
                        .all(|word| layer.paid_by.iter().any(|own| own == word))
            };
            if !is(&["any"]) && !is(&["cash"]) && !is(&MEMBER_SIDE) {
                let sentence =
                    "paid_by 只能写 [\"any\"]、[\"cash\"]，或本人账户、共济、现金三样都写。";
                faults.push(("paid_by", sentence));
            }
        }
        _ => {}
    }
    faults.into_iter()
}

fn of_benefit(body: &Body) -> Faults {
    let mut faults = Vec::new();
    match body {
        Body::Upfront(upfront) => {
            let known =
                upfront.order.is_empty() || upfront.order == ["over_limit", "upfront_copay"];
            if !known {
                let sentence = "费用单上的项目都已扣过超限价，先后只能写 [\"over_limit\", \"upfront_copay\"]。";
                faults.push(("order", sentence));
            }
        }
        Body::DeductibleShare(share) if share.of != "total" => {
            faults.push(("of", "按比例起付只能按医疗费总额（total）的比例。"));
        }
        Body::Embedded(embedded) if embedded.fund != "retiree_supplement" => {
            faults.push(("fund", "已含在比例内的基金只能是 retiree_supplement。"));
        }
        Body::Away(away) if !AWAY_CHANGES.contains(&away.change.as_str()) => {
            let sentence =
                "change 只能写 minus_points、times、first_pay、own_table、deductible 或 unknown。";
            faults.push(("change", sentence));
        }
        _ => {}
    }
    faults.into_iter()
}

fn anywhere(body: &Body) -> Option<(&'static str, &'static str)> {
    match body {
        Body::Rounding(rounding)
            if rounding.at != RoundAt::PrintedStep && rounding.running == Running::RunningTotal =>
        {
            Some(("running", "累计重算只用在印出来的每一步（printed_step）。"))
        }
        Body::Adjust(adjust)
            if adjust.on != AdjustOn::Deductible && adjust.each == Each::LaterStay =>
        {
            Some(("each", "「每多住一次」只用在起付线上。"))
        }
        _ => None,
    }
}

/// Whether another block of the same kind stands beside it, on the day on which it begins.
fn beside_another(at: &At<'_, '_>) -> bool {
    let block = &at.draft.block;
    if !ONE_OF_A_KIND.contains(&block.name.as_str()) || matches!(block.body, Body::Ended) {
        return false;
    }
    let other = |draft: &&Draft| {
        let other = &draft.block;
        other.name == block.name
            && other.head.id != block.head.id
            && other.head.from <= block.head.from
    };
    let others = at.file.drafts.iter().filter(other);
    let mut last: std::collections::BTreeMap<Option<&str>, &Draft> =
        std::collections::BTreeMap::new();
    for draft in others {
        let held = last.entry(draft.block.head.id.as_deref()).or_insert(draft);
        if held.block.head.from <= draft.block.head.from {
            *held = draft;
        }
    }
    last.values()
        .any(|draft| !matches!(draft.block.body, Body::Ended))
}

/// 「再乘以」 belongs to what is a share of something.
fn rows(at: &At<'_, '_>, found: &mut Vec<Finding>) {
    let body = &at.draft.block.body;
    let Some(table) = body.table() else {
        return;
    };
    let money_in = matches!(body, Body::Credit(_) | Body::Withheld(_));
    let times = |row: &Row| row.times.is_some() && !money_in && body.measured_in().is_none();
    let limits = |row: &Row| (row.at_least.is_some() || row.at_most.is_some()) && !money_in;
    let sub = |row: &Row| row.sub.is_some() && !matches!(body, Body::Interest(_));
    for (index, row) in table.rows.iter().enumerate() {
        let unread = [
            ("times", times(row)),
            ("at_least、at_most", limits(row)),
            ("sub", sub(row)),
        ];
        for (key, _) in unread.into_iter().filter(|(_, unread)| *unread) {
            let sentence = format!("这种表的行里写「{key}」，程序不会读。");
            found.push(at.error(at.draft.line_of_row(index), Code::P21, sentence));
        }
    }
}

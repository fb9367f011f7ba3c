//! 机构归类 — the class into which a place puts an institution, from what the institution is.

use chrono::NaiveDate;
use gongji_domain::{BlockRef, Grade, Message, Open, Part, PoolId, Scheme, SourceRef};
use gongji_policy::{Body, ClassRow, InForce, Library, Rules};

const PART: &str = "providers";

/// 机构 — what is known of it; `None` is not known, not "no".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Institution {
    /// 名称，如规则里点名的写法
    pub name: Option<String>,
    /// 医院、药店、社区……
    pub kind: Option<String>,
    /// 等级
    pub level: Option<String>,
    /// 隶属
    pub owner: Option<String>,
    /// 等次
    pub grade: Option<String>,
    /// 价格类别
    pub price_class: Option<String>,
    /// 中医
    pub tcm: Option<bool>,
    /// 儿童医院
    pub children: Option<bool>,
    /// 开处方的机构归在哪一类 — for a pharmacy that follows it.
    pub prescriber: Option<String>,
}

/// 归在哪一类
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Classified {
    /// 这一类
    As(String),
    /// 和开处方的机构同一类，是哪一家没有说
    AsPrescriber,
    /// 不知道
    Unknown,
}

/// 归类 — the class and what it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClassVerdict {
    /// 归在哪一类
    pub class: Classified,
    /// 不知道时，可能的各类
    pub candidates: Vec<String>,
    /// 用到的规则段
    pub rule: Option<BlockRef>,
    /// 出处
    pub source: Option<SourceRef>,
    /// 可信等级
    pub grade: Option<Grade>,
    /// 未定之处
    pub open: Vec<Open>,
}

/// 归在哪一类 — for one benefit on one day. Rows that name institutions stand before those that
/// describe them; among these the first that fits answers, as the table is read. What is not known of
/// the institution is asked only where it would change the answer.
pub fn class_of(
    library: &Library,
    pool: &PoolId,
    scheme: Scheme,
    part: Part,
    institution: &Institution,
    on: NaiveDate,
) -> ClassVerdict {
    let rules = library.rules(pool, scheme.word(), on);
    let rows = rules.as_ref().map(|rules| rows_of(rules, part));
    let Some(rows) = rows.filter(|rows| !rows.is_empty()) else {
        return ClassVerdict::unknown("rule:class_map", Message::new("open.no_class_rule"), None);
    };
    let mut candidates: Vec<String> = Vec::new();
    let mut missing = None;
    for (held, row) in &rows {
        let fits = if held.off {
            Err("off")
        } else {
            fits(row, institution)
        };
        match fits {
            Ok(false) => continue,
            Ok(true) => {}
            Err(fact) => missing = missing.or(Some(fact)),
        }
        if !candidates.contains(&row.class) {
            candidates.push(row.class.clone());
        }
        if fits == Ok(true) {
            return decided(held, row, candidates, missing, institution);
        }
    }
    let ask = rows
        .first()
        .and_then(|(held, _)| held.block.head.ask.clone());
    let mut verdict = match missing {
        Some("off") => cell(Message::new("open.only_claimed"), ask),
        Some(fact) => ClassVerdict::of_fact(fact, ask),
        None => cell(Message::new("open.cell"), ask),
    };
    verdict.candidates = candidates;
    verdict
}

/// The rows for one benefit: those that name institutions first.
fn rows_of<'a>(rules: &Rules<'a>, part: Part) -> Vec<(InForce<'a>, &'a ClassRow)> {
    if rules.in_doubt(PART) {
        return Vec::new();
    }
    let maps = rules
        .all(PART, "class_map")
        .filter_map(|held| match &held.block.body {
            Body::ClassMap(map) if map.parts.iter().any(|word| word == part.word()) => {
                Some((*held, &**map))
            }
            _ => None,
        });
    let mut rows: Vec<(InForce<'a>, &'a ClassRow)> = maps
        .flat_map(|(held, map)| map.rows.iter().map(move |row| (held, row)))
        .collect();
    // A stable sort: within both kinds the order of the table stays.
    rows.sort_by_key(|(_, row)| row.named.is_empty());
    rows
}

/// Whether the row is meant for the institution; the name of what would have to be known.
fn fits(row: &ClassRow, institution: &Institution) -> Result<bool, &'static str> {
    let text = |asked: &Option<String>, is: &Option<String>, fact| match (asked, is) {
        (None, _) => Ok(true),
        (Some(_), None) => Err(fact),
        (Some(asked), Some(is)) => Ok(asked == is),
    };
    let flag = |asked: Option<bool>, is: Option<bool>, fact| match (asked, is) {
        (None, _) => Ok(true),
        (Some(_), None) => Err(fact),
        (Some(asked), Some(is)) => Ok(asked == is),
    };
    let named = match (&institution.name, row.named.is_empty()) {
        (_, true) => Ok(true),
        (None, false) => Err("institution_name"),
        (Some(name), false) => Ok(row.named.iter().any(|named| named == name.trim())),
    };
    let asked = [
        named,
        text(&row.kind, &institution.kind, "institution_kind"),
        text(&row.owner, &institution.owner, "institution_owner"),
        text(&row.level, &institution.level, "institution_level"),
        text(&row.grade, &institution.grade, "institution_grade"),
        text(&row.price_class, &institution.price_class, "price_class"),
        flag(row.tcm, institution.tcm, "tcm"),
        flag(row.children, institution.children, "children"),
    ];
    // One that does not fit decides, whatever else is not known.
    match asked.contains(&Ok(false)) {
        true => Ok(false),
        false => asked.into_iter().find(Result::is_err).unwrap_or(Ok(true)),
    }
}

/// A row fits; one before it may have, of which too little is known.
fn decided(
    held: &InForce<'_>,
    row: &ClassRow,
    candidates: Vec<String>,
    missing: Option<&'static str>,
    institution: &Institution,
) -> ClassVerdict {
    let ask = held.block.head.ask.clone();
    let mut verdict = match (missing, candidates.len()) {
        (Some("off"), 2..) => cell(Message::new("open.only_claimed"), ask),
        (Some(fact), 2..) => ClassVerdict::of_fact(fact, ask),
        _ => match (row.class.as_str(), &institution.prescriber) {
            ("unknown", _) => cell(Message::new("open.cell"), ask),
            ("as_prescriber", None) => {
                let mut asked = ClassVerdict::of_fact("prescriber", ask);
                asked.class = Classified::AsPrescriber;
                asked
            }
            ("as_prescriber", Some(class)) => ClassVerdict::of(class),
            (class, _) => ClassVerdict::of(class),
        },
    };
    if verdict.class == Classified::Unknown {
        verdict.candidates = candidates;
    }
    verdict.rule = Some(held.reference());
    verdict.source = held.source();
    verdict.grade = Some(held.grade);
    verdict
}

fn cell(what: Message, ask: Option<String>) -> ClassVerdict {
    let what = what.with("part", PART).with("block", "class_map");
    ClassVerdict::unknown("cell:providers.class_map", what, ask)
}

impl ClassVerdict {
    fn of(class: &str) -> ClassVerdict {
        ClassVerdict {
            class: Classified::As(class.to_owned()),
            candidates: Vec::new(),
            rule: None,
            source: None,
            grade: None,
            open: Vec::new(),
        }
    }

    fn of_fact(fact: &str, ask: Option<String>) -> ClassVerdict {
        let what = Message::new("open.fact").with("fact", fact);
        ClassVerdict::unknown(&format!("fact:{fact}"), what, ask)
    }

    fn unknown(key: &str, what: Message, ask: Option<String>) -> ClassVerdict {
        ClassVerdict {
            class: Classified::Unknown,
            open: vec![Open {
                key: key.to_owned(),
                what,
                ask,
                readings: Vec::new(),
            }],
            ..ClassVerdict::of("")
        }
    }
}

#[cfg(test)]
#[path = "institution_tests.rs"]
mod tests;

//! 政策写成人看的表 — every block as a title, facts and a table of phrases, for the window and for
//! `policies show`. No language is spoken here: the text files of the front ends do that.

mod blocks;
mod days;
mod phrase;
mod say;

use crate::body::{Block, Body};
use crate::library::InForce;
pub use phrase::{Phrase, vocabulary};
use say::Say;

/// A name of something and what it is.
pub type Fact = (Phrase, Phrase);

/// 一段，写成短语
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Described {
    /// 段名
    pub title: Phrase,
    /// 字段：名称与值
    pub facts: Vec<Fact>,
    /// 段首写的：采不采用、时效、说明、待定
    pub remarks: Vec<Fact>,
    /// 列头，第一列是条件；没有表则为空
    pub heads: Vec<Phrase>,
    /// 行
    pub rows: Vec<Vec<Phrase>>,
}

impl Described {
    /// What is worth reading: the facts that say something, and the names of those that nobody knows.
    pub fn told(&self) -> (Vec<&Fact>, Vec<&Phrase>) {
        let said = self.facts.iter().filter(|fact| !goes_without_saying(fact));
        let (unknown, known): (Vec<&Fact>, Vec<&Fact>) =
            said.partition(|(_, value)| value.is_unknown());
        (known, unknown.into_iter().map(|(name, _)| name).collect())
    }
}

/// What is so nearly everywhere, or a number that only the engine reads.
fn goes_without_saying((name, value): &Fact) -> bool {
    [
        ("field.taken_from", "taken_from.cost"),
        ("field.edges", "edges_on.none"),
        ("field.order", "place_in_order"),
        ("field.each", "each.once"),
    ]
    .iter()
    .any(|(field, said)| name.is_text(field) && value.is_text(said))
}

/// 一段规则，写成人看的字段与表。`names` gives the Chinese name of what a place calls its own
/// (classes, counters, plans, sub-accounts); a word that it does not know it gives back.
pub fn describe(held: &InForce<'_>, names: &dyn Fn(&str) -> String) -> Described {
    let say = Say { names };
    let block = held.block;
    let name = named(block, &say).map(|name| (Phrase::text("field.name"), name));
    let facts = name.into_iter().chain(blocks::facts(&block.body, &say));
    let (heads, rows) = match block.body.table() {
        Some(table) => say.table(blocks::column(&block.body), table),
        None => blocks::class_rows(&block.body, &say),
    };
    Described {
        title: blocks::title(&block.name, &block.body),
        facts: facts.collect(),
        remarks: remarks(held),
        heads,
        rows,
    }
}

/// The name of what a block is about, where its identity tells more than the name alone.
fn named(block: &Block, say: &Say<'_>) -> Option<Phrase> {
    let id = block.head.id.as_deref();
    let name = match &block.body {
        Body::Class(b) => &b.name,
        Body::Plan(b) => &b.name,
        Body::SubAccount(b) => &b.name,
        Body::Constant(_) => return id.map(|id| say.word(id)),
        _ => return None,
    };
    Some(Phrase::Own {
        name: name.clone(),
        word: id.unwrap_or_default().to_owned(),
    })
}

fn remarks(held: &InForce<'_>) -> Vec<Fact> {
    let head = &held.block.head;
    let remark = |key: &str, value: Phrase| (Phrase::text(key), value);
    let off = held.off.then(|| remark("field.used", Phrase::text("off")));
    let assumed = held
        .assumed
        .then(|| remark("field.period", Phrase::text("assumed")));
    let note = head
        .note
        .as_ref()
        .map(|note| remark("field.note", Phrase::name(note)));
    let ask = head
        .ask
        .as_ref()
        .map(|ask| remark("field.ask", Phrase::name(ask)));
    [off, assumed, note, ask].into_iter().flatten().collect()
}

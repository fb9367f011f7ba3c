//! Dated policy files: `(path, text)` in, rules and problems out. Never touches the disk.
//!
//! Reading never fails: it yields what is sound and a list of problems.

mod blocks;
mod body;
mod cells;
mod checks;
mod coverage;
mod diff;
mod draft;
mod index;
mod library;
mod lines;
mod pools;
mod problem;
mod read;
mod show;
mod table;
mod terms;
mod tree;

pub use blocks::*;
pub use body::{Block, Body, Head};
pub use cells::{Cell, Cells, Names, Shares};
pub use coverage::{Covered, coverage};
pub use diff::{BlockChange, ChangeKind, FieldChange, diff, difference};
pub use index::{Index, LayerRules};
pub use library::{
    InForce, Library, NATION, OWN, PolicyFile, Pool, Rules, Unreadable, Unsound, own_layer,
};
pub use problem::{Code, Problem, Severity};
pub use show::{Described, Fact, Phrase, describe, vocabulary};
pub use table::{Choice, Ladder, Row, RowFacts, Table};
pub use terms::*;

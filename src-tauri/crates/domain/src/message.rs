use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use specta::Type;

/// A sentence for people as a code and its parameters; the text stands in the message files of
/// both languages (`api/messages`). Parameters are already formatted words, amounts and dates.
#[derive(
    Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type,
)]
#[serde(deny_unknown_fields)]
pub struct Message {
    /// Key of the text, such as `step.deductible`.
    pub code: String,
    /// What stands in the text's `{name}` places.
    #[serde(default)]
    pub params: BTreeMap<String, String>,
}

impl Message {
    /// The sentence of `code`, so far without parameters.
    pub fn new(code: &str) -> Message {
        Message {
            code: code.to_owned(),
            params: BTreeMap::new(),
        }
    }

    /// The same sentence with `{name}` filled in.
    pub fn with(mut self, name: &str, value: impl ToString) -> Message {
        self.params.insert(name.to_owned(), value.to_string());
        self
    }
}

use gongji_domain::{Household, Message};
use serde_json::Value;

use crate::table::household;
use crate::{Store, StoreError};

impl Store {
    /// 导出 JSON — the whole household, lists by number, two-space indents, a line end at the end.
    ///
    /// # Errors
    /// When a row cannot be read.
    pub fn export_json(&self) -> Result<String, StoreError> {
        let document = self.household()?;
        let text = serde_json::to_string_pretty(&document).map_err(StoreError::Unwritable)?;
        Ok(text + "\n")
    }

    /// 导入 JSON — puts the household of `text` in the place of the recorded one, as one step.
    ///
    /// # Errors
    /// When the text is no household document, has a field that is not known, or holds a record
    /// that is refused; nothing is then changed.
    pub fn import_json(&mut self, text: &str, label: &Message) -> Result<(), StoreError> {
        self.import(&read_document(text)?, label)
    }

    /// 导入 — the same with a household that was read before.
    ///
    /// # Errors
    /// When it holds a record that is refused; nothing is then changed.
    pub fn import(&mut self, document: &Household, label: &Message) -> Result<(), StoreError> {
        self.command(label, |tx| household::replace(tx, document))
    }
}

/// 读 JSON — the household that a document is.
///
/// # Errors
/// When the text is no household document, or has a field that is not known.
pub fn read_document(text: &str) -> Result<Household, StoreError> {
    // Editors on Windows put a mark before the first character.
    let text = text.trim_start_matches('\u{feff}');
    let document: Household = serde_json::from_str(text).map_err(StoreError::Json)?;
    let mut given: Value = serde_json::from_str(text).map_err(StoreError::Json)?;
    forget_older_ends(&mut given);
    let understood = serde_json::to_value(&document).map_err(StoreError::Unwritable)?;
    match overlooked(&given, &understood) {
        Some(path) => Err(StoreError::UnknownField(path)),
        None => Ok(document),
    }
}

/// In files from before plans had rules, the last day of one stood beside how often it recurs. It was
/// read into the rule.
fn forget_older_ends(given: &mut Value) {
    let plans = given.get_mut("plans").and_then(Value::as_array_mut);
    for plan in plans.into_iter().flatten() {
        if plan.get("recurrence").is_some_and(Value::is_object)
            && let Some(plan) = plan.as_object_mut()
        {
            plan.remove("until");
        }
    }
}

/// The path of a field that the reader let pass without a place for it: serde refuses unknown
/// fields of structures, but not those of every kind of enumeration.
fn overlooked(given: &Value, understood: &Value) -> Option<String> {
    match (given, understood) {
        (Value::Object(given), Value::Object(understood)) => {
            given
                .iter()
                .find_map(|(name, value)| match understood.get(name) {
                    Some(known) => overlooked(value, known).map(|rest| format!(".{name}{rest}")),
                    None if is_empty(value) => None,
                    None => Some(format!(".{name}")),
                })
        }
        (Value::Array(given), Value::Array(understood)) => given
            .iter()
            .zip(understood)
            .enumerate()
            .find_map(|(at, (given, understood))| {
                overlooked(given, understood).map(|rest| format!("[{at}]{rest}"))
            }),
        _ => None,
    }
}

/// Fields that are left out when they are empty may be given empty.
fn is_empty(value: &Value) -> bool {
    value.as_object().is_some_and(serde_json::Map::is_empty)
}

#[cfg(test)]
mod tests;

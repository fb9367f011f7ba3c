//! JSON 哪里不对 — what its reader says, as a sentence of ours: the line, the column, and what is probably
//! the matter.

use gongji_domain::Message;
use serde_json::error::Category;

/// What is wrong with a JSON text.
pub fn json_fault(error: &serde_json::Error) -> Message {
    let said = error.to_string();
    // Where it stands is said anew.
    let said = said
        .rsplit_once(" at line ")
        .map_or(said.as_str(), |(said, _)| said);
    let fault = match error.classify() {
        Category::Eof => Message::new("json.cut"),
        Category::Syntax | Category::Io => Message::new("json.syntax"),
        Category::Data => of_value(said),
    };
    fault
        .with("line", error.line())
        .with("column", error.column())
}

/// What a text that is JSON says and cannot mean.
fn of_value(said: &str) -> Message {
    let named = |code: &str| quoted(said).map(|name| Message::new(code).with("found", name));
    let known = if said.starts_with("missing field") {
        named("json.missing")
    } else if said.starts_with("unknown field") {
        named("json.unknown_field")
    } else if said.starts_with("duplicate field") {
        named("json.twice")
    } else if said.starts_with("unknown variant") {
        let words = said.split('`').skip(3).step_by(2).collect::<Vec<_>>();
        named("json.unknown_word").map(|fault| fault.with("words", words.join(", ")))
    } else if said.contains("expected struct Household") {
        Some(Message::new("json.no_record"))
    } else if said.contains("金额") {
        Some(Message::new("json.amount"))
    } else if said.contains("月份") {
        Some(Message::new("json.month"))
    } else {
        None
    };
    known.unwrap_or_else(|| Message::new("json.value"))
}

/// The first thing between marks.
fn quoted(said: &str) -> Option<&str> {
    said.split('`').nth(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Language, text};
    use gongji_domain::Household;

    /// An empty household but for what is put in the place of one piece.
    fn fault(piece: &str, by: &str) -> Message {
        let empty = serde_json::to_string_pretty(&Household::default()).unwrap();
        assert!(empty.contains(piece), "{piece}");
        let text = empty.replacen(piece, by, 1);
        json_fault(&serde_json::from_str::<Household>(&text).unwrap_err())
    }

    #[test]
    fn a_fault_is_a_sentence_with_its_place() {
        let member = |rest: &str| format!("\"members\": [{{ \"id\": 1, {rest} }}]");
        let entry =
            |rest: &str| format!("\"entries\": [{{ \"id\": 1, \"on\": \"2025-01-01\", {rest} }}]");
        let (members, entries) = ("\"members\": []", "\"entries\": []");
        for (piece, by, code, zh) in [
            ("\n}", "", "json.cut", "断"),
            (
                "\"demo\": false,",
                "\"demo\": false",
                "json.syntax",
                "第 4 行",
            ),
            ("\"demo\"", "\"dmeo\"", "json.unknown_field", "dmeo"),
            ("\"demo\": false,", "", "json.missing", "demo"),
            ("\"demo\"", "\"name\"", "json.twice", "name"),
            (
                "\"demo\": false",
                "\"demo\": \"no\"",
                "json.value",
                "第 3 行第",
            ),
            (
                members,
                &member("\"name\": \"甲\", \"born\": \"2025-02-30\""),
                "json.value",
                "第 4 行",
            ),
            (
                entries,
                &entry("\"kind\": \"gift\", \"legs\": []"),
                "json.unknown_word",
                "credit",
            ),
            (
                entries,
                &entry("\"kind\": \"credit\", \"legs\": [{ \"account\": 1, \"amount\": 5.00 }]"),
                "json.amount",
                "加引号",
            ),
            (
                entries,
                &entry(
                    "\"kind\": \"credit\", \"legs\": [{ \"account\": 1, \"amount\": \"5.001\" }]",
                ),
                "json.amount",
                "最多两位小数",
            ),
            (
                entries,
                &entry("\"kind\": \"credit\", \"for_month\": \"2025-13\", \"legs\": []"),
                "json.month",
                "2025-03",
            ),
        ] {
            let fault = fault(piece, by);
            assert_eq!(fault.code, code, "{by}");
            let said = text(Language::Chinese, &fault);
            assert!(said.contains(zh), "{said}");
            for english in ["expected", "invalid", "EOF", "struct", "`"] {
                assert!(!said.contains(english), "{said}");
            }
        }
        for other in ["[]", "5", "null", "\"x\""] {
            let error = serde_json::from_str::<Household>(other).unwrap_err();
            assert_eq!(json_fault(&error).code, "json.no_record", "{other}");
        }
    }
}

//! 分录表 — one line a leg, as CSV that every spreadsheet opens with its Chinese whole.

use gongji_domain::{EntryKind, Household, Yuan};

use crate::safe_text::cell;

/// Why the table could not be written.
#[derive(Debug, thiserror::Error)]
pub enum TableProblem {
    /// The writer gave up.
    #[error("写不成 CSV：{0}")]
    Csv(#[from] csv::Error),
    /// What was buffered could not be taken out.
    #[error("写不成 CSV：{0}")]
    Buffer(String),
}

/// 金额在第几列
pub(crate) const AMOUNT: usize = 9;

/// The columns: names of the record, so that a program finds them whatever the window's language is.
pub(crate) const COLUMNS: [&str; 14] = [
    "entry",
    "on",
    "for_month",
    "kind",
    "kind_name",
    "member",
    "account",
    "account_number",
    "sub_account",
    "amount",
    "memo",
    "corrects",
    "for_member",
    "for_member_number",
];

/// One leg of one entry.
pub(crate) struct Line {
    pub(crate) texts: [String; 14],
    pub(crate) amount: Yuan,
}

/// Every leg, ordered by day and number. Cells of text are kept from being formulas.
pub(crate) fn lines(household: &Household, word: impl Fn(EntryKind) -> String) -> Vec<Line> {
    let mut entries: Vec<_> = household.entries.iter().collect();
    entries.sort_by_key(|entry| (entry.on, entry.id));
    let mut lines = Vec::new();
    for entry in entries {
        for leg in &entry.legs {
            let account = household.accounts.iter().find(|one| one.id == leg.account);
            let owner = account.and_then(|account| {
                let mut members = household.members.iter();
                members.find(|member| member.id == account.owner)
            });
            let name = account.map_or("", |account| account.name.as_str());
            let whom = entry.for_member.and_then(|whom| {
                let mut members = household.members.iter();
                members.find(|member| member.id == whom)
            });
            lines.push(Line {
                texts: [
                    entry.id.to_string(),
                    entry.on.to_string(),
                    entry
                        .for_month
                        .map_or_else(String::new, |month| month.to_string()),
                    entry.kind.word().to_owned(),
                    cell(&word(entry.kind)),
                    cell(owner.map_or("", |owner| owner.name.as_str())),
                    cell(name),
                    leg.account.to_string(),
                    cell(leg.sub.as_ref().map_or("", |sub| sub.0.as_str())),
                    leg.amount.to_string(),
                    cell(&entry.memo),
                    entry.corrects.map_or_else(String::new, |id| id.to_string()),
                    cell(whom.map_or("", |whom| whom.name.as_str())),
                    whom.map_or_else(String::new, |whom| whom.id.to_string()),
                ],
                amount: leg.amount,
            });
        }
    }
    lines
}

/// The record's entries as CSV: UTF-8 with its mark, without which some spreadsheets take it for
/// something else.
///
/// # Errors
/// Where the writer gives up.
pub fn csv_table(
    household: &Household,
    word: impl Fn(EntryKind) -> String,
) -> Result<Vec<u8>, TableProblem> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(COLUMNS)?;
    for line in lines(household, word) {
        writer.write_record(&line.texts)?;
    }
    writer
        .into_inner()
        .map_err(|error| TableProblem::Buffer(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{family, word};

    #[test]
    fn a_table_reads_back_as_it_was_written() {
        let mut household = family();
        household.entries[3].memo = "=HYPERLINK(\"x\")\n感冒".to_owned();
        let bytes = csv_table(&household, word).unwrap();
        let text = std::str::from_utf8(&bytes).unwrap();
        let text = text.strip_prefix('\u{feff}').unwrap();
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert_eq!(rows.len(), 7);
        let spending: Vec<&str> = rows[2].iter().collect();
        assert_eq!(
            spending,
            [
                "3",
                "2026-01-09",
                "",
                "spending",
                "看病购药",
                "王敏",
                "北京市",
                "1",
                "book",
                "-120.00",
                "'=HYPERLINK(\"x\")\n感冒",
                "",
                "王敏",
                "2"
            ]
        );
    }
}

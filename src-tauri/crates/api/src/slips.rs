//! 照结算单核对 — a real slip beside the estimate of the same visit.

use gongji_domain::{Message, Slip, SlipContradiction};
use gongji_engine::difference;

use crate::{ApiError, EstimateDraft, Gongji, SlipReport};

impl Gongji {
    /// 核对 — where the slip differs, what would explain it, and what would be recorded of it.
    ///
    /// # Errors
    /// As [`Gongji::estimate`]; or where a line of the slip is wrong.
    pub fn slip_compare(&self, draft: &EstimateDraft, slip: &Slip) -> Result<SlipReport, ApiError> {
        let slip = checked(slip)?;
        let view = self.estimate(draft)?;
        let mut report = difference(&self.library, &view.request, &slip)?;
        let changes = report
            .explanations
            .iter_mut()
            .flat_map(|one| &mut one.changes);
        changes.for_each(|change| self.name_class(change));
        let household = self.store()?.household_without_entries()?;
        let donors = self.donors_at_hand(&household, draft.member, draft.settled_on)?;
        let made = (&view.request, &view.estimate);
        let accounts = self.accounts(&household, draft.member, made, &donors)?;
        let (posted, notes) = match accounts.as_printed(&slip) {
            Ok(paid) => (Some(paid.told), paid.notes),
            Err(open) => (None, vec![open.message]),
        };
        Ok(SlipReport {
            member_name: view.member_name,
            place: view.place,
            class_name: view.class_name,
            contradictions: contradictions(&report.contradictions),
            report,
            posted,
            notes,
            input_hash: view.input_hash,
        })
    }

    /// A class of institution as the window calls it: the window does not know the words of the rules.
    fn name_class(&self, change: &mut Message) {
        if let Some(class) = change.params.remove("class") {
            let name = change.params.get("class_name").map_or("", String::as_str);
            let named = self.named(name, &class);
            change.params.insert("class_name".to_owned(), named);
        }
    }
}

/// The slip as it is kept: texts without blanks around them.
///
/// # Errors
/// Where a line is negative, or the total is nothing.
pub(crate) fn checked(slip: &Slip) -> Result<Slip, ApiError> {
    let wrong = |line: gongji_domain::SlipLine, code: &str| {
        ApiError::input(&format!("slip.{}", line.word()), Message::new(code))
    };
    if slip.total.is_zero() {
        return Err(wrong(gongji_domain::SlipLine::Total, "error.zero"));
    }
    if let Some((line, _)) = slip.filled().find(|(_, amount)| amount.is_negative()) {
        return Err(wrong(line, "error.negative"));
    }
    let tidy = |text: &Option<String>| {
        let text = text.as_deref().map(str::trim);
        text.filter(|text| !text.is_empty()).map(str::to_owned)
    };
    Ok(Slip {
        number: tidy(&slip.number),
        hospital: tidy(&slip.hospital),
        ..slip.clone()
    })
}

/// 单子自己对不上的地方 — what a slip says in two ways, in words.
pub fn contradictions(found: &[SlipContradiction]) -> Vec<Message> {
    found
        .iter()
        .map(|one| {
            Message::new(&format!("explain.contradiction_{}", one.identity.word()))
                .with("printed", one.printed)
                .with("added", one.added)
        })
        .collect()
}

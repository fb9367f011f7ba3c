//! 居民医保缴费截止 — the days in a calendar by which a premium is to be paid.

use chrono::{Datelike, NaiveDate};
use gongji_domain::{Message, PlannedPremium};
use gongji_engine::{PremiumAsked, PremiumDue};
use gongji_exchange::CalendarEvent;

use crate::premiums::resident_in;
use crate::{ApiError, Gongji, Language, text};

impl Gongji {
    /// 居民医保缴费截止 — the last day of the payment window, of everybody whose premium is not recorded yet.
    pub(crate) fn deadlines(
        &self,
        language: Language,
        today: NaiveDate,
    ) -> Result<Vec<CalendarEvent>, ApiError> {
        let mut household = self.store()?.household_without_entries()?;
        household.entries = self.premium_entries()?;
        let mut deadlines = Vec::new();
        for member in &household.members {
            for year in [today.year(), today.year() + 1] {
                let Some(insured) = resident_in(&household, member.id, year) else {
                    continue;
                };
                let due = self.premium_due(&household, insured, PremiumAsked::of_year(year));
                let plan = PlannedPremium::of(&household.premiums, member.id, year);
                let due = due.or_stated(plan.and_then(|plan| plan.amount));
                let Some(last) = due.deadline().filter(|last| *last >= today) else {
                    continue;
                };
                if self
                    .premium_years(&household, insured, today)
                    .contains(&year)
                {
                    continue;
                }
                let title = Message::new("export.premium_deadline")
                    .with("member", &member.name)
                    .with("year", year);
                deadlines.push(CalendarEvent {
                    uid: format!("premium-deadline-{}-{year}@gongji", member.id),
                    on: last,
                    until: last,
                    recurrence: None,
                    title: text(language, &title),
                    details: details(language, &due),
                });
            }
        }
        Ok(deadlines)
    }
}

/// How much it is, and until when it can still be paid.
fn details(language: Language, due: &PremiumDue) -> String {
    let amount = due.amount.min().zip(due.amount.max());
    let amount = amount.map(|(least, most)| match least == most {
        true if due.stated => Message::new("export.premium_amount_stated").with("amount", most),
        true => Message::new("export.premium_amount").with("amount", most),
        false => Message::new("export.premium_between")
            .with("least", least)
            .with("most", most),
    });
    let amount = amount.unwrap_or_else(|| Message::new("export.premium_amount_unknown"));
    let extended = due.extension.as_ref().map(|window| window.until);
    let extended = extended.map(|day| Message::new("export.premium_extended").with("day", day));
    let wait = due.wait_after.filter(|months| *months > 0);
    let wait = wait.map(|months| Message::new("export.premium_wait").with("months", months));
    let lines = [Some(amount), extended, wait].into_iter().flatten();
    let lines: Vec<String> = lines.map(|line| text(language, &line)).collect();
    lines.join("\n")
}

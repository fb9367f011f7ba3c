//! 导出 — the record for other programs.

use chrono::NaiveDate;
use gongji_domain::{EntryKind, Message, PlannedSpending};
use gongji_engine::{EventKind, ProjectedEvent};
use gongji_exchange::{
    CalendarEvent, SheetNames, beancount, calendar, csv_table, hledger, workbook,
};

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::often::often;
use crate::plans::LAST_DAY;
use crate::{ApiError, ErrorCode, Gongji, Language, SavedFile, heading, text};

/// 导出的格式
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ExportFormat {
    /// 全部记录，可以再导入
    Json,
    /// hledger 的账
    Hledger,
    /// beancount 的账
    Beancount,
    /// 分录表
    Csv,
    /// 工作簿：分录、月末余额
    Xlsx,
    /// 日历：划入、计划、用完的日子
    Ics,
}

impl ExportFormat {
    /// Every format.
    pub const ALL: [ExportFormat; 6] = [
        ExportFormat::Json,
        ExportFormat::Hledger,
        ExportFormat::Beancount,
        ExportFormat::Csv,
        ExportFormat::Xlsx,
        ExportFormat::Ics,
    ];

    /// The word used on the command line, which is also the ending of a file.
    pub fn word(self) -> &'static str {
        match self {
            ExportFormat::Json => "json",
            ExportFormat::Hledger => "hledger",
            ExportFormat::Beancount => "beancount",
            ExportFormat::Csv => "csv",
            ExportFormat::Xlsx => "xlsx",
            ExportFormat::Ics => "ics",
        }
    }
}

/// How far ahead a calendar looks, in months.
const AHEAD: u32 = 12;

impl Gongji {
    /// 导出 — the bytes of a file of that format. Only a calendar looks ahead from `today`.
    ///
    /// # Errors
    /// Where the file cannot be read, or the record cannot be written in that format.
    pub fn export(
        &self,
        format: ExportFormat,
        language: Language,
        today: NaiveDate,
    ) -> Result<Vec<u8>, ApiError> {
        let store = self.store()?;
        let word = |kind: EntryKind| said(language, &format!("entry_kind.{}", kind.word()));
        let bytes = match format {
            ExportFormat::Json => store.export_json()?.into_bytes(),
            ExportFormat::Ics => self.calendar(language, today)?.into_bytes(),
            ExportFormat::Hledger => hledger(&store.household()?, word)
                .map_err(|problem| refused(&problem))?
                .into_bytes(),
            ExportFormat::Beancount => beancount(&store.household()?, word)
                .map_err(|problem| refused(&problem))?
                .into_bytes(),
            ExportFormat::Csv => {
                csv_table(&store.household()?, word).map_err(|problem| refused(&problem))?
            }
            ExportFormat::Xlsx => {
                let names = SheetNames {
                    entries: said(language, "export.entries"),
                    balances: said(language, "export.balances"),
                };
                workbook(&store.household()?, &names, word).map_err(|problem| refused(&problem))?
            }
        };
        Ok(bytes)
    }

    /// 导出成文件 — in the language of the window, in the data folder's `exports`.
    ///
    /// # Errors
    /// As [`Gongji::export`], or where the file cannot be written.
    pub fn export_file(
        &self,
        today: NaiveDate,
        format: ExportFormat,
    ) -> Result<SavedFile, ApiError> {
        let bytes = self.export(format, self.language(), today)?;
        let folder = self.paths.data.join("exports");
        let name = format!("gongji-{today}");
        self.save(&folder, &name, format.word(), &bytes)
    }

    fn calendar(&self, language: Language, today: NaiveDate) -> Result<String, ApiError> {
        let household = self.store()?.household_without_entries()?;
        let projection = self.months_ahead(today, AHEAD)?;
        let expected = projection.events.iter().filter_map(|event| {
            Some(CalendarEvent {
                uid: identifier(event)?,
                on: event.earliest,
                until: event.on,
                recurrence: None,
                title: text(language, &event.what),
                details: event.formula.clone().unwrap_or_default(),
            })
        });
        let planned = household.plans.iter().filter_map(|plan| {
            let member = household.members.iter().find(|one| one.id == plan.member)?;
            planned(language, today, plan, &member.name)
        });
        let deadlines = self.deadlines(language, today)?;
        let events = planned.chain(expected).chain(deadlines);
        let events: Vec<CalendarEvent> = events.collect();
        Ok(calendar(&household.name, today, &events))
    }
}

/// A plan that still has a day to come, as one thing that recurs. The standard wants it to begin on the
/// first of its days; which days come after that does not change.
fn planned(
    language: Language,
    today: NaiveDate,
    plan: &PlannedSpending,
    member: &str,
) -> Option<CalendarEvent> {
    let first = plan.days(plan.first_on, LAST_DAY).next()?;
    plan.days(today, LAST_DAY).next()?;
    let title = Message::new("export.planned")
        .with("member", member)
        .with("title", &plan.title);
    Some(CalendarEvent {
        uid: format!("plan-{}@gongji", plan.id),
        on: first,
        until: first,
        recurrence: plan.recurrence.clone(),
        title: text(language, &title),
        details: heading(language, &often(plan.recurrence.as_ref(), plan.first_on)),
    })
}

/// The name of what is worth a day in a calendar: of a credit its month, of a run-out the member, since a
/// later forecast moves it. Plans have names of their own.
fn identifier(event: &ProjectedEvent) -> Option<String> {
    let member = event.member;
    let name = match event.kind {
        EventKind::Credit => format!("credit-{member}-{}", event.for_month?),
        EventKind::RunOut => format!("run-out-{member}"),
        EventKind::YearEnd => format!("year-end-{member}-{}", event.on),
        EventKind::Premium => format!("premium-{member}-{}", event.for_month?.year()),
        EventKind::Repayment => format!("repayment-{member}-{}", event.on),
        EventKind::Spending
        | EventKind::OverdueCredit
        | EventKind::Change
        | EventKind::YearlyLayer => return None,
    };
    Some(format!("{name}@gongji"))
}

fn said(language: Language, code: &str) -> String {
    text(language, &Message::new(code))
}

fn refused(problem: &impl std::fmt::Display) -> ApiError {
    let what = Message::new("error.export").with("detail", problem);
    ApiError::new(ErrorCode::Internal, what)
}

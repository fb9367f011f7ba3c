use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize, de};
use specta::Type;

use crate::{Bill, MemberId, Part, PlanItemId, Recurrence, RecurrenceProblem, RuleEnd, RuleParts};

/// 计划支出 — a visit, a prescription, a stay that is expected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct PlannedSpending {
    /// 编号
    pub id: PlanItemId,
    /// 成员
    pub member: MemberId,
    /// 名称
    pub title: String,
    /// 待遇
    pub part: Part,
    /// 机构类别
    pub class: Option<String>,
    /// 每次费用
    pub bill: Bill,
    /// 从哪天起 — a plan that recurs happens on the days of its rule from here on.
    pub first_on: NaiveDate,
    /// 重复方式；只有一次的没有
    pub recurrence: Option<Recurrence>,
    /// 是否不能推迟（急诊、处方药）
    pub urgent: bool,
}

impl PlannedSpending {
    /// The days from `from` to `until`, both included, one after the other.
    pub fn days(&self, from: NaiveDate, until: NaiveDate) -> impl Iterator<Item = NaiveDate> {
        planned_days(self.first_on, self.recurrence.as_ref(), from, until)
    }
}

/// The days from `from` to `until`, both included, of something that is planned from `first_on` on:
/// those of its rule, or that one day.
pub fn planned_days(
    first_on: NaiveDate,
    recurrence: Option<&Recurrence>,
    from: NaiveDate,
    until: NaiveDate,
) -> impl Iterator<Item = NaiveDate> + use<> {
    let once = recurrence.is_none() && (from..=until).contains(&first_on);
    let recurring = recurrence.map(|rule| rule.days(first_on, from, until));
    let once = once.then_some(first_on);
    once.into_iter().chain(recurring.into_iter().flatten())
}

/// A plan as a file says it. Files from before there were rules say `{"kind": "monthly"}` or the like,
/// and the last day beside it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    id: PlanItemId,
    member: MemberId,
    title: String,
    part: Part,
    #[serde(default)]
    class: Option<String>,
    bill: Bill,
    first_on: NaiveDate,
    #[serde(deserialize_with = "how_often")]
    recurrence: HowOften,
    #[serde(default)]
    until: Option<NaiveDate>,
    #[serde(default)]
    urgent: bool,
}

enum HowOften {
    Once,
    Rule(Recurrence),
    Older(Older),
}

/// How often, as it was said before there were rules.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Older {
    kind: OlderKind,
    #[serde(default)]
    days: Option<u32>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum OlderKind {
    Once,
    EveryDays,
    Monthly,
}

impl<'de> Deserialize<'de> for PlannedSpending {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<PlannedSpending, D::Error> {
        let written = Written::deserialize(deserializer)?;
        let recurrence = match (written.recurrence, written.until) {
            (HowOften::Older(older), until) => older
                .rule(written.first_on, until)
                .map_err(de::Error::custom)?,
            (_, Some(_)) => return Err(de::Error::custom("unknown field `until`")),
            (HowOften::Once, None) => None,
            (HowOften::Rule(rule), None) => Some(rule),
        };
        Ok(PlannedSpending {
            id: written.id,
            member: written.member,
            title: written.title,
            part: written.part,
            class: written.class,
            bill: written.bill,
            first_on: written.first_on,
            recurrence,
            urgent: written.urgent,
        })
    }
}

fn how_often<'de, D: Deserializer<'de>>(deserializer: D) -> Result<HowOften, D::Error> {
    deserializer.deserialize_any(HowOftenVisitor)
}

struct HowOftenVisitor;

impl<'de> de::Visitor<'de> for HowOftenVisitor {
    type Value = HowOften;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("null or a text like \"FREQ=WEEKLY;BYDAY=MO,WE,FR\"")
    }

    fn visit_unit<E: de::Error>(self) -> Result<HowOften, E> {
        Ok(HowOften::Once)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<HowOften, E> {
        text.parse().map(HowOften::Rule).map_err(E::custom)
    }

    fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<HowOften, A::Error> {
        let older = Older::deserialize(de::value::MapAccessDeserializer::new(map))?;
        if older.days.is_some() != (older.kind == OlderKind::EveryDays) {
            return Err(de::Error::custom("`days` belongs to `every_days`"));
        }
        Ok(HowOften::Older(older))
    }
}

impl Older {
    /// The rule that says the same.
    fn rule(
        &self,
        first_on: NaiveDate,
        until: Option<NaiveDate>,
    ) -> Result<Option<Recurrence>, RecurrenceProblem> {
        let rule = match self.kind {
            OlderKind::Once => return Ok(None),
            OlderKind::EveryDays => Recurrence::every_days(self.days.unwrap_or_default())?,
            OlderKind::Monthly => Recurrence::monthly(first_on),
        };
        let ends = until.map_or(RuleEnd::Never, RuleEnd::Until);
        let parts = rule.parts().clone();
        Recurrence::new(RuleParts { ends, ..parts }).map(Some)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(how_often: &str) -> Result<Option<String>, String> {
        let text = format!(
            r#"{{"id": 1, "member": 1, "title": "拿药", "part": "pharmacy", "class": null,
                "bill": {{"total": "1.00"}}, "first_on": "2026-01-31", "urgent": false, {how_often}}}"#
        );
        let plan: Result<PlannedSpending, _> = serde_json::from_str(&text);
        let rule = plan.map(|plan| plan.recurrence.map(|rule| rule.to_string()));
        rule.map_err(|error| error.to_string())
    }

    #[test]
    fn is_read_as_files_say_it_and_as_they_said_it_before() {
        for (how_often, rule) in [
            (r#""recurrence": null"#, None),
            (r#""recurrence": "FREQ=YEARLY""#, Some("FREQ=YEARLY")),
            (r#""recurrence": {"kind": "once"}, "until": null"#, None),
            (
                r#""recurrence": {"kind": "once"}, "until": "2026-12-31""#,
                None,
            ),
            (
                r#""recurrence": {"kind": "every_days", "days": 28}, "until": "2026-12-31""#,
                Some("FREQ=DAILY;INTERVAL=28;UNTIL=20261231"),
            ),
            (
                r#""recurrence": {"kind": "monthly"}, "until": null"#,
                Some("FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1"),
            ),
        ] {
            assert_eq!(
                written(how_often),
                Ok(rule.map(str::to_owned)),
                "{how_often}"
            );
        }
    }

    #[test]
    fn is_refused_where_it_says_too_much_or_nothing() {
        for (how_often, named) in [
            (r#""until": null"#, "recurrence"),
            (r#""recurrence": 28"#, "FREQ=WEEKLY"),
            (r#""recurrence": {"kind": "yearly"}"#, "yearly"),
            (r#""recurrence": {"kind": "once", "days": 3}"#, "days"),
            (r#""recurrence": {"kind": "every_days"}"#, "days"),
            (
                r#""recurrence": {"kind": "every_days", "days": 0}"#,
                "INTERVAL",
            ),
            (r#""recurrence": {"kind": "once", "hours": 3}"#, "hours"),
            (
                r#""recurrence": "FREQ=DAILY", "until": "2026-12-31""#,
                "until",
            ),
            (r#""recurrence": "FREQ=HOURLY""#, "FREQ=HOURLY"),
        ] {
            let refused = written(how_often).expect_err(how_often);
            assert!(refused.contains(named), "{how_often}: {refused}");
        }
    }
}

//! Cases of a whole family: every projected event, row by row.

use std::collections::BTreeMap;

use gongji_domain::{Amount, Household, MemberId, Yuan};
use gongji_engine::{Balances, MemberOutlook, ProjectedEvent, Projection, project};
use gongji_policy::Library;

use super::answers::not_open;
use super::file::{CaseFile, EventRow, Expected, HouseholdCase};
use super::flat::Flat;
use super::run::{CaseOutcome, compare};

pub(super) fn run(
    library: &Library,
    file: &CaseFile,
    beside: &dyn Fn(&str) -> Option<String>,
) -> Vec<CaseOutcome> {
    file.households
        .iter()
        .map(|case| CaseOutcome {
            name: case.name.clone(),
            differs: family(library, case, beside),
        })
        .collect()
}

fn family(
    library: &Library,
    case: &HouseholdCase,
    beside: &dyn Fn(&str) -> Option<String>,
) -> Vec<String> {
    let Some(text) = beside(&case.file) else {
        return vec![format!("读不了 {}", case.file)];
    };
    let household: Household = match serde_json::from_str(&text) {
        Ok(household) => household,
        Err(error) => return vec![format!("{}：{error}", case.file)],
    };
    let balances = balances(&household, case);
    let projection = match project(library, &household, &balances, case.from, case.until) {
        Ok(projection) => projection,
        Err(error) => return vec![error.to_string()],
    };
    let mut differs = rows(&household, case, &projection);
    differs.extend(compare(&case.expect, &|name| {
        conclusion(&household, &projection, name)
    }));
    differs.extend(not_open(&case.unknown, &projection.unknown));
    differs
}

/// The balances at the close of the record: the sum of the entries up to that day.
fn balances(household: &Household, case: &HouseholdCase) -> Balances {
    let mut balances: BTreeMap<_, Yuan> = Balances::new();
    for entry in household
        .entries
        .iter()
        .filter(|entry| entry.on <= case.from)
    {
        for leg in &entry.legs {
            if let Some(sub) = &leg.sub {
                *balances.entry((leg.account, sub.clone())).or_default() += leg.amount;
            }
        }
    }
    balances
}

fn rows(household: &Household, case: &HouseholdCase, projection: &Projection) -> Vec<String> {
    let mut differs = Vec::new();
    for (number, event) in projection.events.iter().enumerate() {
        match case.rows.get(number) {
            Some(row) => differs.extend(row_differs(household, number, row, event)),
            None => differs.push(format!(
                "第 {} 行没有写：{}",
                number + 1,
                in_words(household, event)
            )),
        }
    }
    for (number, row) in case.rows.iter().enumerate().skip(projection.events.len()) {
        differs.push(format!(
            "第 {} 行没有发生：{} {} {}",
            number + 1,
            row.on,
            row.member,
            row.kind
        ));
    }
    differs
}

fn row_differs(
    household: &Household,
    number: usize,
    row: &EventRow,
    event: &ProjectedEvent,
) -> Vec<String> {
    let text = |text: &str| Expected::Exact(text.to_owned());
    let mut expect: BTreeMap<String, Expected> = BTreeMap::from([
        ("on".to_owned(), text(&row.on.to_string())),
        (
            "earliest".to_owned(),
            text(&row.earliest.unwrap_or(row.on).to_string()),
        ),
        ("member".to_owned(), text(&row.member)),
        ("kind".to_owned(), text(&row.kind)),
        ("change".to_owned(), row.change.clone()),
        ("balance".to_owned(), row.balance.clone()),
    ]);
    expect.extend(row.fund.clone().map(|fund| ("fund".to_owned(), fund)));
    expect.extend(row.cash.clone().map(|cash| ("cash".to_owned(), cash)));
    expect.extend(row.aid.clone().map(|aid| ("aid".to_owned(), aid)));
    compare(&expect, &|name| {
        Some(match name {
            "on" => Flat::Text(event.on.to_string()),
            "earliest" => Flat::Text(event.earliest.to_string()),
            "member" => Flat::Text(name_of(household, event.member)),
            "kind" => Flat::Text(kind(event)),
            "change" => Flat::Amount(event.change),
            "balance" => Flat::Amount(event.balance),
            "fund" => Flat::Amount(event.split.as_ref()?.fund_paid),
            "cash" => Flat::Amount(event.split.as_ref()?.cash_paid),
            "aid" => Flat::Amount(event.split.as_ref()?.mutual_aid_paid),
            _ => return None,
        })
    })
    .into_iter()
    .map(|line| {
        format!(
            "第 {} 行（{} {} {}）{line}",
            number + 1,
            row.on,
            row.member,
            row.kind
        )
    })
    .collect()
}

fn in_words(household: &Household, event: &ProjectedEvent) -> String {
    let amount = |amount: Amount| super::run::flat_text(&Flat::Amount(amount));
    format!(
        "{} {} {} 变化 {} 余额 {}",
        event.on,
        name_of(household, event.member),
        kind(event),
        amount(event.change),
        amount(event.balance)
    )
}

/// The event's kind in the word of the wire.
fn kind(event: &ProjectedEvent) -> String {
    serde_json::to_value(event.kind)
        .ok()
        .and_then(|value| value.as_str().map(str::to_owned))
        .unwrap_or_default()
}

fn name_of(household: &Household, id: MemberId) -> String {
    household
        .members
        .iter()
        .find(|member| member.id == id)
        .map_or_else(String::new, |member| member.name.clone())
}

fn conclusion(household: &Household, projection: &Projection, name: &str) -> Option<Flat> {
    let (member, what) = name.rsplit_once('.')?;
    let id = household
        .members
        .iter()
        .find(|known| known.name == member)?
        .id;
    let outlook: &MemberOutlook = projection
        .members
        .iter()
        .find(|outlook| outlook.member == id)?;
    let day = |day: Option<chrono::NaiveDate>| {
        Flat::Text(day.map_or_else(|| "none".to_owned(), |day| day.to_string()))
    };
    Some(match what {
        "run_out" => day(outlook.run_out.as_ref().map(|run_out| run_out.earliest)),
        "next_credit" => day(outlook.next_credit.as_ref().and_then(|next| next.latest)),
        "next_credit_net" => Flat::Amount(outlook.next_credit.as_ref()?.net),
        "first_cash" => day(outlook.first_cash.as_ref().map(|first| first.on)),
        "balance" => Flat::Amount(outlook.balance),
        _ => return None,
    })
}

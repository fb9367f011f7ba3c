//! `gongji estimate --batch` — one request a row, its names flattened by dots, read and written row by row.

use std::fs::File;
use std::io;
use std::path::Path;

use gongji_domain::{Amount, EstimateRequest, SettlementEstimate};
use gongji_engine::settle;
use serde_json::{Map, Value};

use crate::args::{Args, RequestArgs};
use crate::estimate::Ground;
use crate::input::{NO, Stop};
use crate::output::{aside, out};

/// The columns of the answer, in the order of payment; the row of the request comes first.
const ANSWER: [&str; 13] = [
    "row",
    "pool_paid",
    "retiree_supplement_paid",
    "large_expense_subsidy_paid",
    "serious_illness_paid",
    "civil_servant_subsidy_paid",
    "employer_supplement_paid",
    "medical_assistance_paid",
    "own_account_paid",
    "mutual_aid_paid",
    "cash_paid",
    "unknown",
    "error",
];

/// What is no text in a request.
const NUMBERS: [&str; 3] = ["insured_months", "continuous_years", "rank"];
const YES_OR_NO: [&str; 4] = ["contract", "use_account", "first_of_period", "back_paid"];

pub(crate) fn estimate(args: &Args, asked: &RequestArgs, batch: &Path) -> Result<u8, Stop> {
    let Some(out) = &asked.out else {
        return Err(Stop::wrong_use("成批估算要写 --out FILE.csv。".to_owned()));
    };
    let ground = Ground::of(args, asked)?;
    let unreadable = |error: csv::Error| Stop::unreadable(batch, &error);
    let unwritable = |error: csv::Error| Stop::cannot_write(args, out, &io::Error::from(error));
    let mut reader = csv::Reader::from_path(batch).map_err(unreadable)?;
    let names = reader.headers().map_err(unreadable)?.clone();
    let file = File::create(out).map_err(|error| Stop::cannot_write(args, out, &error))?;
    let mut writer = csv::Writer::from_writer(file);
    writer.write_record(ANSWER).map_err(unwritable)?;
    let mut record = csv::StringRecord::new();
    let mut bad = 0_u64;
    let mut row = 0_u64;
    while reader.read_record(&mut record).map_err(unreadable)? {
        row += 1;
        let line = record.position().map_or(row, csv::Position::line);
        let answer = settled(args, &ground, &names, &record);
        if let Err(why) = &answer {
            bad += 1;
            aside!("第 {line} 行：{why}");
        }
        writer
            .write_record(cells(row, answer))
            .map_err(unwritable)?;
    }
    writer
        .flush()
        .map_err(|error| Stop::cannot_write(args, out, &error))?;
    out!("{row}");
    Ok(if bad == 0 { 0 } else { NO })
}

fn settled(
    args: &Args,
    ground: &Ground,
    names: &csv::StringRecord,
    record: &csv::StringRecord,
) -> Result<SettlementEstimate, String> {
    let mut request = request(names, record)?;
    ground
        .fill(args, &mut request)
        .map_err(|stop| stop.sentence)?;
    settle(ground.library(), &request).map_err(|error| error.to_string())
}

fn cells(row: u64, answer: Result<SettlementEstimate, String>) -> Vec<String> {
    let mut cells = vec![row.to_string()];
    match answer {
        Ok(estimate) => {
            let payers = &estimate.payers;
            let amounts = [
                payers.pool_paid,
                payers.retiree_supplement_paid,
                payers.large_expense_subsidy_paid,
                payers.serious_illness_paid,
                payers.civil_servant_subsidy_paid,
                payers.employer_supplement_paid,
                payers.medical_assistance_paid,
                payers.own_account_paid,
                payers.mutual_aid_paid,
                payers.cash_paid,
            ];
            cells.extend(amounts.map(plain));
            let open: Vec<&str> = estimate
                .unknown
                .iter()
                .map(|open| open.key.as_str())
                .collect();
            cells.extend([open.join(" "), String::new()]);
        }
        Err(why) => {
            cells.resize(ANSWER.len() - 1, String::new());
            cells.push(why);
        }
    }
    cells
}

fn plain(amount: Amount) -> String {
    match amount {
        Amount::Exact(yuan) => yuan.to_string(),
        Amount::Range { min, max } => format!("{min}..{max}"),
        Amount::Unknown(_) => "unknown".to_owned(),
    }
}

/// An empty cell is a field that is left out.
fn request(
    names: &csv::StringRecord,
    record: &csv::StringRecord,
) -> Result<EstimateRequest, String> {
    let mut document = Value::Object(Map::new());
    for (name, cell) in names.iter().zip(record) {
        if !cell.is_empty() {
            set(&mut document, name, value(name, cell)?)?;
        }
    }
    serde_json::from_value(document).map_err(|error| error.to_string())
}

fn value(name: &str, cell: &str) -> Result<Value, String> {
    let last = name.rsplit('.').next().unwrap_or(name);
    if NUMBERS.contains(&last) {
        let number: u32 = cell
            .parse()
            .map_err(|_| format!("{name}「{cell}」不是整数"))?;
        return Ok(number.into());
    }
    if YES_OR_NO.contains(&last) {
        return match cell {
            "true" => Ok(true.into()),
            "false" => Ok(false.into()),
            _ => Err(format!("{name}「{cell}」应当是 true 或 false")),
        };
    }
    Ok(cell.into())
}

/// Puts a value at its place; a part of the name that is a number is a place in a list.
fn set(document: &mut Value, name: &str, value: Value) -> Result<(), String> {
    let clash = || format!("列名「{name}」和别的列名冲突");
    let mut at = document;
    for part in name.split('.') {
        at = match part.parse::<usize>() {
            Ok(number) => {
                if at.is_null() {
                    *at = Value::Array(Vec::new());
                }
                let list = at.as_array_mut().ok_or_else(clash)?;
                // Relatives are counted without a gap, so that a wrong name cannot ask for a long list.
                if number > list.len() {
                    return Err(format!("列名「{name}」跳过了号码，应当从 0 数起"));
                }
                if number == list.len() {
                    list.push(Value::Null);
                }
                &mut list[number]
            }
            Err(_) => {
                if at.is_null() {
                    *at = Value::Object(Map::new());
                }
                let fields = at.as_object_mut().ok_or_else(clash)?;
                fields.entry(part.to_owned()).or_insert(Value::Null)
            }
        };
    }
    if !at.is_null() {
        return Err(clash());
    }
    *at = value;
    Ok(())
}

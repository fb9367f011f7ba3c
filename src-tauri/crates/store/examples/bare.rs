//! 最省的做法 — what importing and recording cost without a ledger: a CSV reader and SQLite, nothing
//! else. `bare import FILE.csv DB` reads lines of `number,day,payee,note,account,fen`, checks that each
//! transaction adds up to zero and writes all in one durable transaction; `bare commit N DB` writes N
//! entries, each in a durable transaction of its own. Prints the seconds without the start of the process.

use std::collections::BTreeMap;
use std::error::Error;
use std::time::Instant;

use rusqlite::{Connection, params};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let started = Instant::now();
    match words.as_slice() {
        ["import", file, db] => import(file, db)?,
        ["commit", times, db] => commit(times.parse()?, db)?,
        _ => return Err("bare import FILE.csv DB | bare commit N DB".into()),
    }
    println!("{:.6}", started.elapsed().as_secs_f64());
    Ok(())
}

fn fresh(db: &str) -> rusqlite::Result<Connection> {
    let connection = Connection::open(db)?;
    connection.pragma_update(None, "synchronous", "EXTRA")?;
    connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
    connection.execute_batch(
        "CREATE TABLE account (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
         CREATE TABLE entry (id INTEGER PRIMARY KEY, day TEXT NOT NULL, memo TEXT NOT NULL);
         CREATE TABLE leg (entry INTEGER NOT NULL, account INTEGER NOT NULL, month TEXT NOT NULL,
             fen INTEGER NOT NULL);
         CREATE INDEX by_month ON leg (account, month, fen);",
    )?;
    Ok(connection)
}

fn import(file: &str, db: &str) -> Result<(), Box<dyn Error>> {
    let mut connection = fresh(db)?;
    let transaction = connection.transaction()?;
    {
        let mut entry = transaction.prepare("INSERT INTO entry VALUES (?1, ?2, ?3)")?;
        let mut leg = transaction.prepare("INSERT INTO leg VALUES (?1, ?2, ?3, ?4)")?;
        let mut named = transaction.prepare("INSERT INTO account (name) VALUES (?1)")?;
        let mut accounts: BTreeMap<String, i64> = BTreeMap::new();
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_path(file)?;
        let mut record = csv::StringRecord::new();
        let (mut number, mut sum) = (-1_i64, 0_i64);
        while reader.read_record(&mut record)? {
            let (of, fen): (i64, i64) = (record[0].parse()?, record[5].parse()?);
            if of != number {
                if sum != 0 {
                    return Err(format!("{number}: {sum}").into());
                }
                number = of;
                let memo = format!("{} {}", &record[2], &record[3]);
                entry.execute(params![of + 1, &record[1], memo])?;
            }
            sum += fen;
            let account = match accounts.get(&record[4]) {
                Some(known) => *known,
                None => {
                    let id = named.insert([&record[4]])?;
                    accounts.insert(record[4].to_owned(), id);
                    id
                }
            };
            leg.execute(params![of + 1, account, &record[1][..7], fen])?;
        }
        if sum != 0 {
            return Err(format!("{number}: {sum}").into());
        }
    }
    transaction.commit()?;
    Ok(())
}

fn commit(times: i64, db: &str) -> Result<(), Box<dyn Error>> {
    let mut connection = fresh(db)?;
    for number in 1..=times {
        let transaction = connection.transaction()?;
        transaction.execute("INSERT INTO entry VALUES (?1, '2026-01-05', 'x')", [number])?;
        transaction.execute("INSERT INTO leg VALUES (?1, 1, '2026-01', 100)", [number])?;
        transaction.commit()?;
    }
    Ok(())
}

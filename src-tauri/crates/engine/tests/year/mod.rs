//! 演城（虚构）的一年 — bills of many people, settled by the rules of `tests/bench/rules`, and what they
//! come to by a second reckoning that knows neither the rules' files nor the engine.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use gongji_domain::{
    Bill, EmploymentStatus, EstimateRequest, MemberFacts, Part, Payer, PoolId, Scheme, Special,
    Visit, Yuan,
};
use gongji_engine::{Case, Readings, Slip, Tally, Terms};
use gongji_policy::{Library, Severity};

/// 一个人的一年 — every month one outpatient and at most one inpatient bill, in fen.
#[derive(Clone, Debug)]
pub struct Claims {
    pub retired: bool,
    /// 每月月初划入
    pub refill: i64,
    /// 门诊、住院
    pub months: [(i64, i64); 12],
}

/// 一个人一个月的结果，以分计
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Paid {
    pub op_fund: i64,
    pub ip_fund: i64,
    pub account: i64,
    pub cash: i64,
    pub balance: i64,
}

/// The same bills at every run: a linear congruential generator.
pub fn claims(persons: usize) -> Vec<Claims> {
    let mut state = 42_u64;
    let mut below = move |limit: i64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        i64::try_from(state >> 33).expect("31 bits") % limit
    };
    let person = |_| Claims {
        retired: below(10) < 3,
        refill: 10_000 + below(30_000),
        months: std::array::from_fn(|_| {
            let op = if below(10) < 6 {
                2_000 + below(398_000)
            } else {
                0
            };
            let ip = match below(1_000) {
                0 => 30_000_000 + below(60_000_000),
                1..=50 => 100_000 + below(14_900_000),
                _ => 0,
            };
            (op, ip)
        }),
    };
    (0..persons).map(person).collect()
}

/// The rules of 演城.
pub fn rules() -> Library {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/bench/rules");
    let mut files = Vec::new();
    let mut waiting: Vec<PathBuf> = vec![root.clone()];
    while let Some(at) = waiting.pop() {
        for entry in std::fs::read_dir(&at).expect("the folder of the rules") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                let name = path.strip_prefix(&root).expect("inside");
                let text = std::fs::read_to_string(&path).expect("a text file");
                files.push((name.to_string_lossy().into_owned(), text));
            }
        }
    }
    let library = Library::read(files, false);
    let errors = library.problems.iter();
    let errors: Vec<_> = errors
        .filter(|found| found.severity == Severity::Error)
        .collect();
    assert!(errors.is_empty(), "{errors:?}");
    library
}

/// 两种待遇的条款 — of somebody in service or retired.
pub struct Benefits<'a> {
    outpatient: Terms<'a>,
    inpatient: Terms<'a>,
    on: NaiveDate,
}

impl<'a> Benefits<'a> {
    pub fn of(library: &'a Library, retired: bool) -> Benefits<'a> {
        let on = "2026-06-30".parse().expect("a date");
        let (pool, scheme) = (PoolId::from("990100"), Scheme::Employee);
        let rules = library
            .rules(&pool, scheme.word(), on)
            .expect("it is listed");
        let terms = |part| {
            let request = EstimateRequest {
                pool: pool.clone(),
                scheme,
                plan: "with_account".to_owned(),
                part,
                member: MemberFacts {
                    status: match retired {
                        true => EmploymentStatus::Retired,
                        false => EmploymentStatus::Active,
                    },
                    born: None,
                    retired_on: None,
                    insured_months: None,
                    special: Special::None,
                    tier: None,
                    employer: None,
                    continuous_years: None,
                    contributions: None,
                },
                visit: Visit {
                    settled_on: on,
                    class: None,
                    admitted_on: None,
                    contract: false,
                    away: None,
                    use_account: true,
                    first_of_period: None,
                },
                so_far: None,
                bill: Bill::default(),
                payers: None,
            };
            Terms::of(library, &rules, &request).expect("a sound request")
        };
        Benefits {
            outpatient: terms(Part::GeneralOutpatient),
            inpatient: terms(Part::Inpatient),
            on,
        }
    }

    /// The year of one person, month by month.
    pub fn year(&self, claims: &Claims, slip: &mut Slip, mut told: impl FnMut(Paid)) {
        let mut readings = Readings::default();
        let mut tally = Tally::new(&self.outpatient);
        let mut balance = [Yuan::ZERO];
        for (op, ip) in claims.months {
            let mut paid = Paid::default();
            balance[0] += Yuan::from_fen(claims.refill);
            if op > 0 {
                let bill = Bill::of_total(Yuan::from_fen(op));
                let case = Case::new(&bill, self.on, &tally, Some(&balance));
                self.outpatient.settle(&case, &mut readings, slip);
                tally.carry(slip);
                let account = slip.own()[0];
                balance[0] -= account;
                paid.op_fund = slip.paid_by(Payer::Pool).fen();
                paid.account = account.fen();
                paid.cash += slip.paid_by(Payer::Cash).fen();
            }
            if ip > 0 {
                let bill = Bill::of_total(Yuan::from_fen(ip));
                let case = Case::new(&bill, self.on, &tally, Some(&balance));
                self.inpatient.settle(&case, &mut readings, slip);
                tally.carry(slip);
                let top_up = slip.paid_by(Payer::LargeExpenseSubsidy);
                paid.ip_fund = (slip.paid_by(Payer::Pool) + top_up).fen();
                paid.cash += slip.paid_by(Payer::Cash).fen();
            }
            paid.balance = balance[0].fen();
            told(paid);
        }
    }
}

/// The same year, reckoned plainly in fen and percent.
pub fn reckoned(claims: &Claims, mut told: impl FnMut(Paid)) {
    let (mut spent, mut eligible, mut stays, mut balance) = (0, 0, 0, 0);
    for (op, ip) in claims.months {
        let before = outpatient(claims.retired, spent);
        spent += op;
        let op_fund = outpatient(claims.retired, spent) - before;
        let before = inpatient(claims.retired, eligible);
        if ip > 0 {
            stays += 1;
            let deductible = if stays == 1 { 130_000 } else { 65_000 };
            eligible += (ip - deductible).max(0);
        }
        let ip_fund = inpatient(claims.retired, eligible) - before;
        balance += claims.refill;
        let account = balance.min(op - op_fund);
        balance -= account;
        told(Paid {
            op_fund,
            ip_fund,
            account,
            cash: op - op_fund - account + ip - ip_fund,
            balance,
        });
    }
}

fn outpatient(retired: bool, spent: i64) -> i64 {
    let (low, high) = if retired { (85, 80) } else { (70, 60) };
    let within = spent.clamp(180_000, 2_000_000) - 180_000;
    let above = (spent - 2_000_000).max(0);
    (within * low + above * high) / 100
}

fn inpatient(retired: bool, eligible: i64) -> i64 {
    let rates = if retired { [91, 94, 97] } else { [85, 90, 95] };
    let first = eligible.min(3_000_000);
    let second = eligible.clamp(3_000_000, 4_000_000) - 3_000_000;
    let third = (eligible - 4_000_000).max(0);
    let bands = (first * rates[0] + second * rates[1] + third * rates[2]) / 100;
    let above = (bands - 50_000_000).max(0);
    bands.min(50_000_000) + (above * 85 / 100).min(20_000_000)
}

/// 核对数 — of the five columns of all months.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums([i64; 5]);

impl Sums {
    pub fn add(&mut self, paid: Paid) {
        let Paid {
            op_fund,
            ip_fund,
            account,
            cash,
            balance,
        } = paid;
        let columns = [op_fund, ip_fund, account, cash, balance];
        self.0
            .iter_mut()
            .zip(columns)
            .for_each(|(sum, amount)| *sum += amount);
    }

    /// The sums of two groups of people together.
    #[allow(dead_code, reason = "only the bench divides people into groups")]
    pub fn join(&mut self, other: Sums) {
        self.0
            .iter_mut()
            .zip(other.0)
            .for_each(|(sum, more)| *sum += more);
    }

    pub fn checksum(self) -> i128 {
        let mix = |sum: i128, column: i64| (sum * 1_000_003 + i128::from(column)) % (1 << 61);
        self.0.into_iter().fold(0, mix)
    }
}

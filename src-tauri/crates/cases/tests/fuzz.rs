//! Any bill of anybody anywhere on any day: nothing panics, every fen is paid once, nobody pays less than
//! nothing, and the funds pay no more than the bill. More of them with `PROPTEST_CASES=100000`.

#![allow(clippy::unwrap_used)] // what is not there fails the test

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::LazyLock;

use chrono::{Days, NaiveDate};
use gongji_cases::broken_identities;
use gongji_domain::{
    AidOffer, Bill, EmploymentStatus, EstimateRequest, MemberFacts, Part, Payer, PayersAtHand,
    PoolId, Relation, Scheme, Slice, Special, SubAccountId, Visit, Yuan,
};
use gongji_engine::{Case, EngineError, Slip, Tally, Terms, explore, settle};
use gongji_policy::{Body, Library, Rules};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::strategy::ValueTree;

static SHIPPED: LazyLock<[Library; 2]> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../policies");
    let mut files = Vec::new();
    collect(&root, &root, &mut files);
    [false, true].map(|with_claimed| Library::read(files.clone(), with_claimed))
});

fn collect(root: &Path, folder: &Path, files: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, files);
        } else if path.extension().is_some_and(|ending| ending == "toml") {
            let name = path.strip_prefix(root).unwrap().to_string_lossy();
            files.push((name.into_owned(), std::fs::read_to_string(&path).unwrap()));
        }
    }
}

fn cases(usual: u32) -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok();
    let cases = asked.and_then(|cases| cases.parse().ok());
    ProptestConfig {
        cases: cases.unwrap_or(usual),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// Sums near everything that tables turn on, and some far beyond.
fn money() -> impl Strategy<Value = Yuan> {
    let fen = prop_oneof![
        1 => Just(0_i64),
        3 => 1_i64..100_000,
        4 => (0_i64..2_000).prop_map(|hundreds| hundreds * 10_000),
        3 => 0_i64..200_000_000,
        1 => 0_i64..100_000_000_000,
    ];
    fen.prop_map(Yuan::from_fen)
}

fn statuses() -> impl Strategy<Value = EmploymentStatus> {
    let all = [
        "active",
        "active",
        "active",
        "active",
        "retired",
        "retired",
        "retired",
        "suspended",
        "active",
        "retired",
        "in_arrears",
        "ended",
    ];
    select(all.to_vec()).prop_map(|word| serde_json::from_value(word.into()).unwrap())
}

#[derive(Clone, Debug)]
struct Drawn {
    claimed: bool,
    pool: Index,
    resident: bool,
    part: Index,
    day: NaiveDate,
    class: Option<Index>,
    plan: Index,
    member: MemberFacts,
    word: [Index; 2],
    visit: (Option<u64>, bool, Option<&'static str>, bool, Option<bool>),
    so_far: Vec<(Index, Yuan, u32)>,
    bill: [Yuan; 5],
    items: Vec<(Index, Yuan)>,
    own: Option<Vec<(Index, Yuan)>>,
    aid: Vec<(Yuan, u32, bool)>,
}

fn day() -> impl Strategy<Value = NaiveDate> {
    let first: NaiveDate = "2021-06-01".parse().unwrap();
    (0_u64..2_000).prop_map(move |after| first + Days::new(after))
}

prop_compose! {
    fn member()(
        status in statuses(),
        born in prop::option::of(0_u64..36_500),
        retired_on in prop::option::of(0_u64..10_000),
        insured_months in prop::option::of(0_u32..600),
        special in select(&[Special::None, Special::None, Special::Hardship][..]),
        continuous_years in prop::option::of(0_u32..40),
    ) -> MemberFacts {
        let after = |day: &str, days: u64| day.parse::<NaiveDate>().unwrap() + Days::new(days);
        MemberFacts {
            status,
            born: born.map(|days| after("1920-01-01", days)),
            retired_on: retired_on.map(|days| after("1995-01-01", days)),
            insured_months,
            special,
            tier: None,
            employer: None,
            continuous_years,
            contributions: None,
        }
    }
}

prop_compose! {
    fn drawn()(
        (claimed, resident) in any::<(bool, bool)>(),
        (pool, part, plan) in any::<(Index, Index, Index)>(),
        day in day(),
        class in prop::option::weighted(0.9, any::<Index>()),
        member in member(),
        word in any::<[Index; 2]>(),
        visit in (
            prop::option::of(0_u64..400),
            any::<bool>(),
            prop::option::weighted(0.2, select(&["filed", "referral", "emergency", "unfiled"][..])),
            prop::bool::weighted(0.9),
            any::<Option<bool>>(),
        ),
        so_far in prop::collection::vec((any::<Index>(), money(), 0_u32..9), 0..7),
        bill in [money(), money(), money(), money(), money()],
        items in prop::collection::vec((any::<Index>(), money()), 0..3),
        own in prop::option::of(prop::collection::vec((any::<Index>(), money()), 0..3)),
        aid in prop::collection::vec((money(), 0_u32..3, any::<bool>()), 0..4),
    ) -> Drawn {
        Drawn {
            claimed, pool, resident, part, day, class, plan, member, word, visit, so_far, bill, items, own, aid,
        }
    }
}

/// The words that the rules use for one thing.
fn words<'r>(rules: &'r Rules<'_>, of: impl Fn(&'r Body) -> Vec<String>) -> Vec<String> {
    let words: BTreeSet<String> = rules
        .blocks
        .iter()
        .flat_map(|held| of(&held.block.body))
        .collect();
    words.into_iter().collect()
}

fn in_rows(body: &Body, of: impl Fn(&gongji_policy::Row) -> Option<String>) -> Vec<String> {
    let rows = body.table().map_or(&[][..], |table| table.rows);
    rows.iter()
        .filter_map(of)
        .filter(|word| word != "any")
        .collect()
}

fn draw<'w>(index: &Index, words: &'w [String]) -> Option<&'w String> {
    (!words.is_empty()).then(|| index.get(words))
}

impl Drawn {
    fn library(&self) -> &'static Library {
        &SHIPPED[usize::from(self.claimed)]
    }

    /// A pool and scheme with rules of its own for some benefit.
    fn place(&self) -> (PoolId, Scheme) {
        let scheme = match self.resident {
            true => Scheme::Resident,
            false => Scheme::Employee,
        };
        let files = self.library().files.iter();
        let benefit = |word: &str| Part::ALL.iter().any(|part| part.word() == word);
        let pools: BTreeSet<&str> = files
            .filter(|file| file.scheme == scheme.word() && benefit(&file.part))
            .map(|file| file.pool.0.as_str())
            .collect();
        let pools: Vec<&str> = pools.into_iter().collect();
        (PoolId::from(*self.pool.get(&pools)), scheme)
    }

    fn request(&self, rules: &Rules<'_>) -> EstimateRequest {
        let (pool, scheme) = self.place();
        let has_rate = |part: &&Part| rules.get(part.word(), "rate").is_some();
        let ruled: Vec<&Part> = Part::ALL.iter().filter(has_rate).collect();
        let part = match ruled.is_empty() {
            true => *self.part.get(&Part::ALL),
            false => **self.part.get(&ruled),
        };
        let plans = words(rules, |body| in_rows(body, |row| row.plan.clone()));
        let mut plans = plans;
        plans.extend([
            "with_account".to_owned(),
            "pooled_only".to_owned(),
            "nobody".to_owned(),
        ]);
        let tiers = words(rules, |body| in_rows(body, |row| row.tier.clone()));
        let employers = words(rules, |body| in_rows(body, |row| row.employer.clone()));
        let (stayed, contract, away, use_account, first_of_period) = self.visit;
        EstimateRequest {
            part,
            plan: self.plan.get(&plans).clone(),
            member: MemberFacts {
                tier: draw(&self.word[0], &tiers).cloned(),
                employer: draw(&self.word[1], &employers).cloned(),
                ..self.member.clone()
            },
            visit: Visit {
                settled_on: self.day,
                class: None,
                admitted_on: stayed.map(|days| self.day - Days::new(days)),
                contract,
                away: away.map(str::to_owned),
                use_account,
                first_of_period,
            },
            so_far: self.counters(rules),
            bill: self.bill(rules),
            payers: self.payers(rules, &pool, scheme),
            pool,
            scheme,
        }
    }

    fn counters(&self, rules: &Rules<'_>) -> Option<BTreeMap<String, String>> {
        let counters: Vec<(&String, bool)> = (rules.blocks.iter())
            .filter_map(|held| match &held.block.body {
                Body::Counter(counter) => Some((
                    held.block.head.id.as_ref()?,
                    gongji_engine::is_count(counter),
                )),
                Body::Carry(_) if !held.off => Some((held.block.head.id.as_ref()?, false)),
                _ => None,
            })
            .collect();
        // All of them, or the first few: what is not stated is open.
        let all = self.visit.4 == Some(false);
        let most = if all {
            counters.len()
        } else {
            self.so_far.len()
        };
        let drawn = self.so_far.iter().cycle().zip(&counters).take(most);
        let so_far: BTreeMap<String, String> = drawn
            .map(|((_, yuan, count), (id, is_count))| {
                let text = match is_count {
                    true => count.to_string(),
                    false => yuan.to_string(),
                };
                ((*id).clone(), text)
            })
            .collect();
        (!so_far.is_empty()).then_some(so_far)
    }

    /// A bill whose parts fit into it.
    fn bill(&self, rules: &Rules<'_>) -> Bill {
        let [total, parts @ ..] = self.bill;
        let mut left = total;
        let mut part = |amount: Yuan| {
            // Now and then all of it, as a rule less.
            let amount = match amount.fen() % 16 {
                0 => amount.min(left),
                1..4 => Yuan::ZERO,
                _ => Yuan::from_fen(amount.fen() % (left.fen() / 4 + 1)),
            };
            left -= amount;
            amount
        };
        let [full_self_pay, over_limit, upfront_copay] =
            [parts[0], parts[1], parts[2]].map(&mut part);
        let items = words(rules, |body| in_rows(body, |row| row.item.clone()));
        let mut by_item = BTreeMap::new();
        for (index, amount) in &self.items {
            if let Some(item) = draw(index, &items) {
                let amount = part(*amount);
                *by_item.entry(item.clone()).or_default() += amount;
            }
        }
        Bill {
            total,
            // Nothing is also left empty now and then.
            full_self_pay: Some(full_self_pay).filter(|amount| !amount.is_zero()),
            over_limit: Some(over_limit),
            upfront_copay: Some(upfront_copay).filter(|amount| !amount.is_zero()),
            not_account_payable: parts[3],
            by_item,
        }
    }

    fn payers(&self, rules: &Rules<'_>, pool: &PoolId, scheme: Scheme) -> Option<PayersAtHand> {
        let mut subs = words(rules, |body| match body {
            Body::Credit(credit) => vec![credit.into.clone()],
            Body::AccountUse(rule) => rule.order.iter().map(|step| step.sub.clone()).collect(),
            _ => Vec::new(),
        });
        subs.push("book".to_owned());
        let own = self.own.as_ref()?.iter();
        let own = own.map(|(index, yuan)| (SubAccountId(index.get(&subs).clone()), *yuan));
        let aid = self.aid.iter().enumerate();
        let aid = aid.map(|(number, (balance, rank, retired))| AidOffer {
            name: number.to_string(),
            relation: Relation::Child,
            pool: pool.clone(),
            scheme: if *retired { Scheme::Employee } else { scheme },
            status: match retired {
                true => EmploymentStatus::Retired,
                false => EmploymentStatus::Active,
            },
            balance: *balance,
            bound_on: self.day - Days::new(u64::from(*rank)),
            rank: *rank,
        });
        Some(PayersAtHand {
            own: own.collect(),
            aid: aid.collect(),
        })
    }
}

/// The request at a class that the rules know.
fn classed(drawn: &Drawn, mut request: EstimateRequest) -> Option<EstimateRequest> {
    let library = drawn.library();
    loop {
        match settle(library, &request) {
            Err(EngineError::ClassNeeded { known }) => {
                request.visit.class = Some(drawn.class?.get(&known).0.clone());
            }
            Ok(_) => return Some(request),
            Err(EngineError::BornLater | EngineError::UnknownCounter { .. }) => return None,
            Err(EngineError::Bill(problem)) => panic!("{problem} {:?}", request.bill),
            Err(error) => panic!("{error}"),
        }
    }
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn every_estimate_is_sound(drawn in drawn()) {
        let (pool, scheme) = drawn.place();
        let library = drawn.library();
        let rules = library.rules(&pool, scheme.word(), drawn.day).unwrap();
        let Some(request) = classed(&drawn, drawn.request(&rules)) else { return Ok(()) };
        let estimate = settle(library, &request).unwrap();
        let broken = broken_identities(&request, &estimate);
        prop_assert!(broken.is_empty(), "{broken:?} {request:?}");
        let total = request.bill.total;
        let most = |amount: gongji_domain::Amount| amount.max().unwrap_or_default();
        prop_assert!(most(estimate.payers.fund_paid) <= total, "{request:?}");
        prop_assert!(most(estimate.payers.patient_paid) <= total, "{request:?}");
        // Whatever is a range or unknown asks something.
        let sure = estimate.payers.fund_paid.exact().is_some() && estimate.payers.cash_paid.exact().is_some();
        prop_assert!(sure || !estimate.unknown.is_empty(), "{request:?}");
    }

    #[test]
    fn under_every_reading_each_fen_is_paid_once(drawn in drawn()) {
        let (pool, scheme) = drawn.place();
        let library = drawn.library();
        let rules = library.rules(&pool, scheme.word(), drawn.day).unwrap();
        let Some(request) = classed(&drawn, drawn.request(&rules)) else { return Ok(()) };
        let terms = Terms::of(library, &rules, &request).unwrap();
        let own = drawn.own.as_ref().map(|own| {
            let balances = own.iter().map(|(_, yuan)| *yuan).chain(std::iter::repeat(Yuan::ZERO));
            balances.take(terms.subs().len()).collect::<Vec<Yuan>>()
        });
        let mut tally = Tally::new(&terms);
        for _ in 0..2 {
            let mut case = Case::new(&request.bill, drawn.day, &tally, own.as_deref());
            case.admitted_on = request.visit.admitted_on;
            case.use_account = request.visit.use_account;
            let explored = explore(64, |readings| {
                let mut slip = Slip::default();
                terms.settle(&case, readings, &mut slip);
                slip
            });
            for (world, slip) in explored.runs.iter().filter(|(_, slip)| slip.has_rule) {
                let paid: Yuan = Payer::ALL.into_iter().map(|payer| slip.paid_by(payer)).sum();
                let cut: Yuan = Slice::ALL.into_iter().map(|slice| slip.slice(slice)).sum();
                prop_assert_eq!(paid, request.bill.total, "{:?} {:?}", world, request);
                prop_assert_eq!(cut, request.bill.total, "{:?} {:?}", world, request);
                for payer in Payer::ALL {
                    prop_assert!(!slip.paid_by(payer).is_negative(), "{payer:?} {world:?} {request:?}");
                }
                for slice in Slice::ALL {
                    prop_assert!(!slip.slice(slice).is_negative(), "{slice:?} {world:?} {request:?}");
                }
                for (paid, balance) in slip.own().iter().zip(own.iter().flatten()) {
                    prop_assert!(paid <= balance, "{world:?} {request:?}");
                }
            }
            let (_, first) = &explored.runs[0];
            tally.carry(first);
        }
    }
}

/// What is drawn is not mostly beside the rules.
#[test]
fn enough_of_what_is_drawn_is_settled_by_a_rule() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (mut settled, mut paid, all) = (0, 0, 300);
    for _ in 0..all {
        let drawn = drawn().new_tree(&mut runner).unwrap().current();
        let (pool, scheme) = drawn.place();
        let library = drawn.library();
        let rules = library.rules(&pool, scheme.word(), drawn.day).unwrap();
        let Some(request) = classed(&drawn, drawn.request(&rules)) else {
            continue;
        };
        let estimate = settle(library, &request).unwrap();
        let fund = estimate.payers.fund_paid.max();
        settled += i32::from(fund.is_some());
        paid += i32::from(fund.is_some_and(|fund| !fund.is_zero()));
    }
    assert!(settled > all / 4, "{settled} of {all} are settled");
    assert!(paid > all / 8, "in {paid} of {all} a fund pays");
}

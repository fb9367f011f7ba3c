//! 许多家 — a check on many drawn households, of which enough must be such that it looked at something.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestRunner};

use crate::family::Family;

/// What happened in a household that was looked at, by the words for it; `None`: too much of it is open.
pub(crate) type Met = Option<Vec<String>>;

/// `usual` of them, the same ones every time, or as many others as `PROPTEST_CASES` asks for: a change is
/// not to fail by a household that has nothing to do with it.
pub(crate) fn cases(usual: u32) -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok();
    let cases: Option<u32> = asked.and_then(|cases| cases.parse().ok());
    ProptestConfig {
        cases: cases.unwrap_or(usual),
        rng_seed: cases.map_or(RngSeed::Fixed(20_261_130), |_| RngSeed::Random),
        failure_persistence: None,
        max_shrink_iters: 60,
        ..ProptestConfig::default()
    }
}

/// Runs `check` on `usual` of the households that `families` draws. At least `least` in a hundred of them must
/// be looked at, and everything in `happens` be met among them.
pub(crate) fn on_families(
    name: &str,
    families: impl Strategy<Value = Family>,
    (usual, least): (u32, u32),
    happens: &[&str],
    check: impl Fn(&Family, u64) -> Met,
) {
    let met = Cell::new([0_u32; 2]);
    let codes = RefCell::new(BTreeSet::new());
    let drawn = (families, any::<u64>());
    let outcome = TestRunner::new(cases(usual)).run(&drawn, |(family, by)| {
        let found = check(&family, by);
        let [all, looked_at] = met.get();
        met.set([all + 1, looked_at + u32::from(found.is_some())]);
        codes.borrow_mut().extend(found.into_iter().flatten());
        Ok(())
    });
    let [all, looked_at] = met.get();
    println!("{name}: {looked_at} of {all} households were looked at");
    if let Err(error) = outcome {
        panic!("{error}");
    }
    let codes = codes.into_inner();
    let missing: Vec<_> = happens
        .iter()
        .filter(|code| !codes.contains(&format!("project.{code}")))
        .collect();
    assert!(missing.is_empty(), "{name}: {missing:?} were never met");
    assert!(
        looked_at * 100 >= all * least,
        "{name}: only {looked_at} of {all} were looked at"
    );
}

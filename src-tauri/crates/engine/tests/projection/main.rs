//! 任何一家人的预测 — households drawn at random, projected by the shipped rules: no fen is lost, the
//! time may be cut anywhere, the past replayed comes to the present, and the order in which a household
//! is written down changes nothing. More of them with `PROPTEST_CASES=10000`.

#![allow(clippy::unwrap_used)] // what is not there fails the test

mod family;
mod income;
mod insured;
mod many;
mod money;
mod order;
mod record;
mod replay;

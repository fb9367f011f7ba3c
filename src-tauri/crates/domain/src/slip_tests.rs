//! What a slip says of itself.

use super::*;

fn yuan(text: &str) -> Yuan {
    text.parse().unwrap_or_else(|e| panic!("{text}: {e}"))
}

/// `line=amount` one after another.
fn slip(lines: &str) -> Slip {
    let fields: serde_json::Map<String, serde_json::Value> = lines
        .split(' ')
        .filter_map(|field| field.split_once('='))
        .map(|(line, amount)| (line.to_owned(), amount.into()))
        .collect();
    serde_json::from_value(fields.into()).unwrap_or_else(|e| panic!("{lines}: {e}"))
}

#[test]
fn what_contradicts_itself_is_said_with_both_sums() {
    use SlipIdentity::{Funds, Lines, Patient, Payers};
    for (lines, found) in [
        // 1000 = 100 + 0 + 50 + 850；1000 = 595 + 405；405 = 305 + 100。
        (
            "total=1000.00 full_self_pay=100.00 over_limit=0.00 upfront_copay=50.00 \
             in_scope=850.00 pool_paid=595.00 fund_paid=595.00 patient_paid=405.00 \
             accounts_paid=305.00 mutual_aid_paid=0.00 cash_paid=100.00",
            &[][..],
        ),
        // 100 + 0 + 50 + 849.99 = 999.99，差一分。
        (
            "total=1000.00 full_self_pay=100.00 over_limit=0.00 upfront_copay=50.00 \
             in_scope=849.99",
            &[(Lines, "1000.00", "999.99")],
        ),
        // 先行自付没有填，少的 50 可能在那里；多了就一定对不上。
        (
            "total=1000.00 full_self_pay=100.00 over_limit=0.00 in_scope=850.00",
            &[],
        ),
        (
            "total=1000.00 full_self_pay=100.00 in_scope=900.01",
            &[(Lines, "1000.00", "1000.01")],
        ),
        // 600 + 399 = 999。
        (
            "total=1000.00 fund_paid=600.00 patient_paid=399.00",
            &[(Payers, "1000.00", "999.00")],
        ),
        (
            "total=1000.00 fund_paid=600.00 patient_paid=399.00 hospital_paid=1.00",
            &[],
        ),
        // 各项基金只填了一项，多出来才算对不上：600.01 > 600。
        ("total=1000.00 pool_paid=500.00 fund_paid=600.00", &[]),
        (
            "total=1000.00 pool_paid=600.01 fund_paid=600.00",
            &[(Funds, "600.00", "600.01")],
        ),
        // 共济在账户里：300 + 100 = 400；另列：200 + 100 + 100 = 400。
        (
            "total=1000.00 patient_paid=400.00 accounts_paid=300.00 mutual_aid_paid=100.00 \
             cash_paid=100.00",
            &[],
        ),
        (
            "total=1000.00 patient_paid=400.00 accounts_paid=200.00 mutual_aid_paid=100.00 \
             cash_paid=100.00",
            &[],
        ),
        // 250 + 100 = 350，加共济是 450，都不是 400。
        (
            "total=1000.00 patient_paid=400.00 accounts_paid=250.00 mutual_aid_paid=100.00 \
             cash_paid=100.00",
            &[(Patient, "400.00", "350.00")],
        ),
    ] {
        let said: Vec<_> = slip(lines)
            .contradictions()
            .into_iter()
            .map(|one| (one.identity, one.printed, one.added))
            .collect();
        let expected: Vec<_> = found
            .iter()
            .map(|(identity, printed, added)| (*identity, yuan(printed), yuan(added)))
            .collect();
        assert_eq!(said, expected, "{lines}");
    }
}

#[test]
fn the_own_account_is_told_apart_where_the_slip_does() {
    for (lines, own) in [
        ("total=1000.00 accounts_paid=300.00", None),
        ("total=1000.00 mutual_aid_paid=100.00", None),
        (
            "total=1000.00 accounts_paid=300.00 mutual_aid_paid=0.00",
            Some("300.00"),
        ),
        // 300 里有 100 是共济：300 + 100（现金）= 400。
        (
            "total=1000.00 fund_paid=600.00 accounts_paid=300.00 mutual_aid_paid=100.00 \
             cash_paid=100.00",
            Some("200.00"),
        ),
        // 另列：200 + 100 + 100 = 400 = 1000 − 600。
        (
            "total=1000.00 fund_paid=600.00 accounts_paid=200.00 mutual_aid_paid=100.00 \
             cash_paid=100.00",
            Some("200.00"),
        ),
        // 比账户一行还多，只能是另列。
        (
            "total=1000.00 accounts_paid=50.00 mutual_aid_paid=100.00",
            Some("50.00"),
        ),
        // 说不清时按全国结算单的定义：账户一行里含共济。
        (
            "total=1000.00 accounts_paid=300.00 mutual_aid_paid=100.00",
            Some("200.00"),
        ),
    ] {
        assert_eq!(slip(lines).own_account_paid(), own.map(yuan), "{lines}");
    }
}

#[test]
fn every_line_has_its_field_and_its_word() {
    for line in SlipLine::ALL {
        let filled = slip(&format!("total=9.00 {}=7.00", line.word()));
        assert_eq!(filled.line(line), Some(yuan("7.00")), "{line:?}");
        let on_the_wire = serde_json::to_value(line).expect("a word");
        assert_eq!(on_the_wire, line.word());
        assert!(filled.filled().any(|(known, _)| known == line));
    }
    assert!(serde_json::from_str::<Slip>("{}").is_err(), "no total");
}

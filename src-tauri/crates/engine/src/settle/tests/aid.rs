//! 职工给居民付 — the rule is that of the donor's place and scheme.

use super::*;
use crate::sample::{self, AID};

/// 甲地的居民：住院 60%，没有起付线。没有共济的规则，也没有个人账户。
const RESIDENT: &str = r#"
pool = "990100"
scheme = "resident"
part = "inpatient"
[[deductible]]
from = 2019-01-01
source = "S"
counter = "this_bill"
class = ["any"]
rows = [{ values = ["0.00"] }]
[[rate]]
from = 2019-01-01
source = "S"
edges_on = "none"
class = ["any"]
rows = [{ values = ["60%"] }]
"#;

/// 丙地（外省）的职工共济：只到本统筹区，每次最多 50。
fn of_bingdi() -> String {
    AID.replace("990100", "980100")
        .replace("same_province", "same_pool")
        .replace("per_settlement = \"none\"", "per_settlement = \"50.00\"")
}

fn library(aid: &str) -> Library {
    sample::library(&[
        ("inpatient", RESIDENT),
        ("mutual-aid", aid),
        ("mutual-aid", &of_bingdi()),
    ])
}

/// A child in 甲地's residents' scheme whose bill leaves 400.00 to be paid.
fn child(offers: Vec<AidOffer>) -> EstimateRequest {
    let mut request = stay("1000.00");
    request.scheme = Scheme::Resident;
    request.plan = "resident".to_owned();
    request.visit.class = None;
    request.payers = Some(PayersAtHand {
        own: BTreeMap::new(),
        aid: offers,
    });
    request
}

fn offer(name: &str, pool: &str, relation: Relation, balance: &str) -> AidOffer {
    AidOffer {
        name: name.to_owned(),
        relation,
        pool: PoolId::from(pool),
        scheme: Scheme::Employee,
        status: EmploymentStatus::Active,
        balance: yuan(balance),
        bound_on: "2025-06-01".parse().unwrap(),
        rank: 1,
    }
}

fn paid(estimate: &SettlementEstimate) -> Vec<String> {
    let aid = estimate.payers.aid.iter();
    assert!(aid.clone().all(|donor| donor.refused.is_none()));
    aid.map(|donor| text(donor.paid)).collect()
}

#[test]
fn an_employee_pays_for_a_resident_of_the_family() {
    let library = library(AID);
    for (relation, balance, gave, cash) in [
        (Relation::Child, "399.99", "399.99", "0.01"),
        (Relation::Child, "400.00", "400.00", "0.00"),
        (Relation::Child, "400.01", "400.00", "0.00"),
        (Relation::Parent, "1000.00", "400.00", "0.00"),
        (Relation::Parent, "0.00", "0.00", "400.00"),
    ] {
        let request = child(vec![offer("职工", "990100", relation, balance)]);
        let estimate = settled(&library, &request);
        assert_eq!(keys(&estimate), [""; 0], "{relation:?} {balance}");
        assert_eq!(paid(&estimate), [gave], "{relation:?}");
        assert_eq!(text(estimate.payers.cash_paid), cash, "{relation:?}");
    }
}

#[test]
fn the_donors_rule_refuses_by_place_relation_standing_and_benefit() {
    let refused = |aid: &str, change: &dyn Fn(&mut AidOffer)| {
        let mut one = offer("职工", "990100", Relation::Child, "1000.00");
        change(&mut one);
        let estimate = settled(&library(aid), &child(vec![one]));
        assert_eq!(text(estimate.payers.cash_paid), "400.00");
        let reason = estimate.payers.aid[0].refused.clone();
        reason.map(|reason| reason.code)
    };
    let code = |code: &str| Some(code.to_owned());
    assert_eq!(
        refused(AID, &|offer| offer.pool = PoolId::from("980100")),
        code("aid.same_pool_only")
    );
    assert_eq!(
        refused(AID, &|offer| offer.relation = Relation::Other),
        code("aid.relation_not_listed")
    );
    assert_eq!(
        refused(AID, &|offer| offer.status = EmploymentStatus::Suspended),
        code("aid.donor_not_in_good_standing")
    );
    assert_eq!(
        refused(AID, &|offer| offer.bound_on = "2026-03-11".parse().unwrap()),
        code("aid.bound_later")
    );
    for (excluded, expected) in [
        ("[\"resident_at_inpatient\"]", code("aid.not_for_this")),
        ("[\"inpatient\"]", code("aid.not_for_this")),
    ] {
        let aid = AID.replace("not_for = []", &format!("not_for = {excluded}"));
        assert_eq!(refused(&aid, &|_| ()), expected, "{excluded}");
    }
}

#[test]
fn a_donor_in_a_scheme_or_place_without_rules_leaves_it_open() {
    for change in [
        (|offer: &mut AidOffer| offer.scheme = Scheme::Resident) as fn(&mut AidOffer),
        |offer| offer.pool = PoolId::from("990200"),
    ] {
        let mut one = offer("职工", "990100", Relation::Child, "100.00");
        change(&mut one);
        let estimate = settled(&library(AID), &child(vec![one]));
        assert_eq!(keys(&estimate), ["aid_rule"]);
        assert_eq!(text(estimate.payers.cash_paid), "300.00..400.00");
    }
}

#[test]
fn each_donor_pays_by_the_rule_of_the_own_place() {
    // 丙地 lets 50.00 be paid a settlement and here only within a province that is not its own.
    let bingdi = of_bingdi().replace("area = \"same_pool\"", "area = \"nation\"");
    let library = sample::library(&[
        ("inpatient", RESIDENT),
        ("mutual-aid", AID),
        ("mutual-aid", &bingdi),
    ]);
    let donors = |first: u32, second: u32| {
        let mut here = offer("本地", "990100", Relation::Child, "300.00");
        let mut there = offer("外地", "980100", Relation::Child, "300.00");
        (here.rank, there.rank) = (first, second);
        paid(&settled(&library, &child(vec![here, there])))
    };
    assert_eq!(donors(1, 2), ["300.00", "50.00"]);
    assert_eq!(donors(2, 1), ["300.00", "50.00"]);
}

#[test]
fn what_the_patients_place_forbids_is_forbidden_where_the_donors_has_no_rule() {
    // 甲地 has rules for employees: a patient in its scheme, a donor in 乙地 or 丙地 without any.
    let area = |area: &str| AID.replace("same_province", area);
    for (area, pool, expected) in [
        (area("same_pool"), "990200", Some("aid.same_pool_only")),
        (area("same_province"), "990200", None),
        (
            area("same_province"),
            "980100",
            Some("aid.same_province_only"),
        ),
    ] {
        let library = sample::library(&[
            ("counters", COUNTERS),
            ("inpatient", INPATIENT),
            ("mutual-aid", &area),
        ]);
        let mut request = stay("1500.00");
        request.payers = Some(PayersAtHand {
            own: BTreeMap::new(),
            aid: vec![offer("外地", pool, Relation::Child, "2000.00")],
        });
        let estimate = settled(&library, &request);
        // The next one pays all the same.
        let mut both = request.clone();
        let here = offer("本地", "990100", Relation::Child, "2000.00");
        both.payers.as_mut().unwrap().aid.push(here);
        let next = settled(&library, &both);
        assert_eq!(text(next.payers.cash_paid), "0.00", "{pool}");
        let reason = estimate.payers.aid[0].refused.as_ref();
        match expected {
            Some(expected) => {
                assert_eq!(reason.map(|reason| reason.code.as_str()), Some(expected));
                assert_eq!(text(estimate.payers.cash_paid), "1100.00", "{pool}");
            }
            None => assert_eq!(text(estimate.payers.cash_paid), "0.00..1100.00", "{pool}"),
        }
    }
}

#[test]
fn limits_and_ties_that_nobody_knows_are_asked() {
    let unknown = AID.replace("per_settlement = \"none\"", "per_settlement = \"unknown\"");
    let family = |balances: [&str; 2]| {
        let one = offer("甲", "990100", Relation::Child, balances[0]);
        let mut two = offer("乙", "990100", Relation::Child, balances[1]);
        two.rank = 2;
        child(vec![one, two])
    };
    // 余额相同而一个人就够付：谁先付不知道。
    for (aid, balances, gave, asked) in [
        (AID, ["400.00", "300.00"], ["400.00", "0.00"], &[][..]),
        (
            AID,
            ["500.00", "500.00"],
            ["0.00..400.00", "0.00..400.00"],
            &["donor_order"][..],
        ),
        (AID, ["200.00", "200.00"], ["200.00", "200.00"], &[]),
        (
            &unknown,
            ["400.00", "300.00"],
            ["0.00..400.00", "0.00"],
            &["cell:mutual_aid.aid.per_settlement"],
        ),
        (&unknown, ["0.00", "0.00"], ["0.00", "0.00"], &[]),
    ] {
        let estimate = settled(&library(aid), &family(balances));
        assert_eq!(paid(&estimate), gave, "{balances:?}");
        assert_eq!(keys(&estimate), asked, "{balances:?}");
    }
}

#[test]
fn where_it_is_not_known_how_much_must_stay_a_donor_gives_all_or_nothing() {
    let unknown = AID.replace("reserve = \"0.00\"", "reserve = \"unknown\"");
    // 余额大的先扣。
    for (aid, balances, gave, cash, asked) in [
        (
            &unknown,
            ["399.99", "0.00"],
            ["0.00..399.99", "0.00"],
            "0.01..400.00",
            1,
        ),
        (
            &unknown,
            ["1000.00", "0.00"],
            ["0.00..400.00", "0.00"],
            "0.00..400.00",
            1,
        ),
        (
            &unknown,
            ["1000.00", "300.00"],
            ["0.00..400.00", "0.00..300.00"],
            "0.00..400.00",
            2,
        ),
        (
            &unknown,
            ["200.00", "150.00"],
            ["0.00..200.00", "0.00..150.00"],
            "50.00..400.00",
            2,
        ),
        (&unknown, ["0.00", "0.00"], ["0.00", "0.00"], "400.00", 0),
        (
            &AID.replace("reserve = \"0.00\"", "reserve = \"250.00\""),
            ["400.00", "300.00"],
            ["150.00", "50.00"],
            "200.00",
            0,
        ),
    ] {
        let offers = ["职工", "另一位"].into_iter().zip(balances);
        let offers = offers.map(|(name, balance)| offer(name, "990100", Relation::Child, balance));
        let estimate = settled(&library(aid), &child(offers.collect()));
        assert_eq!(paid(&estimate), gave, "{balances:?}");
        assert_eq!(text(estimate.payers.cash_paid), cash, "{balances:?}");
        assert_eq!(text(estimate.payers.fund_paid), "600.00");
        let keys: Vec<&str> = ["reserve:职工", "reserve:另一位"][..asked].to_vec();
        assert_eq!(self::keys(&estimate), keys, "{balances:?}");
    }
}

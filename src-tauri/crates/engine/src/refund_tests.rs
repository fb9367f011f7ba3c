use gongji_domain::{
    AidOffer, Bill, EmploymentStatus, MemberFacts, Part, PayersAtHand, PoolId, Relation, Scheme,
    Special, Visit,
};

use super::*;
use crate::sample::{self, AID};
use crate::settle;

/// 甲地的门诊：起付线 100，50%；起付线、统筹、自付、次数各有累计数。
const OUTPATIENT: &str = r#"
pool = "990100"
scheme = "employee"
part = "general_outpatient"
[[deductible]]
from = 2019-01-01
source = "S"
counter = "deductibles"
class = ["any"]
rows = [{ status = "any", values = ["100.00"] }]
[[rate]]
from = 2019-01-01
source = "S"
edges_on = "none"
class = ["any"]
rows = [{ status = "any", values = ["50%"] }]
"#;

const COUNTERS: &str = r#"
pool = "990100"
scheme = "employee"
part = "counters"
[[benefit_year]]
id = "employee"
from = 2019-01-01
source = "S"
starts = "01-01"
[[counter]]
id = "deductibles"
name = "起付线已累计"
from = 2019-01-01
source = "S"
adds = ["deductible"]
paid_by = ["any"]
of = ["general_outpatient"]
per = "year"
year = "employee"
[[counter]]
id = "paid"
name = "统筹已支付"
from = 2019-01-01
source = "S"
adds = ["pooled"]
paid_by = ["pool"]
of = ["general_outpatient"]
per = "year"
year = "employee"
[[counter]]
id = "in_cash"
name = "现金自付"
from = 2019-01-01
source = "S"
adds = ["coinsurance"]
paid_by = ["cash"]
of = ["general_outpatient"]
per = "year"
year = "employee"
[[counter]]
id = "visits"
name = "次数"
from = 2019-01-01
source = "S"
adds = ["visit"]
paid_by = ["any"]
of = ["general_outpatient"]
per = "year"
year = "employee"
"#;

/// 当年账户先付，历年账户后付；退费先退现金，再退本人，最后退共济。
const ACCOUNT: &str = r#"
pool = "990100"
scheme = "employee"
part = "personal_account"
[[sub_account]]
id = "current"
from = 2019-01-01
source = "S"
name = "当年账户"
rolls_into = "past"
on = "year_start"
[[sub_account]]
id = "past"
from = 2019-01-01
source = "S"
name = "历年账户"
rolls_into = "none"
on = "never"
[[account_use]]
from = 2019-01-01
source = "S"
benefits = ["general_outpatient"]
order = [
  { sub = "current", when = "after_pool", may_pay = ["deductible", "coinsurance"] },
  { sub = "past", when = "after_pool", may_pay = ["deductible", "coinsurance"] },
]
"#;

const ORDER: &str = r#"
[[refund_order]]
from = 2025-01-01
source = "S 第十条"
order = ["cash", "own_account", "mutual_aid"]
"#;

fn yuan(text: &str) -> Yuan {
    text.parse().unwrap()
}

fn request() -> EstimateRequest {
    let offer = |name: &str, balance: &str, rank| AidOffer {
        name: name.to_owned(),
        relation: Relation::Spouse,
        pool: PoolId::from("990100"),
        scheme: Scheme::Employee,
        status: EmploymentStatus::Active,
        balance: yuan(balance),
        bound_on: "2024-01-01".parse().unwrap(),
        rank,
    };
    let own = [("current", "60.00"), ("past", "40.00")];
    EstimateRequest {
        pool: PoolId::from("990100"),
        scheme: Scheme::Employee,
        plan: "with_account".to_owned(),
        part: Part::GeneralOutpatient,
        member: MemberFacts {
            status: EmploymentStatus::Active,
            born: "1980-03-10".parse().ok(),
            retired_on: None,
            insured_months: None,
            special: Special::None,
            tier: None,
            employer: None,
            continuous_years: None,
            contributions: None,
        },
        visit: Visit {
            settled_on: "2024-12-10".parse().unwrap(),
            class: None,
            admitted_on: None,
            contract: false,
            away: None,
            use_account: true,
            first_of_period: Some(true),
        },
        so_far: None,
        bill: Bill::of_total(yuan("500.00")),
        payers: Some(PayersAtHand {
            own: own
                .map(|(sub, held)| (SubAccountId(sub.to_owned()), yuan(held)))
                .into(),
            aid: vec![offer("甲", "70.00", 1), offer("乙", "50.00", 2)],
        }),
    }
}

/// Of 500.00 the pool pays (500 − 100) × 50% = 200.00; of the member's 300.00 the sub-accounts pay 60 and
/// 40, the two relatives 70 and 50, and 80.00 is paid in cash.
fn refunded(account: &str, amount: &str, on: &str) -> Refund {
    let library = sample::library(&[
        ("counters", COUNTERS),
        ("general-outpatient", OUTPATIENT),
        ("personal-account", account),
        ("mutual-aid", AID),
    ]);
    let request = request();
    let settlement = settle(&library, &request).unwrap();
    assert_eq!(settlement.payers.cash_paid, Amount::Exact(yuan("80.00")));
    refund(
        &library,
        &request,
        &settlement,
        yuan(amount),
        on.parse().unwrap(),
    )
}

fn text(amount: Option<&Amount>) -> String {
    match amount {
        Some(Amount::Exact(yuan)) => yuan.to_string(),
        Some(Amount::Range { min, max }) => format!("{min}..{max}"),
        Some(Amount::Unknown(_)) => "unknown".to_owned(),
        None => "0.00".to_owned(),
    }
}

fn split(refund: &Refund) -> [String; 3] {
    [Payer::Cash, Payer::OwnAccount, Payer::MutualAid].map(|payer| text(refund.to.get(&payer)))
}

#[test]
fn money_goes_back_in_the_order_of_the_place_the_last_paid_first() {
    let account = format!("{ACCOUNT}{ORDER}");
    for (amount, expected, current, past) in [
        ("79.99", ["79.99", "0.00", "0.00"], "0.00", "0.00"),
        ("80.00", ["80.00", "0.00", "0.00"], "0.00", "0.00"),
        ("80.01", ["80.00", "0.01", "0.00"], "0.00", "0.01"),
        ("120.01", ["80.00", "40.01", "0.00"], "0.01", "40.00"),
        ("180.00", ["80.00", "100.00", "0.00"], "60.00", "40.00"),
        ("180.01", ["80.00", "100.00", "0.01"], "60.00", "40.00"),
        ("300.00", ["80.00", "100.00", "120.00"], "60.00", "40.00"),
    ] {
        let refund = refunded(&account, amount, "2025-01-01");
        assert_eq!(split(&refund), expected, "{amount}");
        let own = |sub: &str| text(refund.own.get(&SubAccountId(sub.to_owned())));
        assert_eq!([own("current"), own("past")], [current, past], "{amount}");
        let cells: Yuan = refund
            .cells
            .iter()
            .filter_map(|cell| cell.amount.exact())
            .sum();
        assert_eq!((cells, refund.beyond), (yuan(amount), Yuan::ZERO));
        assert!(refund.source.is_some());
        assert!(
            !refund.to.contains_key(&Payer::Pool),
            "a part is the member's side"
        );
    }
}

#[test]
fn counters_go_back_with_the_cells() {
    let account = format!("{ACCOUNT}{ORDER}");
    for (amount, deductibles, paid, in_cash, visits) in [
        ("50.00", "100.00", "200.00", "30.00", "1"),
        ("80.00", "100.00", "200.00", "0.00", "1"),
        ("180.00", "0.00", "200.00", "0.00", "1"),
        ("500.00", "0.00", "0.00", "0.00", "0"),
    ] {
        let after = refunded(&account, amount, "2025-01-01").so_far;
        let found = ["deductibles", "paid", "in_cash", "visits"].map(|id| after[id].as_str());
        assert_eq!(found, [deductibles, paid, in_cash, visits], "{amount}");
    }
}

#[test]
fn the_whole_bill_goes_back_as_it_was_paid_whatever_the_order() {
    for account in [ACCOUNT.to_owned(), format!("{ACCOUNT}{ORDER}")] {
        let refund = refunded(&account, "500.01", "2024-12-31");
        assert_eq!(split(&refund), ["80.00", "100.00", "120.00"]);
        assert_eq!(text(refund.to.get(&Payer::Pool)), "200.00");
        assert_eq!(
            ["甲", "乙"].map(|name| text(refund.aid.get(name))),
            ["70.00", "50.00"]
        );
        assert_eq!(refund.beyond, yuan("0.01"));
        assert!(refund.open.is_empty());
    }
}

#[test]
fn an_order_that_is_not_known_is_asked_and_bounds_are_given() {
    // The rule begins on 2025-01-01.
    let account = format!("{ACCOUNT}{ORDER}");
    let refund = refunded(&account, "250.00", "2024-12-31");
    assert_eq!(
        split(&refund),
        ["30.00..80.00", "50.00..100.00", "70.00..120.00"]
    );
    assert_eq!(refund.open[0].key, "rule:refund_order");
    assert_eq!(
        refund.so_far["paid"], "200.00",
        "the pool's own is not touched"
    );
    assert_eq!(refund.so_far["in_cash"], "unknown");
    let all = refunded(ACCOUNT, "300.00", "2024-12-31");
    assert_eq!(split(&all), ["80.00", "100.00", "120.00"]);
    assert!(all.open.is_empty(), "everybody gets back everything");
}

#[test]
fn which_of_two_relatives_paid_last_is_not_stored() {
    let refund = refunded(&format!("{ACCOUNT}{ORDER}"), "240.00", "2025-01-01");
    assert_eq!(split(&refund), ["80.00", "100.00", "60.00"]);
    let aid = ["甲", "乙"].map(|name| text(refund.aid.get(name)));
    assert_eq!(aid, ["10.00..60.00", "0.00..50.00"]);
    assert_eq!(refund.open[0].key, "rule:refund_donors");
}

//! 演城（虚构）：every month of many people to the fen, and the edges by hand.

mod year;

use gongji_engine::Slip;
use year::{Benefits, Claims, Paid, Sums, claims, reckoned, rules};

#[test]
fn every_month_of_many_people_is_exact() {
    let library = rules();
    let terms = [false, true].map(|retired| Benefits::of(&library, retired));
    let mut slip = Slip::default();
    let (mut ours, mut plain) = (Sums::default(), Sums::default());
    for (number, claims) in claims(5_000).iter().enumerate() {
        let mut expected = Vec::new();
        reckoned(claims, |paid| expected.push(paid));
        let mut months = expected.iter();
        terms[usize::from(claims.retired)].year(claims, &mut slip, |paid| {
            assert_eq!(Some(&paid), months.next(), "person {number}: {claims:?}");
            ours.add(paid);
        });
        expected.into_iter().for_each(|paid| plain.add(paid));
    }
    assert_eq!(ours.checksum(), plain.checksum());
}

/// One bill a year, in yuan: what the fund pays of it in fen.
#[test]
fn a_bill_at_below_and_above_every_edge() {
    let library = rules();
    for (retired, op, ip, fund) in [
        (false, 180_000, 0, 0),
        (false, 180_001, 0, 0),
        (false, 180_002, 0, 1),
        (false, 2_000_000, 0, 1_274_000),
        (false, 2_000_002, 0, 1_274_001),
        (true, 180_001, 0, 0),
        (true, 2_000_000, 0, 1_547_000),
        (false, 0, 130_000, 0),
        (false, 0, 130_002, 1),
        (false, 0, 3_130_000, 2_550_000),
        (false, 0, 4_130_000, 3_450_000),
        // 530,000.00 above the deductible is where the pool's 500,000.00 are used up.
        (false, 0, 53_130_000, 50_000_000),
        (false, 0, 53_130_001, 50_000_000),
        // (700,000 − 530,000) × 95 % × 85 % = 137,275.00
        (false, 0, 70_130_000, 63_727_500),
        // The subsidy ends at 200,000.00.
        (false, 0, 90_000_000_000, 70_000_000),
        (true, 0, 90_000_000_000, 70_000_000),
    ] {
        let claims = Claims {
            retired,
            refill: 0,
            months: std::array::from_fn(|month| if month == 0 { (op, ip) } else { (0, 0) }),
        };
        let mut paid = Paid::default();
        Benefits::of(&library, retired).year(&claims, &mut Slip::default(), |month| {
            paid.op_fund += month.op_fund;
            paid.ip_fund += month.ip_fund;
            paid.cash += month.cash;
        });
        assert_eq!(paid.op_fund + paid.ip_fund, fund, "{retired} {op} {ip}");
        assert_eq!(paid.cash, op + ip - fund, "{retired} {op} {ip}");
    }
}

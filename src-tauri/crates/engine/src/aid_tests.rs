use super::*;
use crate::sample::{self, AID, WALLET};

fn party(pool: &str) -> AidParty {
    AidParty {
        pool: PoolId::from(pool),
        scheme: Scheme::Employee,
        plan: "with_account".to_owned(),
        status: EmploymentStatus::Active,
        has_account: None,
    }
}

fn library() -> Library {
    sample::library(&[("mutual-aid", AID), ("mutual-aid", WALLET)])
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

#[test]
fn says_who_may_pay_for_whom() {
    use Allowed::{No, Unknown, Yes};
    use Relation::{Child, Other, Parent, Sibling};
    let library = library();
    for (donor, recipient, relation, on, allowed, reason) in [
        ("990100", "990100", Child, "2024-06-01", Yes, "aid.allowed"),
        (
            "990100",
            "990200",
            Child,
            "2025-02-28",
            No,
            "aid.same_pool_only",
        ),
        ("990100", "990200", Child, "2025-03-01", Yes, "aid.allowed"),
        (
            "990100",
            "980100",
            Parent,
            "2025-03-01",
            No,
            "aid.same_province_only",
        ),
        (
            "990100",
            "990100",
            Sibling,
            "2025-02-28",
            No,
            "aid.relation_not_listed",
        ),
        (
            "990100",
            "990100",
            Sibling,
            "2025-03-01",
            Yes,
            "aid.allowed",
        ),
        (
            "990100",
            "990100",
            Other,
            "2025-03-01",
            No,
            "aid.relation_not_listed",
        ),
        (
            "990100",
            "990100",
            Child,
            "2021-12-31",
            Unknown,
            "aid.no_rule",
        ),
        (
            "990200",
            "990200",
            Child,
            "2025-03-01",
            Unknown,
            "aid.no_rule",
        ),
        (
            "777777",
            "990100",
            Child,
            "2025-03-01",
            Unknown,
            "aid.no_rule",
        ),
        (
            "990100",
            "777777",
            Child,
            "2025-03-01",
            Unknown,
            "aid.place_unknown",
        ),
    ] {
        let verdict = aid_verdict(
            &library,
            &party(donor),
            &party(recipient),
            relation,
            day(on),
        );
        assert_eq!(
            (verdict.allowed, verdict.reason.code.as_str()),
            (allowed, reason),
            "{donor} → {recipient} {relation:?} {on}"
        );
    }
}

#[test]
fn asks_for_the_account_and_the_standing_of_both() {
    use Allowed::{No, Unknown, Yes};
    let library = library();
    let recipient = party("990100");
    let judged = |donor: &AidParty, recipient: &AidParty| {
        let on = day("2025-03-01");
        let verdict = aid_verdict(&library, donor, recipient, Relation::Child, on);
        (verdict.allowed, verdict.reason.code)
    };
    for (change, allowed, reason) in [
        (
            (|donor| donor.plan = "pooled_only".to_owned()) as fn(&mut AidParty),
            No,
            "aid.donor_has_no_account",
        ),
        (
            |donor| donor.plan = "tier_9".to_owned(),
            Unknown,
            "aid.account_unknown",
        ),
        (
            |donor| donor.scheme = Scheme::Resident,
            No,
            "aid.donor_has_no_account",
        ),
        (
            |donor| donor.has_account = Some(false),
            No,
            "aid.donor_has_no_account",
        ),
        (
            |donor| {
                donor.plan = "tier_9".to_owned();
                donor.has_account = Some(true);
            },
            Yes,
            "aid.allowed",
        ),
        (
            |donor| donor.status = EmploymentStatus::Suspended,
            No,
            "aid.donor_not_in_good_standing",
        ),
        (
            |donor| donor.status = EmploymentStatus::Retired,
            Yes,
            "aid.allowed",
        ),
    ] {
        let mut donor = party("990100");
        change(&mut donor);
        assert_eq!(judged(&donor, &recipient), (allowed, reason.to_owned()));
    }
    let mut stopped = party("990100");
    stopped.status = EmploymentStatus::InArrears;
    let expected = (No, "aid.recipient_not_in_good_standing".to_owned());
    assert_eq!(judged(&party("990100"), &stopped), expected);
    let mut resident = party("990100");
    resident.scheme = Scheme::Resident;
    assert_eq!(judged(&party("990100"), &resident).0, Yes);
}

#[test]
fn names_the_wallet_only_across_provinces_and_only_once_it_exists() {
    let library = library();
    let instead = |to: &str, relation, on: &str| {
        aid_verdict(&library, &party("990100"), &party(to), relation, day(on)).instead
    };
    let option = instead("980100", Relation::Parent, "2025-01-15").expect("the wallet");
    assert_eq!(option.kind, OptionKind::WalletTransfer);
    assert_eq!(option.what.code, "advice.wallet_transfer");
    assert_eq!(option.what.params["each"], "2000.00");
    assert_eq!(option.what.params["closed_hours"], "22:00-06:00");
    // 2000 × 3 would be allowed; whether the giver has as much is not looked at.
    assert_eq!(option.amount, Amount::UNKNOWN);
    assert_eq!(
        option.source.and_then(|s| s.article).as_deref(),
        Some("转账")
    );
    assert!(option.condition.is_some());

    assert_eq!(instead("980100", Relation::Parent, "2024-12-01"), None);
    assert!(instead("980100", Relation::Parent, "2024-12-02").is_some());
    assert_eq!(instead("990200", Relation::Parent, "2025-01-15"), None);
    assert_eq!(instead("980100", Relation::Other, "2025-01-15"), None);
    assert!(instead("980100", Relation::Sibling, "2025-01-15").is_some());
}

#[test]
fn a_lead_only_rule_is_not_known_and_still_shadows() {
    let text = AID.replace("source = \"S 第二条\"", "source = \"C 网页\"");
    let library = sample::library(&[("mutual-aid", &text)]);
    let verdict = aid_verdict(
        &library,
        &party("990100"),
        &party("990100"),
        Relation::Child,
        day("2025-03-01"),
    );
    assert_eq!(verdict.allowed, Allowed::Unknown);
    assert_eq!(verdict.reason.code, "aid.no_rule");
}

#[test]
fn states_the_order_of_the_place_and_cites_it() {
    let library = library();
    for (on, order, article) in [
        ("2025-02-28", "aid.order.registration", "第一条"),
        ("2025-03-01", "aid.order.balance_desc", "第二条"),
    ] {
        let pool = party("990100");
        let verdict = aid_verdict(&library, &pool, &pool, Relation::Spouse, day(on));
        assert_eq!(verdict.order, Some(Message::new(order)));
        assert_eq!(
            verdict.source.and_then(|s| s.article).as_deref(),
            Some(article)
        );
    }
}

#[test]
fn a_wallet_transfer_is_asked_on_its_own() {
    let library = library();
    let judge = |to: &str| {
        let on = day("2025-01-15");
        let verdict = wallet_verdict(&library, &party("990100"), &party(to), Relation::Parent, on);
        (verdict.allowed, verdict.reason.code)
    };
    assert_eq!(judge("980100"), (Allowed::Yes, "aid.allowed".to_owned()));
    assert_eq!(
        judge("990200"),
        (Allowed::No, "aid.other_province_only".to_owned())
    );
}

#[test]
fn a_family_account_pays_at_the_counter_as_a_binding_does() {
    let text = AID
        .replace("kind = \"binding\"", "kind = \"family_account\"")
        .replace(
            "donor_order = \"balance_desc\"",
            "donor_order = \"set_by_members\"",
        );
    let library = sample::library(&[("mutual-aid", &text), ("mutual-aid", WALLET)]);
    for (relation, on, allowed, reason) in [
        (Relation::Child, "2024-06-01", Allowed::Yes, "aid.allowed"),
        (
            Relation::Sibling,
            "2025-02-28",
            Allowed::No,
            "aid.relation_not_listed",
        ),
        (Relation::Sibling, "2025-03-01", Allowed::Yes, "aid.allowed"),
    ] {
        let (donor, recipient) = (party("990100"), party("990100"));
        let day = on.parse().unwrap();
        let verdict = aid_verdict(&library, &donor, &recipient, relation, day);
        assert_eq!(verdict.allowed, allowed, "{relation:?} {on}");
        assert_eq!(verdict.reason.code, reason, "{relation:?} {on}");
        assert_eq!(verdict.kind, Some(AidKind::FamilyAccount), "{on}");
    }
}

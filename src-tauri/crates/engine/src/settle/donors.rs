//! 共济授权人 — by which rule a relative may pay, or why not.

use chrono::NaiveDate;
use gongji_domain::{AidOffer, EstimateRequest, Message, Part, Scheme, Yuan};
use gongji_policy::{Cell, Library, Rules};

use super::matrix::SliceSet;
use super::terms::{AidRule, Terms};
use crate::aid::{AidParty, Allowed, aid_verdict_under};

/// 授权人 — everything but the balance, which changes from bill to bill.
#[derive(Clone, Debug)]
pub(crate) struct Donor<'a> {
    pub(crate) name: String,
    pub(crate) rank: u32,
    pub(crate) bound_on: NaiveDate,
    /// The rule of the donor's own place and scheme; `None`: there is none for this benefit.
    pub(crate) rule: Option<AidRule<'a>>,
    /// Slices in the order in which they are paid.
    pub(crate) may_pay: Vec<SliceSet>,
    /// Why this donor may not pay.
    pub(crate) refused: Option<Message>,
}

impl<'a> Donor<'a> {
    /// `rules`: those of the donor's place and scheme; `scheme`: that of the patient. Refused where the
    /// rules know nothing of such a benefit or except it; who may pay for whom is another question.
    pub(crate) fn of(
        terms: &Terms<'_>,
        rules: Option<&Rules<'a>>,
        scheme: Scheme,
        (name, rank, bound_on): (&str, u32, NaiveDate),
    ) -> Donor<'a> {
        let rule = rules.and_then(|rules| AidRule::of(rules, terms.part));
        let refused = match &rule {
            None => Some("aid.no_rule"),
            Some(rule) if excludes(rule, terms.part, scheme) => Some("aid.not_for_this"),
            Some(_) => None,
        };
        Donor {
            name: name.to_owned(),
            rank,
            bound_on,
            may_pay: rule.map_or_else(Vec::new, |rule| may_pay(terms, &rule)),
            refused: refused.map(Message::new),
            rule,
        }
    }

    /// The rule of the patient's place refuses: then it is the one that counts.
    fn forbidden_by(&mut self, terms: &Terms<'_>, rule: AidRule<'a>, refused: Option<Message>) {
        if refused.is_some() {
            self.refused = refused;
            self.may_pay = may_pay(terms, &rule);
            self.rule = Some(rule);
        }
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// 账户至少留多少 — `None`: there is a rule, and how much it keeps back is not known.
    pub(crate) fn reserve(&self) -> Option<Yuan> {
        match self.rule.map(|rule| rule.aid.reserve) {
            Some(Cell::Yuan(reserve)) => Some(reserve),
            Some(Cell::Unknown) => None,
            _ => Some(Yuan::ZERO),
        }
    }

    /// Whether one and the same block says how both may pay.
    pub(crate) fn same_rule(&self, other: &Donor<'_>) -> bool {
        match (&self.rule, &other.rule) {
            (Some(one), Some(other)) => std::ptr::eq(one.held.block, other.held.block),
            (one, other) => one.is_none() && other.is_none(),
        }
    }
}

fn may_pay(terms: &Terms<'_>, rule: &AidRule<'_>) -> Vec<SliceSet> {
    let names = rule.aid.may_pay.iter();
    names
        .map(|name| SliceSet::named(name, &terms.cap_ids))
        .collect()
}

/// The donors whom `request` names, each under the rules of that donor's pool and scheme on the day of
/// settlement. `rules` are those of the patient.
pub(crate) fn of_request<'a>(
    library: &'a Library,
    rules: &Rules<'a>,
    terms: &Terms<'_>,
    request: &EstimateRequest,
) -> Vec<Donor<'a>> {
    let day = request.visit.settled_on;
    let offers = request.payers.iter().flat_map(|payers| &payers.aid);
    offers
        .map(|offer| {
            let same = offer.pool == request.pool && offer.scheme == request.scheme;
            let found = match same {
                true => None,
                false => library.rules(&offer.pool, offer.scheme.word(), day),
            };
            let theirs = if same { Some(rules) } else { found.as_ref() };
            let registered = (offer.name.as_str(), offer.rank, offer.bound_on);
            let mut donor = Donor::of(terms, theirs, request.scheme, registered);
            if donor.rule.is_some() {
                let refused = refusal(library, theirs, request, offer);
                donor.refused = refused.or(donor.refused);
            } else if let Some(rule) = AidRule::of(rules, request.part) {
                // What the patient's place forbids is forbidden, whatever the donor's place says.
                let refused = refusal(library, Some(rules), request, offer);
                donor.forbidden_by(terms, rule, refused);
            }
            donor
        })
        .collect()
}

/// Why this donor may not pay, where the rules or the dates forbid it.
fn refusal(
    library: &Library,
    rules: Option<&Rules<'_>>,
    request: &EstimateRequest,
    offer: &AidOffer,
) -> Option<Message> {
    let day = request.visit.settled_on;
    if offer.bound_on > day {
        return Some(Message::new("aid.bound_later").with("day", offer.bound_on));
    }
    let party = AidParty {
        pool: offer.pool.clone(),
        scheme: offer.scheme,
        plan: "with_account".to_owned(),
        status: offer.status,
        // There is an account: its balance was stated.
        has_account: Some(true),
    };
    let recipient = AidParty {
        pool: request.pool.clone(),
        scheme: request.scheme,
        plan: request.plan.clone(),
        status: request.member.status,
        has_account: None,
    };
    let verdict = aid_verdict_under(library, rules, &party, &recipient, offer.relation, day);
    (verdict.allowed != Allowed::Yes).then_some(verdict.reason)
}

/// 不能用于 — a benefit, or a benefit of residents (`resident_at_pharmacy`).
fn excludes(rule: &AidRule<'_>, part: Part, patient: Scheme) -> bool {
    let excluded = |word: &String| match word.strip_prefix("resident_at_") {
        Some(benefit) => patient == Scheme::Resident && benefit == part.word(),
        None => word == part.word(),
    };
    rule.aid.not_for.iter().any(excluded)
}

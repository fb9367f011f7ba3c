//! 家人的账户 — bound already, to be bound, or reached by the wallet.

use gongji_domain::{Amount, Binding, Message, Relation, SubAccountId, Yuan};
use gongji_policy::{AidKind, Cell, DonorOrder};

use super::own_account::has_others;
use super::{Adviser, cite_source, option};
use crate::advice::OptionKind;
use crate::aid::{
    AidVerdict, Allowed, aid_blocks, aid_verdict_under, family_blocks, reservation_verdict,
    wallet_option, wallet_verdict,
};
use crate::transfer::{TransferAsked, transfer_block, transfer_under};

/// Whoever is related to somebody is, seen from there, the inverse.
fn inverse(relation: Relation) -> Relation {
    match relation {
        Relation::Parent => Relation::Child,
        Relation::Child => Relation::Parent,
        Relation::Grandparent => Relation::Grandchild,
        Relation::Grandchild => Relation::Grandparent,
        Relation::Spouse | Relation::Sibling | Relation::Other => relation,
    }
}

/// Every relation that a rule can name.
const NAMED: [Relation; 6] = [
    Relation::Spouse,
    Relation::Parent,
    Relation::Child,
    Relation::Sibling,
    Relation::Grandparent,
    Relation::Grandchild,
];

/// A bound relative, and what the rules say.
struct Bound<'d> {
    binding: &'d Binding,
    person: usize,
    verdict: AidVerdict,
    available: Amount,
    order: DonorOrder,
}

/// What so many of them give together: in their order, or at least those who have least, at most those who
/// have most.
fn together(bound: &[Bound<'_>], (least, most): (usize, usize), in_order: bool) -> Amount {
    let mut leasts: Vec<Yuan> = bound
        .iter()
        .map(|one| one.available.min().unwrap_or_default())
        .collect();
    let mut mosts: Vec<Yuan> = bound
        .iter()
        .map(|one| one.available.max().unwrap_or(Yuan::LIMIT))
        .collect();
    if !in_order {
        leasts.sort_unstable();
        mosts.sort_unstable_by_key(|most| std::cmp::Reverse(*most));
    }
    let most: Yuan = mosts.into_iter().take(most).sum();
    Amount::between(leasts.into_iter().take(least).sum(), most.min(Yuan::LIMIT))
}

impl<'d> Adviser<'d, '_> {
    /// 已绑定的家人, in the order of the place.
    pub(super) fn bound_relatives(&mut self) {
        let mut bound = self.bound();
        let order = bound.first().map(|first| first.order);
        bound.sort_by_key(|one| (one.binding.rank, one.binding.id));
        match order {
            Some(DonorOrder::BalanceDesc) => {
                bound.sort_by_key(|one| std::cmp::Reverse(one.available.max()))
            }
            Some(DonorOrder::LastBoundFirst) => {
                bound.sort_by_key(|one| std::cmp::Reverse(one.binding.bound_on))
            }
            _ => {}
        }
        let several = bound.len() > 1;
        let unordered = matches!(order, Some(DonorOrder::Unknown | DonorOrder::Random));
        let at_once = self.donors_at_once(&bound);
        let limited = bound.len() > at_once.0;
        let chosen = !matches!(
            order,
            Some(DonorOrder::BalanceDesc | DonorOrder::LastBoundFirst | DonorOrder::Registration)
        );
        if limited && !chosen && at_once.0 == at_once.1 {
            bound.truncate(at_once.0);
        }
        let undecided = bound.len() > 1 && (unordered || bound.len() > at_once.0);
        let total = undecided.then(|| together(&bound, at_once, !chosen && !unordered));
        let before = self.left;
        for one in bound {
            let (amount, how) = if undecided {
                // Whoever comes last may have nothing left to pay.
                let most = self.could_give(one.available).0.max();
                let amount = most.map_or(Amount::UNKNOWN, |most| Amount::between(Yuan::ZERO, most));
                (amount, None)
            } else {
                self.takes(one.available)
            };
            if amount == Amount::Exact(Yuan::ZERO) {
                continue;
            }
            if one.verdict.kind == Some(AidKind::FamilyAccount) {
                self.family_account(one.person, (amount, how), one.verdict);
                continue;
            }
            let what = Message::new("advice.mutual_aid")
                .with("name", &self.people[one.person].member.name)
                .with("relation", inverse(one.binding.relation).word());
            let mut option = option(OptionKind::MutualAid, what, amount);
            option.how = how;
            option.earliest = Some(self.on);
            option.latest = Some(self.on);
            option.condition = match (limited, at_once) {
                (true, (_, usize::MAX)) => Some(Message::new("advice.donors_at_once_unknown")),
                (true, (most, _)) if one.verdict.order.is_none() || most > 1 => {
                    Some(Message::new("advice.donors_at_once").with("n", most))
                }
                _ => one.verdict.order.filter(|_| several),
            };
            cite_source(&mut option, one.verdict.source);
            self.options.push(option);
        }
        if let Some(total) = total {
            self.left = before;
            self.takes(total);
        }
    }

    /// How many relatives one settlement may charge, at least and at most, by the first one's place.
    fn donors_at_once(&self, bound: &[Bound<'_>]) -> (usize, usize) {
        let aid = bound.first().and_then(|first| {
            let spell = self.people[first.person].on(self.on)?;
            let enrollment = spell.enrollment;
            let rules = self.book.on(&enrollment.pool, enrollment.scheme, self.on)?;
            let (_, aid) = family_blocks(&rules).next()?;
            Some((
                aid.donor_order,
                aid.donors_per_settlement.parse().ok(),
                aid.donors_per_settlement == "unknown",
            ))
        });
        match aid {
            Some((DonorOrder::Single | DonorOrder::ChosenAtPay, ..)) => (1, 1),
            Some((_, Some(number), _)) => (number, number),
            Some((_, None, true)) => (1, usize::MAX),
            _ => (usize::MAX, usize::MAX),
        }
    }

    /// The bindings in force for the member, those that the rules allow; what they leave open is said.
    fn bound(&mut self) -> Vec<Bound<'d>> {
        let (household, people) = (self.household, self.people);
        let member = people[self.person].member.id;
        let mut bound = Vec::new();
        let in_force = household.bindings.iter().filter(|binding| {
            binding.recipient == member
                && binding.bound_on <= self.on
                && binding.ended_on.is_none_or(|ended| self.on < ended)
        });
        for binding in in_force {
            let Some(person) = self.person_of(binding.donor) else {
                continue;
            };
            let Some(verdict) = self.judge(person, binding.relation) else {
                continue;
            };
            match verdict.allowed {
                Allowed::Yes => {
                    let (available, order) = self.available(person);
                    bound.push(Bound {
                        binding,
                        person,
                        verdict,
                        available,
                        order,
                    });
                }
                Allowed::Unknown => {
                    let mut option = option(OptionKind::NotKnown, verdict.reason, Amount::UNKNOWN);
                    cite_source(&mut option, verdict.source);
                    self.options.push(option);
                }
                Allowed::No => {}
            }
        }
        bound
    }

    fn person_of(&self, member: gongji_domain::MemberId) -> Option<usize> {
        self.people
            .iter()
            .position(|person| person.member.id == member)
    }

    /// Whether the account of `person` may pay for the member; `None` where it has none on record.
    fn judge(&self, person: usize, relation: Relation) -> Option<AidVerdict> {
        let donor = self.people[person].on(self.on)?;
        self.people[person].account(donor.enrollment)?;
        let recipient = self.people[self.person].on(self.on)?;
        let rules = self
            .book
            .on(&donor.enrollment.pool, donor.enrollment.scheme, self.on);
        Some(aid_verdict_under(
            self.book.library,
            rules.as_deref(),
            &donor.party(Some(true)),
            &recipient.party(None),
            relation,
            self.on,
        ))
    }

    /// What a donor's account can give on the day, and how the place orders several: where the money
    /// has to be moved into a family account first, what may be moved.
    fn available(&self, person: usize) -> (Amount, DonorOrder) {
        let balance = self.balance(person);
        if let Some(moved) = self.may_be_moved(person, balance) {
            return moved;
        }
        let rule = self.people[person].on(self.on).and_then(|spell| {
            let rules = self
                .book
                .on(&spell.enrollment.pool, spell.enrollment.scheme, self.on)?;
            let (_, aid) = family_blocks(&rules).next()?;
            let parts = aid
                .pays_from
                .iter()
                .map(|sub| SubAccountId::from(sub.as_str()));
            let parts: Vec<SubAccountId> = parts.collect();
            let balance = match !parts.is_empty() && has_others(&rules, &parts) {
                true => self.in_parts(person, balance, &parts),
                false => balance,
            };
            Some((balance, aid.reserve, aid.per_settlement, aid.donor_order))
        });
        let unknown = (balance, Cell::Unknown, Cell::NoLimit, DonorOrder::Unknown);
        let (balance, reserve, at_once, order) = rule.unwrap_or(unknown);
        let available = match (balance.min(), balance.max(), reserve) {
            (Some(_), Some(most), Cell::Unknown) => Amount::between(Yuan::ZERO, most.or_zero()),
            (Some(least), Some(most), reserve) => {
                let kept = match reserve {
                    Cell::Yuan(kept) => kept,
                    _ => Yuan::ZERO,
                };
                Amount::between((least - kept).or_zero(), (most - kept).or_zero())
            }
            _ => Amount::UNKNOWN,
        };
        let available = match (at_once, available.min().zip(available.max())) {
            (Cell::Yuan(limit), Some((least, most))) => {
                Amount::between(least.min(limit), most.min(limit))
            }
            (Cell::Unknown, Some((_, most))) => Amount::between(Yuan::ZERO, most),
            _ => available,
        };
        (available, order)
    }

    /// By the rule of the place for its family account, in one go.
    fn may_be_moved(&self, person: usize, balance: Amount) -> Option<(Amount, DonorOrder)> {
        let spell = self.people[person].on(self.on)?;
        let rules = self
            .book
            .on(&spell.enrollment.pool, spell.enrollment.scheme, self.on)?;
        let (_, aid) = family_blocks(&rules).next()?;
        if aid.kind != AidKind::FamilyAccount {
            return None;
        }
        let asked = TransferAsked::of(AidKind::FamilyAccount, balance);
        Some((transfer_under(&rules, &asked).allowed, aid.donor_order))
    }

    /// 家庭共济账户 — the money is moved first, by the limits of the place.
    fn family_account(
        &mut self,
        person: usize,
        (amount, how): (Amount, Option<Message>),
        verdict: AidVerdict,
    ) {
        let rules = self.people[person].on(self.on).and_then(|spell| {
            let enrollment = spell.enrollment;
            self.book.on(&enrollment.pool, enrollment.scheme, self.on)
        });
        let name = &self.people[person].member.name;
        let transfer = rules
            .as_deref()
            .and_then(|rules| transfer_block(rules, AidKind::FamilyAccount))
            .filter(|(held, _)| !held.off);
        let keeps = transfer.and_then(|(_, transfer)| match transfer.keeps_back {
            Cell::Yuan(keeps) => Some((keeps, transfer)),
            _ => None,
        });
        let what = match keeps.map(|(keeps, transfer)| (keeps, transfer, transfer.times)) {
            Some((keeps, transfer, Some(times))) => Message::new("advice.family_account")
                .with("keeps", keeps)
                .with("times", times)
                .with("times_per", &transfer.times_per),
            Some((keeps, _, None)) => {
                Message::new("advice.family_account_keeps").with("keeps", keeps)
            }
            None => Message::new("advice.family_account_limits_unknown"),
        };
        let mut option = option(OptionKind::FamilyAccount, what.with("name", name), amount);
        option.how = how;
        option.earliest = Some(self.on);
        option.condition = Some(Message::new("advice.family_account_first"));
        let source = transfer.and_then(|(held, _)| held.source());
        cite_source(&mut option, source.or(verdict.source));
        self.options.push(option);
    }

    /// 可以绑定而还没有绑定的家人. The record knows how two members are related only where one is
    /// bound to the other; otherwise the relations that the place lists are the condition.
    pub(super) fn relatives_to_bind(&mut self) {
        for person in self.others() {
            let known = self.related(person);
            let Some(verdict) = self.judge(person, known.unwrap_or(Relation::Spouse)) else {
                continue;
            };
            if verdict.allowed != Allowed::Yes {
                continue;
            }
            let (amount, how) = self.could_give(self.available(person).0);
            if amount == Amount::Exact(Yuan::ZERO) {
                continue;
            }
            if verdict.kind == Some(AidKind::FamilyAccount) {
                self.family_account(person, (amount, how), verdict);
                continue;
            }
            let near = self
                .judge(person, Relation::Sibling)
                .is_some_and(|verdict| verdict.allowed == Allowed::Yes);
            let condition = match (known, near) {
                (Some(_), _) => "advice.bind_first",
                (None, true) => "advice.bind_near_relatives",
                (None, false) => "advice.bind_close_family",
            };
            let what =
                Message::new("advice.bind_relative").with("name", &self.people[person].member.name);
            let mut option = option(OptionKind::BindRelative, what, amount);
            option.how = how;
            option.earliest = Some(self.on);
            option.condition = Some(Message::new(condition));
            cite_source(&mut option, verdict.source);
            self.options.push(option);
        }
    }

    /// The members who are not bound to this one on the day.
    fn others(&self) -> Vec<usize> {
        let member = self.people[self.person].member.id;
        let bound = |person: usize| {
            self.household.bindings.iter().any(|binding| {
                binding.recipient == member
                    && binding.donor == self.people[person].member.id
                    && binding.ended_on.is_none_or(|ended| self.on < ended)
            })
        };
        (0..self.people.len())
            .filter(|person| *person != self.person && !bound(*person))
            .collect()
    }

    /// What the member is to `person`, where any binding between the two says it.
    fn related(&self, person: usize) -> Option<Relation> {
        let (member, other) = (
            self.people[self.person].member.id,
            self.people[person].member.id,
        );
        self.household.bindings.iter().find_map(|binding| {
            match (binding.donor, binding.recipient) {
                (donor, recipient) if donor == other && recipient == member => {
                    Some(binding.relation)
                }
                (donor, recipient) if donor == member && recipient == other => {
                    Some(inverse(binding.relation))
                }
                _ => None,
            }
        })
    }

    /// 跨省的共济额度, from members in another province: how much may be reserved nobody has said yet.
    pub(super) fn reservations(&mut self) {
        for person in self.others() {
            let known = self.related(person);
            let (Some(donor), Some(recipient)) = (
                self.people[person].on(self.on),
                self.people[self.person].on(self.on),
            ) else {
                continue;
            };
            let enrollment = donor.enrollment;
            let rules = self.book.on(&enrollment.pool, enrollment.scheme, self.on);
            let has_account = self.people[person].account(enrollment).is_some();
            let other_province = self.province(person) != self.province(self.person);
            let Some(rules) = rules.filter(|_| has_account && other_province) else {
                continue;
            };
            if self.balance(person) == Amount::Exact(Yuan::ZERO) || self.left.max == Yuan::ZERO {
                continue;
            }
            let (donor, recipient) = (donor.party(Some(true)), recipient.party(None));
            let verdict = NAMED
                .into_iter()
                .filter(|relation| known.is_none_or(|known| known == *relation))
                .map(|relation| {
                    let parties = (&donor, &recipient);
                    reservation_verdict(self.book.library, &rules, parties, relation, self.on)
                })
                .find(|verdict| verdict.allowed == Allowed::Yes);
            let Some(verdict) = verdict else { continue };
            let name = &self.people[person].member.name;
            let what = Message::new("advice.reservation").with("name", name);
            let mut option = option(OptionKind::Reservation, what, Amount::UNKNOWN);
            option.earliest = Some(self.on);
            option.condition = Some(Message::new("advice.reservation_open"));
            cite_source(&mut option, verdict.source);
            self.options.push(option);
        }
    }

    fn province(&self, person: usize) -> Option<&str> {
        let spell = self.people[person].on(self.on)?;
        let pool = self.book.library.pool(&spell.enrollment.pool)?;
        Some(pool.province.as_str())
    }

    /// 跨省钱包转账, from members whose account may not pay here directly.
    pub(super) fn wallet(&mut self) {
        for person in self.others() {
            let known = self.related(person);
            let (Some(donor), Some(recipient)) = (
                self.people[person].on(self.on),
                self.people[self.person].on(self.on),
            ) else {
                continue;
            };
            if self.people[person].account(donor.enrollment).is_none() {
                continue;
            }
            let (donor_party, recipient) = (donor.party(Some(true)), recipient.party(None));
            let verdicts = NAMED
                .into_iter()
                .filter(|relation| known.is_none_or(|known| known == *relation))
                .map(|relation| {
                    let library = self.book.library;
                    wallet_verdict(library, &donor_party, &recipient, relation, self.on)
                });
            let verdicts: Vec<AidVerdict> = verdicts.collect();
            let allowed = verdicts.iter().any(|one| one.allowed == Allowed::Yes);
            let there = |one: &&AidVerdict| one.reason.code == "aid.wallet_there_unknown";
            if let Some(verdict) = verdicts.iter().find(there).filter(|_| !allowed) {
                let reason = verdict.reason.clone();
                let reason = reason.with("name", &self.people[person].member.name);
                let mut option = option(OptionKind::NotKnown, reason, Amount::UNKNOWN);
                cite_source(&mut option, verdict.source.clone());
                self.options.push(option);
            }
            let rules = self
                .book
                .on(&donor.enrollment.pool, donor.enrollment.scheme, self.on);
            let Some(rules) = rules.filter(|_| allowed) else {
                continue;
            };
            let Some((held, _)) = aid_blocks(&rules, AidKind::WalletTransfer).next() else {
                continue;
            };
            let balance = self.balance(person);
            if balance == Amount::Exact(Yuan::ZERO) {
                continue;
            }
            let asked = TransferAsked::of(AidKind::WalletTransfer, balance);
            let a_day = transfer_under(&rules, &asked).in_period;
            let (amount, how) = self.could_give(a_day);
            if amount == Amount::Exact(Yuan::ZERO) {
                continue;
            }
            let mut option = wallet_option(&rules, held, amount);
            option.how = how;
            option.what = option.what.with("name", &self.people[person].member.name);
            option.what.code = format!("{}_from", option.what.code);
            option.earliest = Some(self.on);
            self.options.push(option);
        }
    }
}

//! 家人之间转钱 — into a relative's wallet in another province, or into a family account.

use chrono::{Datelike, NaiveTime};
use gongji_domain::{
    Account, AccountKind, Amount, EntryKind, MemberId, Message, PoolId, Relation, Scheme,
    SubAccountId, Yuan,
};
use gongji_engine::{Allowed, TransferAsked, TransferVerdict, transfer_verdict, wallet_verdict};
use gongji_policy::{AidKind, Body, Rules};
use gongji_store::entry;

use super::{Around, Planned, as_they_stand, owner_name, positive};
use crate::bindings::{enrolled, name_of, party};
use crate::{ApiError, GiveWay, Movement};

pub(super) const WALLET: &str = "wallet";

/// Whose account gives, and to whom.
struct Gift<'d> {
    account: &'d Account,
    sub: &'d SubAccountId,
    to: MemberId,
    relation: Relation,
    way: GiveWay,
    amount: Yuan,
    at: Option<NaiveTime>,
}

/// Where the money arrives: an account, perhaps one that is opened for it, and its part.
struct Arrives {
    account: Account,
    sub: SubAccountId,
    is_new: bool,
}

fn kind_of(way: GiveWay) -> AidKind {
    match way {
        GiveWay::Wallet => AidKind::WalletTransfer,
        GiveWay::FamilyAccount => AidKind::FamilyAccount,
    }
}

impl Around<'_> {
    pub(super) fn give(&self, movement: &Movement) -> Result<Planned, ApiError> {
        let Movement::Give {
            from,
            sub,
            to,
            relation,
            way,
            amount,
            at,
        } = movement
        else {
            return Err(ApiError::gone("movement"));
        };
        positive(*amount)?;
        let gift = Gift {
            account: self.insured(*from)?,
            sub,
            to: self.member(*to)?,
            relation: *relation,
            way: *way,
            amount: *amount,
            at: hour(at.as_deref())?,
        };
        let giver = owner_name(self, gift.account);
        let label = Message::new("step_name.give")
            .with("donor", giver)
            .with("recipient", name_of(self.household, gift.to))
            .with("amount", gift.amount);
        let mut planned = Planned::new(EntryKind::Transfer, label);
        let arrives = self.arrives(&gift)?;
        if arrives.account.id == gift.account.id && arrives.sub == *gift.sub {
            return Err(ApiError::input("to", Message::new("error.gives_to_itself")));
        }
        self.judge(&gift, &mut planned)?;
        if planned.view.refused.is_some() {
            return Ok(planned);
        }
        self.covers(gift.account, gift.sub, gift.amount)?;
        planned.leg(gift.account.id, Some(gift.sub), -gift.amount);
        planned.leg(arrives.account.id, Some(&arrives.sub), gift.amount);
        if arrives.account.owner != gift.to {
            planned.for_member = Some(gift.to);
        }
        planned.opened = arrives.is_new.then_some(arrives.account);
        Ok(planned)
    }

    /// Who may be given to, and how much.
    fn judge(&self, gift: &Gift<'_>, planned: &mut Planned) -> Result<(), ApiError> {
        let own = gift.account.owner;
        let insured = enrolled(self.household, own, self.on);
        let Some(pool) = gift.account.pool.as_ref() else {
            return Err(ApiError::gone("pool"));
        };
        let scheme = insured.map_or(Scheme::Employee, |enrolled| enrolled.scheme);
        if gift.way == GiveWay::Wallet && gift.to != own {
            let parties = (
                party(self.household, own, self.on),
                party(self.household, gift.to, self.on),
            );
            if let (Some(donor), Some(recipient)) = parties {
                let library = &self.gongji.library;
                let verdict = wallet_verdict(library, &donor, &recipient, gift.relation, self.on);
                if verdict.allowed == Allowed::No {
                    planned.refuse("to", verdict.reason, verdict.source.as_ref());
                    return Ok(());
                }
                if verdict.allowed == Allowed::Unknown {
                    planned.view.notes.push(verdict.reason);
                }
            }
        }
        let asked = TransferAsked {
            of: kind_of(gift.way),
            balance: self.known_balance(gift)?,
            wished: Some(gift.amount),
            done: self.done(gift, pool, scheme)?,
            at: gift.at,
            quotas: Vec::new(),
        };
        let verdict = transfer_verdict(&self.gongji.library, pool, scheme, &asked, self.on);
        told(planned, gift.amount, verdict);
        Ok(())
    }

    fn known_balance(&self, gift: &Gift<'_>) -> Result<Amount, ApiError> {
        let recorded = self.gongji.store()?.last_entry_day(gift.account.id)?;
        match recorded {
            Some(_) => Ok(Amount::Exact(self.holds(gift.account.id, Some(gift.sub))?)),
            None => Ok(Amount::UNKNOWN),
        }
    }

    /// How often the account has given in this way in the day or month that the rule counts by.
    fn done(&self, gift: &Gift<'_>, pool: &PoolId, scheme: Scheme) -> Result<u32, ApiError> {
        let rules = self.gongji.library.rules(pool, scheme.word(), self.on);
        let by_month = rules.is_some_and(|rules| counts_by_month(&rules, kind_of(gift.way)));
        let store = self.gongji.store()?;
        let mut entries = entry::of_kind(store, EntryKind::Transfer)?;
        entries.extend(entry::of_kind(store, EntryKind::Correction)?);
        entries.sort_by_key(|entry| entry.id);
        let here = |day: chrono::NaiveDate| match by_month {
            true => (day.year(), day.month()) == (self.on.year(), self.on.month()),
            false => day == self.on,
        };
        let into_wallet = |sub: Option<&SubAccountId>| sub.is_some_and(|sub| sub.0 == WALLET);
        let done = as_they_stand(&entries).into_iter().filter(|entry| {
            let gives = |leg: &gongji_domain::Leg| {
                leg.account == gift.account.id && leg.amount.is_negative()
            };
            let mut arriving = entry.legs.iter().filter(|leg| !leg.amount.is_negative());
            let wallet = arriving.any(|leg| into_wallet(leg.sub.as_ref()));
            entry.kind == EntryKind::Transfer
                && here(entry.on)
                && entry.legs.len() > 1
                && entry.legs.iter().any(gives)
                && wallet == (gift.way == GiveWay::Wallet)
        });
        Ok(u32::try_from(done.count()).unwrap_or(u32::MAX))
    }

    /// A place with a family account keeps it beside the giver's own; elsewhere money arrives with the
    /// relative.
    fn arrives(&self, gift: &Gift<'_>) -> Result<Arrives, ApiError> {
        if gift.way == GiveWay::FamilyAccount
            && let Some(sub) = self.family_part(gift.account)
        {
            return Ok(Arrives {
                account: gift.account.clone(),
                sub,
                is_new: false,
            });
        }
        let insured = enrolled(self.household, gift.to, self.on);
        let mut accounts = self.household.accounts.iter().filter(|account| {
            account.owner == gift.to
                && account.kind == AccountKind::Insurance
                && account.opened_on <= self.on
        });
        let of_place = accounts.clone().find(|account| {
            let pool = insured.map(|insured| &insured.pool);
            account.pool.as_ref() == pool
        });
        let found = of_place.or_else(|| accounts.next_back()).cloned();
        let (account, is_new) = match (found, insured) {
            (Some(account), _) => (account, false),
            (None, Some(insured)) => (self.opened_for(gift.to, &insured.pool)?, true),
            (None, None) => {
                return Err(ApiError::input(
                    "to",
                    Message::new("error.not_insured_then"),
                ));
            }
        };
        let sub = match gift.way {
            GiveWay::Wallet => SubAccountId::from(WALLET),
            GiveWay::FamilyAccount => self.first_part(&account)?,
        };
        Ok(Arrives {
            account,
            sub,
            is_new,
        })
    }

    fn family_part(&self, account: &Account) -> Option<SubAccountId> {
        let rules = self.rules_of(account)?;
        rules.blocks.iter().find_map(|held| match &held.block.body {
            Body::SubAccount(sub) if sub.owner.as_deref() == Some("family") => {
                held.block.head.id.clone().map(SubAccountId)
            }
            _ => None,
        })
    }
}

/// What the verdict says of the amount that is wished.
fn told(planned: &mut Planned, wished: Yuan, verdict: TransferVerdict) {
    let source = verdict.sources.first();
    if verdict.allowed.max().is_some_and(|most| most < wished) {
        planned.refuse("amount", verdict.reason, source);
        planned.view.grade = verdict.grade;
        return;
    }
    planned.view.source = source.cloned();
    planned.view.grade = verdict.grade;
    if verdict.rules.is_empty() {
        planned.note("movement.no_transfer_rule");
        return;
    }
    if verdict.if_not_accepted.is_some() {
        planned.note("movement.if_not_accepted");
    }
    planned.view.open = verdict.open;
}

fn counts_by_month(rules: &Rules<'_>, of: AidKind) -> bool {
    rules.blocks.iter().any(|held| match &held.block.body {
        Body::Transfer(transfer) => transfer.of == of && transfer.times_per == "month",
        _ => false,
    })
}

fn hour(at: Option<&str>) -> Result<Option<NaiveTime>, ApiError> {
    let Some(at) = at.map(str::trim).filter(|at| !at.is_empty()) else {
        return Ok(None);
    };
    let read = NaiveTime::parse_from_str(&at.replace('：', ":"), "%H:%M");
    let at = read.map_err(|_| ApiError::input("at", Message::new("error.hour")))?;
    Ok(Some(at))
}

//! 各账户付了多少 — of a settlement that happened: as the slip says, and only where it says nothing, as
//! was estimated.

use gongji_domain::{
    AccountId, AccountKind, AidPaid, Amount, Household, Leg, MemberId, Message, Payer, Payers,
    PayersAtHand, Slip, SubAccountId, Yuan,
};

use crate::bindings::name_of;
use crate::estimates::DonorAtHand;
use crate::{ApiError, Posted};

/// The estimate that was made, the accounts it could use, and whose they are here.
pub(crate) struct Accounts<'a> {
    pub(crate) household: &'a Household,
    pub(crate) member: MemberId,
    /// The own insurance account.
    pub(crate) own: Option<AccountId>,
    pub(crate) at_hand: Option<&'a PayersAtHand>,
    pub(crate) payers: &'a Payers,
    pub(crate) donors: &'a [DonorAtHand],
    /// The sub-accounts of the own account, in the order of the rules.
    pub(crate) subs: Vec<SubAccountId>,
}

/// What each account paid, as the legs of one entry and as it is told.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Paid {
    pub(crate) legs: Vec<Leg>,
    pub(crate) told: Vec<Posted>,
    pub(crate) notes: Vec<Message>,
}

/// Three payers' sums.
struct Sums {
    own: Yuan,
    aid: Yuan,
    cash: Yuan,
    /// What the slip left open, and is as estimated.
    notes: Vec<Message>,
}

/// One account that shares in a sum: what was estimated of it, and what it holds.
struct Share {
    estimated: Option<Yuan>,
    balance: Yuan,
}

impl Accounts<'_> {
    /// As was estimated; cash only where the member keeps a cash account here.
    ///
    /// # Errors
    /// Where something is still open.
    pub(crate) fn as_estimated(&self) -> Result<Paid, ApiError> {
        let open = || {
            ApiError::input("bill", Message::new("error.settlement_open"))
                .hint("hint.settlement_open")
        };
        let exact = |amount: Amount| amount.exact().ok_or_else(open);
        for amount in self.payers.own.values() {
            exact(*amount)?;
        }
        for donor in &self.payers.aid {
            exact(donor.paid)?;
        }
        Ok(self.paid(Sums {
            own: exact(self.payers.own_account_paid)?,
            aid: exact(self.payers.mutual_aid_paid)?,
            cash: exact(self.payers.cash_paid)?,
            notes: Vec::new(),
        }))
    }

    /// As the slip says.
    ///
    /// # Errors
    /// Where neither the slip nor the estimate says what an account paid.
    pub(crate) fn as_printed(&self, slip: &Slip) -> Result<Paid, ApiError> {
        self.sums(slip).map(|sums| self.paid(sums))
    }

    fn sums(&self, slip: &Slip) -> Result<Sums, ApiError> {
        let mut notes = Vec::new();
        let mut estimated = |code: &str, amount: Amount| {
            let open =
                || ApiError::input("slip", Message::new("error.slip_open")).hint("hint.slip_open");
            let amount = amount.exact().ok_or_else(open)?;
            // Nothing estimated where nothing is printed: nobody wonders.
            if !amount.is_zero() {
                notes.push(Message::new(code).with("amount", amount));
            }
            Ok::<Yuan, ApiError>(amount)
        };
        let nobody = self.donors.is_empty() && self.payers.aid.is_empty();
        let aid = match slip.mutual_aid_paid {
            Some(aid) => aid,
            None if nobody => Yuan::ZERO,
            None => estimated("slip.aid_from_estimate", self.payers.mutual_aid_paid)?,
        };
        let own = match (slip.own_account_paid(), slip.accounts_paid) {
            (Some(own), _) => own,
            // Their money is in the printed line, as the national slip defines it.
            (None, Some(accounts)) if aid <= accounts => accounts - aid,
            (None, Some(accounts)) => accounts,
            (None, None) => estimated("slip.own_from_estimate", self.payers.own_account_paid)?,
        };
        let rest = slip.patient().map(|patient| patient - own - aid);
        let cash = match (slip.cash_paid, rest.filter(|rest| !rest.is_negative())) {
            (Some(cash), _) | (None, Some(cash)) => cash,
            // Cash is written down only where the member keeps it here.
            (None, None) if self.cash_account().is_none() => Yuan::ZERO,
            (None, None) => estimated("slip.cash_from_estimate", self.payers.cash_paid)?,
        };
        Ok(Sums {
            own,
            aid,
            cash,
            notes,
        })
    }

    fn cash_account(&self) -> Option<AccountId> {
        let accounts = self.household.accounts.iter();
        let mut own = accounts.filter(|account| account.owner == self.member);
        let found = own.find(|account| account.kind == AccountKind::Cash);
        found.map(|account| account.id)
    }

    fn paid(&self, sums: Sums) -> Paid {
        let mut paid = Paid {
            notes: sums.notes,
            ..Paid::default()
        };
        let name = name_of(self.household, self.member);
        self.own(sums.own, &name, &mut paid);
        self.aid(sums.aid, &mut paid);
        if let Some(account) = self.cash_account() {
            paid.takes((account, None), sums.cash, (Payer::Cash, &name));
        }
        paid
    }

    fn own(&self, sum: Yuan, name: &str, paid: &mut Paid) {
        let balances = self.at_hand.map(|payers| &payers.own);
        let subs: Vec<&SubAccountId> = self
            .subs
            .iter()
            .filter(|sub| self.payers.own.contains_key(*sub) || self.payers.own.is_empty())
            .collect();
        let (Some(account), false) = (self.own, subs.is_empty()) else {
            paid.misses("slip.own_not_recorded", sum);
            return;
        };
        let shares: Vec<Share> = subs
            .iter()
            .map(|sub| Share {
                estimated: self.payers.own.get(*sub).copied().and_then(Amount::exact),
                balance: balances
                    .and_then(|balances| balances.get(*sub).copied())
                    .unwrap_or_default(),
            })
            .collect();
        for (sub, amount) in subs.iter().zip(paid.divided(sum, &shares)) {
            let from = (account, Some((*sub).clone()));
            paid.takes(from, amount, (Payer::OwnAccount, name));
        }
    }

    fn aid(&self, sum: Yuan, paid: &mut Paid) {
        if self.donors.is_empty() {
            paid.misses("slip.aid_not_recorded", sum);
            return;
        }
        // As they were asked for, or by name where somebody was bound since.
        let estimated = |place: usize, donor: &DonorAtHand| {
            let is_them = |aid: &&AidPaid| aid.name == donor.offer.name;
            let aid = &self.payers.aid;
            let found = aid.get(place).filter(is_them);
            let found = found.or_else(|| aid.iter().find(is_them));
            found.and_then(|aid| aid.paid.exact())
        };
        let donors = self.donors.iter().enumerate();
        let shares: Vec<Share> = donors
            .map(|(place, donor)| Share {
                estimated: estimated(place, donor),
                balance: donor.offer.balance,
            })
            .collect();
        for (donor, amount) in self.donors.iter().zip(paid.divided(sum, &shares)) {
            let from = (donor.account, Some(donor.sub.clone()));
            paid.takes(from, amount, (Payer::MutualAid, &donor.offer.name));
        }
    }
}

impl Paid {
    fn takes(
        &mut self,
        (account, sub): (AccountId, Option<SubAccountId>),
        amount: Yuan,
        (payer, name): (Payer, &str),
    ) {
        if amount.is_zero() {
            return;
        }
        self.legs.push(Leg {
            account,
            sub,
            amount: -amount,
        });
        self.told.push(Posted {
            payer,
            name: name.to_owned(),
            amount,
        });
    }

    /// Money of an account that is not in the ledger.
    fn misses(&mut self, code: &str, amount: Yuan) {
        if !amount.is_zero() {
            self.notes.push(Message::new(code).with("amount", amount));
        }
    }

    /// A sum over several accounts: as estimated where that comes to it, else by their balances in
    /// their order, and what is more than all of them hold to the first.
    fn divided(&mut self, sum: Yuan, shares: &[Share]) -> Vec<Yuan> {
        let estimated: Option<Vec<Yuan>> = shares.iter().map(|share| share.estimated).collect();
        let fits = estimated.filter(|all| all.iter().copied().sum::<Yuan>() == sum);
        if let Some(as_estimated) = fits {
            return as_estimated;
        }
        let mut left = sum;
        let mut divided: Vec<Yuan> = shares
            .iter()
            .map(|share| {
                let part = left.min(share.balance.or_zero());
                left -= part;
                part
            })
            .collect();
        if let Some(first) = divided.first_mut() {
            *first += left;
        }
        if shares.len() > 1 && !sum.is_zero() {
            self.notes.push(Message::new("slip.split_by_order"));
        }
        divided
    }
}

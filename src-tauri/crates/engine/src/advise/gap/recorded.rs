//! 到了，只是记在别处 — merged with another month, under another month, in another account of the same
//! person, or inside a balance that was stated.

use gongji_domain::{AccountKind, Entry, EntryKind, Message, Month, Yuan};

use super::{Founded, GapKind, Look, credits_of};

impl Look<'_, '_> {
    /// For a credit that is not recorded.
    pub(super) fn recorded_otherwise(&mut self) {
        let expected = self.expected.exact();
        if let Some(expected) = expected {
            self.inside_a_neighbour(expected);
        }
        self.under_another_month();
        self.in_another_account();
        self.in_a_stated_balance();
    }

    /// For a credit with another sum: it may hold the month before or after.
    pub(super) fn merged(&mut self, came: Yuan) {
        let Some(expected) = self.expected.exact() else {
            return;
        };
        let neighbours = [self.month.plus(-1), self.month.plus(1)];
        let fits = neighbours.into_iter().find(|other| {
            !self.has_credit(*other)
                && self
                    .net_of(*other)
                    .is_some_and(|theirs| theirs + expected == came)
        });
        if let Some(other) = fits {
            let what = Message::new("gap.merged").with("month", other);
            let evidence = Message::new("gap.merged.fits")
                .with("amount", came)
                .with("one", expected)
                .with("other", came - expected);
            self.note(Founded::Fits, GapKind::Merged, what, vec![evidence], None);
        }
    }

    /// The credit of the month before or after is larger by just this one.
    fn inside_a_neighbour(&mut self, expected: Yuan) {
        for other in [self.month.plus(-1), self.month.plus(1)] {
            let Some(theirs) = self.net_of(other).filter(|_| self.has_credit(other)) else {
                continue;
            };
            let came = self.sum_for(other);
            if came == theirs + expected {
                let what = Message::new("gap.merged").with("month", other);
                let evidence = Message::new("gap.merged.holds")
                    .with("month", other)
                    .with("amount", came)
                    .with("one", theirs)
                    .with("other", expected);
                self.note(Founded::Fits, GapKind::Merged, what, vec![evidence], None);
                return;
            }
        }
    }

    /// A credit that came inside this one's days and stands under a month that has another one, or
    /// whose own day has not come.
    fn under_another_month(&mut self) {
        let (from, to) = (self.month.first_day(), self.today);
        let fits = |entry: &&Entry| {
            (from..=to).contains(&entry.on)
                && entry
                    .for_month
                    .is_some_and(|month| self.is_elsewhere(month, entry))
        };
        let found = credits_of(self.household, self.account.id)
            .filter(fits)
            .map(|entry| (entry.on, entry.for_month, self.part_of(entry)))
            .min_by_key(|(on, month, _)| (month.map(|month| month.since(self.month).abs()), *on));
        let Some((on, Some(month), amount)) = found else {
            return;
        };
        let founded = match self.expected.exact() == Some(amount) {
            true => Founded::Fits,
            false => Founded::Seen,
        };
        let evidence = Message::new("gap.other_month.seen")
            .with("day", on)
            .with("amount", amount)
            .with("month", month);
        let what = Message::new("gap.other_month").with("month", month);
        self.note(founded, GapKind::OtherMonth, what, vec![evidence], None);
    }

    fn is_elsewhere(&self, month: Month, entry: &Entry) -> bool {
        if month == self.month {
            return false;
        }
        let twice = credits_of(self.household, self.account.id)
            .filter(|other| other.for_month == Some(month) && other.id != entry.id)
            .count();
        // By the rules nothing for that month can have come yet.
        let too_soon = || {
            let spell = self.person.in_month(month)?;
            let credits = self.credited(month, &spell.insured(self.person));
            let due = credits.due.into_iter().find(|due| due.kind.is_regular())?;
            due.earliest.filter(|earliest| entry.on < *earliest)
        };
        twice > 0 || too_soon().is_some()
    }

    /// The same month stands in another account of the same person.
    fn in_another_account(&mut self) {
        let own = self.account.id;
        let others = self.household.accounts.iter();
        let found = others
            .filter(|account| account.owner == self.person.member.id && account.id != own)
            .find_map(|account| {
                let entry = credits_of(self.household, account.id)
                    .find(|entry| entry.for_month == Some(self.month))?;
                let legs = entry.legs.iter().filter(|leg| leg.account == account.id);
                let amount: Yuan = legs.map(|leg| leg.amount).sum();
                Some((account, entry.on, amount))
            });
        let Some((account, on, amount)) = found else {
            return;
        };
        let founded = match self.expected.exact() == Some(amount) {
            true => Founded::Fits,
            false => Founded::Seen,
        };
        let what = Message::new(match account.kind {
            AccountKind::Insurance => "gap.other_account",
            AccountKind::Cash => "gap.other_account.cash",
        });
        let evidence = Message::new("gap.other_account.seen")
            .with("account", &account.name)
            .with("day", on)
            .with("amount", amount);
        self.note(founded, GapKind::OtherAccount, what, vec![evidence], None);
    }

    /// A balance was taken over between the first and the last day on which the credit could come.
    fn in_a_stated_balance(&mut self) {
        let due = self.credits.due.iter().find(|due| due.kind.is_regular());
        let earliest = due.and_then(|due| due.earliest);
        let from = earliest.unwrap_or_else(|| self.month.first_day());
        let taken_over = self.household.entries.iter().filter(|entry| {
            let taken = matches!(entry.kind, EntryKind::Opening | EntryKind::Adjustment);
            taken && from <= entry.on && entry.on < self.day && !self.part_of(entry).is_zero()
        });
        let Some((on, amount, kind)) = taken_over
            .max_by_key(|entry| (entry.on, entry.id))
            .map(|entry| (entry.on, self.part_of(entry), entry.kind))
        else {
            return;
        };
        let booked = kind == EntryKind::Adjustment;
        let (founded, code) = match booked && self.expected.exact() == Some(amount) {
            true => (Founded::Fits, "gap.in_balance.fits"),
            false => (Founded::Seen, "gap.in_balance.seen"),
        };
        let evidence = Message::new(code)
            .with("day", on)
            .with("amount", amount)
            .with("from", from);
        let source = due.and_then(|due| due.sources.last().cloned());
        let source = source.filter(|_| earliest.is_some());
        let what = Message::new("gap.in_balance");
        self.note(founded, GapKind::InBalance, what, vec![evidence], source);
    }
}

//! 家里的名字 — whose account a line means. Two members may have accounts of one name, so a line says
//! three things: whose, what it is called, and its number in the record the table was written from.

use std::collections::HashMap;

use gongji_domain::{Account, AccountId, Member, MemberId, Message};

/// 家里的名字 — what the names in a table stand for.
#[derive(Clone, Copy, Debug)]
pub struct Names<'h> {
    /// 账户
    pub accounts: &'h [Account],
    /// 成员
    pub members: &'h [Member],
}

/// The accounts by name, looked up once for all lines.
pub(super) struct Bearers<'h> {
    accounts: HashMap<&'h str, Vec<Bearer<'h>>>,
    members: &'h [Member],
}

#[derive(Clone, Copy)]
struct Bearer<'h> {
    account: AccountId,
    owner: &'h str,
}

impl<'h> Bearers<'h> {
    pub(super) fn of(names: Names<'h>) -> Bearers<'h> {
        let mut accounts: HashMap<&str, Vec<Bearer<'_>>> = HashMap::new();
        for account in names.accounts {
            let mut members = names.members.iter();
            let owner = members.find(|member| member.id == account.owner);
            accounts
                .entry(account.name.as_str())
                .or_default()
                .push(Bearer {
                    account: account.id,
                    owner: owner.map_or("", |owner| owner.name.as_str()),
                });
        }
        Bearers {
            accounts,
            members: names.members,
        }
    }

    /// The account of that name, where there is one and one only.
    pub(super) fn only(&self, name: &str) -> Option<AccountId> {
        match self.bearing(name) {
            [one] => Some(one.account),
            _ => None,
        }
    }

    /// The account of that name, where a line says nothing else.
    pub(super) fn named(&self, name: &str) -> Result<AccountId, Message> {
        match self.bearing(name) {
            [one] => Ok(one.account),
            [] => Err(Message::new("import.no_account").with("account", name)),
            several => {
                let what = Message::new("import.accounts_share_name_here").with("account", name);
                Err(what.with("many", several.len()))
            }
        }
    }

    /// The account that a line of our own means. Its number counts where the account bears the name and
    /// is the owner's; elsewhere the numbers are another record's, and owner and name tell.
    pub(super) fn account(
        &self,
        owner: &str,
        name: &str,
        number: &str,
    ) -> Result<AccountId, Message> {
        if name.trim().is_empty() {
            return Err(Message::new("import.account_blank"));
        }
        let bearing = self.bearing(name);
        let is_owners = |bearer: &&Bearer<'_>| owner.is_empty() || bearer.owner == owner;
        if let [one] = bearing
            && is_owners(&one)
        {
            return Ok(one.account);
        }
        let number = number.trim().parse().ok().map(AccountId);
        let numbered = bearing
            .iter()
            .filter(is_owners)
            .find(|bearer| Some(bearer.account) == number);
        if let Some(bearer) = numbered {
            return Ok(bearer.account);
        }
        let mut theirs = bearing.iter().filter(is_owners);
        match (theirs.next(), theirs.next(), bearing) {
            (Some(one), None, _) => Ok(one.account),
            (Some(_), Some(_), _) => {
                let what = Message::new("import.accounts_share_name").with("account", name);
                Err(what.with("many", bearing.len()))
            }
            (None, _, []) => Err(Message::new("import.no_account").with("account", name)),
            // Somebody who is not called that any more, and the only account of the name.
            (None, _, [one]) if !self.members.iter().any(|member| member.name == owner) => {
                Ok(one.account)
            }
            (None, ..) => {
                let what = Message::new("import.not_theirs").with("account", name);
                Err(what.with("member", owner))
            }
        }
    }

    fn bearing(&self, name: &str) -> &[Bearer<'h>] {
        self.accounts.get(name).map_or(&[], Vec::as_slice)
    }

    /// The number tells members of one name apart; where it is another record's, the name tells.
    pub(super) fn member(&self, name: &str, number: &str) -> Result<MemberId, Message> {
        let named = || self.members.iter().filter(|one| one.name == name);
        let number = number.trim().parse().ok().map(MemberId);
        let numbered = named().find(|one| Some(one.id) == number);
        let only = named().next().filter(|_| named().count() == 1);
        let found = numbered.or(only).map(|one| one.id);
        found.ok_or_else(|| Message::new("import.no_member").with("member", name))
    }
}

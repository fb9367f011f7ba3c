//! 付款：本人账户 → 共济 → 现金 — who pays the member's side.

use gongji_domain::{Message, Payer, StepName, Yuan};
use gongji_policy::{Aid, Cell, DonorOrder, InForce, OwnFirst, When};

use super::donors::Donor;
use super::matrix::SliceSet;
use super::run::Run;
use super::terms::{Accounts, Turn};
use super::trace::{Notes, Said};
use crate::open::OpenPoint;

/// The donors of one rule: it alone says in which order they pay and how many of them may.
struct Group<'r, 'n> {
    held: &'r InForce<'n>,
    aid: &'n Aid,
    /// Numbers of its donors, in the order of registration.
    donors: Vec<usize>,
    /// Sets what is open here apart from what is open elsewhere.
    suffix: String,
}

impl<'r, 'n, N: Notes<'n>> Run<'r, 'n, N> {
    /// What the own account pays of the slices `within`, before (账户段) or after the pool. Returns
    /// the sum.
    pub(crate) fn own_account(&mut self, when: When, within: SliceSet, limit: Yuan) -> Yuan {
        let terms = self.terms;
        let Some(accounts) = terms.accounts.as_ref().filter(|_| self.case.use_account) else {
            return Yuan::ZERO;
        };
        if let Some(key) = &accounts.unwritten {
            return match when {
                When::BeforePool => Yuan::ZERO,
                When::AfterPool => self.unwritten_use(accounts, key, limit),
            };
        }
        let held = accounts.cite.map(|cite| self.held(cite));
        let lapsed = self.lapsed;
        let of_turn = |slices: &SliceSet| match lapsed {
            true => slices.while_lapsed().and(within),
            false => slices.and(within),
        };
        let mut left = limit;
        for turn in accounts.turns.iter().filter(|turn| turn.when == when) {
            let sub = &accounts.subs[turn.sub];
            let unpaid = turn.may_pay.iter();
            let payable = unpaid
                .map(|slices| self.slip.matrix.unpaid(of_turn(slices)))
                .sum();
            let wanted = left.min(payable);
            let balance = self.own_balance(turn, wanted);
            let mut amount = wanted.min((balance - self.slip.own[turn.sub]).or_zero());
            let whole = amount;
            for slices in &turn.may_pay {
                let slices = of_turn(slices);
                amount -= self.slip.matrix.pay(Payer::OwnAccount, slices, amount);
            }
            let did = whole - amount;
            left -= did;
            self.slip.own[turn.sub] += did;
            self.notes.step(StepName::Payers, held, || {
                Said::new(Message::new("step.own_account").with("sub", sub))
                    .formula(format!("min({wanted}, {balance})"))
                    .result(did)
            });
        }
        limit - left
    }

    /// No rule says what the own account may pay: between nothing and all that it has.
    fn unwritten_use(&mut self, accounts: &'r Accounts, key: &str, limit: Yuan) -> Yuan {
        let has = match self.case.own {
            Some(own) => own.iter().map(|balance| balance.or_zero()).sum(),
            None => Yuan::LIMIT,
        };
        let may = limit.min(has);
        if may.is_zero() {
            return Yuan::ZERO;
        }
        let ask = (accounts.cite).and_then(|cite| self.held(cite).block.head.ask.clone());
        let chosen = self.readings.choose_beside(key, || OpenPoint {
            key: key.to_owned(),
            what: Message::new("open.account_use"),
            ask,
            readings: ["reading.account_pays_nothing", "reading.account_pays_all"]
                .map(Message::new)
                .to_vec(),
        });
        if chosen == 0 {
            return Yuan::ZERO;
        }
        let paid = self.slip.matrix.pay(Payer::OwnAccount, SliceSet::ALL, may);
        let mut left = paid;
        for (number, taken) in self.slip.own.iter_mut().enumerate() {
            let has = self.case.own.and_then(|own| own.get(number).copied());
            let more = left.min(has.map_or(left, Yuan::or_zero));
            *taken += more;
            left -= more;
        }
        paid
    }

    /// The balance that was stated; open (between nothing and enough) where none was.
    fn own_balance(&mut self, turn: &Turn, wanted: Yuan) -> Yuan {
        if let Some(own) = self.case.own {
            return own.get(turn.sub).copied().unwrap_or_default().or_zero();
        }
        if wanted.is_zero() {
            return Yuan::ZERO;
        }
        let sub = &self.terms.subs()[turn.sub];
        let key = format!("balance:{sub}");
        let point = || OpenPoint {
            key: key.clone(),
            what: Message::new("open.balance").with("sub", sub),
            ask: None,
            readings: ["reading.balance_none", "reading.balance_enough"]
                .map(Message::new)
                .to_vec(),
        };
        let chosen = match turn.when {
            When::BeforePool => self.readings.choose(&key, point),
            When::AfterPool => self.readings.choose_beside(&key, point),
        };
        if chosen == 0 { Yuan::ZERO } else { Yuan::LIMIT }
    }

    /// Lets the donors pay, each by the rule of the place in which that donor is insured: rule after
    /// rule, in the order in which their first donors were registered.
    pub(crate) fn mutual_aid(&mut self, limit: Yuan) {
        let donors = self.case.donors;
        if donors.is_empty() || !self.case.use_account {
            return;
        }
        let mut order: Vec<usize> = (0..donors.len()).collect();
        order.sort_by_key(|donor| (donors[*donor].rank, donors[*donor].bound_on));
        let mut left = limit;
        let mut groups = 0;
        while let Some(first) = order.first().copied() {
            let ours = |donor: &usize| donors[*donor].same_rule(&donors[first]);
            let (group, others): (Vec<usize>, Vec<usize>) = order.into_iter().partition(ours);
            order = others;
            left -= match &donors[first].rule {
                Some(rule) => {
                    let group = Group {
                        held: &rule.held,
                        aid: rule.aid,
                        donors: group,
                        suffix: suffix(groups),
                    };
                    let of_patient = self.readings.in_place(&rule.held.file.pool.0);
                    let paid = self.by_rule(&group, left);
                    self.readings.in_place(&of_patient);
                    paid
                }
                None => self.without_rule(&group, left),
            };
            groups += 1;
        }
    }

    fn by_rule(&mut self, group: &Group<'r, 'n>, limit: Yuan) -> Yuan {
        let (donors, aid) = (self.case.donors, group.aid);
        if !self.own_spent_first(group) {
            return Yuan::ZERO;
        }
        let may_pay = &donors[group.donors[0]].may_pay;
        let unpaid = may_pay
            .iter()
            .map(|slices| self.slip.matrix.unpaid(*slices));
        let mut left = limit.min(unpaid.sum());
        if let Cell::Yuan(most) = aid.per_settlement {
            left = left.min(most);
        }
        let whole = left;
        let mut asked = 0;
        let group = &self.without_those_who_keep_all(group, left);
        let able = group
            .donors
            .iter()
            .any(|donor| donors[*donor].refused.is_none() && !self.available(*donor).is_zero());
        if able
            && !left.is_zero()
            && aid.per_settlement == Cell::Unknown
            && self.gives_nothing_for_its_limit(group)
        {
            return Yuan::ZERO;
        }
        let most_donors = self.most_donors(group, left);
        for donor in self.donors_in_order(group, left) {
            if left.is_zero() || asked == most_donors {
                break;
            }
            if donors[donor].refused.is_some() {
                continue;
            }
            asked += 1;
            let available = self.available(donor);
            let mut amount = left.min(available);
            let gives = amount;
            for slices in may_pay {
                amount -= self.slip.matrix.pay(Payer::MutualAid, *slices, amount);
            }
            let gave = gives - amount;
            self.slip.aid[donor] = gave;
            self.notes.step(StepName::Payers, Some(group.held), || {
                let what = Message::new("step.mutual_aid").with("name", &donors[donor].name);
                Said::new(what)
                    .formula(format!("min({left}, {available})"))
                    .result(gave)
            });
            left -= gave;
        }
        whole - left
    }

    /// 单次限额没有查到 — anything from nothing to no limit at all.
    fn gives_nothing_for_its_limit(&mut self, group: &Group<'r, 'n>) -> bool {
        let key = format!("cell:mutual_aid.aid.per_settlement{}", group.suffix);
        let chosen = self.readings.choose_beside(&key, || OpenPoint {
            key: key.clone(),
            what: Message::new("open.aid_per_settlement"),
            ask: group.held.block.head.ask.clone(),
            readings: ["reading.no_aid_limit", "reading.aid_pays_nothing"]
                .map(Message::new)
                .to_vec(),
        });
        chosen == 1
    }

    fn balance_of(&self, donor: usize) -> Yuan {
        self.case.aid.get(donor).copied().unwrap_or_default()
    }

    /// What a donor gives at most; where it is not known how much must stay, all of it.
    fn available(&self, donor: usize) -> Yuan {
        let reserve = self.case.donors[donor].reserve().unwrap_or_default();
        (self.balance_of(donor) - reserve).or_zero()
    }

    /// Where it is not known how much must stay in the account, a donor who is reached gives all of it
    /// or nothing; who gives nothing is passed over.
    fn without_those_who_keep_all(&mut self, group: &Group<'r, 'n>, need: Yuan) -> Group<'r, 'n> {
        let order = self.sorted(group);
        let in_order = self.tied(group, &order) <= 1;
        let mut left = need;
        let mut keep_all = Vec::new();
        for donor in &order {
            let able = self.available(*donor);
            let one = &self.case.donors[*donor];
            if one.refused.is_some() || able.is_zero() || left.is_zero() {
                continue;
            }
            if one.reserve().is_none() && self.keeps_all(group, &one.name) {
                keep_all.push(*donor);
            } else if in_order {
                left = (left - able).or_zero();
            }
        }
        let donors = group.donors.iter().copied();
        Group {
            held: group.held,
            aid: group.aid,
            donors: donors.filter(|donor| !keep_all.contains(donor)).collect(),
            suffix: group.suffix.clone(),
        }
    }

    fn keeps_all(&mut self, group: &Group<'r, 'n>, name: &str) -> bool {
        let key = format!("reserve:{name}");
        let chosen = self.readings.choose_beside(&key, || OpenPoint {
            key: key.clone(),
            what: Message::new("open.reserve").with("name", name),
            ask: group.held.block.head.ask.clone(),
            readings: ["reading.keeps_nothing", "reading.keeps_all"]
                .map(Message::new)
                .to_vec(),
        });
        chosen == 1
    }

    /// No rule says whether these relatives may pay: looked at as if none did and as if all could.
    fn without_rule(&mut self, donors: &[usize], limit: Yuan) -> Yuan {
        let able: Yuan = donors.iter().map(|donor| self.balance_of(*donor)).sum();
        if limit.min(able).is_zero() {
            return Yuan::ZERO;
        }
        let point = || OpenPoint {
            key: "aid_rule".to_owned(),
            what: Message::new("open.aid_rule"),
            ask: None,
            readings: ["reading.aid_not_allowed", "reading.aid_allowed"]
                .map(Message::new)
                .to_vec(),
        };
        if self.readings.choose_beside("aid_rule", point) == 0 {
            return Yuan::ZERO;
        }
        let mut left = limit;
        for donor in donors {
            let gives = left.min(self.balance_of(*donor));
            let gave = self.slip.matrix.pay(Payer::MutualAid, SliceSet::ALL, gives);
            self.slip.aid[*donor] = gave;
            left -= gave;
        }
        limit - left
    }

    /// How many donors one settlement may charge; open where the rule does not say and it matters.
    fn most_donors(&mut self, group: &Group<'r, 'n>, need: Yuan) -> usize {
        let aid = group.aid;
        if matches!(
            aid.donor_order,
            DonorOrder::Single | DonorOrder::ChosenAtPay
        ) {
            return 1;
        }
        let may = |donor: &&usize| self.case.donors[**donor].refused.is_none();
        let able = group.donors.iter().filter(may).count();
        let mut who_may = group.donors.iter().filter(may);
        let short = who_may.any(|donor| self.balance_of(*donor) < need);
        match aid.donors_per_settlement.as_str() {
            "unknown" if able > 1 && short => {
                let key = format!("donors_per_settlement{}", group.suffix);
                let chosen = self.readings.choose_beside(&key, || OpenPoint {
                    key: key.clone(),
                    what: Message::new("open.donors_per_settlement"),
                    ask: group.held.block.head.ask.clone(),
                    readings: ["reading.several_donors", "reading.one_donor"]
                        .map(Message::new)
                        .to_vec(),
                });
                if chosen == 0 { usize::MAX } else { 1 }
            }
            "no_limit" | "unknown" => usize::MAX,
            number => number.parse().unwrap_or(usize::MAX),
        }
    }

    /// Whether aid may be asked at all after what the own account did.
    fn own_spent_first(&mut self, group: &Group<'r, 'n>) -> bool {
        let owns = |own: &[Yuan]| own.iter().any(|balance| !balance.is_zero());
        let had = self.case.owns_more || self.case.own.is_some_and(owns);
        match group.aid.own_first {
            // A second swipe charges the relatives once the own account is empty.
            OwnFirst::SpentFirst | OwnFirst::SecondSwipe => true,
            _ if !had => true,
            OwnFirst::MustBeZero => false,
            OwnFirst::Unknown => {
                let key = format!("own_first{}", group.suffix);
                let chosen = self.readings.choose_beside(&key, || OpenPoint {
                    key: key.clone(),
                    what: Message::new("open.own_first"),
                    ask: None,
                    readings: ["reading.own_spent_first", "reading.own_must_be_zero"]
                        .map(Message::new)
                        .to_vec(),
                });
                chosen == 0
            }
        }
    }

    fn donors_in_order(&mut self, group: &Group<'r, 'n>, need: Yuan) -> Vec<usize> {
        let mut order = self.sorted(group);
        let tied = self.tied(group, &order);
        let able: Yuan = order[..tied]
            .iter()
            .map(|donor| self.balance_of(*donor))
            .sum();
        if tied > 1 && need < able {
            self.rotate(group, &mut order[..tied]);
        }
        order
    }

    /// The order as far as the rule sets one.
    fn sorted(&self, group: &Group<'r, 'n>) -> Vec<usize> {
        let mut order = group.donors.clone();
        match group.aid.donor_order {
            DonorOrder::BalanceDesc => {
                order.sort_by_key(|donor| std::cmp::Reverse(self.balance_of(*donor)));
            }
            DonorOrder::LastBoundFirst => {
                order.sort_by_key(|donor| std::cmp::Reverse(self.case.donors[*donor].bound_on));
            }
            DonorOrder::Registration
            | DonorOrder::UserSet
            | DonorOrder::SetByMembers
            | DonorOrder::ChosenAtPay
            | DonorOrder::Single
            | DonorOrder::Random
            | DonorOrder::NotApplicable
            | DonorOrder::Unknown => {}
        }
        order
    }

    /// How many at the head of the sorted order may come in any order.
    fn tied(&self, group: &Group<'r, 'n>, order: &[usize]) -> usize {
        match group.aid.donor_order {
            DonorOrder::Random | DonorOrder::NotApplicable | DonorOrder::Unknown => order.len(),
            DonorOrder::BalanceDesc if group.aid.tie.as_deref() != Some("registration") => {
                let balances = order.iter().map(|donor| self.balance_of(*donor));
                let most = balances.clone().next();
                balances
                    .take_while(|balance| Some(*balance) == most)
                    .count()
            }
            _ => order.len().min(1),
        }
    }

    /// Each donor is first in one rotation and last in another: these bound every share.
    fn rotate(&mut self, group: &Group<'r, 'n>, order: &mut [usize]) {
        let name = |donor: &usize| -> &str { self.case.donors.get(*donor).map_or("", Donor::name) };
        let key = format!("donor_order{}", group.suffix);
        let first = self.readings.choose_beside(&key, || OpenPoint {
            key: key.clone(),
            what: Message::new("open.donor_order"),
            ask: group.held.block.head.ask.clone(),
            readings: order
                .iter()
                .map(|donor| Message::new("reading.donor_first").with("name", name(donor)))
                .collect(),
        });
        order.rotate_left(first.min(order.len() - 1));
    }
}

/// What is open about the first rule has the plain key; about a further one a numbered one.
fn suffix(group: usize) -> String {
    match group {
        0 => String::new(),
        _ => format!(":{}", group + 1),
    }
}

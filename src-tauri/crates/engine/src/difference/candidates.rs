//! 改法 — every change that the rules of the place give a sense to.

use chrono::{Days, NaiveDate};
use gongji_domain::{EmploymentStatus, Message, Part, SettlementEstimate, Yuan};
use gongji_policy::{Body, EdgesOn, InForce, Names, Rules};

use super::changes::{Change, Kind};
use super::{Ground, World};
use crate::settle::age_on;

/// A rule that changed shortly before may not have reached the counter's program yet.
const SHORTLY: i64 = 31;

/// As many stays of a year as tables tell apart, and one more.
const STAYS: u32 = 4;

/// The counter that counts nothing beyond the bill itself.
const THIS_BILL: &str = "this_bill";

impl Ground<'_> {
    /// Every single change of `world`, of which `estimate` is the settlement.
    pub(super) fn changes(&self, world: &World, estimate: &SettlementEstimate) -> Vec<Change> {
        let library = self.rules_of(world);
        let request = &world.request;
        let day = request.visit.settled_on;
        let Some(rules) = library.rules(&request.pool, request.scheme.word(), day) else {
            return Vec::new();
        };
        let mut listed = Listed {
            world,
            rules: &rules,
            changes: Vec::new(),
        };
        listed.classes();
        listed.parts();
        listed.statuses();
        listed.stays();
        self.days(&mut listed);
        self.deductibles(&mut listed);
        listed.used();
        if !library.with_claimed && rules.blocks.iter().any(|held| held.off) {
            let leads = World {
                leads: true,
                ..world.clone()
            };
            listed.add(Kind::Leads, Message::new("explain.leads"), leads);
        }
        self.payers(&mut listed, estimate);
        listed.changes
    }

    /// 哪天的规则 — of a neighbouring day, of the day of admission, of before a recent change; only where
    /// the rules, or the row of the member's age, are others on that day.
    fn days(&self, listed: &mut Listed<'_>) {
        let visit = &listed.world.request.visit;
        let day = visit.settled_on;
        let changed = listed.rules.blocks.iter().map(|held| held.block.head.from);
        let latest = changed.filter(|from| *from <= day).max();
        let before_latest = latest
            .filter(|from| (day - *from).num_days() < SHORTLY)
            .and_then(|from| from.pred_opt());
        let neighbours = [day.pred_opt(), day.succ_opt(), before_latest];
        let mut days: Vec<(NaiveDate, &str)> = visit
            .admitted_on
            .map(|admitted| (admitted, "explain.admission_day"))
            .into_iter()
            .collect();
        for neighbour in neighbours.into_iter().flatten() {
            if !days.iter().any(|(known, _)| *known == neighbour) {
                days.push((neighbour, "explain.day"));
            }
        }
        for (other, code) in days {
            if other == day || !self.differs(listed, other) {
                continue;
            }
            // The stay stays as long as it was.
            let admitted_on = visit.admitted_on.and_then(|admitted| {
                let stayed = u64::try_from((day - admitted).num_days()).ok()?;
                other.checked_sub_days(Days::new(stayed))
            });
            let world = listed.world.with(|request| {
                request.visit.settled_on = other;
                request.visit.admitted_on = admitted_on;
            });
            listed.add(Kind::Day, Message::new(code).with("day", other), world);
        }
    }

    fn differs(&self, listed: &Listed<'_>, other: NaiveDate) -> bool {
        let request = &listed.world.request;
        let library = self.rules_of(listed.world);
        let rules = library.rules(&request.pool, request.scheme.word(), other);
        let same = |one: &InForce<'_>, two: &InForce<'_>| {
            std::ptr::eq(one.block, two.block) && one.assumed == two.assumed
        };
        let here = &listed.rules.blocks;
        let same_rules = rules.is_some_and(|rules| {
            rules.blocks.len() == here.len()
                && rules
                    .blocks
                    .iter()
                    .zip(here)
                    .all(|(one, two)| same(one, two))
        });
        let age = |day| request.member.born.and_then(|born| age_on(born, day));
        !same_rules || age(other) != age(request.visit.settled_on)
    }

    /// 起付线 — not borne at all so far, borne in full, or borne by just so much.
    fn deductibles(&self, listed: &mut Listed<'_>) {
        let counters: Vec<String> = listed
            .of_part()
            .filter_map(|held| match &held.block.body {
                Body::Deductible(rule) => Some(rule.counter.clone()),
                _ => None,
            })
            .filter(|counter| counter != THIS_BILL)
            .collect();
        for counter in counters {
            let Some(standard) = self.standard(listed.world, &counter) else {
                continue;
            };
            let said = |code: &str| Message::new(code);
            let solved = self.borne_before(listed.world, &counter, standard);
            let solved = solved.filter(|borne| !borne.is_zero() && *borne != standard);
            let unused = (Yuan::ZERO, said("explain.deductible_unused"), false);
            let used_up = (standard, said("explain.deductible_used_up"), false);
            let used = solved.map(|borne| {
                let said = said("explain.deductible_used").with("amount", borne);
                (borne, said, true)
            });
            for (borne, said, is_solved) in [unused, used_up].into_iter().chain(used) {
                let borne = borne.to_string();
                if listed.world.counts(&counter) == Some(&borne) {
                    continue;
                }
                let world = listed.world.counting(&counter, &borne);
                listed.changes.push(Change {
                    kind: Kind::Deductible,
                    said,
                    world,
                    is_solved,
                });
            }
        }
    }

    /// 谁付 — the accounts were used, or not, or held just what the slip says they paid.
    fn payers(&self, listed: &mut Listed<'_>, estimate: &SettlementEstimate) {
        let world = listed.world;
        let uses = world.request.visit.use_account;
        let code = match uses {
            true => "explain.account_not_used",
            false => "explain.account_used",
        };
        let turned = world.with(|request| request.visit.use_account = !uses);
        listed.add(Kind::Payers, Message::new(code), turned);
        let cash = self.slip.cash_paid.unwrap_or_default();
        if uses && !cash.is_zero() && cash != world.request.bill.not_account_payable {
            let said = Message::new("explain.not_account_payable").with("amount", cash);
            let world = world.with(|request| request.bill.not_account_payable = cash);
            listed.solved(said, world);
        }
        let offers = world.request.payers.iter().flat_map(|payers| &payers.aid);
        let offers: Vec<_> = offers.collect();
        if !offers.is_empty() {
            let without = world.with(|request| {
                request
                    .payers
                    .iter_mut()
                    .for_each(|payers| payers.aid.clear());
            });
            listed.add(Kind::Payers, Message::new("explain.no_aid"), without);
        }
        let aid = self.slip.mutual_aid_paid.filter(|aid| !aid.is_zero());
        if let (Some(aid), [offer]) = (aid, offers.as_slice()) {
            let said = Message::new("explain.aid_balance")
                .with("donor", &offer.name)
                .with("amount", aid);
            let world = world.with(|request| {
                let offers = request.payers.iter_mut().flat_map(|payers| &mut payers.aid);
                offers.for_each(|offer| offer.balance = aid);
            });
            listed.solved(said, world);
        }
        let own = self.slip.own_account_paid();
        let own = own.or(self.slip.accounts_paid.filter(|_| offers.is_empty()));
        let own = own.filter(|own| uses && !own.is_zero() && !own.is_negative());
        if let (Some(own), Some(first)) = (own, estimate.payers.own.keys().next()) {
            let said = Message::new("explain.own_balance").with("amount", own);
            let world = world.with(|request| {
                let payers = request.payers.get_or_insert_default();
                payers
                    .own
                    .values_mut()
                    .for_each(|balance| *balance = Yuan::ZERO);
                payers.own.insert(first.clone(), own);
            });
            listed.solved(said, world);
        }
    }
}

/// The changes found so far.
struct Listed<'w> {
    world: &'w World,
    rules: &'w Rules<'w>,
    changes: Vec<Change>,
}

impl<'w> Listed<'w> {
    fn add(&mut self, kind: Kind, said: Message, world: World) {
        self.changes.push(Change {
            kind,
            said,
            world,
            is_solved: false,
        });
    }

    fn solved(&mut self, said: Message, world: World) {
        self.changes.push(Change {
            kind: Kind::Payers,
            said,
            world,
            is_solved: true,
        });
    }

    /// The blocks of the benefit that is asked for.
    fn of_part(&self) -> impl Iterator<Item = &'w InForce<'w>> {
        let part = self.world.request.part.word();
        let blocks = self.rules.blocks.iter();
        blocks.filter(move |held| held.file.part == part)
    }

    /// The classes that the tables of a benefit know.
    fn classes_of(&self, part: Part) -> Vec<String> {
        let blocks = self.rules.blocks.iter();
        let mut classes: Vec<String> = blocks
            .filter(|held| held.file.part == part.word())
            .filter_map(|held| match &held.block.body {
                Body::Rate(rate) => Some(&rate.class),
                Body::Deductible(deductible) => Some(&deductible.class),
                _ => None,
            })
            .flatten()
            .filter(|class| *class != "any")
            .cloned()
            .collect();
        classes.sort();
        classes.dedup();
        classes
    }

    fn named(&self, said: Message, class: &str) -> Message {
        said.with("class_name", self.rules.name(class))
            .with("class", class)
    }

    /// 机构类别
    fn classes(&mut self) {
        for class in self.classes_of(self.world.request.part) {
            if self.world.request.visit.class.as_ref() == Some(&class) {
                continue;
            }
            let said = self.named(Message::new("explain.class"), &class);
            let world = self.world.with(|request| request.visit.class = Some(class));
            self.add(Kind::Class, said, world);
        }
    }

    /// 待遇 — at the same class where it has that one, else at each that it has.
    fn parts(&mut self) {
        let asked = &self.world.request;
        for part in Part::ALL.into_iter().filter(|part| *part != asked.part) {
            let classes = self.classes_of(part);
            let said = |code: &str| Message::new(code).with("part", part.word());
            let now = asked.visit.class.as_ref();
            if classes.is_empty() || now.is_some_and(|class| classes.contains(class)) {
                let world = self.world.with(|request| request.part = part);
                self.add(Kind::Part, said("explain.part"), world);
                continue;
            }
            for class in classes {
                let said = self.named(said("explain.part_class"), &class);
                let world = self.world.with(|request| {
                    request.part = part;
                    request.visit.class = Some(class);
                });
                self.add(Kind::Part, said, world);
            }
        }
    }

    /// 在职、退休
    fn statuses(&mut self) {
        let now = self.world.request.member.status;
        let other = match now {
            EmploymentStatus::Active => EmploymentStatus::Retired,
            EmploymentStatus::Retired => EmploymentStatus::Active,
            _ => return,
        };
        let said = Message::new("explain.status").with("status", other.word());
        let world = self.world.with(|request| request.member.status = other);
        self.add(Kind::Status, said, world);
    }

    /// 第几次住院
    fn stays(&mut self) {
        let class = self.world.request.visit.class.clone();
        let names = self.of_part().find_map(|held| match &held.block.body {
            Body::Deductible(rule) => rule.nth_counter.as_ref().map(|names| (names, &rule.class)),
            _ => None,
        });
        let counter = match names {
            Some((Names::One(counter), _)) => Some(counter.clone()),
            Some((Names::Each(counters), classes)) => {
                let column = classes.iter().position(|of| Some(of) == class.as_ref());
                column.and_then(|column| counters.get(column)).cloned()
            }
            None => None,
        };
        let Some(counter) = counter else {
            return;
        };
        for nth in 1..=STAYS {
            let before = (nth - 1).to_string();
            if self.world.counts(&counter) == Some(&before) {
                continue;
            }
            let said = Message::new("explain.nth").with("nth", nth);
            let world = self.world.counting(&counter, &before);
            self.add(Kind::Stay, said, world);
        }
    }

    /// 封顶线用完了，或者已经到了换档的地方
    fn used(&mut self) {
        let mut at: Vec<(String, Option<Yuan>)> = Vec::new();
        for held in self.of_part() {
            match &held.block.body {
                Body::Cap(cap) => {
                    let by = cap.by_basis.iter();
                    let by = by.flat_map(|by| [&by.fund_paid, &by.cost, &by.cost_above_deductible]);
                    let counters = by.flatten().chain([&cap.counter]);
                    at.extend(counters.map(|counter| (counter.clone(), None)));
                }
                Body::Rate(rate) if rate.edges_on != EdgesOn::None => {
                    let edges = rate.rows.iter().filter_map(|row| row.above);
                    let counter = rate.counter.iter();
                    at.extend(counter.flat_map(|counter| {
                        edges.clone().map(|edge| (counter.clone(), Some(edge)))
                    }));
                }
                _ => {}
            }
        }
        at.sort();
        at.dedup();
        for (counter, edge) in at.into_iter().filter(|(counter, _)| counter != THIS_BILL) {
            let value = edge.unwrap_or(Yuan::LIMIT).to_string();
            if self.world.counts(&counter) == Some(&value) {
                continue;
            }
            let said = match edge {
                Some(edge) => Message::new("explain.counter_at").with("amount", edge),
                None => Message::new("explain.cap_reached"),
            };
            let said = said
                .with("counter_name", self.rules.name(&counter))
                .with("counter", &counter);
            let world = self.world.counting(&counter, &value);
            self.add(Kind::Used, said, world);
        }
    }
}

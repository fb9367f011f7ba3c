//! 身份变了 — what another standing of the member would come to, or why nothing is due.

use chrono::{Months, NaiveDate};
use gongji_domain::{Amount, EmploymentStatus, Message, SourceRef, Yuan};
use gongji_policy::{Base, Body, Cell, InForce, Table};

use super::{Founded, GapKind, Look};
use crate::credit::Insured;
use crate::settle::age_on;

/// For how many months a change of standing may still not have reached the place's books.
const LAG: u32 = 3;

impl<'a> Look<'_, 'a> {
    /// Of a credit that did not come at all.
    pub(super) fn standing_changed(&mut self) {
        if let Some(from) = self.changed_lately() {
            let retired = self.spell.status == EmploymentStatus::Retired;
            let (kind, code) = match retired {
                true => (GapKind::Retired, "gap.retired.lately"),
                false => (GapKind::Moved, "gap.moved"),
            };
            let evidence = Message::new("gap.changed.seen")
                .with("day", from)
                .with("status", self.spell.status.word());
            let what = Message::new(code);
            self.note(Founded::Seen, kind, what, vec![evidence], self.membership());
        }
        if !self.contributes() {
            return;
        }
        let in_a_row = self.in_a_row();
        let (founded, evidence) = match in_a_row {
            2.. => (
                Founded::Seen,
                vec![Message::new("gap.stopped.in_a_row").with("n", in_a_row)],
            ),
            _ => (Founded::Possible, Vec::new()),
        };
        let what = Message::new("gap.stopped");
        let source = self.membership().or_else(|| self.credit_source());
        self.note(founded, GapKind::Stopped, what, evidence, source);
    }

    /// Of a credit with another sum: which standing would come to just that; what is possible where
    /// none does.
    pub(super) fn other_standing(&mut self, came: Yuan) {
        let before = self.found.len();
        self.withheld_otherwise(came);
        self.as_not_retired(came);
        self.as_of_another_age(came);
        self.on_another_base(came);
        if self.found.len() == before {
            self.as_the_month_before(came);
        }
        if self.found.len() == before {
            self.what_is_possible();
        }
    }

    /// The first day of an enrollment or status that began shortly before.
    fn changed_lately(&self) -> Option<NaiveDate> {
        let from = self.spell.from;
        let first = self
            .month
            .first_day()
            .checked_sub_months(Months::new(LAG))?;
        let another = self.person.spells.iter().any(|other| other.from < from);
        (another && first <= from).then_some(from)
    }

    /// How many months one after the other, this one the last, have no credit.
    fn in_a_row(&self) -> usize {
        let months = (0..12).map(|back| self.month.plus(-back));
        let opened = self.account.opened_on;
        months
            .take_while(|month| month.last_day() >= opened && !self.has_credit(*month))
            .count()
    }

    fn membership(&self) -> Option<SourceRef> {
        self.source_of(|held| matches!(held.block.body, Body::StatusRule(_)))
    }

    fn insured(&self) -> Insured {
        self.spell.insured(self.person)
    }

    /// What the member would have been credited for the month, were `change` so.
    fn were(&self, change: impl FnOnce(&mut Insured)) -> Option<Yuan> {
        let mut insured = self.insured();
        change(&mut insured);
        self.net(self.month, &insured)
    }

    /// Nothing was withheld, it was withheld twice, or what is taken on another day went with it.
    fn withheld_otherwise(&mut self, came: Yuan) {
        let due = self.credits.due.iter().find(|due| due.kind.is_regular());
        let Some((gross, withheld)) =
            due.and_then(|due| Some((due.gross.exact()?, due.withheld.exact()?)))
        else {
            return;
        };
        let less = gross - withheld - came;
        let of_withheld = |held: &InForce<'a>| match &held.block.body {
            Body::Withheld(body) => Some(body),
            _ => None,
        };
        let rules = self.rules.clone();
        let blocks = rules.iter().flat_map(|rules| &rules.blocks);
        let facts = self.spell.row_facts(self.person, self.month.first_day());
        let named = blocks
            .filter(|held| !held.off)
            .filter_map(|held| Some((held, of_withheld(held)?)));
        let fits = named.into_iter().find(|(_, body)| {
            let ladder = Table::of(&body.class, &body.rows).ladder("any", &facts);
            let sum = ladder.ok().and_then(|ladder| match ladder.first()?.1 {
                Cell::Yuan(sum) => Some(sum),
                _ => None,
            });
            sum.is_some_and(|sum| !sum.is_zero() && (sum == less || sum == -less))
        });
        let Some((held, body)) = fits else {
            if came == gross && !withheld.is_zero() {
                let evidence = Message::new("gap.withheld.gross").with("amount", gross);
                let source = self.source_of(|held| of_withheld(held).is_some());
                let what = Message::new("gap.withheld.not");
                self.note(
                    Founded::Fits,
                    GapKind::Withheld,
                    what,
                    vec![evidence],
                    source,
                );
            }
            return;
        };
        let more = !less.is_negative();
        let what = Message::new(match more {
            true => "gap.withheld.more",
            false => "gap.withheld.not",
        });
        let evidence = Message::new(match more {
            true => "gap.withheld.is",
            false => "gap.withheld.was_not",
        })
        .with("item", &body.name)
        .with("amount", if more { less } else { -less });
        let source = held.source();
        self.note(
            Founded::Fits,
            GapKind::Withheld,
            what,
            vec![evidence],
            source,
        );
    }

    /// Still credited as in service, or already as a retiree.
    fn as_not_retired(&mut self, came: Yuan) {
        let retired = self.spell.status == EmploymentStatus::Retired;
        let sum = self.were(|insured| {
            if retired {
                insured.status = EmploymentStatus::Active;
                insured.retired_on = None;
            } else {
                insured.status = EmploymentStatus::Retired;
            }
        });
        if sum != Some(came) {
            return;
        }
        let what = Message::new(match retired {
            true => "gap.retired.not_yet",
            false => "gap.retired.already",
        });
        let evidence = self.comes_to(came);
        let source = self.credit_source();
        self.note(Founded::Fits, GapKind::Retired, what, evidence, source);
    }

    /// In the age band of a year before, or already in that of a year later.
    fn as_of_another_age(&mut self, came: Yuan) {
        let Some(born) = self.person.member.born else {
            return;
        };
        let age = age_on(born, self.month.first_day());
        let year = Months::new(12);
        let younger = self.were(|insured| insured.born = born.checked_add_months(year));
        let older = self.were(|insured| insured.born = born.checked_sub_months(year));
        let code = match (younger, older) {
            (Some(sum), _) if sum == came => "gap.age.not_yet",
            (_, Some(sum)) if sum == came => "gap.age.already",
            _ => return,
        };
        let what = Message::new(code).with("age", age.unwrap_or_default());
        let evidence = self.comes_to(came);
        let source = self.credit_source();
        self.note(Founded::Fits, GapKind::Age, what, evidence, source);
    }

    /// On the floor, on the cap, or on a base in between that comes to just that.
    fn on_another_base(&mut self, came: Yuan) {
        let rules = self.rules.clone();
        let Some((held, base)) = rules.as_deref().and_then(|rules| {
            rules.blocks.iter().find_map(|held| match &held.block.body {
                Body::Base(base) if !held.off => Some((held, &**base)),
                _ => None,
            })
        }) else {
            return;
        };
        let Some((base, code)) = self.base_for(base, came) else {
            return;
        };
        let stated = self.spell.enrollment.contribution_base;
        let mut evidence = vec![Message::new(code).with("base", base)];
        evidence.extend(stated.map(|stated| Message::new("gap.base.stated").with("base", stated)));
        let what = Message::new("gap.base");
        self.note(Founded::Fits, GapKind::Base, what, evidence, held.source());
    }

    /// The base that comes to `came`, and how it is told.
    fn base_for(&self, limits: &Base, came: Yuan) -> Option<(Yuan, &'static str)> {
        let side = |cell: Cell| match cell {
            Cell::Yuan(yuan) => Some(yuan),
            _ => None,
        };
        let (floor, cap) = (side(limits.floor)?, side(limits.cap)?);
        let on = |base: Yuan| self.were(|insured| insured.base = Some(base));
        let (least, most) = (on(floor)?, on(cap)?);
        if least >= most || came < least || most < came {
            return None;
        }
        if came == least || came == most {
            let (base, code) = match came == least {
                true => (floor, "gap.base.floor"),
                false => (cap, "gap.base.cap"),
            };
            return Some((base, code));
        }
        let share = i128::from((came - least).fen()) * i128::from((cap - floor).fen());
        let above = share / i128::from((most - least).fen());
        let exact = floor + Yuan::from_fen(i64::try_from(above).ok()?);
        // A whole yuan is what stands on papers; only what really comes to the sum is said.
        let whole = Yuan::from_fen((exact.fen() + 50) / 100 * 100);
        let found = [whole, exact]
            .into_iter()
            .find(|base| on(*base) == Some(came))?;
        Some((found, "gap.base.fits"))
    }

    /// Just what the month before came to, though something has changed since.
    fn as_the_month_before(&mut self, came: Yuan) {
        let before = self.month.plus(-1);
        if self.net_of(before) != Some(came) {
            return;
        }
        let evidence = Message::new("gap.rules.before")
            .with("month", before)
            .with("amount", came);
        let what = Message::new("gap.rules");
        let source = self.credit_source();
        self.note(Founded::Fits, GapKind::Rules, what, vec![evidence], source);
    }

    fn comes_to(&self, came: Yuan) -> Vec<Message> {
        vec![Message::new("gap.comes_to").with("amount", came)]
    }

    /// Where no standing comes to the sum: on what it depends at all.
    fn what_is_possible(&mut self) {
        let enrollment = self.spell.enrollment;
        if let Some(stated) = enrollment.frozen_credit {
            let evidence = Message::new("gap.entered.stated").with("amount", stated);
            let what = Message::new("gap.entered");
            let source = self.credit_source();
            self.note(
                Founded::Seen,
                GapKind::Entered,
                what,
                vec![evidence],
                source,
            );
        }
        let on = |base: i64| self.were(|insured| insured.base = Some(Yuan::from_fen(base)));
        if on(100) != on(100_000_000) {
            let evidence = enrollment.contribution_base;
            let evidence =
                evidence.map(|stated| Message::new("gap.base.stated").with("base", stated));
            let what = Message::new("gap.base");
            let source = self.source_of(|held| matches!(held.block.body, Body::Base(_)));
            let source = source.or_else(|| self.credit_source());
            let evidence = evidence.into_iter().collect();
            self.note(Founded::Possible, GapKind::Base, what, evidence, source);
        }
        let source = self.source_of(|held| matches!(held.block.body, Body::Withheld(_)));
        let due = self.credits.due.iter().find(|due| due.kind.is_regular());
        let nothing = due.is_none_or(|due| due.withheld == Amount::Exact(Yuan::ZERO));
        if source.is_some() && !nothing {
            let what = Message::new("gap.withheld");
            self.note(
                Founded::Possible,
                GapKind::Withheld,
                what,
                Vec::new(),
                source,
            );
        }
    }
}

//! What happens to accounts: recorded in one step, seen from both sides, refused with the reason.
#![allow(clippy::unwrap_used)] // a bad sample fails the test

mod conserved;
#[path = "../family/mod.rs"]
mod family;
mod gifts;
mod moved;
mod paid_for;
mod refunds;
mod refused;
mod returned;

use family::{day, today, yuan};
use gongji_api::{
    AccountId, AccountKind, ApiError, Bill, CloseWhy, EmploymentStatus, EnrollmentDraft,
    EntryDraft, EntryId, EntryKind, EstimateDraft, GiveWay, Gongji, Household, Leg, MemberDraft,
    MemberId, Movement, MovementDraft, MovementView, OverdraftDraft, Part, PoolId, PremiumKind,
    ProjectionRequest, RefundBack, Relation, Scheme, SettlementId, SetupBinding, SetupDraft, Shelf,
    Special, Steps, SubAccountId, Yuan,
};

const BEIJING: &str = "110000";
const FUZHOU: &str = "350100";
const GUANGZHOU: &str = "440100";

fn enrolled(pool: &str, scheme: Scheme) -> EnrollmentDraft {
    EnrollmentDraft {
        pool: PoolId::from(pool),
        scheme,
        plan: match scheme {
            Scheme::Employee => "with_account".to_owned(),
            Scheme::Resident => "resident".to_owned(),
        },
        status: EmploymentStatus::Active,
        from: day("2025-01-01"),
        until: None,
        contribution_base: None,
        retired_on: None,
        insured_months: None,
        special: Special::None,
        pension: None,
        frozen_credit: None,
        employer: None,
        first_enrollment: false,
        back_paid: None,
        back_paid_on: None,
    }
}

fn member(name: &str, pool: &str, balances: &[(&str, &str)], cash: Option<&str>) -> MemberDraft {
    let scheme = if balances.is_empty() {
        Scheme::Resident
    } else {
        Scheme::Employee
    };
    MemberDraft {
        name: name.to_owned(),
        born: Some(day("1980-03-01")),
        enrollment: Some(enrolled(pool, scheme)),
        balances: balances
            .iter()
            .map(|(sub, amount)| (SubAccountId::from(*sub), yuan(amount)))
            .collect(),
        balances_as_of: Some(day("2026-11-01")),
        cash: cash.map(yuan),
        counters: match scheme {
            Scheme::Employee if pool == BEIJING => [
                ("op_deductible".to_owned(), "1800.00".to_owned()),
                ("op_fund".to_owned(), "0.00".to_owned()),
            ]
            .into(),
            _ => Default::default(),
        },
        counters_as_of: Some(day("2026-11-01")),
        credit_day: None,
    }
}

/// 妈妈在北京：个人账户 500，可提现的存折 100，现金 1000；儿子在北京：2000，绑定给妈妈；爸爸在福州：5000；
/// 奶奶是北京居民，没有账户。
struct Family {
    gongji: Gongji,
    _folder: tempfile::TempDir,
}

impl Family {
    fn new() -> Family {
        let folder = tempfile::tempdir().unwrap();
        let mut gongji = Gongji::open_file(folder.path().join("h.sqlite"), Shelf::shipped(false));
        let draft = SetupDraft {
            name: "家".to_owned(),
            members: vec![
                member(
                    "妈妈",
                    BEIJING,
                    &[("book", "500.00"), ("passbook", "100.00")],
                    Some("1000.00"),
                ),
                member("儿子", BEIJING, &[("book", "2000.00")], None),
                member("爸爸", FUZHOU, &[("book", "5000.00")], None),
                member("奶奶", BEIJING, &[], None),
            ],
            bindings: vec![SetupBinding {
                donor: 1,
                recipient: 0,
                relation: Relation::Parent,
                bound_on: day("2025-06-01"),
            }],
        };
        gongji.setup_save(today(), &draft).unwrap();
        Family {
            gongji,
            _folder: folder,
        }
    }

    fn id(&self, name: &str) -> MemberId {
        self.gongji.members_named(name).unwrap()[0]
    }

    fn household(&self) -> Household {
        serde_json::from_str(&self.json()).unwrap()
    }

    fn json(&self) -> String {
        self.gongji.export_text().unwrap()
    }

    fn account(&self, name: &str, kind: AccountKind) -> AccountId {
        let owner = self.id(name);
        let household = self.household();
        let mut accounts = household.accounts.iter();
        accounts
            .find(|known| known.owner == owner && known.kind == kind)
            .unwrap()
            .id
    }

    fn book(&self, name: &str) -> AccountId {
        self.account(name, AccountKind::Insurance)
    }

    fn draft(&self, on: &str, movement: Movement) -> MovementDraft {
        MovementDraft {
            on: day(on),
            memo: String::new(),
            movement,
        }
    }

    fn look(&self, movement: Movement) -> Result<MovementView, ApiError> {
        self.gongji
            .movement_preview(today(), &self.draft("2026-11-20", movement))
    }

    fn record(&mut self, movement: Movement) -> Result<(), ApiError> {
        let draft = self.draft("2026-11-20", movement);
        self.gongji.movement_record(today(), &draft).map(drop)
    }

    /// Every part of every account that is not empty: 「妈妈 book 500.00」.
    fn balances(&self) -> Vec<String> {
        let household = self.household();
        let mut told = Vec::new();
        for member in &household.members {
            let detail = self.gongji.member_detail(today(), member.id).unwrap();
            for account in detail.accounts {
                for sub in account.subs.iter().filter(|sub| !sub.balance.is_zero()) {
                    let part = sub.sub.as_ref().map_or("cash", |sub| sub.0.as_str());
                    told.push(format!("{} {part} {}", member.name, sub.balance));
                }
            }
        }
        told
    }

    fn give(&self, from: &str, to: &str, way: GiveWay, amount: &str) -> Movement {
        Movement::Give {
            from: self.book(from),
            sub: SubAccountId::from("book"),
            to: self.id(to),
            relation: Relation::Child,
            way,
            amount: yuan(amount),
            at: None,
        }
    }

    fn withdraw(&self, sub: &str, amount: &str) -> Movement {
        Movement::Withdraw {
            from: self.book("妈妈"),
            sub: SubAccountId::from(sub),
            amount: yuan(amount),
        }
    }

    /// 医院，2000 元：报销 1400，自己 600：账户 500，儿子 100。
    fn bill(&mut self) -> SettlementId {
        let visit = EstimateDraft {
            member: self.id("妈妈"),
            part: Part::GeneralOutpatient,
            class: Some("hospital".to_owned()),
            settled_on: day("2026-11-18"),
            admitted_on: None,
            contract: false,
            use_account: true,
            bill: Bill::of_total(yuan("2000.00")),
            so_far: Default::default(),
        };
        self.gongji
            .settlement_record(today(), &visit, None)
            .unwrap();
        self.gongji.settlements(self.id("妈妈")).unwrap()[0].id
    }

    fn counter(&self, id: &str) -> Option<String> {
        let detail = self.gongji.member_detail(today(), self.id("妈妈")).unwrap();
        let mut counters = detail.counters.into_iter();
        counters.find(|known| known.id == id).unwrap().value
    }
}

const BEGINNING: [&str; 5] = [
    "妈妈 passbook 100.00",
    "妈妈 book 500.00",
    "妈妈 cash 1000.00",
    "儿子 book 2000.00",
    "爸爸 book 5000.00",
];

/// What a look says of a refusal: the rule's, or the form's.
fn refused(seen: Result<MovementView, ApiError>) -> Option<String> {
    match seen {
        Ok(view) => view.refused.map(|refused| refused.message.code),
        Err(error) => Some(error.message.code),
    }
}

fn notes(view: &MovementView) -> Vec<&str> {
    view.notes.iter().map(|note| note.code.as_str()).collect()
}

fn changes(view: &MovementView) -> Vec<String> {
    let told = view.changes.iter().map(|change| {
        let part = change.sub.as_ref().map_or("cash", |sub| sub.0.as_str());
        let (before, amount, after) = (change.before, change.amount, change.after);
        format!("{} {part} {before} {amount} {after}", change.member)
    });
    told.collect()
}

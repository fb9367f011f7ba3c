//! 统筹区与表单 — which places there are and what can be asked there.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use gongji_domain::{Part, PoolId, Scheme, SubAccountId};
use gongji_engine::is_count;
use gongji_policy::{Body, Cell, Pool, Row, Rules, describe};

use crate::words::named;
use crate::{
    ApiError, BaseRange, ClassChoice, CounterChoice, Gongji, Language, OfRetirees, Place,
    PlaceForm, PlanChoice, SubChoice, place, words,
};

impl Gongji {
    /// 全部统筹区，有规则的在前
    pub fn places(&self) -> Vec<Place> {
        let language = self.language();
        let mut places: Vec<Place> = self
            .library
            .pools
            .iter()
            .filter(|pool| pool.id.0 != "000000")
            .map(|pool| Place {
                pool: pool.id.clone(),
                name: place(language, &pool.name),
                province: place(language, &self.province_name(pool)),
                has_rules: self.has_rules(&pool.id),
            })
            .collect();
        places.sort_by(|a, b| (!a.has_rules, &a.pool).cmp(&(!b.has_rules, &b.pool)));
        places
    }

    fn province_name(&self, pool: &Pool) -> String {
        self.library
            .provinces
            .get(&pool.province)
            .cloned()
            .unwrap_or_default()
    }

    /// Whether any policy file speaks of this very pool.
    pub(crate) fn has_rules(&self, pool: &PoolId) -> bool {
        self.library.files.iter().any(|file| file.pool == *pool)
    }

    /// The name of a pool; its identifier where it is not in the list.
    pub(crate) fn place_name(&self, pool: &PoolId) -> String {
        self.library
            .pool(pool)
            .map_or_else(|| pool.0.clone(), |pool| pool.name.clone())
    }

    /// The language of the window.
    pub(crate) fn language(&self) -> Language {
        self.settings().map_or(Language::default(), |settings| {
            Language::of(&settings.language)
        })
    }

    /// A place's name as the window shows it; what is kept stays Chinese.
    pub(crate) fn place_named(&self, name: &str) -> String {
        place(self.language(), name)
    }

    /// The same by the pool.
    pub(crate) fn place_shown(&self, pool: &PoolId) -> String {
        self.place_named(&self.place_name(pool))
    }

    /// What a place calls its own, as the window shows it.
    pub(crate) fn named(&self, name: &str, word: &str) -> String {
        named(self.language(), name, word)
    }

    /// 某地某日的表单
    ///
    /// # Errors
    /// Where the pool is not in the list.
    pub fn place_form(
        &self,
        pool: &PoolId,
        scheme: Scheme,
        on: NaiveDate,
        language: Language,
    ) -> Result<PlaceForm, ApiError> {
        let rules = self
            .library
            .rules(pool, scheme.word(), on)
            .ok_or_else(|| ApiError::gone("pool"))?;
        Ok(PlaceForm {
            pool: pool.clone(),
            name: place(language, &rules.pool.name),
            has_rules: self.has_rules(pool),
            plans: shown(language, plans(&rules)),
            subs: shown(language, subs(&rules)),
            classes: shown(
                language,
                Part::ALL
                    .into_iter()
                    .flat_map(|part| classes(&rules, part))
                    .collect(),
            ),
            counters: shown(language, counters(&rules)),
            base: base(&rules),
            arrival: arrival(&rules, language),
            of_retirees: of_retirees(&rules),
        })
    }
}

/// Something that a place names itself, with the word of its block.
pub(crate) trait OfPlace {
    fn name_and_word(&mut self) -> (&mut String, &str);
}

macro_rules! of_place {
    ($($choice:ident: $id:ident $(.$inner:tt)?),*) => {
        $(impl OfPlace for $choice {
            fn name_and_word(&mut self) -> (&mut String, &str) {
                (&mut self.name, &self.$id$(.$inner)?)
            }
        })*
    };
}
of_place!(PlanChoice: id, SubChoice: id.0, ClassChoice: id, CounterChoice: id);

/// The same, each by its name in the language.
pub(crate) fn shown<T: OfPlace>(language: Language, mut choices: Vec<T>) -> Vec<T> {
    for choice in &mut choices {
        let (name, word) = choice.name_and_word();
        *name = named(language, name, word);
    }
    choices
}

fn plans(rules: &Rules<'_>) -> Vec<PlanChoice> {
    rules
        .blocks
        .iter()
        .filter_map(|held| match &held.block.body {
            Body::Plan(plan) => Some(PlanChoice {
                id: held.block.head.id.clone().unwrap_or_default(),
                name: plan.name.clone(),
                has_account: match plan.has_account.as_str() {
                    "true" => Some(true),
                    "false" => Some(false),
                    _ => None,
                },
            }),
            _ => None,
        })
        .collect()
}

/// 子账户，按规则里的先后
pub(crate) fn subs(rules: &Rules<'_>) -> Vec<SubChoice> {
    rules
        .blocks
        .iter()
        .filter_map(|held| match &held.block.body {
            Body::SubAccount(sub) => Some(SubChoice {
                id: SubAccountId(held.block.head.id.clone().unwrap_or_default()),
                name: sub.name.clone(),
                withdrawable: sub.withdrawable == Some(true),
            }),
            _ => None,
        })
        .collect()
}

/// 某一待遇的机构类别
pub(crate) fn classes(rules: &Rules<'_>, part: Part) -> Vec<ClassChoice> {
    rules
        .blocks
        .iter()
        .filter_map(|held| match &held.block.body {
            Body::Class(class) if class.parts.iter().any(|of| of == part.word()) => {
                Some(ClassChoice {
                    part,
                    id: held.block.head.id.clone().unwrap_or_default(),
                    name: class.name.clone(),
                })
            }
            _ => None,
        })
        .collect()
}

/// 累计数，按规则里的先后
pub(crate) fn counters(rules: &Rules<'_>) -> Vec<CounterChoice> {
    rules
        .blocks
        .iter()
        .filter_map(|held| match &held.block.body {
            Body::Counter(counter) => Some(CounterChoice {
                id: held.block.head.id.clone().unwrap_or_default(),
                name: counter.name.clone(),
                is_count: is_count(counter),
                parts: Part::ALL
                    .into_iter()
                    .filter(|part| counter.of.iter().any(|of| of == part.word()))
                    .collect(),
            }),
            _ => None,
        })
        .collect()
}

/// What the rows for retirees are worked out from, or chosen by, that stands in no rule.
fn of_retirees(rules: &Rules<'_>) -> OfRetirees {
    let rows: Vec<&Row> = rules
        .blocks
        .iter()
        .filter_map(|held| held.block.body.table())
        .flat_map(|table| table.rows)
        .filter(|row| {
            row.status
                .as_deref()
                .is_none_or(|status| ["any", "retired"].contains(&status))
        })
        .collect();
    let of = |word: &str| rows.iter().any(|row| row.of.as_deref() == Some(word));
    let employers: BTreeSet<&String> = rows
        .iter()
        .filter_map(|row| row.employer.as_ref())
        .filter(|word| *word != "any")
        .collect();
    OfRetirees {
        pension: of("pension"),
        frozen_credit: of("entered") || rows.iter().any(|row| row.values.contains(&Cell::Entered)),
        employers: employers.into_iter().cloned().collect(),
    }
}

fn base(rules: &Rules<'_>) -> Option<BaseRange> {
    rules.blocks.iter().find_map(|held| match &held.block.body {
        Body::Base(base) if !held.off => Some(BaseRange {
            floor: yuan(base.floor),
            cap: yuan(base.cap),
            assumed: held.assumed,
        }),
        _ => None,
    })
}

fn yuan(cell: Cell) -> Option<gongji_domain::Yuan> {
    match cell {
        Cell::Yuan(yuan) => Some(yuan),
        _ => None,
    }
}

/// 到账日 — as the policy screen words it; nothing where the rule does not name one.
fn arrival(rules: &Rules<'_>, language: Language) -> Option<String> {
    let held = rules
        .blocks
        .iter()
        .find(|held| matches!(&held.block.body, Body::Arrival(rule) if rule.day.is_some()))?;
    let facts = describe(held, &|word| rules.name(word)).facts;
    let (_, day) = facts
        .iter()
        .find(|(name, _)| name.is_text("field.arrives"))?;
    Some(words(language, day))
}

//! 本户说的数 — what a member of the household knows better about their place: one figure of one block,
//! from a day on. The block is copied with that figure into a file of the household's own layer.

use chrono::NaiveDate;
use gongji_domain::{BlockRef, HouseholdPolicy, Message, PoolId};
use gongji_policy::{BlockChange, ChangeKind, InForce, Library, OWN, Rules, describe, difference};

use super::{added, document, problems_of};
use crate::{
    ApiError, Gongji, Language, OwnRule, OwnRuleDraft, PolicyChange, RulesPreview, Status, heading,
    policy_changes,
};

/// All added files with one statement more, and where that now stands.
pub(super) struct Stated {
    pub(super) files: Vec<HouseholdPolicy>,
    pub(super) block: BlockRef,
}

impl Gongji {
    /// 看一看本户说的一个数 — what would be different with it.
    ///
    /// # Errors
    /// Where the figure cannot be read, the rule does not apply on that day, or no source is named.
    pub fn own_rule_preview(
        &self,
        today: NaiveDate,
        draft: &OwnRuleDraft,
        language: Language,
    ) -> Result<RulesPreview, ApiError> {
        let stated = self.with_statement(today, draft)?;
        let new = self.shelf.library(&stated.files);
        let change = self.told_change(&new, draft, &stated.block, language);
        self.preview(today, &new, || change.into_iter().collect())
    }

    /// 存本户说的一个数
    ///
    /// # Errors
    /// As [`Gongji::own_rule_preview`]; where the rule would be unsound, or the record cannot be written.
    pub fn own_rule_save(
        &mut self,
        today: NaiveDate,
        draft: &OwnRuleDraft,
    ) -> Result<Status, ApiError> {
        let stated = self.with_statement(today, draft)?;
        let new = self.shelf.library(&stated.files);
        self.refuse_errors("figure", &new)?;
        self.keep(
            today,
            &Message::new("step_name.own_rule_save"),
            &stated.files,
        )
    }

    /// 去掉本户说的一个数 — the block as [`Gongji::own_rules`] names it.
    ///
    /// # Errors
    /// Where it is not there any more, or the record cannot be written.
    pub fn own_rule_remove(
        &mut self,
        today: NaiveDate,
        block: &BlockRef,
    ) -> Result<Status, ApiError> {
        let mut files = self.added.clone();
        let own = |file: &&mut HouseholdPolicy| file.pack.is_none() && file.path == block.file;
        let file = files.iter_mut().find(own);
        let file = file.ok_or_else(|| ApiError::gone("rule"))?;
        // Of a file that cannot be read nothing else is left to keep.
        let left = match document::read(&file.text) {
            Ok(mut document) => {
                if !document::take_out(&mut document, block) {
                    return Err(ApiError::gone("rule"));
                }
                file.text = document::written(&document)?;
                document::statements(&document).len()
            }
            Err(_) => 0,
        };
        if left == 0 {
            files.retain(|file| file.path != block.file);
        }
        self.keep(today, &Message::new("step_name.own_rule_remove"), &files)
    }

    pub(super) fn with_statement(
        &self,
        today: NaiveDate,
        draft: &OwnRuleDraft,
    ) -> Result<Stated, ApiError> {
        if draft.source.trim().is_empty() {
            return Err(wrong("source", Message::new("error.blank")));
        }
        if draft.until.is_some_and(|until| until < draft.from) {
            return Err(wrong("until", Message::new("error.ends_before_start")));
        }
        let rules = self
            .library
            .rules(&draft.pool, draft.scheme.word(), draft.from);
        let rules = rules.ok_or_else(|| ApiError::gone("pool"))?;
        let held = find(&rules, &draft.block).ok_or_else(|| {
            let not_then = Message::new("error.rule_not_then").with("date", draft.from);
            wrong("from", not_then)
        })?;
        let text = self.text_of(&draft.block.file);
        let text = text.ok_or_else(|| ApiError::gone("rule"))?;
        let copied = document::copy(text, held, draft)?;

        let path = path_of(draft, held);
        let mut files = self.added.clone();
        let known = files.iter().position(|file| file.path == path);
        let mut own = match known {
            Some(at) => document::read(&files[at].text)?,
            None => document::head(draft, held),
        };
        let block = BlockRef {
            file: path.clone(),
            from: draft.from,
            ..draft.block.clone()
        };
        // Of one day there is one rule: the later word counts.
        document::take_out(&mut own, &block);
        refuse_overlap(&own, &block, draft.until)?;
        document::put_in(&mut own, copied, draft);
        let text = document::written(&own)?;
        match known {
            Some(at) => files[at].text = text,
            None => files.push(added(today, path, None, text)),
        }
        Ok(Stated { files, block })
    }

    /// The text of a file of the library.
    fn text_of(&self, path: &str) -> Option<&str> {
        let own = self.added.iter().find(|file| file.path == path);
        own.map(|file| file.text.as_str())
            .or_else(|| self.shelf.text(path))
    }

    /// What a statement makes different of the rule that is now in force.
    fn told_change(
        &self,
        new: &Library,
        draft: &OwnRuleDraft,
        block: &BlockRef,
        language: Language,
    ) -> Option<PolicyChange> {
        let scheme = draft.scheme.word();
        let then = self.library.rules(&draft.pool, scheme, draft.from)?;
        let now = new.rules(&draft.pool, scheme, draft.from)?;
        let change = change(new, &now, find(&then, &draft.block)?, find(&now, block)?);
        let differs = !change.changes.is_empty();
        differs.then(|| policy_changes(language, &[change]).pop())?
    }

    /// What the household has said, file by file.
    pub(super) fn stated_rules(&self, language: Language) -> Vec<OwnRule> {
        let own = self.added.iter().filter(|file| file.pack.is_none());
        own.flat_map(|file| self.stated_in(file, language))
            .collect()
    }

    fn stated_in(&self, file: &HouseholdPolicy, language: Language) -> Vec<OwnRule> {
        let bare = |block| OwnRule {
            block,
            place: file.path.clone(),
            scheme: String::new(),
            part: String::new(),
            title: None,
            changes: Vec::new(),
            until: None,
            source: String::new(),
            problems: problems_of(&self.library, &file.path).collect(),
        };
        let Ok(document) = document::read(&file.text) else {
            let nothing = BlockRef {
                file: file.path.clone(),
                block: String::new(),
                id: None,
                from: file.added_on,
            };
            return vec![bare(nothing)];
        };
        let (pool, scheme, part) = document::place(&document);
        let pool = PoolId(pool);
        let statements = document::statements(&document).into_iter();
        let rules = statements.map(|statement| {
            let block = BlockRef {
                file: file.path.clone(),
                ..statement.block
            };
            let rule = OwnRule {
                place: self.place_shown(&pool),
                scheme: scheme.clone(),
                part: part.clone(),
                until: statement.until,
                source: statement.source,
                ..bare(block.clone())
            };
            match self.told_rule(&pool, &scheme, &block, language) {
                Some((title, change)) => OwnRule {
                    title: Some(title),
                    changes: change.map_or_else(Vec::new, |change| change.changes),
                    problems: Vec::new(),
                    ..rule
                },
                None => rule,
            }
        });
        rules.collect()
    }

    /// The title of a statement that is in force from its day on, and what it makes different of the
    /// place's rule.
    fn told_rule(
        &self,
        pool: &PoolId,
        scheme: &str,
        block: &BlockRef,
        language: Language,
    ) -> Option<(String, Option<PolicyChange>)> {
        let rules = self.library.rules(pool, scheme, block.from)?;
        let own = find(&rules, block)?;
        let title = describe(own, &|word| rules.name(word)).title;
        let of_place = self.library.rules_of_place(pool, scheme, block.from)?;
        let replaced = of_place.blocks.iter().find(|held| same(held, own));
        let change = replaced.and_then(|replaced| {
            let change = change(&self.library, &rules, replaced, own);
            policy_changes(language, &[change]).pop()
        });
        Some((heading(language, &title), change))
    }
}

fn wrong(field: &str, message: Message) -> ApiError {
    ApiError::input(field, message)
}

fn find<'r, 'a>(rules: &'r Rules<'a>, block: &BlockRef) -> Option<&'r InForce<'a>> {
    rules.blocks.iter().find(|held| held.reference() == *block)
}

/// Whether two blocks are about the same thing: part, layer, name and identity.
fn same(one: &InForce<'_>, other: &InForce<'_>) -> bool {
    let of_layer = |held: &InForce<'_>| {
        let is_layer = held.file.part == "layer";
        is_layer.then(|| file_name(&held.file.path).to_owned())
    };
    one.file.part == other.file.part
        && of_layer(one) == of_layer(other)
        && one.block.name == other.block.name
        && one.block.identity() == other.block.identity()
}

fn change(
    library: &Library,
    rules: &Rules<'_>,
    before: &InForce<'_>,
    after: &InForce<'_>,
) -> BlockChange {
    BlockChange {
        block: after.reference(),
        place: gongji_policy::Phrase::name(&rules.pool.name),
        scheme: after.file.scheme.clone(),
        part: after.file.part.clone(),
        title: describe(after, &|word| rules.name(word)).title,
        kind: ChangeKind::Changed,
        changes: difference(library, *before, *after),
    }
}

/// The file of the household's own layer for what a statement is about.
fn path_of(draft: &OwnRuleDraft, held: &InForce<'_>) -> String {
    let name = file_name(&held.file.path);
    format!("{OWN}{}/{}/{name}", draft.pool, draft.scheme.word())
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Two statements about one thing may follow one another; one may not end or begin within the other,
/// because nobody knows then what holds after it.
fn refuse_overlap(
    own: &toml::Table,
    block: &BlockRef,
    until: Option<NaiveDate>,
) -> Result<(), ApiError> {
    for known in document::statements(own) {
        if (&known.block.block, &known.block.id) != (&block.block, &block.id) {
            continue;
        }
        let overlaps = if known.block.from < block.from {
            match known.until {
                Some(end) => end >= block.from,
                None => until.is_some(),
            }
        } else {
            until.is_some_and(|until| until >= known.block.from)
        };
        if overlaps {
            let message = match known.until {
                Some(end) => Message::new("error.rule_overlap").with("until", end),
                None => Message::new("error.rule_overlap_open"),
            };
            return Err(wrong("from", message.with("from", known.block.from)));
        }
    }
    Ok(())
}

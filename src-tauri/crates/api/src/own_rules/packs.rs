//! 政策包 — looked at, added, removed.

use std::path::Path;

use chrono::NaiveDate;
use gongji_domain::{HouseholdPolicy, Message};

use super::folder::{self, Pack};
use super::{added, problems_of};
use crate::{ApiError, Gongji, Language, PolicyPack, RulesPreview, Status, policy_changes};

impl Gongji {
    /// 看一看一个政策包 — what would be different with the policy files below a folder, or with one file.
    ///
    /// # Errors
    /// Where it cannot be read or holds no policy file.
    pub fn pack_preview(
        &self,
        today: NaiveDate,
        path: &str,
        language: Language,
    ) -> Result<RulesPreview, ApiError> {
        let pack = read(path)?;
        let files = self.with_pack(today, &pack)?;
        let new = self.shelf.library(&files);
        let changes = || policy_changes(language, &gongji_policy::diff(&self.library, &new));
        Ok(RulesPreview {
            replaces: self.packed().any(|(name, _)| name == pack.name),
            files: u32::try_from(pack.texts.len()).unwrap_or(u32::MAX),
            name: pack.name,
            ..self.preview(today, &new, changes)?
        })
    }

    /// 加一个政策包 — in the place of an older one of the same name; `seen` is what the preview gave.
    ///
    /// # Errors
    /// As [`Gongji::pack_preview`]; where a file has an error, or something else is there by now than
    /// was looked at; where the record cannot be written.
    pub fn pack_add(
        &mut self,
        today: NaiveDate,
        path: &str,
        seen: &str,
    ) -> Result<Status, ApiError> {
        let pack = read(path)?;
        let files = self.with_pack(today, &pack)?;
        let new = self.shelf.library(&files);
        if new.hash != seen {
            let changed = Message::new("error.pack_changed").with("path", path);
            return Err(ApiError::input("path", changed));
        }
        self.refuse_errors("path", &new)?;
        let label = Message::new("step_name.pack_add").with("name", pack.name);
        self.keep(today, &label, &files)
    }

    /// 去掉一个政策包
    ///
    /// # Errors
    /// Where it is not there any more, or the record cannot be written.
    pub fn pack_remove(&mut self, today: NaiveDate, name: &str) -> Result<Status, ApiError> {
        let mut files = self.added.clone();
        files.retain(|file| file.pack.as_deref() != Some(name));
        if files.len() == self.added.len() {
            return Err(ApiError::gone("pack"));
        }
        let label = Message::new("step_name.pack_remove").with("name", name);
        self.keep(today, &label, &files)
    }

    /// All added files, with those of a pack in the place of what it had before.
    fn with_pack(&self, today: NaiveDate, pack: &Pack) -> Result<Vec<HouseholdPolicy>, ApiError> {
        let mut files = self.added.clone();
        files.retain(|file| file.pack.as_deref() != Some(pack.name.as_str()));
        let taken = |file: &&HouseholdPolicy| pack.texts.contains_key(&file.path);
        if let Some(file) = files.iter().find(taken) {
            let other = file.pack.clone().unwrap_or_default();
            let overlap = Message::new("error.pack_overlap")
                .with("file", &file.path)
                .with("name", other);
            return Err(ApiError::input("path", overlap));
        }
        let texts = pack.texts.iter();
        files.extend(
            texts.map(|(path, text)| added(today, path.clone(), Some(&pack.name), text.clone())),
        );
        Ok(files)
    }

    /// The files of the packs that were added, each with its pack's name.
    fn packed(&self) -> impl Iterator<Item = (&str, &HouseholdPolicy)> {
        let named = |file| -> Option<(&str, &HouseholdPolicy)> {
            let file: &HouseholdPolicy = file;
            Some((file.pack.as_deref()?, file))
        };
        self.added.iter().filter_map(named)
    }

    /// The packs that were added.
    pub(super) fn packs(&self) -> Vec<PolicyPack> {
        let mut packs: Vec<PolicyPack> = Vec::new();
        for (name, file) in self.packed() {
            let at = packs.iter().position(|pack| pack.name == name);
            let at = at.unwrap_or_else(|| {
                packs.push(PolicyPack {
                    name: name.to_owned(),
                    added_on: file.added_on,
                    files: 0,
                    places: Vec::new(),
                    problems: Vec::new(),
                });
                packs.len() - 1
            });
            let pack = &mut packs[at];
            pack.files += 1;
            pack.problems.extend(problems_of(&self.library, &file.path));
            let read = self.library.files.iter();
            let places = read.filter(|read| read.path == file.path);
            for place in places.map(|read| self.place_name(&read.pool)) {
                if !pack.places.contains(&place) {
                    pack.places.push(place);
                }
            }
        }
        packs
    }
}

fn read(path: &str) -> Result<Pack, ApiError> {
    folder::read(Path::new(path)).map_err(|message| ApiError::input("path", message))
}

//! 共济账本 — the open household file, the policy library, and what both can answer.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::NaiveDate;
use gongji_domain::{HouseholdPolicy, Message};
use gongji_policy::Library;
use gongji_store::{Store, policy_file};

use crate::error::read_only;
use crate::{ApiError, ErrorCode, Settings, Shelf, Status};

/// Where things are kept; chosen by whoever opens the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paths {
    /// 数据文件夹 — holds the household's file, its backups and, unless chosen otherwise, prints.
    pub data: PathBuf,
}

impl Paths {
    const FILE: &str = "household.sqlite";
    const DEMO: &str = "demo.sqlite";

    /// 备份文件夹
    pub(crate) fn backups(&self) -> PathBuf {
        self.data.join("backups")
    }

    fn file(&self, demo: bool) -> PathBuf {
        self.data.join(if demo { Paths::DEMO } else { Paths::FILE })
    }
}

/// The ledger behind a window or a command line. Opening never fails: what is wrong with the file
/// is said by every command that needs it.
pub struct Gongji {
    pub(crate) paths: Paths,
    pub(crate) demo: bool,
    pub(crate) store: Result<Store, ApiError>,
    /// What everybody has, before what this household added.
    pub(crate) shelf: Shelf,
    /// The files that this household added, as they were when `library` was read.
    pub(crate) added: Vec<HouseholdPolicy>,
    pub(crate) library: Arc<Library>,
    /// The single file a command line works on, in place of the data folder's.
    pub(crate) only: Option<PathBuf>,
}

impl Gongji {
    /// Opens the household's own file in the data folder, creating it where there is none.
    pub fn open(paths: Paths) -> Gongji {
        let file = paths.file(false);
        Gongji::with(paths, file, None, None)
    }

    /// Opens one household file wherever it lies, as the command line does.
    pub fn open_file(file: PathBuf, shelf: Shelf) -> Gongji {
        let data = file.parent().map(PathBuf::from).unwrap_or_default();
        Gongji::with(Paths { data }, file.clone(), Some(file), Some(shelf))
    }

    /// A ledger that is kept nowhere, for looking at what an import would do.
    pub fn in_memory(shelf: Shelf) -> Gongji {
        let store = Store::in_memory().map_err(ApiError::from);
        Gongji {
            paths: Paths {
                data: PathBuf::new(),
            },
            demo: false,
            store,
            library: shelf.library(&[]),
            added: Vec::new(),
            shelf,
            only: None,
        }
    }

    fn with(paths: Paths, file: PathBuf, only: Option<PathBuf>, shelf: Option<Shelf>) -> Gongji {
        let store = Store::open(&file).map_err(|error| match only {
            Some(_) => ApiError::from(error),
            None => cannot_open(&error.into(), &file, &paths),
        });
        let shelf = shelf.unwrap_or_else(|| {
            let open = store.as_ref().ok();
            let claimed = open.and_then(|store| store.setting("with_claimed").ok().flatten());
            Shelf::shipped(claimed.as_deref() == Some("true"))
        });
        let added = store.as_ref().map(added).unwrap_or_default();
        Gongji {
            paths,
            demo: false,
            store,
            library: shelf.library(&added),
            added,
            shelf,
            only,
        }
    }

    /// Tries again where the file could not be opened: the other window may be closed by now, or a
    /// backup put in its place.
    pub fn reopen(&mut self) {
        if self.store.is_err() {
            let demo = self.demo;
            // A file of the data folder says itself which figures count; a single file does not.
            let shelf = self.only.is_some().then(|| self.shelf.clone());
            let again = Gongji::with(self.paths.clone(), self.file(), self.only.clone(), shelf);
            *self = Gongji { demo, ..again };
        }
    }

    /// 用最近的备份打开 — where the household's own file is damaged. The damaged file stays beside it.
    ///
    /// # Errors
    /// Where there is no sound backup, or the file cannot be written.
    pub fn backup_use(&mut self, today: NaiveDate) -> Result<Status, ApiError> {
        let file = self.paths.file(false);
        let is_damaged = |error: &ApiError| is_of_damage(error.hint.as_ref());
        if !self.demo && self.only.is_none() && self.store.as_ref().is_err_and(is_damaged) {
            if let Some((backup, _)) = newest_backup(&self.paths) {
                gongji_store::restore(&backup, &file, &free_name(&file, today))?;
            }
            self.reopen();
        }
        self.status(today)
    }

    /// The file that is open, or that could not be opened.
    pub(crate) fn file(&self) -> PathBuf {
        self.only
            .clone()
            .unwrap_or_else(|| self.paths.file(self.demo))
    }

    pub(crate) fn store(&self) -> Result<&Store, ApiError> {
        self.store.as_ref().map_err(Clone::clone)
    }

    pub(crate) fn store_mut(&mut self) -> Result<&mut Store, ApiError> {
        self.store.as_mut().map_err(|error| error.clone())
    }

    /// Reads the rules again where the household's own files, or what counts of them, have changed.
    pub(crate) fn read_rules_anew(&mut self) {
        let now = self.store.as_ref().map(added).unwrap_or_default();
        if now != self.added || self.library.with_claimed != self.shelf.with_claimed {
            self.library = self.shelf.library(&now);
            self.added = now;
        }
    }

    /// 政策库
    pub fn library(&self) -> &Library {
        &self.library
    }

    /// 现状
    ///
    /// # Errors
    /// Where the file cannot be used at all: what is wrong with it.
    pub fn status(&self, today: NaiveDate) -> Result<Status, ApiError> {
        let store = self.store()?;
        Ok(Status {
            file: self.file().display().to_string(),
            folder: self.paths.data.display().to_string(),
            print_folder: self.print_folder()?.display().to_string(),
            read_only: store.read_only().map(read_only),
            household: store.household_name()?,
            demo: store.is_demo()?,
            undo: store.undo_label()?,
            redo: store.redo_label()?,
            settings: self.settings()?,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            policy_hash: self.library.hash.clone(),
            today,
        })
    }

    /// 设置
    pub(crate) fn settings(&self) -> Result<Settings, ApiError> {
        let store = self.store()?;
        let word = |name: &str, unset: &str| -> Result<String, ApiError> {
            Ok(store.setting(name)?.unwrap_or_else(|| unset.to_owned()))
        };
        Ok(Settings {
            language: word("language", "zh")?,
            theme: word("theme", "system")?,
            text_size: word("text_size", "100")?.parse().unwrap_or(100),
            with_claimed: word("with_claimed", "false")? == "true",
        })
    }

    /// 存设置
    ///
    /// # Errors
    /// Where a setting has a value that does not exist, or the file cannot be written.
    pub fn settings_save(
        &mut self,
        today: NaiveDate,
        settings: Settings,
    ) -> Result<Status, ApiError> {
        let one_of = |field: &str, value: &str, known: &[&str]| {
            let fault =
                || ApiError::input(field, Message::new("error.setting").with("value", value));
            known.contains(&value).then_some(()).ok_or_else(fault)
        };
        one_of("language", &settings.language, &["zh", "en"])?;
        one_of("theme", &settings.theme, &["system", "light", "dark"])?;
        one_of(
            "text_size",
            &settings.text_size.to_string(),
            &["100", "125", "150", "200"],
        )?;
        let store = self.store_mut()?;
        store.set_setting("language", &settings.language)?;
        store.set_setting("theme", &settings.theme)?;
        store.set_setting("text_size", &settings.text_size.to_string())?;
        store.set_setting(
            "with_claimed",
            if settings.with_claimed {
                "true"
            } else {
                "false"
            },
        )?;
        self.shelf.with_claimed = settings.with_claimed;
        self.read_rules_anew();
        self.status(today)
    }

    /// 撤销上一步
    ///
    /// # Errors
    /// Where there is nothing to undo, or the file cannot be written.
    pub fn undo(&mut self, today: NaiveDate) -> Result<Status, ApiError> {
        let undone = self.store_mut()?.undo()?;
        undone
            .ok_or_else(|| ApiError::new(ErrorCode::Gone, Message::new("error.nothing_to_undo")))?;
        self.read_rules_anew();
        self.status(today)
    }

    /// 重做
    ///
    /// # Errors
    /// Where there is nothing to redo, or the file cannot be written.
    pub fn redo(&mut self, today: NaiveDate) -> Result<Status, ApiError> {
        let redone = self.store_mut()?.redo()?;
        redone
            .ok_or_else(|| ApiError::new(ErrorCode::Gone, Message::new("error.nothing_to_redo")))?;
        self.read_rules_anew();
        self.status(today)
    }

    /// 打开演示家庭 — in a file of its own, made afresh where it is not there yet.
    ///
    /// # Errors
    /// Where that file cannot be opened or written.
    pub fn demo_open(&mut self, today: NaiveDate) -> Result<Status, ApiError> {
        let store = Store::open(&self.paths.file(true))?;
        self.store = Ok(store);
        self.demo = true;
        if self.store()?.household_name()?.is_none() {
            self.fill_demo(today)?;
        }
        self.read_rules_anew();
        self.status(today)
    }

    /// 回到自己的家庭
    ///
    /// # Errors
    /// Where the household's own file cannot be opened.
    pub fn demo_leave(&mut self, today: NaiveDate) -> Result<Status, ApiError> {
        // Released first: the same file may be opened again.
        self.store = Err(ApiError::new(
            ErrorCode::Busy,
            Message::new("error.switching"),
        ));
        self.demo = false;
        let file = self.paths.file(false);
        self.store =
            Store::open(&file).map_err(|error| cannot_open(&error.into(), &file, &self.paths));
        self.read_rules_anew();
        self.status(today)
    }
}

/// The policy files of the record; none where they cannot be read, which every other command says too.
fn added(store: &Store) -> Vec<HouseholdPolicy> {
    policy_file::all(store).unwrap_or_default()
}

/// Says, of a damaged file, where the newest backup lies, or that there is none.
fn cannot_open(error: &ApiError, file: &Path, paths: &Paths) -> ApiError {
    if !is_of_damage(error.hint.as_ref()) {
        return error.clone();
    }
    let hint = match newest_backup(paths) {
        Some((backup, day)) => Message::new("hint.damaged_backup")
            .with("backup", backup.display())
            .with("day", day),
        None => Message::new("hint.damaged_no_backup").with("folder", paths.backups().display()),
    };
    ApiError {
        hint: Some(hint.with("path", file.display())),
        ..error.clone()
    }
}

fn is_of_damage(hint: Option<&Message>) -> bool {
    hint.is_some_and(|hint| hint.code.starts_with("hint.damaged"))
}

/// The newest backup that is sound, and its day.
fn newest_backup(paths: &Paths) -> Option<(PathBuf, NaiveDate)> {
    let mut found: Vec<(NaiveDate, u32, PathBuf)> = std::fs::read_dir(paths.backups())
        .ok()?
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            let name = path.file_name()?.to_str()?.to_owned();
            let name = name.strip_prefix("gongji-")?.strip_suffix(".sqlite")?;
            let (day, nth) = (name.get(..10)?, name.get(10..)?);
            let nth = nth
                .strip_prefix('-')
                .map_or(Some(1), |nth| nth.parse().ok())?;
            Some((day.parse().ok()?, nth, path))
        })
        .collect();
    found.sort();
    let newest_first = found.into_iter().rev();
    newest_first
        .map(|(day, _, path)| (path, day))
        .find(|(path, _)| gongji_store::verify(path).is_ok_and(|report| report.is_sound()))
}

/// A name beside the file that nothing has yet, such as `household.damaged-2026-03-01.sqlite`.
fn free_name(file: &Path, today: NaiveDate) -> PathBuf {
    let named = |end: &str| file.with_extension(format!("damaged-{today}{end}.sqlite"));
    let first = named("");
    if !first.exists() {
        return first;
    }
    let mut others = (2..).map(|n| named(&format!("-{n}")));
    others.find(|path| !path.exists()).unwrap_or(first)
}

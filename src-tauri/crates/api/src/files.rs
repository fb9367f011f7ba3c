//! 备份、导出、导入、打印文件夹

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use gongji_domain::{AccountId, MemberId, Message, Month, Yuan};
use gongji_store::{CheckReport, read_document};

use crate::doubts::possible;
use crate::{ApiError, ErrorCode, Gongji, SavedFile, Shelf, Status};

impl Gongji {
    /// 打印件存放的文件夹 — chosen by the user, else one in the data folder.
    pub(crate) fn print_folder(&self) -> Result<PathBuf, ApiError> {
        let chosen = self.store()?.setting("print_folder")?;
        Ok(chosen.map_or_else(|| self.paths.data.join("prints"), PathBuf::from))
    }

    /// 改打印文件夹
    ///
    /// # Errors
    /// Where it is no folder, or the file cannot be written.
    pub fn print_folder_save(
        &mut self,
        today: NaiveDate,
        folder: &str,
    ) -> Result<Status, ApiError> {
        if !Path::new(folder).is_dir() {
            return Err(ApiError::input(
                "folder",
                Message::new("error.no_folder").with("path", folder),
            ));
        }
        self.store_mut()?.set_setting("print_folder", folder)?;
        self.status(today)
    }

    /// 备份 — a verified copy in the data folder's `backups`.
    ///
    /// # Errors
    /// Where the copy cannot be written or differs.
    pub fn backup(&self, today: NaiveDate) -> Result<SavedFile, ApiError> {
        let folder = self.paths.backups();
        std::fs::create_dir_all(&folder)
            .map_err(|error| ApiError::cannot_write(&folder, &error))?;
        // The made-up family is never taken for a backup of the own one.
        let name = match self.demo {
            true => format!("gongji-demo-{today}"),
            false => format!("gongji-{today}"),
        };
        let names = std::iter::once(format!("{name}.sqlite"))
            .chain((2..).map(|n| format!("{name}-{n}.sqlite")));
        let path = names
            .map(|name| folder.join(name))
            .find(|path| !path.exists())
            .unwrap_or_else(|| folder.clone());
        self.store()?.backup(&path)?;
        Ok(SavedFile {
            path: path.display().to_string(),
            folder: folder.display().to_string(),
        })
    }

    /// 导入 JSON — replaces the record as one step that can be undone.
    ///
    /// # Errors
    /// Where the file cannot be read or is no household record; the record is then as before.
    pub fn import_json(&mut self, today: NaiveDate, path: &Path) -> Result<Status, ApiError> {
        let bytes = std::fs::read(path).map_err(|error| ApiError::cannot_read(path, &error))?;
        self.take_over(today, &text_of(bytes)?)?;
        self.read_rules_anew();
        self.status(today)
    }
}

// What the command line asks of a single file.
impl Gongji {
    /// Puts the household of a document in the place of the recorded one.
    fn take_over(&mut self, today: NaiveDate, text: &str) -> Result<(), ApiError> {
        let document = read_document(text)?;
        possible(today, &document)?;
        let label = Message::new("step_name.import");
        Ok(self.store_mut()?.import(&document, &label)?)
    }

    /// 核对：完整性、余额、守恒
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn check(&self) -> Result<CheckReport, ApiError> {
        Ok(self.store()?.check()?)
    }

    /// 验证备份
    ///
    /// # Errors
    /// Where the file cannot be read or is no household record.
    pub fn verify(path: &Path) -> Result<CheckReport, ApiError> {
        Ok(gongji_store::verify(path)?)
    }

    /// 用备份 — puts the sound backup `from` in the place of `to`. What stood there is kept; says where.
    ///
    /// # Errors
    /// Where the backup is no sound household record, somebody has the file open, or it cannot be
    /// written; everything is then as it was.
    pub fn restore(from: &Path, to: &Path, today: NaiveDate) -> Result<Option<PathBuf>, ApiError> {
        let same = std::fs::canonicalize(from).ok();
        if same.is_some() && same == std::fs::canonicalize(to).ok() {
            let message = Message::new("error.restore_itself");
            return Err(ApiError::new(ErrorCode::Forbidden, message).hint("hint.restore_itself"));
        }
        if !to.exists() {
            gongji_store::restore_anew(from, to)?;
            return Ok(None);
        }
        let aside = beside(to, today);
        gongji_store::restore(from, to, &aside)?;
        Ok(Some(aside))
    }

    /// 备份到一个文件
    ///
    /// # Errors
    /// Where the copy cannot be written or differs.
    pub fn backup_to(&self, path: &Path) -> Result<(), ApiError> {
        Ok(self.store()?.backup(path)?)
    }

    /// 全部记录的 JSON
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn export_text(&self) -> Result<String, ApiError> {
        Ok(self.store()?.export_json()?)
    }

    /// 导入 JSON 到一个文件；`None` 只看会怎样 — the number of members it holds.
    ///
    /// # Errors
    /// Where the text is no household record; an existing file is then as before.
    pub fn import_text(
        file: Option<PathBuf>,
        shelf: Shelf,
        today: NaiveDate,
        text: &str,
    ) -> Result<usize, ApiError> {
        let mut gongji = match file {
            Some(file) => {
                if !file.exists() {
                    // What is refused leaves no empty file behind.
                    Gongji::in_memory(shelf.clone()).take_over(today, text)?;
                }
                Gongji::open_file(file, shelf)
            }
            None => Gongji::in_memory(shelf),
        };
        gongji.take_over(today, text)?;
        gongji.status(today)?;
        Ok(gongji.store()?.household_without_entries()?.members.len())
    }

    /// 每账户每月的月末余额
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn monthly_closings(&self) -> Result<Vec<(AccountId, Month, Yuan)>, ApiError> {
        let closings = self.store()?.monthly_closing_balances()?;
        Ok(closings
            .into_iter()
            .map(|closing| (closing.account, closing.month, closing.balance))
            .collect())
    }

    /// 各成员的姓名
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn member_names(&self) -> Result<BTreeMap<MemberId, String>, ApiError> {
        let household = self.store()?.household_without_entries()?;
        Ok(household
            .members
            .into_iter()
            .map(|member| (member.id, member.name))
            .collect())
    }

    /// 叫这个名字的成员
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn members_named(&self, name: &str) -> Result<Vec<MemberId>, ApiError> {
        let household = self.store()?.household_without_entries()?;
        Ok(household
            .members
            .iter()
            .filter(|member| member.name == name)
            .map(|member| member.id)
            .collect())
    }
}

/// 文件的文字 — in whatever encoding Chinese programs write: UTF-8, UTF-16 with its mark, GB18030.
///
/// # Errors
/// Where the bytes are no text.
pub fn text_of(bytes: Vec<u8>) -> Result<String, ApiError> {
    let no_text = || ApiError::input("file", Message::new("error.not_text")).hint("hint.not_text");
    gongji_exchange::decoded(bytes).ok_or_else(no_text)
}

/// 自检：一直记账，每提交一笔印出它的号码
///
/// # Errors
/// Where the file cannot be written.
pub fn selftest_writer(path: &Path, out: impl std::io::Write) -> Result<(), ApiError> {
    Ok(gongji_store::selftest_writer(path, out)?)
}

/// A name beside `file` that is free, for what stood there before a backup was put in its place.
fn beside(file: &Path, today: NaiveDate) -> PathBuf {
    let named = |end: &str| file.with_extension(format!("replaced-{today}{end}.sqlite"));
    let others = (2..).map(|number| named(&format!("-{number}")));
    let mut names = std::iter::once(named("")).chain(others);
    names
        .find(|path| !path.exists())
        .unwrap_or_else(|| named(""))
}

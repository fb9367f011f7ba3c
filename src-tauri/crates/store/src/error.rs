use std::io;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

use crate::Refusal;
use crate::refusal::title;

/// Why the record could not be opened, read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// 另一个窗口正在用 — somebody else holds the file's lock.
    #[error("「{}」正被另一个窗口使用", .0.display())]
    Busy(PathBuf),
    /// 不是账本文件
    #[error("「{}」{why}", .path.display())]
    NotOurs {
        /// The file.
        path: PathBuf,
        /// What it is instead.
        why: NotOurs,
    },
    /// 由更新的版本写成 — the file was left as it was.
    #[error("「{}」由更新的版本写成（格式 {found}，本程序最高 {known}）", .path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its format.
        found: i64,
        /// The latest format this program knows.
        known: i64,
    },
    /// 损坏 — the file was left as it was.
    #[error("账本文件已损坏：{0}")]
    Damaged(Damage),
    /// 只有日志没有账本 — the database is gone but its write-ahead log is there.
    #[error("「{}」不在，却留有它的日志 -wal：请把账本文件放回原处", .0.display())]
    LeftoverLog(PathBuf),
    /// 只读
    #[error("{0}")]
    ReadOnly(ReadOnlyReason),
    /// 记录不能存
    #[error("{}第 {row} 号：{why}", title(table))]
    Refused {
        /// Table of the offending row.
        table: &'static str,
        /// Its number.
        row: u32,
        /// What is wrong with it.
        why: Refusal,
    },
    /// 存着的值读不懂 — never replaced by a default.
    #[error("{}第 {row} 号的 {column} 读不懂：{found}", title(table))]
    Value {
        /// Table of the row.
        table: &'static str,
        /// Its number.
        row: i64,
        /// The column.
        column: &'static str,
        /// What stands there.
        found: String,
    },
    /// JSON 读不懂
    #[error("JSON 第 {} 行第 {} 列读不懂", .0.line(), .0.column())]
    Json(#[source] serde_json::Error),
    /// JSON 里有不认识的字段
    #[error("不认识的字段 {0}")]
    UnknownField(String),
    /// 写不成 JSON
    #[error("写不成 JSON：{0}")]
    Unwritable(#[source] serde_json::Error),
    /// 磁盘已满
    #[error("磁盘已满")]
    DiskFull,
    /// 备份与账本不同 — the copy was thrown away.
    #[error("备份与账本不同：{0}")]
    BackupDiffers(String),
    /// 备份不能写到账本自己
    #[error("备份不能写到账本文件自己")]
    BackupOntoItself,
    /// 升级失败 — the file is as before.
    #[error("升级账本文件失败：{0}")]
    Migration(#[source] Box<rusqlite_migration::Error>),
    /// 文件系统
    #[error("「{}」：{source}", .path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// SQLite
    #[error("SQLite：{0}")]
    Sqlite(#[source] rusqlite::Error),
}

/// What a file is that is no household record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotOurs {
    /// 文件夹
    #[error("是文件夹，不是账本文件")]
    Folder,
    /// 空文件
    #[error("是空文件，不是账本文件")]
    Empty,
    /// 不是数据库
    #[error("不是账本文件")]
    NotSqlite,
    /// 别的程序的数据库
    #[error("是别的程序的数据库，不是账本文件")]
    OtherProgram,
}

/// How a damaged record was found out. What SQLite says about it is for its makers, not for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Damage {
    /// 开头不完整
    #[error("文件开头不完整")]
    Start,
    /// 末尾不完整
    #[error("文件末尾不完整")]
    End,
    /// 结构不符
    #[error("表的结构与格式号不符")]
    Structure,
    /// 自检没有通过
    #[error("自检没有通过")]
    Check,
    /// 内容读不出来
    #[error("有一处内容读不出来")]
    Content,
}

impl Damage {
    /// The word by which texts name it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Damage::Start => "start",
            Damage::End => "end",
            Damage::Structure => "structure",
            Damage::Check => "check",
            Damage::Content => "content",
        }
    }
}

impl NotOurs {
    /// The word by which texts name it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            NotOurs::Folder => "folder",
            NotOurs::Empty => "empty",
            NotOurs::NotSqlite => "not_sqlite",
            NotOurs::OtherProgram => "other_program",
        }
    }
}

/// Why nothing can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadOnlyReason {
    /// 文件只读
    #[error("账本文件是只读的")]
    File,
    /// 文件夹只读
    #[error("账本所在的文件夹是只读的")]
    Folder,
}

impl StoreError {
    /// Turns what the file system says about `path` into an error that names it.
    pub(crate) fn io(path: &Path) -> impl FnOnce(io::Error) -> StoreError {
        let path = path.to_owned();
        |source| match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => StoreError::DiskFull,
            _ => StoreError::Io { path, source },
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> StoreError {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                StoreError::Damaged(Damage::Content)
            }
            Some(ErrorCode::DiskFull) => StoreError::DiskFull,
            Some(ErrorCode::ReadOnly) => StoreError::ReadOnly(ReadOnlyReason::File),
            _ => StoreError::Sqlite(error),
        }
    }
}

impl From<rusqlite_migration::Error> for StoreError {
    fn from(error: rusqlite_migration::Error) -> StoreError {
        StoreError::Migration(Box::new(error))
    }
}

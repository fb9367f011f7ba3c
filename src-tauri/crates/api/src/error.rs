//! What can go wrong, as the front ends see it.

use std::io;
use std::path::Path;

use gongji_domain::Message;
use gongji_engine::EngineError;
use gongji_store::{ReadOnlyReason, StoreError};
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::json_faults::json_fault;

/// 出错的种类 — one where the interface behaves differently, no more.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type,
)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// 填写有误：停在表单上，指出哪一项
    Input,
    /// 规则不允许：说明理由与替代办法
    Forbidden,
    /// 文件只读：不能写
    ReadOnly,
    /// 文件打不开（太新、损坏、不是账本）
    File,
    /// 已经不在了：刷新
    Gone,
    /// 另一个窗口正在用
    Busy,
    /// 内部错误
    Internal,
}

/// 出错 — what happened, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type, thiserror::Error)]
#[error("{}", .message.code)]
pub struct ApiError {
    /// 种类
    pub code: ErrorCode,
    /// 哪一项填写有误（表单字段的路径，例如 `members.0.balances.book`）
    pub field: Option<String>,
    /// 发生了什么
    pub message: Message,
    /// 怎么办
    pub hint: Option<Message>,
}

impl ApiError {
    pub(crate) fn new(code: ErrorCode, message: Message) -> ApiError {
        ApiError {
            code,
            field: None,
            message,
            hint: None,
        }
    }

    /// Something in a form is wrong; `field` is its path.
    pub(crate) fn input(field: &str, message: Message) -> ApiError {
        ApiError {
            field: Some(field.to_owned()),
            ..ApiError::new(ErrorCode::Input, message)
        }
    }

    /// What was asked for is not there any more.
    pub(crate) fn gone(what: &str) -> ApiError {
        ApiError::new(
            ErrorCode::Gone,
            Message::new("error.gone").with("thing", what),
        )
    }

    /// 写不了 — a file that is to be written.
    pub fn cannot_write(path: &Path, error: &io::Error) -> ApiError {
        ApiError::of_file("error.cannot_write", path, error).hint("hint.cannot_write")
    }

    /// 读不了 — a file that is to be read.
    pub fn cannot_read(path: &Path, error: &io::Error) -> ApiError {
        ApiError::of_file("error.cannot_read", path, error).hint("hint.cannot_read")
    }

    fn of_file(code: &str, path: &Path, error: &io::Error) -> ApiError {
        let message = Message::new(code).with("path", path.display());
        ApiError::new(ErrorCode::File, message.with("why", why(error)))
    }

    pub(crate) fn hint(mut self, code: &str) -> ApiError {
        self.hint = Some(Message::new(code));
        self
    }
}

/// What the file system says: a word of the texts where it is a common one.
fn why(error: &io::Error) -> String {
    let word = match error.kind() {
        io::ErrorKind::NotFound => "not_found",
        io::ErrorKind::PermissionDenied => "not_permitted",
        io::ErrorKind::IsADirectory => "is_folder",
        io::ErrorKind::NotADirectory => "no_folder",
        io::ErrorKind::ReadOnlyFilesystem => "read_only",
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "full",
        _ => return error.to_string(),
    };
    word.to_owned()
}

/// Why the file cannot be written, for the banner and for refused commands.
pub(crate) fn read_only(reason: ReadOnlyReason) -> Message {
    Message::new(match reason {
        ReadOnlyReason::File => "error.read_only_file",
        ReadOnlyReason::Folder => "error.read_only_folder",
    })
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> ApiError {
        let file = |code: &str| Message::new(code).with("detail", &error);
        match &error {
            StoreError::Busy(path) => {
                let message = Message::new("error.busy").with("path", path.display());
                ApiError::new(ErrorCode::Busy, message).hint("hint.close_other_window")
            }
            StoreError::ReadOnly(reason) => {
                ApiError::new(ErrorCode::ReadOnly, read_only(*reason)).hint("hint.read_only")
            }
            StoreError::Newer { path, .. } => {
                let message = Message::new("error.newer").with("path", path.display());
                ApiError::new(ErrorCode::File, message).hint("hint.newer")
            }
            StoreError::NotOurs { path, why } => {
                let message = Message::new("error.not_ours")
                    .with("path", path.display())
                    .with("file", why.word());
                ApiError::new(ErrorCode::File, message).hint("hint.not_ours")
            }
            StoreError::Damaged(damage) => {
                let message = Message::new("error.damaged").with("damage", damage.word());
                ApiError::new(ErrorCode::File, message).hint("hint.damaged")
            }
            StoreError::LeftoverLog(path) => {
                let message = Message::new("error.leftover_log").with("path", path.display());
                ApiError::new(ErrorCode::File, message).hint("hint.leftover_log")
            }
            StoreError::Value { .. } => {
                ApiError::new(ErrorCode::File, file("error.value")).hint("hint.damaged")
            }
            StoreError::Refused { .. } => ApiError::new(ErrorCode::Input, file("error.refused")),
            StoreError::Json(error) => {
                ApiError::new(ErrorCode::Input, json_fault(error)).hint("hint.json")
            }
            StoreError::UnknownField(path) => {
                let message = Message::new("json.unknown_field_at").with("path", path);
                ApiError::new(ErrorCode::Input, message).hint("hint.json")
            }
            StoreError::DiskFull => {
                ApiError::new(ErrorCode::Internal, Message::new("error.disk_full"))
                    .hint("hint.disk_full")
            }
            StoreError::Io { path, source } => {
                ApiError::of_file("error.io", path, source).hint("hint.io")
            }
            StoreError::Unwritable(_)
            | StoreError::BackupDiffers(_)
            | StoreError::BackupOntoItself
            | StoreError::Migration(_)
            | StoreError::Sqlite(_) => ApiError::new(ErrorCode::Internal, file("error.internal")),
        }
    }
}

impl From<EngineError> for ApiError {
    fn from(error: EngineError) -> ApiError {
        let (field, code) = match &error {
            EngineError::Bill(_) => ("bill", "error.bill"),
            EngineError::NoSuchPool(_) => ("pool", "error.no_such_pool"),
            EngineError::UnknownClass { .. } | EngineError::ClassNeeded { .. } => {
                ("class", "error.class")
            }
            EngineError::UnknownCounter { .. } | EngineError::CounterValue { .. } => {
                ("so_far", "error.counter")
            }
            EngineError::AdmittedLater => ("admitted_on", "error.admitted_later"),
            EngineError::BornLater => ("born", "error.born_later"),
        };
        ApiError::input(field, Message::new(code).with("detail", &error))
    }
}

//! 现状与设置 — what the front ends see of it.

use chrono::NaiveDate;
use gongji_domain::Message;
use serde::{Deserialize, Serialize};
use specta::Type;

/// 现状 — which file is open and how.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Status {
    /// 数据文件
    pub file: String,
    /// 数据文件夹
    pub folder: String,
    /// 打印件存放的文件夹
    pub print_folder: String,
    /// 只读，以及原因
    pub read_only: Option<Message>,
    /// 家庭名称；无则还没有建
    pub household: Option<String>,
    /// 是否演示家庭
    pub demo: bool,
    /// 可撤销的一步
    pub undo: Option<Message>,
    /// 可重做的一步
    pub redo: Option<Message>,
    /// 设置
    pub settings: Settings,
    /// 程序版本
    pub version: String,
    /// 政策库的散列
    pub policy_hash: String,
    /// 今天（由外壳给出）
    pub today: NaiveDate,
}

/// 设置
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// 语言：zh / en
    pub language: String,
    /// 外观：system / light / dark
    pub theme: String,
    /// 字号，百分数：100 / 125 / 150 / 200
    pub text_size: u32,
    /// 是否采用「仅线索」的数字
    pub with_claimed: bool,
}

/// 存好的文件
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SavedFile {
    /// 路径
    pub path: String,
    /// 文件夹
    pub folder: String,
}

use std::fmt;

use gongji_domain::{Rate, Yuan};
use serde::{Deserialize, Deserializer, de};

/// 格 — one cell of a printed table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// 元 `"600.00"`
    Yuan(Yuan),
    /// 比例 `"85%"`
    Rate(Rate),
    /// 百分点 `"5pt"`
    Points(Rate),
    /// 不限 `"none"`
    NoLimit,
    /// 未查到 `"unknown"`
    Unknown,
    /// 本人填写 `"entered"`
    Entered,
}

impl Cell {
    /// Reads the text of a cell; `None` where it is none of the forms above.
    pub fn read(text: &str) -> Option<Cell> {
        match text {
            "none" => Some(Cell::NoLimit),
            "unknown" => Some(Cell::Unknown),
            "entered" => Some(Cell::Entered),
            _ if text.ends_with('%') => text.parse().ok().map(Cell::Rate),
            _ => match text.strip_suffix("pt") {
                Some(points) => format!("{points}%").parse().ok().map(Cell::Points),
                None => text.parse().ok().map(Cell::Yuan),
            },
        }
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Cell::Yuan(yuan) => yuan.fmt(f),
            Cell::Rate(rate) => rate.fmt(f),
            Cell::Points(rate) => write!(f, "{}pt", rate.to_string().trim_end_matches('%')),
            Cell::NoLimit => f.write_str("none"),
            Cell::Unknown => f.write_str("unknown"),
            Cell::Entered => f.write_str("entered"),
        }
    }
}

impl<'de> Deserialize<'de> for Cell {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Cell, D::Error> {
        struct Quoted;
        impl de::Visitor<'_> for Quoted {
            type Value = Cell;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("加引号并写单位的数，如 \"85%\" 或 \"600.00\"")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Cell, E> {
                Cell::read(text).ok_or_else(|| {
                    E::custom(format!("「{text}」不是金额（\"600.00\"）、比例（\"85%\"）、百分点（\"5pt\"）、\"none\"、\"unknown\" 或 \"entered\""))
                })
            }
        }
        deserializer.deserialize_str(Quoted)
    }
}

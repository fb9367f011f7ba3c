use std::fmt;
use std::marker::PhantomData;

use gongji_domain::{Rate, Yuan};
use serde::de::IntoDeserializer;
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

/// 一格，或每个列头一格
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cells {
    /// 各列相同
    One(Cell),
    /// 与列头一一对应
    Each(Vec<Cell>),
}

impl Cells {
    /// 某一列的格
    pub fn at(&self, column: usize) -> Option<Cell> {
        match self {
            Cells::One(cell) => Some(*cell),
            Cells::Each(cells) => cells.get(column).copied(),
        }
    }

    /// 全部的格
    pub fn all(&self) -> &[Cell] {
        match self {
            Cells::One(cell) => std::slice::from_ref(cell),
            Cells::Each(cells) => cells,
        }
    }
}

impl<'de> Deserialize<'de> for Cells {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Cells, D::Error> {
        deserializer
            .deserialize_any(OneOrSeveral(PhantomData))
            .map(|read| match read {
                OneOr::One(cell) => Cells::One(cell),
                OneOr::Several(cells) => Cells::Each(cells),
            })
    }
}

/// 一个名字，或每个列头一个
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Names {
    /// 各列相同
    One(String),
    /// 与列头一一对应
    Each(Vec<String>),
}

impl Names {
    /// 某一列的
    pub fn at(&self, column: usize) -> Option<&str> {
        match self {
            Names::One(name) => Some(name),
            Names::Each(names) => names.get(column).map(String::as_str),
        }
    }

    /// 全部
    pub fn all(&self) -> &[String] {
        match self {
            Names::One(name) => std::slice::from_ref(name),
            Names::Each(names) => names,
        }
    }
}

impl<'de> Deserialize<'de> for Names {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Names, D::Error> {
        deserializer
            .deserialize_any(OneOrSeveral(PhantomData))
            .map(|read| match read {
                OneOr::One(name) => Names::One(name),
                OneOr::Several(names) => Names::Each(names),
            })
    }
}

/// 验算的各个比例 — as wide as the table: a list a row, or one list for a table of one row or column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shares {
    /// 一行或一列
    Line(Vec<Rate>),
    /// 每行一个列表
    Rows(Vec<Vec<Rate>>),
}

impl Shares {
    /// The shares by row, for a table of `rows` rows and `columns` columns.
    ///
    /// # Errors
    /// Where they are not as many as the cells: how many rows, or cells of a row, they stand for.
    pub fn by_row(&self, rows: usize, columns: usize) -> Result<Vec<Vec<Rate>>, usize> {
        match self {
            Shares::Rows(shares) if shares.len() == rows => Ok(shares.clone()),
            Shares::Rows(shares) => Err(shares.len()),
            Shares::Line(shares) if columns == 1 && shares.len() == rows => {
                Ok(shares.iter().map(|share| vec![*share]).collect())
            }
            Shares::Line(shares) if rows == 1 && shares.len() == columns => {
                Ok(vec![shares.clone()])
            }
            Shares::Line(shares) => Err(shares.len()),
        }
    }
}

impl<'de> Deserialize<'de> for Shares {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Shares, D::Error> {
        let items = Vec::<RateOrRow>::deserialize(deserializer)?;
        let mixed = || de::Error::custom("times 里或者全是比例，或者全是列表");
        let first_is_row = matches!(items.first(), Some(RateOrRow(OneOr::Several(_))));
        if first_is_row {
            let rows = items.into_iter().map(|RateOrRow(item)| match item {
                OneOr::Several(row) => Ok(row),
                OneOr::One(_) => Err(mixed()),
            });
            return rows.collect::<Result<_, _>>().map(Shares::Rows);
        }
        let line = items.into_iter().map(|RateOrRow(item)| match item {
            OneOr::One(share) => Ok(share),
            OneOr::Several(_) => Err(mixed()),
        });
        line.collect::<Result<_, _>>().map(Shares::Line)
    }
}

struct RateOrRow(OneOr<Rate>);

impl<'de> Deserialize<'de> for RateOrRow {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<RateOrRow, D::Error> {
        let read = deserializer.deserialize_any(OneOrSeveral(PhantomData))?;
        Ok(RateOrRow(read))
    }
}

enum OneOr<T> {
    One(T),
    Several(Vec<T>),
}

struct OneOrSeveral<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> de::Visitor<'de> for OneOrSeveral<T> {
    type Value = OneOr<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("加引号的一格，或方括号里每列一格")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<OneOr<T>, E> {
        T::deserialize(text.into_deserializer()).map(OneOr::One)
    }

    fn visit_seq<A: de::SeqAccess<'de>>(self, mut seq: A) -> Result<OneOr<T>, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(OneOr::Several(items))
    }
}

//! 政策写成人看的表 — every block back in Chinese, for the window and for `policies show`.

mod blocks;
mod terms;
mod words;

use crate::cells::Cell;
use crate::library::InForce;
use crate::table::{Row, Table};
use gongji_domain::Yuan;
pub use words::word;

/// 写成中文的一段
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Described {
    /// 段名
    pub title: String,
    /// 字段：名称与值
    pub facts: Vec<(String, String)>,
    /// 列头，第一列是条件；没有表则为空
    pub heads: Vec<String>,
    /// 行
    pub rows: Vec<Vec<String>>,
}

/// 一段规则，写成人看的字段与表。`names` gives the Chinese name of what a place calls its own
/// (classes, counters, plans, sub-accounts); a word that it does not know it gives back.
pub fn describe(held: &InForce<'_>, names: &dyn Fn(&str) -> String) -> Described {
    let say = Say { names };
    let block = held.block;
    let mut facts = blocks::facts(&block.body, &say);
    let mut fact = |name: &str, value: String| facts.push((name.to_owned(), value));
    if held.off {
        fact("是否采用", "仅线索，没有采用".to_owned());
    }
    if held.assumed {
        fact("时效", "沿用上一期的数，新的还没有录入".to_owned());
    }
    if let Some(note) = &block.head.note {
        fact("说明", note.clone());
    }
    if let Some(ask) = &block.head.ask {
        fact("待定", ask.clone());
    }
    let (heads, rows) = match block.body.table() {
        Some(table) => say.table(blocks::column(&block.body), table),
        None => blocks::class_rows(&block.body, &say),
    };
    Described {
        title: blocks::title(&block.name, &block.body).to_owned(),
        facts,
        heads,
        rows,
    }
}

/// 金额，如「1,800.00 元」
pub fn amount(yuan: Yuan) -> String {
    let text = yuan.to_string();
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text.as_str()),
    };
    let (whole, cents) = digits.split_once('.').unwrap_or((digits, "00"));
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{sign}{grouped}.{cents} 元")
}

/// 格，写成人话：「不限」「未查到」「90%」「1,800.00 元」
pub fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Yuan(yuan) => amount(*yuan),
        Cell::Rate(rate) => rate.to_string(),
        Cell::Points(rate) => format!("{} 个百分点", rate.to_string().trim_end_matches('%')),
        Cell::NoLimit => "不限".to_owned(),
        Cell::Unknown => "未查到".to_owned(),
        Cell::Entered => "本人填写".to_owned(),
    }
}

/// How words of the files are said.
struct Say<'n> {
    names: &'n dyn Fn(&str) -> String,
}

impl Say<'_> {
    /// A word of the format, or else a name that the place gave.
    fn word(&self, text: &str) -> String {
        if let Some(id) = text.strip_prefix("over_cap:") {
            let named = (self.names)(id);
            return match named == id {
                true => "超封顶线".to_owned(),
                false => format!("超封顶线（{named}）"),
            };
        }
        match word(text) {
            Some(chinese) => chinese.to_owned(),
            None => self.name(text),
        }
    }

    /// What the place calls its own comes before the words of the format.
    fn name(&self, text: &str) -> String {
        let named = (self.names)(text);
        match word(text) {
            Some(chinese) if named == text => chinese.to_owned(),
            _ => named,
        }
    }

    fn list(&self, words: &[String]) -> String {
        if words.is_empty() {
            return "无".to_owned();
        }
        let words: Vec<String> = words.iter().map(|text| self.word(text)).collect();
        words.join("、")
    }

    fn table(&self, column: &str, table: Table<'_>) -> (Vec<String>, Vec<Vec<String>>) {
        let classes: Vec<String> = match table.class {
            [] => vec![column.to_owned()],
            [any] if any == "any" => vec![column.to_owned()],
            classes => classes.iter().map(|class| self.name(class)).collect(),
        };
        let heads = std::iter::once("适用".to_owned()).chain(classes).collect();
        let rows = table.rows.iter().map(|row| {
            let cells = row.values.iter().map(|value| self.value(value, row));
            std::iter::once(self.condition(row)).chain(cells).collect()
        });
        (heads, rows.collect())
    }

    /// Whom a row is meant for, in the order of the selectors.
    fn condition(&self, row: &Row) -> String {
        let mut said: Vec<String> = Vec::new();
        let exact = [
            &row.plan,
            &row.status,
            &row.special,
            &row.tier,
            &row.employer,
            &row.away,
            &row.item,
        ];
        for word in exact.into_iter().flatten().filter(|word| *word != "any") {
            said.push(match word.as_str() {
                "none" => "一般人员".to_owned(),
                word => self.name(word),
            });
        }
        said.extend(row.contract.map(|yes| {
            if yes {
                "已签约或选点"
            } else {
                "未签约或选点"
            }
            .to_owned()
        }));
        said.extend(row.continuing.map(|yes| {
            if yes {
                "连续参保"
            } else {
                "中断过参保"
            }
            .to_owned()
        }));
        said.extend(row.sub.iter().map(|sub| self.name(sub)));
        let day =
            |day: chrono::NaiveDate, what: &str| format!("{} 起{what}", day.format("%Y-%m-%d"));
        let ever = |day: &chrono::NaiveDate| {
            *day > chrono::NaiveDate::from_ymd_opt(1900, 1, 1).unwrap_or_default()
        };
        said.extend(row.from_retirement.filter(ever).map(|at| day(at, "退休")));
        said.extend(row.from_birth.filter(ever).map(|at| day(at, "出生")));
        said.extend(row.from_hired.filter(ever).map(|at| day(at, "参加工作")));
        let least = |number: Option<u32>| number.filter(|number| *number > 0);
        said.extend(least(row.from_age).map(|age| format!("{age} 岁起")));
        said.extend(least(row.from_insured_months).map(|n| format!("累计缴费 {n} 个月起")));
        said.extend(least(row.from_continuous_years).map(|n| format!("连续缴费 {n} 年起")));
        said.extend(least(row.from_nth).map(|n| match n {
            1 => "第 1 次".to_owned(),
            n => format!("第 {n} 次起"),
        }));
        let above = row.above.filter(|above| !above.is_zero());
        said.extend(above.map(|above| format!("{}以上", amount(above))));
        if said.is_empty() {
            return "所有人".to_owned();
        }
        said.join("，")
    }

    /// A cell with what it is a share of, and its limits.
    fn value(&self, value: &Cell, row: &Row) -> String {
        let mut text = cell(value);
        if let (Some(of), Cell::Rate(_)) = (row.of.as_deref(), value) {
            let of = match of.strip_prefix("constant:") {
                Some(id) => self.name(id),
                None => self.word(of),
            };
            text = format!("{of}的 {text}");
        }
        if let Some(times) = row.times {
            text.push_str(&format!("，再乘 {times}"));
        }
        if let Some(least) = row.at_least {
            text.push_str(&format!("，不低于 {}", amount(least)));
        }
        if let Some(most) = row.at_most {
            text.push_str(&format!("，不高于 {}", amount(most)));
        }
        if row.off {
            text.push_str("（仅线索，没有采用）");
        }
        text
    }
}

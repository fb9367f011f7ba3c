//! The parsed TOML as serde reads it: dates arrive as text, faults speak Chinese and know their place.

use std::fmt;
use std::ops::Range;

use serde::de::{self, DeserializeSeed, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::problem::Code;

/// 毛病 — what could not be read, and where.
#[derive(Debug)]
pub(crate) struct Fault {
    pub(crate) code: Code,
    pub(crate) sentence: String,
    /// Position in the text; `None` until the value around it is known.
    pub(crate) span: Option<Range<usize>>,
    /// The key that is missing, where that is the fault.
    pub(crate) missing: Option<&'static str>,
}

impl Fault {
    pub(crate) fn new(code: Code, sentence: String) -> Fault {
        Fault {
            code,
            sentence,
            span: None,
            missing: None,
        }
    }

    fn within(mut self, span: Range<usize>) -> Fault {
        self.span.get_or_insert(span);
        self
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence)
    }
}

impl std::error::Error for Fault {}

impl de::Error for Fault {
    fn custom<T: fmt::Display>(sentence: T) -> Fault {
        Fault::new(Code::P04, format!("{sentence}。"))
    }

    fn invalid_type(found: de::Unexpected<'_>, wanted: &dyn de::Expected) -> Fault {
        let wanted = in_chinese(&wanted.to_string());
        let number = matches!(
            found,
            de::Unexpected::Signed(_) | de::Unexpected::Unsigned(_) | de::Unexpected::Float(_)
        );
        let sentence = if number && wanted.contains('字') {
            format!(
                "数要加引号并写单位，如 \"85%\" 或 \"600.00\"；这里写的是 {}。",
                shown(&found)
            )
        } else {
            format!("这里写的是{}，应为{wanted}。", shown(&found))
        };
        Fault::new(Code::P04, sentence)
    }

    fn invalid_value(found: de::Unexpected<'_>, wanted: &dyn de::Expected) -> Fault {
        let wanted = in_chinese(&wanted.to_string());
        Fault::new(
            Code::P04,
            format!("{} 超出范围，应为{wanted}。", shown(&found)),
        )
    }

    fn unknown_variant(found: &str, known: &'static [&'static str]) -> Fault {
        let known = known.join("、");
        Fault::new(
            Code::P01,
            format!("「{found}」不是这里的词，可以写：{known}。"),
        )
    }

    fn unknown_field(found: &str, known: &'static [&'static str]) -> Fault {
        let known = known.join("、");
        Fault::new(
            Code::P01,
            format!("不认识的键「{found}」，这里可以写：{known}。"),
        )
    }

    fn missing_field(field: &'static str) -> Fault {
        let mut fault = Fault::new(Code::P01, format!("缺少「{field}」，这里必须写。"));
        fault.missing = Some(field);
        fault
    }
}

/// Whether a text is nothing but a date; most are not, and are seen not to be without reading them.
fn is_date(text: &str) -> bool {
    text.len() == 10 && text.as_bytes()[4] == b'-' && text.parse::<chrono::NaiveDate>().is_ok()
}

/// What serde calls the kinds of value, in the words of the format.
fn in_chinese(wanted: &str) -> String {
    match wanted {
        "a string" => "加引号的文字".to_owned(),
        "a boolean" => " true 或 false".to_owned(),
        "a sequence" => "方括号里的列表".to_owned(),
        "a formatted date string" => "日期，如 2026-01-01".to_owned(),
        _ if wanted.starts_with("struct ") => "花括号里的一组键".to_owned(),
        _ if wanted.starts_with("variant ") => "加引号的词".to_owned(),
        _ if ["i32", "u32"].contains(&wanted) => "整数（不加引号）".to_owned(),
        _ => wanted.to_owned(),
    }
}

fn shown(found: &de::Unexpected<'_>) -> String {
    match found {
        de::Unexpected::Bool(yes) => format!(" {yes} "),
        de::Unexpected::Signed(number) => number.to_string(),
        de::Unexpected::Unsigned(number) => number.to_string(),
        de::Unexpected::Float(number) => number.to_string(),
        de::Unexpected::Str(text) => format!("「{text}」"),
        de::Unexpected::Seq => "列表".to_owned(),
        de::Unexpected::Map => "一组键".to_owned(),
        other => other.to_string(),
    }
}

/// 值 — one value of the tree.
#[derive(Clone, Copy)]
pub(crate) struct Value<'a, 'i>(pub(crate) &'a Spanned<DeValue<'i>>);

/// 表里的一部分键 — those of the keys that `takes` accepts; the span is that of the whole table.
#[derive(Clone)]
pub(crate) struct Keys<'a, 'i> {
    pub(crate) table: &'a DeTable<'i>,
    pub(crate) span: Range<usize>,
    pub(crate) takes: fn(&str) -> bool,
}

impl<'a> Value<'a, '_> {
    fn visit<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.0.get_ref() {
            DeValue::String(text) if is_date(text) => {
                let sentence = format!("日期不加引号，写成 {text}。");
                Err(Fault::new(Code::P04, sentence))
            }
            DeValue::String(text) => visitor.visit_str(text),
            DeValue::Integer(number) => {
                let parsed = i64::from_str_radix(number.as_str(), number.radix());
                let out_of_range = |_| Fault::new(Code::P04, format!("{number} 太大。"));
                visitor.visit_i64(parsed.map_err(out_of_range)?)
            }
            DeValue::Float(number) => {
                visitor.visit_f64(number.as_str().parse().unwrap_or(f64::NAN))
            }
            DeValue::Boolean(yes) => visitor.visit_bool(*yes),
            DeValue::Datetime(at) => match (at.date, at.time) {
                (Some(date), None) => visitor.visit_str(&date.to_string()),
                _ => Err(Fault::new(
                    Code::P04,
                    format!("「{at}」要只写年月日，如 2026-01-01。"),
                )),
            },
            DeValue::Array(items) => visitor.visit_seq(Items(items.iter())),
            DeValue::Table(table) => visitor.visit_map(Entries::of(table, |_| true)),
        }
    }
}

impl<'de> de::Deserializer<'de> for Value<'_, '_> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.visit(visitor)
            .map_err(|fault| fault.within(self.0.span()))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let found = match self.0.get_ref() {
            DeValue::String(word) => word.as_ref().into_deserializer(),
            _ => return self.deserialize_any(visitor),
        };
        de::Deserializer::deserialize_enum(found, name, variants, visitor)
            .map_err(|fault: Fault| fault.within(self.0.span()))
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

impl<'de> de::Deserializer<'de> for Keys<'_, '_> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor
            .visit_map(Entries::of(self.table, self.takes))
            .map_err(|fault| fault.within(self.span))
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier
        ignored_any
    }
}

struct Items<'a, 'i>(std::slice::Iter<'a, Spanned<DeValue<'i>>>);

impl<'de> SeqAccess<'de> for Items<'_, '_> {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Fault> {
        self.0
            .next()
            .map(|item| seed.deserialize(Value(item)))
            .transpose()
    }
}

struct Entries<'a, 'i, I> {
    entries: I,
    value: Option<Value<'a, 'i>>,
}

impl<'a, 'i: 'a> Entries<'a, 'i, ()> {
    fn of(
        table: &'a DeTable<'i>,
        takes: fn(&str) -> bool,
    ) -> Entries<
        'a,
        'i,
        impl Iterator<
            Item = (
                &'a Spanned<toml::de::DeString<'i>>,
                &'a Spanned<DeValue<'i>>,
            ),
        >,
    > {
        Entries {
            entries: table.iter().filter(move |(key, _)| takes(key.get_ref())),
            value: None,
        }
    }
}

impl<'de, 'a, 'i: 'a, I> MapAccess<'de> for Entries<'a, 'i, I>
where
    I: Iterator<
        Item = (
            &'a Spanned<toml::de::DeString<'i>>,
            &'a Spanned<DeValue<'i>>,
        ),
    >,
{
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Fault> {
        let Some((key, value)) = self.entries.next() else {
            return Ok(None);
        };
        self.value = Some(Value(value));
        let name: &str = key.get_ref();
        seed.deserialize(name.into_deserializer())
            .map(Some)
            .map_err(|fault: Fault| fault.within(key.span()))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Fault> {
        match self.value.take() {
            Some(value) => seed.deserialize(value),
            None => Err(Fault::new(Code::P01, "键没有值。".to_owned())),
        }
    }
}

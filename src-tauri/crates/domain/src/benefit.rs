use serde::{Deserialize, Serialize};
use specta::Type;

/// 待遇 — the benefit under which a bill is settled; in policy files a `part`.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type,
)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// 普通门诊
    GeneralOutpatient,
    /// 定点药店购药
    Pharmacy,
    /// 门诊慢特病
    ChronicOutpatient,
    /// 住院
    Inpatient,
}

impl Part {
    /// Every benefit, in the order of the screens.
    pub const ALL: [Part; 4] = [
        Part::GeneralOutpatient,
        Part::Pharmacy,
        Part::ChronicOutpatient,
        Part::Inpatient,
    ];

    /// The word used in files and on the wire.
    pub fn word(self) -> &'static str {
        match self {
            Part::GeneralOutpatient => "general_outpatient",
            Part::Pharmacy => "pharmacy",
            Part::ChronicOutpatient => "chronic_outpatient",
            Part::Inpatient => "inpatient",
        }
    }
}

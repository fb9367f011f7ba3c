//! Figures that no case can notice, and why: what a run over the data may leave.

use serde::Deserialize;

use super::Change;

/// 没有算例看得见的数 — the file of them, read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Explanations {
    /// 一条一条
    #[serde(default)]
    pub explained: Vec<Explained>,
}

/// 一条 — the figures at one place of one file, and why no case can tell one from its neighbour.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Explained {
    /// 政策文件
    pub file: String,
    /// 哪一段的哪个键，写到认得出为止：`layer[large] 2023-01-01` 是整段
    pub at: String,
    /// 是哪些数；不写是这里的每一个
    #[serde(default)]
    pub found: Vec<String>,
    /// 为什么
    pub reason: String,
}

/// Reads the file of explanations.
///
/// # Errors
/// Where it is not TOML of this form; the sentence names the line.
pub fn read_explanations(text: &str) -> Result<Explanations, toml::de::Error> {
    toml::from_str(text)
}

impl Explained {
    fn is_about(&self, change: &Change) -> bool {
        self.file == change.file
            && change.at.starts_with(&self.at)
            && (self.found.is_empty() || self.found.contains(&change.found))
    }
}

impl Explanations {
    /// The changes that nobody noticed and nothing here explains.
    pub fn unexplained<'c>(&self, changes: &'c [Change]) -> Vec<&'c Change> {
        changes
            .iter()
            .filter(|change| change.noticed.is_none())
            .filter(|change| !self.explained.iter().any(|one| one.is_about(change)))
            .collect()
    }

    /// What explains nothing of `changes` any more although its file was gone through: the figure is
    /// noticed now, or is no longer there.
    pub fn idle<'e>(&'e self, changes: &[Change]) -> Vec<&'e Explained> {
        let gone_through = |one: &Explained| changes.iter().any(|change| change.file == one.file);
        let explains = |one: &Explained| {
            changes
                .iter()
                .any(|change| change.noticed.is_none() && one.is_about(change))
        };
        self.explained
            .iter()
            .filter(|one| gone_through(one) && !explains(one))
            .collect()
    }
}

use std::fmt;

/// 问题的代码 — one a kind of fault; each has a reproducer in `tests/samples/invalid`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// 未知的键，或缺少必填的键，或不是 TOML
    P01,
    /// 同一标识在同一天有两段
    P02,
    /// 缺少出处，或出处不存在
    P03,
    /// 数没有加引号、没有单位或超出范围
    P04,
    /// 下限没有递增
    P05,
    /// 有组合没有任何一行覆盖
    P06,
    /// 超出上一层的界限（警告）
    P07,
    /// 施行日早于公布日（警告，要有说明）
    P09,
    /// 行宽与列头不等
    P10,
    /// 累计数不存在，或与 edges_on/basis 不符
    P11,
    /// 机构类别没有声明
    P12,
    /// 阶梯不从 0 开始
    P13,
    /// adjust.order 重复
    P14,
    /// check 与所存金额不符
    P15,
    /// unknown 没有 ask（警告）
    P16,
    /// then/counts 指向不存在的封顶线
    P17,
    /// 累计数在年度中改了周期
    P18,
    /// 文件放错了文件夹
    P19,
    /// 该写 in_scope 而写了五个原因
    P20,
    /// 写了而程序不会读的
    P21,
}

/// 轻重
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The block or file is not loaded.
    Error,
    /// Loaded; somebody should look.
    Warning,
}

/// 问题 — where, what was found, what was expected.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Path of the file inside the library.
    pub file: String,
    /// Line, from 1; 0 where the fault is the whole file's.
    pub line: usize,
    /// Code.
    pub code: Code,
    /// Error or warning.
    pub severity: Severity,
    /// The source line, where there is one.
    pub excerpt: String,
    /// What was found and what was expected, one Chinese sentence.
    pub sentence: String,
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}:{}", self.file, self.line)?;
        if !self.excerpt.is_empty() {
            writeln!(f, "  {} | {}", self.line, self.excerpt)?;
        }
        write!(f, "{} [{}]", self.sentence, self.code)
    }
}

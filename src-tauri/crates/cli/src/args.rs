//! The forms of the command line.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use gongji_domain::Yuan;

/// 共济账本：家庭医保账户的记录、估算与预测（不联网）
#[derive(Debug, Parser)]
#[command(name = "gongji", version, about, propagate_version = true)]
pub(crate) struct Args {
    /// 只输出一个 JSON 文档
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// 语言
    #[arg(long, global = true, value_enum, default_value = "zh")]
    pub(crate) lang: Lang,
    /// 盖在自带政策库上的文件夹，可写多次
    #[arg(long = "policies", global = true, value_name = "DIR")]
    pub(crate) overlays: Vec<PathBuf>,
    /// 采用「仅线索」的数字
    #[arg(long, global = true)]
    pub(crate) with_claimed: bool,
    #[command(subcommand)]
    pub(crate) verb: Verb,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Lang {
    Zh,
    En,
}

/// 预测的方式
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Mode {
    /// 只算计划的
    Scheduled,
    /// 加上平时的花费，单独一条线
    Habits,
    /// 如果……，和计划的比
    Scenario,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// 政策库
    #[command(subcommand)]
    Policies(PoliciesVerb),
    /// 算例
    #[command(subcommand)]
    Cases(CasesVerb),
    /// 结算估算；给了结算单就逐行核对
    Estimate(EstimateArgs),
    /// 估算的步骤，给人看
    Explain(RequestArgs),
    /// 家庭记录
    #[command(subcommand)]
    Household(HouseholdVerb),
    /// 预测
    Project {
        /// 家庭文件
        file: PathBuf,
        /// 到哪天，最远三十年
        #[arg(long)]
        until: NaiveDate,
        /// 从哪天起；不写为今天
        #[arg(long)]
        from: Option<NaiveDate>,
        /// 三十年以后也算：测速用，规则早已不是现在的
        #[arg(long)]
        beyond_30_years: bool,
        /// 也算利息
        #[arg(long)]
        interest: bool,
        /// 方式：只算计划的、加上平时的花费、如果……
        #[arg(long, value_enum, default_value = "scheduled")]
        mode: Mode,
        /// 如果……（JSON 文件），要写 --mode scenario
        #[arg(long, value_name = "FILE")]
        scenario: Option<PathBuf>,
        /// 输出 CSV
        #[arg(long)]
        csv: bool,
    },
    /// 账户空了怎么办
    Advise {
        /// 家庭文件
        file: PathBuf,
        /// 成员姓名
        #[arg(long)]
        member: String,
        /// 需要多少
        #[arg(long, allow_negative_numbers = true)]
        need: Yuan,
        /// 哪天
        #[arg(long)]
        on: NaiveDate,
    },
    /// 打印
    #[command(subcommand)]
    Print(PrintVerb),
    /// 自检
    #[command(subcommand)]
    Selftest(SelftestVerb),
    /// 回测
    Backtest {
        /// 家庭文件
        file: PathBuf,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum PoliciesVerb {
    /// 查问题：代码、文件、行、找到的、应有的
    Check {
        /// 文件夹；不写为自带的政策库
        folders: Vec<PathBuf>,
    },
    /// 完整程度：各地各险种各部分有多少段、多可信、几处没查到
    Coverage {
        /// 按哪天生效的算；不写为今天
        #[arg(long)]
        on: Option<NaiveDate>,
    },
    /// 抽查：每个统筹区按种子抽几段，同一个种子抽到的总是同样几段
    Sample {
        /// 种子，例如一次提交的编号
        #[arg(long)]
        seed: String,
        /// 每个统筹区几段
        #[arg(long, default_value_t = 5)]
        each: usize,
    },
    /// 某地某日的规则
    Show {
        /// 统筹区代码或名称
        place: String,
        /// 险种
        #[arg(long, default_value = "employee")]
        scheme: String,
        /// 哪天；不写为今天
        #[arg(long)]
        on: Option<NaiveDate>,
    },
    /// 两份政策库的差别
    Diff {
        /// 旧
        old: PathBuf,
        /// 新
        new: PathBuf,
        /// 家庭文件
        #[arg(long)]
        household: Option<PathBuf>,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum CasesVerb {
    /// 跑算例
    Run {
        /// 文件或文件夹
        #[arg(required = true)]
        paths: Vec<PathBuf>,
    },
}

#[derive(Debug, ClapArgs)]
pub(crate) struct EstimateArgs {
    #[command(flatten)]
    pub(crate) request: RequestArgs,
    /// 结算单（JSON 文件）：各行的名称和金额，至少有 total
    #[arg(long, value_name = "FILE.json", conflicts_with = "batch")]
    pub(crate) slip: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct RequestArgs {
    /// 请求（JSON 文件）
    #[arg(long, value_name = "FILE.json", required_unless_present = "batch")]
    pub(crate) request: Option<PathBuf>,
    /// 成批（CSV 文件）
    #[arg(long, value_name = "FILE.csv", conflicts_with = "request")]
    pub(crate) batch: Option<PathBuf>,
    /// 成批的结果
    #[arg(long, value_name = "FILE.csv")]
    pub(crate) out: Option<PathBuf>,
    /// 家庭文件：用它自己的规则
    #[arg(long)]
    pub(crate) household: Option<PathBuf>,
    /// 家里的哪位：请求没有写的累计数和账户，照他（她）的记录补上
    #[arg(long, requires = "household")]
    pub(crate) member: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum HouseholdVerb {
    /// 新建空白的家庭文件
    New {
        /// 家庭文件
        file: PathBuf,
    },
    /// 新建演示家庭
    Demo {
        /// 家庭文件
        file: PathBuf,
    },
    /// 核对：完整性、余额、守恒；最后一行是分录数
    Check {
        /// 家庭文件
        file: PathBuf,
    },
    /// 导出
    Export {
        /// 家庭文件
        file: PathBuf,
        /// 格式：json、hledger、beancount、csv、xlsx、ics
        #[arg(long, default_value = "json")]
        format: String,
        /// 写到哪里
        #[arg(long)]
        out: PathBuf,
    },
    /// 导入
    Import {
        /// 家庭文件
        file: PathBuf,
        /// 格式：json（整本账换掉）、csv（加上分录）
        #[arg(long, default_value = "json")]
        format: String,
        /// 从哪里
        #[arg(long)]
        from: PathBuf,
        /// 只看会怎样
        #[arg(long)]
        dry_run: bool,
    },
    /// 每账户每月的月末余额
    Balances {
        /// 家庭文件
        file: PathBuf,
        /// 逐月
        #[arg(long)]
        monthly: bool,
        /// 输出 CSV：account,YYYY-MM,fen
        #[arg(long)]
        csv: bool,
    },
    /// 备份
    Backup {
        /// 家庭文件
        file: PathBuf,
        /// 写到哪里
        #[arg(long)]
        out: PathBuf,
    },
    /// 恢复
    Restore {
        /// 家庭文件
        file: PathBuf,
        /// 从哪里
        #[arg(long)]
        from: PathBuf,
    },
    /// 验证备份
    Verify {
        /// 备份文件
        path: PathBuf,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum PrintVerb {
    /// 打印结算估算
    Estimate {
        /// 请求（JSON 文件）
        #[arg(long)]
        request: PathBuf,
        /// PDF 写到哪里
        #[arg(long)]
        out: PathBuf,
        /// 大字一页，给窗口看
        #[arg(long)]
        counter: bool,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum SelftestVerb {
    /// 一直记账，每提交一笔印出它的号码
    Writer {
        /// 家庭文件
        file: PathBuf,
    },
}

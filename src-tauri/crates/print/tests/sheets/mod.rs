//! Sheets to print in tests. Figures and documents are made up; only their shapes matter.
#![allow(dead_code, missing_docs, clippy::unwrap_used)]

pub mod slips;

use chrono::NaiveDate;
use gongji_domain::{Amount, Yuan};
use gongji_print::{
    EstimateSheet, Footer, Labels, Language, Question, Reading, Share, SharePart, SlipLine, Split,
    StepLine,
};

pub fn yuan(text: &str) -> Yuan {
    text.parse().unwrap()
}

pub fn exact(text: &str) -> Amount {
    Amount::Exact(yuan(text))
}

pub fn range(min: &str, max: &str) -> Amount {
    Amount::between(yuan(min), yuan(max))
}

pub fn chinese() -> Labels {
    Labels {
        language: Language::Chinese,
        disclaimer: "估算，非结算凭证".into(),
        member: "参保人".into(),
        place: "参保地".into(),
        benefit: "待遇".into(),
        institution: "医疗机构".into(),
        day: "结算日".into(),
        total: "医疗费总额".into(),
        capital: "大写".into(),
        cash_to_bring: "要带的现金".into(),
        who_pays: "谁付多少".into(),
        fund: "医保基金".into(),
        own_account: "本人账户".into(),
        family: "家人账户（共济）".into(),
        cash: "现金".into(),
        lines: "结算单各行".into(),
        reasons: "个人负担从哪里来".into(),
        steps: "怎么算出来的".into(),
        step: "步骤、算式与出处".into(),
        amount: "金额（元）".into(),
        grade: "可信".into(),
        source: "出处".into(),
        questions: "还不确定的".into(),
        ask: "要问：".into(),
        reading: "如果是".into(),
        fund_paid: "基金付".into(),
        patient_paid: "个人付".into(),
        ask_at_counter: "到窗口问三句".into(),
        notes: "备注".into(),
        unknown: "不知道".into(),
        yuan: "元".into(),
        version: "版本".into(),
        policy: "政策".into(),
        input: "输入".into(),
        printed_on: "打印于".into(),
        page_of: "第 {page} 页，共 {pages} 页".into(),
    }
}

pub fn english() -> Labels {
    Labels {
        language: Language::English,
        disclaimer: "Estimate only – not a settlement document".into(),
        member: "Insured person".into(),
        place: "Insured in".into(),
        benefit: "Benefit".into(),
        institution: "Institution".into(),
        day: "Settled on".into(),
        total: "Total medical expenses".into(),
        capital: String::new(),
        cash_to_bring: "Cash to bring".into(),
        who_pays: "Who pays what".into(),
        fund: "Insurance funds (医保基金)".into(),
        own_account: "Own personal account (本人账户)".into(),
        family: "Relatives' accounts (家庭共济)".into(),
        cash: "Cash (现金)".into(),
        lines: "Lines of the settlement slip".into(),
        reasons: "Where the patient's share comes from".into(),
        steps: "How it was worked out".into(),
        step: "Step, arithmetic and source".into(),
        amount: "Amount (yuan)".into(),
        grade: "Grade".into(),
        source: "Source:".into(),
        questions: "What is still open".into(),
        ask: "Ask:".into(),
        reading: "If it is".into(),
        fund_paid: "Funds pay".into(),
        patient_paid: "Patient pays".into(),
        ask_at_counter: "Three questions to ask".into(),
        notes: "Notes".into(),
        unknown: "not known".into(),
        yuan: "yuan".into(),
        version: "Version".into(),
        policy: "Policy".into(),
        input: "Input".into(),
        printed_on: "Printed on".into(),
        page_of: "Page {page} of {pages}".into(),
    }
}

fn line(label: &str, amount: &str, emphasised: bool) -> SlipLine {
    SlipLine {
        label: label.into(),
        amount: exact(amount),
        instead: None,
        emphasised,
    }
}

fn share(amount: &str) -> Share {
    Share {
        amount: exact(amount),
        note: None,
        parts: Vec::new(),
    }
}

fn part(label: &str, amount: &str, note: Option<&str>) -> SharePart {
    SharePart {
        label: label.into(),
        amount: exact(amount),
        note: note.map(Into::into),
    }
}

pub fn step(what: &str, formula: &str, result: &str) -> StepLine {
    StepLine {
        what: what.into(),
        formula: Some(formula.into()),
        result: Some(yuan(result)),
        source: Some("《关于门诊共济保障的示例通知》（示例〔2023〕1号）第八条".into()),
        grade: Some("官方".into()),
    }
}

/// A short outpatient bill with every amount known.
pub fn short() -> EstimateSheet {
    EstimateSheet {
        labels: chinese(),
        title: "医疗费估算单".into(),
        member: "王建国".into(),
        place: "示例市 · 职工医保".into(),
        benefit: "普通门诊".into(),
        institution: Some("三级医院".into()),
        day: "2026年3月1日".into(),
        total: exact("3201.05"),
        split: Split {
            fund: Share {
                parts: vec![
                    part("统筹基金", "786.70", None),
                    part("退休人员补充", "94.03", None),
                ],
                ..share("880.73")
            },
            own_account: Share {
                note: Some("付后余额 0.00 元".into()),
                ..share("1250.00")
            },
            family: Share {
                parts: vec![
                    part("王小明", "600.00", Some("付后余额 1,820.40 元")),
                    part("李秀英", "0.00", Some("未动用：前一位已够")),
                ],
                ..share("600.00")
            },
            cash: share("470.32"),
        },
        lines: vec![
            line("医疗费总额", "3201.05", true),
            line("全自费", "120.00", false),
            SlipLine {
                instead: Some("未填，按 0 算".into()),
                ..line("超限价自费", "0.00", false)
            },
            line("先行自付", "46.20", false),
            line("不予支付", "0.00", false),
            line("符合政策范围", "3034.85", true),
            line("实际支付起付线", "1300.00", false),
            line("按比例自付", "854.12", false),
            line("超封顶线自付", "0.00", false),
        ],
        reasons: vec![
            line("全自费", "120.00", false),
            line("先行自付", "46.20", false),
            line("起付线", "1300.00", false),
            line("按比例自付", "854.12", false),
            line("合计", "2320.32", true),
        ],
        steps: vec![
            step(
                "确认身份、年度和机构类别",
                "退休 · 2026 年度 · 三级",
                "3201.05",
            ),
            step(
                "从总额里去掉不在政策范围的部分",
                "3,201.05 − 120.00 − 46.20",
                "3034.85",
            ),
            step("扣起付线", "min(3,034.85, 1,300.00 − 0.00)", "1300.00"),
            step("按比例支付", "(3,034.85 − 1,300.00) × 50.77%", "880.73"),
        ],
        questions: Vec::new(),
        ask_at_counter: vec![
            "今年的起付线我已经付了多少？".into(),
            "这次能用家里人的共济账户吗？".into(),
            "哪些项目要全自费，能不能换？".into(),
        ],
        weakest: Some("其中最弱的依据是「官方」：每个数都有发文机关的原文。".into()),
        notes: vec!["按打印当日有效的规则计算；结算以医院窗口为准。".into()],
        footer: Footer {
            version: "共济账本 0.1.0".into(),
            policy_hash: "3f9a0c51d2e8b7764a1c9f0e5d3b2a1988776655443322110fedcba987654321".into(),
            input_hash: "b81d44e0a9c27f6355e0d1c2b3a4958677665544332211000123456789abcdef".into(),
            printed_on: NaiveDate::from_ymd_opt(2026, 2, 27).unwrap(),
        },
    }
}

/// An inpatient bill with thirty steps.
pub fn long() -> EstimateSheet {
    let mut sheet = short();
    sheet.benefit = "住院".into();
    sheet.day = "2026年3月1日至3月19日".into();
    sheet.steps = (1..=30)
        .map(|n| {
            let mut step = step(
                &format!("第 {n} 段：在起付线以上、下一段以下的政策范围内费用按这一段的比例支付，超出部分进入下一段"),
                "(48,512.77 − 1,300.00) × 85% + (12,000.00 − 10,000.00) × 90%",
                "42530.85",
            );
            if n % 3 == 0 {
                step.source = Some("《示例市职工基本医疗保险住院费用分段支付办法》（示例医保发〔2024〕12号）第十二条第三款；沿用上一期，网址 https://ybj.example.gov.cn/zwgk/zcfg/202401/t20240112_1234567890.html".into());
                step.grade = Some("转载".into());
            }
            step
        })
        .collect();
    sheet
}

/// A bill of which several things are open.
pub fn ranges() -> EstimateSheet {
    let mut sheet = short();
    sheet.split.fund = Share {
        amount: range("1234.00", "1300.00"),
        note: None,
        parts: vec![SharePart {
            label: "统筹基金".into(),
            amount: range("1234.00", "1300.00"),
            note: None,
        }],
    };
    sheet.split.cash.amount = range("50.32", "116.32");
    sheet.lines[6].amount = range("1234.00", "1300.00");
    sheet.lines[7].amount = range("854.12", "920.12");
    sheet.reasons[2].amount = range("1234.00", "1300.00");
    let reading = |what: &str, fund: &str, patient: Amount| Reading {
        what: what.into(),
        fund_paid: exact(fund),
        patient_paid: patient,
    };
    sheet.questions = vec![
        Question {
            what: "今年起付线已经付了多少，没有记录".into(),
            ask: Some("今年普通门诊的起付线，我已经累计付了多少？".into()),
            readings: vec![
                reading("一分没付", "1234.00", exact("1967.05")),
                reading("已经付满", "1300.00", exact("1901.05")),
            ],
        },
        Question {
            what: "退休人员两万元以上的部分，规则有两种读法".into(),
            ask: None,
            readings: vec![
                reading("按退休比例继续支付", "1300.00", range("1890.00", "1901.05")),
                reading("封顶，不再支付", "1234.00", Amount::UNKNOWN),
            ],
        },
    ];
    sheet.weakest =
        Some("其中最弱的依据是「仅线索」：有一个数只见于未核实的说法，请到窗口问清。".into());
    sheet
}

/// A place without rules: nothing is known but the bill.
pub fn unknown() -> EstimateSheet {
    let mut sheet = short();
    let nothing = || Share {
        amount: Amount::UNKNOWN,
        note: None,
        parts: Vec::new(),
    };
    sheet.split = Split {
        fund: nothing(),
        own_account: nothing(),
        family: nothing(),
        cash: nothing(),
    };
    for line in sheet.lines.iter_mut().chain(&mut sheet.reasons).skip(1) {
        line.amount = Amount::UNKNOWN;
    }
    sheet.total = Amount::UNKNOWN;
    sheet.steps.clear();
    sheet.questions = vec![Question {
        what: "这个统筹区还没有收录规则".into(),
        ask: Some("这里普通门诊的起付线、比例和封顶线各是多少，依据哪个文件？".into()),
        readings: Vec::new(),
    }];
    sheet.weakest = None;
    sheet
}

/// The short sheet in English.
pub fn in_english() -> EstimateSheet {
    let mut sheet = ranges();
    sheet.labels = english();
    sheet.title = "Estimate of a medical bill".into();
    sheet.member = "Wang Jianguo (王建国)".into();
    sheet.place = "Sample City · employee scheme (职工医保)".into();
    sheet.benefit = "General outpatient care (普通门诊)".into();
    sheet.institution = Some("Tertiary hospital (三级)".into());
    sheet.day = "1 March 2026".into();
    let names = [
        "Total medical expenses",
        "Outside the catalogue (全自费)",
        "Above the price limit (超限价)",
        "Copay in advance (先行自付)",
        "Not payable (不予支付)",
        "Within the policy's scope (符合政策范围)",
        "Deductible paid (起付线)",
        "Coinsurance (按比例自付)",
        "Above the cap (超封顶线)",
    ];
    for (line, name) in sheet.lines.iter_mut().zip(names) {
        line.label = name.into();
    }
    for (line, name) in sheet
        .reasons
        .iter_mut()
        .zip([names[1], names[3], names[6], names[7], "Together"])
    {
        line.label = name.into();
    }
    for step in &mut sheet.steps {
        step.what = "Share of the in-scope expenses above the deductible, at the rate for retirees in tertiary hospitals".into();
        step.grade = Some("Official".into());
    }
    sheet.ask_at_counter = vec![
        "How much of this year's deductible have I already paid?".into(),
        "May a relative's account pay for this visit?".into(),
        "Which items are outside the catalogue, and is there another choice?".into(),
    ];
    sheet.weakest = Some(
        "The weakest figure here is a lead that nobody has checked: ask at the counter.".into(),
    );
    sheet.notes = vec![
        "Worked out by the rules in force on the day of printing; the hospital's counter decides."
            .into(),
    ];
    for (question, what) in sheet.questions.iter_mut().zip([
        "How much of the deductible has been paid this year is not on record",
        "The rule for retirees above the cap can be read in two ways",
    ]) {
        question.what = what.into();
        question.ask = Some("How much of this year's deductible has been counted so far?".into());
        for (reading, what) in question
            .readings
            .iter_mut()
            .zip(["nothing yet", "all of it"])
        {
            reading.what = what.into();
        }
    }
    sheet.footer.version = "Gongji 0.1.0".into();
    sheet
}

/// Amounts as large as they may be, as wide ranges.
pub fn huge() -> EstimateSheet {
    let mut sheet = ranges();
    let most = range("9999999999.99", "10000000000.00");
    sheet.total = most;
    for share in [
        &mut sheet.split.fund,
        &mut sheet.split.own_account,
        &mut sheet.split.family,
        &mut sheet.split.cash,
    ] {
        share.amount = most;
    }
    for line in sheet.lines.iter_mut().chain(&mut sheet.reasons) {
        line.amount = most;
    }
    sheet
}

/// Every text of the sheet replaced that a user or a policy file may have written.
pub fn hostile(text: &str) -> EstimateSheet {
    let mut sheet = ranges();
    let own = || text.to_owned();
    sheet.title = own();
    sheet.member = own();
    sheet.place = own();
    sheet.benefit = own();
    sheet.institution = Some(own());
    sheet.day = own();
    sheet.weakest = Some(own());
    sheet.notes = vec![own()];
    sheet.ask_at_counter = vec![own(), own(), own(), own()];
    sheet.footer.version = own();
    sheet.footer.policy_hash = own();
    sheet.footer.input_hash = own();
    sheet.split.family.note = Some(own());
    for part in &mut sheet.split.fund.parts {
        part.label = own();
        part.note = Some(own());
    }
    for line in sheet.lines.iter_mut().chain(&mut sheet.reasons) {
        line.label = own();
    }
    for step in &mut sheet.steps {
        step.what = own();
        step.formula = Some(own());
        step.source = Some(own());
    }
    for question in &mut sheet.questions {
        question.what = own();
        question.ask = Some(own());
        for reading in &mut question.readings {
            reading.what = own();
        }
    }
    sheet
}

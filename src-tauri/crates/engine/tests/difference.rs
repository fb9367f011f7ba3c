//! 真结算单与估算 — each kind of explanation on the shipped rules, its figures with their hand line.

use std::path::{Path, PathBuf};

use gongji_domain::{EstimateRequest, Slip, SlipLine};
use gongji_engine::{DifferenceReport, difference};
use gongji_policy::Library;
use serde_json::{Value, json};

fn shipped() -> Library {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../policies");
    let mut files = Vec::new();
    collect(&root, &root, &mut files);
    assert!(files.len() > 10, "the shipped rules are there");
    Library::read(files, false)
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).expect("it is there") {
        let path: PathBuf = entry.expect("it is there").path();
        if path.is_dir() {
            collect(root, &path, files);
        } else if path.extension().is_some_and(|ending| ending == "toml") {
            let name = path.strip_prefix(root).expect("it is there");
            let text = std::fs::read_to_string(&path).expect("it is there");
            files.push((name.to_string_lossy().into_owned(), text));
        }
    }
}

/// `a=1 b=2` as an object of texts.
fn fields(text: &str) -> Value {
    let fields = text.split_whitespace().map(|field| {
        let (name, value) = field.split_once('=').expect("name=value");
        (name.to_owned(), Value::from(value))
    });
    Value::Object(fields.collect())
}

/// What was asked: `pool part class day`, the figures so far, the bill, the accounts.
#[derive(Clone, Copy)]
struct Asked {
    visit: &'static str,
    so_far: &'static str,
    bill: &'static str,
    own: &'static str,
    aid: &'static str,
}

const ASKED: Asked = Asked {
    visit: "",
    so_far: "",
    bill: "",
    own: "",
    aid: "",
};

impl Asked {
    fn request(self) -> EstimateRequest {
        let mut words = self.visit.split(' ');
        let mut word = || words.next().expect("pool part class day");
        let (pool, part, class, day) = (word(), word(), word(), word());
        let own = match self.own {
            "" => json!({ "book": "100000.00" }),
            own => fields(own),
        };
        let aid: Vec<Value> = match self.aid {
            "" => Vec::new(),
            balance => vec![json!({ "name": "小明", "relation": "parent", "pool": pool,
                "balance": balance, "bound_on": "2022-01-01", "rank": 1 })],
        };
        serde_json::from_value(json!({
            "pool": pool, "scheme": "employee", "part": part,
            "member": { "status": "active", "born": "1964-03-01" },
            "visit": { "settled_on": day, "class": class, "admitted_on": words.next() },
            "so_far": fields(self.so_far), "bill": fields(self.bill),
            "payers": { "own": own, "aid": aid },
        }))
        .expect("a request")
    }
}

fn slip(lines: &str) -> Slip {
    serde_json::from_value(fields(lines)).expect("a slip")
}

fn compared(library: &Library, asked: Asked, lines: &str) -> DifferenceReport {
    difference(library, &asked.request(), &slip(lines)).expect("a report")
}

/// `code param=value …` of each change, so that a table can name them.
fn told(report: &DifferenceReport, number: usize) -> Vec<String> {
    let explanation = report.explanations.get(number);
    let changes = explanation.iter().flat_map(|one| &one.changes);
    changes
        .map(|change| {
            let shown = ["class", "part", "status", "nth", "day", "amount", "counter"];
            let params = change.params.iter();
            let params = params.filter(|(name, _)| shown.contains(&name.as_str()));
            let params: Vec<String> = params.map(|(name, is)| format!("{name}={is}")).collect();
            [&[change.code.replace("explain.", "")], params.as_slice()]
                .concat()
                .join(" ")
        })
        .collect()
}

const BEIJING: Asked = Asked {
    visit: "110000 general_outpatient hospital 2025-03-10",
    so_far: "op_deductible=1800.00 op_fund=0.00",
    bill: "total=1000.00",
    ..ASKED
};

const BEIJING_STAY: Asked = Asked {
    visit: "110000 inpatient tertiary 2025-03-10 2025-03-01",
    bill: "total=10000.00",
    ..ASKED
};

const GUANGZHOU: Asked = Asked {
    visit: "440100 general_outpatient hospital 2025-06-10",
    bill: "total=1000.00",
    ..ASKED
};

const WUHAN: Asked = Asked {
    visit: "420100 general_outpatient tertiary 2024-06-10",
    bill: "total=1000.00",
    ..ASKED
};

/// One change explains everything, and stands first.
#[test]
fn one_change_that_explains_all_stands_first() {
    let library = shipped();
    for (asked, lines, expected) in [
        // ── 机构类别
        // 北京：起付线已过，医院 1000 × 70% = 700；单子 900 = 1000 × 90%，是社区。
        (
            BEIJING,
            "total=1000.00 deductible_paid=0.00 pool_paid=900.00 patient_paid=100.00",
            "class class=community",
        ),
        // 广州：医院 1000 × 65% = 650；单子 800 = 1000 × 80%，是社区。
        (
            GUANGZHOU,
            "total=1000.00 pool_paid=800.00 patient_paid=200.00",
            "class class=community",
        ),
        // 武汉：三级 1000 × 55% = 550；单子 650 = 1000 × 65%，是二级。
        (
            WUHAN,
            "total=1000.00 pool_paid=650.00 patient_paid=350.00",
            "class class=secondary",
        ),
        // ── 起付线
        // 北京：没用过时 1000 全在 1800 里；单子 0 + 1000 × 70% = 700，是已经用完。
        (
            Asked {
                so_far: "op_deductible=0.00 op_fund=0.00",
                ..BEIJING
            },
            "total=1000.00 deductible_paid=0.00 pool_paid=700.00 patient_paid=300.00",
            "deductible_used_up",
        ),
        // 已用完时 2000 × 70% = 1400；单子先付 1800，(2000 − 1800) × 70% = 140，是一分没用。
        (
            Asked {
                bill: "total=2000.00",
                ..BEIJING
            },
            "total=2000.00 deductible_paid=1800.00 pool_paid=140.00 patient_paid=1860.00",
            "deductible_unused",
        ),
        // 单子先付 600 = 1800 − 1200，(2000 − 600) × 70% = 980。
        (
            Asked {
                so_far: "op_deductible=0.00 op_fund=0.00",
                bill: "total=2000.00",
                ..BEIJING
            },
            "total=2000.00 deductible_paid=600.00 pool_paid=980.00",
            "deductible_used amount=1200.00",
        ),
        // 单子没有起付线一行：980 / 70% = 1400，2000 − 1400 = 600，1800 − 600 = 1200。
        (
            Asked {
                so_far: "op_deductible=0.00 op_fund=0.00",
                bill: "total=2000.00",
                ..BEIJING
            },
            "total=2000.00 pool_paid=980.00",
            "deductible_used amount=1200.00",
        ),
        // 武汉 2023-03：起付线 700，三级 50%；单子先付 300 = 700 − 400，(1000 − 300) × 50% = 350。
        (
            Asked {
                visit: "420100 general_outpatient tertiary 2023-03-10",
                ..WUHAN
            },
            "total=1000.00 deductible_paid=300.00 pool_paid=350.00 patient_paid=650.00",
            "deductible_used amount=400.00",
        ),
        // ── 第几次住院
        // 北京三级第一次 1300；单子 650 是第二次：(10000 − 650) × 85% = 7947.50。
        (
            BEIJING_STAY,
            "total=10000.00 deductible_paid=650.00 pool_paid=7947.50 patient_paid=2052.50",
            "nth nth=2",
        ),
        // ── 待遇
        // 广州：门诊 2000 × 65% = 1300；单子是二级住院：(2000 − 500) × 85% = 1275。
        (
            Asked {
                bill: "total=2000.00",
                ..GUANGZHOU
            },
            "total=2000.00 deductible_paid=500.00 pool_paid=1275.00 patient_paid=725.00",
            "part_class class=secondary part=inpatient",
        ),
        // ── 在职、退休
        // 北京退休 60 岁：统筹 1000 × 70% = 700，统一补充 (1000 − 700) × 50% = 150，共 85%。
        (
            BEIJING,
            "total=1000.00 deductible_paid=0.00 pool_paid=700.00 retiree_supplement_paid=150.00 \
             fund_paid=850.00 patient_paid=150.00",
            "status status=retired",
        ),
        // 广州：退休门诊医院 70%：700。
        (
            GUANGZHOU,
            "total=1000.00 pool_paid=700.00 patient_paid=300.00",
            "status status=retired",
        ),
        // ── 封顶线
        // 广州：今年的额度用完，全部自己付。
        (
            GUANGZHOU,
            "total=1000.00 pool_paid=0.00 patient_paid=1000.00",
            "cap_reached counter=op_fund",
        ),
        // 北京：报销满 2 万以后 60%：1000 × 60% = 600。
        (
            BEIJING,
            "total=1000.00 deductible_paid=0.00 pool_paid=600.00 patient_paid=400.00",
            "counter_at amount=20000.00 counter=op_fund",
        ),
        // ── 哪天的规则
        // 武汉 2023-04-10 改：改后三级 550；单子 (1000 − 700) × 50% = 150，是前一天的规则。
        (
            Asked {
                visit: "420100 general_outpatient tertiary 2023-04-10",
                ..WUHAN
            },
            "total=1000.00 deductible_paid=700.00 pool_paid=150.00 patient_paid=850.00",
            "day day=2023-04-09",
        ),
        // 广州 2022-12-01 改：二级起付线 800 → 500；入院在前，(10000 − 800) × 85% = 7820。
        (
            Asked {
                visit: "440100 inpatient secondary 2022-12-02 2022-11-28",
                bill: "total=10000.00",
                ..GUANGZHOU
            },
            "total=10000.00 deductible_paid=800.00 patient_paid=2180.00",
            "admission_day day=2022-11-28",
        ),
        // ── 报销范围
        // 北京：单子上全自费 100、先行自付 50，在范围内的是 850：850 × 70% = 595。
        (
            BEIJING,
            "total=1000.00 full_self_pay=100.00 upfront_copay=50.00 in_scope=850.00 \
             deductible_paid=0.00 pool_paid=595.00 patient_paid=405.00",
            "bill",
        ),
        // ── 线索
        // 广州 2023 年的年度额度 7200 只有线索：已用 7000，还能付 200。
        (
            Asked {
                visit: "440100 general_outpatient hospital 2023-06-10",
                so_far: "op_fund=7000.00",
                ..GUANGZHOU
            },
            "total=1000.00 pool_paid=200.00 patient_paid=800.00",
            "leads",
        ),
        // ── 谁付
        // 北京：账户里有钱，单子上 300 全是现金。
        (
            BEIJING,
            "total=1000.00 pool_paid=700.00 accounts_paid=0.00 mutual_aid_paid=0.00 cash_paid=300.00",
            "account_not_used",
        ),
        // 本人只有 100，家人的账户付了 200；单子上没有共济，200 是现金。
        (
            Asked {
                own: "book=100.00",
                aid: "5000.00",
                ..BEIJING
            },
            "total=1000.00 pool_paid=700.00 accounts_paid=100.00 mutual_aid_paid=0.00 cash_paid=200.00",
            "no_aid",
        ),
        // ── 零头
        (
            BEIJING,
            "total=1000.00 pool_paid=700.01 patient_paid=299.99",
            "rounding",
        ),
    ] {
        let report = compared(&library, asked, lines);
        assert!(!report.agrees, "{lines}");
        let all: Vec<_> = (0..report.explanations.len())
            .map(|number| told(&report, number))
            .collect();
        assert_eq!(
            all.first(),
            Some(&vec![expected.to_owned()]),
            "{lines}: {all:?}"
        );
        assert!(report.explanations[0].whole, "{lines}");
        assert_eq!(report.ask, None, "{lines}");
    }
}

/// What was worked out from the slip stands behind what the rules say, and is told all the same.
#[test]
fn accounts_that_held_just_so_much_explain_who_paid() {
    let library = shipped();
    for (asked, lines, expected) in [
        // 本人要付 300，账户付了 120，现金 180。
        (
            BEIJING,
            "total=1000.00 pool_paid=700.00 accounts_paid=120.00 mutual_aid_paid=0.00 cash_paid=180.00",
            "own_balance amount=120.00",
        ),
        (
            BEIJING,
            "total=1000.00 pool_paid=700.00 accounts_paid=120.00 mutual_aid_paid=0.00 cash_paid=180.00",
            "not_account_payable amount=180.00",
        ),
        // 本人 100，家人 50，现金 150；家人的账户原来有 5000。
        (
            Asked {
                own: "book=100.00",
                aid: "5000.00",
                ..BEIJING
            },
            "total=1000.00 pool_paid=700.00 accounts_paid=150.00 mutual_aid_paid=50.00 cash_paid=150.00",
            "aid_balance amount=50.00",
        ),
    ] {
        let report = compared(&library, asked, lines);
        let all: Vec<_> = (0..report.explanations.len())
            .flat_map(|number| told(&report, number))
            .collect();
        assert!(all.contains(&expected.to_owned()), "{lines}: {all:?}");
    }
}

/// Two changes are looked at where none alone explains everything; costs of the slip come before both.
#[test]
fn two_changes_together() {
    let library = shipped();
    for (asked, lines, expected) in [
        // 北京：社区而且起付线用完：1000 × 90% = 900。
        (
            Asked {
                so_far: "op_deductible=0.00 op_fund=0.00",
                ..BEIJING
            },
            "total=1000.00 deductible_paid=0.00 pool_paid=900.00 patient_paid=100.00",
            &["class class=community", "deductible_used_up"][..],
        ),
        // 单子的费用，社区：850 × 90% = 765。
        (
            BEIJING,
            "total=1000.00 full_self_pay=150.00 in_scope=850.00 pool_paid=765.00 patient_paid=235.00",
            &["bill", "class class=community"],
        ),
    ] {
        let report = compared(&library, asked, lines);
        assert_eq!(told(&report, 0), expected, "{lines}");
        assert!(report.explanations[0].whole, "{lines}");
    }
}

#[test]
fn a_slip_that_agrees_needs_no_explanation() {
    let library = shipped();
    let lines = "total=1000.00 deductible_paid=0.00 pool_paid=700.00 fund_paid=700.00 \
        patient_paid=300.00 accounts_paid=300.00 cash_paid=0.00";
    let report = compared(&library, BEIJING, lines);
    assert!(report.agrees && report.explanations.is_empty() && report.ask.is_none());
    assert_eq!(report.lines.len(), 7);
    assert!(
        report
            .lines
            .iter()
            .all(|line| line.difference.is_some_and(|by| by.is_zero()))
    );
}

/// Nothing explains a figure out of the air: the line to ask about is named, with both figures.
#[test]
fn what_nothing_explains_is_asked_at_the_counter() {
    let library = shipped();
    let lines = "total=1000.00 deductible_paid=0.00 pool_paid=123.45 patient_paid=876.55 hospital_paid=0.00";
    let report = compared(&library, BEIJING, lines);
    assert!(report.explanations.is_empty(), "{:?}", report.explanations);
    let ask = report.ask.expect("a question");
    assert_eq!(ask.code, "explain.ask");
    for (name, value) in [
        ("slip_line", "pool_paid"),
        ("ours", "700.00"),
        ("slip", "123.45"),
    ] {
        assert_eq!(ask.params[name], value);
    }
    // 医院负担这一行不估算，不算进比较。
    let hospital = report.lines.last().expect("a line");
    assert_eq!(hospital.line, SlipLine::HospitalPaid);
    assert_eq!((hospital.estimated, hospital.difference), (None, None));
}

/// What the estimate leaves open cannot be compared, and is said line by line.
#[test]
fn open_lines_are_named() {
    let library = shipped();
    let asked = Asked {
        so_far: "op_fund=500.00",
        ..BEIJING
    };
    let lines = "total=1000.00 deductible_paid=400.00 pool_paid=420.00";
    let report = compared(&library, asked, lines);
    let open = [SlipLine::DeductiblePaid, SlipLine::PoolPaid];
    assert_eq!(report.not_compared, open);
    assert!(!report.agrees);
    // 400 = 1800 − 1400；(1000 − 400) × 70% = 420。
    assert_eq!(told(&report, 0), ["deductible_used amount=1400.00"]);
}

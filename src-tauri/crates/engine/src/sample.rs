//! Small honest libraries for the tests: a fictional city 「甲地」, its neighbours, and the nation.

use gongji_policy::{Library, Severity};

const POOLS: &str = r#"
[[province]]
id = "990000"
name = "子省"
[[province]]
id = "980000"
name = "丑省"
[[pool]]
id = "990100"
name = "甲地"
city = "990100"
province = "990000"
[[pool]]
id = "990200"
name = "乙地"
city = "990200"
province = "990000"
[[pool]]
id = "980100"
name = "丙地"
city = "980100"
province = "980000"
"#;

/// One official source and one that is a lead only, for every file.
const SOURCES: &str = r#"
[sources.S]
title = "测试文件"
grade = "official"
[sources.C]
title = "网页线索"
grade = "claimed"
"#;

/// The library of the given `(name, text)` files, each of the place and scheme of its header.
pub(crate) fn library(files: &[(&str, &str)]) -> Library {
    let library = library_with_faults(files);
    let faults: Vec<String> = library
        .problems
        .iter()
        .filter(|problem| problem.severity == Severity::Error)
        .map(ToString::to_string)
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    library
}

/// The same, of files that the checks may refuse in part.
pub(crate) fn library_with_faults(files: &[(&str, &str)]) -> Library {
    let read = files.iter().map(|(name, text)| {
        let (head, blocks) = text.split_at(text.find("[[").unwrap());
        (
            format!("{}/{name}.toml", folder(head)),
            format!("{head}{SOURCES}{blocks}"),
        )
    });
    let pools = [("pools.toml".to_owned(), POOLS.to_owned())];
    Library::read(pools.into_iter().chain(read), false)
}

/// Where a file with this header stands.
fn folder(head: &str) -> String {
    let word = |key: &str| {
        let line = head.lines().find(|line| line.starts_with(key)).unwrap();
        line.split('"').nth(1).unwrap().to_owned()
    };
    let pool = match word("pool").as_str() {
        "990100" => "990100-jiadi".to_owned(),
        other => other.to_owned(),
    };
    format!("{pool}/{}", word("scheme"))
}

/// 甲地的共济：同一统筹区，配偶父母子女；从 2025-03-01 起近亲属，全省。
pub(crate) const AID: &str = r#"
pool = "990100"
scheme = "employee"
part = "mutual_aid"
[[aid]]
id = "binding"
from = 2022-01-01
source = "S 第一条"
kind = "binding"
area = "same_pool"
relations = ["spouse", "parent", "child"]
pays_from = ["book"]
own_first = "spent_first"
donor_order = "registration"
user_may_reorder = "unknown"
donors_per_settlement = "no_limit"
donors_per_user = "unknown"
users_per_donor = "unknown"
reserve = "0.00"
per_settlement = "none"
may_pay = ["upfront_copay", "deductible", "coinsurance", "over_cap"]
benefits = ["general_outpatient", "inpatient", "pharmacy"]
premiums = ["resident"]
not_for = []
ends_when = ["donor_not_in_good_standing", "user_not_in_good_standing"]
[[aid]]
id = "binding"
from = 2025-03-01
source = "S 第二条"
kind = "binding"
area = "same_province"
relations = ["spouse", "parent", "child", "sibling", "grandparent", "grandchild"]
pays_from = ["book"]
own_first = "spent_first"
donor_order = "balance_desc"
user_may_reorder = "unknown"
donors_per_settlement = "no_limit"
donors_per_user = "unknown"
users_per_donor = "unknown"
reserve = "0.00"
per_settlement = "none"
may_pay = ["upfront_copay", "deductible", "coinsurance", "over_cap"]
benefits = ["general_outpatient", "inpatient", "pharmacy"]
premiums = ["resident"]
not_for = []
ends_when = []
"#;

/// 全国：医保钱包，自 2024-12-02。
pub(crate) const WALLET: &str = r#"
pool = "000000"
scheme = "any"
part = "mutual_aid"
[[aid]]
id = "wallet"
from = 2024-12-02
source = "S"
kind = "wallet_transfer"
area = "other_province"
relations = ["spouse", "parent", "child", "sibling", "grandparent", "grandchild"]
pays_from = ["wallet"]
own_first = "unknown"
donor_order = "unknown"
user_may_reorder = "unknown"
donors_per_settlement = "unknown"
donors_per_user = "no_limit"
users_per_donor = "no_limit"
reserve = "0.00"
per_settlement = "none"
may_pay = ["upfront_copay", "deductible", "coinsurance", "over_cap"]
benefits = ["general_outpatient", "inpatient", "pharmacy"]
premiums = ["resident"]
not_for = []
ends_when = []
[[transfer]]
id = "wallet"
from = 2024-12-02
source = "S 转账"
of = "wallet_transfer"
keeps_back = "0.00"
at_most_each = "2000.00"
times_per = "day"
times = 3
closed_hours = "22:00-06:00"
if_not_accepted = "returns_next_day_0600"
"#;

/// 甲地的个人账户：在职 2%，退休 100/110 减 3；次月 5 日前到账；2025-07 的基数 10 月补收。
pub(crate) const ACCOUNT: &str = r#"
pool = "990100"
scheme = "employee"
part = "personal_account"
[[sub_account]]
id = "book"
from = 2022-09-01
source = "S"
name = "个人账户"
rolls_into = "none"
on = "never"
withdrawable = false
[[account_use]]
from = 2022-09-01
source = "S"
benefits = ["general_outpatient", "inpatient", "pharmacy"]
order = [{ sub = "book", when = "after_pool", may_pay = ["upfront_copay", "deductible", "coinsurance", "over_cap"] }]
[[base]]
from = 2024-07-01
source = "S 基数一"
floor = "6821.00"
cap = "35283.00"
[[base]]
from = 2025-07-01
source = "S 基数二"
floor = "7162.00"
cap = "35811.00"
trued_up_in = 2025-10-01
renewed_yearly = true
[[credit]]
from = 2022-09-01
source = "S 划入"
into = "book"
per = "month"
rows = [
  { plan = "with_account", status = "active", of = "base", values = ["2%"] },
  { plan = "flexible", status = "active", of = "base", values = ["unknown"] },
  { status = "retired", from_age = 0, of = "fixed", values = ["100.00"] },
  { status = "retired", from_age = 70, of = "fixed", values = ["110.00"] },
]
ask = "每月划入多少？"
[[withheld]]
id = "large_expense"
from = 2022-09-01
source = "S 代扣"
name = "大额互助"
per = "month"
on = "with_credit"
rows = [
  { status = "active", of = "fixed", values = ["0.00"] },
  { status = "retired", of = "fixed", values = ["3.00"] },
]
[[arrival]]
from = 2022-09-01
source = "S 到账"
kind = "day_of_month"
day = 5
month_offset = 1
latest = true
holiday = "unknown"
"#;

/// 甲地的年度与累计数。
pub(crate) const COUNTERS: &str = r#"
pool = "990100"
scheme = "employee"
part = "counters"
[[benefit_year]]
id = "employee"
from = 2019-01-01
source = "S"
starts = "01-01"
[[counter]]
id = "op_deductible"
name = "门诊起付线已累计"
from = 2019-01-01
source = "S"
adds = ["deductible"]
paid_by = ["any"]
of = ["general_outpatient"]
per = "year"
year = "employee"
[[counter]]
id = "own_share"
name = "全年个人负担"
from = 2019-01-01
source = "S"
adds = ["upfront_copay", "deductible", "coinsurance", "over_cap"]
paid_by = ["own_account", "mutual_aid", "cash"]
of = ["general_outpatient"]
per = "year"
year = "employee"
"#;

/// 甲地的普通门诊：每年起付线 300，在职 70%，退休 80%；2027-01-01 起退休 90%。
pub(crate) const OUTPATIENT: &str = r#"
pool = "990100"
scheme = "employee"
part = "general_outpatient"
[[deductible]]
from = 2019-01-01
source = "S 起付线"
counter = "op_deductible"
class = ["any"]
rows = [{ status = "any", values = ["300.00"] }]
[[rate]]
from = 2019-01-01
source = "S 比例"
edges_on = "none"
class = ["any"]
rows = [
  { status = "active", values = ["70%"] },
  { status = "retired", values = ["80%"] },
]
[[rate]]
from = 2027-01-01
source = "S 新比例"
edges_on = "none"
class = ["any"]
rows = [
  { status = "active", values = ["70%"] },
  { status = "retired", values = ["90%"] },
]
"#;

/// 甲地的大病：全年个人负担 1000 以上，头 500 报 60%，再以上 70%，年度结束后一次结。
pub(crate) const YEARLY: &str = r#"
pool = "990100"
scheme = "employee"
part = "layer"
[[layer]]
id = "serious_illness"
from = 2019-01-01
source = "S 大病"
order = 20
fund = "serious_illness"
counts = ["upfront_copay", "deductible", "coinsurance", "over_cap"]
paid_by = ["own_account", "mutual_aid", "cash"]
of = ["general_outpatient"]
counter = "own_share"
settled = "yearly"
[[threshold]]
from = 2019-01-01
source = "S 大病起付"
rows = [{ status = "any", values = ["1000.00"] }]
[[rate]]
from = 2019-01-01
source = "S 大病比例"
edges_on = "above_threshold"
class = ["any"]
rows = [
  { status = "any", above = "0.00", values = ["60%"] },
  { status = "any", above = "500.00", values = ["70%"] },
]
"#;

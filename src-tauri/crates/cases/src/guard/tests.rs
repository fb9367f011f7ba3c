use super::*;
use crate::read;

/// The files of 北京 and of the nation, as they stand in the checkout.
fn files() -> BTreeMap<String, String> {
    let policies = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../policies");
    let mut files = BTreeMap::new();
    let mut waiting = vec![String::new()];
    while let Some(below) = waiting.pop() {
        for entry in std::fs::read_dir(format!("{policies}/{below}")).expect("a folder") {
            let entry = entry.expect("an entry");
            let name = format!("{below}{}", entry.file_name().to_string_lossy());
            let wanted =
                !below.is_empty() || name.starts_with("000000") || name.starts_with("110000");
            if entry.path().is_dir() && wanted {
                waiting.push(format!("{name}/"));
            } else if name.ends_with(".toml") {
                let text = std::fs::read_to_string(entry.path()).expect("a readable file");
                files.insert(name, text);
            }
        }
    }
    files
}

#[test]
fn figures_are_found_and_words_are_not() {
    let text = "# 第 3 条 \"1.00\"\n[sources.S1]\ntitle = \"2019 年 3 号\"\n[[cap]]\nid = \"12\"\nfrom = 2022-09-30\n\
                note = \"按 30% 计\"\nrows = [{ from_age = 70, above = \"1300.00\", values = [\"85%\", \"100%\", \"none\"] }] # 9\n\
                [[adjust]]\nvalues = [\"5pt\", \"0.2%\"]\n";
    let found: Vec<_> = figures(text)
        .into_iter()
        .map(|figure| (figure.line, figure.found, figure.changed))
        .collect();
    let expected = [
        (6, "2022-09-30", "2022-10-01"),
        (8, "70", "71"),
        (8, "1300.00", "1301.00"),
        (8, "85%", "86%"),
        (8, "100%", "99%"),
        (10, "5pt", "6pt"),
        (10, "0.2%", "1.2%"),
    ];
    let expected = expected.map(|(line, a, b)| (line, a.to_owned(), b.to_owned()));
    assert_eq!(found, expected);
}

#[test]
fn a_figure_with_a_case_is_noticed_and_one_without_survives() {
    let text = "pool = \"110000\"\nscheme = \"employee\"\npart = \"general_outpatient\"\n[[case]]\nname = \"起付线\"\nkind = \"derived\"\nwhy = \"(1900−1800)×70%\"\n\
                member = { status = \"active\", born = 1985-03-01 }\nvisit = { settled_on = 2025-03-10, class = \"hospital\" }\nbill = { total = \"1900.00\" }\n\
                payers = { own = {} }\nexpect = { total = \"1900.00\", deductible_paid = \"1800.00\", fund_paid = \"70.00\" }\n";
    let cases = read(text).expect("a sound case");
    let guards = [Guards {
        cases: &cases,
        text,
        beside: &|_| None,
    }];
    let name = "110000-beijing/employee/general-outpatient.toml";
    let changes = guard(&files(), name, &guards);
    let noticed = |found: &str| {
        changes
            .iter()
            .filter(|change| change.found == found)
            .any(|change| change.noticed.as_deref() == Some("起付线"))
    };
    assert!(noticed("1800.00"), "the deductible in service");
    assert!(noticed("70%"), "the share in service");
    assert!(!noticed("1300.00"), "nobody here is retired: {changes:?}");
}

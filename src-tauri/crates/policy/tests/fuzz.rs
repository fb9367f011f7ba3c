//! Any bytes in place of policy files: nothing panics, a sound file beside them is in force, and faults in
//! several files are told at once. More of it with `PROPTEST_CASES=100000`.

#![allow(clippy::unwrap_used)] // what is not there fails the test

use std::path::Path;
use std::sync::LazyLock;

use gongji_domain::PoolId;
use gongji_policy::{Library, Severity, describe};
use proptest::prelude::*;
use proptest::sample::{Index, select};

type Files = Vec<(String, String)>;

static SHIPPED: LazyLock<Files> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../policies");
    let mut files = Vec::new();
    collect(&root, &root, &mut files);
    files
});

fn collect(root: &Path, folder: &Path, files: &mut Files) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, files);
        } else if path.extension().is_some_and(|ending| ending == "toml") {
            let name = path.strip_prefix(root).unwrap().to_string_lossy();
            files.push((name.into_owned(), std::fs::read_to_string(&path).unwrap()));
        }
    }
}

fn cases(usual: u32) -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok();
    let cases = asked.and_then(|cases| cases.parse().ok());
    ProptestConfig {
        cases: cases.unwrap_or(usual),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// The files of the place of the one at `index`, which is named first, and the list of pools.
fn place_of(index: &Index) -> Files {
    let placed: Vec<&(String, String)> = (SHIPPED.iter())
        .filter(|(name, _)| name.matches('/').count() == 2)
        .collect();
    let chosen = *index.get(&placed);
    let (folder, _) = chosen.0.split_once('/').unwrap();
    let mut files = vec![chosen.clone()];
    for file in SHIPPED.iter() {
        if file.0 == "pools.toml" || (file.0.starts_with(folder) && file.0 != chosen.0) {
            files.push(file.clone());
        }
    }
    files
}

/// What a line is turned into.
fn strange() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        Just("=".to_owned()),
        Just("\u{0}\u{feff}\u{202e}".to_owned()),
        Just("rows = [{ status = \"any\", values = [] }]".to_owned()),
        Just("rows = []".to_owned()),
        Just("class = []".to_owned()),
        Just("order = 99999999999999999999".to_owned()),
        Just("covers = -1".to_owned()),
        Just("day = 4294967296".to_owned()),
        Just("years_back = 2147483647".to_owned()),
        Just("years_back = -2147483648".to_owned()),
        Just("from = 0000-01-01".to_owned()),
        Just("from = 9999-12-31".to_owned()),
        Just("year = 9223372036854775807".to_owned()),
        Just("starts = \"02-30\"".to_owned()),
        Just("on = \"13-01\"".to_owned()),
        Just("share_of_rest = \"100%\"".to_owned()),
        Just("enough_months = [0, 4294967295]".to_owned()),
        Just("above = \"92233720368547758.07\"".to_owned()),
        (1_usize..3_000).prop_map(|deep| format!("x = {}", "[".repeat(deep))),
        (1_usize..300).prop_map(|deep| format!("x = {}{}", "[".repeat(deep), "]".repeat(deep))),
        (1_usize..300).prop_map(|deep| format!("{}1", "x.".repeat(deep))),
        (1_usize..40).prop_map(|long| format!("x = \"{}.00\"", "9".repeat(long))),
        (1_usize..40)
            .prop_map(|long| format!("rows = [{{ values = [\"{}%\"] }}]", "9".repeat(long))),
        "\\PC{0,40}",
        "[a-z_]{1,12} = \"[0-9a-z%.]{0,12}\"",
        "\\[\\[[a-z_]{1,16}\\]\\]",
    ]
}

/// Changes lines of a text: one is dropped, doubled, moved, or becomes something strange.
fn mutate(text: &str, changes: &[(Index, u8, Index, String)]) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for (at, how, to, strange) in changes {
        if lines.is_empty() {
            break;
        }
        let (at, to) = (at.index(lines.len()), to.index(lines.len()));
        match how % 5 {
            0 => drop(lines.remove(at)),
            1 => lines.insert(to, lines[at].clone()),
            2 => lines.swap(at, to),
            3 => lines[at] = strange.clone(),
            _ => {
                // A figure becomes a huge one, or of another kind.
                let huge = [
                    "\"99999999999999.99\"",
                    "\"1000%\"",
                    "\"none\"",
                    "\"5pt\"",
                    "\"-1.00\"",
                ];
                let cell = huge[to % huge.len()];
                let line = lines[at].clone();
                if let Some((before, rest)) = line.split_once('"')
                    && let Some((_, after)) = rest.split_once('"')
                {
                    lines[at] = format!("{before}{cell}{after}");
                }
            }
        }
    }
    lines.join("\n")
}

/// Everything that looks at a library, on days before, inside and after its rules.
fn use_all(library: &Library) {
    for pool in &library.pools {
        for scheme in ["employee", "resident"] {
            for day in ["0001-01-01", "2023-06-30", "2025-01-01", "9999-12-31"] {
                let rules = library.rules(&pool.id, scheme, day.parse().unwrap());
                for block in rules.iter().flat_map(|rules| &rules.blocks) {
                    let described = describe(block, &|word| word.to_owned());
                    assert!(!described.title.keys().is_empty());
                }
            }
        }
    }
}

/// 甲地 — sound, whatever stands beside it.
const SOUND: &str = r#"
pool = "990100"
scheme = "employee"
part = "inpatient"
[sources.S1]
title = "甲地职工医保办法（虚构）"
grade = "official"
[[rate]]
from = 2020-01-01
source = "S1"
edges_on = "none"
class = ["any"]
rows = [{ status = "any", values = ["80%"] }]
"#;

const POOLS: &str = r#"
[[province]]
id = "990000"
name = "甲省"
[[pool]]
id = "990100"
name = "甲地"
city = "990100"
province = "990000"
"#;

fn beside_sound(path: &str, text: String) -> Library {
    let files = vec![
        ("pools.toml".to_owned(), POOLS.to_owned()),
        (
            "990100-jiadi/employee/inpatient.toml".to_owned(),
            SOUND.to_owned(),
        ),
        (path.to_owned(), text),
    ];
    Library::read(files, false)
}

fn holds_the_sound(library: &Library) -> bool {
    let day = "2024-01-01".parse().unwrap();
    let rules = library
        .rules(&PoolId::from("990100"), "employee", day)
        .unwrap();
    rules.get("inpatient", "rate").is_some()
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn anything_beside_a_sound_file_leaves_it_in_force(
        path in prop_oneof![
            Just("990100-jiadi/employee/general-outpatient.toml".to_owned()),
            Just("990100-jiadi/employee/layer-x.toml".to_owned()),
            Just("990100-jiadi/employee/counters.toml".to_owned()),
            Just("x.toml".to_owned()),
            "[a-z0-9/.-]{1,30}",
        ],
        bytes in prop::collection::vec(any::<u8>(), 0..400),
        lines in prop::collection::vec(strange(), 0..12),
        as_bytes in any::<bool>(),
    ) {
        let text = match as_bytes {
            true => String::from_utf8_lossy(&bytes).into_owned(),
            false => lines.join("\n"),
        };
        let library = beside_sound(&path, text);
        use_all(&library);
        prop_assert!(holds_the_sound(&library), "{path}");
    }
}

proptest! {
    #![proptest_config(cases(50))]

    #[test]
    fn a_mutated_file_never_panics_and_spoils_no_other(
        index in any::<Index>(),
        changes in prop::collection::vec((any::<Index>(), any::<u8>(), any::<Index>(), strange()), 1..8),
    ) {
        let mut files = place_of(&index);
        let whole = Library::read(files.clone(), false);
        let name = files[0].0.clone();
        files[0].1 = mutate(&files[0].1, &changes);
        let lines = files[0].1.lines().count();
        let library = Library::read(files, false);
        use_all(&library);
        for problem in library.problems.iter().filter(|problem| problem.file == name) {
            prop_assert!(problem.line <= lines + 1, "{problem}");
            prop_assert!(!problem.sentence.is_empty());
        }
        // Another file may only miss what stood in the mutated one: it still is in the library.
        for file in whole.files.iter().filter(|file| file.path != name) {
            prop_assert!(library.files.iter().any(|known| known.path == file.path), "{}", file.path);
        }
    }

    #[test]
    fn faults_in_several_files_are_told_at_once(
        index in any::<Index>(),
        faults in prop::collection::vec((any::<Index>(), select(&[
            "\n[[rate]]\nfrom = 2024-01-01\n",
            "\n[[nonsense]]\nfrom = 2024-01-01\nsource = \"S1\"\n",
            "\nkey without a value\n",
            "\n[[cap]]\nfrom = 2024-13-01\n",
        ][..])), 1..5),
    ) {
        let mut files = place_of(&index);
        let mut spoilt: Vec<String> = Vec::new();
        for (at, fault) in &faults {
            let file = at.index(files.len());
            if files[file].0 != "pools.toml" {
                files[file].1.push_str(fault);
                spoilt.push(files[file].0.clone());
            }
        }
        let library = Library::read(files, false);
        for name in &spoilt {
            let told = |problem: &gongji_policy::Problem| {
                problem.file == *name && problem.severity == Severity::Error
            };
            prop_assert!(library.problems.iter().any(told), "{name}");
        }
    }
}

#[test]
fn nested_deeper_than_any_stack_is_a_problem() {
    for text in [
        format!("x = {}", "[".repeat(200_000)),
        format!("x = {}{}", "[".repeat(200_000), "]".repeat(200_000)),
        format!("x = {}1{}", "{ a = ".repeat(50_000), " }".repeat(50_000)),
        format!("{}x = 1", "a.".repeat(100_000)),
        format!("[{}a]\nx = 1", "a.".repeat(100_000)),
        format!("[[{}a]]\nx = 1", "a.".repeat(20_000)),
    ] {
        let library = beside_sound("990100-jiadi/employee/counters.toml", text);
        assert!(!library.problems.is_empty());
        assert!(holds_the_sound(&library));
    }
}

//! A figure that the household knows better, with a real file on the disk.

#![allow(clippy::unwrap_used)] // a sample that cannot be made fails the test

mod family;

use family::{CITY, changed, day, family, fund_paid, open, sentence, today, yuan};
use gongji_api::{
    BlockRef, Gongji, Grade, ImpactFigure, ImpactKind, Language, OwnRuleDraft, PoolId, Scheme,
    Shelf,
};

/// The rate of a hospital for the active, as 政策 shows it today.
fn hospital_rate(gongji: &Gongji, figure: &str) -> OwnRuleDraft {
    let pool = PoolId::from("110000");
    let view = gongji
        .policy(&pool, Scheme::Employee, today(), Language::Chinese)
        .unwrap();
    let blocks = view.parts.iter().flat_map(|part| &part.blocks);
    let mut rates = blocks.filter(|block| {
        block.reference.block == "rate" && block.reference.file.ends_with("general-outpatient.toml")
    });
    OwnRuleDraft {
        pool,
        scheme: Scheme::Employee,
        block: rates.next().unwrap().reference.clone(),
        row: 0,
        column: 1,
        figure: figure.to_owned(),
        from: today(),
        until: None,
        source: "12393 电话".to_owned(),
    }
}

#[test]
fn a_figure_that_is_known_better_counts_and_can_be_undone_and_removed() {
    let folder = tempfile::tempdir().unwrap();
    let mut gongji = family(folder.path());
    let (before, grade) = fund_paid(&gongji);
    assert_eq!(before, yuan("700.00"));
    assert_ne!(grade, Some(Grade::Stated));

    let draft = hospital_rate(&gongji, "75");
    let preview = gongji
        .own_rule_preview(today(), &draft, Language::Chinese)
        .unwrap();
    assert!(!preview.refused, "{:?}", preview.problems);
    let told: Vec<_> = preview.blocks[0].changes.iter().collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0].before.as_deref(), Some("70%"));
    assert_eq!(told[0].after.as_deref(), Some("75%"));
    let recorded = changed(&preview.impacts, ImpactKind::Recorded, ImpactFigure::Fund);
    assert_eq!(
        recorded,
        [("general_outpatient".to_owned(), Some(yuan("50.00")))]
    );
    let planned = changed(&preview.impacts, ImpactKind::Planned, ImpactFigure::Fund);
    assert_eq!(planned, [("牙科复查".to_owned(), Some(yuan("72.50")))]);
    assert_eq!(fund_paid(&gongji).0, before, "looking changes nothing");

    gongji.own_rule_save(today(), &draft).unwrap();
    assert_eq!(fund_paid(&gongji), (yuan("750.00"), Some(Grade::Stated)));
    let own = &gongji.own_rules(Language::Chinese).rules;
    assert_eq!(own.len(), 1);
    assert_eq!(
        (own[0].place.as_str(), own[0].scheme.as_str()),
        ("北京市", "employee")
    );
    assert_eq!(own[0].source, "12393 电话");
    // Of the whole table only the one cell is the family's.
    let pool = PoolId::from("110000");
    let rules = gongji.policy(&pool, Scheme::Employee, today(), Language::Chinese);
    let parts = rules.unwrap().parts;
    let block = parts
        .iter()
        .flat_map(|part| &part.blocks)
        .find(|block| block.own);
    let stated = &block.unwrap().stated;
    assert_eq!(stated.iter().flatten().filter(|own| **own).count(), 1);
    assert_eq!(own[0].changes.len(), 1);
    assert_eq!(
        own[0].block.file,
        "own/110000/employee/general-outpatient.toml"
    );

    // It lies in the file: another start knows it, and undo takes it back.
    drop(gongji);
    let mut gongji = open(folder.path());
    assert_eq!(fund_paid(&gongji).0, yuan("750.00"));
    gongji.undo(today()).unwrap();
    assert_eq!(fund_paid(&gongji).0, before);
    gongji.redo(today()).unwrap();
    assert_eq!(fund_paid(&gongji).0, yuan("750.00"));

    // A second figure of the same block, of the same day, stands beside the first.
    let more = OwnRuleDraft {
        column: 0,
        ..hospital_rate(&gongji, "95%")
    };
    gongji.own_rule_save(today(), &more).unwrap();
    let own = gongji.own_rules(Language::Chinese).rules;
    assert_eq!((own.len(), own[0].changes.len()), (1, 2));
    assert_eq!(fund_paid(&gongji).0, yuan("750.00"));

    gongji.own_rule_remove(today(), &own[0].block).unwrap();
    assert_eq!(fund_paid(&gongji).0, before);
    assert!(gongji.own_rules(Language::Chinese).rules.is_empty());
    let gone = gongji.own_rule_remove(today(), &own[0].block).unwrap_err();
    assert_eq!(sentence(&gone), "这一条规则已经不在了");
}

#[test]
fn a_credit_that_is_known_better_changes_what_is_expected() {
    let folder = tempfile::tempdir().unwrap();
    let gongji = family(folder.path());
    let credit = OwnRuleDraft {
        block: BlockRef {
            file: "110000-beijing/employee/personal-account.toml".to_owned(),
            block: "credit".to_owned(),
            id: None,
            from: day("2022-09-01"),
        },
        row: 0,
        column: 0,
        ..hospital_rate(&gongji, "2.5")
    };
    let preview = gongji
        .own_rule_preview(today(), &credit, Language::English)
        .unwrap();
    assert_eq!(preview.blocks[0].changes.len(), 1);
    // Half a percent of 12,000 and of 18,000, month by month, and all of it in the balances.
    let credits = changed(&preview.impacts, ImpactKind::Expected, ImpactFigure::Credit);
    assert!(credits.len() >= 22, "{credits:?}");
    let sums = |by: &str| {
        credits
            .iter()
            .filter(|(_, sum)| *sum == Some(yuan(by)))
            .count()
    };
    assert_eq!(sums("60.00") + sums("90.00"), credits.len());
    let balances = changed(
        &preview.impacts,
        ImpactKind::Expected,
        ImpactFigure::Balance,
    );
    assert_eq!(balances.len(), 2);
}

#[test]
fn what_is_stated_goes_through_json_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let mut gongji = family(folder.path());
    let draft = hospital_rate(&gongji, "75%");
    gongji.own_rule_save(today(), &draft).unwrap();
    let json = gongji.export_text().unwrap();
    let file = folder.path().join("copy.sqlite");
    Gongji::import_text(Some(file.clone()), Shelf::shipped(false), today(), &json).unwrap();
    let copy = Gongji::open_file(file, Shelf::shipped(false));
    assert_eq!(fund_paid(&copy).0, yuan("750.00"));
    assert_eq!(copy.export_text().unwrap(), json);
}

#[test]
fn statements_follow_one_another_and_never_overlap() {
    let folder = tempfile::tempdir().unwrap();
    let mut gongji = family(folder.path());
    let block = hospital_rate(&gongji, "").block;
    let stated = |figure: &str, from: &str, until: Option<&str>| OwnRuleDraft {
        from: day(from),
        until: until.map(day),
        block: block.clone(),
        ..hospital_rate(&open_in_memory(), figure)
    };
    gongji
        .own_rule_save(today(), &stated("75%", "2026-01-01", Some("2026-06-30")))
        .unwrap();
    let within = stated("80%", "2026-06-30", None);
    let refused = gongji.own_rule_save(today(), &within).unwrap_err();
    // On that day the rule of the place is not the one in force.
    assert_eq!(refused.field.as_deref(), Some("from"), "{refused:?}");

    let own = gongji.own_rules(Language::Chinese).rules[0].block.clone();
    let again = OwnRuleDraft {
        block: own,
        ..stated("80%", "2026-06-30", None)
    };
    let refused = gongji.own_rule_save(today(), &again).unwrap_err();
    assert_eq!(
        sentence(&refused),
        "和您写过的一条（2026-01-01 到 2026-06-30）有重叠；请先去掉那一条，或者换一个日期"
    );

    // The day after its end is free.
    gongji
        .own_rule_save(today(), &stated("80%", "2026-07-01", None))
        .unwrap();
    let rules = gongji.own_rules(Language::Chinese).rules;
    let until: Vec<_> = rules.iter().map(|rule| rule.until).collect();
    assert_eq!(until, [Some(day("2026-06-30")), None]);
    assert!(
        rules.iter().all(|rule| rule.problems.is_empty()),
        "{rules:?}"
    );
    assert_eq!(fund_paid(&gongji).0, yuan("800.00"));

    // Taken out again, the first still ends where it was said to.
    gongji.own_rule_remove(today(), &rules[1].block).unwrap();
    assert_eq!(fund_paid(&gongji).0, yuan("700.00"));
}

fn open_in_memory() -> Gongji {
    Gongji::in_memory(Shelf::shipped(false))
}

#[test]
fn what_is_stated_badly_is_refused_with_a_sentence_and_nothing_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let mut gongji = family(folder.path());
    let before = gongji.export_text().unwrap();
    let fine = hospital_rate(&gongji, "75%");
    let elsewhere = BlockRef {
        file: CITY.replace("beijing", "nowhere"),
        ..fine.block.clone()
    };
    let cases = [
        (
            OwnRuleDraft {
                source: "  ".to_owned(),
                ..fine.clone()
            },
            "source",
            "这里不能空着",
        ),
        (
            OwnRuleDraft {
                until: Some(day("2026-11-21")),
                ..fine.clone()
            },
            "until",
            "结束的日子早于开始的日子",
        ),
        (
            OwnRuleDraft {
                from: day("2022-01-01"),
                ..fine.clone()
            },
            "from",
            "这条规则在 2022-01-01 不施行",
        ),
        (
            OwnRuleDraft {
                figure: "很多".to_owned(),
                ..fine.clone()
            },
            "figure",
            "「很多」读不懂",
        ),
        (
            OwnRuleDraft {
                figure: "9".repeat(400),
                ..fine.clone()
            },
            "figure",
            "读不懂",
        ),
        (
            OwnRuleDraft {
                figure: "150%".to_owned(),
                ..fine.clone()
            },
            "figure",
            "规则有错",
        ),
        (
            OwnRuleDraft {
                figure: "600元".to_owned(),
                ..fine.clone()
            },
            "figure",
            "规则有错",
        ),
        (
            OwnRuleDraft {
                row: 99,
                ..fine.clone()
            },
            "",
            "表里的这一格已经不在了",
        ),
        (
            OwnRuleDraft {
                column: 9,
                ..fine.clone()
            },
            "",
            "表里的这一格已经不在了",
        ),
        (
            OwnRuleDraft {
                pool: PoolId::from("999999"),
                ..fine.clone()
            },
            "",
            "这个参保地已经不在了",
        ),
        (
            OwnRuleDraft {
                pool: PoolId::from("310000"),
                ..fine.clone()
            },
            "from",
            "不施行",
        ),
        (
            OwnRuleDraft {
                block: elsewhere,
                ..fine.clone()
            },
            "from",
            "不施行",
        ),
    ];
    for (draft, field, expected) in cases {
        let refused = gongji.own_rule_save(today(), &draft).unwrap_err();
        assert_eq!(
            refused.field.as_deref().unwrap_or_default(),
            field,
            "{expected}"
        );
        assert!(
            sentence(&refused).contains(expected),
            "{}",
            sentence(&refused)
        );
    }
    assert_eq!(gongji.export_text().unwrap(), before);
}

#[test]
fn a_file_of_the_households_own_that_cannot_be_read_is_shown_and_can_be_removed() {
    let folder = tempfile::tempdir().unwrap();
    let mut gongji = family(folder.path());
    let draft = hospital_rate(&gongji, "75%");
    gongji.own_rule_save(today(), &draft).unwrap();
    let json = gongji.export_text().unwrap();
    let broken = json.replace("[[rate]]", "[[rate]");
    assert_ne!(broken, json);
    let file = folder.path().join("broken.sqlite");
    Gongji::import_text(Some(file.clone()), Shelf::shipped(false), today(), &broken).unwrap();
    let mut gongji = Gongji::open_file(file, Shelf::shipped(false));
    let rules = gongji.own_rules(Language::Chinese).rules;
    assert_eq!(rules.len(), 1);
    assert!(!rules[0].problems.is_empty());
    gongji.own_rule_remove(today(), &rules[0].block).unwrap();
    assert_eq!(fund_paid(&gongji).0, yuan("700.00"));
}

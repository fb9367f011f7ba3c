//! Policy packs from the disk, with a real household file.

#![allow(clippy::unwrap_used)] // a sample that cannot be made fails the test

mod family;

use std::fs;
use std::path::Path;

use family::{CITY, changed, family, fund_paid, sentence, today, yuan};
use gongji_api::{Gongji, ImpactFigure, ImpactKind, Language};

/// A pack with a new place, as somebody would write it.
fn pack(at: &Path, share: &str) {
    let place = at.join("990100-jiadi/employee");
    fs::create_dir_all(&place).unwrap();
    fs::write(
        at.join("pools.toml"),
        "[[province]]\nid = \"990000\"\nname = \"某省\"\n[[pool]]\nid = \"990100\"\nname = \"甲地\"\n\
         city = \"990100\"\nprovince = \"990000\"\n",
    )
    .unwrap();
    fs::write(
        place.join("general-outpatient.toml"),
        format!(
            "pool = \"990100\"\nscheme = \"employee\"\npart = \"general_outpatient\"\n\
             [sources.S1]\ntitle = \"办法\"\ngrade = \"copy\"\n\
             [[rate]]\nfrom = 2023-01-01\nsource = \"S1\"\nedges_on = \"none\"\nclass = [\"any\"]\n\
             rows = [{{ status = \"any\", values = [\"{share}\"] }}]\n"
        ),
    )
    .unwrap();
}

/// Beijing's outpatient file with another share for the hospital.
fn beijing(at: &Path) {
    let shipped = gongji_api::shipped_files();
    let text = shipped[CITY].replace(
        "{ status = \"active\",                 above = \"0.00\",     values = [\"90%\", \"70%\"] }",
        "{ status = \"active\",                 above = \"0.00\",     values = [\"90%\", \"72%\"] }",
    );
    assert_ne!(text, shipped[CITY]);
    fs::create_dir_all(at.join("110000-beijing/employee")).unwrap();
    fs::write(at.join(CITY), text).unwrap();
}

#[test]
fn a_pack_is_looked_at_added_replaced_and_removed() {
    let folder = tempfile::tempdir().unwrap();
    let mut gongji = family(folder.path());
    let at = folder.path().join("新政策");
    pack(&at, "60%");
    beijing(&at);
    let path = at.to_str().unwrap();

    let preview = gongji
        .pack_preview(today(), path, Language::Chinese)
        .unwrap();
    assert!(!preview.refused, "{:?}", preview.problems);
    assert_eq!(
        (preview.name.as_str(), preview.files, preview.replaces),
        ("新政策", 3, false)
    );
    let places: Vec<_> = preview
        .blocks
        .iter()
        .map(|block| block.place.as_str())
        .collect();
    assert_eq!(places, ["北京市", "甲地"]);
    let recorded = changed(&preview.impacts, ImpactKind::Recorded, ImpactFigure::Fund);
    assert_eq!(
        recorded,
        [("general_outpatient".to_owned(), Some(yuan("20.00")))]
    );
    assert_eq!(fund_paid(&gongji).0, yuan("700.00"));

    gongji.pack_add(today(), path, &preview.seen).unwrap();
    assert_eq!(fund_paid(&gongji).0, yuan("720.00"));
    let packs = gongji.own_rules(Language::Chinese).packs;
    assert_eq!(
        (packs.len(), packs[0].files, packs[0].places.len()),
        (1, 3, 2)
    );
    let known = |gongji: &Gongji| gongji.places().iter().any(|place| place.name == "甲地");
    assert!(known(&gongji));

    // A newer version of it stands in its place; what was looked at is what is added.
    let seen = gongji
        .pack_preview(today(), path, Language::Chinese)
        .unwrap();
    assert!(seen.replaces && seen.blocks.is_empty(), "{:?}", seen.blocks);
    pack(&at, "65%");
    let refused = gongji.pack_add(today(), path, &seen.seen).unwrap_err();
    assert!(
        sentence(&refused).contains("又变了"),
        "{}",
        sentence(&refused)
    );
    let seen = gongji
        .pack_preview(today(), path, Language::Chinese)
        .unwrap();
    assert_eq!(seen.blocks[0].changes[0].after.as_deref(), Some("65%"));
    gongji.pack_add(today(), path, &seen.seen).unwrap();
    assert_eq!(gongji.own_rules(Language::Chinese).packs.len(), 1);

    gongji.pack_remove(today(), "新政策").unwrap();
    assert_eq!(fund_paid(&gongji).0, yuan("700.00"));
    assert!(!known(&gongji));
    gongji.undo(today()).unwrap();
    assert_eq!(fund_paid(&gongji).0, yuan("720.00"));
    assert!(gongji.pack_remove(today(), "别的").is_err());
}

#[test]
fn a_pack_is_the_same_whichever_of_its_folders_is_chosen() {
    let folder = tempfile::tempdir().unwrap();
    let gongji = family(folder.path());
    let at = folder.path().join("包");
    beijing(&at);
    for chosen in ["", "110000-beijing", "110000-beijing/employee", CITY] {
        let path = at.join(chosen);
        let preview = gongji.pack_preview(today(), path.to_str().unwrap(), Language::Chinese);
        let preview = preview.unwrap();
        assert!(
            preview.problems.is_empty(),
            "{chosen}: {:?}",
            preview.problems
        );
        assert_eq!(preview.blocks[0].block.file, CITY, "{chosen}");
        assert_eq!(preview.blocks.len(), 1, "{chosen}");
    }
}

#[test]
fn a_bad_pack_is_refused_with_a_sentence_and_nothing_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let mut gongji = family(folder.path());
    let before = gongji.export_text().unwrap();
    let at = |name: &str| {
        let at = folder.path().join(name);
        fs::create_dir_all(at.join("990100-jiadi/employee")).unwrap();
        at
    };
    let file = "990100-jiadi/employee/general-outpatient.toml";
    let put = |name: &str, file: &str, bytes: &[u8]| {
        let at = at(name);
        fs::write(at.join(file), bytes).unwrap();
        at
    };
    for (at, expected) in [
        (folder.path().join("没有的"), "读不了"),
        (at("空的"), "没有政策文件"),
        (put("大的", file, &vec![b'x'; 10_000_000]), "超过 1 MB"),
        (put("乱的", file, &[0xff, 0xfe, 0x00]), "不是 UTF-8"),
        (put("别的", "readme.txt", b"x"), "没有政策文件"),
    ] {
        let path = at.to_str().unwrap();
        let refused = gongji.pack_preview(today(), path, Language::Chinese);
        let refused = refused.unwrap_err();
        assert_eq!(refused.field.as_deref(), Some("path"));
        assert!(
            sentence(&refused).contains(expected),
            "{}",
            sentence(&refused)
        );
    }

    // What can be read is told in full: each problem with its file, its line, and what stands there.
    let bad = folder.path().join("错的");
    pack(&bad, "60%");
    let text = fs::read_to_string(bad.join(file)).unwrap();
    for (change, expected) in [
        (text.replace("60%", "160%"), vec![""]),
        (text.replace("edges_on", "edge_on"), vec!["edge_on"]),
        (
            text.replace("pool = \"990100\"", "pool = \"990200\""),
            vec!["990200"],
        ),
        (text.replace("2023-01-01", "2023-02-30"), vec![""]),
        ("nonsense\n".repeat(50_000), vec![""]),
        (
            text.replace("edges_on", "edge_on") + "[[cap]]\nfrom = 2023-01-01\n",
            vec!["edge_on", "source"],
        ),
    ] {
        fs::write(bad.join(file), change).unwrap();
        let path = bad.to_str().unwrap();
        let preview = gongji
            .pack_preview(today(), path, Language::Chinese)
            .unwrap();
        assert!(preview.refused);
        for word in expected {
            let told = preview.problems.iter().any(|problem| {
                problem.file == file && problem.sentence.contains(word) && problem.error
            });
            assert!(told, "{word}: {:?}", preview.problems);
        }
        let refused = gongji.pack_add(today(), path, &preview.seen).unwrap_err();
        assert!(
            sentence(&refused).starts_with("规则有错，没有保存"),
            "{}",
            sentence(&refused)
        );
    }
    // A list of places that cannot be read takes no place away.
    pack(&bad, "60%");
    fs::write(bad.join("pools.toml"), "[[pool]\n").unwrap();
    let preview = gongji
        .pack_preview(today(), bad.to_str().unwrap(), Language::Chinese)
        .unwrap();
    assert!(preview.refused);
    assert!(preview.problems.len() < 10, "{:?}", preview.problems);
    assert_eq!(gongji.export_text().unwrap(), before);
}

#[test]
fn two_packs_cannot_hold_one_file_and_none_can_speak_for_the_household() {
    let folder = tempfile::tempdir().unwrap();
    let mut gongji = family(folder.path());
    for name in ["甲包", "乙包"] {
        pack(&folder.path().join(name), "60%");
    }
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let seen = gongji
        .pack_preview(today(), &path("甲包"), Language::Chinese)
        .unwrap()
        .seen;
    gongji.pack_add(today(), &path("甲包"), &seen).unwrap();
    let refused = gongji
        .pack_preview(today(), &path("乙包"), Language::Chinese)
        .unwrap_err();
    assert!(
        sentence(&refused).contains("「甲包」里已经有"),
        "{}",
        sentence(&refused)
    );

    // Whatever a folder is called, its files are the place's and their sources are documents.
    let own = folder.path().join("丙包/own/110000/employee");
    fs::create_dir_all(&own).unwrap();
    let text = gongji_api::shipped_files()[CITY].replace("grade  = \"copy\"", "grade = \"stated\"");
    fs::write(own.join("general-outpatient.toml"), text).unwrap();
    let preview = gongji
        .pack_preview(today(), &path("丙包"), Language::Chinese)
        .unwrap();
    assert!(preview.refused);
    let files: Vec<_> = preview
        .problems
        .iter()
        .map(|problem| problem.file.as_str())
        .collect();
    assert!(
        !files.iter().any(|file| file.starts_with("own/")),
        "{files:?}"
    );
}

//! Tables as they come, and what is told of lines that cannot be read.

use gongji_domain::{Account, AccountKind, Member};

use super::*;
use crate::sample::{day, family, word};
use crate::table::csv_table;

fn account(id: u32, owner: u32, name: &str) -> Account {
    Account {
        id: AccountId(id),
        owner: MemberId(owner),
        kind: AccountKind::Cash,
        pool: None,
        name: name.to_owned(),
        opened_on: day("2015-01-01"),
        overdraft: None,
    }
}

fn member(id: u32, name: &str) -> Member {
    Member {
        id: MemberId(id),
        name: name.to_owned(),
        born: None,
        note: String::new(),
    }
}

fn read(text: &str) -> ReadTable {
    let accounts = [
        account(1, 1, "Assets:Medical:M1"),
        account(2, 1, "Assets:Cash:M1"),
        account(3, 1, "双名"),
        account(4, 2, "双名"),
    ];
    let names = Names {
        accounts: &accounts,
        members: &[],
    };
    read_table(text, names)
}

#[test]
fn a_table_of_ours_is_read_back() {
    let household = family();
    let bytes = csv_table(&household, word).unwrap();
    let names = Names {
        accounts: &household.accounts,
        members: &household.members,
    };
    let table = read_table(std::str::from_utf8(&bytes).unwrap(), names);
    assert_eq!(table.faults, []);
    // A table goes by the day.
    let mut entries = household.entries;
    entries.sort_by_key(|entry| (entry.on, entry.id));
    assert_eq!(table.entries.len(), entries.len());
    for (read, entry) in table.entries.iter().zip(&entries) {
        let told = (read.on, read.for_month, read.kind, &read.memo);
        assert_eq!(told, (entry.on, entry.for_month, entry.kind, &entry.memo));
        assert_eq!(read.for_member, entry.for_member);
        let legs = read.legs.iter();
        let legs: Vec<_> = legs
            .map(|leg| (leg.account, &leg.sub, leg.amount))
            .collect();
        let theirs = entry.legs.iter();
        let theirs: Vec<_> = theirs
            .map(|leg| (leg.account, &leg.sub, leg.amount))
            .collect();
        assert_eq!(legs, theirs);
    }
}

/// 号码一路往上、跳着来、回头、不是数字：一个号码就是一笔。
#[test]
fn lines_of_one_number_are_one_entry_wherever_they_stand() {
    let line = |number: &str, fen: i64| {
        let outside = format!("{number},2015-01-05,店,药,Expenses:Pharmacy,{}", -fen);
        format!("{number},2015-01-05,店,药,Assets:Cash:M1,{fen}\n{outside}\n")
    };
    for (numbers, expected) in [
        (&["0", "1", "2"][..], &["0", "1", "2"][..]),
        (&["1", "5", "3", "5", "6", "3"], &["1", "5", "3", "6"]),
        (&["7", "07", "7", "+7", "8"], &["7", "07", "+7", "8"]),
        (&["b", "a", "b", "1", "a"], &["b", "a", "1"]),
        (&["1", "x", "2", "1"], &["1", "x", "2"]),
        (&["", "1", "", "0"], &["", "1", "0"]),
    ] {
        let text: String = numbers.iter().map(|number| line(number, -100)).collect();
        let table = read(&text);
        let found: Vec<&str> = table
            .entries
            .iter()
            .map(|entry| entry.number.as_str())
            .collect();
        assert_eq!(found, expected, "{numbers:?}");
        let legs = table
            .entries
            .iter()
            .map(|entry| entry.legs.len())
            .sum::<usize>();
        assert_eq!(legs, numbers.len(), "{numbers:?}");
    }
}

#[test]
fn lines_of_double_entry_become_entries() {
    let text = "0,2015-01-05,医保中心,refill,Assets:Medical:M1,15000\n\
                0,2015-01-05,医保中心,refill,Income:Refill,-15000\n\
                1,2015-01-06,大药房,感冒,Expenses:Pharmacy,1000\n\
                1,2015-01-06,大药房,感冒,Assets:Medical:M1,-700\n\
                1,2015-01-06,大药房,感冒,Assets:Cash:M1,-300\n";
    let table = read(text);
    assert_eq!(table.faults, []);
    let told: Vec<_> = table
        .entries
        .iter()
        .map(|entry| {
            let legs = entry.legs.iter().map(|leg| leg.amount.fen());
            (entry.kind, entry.memo.as_str(), legs.collect::<Vec<_>>())
        })
        .collect();
    assert_eq!(
        told,
        [
            (EntryKind::Credit, "医保中心 refill", vec![15_000]),
            (EntryKind::Spending, "大药房 感冒", vec![-700, -300]),
        ]
    );
}

#[test]
fn a_line_that_cannot_be_read_is_told_with_its_number() {
    for (lines, line, code) in [
        ("0,2015-13-05,a,b,Assets:Cash:M1,1", 1, "import.bad_day"),
        ("0,2015-01-05,a,b,Assets:Cash:M1,1.5", 1, "import.bad_fen"),
        ("0,2015-01-05,a,b,Assets:Cash:M9,1", 1, "import.no_account"),
        (
            "0,2015-01-05,a,b,双名,1",
            1,
            "import.accounts_share_name_here",
        ),
        ("0,2015-01-05,a,b,Assets:Cash:M1", 1, "import.columns"),
        ("0,2015-01-05,a,b,Assets:Cash:M1,1", 1, "import.uneven"),
        (
            "0,2015-01-05,a,b,Income:X,1\n0,2015-01-05,a,b,Expenses:X,-1",
            1,
            "import.nothing_ours",
        ),
        (
            "0,2015-01-05,a,b,Assets:Cash:M1,1\n0,2015-01-06,a,b,Income:X,-1",
            2,
            "import.other_head",
        ),
        (
            "0,2015-01-05,a,b,Assets:Cash:M1,9223372036854775807\n0,2015-01-05,a,b,Income:X,1",
            2,
            "import.bad_fen",
        ),
    ] {
        let table = read(lines);
        let told: Vec<_> = table
            .faults
            .iter()
            .map(|fault| (fault.line, fault.what.code.as_str()))
            .collect();
        assert_eq!(told, [(line, code)], "{lines}");
    }
}

/// 甲、乙各有一个「北京市」；甲还有「现金」；两个丙各有一个「北京市」。
#[test]
fn a_line_means_the_account_of_its_owner() {
    let accounts = [
        account(1, 1, "北京市"),
        account(2, 2, "北京市"),
        account(3, 1, "现金"),
        account(4, 3, "北京市"),
        account(5, 4, "北京市"),
    ];
    let members = [
        member(1, "甲"),
        member(2, "乙"),
        member(3, "丙"),
        member(4, "丙"),
    ];
    let names = Names {
        accounts: &accounts,
        members: &members,
    };
    for (owner, name, number, meant) in [
        ("甲", "北京市", "1", Ok(1)),
        ("乙", "北京市", "2", Ok(2)),
        // 号码是别的账本的：照是谁的、叫什么。
        ("乙", "北京市", "1", Ok(2)),
        ("乙", "北京市", "77", Ok(2)),
        ("乙", "北京市", "", Ok(2)),
        ("", "北京市", "2", Ok(2)),
        ("", "现金", "", Ok(3)),
        ("丙", "北京市", "5", Ok(5)),
        ("丙", "北京市", "1", Err("import.accounts_share_name")),
        ("", "北京市", "", Err("import.accounts_share_name")),
        // 改了名字的人，叫这个名字的账户只有一个。
        ("丁", "现金", "3", Ok(3)),
        ("丁", "北京市", "9", Err("import.not_theirs")),
        ("乙", "现金", "3", Err("import.not_theirs")),
        ("甲", "上海市", "1", Err("import.no_account")),
        // 只有号码的：别的账本的号码说不准是哪一个。
        ("甲", " ", "1", Err("import.account_blank")),
    ] {
        let found = Bearers::of(names).account(owner, name, number);
        let found = found.map(|id| id.0).map_err(|what| what.code);
        assert_eq!(
            found,
            meant.map_err(str::to_owned),
            "{owner} {name} {number}"
        );
    }
}

const HEADING: &str = "entry,on,for_month,kind,kind_name,member,account,account_number,\
                       sub_account,amount,memo,corrects,for_member,for_member_number";

#[test]
fn what_is_no_table_of_entries_is_said_once() {
    let semicolons = HEADING.replace(',', ";");
    for (text, code) in [
        (String::new(), "import.no_table"),
        ("\r\n,,,\r\n".to_owned(), "import.no_table"),
        (
            "姓名;金额\n甲;1.00\n乙;2.00\n".to_owned(),
            "import.no_table",
        ),
        (
            "记账日期,货币,交易金额,联机余额,交易摘要,对手信息\n2025-01-05,人民币,1.00,2.00,x,y\n"
                .to_owned(),
            "import.no_table",
        ),
        ("{\"name\": \"一家\"}".to_owned(), "import.no_table"),
        (
            format!("{semicolons}\n1;2025-01-05;;opening;;;;1;;1.00;;;;\n"),
            "import.separator",
        ),
        (HEADING.replace(',', "\t"), "import.separator"),
    ] {
        let table = read(&text);
        let told: Vec<_> = table.faults.iter().map(|fault| &fault.what.code).collect();
        assert_eq!(told, [code], "{text}");
        assert!(table.faults[0].what.params["columns"].starts_with("entry,on,for_month"));
    }
}

#[test]
fn a_table_that_a_spreadsheet_wrote_is_read() {
    // 多出来的空格子、空行、斜杠日期、千分位、货币符号。
    let lines = [
        format!("\u{feff}{HEADING},,"),
        "7,2025/3/5,Feb-25,credit,划入, ,Assets:Cash:M1 ,2,,\"¥1,240.00\",三月到账,,,,,".to_owned(),
        ",,,,,,,,,,,,,,,".to_owned(),
        " 8 , 2025-3-6 ,,spending,,,Assets:Cash:M1,,, ￥-240 ,,,,,,".to_owned(),
    ];
    let table = read(&lines.join("\r\n"));
    assert_eq!(table.faults, []);
    let told: Vec<_> = table
        .entries
        .iter()
        .map(|entry| {
            let months = entry.for_month.map(|month| month.to_string());
            let (leg, on) = (&entry.legs[0], entry.on.to_string());
            (
                entry.number.as_str(),
                on,
                months,
                leg.account.0,
                leg.amount.fen(),
            )
        })
        .collect();
    let february = Some("2025-02".to_owned());
    assert_eq!(
        told,
        [
            ("7", "2025-03-05".to_owned(), february, 2, 124_000),
            ("8", "2025-03-06".to_owned(), None, 2, -24_000),
        ]
    );
    let more = format!("{HEADING}\n7,2025-03-05,,credit,,,双名,3,,1.00,,,,,多\n");
    let table = read(&more);
    assert_eq!(table.faults[0].what.code, "import.columns");
}

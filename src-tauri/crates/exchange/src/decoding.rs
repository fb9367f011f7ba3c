//! 编码 — the words of a file: by the mark at its beginning, else UTF-8, else GB18030, which is what
//! spreadsheets in China write where nothing else was chosen.

use std::borrow::Cow;

use encoding_rs::{Encoding, GB18030, UTF_8};

/// The text of `bytes`, without its mark; nothing where it is none. What is UTF-8 is not copied.
pub fn decoded(mut bytes: Vec<u8>) -> Option<String> {
    let text = match Encoding::for_bom(&bytes) {
        Some((encoding, mark)) if encoding == UTF_8 => {
            bytes.drain(..mark);
            String::from_utf8(bytes).ok()
        }
        Some((encoding, mark)) => read_as(encoding, &bytes[mark..]),
        None => String::from_utf8(bytes)
            .map_or_else(|no_utf_8| read_as(GB18030, no_utf_8.as_bytes()), Some),
    };
    // In no text, but in workbooks, pictures, and UTF-16 without its mark.
    text.filter(|text| !text.contains('\0'))
}

fn read_as(encoding: &'static Encoding, bytes: &[u8]) -> Option<String> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes);
    text.map(Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_read_by_its_mark_or_by_what_it_can_be() {
        let words = "北京市,划入\r\n";
        let utf_16 = |bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
            let units = "\u{feff}北京市,划入\r\n".encode_utf16();
            units.flat_map(bytes).collect()
        };
        let (gb18030, _, lost) = GB18030.encode(words);
        assert!(!lost);
        for bytes in [
            words.as_bytes().to_vec(),
            format!("\u{feff}{words}").into_bytes(),
            utf_16(u16::to_le_bytes),
            utf_16(u16::to_be_bytes),
            gb18030.to_vec(),
        ] {
            assert_eq!(decoded(bytes.clone()).as_deref(), Some(words), "{bytes:?}");
        }
        // 两字节里没有的字，GB18030 用四字节。
        let (rare, _, _) = GB18030.encode("㛃𠮷");
        assert_eq!(decoded(rare.into_owned()).as_deref(), Some("㛃𠮷"));
        assert_eq!(decoded(Vec::new()).as_deref(), Some(""));
    }

    #[test]
    fn what_is_no_text_is_not_read() {
        for bytes in [
            &b"PK\x03\x04\x14\x00\x06\x00"[..],
            b"\x89PNG\r\n\x1a\n\x00",
            b"a\x00,\x00b\x00",
            b"\xff\x00\xfe",
            b"\xef\xbb\xbf\xff",
            b"\x80\xff",
        ] {
            assert_eq!(decoded(bytes.to_vec()), None, "{bytes:?}");
        }
    }
}

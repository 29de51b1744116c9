//! From bytes to text: byte order marks, UTF-8, UTF-16 and the older encodings, with an exact way back
//! from each character to the bytes it came from.

use std::borrow::Cow;
use std::ops::Range;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{CoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::ImportError;

/// How many bytes are looked at to tell text from anything else (as Git does).
const PROBE_BYTES: usize = 8000;
/// Text with more control characters than one in this many is taken for binary.
const CONTROL_SHARE: usize = 4;
/// How many characters of several bytes must be sound UTF-8 for each sequence that is not, for a file to be damaged
/// UTF-8 rather than another encoding: in those, hardly any sound one stands by chance. An English text has few.
const SOUND_FOR_EACH_BROKEN: usize = 4;

/// Text with the way back to the bytes of the file.
#[derive(Debug)]
pub struct Decoded<'a> {
    /// The text, without a byte order mark.
    pub text: Cow<'a, str>,
    /// Name of the encoding where it is not UTF-8.
    pub encoding: Option<&'static str>,
    /// Byte sequences that stand for no character and were read as U+FFFD.
    pub malformed: usize,
    /// Where in the text the first of them was read.
    first_malformed: Option<usize>,
    map: SourceMap,
}

impl Decoded<'_> {
    /// The bytes of the file that a byte range of the text came from.
    #[must_use]
    pub fn source(&self, range: &Range<usize>) -> Range<usize> {
        self.map.byte(range.start)..self.map.byte(range.end)
    }

    /// Line and column, in characters from 1, of the first byte sequence that stands for no character.
    #[must_use]
    pub fn first_malformed(&self) -> Option<(usize, usize)> {
        let before = self.text.get(..self.first_malformed?)?;
        let line = before.rsplit(['\n', '\r']).next().unwrap_or_default();
        let ends = before.replace("\r\n", "\n").chars().filter(|c| matches!(c, '\n' | '\r')).count();
        Some((ends + 1, line.chars().count() + 1))
    }
}

/// A run of characters that have the same length in the text and the same length in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    /// Where the run begins in the text.
    text: usize,
    /// Where the run begins in the file.
    file: usize,
    /// Bytes of one of its characters in the text.
    text_step: usize,
    /// Bytes of one of its characters in the file.
    file_step: usize,
}

/// Offsets of the text to offsets of the file: a few runs, since neighbours mostly have the same lengths.
#[derive(Debug, Default)]
struct SourceMap {
    runs: Vec<Run>,
}

impl SourceMap {
    /// A map for text that stands in the file as it is, after `skipped` bytes.
    fn shifted(skipped: usize) -> Self {
        Self { runs: vec![Run { text: 0, file: skipped, text_step: 1, file_step: 1 }] }
    }

    fn push(&mut self, run: Run) {
        let same = self
            .runs
            .last()
            .is_some_and(|last| (last.text_step, last.file_step) == (run.text_step, run.file_step));
        if !same {
            self.runs.push(run);
        }
    }

    fn byte(&self, text: usize) -> usize {
        let after = self.runs.partition_point(|run| run.text <= text);
        let Some(run) = self.runs.get(after.saturating_sub(1)) else { return text };
        run.file + (text - run.text) / run.text_step * run.file_step
    }
}

/// Decodes the bytes of a file; `label` is a WHATWG encoding label that overrides the guess.
///
/// # Errors
/// Where there is nothing to read, the bytes are no text, or nobody knows the label.
pub fn decode<'a>(bytes: &'a [u8], label: Option<&str>) -> Result<Decoded<'a>, ImportError> {
    if bytes.is_empty() {
        return Err(ImportError::Empty);
    }
    if bytes.starts_with(b"%PDF-") {
        return Err(ImportError::Binary("it is a PDF; `pdftotext -layout` makes a text of it".into()));
    }
    let decoded = match label {
        Some(label) => {
            let encoding = Encoding::for_label_no_replacement(label.as_bytes())
                .ok_or_else(|| ImportError::UnknownEncoding(printable(label)))?;
            with_encoding(bytes, encoding)
        }
        None => guess(bytes)?,
    };
    let control = decoded.text.chars().take(PROBE_BYTES).filter(|&c| is_binary_sign(c)).count();
    if control * CONTROL_SHARE > decoded.text.chars().take(PROBE_BYTES).count() {
        return Err(ImportError::Binary("most of it is control characters".into()));
    }
    if decoded.text.chars().all(|c| c.is_whitespace() || c == '\u{FEFF}') {
        return Err(ImportError::Blank);
    }
    Ok(decoded)
}

/// The text of a file alone, without the way back to its bytes, which takes much longer. Bytes that stand for no character are U+FFFD.
///
/// # Errors
/// As [`decode`], but for a text of which only later parts are wrong.
pub fn converted(bytes: &[u8], label: Option<&str>) -> Result<String, ImportError> {
    match apparent(bytes, label) {
        Some(encoding) => Ok(encoding.decode_with_bom_removal(bytes).0.into_owned()),
        None => Ok(decode(bytes, label)?.text.into_owned()),
    }
}

/// Bytes of the byte order mark of a file in UTF-16, 0 where it has none; `None` for a file in another encoding.
#[must_use]
pub fn utf16_mark(bytes: &[u8], label: Option<&str>) -> Option<usize> {
    let encoding = apparent(bytes, label).filter(|encoding| [UTF_16LE, UTF_16BE].contains(encoding))?;
    let mark = Encoding::for_bom(bytes).filter(|(found, _)| *found == encoding);
    Some(mark.map_or(0, |(_, bytes)| bytes))
}

/// The encoding that a label names or that the first bytes show.
fn apparent(bytes: &[u8], label: Option<&str>) -> Option<&'static Encoding> {
    let named = label.and_then(|label| Encoding::for_label_no_replacement(label.as_bytes()));
    let marked = || Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let probe = bytes.get(..PROBE_BYTES.min(bytes.len())).unwrap_or_default();
    named.or_else(marked).or_else(|| utf16_without_mark(probe))
}

/// A label as it may be shown in a message.
fn printable(label: &str) -> String {
    label.chars().filter(|c| !c.is_control()).take(40).collect()
}

fn is_binary_sign(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{C}' | '\u{85}')
}

fn guess(bytes: &[u8]) -> Result<Decoded<'_>, ImportError> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Ok(with_encoding(bytes, encoding));
    }
    let probe = bytes.get(..PROBE_BYTES.min(bytes.len())).unwrap_or_default();
    if probe.contains(&0) {
        return match utf16_without_mark(probe) {
            Some(encoding) => Ok(with_encoding(bytes, encoding)),
            None => Err(ImportError::Binary("it contains NUL bytes".into())),
        };
    }
    if is_utf8(bytes) {
        return Ok(with_encoding(bytes, UTF_8));
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    Ok(with_encoding(bytes, detector.guess(None, Utf8Detection::Deny)))
}

/// Whether bytes are UTF-8, or were before a few of them were damaged.
fn is_utf8(bytes: &[u8]) -> bool {
    if std::str::from_utf8(bytes).is_ok() {
        return true;
    }
    let (mut sound, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        // The first byte of each character of several bytes.
        sound += chunk.valid().bytes().filter(|byte| *byte >= 0xC0).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    sound >= broken * SOUND_FOR_EACH_BROKEN
}

/// UTF-16 shows as NUL at every other byte wherever the letters are Latin.
fn utf16_without_mark(probe: &[u8]) -> Option<&'static Encoding> {
    if probe.len() < 4 || !probe.contains(&0) {
        return None;
    }
    let nul_at = |parity: usize| probe.iter().skip(parity).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd) = (nul_at(0), nul_at(1));
    let enough = probe.len() / 2 * 4 / 10;
    match (even, odd) {
        (0, n) if n > enough => Some(UTF_16LE),
        (n, 0) if n > enough => Some(UTF_16BE),
        (_, _) => utf16_by_spaces(probe),
    }
}

/// In other scripts only the spaces and the ends of lines show it: read the wrong way round they are letters that hardly
/// any text has.
fn utf16_by_spaces(probe: &[u8]) -> Option<&'static Encoding> {
    let spaces = |first: usize| {
        let is_space = |pair: &&[u8; 2]| pair[1 - first] == 0 && matches!(pair[first], b' ' | b'\n' | b'\r');
        probe.as_chunks::<2>().0.iter().filter(is_space).count()
    };
    let encoding = match (spaces(0), spaces(1)) {
        (1.., 0) => UTF_16LE,
        (0, 1..) => UTF_16BE,
        (_, _) => return None,
    };
    let (text, broken) = encoding.decode_without_bom_handling(probe.get(..probe.len() & !1)?);
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    (!broken && !text.contains(is_binary_sign) && letters * 2 > text.chars().count()).then_some(encoding)
}

fn with_encoding<'a>(bytes: &'a [u8], encoding: &'static Encoding) -> Decoded<'a> {
    let mark = Encoding::for_bom(bytes).filter(|(found, _)| *found == encoding).map_or(0, |(_, n)| n);
    let body = bytes.get(mark..).unwrap_or_default();
    if encoding == UTF_8
        && let Ok(text) = std::str::from_utf8(body)
    {
        let map = SourceMap::shifted(mark);
        return Decoded {
            text: Cow::Borrowed(text),
            encoding: None,
            malformed: 0,
            first_malformed: None,
            map,
        };
    }
    if encoding == UTF_8 { damaged_utf8(body, mark) } else { stepwise(body, mark, encoding) }
}

/// Decodes UTF-8 with U+FFFD for each sequence that stands for no character.
fn damaged_utf8(body: &[u8], mark: usize) -> Decoded<'_> {
    let mut text = String::with_capacity(body.len());
    let mut map = SourceMap::default();
    let (mut malformed, mut first_malformed) = (0, None);
    let mut file = mark;
    for chunk in body.utf8_chunks() {
        let (valid, invalid) = (chunk.valid(), chunk.invalid());
        if !valid.is_empty() {
            map.push(Run { text: text.len(), file, text_step: 1, file_step: 1 });
            text.push_str(valid);
        }
        if !invalid.is_empty() {
            first_malformed.get_or_insert(text.len());
            malformed += 1;
            let text_step = char::REPLACEMENT_CHARACTER.len_utf8();
            map.push(Run { text: text.len(), file: file + valid.len(), text_step, file_step: invalid.len() });
            text.push(char::REPLACEMENT_CHARACTER);
        }
        file += valid.len() + invalid.len();
    }
    Decoded { text: Cow::Owned(text), encoding: None, malformed, first_malformed, map }
}

/// Decodes byte by byte, so that each character is known to come from the bytes fed since the last one.
fn stepwise<'a>(body: &[u8], mark: usize, encoding: &'static Encoding) -> Decoded<'a> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(body.len() + body.len() / 4);
    let mut map = SourceMap::default();
    let (mut malformed, mut first_malformed) = (0, None);
    let mut from = 0;
    let mut out = String::with_capacity(64);
    for at in 0..=body.len() {
        let input = body.get(at..(at + 1).min(body.len())).unwrap_or_default();
        let last = at == body.len();
        let (result, _, bad) = decoder.decode_to_string(input, &mut out, last);
        debug_assert_eq!(result, CoderResult::InputEmpty, "64 bytes hold what one byte can complete");
        malformed += usize::from(bad);
        if bad {
            first_malformed.get_or_insert(text.len());
        }
        let until = (at + 1).min(body.len());
        let mut rest = out.chars().count();
        for c in out.chars() {
            // Where one byte completes two characters, the first has the bytes before it.
            rest -= 1;
            let to = if rest == 0 { until } else { (from + 1).max(until.saturating_sub(rest)).min(until) };
            let run =
                Run { text: text.len(), file: mark + from, text_step: c.len_utf8(), file_step: to - from };
            map.push(run);
            text.push(c);
            from = to;
        }
        out.clear();
    }
    if from < body.len() {
        // Bytes at the end that gave no character belong to the end of the text.
        map.runs.push(Run { text: text.len(), file: mark + body.len(), text_step: 1, file_step: 0 });
    }
    Decoded { text: Cow::Owned(text), encoding: Some(encoding.name()), malformed, first_malformed, map }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn word_source(bytes: &[u8], word: &str) -> Vec<u8> {
        let decoded = decode(bytes, None).unwrap();
        let at = decoded.text.find(word).unwrap();
        bytes.get(decoded.source(&(at..at + word.len()))).unwrap().to_vec()
    }

    fn utf16(text: &str, big: bool) -> Vec<u8> {
        let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
        units.flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
    }

    #[test]
    fn a_word_is_found_again_in_the_bytes_of_each_encoding() {
        let text = "Früh am Morgen über die Straße 🚂 zurück, wie schön es wäre";
        assert_eq!(word_source(text.as_bytes(), "Straße"), "Straße".as_bytes());
        let marked = format!("\u{FEFF}{text}");
        assert_eq!(word_source(marked.as_bytes(), "Straße"), "Straße".as_bytes());
        for big in [false, true] {
            let bytes = utf16(text, big);
            assert_eq!(word_source(&bytes, "zurück"), utf16("zurück", big)[2..]);
        }
        let (latin, _, _) = encoding_rs::WINDOWS_1252.encode("Früh am Morgen über die Straße zurück");
        assert_eq!(word_source(&latin, "Straße"), b"Stra\xDFe");
    }

    #[test]
    fn the_encoding_is_named_where_it_is_not_utf_8() {
        let (cyrillic, _, _) =
            encoding_rs::KOI8_R.encode("Мы читаем две книги рядом и видим разницу между ними");
        let decoded = decode(&cyrillic, None).unwrap();
        assert_eq!((decoded.encoding, decoded.text.contains("книги")), (Some("KOI8-U"), true));
        assert_eq!(decode("plain".as_bytes(), None).unwrap().encoding, None);
    }

    #[test]
    fn a_damaged_byte_does_not_make_another_encoding_of_a_utf_8_file() {
        let text =
            "Früh am Morgen über die Straße\nzurück, wie schön es wäre: „später“, „möglich“ – überall\n";
        let mut bytes = text.repeat(2).into_bytes();
        let at = text.find("schön").unwrap();
        bytes.splice(at..at, [0xE9]);
        let decoded = decode(&bytes, None).unwrap();
        assert_eq!((decoded.encoding, decoded.malformed), (None, 1));
        assert_eq!(decoded.text.replace('\u{fffd}', ""), text.repeat(2));
        assert_eq!(decoded.first_malformed(), Some((2, 13)));
        let word = decoded.text.rfind("überall").unwrap();
        assert_eq!(bytes.get(decoded.source(&(word..word + 8))), Some("überall".as_bytes()));
        let broken = decoded.text.find('\u{fffd}').unwrap();
        assert_eq!(decoded.source(&(broken..broken + 3)), at..at + 1);
        // Few accents are enough.
        let few = [text.split('S').next().unwrap().repeat(4).as_bytes(), b"\xFF"].concat();
        assert_eq!((decode(&few, None).unwrap().encoding, decode(&few, None).unwrap().malformed), (None, 1));
        // As many broken sequences as sound ones: that is no damage.
        let (latin, _, _) = encoding_rs::WINDOWS_1252.encode(text);
        let mixed = [latin.as_ref(), "schön".as_bytes()].concat();
        assert_eq!(decode(&mixed, None).unwrap().encoding, Some("windows-1252"));
    }

    #[test]
    fn a_text_is_converted_as_it_is_decoded() {
        let text = "Früh am Morgen über die Straße 🚂 zurück, wie schön es wäre";
        let unmarked: Vec<u8> = "Two texts side by side".encode_utf16().flat_map(u16::to_be_bytes).collect();
        for bytes in [utf16(text, false), utf16(text, true), unmarked, text.as_bytes().to_vec()] {
            assert_eq!(converted(&bytes, None).unwrap(), decode(&bytes, None).unwrap().text);
        }
        let (japanese, _, _) = encoding_rs::ISO_2022_JP.encode("本を読む");
        assert_eq!(converted(&japanese, Some("iso-2022-jp")).unwrap(), "本を読む");
        assert!(converted(b"a", Some("klingon")).is_err());
    }

    #[test]
    fn utf_16_without_a_mark_is_known_by_its_spaces_in_other_scripts() {
        for text in
            ["道可道，非常道。\n名可名，非常名。一", "В начале было слово, и слово", "בראשית ברא אלהים"]
        {
            for (encoding, to_bytes) in [
                (UTF_16LE, u16::to_le_bytes as fn(u16) -> [u8; 2]),
                (UTF_16BE, u16::to_be_bytes as fn(u16) -> [u8; 2]),
            ] {
                let bytes: Vec<u8> = text.encode_utf16().flat_map(to_bytes).collect();
                let decoded = decode(&bytes, None).unwrap();
                assert_eq!((&*decoded.text, decoded.encoding), (text, Some(encoding.name())));
            }
        }
        let picture = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\x80\0\0\x01\xe0\x08\x02\0\0\0 \0";
        assert!(decode(picture, None).is_err());
    }

    #[test]
    fn utf_16_without_a_mark_is_known_by_its_nul_bytes() {
        let bytes: Vec<u8> = "Two texts side by side".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&bytes, None).unwrap().text, "Two texts side by side");
    }

    #[test]
    fn what_is_no_text_is_refused_with_a_reason() {
        let cases: [(&[u8], ImportError); 5] = [
            (b"", ImportError::Empty),
            (b" \n\t\n", ImportError::Blank),
            (b"\xEF\xBB\xBF\n", ImportError::Blank),
            (b"\x7FELF\0\0\0\x01", ImportError::Binary("it contains NUL bytes".into())),
            (b"\x01\x02\x03\x04a", ImportError::Binary("most of it is control characters".into())),
        ];
        for (bytes, error) in cases {
            assert_eq!(decode(bytes, None).unwrap_err(), error);
        }
        assert_eq!(
            decode(b"a", Some("klingon")).unwrap_err(),
            ImportError::UnknownEncoding("klingon".into())
        );
    }

    proptest! {
        #[test]
        fn every_boundary_of_the_text_has_its_byte_in_order(bytes in prop::collection::vec(any::<u8>(), 1..200)) {
            for label in ["utf-8", "utf-16le", "shift_jis", "big5", "gb18030", "windows-1252", "iso-2022-jp"] {
                let Ok(decoded) = decode(&bytes, Some(label)) else { continue };
                let mut last = 0;
                for (at, c) in decoded.text.char_indices() {
                    let range = decoded.source(&(at..at + c.len_utf8()));
                    prop_assert!(last <= range.start && range.start <= range.end && range.end <= bytes.len());
                    last = range.end;
                }
            }
        }
    }
}

//! Bytes in, keys out, however the line parts them.

use proptest::prelude::*;

use super::super::convert;
use super::*;

const fn ms(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

fn said(events: Vec<Event>) -> String {
    let one = |event: Event| match event {
        Event::Key(key) => convert::key(key).unwrap().to_string(),
        Event::Paste(text) => format!("<{text}>"),
        Event::Mouse(mouse) => format!("{:?}@{},{}", mouse.kind, mouse.column, mouse.row),
        Event::Resize(..) | Event::FocusGained | Event::FocusLost => panic!("{event:?} is not decoded"),
    };
    events.into_iter().map(one).collect::<Vec<_>>().join(" ")
}

/// What becomes of pieces that come `apart` milliseconds after one another, and a long silence.
fn pieces(pieces: &[&[u8]], apart: u64) -> String {
    let mut decoder = Decoder::new(LOCAL);
    let mut now = Duration::ZERO;
    let mut events = Vec::new();
    for piece in pieces {
        now += ms(apart);
        events.extend(decoder.feed(piece, now));
    }
    events.extend(decoder.expire());
    assert_eq!(decoder.deadline(), None);
    said(events)
}

fn whole(bytes: &str) -> String {
    pieces(&[bytes.as_bytes()], 0)
}

fn torn(bytes: &str, apart: u64) -> String {
    pieces(&bytes.as_bytes().chunks(1).collect::<Vec<_>>(), apart)
}

#[test]
fn a_key_is_the_same_whole_and_in_pieces() {
    for (sequence, expected) in [
        ("[A", "up"),
        ("[B", "down"),
        ("[C", "right"),
        ("[D", "left"),
        ("OA", "up"),
        ("OD", "left"),
        ("[H", "home"),
        ("[F", "end"),
        ("[1~", "home"),
        ("[4~", "end"),
        ("[7~", "home"),
        ("[3~", "delete"),
        ("[5~", "pageup"),
        ("[6~", "pagedown"),
        ("[Z", "backtab"),
        ("OP", "f1"),
        ("[[A", "f1"),
        ("[[E", "f5"),
        ("[11~", "f1"),
        ("[15~", "f5"),
        ("[17~", "f6"),
        ("[24~", "f12"),
        ("OM", "enter"),
        ("[1;5A", "C-up"),
        ("O5A", "C-up"),
        ("[1;2P", "S-f1"),
        ("[5;3~", "A-pageup"),
        ("[27;5;106~", "C-j"),
        ("[106;5u", "C-j"),
        ("[13;1u", "enter"),
    ] {
        let bytes = format!("\u{1b}{sequence}j");
        assert_eq!(whole(&bytes), format!("{expected} j"), "{sequence}");
        assert_eq!(torn(&bytes, 20), format!("{expected} j"), "{sequence} in pieces");
    }
}

/// Answers to what a program may ask a terminal, without the escape.
const ANSWERS: [&str; 29] = [
    "[?62;22c",                    // DA1
    "[?1;2c",                      // DA1 of tmux and screen
    "[>41;388;0c",                 // DA2
    "[=0;1c",                      // DA3 of some
    "P!|00000000\u{1b}\\",         // DA3
    "[24;80R",                     // CPR
    "[1;1R",                       // the same
    "[?24;80;1R",                  // DECXCPR
    "[0n",                         // DSR
    "[?997;1n",                    // dark or light
    "[8;48;160t",                  // size of the window
    "[48;48;160;960;1280t",        // size, told in band
    "[?2026;2$y",                  // DECRPM
    "[4;2$y",                      // the same of an ANSI mode
    "[?1u",                        // kitty's keyboard
    "[?0u",                        // the same
    "[>4;2m",                      // modifyOtherKeys
    "[I",                          // focus
    "[O",                          // the same
    "]11;rgb:1e1e/1e1e/1e1e\u{7}", // OSC 11
    "]11;rgb:1e1e/1e1e/1e1e\u{1b}\\",
    "]10;rgb:ff/ff/ff\u{7}",
    "]4;1;rgb:cdcd/0000/0000\u{1b}\\",
    "]52;c;cXVpdA==\u{7}",           // the clipboard, which nobody asked for
    "P>|XTerm(388)\u{1b}\\",         // XTVERSION
    "P1$r0m\u{1b}\\",                // DECRQSS
    "P1+r524742=382f382f38\u{1b}\\", // XTGETTCAP
    "_Gi=1;OK\u{1b}\\",              // kitty's pictures
    "[28~",                          // a key that nobody binds
];

#[test]
fn an_answer_types_nothing_whole_and_in_pieces() {
    for answer in ANSWERS {
        let bytes = format!("\u{1b}{answer}j");
        assert_eq!(whole(&bytes), "j", "{answer:?}");
        assert_eq!(torn(&bytes, 20), "j", "{answer:?} in pieces");
    }
    assert_eq!(whole(&format!("\u{1b}{}j", ANSWERS.join("\u{1b}"))), "j");
}

#[test]
fn a_paste_is_one_however_it_comes() {
    let pasted = "\u{1b}[200~quit q\r\u{1b}[B Ω\u{1b}[201~j";
    assert_eq!(whole(pasted), "<quit q\r\u{1b}[B Ω> j");
    assert_eq!(torn(pasted, 20), "<quit q\r\u{1b}[B Ω> j");
    assert_eq!(pieces(&[b"\x1b", b"[200~q", b"Q", b"\x1b", b"[201~j"], 24), "<qQ> j");
    assert_eq!(pieces(&[b"\x1b[200~q", b"Q\x1b[201~"], 4900), "<qQ>", "a line that stands still");
    assert_eq!(pieces(&[b"\x1b[200~q"], 0), "<q>", "the end was lost");
    assert_eq!(pieces(&[b"\x1b[200~q", b"j"], 5001), "<q> j");
}

#[test]
fn a_click_is_one_however_it_comes() {
    for (bytes, expected) in [
        ("\u{1b}[<0;12;7Mj", "Down(Left)@11,6 j"),
        ("\u{1b}[<0;12;7mj", "Up(Left)@11,6 j"),
        ("\u{1b}[<64;1;1Mj", "ScrollUp@0,0 j"),
        ("\u{1b}[<65;200;100Mj", "ScrollDown@199,99 j"),
        ("\u{1b}[<35;3;3Mj", "j"),
        ("\u{1b}[M !!j", "j"),
    ] {
        assert_eq!(whole(bytes), expected, "{bytes:?}");
        assert_eq!(torn(bytes, 20), expected, "{bytes:?} in pieces");
    }
}

#[test]
fn what_was_typed_goes_through() {
    for (bytes, apart, expected) in [
        ("\u{1b}", 0, "esc"),
        ("\u{1b}j", 5, "esc j"),
        ("\u{1b}\u{1b}", 5, "esc esc"),
        ("\u{1b}\u{1b}[B", 5, "esc down"),
        ("\u{1b}[B", 30, "esc [ B"),
        ("\u{1b}]l", 30, "esc ] l"),
        ("\u{1b}]l", 5, "esc ] l"),
        ("\u{1b}[ж", 5, "esc [ ж"),
        ("\u{1b}[\r", 5, "esc [ enter"),
        ("\u{1b}Ox", 5, ""),
        ("[B", 5, "[ B"),
        ("gg", 0, "g g"),
        ("жé漢👩", 5, "ж é 漢 👩"),
    ] {
        assert_eq!(torn(bytes, apart), expected, "{bytes:?} {apart} ms apart");
    }
    for (bytes, expected) in [
        ("\u{1b}j", "A-j"),
        ("\u{1b}ж", "A-ж"),
        ("\u{1b}]", "A-]"),
        ("\u{1b}[", "A-["),
        ("\u{1b}O", "A-O"),
        ("\u{1b}\r", "A-enter"),
        ("\u{4}\u{1a}\u{7f}\t\u{0}\r", "C-d C-z backspace tab C-space enter"),
        ("G", "G"),
    ] {
        assert_eq!(whole(bytes), expected, "{bytes:?}");
    }
}

#[test]
fn bytes_that_are_no_characters_type_nothing() {
    assert_eq!(pieces(&[b"\xff\x80\xc0j\xe2\x82j\xf5k\xed\xa0\x80l"], 0), "j j k l");
}

#[test]
fn an_answer_without_an_end_holds_up_nobody_for_long() {
    let mut decoder = Decoder::new(LOCAL);
    assert_eq!(said(decoder.feed(b"\x1b]11;", ms(0))), "");
    assert_eq!(said(decoder.feed(b"\r", ms(10))), "enter", "no answer holds it");
    assert_eq!(said(decoder.feed(b"\x1b]11;", ms(20))), "");
    assert_eq!(said(decoder.feed(b"j", ms(520))), "j");
    assert_eq!(said(decoder.feed(b"\x1b[1;", ms(600))), "");
    assert_eq!(said(decoder.feed(b"5A", ms(1000))), "C-up", "nobody types the first piece");
    assert_eq!(said(decoder.feed(b"\x1b[1;", ms(1100))), "");
    assert_eq!(said(decoder.feed(b"j", ms(1600))), "j");
}

#[test]
fn the_line_says_how_long_an_escape_is_held() {
    for (name, value, expected) in [
        ("TERM", "xterm", 25),
        ("SSH_TTY", "/dev/pts/3", 100),
        ("SSH_CONNECTION", "10.0.0.2 50000 10.0.0.1 22", 100),
        ("SSH_TTY", "", 25),
        ("ESCDELAY", "300", 300),
        ("ESCDELAY", "soon", 25),
    ] {
        let variable = |asked: &str| (asked == name).then(|| value.to_owned());
        assert_eq!(hold(variable), ms(expected), "{name}={value}");
    }
}

/// Something that comes from a terminal and is known by its form.
fn form() -> impl Strategy<Value = String> {
    let sequence = prop_oneof![
        prop::sample::select(&ANSWERS[..]),
        prop::sample::select(&["[A", "OB", "[5~", "[1;5C", "[<0;3;4M", "[200~two\rwords\u{1b}[201~"][..]),
    ];
    prop_oneof!["[a-zA-Zé漢]", sequence.prop_map(|sequence| format!("\u{1b}{sequence}"))]
}

proptest! {
    #[test]
    fn where_the_line_parts_the_bytes_changes_nothing(
        forms in prop::collection::vec(form(), 0..8),
        cuts in prop::collection::vec(0usize..200, 0..12),
    ) {
        let bytes = forms.concat().into_bytes();
        let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut % (bytes.len() + 1)).collect();
        cuts.extend([0, bytes.len()]);
        cuts.sort_unstable();
        let parted: Vec<&[u8]> = cuts.windows(2).map(|cut| &bytes[cut[0]..cut[1]]).collect();
        prop_assert_eq!(pieces(&parted, 20), pieces(&[&bytes], 0));
    }

    #[test]
    fn after_a_silence_nothing_is_left(
        bytes in prop::collection::vec(prop_oneof![Just(ESCAPE), Just(b'['), Just(b'O'), Just(b']'), any::<u8>()], 0..40),
        apart in 0_u64..40,
    ) {
        let mut decoder = Decoder::new(LOCAL);
        let mut now = Duration::ZERO;
        for byte in bytes {
            now += ms(apart);
            decoder.feed(&[byte], now);
        }
        decoder.expire();
        prop_assert_eq!(said(decoder.feed(b"j", now)), "j");
    }
}

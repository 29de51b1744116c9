//! The way of a copied text to the reader's clipboard, which may be at the far end of an SSH line. No way
//! reports whether the text arrived, so what is said is what was done and what may have refused it.

use std::io;
use std::time::Duration;

use super::tool::{self, Refusal};

/// Longest text that is sent as an escape sequence, in bytes: many terminals drop a sequence of more than
/// 100,000, and base64 makes four of three.
const MOST_BYTES: usize = 74_000;

/// Bytes of one DCS of GNU screen, which drops longer ones.
const SCREEN_CHUNK_BYTES: usize = 240;

/// How long another program may take; the reading stands still meanwhile.
const PATIENCE: Duration = Duration::from_secs(2);

/// A program that takes a text on its standard input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tool {
    /// Name and arguments.
    pub command: &'static [&'static str],
    /// What it is and what may refuse the text further on, as a sentence goes on after `to`.
    pub towards: &'static str,
}

/// How the terminal itself is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asking {
    /// By OSC 52.
    Direct,
    /// By OSC 52 in the device control strings that GNU screen passes on.
    ThroughScreen,
    /// Not at all: it is known to have no clipboard.
    Never,
}

/// What is tried, in order: the tools, then the terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ways {
    /// The tools that this place may have.
    pub tools: Vec<Tool>,
    /// The terminal itself.
    pub asking: Asking,
}

/// What was done with a text, after the tools that did not take it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// Each tool by name, and why.
    pub refused: Vec<(&'static str, Refusal)>,
    /// The way that it went.
    pub way: Way,
}

/// The way of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// A tool took it: its bytes and [`Tool::towards`].
    Tool(usize, &'static str),
    /// It was written to the terminal as OSC 52: its bytes, and through what.
    Sequence(usize, Asking),
    /// It was sent nowhere: why.
    Nowhere(String),
}

const TMUX: &str = "tmux, asked to pass it on; the terminal may refuse it";

impl Ways {
    /// The ways that an environment offers. A multiplexer comes first: what else its environment says may
    /// be left from a terminal that is no longer there.
    fn of(variable: impl Fn(&str) -> Option<String>) -> Self {
        let set = |name: &str| variable(name).is_some_and(|value| !value.is_empty());
        let mut tools = Vec::new();
        if set("TMUX") {
            tools.push(Tool { command: &["tmux", "load-buffer", "-w", "-"], towards: TMUX });
            // Before tmux 3.2 there is no -w.
            let towards = "a buffer of tmux (prefix ] pastes it; this tmux does not pass it on)";
            tools.push(Tool { command: &["tmux", "load-buffer", "-"], towards });
        } else if !set("STY") && !set("SSH_CONNECTION") && !set("SSH_TTY") {
            if cfg!(target_os = "macos") {
                tools.push(Tool { command: &["pbcopy"], towards: "pbcopy" });
            }
            if set("WAYLAND_DISPLAY") {
                tools.push(Tool { command: &["wl-copy"], towards: "wl-copy" });
            }
            if set("DISPLAY") {
                tools.push(Tool { command: &["xclip", "-selection", "clipboard"], towards: "xclip" });
            }
        }
        let terminal = variable("TERM").unwrap_or_default();
        let asking = match terminal.as_str() {
            "dumb" | "linux" => Asking::Never,
            _ if set("STY") && !set("TMUX") => Asking::ThroughScreen,
            _ => Asking::Direct,
        };
        Self { tools, asking }
    }
}

/// Sends a text on the first way that takes it; `write` is given whole sequences for the terminal. Without
/// `programs` nothing is started for it: a restricted reading starts none.
///
/// # Errors
/// Those of `write`.
pub fn send(text: &str, programs: bool, write: impl FnOnce(&str) -> io::Result<()>) -> io::Result<Sent> {
    let mut ways = Ways::of(|name| std::env::var(name).ok());
    ways.tools.retain(|_| programs);
    let mut refused: Vec<(&str, Refusal)> = Vec::new();
    for Tool { command, towards } in ways.tools {
        match tool::give(command, text, PATIENCE) {
            Ok(()) => return Ok(Sent { refused, way: Way::Tool(text.len(), towards) }),
            Err(why) => {
                let name = command.first().copied().unwrap_or_default();
                // tmux is tried in two ways.
                refused.retain(|(before, _)| *before != name);
                refused.push((name, why));
            }
        }
    }
    let way = match sequence(text, ways.asking) {
        Ok(sequence) => {
            write(&sequence)?;
            Way::Sequence(text.len(), ways.asking)
        }
        Err(why) => Way::Nowhere(why),
    };
    Ok(Sent { refused, way })
}

/// What the reader is told: what, how it was sent, what may refuse it, where else it is.
#[must_use]
pub fn said(what: &str, sent: &Sent, kept: Result<String, String>) -> String {
    let refused = sent.refused.iter().map(|(name, why)| match why {
        Refusal::Missing => format!("{name} is missing, "),
        Refusal::Failed => format!("{name} failed, "),
    });
    let refused: String = refused.collect();
    let way = match &sent.way {
        Way::Tool(bytes, towards) => format!("gave {bytes} bytes to {towards}"),
        Way::Sequence(bytes, Asking::ThroughScreen) => {
            format!("sent {bytes} bytes by OSC 52 through screen; the terminal may refuse it")
        }
        Way::Sequence(bytes, Asking::Direct | Asking::Never) => {
            format!("sent {bytes} bytes by OSC 52; the terminal may refuse it")
        }
        Way::Nowhere(why) => format!("not sent: {why}"),
    };
    let kept = kept.map_or_else(|problem| problem, |file| format!("also in {file}"));
    format!("{what}: {refused}{way}; {kept}")
}

/// The escape sequence that asks the terminal to take a text; why there is none.
fn sequence(text: &str, asking: Asking) -> Result<String, String> {
    if asking == Asking::Never {
        return Err("this terminal has no clipboard".to_owned());
    }
    if text.len() > MOST_BYTES {
        return Err(format!("{} bytes are more than terminals take ({MOST_BYTES})", text.len()));
    }
    // The selector is `c` alone: mosh passes on nothing else.
    let start = "\x1b]52;c;";
    let encoded = base64(text.as_bytes());
    if asking == Asking::Direct {
        return Ok(format!("{start}{encoded}\x07"));
    }
    let whole: Vec<char> = format!("{start}{encoded}\x07").chars().collect();
    let chunk = |chunk: &[char]| format!("\x1bP{}\x1b\\", chunk.iter().collect::<String>());
    Ok(whole.chunks(SCREEN_CHUNK_BYTES).map(chunk).collect())
}

/// Base64 with padding (RFC 4648, section 4).
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut encoded = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let byte = |at: usize| u32::from(three.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for digit in 0..4 {
            let index = bits >> (18 - 6 * digit) & 63;
            encoded.push(if digit > three.len() { '=' } else { char::from(DIGITS[index as usize]) });
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    type Variables<'a> = &'a [(&'a str, &'a str)];

    fn ways(variables: Variables<'_>) -> Ways {
        Ways::of(|name| variables.iter().find(|(n, _)| *n == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn bytes_become_base64() {
        // RFC 4648, section 10, and bytes that use the last two digits.
        for (bytes, expected) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
            ("¶ 1", "wrYgMQ=="),
        ] {
            assert_eq!(base64(bytes.as_bytes()), expected, "{bytes}");
        }
        assert_eq!(base64(&[0xfb, 0xff, 0xfe]), "+//+");
    }

    #[test]
    fn the_environment_decides_what_is_tried() {
        let cases: [(Variables<'_>, &[&str], Asking); 9] = [
            (&[("TERM", "xterm")], &[], Asking::Direct),
            (
                &[("TERM", "xterm"), ("TMUX", "/tmp/t,1,0"), ("DISPLAY", ":0")],
                &["tmux", "tmux"],
                Asking::Direct,
            ),
            (&[("TERM", "screen"), ("STY", "1.x"), ("DISPLAY", ":0")], &[], Asking::ThroughScreen),
            (&[("TMUX", "/tmp/t,1,0"), ("STY", "1.x")], &["tmux", "tmux"], Asking::Direct),
            (&[("TMUX", "")], &[], Asking::Direct),
            (&[("WAYLAND_DISPLAY", "w"), ("DISPLAY", ":0")], &["wl-copy", "xclip"], Asking::Direct),
            (&[("DISPLAY", ":10"), ("SSH_CONNECTION", "a b c d")], &[], Asking::Direct),
            (&[("TERM", "linux")], &[], Asking::Never),
            (&[("TERM", "dumb"), ("TMUX", "/tmp/t,1,0")], &["tmux", "tmux"], Asking::Never),
        ];
        for (variables, tools, asking) in cases {
            let ways = ways(variables);
            let names = ways.tools.iter().map(|tool| tool.command[0]).filter(|name| *name != "pbcopy");
            assert_eq!((names.collect::<Vec<_>>().as_slice(), ways.asking), (tools, asking), "{variables:?}");
        }
    }

    #[test]
    fn the_terminal_is_asked_with_the_selector_c() {
        assert_eq!(sequence("foo", Asking::Direct).unwrap(), "\x1b]52;c;Zm9v\x07");
        assert_eq!(sequence("foo", Asking::ThroughScreen).unwrap(), "\x1bP\x1b]52;c;Zm9v\x07\x1b\\");
        assert!(sequence("foo", Asking::Never).unwrap_err().contains("no clipboard"));
        assert!(sequence(&"x".repeat(MOST_BYTES), Asking::Direct).unwrap().len() < 100_000);
        assert!(sequence(&"x".repeat(MOST_BYTES + 1), Asking::Direct).unwrap_err().contains("74001 bytes"));
    }

    #[test]
    fn what_is_said_claims_no_more_than_was_done() {
        let kept = || Ok("~/copied.txt".to_owned());
        let too_long = sequence(&"x".repeat(MOST_BYTES + 1), Asking::Direct).unwrap_err();
        for (way, expected) in [
            (
                Way::Sequence(312, Asking::Direct),
                "A ¶ 1: sent 312 bytes by OSC 52; the terminal may refuse it; also in ~/copied.txt",
            ),
            (
                Way::Sequence(312, Asking::ThroughScreen),
                "A ¶ 1: sent 312 bytes by OSC 52 through screen; the terminal may refuse it; also in ~/copied.txt",
            ),
            (Way::Tool(312, "xclip"), "A ¶ 1: gave 312 bytes to xclip; also in ~/copied.txt"),
            (
                Way::Nowhere(too_long),
                "A ¶ 1: not sent: 74001 bytes are more than terminals take (74000); also in ~/copied.txt",
            ),
        ] {
            assert_eq!(said("A ¶ 1", &Sent { refused: Vec::new(), way }, kept()), expected);
        }
        let refused = vec![("wl-copy", Refusal::Missing), ("xclip", Refusal::Failed)];
        let after = Sent { refused, way: Way::Sequence(312, Asking::Direct) };
        let expected = "A ¶ 1: wl-copy is missing, xclip failed, sent 312 bytes by OSC 52; the terminal may refuse \
                        it; also in ~/copied.txt";
        assert_eq!(said("A ¶ 1", &after, kept()), expected);
        let nowhere = Sent { refused: Vec::new(), way: Way::Nowhere("no".to_owned()) };
        let neither = said("A ¶ 1", &nowhere, Err("it cannot be kept: full".to_owned()));
        assert_eq!(neither, "A ¶ 1: not sent: no; it cannot be kept: full");
    }

    proptest! {
        #[test]
        fn no_control_byte_of_a_text_is_sent(text in "[\\x00-\\x{2fff}]{0,600}") {
            let direct = sequence(&text, Asking::Direct).unwrap();
            let encoded = direct.strip_prefix("\x1b]52;c;").and_then(|rest| rest.strip_suffix('\x07')).unwrap();
            prop_assert!(encoded.chars().all(|c| c.is_ascii_alphanumeric() || "+/=".contains(c)));
            prop_assert_eq!(encoded.len(), text.len().div_ceil(3) * 4);
        }

        #[test]
        fn the_chunks_of_screen_are_short_and_join_to_the_whole(text in "[ -~]{0,2000}") {
            let wrapped = sequence(&text, Asking::ThroughScreen).unwrap();
            let chunks: Vec<&str> = wrapped.split_terminator("\x1b\\").collect();
            let inner: Option<Vec<&str>> = chunks.iter().map(|chunk| chunk.strip_prefix("\x1bP")).collect();
            let inner = inner.unwrap();
            prop_assert!(inner.iter().all(|chunk| (1..=SCREEN_CHUNK_BYTES).contains(&chunk.len())));
            prop_assert_eq!(inner.concat(), sequence(&text, Asking::Direct).unwrap());
        }
    }
}

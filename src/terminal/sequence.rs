//! The keys and clicks that escape sequences stand for, after the VT220, xterm and the Linux console.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

/// The key of `ESC O`, perhaps the number of a modifier, and a last byte; `None` for keys that nobody binds.
#[must_use]
pub fn single(modifier: &[u8], last: u8) -> Option<KeyEvent> {
    let modifiers =
        if modifier.is_empty() { KeyModifiers::NONE } else { held(numbers(modifier)?.first()?.0) };
    let code = match last {
        b'M' => KeyCode::Enter,
        b'R' => KeyCode::F(3),
        last => lettered(last)?,
    };
    Some(KeyEvent::new(code, modifiers))
}

/// The key or click of `ESC [`, parameters and a last byte; `None` for an answer and for keys that nobody binds.
#[must_use]
pub fn control(parameters: &[u8], last: u8) -> Option<Event> {
    if let Some(click) = parameters.strip_prefix(b"<") {
        return mouse(click, last).map(Event::Mouse);
    }
    if parameters == b"[" {
        let number = last.checked_sub(b'A').filter(|number| *number < 5)?;
        return Some(Event::Key(KeyCode::F(number + 1).into()));
    }
    let numbers = numbers(parameters)?;
    let number = |at: usize| numbers.get(at).map_or(1, |number| number.0);
    let (code, modifier) = match (last, numbers.len()) {
        (b'~', 3) if number(0) == 27 => (numbered_character(number(2))?, number(1)),
        (b'~', 1 | 2) => (numbered(number(0))?, number(1)),
        (b'u', 1 | 2) => (numbered_character(number(0))?, number(1)),
        (b'Z', 0) => (KeyCode::BackTab, 1),
        (last, 0..=2) => (lettered(last)?, number(1)),
        _ => return None,
    };
    Some(Event::Key(KeyEvent::new(code, held(modifier))))
}

/// One parameter; what stands in it after a colon says more than is asked here.
#[derive(Clone, Copy)]
struct Parameter(u32);

/// Parameters with `;` between them; `None` where there is anything else, as in answers.
fn numbers(parameters: &[u8]) -> Option<Vec<Parameter>> {
    if parameters.is_empty() {
        return Some(Vec::new());
    }
    let parse = |part: &str| {
        let part = part.split(':').next().unwrap_or_default();
        if part.is_empty() { Some(Parameter(1)) } else { part.parse().ok().map(Parameter) }
    };
    std::str::from_utf8(parameters).ok()?.split(';').map(parse).collect()
}

/// What is held with a key, by the number that xterm gives it.
fn held(modifier: u32) -> KeyModifiers {
    let bits = modifier.saturating_sub(1);
    let all = [(1, KeyModifiers::SHIFT), (2, KeyModifiers::ALT), (4, KeyModifiers::CONTROL)];
    all.into_iter().filter(|(bit, _)| bits & bit != 0).map(|(_, modifier)| modifier).collect()
}

const fn lettered(last: u8) -> Option<KeyCode> {
    Some(match last {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'H' => KeyCode::Home,
        b'F' => KeyCode::End,
        b'P' => KeyCode::F(1),
        b'Q' => KeyCode::F(2),
        // After `[`, R is the answer to where the cursor is.
        b'S' => KeyCode::F(4),
        _ => return None,
    })
}

/// The key of `[number~`.
fn numbered(number: u32) -> Option<KeyCode> {
    Some(match u8::try_from(number).ok()? {
        1 | 7 => KeyCode::Home,
        2 => KeyCode::Insert,
        3 => KeyCode::Delete,
        4 | 8 => KeyCode::End,
        5 => KeyCode::PageUp,
        6 => KeyCode::PageDown,
        number @ 11..=15 => KeyCode::F(number - 10),
        number @ 17..=21 => KeyCode::F(number - 11),
        number @ 23..=24 => KeyCode::F(number - 12),
        _ => return None,
    })
}

/// The key of a character that is sent by its number, as terminals do that tell more keys apart.
fn numbered_character(number: u32) -> Option<KeyCode> {
    Some(match number {
        9 => KeyCode::Tab,
        13 => KeyCode::Enter,
        27 => KeyCode::Esc,
        8 | 127 => KeyCode::Backspace,
        _ => KeyCode::Char(char::from_u32(number).filter(|character| !character.is_control())?),
    })
}

/// A press, a release or a notch of the wheel, in the form of xterm's mode 1006; movement is none.
fn mouse(parameters: &[u8], last: u8) -> Option<MouseEvent> {
    let numbers = numbers(parameters)?;
    let &[button, column, row] = numbers.as_slice() else { return None };
    // 4, 8 and 16 are Shift, Alt and Control; 32 is movement.
    let kind = match (button.0 & !0b1_1100, last) {
        (0, b'M') => MouseEventKind::Down(MouseButton::Left),
        (0, b'm') => MouseEventKind::Up(MouseButton::Left),
        (64, b'M') => MouseEventKind::ScrollUp,
        (65, b'M') => MouseEventKind::ScrollDown,
        _ => return None,
    };
    let cell = |number: Parameter| u16::try_from(number.0).ok()?.checked_sub(1);
    Some(MouseEvent { kind, column: cell(column)?, row: cell(row)?, modifiers: KeyModifiers::NONE })
}

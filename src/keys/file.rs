//! The text of a keymap file to its lines, with everything that is wrong in it.
//!
//! Does not know what other lines or other files say; that is for the merge.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::reader::action::{Action, Mode};

use super::key::Key;
use super::keymap::{Binding, Change, Entry, Preset, Scope};
use super::problem::{Place, Problem, Related, Severity, nearest, visible};

/// What a file says.
#[derive(Debug, Default)]
pub(super) struct File {
    /// The map it lies over.
    pub(super) preset: Option<Preset>,
    /// The bytes of the line that names it.
    pub(super) preset_span: Option<Range<usize>>,
    /// The characters of a keyboard layout, and those of a Latin one on the same keys.
    pub(super) layout: Option<(String, String)>,
    /// Its lines, in its order.
    pub(super) entries: Vec<Entry>,
}

/// The version of the format that this program reads.
const VERSION: &str = "1";

/// Everything that may stand at the top of a file.
const TOP: [&str; 8] = ["version", "preset", "layout", "global", "read", "list", "pager", "prompt"];

/// So many times at most the syntax is tried again without the lines that are wrong.
const ROUNDS_MAX: usize = 100;

type Name<'i> = Spanned<std::borrow::Cow<'i, str>>;
type Value<'i> = Spanned<DeValue<'i>>;

/// Reads a file; `preset` says which of the program's own it is.
pub(super) fn read(text: &str, path: &str, preset: Option<Preset>) -> (File, Vec<Problem>) {
    let mut problems = Problems { source: text, path, list: Vec::new() };
    let parsed = without_syntax_errors(text, &mut problems);
    let (table, _) = DeTable::parse_recoverable(&parsed);
    let mut reading = Reading { file: File::default(), problems, preset };
    for (key, value) in in_order(table.get_ref()) {
        reading.top(key, value);
    }
    reading.file.entries.sort_by_key(|entry| entry.span.start);
    (reading.file, reading.problems.list)
}

/// The pairs of a table as they stand in the file.
fn in_order<'t, 'i>(table: &'t DeTable<'i>) -> Vec<(&'t Name<'i>, &'t Value<'i>)> {
    let mut pairs: Vec<_> = table.iter().collect();
    pairs.sort_by_key(|(key, _)| key.span().start);
    pairs
}

/// Blanks the lines that are not TOML until the rest is, so that the rest can be in force. No byte moves.
fn without_syntax_errors(text: &str, problems: &mut Problems<'_>) -> String {
    let mut text = text.to_owned();
    for _ in 0..ROUNDS_MAX {
        let errors = DeTable::parse_recoverable(&text).1;
        let mut wrong: Vec<Range<usize>> = Vec::new();
        for error in errors {
            let span = error.span().unwrap_or_default();
            let line = written_line(&text, span.start);
            if line.is_empty() || wrong.contains(&line) {
                continue;
            }
            problems.syntax(&error, &span, &line, &text);
            wrong.push(line);
        }
        if wrong.is_empty() {
            break;
        }
        for line in wrong {
            let lost = left_out(&text, &line);
            let blank: String = text
                .get(lost.clone())
                .unwrap_or_default()
                .bytes()
                .map(|byte| if byte == b'\n' { '\n' } else { ' ' })
                .collect();
            text.replace_range(lost, &blank);
        }
    }
    text
}

/// The bytes of the line with a byte; where that is blank (the error was seen too late), of the last written one
/// before it.
fn written_line(text: &str, byte: usize) -> Range<usize> {
    let mut end = text.floor_char_boundary(byte);
    end += text.get(end..).and_then(|rest| rest.find('\n')).unwrap_or(text.len() - end);
    loop {
        let before = text.get(..end).unwrap_or_default();
        let start = before.rfind('\n').map_or(0, |newline| newline + 1);
        if start == 0 || before.get(start..).is_some_and(|line| !line.trim().is_empty()) {
            let blank = before.get(start..).is_none_or(|line| line.trim().is_empty());
            return if blank { 0..0 } else { start..end };
        }
        end = start - 1;
    }
}

/// What cannot be read when a line is wrong: the line, or with the head of a table all of the table, because its
/// lines would fall to the table before.
fn left_out(text: &str, line: &Range<usize>) -> Range<usize> {
    let head = |start: usize| {
        text.get(start..).is_some_and(|rest| rest.trim_start_matches([' ', '\t']).starts_with('['))
    };
    if !head(line.start) {
        return line.clone();
    }
    let mut end = line.end;
    while end < text.len() && !head(end + 1) {
        let rest = text.get(end + 1..).unwrap_or_default();
        end += 1 + rest.find('\n').unwrap_or(rest.len());
    }
    line.start..end.min(text.len())
}

/// The problems of one file as they are found.
struct Problems<'s> {
    source: &'s str,
    path: &'s str,
    list: Vec<Problem>,
}

impl Problems<'_> {
    fn error(&mut self, span: &Range<usize>, message: impl Into<String>, help: impl Into<String>) {
        self.list.push(Problem {
            severity: Severity::Error,
            path: visible(self.path),
            place: Place::new(self.source, span),
            message: visible(&message.into()),
            help: visible(&help.into()),
            related: None,
        });
    }

    /// An error of the syntax of TOML, seen in a text with blanked lines.
    fn syntax(&mut self, error: &toml::de::Error, span: &Range<usize>, line: &Range<usize>, text: &str) {
        let whole = left_out(text, line);
        let help = if whole == *line {
            "this line is left out; TOML wants `\"keys\" = \"action\"`".to_owned()
        } else {
            let lines = Place::new(text, &(whole.end..whole.end)).line - Place::new(text, line).line;
            format!("this table is left out, {} in all", count(lines + 1, "line"))
        };
        let span = if line.contains(&span.start) { span } else { line };
        self.error(span, format!("this is not TOML: {}", error.message()), help);
        let written =
            self.source.get(span.clone()).map(str::trim).filter(|_| error.message() == "duplicate key");
        if let (Some(written), Some(problem)) = (written, self.list.last_mut()) {
            problem.message = format!("{} stands here for the second time", visible(written));
            problem.related = line_before_with(self.source, line.start, written).map(|bytes| Related {
                place: Place::new(self.source, &bytes),
                label: "this one is in force".to_owned(),
                built_in: None,
            });
        }
    }
}

/// Where, before a byte, the last line begins with a key or the head of a table.
fn line_before_with(source: &str, byte: usize, written: &str) -> Option<Range<usize>> {
    let before = source.get(..byte)?;
    let begins_line = |start: usize| {
        let line = before.get(..start).and_then(|text| text.rsplit('\n').next()).unwrap_or_default();
        line.trim_start_matches([' ', '\t', '[']).is_empty()
    };
    let start = before.rmatch_indices(written).map(|(start, _)| start).find(|start| begins_line(*start))?;
    Some(start..start + written.len())
}

/// A number with its noun.
fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// A file being read.
struct Reading<'s> {
    file: File,
    problems: Problems<'s>,
    preset: Option<Preset>,
}

impl Reading<'_> {
    /// Takes a key of the top of the file.
    fn top(&mut self, key: &Name<'_>, value: &Value<'_>) {
        let name = key.get_ref().as_ref();
        match name {
            "version" => self.version(value),
            "preset" => self.read_preset(key, value),
            "layout" => self.layout(key, value),
            _ => match Scope::ALL.into_iter().find(|scope| scope.name() == name) {
                Some(scope) => self.table(scope, key, value),
                None => self.unknown_top(key),
            },
        }
    }

    fn unknown_top(&mut self, key: &Name<'_>) {
        let name = key.get_ref().as_ref();
        let help = match nearest(name, TOP.into_iter()) {
            Some(near) => format!("did you mean `{near}`?"),
            None if Key::sequence(name).is_ok() => "keys stand in a table, such as [read]".to_owned(),
            None => format!("what may stand here is {}", TOP.join(", ")),
        };
        self.problems.error(&key.span(), format!("unknown name `{name}`"), help);
    }

    fn version(&mut self, value: &Value<'_>) {
        if !matches!(value.get_ref(), DeValue::Integer(number) if number.as_str() == VERSION) {
            let help = format!("this program reads version {VERSION}; the rest is read all the same");
            self.problems.error(&value.span(), "unknown version of the format", help);
        }
    }

    fn read_preset(&mut self, key: &Name<'_>, value: &Value<'_>) {
        let names = || Preset::ALL.iter().map(|preset| preset.name());
        let listed = names().collect::<Vec<_>>().join(", ");
        let DeValue::String(name) = value.get_ref() else {
            return self.problems.error(
                &value.span(),
                "a preset is named by a text",
                format!("one of {listed}"),
            );
        };
        self.file.preset = Preset::ALL.into_iter().find(|preset| preset.name() == name.as_ref());
        if self.file.preset.is_some() {
            self.file.preset_span = Some(key.span().start..value.span().end);
        } else {
            let help = nearest(name, names()).map_or_else(
                || format!("the presets are {listed}"),
                |near| format!("did you mean `{near}`?"),
            );
            self.problems.error(&value.span(), format!("unknown preset `{name}`"), help);
        }
    }

    fn layout(&mut self, key: &Name<'_>, value: &Value<'_>) {
        let DeValue::Table(table) = value.get_ref() else {
            return self.problems.error(
                &key.span(),
                "`layout` is a table",
                "write [layout], then from and into",
            );
        };
        let mut sides = [None, None];
        for (key, value) in in_order(table) {
            let names = ["from", "into"];
            let name = key.get_ref().as_ref();
            match (names.iter().position(|known| *known == name), value.get_ref()) {
                (Some(side), DeValue::String(text)) => {
                    if let Some(slot) = sides.get_mut(side) {
                        *slot = Some(text.to_string());
                    }
                }
                (Some(_), _) => {
                    self.problems.error(&value.span(), format!("`{name}` is a text"), "write it in quotes")
                }
                (None, _) => {
                    let help = nearest(name, names.into_iter())
                        .map_or("[layout] has from and into".to_owned(), |near| {
                            format!("did you mean `{near}`?")
                        });
                    self.problems.error(&key.span(), format!("unknown name `{name}` in [layout]"), help);
                }
            }
        }
        match sides {
            [Some(from), Some(into)] if from.chars().count() == into.chars().count() => {
                self.file.layout = Some((from, into));
            }
            [Some(from), Some(into)] => {
                let (from, into) = (from.chars().count(), into.chars().count());
                let message = format!("`from` has {}, `into` has {into}", count(from, "character"));
                self.problems.error(&key.span(), message, "they stand for each other one by one");
            }
            _ => self.problems.error(&key.span(), "[layout] is not complete", "it wants from and into"),
        }
    }

    /// Reads a table of keys.
    fn table(&mut self, scope: Scope, key: &Name<'_>, value: &Value<'_>) {
        let DeValue::Table(table) = value.get_ref() else {
            let name = scope.name();
            let help = format!("write [{name}], and the keys below it");
            return self.problems.error(&key.span(), format!("`{name}` is a table"), help);
        };
        for (key, value) in in_order(table) {
            let keys = self.keys(scope, key);
            let change = self.change(value);
            if let (Some(keys), Some(change)) = (keys, change) {
                let span = key.span();
                self.file.entries.push(Entry { scope, keys, change, preset: self.preset, span });
            }
        }
    }

    fn keys(&mut self, scope: Scope, key: &Name<'_>) -> Option<Vec<Key>> {
        let keys = match Key::sequence(key.get_ref()) {
            Ok(keys) => keys,
            Err(error) => {
                self.problems.error(&key.span(), error.message, error.help);
                return None;
            }
        };
        let digit = |key: &Key| key.printable().is_some_and(|character| matches!(character, '1'..='9'));
        let counts = matches!(scope, Scope::Global | Scope::Mode(Mode::Read));
        if counts && keys.first().is_some_and(digit) {
            let message = format!("`{}` begins a count in [read]", Key::print_sequence(&keys));
            self.problems.error(&key.span(), message, "digits are counts; put another key before it");
            return None;
        }
        Some(keys)
    }

    /// Reads what stands to the right of the keys; a problem was said where there is none.
    fn change(&mut self, value: &Value<'_>) -> Option<Change> {
        match value.get_ref() {
            DeValue::Boolean(false) => Some(Change::Unbind),
            DeValue::Boolean(true) => {
                self.problems.error(
                    &value.span(),
                    "`true` binds nothing",
                    "write an action, or false to unbind",
                );
                None
            }
            DeValue::Table(table) => self.described(table, &value.span()),
            _ => self.actions(value).map(|actions| Change::Bind(Binding { actions, description: None })),
        }
    }

    /// Reads `{ run = "…", desc = "…" }`.
    fn described(&mut self, table: &DeTable<'_>, span: &Range<usize>) -> Option<Change> {
        let (mut actions, mut description, mut run) = (None, None, false);
        for (key, value) in in_order(table) {
            match (key.get_ref().as_ref(), value.get_ref()) {
                ("run", _) => {
                    run = true;
                    actions = self.actions(value);
                }
                ("desc", DeValue::String(text)) => description = Some(visible(text)),
                ("desc", _) => self.problems.error(&value.span(), "`desc` is a text", "write it in quotes"),
                (name, _) => {
                    let help = nearest(name, ["run", "desc"].into_iter())
                        .map_or("there is run and desc".to_owned(), |near| format!("did you mean `{near}`?"));
                    self.problems.error(&key.span(), format!("unknown name `{name}`"), help);
                }
            }
        }
        if !run {
            self.problems.error(
                span,
                "nothing to run",
                "write { run = \"action\", desc = \"what it does\" }",
            );
        }
        actions.map(|actions| Change::Bind(Binding { actions, description }))
    }

    /// Reads the name of an action, or an array of them; every wrong one is said.
    fn actions(&mut self, value: &Value<'_>) -> Option<Vec<Action>> {
        match value.get_ref() {
            DeValue::String(name) if name == "noop" => Some(Vec::new()),
            DeValue::String(_) => self.action(value).map(|action| vec![action]),
            DeValue::Array(array) if !array.is_empty() => {
                let actions: Vec<_> = array.iter().map(|value| self.action(value)).collect();
                actions.into_iter().collect()
            }
            _ => {
                let help = "write \"action\", [\"action\", \"action\"], \"noop\" or false";
                self.problems.error(&value.span(), "this is not an action", help);
                None
            }
        }
    }

    fn action(&mut self, value: &Value<'_>) -> Option<Action> {
        let DeValue::String(name) = value.get_ref() else {
            self.problems.error(&value.span(), "an action is named by a text", "write it in quotes");
            return None;
        };
        let action = Action::named(name);
        if action.is_none() {
            let help = nearest(name, Action::ALL.iter().map(|action| action.name())).map_or_else(
                || "`diptych keys` prints the names of all bound actions".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            self.problems.error(&value.span(), format!("unknown action `{name}`"), help);
        }
        action
    }
}

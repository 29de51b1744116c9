//! The text of a keymap file to its lines, with everything that is wrong in it.
//!
//! Does not know what other lines or other files say; that is for the merge.

use std::borrow::Cow;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::reader::action::{Action, Mode};

use super::key::Key;
use super::keymap::{Binding, Change, Entry, Preset, Scope};
use super::problem::{Problem, Problems, nearest, visible};
use super::syntax::without_syntax_errors;

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

type Name<'i> = Spanned<Cow<'i, str>>;
type Value<'i> = Spanned<DeValue<'i>>;

/// Reads a file; `preset` says which of the program's own it is.
pub(super) fn read(text: &str, path: &str, preset: Option<Preset>) -> (File, Vec<Problem>) {
    let mut problems = Problems::new(text, path);
    // The program's own are known to be TOML.
    let parsed = match preset {
        Some(_) => Cow::Borrowed(text),
        None => Cow::Owned(without_syntax_errors(text, &mut problems)),
    };
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
                    self.problems.error(&value.span(), format!("`{name}` is a text"), "write it in quotes");
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
            DeValue::String(_)
            | DeValue::Array(_)
            | DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Datetime(_) => {
                self.actions(value).map(|actions| Change::Bind(Binding { actions, description: None }))
            }
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
            DeValue::Array(_)
            | DeValue::Boolean(_)
            | DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Datetime(_)
            | DeValue::Table(_) => {
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
            let names = Action::ALL.iter().map(|action| action.name()).chain(["noop"]);
            let help = nearest(name, names).map_or_else(
                || "`diptych keys` prints the actions that there are".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            self.problems.error(&value.span(), format!("unknown action `{name}`"), help);
        }
        action
    }
}

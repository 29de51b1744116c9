//! The map in force as a reader reads it: the rows of the help screen, and `keymap.toml` printed back.
//!
//! Does not know how the screen shows them.

use std::fmt::Write as _;

use crate::reader::action::{Action, Group, Mode};

use super::key::Key;
use super::keymap::{Binding, Change, Entry, Keymap, Scope};

/// A heading of the help screen with its rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelpSection {
    /// The heading.
    pub title: &'static str,
    /// What stands below it, in the order of the action table.
    pub rows: Vec<HelpRow>,
}

/// What some keys do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelpRow {
    /// The keys that do it; those that work in all its modes first.
    pub groups: Vec<KeyGroup>,
    /// What they do.
    pub description: String,
    /// Every mode in which any of them does it.
    pub modes: Vec<Mode>,
}

/// Keys that do the same in the same modes, the most telling first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyGroup {
    /// The keys, printed.
    pub keys: Vec<String>,
    /// Where they do it.
    pub modes: Vec<Mode>,
}

impl HelpRow {
    /// The keys, two spaces apart; those that work only in some of the modes of the row with the names of these:
    /// `esc  C-c;  q (list, pager)`.
    #[must_use]
    pub fn keys(&self) -> String {
        let group = |group: &KeyGroup| {
            let keys = group.keys.join("  ");
            if group.modes == self.modes { keys } else { format!("{keys} ({})", named(&group.modes)) }
        };
        self.groups.iter().map(group).collect::<Vec<_>>().join(";  ")
    }

    /// Where the keys work, in words: empty for the two texts alone, for every mode, and where each key says it.
    #[must_use]
    pub fn place(&self) -> String {
        let is_told = !self.groups.iter().any(|group| group.modes == self.modes);
        if is_told || self.modes == [Mode::Read] || self.modes == Mode::ALL {
            return String::new();
        }
        named(&self.modes)
    }
}

fn named(modes: &[Mode]) -> String {
    modes.iter().map(|mode| mode.name()).collect::<Vec<_>>().join(", ")
}

impl Keymap {
    /// Everything that is bound, for the help screen: a section for each group that has a row.
    #[must_use]
    pub fn help(&self) -> Vec<HelpSection> {
        let mut sections: Vec<(Group, Vec<HelpRow>)> = Vec::new();
        let bound: Vec<BoundIn<'_>> =
            Mode::ALL.iter().map(|&mode| (mode, self.effective(mode).collect())).collect();
        for &action in Action::ALL {
            let rows = help_rows(&bound, action);
            match sections.iter_mut().find(|(group, _)| *group == action.group()) {
                Some((_, section)) => section.extend(rows),
                None => sections.push((action.group(), rows)),
            }
        }
        sections
            .into_iter()
            .filter(|(_, rows)| !rows.is_empty())
            .map(|(group, rows)| HelpSection { title: group.title(), rows })
            .collect()
    }

    /// The map in force as a `keymap.toml` that binds everything itself: each line whole, with what it does.
    #[must_use]
    pub fn to_toml(&self) -> String {
        let mut text = String::from("version = 1\npreset = \"none\"\n");
        let (from, into) = self.layout.texts();
        if !from.is_empty() {
            let (from, into) = (toml_text(&from), toml_text(&into));
            text.push_str("\n[layout]\n");
            let _ = writeln!(text, "from = {from}\ninto = {into}");
        }
        for scope in Scope::ALL {
            let lines: Vec<_> =
                self.table(scope).filter(|entry| self.says_something(entry)).map(toml_line).collect();
            if lines.is_empty() {
                continue;
            }
            let columns = lines.iter().map(|(line, _)| line.chars().count()).max().unwrap_or(0);
            let _ = writeln!(text, "\n[{}]", scope.name());
            for (line, comment) in lines {
                let _ = writeln!(text, "{line:columns$}  # {comment}");
            }
        }
        text
    }

    /// Whether a line matters where there is no preset below it: unbinding does where `[global]` binds.
    fn says_something(&self, entry: &Entry) -> bool {
        let bound = |other: &Entry| other.keys == entry.keys && matches!(other.change, Change::Bind(_));
        match entry.change {
            Change::Bind(_) => true,
            Change::Unbind => entry.scope != Scope::Global && self.table(Scope::Global).any(bound),
        }
    }
}

/// A mode and what is bound in it.
type BoundIn<'a> = (Mode, Vec<(&'a [Key], &'a Binding)>);

/// A description and its keys, each with the modes in which it is bound.
type Described = (String, Vec<(String, Vec<Mode>)>);

/// The rows of the bindings that begin with an action: one for each description.
fn help_rows(bound: &[BoundIn<'_>], action: Action) -> Vec<HelpRow> {
    let mut described: Vec<Described> = Vec::new();
    for (mode, bindings) in bound {
        for (keys, binding) in bindings.iter().filter(|(_, binding)| binding.actions.first() == Some(&action))
        {
            let rows = entry(&mut described, binding.describe());
            entry(rows, Key::print_sequence(keys)).push(*mode);
        }
    }
    described.into_iter().map(|(description, keys)| help_row(description, keys)).collect()
}

/// The value of a key in a list, which is added where it is missing.
fn entry<V: Default>(list: &mut Vec<(String, V)>, key: String) -> &mut V {
    let at = list.iter().position(|(own, _)| *own == key).unwrap_or_else(|| {
        list.push((key, V::default()));
        list.len() - 1
    });
    &mut list[at].1
}

/// A row of keys, those with the same modes together.
fn help_row(description: String, keys: Vec<(String, Vec<Mode>)>) -> HelpRow {
    let mut groups: Vec<KeyGroup> = Vec::new();
    for (keys, modes) in keys {
        match groups.iter_mut().find(|group| group.modes == modes) {
            Some(group) => group.keys.push(keys),
            None => groups.push(KeyGroup { keys: vec![keys], modes }),
        }
    }
    let is_in = |mode: &Mode| groups.iter().any(|group| group.modes.contains(mode));
    let modes: Vec<Mode> = Mode::ALL.iter().copied().filter(is_in).collect();
    // Stable: else in the order of the keymap.
    groups.sort_by_key(|group| group.modes != modes);
    HelpRow { groups, description, modes }
}

/// A line of a table, and what it does.
fn toml_line(entry: &Entry) -> (String, String) {
    let keys = toml_key(&entry.keys);
    match &entry.change {
        Change::Unbind => (format!("{keys} = false"), "not bound here".to_owned()),
        Change::Bind(binding) => (format!("{keys} = {}", toml_binding(binding)), binding.describe()),
    }
}

/// The right side of a line.
fn toml_binding(binding: &Binding) -> String {
    let names: Vec<_> = binding.actions.iter().map(|action| format!("\"{}\"", action.name())).collect();
    let run = match names.as_slice() {
        [] => "\"noop\"".to_owned(),
        [one] => one.clone(),
        several => format!("[{}]", several.join(", ")),
    };
    match &binding.description {
        Some(description) => format!("{{ run = {run}, desc = {} }}", toml_text(description)),
        None => run,
    }
}

/// Keys as the left side of a line.
pub(super) fn toml_key(keys: &[Key]) -> String {
    toml_text(&Key::print_sequence(keys))
}

/// A text in quotes; of its characters only `"` and `\` need care, there being no control character.
fn toml_text(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

//! The map in force: which keys do what in which mode, after preset and the reader's file were merged.
//!
//! Does not know how a file is read, nor what an action does.

use std::collections::BTreeMap;

use crate::reader::action::{Action, Mode};

use super::file;
use super::key::Key;
use super::layout::Layout;
use super::merge;
use super::problem::Problem;

/// A map that stands in the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    /// `keymap.toml`.
    Default,
    /// The default with more of vim's habits.
    Vim,
    /// The default with more of less's habits.
    Less,
    /// No key at all, for a file that binds everything itself.
    None,
}

impl Preset {
    /// Every preset.
    pub const ALL: [Self; 4] = [Self::Default, Self::Vim, Self::Less, Self::None];

    /// Its name in `keymap.toml`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::Vim => "vim",
            Self::Less => "less",
            Self::None => "none",
        }
    }

    /// The file of the preset, and the path that problems name; the vim and less files lie over the default.
    pub(super) const fn source(self) -> (&'static str, &'static str) {
        match self {
            Self::Default => (include_str!("../../keymap.toml"), "the built-in keymap.toml"),
            Self::Vim => (include_str!("presets/vim.toml"), "the built-in vim.toml"),
            Self::Less => (include_str!("presets/less.toml"), "the built-in less.toml"),
            Self::None => ("", "no preset"),
        }
    }
}

/// What keys are bound to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// What is done, in this order; nothing, where the keys are swallowed (`"noop"`).
    pub actions: Vec<Action>,
    /// What the reader calls it, in place of the description of the action.
    pub description: Option<String>,
}

impl Binding {
    /// What it does, in words.
    #[must_use]
    pub fn describe(&self) -> String {
        match &self.description {
            Some(description) => description.clone(),
            None if self.actions.is_empty() => "nothing".to_owned(),
            None => {
                self.actions.iter().map(|action| action.description()).collect::<Vec<_>>().join(", then ")
            }
        }
    }
}

impl Binding {
    /// What it does in a few words, for a line that has many keys: as the reader calls it, else what its actions
    /// do, without how.
    #[must_use]
    pub fn label(&self) -> String {
        let gists = || self.actions.iter().map(|action| action.gist());
        self.description.clone().unwrap_or_else(|| gists().collect::<Vec<_>>().join(", then "))
    }
}

/// A table of `keymap.toml`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// Every mode that does not bind the same keys itself.
    Global,
    /// One mode.
    Mode(Mode),
}

impl Scope {
    pub(super) const ALL: [Self; 5] = [
        Self::Global,
        Self::Mode(Mode::Read),
        Self::Mode(Mode::List),
        Self::Mode(Mode::Pager),
        Self::Mode(Mode::Prompt),
    ];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Global => "global",
            Self::Mode(mode) => mode.name(),
        }
    }

    /// Whether keys of both tables can be in force at once.
    pub(super) fn meets(self, other: Self) -> bool {
        self == other || self == Self::Global || other == Self::Global
    }
}

/// What a line of a table asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Change {
    Bind(Binding),
    /// The keys do nothing here, whatever another table says (`false`).
    Unbind,
}

/// A line of a table.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) scope: Scope,
    pub(super) keys: Vec<Key>,
    pub(super) change: Change,
    /// The preset it stands in; `None` for the reader's file.
    pub(super) preset: Option<Preset>,
    /// The bytes of its key in that file.
    pub(super) span: std::ops::Range<usize>,
}

/// What keys lead to.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Found {
    Bound(Vec<Key>, Binding),
    /// More keys are wanted.
    Prefix(Vec<Key>),
    Nothing,
}

/// The map in force.
#[derive(Clone, Debug)]
pub struct Keymap {
    /// The lines in force; where the order can be seen (hints, help), the reader's own come first.
    pub(super) entries: Vec<Entry>,
    pub(super) layout: Layout,
}

impl Keymap {
    /// The default map.
    #[must_use]
    pub fn built_in() -> Self {
        Self::preset(Preset::Default)
    }

    /// A map that stands in the program.
    #[must_use]
    pub fn preset(preset: Preset) -> Self {
        let (text, path) = preset.source();
        let file = file::read(text, path, Some(preset)).0;
        match preset {
            // Nothing lies below it, and its lines are known to stand together.
            Preset::Default | Preset::None => {
                let mut layout = Layout::default();
                if let Some((from, into)) = &file.layout {
                    layout.add(from, into);
                }
                Self { entries: file.entries, layout }
            }
            Preset::Vim | Preset::Less => merge::merge(&Self::built_in(), file, text, path).0,
        }
    }

    /// The reader's file over the preset that it names.
    ///
    /// Every line that is right is in force, whatever is wrong with the others; the problems are in the order
    /// of their lines. A file that would leave no way to quit is set aside whole and the default map is used;
    /// a mode without a way out gets one. `path` is how the problems name the file.
    #[must_use]
    pub fn with_overlay(text: &str, path: &str) -> (Self, Vec<Problem>) {
        let (file, mut problems) = file::read(text, path, None);
        let base = Self::preset(file.preset.unwrap_or(Preset::Default));
        let unquittable = merge::unquittable(&base, &file, text, path);
        let (mut keymap, clashes) = merge::merge(&base, file, text, path);
        problems.extend(clashes);
        if keymap.runs(Action::Quit, Mode::Read) {
            problems.extend(merge::let_out(&mut keymap, text, path));
        } else {
            keymap = Self::built_in();
            problems.push(unquittable);
        }
        problems.sort_by_key(|problem| (problem.place.line, problem.place.column));
        (keymap, problems)
    }

    /// The keys that do this action alone, in the mode, the most telling first; empty when there are none.
    #[must_use]
    pub fn keys_for(&self, action: Action, mode: Mode) -> Vec<String> {
        self.effective(mode)
            .filter(|(_, binding)| binding.actions == [action])
            .map(|(keys, _)| Key::print_sequence(keys))
            .collect()
    }

    /// The most telling key of every action that some key of the mode does alone.
    #[must_use]
    pub fn first_keys(&self, mode: Mode) -> BTreeMap<Action, String> {
        let mut first = BTreeMap::new();
        for (keys, binding) in self.effective(mode) {
            if let [action] = binding.actions[..] {
                first.entry(action).or_insert_with(|| Key::print_sequence(keys));
            }
        }
        first
    }

    /// Whether some key of the mode does this action, alone or among others.
    pub(super) fn runs(&self, action: Action, mode: Mode) -> bool {
        self.effective(mode).any(|(_, binding)| binding.actions.contains(&action))
    }

    /// The bindings in force in a mode: its own, then those of `[global]` that it does not override.
    pub(super) fn effective(&self, mode: Mode) -> impl Iterator<Item = (&[Key], &Binding)> {
        let own = self.table(Scope::Mode(mode));
        let shared = self.table(Scope::Global).filter(move |shared| {
            // In a line of input a character of `[global]` would no longer be possible to type.
            let typed =
                mode == Mode::Prompt && shared.keys.first().is_some_and(|key| key.printable().is_some());
            !typed && !self.table(Scope::Mode(mode)).any(|own| own.keys == shared.keys)
        });
        own.chain(shared).filter_map(|entry| match &entry.change {
            Change::Bind(binding) => Some((entry.keys.as_slice(), binding)),
            Change::Unbind => None,
        })
    }

    /// The lines of a table.
    pub(super) fn table(&self, scope: Scope) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(move |entry| entry.scope == scope)
    }

    /// What keys lead to in a mode.
    pub(super) fn find(&self, keys: Vec<Key>, mode: Mode) -> Found {
        let mut longer = false;
        for (bound, binding) in self.effective(mode) {
            if bound == keys {
                return Found::Bound(keys, binding.clone());
            }
            longer |= bound.starts_with(&keys);
        }
        if longer { Found::Prefix(keys) } else { Found::Nothing }
    }

    /// What can follow keys that are a prefix: each next key, with what it does or how much lies behind it.
    pub(super) fn continuations(&self, typed: &[Key], mode: Mode) -> Vec<(String, String)> {
        let mut rows: Vec<(Key, String, usize)> = Vec::new();
        for (keys, binding) in self.effective(mode) {
            let Some((next, _)) = keys.strip_prefix(typed).and_then(<[Key]>::split_first) else { continue };
            match rows.iter_mut().find(|(key, _, _)| key == next) {
                Some((_, _, count)) => *count += 1,
                None => rows.push((*next, binding.label(), 1)),
            }
        }
        rows.into_iter()
            .map(|(key, text, count)| (key.to_string(), if count > 1 { format!("+{count}") } else { text }))
            .collect()
    }

    /// The key at the same place of a Latin keyboard, for a layout without Latin letters.
    pub(super) fn translate(&self, key: Key) -> Option<Key> {
        self.layout.translate(key)
    }
}

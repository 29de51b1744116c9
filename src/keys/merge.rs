//! A file over the map below it: what replaces what, which lines cannot stand together, no map without a way out.
//!
//! Does not know how a file is read.

use crate::reader::action::{Action, Mode};

use super::file::File;
use super::help::toml_key;
use super::key::{Code, Key};
use super::keymap::{Binding, Change, Entry, Keymap, Scope};
use super::problem::{Place, Problem, Related, visible};
use crate::report::Severity;

/// Lays a file over a map. A line replaces the same keys in the same table and nothing else; a line that can
/// never fire, or that keeps another from firing, is refused.
pub(super) fn merge(base: &Keymap, file: File, text: &str, path: &str) -> (Keymap, Vec<Problem>) {
    let global_keys =
        |entry: &&Entry| entry.scope == Scope::Global && matches!(entry.change, Change::Bind(_));
    let shared = base.entries.iter().chain(&file.entries).filter(global_keys).map(|entry| entry.keys.clone());
    let mut merging = Merging {
        own: Vec::new(),
        base: base.entries.clone(),
        shared: shared.collect(),
        text,
        path,
        problems: Vec::new(),
    };
    // What is unbound goes first: the keys it frees may be bound on a line above it.
    let (unbound, bound): (Vec<_>, Vec<_>) =
        file.entries.into_iter().partition(|entry| entry.change == Change::Unbind);
    for entry in unbound.into_iter().chain(bound) {
        merging.take(entry);
    }
    merging.own.sort_by_key(|entry| entry.span.start);
    let mut layout = base.layout.clone();
    if let Some((from, into)) = file.layout {
        layout.add(&from, &into);
    }
    let entries = merging.own.into_iter().chain(merging.base).collect();
    (Keymap { entries, layout }, merging.problems)
}

/// The map as it grows line by line.
struct Merging<'s> {
    /// Lines of the file that are in force.
    own: Vec<Entry>,
    /// Lines below it that are not replaced.
    base: Vec<Entry>,
    /// Keys that `[global]` binds, below the file or in it.
    shared: Vec<Vec<Key>>,
    text: &'s str,
    path: &'s str,
    problems: Vec<Problem>,
}

impl Merging<'_> {
    /// Puts a line in force, or says why not.
    fn take(&mut self, entry: Entry) {
        let same = |other: &Entry| other.scope == entry.scope && other.keys == entry.keys;
        if let Some(first) = self.own.iter().find(|other| same(other)) {
            let message = format!("{} is bound twice in [{}]", quoted(&entry.keys), entry.scope.name());
            self.problems.push(self.problem(
                &entry,
                first,
                message,
                "this one is in force",
                "remove one of the two",
            ));
            return;
        }
        let clash = |other: &&Entry| {
            let bind = |entry: &Entry| matches!(entry.change, Change::Bind(_));
            let prefix = entry.keys.starts_with(&other.keys) || other.keys.starts_with(&entry.keys);
            bind(&entry) && bind(other) && prefix && entry.keys != other.keys && self.meet(&entry, other)
        };
        let clashing: Vec<_> = self.own.iter().chain(&self.base).filter(clash).collect();
        if let Some(first) = clashing.first() {
            let problem = self.clash(&entry, first, &clashing);
            self.problems.push(problem);
            return;
        }
        if entry.change == Change::Unbind && !self.unbinds(&entry) {
            self.problems.push(Problem {
                severity: Severity::Warning,
                path: visible(self.path),
                place: Place::new(self.text, &entry.span),
                message: format!("{} is not bound in [{}]", quoted(&entry.keys), entry.scope.name()),
                help: self.longer(&entry),
                related: None,
            });
            return;
        }
        self.base.retain(|other| !same(other));
        self.own.push(entry);
    }

    /// Whether unbinding takes something away: from its own table, or from `[global]`.
    fn unbinds(&self, entry: &Entry) -> bool {
        let own = self.base.iter().any(|other| other.scope == entry.scope && other.keys == entry.keys);
        own || self.shared.contains(&entry.keys)
    }

    /// Whether two lines are in force in one mode; a line of `[global]` is not where a mode has the same keys.
    fn meet(&self, one: &Entry, two: &Entry) -> bool {
        let hidden = |shared: &Entry, scope: Scope| {
            let same = |other: &Entry| other.scope == scope && other.keys == shared.keys;
            shared.scope == Scope::Global && self.own.iter().chain(&self.base).any(same)
        };
        one.scope == two.scope
            || one.scope.meets(two.scope) && !hidden(one, two.scope) && !hidden(two, one.scope)
    }

    /// What to unbind instead of keys that only begin others.
    fn longer(&self, entry: &Entry) -> String {
        let longer: Vec<_> = self
            .base
            .iter()
            .filter(|other| other.scope == entry.scope && other.keys.starts_with(&entry.keys))
            .map(|other| quoted(&other.keys))
            .collect();
        if longer.is_empty() { String::new() } else { format!("these begin with it: {}", longer.join(", ")) }
    }

    /// Two lines of which one could never fire.
    fn clash(&self, entry: &Entry, first: &Entry, all: &[&Entry]) -> Problem {
        let (shorter, longer) =
            if entry.keys.len() < first.keys.len() { (entry, first) } else { (first, entry) };
        let message = format!(
            "{} in [{}] can never fire: {} in [{}] comes first",
            quoted(&longer.keys),
            longer.scope.name(),
            quoted(&shorter.keys),
            shorter.scope.name(),
        );
        let help = if first.preset.is_some() {
            format!("to have this key, unbind what is in its way: {}", unbinding(all))
        } else {
            "choose other keys for one of the two".to_owned()
        };
        self.problem(entry, first, message, "this one stays in force", help)
    }

    fn problem(
        &self,
        entry: &Entry,
        other: &Entry,
        message: String,
        label: &str,
        help: impl Into<String>,
    ) -> Problem {
        let preset = other.preset.filter(|_| entry.preset != other.preset);
        let source = preset.map_or(self.text, |preset| preset.source().0);
        Problem {
            severity: Severity::Error,
            path: visible(self.path),
            place: Place::new(self.text, &entry.span),
            message,
            help: help.into(),
            related: Some(Related {
                place: Place::new(source, &other.span),
                label: label.to_owned(),
                preset,
            }),
        }
    }
}

/// The lines that would free the keys of others.
fn unbinding(entries: &[&Entry]) -> String {
    let tables = Scope::ALL.into_iter().map(|scope| {
        let lines = entries.iter().filter(|entry| entry.scope == scope);
        let lines: Vec<_> = lines.map(|entry| format!("{} = false", toml_key(&entry.keys))).collect();
        if lines.is_empty() { String::new() } else { format!("in [{}] {}", scope.name(), lines.join(", ")) }
    });
    tables.filter(|lines| !lines.is_empty()).collect::<Vec<_>>().join("; ")
}

/// Keys as a message names them.
fn quoted(keys: &[Key]) -> String {
    format!("`{}`", Key::print_sequence(keys))
}

/// The problem of a file that takes away every way to quit, at the first line that has to do with it.
pub(super) fn unquittable(base: &Keymap, file: &File, text: &str, path: &str) -> Problem {
    let quits = |keys: &[Key]| {
        let found = base.effective(Mode::Read).find(|(bound, _)| *bound == keys);
        found.is_some_and(|(_, binding)| binding.actions.contains(&Action::Quit))
    };
    let read = Scope::Mode(Mode::Read);
    let culprit = file
        .entries
        .iter()
        .find(|entry| entry.scope.meets(read) && quits(&entry.keys))
        .map(|entry| entry.span.clone());
    Problem {
        severity: Severity::Error,
        path: visible(path),
        place: Place::new(text, &culprit.or_else(|| file.preset_span.clone()).unwrap_or_default()),
        message: "this map leaves no way to quit: the default map is used in its place".to_owned(),
        help: "bind quit in [read] or [global], such as \"q\" = \"quit\"".to_owned(),
        related: None,
    }
}

/// Gives escape to every mode that could not be left, and says so.
pub(super) fn let_out(keymap: &mut Keymap, text: &str, path: &str) -> Option<Problem> {
    let esc = Key::plain(Code::Esc);
    let shut: Vec<_> = [Mode::List, Mode::Pager, Mode::Prompt]
        .into_iter()
        .filter(|mode| !keymap.runs(Action::Cancel, *mode) && !keymap.runs(Action::Quit, *mode))
        .collect();
    for &mode in &shut {
        let scope = Scope::Mode(mode);
        keymap.entries.retain(|entry| !scope.meets(entry.scope) || entry.keys.first() != Some(&esc));
        let change = Change::Bind(Binding { actions: vec![Action::Cancel], description: None });
        keymap.entries.push(Entry { scope, keys: vec![esc], change, preset: None, span: 0..0 });
    }
    let tables = shut.iter().map(|mode| format!("[{}]", mode.name())).collect::<Vec<_>>().join(", ");
    (!shut.is_empty()).then(|| Problem {
        severity: Severity::Warning,
        path: visible(path),
        place: Place::new(text, &(0..0)),
        message: format!("no key leaves {tables}: escape does"),
        help: "bind cancel there or in [global], such as \"esc\" = \"cancel\"".to_owned(),
        related: None,
    })
}

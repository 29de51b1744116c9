//! Which folders can be written to, and what is wrong in the reader's own settings and keys.

use super::super::context::Context;
use super::super::links::counted;
use super::Finding;
use crate::files::config::LoadedConfig;
use crate::files::{folders, keymap, reason};
use crate::library::open::shown;

/// The folders, the keymap and the settings.
pub(super) fn findings(context: &Context, set: &LoadedConfig) -> Vec<Finding> {
    let places =
        [("library", &context.folders.library), ("places", &context.folders.state)].map(|(what, folder)| {
            let Some(folder) = folder else {
                return Finding::problem(what, "no folder", "set HOME, or see FILES in `diptych man`");
            };
            let path = shown(Some(folder));
            match folders::try_writing(folder) {
                Ok(()) => Finding::good(what, format!("{path}, can be written to")),
                Err(error) => {
                    Finding::problem(what, format!("{path}, cannot be written to"), reason::writing(&error))
                }
            }
        });
    let loaded = keymap::load(&context.folders);
    let keymap = match (loaded.sentence(), loaded.path) {
        (Some(sentence), _) => Finding::problem("keymap", "has problems", sentence),
        (None, Some(path)) => Finding::good("keymap", path),
        (None, None) => Finding::good("keymap", "the built-in keys"),
    };
    let place = shown(context.folders.settings().as_deref());
    places.into_iter().chain([keymap]).chain(settings(set, &place)).collect()
}

/// The mistakes in the settings, each with its line; without settings, the file that they would be in.
fn settings(set: &LoadedConfig, place: &str) -> Vec<Finding> {
    if let Some(error) = &set.unreadable {
        return vec![Finding::problem("settings", "cannot be read", error.to_string())];
    }
    if set.problems.is_empty() {
        let none = || format!("none; config.toml would be {place}");
        return vec![Finding::good("settings", set.path.clone().unwrap_or_else(none))];
    }
    let mistakes: Vec<String> = set.problems.iter().map(ToString::to_string).collect();
    vec![Finding::problem("settings", counted(mistakes.len(), "mistake"), mistakes.join("\n"))]
}

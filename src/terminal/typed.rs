//! Characters that arrive together, as of a paste that the terminal does not bracket, are typed as one: what follows
//! the typing, a search above all, is done once and not for each of them.

use crate::reader::action::Event;

/// What has been typed and not yet been passed on.
#[derive(Debug, Default)]
pub struct Typed(String);

impl Typed {
    /// Keeps a character that is typed; anything else is passed on, behind what was typed before it.
    pub fn take(&mut self, event: Event) -> impl Iterator<Item = Event> + use<> {
        let passed = if let Event::Insert(character) = event {
            self.0.push(character);
            [None, None]
        } else {
            [self.end(), Some(event)]
        };
        passed.into_iter().flatten()
    }

    /// What was typed last, if anything.
    pub fn end(&mut self) -> Option<Event> {
        let text = std::mem::take(&mut self.0);
        let mut characters = text.chars();
        match (characters.next(), characters.next()) {
            (Some(character), None) => Some(Event::Insert(character)),
            (first, _) => first.map(|_| Event::Paste(text)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_together_is_passed_on_together_and_before_the_next_key() {
        let mut typed = Typed::default();
        let size = Event::Resize { columns: 80, rows: 24 };
        let mut passed: Vec<Event> = Vec::new();
        for event in
            ["so", "", "v"].iter().flat_map(|keys| keys.chars().map(Event::Insert).chain([size.clone()]))
        {
            passed.extend(typed.take(event));
        }
        passed.extend(typed.end());
        "é水".chars().for_each(|c| passed.extend(typed.take(Event::Insert(c))));
        passed.extend(typed.end());
        let together = |text: &str| Event::Paste(text.to_owned());
        assert_eq!(
            passed,
            [together("so"), size.clone(), size.clone(), Event::Insert('v'), size, together("é水")]
        );
        assert_eq!(typed.end(), None);
    }
}

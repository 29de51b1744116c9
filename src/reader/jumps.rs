//! The jump list: where the reader was before each jump, back and forward.

use crate::document::Anchor;

/// A view to come back to: the tops of both panes and what governed them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// Tops, left and right.
    pub tops: [Anchor; 2],
    /// The pane with the focus.
    pub focus: usize,
    /// The topic, by index, if one was chosen.
    pub topic: Option<usize>,
    /// The link, by index.
    pub link: Option<usize>,
}

/// Views in the order of the jumps that left them.
#[derive(Clone, Debug, Default)]
pub struct Jumps {
    views: Vec<View>,
    /// Index of the view shown; `views.len()` while the reader is ahead of all of them.
    at: usize,
}

/// Views kept; older ones are forgotten.
const MOST: usize = 200;

impl Jumps {
    /// Remembers the view that a jump leaves; what was ahead is forgotten.
    pub fn leave(&mut self, view: View) {
        self.views.truncate(self.at);
        if self.views.last() != Some(&view) {
            self.views.push(view);
        }
        if self.views.len() > MOST {
            self.views.remove(0);
        }
        self.at = self.views.len();
    }

    /// The view left last, which is no step back from now on: what led away from it was given up.
    pub fn withdraw(&mut self) -> Option<View> {
        let left = self.views.pop();
        self.at = self.views.len();
        left
    }

    /// Changes every view that is kept.
    pub fn each_view(&mut self, change: impl FnMut(&mut View)) {
        self.views.iter_mut().for_each(change);
    }

    /// The view before; `now` is kept to come forward to.
    pub fn back(&mut self, now: View) -> Option<View> {
        // A jump that led nowhere is no step back.
        let before = self.views.iter().take(self.at).rposition(|view| *view != now)?;
        if self.at == self.views.len() {
            self.views.push(now);
        }
        self.at = before;
        self.views.get(before).cloned()
    }

    /// The view after.
    pub fn forward(&mut self) -> Option<View> {
        let after = self.views.get(self.at + 1).cloned()?;
        self.at += 1;
        Some(after)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(passage: usize) -> View {
        View { tops: [Anchor::start_of(passage); 2], focus: 0, topic: Some(0), link: None }
    }

    #[test]
    fn back_and_forward_retrace_the_jumps() {
        let mut jumps = Jumps::default();
        jumps.leave(view(1));
        jumps.leave(view(2));
        assert_eq!(jumps.back(view(3)), Some(view(2)));
        assert_eq!(jumps.back(view(2)), Some(view(1)));
        assert_eq!(jumps.back(view(1)), None);
        assert_eq!(jumps.forward(), Some(view(2)));
        assert_eq!(jumps.forward(), Some(view(3)));
        assert_eq!(jumps.forward(), None);
    }

    #[test]
    fn a_new_jump_forgets_what_was_ahead() {
        let mut jumps = Jumps::default();
        jumps.leave(view(1));
        jumps.leave(view(2));
        jumps.back(view(3));
        jumps.leave(view(9));
        assert_eq!(jumps.forward(), None);
        assert_eq!(jumps.back(view(5)), Some(view(9)));
    }
}

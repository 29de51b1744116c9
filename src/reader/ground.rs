//! What the two texts are to each other, how surely, what one has and the other lacks, and how to overrule it: in words.

use super::action::Action;
use super::model::Model;
use super::update::Effect;
use crate::library::pair::{Stage, Standing, Told};
use crate::links::lacunae::{Lacuna, lacunae};
use crate::links::moved::{Block, long_blocks};
use crate::topics::Origin;

impl Model {
    /// What the links rest on, how surely and why, and how to overrule it.
    #[must_use]
    pub fn about_ground(&self) -> String {
        let ground = &self.pair.ground;
        let sure = if ground.confidence > 0.0 { format!("{} %: ", ground.percent()) } else { String::new() };
        format!("{} ({sure}{}); {}", ground.words(), ground.reason, self.overruling())
    }

    /// Where one text has several passages, one after the other, and the other nothing: the longest stretch first.
    pub(super) fn lacks(&self) -> Vec<String> {
        let said = |Lacuna { side, passages }: Lacuna| {
            let (theirs, other) = (self.of_side(side, &passages), self.of_side(1 - side, &[]));
            format!("{other} beside {theirs} ({} passages)", passages.len())
        };
        lacunae(self.pair.links.iter()).into_iter().map(said).collect()
    }

    /// Where longer blocks of one text stand elsewhere in the other.
    pub(super) fn moved_blocks(&self) -> Vec<String> {
        let said = |block: Block| {
            let [left, right] = [0, 1].map(|side| self.of_side(side, &block.passages[side]));
            format!("{left} was moved: {right}")
        };
        long_blocks(&self.pair.links).into_iter().map(said).collect()
    }

    /// What they are and how surely in a line, where that was measured, and the longest stretch that one text lacks: who
    /// wants to know why asks for it.
    #[must_use]
    pub fn ground_in_short(&self) -> String {
        let ground = &self.pair.ground;
        if ground.origin != Origin::Automatic || ground.is_unclear() {
            return self.about_ground();
        }
        let why = self.key(Action::Problems);
        let (words, sure, overruling) = (ground.words(), ground.percent(), self.overruling());
        let lacks =
            self.lacks().into_iter().next().map_or_else(String::new, |longest| format!("; {longest}"));
        format!("{words} ({sure} %){lacks}; {why} says why, {overruling}")
    }

    /// What is said where it is left to their words what the two texts are.
    #[must_use]
    pub fn judged(&self) -> String {
        if self.pair.stage == Stage::ToCompare {
            self.not_aligned()
        } else {
            format!("judged by their words: {}", self.ground_in_short())
        }
    }

    /// How what the two texts are taken for is overruled.
    fn overruling(&self) -> String {
        let other = match self.pair.ground.standing {
            _ if self.pair.ground.told().is_some() => "leaves it to their words again",
            Standing::Works => "takes them for one work",
            Standing::Parallel | Standing::Numbers => "takes them for two works",
        };
        format!("{} {other}", self.key(Action::Kinship))
    }

    /// Asks for the pair as what it was not taken for: one work in two forms, or two works; where the reader had said
    /// so, as what its words are judged to be.
    #[must_use]
    pub fn change_kinship(&self) -> Effect {
        let ground = &self.pair.ground;
        Effect::Join(ground.told().is_none().then_some(match ground.standing {
            Standing::Works => Told::Parallel,
            Standing::Parallel | Standing::Numbers => Told::Works,
        }))
    }
}

//! What the reader says on the command line that two texts are to each other.

use clap::{Args, ValueEnum};

use crate::library::ground::Told;

/// What the reader says that two texts are to each other.
#[derive(Clone, Copy, Debug, Default, Args)]
pub struct Kinship {
    /// What the two texts are to each other, where the reader knows better than their words tell: two works,
    /// linked by topic, or one work in two editions or translations, linked passage by passage
    #[arg(long = "as", value_name = "KIND")]
    pub kind: Option<Kind>,
}

/// What two texts are to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// Two works, linked by topic.
    Works,
    /// Editions or translations of one work, linked passage by passage.
    Parallel,
}

impl Kinship {
    /// The same for the library.
    #[must_use]
    pub fn told(self) -> Option<Told> {
        self.kind.map(|kind| match kind {
            Kind::Works => Told::Works,
            Kind::Parallel => Told::Parallel,
        })
    }
}

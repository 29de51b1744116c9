//! The one table of everything a key can do; the keymap, the help screen and the man page come from it.

macro_rules! actions {
    ($( $group:ident { $( $variant:ident $name:literal $description:literal; )+ } )+) => {
        /// Something that a key can be bound to.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Action {
            $( $( #[doc = $description] $variant, )+ )+
        }

        impl Action {
            /// Every action, in the order of the help screen.
            pub const ALL: &'static [Self] = &[ $( $( Self::$variant, )+ )+ ];

            /// Its name in `keymap.toml`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $( $( Self::$variant => $name, )+ )+ }
            }

            /// What it does, for the help screen and the man page.
            #[must_use]
            pub const fn description(self) -> &'static str {
                match self { $( $( Self::$variant => $description, )+ )+ }
            }

            /// The heading under which help lists it.
            #[must_use]
            pub const fn group(self) -> Group {
                match self { $( $( Self::$variant => Group::$group, )+ )+ }
            }
        }
    };
}

actions! {
    Topics {
        Topics "topics" "go to the topic index";
        Links "links" "list of the topic's links, best first; without a topic of all that belongs together";
        LinkNext "link_next" "next link of the topic, after the one last gone to: both texts move";
        LinkPrevious "link_previous" "previous link of the topic, before the one last gone to: both texts move";
        EntryNext "entry_next" "next passage of the topic in this text; the other stays";
        EntryPrevious "entry_previous" "previous passage of the topic in this text; the other stays";
        TopicNext "topic_next" "next topic";
        TopicPrevious "topic_previous" "previous topic";
        TopicNew "topic_new" "topic of your own: its name, a colon, its words";
        Remove "remove" "remove this topic of yours, this mark, this anchor";
        NearMiss "near_miss" "near miss: the nearest passage, where this text has nothing on the topic";
        LinkAccept "link_accept" "this link holds: keep it as yours; again, leave it open";
        LinkReject "link_reject" "it does not hold: show this link no more; again, leave it open";
        LinkJoin "link_join" "these two passages belong together: a link of your own, of the topic if one is chosen; again, take it back";
        Kinship "kinship" "one work or two: take the texts for one work in two forms, or for two works; again: as judged by their words";
        Inspect "inspect" "notes, topics and links of this passage, with the reasons";
    }
    Moving {
        LineDown "line_down" "down a row";
        LineUp "line_up" "up a row";
        HalfDown "half_down" "down half a screen";
        HalfUp "half_up" "up half a screen";
        PageDown "page_down" "down a screen";
        PageUp "page_up" "up a screen";
        PassageNext "passage_next" "next passage";
        PassagePrevious "passage_previous" "previous passage";
        SectionNext "section_next" "next heading or section break";
        SectionPrevious "section_previous" "previous heading or section break";
        NoteNext "note_next" "next passage with a note";
        NotePrevious "note_previous" "previous passage with a note";
        Top "top" "start of the text; with a count, passage ¶ N";
        Bottom "bottom" "end of the text; with a count, passage ¶ N";
        Percent "percent" "to N per cent of the text";
        DifferenceNext "difference_next" "next difference: where two editions differ";
        DifferencePrevious "difference_previous" "previous difference: where two editions differ";
        GotoReference "goto_reference" "go to a passage (12) or a page (p44)";
        Contents "contents" "headings, to jump to";
    }
    Panes {
        FocusOther "focus_other" "to the other text";
        FocusLeft "focus_left" "to the left text";
        FocusRight "focus_right" "to the right text";
        SyncToggle "sync_toggle" "link or free the scrolling of the two texts";
        Level "level" "bring the other text to what answers this passage";
        Bind "bind" "tie the rows I see to each other, for the scrolling alone: an anchor; again, take it back";
        Swap "swap" "exchange left and right";
        Edition "edition" "choose the text shown in this pane";
        LayoutNext "layout_next" "side by side, stacked, or one text alone";
        MeasureWider "measure_wider" "longer lines";
        MeasureNarrower "measure_narrower" "shorter lines";
    }
    Finding {
        Search "search" "search forward in this text";
        SearchBack "search_back" "search backward in this text";
        MatchNext "match_next" "next hit";
        MatchPrevious "match_previous" "previous hit";
        JumpBack "jump_back" "back to where I was before the jump";
        JumpForward "jump_forward" "forward again";
        MarkSet "mark_set" "mark both places with a letter";
        MarkGoto "mark_goto" "to the mark with a letter; twice the key, back";
        Marks "marks" "list of marks and anchors";
    }
    Copying {
        CopyPassage "copy_passage" "copy this passage: with its citation";
        CopyBoth "copy_both" "copy both passages: each with its citation";
        CopyReference "copy_reference" "copy the command that comes back here: to both passages";
    }
    Showing {
        ToggleNumbers "toggle_numbers" "numbers: show or hide those of passages and pages";
        ToggleApparatus "toggle_apparatus" "additions: show or hide what the file's carrier added";
        ToggleVariants "toggle_variants" "mark or leave unmarked the words in which two editions differ";
        ToggleLevel "toggle_level" "level rows: what belongs together begins on the same row, or not";
        ThemeNext "theme_next" "theme: dark, light or plain";
        Where "where" "where I am, in words";
        Problems "problems" "notices: of the import, and problems of the keymap";
    }
    Program {
        Help "help" "all keys; type / to search them";
        Cancel "cancel" "close, give up";
        Accept "accept" "take the chosen line";
        Redraw "redraw" "paint the whole screen again";
        Reload "reload" "read the text files again";
        Suspend "suspend" "stop and go to the shell; fg comes back";
        Quit "quit" "quit; the places are kept";
    }
    Editing {
        CursorLeft "cursor_left" "a character to the left";
        CursorRight "cursor_right" "a character to the right";
        CursorStart "cursor_start" "to the start of the line";
        CursorEnd "cursor_end" "to the end of the line";
        DeleteBack "delete_back" "delete the character before the cursor";
        DeleteWord "delete_word" "delete the word before the cursor";
        DeleteToStart "delete_to_start" "delete to the start of the line";
        DeleteToEnd "delete_to_end" "delete to the end of the line";
        HistoryPrevious "history_previous" "what was entered before";
        HistoryNext "history_next" "what was entered after that";
    }
}

/// The headings of the help screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Group {
    /// The topic index and the links.
    Topics,
    /// Moving within a text.
    Moving,
    /// The two panes and their sync.
    Panes,
    /// Searching, jumping back, marks.
    Finding,
    /// Taking passages along.
    Copying,
    /// What is shown and how.
    Showing,
    /// The program itself.
    Program,
    /// Editing a line of input.
    Editing,
}

impl Group {
    /// The heading.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Topics => "Topics and links",
            Self::Moving => "Moving",
            Self::Panes => "Two texts",
            Self::Finding => "Finding and coming back",
            Self::Copying => "Copying",
            Self::Showing => "Showing",
            Self::Program => "Program",
            Self::Editing => "In a line of input",
        }
    }
}

/// What kind of thing has the keys: the tables of `keymap.toml`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Mode {
    /// The two texts.
    Read,
    /// A list to choose from: the topic index, contents, editions, marks.
    List,
    /// Something to look through: help, the card of a passage, problems.
    Pager,
    /// A line of input; characters that are not bound insert themselves.
    Prompt,
}

impl Mode {
    /// Every mode.
    pub const ALL: [Self; 4] = [Self::Read, Self::List, Self::Pager, Self::Prompt];

    /// Its table in `keymap.toml`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::List => "list",
            Self::Pager => "pager",
            Self::Prompt => "prompt",
        }
    }
}

/// What reaches the state machine.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// A bound key was pressed.
    Act {
        /// What to do.
        action: Action,
        /// The count typed before it.
        count: Option<usize>,
        /// The character typed after it, for actions that take one ([`Action::takes_letter`]).
        letter: Option<char>,
    },
    /// Keys to which nothing is bound where they were typed.
    Unbound {
        /// The keys, printed.
        keys: String,
    },
    /// A character for the line of input.
    Insert(char),
    /// A bracketed paste; only a line of input takes it.
    Paste(String),
    /// A click at a cell.
    Click {
        /// From the left.
        column: u16,
        /// From the top.
        row: u16,
    },
    /// A notch of the wheel over a cell.
    Wheel {
        /// From the left.
        column: u16,
        /// From the top.
        row: u16,
        /// Towards the end of the text.
        down: bool,
    },
    /// An unfinished sequence, to be shown; without keys when it ended.
    Pending {
        /// The keys typed so far.
        keys: String,
        /// Each key that may follow, with what it does.
        following: Vec<(String, String)>,
    },
    /// The screen has this many columns and rows.
    Resize {
        /// Cells across.
        columns: u16,
        /// Cells down.
        rows: u16,
    },
}

impl Action {
    /// Whether the next character typed belongs to the action (marks).
    #[must_use]
    pub const fn takes_letter(self) -> bool {
        matches!(self, Self::MarkSet | Self::MarkGoto)
    }

    /// What it does in a few words: its description as far as the colon or semicolon after which it says more.
    #[must_use]
    pub fn gist(self) -> &'static str {
        self.description().split([':', ';']).next().unwrap_or_default()
    }

    /// The action with a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|action| action.name() == name)
    }
}

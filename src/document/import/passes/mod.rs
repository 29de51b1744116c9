//! The cleaning passes: each one named ill, one file, one function on a draft.

pub mod apparatus;
pub mod datelines;
pub mod explicit_numbers;
pub mod gutenberg;
pub mod headings;
pub mod joins;
pub mod letter_spacing;
pub mod lists;
pub mod markup;
pub mod note_marks;
pub mod notes;
pub mod page_marks;
pub mod quotations;
pub mod repeated_titles;
pub mod rules;
pub mod running_heads;
pub mod title_page;

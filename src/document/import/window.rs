//! A part of a file as passages, for texts too large to be read whole: the passes that need no more than a
//! passage and its neighbours. Does not know where the part was cut.

use std::ops::Range;

use super::draft::{Block, Draft, Part, Role};
use super::passes::{datelines, headings, joins, lists, page_marks, quotations, rules};
use super::{Format, ImportError, Pass, assemble, decode, guess_format, lines, wrap_width};
use crate::document::{Kind, Passage};

/// The passes in their order. What needs the whole text is left out: notes stay where they stand, title
/// pages and what the carrier added are passages like others.
const PASSES: [Pass; 9] = [
    page_marks::read_feet_in_part,
    page_marks::take_inline,
    give_pages,
    joins::join_divided_words,
    lists::read,
    datelines::read,
    headings::read,
    rules::read_section_breaks,
    quotations::read,
];

/// How the parts of a file are to be read, found out once from its beginning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manner {
    format: Format,
    /// The width at which its prose is wrapped by hand.
    wrap: Option<usize>,
    /// A WHATWG label; guessed for each part where `None`, after a beginning in ASCII.
    encoding: Option<String>,
}

impl Manner {
    /// How a file is to be read that begins with `head`. `None` where a part of it means nothing without
    /// the bytes before it: UTF-16, whose characters are not told from their halves, and ISO-2022-JP.
    ///
    /// # Errors
    /// Where the head is no text, or the encoding label is unknown.
    pub fn of(
        head: &[u8],
        format: Option<Format>,
        encoding: Option<&str>,
    ) -> Result<Option<Self>, ImportError> {
        let whole_lines = head.iter().rposition(|byte| *byte == b'\n').map_or(head.len(), |at| at + 1);
        let decoded = decode::decode(head.get(..whole_lines).unwrap_or_default(), encoding)?;
        if decoded.encoding.is_some_and(|name| name.starts_with("UTF-16") || name.starts_with("ISO-2022")) {
            return Ok(None);
        }
        let format = format.unwrap_or_else(|| guess_format(&decoded.text));
        // A part that holds a damaged byte and little else beyond ASCII is read like the rest.
        let utf8 = (decoded.encoding.is_none() && !decoded.text.is_ascii()).then_some("UTF-8");
        let encoding = encoding.or(decoded.encoding).or(utf8).map(str::to_owned);
        let wrap = wrap_width(&decoded.text, &lines::split(&decoded.text), format);
        Ok(Some(Self { format, wrap, encoding }))
    }

    /// Whether it is read as Markdown.
    #[must_use]
    pub fn is_markdown(&self) -> bool {
        self.format == Format::Markdown
    }
}

/// The passages that begin in `core`, a part of `bytes`; what stands around it shows what they are. Their
/// ranges of the source are ranges of `bytes`. Where nothing in the core can be shown, a section break stands
/// for it: never empty.
#[must_use]
pub fn read(bytes: &[u8], core: Range<usize>, manner: &Manner) -> Vec<Passage> {
    let mut passages = match decode::decode(bytes, manner.encoding.as_deref()) {
        Ok(decoded) => {
            let draft = cleaned(&decoded.text, manner);
            assemble::passages(draft, &decoded)
        }
        Err(
            ImportError::Empty
            | ImportError::Blank
            | ImportError::Binary(_)
            | ImportError::UnknownEncoding(_),
        ) => Vec::new(),
    };
    passages.retain(|passage| passage.source.first().is_some_and(|range| core.contains(&range.start)));
    if passages.is_empty() {
        passages.push(Passage { source: vec![core], ..Passage::new(Kind::Break, assemble::BREAK_SIGN) });
    }
    passages
}

fn cleaned<'a>(text: &'a str, manner: &Manner) -> Draft<'a> {
    super::cleaned(text, &lines::split(text), manner.format, manner.wrap, &PASSES)
}

/// How many body passages [`read`] gives, without making their words.
#[must_use]
pub fn count_body(bytes: &[u8], core: Range<usize>, manner: &Manner) -> usize {
    let counted = decode::decode(bytes, manner.encoding.as_deref()).ok().and_then(|decoded| {
        let mut draft = cleaned(&decoded.text, manner);
        let blocks = assemble::in_pieces(&mut draft);
        let begins = |block: &&Block| {
            block.parts.first().is_some_and(|part| core.contains(&decoded.source(&part.line).start))
        };
        // What of a block is shown is plain where it has letters and no signs of Markdown.
        let is_plain = |block: &&Block| {
            let has_words = |part: &Part| draft.slice(&part.words).contains(char::is_alphanumeric);
            draft.format == Format::PlainText && block.parts.iter().any(has_words)
        };
        let body: Vec<&Block> =
            blocks.iter().filter(begins).filter(|block| assemble::is_body(block) && !block.goes_on).collect();
        body.iter().all(is_plain).then_some(body.len())
    });
    counted.unwrap_or_else(|| {
        read(bytes, core, manner).iter().filter(|p| p.kind.is_body() && !p.goes_on).count()
    })
}

/// Gives the page marks to what follows.
fn give_pages(draft: &mut Draft<'_>) {
    let mut page = None;
    for mut block in std::mem::take(&mut draft.blocks) {
        if let Role::PageMark(label) = &block.role {
            page = Some(label.clone());
            draft.set_page_mark_aside(&block.parts);
        } else {
            block.page = page.take().or(block.page);
            draft.blocks.push(block);
        }
    }
}

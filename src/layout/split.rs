//! The split of the screen: where the index, the two panes and the status lines stand.
//!
//! Pure arithmetic on cells; any size from 0x0 up gives areas inside the screen. What does not scroll with
//! the words stands above or below them, never beside: then a scrolled row is a shift of whole rows, which
//! every terminal can do by itself.

/// A rectangle of cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Area {
    /// First column.
    pub column: u16,
    /// First row.
    pub row: u16,
    /// Cells across.
    pub columns: u16,
    /// Cells down.
    pub rows: u16,
}

/// How the two texts stand to each other on the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Arrangement {
    /// Side by side from 80 columns, stacked below, one alone where that is too low.
    #[default]
    Auto,
    /// Side by side.
    Columns,
    /// One above the other.
    Stacked,
    /// Only the one with the focus.
    Single,
}

impl Arrangement {
    /// The name kept between runs and shown.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Columns => "side by side",
            Self::Stacked => "stacked",
            Self::Single => "one alone",
        }
    }

    /// The one after it.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Auto => Self::Columns,
            Self::Columns => Self::Stacked,
            Self::Stacked => Self::Single,
            Self::Single => Self::Auto,
        }
    }
}

/// The parts of one pane: header and strip above, gutter and words below.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PaneAreas {
    /// The whole pane.
    pub pane: Area,
    /// Author, title, place: one row or two.
    pub header: Area,
    /// One row that stands for the whole text; no rows where the pane is too low.
    pub strip: Area,
    /// Signs and numbers beside the words.
    pub gutter: Area,
    /// The words.
    pub text: Area,
}

/// The screen, split.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Screen {
    /// The topic index, where it is always in view: a band above the texts.
    pub index: Option<Area>,
    /// Left (upper) and right (lower) pane; `None` for the one that is not shown.
    pub panes: [Option<PaneAreas>; 2],
    /// The vertical rule between two texts side by side, one column.
    pub rule: Option<Area>,
    /// The status lines.
    pub status: Area,
    /// Whether nothing can be shown but the remark that the screen is too small.
    pub too_small: bool,
}

/// What the split depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wish {
    /// Cells across and down.
    pub size: (u16, u16),
    /// How the panes stand.
    pub arrangement: Arrangement,
    /// The longest line of words, in cells.
    pub measure: u16,
    /// Cells for passage numbers; 0 where they are hidden.
    pub number_columns: u16,
    /// Cells of the index: its heading and the topics.
    pub index_cells: u16,
    /// Cells of it that have something to say: it is no higher than these take.
    pub index_shown: u16,
    /// The pane with the focus: the one shown where there is room for one.
    pub focus: usize,
}

/// Cells of one topic in the index: its name, two counts, two bars.
pub const TOPIC_COLUMNS: u16 = 40;
/// The index takes at most this part of the rows.
const INDEX_SHARE: u16 = 6;
/// From this many columns on two texts stand side by side.
const BESIDE_FROM_COLUMNS: u16 = 80;
/// Rows below which stacked panes show too few words to read.
const STACKED_FROM_ROWS: u16 = 16;
/// The least screen on which words can be read.
const LEAST: (u16, u16) = (16, 5);
/// Splits the screen.
#[must_use]
pub fn split(wish: Wish) -> Screen {
    let (columns, rows) = wish.size;
    let whole = Area { column: 0, row: 0, columns, rows };
    if columns < LEAST.0 || rows < LEAST.1 {
        return Screen { status: whole, too_small: true, ..Screen::default() };
    }
    // The reason of a link is a sentence: on a narrow screen it takes two rows.
    let status_rows = match rows {
        20.. if columns < 160 => 3,
        10.. => 2,
        _ => 1,
    };
    let status = Area { row: rows - status_rows, rows: status_rows, ..whole };
    let mut body = Area { rows: rows - status_rows, ..whole };
    let mut screen = Screen { status, ..Screen::default() };
    let rows_of = |cells: u16| cells.div_ceil((columns / TOPIC_COLUMNS).max(1));
    let index_rows = rows_of(wish.index_shown);
    if index_rows > 0 && rows_of(wish.index_cells) <= rows / INDEX_SHARE {
        screen.index = Some(Area { rows: index_rows, ..body });
        body.row += index_rows;
        body.rows -= index_rows;
    }
    if settled(wish) == Arrangement::Stacked {
        // Two panes of the same height; a row that is left over goes to what is said of them.
        let spare = body.rows % 2;
        body.rows -= spare;
        screen.status = Area { row: status.row - spare, rows: status.rows + spare, ..status };
    }
    place_panes(&mut screen, body, wish);
    screen
}

fn place_panes(screen: &mut Screen, body: Area, wish: Wish) {
    match settled(wish) {
        Arrangement::Columns | Arrangement::Auto => {
            let half = (body.columns - 1) / 2;
            let rule = Area { column: body.column + half, columns: 1, ..body };
            let left = Area { columns: half, ..body };
            let right = Area { column: rule.column + 1, columns: half, ..body };
            screen.rule = Some(rule);
            screen.panes = [Some(parts(left, wish)), Some(parts(right, wish))];
        }
        Arrangement::Stacked => {
            let half = body.rows / 2;
            let upper = Area { rows: half, ..body };
            let lower = Area { row: body.row + half, rows: half, ..body };
            screen.panes = [Some(parts(upper, wish)), Some(parts(lower, wish))];
        }
        Arrangement::Single => {
            if let Some(pane) = screen.panes.get_mut(wish.focus) {
                *pane = Some(parts(body, wish));
            }
        }
    }
}

/// What an arrangement comes to on this screen.
fn settled(wish: Wish) -> Arrangement {
    match wish.arrangement {
        Arrangement::Auto if wish.size.0 >= BESIDE_FROM_COLUMNS => Arrangement::Columns,
        Arrangement::Auto if wish.size.1 >= STACKED_FROM_ROWS => Arrangement::Stacked,
        Arrangement::Auto => Arrangement::Single,
        Arrangement::Columns if wish.size.0 < 2 * LEAST.0 => Arrangement::Single,
        Arrangement::Stacked if wish.size.1 < 2 * LEAST.1 => Arrangement::Single,
        Arrangement::Columns | Arrangement::Stacked | Arrangement::Single => wish.arrangement,
    }
}

fn parts(pane: Area, wish: Wish) -> PaneAreas {
    let (header_rows, strip_rows) = match (pane.rows, pane.columns) {
        (16.., 70..) => (1, 1),
        (16.., _) => (2, 1),
        (12.., _) => (1, 1),
        _ => (1, 0),
    };
    let above = header_rows + strip_rows;
    let below = Area { row: pane.row + above, rows: pane.rows - above, ..pane };
    let gutter_columns =
        if wish.number_columns > 0 && pane.columns >= 30 { wish.number_columns + 2 } else { 2 };
    // A free column at the right edge, so that the words of the left pane do not touch the rule.
    let room = pane.columns.saturating_sub(gutter_columns + 1);
    let text_columns = room.min(wish.measure.max(1));
    let margin = (room - text_columns) / 2;
    let gutter = Area { column: pane.column + margin, columns: gutter_columns, ..below };
    let text = Area { column: gutter.column + gutter_columns, columns: text_columns, ..below };
    let header = Area { rows: header_rows, ..pane };
    let strip = Area { row: pane.row + header_rows, rows: strip_rows, ..pane };
    PaneAreas { pane, header, strip, gutter, text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish(columns: u16, rows: u16) -> Wish {
        Wish {
            size: (columns, rows),
            arrangement: Arrangement::Auto,
            measure: 72,
            number_columns: 3,
            index_cells: 18,
            index_shown: 18,
            focus: 0,
        }
    }

    #[test]
    fn both_panes_are_equally_wide_at_every_width() {
        for columns in 0..400 {
            for arrangement in [Arrangement::Auto, Arrangement::Columns, Arrangement::Stacked] {
                let screen = split(Wish { arrangement, ..wish(columns, 40) });
                if let [Some(left), Some(right)] = screen.panes {
                    assert_eq!(left.text.columns, right.text.columns, "{columns}");
                    assert_eq!(left.text.rows, right.text.rows, "{columns}");
                }
            }
        }
    }

    #[test]
    fn every_area_lies_inside_the_screen() {
        for (columns, rows) in (0..240).flat_map(|c| (0..60).map(move |r| (c, r))) {
            for arrangement in
                [Arrangement::Auto, Arrangement::Columns, Arrangement::Stacked, Arrangement::Single]
            {
                let screen = split(Wish { arrangement, ..wish(columns, rows) });
                let panes =
                    screen.panes.iter().flatten().flat_map(|p| [p.pane, p.gutter, p.text, p.strip, p.header]);
                for area in panes.chain(screen.index).chain([screen.status]).chain(screen.rule) {
                    assert!(area.column + area.columns <= columns, "{columns}x{rows} {area:?}");
                    assert!(area.row + area.rows <= rows, "{columns}x{rows} {area:?}");
                }
            }
        }
    }

    #[test]
    fn narrow_screens_stack_and_low_ones_show_one() {
        let shown = |c, r| split(wish(c, r)).panes.iter().flatten().count();
        assert_eq!(shown(160, 48), 2);
        assert_eq!(shown(45, 20), 2);
        assert_eq!(shown(45, 12), 1);
        assert!(split(wish(45, 20)).panes[1].unwrap().pane.row > 0);
        assert!(split(wish(3, 3)).too_small);
        assert!(split(wish(160, 48)).index.is_some());
        assert!(split(wish(80, 24)).index.is_none());
    }

    #[test]
    fn no_row_between_stacked_panes_and_the_status_lines_is_left_empty() {
        for rows in 10..60 {
            let screen = split(Wish { arrangement: Arrangement::Stacked, ..wish(45, rows) });
            let lower = screen.panes[1].unwrap().pane;
            assert_eq!(
                (lower.row + lower.rows, screen.status.row + screen.status.rows),
                (screen.status.row, rows)
            );
        }
    }

    #[test]
    fn the_measure_bounds_the_line() {
        let text = split(wish(240, 48)).panes[0].unwrap().text;
        assert_eq!(text.columns, 72);
    }
}

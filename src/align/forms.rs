//! Whether the passages of two texts have the same forms in the same order (lengths, sentences, questions, numbers,
//! quotations), against how far they go together where one text is shuffled: what tells of two short texts without a
//! word in common. Knows no words and no beads.

use crate::progress::{Cancelled, Progress};

/// The most units of a side: more are told by what one half of them teaches of the other.
const MOST: usize = 40;
/// Orders of the right side that the own one is held against.
const SHUFFLES: usize = 40;
/// Nats by which all of these go astray.
const ASTRAY: f32 = 0.5;

/// How far squared differences of length go, and what a nat of length weighs.
const VARIANCE: f32 = 5.0;
const LENGTH_TRUST: f32 = 3.5;
/// Nats for two units that stand for each other, before they are looked at, and by shape of their bead.
const TOGETHER: f32 = 2.0;
const SHAPES: [([usize; 2], f32); 6] =
    [([1, 1], -0.3), ([1, 2], -2.5), ([2, 1], -2.5), ([2, 2], -4.0), ([1, 0], -4.0), ([0, 1], -4.0)];
/// Signs counted: questions, exclamations, sentences, numbers, quotations, colons; nats for each that both have.
const SIGNS: [f32; 6] = [1.2, 0.8, 0.3, 1.5, 0.6, 0.5];
/// Signs of a kind beyond which more say no more.
const ENOUGH: f32 = 2.0;

/// How much better the own order is than shuffled ones, in their deviations, of one work: mean and deviation; of two
/// works they are 0 and 1. From 200 and 600 pairs of ten to twenty-four passages in two languages, of four works.
const OF_ONE_WORK: [f32; 2] = [3.1, 2.1];
/// Nats beyond which forms say no more.
const SURE: f32 = 4.0;

/// How far the forms of two texts go together in their own order.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Forms {
    /// How much better than shuffled ones, in deviations of these.
    pub better: f32,
    /// How many shuffled orders go together as well or better, and of how many.
    pub as_good: [usize; 2],
}

impl Forms {
    /// Holds two texts against each other; nothing where one is long or empty.
    ///
    /// # Errors
    /// Where it was cancelled.
    pub fn of(sides: [&[&str]; 2], progress: &Progress) -> Result<Option<Self>, Cancelled> {
        if sides.iter().any(|side| side.is_empty() || side.len() > MOST) {
            return Ok(None);
        }
        let mut forms = sides.map(|side| side.iter().map(|unit| Form::of(unit)).collect::<Vec<_>>());
        let lengths = forms.each_ref().map(|side| side.iter().map(|form| form.length).sum::<f32>().max(1.0));
        let rate = (lengths[1] / lengths[0]).sqrt();
        forms[0].iter_mut().for_each(|form| form.length *= rate);
        forms[1].iter_mut().for_each(|form| form.length /= rate);
        let [left, mut right] = forms;
        let own = best(&left, &right);
        let mut state = 1u64;
        let mut others = Vec::with_capacity(SHUFFLES);
        for _ in 0..SHUFFLES {
            progress.ask()?;
            for at in (1..right.len()).rev() {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                right.swap(at, (state >> 33) as usize % (at + 1));
            }
            others.push(best(&left, &right));
        }
        let mean = others.iter().sum::<f32>() / SHUFFLES as f32;
        let variance = others.iter().map(|other| (other - mean).powi(2)).sum::<f32>() / SHUFFLES as f32;
        let as_good = others.iter().filter(|&&other| other >= own).count();
        let better = (own - mean) / (variance.sqrt() + ASTRAY);
        Ok(Some(Self { better, as_good: [as_good, SHUFFLES] }))
    }

    /// The logarithm of how much likelier one work is to have such forms than two.
    pub fn odds(&self) -> f32 {
        let [mean, deviation] = OF_ONE_WORK;
        // What is no better than chance speaks for two works, and what is worse no more so.
        let better = self.better.max(0.0);
        let distance = (better - mean) / deviation;
        ((better * better - distance * distance) / 2.0 - deviation.ln()).min(SURE)
    }
}

/// What of a unit can be compared without knowing a word.
#[derive(Clone, Copy, Debug, Default)]
struct Form {
    length: f32,
    signs: [f32; SIGNS.len()],
}

impl Form {
    fn of(text: &str) -> Self {
        let [mut length, mut quotes] = [0.0, 0.0];
        let [mut questions, mut exclamations, mut sentences, mut numbers, mut colons] = [0.0; 5];
        let mut letters = text.chars().peekable();
        let mut in_number = false;
        while let Some(c) = letters.next() {
            let next = letters.peek().copied();
            length += f32::from(u8::from(!c.is_whitespace()));
            numbers += f32::from(u8::from(c.is_numeric() && !in_number));
            in_number = c.is_numeric();
            match c {
                '?' | '？' | '؟' => questions += 1.0,
                '!' | '！' => exclamations += 1.0,
                ':' | '：' => colons += 1.0,
                '"' | '“' | '”' | '„' | '«' | '»' | '「' | '」' | '『' | '』' => quotes += 0.5,
                _ => {}
            }
            let is_last = !next.is_some_and(ends_sentence);
            let is_followed = next.is_none_or(|next| next.is_whitespace() || "\"”»」』".contains(next));
            if ends_sentence(c) && is_last && (is_followed || "。！？".contains(c)) {
                sentences += 1.0;
            }
        }
        Self { length, signs: [questions, exclamations, sentences, numbers, quotes, colons] }
    }

    fn with(self, other: Self) -> Self {
        let signs = std::array::from_fn(|kind| self.signs[kind] + other.signs[kind]);
        Self { length: self.length + other.length, signs }
    }

    /// How well two forms go together, in nats.
    fn like(&self, other: &Self) -> f32 {
        let difference = self.length - other.length;
        let expected = f32::midpoint(self.length, other.length) + 1.0;
        let length = -LENGTH_TRUST * (difference * difference / (expected * 6.0 * VARIANCE)).ln_1p();
        let sign = |((here, there), weight): ((&f32, &f32), &f32)| {
            let (both, apart) = (here.min(*there).min(ENOUGH), (here - there).abs().min(ENOUGH));
            weight * (both - apart / 2.0)
        };
        length + self.signs.iter().zip(&other.signs).zip(&SIGNS).map(sign).sum::<f32>() + TOGETHER
    }
}

fn ends_sentence(c: char) -> bool {
    ".!?。！？؟।۔…".contains(c)
}

/// What the best beads of two texts are worth, in nats.
fn best(left: &[Form], right: &[Form]) -> f32 {
    let run = |side: &[Form], end: usize, units: usize| {
        side[end - units..end].iter().copied().reduce(Form::with).unwrap_or_default()
    };
    let columns = right.len() + 1;
    let mut scores = vec![0.0f32; (left.len() + 1) * columns];
    for at in 1..scores.len() {
        let ends = [at / columns, at % columns];
        let mut most = f32::NEG_INFINITY;
        for ([n, m], price) in SHAPES {
            if n <= ends[0] && m <= ends[1] {
                let like =
                    if n > 0 && m > 0 { run(left, ends[0], n).like(&run(right, ends[1], m)) } else { 0.0 };
                most = most.max(scores[at - n * columns - m] + price + like);
            }
        }
        scores[at] = most;
    }
    scores[scores.len() - 1]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(left: &[&str], right: &[&str]) -> Option<Forms> {
        Forms::of([left, right], &Progress::default()).unwrap()
    }

    const LEFT: [&str; 10] = [
        "Who knocks there at night?",
        "No one. The wind only, and a branch of the old pear tree that nobody cut in spring.",
        "Then open, and let us see!",
        "In 1911 three men came up this road; 2 of them went on, one stayed.",
        "He said: “I am tired of roads.”",
        "Silence.",
        "Was he old? Was he ill? Nobody asked, for it was late and the lamp was low, and all of us were afraid.",
        "At 5 the bell rang.",
        "He was gone when we woke, and with him the bread, the knife and the 40 crowns from the box under the stairs.",
        "So it goes!",
    ];
    const RIGHT: [&str; 10] = [
        "Кто стучит там ночью?",
        "Никто. Лишь ветер да ветка старой груши, которую весной никто так и не срезал.",
        "Так открой, посмотрим!",
        "В 1911 тремя путниками шли этой дорогой; 2 пошли дальше, один остался.",
        "Он сказал: «Я устал от дорог».",
        "Тишина.",
        "Был ли он стар? Был ли болен? Никто не спросил: было поздно, лампа горела слабо, и мы все боялись.",
        "В 5 зазвонил колокол.",
        "Когда мы проснулись, его не было, а с ним хлеба, ножа и 40 крон из ящика под лестницей.",
        "Так бывает!",
    ];

    #[test]
    fn the_forms_of_a_translation_go_together_in_its_order_only() {
        let own = forms(&LEFT, &RIGHT).unwrap();
        assert!(own.odds() > 2.0 && own.as_good[0] == 0, "{own:?}");
        let mut other = RIGHT;
        other.reverse();
        let other = forms(&LEFT, &other).unwrap();
        assert!(other.odds() < 0.0, "{other:?}");
    }

    #[test]
    fn signs_are_counted_in_any_script() {
        let signs = |text: &str| Form::of(text).signs.map(|count| count as u32);
        assert_eq!(signs("「行くか？」彼は12と言った。"), [1, 0, 2, 1, 1, 0]);
        assert_eq!(signs("Was? Nein! Um 3.50: “ja”..."), [1, 1, 3, 2, 1, 1]);
    }

    #[test]
    fn what_is_empty_or_long_is_not_held_against_each_other() {
        assert_eq!(forms(&[], &RIGHT), None);
        assert_eq!(forms(&["x"; MOST + 1], &RIGHT), None);
        assert!(forms(&[""], &[""]).unwrap().better.abs() < 1e-6);
    }
}

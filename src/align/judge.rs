//! What two texts are to each other, measured: which language they share, whether they are made of the same runs of
//! words, else whether they share rare words in the same order, against how many they share with one of them read
//! backwards. Knows no beads.

use std::collections::BTreeMap;

use super::anchors;
use super::cognates::{Cognate, cognates};
use super::cores::on_both_sides;
use super::forms::Forms;
use super::holdout::Holdout;
use super::lexicon::Lexicon;
use super::order::Order;
use super::runs::Runs;
use super::words::Words;
use super::{BEGINNING, Judgement, Relation, percent};
use crate::progress::{Cancelled, Progress};

/// Likeness of the commonest words from which two texts are held to be of one language.
const ONE_LANGUAGE: f32 = 0.5;
/// Share of sequences of four words in common from which two texts are held to have the same words.
const SAME_WORDS: f32 = 0.12;
/// Share of sequences from which two texts are editions even where much stands in one of them alone.
const SURELY_SAME_WORDS: f32 = 0.25;
/// Confidence of runs of words in common from which the order of rare words is not asked.
const SURE: f32 = 0.95;
/// Parts, at most, that may stand in another order in two translations into one language.
const PARTS: usize = 3;
/// Passages that weigh as much as knowing nothing.
const FEW: f32 = 5.0;

/// Confidence from which words that two languages share tell that two texts are one work.
const TOLD_BY_WORDS: f32 = 0.85;
/// Confidence from which they outweigh beads that show two works: of a hundred pairs of two works in two languages none
/// has words in order at all.
const HINTED_BY_WORDS: f32 = 0.7;
/// How surely two texts in two languages that are laid side by side are one work, before anything is known of them.
const GUESS: f32 = 0.6;
/// How often half of the beads tell the partners of the others, of one work and of two. Over sixty pairs .86 to 1.0
/// and .4 to .67.
const OF_ONE_WORK: f32 = 0.93;
const BY_CHANCE: f32 = 0.5;
/// How much oftener by chance for each gap that a bead has, and how often at most: of what is beside gaps the beads chose what
/// is like the other. Of 178 pairs of two works .52 told where five beads have a gap, .68 where each has one, .83 where five
/// have eight; of one work three or more have none.
const BY_CHOICE: f32 = 0.2;
const BY_CHANCE_AT_MOST: f32 = 0.9;
/// From how many gaps for each bead on they speak against one work, and nats for each one more. Of 124 parts and excerpts of
/// one work that were found none has as many, of 178 pairs of two works 142.
const GAPPY: f32 = 0.5;
const BY_GAPS: f32 = 3.0;
/// How much less sure it is that two texts are two works, times the share of one that is in no bead.
const HIDDEN: f32 = 0.5;
/// Beads that half of that takes to learn.
const LEARNING: f32 = 15.0;
/// How much one answer weighs: they are not independent.
const INDEPENDENT: f32 = 0.5;
/// Nats that must speak for one work where texts are so short that their forms are asked: most pairs are none.
const DOUBT: f32 = 2.0;

/// How alike the two texts use their commonest words: the cosine of their shares.
pub fn language_likeness(words: [&Words; 2]) -> f32 {
    let common = words.map(|words| {
        let mut all: Vec<usize> = (0..words.names.len()).collect();
        all.sort_by_key(|&word| (std::cmp::Reverse(words.counts[word]), word));
        all.truncate(150);
        all.into_iter()
            .map(|word| (words.names[word].as_str(), words.share(word as u32)))
            .collect::<BTreeMap<_, _>>()
    });
    let norm = |side: &BTreeMap<&str, f32>| side.values().map(|v| v * v).sum::<f32>();
    let product: f32 = common[0].iter().filter_map(|(name, v)| common[1].get(name).map(|w| v * w)).sum();
    product / (norm(&common[0]) * norm(&common[1])).sqrt().max(f32::MIN_POSITIVE)
}

/// Whether two texts are of one language, as far as their commonest words tell.
pub fn one_language(words: [&Words; 2]) -> bool {
    language_likeness(words) >= ONE_LANGUAGE
}

/// Judges two texts by the beginning of each, in a few milliseconds. Of two languages that share few words it cannot
/// tell: it takes them for one work, not surely, and only their beads decide ([`judge_aligned`]).
///
/// # Errors
/// Where it was cancelled.
pub fn judge<'a>(sides: [&[&'a str]; 2], progress: &Progress) -> Result<Judgement, Cancelled> {
    let beginning = |side: usize| {
        let mut bytes = 0;
        let within = |unit: &&&str| {
            bytes += unit.len();
            bytes - unit.len() < BEGINNING
        };
        let cut = |unit: &&'a str| unit.get(..unit.floor_char_boundary(BEGINNING)).unwrap_or(unit);
        let beginning: Vec<&str> = sides[side].iter().take_while(within).map(cut).collect();
        // Asks, and leaves it to longer work to say how far that is.
        Words::of(&beginning, &progress.part(0.0..0.0))
    };
    let words = [&beginning(0)?, &beginning(1)?];
    let goes_on = sides.iter().any(|side| side.iter().map(|unit| unit.len()).sum::<usize>() > BEGINNING);
    let known = cognates(words, one_language(words), &progress.part(0.0..0.0))?;
    let judged = by_words(words, &known, progress)?.unwrap_or_else(|doubted| Judgement {
        relation: Relation::Translation,
        confidence: GUESS,
        reason: format!("{}; with so few words in common only an alignment tells", doubted.reason),
    });
    let judged = judged.settled();
    Ok(if goes_on { of_beginnings(judged) } else { judged })
}

/// A judgement that says of itself that it read no more than the beginnings.
fn of_beginnings(judged: Judgement) -> Judgement {
    let Judgement { relation, confidence, reason } = judged;
    let reason = format!("{reason} (by the first {} kB of each)", BEGINNING / 1000);
    Judgement { relation, confidence, reason }
}

/// Judges two texts, read as `words` that have these cognates, by the beginning of each, or by all of them where that
/// shows no one work. An error what the words seem to tell where they cannot be trusted.
///
/// # Errors
/// Where it was cancelled.
pub fn judge_read(
    sides: [&[&str]; 2],
    words: [&Words; 2],
    cognates: &[Cognate],
    progress: &Progress,
) -> Result<Result<Judgement, Judgement>, Cancelled> {
    let beginning = [0, 1].map(|side| words[side].beginning(sides[side], BEGINNING));
    // Words are numbered as they occur: those of the beginning come first.
    let numbers = beginning.each_ref().map(|words| words.names.len() as u32);
    let within = |&(left, right, _): &Cognate| left < numbers[0] && right < numbers[1];
    let known: Vec<Cognate> = cognates.iter().copied().filter(within).collect();
    let by_beginnings = by_words([&beginning[0], &beginning[1]], &known, progress)?.map(Judgement::settled);
    let told = by_beginnings.as_ref().is_ok_and(Judgement::is_one_work);
    let is_longer = (0..2).any(|side: usize| beginning[side].total < words[side].total);
    let go_on = is_longer && !told;
    let by_all =
        if go_on { Some(by_words(words, cognates, progress)?.map(Judgement::settled)) } else { None };
    Ok(match (by_beginnings, by_all) {
        (_, Some(Ok(all))) if all.is_one_work() => Ok(all),
        (Ok(judged), _) => Ok(if is_longer { of_beginnings(judged) } else { judged }),
        (Err(_), Some(Err(all))) => Err(all),
        (Err(beginnings), _) => Err(beginnings),
    })
}

/// Judges two texts of which the words seem to tell what is `doubted`, by a holdout.
///
/// # Errors
/// Where it was cancelled.
pub fn judge_aligned(
    sides: [&[&str]; 2],
    doubted: Judgement,
    holdout: Holdout,
    progress: &Progress,
) -> Result<Judgement, Cancelled> {
    let by_beads = by_beads(holdout, Forms::of(sides, progress)?).settled();
    let is_hint = doubted.relation == Relation::Translation && doubted.confidence > HINTED_BY_WORDS;
    Ok(if is_hint && by_beads.relation == Relation::DifferentWorks { doubted } else { by_beads })
}

/// Judges two texts of one language by all of their words: what begins one of them may be the preface of an editor, or
/// stand elsewhere in the other. `None` where that shows no one work.
///
/// # Errors
/// Where it was cancelled.
pub fn judge_whole(sides: [&[&str]; 2], progress: &Progress) -> Result<Option<Judgement>, Cancelled> {
    let [left, right] = on_both_sides(|side| Words::of(sides[side], &progress.part(0.0..0.4)));
    let words = [&left?, &right?];
    if !one_language(words) {
        return Ok(None);
    }
    let known = cognates(words, true, &progress.part(0.4..0.6))?;
    let judged = by_words(words, &known, &progress.part(0.6..1.0))?;
    Ok(judged.ok().map(Judgement::settled).filter(Judgement::is_one_work))
}

/// What the words of the beginning tell; an error what they seem to tell where they cannot be trusted.
fn by_words(
    words: [&Words; 2],
    cognates: &[Cognate],
    progress: &Progress,
) -> Result<Result<Judgement, Judgement>, Cancelled> {
    let one_language = one_language(words);
    let lexicon = Lexicon::of_cognates(words[0], words[1], cognates.iter().copied());
    let judged = judge_words(words, one_language, &lexicon, progress)?;
    let speaks = judged.relation == Relation::Translation && judged.confidence > TOLD_BY_WORDS;
    if speaks || one_language { Ok(Ok(judged)) } else { Ok(Err(judged)) }
}

/// Judges two texts of two languages by how often what half of their beads taught told the partners of the others,
/// and short ones by whether their passages have the same forms.
fn by_beads(Holdout { asked, told, alone, gaps }: Holdout, forms: Option<Forms>) -> Judgement {
    let beads = asked as f32;
    let enough = beads / (beads + LEARNING);
    let by_chance = (BY_CHANCE + BY_CHOICE * gaps).min(BY_CHANCE_AT_MOST);
    let expected = by_chance + (OF_ONE_WORK - by_chance) * enough;
    let failed = (asked - told) as f32;
    let odds =
        told as f32 * (expected / by_chance).ln() + failed * ((1.0 - expected) / (1.0 - by_chance)).ln();
    let by_forms = forms.map_or(0.0, |forms| forms.odds() - DOUBT);
    let by_gaps = -BY_GAPS * (gaps - GAPPY).max(0.0);
    let chance = 1.0 / (1.0 + (-odds * INDEPENDENT - by_forms - by_gaps).exp());
    let relation = if chance > 0.5 { Relation::Translation } else { Relation::DifferentWorks };
    let by_beads = if asked == 0 {
        "the texts have few words in common, and too few passages to learn words from".to_owned()
    } else {
        let guessed = match (by_chance * 10.0).round() as u32 {
            ..=6 => "half".to_owned(),
            tenths => format!("{tenths} in ten, with so many gaps to choose"),
        };
        format!(
            "the texts have few words in common; words learned from one half of the passages find the partner in the \
             other half {told} times out of {asked} (guessing finds {guessed})"
        )
    };
    let reason = match forms {
        Some(Forms { as_good: [as_good, of], .. }) => {
            let beaten = of - as_good;
            format!(
                "{by_beads}; lengths and punctuation match better than in {beaten} of {of} shuffled orders"
            )
        }
        None => by_beads,
    };
    // A short part of a work may stand where nobody has found it.
    let known = if chance > 0.5 { 1.0 } else { 1.0 - HIDDEN * alone };
    Judgement { relation, confidence: 0.5 + (chance.max(1.0 - chance) - 0.5) * enough * known, reason }
}

/// Judges two texts, read as words.
fn judge_words(
    words: [&Words; 2],
    one_language: bool,
    lexicon: &Lexicon,
    progress: &Progress,
) -> Result<Judgement, Cancelled> {
    let runs = Runs::of(words);
    let by_runs = runs.judged().filter(|_| one_language);
    if let Some(judged) = by_runs.as_ref().filter(|judged| judged.confidence > SURE) {
        return Ok(judged.clone());
    }
    let by_order = judge_order(words, one_language, lexicon, &runs, progress)?;
    let Some(by_runs) = by_runs else { return Ok(by_order) };
    // Words in whatever order prove one work; that their order proves none says nothing against it.
    let surer = by_order.relation != Relation::DifferentWorks && by_order.confidence > by_runs.confidence;
    Ok(if surer { by_order } else { by_runs })
}

/// Judges two texts by the order of the rare words that they share.
fn judge_order(
    words: [&Words; 2],
    one_language: bool,
    lexicon: &Lexicon,
    runs: &Runs,
    progress: &Progress,
) -> Result<Judgement, Cancelled> {
    let points = anchors::points(words, lexicon, progress)?;
    let units = words.map(|side| side.units.len());
    // Two texts share runs of words, or lack stretches, where the language is one.
    let is_partial = one_language && runs.share() < SURELY_SAME_WORDS;
    let mut order = Order::of(&points, units, 1, progress)?;
    for parts in 2..=PARTS {
        if is_partial && !order.is_one_work() {
            let parted = Order::of(&points, units, parts, progress)?;
            order = if parted.is_one_work() { parted } else { order };
        }
    }
    let shorter = units[0].min(units[1]).max(1) as f32;
    let known = shorter / (shorter + FEW);
    let sure = |chance: f32| 0.5 + (chance - 0.5) * known;
    let different = |confidence: f32, why: &str| Judgement {
        relation: Relation::DifferentWorks,
        confidence: sure(confidence),
        reason: format!("{order}: {why}"),
    };
    if order.is_chance() {
        return Ok(different(order.by_chance().max(0.5), "that is no more than chance"));
    }
    if is_partial && order.by_cover() < 0.5 {
        let stretches = percent(order.covered);
        let why =
            format!("the stretches in common are {stretches} % of the shorter text, too little for one work");
        return Ok(different(1.0 - order.by_cover(), &why));
    }
    let relation =
        if one_language && runs.share() >= SAME_WORDS { Relation::SameWords } else { Relation::Translation };
    // Two languages share no runs of words, whatever their texts are.
    let reason = if one_language {
        format!("{order}; the language is one, and {runs}")
    } else {
        format!("{order}; the languages are two")
    };
    let chance = 1.0 - order.by_chance();
    let chance = if is_partial { order.by_cover().min(chance) } else { chance };
    Ok(Judgement { relation, confidence: sure(chance), reason })
}

#[cfg(test)]
mod tests {
    use super::super::CLEAR;
    use super::*;

    /// Units of twelve words; those of `from` are of one work each.
    fn work(from: std::ops::Range<usize>) -> Vec<String> {
        let letter = |seed: usize| (b'a' + (seed % 23) as u8) as char;
        let word = |at: usize| {
            let seed = (at + 1) * 2_654_435_761;
            (0..6).map(|n| letter(seed >> (4 * n + 3))).collect::<String>()
        };
        let unit = |at: usize| {
            (0..12).map(|n| format!("{} and the", word(at * 12 + n))).collect::<Vec<_>>().join(" ")
        };
        from.map(unit).collect()
    }

    fn judged(left: &[String], right: &[String]) -> Judgement {
        let sides = [left, right].map(|side| side.iter().map(String::as_str).collect::<Vec<_>>());
        judge([&sides[0], &sides[1]], &Progress::default()).unwrap()
    }

    #[test]
    fn texts_are_one_work_only_where_most_stands_in_both() {
        let whole = work(0..80);
        let part_in_common = [work(0..8), work(200..272)].concat();
        let backwards: Vec<String> = whole.iter().rev().cloned().collect();
        let excerpt = work(50..58);
        let excerpt_moved = [work(54..58), work(50..54)].concat();
        let cases = [
            (&whole, Relation::SameWords),
            (&part_in_common, Relation::DifferentWorks),
            (&backwards, Relation::SameWords),
            (&excerpt, Relation::SameWords),
            (&excerpt_moved, Relation::SameWords),
            (&work(100..180), Relation::DifferentWorks),
        ];
        for (other, relation) in cases {
            assert_eq!(judged(&whole, other).relation, relation);
            assert_eq!(judged(other, &whole).relation, relation);
        }
    }

    /// A text with every word of `left` but two changed in two of three units, and all of the third.
    fn retold(left: &[String]) -> Vec<String> {
        let others = work(1_000..1_000 + left.len());
        let units = left.iter().zip(&others).enumerate();
        units
            .map(|(at, (own, other))| {
                let kept = if at % 3 == 2 { 0 } else { 6 };
                let words = own.split(' ').take(kept).chain(other.split(' ').skip(kept));
                words.collect::<Vec<_>>().join(" ")
            })
            .collect()
    }

    #[test]
    fn hard_passages_all_over_a_translation_do_not_part_two_works_and_stretches_do() {
        let left = work(0..90);
        let right = retold(&left);
        let judged_whole = judged(&left, &right);
        assert_eq!(judged_whole.relation, Relation::Translation);
        assert!(judged_whole.confidence > 0.9, "{judged_whole:?}");
        // Every other stretch of nine is of another work.
        let other = work(2_000..2_090);
        let drawn: Vec<String> =
            (0..90).map(|at| if at / 9 % 2 == 0 { &right[at] } else { &other[at] }.clone()).collect();
        let judged_half = judged(&left, &drawn);
        assert_eq!(judged_half.relation, Relation::DifferentWorks, "{judged_half:?}");
        assert!(judged_half.confidence > 0.8, "{judged_half:?}");
    }

    #[test]
    fn a_translation_in_two_parts_that_changed_places_is_one() {
        let left = work(0..90);
        let mut right = retold(&left);
        right.rotate_left(40);
        let judged = judged(&left, &right);
        assert_eq!(judged.relation, Relation::Translation, "{judged:?}");
        assert!(judged.confidence > 0.9 && judged.reason.contains("in two parts"), "{judged:?}");
    }

    #[test]
    fn damaged_words_are_made_up_for_by_the_order_of_those_that_are_whole() {
        let left = work(0..60);
        let right: Vec<String> = left
            .iter()
            .map(|unit| {
                let damaged = |(at, word): (usize, &str)| match at % 8 {
                    7 => format!("{word}x{at}"),
                    _ => word.to_owned(),
                };
                unit.split(' ').enumerate().map(damaged).collect::<Vec<_>>().join(" ")
            })
            .collect();
        let words = [&left, &right].map(|side| {
            let units: Vec<&str> = side.iter().map(String::as_str).collect();
            Words::of(&units, &Progress::default()).unwrap()
        });
        let by_runs = Runs::of([&words[0], &words[1]]).judged().unwrap();
        let both = judged(&left, &right);
        assert_eq!(both.relation, Relation::SameWords);
        assert!(by_runs.confidence < 0.95 && both.confidence > by_runs.confidence, "{by_runs:?} {both:?}");
    }

    #[test]
    fn beads_chosen_of_much_tell_less_of_one_work() {
        let told = |told, alone, gaps| by_beads(Holdout { asked: 64, told, alone, gaps }, None);
        assert_eq!(told(48, 0.0, 0.0).relation, Relation::Translation);
        let chosen = told(48, 0.78, 1.2);
        assert_eq!(chosen.relation, Relation::DifferentWorks);
        assert!(chosen.reason.contains("7 in ten") && chosen.confidence > CLEAR, "{chosen:?}");
        assert_eq!(told(62, 0.78, 0.1).relation, Relation::Translation, "an excerpt, in one place");
        let [even, hidden] = [0.0, 0.78].map(|alone| told(30, alone, 0.1));
        assert_eq!([even.relation, hidden.relation], [Relation::DifferentWorks; 2]);
        assert!(even.confidence > hidden.confidence + 0.1, "it may not have been found");
    }

    #[test]
    fn a_judgement_by_beads_says_what_guessing_would_find() {
        let all_told = Holdout { asked: 12, told: 12, alone: 0.0, gaps: 0.0 };
        let forms = Forms { better: 4.0, as_good: [1, 40] };
        assert_eq!(
            by_beads(all_told, Some(forms)).reason,
            "the texts have few words in common; words learned from one half of the passages find the partner in the \
             other half 12 times out of 12 (guessing finds half); lengths and punctuation match better than in 39 of 40 shuffled \
             orders"
        );
    }

    #[test]
    fn a_preface_as_long_as_what_is_read_first_does_not_part_two_editions() {
        let judged = |left: &[String], right: &[String]| {
            let sides = [left, right].map(|side| side.iter().map(String::as_str).collect::<Vec<_>>());
            let sides = [&sides[0][..], &sides[1]];
            let progress = Progress::default();
            let by_beginnings = judge(sides, &progress).unwrap().is_one_work();
            let by_all = judge_whole(sides, &progress).unwrap().map(|judged| judged.relation);
            let [left, right] = sides.map(|side| Words::of(side, &progress).unwrap());
            let known = cognates([&left, &right], true, &progress).unwrap();
            let aligned = judge_read(sides, [&left, &right], &known, &progress).unwrap().unwrap();
            (by_beginnings, by_all, aligned.relation)
        };
        let whole = work(0..700);
        let with_preface = [work(5_000..5_700), work(0..700)].concat();
        let (long, turned) = (work(0..1_300), [work(617..1_300), work(0..617)].concat());
        let retold_with_preface = [work(5_000..5_700), retold(&whole)].concat();
        let one = |relation: Relation| (false, Some(relation), relation);
        assert_eq!(judged(&whole, &with_preface), one(Relation::SameWords));
        assert_eq!(judged(&turned, &long), one(Relation::SameWords));
        assert_eq!(judged(&whole, &retold_with_preface), one(Relation::Translation));
        let (by_beginnings, by_all, aligned) = judged(&whole, &work(5_000..5_700));
        assert_eq!((by_beginnings, by_all, aligned), (false, None, Relation::DifferentWorks));
    }

    #[test]
    fn a_later_part_is_found_by_the_names_that_it_shares_with_a_text_in_another_language() {
        let whole = work(0..1_300);
        let translated: Vec<String> =
            work(700..1_300).iter().map(|unit| unit.replace("and the", "und die")).collect();
        let sides = [&whole, &translated].map(|side| side.iter().map(String::as_str).collect::<Vec<_>>());
        let sides = [&sides[0][..], &sides[1]];
        let progress = Progress::default();
        let [left, right] = sides.map(|side| Words::of(side, &progress).unwrap());
        let known = cognates([&left, &right], false, &progress).unwrap();
        let judged = judge_read(sides, [&left, &right], &known, &progress).unwrap().unwrap();
        assert_eq!(judged.relation, Relation::Translation, "{judged:?}");
        let two_languages = judged.reason.contains("the languages are two");
        assert!(two_languages && judged.confidence > 0.9, "{judged:?}");
    }

    #[test]
    fn a_few_passages_prove_little() {
        let [few, many] = [work(0..3), work(0..80)];
        let other = work(100..103);
        assert!(judged(&few, &other).confidence < 0.75);
        assert!(judged(&many, &many).confidence > 0.9);
        assert!(judged(&[], &many).confidence <= 0.6);
    }
}

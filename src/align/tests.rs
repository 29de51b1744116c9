use proptest::prelude::*;

use super::*;

fn aligned(sides: [&[&str]; 2]) -> Alignment {
    align(sides, &Options::default(), &Progress::default()).unwrap()
}

fn texts() -> impl Strategy<Value = Vec<String>> {
    let word =
        prop::sample::select(vec!["der", "Rat", "council", "of", "1918", "Ende", "naïve", "水", "we", ""]);
    let sentence = prop::collection::vec(word, 0..12).prop_map(|words| words.join(" "));
    // Of one text all units may be long.
    (1_usize..9).prop_flat_map(move |sentences| {
        let unit = prop::collection::vec(sentence.clone(), 1..=sentences);
        prop::collection::vec(unit.prop_map(|sentences| sentences.join(". I ")), 0..12)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_unit_stands_in_exactly_one_bead(left in texts(), right in texts()) {
        let left: Vec<&str> = left.iter().map(String::as_str).collect();
        let right: Vec<&str> = right.iter().map(String::as_str).collect();
        let alignment = aligned([&left, &right]);
        for (side, units) in [left.len(), right.len()].into_iter().enumerate() {
            let mut seen: Vec<usize> =
                alignment.beads.iter().flat_map(|bead| bead.units[side].clone()).collect();
            seen.sort_unstable();
            prop_assert_eq!(seen, (0..units).collect::<Vec<_>>());
        }
    }

    #[test]
    fn swapped_sides_give_the_same_beads_swapped(left in texts(), right in texts()) {
        let left: Vec<&str> = left.iter().map(String::as_str).collect();
        let right: Vec<&str> = right.iter().map(String::as_str).collect();
        let mut mirrored = aligned([&right, &left]);
        mirrored.beads.iter_mut().for_each(|bead| bead.units.swap(0, 1));
        let order = |bead: &Bead| {
            let [left, right] = &bead.units;
            (left.start, !left.is_empty(), right.start)
        };
        let mut straight = aligned([&left, &right]);
        straight.beads.sort_by_key(order);
        mirrored.beads.sort_by_key(order);
        prop_assert_eq!(straight.beads, mirrored.beads);
        mirrored.coverage.reverse();
        prop_assert_eq!(straight.coverage.map(f32::to_bits), mirrored.coverage.map(f32::to_bits));
    }

    #[test]
    fn a_text_stands_beside_itself_unit_by_unit(text in texts()) {
        let text: Vec<&str> = text.iter().map(String::as_str).collect();
        for (at, bead) in aligned([&text, &text]).beads.iter().enumerate() {
            prop_assert_eq!(&bead.units, &[at..at + 1, at..at + 1]);
        }
    }

    #[test]
    fn the_same_texts_give_the_same_alignment(left in texts(), right in texts()) {
        let left: Vec<&str> = left.iter().map(String::as_str).collect();
        let right: Vec<&str> = right.iter().map(String::as_str).collect();
        prop_assert_eq!(aligned([&left, &right]), aligned([&left, &right]));
    }

    #[test]
    fn beads_that_are_not_moved_ascend(left in texts(), right in texts()) {
        let left: Vec<&str> = left.iter().map(String::as_str).collect();
        let right: Vec<&str> = right.iter().map(String::as_str).collect();
        let beads = align([&left, &right], &Options { moved: false, ..Options::default() }, &Progress::default()).unwrap().beads;
        for side in 0..2_usize {
            let follows = |two: &[Bead]| two[0].units[side].end == two[1].units[side].start;
            prop_assert!(beads.windows(2).all(follows));
        }
    }
}

/// Units as one, each a sentence.
fn joined(units: &[String]) -> String {
    format!("W{}. ", units.join(". W"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn a_long_unit_stands_beside_all_that_it_holds(
        sizes in prop::collection::vec((3_usize..20, 0_usize..10), 6..14), few in any::<bool>(), translates in any::<bool>(),
    ) {
        // Of either text, where long units are few; else of the right alone.
        let is_long = |kind: usize| if few { kind < 3 } else { true };
        let all: usize = sizes.iter().map(|&(size, kind)| if is_long(kind) { size } else { 1 }).sum();
        let left = text(all, 9, 7);
        // A few passages that have no word in common are too little to learn from.
        let right = if translates && !few { translated(&left) } else { left.clone() };
        let (mut units, mut expected, mut at) = ([Vec::new(), Vec::new()], Vec::new(), 0);
        for (size, kind) in sizes {
            let size = if is_long(kind) { size } else { 1 };
            let long = if few { kind % 2 } else { 1 };
            let range = at..at + size;
            at += size;
            let starts = units.each_ref().map(Vec::len);
            for (side, from) in [(long, [&left, &right][long]), (1 - long, [&left, &right][1 - long])] {
                if side == long {
                    units[side].push(joined(&from[range.clone()]));
                } else {
                    units[side].extend(range.clone().map(|unit| joined(&from[unit..=unit])));
                }
            }
            expected.push([starts[0]..units[0].len(), starts[1]..units[1].len()]);
        }
        let [left, right] = units.each_ref().map(|side| borrowed(side));
        let found: Vec<_> = aligned([&left, &right]).beads.into_iter().map(|bead| bead.units).collect();
        prop_assert_eq!(found, expected);
    }
}

#[test]
fn parts_of_a_translation_in_another_order_are_aligned_as_well_as_in_order() {
    // Of two units one has a number, and half of the words are not told.
    let named = |text: Vec<String>, rest: Vec<String>| {
        let number =
            |at: usize| if at.is_multiple_of(2) { format!("{}", 7 * at + 1000) } else { String::new() };
        let units = text.into_iter().zip(rest).enumerate();
        units
            .map(|(at, (unit, rest))| format!("{unit} {rest} {}", number(at)).trim().to_owned())
            .collect::<Vec<_>>()
    };
    let left = named(text(240, 6, 5), text(240, 6, 6));
    let translation = named(translated(&text(240, 6, 5)), translated(&text(240, 6, 7)));
    // Every third unit of the right is two.
    let parts = translation.iter().enumerate().map(|(at, unit)| {
        let middle = unit.char_indices().filter(|(_, c)| *c == ' ').nth(3).map_or(0, |(at, _)| at);
        let (first, second) = unit.split_at(if at % 3 == 0 { middle } else { 0 });
        [first, second].into_iter().filter(|part| !part.is_empty()).map(str::to_owned).collect::<Vec<_>>()
    });
    let parts: Vec<Vec<String>> = parts.collect();
    let order: Vec<usize> = (140..240).chain(0..140).collect();
    let mut right = Vec::new();
    let mut expected = vec![[0..0, 0..0]; 240];
    for unit in order {
        expected[unit] = [unit..unit + 1, right.len()..right.len() + parts[unit].len()];
        right.extend(parts[unit].iter().cloned());
    }
    let beads = aligned([&borrowed(&left), &borrowed(&right)]).beads;
    let holding = beads.iter().filter(|bead| expected.contains(&bead.units)).count();
    assert!(holding >= 235, "{holding} of 240");
    let moved = beads.iter().filter(|bead| bead.moved).count();
    assert!((98..=102).contains(&moved), "{moved} of 100");
}

#[test]
fn what_is_cancelled_ends() {
    let progress = Progress::default();
    progress.cancel();
    let units = ["one", "two"];
    assert_eq!(align([&units, &units], &Options::default(), &progress), Err(Cancelled));
}

#[test]
fn what_is_cancelled_at_any_question_ends() {
    let left = text(60, 6, 1);
    let mut revised = left.clone();
    revised[10..40].rotate_left(12);
    revised.insert(50, "what nobody said before".to_owned());
    for right in [revised, translated(&left)] {
        let [left, right] = [borrowed(&left), borrowed(&right)];
        let within = [[0..30, 0..30], [30..60, 30..60]];
        let compute = |progress: &Progress| {
            let alignment = align([&left, &right], &Options::default(), &progress.part(0.0..0.5))?;
            Ok((alignment, align_within([&left, &right], &within, &progress.part(0.5..1.0))?))
        };
        let mut question = 1;
        let (progress, found) = loop {
            let progress = Progress::cancelled_at(question);
            match compute(&progress) {
                Err(Cancelled) => question += 1 + question / 4,
                Ok(found) => break (progress, found),
            }
        };
        assert!(question > 10_000, "asks {question} times");
        assert!(progress.percent() >= 99);
        assert_eq!(Ok(found), compute(&Progress::default()));
    }
}

/// A text of `units` units of so many words each, of a vocabulary of two hundred: no two units alike.
fn text(units: usize, words: usize, seed: usize) -> Vec<String> {
    let mut state = seed;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let letter = |seed: usize| char::from(b'a' + (seed % 26) as u8);
    let word = |number: usize| {
        (0..5).map(|at| letter(((number + 7) * 2_654_435_761) >> (5 * at))).collect::<String>()
    };
    (0..units)
        .map(|_| (0..words + next(words)).map(|_| word(next(200))).collect::<Vec<_>>().join(" "))
        .collect()
}

/// A text in another language and script.
fn translated(text: &[String]) -> Vec<String> {
    let letter =
        |c: char| if c == ' ' { c } else { char::from_u32(c as u32 - 'a' as u32 + 'а' as u32).unwrap() };
    text.iter().map(|unit| unit.chars().map(letter).collect()).collect()
}

fn borrowed(text: &[String]) -> Vec<&str> {
    text.iter().map(String::as_str).collect()
}

#[test]
fn a_giant_unit_of_sentences_beside_each_of_them_ends() {
    let parts = text(6000, 4, 3);
    let whole = [joined(&parts)];
    let beads = aligned([&borrowed(&parts), &borrowed(&whole)]).beads;
    assert_eq!(beads.len(), 1);
    assert_eq!(beads[0].units, [0..6000, 0..1]);
}

#[test]
fn a_unit_as_long_as_forty_stands_beside_them_all() {
    let parts = text(100, 8, 1);
    let whole = [parts[..30].to_vec(), vec![parts[30..70].join(" ")], parts[70..].to_vec()].concat();
    let beads = aligned([&borrowed(&parts), &borrowed(&whole)]).beads;
    assert_eq!(beads[30].units, [30..70, 30..31]);
    assert_eq!(beads.len(), 61);
    assert!(beads.iter().all(|bead| bead.confidence > 0.7), "{beads:?}");
}

#[test]
fn what_each_text_has_alone_in_one_gap_is_surely_alone() {
    let common = text(60, 30, 1);
    let [left, right] =
        [text(9, 30, 2), text(7, 30, 3)].map(|own| [&common[..30], &own, &common[30..]].concat());
    let beads = aligned([&borrowed(&left), &borrowed(&right)]).beads;
    let alone: Vec<&Bead> = beads.iter().filter(|bead| bead.units.iter().any(Range::is_empty)).collect();
    assert_eq!(alone.len(), 16);
    assert!(alone.iter().all(|bead| bead.confidence > 0.9), "{alone:?}");
}

#[test]
fn texts_too_short_to_tell_are_called_unclear() {
    let [left, right] = [text(3, 8, 1), text(3, 8, 2)];
    assert_eq!(aligned([&borrowed(&left), &borrowed(&right)]).judgement.relation, Relation::Unclear);
    let chances = |relation, confidence| {
        let settled = Judgement { relation, confidence, reason: String::new() }.settled();
        (settled.relation, (settled.confidence * 100.0).round() as u32)
    };
    assert_eq!(chances(Relation::Translation, 0.57), (Relation::Unclear, 57));
    assert_eq!(chances(Relation::DifferentWorks, 0.57), (Relation::Unclear, 43));
    assert_eq!(chances(Relation::SameWords, CLEAR), (Relation::SameWords, 60));
}

#[test]
fn only_beads_that_hold_cover_a_text() {
    let bead = |at: usize, confidence| Bead {
        units: [at..at + 1, at..at + 1],
        similarity: 0.5,
        confidence,
        moved: false,
        by: By::Texts,
    };
    let beads =
        [bead(0, 0.9), bead(1, HOLDS), bead(2, HOLDS / 2.0), Bead { units: [3..4, 3..3], ..bead(3, 0.9) }];
    assert!((covered(&beads, &["aaaa", "bb", "ccc", "d"], 0, Bead::holds) - 0.6).abs() < 1e-6);
}

#[test]
fn no_bead_is_surer_than_that_the_texts_are_one_work() {
    let [left, other] = [text(60, 12, 1), text(60, 12, 2)];
    let mut quoting = other.clone();
    quoting[20..23].clone_from_slice(&left[20..23]);
    let align = |right: &[String], one_work: bool| {
        let options = Options { one_work, ..Options::default() };
        align([&borrowed(&left), &borrowed(right)], &options, &Progress::default()).unwrap()
    };
    let Alignment { beads, judgement, coverage, .. } = align(&quoting, false);
    assert_eq!(judgement.relation, Relation::DifferentWorks);
    let two_works = judgement.confidence;
    let (alone, both): (Vec<&Bead>, Vec<&Bead>) =
        beads.iter().partition(|bead| bead.units.iter().any(Range::is_empty));
    // Of two works it is sure that a passage has no partner, and that a quotation has one.
    assert!(alone.iter().all(|bead| bead.confidence >= two_works), "{alone:?}");
    let (quoted, others): (Vec<&Bead>, Vec<&Bead>) = both.iter().partition(|bead| bead.similarity > 0.99);
    assert_eq!(quoted.len(), 3);
    assert!(quoted.iter().all(|bead| bead.confidence > 0.7), "{quoted:?}");
    assert!(others.iter().all(|bead| bead.confidence <= 1.0 - two_works), "{others:?}");
    assert!(coverage.iter().all(|&share| share < 0.1), "{coverage:?}");
    // What the one who asks knows is not doubted.
    let known = align(&quoting, true).beads;
    let surest = |beads: &[Bead]| {
        let others = beads.iter().filter(|bead| bead.similarity > 0.0 && bead.similarity < 0.99);
        others.map(|bead| bead.confidence).fold(0.0, f32::max)
    };
    assert!(surest(&known) > surest(&beads));
    let few = aligned([&["ein rotes Haus"], &["a red house"]]);
    let both = few.beads.iter().find(|bead| bead.units == [0..1, 0..1]).unwrap();
    assert!(both.confidence <= few.judgement.one_work(), "{few:?}");
}

#[test]
fn a_translation_into_another_script_is_told_from_another_work() {
    let left = text(80, 15, 1);
    let [own, other] = [translated(&left), translated(&text(80, 15, 2))];
    let judged = |right: &[String]| aligned([&borrowed(&left), &borrowed(right)]).judgement;
    let [own, other] = [judged(&own), judged(&other)];
    assert_eq!(own.relation, Relation::Translation);
    assert!(own.confidence > 0.8, "{own:?}");
    assert_eq!(other.relation, Relation::DifferentWorks, "{other:?}");
    assert!(other.confidence > 0.8, "{other:?}");
    let few = &translated(&left[..4]);
    assert!(aligned([&borrowed(&left[..4]), &borrowed(few)]).judgement.confidence < 0.7);
}

/// 200 units of one to twelve sentences.
fn of_many_lengths() -> Vec<String> {
    let sentences = text(2500, 5, 1);
    let mut at = 0;
    let unit = |chance: &String| {
        let count = chance.split(' ').count() - 11;
        at += count;
        sentences[at - count..at].join(" ")
    };
    text(200, 12, 5).iter().map(unit).collect()
}

#[test]
fn an_excerpt_in_another_script_is_found_where_it_stands() {
    let left = of_many_lengths();
    // A sign for a word of five letters, or two: their lengths alone would tell that all of the text is there.
    let sign = |word: &str| {
        let number: u32 = word.bytes().fold(0, |number, letter| (number * 31 + u32::from(letter)) % 8000);
        let second = number.is_multiple_of(2).then_some(0x4e01 + number);
        [Some(0x4e00 + number), second].into_iter().flatten().filter_map(char::from_u32).collect::<String>()
    };
    let right: Vec<String> = left[70..120].iter().map(|unit| unit.split(' ').map(sign).collect()).collect();
    let Alignment { beads, judgement, .. } = aligned([&borrowed(&left), &borrowed(&right)]);
    assert_eq!(judgement.relation, Relation::Translation, "{judgement:?}");
    let is_right = |at: &usize| beads.iter().any(|bead| bead.units == [70 + at..71 + at, *at..at + 1]);
    assert!((0..50).filter(is_right).count() >= 47, "{beads:?}");
}

#[test]
fn gaps_and_halves_are_found_by_lengths_where_no_word_is_alike() {
    // The translation leaves out words here and there.
    let left = of_many_lengths();
    let whole: Vec<String> = translated(&left)
        .iter()
        .enumerate()
        .map(|(unit, text)| {
            let words = text.split(' ').enumerate().filter(|(word, _)| (unit + word) % (3 + unit % 5) != 0);
            words.map(|(_, word)| word).collect::<Vec<_>>().join(" ")
        })
        .collect();
    let cut = [&whole[..60], &whole[120..]].concat();
    let turned = [&whole[100..], &whole[..100]].concat();
    let place_cut =
        |unit: usize| if unit < 60 { Some(unit) } else { unit.checked_sub(60).filter(|at| *at >= 60) };
    let place_turned = |unit: usize| Some((unit + 100) % 200);
    let places: [fn(usize) -> Option<usize>; 2] = [place_cut, place_turned];
    for (right, place) in [cut, turned].iter().zip(places) {
        let Alignment { beads, judgement, .. } = aligned([&borrowed(&left), &borrowed(right)]);
        assert_eq!(judgement.relation, Relation::Translation, "{judgement:?}");
        let is_right = |unit: usize| {
            let units = [unit..unit + 1, place(unit).map_or(0..0, |at| at..at + 1)];
            beads.iter().any(|bead| {
                bead.units[0] == units[0]
                    && (bead.units[1] == units[1] || bead.units[1].len() + units[1].len() == 0)
            })
        };
        let right = (0..left.len()).filter(|&unit| is_right(unit)).count();
        assert!(right >= 190, "{right} of {}", left.len());
    }
}

#[test]
fn units_within_beads_are_told_by_what_all_beads_teach() {
    let left = text(90, 6, 1);
    // The passages of three sentences each stand in another order on the right.
    let within: Vec<[Range<usize>; 2]> =
        (0..30).map(|at| [at, (at + 20) % 30].map(|at| 3 * at..3 * at + 3)).collect();
    let mut right = translated(&left);
    right.rotate_left(30);
    let found = align_within([&borrowed(&left), &borrowed(&right)], &within, &Progress::default()).unwrap();
    for (outer, beads) in within.iter().zip(&found) {
        let own = |at: usize| [0, 1].map(|side: usize| outer[side].start + at..outer[side].start + at + 1);
        let units: Vec<_> = beads.iter().map(|bead| bead.units.clone()).collect();
        assert_eq!(units, [own(0), own(1), own(2)]);
    }
    let mut turned: Vec<_> = within.iter().map(|[left, right]| [right.clone(), left.clone()]).collect();
    turned.sort_by_key(|[left, _]| left.start);
    let mirrored =
        align_within([&borrowed(&right), &borrowed(&left)], &turned, &Progress::default()).unwrap();
    let mut mirrored: Vec<Bead> = swapped(mirrored.concat());
    mirrored.sort_by_key(|bead| bead.units[0].start);
    assert_eq!(mirrored, found.concat());
}

#[test]
fn a_text_of_one_unit_again_and_again_is_looked_at_along_its_diagonal() {
    let units = vec!["so it was and so it will be"; 600];
    let words = words::Words::of(&units, &Progress::default()).unwrap();
    let fewer = words::Words::of(&units[1..], &Progress::default()).unwrap();
    assert_eq!((words.kinds(), fewer.kinds()), (1, 1));
    let known = cognates::cognates([&words, &fewer], true, &Progress::default()).unwrap();
    let start = rounds::first_lexicons([&words, &fewer], &known, &Progress::default()).unwrap();
    let (found, _) = rounds::beads([&words, &fewer], true, &start, None, &Progress::default()).unwrap();
    let pairs: usize = found.rows.iter().map(Range::len).sum();
    assert!(pairs <= 4 * (600 + 599), "{pairs}");
    assert_eq!(aligned([&units, &units[1..]]).beads.len(), 600);
}

/// A passage of so many words, most of them of the commonest few and one in three of those that are rare.
fn prose(words: usize, seed: usize) -> String {
    let common = ["the", "of", "and", "to", "a", "in", "that", "is", "was", "he"];
    let letter = |seed: usize| (b'a' + (seed % 23) as u8) as char;
    let rare = |seed: usize| (0..6).map(|n| letter(seed >> (5 * n + 3))).collect::<String>();
    let word = |at: usize| {
        let draw = (1_000_003 * (seed + 1) + at).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20;
        if draw.is_multiple_of(3) {
            rare(draw / 3 % 40_000 * 2_654_435_761)
        } else {
            common[draw / 3 % common.len()].to_owned()
        }
    };
    (0..words).map(word).collect::<Vec<_>>().join(" ")
}

#[test]
fn what_one_of_a_few_passages_leaves_out_is_found_however_long_the_others_are() {
    for lengths in [[50, 300, 50], [300, 50, 1000], [1000, 100, 40], [60, 60, 60]] {
        let whole: Vec<String> =
            lengths.into_iter().zip(0..).map(|(words, seed)| prose(words, seed)).collect();
        let left = borrowed(&whole);
        let found = aligned([&left, &[left[0], left[2]]]);
        let spans: Vec<_> = found.beads.iter().map(|bead| bead.units.clone()).collect();
        assert_eq!(spans, [[0..1, 0..1], [1..2, 1..1], [2..3, 1..2]], "{lengths:?}");
    }
}

#[test]
fn a_passage_that_is_a_good_part_of_its_text_stands_beside_itself() {
    let mut left: Vec<String> = (0..40).map(|seed| prose(90, seed)).collect();
    left[20] = prose(3000, 20);
    let mut right = left.clone();
    right.remove(10);
    right[19].push_str(" and more");
    let found = aligned([&borrowed(&left), &borrowed(&right)]);
    assert!(found.beads.iter().any(|bead| bead.units == [20..21, 19..20] && bead.confidence > 0.9));
    assert_eq!(found.beads.iter().filter(|bead| !bead.holds()).count(), 1);
}

#[test]
fn the_half_of_a_translation_stands_beside_its_own() {
    // Names and numbers stand in both.
    let named = |(at, unit): (usize, String)| format!("{unit} {} Nazareth{}", at % 37, at % 11);
    let whole: Vec<String> = text(160, 20, 1).into_iter().enumerate().map(named).collect();
    let other: Vec<String> = translated(&text(160, 20, 1)).into_iter().enumerate().map(named).collect();
    for half in [0..80, 80..160] {
        let found = aligned([&borrowed(&whole), &borrowed(&other[half.clone()])]);
        let right = |bead: &&Bead| {
            let [left, right] = &bead.units;
            left.len() == 1 && right.len() == 1 && left.start == right.start + half.start
        };
        let beside = found.beads.iter().filter(right).count();
        assert!(beside >= 70, "{beside} {half:?}");
    }
}

#[test]
fn numbers_above_the_passages_of_one_edition_have_no_partner() {
    let bare: Vec<String> = (0..15).map(|seed| prose(60, seed)).collect();
    let numeral = |at: usize| ["I", "II", "III", "IV", "V", "VI", "VII", "VIII"][at % 8].to_owned();
    let numbered: Vec<String> =
        bare.iter().enumerate().flat_map(|(at, unit)| [numeral(at), unit.clone()]).collect();
    let found = aligned([&borrowed(&bare), &borrowed(&numbered)]);
    let beside = found.beads.iter().filter(|bead| bead.holds());
    let units: Vec<_> = beside.map(|bead| bead.units.clone()).collect();
    assert_eq!(units, (0..15).map(|at| [at..at + 1, 2 * at + 1..2 * at + 2]).collect::<Vec<_>>());
    assert!(found.beads.iter().all(|bead| bead.confidence > 0.8), "{:?}", found.beads);
}

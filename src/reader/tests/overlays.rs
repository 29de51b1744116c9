//! What is opened over the texts: the card, the help, the problems, lists of texts and topics.

use super::*;

#[test]
fn problems_stand_before_what_every_file_has() {
    let mut model = model();
    model.surroundings.problems = vec!["keymap.toml:3: no such action".to_owned()];
    let text = model.pair.texts[0].edition.clone();
    let usual = "blank lines and line ends between passages";
    model.pair.texts[0].edition = text.noticed(usual.into(), 9).noticed("divided words joined".into(), 2);
    act(&mut model, Action::Problems);
    let Overlay::Pager(pager) = &model.overlay else { panic!("no pager") };
    let lines: Vec<&str> = pager.lines.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(lines[..2], ["On starting", "keymap.toml:3: no such action"]);
    let at = |words: &str| lines.iter().position(|line| line.starts_with(words)).unwrap();
    assert!(at("divided words joined") < at(usual), "{lines:?}");
}

/// The words of the card of the passage at the reader's line.
fn card(model: &mut Model) -> Vec<String> {
    act(model, Action::Inspect);
    let Overlay::Pager(card) = &model.overlay else { panic!("no card") };
    card.lines.iter().map(|line| format!("{} {}", line.label, line.text)).collect()
}

#[test]
fn the_card_shows_topics_and_links_with_their_reasons() {
    let mut model = model();
    act(&mut model, Action::LinkNext);
    let words = card(&mut model);
    for expected in
        ["reason 12", "B ¶ 25 councils, contradicts, curated", "they differ", "what counts as councils"]
    {
        assert!(words.iter().any(|line| line.contains(expected)), "{expected} in {words:?}");
    }
}

#[test]
fn only_what_was_computed_is_shown_with_figures() {
    let mut model = model();
    act(&mut model, Action::LinkNext);
    assert!(!card(&mut model).concat().contains("similarity"));
    act(&mut model, Action::Cancel);
    model.pair.links[0].origin = Origin::Automatic;
    model.pair.links[0].status = Status::Proposed;
    assert!(card(&mut model).concat().contains("automatic, similarity 0.30, confidence 0.90"));
}

#[test]
fn help_closes_to_the_list_over_which_it_was_opened() {
    for opens in [Action::Topics, Action::Links] {
        let mut model = model();
        act(&mut model, opens);
        act(&mut model, Action::Search);
        typed(&mut model, "a");
        act(&mut model, Action::Accept);
        act(&mut model, Action::LineDown);
        let list = model.overlay.clone();
        assert!(matches!(&list, Overlay::List(list) if list.filter == "a"));
        for closes in [Action::Cancel, Action::Help] {
            act(&mut model, Action::Help);
            assert!(matches!(model.overlay, Overlay::Pager(_)));
            act(&mut model, closes);
            assert_eq!(model.overlay, list);
        }
    }
}

#[test]
fn help_closes_to_the_card_over_which_it_was_opened() {
    let mut model = model();
    act(&mut model, Action::Inspect);
    let card = model.overlay.clone();
    for closes in [Action::Cancel, Action::Help] {
        act(&mut model, Action::Help);
        assert!(matches!(&model.overlay, Overlay::Pager(pager) if pager.is_help));
        act(&mut model, closes);
        assert_eq!(model.overlay, card);
    }
}

#[test]
fn topics_of_ones_own_are_offered_to_be_typed_again() {
    let mut model = model();
    model.take_topic("seventh: a7w0");
    model.remove_topic(model.pair.topics.len() - 1);
    act(&mut model, Action::TopicNew);
    act(&mut model, Action::HistoryPrevious);
    let Overlay::Prompt { prompt, .. } = &model.overlay else { panic!("no prompt") };
    assert_eq!(prompt.text, "seventh: a7w0");
}

#[test]
fn files_that_are_open_are_offered_once_however_they_are_named() {
    let mut model = model();
    model.surroundings.folder = "/books".into();
    let before = ["/books/a.txt", "/books/c.txt"].map(|name| (name.to_owned(), "read before".to_owned()));
    model.open_editions(&before);
    let Overlay::List(list) = &model.overlay else { panic!("no list") };
    let rows: Vec<(&str, &str)> =
        list.rows.iter().map(|row| (row.text.as_str(), row.detail.as_str())).collect();
    let expected = [("a.txt", "open now"), ("b.txt", "open beside it"), ("/books/c.txt", "read before")];
    assert_eq!((rows.as_slice(), list.chosen), (&expected[..], 0));
}

#[test]
fn a_topic_with_a_fault_stays_to_be_mended() {
    let mut model = model();
    act(&mut model, Action::TopicNew);
    typed(&mut model, "bread loaves");
    act(&mut model, Action::Accept);
    assert!(model.message.as_deref().unwrap().contains("a colon"));
    let Overlay::Prompt { prompt, .. } = &model.overlay else { panic!("the line is closed") };
    assert_eq!(prompt.text, "bread loaves");
    typed(&mut model, ": bread");
    assert_eq!(model.message, None);
    act(&mut model, Action::Accept);
    assert_eq!((&model.overlay, model.topic_name()), (&Overlay::None, "bread loaves"));
}

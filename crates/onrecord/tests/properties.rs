//! What holds for every article, whatever it holds: spans slice the text, rows rest on characters, nothing panics.
//!
//! The articles are made of what news is made of (speech, names, marks of every family, odd white space) with noise
//! between, so that rules are met and not only passed by.

use std::collections::BTreeSet;
use std::ops::Range;

use onrecord::encode::{WordPieces, Words};
use onrecord::read::people::MentionKind;
use onrecord::read::quote::SpeakerKind;
use onrecord::read::time::Anchor;
use onrecord::record::Claims;
use onrecord::wire::{Record, Text, citron::Citron};
use onrecord::{Article, Document, Engine, Span, limits};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{FileFailurePersistence, RngSeed};
use serde_json::Value;

/// The same cases in every run; a change of the seed finds new ones, and what fails is kept beside this file.
fn config() -> ProptestConfig {
    let failures = FileFailurePersistence::WithSource("regressions");
    ProptestConfig {
        cases: 512,
        rng_seed: RngSeed::Fixed(3),
        failure_persistence: Some(Box::new(failures)),
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn every_article(text in article(), published in published()) {
        check(&Article { published, ..Article::new(text) });
    }

    /// No rule counts from the start of the text.
    #[test]
    fn an_empty_line_before(text in article()) {
        let (document, claims) = Engine::new().claims(Article::new(text.clone()));
        let (moved_document, moved) = Engine::new().claims(Article::new(format!("\n{text}")));
        prop_assert_eq!(texts(&moved_document, &moved), texts(&document, &claims));
    }
}

proptest! {
    #![proptest_config(config())]

    /// Words of time in any order, against any day: every value is one of TIMEX3's.
    #[test]
    fn every_time(
        words in prop::collection::vec((select(TIMES), select(&[" ", " ", " ", ", ", "-", "–", ". "][..])), 1..24),
        published in select(&["", "2024-05-08", "0000-01-01", "9999-12-31", "2024-02-29"][..]),
    ) {
        let text: String = words.iter().flat_map(|(word, glue)| [*word, *glue]).collect();
        let published = Some(published.to_owned()).filter(|published| !published.is_empty());
        let (document, claims) = Engine::by_rules().claims(Article { published, ..Article::new(text) });
        check_times(&document, &claims);
    }
}

#[rustfmt::skip]
const TIMES: &[&str] = &[
    "May", "March 5", "5 May 2019", "31 February", "29 February 2023", "the year 0", "the year 9999", "in 9999", "1994", "490 BC", "’99",
    "the 1800s", "the 470s BC", "the 19th century", "the nineties", "Q3", "the third quarter", "the first half of", "summer", "the winter of",
    "Christmas", "Thanksgiving 2010", "next Easter", "Thursday", "Friday night", "today", "tonight", "the day before yesterday", "last week",
    "the next day", "that year", "this May", "the following decade", "three days ago", "9000 years later", "99999999 days before", "a few months earlier",
    "two weeks after", "in two weeks", "two and a half years", "the past", "the first ten months of", "decades", "27-year", "half an hour", "3h",
    "5 p.m.", "10:57", "noon", "2500 hours", "18:00 UTC", "(GMT +8)", "every other", "twice a", "day", "week", "year", "second", "annual", "Mondays",
    "from", "to", "between", "and", "of", "on the 13th", "the end of", "mid-", "early", "later that", "the last Friday of", "the 99th week of",
    "2019-02-30", "10/1/2018", "99/99/99", "2015-12", "20161016", "now", "recently", "in the future", "the weekend", "week 53", "fiscal year 2018",
    "twenty", "one hundred and five", "thousand", "nineteen ninety six", "for", "will", "said",
];

/// Articles that broke a rule once, and such as have broken other programs.
const ODD: &[&str] = &[
    "",
    "\u{feff}",
    "““   ,” said Mayor Dana Ruiz. “Mayor Dana Ruiz.”",
    "“Mayor Dana Ruiz,” ,  said, “Mayor Dana Ruiz.” Mayor Dana Ruiz ",
    "Mayor Dana Ruiz said on Twitter: \"#\"\r\n\r\nMayor Dana Ruiz ",
    "\u{feff}“👩‍👩‍👧‍👦 yes 𝒊,”\r\nsaid Zoë Ångström.\r“Two🇫🇷,” said\u{a0}Bo.\u{2028}“Three\u{85},” said İpek.\n",
    "“Yes,” said \u{202e}aoR anA\u{202c}. “No,” said \u{2067}Ana\u{2069} Roz.\u{202a}",
    "“Yes,” said A\u{200b}na\u{2060} R\u{ad}oz. “No,” said An\u{34f}a Roz.\u{e0073}\u{e0061}\u{e0069}\u{e0064}",
    "“Z\u{301}\u{300}\u{334}\u{301}\u{300}\u{334},” said Ana.",
    "Ana Roz wrote: \"A parody said, “I did it,” said Ana Roz.\" “I never said ‘I did it’,” said Roz. ″p″ ,,q“ «r» ‹s› 「t」 \"u",
    "‘’Tis the ’90s,’ the twins’ mother’s ’phone said. ‘’’",
];

#[test]
fn odd_articles() {
    for text in ODD {
        check(&Article::new(*text));
    }
}

fn check(article: &Article) {
    let (document, claims) = Engine::new().claims(article.clone());
    assert_eq!(document.article(), article, "the article is changed");
    assert_eq!(document.text(), article.text);
    check_document(&document);
    check_encoding(&document);
    check_claims(&document, &claims);
    check_people(&document, &claims);
    check_times(&document, &claims);
    check_wire(&document, &claims);
    assert_eq!(json(article), json(article), "the same article gives other bytes");
}

/// What articles are made of. `{}` is filled with other pieces.
#[rustfmt::skip]
const SPEECH: &[&str] = &[
    "“{},” said {}. “{}.”", "{} said, “{}.”", "“{},” {} said, “{}.”", "{} said that “{}” was {}.", "\"{},\" {} said.",
    "``{},'' said {}.", "''{}'' {} added", "‘{},’ {} told reporters.", "«{}», {} said.", "„{}“, {} said.", "‹{}›",
    "According to {}, {}.", "“{},” according to {}.", "“{}\n\n“{}\n\n“{},” said {}.", "“‘{},’ {} said,” {} said.",
    "{}: {}\n{}: {}\n", "Q. {}?\nA. {}.\n", "“{}.”\n— {}\n", "“{}” — {}", "{} did not say {}.", "{} (“{}”) {}",
    "Asked whether {}, {} said: “{}.”", "the film “{}” and the so-called “{}”", "“{} [{}] … {}”", "“{}", "{}”", "“{}“", "”{}”",
    "LISBON, March 5, 2019 — {}", "date 2019-03-05\n{}", "{} said on Twitter: \"{}\"\r\n\r\n{}", "“{}?” asked {}. “{}!” {}",
];
#[rustfmt::skip]
const PIECES: &[&str] = &[
    "Mayor Dana Ruiz", "Mr. Okafor", "Gen. Lee", "J. R. Roz", "the F.B.I.", "the U.S. Senate", "she", "he", "they", "I",
    "Zoë Ångström", "Zoe\u{308} A\u{30a}ngstro\u{308}m", "İpek", "two officials", "a spokesman", "the report", "critics", "Robert Vance III",
    "we will open in May", "it rained", "don’t", "don't", "rock ’n’ roll", "the '90s", "James’ car", "5’ 11”", "nobody", "yes",
    "Ms. Ruiz", "Ruiz", "Dana", "Tom Ruiz", "Dana Ruiz Jr.", "the mayor", "the union’s chairwoman, Ida Brandt,", "her brother", "his",
    "Аna Roz", "A\u{200b}na Roz", "the Harbor Board (H.B.)", "the H.B.", "it", "we", "you", "on condition of anonymity because",
    "said", "says", "told", "asked", "added", "wrote", "according to", "who", "that", "and", "not", "said said said", "$1.5 million",
];
#[rustfmt::skip]
const GLUE: &[&str] = &[
    " ", " ", " ", " ", ". ", ", ", "; ", ": ", " — ", " – ", " -- ", " - ", "! ", "? ", "… ", "... ", ". . . ", "(", ")", "[", "]",
    "\n", "\n\n", "\r\n", "\r\n\r\n", "\r", "\t", "\u{a0}", "\u{2009}", "\u{2028}", "\u{2029}", "\u{85}", "\u{c}", "   ", "",
    "“", "”", "‘", "’", "\"", "'", "''", "``", "«", "»", "‹", "›", "„", "‚", "‟", "″", "`", "「", "＂",
    "\u{200b}", "\u{200d}", "\u{feff}", "\u{202e}", "\u{202c}", "\u{2067}", "\u{2069}", "\u{2060}", "\u{ad}", "\u{301}", "\u{34f}",
    "👩‍👩‍👧‍👦", "🇫🇷", "✌🏽", "𝒊", "\0", "\u{1b}[1m", "\u{fffd}", "\u{10ffff}", "<b>", "&amp;",
];

fn article() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        6 => select(PIECES).prop_map(str::to_owned),
        3 => select(GLUE).prop_map(str::to_owned),
        1 => "\\PC{0,8}",
        1 => any::<String>().prop_map(|noise| noise.chars().take(8).collect()),
        1 => (select(GLUE), 2_usize..40).prop_map(|(glue, count)| glue.repeat(count)),
    ];
    let speech = leaf.prop_recursive(3, 24, 4, |inner| {
        (select(SPEECH), prop::collection::vec(inner, 4)).prop_map(|(form, fillings)| {
            let mut parts = form.split("{}");
            let mut text = parts.next().unwrap_or_default().to_owned();
            for (part, filling) in parts.zip(fillings.iter().cycle()) {
                text.push_str(filling);
                text.push_str(part);
            }
            text
        })
    });
    let piece = (speech, select(GLUE)).prop_map(|(speech, glue)| speech + glue);
    let start = select(&["", "", "", "\u{feff}", "\n", "\u{feff}date 2019-03-05\r\n"][..]);
    (start, prop::collection::vec(piece, 0..16))
        .prop_map(|(start, pieces)| start.to_owned() + &pieces.concat())
}

fn published() -> impl Strategy<Value = Option<String>> {
    prop_oneof![
        4 => Just(None),
        2 => select(&["2024-05-08", "2024-05-08T23:59:59+02:00", "2024-02-30", "", "yesterday"][..])
            .prop_map(|date| Some(date.to_owned())),
        1 => "\\PC{0,12}".prop_map(Some),
    ]
}

/// The characters of a span; panics where it does not lie on the borders of characters.
fn slice(document: &Document, span: Span) -> &str {
    let text = document.text().get(span.range());
    text.unwrap_or_else(|| panic!("{span:?} cuts a character or passes the end of {:?}", document.text()))
}

/// The parts lie in order, do not overlap, and know each other.
fn check_document(document: &Document) {
    let (paragraphs, sentences, tokens) = (document.paragraphs(), document.sentences(), document.tokens());
    check_in_order(document, paragraphs.iter().map(|paragraph| paragraph.span), "paragraphs");
    check_in_order(document, sentences.iter().map(|sentence| sentence.span), "sentences");
    check_in_order(document, tokens.iter().map(|token| token.span), "tokens");
    check_cover(paragraphs.iter().map(|paragraph| paragraph.tokens.clone()), tokens.len());
    check_cover(paragraphs.iter().map(|paragraph| paragraph.sentences.clone()), sentences.len());
    check_cover(sentences.iter().map(|sentence| sentence.tokens.clone()), tokens.len());
    for (index, paragraph) in paragraphs.iter().enumerate() {
        for sentence in &sentences[paragraph.sentences.clone()] {
            assert_eq!(sentence.paragraph, index);
            assert!(paragraph.span.contains(sentence.span), "a sentence leaves its paragraph");
        }
        assert!(tokens[paragraph.tokens.clone()].iter().all(|token| paragraph.span.contains(token.span)));
    }
    for sentence in sentences {
        assert!(tokens[sentence.tokens.clone()].iter().all(|token| sentence.span.contains(token.span)));
    }
    for (index, quotation) in document.quotations().iter().enumerate() {
        slice(document, quotation.span);
        slice(document, quotation.inner);
        assert!(quotation.span.contains(quotation.inner));
        assert!(paragraphs[quotation.paragraph].span.contains(quotation.span));
        assert!(usize::from(quotation.depth) < limits::QUOTATION_DEPTH.value);
        assert!(quotation.continues.is_none_or(|before| before < index));
        if let Some(parent) = quotation.parent {
            assert!(parent < index && document.quotations()[parent].span.contains(quotation.span));
        }
    }
    if let Some(span) = document.published().and_then(|published| published.span) {
        slice(document, span);
    }
}

/// The words leave out nothing but white space, and every word has pieces that know it.
fn check_encoding(document: &Document) {
    let words = Words::read(document.text());
    check_in_order(document, words.iter().map(|word| word.span), "words");
    let is_white = |c: char| c.is_whitespace() || matches!(c, '\x1c'..='\x1f');
    let mut end = 0;
    for (index, word) in words.iter().enumerate() {
        assert!(
            document.text()[end..word.span.start as usize].chars().all(is_white),
            "left out before {word:?}"
        );
        assert!(!words.slice(*word).contains(is_white), "{word:?} holds white space");
        let before = index.checked_sub(1).map(|before| words[before].paragraph);
        assert_eq!(word.start, before != Some(word.paragraph));
        end = word.span.end as usize;
    }
    assert!(document.text()[end..].chars().all(is_white), "left out at the end");

    let letters = ('a'..='z').map(|letter| format!("{letter}\n##{letter}\n"));
    let vocabulary = letters.collect::<String>() + "said\n##n’t\n“\n[UNK]";
    let pieces = WordPieces::new(&vocabulary).expect("no piece stands there twice").pieces(&words);
    assert_eq!(pieces.first().len(), words.len());
    check_cover(
        (0..words.len()).map(|word| pieces.of(word)).map(|of| of.start as usize..of.end as usize),
        pieces.as_slice().len(),
    );
    for (index, word) in words.iter().enumerate() {
        for piece in pieces.of(index) {
            let piece = pieces.as_slice()[piece as usize];
            assert!((piece.id as usize) < vocabulary.split('\n').count());
            let features = (word.case as u8, word.state as u8, u8::from(word.start));
            assert_eq!((piece.case, piece.state, piece.start), features);
        }
    }
}

fn check_in_order(document: &Document, spans: impl Iterator<Item = Span>, name: &str) {
    let mut end = 0;
    for span in spans {
        assert!(!slice(document, span).is_empty(), "{name} hold an empty one: {span:?}");
        assert!(end <= span.start, "{name} overlap or stand out of order at {span:?}");
        end = span.end;
    }
}

/// The ranges cover `0..count` without a gap.
fn check_cover(ranges: impl Iterator<Item = Range<usize>>, count: usize) {
    let end = ranges.fold(0, |end, range| {
        assert!(range.start == end && range.end > end, "{range:?} after {end}");
        range.end
    });
    assert_eq!(end, count);
}

fn check_claims(document: &Document, claims: &Claims) {
    let rows = &claims.attributions;
    for (index, row) in rows.iter().enumerate() {
        let said = &row.attribution;
        assert_eq!(row.id, format!("a{}", index + 1));
        assert!(said.maker.rule.starts_with("quote/"), "{:?}", said.maker);
        assert!((0.0..=1.0).contains(&said.maker.score), "{:?}", said.maker);
        assert!(!said.content.is_empty(), "a row without content");
        for pieces in [&said.source, &said.cue, &said.content] {
            check_in_order(document, pieces.iter().copied(), "pieces");
        }
        // Content without a letter has no form.
        let is_word = |c: char| !c.is_whitespace() && !c.is_ascii_punctuation();
        let letters = said.content.iter().any(|&span| slice(document, span).contains(is_word));
        assert!(letters, "content without a letter: {:?}", said.content);
        for speaker in &said.speakers {
            assert!(speaker.as_written.is_none_or(|span| !slice(document, span).is_empty()));
        }
        for rejected in &said.rejected {
            slice(document, rejected.span);
        }
        let mut outer = &row.inside;
        let mut steps = 0;
        while let Some(id) = outer {
            let Some(row) = claims.attribution(id) else { panic!("{id} is no row") };
            outer = &row.inside;
            steps += 1;
            assert!(steps < rows.len(), "a row stands inside itself: {id}");
        }
    }
    for warning in &claims.warnings {
        let is_known = limits::ALL.iter().any(|limit| limit.code == warning.code)
            || [
                "name_looks_like",
                "published_unreadable",
                "quotation_left_open",
                "quotation_mark_unpaired",
                "time_impossible",
                "time_without_anchor",
            ]
            .contains(&warning.code);
        assert!(is_known, "{warning:?}");
        assert!(!warning.message.is_empty() && !warning.message.ends_with('.'), "{warning:?}");
        if let Some(span) = warning.span {
            slice(document, span);
        }
    }
}

/// Entities own their mentions, and what points at one points at one that is there.
fn check_people(document: &Document, claims: &Claims) {
    let people = &claims.people;
    let mut owned = BTreeSet::new();
    let mut first = 0;
    for entity in &people.entities {
        assert!(!entity.mentions.is_empty(), "an entity that nobody mentions");
        let mut end = (0, 0);
        for mention in &entity.mentions {
            let span = mention.span;
            assert!(!slice(document, span).is_empty(), "{mention:?} is empty");
            assert!(owned.insert((span.start, span.end)), "{mention:?} is a mention of two");
            // Of two that begin together the longer stands first.
            let place = (span.start, u32::MAX - span.end);
            assert!(end < place || end == (0, 0), "{mention:?} stands out of order");
            end = place;
            assert!(mention.maker.rule.starts_with("people/"), "{mention:?}");
            assert!(mention.joined_to.is_none_or(|other| !slice(document, other).is_empty()));
        }
        assert!(
            first <= entity.mentions[0].span.start,
            "the entities are not in order of their first mentions"
        );
        first = entity.mentions[0].span.start;
        let names = entity.mentions.iter().filter(|mention| mention.kind == MentionKind::Name);
        let names: Vec<Span> = names.map(|mention| mention.span).collect();
        assert_eq!(entity.name.is_some(), !names.is_empty(), "{entity:?}");
        assert!(
            entity.name.is_none_or(|name| names.contains(&name)),
            "a name that is no mention: {entity:?}"
        );
    }
    let exists = |entity: usize| entity < people.entities.len();
    let count = claims.attributions.len();
    assert_eq!((people.speakers.len(), people.addressees.len(), people.about.len()), (count, count, count));
    for speaker in people.speakers.iter().flatten() {
        assert!(speaker.entity.is_none_or(exists), "{speaker:?}");
        let is_named = speaker.entity.is_some_and(|entity| people.entities[entity].name.is_some());
        assert!(speaker.kind != SpeakerKind::Named || is_named, "{speaker:?} is named and has no name");
        assert!((0.0..=1.0).contains(&speaker.score) && speaker.maker.starts_with("speaker/"), "{speaker:?}");
        assert!(speaker.as_written.is_none_or(|span| !slice(document, span).is_empty()));
        check_in_order(document, speaker.reason.iter().copied(), "reasons");
    }
    assert!(people.speakers.iter().all(|speakers| !speakers.is_empty()), "an attribution without a speaker");
    people.addressees.iter().for_each(|spans| check_in_order(document, spans.iter().copied(), "addressees"));
    for about in &people.about {
        assert!(about.iter().all(|&entity| exists(entity)) && about.is_sorted_by(|one, other| one < other));
    }
    for post in &people.posts {
        assert!(exists(post.person) && post.of_person.is_none_or(exists), "{post:?}");
        assert!((0.0..=1.0).contains(&post.maker.score), "{:?}", post.maker);
        for pieces in [&post.title, &post.since, &post.until, &post.told_by] {
            assert!(pieces.iter().all(|&span| !slice(document, span).is_empty()), "{post:?}");
        }
        let single = [post.mention, post.organization, post.area, post.party];
        single.into_iter().flatten().for_each(|span| assert!(!slice(document, span).is_empty(), "{post:?}"));
    }
}

fn check_times(document: &Document, claims: &Claims) {
    check_in_order(
        document,
        claims.times.iter().filter(|row| row.timex.begin.is_none()).map(|row| row.timex.span),
        "times",
    );
    for (index, row) in claims.times.iter().enumerate() {
        let time = &row.timex;
        assert_eq!(row.id, format!("t{}", index + 1));
        assert!(time.maker.rule.starts_with("time/"), "{:?}", time.maker);
        assert!(time.value.as_deref().is_none_or(is_timex), "{:?} is no TIMEX3 value", time.value);
        let days = time.earliest.zip(time.latest);
        assert!(days.is_none_or(|(first, last)| first <= last), "{days:?}");
        for other in [time.begin, time.end].into_iter().flatten() {
            assert!(other != index && other < claims.times.len());
        }
        if let Some(Anchor::Time(other)) = time.anchor {
            assert!(other < claims.times.len());
        }
    }
    for said in &claims.attributions {
        assert!(said.when.as_ref().is_none_or(|id| claims.time(id).is_some()));
    }
}

/// Whether a value is one of TIMEX3's: a date of ISO 8601, with X where nothing is known, a length, a reference.
fn is_timex(value: &str) -> bool {
    if let Some(length) =
        value.strip_prefix('P').filter(|rest| !rest.starts_with("AST") && !rest.starts_with("RES"))
    {
        return is_length(length);
    }
    if ["PAST_REF", "PRESENT_REF", "FUTURE_REF"].contains(&value) {
        return true;
    }
    let (date, clock) = value.split_once('T').map_or((value, None), |(date, clock)| (date, Some(clock)));
    let date = date.strip_prefix("BC").or(date.strip_prefix("FY")).unwrap_or(date);
    let mut parts = date.split('-');
    let is_number = |part: &str| part.chars().all(|c| c.is_ascii_digit() || c == 'X');
    let year = parts.next().unwrap_or_default();
    // A set of mornings has no date: "TMO".
    let has_year = year.is_empty() && clock.is_some() || is_number(year) && (2..=5).contains(&year.len());
    let rest = parts.all(|part| {
        let named = ["SP", "SU", "FA", "WI", "WE"].contains(&part);
        let lettered =
            part.strip_prefix(['W', 'Q', 'H']).is_some_and(|rest| is_number(rest) && !rest.is_empty());
        named || lettered || is_number(part) && (1..=2).contains(&part.len())
    });
    has_year && rest && clock.is_none_or(is_clock)
}

fn is_clock(clock: &str) -> bool {
    let (time, zone) = clock.split_at(clock.find(['Z', '+', '-']).unwrap_or(clock.len()));
    let is_pair = |part: &str| part.len() == 2 && part.chars().all(|c| c.is_ascii_digit());
    ["MO", "AF", "EV", "NI", "DT"].contains(&clock)
        || time.split(':').all(is_pair)
            && (zone.is_empty() || zone == "Z" || zone[1..].split(':').all(is_pair))
}

fn is_length(length: &str) -> bool {
    let is_unit = |part: &str| {
        let unit = part.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == 'X');
        unit.len() < part.len() && ["Y", "M", "W", "D", "WE", "DE", "CE", "H", "S"].contains(&unit)
    };
    // Each piece ends where the next number begins.
    let mut pieces = vec![String::new()];
    for c in length.chars() {
        let last = pieces.len() - 1;
        if c == 'T' {
            continue;
        }
        let begins = (c.is_ascii_digit() || c == 'X')
            && pieces[last].ends_with(|c: char| c.is_alphabetic() && c != 'X');
        if begins { pieces.push(c.to_string()) } else { pieces[last].push(c) }
    }
    pieces.iter().all(|piece| is_unit(piece))
}

/// Every span of both JSON forms quotes what it covers, in code points as in bytes.
fn check_wire(document: &Document, claims: &Claims) {
    let value = |json: Result<Value, serde_json::Error>| json.expect("the record is plain data");
    let points: Vec<char> = document.text().chars().collect();
    let mut check_spans = |span: &Value| {
        let number = |key: &str| span[key].as_u64().map(|number| number as usize);
        let (Some(start), Some(end)) = (number("start"), number("end")) else { return };
        let Some(text) = span["text"].as_str() else { panic!("{span} has no text") };
        assert_eq!(points[start..end].iter().collect::<String>(), text);
        if let (Some(start), Some(end)) = (number("byte_start"), number("byte_end")) {
            assert_eq!(&document.text()[start..end], text);
            assert_eq!(document.text()[..start].chars().count(), number("start").unwrap_or_default());
        }
    };
    let record = value(serde_json::to_value(Record::new(document, claims, Text::Keep)));
    assert_eq!(record["article"]["text"].as_str(), Some(document.text()));
    walk(&record, &mut check_spans);
    walk(&value(serde_json::to_value(Citron::new(document, claims))), &mut check_spans);
    let without = value(serde_json::to_value(Record::new(document, claims, Text::Omit)));
    assert!(without["article"].get("text").is_none());
    assert_eq!(without["attributions"], record["attributions"]);
}

/// Visits every object. A record is as deep as its form, not as its article.
fn walk(value: &Value, visit: &mut impl FnMut(&Value)) {
    match value {
        Value::Object(object) => {
            visit(value);
            object.values().for_each(|value| walk(value, visit));
        }
        Value::Array(list) => list.iter().for_each(|value| walk(value, visit)),
        _ => {}
    }
}

fn json(article: &Article) -> String {
    let (document, claims) = Engine::new().claims(article.clone());
    serde_json::to_string(&Record::new(&document, &claims, Text::Keep)).expect("the record is plain data")
}

/// The rows without their offsets.
fn texts(document: &Document, claims: &Claims) -> Vec<String> {
    let rows = claims.attributions.iter().map(|row| {
        let said = &row.attribution;
        let texts =
            |spans: &[Span]| spans.iter().map(|&span| slice(document, span).to_owned()).collect::<Vec<_>>();
        let speakers: Vec<_> = said
            .speakers
            .iter()
            .map(|speaker| (speaker.kind, texts(speaker.as_written.as_slice())))
            .collect();
        let parts = (texts(&said.source), texts(&said.cue), texts(&said.content), speakers);
        format!("{:?} {parts:?} {:?} {:?} {:?}", said.form, said.inferred, said.maker.rule, row.inside)
    });
    let people = claims.people.entities.iter().map(|entity| {
        let mentions: Vec<_> = entity.mentions.iter().map(|mention| slice(document, mention.span)).collect();
        format!("{:?} {:?} {mentions:?}", entity.kind, entity.gender)
    });
    let speakers = claims.people.speakers.iter().flatten().map(|speaker| {
        let written = speaker.as_written.map(|span| slice(document, span));
        format!("{:?} {:?} {written:?} {:?}", speaker.entity, speaker.kind, speaker.number)
    });
    rows.chain(people).chain(speakers).collect()
}

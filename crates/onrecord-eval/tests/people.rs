//! Names, mentions, who is who, speakers, posts and grounds: records made by hand, with known answers.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use onrecord_eval::corpus::crossner::Marked;
use onrecord_eval::corpus::gap::Passage;
use onrecord_eval::corpus::gum::Mention;
use onrecord_eval::corpus::people::{Article, Ground, Held, Spoken, Who};
use onrecord_eval::prediction::record::Record;
use onrecord_eval::score::Text;
use onrecord_eval::score::counts::Tally;
use onrecord_eval::score::gap::Gap;
use onrecord_eval::score::ground::Grounds;
use onrecord_eval::score::mention::Mentions;
use onrecord_eval::score::names::Names;
use onrecord_eval::score::post::{KINDS, MEASURES, Posts};
use onrecord_eval::score::speaker::{Share, Speakers};
use onrecord_eval::{Attribution, Span};
use serde_json::{Value, json};

/// Where words stand in a text; `#2` behind them is the second place.
fn span(text: &str, words: &str) -> Span {
    let (words, place) = match words.rsplit_once(" #") {
        Some((words, place)) => (words, place.parse().unwrap()),
        None => (words, 1),
    };
    let (byte, _) =
        text.match_indices(words).nth(place - 1).unwrap_or_else(|| panic!("no “{words}” in “{text}”"));
    let start = text[..byte].chars().count();
    Span::new(start, start + words.chars().count())
}

fn place(text: &str, words: &str) -> Value {
    let Span { start, end } = span(text, words);
    json!({"start": start, "end": end, "text": words})
}

fn places(text: &str, all: &[&str]) -> Value {
    all.iter().map(|words| place(text, words)).collect()
}

/// An entity: its kind, its name, and each mention as its kind and its words.
fn entity(text: &str, id: &str, kind: &str, name: Option<&str>, mentions: &[(&str, &str)]) -> Value {
    let mention = |&(kind, words): &(&str, &str)| {
        let Span { start, end } = span(text, words);
        json!({"start": start, "end": end, "kind": kind})
    };
    json!({"id": id, "kind": kind, "name": name, "mentions": mentions.iter().map(mention).collect::<Vec<_>>()})
}

fn record(json: Value) -> Record {
    Record::from_json(json).unwrap()
}

/// Gold, found, predicted, hits.
fn counts(tally: Tally) -> [usize; 4] {
    [tally.gold, tally.found, tally.predicted, tally.hits]
}

mod names {
    use super::*;

    const TEXT: &str = "Ana Roz of the Civic Union met Lio in Ulm after the Ulm Vote.";

    /// Checks all kinds together, and how many were set aside. A mention is written with the kind of its entity.
    #[track_caller]
    fn check(mentions: &[(&str, &str, &str)], expected: [usize; 4], set_aside: usize) {
        let marked = |kind, words| Marked { kind, span: span(TEXT, words) };
        let gold = [
            marked(Some("person"), "Ana Roz"),
            marked(Some("organization"), "Civic Union"),
            marked(Some("person"), "Lio"),
            marked(Some("place"), "Ulm"),
            marked(None, "Ulm Vote"),
        ];
        let entities: Vec<Value> = mentions
            .iter()
            .map(|&(entity_kind, kind, words)| entity(TEXT, "e", entity_kind, None, &[(kind, words)]))
            .collect();
        let names = Names::new(&gold, &record(json!({"entities": entities})), &mut Vec::new());
        assert_eq!((counts(names.all()), names.set_aside), (expected, set_aside));
    }

    #[test]
    fn ends_and_kind_must_be_the_same() {
        check(&[], [4, 0, 0, 0], 0);
        let all = [
            ("person", "name", "Ana Roz"),
            ("organization", "name", "Civic Union"),
            ("person", "name", "Lio"),
            ("place", "name", "Ulm"),
        ];
        check(&all, [4, 4, 4, 4], 0);
        check(&[("person", "name", "Roz")], [4, 0, 1, 0], 0);
        check(&[("organization", "name", "the Civic Union")], [4, 0, 1, 0], 0);
        check(&[("place", "name", "Lio")], [4, 0, 1, 0], 0);
        check(&[("place", "name", "Lio"), ("person", "name", "Lio")], [4, 1, 2, 1], 0);
    }

    #[test]
    fn only_names_of_the_three_kinds_count_and_each_place_once() {
        check(&[("person", "nominal", "Ana Roz"), ("group", "name", "Lio")], [4, 0, 0, 0], 0);
        check(&[("place", "name", "Ulm"), ("place", "name", "Ulm")], [4, 1, 1, 1], 0);
    }

    #[test]
    fn what_overlaps_a_name_of_another_sort_is_set_aside() {
        check(&[("place", "name", "Ulm #2"), ("organization", "name", "the Ulm Vote")], [4, 0, 0, 0], 2);
    }
}

mod mentions {
    use super::*;

    const TEXT: &str = "Dr. Roz met her son. Her son, a sailor of Ulm, saw Roz.";

    fn gold(entity: &str, kind: &'static str, words: &str, least: &[&str]) -> Mention {
        let least = least.iter().map(|words| span(TEXT, words)).collect();
        Mention { entity: entity.into(), kind, span: span(TEXT, words), least }
    }

    fn people() -> Vec<Mention> {
        vec![
            gold("1", "name", "Dr. Roz", &["Dr.", "Roz"]),
            gold("1", "pronoun", "her", &["her"]),
            gold("2", "nominal", "her son", &["son"]),
            gold("1", "pronoun", "Her", &["Her"]),
            gold("2", "nominal", "Her son", &["son #2"]),
            gold("2", "nominal", "a sailor of Ulm", &["sailor", "Ulm"]),
            gold("1", "name", "Roz #2", &["Roz #2"]),
        ]
    }

    #[track_caller]
    fn check(entities: &[Value], all: [usize; 4], touching: usize) -> Mentions {
        let record = record(json!({"entities": entities}));
        let mentions = Mentions::new(&people(), &record, &mut Vec::new(), &mut Vec::new());
        assert_eq!((counts(mentions.all()), mentions.touching.found), (all, touching));
        mentions
    }

    fn person(id: &str, mentions: &[(&str, &str)]) -> Value {
        entity(TEXT, id, "person", None, mentions)
    }

    /// By hand: gold {Dr. Roz, her, Her, Roz} {her son, Her son, a sailor of Ulm}, read {Roz!, her, Her, Roz}
    /// {son, Her son} and a cluster of one, which does not count.
    #[test]
    fn matched_mentions_are_one_and_clusters_of_one_are_none() {
        let roz =
            person("e1", &[("name", "Roz"), ("pronoun", "her"), ("pronoun", "Her"), ("name", "Roz #2")]);
        let son = person("e2", &[("nominal", "son"), ("nominal", "Her son")]);
        let sailor = person("e3", &[("nominal", "a sailor of Ulm")]);
        let scores = check(&[roz, son, sailor], [7, 6, 7, 6], 7).clusters;
        for (found, expected) in [
            (scores.muc.recall(), 3.0 / 5.0),
            (scores.muc.precision(), 3.0 / 4.0),
            (scores.b_cubed.recall(), 43.0 / 84.0),
            (scores.b_cubed.precision(), 17.0 / 24.0),
            (scores.ceaf_e.recall(), 1.55 / 2.0),
            (scores.ceaf_e.precision(), 1.55 / 2.0),
        ] {
            assert!((found - expected).abs() < 1e-9, "{found} {expected}");
        }
    }

    #[test]
    fn a_mention_lies_within_the_gold_and_holds_what_is_needed() {
        let one = |words| person("e1", &[("nominal", words)]);
        check(&[one("her son")], [7, 1, 1, 1], 1);
        check(&[one("met her son")], [7, 0, 1, 0], 0);
        check(&[one("a sailor")], [7, 0, 1, 0], 1);
        check(&[one("sailor of Ulm")], [7, 1, 1, 1], 1);
        check(&[one("a sailor of Ulm,")], [7, 0, 1, 0], 0);
    }

    #[test]
    fn people_and_groups_count_and_each_place_once() {
        let of = |kind| entity(TEXT, "e1", kind, None, &[("pronoun", "her")]);
        check(&[of("group"), of("person")], [7, 1, 1, 1], 1);
        check(&[of("organization"), of("place")], [7, 0, 0, 0], 0);
    }

    #[test]
    fn a_mention_belongs_to_the_gold_that_is_most_like_it() {
        let gold = [gold("1", "name", "Roz met her son", &["Roz"]), gold("2", "name", "Roz", &["Roz"])];
        let record = record(json!({"entities": [person("e1", &[("name", "Roz"), ("name", "Roz met")])]}));
        let mentions = Mentions::new(&gold, &record, &mut Vec::new(), &mut Vec::new());
        assert_eq!(counts(mentions.all()), [2, 2, 2, 2]);
    }
}

mod gap {
    use super::*;

    const TEXT: &str = "Ana Roz met Mia Ek. She sang. She left.";

    /// Checks gold, found, predicted, hits of a passage in which “She” means Ana Roz.
    #[track_caller]
    fn check(entities: &[Value], expected: [usize; 4]) {
        let passage = Passage {
            name: "v-1".into(),
            text: TEXT.into(),
            pronoun: span(TEXT, "She"),
            feminine: true,
            names: [(span(TEXT, "Ana Roz"), true), (span(TEXT, "Mia Ek"), false)],
        };
        let gap = Gap::new(&passage, &record(json!({"entities": entities})), &mut Vec::new());
        assert_eq!(counts(gap.feminine), expected);
        assert_eq!((counts(gap.masculine), gap.all()), ([0; 4], gap.feminine));
    }

    fn person(mentions: &[(&str, &str)]) -> Value {
        entity(TEXT, "e1", "person", None, mentions)
    }

    #[test]
    fn the_pronoun_means_a_name_when_one_entity_has_both() {
        check(&[], [1, 0, 0, 0]);
        check(&[person(&[("name", "Ana Roz"), ("pronoun", "She")])], [1, 1, 1, 1]);
        check(&[person(&[("name", "Mia Ek"), ("pronoun", "She")])], [1, 0, 1, 0]);
        check(&[person(&[("name", "Ana Roz"), ("name", "Mia Ek"), ("pronoun", "She")])], [1, 1, 2, 1]);
        check(&[person(&[("name", "Ana Roz")]), person(&[("pronoun", "She")])], [1, 0, 0, 0]);
    }

    #[test]
    fn the_pronoun_itself_and_the_name_in_part() {
        check(&[person(&[("name", "Ana Roz"), ("pronoun", "She #2")])], [1, 0, 0, 0]);
        check(&[person(&[("name", "Roz"), ("pronoun", "She")])], [1, 1, 1, 1]);
        check(&[person(&[("name", "Ana Roz met"), ("pronoun", "She")])], [1, 1, 1, 1]);
        check(&[person(&[("name", "Roz met"), ("pronoun", "She")])], [1, 0, 0, 0]);
        check(&[person(&[("nominal", "Ana Roz"), ("pronoun", "She")])], [1, 0, 0, 0]);
    }

    #[test]
    fn the_bias_is_a_ratio_of_f1() {
        let tally = |found| Tally { predicted: 4, gold: 4, hits: found, found };
        let gap = Gap { feminine: tally(3), masculine: tally(4) };
        assert!((gap.bias() - 0.75).abs() < 1e-9);
        assert!(Gap::default().bias().abs() < 1e-9);
    }
}

mod speakers {
    use super::*;

    const TEXT: &str = "It rained, Ana Roz said. It snowed, he said. It froze, who said.";

    fn who(kind: &str, name: Option<&str>) -> Who {
        Who { kind: kind.into(), name: name.map(str::to_owned), number: None }
    }

    /// An article in which three things are said, the second by “he”; `who` says them all.
    fn article(who: &[Who]) -> Article {
        let spoken = |content, source| Spoken {
            attribution: Attribution {
                content: vec![span(TEXT, content)],
                source: vec![span(TEXT, source)],
                cue: Vec::new(),
            },
            who: who.to_vec(),
        };
        let speakers =
            vec![spoken("It rained", "Ana Roz"), spoken("It snowed", "he"), spoken("It froze", "who")];
        let held = Held { person: "Tomas Roz".into(), ..Held::default() };
        Article { text: TEXT.into(), speakers, posts: vec![held], ..Article::default() }
    }

    fn said(content: &str, speakers: &Value) -> Value {
        json!({"content": [place(TEXT, content)], "cue": [place(TEXT, "said")], "speakers": speakers})
    }

    /// What is counted when the record has some entities, by id, kind and name, and some attributions.
    fn count(who: &[Who], entities: &[(&str, &str, &str)], said: &[Value]) -> Speakers {
        let entities: Vec<Value> =
            entities.iter().map(|(id, kind, name)| entity(TEXT, id, kind, Some(name), &[])).collect();
        let record = record(json!({"entities": entities, "attributions": said}));
        let mut speakers = Speakers::default();
        speakers.add(&Text::new(TEXT), &article(who), &record, &mut Vec::new());
        speakers
    }

    fn group(speakers: &Speakers, name: &str) -> Share {
        speakers.right[Speakers::GROUPS.iter().position(|group| *group == name).unwrap()]
    }

    const ENTITIES: [(&str, &str, &str); 6] = [
        ("e1", "person", "Ana Roz"),
        ("e2", "person", "Tomas Roz"),
        ("e3", "person", "Roz"),
        ("e4", "person", "Ana"),
        ("e5", "organization", "Harbor League"),
        ("e6", "place", "Ulm"),
    ];

    /// Checks whether the first attribution is right. A row of speakers is written as its kind and its entity.
    #[track_caller]
    fn check(who: &[Who], rows: &[(&str, &str)], right: bool) {
        let rows: Value = rows.iter().map(|(kind, entity)| json!({"kind": kind, "entity": entity})).collect();
        let speakers = count(who, &ENTITIES, &[said("It rained,", &rows)]);
        assert_eq!(speakers.matched, Share { right: 1, of: 3 });
        assert_eq!(group(&speakers, "all"), Share { right: usize::from(right), of: 1 });
    }

    #[test]
    fn kind_and_name() {
        let roz = [who("named", Some("Ana Roz"))];
        check(&roz, &[("named", "e1")], true);
        check(&roz, &[("named", "e4")], true);
        check(&roz, &[("named", "e2")], false);
        // The gold knows another Roz.
        check(&roz, &[("named", "e3")], false);
        check(&roz, &[("unnamed", "e1")], false);
        check(&roz, &[("named", "e9")], false);
        check(&roz, &[], false);
        check(&[who("organization", Some("the Harbor League"))], &[("organization", "e5")], true);
        check(&[who("organization", Some("the Harbor League"))], &[("organization", "e6")], false);
        check(&[who("organization", Some("Ulm"))], &[("organization", "e6")], true);
        check(&[who("unnamed", None)], &[("unnamed", "")], true);
        check(&[who("group", None)], &[("unnamed", "")], false);
        check(&[who("document", None)], &[("document", "e5")], true);
        check(&[who("unstated", None)], &[("unstated", "")], true);
        check(&[who("unstated", None)], &[], false);
    }

    #[test]
    fn an_organization_without_a_name_by_its_words() {
        let entities = json!([{"id": "e1", "kind": "organization", "mentions": [place(TEXT, "It froze")]}]);
        for (name, as_written, right) in [
            ("It froze", "he", 1),
            ("It snowed", "It snowed", 1),
            ("It snowed", "snowed", 0),
            ("rained", "he", 0),
        ] {
            let rows =
                json!([{"kind": "organization", "entity": "e1", "as_written": place(TEXT, as_written)}]);
            let record = record(json!({"entities": entities, "attributions": [said("It rained", &rows)]}));
            let mut speakers = Speakers::default();
            let article = article(&[who("organization", Some(name))]);
            speakers.add(&Text::new(TEXT), &article, &record, &mut Vec::new());
            assert_eq!(group(&speakers, "organization").right, right, "{name}");
        }
    }

    #[test]
    fn of_several_all() {
        let both = [who("named", Some("Ana Roz")), who("named", Some("Tomas Roz"))];
        check(&both, &[("named", "e2"), ("named", "e1")], true);
        check(&both, &[("named", "e1")], false);
        check(&both, &[("named", "e1"), ("named", "e1")], false);
        check(&both[..1], &[("named", "e1"), ("named", "e2")], false);
    }

    #[test]
    fn groups_scores_and_cover() {
        let row =
            |entity: &str, score: Option<f64>| json!([{"kind": "named", "entity": entity, "score": score}]);
        let all = [
            said("It rained", &row("e1", Some(0.95))),
            said("It snowed", &row("e2", Some(0.9))),
            said("It froze", &row("e4", None)),
        ];
        let speakers = count(&[who("named", Some("Ana Roz"))], &ENTITIES, &all);
        assert_eq!(speakers.matched, Share { right: 3, of: 3 });
        for (name, right, of) in [
            ("all", 2, 3),
            ("named", 2, 3),
            ("held", 2, 3),
            ("pronoun", 0, 1),
            ("relative", 1, 1),
            ("unnamed", 0, 0),
            ("no_source", 0, 0),
            ("several", 0, 0),
        ] {
            assert_eq!(group(&speakers, name), Share { right, of }, "{name}");
        }
        assert_eq!(speakers.sure, Share { right: 1, of: 2 });
        assert_eq!(speakers.to_the_word, Share { right: 1, of: 2 });
        assert_eq!((speakers.unscored, speakers.bins.all().rows), (1, 2));
        assert!((speakers.bins.error() - (1.85 - 1.0) / 2.0).abs() < 1e-9);
    }

    #[test]
    fn a_row_within_another_is_matched_but_not_held() {
        let mut inner = said("It rained", &json!([]));
        inner["inside"] = "a1".into();
        let speakers = count(&[who("unnamed", None)], &[], &[inner]);
        assert_eq!((speakers.matched.right, group(&speakers, "held").of), (1, 0));
    }

    #[test]
    fn the_number_of_the_unnamed() {
        let two = Who { kind: "unnamed".into(), name: None, number: Some(2) };
        for (number, right) in [(json!(2), 1), (json!(1), 0), (Value::Null, 0)] {
            let rows = json!([{"kind": "unnamed", "number": number}]);
            let speakers = count(std::slice::from_ref(&two), &[], &[said("It rained", &rows)]);
            assert_eq!(speakers.number, Share { right, of: 1 });
            assert_eq!(group(&speakers, "all").right, 1);
        }
    }
}

mod posts {
    use super::*;

    const TEXT: &str = "Vice President Ana Roz, the former minister of trade of Ulm, met nominees, Lio Ek (D) too. President Ek.";

    fn held(person: &str, title: Option<&str>, status: Option<&str>, capacity: Option<&str>) -> Held {
        Held {
            person: person.into(),
            title: title.map(|words| span(TEXT, words)),
            status: status.map(str::to_owned),
            capacity: capacity.map(str::to_owned),
        }
    }

    fn post(person: &str, title: &[&str], status: Option<&str>, capacity: Option<&str>) -> Value {
        json!({"person": person, "status": status, "capacity": capacity, "evidence": {"title": places(TEXT, title)}})
    }

    fn count(rows: &[Value]) -> Posts {
        let posts = vec![
            held("Ana Roz", Some("Vice President"), None, None),
            held("Ana Roz", Some("minister of trade"), Some("former"), None),
            held("Lio Ek", Some("nominee"), None, Some("nominee")),
            held("Lio Ek", None, None, None),
        ];
        let article = Article { text: TEXT.into(), posts, ..Article::default() };
        let entities = json!([
            {"id": "e1", "kind": "person", "name": "Ana Roz"},
            {"id": "e2", "kind": "person", "name": "Lio Ek"},
            {"id": "e3", "kind": "person"},
        ]);
        let record = record(json!({"entities": entities, "posts": rows}));
        Posts::new(&Text::new(TEXT), &article, &record, &mut Vec::new())
    }

    fn tally(posts: &Posts, measure: &str) -> [usize; 2] {
        let at = MEASURES.iter().position(|known| *known == measure).unwrap();
        let tally = posts.by_measure[at];
        assert_eq!((tally.gold, tally.hits), (4, tally.found));
        [tally.found, tally.predicted]
    }

    /// Checks found and predicted, by the measure `post`.
    #[track_caller]
    fn check(rows: &[Value], found: usize, predicted: usize) {
        assert_eq!(tally(&count(rows), "post"), [found, predicted]);
    }

    #[test]
    fn all_of_them() {
        let rows = [
            post("e1", &["Vice President"], None, None),
            post("e1", &["the former minister of trade of Ulm"], Some("former"), None),
            post("e2", &["nominees"], None, Some("nominee")),
            post("e2", &[], None, None),
        ];
        check(&rows, 4, 4);
        let posts = count(&rows);
        assert_eq!(
            (tally(&posts, "exact"), tally(&posts, "person_title"), posts.set_aside),
            ([2, 4], [4, 4], 0)
        );
        for (kind, count) in
            [("former", 1), ("status_null", 3), ("nominee", 1), ("capacity_null", 3), ("title_null", 1)]
        {
            let tally = posts.by_kind[KINDS.iter().position(|known| *known == kind).unwrap()];
            assert_eq!([tally.gold, tally.found, tally.predicted, tally.hits], [count; 4], "{kind}");
        }
    }

    #[test]
    fn each_of_the_four_must_agree() {
        check(&[post("e2", &["minister"], Some("former"), None)], 0, 1);
        check(&[post("e1", &["minister"], None, None)], 0, 1);
        check(&[post("e1", &["minister"], Some("current"), None)], 0, 1);
        check(&[post("e1", &["minister"], Some("former"), Some("acting"))], 0, 1);
        check(&[post("e1", &["minister"], Some("former"), None)], 1, 1);
        check(&[post("e1", &[], None, None)], 0, 1);
        check(&[post("e2", &["nominees"], None, None)], 0, 1);
    }

    #[test]
    fn titles_share_their_head_at_the_same_place() {
        check(&[post("e1", &["President"], None, None)], 1, 1);
        check(&[post("e1", &["Vice"], None, None)], 0, 1);
        check(&[post("e1", &["minister of"], Some("former"), None)], 1, 1);
        check(&[post("e1", &["trade"], Some("former"), None)], 0, 1);
        let elsewhere = count(&[post("e1", &["President #2"], None, None)]);
        assert_eq!((tally(&elsewhere, "post"), tally(&elsewhere, "anywhere")), ([0, 1], [1, 1]));
    }

    #[test]
    fn one_post_is_found_once() {
        let row = post("e1", &["minister"], Some("former"), None);
        check(&[row.clone(), row], 1, 2);
    }

    #[test]
    fn what_nobody_with_a_name_holds_is_set_aside() {
        let mut only_if = post("e1", &["minister"], Some("former"), None);
        only_if["standing"] = "conditional".into();
        let nameless = post("e3", &["minister"], Some("former"), None);
        let posts = count(&[only_if, nameless]);
        assert_eq!((tally(&posts, "post"), posts.set_aside), ([0, 0], 2));
        let mut so = post("e1", &["minister"], Some("former"), None);
        so["standing"] = "happened".into();
        check(&[so], 1, 1);
    }
}

mod grounds {
    use super::*;

    const TEXT: &str = "Two pilots said it sank. The men, who asked for anonymity because they fear the owner, left. A clerk agreed.";
    const REASON: &str = "asked for anonymity because they fear the owner";

    /// Checks right, roughly and found, of one, and right of all rows with a reason.
    #[track_caller]
    fn check(rows: &[Value], expected: [usize; 3], of_rows: (usize, usize)) {
        let ground =
            Ground { description: span(TEXT, "Two pilots"), reason: span(TEXT, REASON), number: Some(2) };
        let article = Article { text: TEXT.into(), grounds: vec![ground], ..Article::default() };
        let pilots = entity(TEXT, "e1", "person", None, &[("nominal", "Two pilots"), ("nominal", "The men")]);
        let said = json!({"content": [place(TEXT, "it sank")], "speakers": rows});
        let record = record(json!({"entities": [pilots], "attributions": [said]}));
        let grounds = Grounds::new(&Text::new(TEXT), &article, &record, &mut Vec::new());
        let [right, roughly, found] = [grounds.right, grounds.roughly, grounds.found].map(|share| {
            assert_eq!(share.of, 1);
            share.right
        });
        assert_eq!(([right, roughly, found], (grounds.rows.right, grounds.rows.of)), (expected, of_rows));
    }

    fn row(kind: &str, entity: Option<&str>, as_written: &str, reason: &[&str]) -> Value {
        json!({"kind": kind, "entity": entity, "as_written": place(TEXT, as_written), "reason": places(TEXT, reason), "number": 2})
    }

    #[test]
    fn the_source_and_the_ground() {
        check(&[], [0, 0, 0], (0, 0));
        check(&[row("unnamed", None, "Two pilots", &[REASON])], [1, 1, 1], (1, 1));
        check(&[row("unnamed", Some("e1"), "The men", &[REASON])], [1, 1, 1], (1, 1));
        check(&[row("unnamed", None, "The men", &[REASON])], [0, 0, 1], (0, 1));
        check(&[row("group", None, "Two pilots", &[REASON])], [0, 0, 1], (0, 1));
        check(&[row("unnamed", None, "Two pilots", &[])], [0, 0, 0], (0, 0));
    }

    #[test]
    fn the_ends_of_the_ground() {
        let pilots = |reason: &[&str]| [row("unnamed", None, "Two pilots", reason)];
        check(&pilots(&["asked for anonymity because", "they fear the owner"]), [1, 1, 1], (1, 1));
        check(&pilots(&["because they fear the owner"]), [0, 1, 1], (1, 1));
        check(&pilots(&["asked"]), [0, 0, 0], (0, 1));
    }

    #[test]
    fn several_rows_with_one_ground_find_it_once() {
        let row = row("unnamed", None, "Two pilots", &[REASON]);
        check(&[row.clone(), row], [1, 1, 1], (2, 2));
    }
}

/// The engine of today may leave keys out, and write keys that no score looks at.
#[test]
fn a_record_may_lack_keys_and_have_others() {
    let bare = record(json!({}));
    assert!(bare.entities.is_empty() && bare.attributions.is_empty() && bare.posts.is_empty());
    let sparse = json!({"onrecord": "1", "entities": [{"gender": null}], "posts": [{"evidence": {}}],
        "attributions": [{"speakers": [{"as_written": null, "score": 1}]}]});
    assert_eq!(record(sparse).attributions[0].speakers[0].score, Some(1.0));
    let error = Record::from_json(json!({"posts": {}})).unwrap_err();
    assert!(error.is_malformed() && error.to_string().starts_with("expected a record as"), "{error}");
}

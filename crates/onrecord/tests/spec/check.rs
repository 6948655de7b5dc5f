//! The engine against a page.
//!
//! In: a [`Spec`]. Out: nothing, or what differs, in the form of the page. Each article is read twice, the second
//! time below an empty line, so that no rule may count from the start of the text.

use std::fmt::Write as _;

use onrecord::read::people::Post;
use onrecord::read::quote::Form;
use onrecord::read::time::{Anchor, Kind};
use onrecord::record::{Claims as Record, Said, Time};
use onrecord::{Article, Document, Engine, Span};

use crate::cast;
use crate::happening;
use crate::page::{Claims, Spec, Verdict};
use crate::row::{Piece, Reading, Row, Value};

/// Reads the article and compares what each reading gives.
pub(crate) fn check(spec: &Spec) -> Result<(), String> {
    let read = |text: String| {
        let article = Article { published: spec.published.clone(), ..Article::new(text) };
        Engine::new().claims(article)
    };
    let first = read(spec.article.clone());
    let second = read(format!("\n{}", spec.article));
    for claims in &spec.claims {
        let found = found(claims.reading, &first);
        let moved = self::found(claims.reading, &second);
        if found != moved {
            let found = rows(&found, &[]);
            let moved = rows(&moved, &[]);
            return Err(format!(
                "an empty line before the article changes what is read\nwithout it:\n{found}with it:\n{moved}"
            ));
        }
        compare(claims, &found)?;
    }
    Ok(())
}

/// Whether the rows are as the page says, and if not, how.
pub(crate) fn compare(claims: &Claims, found: &[Row]) -> Result<(), String> {
    let pairs = pair(&claims.rows, found);
    let missing = || claims.rows.iter().zip(&pairs).filter(|(_, pair)| pair.is_none()).map(|(row, _)| row);
    let surplus =
        || found.iter().enumerate().filter(|(index, _)| !pairs.contains(&Some(*index))).map(|(_, row)| row);
    let astray: Vec<&Row> = (0..claims.rows.len())
        .filter(|&index| !is_inside(&claims.rows, found, &pairs, index))
        .map(|index| &claims.rows[index])
        .collect();
    let is_right = missing().next().is_none() && surplus().next().is_none() && astray.is_empty();
    match (claims.verdict, is_right) {
        (Verdict::Right, true) | (Verdict::Wrong, false) => Ok(()),
        (Verdict::Wrong, true) => Err("this miss is read right now; take `wrong` away".into()),
        (Verdict::Right, false) => {
            let asked = asked(&claims.rows);
            let mut message = String::from("the rows are not as expected\n");
            for (title, list) in [
                ("expected, not found:", missing().cloned().collect::<Vec<_>>()),
                ("found, not expected:", surplus().cloned().collect()),
                ("found inside another row than expected:", astray.into_iter().cloned().collect()),
            ] {
                if !list.is_empty() {
                    let _ = write!(message, "{title}\n{}", rows(&list, &asked));
                }
            }
            let all = if found.is_empty() { "none\n".to_owned() } else { rows(found, &asked) };
            let _ = write!(message, "all that was found:\n{all}");
            Err(message)
        }
    }
}

/// The keys that the page writes somewhere.
fn asked(expected: &[Row]) -> Vec<&'static str> {
    expected.iter().flat_map(|row| row.keys.iter().map(|&(key, _)| key)).collect()
}

const SAY: &[&str] = &[
    "source", "cue", "content", "person", "title", "name", "text", "value", "trigger", "from", "to", "if",
    "then",
];
const ASKED: &[&str] = &[
    "stance",
    "polarity",
    "maker",
    "standing",
    "told_by",
    "earliest",
    "latest",
    "inferred",
    "extent",
    "if_event",
    "then_event",
    "from_event",
    "to_event",
    "join",
];

/// The rows, a line each, with the keys that a page would write: those that it asks for and those that say something.
fn rows(list: &[Row], asked: &[&str]) -> String {
    let says = |key: &str, value: &Value| match (key, value) {
        (key, _) if SAY.contains(&key) => true,
        // These say something of every row; a page asks for them where they matter.
        (key, _) if ASKED.contains(&key) => false,
        (_, Value::Spans(pieces)) => !pieces.is_empty(),
        (_, Value::Word(word)) => word != "none",
    };
    list.iter().fold(String::new(), |mut out, row| {
        let keys = row.keys.iter().filter(|(key, value)| asked.contains(key) || says(key, value));
        let row = Row { head: row.head.clone(), keys: keys.cloned().collect() };
        let _ = writeln!(out, "{row}");
        out
    })
}

/// For each expected row the found row that it is paired with: as many pairs as can be made.
///
/// A row that asks for little fits many; so a pair that was made may move on to make room (augmenting paths). The
/// order of rows says nothing: whoever writes a page need not know how a record is sorted.
fn pair(expected: &[Row], found: &[Row]) -> Vec<Option<usize>> {
    let mut owners = vec![None; found.len()];
    for row in 0..expected.len() {
        let mut seen = vec![false; found.len()];
        make_room(row, expected, found, &mut owners, &mut seen);
    }
    let mut pairs = vec![None; expected.len()];
    for (index, owner) in owners.into_iter().enumerate() {
        if let Some(row) = owner {
            pairs[row] = Some(index);
        }
    }
    pairs
}

/// Pairs `row`, moving earlier pairs where needed. As deep as there are rows in the block of a page.
fn make_room(
    row: usize,
    expected: &[Row],
    found: &[Row],
    owners: &mut [Option<usize>],
    seen: &mut [bool],
) -> bool {
    for index in 0..found.len() {
        if seen[index] || !expected[row].fits(&found[index]) {
            continue;
        }
        seen[index] = true;
        if owners[index].is_none_or(|owner| make_room(owner, expected, found, owners, seen)) {
            owners[index] = Some(row);
            return true;
        }
    }
    false
}

/// Whether `inside` of the expected row `index` points at the row that its pair is inside of.
fn is_inside(expected: &[Row], found: &[Row], pairs: &[Option<usize>], index: usize) -> bool {
    let (Some(Value::Word(wanted)), Some(pair)) = (expected[index].key("inside"), pairs[index]) else {
        return true;
    };
    let Some(Value::Word(inside)) = found[pair].key("inside") else { return false };
    if wanted == "none" || inside == "none" {
        return wanted == inside;
    }
    let outer = wanted.parse::<usize>().ok().and_then(|number| pairs.get(number.checked_sub(1)?).copied()?);
    outer.is_some_and(|outer| (outer + 1).to_string() == *inside)
}

/// What a reading gave, as rows with all their keys.
fn found(reading: Reading, (document, record): &(Document, Record)) -> Vec<Row> {
    match reading {
        Reading::Quote => record.attributions.iter().map(|said| quote(document, record, said)).collect(),
        Reading::Post => record.people.posts.iter().map(|held| post(document, record, held)).collect(),
        Reading::People => {
            record.people.entities.iter().map(|entity| cast::entity(document, entity)).collect()
        }
        Reading::Speaker => cast::speakers(document, record),
        Reading::Time => record.times.iter().map(|row| time(document, record, row)).collect(),
        Reading::Event => happening::events(document, record),
        Reading::Link => happening::links(document, record),
        Reading::Condition => happening::conditions(document, record),
    }
}

fn quote(document: &Document, record: &Record, said: &Said) -> Row {
    let read = &said.attribution;
    let spans = |list: &[Span]| {
        let piece = |span: &Span| Piece::of(document.text(), span.start as usize, span.end as usize);
        Value::Spans(list.iter().map(piece).collect())
    };
    let number = |id: &String| record.attributions.iter().position(|row| row.id == *id);
    let inside = said.inside.as_ref().and_then(number).map(|index| (index + 1).to_string());
    let when = said.when.as_ref().and_then(|id| record.time(id)).map(|time| time.timex.span);
    let speaker = read.speakers.first().and_then(|speaker| speaker.as_written);
    let word = |word: String| Value::Word(if word.is_empty() { "none".into() } else { word });
    let name = |name: Option<String>| word(name.unwrap_or_default().to_lowercase());
    let head = match read.form {
        Form::Direct => "direct",
        Form::Mixed => "mixed",
        Form::Indirect => "indirect",
    };
    Row {
        head: head.into(),
        keys: vec![
            ("source", spans(&read.source)),
            ("cue", spans(&read.cue)),
            ("content", spans(&read.content)),
            ("stance", name(read.stance.map(|stance| format!("{stance:?}")))),
            ("polarity", name(read.polarity.map(|polarity| format!("{polarity:?}")))),
            ("speaker", spans(speaker.as_slice())),
            ("inside", word(inside.unwrap_or_default())),
            ("when", spans(when.as_slice())),
            ("inferred", word(read.inferred.join(","))),
            ("maker", word(read.maker.rule.into())),
        ],
    }
}

/// A post; its persons by the name that the record gives them.
fn post(document: &Document, record: &Record, held: &Post) -> Row {
    let spans = |list: &[Span]| {
        let piece = |span: &Span| Piece::of(document.text(), span.start as usize, span.end as usize);
        Value::Spans(list.iter().map(piece).collect())
    };
    let person = |index: usize| record.people.entities[index].name;
    let name = |name: Option<String>| Value::Word(name.map_or("none".into(), |name| name.to_lowercase()));
    let inferred = held.inferred.join(",");
    Row {
        head: "post".into(),
        keys: vec![
            ("person", spans(person(held.person).as_slice())),
            ("title", spans(&held.title)),
            ("organization", spans(held.organization.as_slice())),
            ("area", spans(held.area.as_slice())),
            ("party", spans(held.party.as_slice())),
            ("of_person", spans(held.of_person.and_then(person).as_slice())),
            ("status", name(held.status.map(|status| format!("{status:?}")))),
            ("capacity", name(held.capacity.map(|capacity| format!("{capacity:?}")))),
            ("standing", name(Some(format!("{:?}", held.standing)))),
            ("since", spans(&held.since)),
            ("until", spans(&held.until)),
            ("told_by", spans(&held.told_by)),
            ("inferred", name(Some(inferred).filter(|keys| !keys.is_empty()))),
            ("maker", name(Some(held.maker.rule.into()))),
        ],
    }
}

/// A time; another one by where it stands.
fn time(document: &Document, record: &Record, row: &Time) -> Row {
    let read = &row.timex;
    let piece = |span: Span| Piece::of(document.text(), span.start as usize, span.end as usize);
    let one = |span: Option<Span>| Value::Spans(span.map(piece).into_iter().collect());
    let at = |index: Option<usize>| one(index.map(|index| record.times[index].timex.span));
    let word =
        |word: Option<String>| Value::Word(word.filter(|word| !word.is_empty()).unwrap_or("none".into()));
    let head = match read.kind {
        Kind::Date => "DATE",
        Kind::Time => "TIME",
        Kind::Duration => "DURATION",
        Kind::Set => "SET",
    };
    let anchor = match read.anchor {
        None => Value::Spans(Vec::new()),
        Some(Anchor::Published) => Value::Spans(vec![Piece { text: "published".into(), time: 1 }]),
        Some(Anchor::Time(index)) => at(Some(index)),
    };
    // The names of the record, which are those of TIMEX3.
    let modifier = read.modifier.map(|modifier| {
        let name = format!("{modifier:?}");
        let parted = name.chars().enumerate().flat_map(|(at, c)| {
            (at > 0 && c.is_uppercase()).then_some('_').into_iter().chain(c.to_uppercase())
        });
        parted.collect()
    });
    Row {
        head: head.into(),
        keys: vec![
            ("text", one(Some(read.span))),
            ("value", word(read.value.clone())),
            ("mod", word(modifier)),
            ("quant", word(read.quant.map(str::to_owned))),
            ("freq", word(read.freq.clone())),
            ("anchor", anchor),
            ("begin", at(read.begin)),
            ("end", at(read.end)),
            ("earliest", word(read.earliest.map(|day| day.to_string()))),
            ("latest", word(read.latest.map(|day| day.to_string()))),
            ("inferred", word(Some(read.inferred.join(",")))),
            ("maker", word(Some(read.maker.rule.into()))),
        ],
    }
}

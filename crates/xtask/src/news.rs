//! `cargo xtask news`: varied invented news, as many articles as asked for, from a seed.
//!
//! In: a count and a seed. Out: JSONL on standard output, the same bytes for the same seed. People, places and papers
//! are invented. Never: a file in the repository.
//! Next: `torture/mod.rs` puts them into a record and pulls the plug.

use std::fmt::Write as _;

/// Picks by a seed: SplitMix64, whose few lines every machine computes alike.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Dice {
        Dice(seed)
    }

    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % bound as u64) as usize
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}

const FIRST: &[&str] =
    &["Dana", "Tomas", "Ana", "Lim", "Petra", "Oskar", "Noor", "Emil", "Rhea", "Ivo", "Salma", "Bryn"];
const LAST: &[&str] = &[
    "Ruiz",
    "Ek",
    "Roz",
    "Vantrell",
    "Okafor",
    "Lindqvist",
    "Harrow",
    "Castellan",
    "Mbeki",
    "Stroud",
    "Quill",
    "Marsh",
];
const TITLE: &[&str] =
    &["Mayor", "Councilor", "Dr.", "Captain", "Judge", "Senator", "Commissioner", "Professor"];
const PLACE: &[&str] = &[
    "Port Ellis",
    "Harrowgate Bay",
    "Lindow",
    "Castle Marsh",
    "Quillby",
    "North Ferry",
    "Stroud Mills",
    "Tarn Valley",
];
const PAPER: &[&str] = &["Harbor Ledger", "Lindow Post", "Tarn Valley Courier", "The Quillby Times"];
const THING: &[&str] = &[
    "bridge",
    "ferry",
    "school budget",
    "water main",
    "hospital wing",
    "fish market",
    "rail line",
    "library",
    "flood wall",
    "power plant",
];
const STATE: &[&str] = &[
    "would open in May",
    "had cost too much",
    "was never inspected",
    "could not be saved",
    "would be sold",
    "was safe",
    "had to close",
    "needed another year",
];
const SAID: &[&str] =
    &["said", "told reporters", "wrote in a letter", "insisted", "added", "warned", "argued", "conceded"];
const DAY: &[&str] =
    &["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "last week", "in March", "two years ago"];
const WHY: &[&str] = &[
    "because the crane had not come",
    "after the storm broke the pier",
    "since nobody had paid the crew",
    "because two bearings were cracked",
];
const PLAIN: &[&str] = &[
    "Lorries were sent around the bay",
    "Some forty people stood in the rain",
    "The council meets again in autumn",
    "No one was hurt",
    "The doors stayed shut all morning",
    "A second report is due",
];
const NOBODY: &[&str] = &[
    "two officials briefed on the talks",
    "a person close to the council",
    "critics",
    "residents",
    "the inspector’s report",
];

/// Someone, by name.
struct Person {
    title: &'static str,
    first: &'static str,
    last: &'static str,
}

fn person(dice: &mut Dice) -> Person {
    Person { title: dice.pick(TITLE), first: dice.pick(FIRST), last: dice.pick(LAST) }
}

/// One article as a line of JSONL.
pub(crate) fn article(seed: u64, number: usize) -> String {
    let mut dice = Dice::new(seed ^ (number as u64).wrapping_mul(0xd6e8_feb8_6659_fd93));
    let (place, thing) = (dice.pick(PLACE), dice.pick(THING));
    let people = [person(&mut dice), person(&mut dice), person(&mut dice)];
    let mut text = format!("{} — ", place.to_uppercase());
    let sentences = 8 + dice.below(28);
    for at in 0..sentences {
        let who = &people[dice.below(people.len())];
        sentence(&mut text, &mut dice, who, place, thing);
        text.push_str(if at % 3 == 2 { "\n\n" } else { " " });
    }
    let title = format!("{place}: {thing} {}", dice.pick(STATE));
    let published =
        format!("20{:02}-{:02}-{:02}", 10 + dice.below(15), 1 + dice.below(12), 1 + dice.below(28));
    let article = serde_json::json!({
        "id": format!("news-{number}"), "title": title, "publisher": dice.pick(PAPER), "published": published,
        "url": format!("https://news.example/{number}"), "language": "en", "text": text.trim_end(),
    });
    article.to_string()
}

fn sentence(text: &mut String, dice: &mut Dice, who: &Person, place: &str, thing: &str) {
    let Person { title, first, last } = who;
    let (state, said, day, why) = (dice.pick(STATE), dice.pick(SAID), dice.pick(DAY), dice.pick(WHY));
    let (plain, nobody, number) = (dice.pick(PLAIN), dice.pick(NOBODY), 2 + dice.below(900));
    match dice.below(10) {
        0 => write!(text, "“The {thing} {state},” {title} {first} {last} {said} on {day}."),
        1 => write!(text, "{title} {last} {said} that the {thing} {state} {why}."),
        2 => write!(text, "“We counted {number} cracks,” {last} {said}. “Nobody {why}.”"),
        3 => write!(text, "According to {nobody}, the {thing} {state}."),
        4 => write!(text, "{plain}, and {number} households in {place} waited."),
        5 => write!(
            text,
            "{first} {last}, who was {} until 2019, called it “a {thing} of paint.”",
            title.to_lowercase()
        ),
        6 => {
            write!(text, "If the {thing} fails, the {place} council {said}, {number} people lose their work.")
        }
        7 => write!(text, "It {state} {why}, {nobody} said {day}."),
        8 => write!(text, "“They told me, ‘The {thing} {state},’” said {first} {last}."),
        _ => write!(text, "{plain}. {last} declined to say whether the {thing} {state}."),
    }
    .expect("writing to a string cannot fail");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_news() {
        let news = |seed| (0..50).map(|number| article(seed, number)).collect::<Vec<_>>();
        assert_eq!(news(1), news(1));
        assert_ne!(news(1), news(2));
        let mut once = news(1);
        once.sort();
        once.dedup();
        assert_eq!(once.len(), 50);
    }
}

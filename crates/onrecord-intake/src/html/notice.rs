//! Blocks that speak of the page and not of the news: "Sign up for our newsletter".
//!
//! In: the text of a block. Out: whether it is a notice. Only short blocks are, and only by words that pages of many
//! publishers share; the languages are those of the pages that the rules were measured on.

/// A notice is not longer.
const WORDS: usize = 60;

/// Whether a block is a notice.
pub(super) fn is_notice(text: &str) -> bool {
    // What begins in quotation marks is somebody's words.
    if text.split_whitespace().count() > WORDS || text.starts_with(['“', '"', '‘', '«', '„']) {
        return false;
    }
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    BEGINS.iter().any(|with| text.starts_with(with))
        || HOLDS.iter().any(|part| text.contains(part))
        || WHOLE.contains(&text.trim_end_matches([':', '.', '…', ' ', '>', '»']))
}

/// How notices begin.
const BEGINS: &[&str] = &[
    "sign up for",
    "sign up to",
    "subscribe to",
    "subscribe now",
    "read more:",
    "read also:",
    "read next:",
    "see also:",
    "also read:",
    "related:",
    "click here to",
    "follow us on",
    "like us on",
    "download our",
    "get the latest",
    "photo:",
    "image:",
    "video:",
    "photograph:",
    "listen to this article",
    "this article was originally published",
    "all rights reserved",
    "© ",
    "copyright ",
    "have a tip",
    "got a tip",
    "advertisement",
    "story continues below",
    "lesen sie auch",
    "lesen sie hier",
    "lesen sie mehr",
    "mehr zum thema",
    "auch interessant",
    "hier finden sie",
    "hören sie",
    "sehen sie hier",
    "an dieser stelle",
    "ein klick für den datenschutz",
    "lisez aussi",
    "à lire aussi",
    "lire aussi",
    "lea también",
    "leia também",
    "leia mais",
    "czytaj także",
    "czytaj też",
    "link zum",
    "quelle:",
    "foto:",
    "bild:",
    "stand:",
    "empfohlener redaktioneller inhalt",
    "dieses thema im programm",
    "sendung:",
];

/// What notices hold.
const HOLDS: &[&str] = &[
    "personenbezogene daten an drittplattformen",
    "externe inhalte angezeigt",
    "externer inhalt angezeigt",
    "externen inhalt, der den artikel",
    "unserer datenschutzerklärung",
    "invitation-only community",
    "unlimited access to",
    "subscriber-only",
    "terms of service apply",
    "privacy policy",
    "inhalte von youtube angezeigt",
    "mit einem klick anzeigen lassen",
];

/// What is a notice as a whole.
const WHOLE: &[&str] = &[
    "advertisement",
    "anzeige",
    "werbung",
    "publicité",
    "pubblicità",
    "publicidad",
    "read more",
    "mehr",
    "weiterlesen",
    "share",
    "teilen",
    "comments",
    "kommentare",
    "more from",
    "most popular",
    "recommended",
    "related articles",
    "related stories",
    "subscribe",
    "sign up",
    "ende der weiteren informationen",
    "inhalt",
    "story continues",
    "weitere informationen",
    "das könnte sie auch interessieren",
    "trending",
    "loading",
    "article continues below",
];

/// A line that is little more than a date or a time.
pub(super) fn is_date_line(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    digits >= 5 && letters <= digits * 2 && text.split_whitespace().count() <= 9
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notices() {
        for text in [
            "Sign up for our evening newsletter.",
            "READ MORE: The pier opens",
            "Advertisement",
            ">> Lesen Sie auch: Der Steg",
        ] {
            assert!(is_notice(text), "{text}");
        }
        for text in [
            "“Sign up for the march,” Ana Roz said.",
            "The copyright board met.",
            "More people came on Monday.",
            "Share prices fell.",
        ] {
            assert!(!is_notice(text), "{text}");
        }
    }

    #[test]
    fn lines_of_dates() {
        for text in ["28 April 2023, 17:40", "22.04.2024, 06:00 Uhr", "2023-04-28"] {
            assert!(is_date_line(text), "{text}");
        }
        for text in ["In 2023, 1,200 people came to the harbour.", "It rained."] {
            assert!(!is_date_line(text), "{text}");
        }
    }
}

//! Which of a page's titles is its headline?
//!
//! In: what the page gives as its title, in how many places it does. Out: one of them, without the name of the site. A
//! page has several headlines: for readers, for sharing, for search; which one a person would write down is decided
//! by the places alone, never by the name of a site.
//!
//! The weights were chosen on the pages of fundus in `eval/html.csv`, from 162 sets: chosen without the pages of one
//! publisher and asked on these, for each publisher in turn, they give what the publisher's parser gives on 122 of 137,
//! the title of OpenGraph on 112. Where the visible heading or an alternative headline got a weight, too, no more
//! were right. Missed: pages on which all for sharing is the headline and the data have one for search.

use super::choice::letters;

/// The titles that a page gives for machines, without the name of its site.
pub(super) struct Titles {
    /// For other sites: `og:title`.
    pub(super) open_graph: Option<String>,
    /// The headline of its article in JSON-LD.
    pub(super) headline: Option<String>,
    /// Other `meta` that have a title or a headline.
    pub(super) plain: Vec<String>,
    /// `twitter:title`.
    pub(super) twitter: Option<String>,
}

/// A title for other sites is mostly the headline.
const OPEN_GRAPH: i32 = 20;
/// What the data have as the headline is it nearly as often.
const HEADLINE: i32 = 19;
/// What speaks for either, and stands alone where there is neither.
const PLAIN: i32 = 10;
/// One title for all other sites was written for sharing.
const SHARED: i32 = -20;

impl Titles {
    /// The title for which most speaks; of equals, the first.
    pub(super) fn best(&self) -> Option<&String> {
        let mut best: Option<(&String, i32)> = None;
        for title in self.all() {
            let weight = self.weight(title);
            if best.is_none_or(|(_, most)| weight > most) {
                best = Some((title, weight));
            }
        }
        best.map(|(title, _)| title)
    }

    fn weight(&self, title: &String) -> i32 {
        let is = |own: &Option<String>| own.as_ref() == Some(title);
        let mut weight = 0;
        for (holds, its) in [
            (is(&self.open_graph), OPEN_GRAPH),
            (is(&self.headline), HEADLINE),
            (self.plain.contains(title), PLAIN),
            (is(&self.open_graph) && is(&self.twitter), SHARED),
        ] {
            weight += if holds { its } else { 0 };
        }
        weight
    }

    fn all(&self) -> impl Iterator<Item = &String> {
        let first = self.open_graph.iter().chain(&self.headline);
        first.chain(&self.twitter).chain(&self.plain)
    }

    /// All of them.
    pub(super) fn into_all(self) -> impl Iterator<Item = String> {
        let first = self.open_graph.into_iter().chain(self.headline);
        first.chain(self.twitter).chain(self.plain)
    }
}

/// A longer title is taken as it is.
const LONGEST_TITLE: usize = 2_000;

/// A headline of fewer letters may be a topic.
pub(super) const LETTERS_OF_A_HEADLINE: usize = 20;

/// The beginning of a title that is a headline the page gives elsewhere, too, without the topic and the site behind it.
/// Behind a long headline any mark may part them.
pub(super) fn confirmed<'a>(title: &'a str, sure: &[String]) -> &'a str {
    if title.len() > LONGEST_TITLE {
        return title;
    }
    let borders = [" | ", " – ", " — ", " - ", " · ", " • ", " :: ", " » "];
    let ends = borders.iter().flat_map(|border| title.match_indices(border)).map(|(at, _)| at);
    let mut beginnings = ends.map(|at| title[..at].trim_end());
    if let Some(beginning) = beginnings.find(|beginning| sure.contains(&letters(beginning))) {
        return beginning;
    }
    let marks = title.match_indices(['|', '*', '-', '–', '—', '·', '•', '»', 'ㅣ']);
    let mut beginnings = marks.map(|(at, _)| title[..at].trim_end());
    let is_sure = |beginning: &&str| {
        let own = letters(beginning);
        own.chars().count() >= LETTERS_OF_A_HEADLINE && sure.contains(&own)
    };
    beginnings.find(is_sure).unwrap_or(title)
}

/// A title without the name of its site behind a bar or a dash.
pub(super) fn without_site<'a>(title: &'a str, sites: &[&str]) -> &'a str {
    let mut title = title;
    if title.len() > LONGEST_TITLE {
        return title;
    }
    for border in [" | ", " – ", " — ", " - ", " · ", " • ", " :: ", " » "] {
        let is_site = |part: &str| {
            let part = letters(part);
            !part.is_empty()
                && sites.iter().any(|site| {
                    let site = letters(site);
                    !site.is_empty() && (site.contains(&part) || part.contains(&site))
                })
        };
        if let Some((rest, last)) = title.rsplit_once(border)
            && is_site(last)
        {
            title = rest.trim_end();
        }
        if let Some((first, rest)) = title.split_once(border)
            && is_site(first)
        {
            title = rest.trim_start();
        }
    }
    title
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_several() {
        let check = |[open_graph, headline, plain, twitter]: [&str; 4], expected: Option<&str>| {
            let of = |title: &str| (!title.is_empty()).then(|| title.to_owned());
            let titles = Titles {
                open_graph: of(open_graph),
                headline: of(headline),
                plain: of(plain).into_iter().collect(),
                twitter: of(twitter),
            };
            assert_eq!(
                titles.best().map(String::as_str),
                expected,
                "{open_graph} {headline} {plain} {twitter}"
            );
        };
        check(["The pier opens", "Pier: it opens", "", ""], Some("The pier opens"));
        // The same title for all other sites was written for sharing.
        check(
            ["You will love this pier", "Pier: it opens", "", "You will love this pier"],
            Some("Pier: it opens"),
        );
        check(["The pier opens", "", "", "The pier opens"], Some("The pier opens"));
        // A third place decides.
        check(["The pier opens", "Pier: it opens", "Pier: it opens", ""], Some("Pier: it opens"));
        check(["The pier opens", "The pier opens", "Pier", "The pier opens"], Some("The pier opens"));
        check(["", "", "Pier: it opens", "The pier"], Some("Pier: it opens"));
        check(["", "", "", ""], None);
    }

    #[test]
    fn names_of_sites() {
        let check = |title, expected| {
            let sure = [letters("The long old pier opens again")];
            assert_eq!(confirmed(without_site(title, &["Coast Post"]), &sure), expected, "{title}");
        };
        check("The pier opens - Coast Post", "The pier opens");
        check("Coast Post | The pier opens", "The pier opens");
        check("The long old pier opens again | News | Daily", "The long old pier opens again");
        check("The long old pier opens again-news", "The long old pier opens again");
        check("The pier opens - and closes", "The pier opens - and closes");
    }
}

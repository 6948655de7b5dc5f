use super::*;
use crate::format::sample;

/// Every tag of the page, as written.
fn tags(page: &str) -> Vec<&str> {
    page.split('<').skip(1).map(|rest| rest.split('>').next().unwrap()).collect()
}

#[test]
fn everything_is_shown() {
    let page = page(&sample::bridge(), Text::Keep);
    insta::assert_snapshot!(page.split_once("<body>").unwrap().1);
}

#[test]
fn tags_are_closed_in_order() {
    let page = page(&sample::bridge(), Text::Keep);
    let mut open = Vec::new();
    for tag in tags(&page).into_iter().filter(|tag| !tag.starts_with("!doctype") && !tag.starts_with("meta"))
    {
        match tag.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name), "</{name}>"),
            None => open.push(tag.split(' ').next().unwrap()),
        }
    }
    assert_eq!(open, Vec::<&str>::new());
}

#[test]
fn the_policy_allows_the_style_sheet_and_nothing_else() {
    let page = page(&sample::bridge(), Text::Keep);
    let digest =
        base64(&Sha256::digest(page.split("<style>").nth(1).unwrap().split("</style>").next().unwrap()));
    let policy =
        format!("default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'");
    assert!(page.contains(&policy), "{policy}");
    assert!(!CSS.contains("url(") && !CSS.contains("@import") && !CSS.contains('<'));
    assert!(tags(&page).iter().all(|tag| !tag.contains("style=") && !tag.starts_with("script")));
}

#[test]
fn links_lead_somewhere() {
    let check = |page: &str| {
        for href in tags(page).iter().filter_map(|tag| tag.split("href=\"#").nth(1)) {
            let id = href.split('"').next().unwrap();
            assert_eq!(page.matches(&format!("id=\"{id}\"")).count(), 1, "{id}");
        }
    };
    check(&page(&sample::bridge(), Text::Keep));
    check(&page(&sample::bridge(), Text::Omit));
}

#[test]
fn only_web_addresses_are_links() {
    assert!(link("https://e.example/?a=\"b\"").starts_with("<a href=\"https://e.example/?a=&quot;b&quot;\""));
    assert!(link("HTTP://e.example/").starts_with("<a "));
    for bad in ["javascript:alert(1)", "data:text/html,x", "//e.example", "", " https://e.example", "é"] {
        assert!(!link(bad).contains("<a"), "{bad}");
    }
}

#[test]
fn base64_of_known_bytes() {
    let check = |bytes: &[u8], expected: &str| assert_eq!(base64(bytes), expected);
    check(b"", "");
    check(b"f", "Zg==");
    check(b"fo", "Zm8=");
    check(b"foo", "Zm9v");
    check(b"foob", "Zm9vYg==");
    check(&[0xfb, 0xff, 0xfe], "+//+");
}

#[test]
fn what_stands_outside_paragraphs_is_shown() {
    let check = |text: &str, expected: &[&str]| {
        let article = sample::article(onrecord::Article::new(text), &[]);
        let found: Vec<&str> =
            blocks(&article.document).iter().map(|&span| article.document.slice(span).trim()).collect();
        assert_eq!(found, expected, "{text:?}");
    };
    check("", &[]);
    check("\u{feff} \n", &[]);
    check("One.\n\n Two.\n", &["One.", "Two."]);
    check("\u{feff}One.\n\n\u{200b}\n\nTwo.", &["One.", "\u{200b}", "Two."]);
    check("\u{202e}One.\u{202c}\n\u{202e}Two.", &["\u{202e}One.\u{202c}", "\u{202e}Two."]);
}

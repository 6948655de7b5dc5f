//! Nothing of an article runs in a page.

use crate::command::Folder;

const HOSTILE: &[&str] = &[
    "<script>alert(1)</script>",
    "</p></article><script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "]]><svg/onload=alert(1)>",
    "<!--",
    "-->",
    "<![CDATA[",
    "</style><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "https://e.example/\"onclick=\"alert(1)",
    "&lt;script&gt;",
    "&#60;script&#62;",
    "{{7*7}}",
    "\u{202e}gnp.eman\u{202c}",
    "\u{2067}a\u{2069}",
    "\u{8}\u{1b}[31m",
    "\u{2028}</script>",
    "<b\u{200b}>",
];

/// The tags and attributes that pages are made of.
const TAGS: &str = "html head meta title style body header h1 h2 p main article section ol ul li bdi a div span code \
    blockquote time table thead tbody tr th td svg defs marker path rect text tspan";
const ATTRIBUTES: &str = "lang charset http-equiv content name class id href rel dir title datetime scope \
    aria-label aria-labelledby role width height viewBox d x y rx refX refY markerWidth markerHeight orient marker-end";

/// Fails unless every tag is one of ours and every link leads where links may lead.
fn check(page: &str) {
    assert!(page.starts_with("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"));
    for tag in page["<!doctype html>".len()..].split('<').skip(1) {
        let (tag, text) = tag.split_once('>').expect("every tag ends");
        assert!(!text.contains('>'), "{text:?}");
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        assert!(TAGS.split_whitespace().any(|known| known == name.trim_start_matches('/')), "<{tag}>");
        let mut rest = attributes;
        while !rest.is_empty() {
            let (name, value) = rest.split_once("=\"").unwrap_or_else(|| panic!("<{tag}>"));
            let (value, after) = value.split_once('"').unwrap_or_else(|| panic!("<{tag}>"));
            assert!(ATTRIBUTES.split_whitespace().any(|known| known == name), "<{tag}>");
            let leads = ["#", "./", "http://", "https://"].iter().any(|start| value.starts_with(start));
            assert!(name != "href" || leads, "<{tag}>");
            rest = after.trim_start_matches(' ');
        }
    }
    let hidden = page.chars().find(|&c| {
        (c.is_control() && c != '\n')
            || ('\u{200b}'..='\u{206f}').contains(&c) && !matches!(c, '\u{2010}'..='\u{2027}')
    });
    assert_eq!(hidden, None);
}

#[test]
fn hostile_strings_are_shown_and_never_run() {
    let folder = Folder::new();
    let mut lines = String::new();
    for text in HOSTILE {
        let body =
            format!("“{text},” said {text} Smith of {text}.\n\n{text}\n\n“A ‘{text}’ it is,” Ana Roz said.");
        let article = serde_json::json!({
            "text": body, "title": text, "url": text, "publisher": text, "published": text, "language": text, "id": text,
        });
        lines += &(article.to_string() + "\n");
    }
    folder.write("hostile.jsonl", &lines);
    let run = folder.run(&["read", "--format", "html", "--out", "pages", "hostile.jsonl"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let names = folder.names("pages");
    assert_eq!(names.len(), HOSTILE.len() + 1);
    for name in &names {
        check(&folder.read(&format!("pages/{name}")));
    }
    let all: String = names.iter().map(|name| folder.read(&format!("pages/{name}"))).collect();
    for shown in [
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "&quot;&gt;&lt;img src=x onerror=alert(1)&gt;",
        "]]&gt;&lt;svg",
        "\\u{202e}gnp.eman",
    ] {
        assert!(all.contains(shown), "{shown}");
    }
}

#[test]
fn hostile_file_names_are_shown_and_never_run() {
    let folder = Folder::new();
    folder.write("\"><img src=x onerror=alert(1)>\u{202e}.txt", "“It rained,” Ana Roz said.");
    folder.write("a.txt", "“It rained,” Ana Roz said.");
    folder.stdout(&["read", "--format", "html", "--out", "../pages/".trim_start_matches("../"), "."]);
    for name in folder.names("pages") {
        check(&folder.read(&format!("pages/{name}")));
    }
}

#[test]
fn the_check_finds_what_it_must() {
    let folder = Folder::with_articles();
    let page = folder.stdout(&["read", "--format", "html", "bridge.txt"]);
    check(&page);
    for (from, to) in [
        ("<p", "<script"),
        ("class=", "onclick="),
        ("href=\"#", "href=\"javascript:"),
        ("Ruiz", "\u{202e}"),
        ("Ruiz", "a > b"),
    ] {
        let broken = page.replacen(from, to, 1);
        assert!(broken != page && std::panic::catch_unwind(|| check(&broken)).is_err(), "{to}");
    }
}

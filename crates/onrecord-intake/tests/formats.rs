//! Every format with articles written here: what each gives, and what it refuses.
#![cfg(test)]

use std::io::{Cursor, Write as _};

use flate2::Compression;
use flate2::write::GzEncoder;
use onrecord_intake::{Item, Key, Outcome, Reason, articles};

const PAGE: &str = r#"<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><title>Pier to open in May | The Harbour Post</title>
<meta property="og:title" content="Pier to open in May"><meta property="og:site_name" content="The Harbour Post">
<link rel="canonical" href="https://harbour.example/2024/05/08/pier">
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Pier to open in May",
"datePublished": "2024-05-08T09:30:00+01:00", "author": [{"@type": "Person", "name": "Ana Roz"}]}</script></head>
<body><nav><a href="/">Home</a> <a href="/news">All the news of the town and its harbour</a></nav>
<article><h1>Pier to open in May</h1><p class="byline">By Ana Roz</p>
<p>The old pier will open to walkers in May, Mayor Dana Ruiz told the council on Tuesday, three years after the storm
that took its roof and a year later than the town had hoped for.</p>
<blockquote><p>“We will open in May,” she said. “Not before.”</p></blockquote>
<figure><img src="pier.jpg"><figcaption>The pier on a calm day. Photo: Tomas Ek</figcaption></figure>
<p style="display:none">Nobody sees this paragraph, and nobody said “I confess” in it.</p>
<!-- “I confess,” said the mayor. -->
<p>The work had cost twice what was planned, the town’s engineer said, and the lorries would have to wait until the
autumn before they could cross the bridge to the new quay again.</p>
<div class="related-links"><h3>Related</h3><ul><li><a href="/a">Storm takes the roof of the pier</a></li></ul></div>
<script>document.write("“I confess,” said the script.")</script>
</article><footer>Copyright The Harbour Post</footer></body></html>"#;

fn outcomes(input: &[u8]) -> Vec<Outcome> {
    articles("in", input).collect()
}

fn items(input: &[u8]) -> Vec<Item> {
    let items = outcomes(input).into_iter().filter_map(|outcome| match outcome {
        Outcome::Article(item) => Some(*item),
        Outcome::Record(_) | Outcome::Refused(_) => None,
    });
    items.collect()
}

/// The outcomes of an input, a line each: the beginning of the text, or the reason.
fn told(input: &[u8]) -> Vec<String> {
    let told = outcomes(input).into_iter().map(|outcome| match outcome {
        Outcome::Article(item) => {
            let notes: Vec<String> = item.notes.iter().map(|note| format!(" [{}]", note.code)).collect();
            format!(
                "{} {}{}",
                item.place,
                item.article.text.chars().take(20).collect::<String>(),
                notes.concat()
            )
        }
        Outcome::Record(record) => format!("{} record", record.place),
        Outcome::Refused(error) => format!("{} ! {}", error.place(), error.reason()),
    });
    told.collect()
}

fn check(input: impl AsRef<[u8]>, expected: &[&str]) {
    assert_eq!(told(input.as_ref()), expected);
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn a_page() {
    let item = items(PAGE.as_bytes()).remove(0);
    let article = &item.article;
    let paragraphs: Vec<&str> = article.text.split("\n\n").collect();
    assert_eq!(paragraphs.len(), 3, "{}", article.text);
    assert!(paragraphs[0].starts_with("The old pier will open to walkers in May, Mayor Dana Ruiz told"));
    assert_eq!(paragraphs[1], "“We will open in May,” she said. “Not before.”");
    assert!(paragraphs[2].ends_with("to the new quay again."));
    assert_eq!(article.title.as_deref(), Some("Pier to open in May"));
    assert_eq!(article.url.as_deref(), Some("https://harbour.example/2024/05/08/pier"));
    assert_eq!(article.publisher.as_deref(), Some("The Harbour Post"));
    assert_eq!(article.published.as_deref(), Some("2024-05-08T09:30:00+01:00"));
    assert_eq!(article.language.as_deref(), Some("en-GB"));
    assert_eq!(item.byline.as_deref(), Some("Ana Roz"));
    assert_eq!(item.inferred, [Key::Text]);
    assert_eq!(item.raw.bytes, PAGE.as_bytes());
    assert_eq!((item.raw.media_type, item.raw.encoding), ("text/html", "UTF-8"));
}

/// Without what it states, a page has its address, its first heading and its times.
#[test]
fn what_a_page_does_not_state_is_inferred() {
    let head = PAGE.find("<meta property").unwrap()..PAGE.find("</head>").unwrap();
    let mut page = PAGE.to_owned();
    page.replace_range(head, r#"<link rel="canonical" href="https://www.harbour.example/2024/05/08/pier">"#);
    let item = items(page.as_bytes()).remove(0);
    assert_eq!(item.article.title.as_deref(), Some("Pier to open in May"));
    assert_eq!(item.article.publisher.as_deref(), Some("harbour.example"));
    assert_eq!(item.article.published.as_deref(), Some("2024-05-08"));
    assert_eq!(item.inferred, [Key::Text, Key::Title, Key::Publisher, Key::Published]);
}

/// Which headline a page has, of those that it gives.
#[test]
fn headlines() {
    let check = |head: &str, heading: &str, expected: &str| {
        let body = "<p>The ferry left at nine, the harbor master said, and it was full to the last seat.</p>";
        let page = format!(
            "<html><head>{head}</head><body><article><h1>{heading}</h1>{body}</article></body></html>"
        );
        let item = items(page.as_bytes()).remove(0);
        assert_eq!(item.article.title.as_deref(), Some(expected), "{head}");
    };
    let open_graph = |title: &str| format!("<meta property='og:title' content=\"{title}\">");
    let stated = |title: &str| {
        format!(
            "<script type='application/ld+json'>{{\"@type\":\"NewsArticle\",\"headline\":\"{title}\"}}</script>"
        )
    };
    let full = "The ferry was full to the last seat";
    check(&open_graph("Ferry full | The Harbour Post"), "Ferry full", "Ferry full");
    // A mark without blanks parts the headline from topic and site, where the page gives the same headline elsewhere.
    check(&open_graph(&format!("{full}-politics|Harbour")), full, full);
    check(&open_graph(&format!("{full} * The Post * by Ana Roz")), full, full);
    check(&open_graph("Ferry-bound"), "Ferry", "Ferry-bound");
    // A topic before it is cut off where heading and data agree.
    let with_topic = format!("Harbour news: {full} | Local");
    check(&(open_graph(&with_topic) + &stated(full)), full, full);
    check(&(open_graph(&with_topic) + &stated("Full ferry")), full, &with_topic);
    // What is given to other sites stands, where it is another headline.
    check(&(open_graph("No seat left on the ferry") + &stated(full)), full, "No seat left on the ferry");
    // One title for all other sites was written for sharing.
    let shared =
        open_graph("Guess who missed it") + "<meta name='twitter:title' content='Guess who missed it'>";
    check(&(shared.clone() + &stated(full)), "Ferry", full);
    check(&shared, "Ferry", "Guess who missed it");
}

#[test]
fn what_is_said_twice() {
    let twice = "The ferry left at nine, the harbor master said, and it was full to the last seat.";
    let other =
        "Nobody was hurt, and the quay stays open all week for those who wait for the next ferry home.";
    let texts = |body: &str| {
        let page = format!("<html><body><article>{body}</article></body></html>");
        items(page.as_bytes()).remove(0).article.text
    };
    // A refrain, in one place.
    let refrain = texts(&format!("<p>{twice}</p><p>{other}</p><p>{twice}</p>"));
    assert_eq!(refrain, [twice, other, twice].join("\n\n"));
    // For narrow screens and wide ones, in two.
    let twins = texts(&format!("<div><p>{twice}</p></div><div><p>{twice}</p><p>{other}</p></div>"));
    assert_eq!(twins, [twice, other].join("\n\n"));
    // A refrain in two places, each with something of its own.
    let third =
        "The harbor master went home at ten, when the last of those who had waited was gone from the quay.";
    let apart =
        texts(&format!("<div><p>{other}</p><p>{twice}</p></div><div><p>{third}</p><p>{twice}</p></div>"));
    assert_eq!(apart, [other, twice, third, twice].join("\n\n"));
}

/// Links lead away from the article where they stand as a list; else they are read.
#[test]
fn links_and_lists() {
    let first = "The ferry left at nine, the harbor master said, and it was full to the last seat.";
    let last =
        "Nobody was hurt, and the quay stays open all week for those who wait for the next ferry home.";
    let texts = |body: &str| {
        let page = format!("<html><body><article><p>{first}</p>{body}<p>{last}</p></article></body></html>");
        items(page.as_bytes()).remove(0).article.text
    };
    let check = |body: &str, between: &[&str]| {
        let lines: Vec<&str> = [first].iter().chain(between).chain(&[last]).copied().collect();
        assert_eq!(texts(body), lines.join("\n\n"), "{body}");
    };
    let link = |text: &str| format!("<a href='/other'>{text}</a>");
    let (harbour, engine) = ("The harbour is full of ice again", "An engine that nobody could repair");
    check(&format!("<ul><li>{}</li><li>{}</li></ul>", link(harbour), link(engine)), &[]);
    // Short items come back with the long ones.
    let lead = "These are missing from the ferry today:";
    let short = ["Rope", "A new engine, she said on Monday, that somebody can repair", "Oil"];
    let markup = short.map(|item| format!("<li>{item}</li>")).concat();
    check(&format!("<p>{lead}</p><ul>{markup}</ul>"), &[&[lead], &short[..]].concat());
    // A page that is all links has them for its text.
    let page = format!(
        "<html><body><article><p>{}</p><ul><li>{}</li></ul></article></body></html>",
        link(first),
        link(last)
    );
    assert_eq!(items(page.as_bytes()).remove(0).article.text, [first, last].join("\n\n"));
}

#[test]
fn encodings_of_a_page() {
    let page = |head: &str| {
        format!(
            "<html><head>{head}</head><body><article><p>“Café,” said José Roz, and the rain fell on the harbour all day long.</p></article>"
        )
    };
    let check = |bytes: &[u8], encoding: &str| {
        let item = items(bytes).remove(0);
        assert!(item.article.text.starts_with("“Café,” said José"), "{encoding}: {}", item.article.text);
        assert_eq!(item.raw.encoding, encoding);
    };
    let latin = encoding_rs::WINDOWS_1252.encode(&page("<meta charset=iso-8859-1>")).0.into_owned();
    check(&latin, "windows-1252");
    let named_later = encoding_rs::WINDOWS_1252
        .encode(&page("<meta http-equiv=Content-Type content='text/html; charset=latin1'>"))
        .0
        .into_owned();
    check(&named_later, "windows-1252");
    check(page("").as_bytes(), "UTF-8");
    check(format!("\u{feff}{}", page("<meta charset=iso-2022-jp>")).as_bytes(), "UTF-8");
    check(page("<meta charset=utf-16>").as_bytes(), "UTF-8");
    // Saved as UTF-8, with the old name left in.
    check(page("<meta charset=windows-1251>").as_bytes(), "UTF-8");
    let wide: Vec<u8> = format!("\u{feff}{}", page("")).encode_utf16().flat_map(u16::to_le_bytes).collect();
    check(&wide, "UTF-16LE");
}

#[test]
fn a_page_without_an_article() {
    check("<html><body><nav><a href=/>Home</a></nav></body></html>", &["in ! no_body"]);
}

#[test]
fn csv() {
    let table = "\u{feff}id;title;text;published\r\n1;Pier;\"“It rained;” she\nsaid.\";2024-05-08\r\n2;None;;\r\n3;Short;It rained.\r\n";
    check(
        table,
        &["in:row 1 “It rained;” she\nsai", "in:row 2 ! no_body", "in:row 3 It rained. [bad_value]"],
    );
    let first = items(table.as_bytes()).remove(0);
    assert_eq!(first.article.id.as_deref(), Some("1"));
    assert_eq!(first.article.published.as_deref(), Some("2024-05-08"));
    let again = items(&first.raw.bytes).remove(0);
    assert_eq!(again.article, first.article);
    check("text,\u{201c}It rained\u{201d}\nand more\n", &["in text,“It rained”\nand"]);
    check("Text, they said, is cheap.\nSo is paper.\n", &["in Text, they said, is "]);
}

const RSS: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>The Harbour Post</title><language>en</language>
<item><title>Pier &amp; quay</title><link>https://harbour.example/pier</link><guid isPermaLink="false">p1</guid>
<pubDate>Wed, 08 May 2024 09:30:00 GMT</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>“It rained,” Ana Roz said.</p><p>Then it stopped.</p>]]></content:encoded></item>
<item><title>A link alone</title><link>javascript:alert(1)</link><description>Short.</description></item>
</channel></rss>"#;

#[test]
fn rss() {
    check(RSS, &["in:item 1 “It rained,” Ana Roz", "in:item 2 ! no_body"]);
    let item = items(RSS.as_bytes()).remove(0);
    assert_eq!(item.article.text, "“It rained,” Ana Roz said.\n\nThen it stopped.");
    assert_eq!(item.article.title.as_deref(), Some("Pier & quay"));
    assert_eq!(item.article.id.as_deref(), Some("p1"));
    assert_eq!(item.article.url.as_deref(), Some("https://harbour.example/pier"));
    assert_eq!(item.article.publisher.as_deref(), Some("The Harbour Post"));
    assert_eq!(item.article.published.as_deref(), Some("2024-05-08T09:30:00Z"));
    assert_eq!(item.article.language.as_deref(), Some("en"));
    let raw = String::from_utf8(item.raw.bytes).unwrap();
    assert!(raw.starts_with("<item><title>Pier") && raw.ends_with("</item>"), "{raw}");
}

#[test]
fn atom() {
    let feed = r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Post</title>
<entry><title type="html">Pier &amp;amp; quay</title><id>urn:1</id><link rel="self" href="https://x.example/self"/><link href="https://x.example/1"/>
<updated>2024-05-09T00:00:00Z</updated><author><name>Ana Roz</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>1 &lt; 2, she said.</p><p>So it was.</p></div></content></entry></feed>"#;
    let item = items(feed.as_bytes()).remove(0);
    assert_eq!(item.article.text, "1 < 2, she said.\n\nSo it was.");
    assert_eq!(item.article.title.as_deref(), Some("Pier & quay"));
    assert_eq!(item.article.url.as_deref(), Some("https://x.example/1"));
    assert_eq!(item.byline.as_deref(), Some("Ana Roz"));
    assert_eq!(
        (item.article.published.as_deref(), &item.inferred[..]),
        (Some("2024-05-09T00:00:00Z"), &[Key::Published][..])
    );
}

#[test]
fn xml_that_is_refused() {
    let entity = RSS.replacen("<rss", "<!DOCTYPE l [<!ENTITY a \"b\">]><rss", 1);
    check(entity, &["in ! unsupported"]);
    check("<?xml version=\"1.0\"?><nitf><body/></nitf>", &["in ! unsupported"]);
    check("<rss><channel/></rss>", &["in ! no_body"]);
    let cut = &RSS[..RSS.find("Then it").unwrap()];
    assert!(
        told(cut.as_bytes())[0].starts_with("in ! broken") || told(cut.as_bytes())[0].contains("cut_short")
    );
}

#[test]
fn ninjs() {
    let one = r#"{"uri": "https://n.example/1", "headline": "Pier", "byline": "Ana Roz", "versioncreated": "2024-05-08T10:00:00Z",
        "body_text": "It rained.", "body_xhtml": "<p>“It rained,” she said.</p><p>So.</p>", "language": "en"}"#;
    let item = items(one.as_bytes()).remove(0);
    assert_eq!(item.article.text, "“It rained,” she said.\n\nSo.");
    assert_eq!(item.article.id.as_deref(), Some("https://n.example/1"));
    assert_eq!(item.inferred, [Key::Published]);
    let two = r#"{"uri": "urn:2", "headlines": [{"role": "main", "value": "Pier"}], "bodies": [{"contentType": "text/plain", "value": "It rained."}], "firstCreated": "2024-05-08"}"#;
    let both =
        format!("{}\n{two}\n{}\n", one.replace('\n', " "), r#"{"uri": "urn:3", "headline": "A picture"}"#);
    check(both, &["in:1 “It rained,” she sai", "in:2 It rained.", "in:3 ! no_body"]);
}

/// A DOCX document of these files.
fn zip(files: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn docx() {
    let body = r#"<?xml version="1.0"?><w:document xmlns:w="w"><w:body>
        <w:p><w:r><w:t>“It </w:t></w:r><w:ins><w:r><w:t>rained,” &amp; so</w:t></w:r></w:ins><w:del><w:r><w:delText>snowed</w:delText></w:r></w:del></w:p>
        <w:p><w:r><w:t>Then</w:t><w:br/><w:t>it stopped.</w:t></w:r></w:p></w:body></w:document>"#;
    let core =
        "<cp:coreProperties><dc:title>Pier</dc:title><dc:creator>Ana Roz</dc:creator></cp:coreProperties>";
    let document =
        zip(&[("[Content_Types].xml", "<Types/>"), ("word/document.xml", body), ("docProps/core.xml", core)]);
    let item = items(&document).remove(0);
    assert_eq!(item.article.text, "“It rained,” & so\n\nThen\nit stopped.");
    assert_eq!((item.article.title.as_deref(), item.byline.as_deref()), (Some("Pier"), Some("Ana Roz")));
    assert_eq!(item.raw.bytes, document);
    check(zip(&[("archive/a.warc", "WARC/1.0")]), &["in ! unsupported"]);
    check(zip(&[("[Content_Types].xml", "<Types/>"), ("xl/workbook.xml", "")]), &["in ! unsupported"]);
    check(&document[..document.len() / 2], &["in ! broken"]);
}

fn record(kind: &str, http: &str, body: &[u8]) -> Vec<u8> {
    let block = [http.as_bytes(), body].concat();
    let header = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Date: 2024-05-09T01:02:03Z\r\nWARC-Target-URI: https://x.example/pier\r\nContent-Length: {}\r\n\r\n",
        block.len()
    );
    [header.as_bytes(), &block, b"\r\n\r\n"].concat()
}

const OK: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n";

fn page(number: u8) -> Vec<u8> {
    let sentence = "and the rain went on over the harbour until the evening came";
    let page = format!(
        "<html><body><article><p>Page {number}: “It rained,” Ana Roz said, {sentence}.</p></article></body></html>"
    );
    record("response", OK, page.as_bytes())
}

#[test]
fn warc() {
    let request = record("request", "GET / HTTP/1.1\r\n\r\n", b"");
    let gone = record("response", "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n", b"<p>Gone");
    let picture = record("response", "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n", b"\x89PNG");
    let parts = [request, page(1), gone, picture, page(2)];
    let expected = [
        "in:record 2 Page 1: “It rained,”",
        "in:record 3 ! not_ok",
        "in:record 4 ! not_html",
        "in:record 5 Page 2: “It rained,”",
        "in ! no_response",
    ];
    check(parts.concat(), &expected);
    let packed: Vec<u8> = parts.iter().flat_map(|part| gzip(part)).collect();
    check(&packed, &expected);
    check(gzip(&parts.concat()), &expected);
    let item = items(&parts.concat()).remove(0);
    assert_eq!(item.article.url.as_deref(), Some("https://x.example/pier"));
    assert_eq!(item.fetched.as_deref(), Some("2024-05-09T01:02:03Z"));
    assert!(item.raw.bytes.starts_with(b"<html>"));
}

#[test]
fn bodies_of_responses() {
    let html = b"<html><body><article><p>\xe2\x80\x9cIt rained,\xe2\x80\x9d Ana Roz said to the paper on Monday evening.</p></article>";
    let chunk = |bytes: &[u8]| [format!("{:x}\r\n", bytes.len()).as_bytes(), bytes, b"\r\n"].concat();
    let chunked = [chunk(&html[..30]), chunk(&html[30..]), b"0\r\n\r\n".to_vec()].concat();
    let head = |fields: &str| format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{fields}\r\n");
    for (fields, body) in [
        ("Transfer-Encoding: chunked\r\n", chunked),
        ("Content-Encoding: gzip\r\n", gzip(html)),
        ("Content-Encoding: gzip, gzip\r\n", gzip(&gzip(html))),
        // The archive kept the header of a body that it had unpacked.
        ("Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n", html.to_vec()),
    ] {
        check(record("response", &head(fields), &body), &["in:record 1 “It rained,” Ana Roz"]);
    }
    check(record("response", &head("Content-Encoding: br\r\n"), b"x"), &["in:record 1 ! unsupported"]);
    let cut = gzip(html);
    let cut = record("response", &head("Content-Encoding: gzip\r\n"), &cut[..cut.len() - 9]);
    check(cut, &["in:record 1 “It rained,” Ana Roz [cut_short]"]);
}

/// A record that lies of its length costs itself at most.
#[test]
fn broken_records() {
    for length in ["10", "9999", "-5", "9223372036854775807", "18446744073709551621", "abc", "", "0x10"] {
        let middle = String::from_utf8(page(2)).unwrap();
        let from = middle.find("Content-Length: ").unwrap() + 16;
        let to = from + middle[from..].find('\r').unwrap();
        let mut middle = middle.clone();
        middle.replace_range(from..to, length);
        let parts = [page(1), middle.into_bytes(), page(3)];
        let found = told(&parts.concat());
        assert_eq!(found.len(), 3, "{length}: {found:?}");
        assert!(found[0].contains("Page 1") && found[2].contains("Page 3"), "{length}: {found:?}");
        assert!(found[1].contains("Page 2") && found[1].contains("[cut_short]"), "{length}: {found:?}");
        let packed: Vec<u8> = parts.iter().flat_map(|part| gzip(part)).collect();
        assert_eq!(told(&packed), found, "{length}");
    }
    let garbage = [gzip(&page(1)), b"\0\0garbage".to_vec(), gzip(&page(2))].concat();
    let found = told(&garbage);
    assert!(found[0].contains("Page 1") && found.last().unwrap().contains("Page 2"), "{found:?}");
}

#[test]
fn packed_files() {
    check(gzip(b"It rained."), &["in It rained."]);
    check(gzip(b"{\"text\": \"a\"}\n{\"text\": \"b\"}\n"), &["in:1 a", "in:2 b"]);
    check([gzip(b"It "), gzip(b"rained.")].concat(), &["in It rained."]);
    check(gzip(&gzip(b"It rained.")), &["in ! unsupported"]);
    let zstandard = ruzstd::encoding::compress_to_vec(
        &b"{\"text\": \"a\"}\n"[..],
        ruzstd::encoding::CompressionLevel::Fastest,
    );
    check(zstandard, &["in:1 a"]);
    check(b"\x28\xb5\x2f\xfd broken", &["in ! broken"]);
    let packed = gzip(PAGE.as_bytes());
    assert_eq!(items(&packed)[0].article, items(PAGE.as_bytes())[0].article);
    check(&packed[..packed.len() - 20], &["in ! broken"]);
}

#[test]
fn every_reason_has_its_code() {
    for &reason in Reason::ALL {
        assert_eq!(Reason::of_code(reason.code()), Some(reason));
    }
    assert_eq!(Reason::of_code("else"), None);
}

//! Articles with hand-made rows, so that formats are tested apart from reading.

use onrecord::read::Maker;
use onrecord::read::quote::{Attribution, Form, Polarity, Rejected, Speaker, SpeakerKind, Stance};
use onrecord::record::{Claims, Said};
use onrecord::{Article, Engine, Span, Warning};

use super::ReadArticle;

/// Rows `a1`, `a2` … that have nothing but a content.
pub(crate) fn claims(contents: &[(usize, usize)]) -> Claims {
    let rows = contents.iter().map(|&(start, end)| row(Vec::new(), Vec::new(), vec![Span::new(start, end)]));
    numbered(rows.collect())
}

/// The text with `rows`, each a source, a cue and contents as they stand in the text.
pub(crate) fn article(article: Article, rows: &[(&str, &str, &[&str])]) -> ReadArticle {
    let find = |piece: &str| {
        let start = article.text.find(piece).expect("the sample holds its pieces");
        Span::new(start, start + piece.len())
    };
    let all = |pieces: &[&str]| -> Vec<Span> {
        pieces.iter().filter(|piece| !piece.is_empty()).map(|piece| find(piece)).collect()
    };
    let rows = rows.iter().map(|(source, cue, contents)| row(all(&[source]), all(&[cue]), all(contents)));
    let claims = numbered(rows.collect());
    let place = onrecord_intake::articles("bridge.txt", &b"x"[..]).next();
    let Some(onrecord_intake::Outcome::Article(item)) = place else {
        panic!("a text is an article: {place:?}")
    };
    let place = item.place;
    ReadArticle { place, claims, document: Engine::new().document(article) }
}

fn row(source: Vec<Span>, cue: Vec<Span>, content: Vec<Span>) -> Attribution {
    let stance = (!cue.is_empty()).then_some(Stance::Say);
    Attribution {
        form: Form::Direct,
        source,
        cue,
        content,
        stance,
        polarity: stance.map(|_| Polarity::Positive),
        speakers: Vec::new(),
        inside: None,
        inferred: Vec::new(),
        maker: Maker { rule: "quote/sample", reads: "“…,” said Ruiz", score: 0.875 },
        rejected: Vec::new(),
    }
}

fn numbered(rows: Vec<Attribution>) -> Claims {
    let attributions = rows.into_iter().enumerate();
    let attributions = attributions.map(|(i, attribution)| Said {
        id: format!("a{}", i + 1),
        attribution,
        inside: None,
        when: None,
    });
    Claims {
        model: None,
        article_id: "sample".to_owned(),
        text_sha256: String::new(),
        attributions: attributions.collect(),
        people: onrecord::read::people::Reading::default(),
        ids: Vec::new(),
        times: Vec::new(),
        cause: onrecord::read::cause::Reading::default(),
        warnings: Vec::new(),
    }
}

/// An article with everything that a format must be able to show: several pieces, nesting, an inferred speaker, a
/// quotation without a source, markup and characters that act, a warning.
pub(crate) fn bridge() -> ReadArticle {
    let text = "PORT ALMOND, March 5, 2019 — “The bridge will close on Monday,” said Mayor Dana Ruiz. “Not before.”\n\
        \n\
        “It was <b>never</b> safe,” she said. “Ask Pavel Lind, who told me ‘we knew’ last year.”\n\
        \u{202e}“No comment.”\u{202c}\n";
    let given = Article {
        title: Some("Bridge & <tunnel>".to_owned()),
        publisher: Some("Port Almond Courier".to_owned()),
        url: Some("https://courier.example/bridge?a=1&b=2".to_owned()),
        ..Article::new(text)
    };
    let mut read = article(
        given,
        &[
            ("Mayor Dana Ruiz", "said", &["“The bridge will close on Monday,”", "“Not before.”"]),
            (
                "she",
                "she said",
                &["“It was <b>never</b> safe,”", "“Ask Pavel Lind, who told me ‘we knew’ last year.”"],
            ),
            ("Pavel Lind", "told me", &["‘we knew’"]),
            ("", "", &["“No comment.”"]),
        ],
    );
    let ruiz = read.claims.attributions[0].attribution.source[0];
    let rows = &mut read.claims.attributions;
    let she = rows[1].attribution.source[0];
    rows[0].attribution.rejected.push(Rejected { role: "source", span: she, why: "a sample" });
    rows[1].attribution.source.clear();
    rows[1].attribution.form = Form::Mixed;
    rows[1].attribution.speakers.push(Speaker { kind: SpeakerKind::Named, as_written: Some(ruiz) });
    rows[1].attribution.inferred.push("speakers");
    rows[2].inside = Some("a2".to_owned());
    rows[3].attribution.speakers.push(Speaker { kind: SpeakerKind::Unstated, as_written: None });
    let span = rows[3].attribution.content[0];
    read.claims.warnings.push(Warning {
        span: Some(span),
        code: "sample",
        message: "a \u{1b} in a warning".to_owned(),
    });
    read
}

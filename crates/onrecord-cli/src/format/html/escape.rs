//! Article text as HTML: every character that means something to a browser becomes a reference, every character
//! that acts or hides becomes a visible escape.

use crate::terminal;

/// For the content of an element.
pub(super) fn text(text: &str) -> String {
    escape(text, |out, c| {
        out.push_str("<code>");
        terminal::push_escape(out, c);
        out.push_str("</code>");
    })
}

/// For an attribute between double quotation marks, and for `<title>`, which holds no elements.
pub(super) fn attribute(text: &str) -> String {
    escape(text, terminal::push_escape)
}

fn escape(text: &str, hidden: impl Fn(&mut String, char)) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // A carriage return would come out of the browser as a line feed; as white space it may.
            '\r' => out.push('\n'),
            c if terminal::is_hidden(c) => hidden(&mut out, c),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_stays_markup() {
        let check = |given: &str, expected: &str| assert_eq!(attribute(given), expected);
        check("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;");
        check("\"><img onerror='x'>", "&quot;&gt;&lt;img onerror=&#39;x&#39;&gt;");
        check("]]> &amp; <!--", "]]&gt; &amp;amp; &lt;!--");
        check("\u{202e}a\0", "\\u{202e}a\\u{0}");
        assert_eq!(text("a\u{202e}"), "a<code>\\u{202e}</code>");
    }
}

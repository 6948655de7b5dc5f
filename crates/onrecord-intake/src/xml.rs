//! What the formats in XML share: entities, and the refusal of those that a file declares.

use std::borrow::Cow;

/// Whether a document type declares entities, which can stand for gigabytes and for other files.
pub(crate) fn declares_entities(doctype: &str) -> bool {
    doctype.as_bytes().windows(8).any(|window| window.eq_ignore_ascii_case(b"<!ENTITY"))
}

/// What an entity stands for: those of XML, numbers, and those of HTML that feeds use undeclared. `None` for others.
pub(crate) fn entity(name: &str) -> Option<Cow<'static, str>> {
    if let Some(number) = name.strip_prefix('#') {
        let number = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        let c = number
            .ok()
            .and_then(char::from_u32)
            .filter(|&c| c != '\0')
            .unwrap_or(char::REPLACEMENT_CHARACTER);
        return Some(Cow::Owned(c.to_string()));
    }
    let known = NAMED.iter().find(|(own, _)| *own == name)?;
    Some(Cow::Borrowed(known.1))
}

/// The entities of XML, and those of HTML that stand in English and western European text.
#[rustfmt::skip]
const NAMED: &[(&str, &str)] = &[
    ("amp", "&"), ("lt", "<"), ("gt", ">"), ("quot", "\""), ("apos", "'"), ("nbsp", "\u{a0}"), ("lsquo", "‘"), ("rsquo", "’"),
    ("ldquo", "“"), ("rdquo", "”"), ("sbquo", "‚"), ("bdquo", "„"), ("laquo", "«"), ("raquo", "»"), ("ndash", "–"), ("mdash", "—"),
    ("hellip", "…"), ("bull", "•"), ("middot", "·"), ("shy", "\u{ad}"), ("copy", "©"), ("reg", "®"), ("trade", "™"), ("deg", "°"),
    ("pound", "£"), ("euro", "€"), ("cent", "¢"), ("yen", "¥"), ("sect", "§"), ("times", "×"), ("frac12", "½"), ("frac14", "¼"),
    ("iexcl", "¡"), ("iquest", "¿"), ("szlig", "ß"), ("auml", "ä"), ("ouml", "ö"), ("uuml", "ü"), ("Auml", "Ä"), ("Ouml", "Ö"),
    ("Uuml", "Ü"), ("aacute", "á"), ("eacute", "é"), ("iacute", "í"), ("oacute", "ó"), ("uacute", "ú"), ("agrave", "à"),
    ("egrave", "è"), ("igrave", "ì"), ("ograve", "ò"), ("ugrave", "ù"), ("acirc", "â"), ("ecirc", "ê"), ("icirc", "î"),
    ("ocirc", "ô"), ("ucirc", "û"), ("ccedil", "ç"), ("ntilde", "ñ"), ("atilde", "ã"), ("otilde", "õ"), ("aring", "å"),
    ("aelig", "æ"), ("oslash", "ø"), ("euml", "ë"), ("iuml", "ï"),
];

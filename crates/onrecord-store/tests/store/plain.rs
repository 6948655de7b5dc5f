//! The record in the hands of other programs: plain `sqlite3`, and Python's module.

use std::io::Write as _;
use std::process::Command;

use crate::made::{Made, full};

/// What a program prints; `None` where it is not installed, which is said.
fn ask(program: &str, arguments: &[&str]) -> Option<String> {
    let Ok(output) = Command::new(program).args(arguments).output() else {
        let _ = writeln!(std::io::stderr(), "skipped: {program} is not installed");
        return None;
    };
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).unwrap())
}

const QUERY: &str = "SELECT speaker, content FROM quotes ORDER BY row LIMIT 1";
const SEARCH: &str = "SELECT count(*) FROM article_search('crane')";

#[test]
fn sqlite3_opens_it() {
    let made = Made::of(&[full()]);
    let path = made.path();
    let path = path.to_str().unwrap();
    let expected = "Dana Ruiz|that the “old” bridge would open in May because the crane had come\n";
    if let Some(told) = ask("sqlite3", &[path, QUERY]) {
        assert_eq!(told, expected);
        assert_eq!(ask("sqlite3", &[path, "PRAGMA integrity_check"]).unwrap(), "ok\n");
        assert_eq!(ask("sqlite3", &[path, SEARCH]).unwrap(), "1\n");
    }
}

#[test]
fn python_opens_it() {
    let made = Made::of(&[full()]);
    let program = "import sqlite3, sys\n\
                   c = sqlite3.connect(sys.argv[1])\n\
                   for v in 'quotes', 'people', 'posts_held', 'sources_by_publisher', 'causes':\n\
                   \x20   print(v, len(c.execute('select * from ' + v).fetchall()))\n\
                   print(c.execute(sys.argv[2]).fetchone()[0])\n";
    if let Some(told) = ask("python3", &["-c", program, made.path().to_str().unwrap(), SEARCH]) {
        assert_eq!(told, "quotes 2\npeople 2\nposts_held 1\nsources_by_publisher 2\ncauses 1\n1\n");
    }
}

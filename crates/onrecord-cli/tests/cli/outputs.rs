//! Where the output goes: one file or a folder, whole or not at all.

use std::io::Read as _;
use std::process::Stdio;

use crate::command::{BRIDGE, Folder};

#[test]
fn a_file_holds_what_standard_output_would() {
    let folder = Folder::with_articles();
    for format in ["text", "json", "jsonl", "html", "citron", "brat"] {
        let printed = folder.stdout(&["read", "--format", format, "bridge.txt"]);
        assert_eq!(folder.stdout(&["read", "--format", format, "--out", "made", "bridge.txt"]), "");
        assert_eq!(folder.read("made"), printed, "{format}");
        assert_eq!(folder.stdout(&["read", "--format", format, "--out", "-", "bridge.txt"]), printed);
    }
    assert_eq!(folder.names(""), ["bridge.txt", "made", "week.jsonl"]);
}

#[cfg(unix)]
#[test]
fn a_file_is_as_readable_as_any() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = Folder::with_articles();
    folder.stdout(&["read", "--out", "made", "bridge.txt"]);
    let mode = |name: &str| std::fs::metadata(folder.path(name)).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode("made"), mode("bridge.txt"));
}

#[cfg(unix)]
#[test]
fn a_link_is_written_through() {
    let folder = Folder::with_articles();
    folder.write("there", "old");
    std::os::unix::fs::symlink("there", folder.path("link")).unwrap();
    folder.stdout(&["read", "--out", "link", "bridge.txt"]);
    assert!(folder.path("link").is_symlink() && folder.read("there").contains("Mayor Dana Ruiz"));
}

/// Nobody named the files of a folder, so none of them leads out of it.
#[cfg(unix)]
#[test]
fn a_link_in_a_folder_is_replaced() {
    let folder = Folder::with_articles();
    folder.write("there", "old");
    std::fs::create_dir(folder.path("made")).unwrap();
    std::os::unix::fs::symlink("../there", folder.path("made/bridge.json")).unwrap();
    folder.stdout(&["read", "--format", "citron", "--out", "made", "bridge.txt"]);
    assert_eq!(folder.read("there"), "old");
    assert!(!folder.path("made/bridge.json").is_symlink());
}

#[test]
fn a_run_that_reads_nothing_replaces_nothing() {
    let folder = Folder::with_articles();
    folder.write("made", "old");
    for format in ["text", "json", "jsonl", "html", "citron", "brat"] {
        let run = folder.run(&["read", "--format", format, "--out", "made", "gone.txt"]);
        assert_eq!((run.code, folder.read("made").as_str()), (2, "old"), "{format}");
    }
    assert_eq!(folder.names(""), ["bridge.txt", "made", "week.jsonl"]);
}

#[test]
fn one_file_for_each_article() {
    let folder = Folder::with_articles();
    let check = |arguments: &[&str], made: &str, expected: &[&str]| {
        folder.stdout(&[&["read"], arguments].concat());
        assert_eq!(folder.names(made), expected, "{arguments:?}");
    };
    check(
        &["--format", "citron", "--out", "c1", "bridge.txt", "week.jsonl"],
        "c1",
        &["bridge.json", "mill-1.json", "mill-2.json", "mill-3.json"],
    );
    check(&["--format", "citron", "--out", "c2/", "bridge.txt"], "c2", &["bridge.json"]);
    check(&["--format", "citron", "--out", "c2", "bridge.txt"], "c2", &["bridge.json"]);
    check(&["--format", "json", "--out", "j/k/", "bridge.txt"], "j/k", &["bridge.json"]);
    check(&["--format", "html", "--out", "h/", "bridge.txt"], "h", &["bridge.html", "index.html"]);
    check(
        &["--format", "brat", "--out", "b", "bridge.txt", "week.jsonl"],
        "b",
        &[
            "bridge.ann",
            "bridge.txt",
            "mill-1.ann",
            "mill-1.txt",
            "mill-2.ann",
            "mill-2.txt",
            "mill-3.ann",
            "mill-3.txt",
        ],
    );
    assert_eq!(folder.read("b/bridge.txt"), BRIDGE);
    assert_eq!(
        folder.read("c1/bridge.json"),
        folder.stdout(&["read", "--format", "citron", "bridge.txt"]).trim_end()
    );
}

#[test]
fn several_as_json_or_citron_can_be_one_file() {
    let folder = Folder::with_articles();
    for (format, name) in [("json", "all"), ("citron", "all.json")] {
        folder.stdout(&["read", "--format", format, "--out", name, "bridge.txt", "week.jsonl"]);
        let all: Vec<serde_json::Value> = serde_json::from_str(&folder.read(name)).unwrap();
        assert_eq!(all.len(), 4);
    }
}

#[test]
fn standoff_beside_its_text() {
    let folder = Folder::with_articles();
    folder.write("latin1.txt", b"\x93Caf\xe9 is closed,\x94 said Jos\xe9 Roz.");
    folder.stdout(&["read", "--format", "brat", "--out", "./", "bridge.txt"]);
    assert_eq!(folder.names(""), ["bridge.ann", "bridge.txt", "latin1.txt", "week.jsonl"]);
    // The text as it was decoded is another file: it would replace the input.
    let run = folder.run(&["read", "--format", "brat", "--out", "./", "latin1.txt"]);
    assert!(run.code == 2 && run.stderr.contains("latin1.txt: is an input"), "{}", run.stderr);
    assert_eq!(std::fs::read(folder.path("latin1.txt")).unwrap()[0], 0x93);
}

#[test]
fn names_stay_in_their_folder_and_apart() {
    let folder = Folder::new();
    for name in ["x/a.txt", "y/a.txt", "index.txt"] {
        folder.write(name, "“It rained,” Ana Roz said.");
    }
    let ids = ["../../escaped", "/etc/passwd", "a", "A", "", "..", "con", "\u{202e}cod"];
    let lines = ids.iter().map(|id| serde_json::json!({"id": id, "text": "It rained."}).to_string() + "\n");
    folder.write("ids.jsonl", lines.collect::<String>());
    let run = folder.run(&[
        "read",
        "--format",
        "html",
        "--out",
        "in/made",
        "x/a.txt",
        "y/a.txt",
        "index.txt",
        "ids.jsonl",
    ]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let names = [
        "A-4.html",
        "_con.html",
        "a-2.html",
        "a-3.html",
        "a.html",
        "article.html",
        "cod.html",
        "escaped.html",
        "etc-passwd.html",
        "ids-5.html",
        "index-2.html",
        "index.html",
    ];
    assert_eq!(folder.names("in/made"), names);
    assert_eq!(folder.names(""), ["ids.jsonl", "in", "index.txt", "x", "y"]);
    assert!(
        run.stderr.contains("onrecord: y/a.txt: warning: written as a-2.html, since a is taken\n"),
        "{}",
        run.stderr
    );
}

/// Whoever reads the output has seen enough: that is no failure.
#[test]
fn a_closed_pipe_is_a_quiet_success() {
    let folder = Folder::new();
    folder.write("long.txt", "“It rained,” Ana Roz said.\n\n".repeat(3_000));
    for format in ["text", "json", "html"] {
        let mut command = folder.command(&["read", "--format", format, "long.txt"]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut start = [0; 10];
        child.stdout.take().unwrap().read_exact(&mut start).unwrap();
        let output = child.wait_with_output().unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), stderr.as_str()), (Some(0), ""), "{format}");
    }
}

#[cfg(unix)]
#[test]
fn a_file_keeps_its_mode_and_a_read_only_one_its_content() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = Folder::with_articles();
    let mode = |bits| {
        std::fs::set_permissions(folder.path("out.json"), std::fs::Permissions::from_mode(bits)).unwrap();
    };
    let arguments = ["read", "--format", "json", "--out", "out.json", "bridge.txt"];
    folder.write("out.json", "old");

    mode(0o600);
    assert_eq!(folder.run(&arguments).code, 0);
    let found = std::fs::metadata(folder.path("out.json")).unwrap().permissions().mode();
    assert_eq!(found & 0o777, 0o600);

    folder.write("out.json", "old");
    mode(0o400);
    let run = folder.run(&arguments);
    assert_eq!((run.code, folder.read("out.json").as_str()), (2, "old"), "{}", run.stderr);
}

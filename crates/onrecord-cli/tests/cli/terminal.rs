//! What reaches a terminal: colours where they are wanted, and nothing of an article that acts.

use std::process::Command;

use crate::command::{BINARY, Folder, has_python, run};

/// Runs the command on a terminal of its own and gives everything that the terminal got, then the exit code.
const ON_A_TERMINAL: &str = "\
import os, pty, sys
sys.stdout.flush()
out = b''
def read(fd):
    global out
    data = os.read(fd, 4096)
    out += data
    return data
status = pty.spawn(sys.argv[1:], read)
os.write(2, str(os.waitstatus_to_exitcode(status)).encode())
";

/// Runs `arguments`, the program first.
fn on_a_terminal(
    folder: &Folder,
    variables: &[(&str, &str)],
    arguments: &[&str],
) -> Option<(String, String)> {
    if !has_python() {
        return None;
    }
    let mut command = Command::new("python3");
    command.args(["-c", ON_A_TERMINAL]).args(arguments).current_dir(folder.path(""));
    command.env_remove("NO_COLOR").env("TERM", "xterm").envs(variables.iter().copied());
    let run = run(command, b"");
    Some((run.text(), run.stderr))
}

const ACTS: &str = "“\u{1b}[2J\u{1b}]0;x\u{7}It rained,” said \u{202e}zoR anA\u{202c}.\u{9b}31m";

#[test]
fn colours_on_a_terminal_only() {
    let folder = Folder::with_articles();
    let read = [BINARY, "read", "bridge.txt"];
    let Some((coloured, code)) = on_a_terminal(&folder, &[], &read) else { return };
    assert_eq!(code, "0");
    assert!(coloured.contains("\u{1b}[32m"), "{coloured}");
    let (plain, _) = on_a_terminal(&folder, &[("NO_COLOR", "1")], &read).unwrap();
    assert!(!plain.contains('\u{1b}'), "{plain}");
    let piped = folder.stdout(&read[1..]);
    assert_eq!(plain.replace("\r\n", "\n"), piped);
}

#[test]
fn articles_do_not_act_on_a_terminal() {
    let folder = Folder::new();
    folder.write("acts.txt", ACTS);
    for format in ["text", "json", "jsonl", "html", "citron", "brat"] {
        let arguments = [BINARY, "read", "--format", format, "acts.txt"];
        let Some((shown, _)) = on_a_terminal(&folder, &[("NO_COLOR", "1")], &arguments) else { return };
        let acts = shown
            .chars()
            .find(|&c| c.is_control() && !"\r\n\t".contains(c) || ('\u{202a}'..='\u{202e}').contains(&c));
        assert_eq!(acts, None, "{format}: {shown:?}");
    }
}

#[test]
fn text_is_as_safe_in_a_pipe() {
    let folder = Folder::new();
    folder.write("acts.txt", ACTS);
    let piped = folder.stdout(&["read", "acts.txt"]);
    for shown in ["\\u{1b}[2J", "\\u{202e}", "\\u{202c}", "\\u{9b}31m"] {
        assert!(piped.contains(shown), "{shown} in {piped}");
    }
    assert!(!piped.contains(['\u{1b}', '\u{202e}', '\u{9b}', '\u{7}']));
}

#[test]
fn nothing_to_read_on_a_terminal() {
    let folder = Folder::new();
    let Some((shown, code)) = on_a_terminal(&folder, &[], &[BINARY, "read"]) else { return };
    assert_eq!(code, "2");
    assert_snapshot!("no_input", shown.replace("\r\n", "\n"));
}

#[test]
fn progress_is_shown_where_it_does_not_disturb() {
    let folder = Folder::with_articles();
    let check = |line: &str, expected: bool| {
        let line = format!("'{BINARY}' {line}");
        let (shown, code) = on_a_terminal(&folder, &[], &["sh", "-c", &line])?;
        assert_eq!(code, "0", "{shown}");
        assert_eq!(shown.contains("2 of 2 inputs, 4 articles"), expected, "{line}: {shown}");
        Some(())
    };
    // Without python3 there is no terminal to look at.
    let _ = check("read bridge.txt week.jsonl > out.txt", true)
        .and_then(|()| check("read --out out.txt bridge.txt week.jsonl", true))
        .and_then(|()| check("read bridge.txt week.jsonl", false))
        .and_then(|()| check("read bridge.txt week.jsonl > out.txt 2> err.txt", false))
        .and_then(|()| check("read bridge.txt > out.txt", false));
}

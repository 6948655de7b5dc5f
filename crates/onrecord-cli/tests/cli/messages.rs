//! What the command says, word for word: the message, the hint, the exit code.

use std::fmt::Write as _;

use crate::command::{Folder, Run, run};

/// The commands with what they said, as at a prompt.
fn told(folder: &Folder, commands: &[&str]) -> String {
    let mut out = String::new();
    for line in commands {
        let arguments: Vec<&str> = line.split(' ').skip(1).collect();
        write(&mut out, line, &folder.run(&arguments));
    }
    out
}

fn write(out: &mut String, line: &str, run: &Run) {
    writeln!(out, "$ {line}").unwrap();
    if !run.stdout.is_empty() {
        let lines = run.text().lines().count();
        writeln!(out, "({lines} lines on standard output)").unwrap();
    }
    writeln!(out, "{}[{}]\n", run.stderr, run.code).unwrap();
}

#[test]
fn bad_usage() {
    let folder = Folder::with_articles();
    let told = told(
        &folder,
        &[
            "onrecord raed",
            "onrecord read --fromat json bridge.txt",
            "onrecord read --frobnicate bridge.txt",
            "onrecord read --format xml bridge.txt",
            "onrecord read --published yesterday bridge.txt",
            "onrecord read --published 2019-02-30 bridge.txt",
            "onrecord read --threads 0 bridge.txt",
            "onrecord read --threads 1025 bridge.txt",
            "onrecord read --out",
            "onrecord read - -",
            "onrecord read --no-text --format citron bridge.txt",
            "onrecord explain bridge.txt",
            "onrecord completions",
            "onrecord man fish",
        ],
    );
    assert_snapshot!("bad_usage", told);
}

/// A copy of the tiny model that the kernel's tests go by, changed.
fn model(change: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../train/reference/tiny.model");
    let mut file = std::fs::read(path).unwrap();
    change(&mut file);
    file
}

#[test]
fn bad_models() {
    let folder = Folder::with_articles();
    folder.write("whole.model", model(|_| {}));
    folder.write("cut.model", model(|file| file.truncate(1000)));
    folder.write("altered.model", model(|file| *file.last_mut().unwrap() ^= 1));
    folder.write("newer.model", model(|file| file[8] = 9));
    folder.write("picture.model", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    let told = told(
        &folder,
        &[
            "onrecord read --model whole.model bridge.txt",
            "onrecord read --model missing.model bridge.txt",
            "onrecord read --model cut.model bridge.txt",
            "onrecord read --model altered.model bridge.txt",
            "onrecord read --model newer.model bridge.txt",
            "onrecord read --model picture.model --format html --out pages bridge.txt",
            "onrecord explain --model picture.model bridge.txt a1",
            "onrecord read --cpu abacus bridge.txt",
        ],
    );
    assert_snapshot!("bad_models", told);
    assert!(!folder.path("pages").exists(), "a model that cannot be read leaves no folder behind");
}

#[test]
fn bad_input() {
    let folder = Folder::with_articles();
    folder.write("empty.txt", "");
    folder.write("blank.txt", " \n\u{a0}\n");
    folder.write("numbers.txt", "12 345\n\n-- 6 --\n");
    folder.write("latin1.txt", b"\x93Caf\xe9 is closed,\x94 said Jos\xe9 Roz.");
    folder.write("binary.bin", b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0\x3e\0");
    folder.write("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    folder.write("nul.txt", b"\0\0\0\0");
    folder.write("broken.jsonl", "{\"text\": \"“One,” Ana Roz said.\"}\n{\"text\": \"cut o\n{\"title\": \"no text\"}\n[]\n\n{\"text\": \"“Five,” Ana Roz said.\", \"id\": \"five\"}\n");
    folder.write(
        "open.txt",
        "“It rained, Ana Roz said.\n\n“It did not” rain,” she said.\n\nIt was “wet, she said.\n",
    );
    folder.write("hidden/.notes.txt", "“It rained,” Ana Roz said.");
    folder.write("hidden/a.txt", "“It rained,” Ana Roz said.");
    folder.write("\u{1b}[31mred\n.txt", "");
    std::fs::create_dir(folder.path("nothing")).unwrap();
    let told = told(
        &folder,
        &[
            "onrecord read gone.txt",
            "onrecord read gone.txt bridge.txt also-gone.txt",
            "onrecord read nothing",
            "onrecord read hidden",
            "onrecord read empty.txt",
            "onrecord read blank.txt",
            "onrecord read numbers.txt",
            "onrecord read latin1.txt",
            "onrecord read binary.bin",
            "onrecord read picture.png",
            "onrecord read nul.txt",
            "onrecord read broken.jsonl",
            "onrecord read --format citron open.txt",
            "onrecord read --format brat open.txt",
            "onrecord read --format json open.txt",
            "onrecord read \u{1b}[31mred\n.txt",
            "onrecord read \u{1b}[31mgone",
        ],
    );
    assert_snapshot!("bad_input", told);
}

#[test]
fn bad_output() {
    let folder = Folder::with_articles();
    folder.write("file", "");
    folder.write("here/a.txt", "“It rained,” Ana Roz said.");
    folder.write("here/articles.parquet", "“It rained,” Ana Roz said.");
    let told = told(
        &folder,
        &[
            "onrecord read --format html bridge.txt week.jsonl",
            "onrecord read --format html week.jsonl",
            "onrecord read --format brat here",
            "onrecord read --format html --out file bridge.txt week.jsonl",
            "onrecord read --format text --out here bridge.txt",
            "onrecord read --format jsonl --out there/ bridge.txt",
            "onrecord read --out no/such/folder/a.txt bridge.txt",
            "onrecord read --out bridge.txt bridge.txt",
            "onrecord read --format citron --out here here",
            "onrecord read --format html --out file/below/ bridge.txt",
            "onrecord read --format parquet bridge.txt",
            "onrecord read --format parquet --out - bridge.txt",
            "onrecord read --format parquet --out file bridge.txt",
            "onrecord read --format parquet --out file/below bridge.txt",
            "onrecord read --format parquet --out here here",
            "onrecord read --format parquet --out here here/articles.parquet",
        ],
    );
    assert_snapshot!("bad_output", told);
    assert_eq!(folder.read("bridge.txt"), crate::command::BRIDGE);
    assert_eq!(folder.names(""), ["bridge.txt", "file", "here", "week.jsonl"]);
}

#[test]
fn bad_rows() {
    let folder = Folder::with_articles();
    folder.write("quiet.txt", "Nobody spoke.");
    folder.write("one.txt", "“It rained,” Ana Roz said.");
    let told = told(
        &folder,
        &[
            "onrecord explain one.txt a2",
            "onrecord explain bridge.txt e1",
            "onrecord explain quiet.txt a1",
            "onrecord explain gone.txt a1",
            "onrecord explain week.jsonl a1",
            "onrecord explain . a1",
        ],
    );
    assert_snapshot!("bad_rows", told);
}

#[cfg(unix)]
#[test]
fn no_permission() {
    use std::fs::{self, Permissions};
    use std::os::unix::fs::PermissionsExt as _;
    use std::os::unix::process::CommandExt as _;

    let folder = Folder::with_articles();
    folder.write("secret.txt", "“It rained,” Ana Roz said.");
    folder.write("shut/a.txt", "“It rained,” Ana Roz said.");
    let mode =
        |name: &str, mode| fs::set_permissions(folder.path(name), Permissions::from_mode(mode)).unwrap();
    assert_eq!(folder.run(&["add", "bridge.txt", "--record", "made.db"]).code, 0);
    folder.write("kept/record.db", fs::read(folder.path("made.db")).unwrap());
    let kept = fs::read(folder.path("kept/record.db")).unwrap();
    mode("kept/record.db", 0o444);
    mode("kept", 0o555);
    mode("secret.txt", 0o000);
    mode("shut", 0o000);
    mode("", 0o755);
    let mut out = String::new();
    // Whoever may read everything cannot see this: then the command runs as nobody, from a place that nobody reaches.
    let reads_everything = fs::File::open(folder.path("secret.txt")).is_ok();
    fs::copy(crate::command::BINARY, folder.path("onrecord")).unwrap();
    for line in [
        "onrecord read secret.txt",
        "onrecord read shut bridge.txt",
        "onrecord read --out a.txt bridge.txt",
        "onrecord read --format parquet --out tables bridge.txt",
        "onrecord read --format parquet --out kept bridge.txt",
        "onrecord add bridge.txt",
        "onrecord add week.jsonl --record kept/record.db",
        "onrecord erase a --record kept/record.db",
        "onrecord add bridge.txt --record shut/record.db",
        "onrecord export --format parquet --out tables --record kept/record.db",
    ] {
        let mut command = std::process::Command::new(folder.path("onrecord"));
        command.args(line.split(' ').skip(1)).current_dir(folder.path(""));
        if reads_everything {
            command.uid(65_534);
        } else {
            mode("", 0o555);
        }
        write(&mut out, line, &run(command, b""));
    }
    mode("", 0o755);
    mode("shut", 0o755);
    mode("kept", 0o755);
    assert_snapshot!("no_permission", out);
    assert_eq!(folder.names("kept"), ["record.db"]);
    assert!(fs::read(folder.path("kept/record.db")).unwrap() == kept, "the record was touched");
}

#[test]
fn bad_records() {
    let folder = Folder::with_articles();
    folder.write("text.db", crate::command::BRIDGE);
    folder.write("cut.db", b"SQLite format 3\0");
    folder.write("empty.db", "");
    folder.run(&["add", "bridge.txt", "--record", "whole.db"]);
    let whole = std::fs::read(folder.path("whole.db")).unwrap();
    let change = |name: &str, at: usize, bytes: &[u8]| {
        let mut copy = whole.clone();
        copy[at..at + bytes.len()].copy_from_slice(bytes);
        folder.write(name, copy);
    };
    change("newer.db", 60, &9_u32.to_be_bytes());
    change("other.db", 68, &7_u32.to_be_bytes());
    change("zeroed.db", 8192, &[0; 8192]);
    let mut out = told(
        &folder,
        &[
            "onrecord digest",
            "onrecord verify --record gone.db",
            "onrecord erase a --record gone.db",
            "onrecord digest --record empty.db",
            "onrecord digest --record text.db",
            "onrecord add bridge.txt --record text.db",
            "onrecord add bridge.txt --record cut.db",
            "onrecord add bridge.txt --record newer.db",
            "onrecord sql x --record newer.db",
            "onrecord add bridge.txt --record other.db",
            "onrecord verify --record zeroed.db",
            "onrecord add bridge.txt --record no/such/folder/record.db",
            "onrecord history a --record whole.db",
            "onrecord erase a --record whole.db",
            "onrecord sql nonsense --record whole.db",
            "onrecord export --format csv --view nonsense --record whole.db",
            "onrecord export --format parquet --record whole.db",
            "onrecord export --format parquet --out text.db --record whole.db",
            "onrecord export --format parquet --out made --record gone.db",
            "onrecord export --format jsonl --out made --record whole.db",
            "onrecord verify --deep --record whole.db",
        ],
    );
    let writing = onrecord_store::Writer::open(&folder.path("whole.db")).unwrap();
    out +=
        &told(&folder, &["onrecord add week.jsonl --record whole.db", "onrecord erase a --record whole.db"]);
    drop(writing);
    let mut write = |statement: &str| {
        let run = folder.run(&["sql", statement, "--record", "whole.db"]);
        self::write(&mut out, &format!("onrecord sql '{statement}' --record whole.db"), &run);
    };
    write("DELETE FROM articles");
    write("SELECT no_such_column FROM quotes");
    write("ATTACH 'text.db' AS t");
    assert_snapshot!("bad_records", out);
    assert_eq!(folder.read("text.db"), crate::command::BRIDGE);
}

/// Where nobody may write, root included.
#[cfg(target_os = "linux")]
#[test]
fn a_record_where_none_can_be() {
    let folder = Folder::with_articles();
    std::fs::create_dir(folder.path("folder")).unwrap();
    let told = told(
        &folder,
        &[
            "onrecord add bridge.txt --record /proc/record.db",
            "onrecord add bridge.txt --record folder",
            "onrecord add bridge.txt --record bridge.txt/record.db",
            "onrecord export --format parquet --out /proc/tables --record folder",
            "onrecord read --format parquet --out /proc/tables bridge.txt",
        ],
    );
    assert_snapshot!("no_place_for_a_record", told);
    assert_eq!(folder.names(""), ["bridge.txt", "folder", "week.jsonl"]);
    assert!(folder.names("folder").is_empty());
}

/// A small file system of its own, where one can be made: what was acknowledged before it was full is kept.
#[cfg(target_os = "linux")]
#[test]
fn a_record_on_a_full_disk() {
    let folder = Folder::new();
    std::fs::create_dir(folder.path("small")).unwrap();
    let line =
        |n: usize| format!("{{\"id\": \"n{n}\", \"text\": \"{}\"}}", format!("Word{n} rained. ").repeat(400));
    folder.write("many.jsonl", (0..150).map(line).collect::<Vec<_>>().join("\n"));
    let script = format!(
        "mount -t tmpfs -o size=1m tmpfs small && {} add --acks --record small/record.db many.jsonl > acks; code=$?; \
         {0} verify --deep --record small/record.db 2>/dev/null; echo verified $? >> acks; exit $code",
        crate::command::BINARY
    );
    let mut command = std::process::Command::new("unshare");
    command.args(["-rm", "sh", "-c", &script]).current_dir(folder.path(""));
    let Ok(output) = command.output() else { return };
    let stderr = String::from_utf8(output.stderr).unwrap();
    if stderr.contains("unshare") || stderr.contains("mount") {
        let _ =
            std::io::Write::write_all(&mut std::io::stderr(), b"skipped: no file system can be made here\n");
        return;
    }
    let expected = "onrecord: small/record.db: no space left\n\
                    hint: all that was acknowledged is kept; free some space and run the same command again\n";
    assert_eq!((output.status.code(), stderr.as_str()), (Some(2), expected));
    assert!(folder.read("acks").ends_with("verified 0\n"), "{}", folder.read("acks"));
}

/// Standard output that cannot be written is bad I/O.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk() {
    let folder = Folder::with_articles();
    let mut out = String::new();
    write(
        &mut out,
        "onrecord read --out /dev/full bridge.txt",
        &folder.run(&["read", "--out", "/dev/full", "bridge.txt"]),
    );
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let mut command = folder.command(&["read", "bridge.txt"]);
    let output = command.stdout(full).output().unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    let run = Run { code: output.status.code().unwrap(), stdout: Vec::new(), stderr };
    write(&mut out, "onrecord read bridge.txt > /dev/full", &run);
    assert_snapshot!("full_disk", out);
}

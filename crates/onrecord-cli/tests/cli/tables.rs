//! Parquet: a folder with a file for each list of rows, all of them or none.

use std::fs::File;
use std::io::Write as _;
use std::process::Stdio;
use std::time::Duration;

use parquet::file::reader::{FileReader as _, SerializedFileReader};
use parquet::record::Field;
use serde_json::Value;

use crate::command::Folder;

const FILES: [&str; 9] = [
    "articles.parquet",
    "attributions.parquet",
    "conditions.parquet",
    "entities.parquet",
    "events.parquet",
    "links.parquet",
    "posts.parquet",
    "times.parquet",
    "warnings.parquet",
];

/// The values of a column of text, in order.
fn texts(folder: &Folder, file: &str, column: &str) -> Vec<Option<String>> {
    let file = SerializedFileReader::new(File::open(folder.path(file)).unwrap()).unwrap();
    let value = |row: &parquet::record::Row| {
        let (_, field) = row.get_column_iter().find(|(name, _)| *name == column).unwrap();
        match field {
            Field::Str(text) => Some(text.clone()),
            Field::Null => None,
            other => panic!("{other:?}"),
        }
    };
    file.get_row_iter(None).unwrap().map(|row| value(&row.unwrap())).collect()
}

fn bytes(folder: &Folder, file: &str) -> Vec<u8> {
    std::fs::read(folder.path(file)).unwrap()
}

#[test]
fn what_is_in_the_files_is_what_read_gives() {
    let folder = Folder::with_articles();
    folder.stdout(&["read", "--format", "parquet", "--out", "made", "bridge.txt", "week.jsonl"]);
    assert_eq!(folder.names("made"), FILES);
    let read = crate::record::read(&folder, &["bridge.txt", "week.jsonl"]);
    for list in ["entities", "attributions", "posts", "times"] {
        let rows = read
            .iter()
            .flat_map(|record| record[list].as_array().unwrap().iter().map(move |row| (record, row)));
        let of = |value: &Value| value.as_str().map(str::to_owned);
        let expected: Vec<_> =
            rows.map(|(record, row)| (of(&record["article"]["id"]), of(&row["id"]))).collect();
        let file = format!("made/{list}.parquet");
        let found = texts(&folder, &file, "article_id").into_iter().zip(texts(&folder, &file, "id"));
        assert!(expected.len() > 1, "{list}");
        assert_eq!(found.collect::<Vec<_>>(), expected, "{list}");
    }
    let expected: Vec<_> =
        read.iter().map(|record| record["article"]["text"].as_str().map(str::to_owned)).collect();
    assert_eq!(texts(&folder, "made/articles.parquet", "text"), expected);
    folder.stdout(&["read", "--format", "parquet", "--no-text", "--out", "bare", "bridge.txt"]);
    assert_eq!(texts(&folder, "bare/articles.parquet", "text"), [None]);
}

#[test]
fn threads_and_repetition_change_no_byte() {
    let folder = Folder::with_articles();
    for threads in ["1", "4"] {
        folder.stdout(&[
            "read",
            "--format",
            "parquet",
            "--threads",
            threads,
            "--out",
            threads,
            "bridge.txt",
            "week.jsonl",
        ]);
    }
    for file in FILES {
        assert!(bytes(&folder, &format!("1/{file}")) == bytes(&folder, &format!("4/{file}")), "{file}");
    }
}

#[test]
fn a_record_gives_what_read_gives() {
    let folder = Folder::with_articles();
    assert_eq!(folder.run(&["add", "bridge.txt", "week.jsonl"]).code, 0);
    folder.stdout(&["export", "--format", "parquet", "--out", "kept"]);
    folder.stdout(&["read", "--format", "parquet", "--out", "read", "bridge.txt", "week.jsonl"]);
    assert_eq!(folder.names("kept"), FILES);
    // Intake says of more keys of an article that they are inferred than `read` shows.
    for file in FILES.iter().filter(|file| **file != "articles.parquet") {
        assert!(bytes(&folder, &format!("kept/{file}")) == bytes(&folder, &format!("read/{file}")), "{file}");
    }
    let ids = |file| texts(&folder, file, "id");
    assert_eq!(ids("kept/articles.parquet"), ids("read/articles.parquet"));
}

#[test]
fn files_are_replaced_and_nothing_else() {
    let folder = Folder::with_articles();
    folder.write("made/notes.txt", "mine");
    folder.write("made/times.parquet", "old");
    folder.write("there", "old");
    #[cfg(unix)]
    std::os::unix::fs::symlink("../there", folder.path("made/articles.parquet")).unwrap();
    let run = folder.run(&["read", "--format", "parquet", "--out", "made", "gone.txt"]);
    assert_eq!((run.code, folder.read("made/times.parquet").as_str()), (2, "old"), "nothing was read");
    folder.stdout(&["read", "--format", "parquet", "--out", "made", "bridge.txt"]);
    assert_eq!(folder.names("made").len(), FILES.len() + 1);
    assert!(bytes(&folder, "made/times.parquet").starts_with(b"PAR1"));
    assert!(bytes(&folder, "made/articles.parquet").starts_with(b"PAR1"));
    assert_eq!((folder.read("there").as_str(), folder.read("made/notes.txt").as_str()), ("old", "mine"));
}

#[test]
fn several_inputs_without_an_article_are_empty_files() {
    let folder = Folder::new();
    std::fs::create_dir(folder.path("nothing")).unwrap();
    folder.run(&["read", "--format", "parquet", "--out", "made", "nothing"]);
    assert_eq!(folder.names("made"), FILES);
    assert_eq!(texts(&folder, "made/attributions.parquet", "id"), [None; 0]);
}

/// Stopped in the middle, a run leaves what was there, and nothing by the name of a file.
#[cfg(unix)]
#[test]
fn a_stop_leaves_no_half_file() {
    let folder = Folder::with_articles();
    folder.write("made/times.parquet", "old");
    let mut command = folder.command(&["read", "--format", "parquet", "--out", "made", "bridge.txt", "-"]);
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    // The input stays open, so the run waits with its files begun.
    child.stdin.as_mut().unwrap().write_all(b"{\"text\": \"It rained.\"}\n").unwrap();
    let is_begun =
        || folder.names("made").iter().filter(|name| name.starts_with(".onrecord-")).count() == FILES.len();
    for _ in 0..2_000 {
        if is_begun() {
            break;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    assert!(is_begun(), "{:?}", folder.names("made"));
    child.kill().unwrap();
    child.wait().unwrap();
    let names: Vec<String> =
        folder.names("made").into_iter().filter(|name| name.ends_with(".parquet")).collect();
    assert_eq!(names, ["times.parquet"]);
    assert_eq!(folder.read("made/times.parquet"), "old");
}

/// A small file system of its own, where one can be made: a disk that fills up leaves what was there.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk() {
    let folder = Folder::new();
    std::fs::create_dir(folder.path("small")).unwrap();
    // Words that no compression makes short.
    let mut state = 7_u64;
    let mut word = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        format!("{:x}", state >> 16)
    };
    let mut sentence = || (0..10).map(|_| word()).collect::<Vec<_>>().join(" ") + ".";
    let mut line = |n: usize| {
        let text = (0..200).map(|_| sentence()).collect::<Vec<_>>().join(" ");
        format!("{{\"id\": \"n{n}\", \"text\": \"{text}\"}}")
    };
    let lines: Vec<String> = (0..14).map(&mut line).collect();
    folder.write("many.jsonl", lines.join("\n"));
    let script = format!(
        "mount -t tmpfs -o size=256k tmpfs small && mkdir small/made && echo old > small/made/times.parquet && \
         {} read --model {} --format parquet --out small/made many.jsonl; code=$?; ls -A small/made > left; exit $code",
        crate::command::BINARY,
        crate::command::beside("../../train/reference/tiny.model").display(),
    );
    let mut command = std::process::Command::new("unshare");
    command.args(["-rm", "sh", "-c", &script]).current_dir(folder.path(""));
    let Ok(output) = command.output() else { return };
    let stderr = String::from_utf8(output.stderr).unwrap();
    if stderr.contains("unshare") || stderr.contains("mount") {
        let _ = std::io::stderr().write_all(b"skipped: no file system can be made here\n");
        return;
    }
    let expected = "onrecord: small/made: no space left\n\
                    hint: nothing was replaced; free some space or write to another place\n";
    assert_eq!((output.status.code(), stderr.as_str()), (Some(2), expected));
    assert_eq!(folder.read("left"), "times.parquet\n");
}

//! The commands about people as their users meet them. What the engine reads is not told here: only what was marked.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::path::Path;
use std::process::{Command, Output};
use std::{fs, str};

const COMMANDS: [&str; 5] = ["people", "coref", "speaker", "post", "calibration"];

/// A corpus of each sort, and the marked people of two articles.
const CORPORA: [(&str, &str); 9] = [
    (
        "ner/crossner-politics/ner_data/politics/dev.txt",
        "Ana\tB-politician\nRoz\tI-politician\nled\tO\nUlm\tB-country\n.\tO\n\n2001\tB-election\nvote\tI-election\n",
    ),
    ("multi/gum/splits.md", "# Splits\n\n## dev\n\n  * GUM_news_ulm\n\n## test\n\n  * GUM_news_roz\n"),
    (
        "multi/gum/dep/GUM_news_ulm.conllu",
        "# newpar\n1\tRoz\t_\tPROPN\t_\t_\t_\t_\t_\tEntity=(1-person-new-s-cf-1-coref)\n2\tsaw\t_\tVERB\t_\t_\t_\t_\t_\t_\n\
         3\ther\t_\tPRON\t_\t_\t_\t_\t_\tEntity=(2-person-new-s-cf-2-sgl(1-person-giv-s-cf-1-ana)\n4\tson\t_\tNOUN\t_\t_\t_\t_\t_\tEntity=2)\n",
    ),
    (
        "coref/gap/gap-validation.tsv",
        "ID\tText\tPronoun\tPronoun-offset\tA\tA-offset\tA-coref\tB\tB-offset\tB-coref\tURL\n\
         v-1\tAna saw Mia. She sang.\tShe\t13\tAna\t0\tTRUE\tMia\t8\tFALSE\tu\n",
    ),
    ("quotes/polnear/data/metadata.tsv", "compartment\tfilename\tpublisher\tpublication_date\ttitle\n"),
    ("quotes/polnear/data/dev/text/star_a.txt", "It rained, said Mayor Ana Roz.\n"),
    (
        "quotes/polnear/data/dev/attributions/star_a_00ff.ann",
        "T1\tContent 0 9\tx\nT2\tCue 11 15\tx\nT3\tSource 16 29\tx\nE1\tContent:T1 Cue:T2 Source:T3\n",
    ),
    ("quotes/polnear/data/train/text/star_b.txt", "A clerk said it sank, and asked not to be named.\n"),
    (
        "gold.jsonl",
        "{\"article\": \"star_a\", \"speakers\": [{\"content\": [[0, 9]], \"source\": [[16, 29]], \"who\": [{\"kind\": \
         \"named\", \"name\": \"Ana Roz\"}]}], \"posts\": [{\"person\": \"Ana Roz\", \"title\": [16, 21], \"status\": \
         null, \"capacity\": null}]}\n{\"article\": \"star_b\", \"grounds\": [{\"description\": [0, 7], \"reason\": \
         [26, 47], \"number\": 1}]}\n",
    ),
];

fn corpora() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, content) in CORPORA {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    folder
}

/// Runs a command in `folder` on the corpora there.
fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord-eval"));
    let command = command.args(arguments).args(["--gold", "gold.jsonl", "--tables", "."]);
    command.current_dir(folder).env("ONRECORD_DATA", folder).output().unwrap()
}

/// Checks the exit code and standard error.
#[track_caller]
fn check(output: &Output, code: i32, stderr: &str) {
    assert_eq!(str::from_utf8(&output.stderr).unwrap(), stderr);
    assert_eq!(output.status.code(), Some(code));
}

/// Checks how much gold a table tells of, in the row that begins so.
#[track_caller]
fn check_gold(folder: &Path, table: &str, row: &str, gold: usize) {
    let csv = fs::read_to_string(folder.join(table)).unwrap();
    let row =
        csv.lines().find(|line| line.starts_with(row)).unwrap_or_else(|| panic!("no “{row}” in\n{csv}"));
    assert_eq!(row.rsplit(',').next().unwrap(), gold.to_string(), "{row}");
}

#[test]
fn written_tables_pass_the_check_and_changed_ones_fail() {
    let corpora = corpora();
    let folder = corpora.path();
    for command in COMMANDS {
        check(&run(folder, &[command, "--write"]), 0, "");
        let output = run(folder, &[command, "--check"]);
        check(&output, 0, "");
        let table = format!("{command}.csv");
        let csv = fs::read_to_string(folder.join(&table)).unwrap();
        assert_eq!(str::from_utf8(&output.stdout).unwrap().lines().count(), csv.lines().count());
        for word in ["Ana", "Roz", "rained", "clerk"] {
            assert!(!csv.contains(word), "{csv}");
        }
        let (heading, computed) = (csv.lines().next().unwrap(), csv.lines().nth(1).unwrap());
        fs::write(folder.join(&table), csv.replacen(computed, "another", 1)).unwrap();
        let expected = format!(
            "error: `./{table}`, line 2: not what was computed\n  committed: another\n  computed:  {computed}\n\
             hint: run `onrecord-eval {command} --write` and look at the diff\n"
        );
        check(&run(folder, &[command, "--check"]), 1, &expected);
        let columns = heading.split(',').count();
        assert!(csv.lines().all(|line| line.split(',').count() == columns), "{csv}");
    }
}

#[test]
fn all_that_was_marked_is_counted() {
    let corpora = corpora();
    let folder = corpora.path();
    for command in COMMANDS {
        check(&run(folder, &[command, "--write"]), 0, "");
    }
    for (table, row, gold) in [
        ("people.csv", "crossner,sentence,all,", 2),
        ("people.csv", "crossner,text,person,", 1),
        ("people.csv", "crossner,text,organization,", 0),
        ("people.csv", "gum,mention,all,", 3),
        ("people.csv", "gum,mention,pronoun,", 1),
        ("speaker.csv", "matched,all,", 1),
        ("speaker.csv", "ground,right,", 1),
        ("post.csv", "post,all,", 1),
        ("post.csv", "post,title_null,", 0),
    ] {
        check_gold(folder, table, row, gold);
    }
    let coref = fs::read_to_string(folder.join("coref.csv")).unwrap();
    assert!(coref.contains("\ngum,GUM_news_ulm,conll,") && !coref.contains("GUM_news_roz"), "{coref}");
}

#[test]
fn mistakes_go_where_they_are_asked_for() {
    let corpora = corpora();
    let folder = corpora.path();
    // Nobody of that name is in the text, so that whatever is read is wrong.
    let gold = fs::read_to_string(folder.join("gold.jsonl")).unwrap();
    fs::write(folder.join("gold.jsonl"), gold.replace("Ana Roz", "Nobody At All")).unwrap();
    check(&run(folder, &["post", "--errors", "posts.txt"]), 0, "");
    let listed = fs::read_to_string(folder.join("posts.txt")).unwrap();
    assert!(listed.starts_with("post missed"), "{listed}");
    assert!(listed.contains(": star_a 16\n  gold  Nobody At All, mayor, null, null\n"), "{listed}");
    assert!(listed.contains("  text  …It rained, said {g Mayor} Ana Roz.¶…\n"), "{listed}");
    let shown = run(folder, &["post", "--errors", "-"]);
    assert!(str::from_utf8(&shown.stdout).unwrap().contains("post missed"));
}

#[test]
fn what_is_wrong_is_told_with_a_hint() {
    let corpora = corpora();
    let folder = corpora.path();
    fs::write(folder.join("not.model"), "weights").unwrap();
    let output = run(folder, &["people", "--model", "not.model"]);
    let stderr = str::from_utf8(&output.stderr).unwrap();
    assert!(stderr.starts_with("error: cannot read the model `not.model`: "), "{stderr}");
    assert_eq!(output.status.code(), Some(2));
    for flag in ["--write", "--check"] {
        assert_eq!(run(folder, &["people", "--model", "not.model", flag]).status.code(), Some(2));
    }
    assert_eq!(run(folder, &["people", "--write", "--check"]).status.code(), Some(2));

    fs::write(folder.join("gold.jsonl"), "{\"article\": \"star_a\"}\n{\n").unwrap();
    let output = run(folder, &["post"]);
    let stderr = str::from_utf8(&output.stderr).unwrap();
    assert!(
        stderr.starts_with("error: `gold.jsonl`, line 2: expected an article with what was marked"),
        "{stderr}"
    );

    fs::remove_dir_all(folder.join("coref")).unwrap();
    let expected = format!(
        "error: no GAP corpus in `{}`\nhint: put it there; `eval/README.md` says where it comes from\n",
        folder.display()
    );
    check(&run(folder, &["coref"]), 2, &expected);
}

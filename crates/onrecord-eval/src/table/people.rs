//! The tables of names, of who is who, of speakers, posts and scores.
//!
//! In: what [`crate::people`] counted. Out: one CSV file each, no word of a corpus in them. What their columns mean
//! stands in `eval/README.md`.

use super::{Table, cells, line, percent};
use crate::people::{Calibrated, Found, Linked, Spoken};
use crate::score::calibration::{Bin, Bins};
use crate::score::coref::{Ratio, Scores};
use crate::score::counts::Tally;
use crate::score::gap::Gap;
use crate::score::mention;
use crate::score::names::{self, Names};
use crate::score::post::{KINDS, MEASURES, Posts};
use crate::score::report::Rates;
use crate::score::speaker::{Share, Speakers};

/// Names and mentions.
pub fn people(found: &Found) -> Table {
    let mut csv = String::from("corpus,measure,kind,p,r,f1,tp,pred,gold\n");
    let mut row = |corpus: &str, measure: &str, kind: &str, tally: Tally| {
        line(&mut csv, format_args!("{corpus},{measure},{kind},{}", cells(Rates::new(tally))));
    };
    let of_names =
        |names: Names| [("all", names.all())].into_iter().chain(names::KINDS.into_iter().zip(names.by_kind));
    for (measure, names) in [("sentence", found.sentences), ("text", found.texts)] {
        for (kind, tally) in of_names(names) {
            row("crossner", measure, kind, tally);
        }
        row("crossner", measure, "set_aside", Tally { predicted: names.set_aside, ..Tally::default() });
    }
    row("gum", "mention", "all", found.mentions.all());
    for (kind, tally) in mention::KINDS.into_iter().zip(found.mentions.by_kind) {
        row("gum", "mention", kind, tally);
    }
    row("gum", "touching", "all", found.mentions.touching);
    Table { name: "people.csv", csv }
}

/// Who is who.
pub fn coref(linked: &Linked) -> Table {
    let mut csv = String::from("corpus,part,measure,p,r,f1\n");
    let mut all = Scores::default();
    for (_, mentions) in &linked.documents {
        all += mentions.clusters;
    }
    for (measure, ratio) in [("muc", all.muc), ("b_cubed", all.b_cubed), ("ceaf_e", all.ceaf_e)] {
        line(&mut csv, format_args!("gum,all,{measure},{}", rates(ratio)));
    }
    line(&mut csv, format_args!("gum,all,conll,,,{}", percent(all.conll())));
    for (name, mentions) in &linked.documents {
        line(&mut csv, format_args!("gum,{name},conll,,,{}", percent(mentions.clusters.conll())));
    }
    let Gap { feminine, masculine } = linked.gap;
    for (part, tally) in [("all", linked.gap.all()), ("feminine", feminine), ("masculine", masculine)] {
        let Rates { precision, recall, f1, .. } = Rates::new(tally);
        let (p, r, f1) = (percent(precision), percent(recall), percent(f1));
        line(&mut csv, format_args!("gap,{part},decision,{p},{r},{f1}"));
    }
    line(&mut csv, format_args!("gap,feminine by masculine,ratio,,,{:.4}", linked.gap.bias()));
    Table { name: "coref.csv", csv }
}

fn rates(ratio: Ratio) -> String {
    format!("{},{},{}", percent(ratio.precision()), percent(ratio.recall()), percent(ratio.f1()))
}

/// Who speaks.
pub fn speaker(Spoken { speakers, grounds }: &Spoken) -> Table {
    let mut csv = String::from("measure,kind,share,right,of\n");
    let mut row = |measure: &str, kind: &str, share: Share| {
        let Share { right, of } = share;
        let shown = if of == 0 { String::new() } else { percent(share.share()) };
        line(&mut csv, format_args!("{measure},{kind},{shown},{right},{of}"));
    };
    row("matched", "all", speakers.matched);
    for (kind, share) in Speakers::GROUPS.into_iter().zip(speakers.right) {
        row("speaker", kind, share);
    }
    row("sure", "precision", speakers.sure);
    row("sure", "coverage", Share { right: speakers.sure.of, of: speakers.matched.right });
    row("name", "to_the_word", speakers.to_the_word);
    row("number", "unnamed", speakers.number);
    row("ground", "right", grounds.right);
    row("ground", "roughly", grounds.roughly);
    row("ground", "whoever", grounds.found);
    row("ground", "precision", grounds.rows);
    row("ground", "number", grounds.number);
    Table { name: "speaker.csv", csv }
}

/// Who held which post.
pub fn post(posts: &Posts) -> Table {
    let mut csv = String::from("measure,kind,p,r,f1,tp,pred,gold\n");
    let mut row = |measure: &str, kind: &str, tally: Tally| {
        line(&mut csv, format_args!("{measure},{kind},{}", cells(Rates::new(tally))));
    };
    for (measure, tally) in MEASURES.into_iter().zip(posts.by_measure) {
        row(measure, "all", tally);
    }
    for (kind, tally) in KINDS.into_iter().zip(posts.by_kind) {
        row("post", kind, tally);
    }
    row("set_aside", "all", Tally { predicted: posts.set_aside, ..Tally::default() });
    Table { name: "post.csv", csv }
}

/// Whether scores mean what they say.
pub fn calibration(calibrated: &Calibrated) -> Table {
    let mut csv = String::from("scores,bin,rows,score,right\n");
    for (scores, bins) in [("attribution", &calibrated.attributions), ("speaker", &calibrated.speakers)] {
        reliability(&mut csv, scores, bins);
    }
    line(&mut csv, format_args!("speaker,unscored,{},,", calibrated.unscored));
    Table { name: "calibration.csv", csv }
}

fn reliability(csv: &mut String, scores: &str, bins: &Bins) {
    let share = |bin: Bin| Share { right: bin.right, of: bin.rows }.share();
    for (tenth, &bin) in bins.bins().iter().enumerate() {
        let rows = bin.rows;
        let shown = if rows == 0 { ",".to_owned() } else { format!("{:.4},{:.4}", bin.mean(), share(bin)) };
        line(csv, format_args!("{scores},0.{tenth},{rows},{shown}"));
    }
    let all = bins.all();
    line(csv, format_args!("{scores},all,{},{:.4},{:.4}", all.rows, all.mean(), share(all)));
    line(csv, format_args!("{scores},expected_error,{},{:.4},", all.rows, bins.error()));
    line(csv, format_args!("{scores},held_out_error,{},{:.4},", all.rows, bins.held_out_error()));
}

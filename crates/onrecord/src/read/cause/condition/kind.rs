//! Whether a condition is open or holds against the facts.

use super::{Found, Signals};
use crate::lang::en::cause::Class;
use crate::lang::part::Part;
use crate::read::cause::ConditionKind;
use crate::read::cause::view::Strand;

/// The kind of a condition: against the facts where the antecedent stands in the pluperfect or in "were", and what follows
/// in "would".
pub(super) fn of(strand: &Strand<'_, '_>, found: &Found) -> ConditionKind {
    let would = found.consequent.clone().any(|at| strand.is(at, Class::Would));
    let pluperfect = is_pluperfect(strand, found);
    match found.signals {
        Signals::Wish | Signals::Without => ConditionKind::Counterfactual,
        Signals::Order if pluperfect || is_but_for(strand, found) => ConditionKind::Counterfactual,
        // "Were it a newer one"; "were the court to agree" is still to come.
        Signals::Order if would && is_were(strand, found) => ConditionKind::Counterfactual,
        _ if would && (pluperfect || is_unreal(strand, found)) => ConditionKind::Counterfactual,
        Signals::Unless => ConditionKind::Unless,
        _ => ConditionKind::If,
    }
}

fn is_were(strand: &Strand<'_, '_>, found: &Found) -> bool {
    let is_to_come = || found.antecedent.clone().any(|at| strand.part(at) == Part::To);
    strand.is(found.signal.start, Class::Were) && !is_to_come()
}

/// "had known", "had she known", "hadn't".
fn is_pluperfect(strand: &Strand<'_, '_>, found: &Found) -> bool {
    let is_order = found.signals == Signals::Order;
    found.antecedent.clone().any(|at| {
        strand.is(at, Class::Had)
            && (is_order
                || (at + 1..at + 4).any(|next| {
                    matches!(strand.part(next), Part::Participle | Part::Past) && next < found.antecedent.end
                }))
    })
}

/// "if I were you": "were" of one.
fn is_unreal(strand: &Strand<'_, '_>, found: &Found) -> bool {
    found.antecedent.clone().any(|at| {
        at > 0
            && strand.is(at, Class::Were)
            && strand.is(at - 1, Class::One)
            && strand.part(at + 1) != Part::To
    })
}

/// "were it not for her".
fn is_but_for(strand: &Strand<'_, '_>, found: &Found) -> bool {
    found.antecedent.clone().any(|at| strand.is(at, Class::Not) && strand.is(at + 1, Class::For))
}

//! How much of the model scenarios have met: its operations, and the members of inputs and answers.

use crossconnect_api::Operation;
use crossconnect_sim::scenario::{Coverage, Member, of_inputs, of_outputs};
use std::collections::BTreeSet;

/// Members of answers that no call can bring about, each with its reason.
const NEVER: &[(&str, &str, &str)] = &[
    ("DirectConnectGatewayAssociation", "associatedCoreNetwork", "core networks are associated by Cloud WAN"),
    ("AssociatedCoreNetwork", "id", "core networks are associated by Cloud WAN"),
    ("AssociatedCoreNetwork", "ownerAccount", "core networks are associated by Cloud WAN"),
    ("AssociatedCoreNetwork", "attachmentId", "core networks are associated by Cloud WAN"),
    ("DirectConnectGatewayAssociation", "stateChangeError", "no change of an association fails"),
    ("DirectConnectGatewayAttachment", "stateChangeError", "no change of an attachment fails"),
];

/// What is missing, a line each; the sums are printed.
pub(crate) fn of_the_model(reached: &Coverage) -> Vec<String> {
    let (inputs, outputs) = (of_inputs(Operation::ALL), of_outputs(Operation::ALL));
    println!(
        "model: {} of {} operations, {} of {} members of inputs accepted, {} of {} members of answers produced",
        reached.operations.len(),
        Operation::ALL.len(),
        inputs.intersection(&reached.accepted).count(),
        inputs.len(),
        outputs.intersection(&reached.produced).count(),
        outputs.len(),
    );
    let mut gaps = Vec::new();
    for (structure, member) in inputs.difference(&reached.accepted) {
        gaps.push(format!("{structure}.{member} was never accepted"));
    }
    for (structure, member) in outputs.difference(&reached.produced).filter(|member| !is_excused(**member)) {
        gaps.push(format!("{structure}.{member} was never produced"));
    }
    let excused: BTreeSet<Member> = outputs.iter().copied().filter(|member| is_excused(*member)).collect();
    for (structure, member) in excused.intersection(&reached.produced) {
        gaps.push(format!("{structure}.{member} was produced: it needs no excuse"));
    }
    gaps
}

fn is_excused((structure, member): Member) -> bool {
    NEVER.iter().any(|(of, name, _)| (*of, *name) == (structure, member))
}

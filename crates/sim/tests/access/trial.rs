//! Tries cells: the world once, then every call rehearsed on it, so that each cell finds the world as it was made.
//!
//! It runs as one scenario, in every way that scenarios are run. A scenario ends where it first goes wrong: then what
//! is left is tried on another world, until every cell has had its turn.

use super::table::{Cell, Line, Row, Table};
use crossconnect_sim::scenario::Scenario;

/// What is not as the table says, with the line of the table.
pub(crate) fn differences(table: &Table) -> Vec<String> {
    let cells = table.rows.iter().flat_map(|row| row.cells.iter().map(move |cell| (row, cell)));
    let mut left: Vec<(&Row, &Cell)> = cells.collect();
    let mut found = Vec::new();
    while !left.is_empty() {
        match first_difference(&table.world, &left) {
            Tried::AllHold => break,
            Tried::Not(difference) => {
                found.push(difference);
                break;
            }
            Tried::Cell(at, difference) => {
                found.push(difference);
                left.drain(..=at);
            }
        }
    }
    found
}

/// What came of trying cells.
enum Tried {
    AllHold,
    /// The first that does not hold, by its place among them.
    Cell(usize, String),
    /// They cannot be tried.
    Not(String),
}

fn first_difference(world: &[Line], cells: &[(&Row, &Cell)]) -> Tried {
    let mut text = vec!["# the world and what each party gets".to_owned()];
    // For each line of the scenario: whose it is, and where it stands in the table.
    let mut origins = vec![(None, 0)];
    for line in world {
        text.push(line.text.clone());
        origins.push((None, line.number));
    }
    for (at, (row, cell)) in cells.iter().enumerate() {
        let caller = format!("as {} in {}", cell.account, row.region);
        let lines = [Some(caller), Some(format!("dry {}", row.call.text)), cell.expected.clone()];
        for line in lines.into_iter().flatten() {
            text.push(line);
            origins.push((Some(at), cell.line));
        }
    }
    let scenario = match Scenario::parse(&text.join("\n")) {
        Ok(scenario) => scenario,
        Err(mistakes) => return Tried::Not(mistakes.iter().map(|mistake| told(mistake, &origins)).collect()),
    };
    let Some(first) = scenario.run(false).failures.into_iter().min_by_key(|failure| failure.line) else {
        return Tried::AllHold;
    };
    match origins[first.line - 1] {
        (None, number) => Tried::Not(format!("{number}: {}", first.text)),
        (Some(at), number) => {
            let (row, cell) = cells[at];
            Tried::Cell(at, format!("{number}: {} by {}: {}", row.call.text, cell.role, first.text))
        }
    }
}

/// A mistake of the scenario, which begins with its line there, with its line in the table instead.
fn told(mistake: &str, origins: &[(Option<usize>, usize)]) -> String {
    let place = mistake.split_once(": ").and_then(|(line, text)| Some((line.parse::<usize>().ok()?, text)));
    match place {
        Some((line, text)) => format!("{}: {text}\n", origins[line - 1].1),
        None => format!("{mistake}\n"),
    }
}

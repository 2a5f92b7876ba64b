//! `scenarios/access.table`, read: who there is, the world, and for each call what each of them gets.

use crossconnect_api::Operation;
use crossconnect_core::facts;
use std::collections::BTreeSet;

/// Where the world is, and every call that names no other Region.
const HOME: &str = "us-east-1";

/// A line of the table and its number, from 1.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) number: usize,
    pub(crate) text: String,
}

/// The whole table.
#[derive(Debug, Default)]
pub(crate) struct Table {
    /// Parts and the accounts that play them, in the order of the table.
    roles: Vec<(String, String)>,
    /// Lines of a scenario that make the world.
    pub(crate) world: Vec<Line>,
    pub(crate) rows: Vec<Row>,
}

/// One call, and what each party gets.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) call: Line,
    operation: String,
    pub(crate) region: String,
    pub(crate) cells: Vec<Cell>,
}

/// What one party gets.
#[derive(Debug)]
pub(crate) struct Cell {
    pub(crate) role: String,
    pub(crate) account: String,
    /// The expectation, in the words of a scenario; `None` when the call is just allowed.
    pub(crate) expected: Option<String>,
    pub(crate) line: usize,
}

impl Table {
    /// Reads a table; mistakes name their line.
    pub(crate) fn parse(source: &str) -> Result<Self, String> {
        let mut table = Table::default();
        let mut in_world = false;
        for (at, text) in source.lines().enumerate() {
            let (number, is_inner) = (at + 1, text.starts_with(' '));
            let place = |mistake: String| format!("{number}: {mistake}");
            let trimmed = text.trim();
            if trimmed.is_empty() || trimmed.starts_with('#') {
                continue;
            }
            match trimmed.strip_prefix("role ").filter(|_| !is_inner) {
                Some(role) => table.role(role).map_err(place)?,
                None if !is_inner && trimmed == "world" => in_world = true,
                None if is_inner && in_world => table.world.push(Line { number, text: trimmed.to_owned() }),
                None if is_inner => table.cells(number, trimmed).map_err(place)?,
                None => {
                    in_world = false;
                    table.rows.push(Row::begin(number, trimmed).map_err(place)?);
                }
            }
        }
        Ok(table)
    }

    /// `interface 222222222222`
    fn role(&mut self, text: &str) -> Result<(), String> {
        let (name, account) = text.split_once(' ').ok_or("a role has a name and an account")?;
        self.roles.push((name.to_owned(), account.trim().to_owned()));
        Ok(())
    }

    /// `port, interface: > connections.length=1`
    fn cells(&mut self, line: usize, text: &str) -> Result<(), String> {
        let (names, expected) = text.split_once(": ").ok_or("a cell is `role, role: ok`, `> …` or `! …`")?;
        let expected = match expected.trim() {
            "ok" => None,
            text if text.starts_with("> ") || text.starts_with("! ") => Some(text.to_owned()),
            other => return Err(format!("{other} says neither ok nor `> …` nor `! …`")),
        };
        let row = self.rows.last_mut().ok_or("a cell without a row")?;
        for name in names.split(',').map(str::trim) {
            let account = self.roles.iter().find(|(role, _)| role == name).map(|(_, account)| account.clone());
            let account = account.ok_or_else(|| format!("nobody plays {name}"))?;
            let (role, expected) = (name.to_owned(), expected.clone());
            row.cells.push(Cell { role, account, expected, line });
        }
        Ok(())
    }

    /// What the table lacks or has too much of: rows for all operations and no others, every cell once, and what each sees
    /// of what is only looked at.
    pub(crate) fn gaps(&self) -> Vec<String> {
        let mut gaps: Vec<String> = Vec::new();
        let named: BTreeSet<&str> = self.rows.iter().map(|row| row.operation.as_str()).collect();
        let missing = Operation::ALL.iter().filter(|operation| !named.contains(operation.name()));
        gaps.extend(missing.map(|operation| format!("{operation} has no row")));
        for row in &self.rows {
            let number = row.call.number;
            let operation = Operation::from_name(&row.operation);
            if operation.is_none() {
                gaps.push(format!("{number}: {} does not exist", row.operation));
            }
            let shows = operation.is_some_and(|operation| !facts(operation).writes());
            let blind = row.cells.iter().filter(|cell| shows && cell.expected.is_none());
            gaps.extend(
                blind.map(|cell| format!("{}: {} does not say what {} sees", cell.line, row.operation, cell.role)),
            );
            for (role, _) in &self.roles {
                match row.cells.iter().filter(|cell| cell.role == *role).count() {
                    0 => gaps.push(format!("{number}: {} says nothing of {role}", row.operation)),
                    1 => {}
                    _ => gaps.push(format!("{number}: {} says several things of {role}", row.operation)),
                }
            }
        }
        gaps
    }
}

impl Row {
    /// `DescribeLags`, or `in eu-west-1 DescribeLags`
    fn begin(number: usize, text: &str) -> Result<Self, String> {
        let (region, call) = match text.strip_prefix("in ") {
            None => (HOME, text),
            Some(rest) => rest.split_once(' ').ok_or("a Region and a call were expected")?,
        };
        let operation = call.split(' ').next().unwrap_or_default().to_owned();
        let call = Line { number, text: call.to_owned() };
        Ok(Row { call, operation, region: region.to_owned(), cells: Vec::new() })
    }
}

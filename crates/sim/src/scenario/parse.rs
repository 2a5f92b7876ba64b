//! From a file's lines to blocks and steps. A mistake names its line.

use super::control;
use super::literal::{self, Literal};
use super::path::Path;
use super::text::{Reference, Text};
use super::{Action, Block, Expected, Pair, Scenario, Step, What};
use crossconnect_api::Operation;
use crossconnect_api::schema::Structure;
use std::collections::BTreeMap;

/// A mistake in a file: the number of its line, from 1, and what is wrong.
type Mistake = (usize, String);

impl Scenario {
    /// Parses a file.
    ///
    /// # Errors
    /// Every mistake, as `line: what is wrong`.
    pub fn parse(source: &str) -> Result<Self, Vec<String>> {
        let lines: Vec<String> = source.lines().map(str::to_owned).collect();
        let (mut blocks, mut mistakes) = (Vec::<Block>::new(), Vec::new());
        let mut is_open = false;
        for (at, line) in lines.iter().enumerate() {
            match (line.trim_end(), is_open) {
                ("", _) => is_open = false,
                (line, false) if line.starts_with('#') => {
                    let title = line.trim_start_matches('#').trim().to_owned();
                    blocks.push(Block { title, line: at + 1, waiting: None, steps: Vec::new() });
                    is_open = true;
                }
                (line, true) if line.starts_with('#') => {}
                (_, false) => {
                    mistakes.push((at + 1, "a block begins with a # line that says what it shows".to_owned()))
                }
                (line, true) => {
                    let block = blocks.last_mut().expect("an open block was pushed");
                    mistakes.extend(add_line(block, at + 1, line).err().map(|text| (at + 1, text)));
                }
            }
        }
        // A block without steps is prose about the file.
        blocks.retain(|block| !block.steps.is_empty());
        mistakes.extend(blocks.iter().flat_map(unused_names));
        if mistakes.is_empty() {
            Ok(Scenario { lines, blocks })
        } else {
            Err(mistakes.into_iter().map(|(line, text)| format!("{line}: {text}")).collect())
        }
    }
}

fn add_line(block: &mut Block, at: usize, line: &str) -> Result<(), String> {
    if let Some(reason) = line.strip_prefix("waiting ") {
        block.waiting = Some(reason.to_owned());
        return Ok(());
    }
    let last = block.steps.last_mut().ok_or("an expectation follows a step");
    let what = if let Some(rest) = line.strip_prefix('>') {
        match &last.as_ref().map(|step| &step.action) {
            Ok(Action::Timeline(_)) => What::Moments(rest.trim().to_owned()),
            Ok(Action::Call { operation, .. }) => What::Members(pairs(line, 1, operation.output())?),
            _ => return Err("only calls and timelines have answers".to_owned()),
        }
    } else if let Some(rest) = line.strip_prefix('!') {
        let (name, text) = rest.trim().split_once(' ').unwrap_or((rest.trim(), ""));
        What::Refusal { name: name.to_owned(), text: Text::parse(text) }
    } else if let Some(rest) = line.strip_prefix("interrupts") {
        let ids = rest.split_whitespace().filter(|word| *word != "nothing");
        What::Interrupts(ids.map(Text::parse).collect())
    } else {
        block.steps.push(step(at, line)?);
        return Ok(());
    };
    last?.expected.push(Expected { line: at, what });
    Ok(())
}

fn step(at: usize, line: &str) -> Result<Step, String> {
    let (name, offset) = match line.split_once(" = ") {
        Some((name, _)) if is_name(name) => (Some(name.to_owned()), name.len() + 3),
        _ => (None, 0),
    };
    let action = action(line, offset)?;
    match (&name, &action) {
        (None, Action::Name(reference)) => Err(format!("{reference} is given no name")),
        (Some(name), Action::As { .. } | Action::Control(_) | Action::Timeline(_)) => {
            Err(format!("there is no answer to call {name}"))
        }
        _ => Ok(Step { line: at, name, action, expected: Vec::new() }),
    }
}

fn action(line: &str, offset: usize) -> Result<Action, String> {
    let rest = &line[offset..];
    let text = Text::parse(rest);
    if let Some(reference) = text.as_reference() {
        return Ok(Action::Name(reference.clone()));
    }
    if let Some(caller) = rest.strip_prefix("as ") {
        let (account, region) = caller.split_once(" in ").ok_or("expected as 111122223333 in us-east-1")?;
        return Ok(Action::As { account: account.to_owned(), region: region.to_owned() });
    }
    if let Some(id) = rest.strip_prefix("timeline ") {
        return Ok(Action::Timeline(Text::parse(id.trim())));
    }
    if let Some(control) = control::parse(rest) {
        return control.map(Action::Control);
    }
    let (times, call) = match rest.split_once(" times ") {
        Some((times, call)) if times.parse::<usize>().is_ok_and(|times| times > 0) => {
            (times.parse().unwrap_or(1), call)
        }
        _ => (1, rest),
    };
    let (dry, call) = call.strip_prefix("dry ").map_or((false, call), |call| (true, call));
    let name = call.split(' ').next().unwrap_or_default();
    let operation =
        Operation::from_name(name).ok_or_else(|| format!("{name} is neither an operation nor a control"))?;
    let start = offset + rest.len() - call.len() + name.len();
    Ok(Action::Call { operation, times, dry, input: pairs(line, start, operation.input())? })
}

/// `member=value …` from byte `start` of `line` on, where members are those of `structure`.
fn pairs(line: &str, start: usize, structure: Option<&'static Structure>) -> Result<Vec<Pair>, String> {
    let mut pairs = Vec::new();
    let mut at = start;
    loop {
        at += line[at..].len() - line[at..].trim_start().len();
        if at >= line.len() {
            return Ok(pairs);
        }
        let (name, _) = line[at..].split_once('=').ok_or_else(|| format!("{}: expected member=value", &line[at..]))?;
        let path = Path::parse(name);
        path.shape(structure)?;
        let from = at + name.len() + 1;
        let (value, length) = literal::parse(&line[from..])?;
        at = from + length;
        if !line[at..].is_empty() && !line[at..].starts_with(' ') {
            return Err(format!("{}: expected a space", &line[at..]));
        }
        pairs.push(Pair { path, value, span: from..at });
    }
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// Names that no step gives and that stand only once: bound on first sight for nothing, or misspelt.
fn unused_names(block: &Block) -> Vec<Mistake> {
    let mut seen: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for step in &block.steps {
        for (line, reference) in references(step) {
            seen.entry(&reference.name).or_insert((line, 0)).1 += 1;
        }
    }
    for name in block.steps.iter().filter_map(|step| step.name.as_deref()) {
        seen.remove(name);
    }
    let once = seen.into_iter().filter(|(_, (_, count))| *count == 1);
    once.map(|(name, (line, _))| (line, format!("the name {name} is used only here"))).collect()
}

fn references(step: &Step) -> Vec<(usize, &Reference)> {
    let at = |line: usize| move |reference| (line, reference);
    let mut found: Vec<(usize, &Reference)> = Vec::new();
    match &step.action {
        Action::Name(reference) => found.push((step.line, reference)),
        Action::Call { input, .. } => found.extend(in_pairs(input).map(at(step.line))),
        Action::Timeline(text) => found.extend(text.references().map(at(step.line))),
        Action::Control(control) => {
            found.extend(control.texts().into_iter().flat_map(Text::references).map(at(step.line)))
        }
        Action::As { .. } => {}
    }
    for expected in &step.expected {
        match &expected.what {
            What::Members(pairs) => found.extend(in_pairs(pairs).map(at(expected.line))),
            What::Refusal { text, .. } => found.extend(text.references().map(at(expected.line))),
            What::Interrupts(ids) => found.extend(ids.iter().flat_map(Text::references).map(at(expected.line))),
            What::Moments(_) => {}
        }
    }
    found
}

fn in_pairs(pairs: &[Pair]) -> impl Iterator<Item = &Reference> {
    pairs.iter().flat_map(|pair| Literal::texts(&pair.value)).flat_map(Text::references)
}

//! How the letter looks: what stands where, from the head of the page to its foot.

use super::Letter;
use crate::metrics::Font;
use crate::page::{Block, Colour, HEIGHT, Page, Style, WIDTH};

const LEFT: f32 = 56.0;
const RIGHT: f32 = WIDTH - LEFT;
const MEASURE: f32 = RIGHT - LEFT;
/// Where the values of facts begin.
const VALUES: f32 = LEFT + 122.0;
/// The most lines that a fact may take.
const LINES: usize = 4;

const INK: Colour = [0.09, 0.12, 0.19];
const SOFT: Colour = [0.40, 0.44, 0.51];
const LINE: Colour = [0.84, 0.86, 0.89];
const SHADE: Colour = [0.955, 0.962, 0.972];
const ACCENT: Colour = [0.06, 0.35, 0.60];
const WARNING: Colour = [0.70, 0.10, 0.10];
const WARNING_SHADE: Colour = [0.992, 0.940, 0.932];
const WATERMARK: Colour = [0.965, 0.945, 0.945];

const BODY: Style = Style { font: Font::Regular, size: 10.0, colour: INK, spacing: 0.0 };
const LABEL: Style = Style { font: Font::Regular, size: 8.5, colour: SOFT, spacing: 0.0 };
const NOTE: Style = Style { font: Font::Regular, size: 8.25, colour: SOFT, spacing: 0.0 };
const HEADING: Style = Style { font: Font::Bold, size: 8.0, colour: ACCENT, spacing: 0.7 };

/// The columns of the ports: what they are called, and where they begin, from the left edge.
const COLUMNS: [(&str, f32); 5] =
    [("Connection", 8.0), ("AWS device", 112.0), ("Rack", 272.0), ("Patch panel", 330.0), ("Ports", 412.0)];

/// Draws the letter.
pub(super) fn page(letter: &Letter) -> Page {
    let mut page = Page::new();
    let warning = Style { font: Font::Bold, size: 61.0, colour: WATERMARK, spacing: 2.0 };
    page.watermark("AUTHORISES NOTHING", warning);
    head(&mut page, letter);
    let y = title(&mut page, HEIGHT - 136.0);
    let y = warn(&mut page, y - 26.0);
    let y = dates(&mut page, letter, y - 24.0);
    let mut writer = Writer { page, y, has_code_points: false };
    writer.facts(letter);
    writer.ports(letter);
    writer.terms(letter);
    foot(&mut writer.page, letter);
    writer.page
}

fn line(text: &str, style: Style, width: f32) -> Block {
    Block::new(text, style, width, 1)
}

fn head(page: &mut Page, letter: &Letter) {
    let y = HEIGHT - 82.0;
    page.sign((LEFT, y), 30.0, [ACCENT, INK]);
    let name = Style { font: Font::Bold, size: 13.0, colour: INK, spacing: 0.2 };
    page.text(LEFT + 40.0, y + 17.0, &line("Crossconnect", name, 200.0));
    page.text(LEFT + 40.0, y + 4.5, &line("in place of AWS Direct Connect", LABEL, 200.0));
    let id = Style { font: Font::Bold, ..BODY };
    page.text_ending(RIGHT, y + 17.0, &line(&letter.id, id, 200.0));
    page.text_ending(RIGHT, y + 4.5, &line("LOA-CFA", LABEL, 200.0));
    page.rule(LEFT, HEIGHT - 97.0, MEASURE, 0.75, LINE);
}

fn title(page: &mut Page, y: f32) -> f32 {
    let large = Style { font: Font::Bold, size: 25.0, colour: INK, spacing: -0.3 };
    let small = Style { size: 14.0, colour: SOFT, ..BODY };
    page.text(LEFT - 1.5, y, &line("Letter of Authorization", large, MEASURE));
    page.text(LEFT, y - 20.0, &line("and Connecting Facility Assignment", small, MEASURE))
}

/// The mark that the letter authorises nothing. Gives the foot of its box.
fn warn(page: &mut Page, top: f32) -> f32 {
    const TEXT: &str = "A simulated service has made this letter for a test. The ports, panels and racks that it names do \
                        not exist. No facility may act on it, and nobody is to connect anything.";
    let loud = Style { font: Font::Bold, size: 11.5, colour: WARNING, spacing: 0.0 };
    let text = Block::lines(TEXT, Style { size: 9.0, ..BODY }, MEASURE - 32.0, 3);
    let height = 42.0 + text.depth();
    page.fill([LEFT, top - height, MEASURE, height], WARNING_SHADE);
    page.fill([LEFT, top - height, 4.0, height], WARNING);
    page.text(LEFT + 18.0, top - 18.0, &line("This document authorises nothing.", loud, MEASURE - 32.0));
    page.text(LEFT + 18.0, top - 32.5, &text);
    top - height
}

/// The two dates side by side. Gives the last baseline.
fn dates(page: &mut Page, letter: &Letter, y: f32) -> f32 {
    let strong = Style { font: Font::Bold, size: 11.0, ..BODY };
    let (issued, expires) = (letter.issued.day_and_time(), letter.expires.day_and_time());
    for (place, (label, value)) in [("Issued", issued), ("Valid until", expires)].into_iter().enumerate() {
        let x = if place == 0 { LEFT } else { VALUES + 122.0 };
        page.text(x, y, &line(label, LABEL, 160.0));
        page.text(x, y - 15.0, &line(&value, strong, 230.0));
    }
    y - 15.0
}

/// What goes down the page from its facts on.
struct Writer {
    page: Page,
    y: f32,
    has_code_points: bool,
}

impl Writer {
    fn heading(&mut self, text: &str) {
        self.y -= 27.0;
        self.page.text(LEFT, self.y, &line(text, HEADING, MEASURE));
        self.page.rule(LEFT, self.y - 6.5, MEASURE, 0.75, LINE);
        self.y -= 5.5;
    }

    fn fact(&mut self, label: &str, value: &str) {
        self.y -= 16.5;
        self.page.text(LEFT, self.y, &line(label, LABEL, VALUES - LEFT - 8.0));
        let block = Block::new(value, BODY, RIGHT - VALUES, LINES);
        self.has_code_points |= block.has_code_points;
        self.y = self.page.text(VALUES, self.y, &block);
    }

    fn facts(&mut self, letter: &Letter) {
        self.heading("PARTIES");
        self.fact("Customer", &format!("Account {}", letter.account));
        if let Some(provider) = &letter.provider {
            self.fact("Ordering with", provider);
        }
        self.heading("FACILITY");
        self.fact("Location", &letter.location);
        self.fact("Code and Region", &format!("{} · {}", letter.location_code, letter.region));
        self.heading(&letter.kind.to_uppercase());
        self.fact("Name", &letter.name);
        self.fact("Id", &letter.id);
        self.fact("Speed", &format!("{} · {}", letter.speed, letter.optics));
        self.fact("Fibre", "Single-mode, LC duplex, one pair a port");
    }

    fn ports(&mut self, letter: &Letter) {
        const ROW: f32 = 19.0;
        self.heading("PORT ASSIGNMENT");
        let top = self.y - 6.0;
        self.page.fill([LEFT, top - ROW, MEASURE, ROW], SHADE);
        let row = |page: &mut Page, number: usize, cells: [&str; 5], style: Style| {
            let y = top - number as f32 * ROW - 12.75;
            for (place, (cell, (_, x))) in cells.into_iter().zip(COLUMNS).enumerate() {
                let end = COLUMNS.get(place + 1).map_or(MEASURE, |(_, next)| *next);
                page.text(LEFT + x, y, &line(cell, style, end - x - 8.0));
            }
        };
        row(&mut self.page, 0, COLUMNS.map(|(name, _)| name), LABEL);
        for (place, port) in letter.ports.iter().enumerate() {
            let cells = [&port.connection, &port.device, &port.rack, &port.panel, &port.strands].map(String::as_str);
            row(&mut self.page, place + 1, cells, BODY);
            self.page.rule(LEFT, top - (place + 2) as f32 * ROW, MEASURE, 0.5, LINE);
        }
        self.y = top - (letter.ports.len() + 1) as f32 * ROW;
    }

    fn terms(&mut self, letter: &Letter) {
        let requester = match &letter.provider {
            Some(_) => "The customer, or the provider named beside it, orders",
            None => "The customer orders",
        };
        let ports = if letter.ports.len() == 1 { "port" } else { "ports" };
        let text = format!(
            "{requester} the cross connect to the {ports} above from the operator of the facility, who asks for this \
             letter. It lapses 90 days after it was issued; where nothing has been connected by then, a new one can be \
             downloaded, with dates of its own."
        );
        self.y -= 20.0;
        self.y = self.page.text(LEFT, self.y, &Block::lines(&text, NOTE, MEASURE, 4));
        if self.has_code_points {
            let text = "[U+…] is a character that the type of this letter does not have, as its Unicode code point.";
            self.y -= 14.0;
            self.page.text(LEFT, self.y, &line(text, NOTE, MEASURE));
        }
    }
}

fn foot(page: &mut Page, letter: &Letter) {
    page.rule(LEFT, 46.0, MEASURE, 0.75, LINE);
    let warning = Style { font: Font::Bold, size: 8.25, colour: WARNING, spacing: 0.0 };
    page.text(LEFT, 33.0, &line("Simulated: authorises nothing", warning, 200.0));
    page.text_ending(RIGHT, 33.0, &line(&format!("LOA-CFA of {} · page 1 of 1", letter.id), NOTE, 280.0));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Moment;
    use crate::loa::Port;

    fn letter(name: &str, ports: usize) -> Letter {
        let moment = Moment { year: 2026, month: 12, day: 30, hour: 23, minute: 59, second: 59 };
        let port = Port {
            connection: "dxcon-fwwwwwww".to_owned(),
            device: "EqDC2-wwwwwwwwwwwww".to_owned(),
            rack: "R65536".to_owned(),
            panel: "A2731".to_owned(),
            strands: "47 and 48".to_owned(),
        };
        Letter {
            account: "111122223333".to_owned(),
            provider: Some(name.to_owned()),
            kind: "Connection",
            id: "dxcon-fwwwwwww".to_owned(),
            name: name.to_owned(),
            location: "A ".repeat(60),
            location_code: "W".repeat(32),
            region: "ap-southeast-1".to_owned(),
            speed: "100 Gbps",
            optics: "100GBASE-LR4",
            ports: vec![port; ports],
            issued: moment,
            expires: moment,
        }
    }

    #[test]
    fn nothing_leaves_the_page_or_covers_anything_else_however_long_the_names() {
        for name in ["W".repeat(255), "東".repeat(255), "a b ".repeat(64), "\u{10ffff}".repeat(255), "x".to_owned()] {
            for ports in 1..=4 {
                let boxes = page(&letter(&name, ports)).boxes;
                for (place, [left, foot, right, top]) in boxes.iter().enumerate() {
                    let is_inside =
                        *left >= LEFT - 2.0 && *right <= RIGHT + 0.5 && *foot >= 28.0 && *top <= HEIGHT - 40.0;
                    assert!(is_inside, "{name}: {ports} ports: {left} {foot} {right} {top}");
                    let covers = |other: &[f32; 4]| {
                        other[0] < *right && *left < other[2] && other[1] + 0.01 < *top && *foot + 0.01 < other[3]
                    };
                    assert!(!boxes[..place].iter().any(covers), "{name}: {ports} ports: {left} {foot} {right} {top}");
                }
            }
        }
    }
}

//! One page: text that is set to fit its place, lines and boxes, and what makes a PDF of them.

use crate::metrics::{self, Font};
use pdf_writer::types::ArtifactType;
use pdf_writer::{Content, Date, Finish, Name, Pdf, Rect, Ref, Str, TextStr};

/// A4, in points.
pub(crate) const WIDTH: f32 = 595.28;
/// The same, upwards.
pub(crate) const HEIGHT: f32 = 841.89;

const REGULAR: Name<'static> = Name(b"F1");
const BOLD: Name<'static> = Name(b"F2");
/// How far text may shrink before it is broken into lines.
const LEAST: f32 = 0.84;
/// How much text shrinks at a time, in points.
const STEP: f32 = 0.25;
/// From one line to the next, in sizes of the text.
const LEADING: f32 = 1.24;
const ELLIPSIS: u8 = 0x85;

/// Red, green and blue, each from 0 to 1.
pub(crate) type Colour = [f32; 3];

/// How a text is to look.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Style {
    pub(crate) font: Font,
    /// In points; what does not fit is set a little smaller.
    pub(crate) size: f32,
    pub(crate) colour: Colour,
    /// Space added after each character, in points.
    pub(crate) spacing: f32,
}

/// A text as it is set: lines that are no wider than its place.
pub(crate) struct Block {
    style: Style,
    lines: Vec<Vec<u8>>,
    /// The text itself, where what is shown differs from it.
    original: Option<String>,
    /// Whether characters are shown as code points.
    pub(crate) has_code_points: bool,
}

impl Block {
    /// Sets `text` in `width`: as large as its style says, a little smaller, or in up to `most` lines, of which the
    /// last ends in an ellipsis when even those are too few.
    pub(crate) fn new(text: &str, mut style: Style, width: f32, most: usize) -> Self {
        let whole: Vec<u8> = text.chars().flat_map(atom).collect();
        let least = style.size * LEAST;
        while style.width(&whole) > width && style.size > least {
            style.size -= STEP;
        }
        Block::lines(text, style, width, most)
    }

    /// Sets `text` in `width` at the size of its style, in up to `most` lines.
    pub(crate) fn lines(text: &str, style: Style, width: f32, most: usize) -> Self {
        let atoms: Vec<Vec<u8>> = text.chars().map(atom).collect();
        let has_code_points = text.chars().any(|character| metrics::code(character).is_none());
        let mut lines = broken(&atoms, style, width);
        let is_cut = lines.len() > most;
        if is_cut {
            lines.truncate(most);
            let last = lines.last_mut().expect("a block has a line");
            while style.width(last) + style.width(&[ELLIPSIS]) > width {
                last.pop();
            }
            last.push(ELLIPSIS);
        }
        let original = (is_cut || has_code_points).then(|| text.to_owned());
        Block { style, lines, original, has_code_points }
    }

    /// From the first baseline to the last.
    pub(crate) fn depth(&self) -> f32 {
        (self.lines.len() - 1) as f32 * self.style.size * LEADING
    }

    /// Of the widest line.
    pub(crate) fn width(&self) -> f32 {
        self.lines.iter().map(|line| self.style.width(line)).fold(0.0, f32::max)
    }
}

impl Style {
    fn width(self, text: &[u8]) -> f32 {
        self.font.width(text, self.size) + self.spacing * text.len() as f32
    }
}

/// A character as the fonts have it; one that they lack is written as its code point.
fn atom(character: char) -> Vec<u8> {
    match metrics::code(character) {
        Some(code) => vec![code],
        None => format!("[U+{:04X}]", u32::from(character)).into_bytes(),
    }
}

/// Breaks at spaces, and where there are none, anywhere.
fn broken(atoms: &[Vec<u8>], style: Style, width: f32) -> Vec<Vec<u8>> {
    let (mut lines, mut start) = (Vec::new(), 0);
    while start < atoms.len() {
        let (mut end, mut used) = (start, 0.0);
        while end < atoms.len() && (end == start || used + style.width(&atoms[end]) <= width) {
            used += style.width(&atoms[end]);
            end += 1;
        }
        // A space may hang over the edge: it is not set.
        let hangs = end < atoms.len() && atoms[end] == b" ";
        if end < atoms.len() && !hangs {
            let space = atoms[start..end].iter().rposition(|atom| atom == b" ");
            end = space.map_or(end, |space| start + space + 1);
        }
        let line = atoms[start..end].concat();
        lines.push(line.trim_ascii_end().to_vec());
        start = end;
        while start < atoms.len() && atoms[start] == b" " {
            start += 1;
        }
    }
    if lines.is_empty() {
        lines.push(Vec::new());
    }
    lines
}

/// A page that is being drawn. Heights are measured from its foot.
pub(crate) struct Page {
    content: Content,
    /// What has been set where: left, foot, right and top of each line, for tests of the layout.
    pub(crate) boxes: Vec<[f32; 4]>,
}

impl Page {
    pub(crate) fn new() -> Self {
        Page { content: Content::new(), boxes: Vec::new() }
    }

    /// Sets a block with its first baseline at `y`; gives the last baseline.
    pub(crate) fn text(&mut self, x: f32, y: f32, block: &Block) -> f32 {
        let style = block.style;
        if let Some(original) = &block.original {
            let mut mark = self.content.begin_marked_content_with_properties(Name(b"Span"));
            mark.properties().actual_text(TextStr(original));
        }
        let mut baseline = y;
        for (place, line) in block.lines.iter().enumerate() {
            baseline = y - place as f32 * style.size * LEADING;
            self.boxes.push([x, baseline - 0.22 * style.size, x + style.width(line), baseline + 0.75 * style.size]);
            let [red, green, blue] = style.colour;
            self.content.begin_text().set_fill_rgb(red, green, blue).set_font(name(style.font), style.size);
            self.content.set_char_spacing(style.spacing).next_line(x, baseline).show(Str(line)).end_text();
        }
        if block.original.is_some() {
            self.content.end_marked_content();
        }
        baseline
    }

    /// Sets one line that ends at `right`.
    pub(crate) fn text_ending(&mut self, right: f32, y: f32, block: &Block) {
        self.text(right - block.width(), y, block);
    }

    /// Sets one line across the page, behind everything that comes later, rising at 45 degrees through the middle.
    pub(crate) fn watermark(&mut self, text: &str, style: Style) {
        let encoded: Vec<u8> = text.chars().flat_map(atom).collect();
        let half = style.width(&encoded) / 2.0;
        let turn = std::f32::consts::FRAC_1_SQRT_2;
        let (x, y) = (WIDTH / 2.0 - half * turn + style.size * 0.25, HEIGHT / 2.0 - half * turn - style.size * 0.25);
        let mut mark = self.content.begin_marked_content_with_properties(Name(b"Artifact"));
        mark.properties().artifact().kind(ArtifactType::Background).bounding_box(Rect::new(0.0, 0.0, WIDTH, HEIGHT));
        mark.finish();
        let [red, green, blue] = style.colour;
        self.content.begin_text().set_fill_rgb(red, green, blue).set_font(name(style.font), style.size);
        self.content.set_char_spacing(style.spacing).set_text_matrix([turn, turn, -turn, turn, x, y]);
        self.content.show(Str(&encoded)).end_text().end_marked_content();
    }

    /// A filled box.
    pub(crate) fn fill(&mut self, [x, y, width, height]: [f32; 4], [red, green, blue]: Colour) {
        self.content.set_fill_rgb(red, green, blue).rect(x, y, width, height).fill_nonzero();
    }

    /// A level line.
    pub(crate) fn rule(&mut self, x: f32, y: f32, length: f32, weight: f32, [red, green, blue]: Colour) {
        self.content.set_stroke_rgb(red, green, blue).set_line_width(weight);
        self.content.move_to(x, y).line_to(x + length, y).stroke();
    }

    /// The sign: two fibres that cross, with their four ends, in a square that begins at `x` and `y`.
    pub(crate) fn sign(&mut self, (x, y): (f32, f32), side: f32, colours: [Colour; 2]) {
        let (near, far, middle) = (side * 0.12, side * 0.88, side * 0.5);
        for ([red, green, blue], from, to) in [(colours[0], near, far), (colours[1], far, near)] {
            self.content.set_stroke_rgb(red, green, blue).set_fill_rgb(red, green, blue).set_line_width(side * 0.085);
            self.content.move_to(x + near, y + from);
            self.content.cubic_to(x + middle, y + from, x + middle, y + to, x + far, y + to).stroke();
            self.disc(x + near, y + from, side * 0.12);
            self.disc(x + far, y + to, side * 0.12);
        }
    }

    fn disc(&mut self, x: f32, y: f32, radius: f32) {
        // How far the handles of a quarter of a circle reach.
        let handle = radius * 0.5523;
        self.content
            .move_to(x + radius, y)
            .cubic_to(x + radius, y + handle, x + handle, y + radius, x, y + radius)
            .cubic_to(x - handle, y + radius, x - radius, y + handle, x - radius, y)
            .cubic_to(x - radius, y - handle, x - handle, y - radius, x, y - radius)
            .cubic_to(x + handle, y - radius, x + radius, y - handle, x + radius, y)
            .fill_nonzero();
    }

    /// The document of this page alone.
    pub(crate) fn into_pdf(self, title: &str, subject: &str, made: crate::Moment) -> Vec<u8> {
        let [catalog, tree, page, info, content, regular, bold] = [1, 2, 3, 4, 5, 6, 7].map(Ref::new);
        let mut pdf = Pdf::new();
        let mut root = pdf.catalog(catalog);
        root.pages(tree).lang(TextStr("en"));
        root.viewer_preferences().display_doc_title(true);
        root.finish();
        pdf.pages(tree).kids([page]).count(1);
        let mut leaf = pdf.page(page);
        leaf.media_box(Rect::new(0.0, 0.0, WIDTH, HEIGHT)).parent(tree).contents(content);
        leaf.resources().fonts().pair(REGULAR, regular).pair(BOLD, bold);
        leaf.finish();
        pdf.stream(content, &self.content.finish());
        for (font, base) in [(regular, "Helvetica"), (bold, "Helvetica-Bold")] {
            let mut font = pdf.type1_font(font);
            font.base_font(Name(base.as_bytes())).encoding_predefined(Name(b"WinAnsiEncoding"));
        }
        let date = Date::new(made.year).month(made.month).day(made.day).hour(made.hour).minute(made.minute);
        let date = date.second(made.second).utc_offset_hour(0).utc_offset_minute(0);
        let mut about = pdf.document_info(info);
        about.title(TextStr(title)).subject(TextStr(subject)).creator(TextStr("Crossconnect"));
        about.creation_date(date).modified_date(date);
        about.finish();
        pdf.finish()
    }
}

fn name(font: Font) -> Name<'static> {
    match font {
        Font::Regular => REGULAR,
        Font::Bold => BOLD,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STYLE: Style = Style { font: Font::Regular, size: 10.0, colour: [0.0; 3], spacing: 0.0 };

    fn shown(text: &str, width: f32, most: usize) -> (f32, Vec<String>) {
        let block = Block::new(text, STYLE, width, most);
        assert!(block.width() <= width, "{text} in {width}");
        let latin = |line: &Vec<u8>| line.iter().map(|byte| char::from(*byte)).collect();
        (block.style.size, block.lines.iter().map(latin).collect())
    }

    #[test]
    fn text_shrinks_then_breaks_and_at_last_is_cut() {
        let lines = |lines: &[&str]| lines.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(shown("a port", 100.0, 3), (10.0, lines(&["a port"])));
        assert_eq!(shown("a port of ours", 58.0, 3), (9.75, lines(&["a port of ours"])));
        assert_eq!(shown("a port of ours or theirs", 60.0, 3), (8.25, lines(&["a port of ours or", "theirs"])));
        assert_eq!(shown("WWWWWWWWWW", 40.0, 3), (8.25, lines(&["WWWWW", "WWWWW"])));
        assert_eq!(shown("WWWWWWWWWW", 40.0, 1), (8.25, lines(&["WWWW\u{85}"])));
        assert_eq!(shown("", 40.0, 1), (10.0, lines(&[""])));
    }

    #[test]
    fn what_the_fonts_lack_is_written_as_its_code_point_and_kept_as_it_was() {
        let block = Block::new("Zürich “東”", STYLE, 200.0, 1);
        assert_eq!(block.lines, [b"Z\xfcrich \x93[U+6771]\x94".to_vec()]);
        assert_eq!(block.original.as_deref(), Some("Zürich “東”"));
        assert!(block.has_code_points && !Block::new("Zürich €", STYLE, 200.0, 1).has_code_points);
    }

    #[test]
    fn a_code_point_is_never_broken() {
        let (_, lines) = shown("東東東", 50.0, 3);
        assert_eq!(lines, ["[U+6771]"; 3]);
    }
}

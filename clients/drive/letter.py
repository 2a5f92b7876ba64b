"""A letter of authorization as its readers meet it: rendered to an image, and read back as text."""

from dataclasses import dataclass

import pypdfium2

# Pixels a point, and how light a pixel must be to count as paper.
SCALE = 2
PAPER = 235


@dataclass(frozen=True)
class Letter:
    """The one page of a letter."""

    pages: int
    size: tuple
    text: str
    title: str
    # The edges of all that is dark enough to be read, in points from the left and the top.
    ink: tuple
    # How many pixels are as red as the warning.
    red: int
    fonts: set


def read(content):
    """Opens the PDF with the library that Chromium opens PDFs with."""
    document = pypdfium2.PdfDocument(content)
    try:
        page = document[0]
        texts = page.get_textpage()
        bitmap = page.render(scale=SCALE, rev_byteorder=True)
        ink, red = _looked_at(bitmap)
        fonts = {text.get_font().get_base_name() for text in page.get_objects() if hasattr(text, "get_font")}
        text = texts.get_text_bounded().replace("\r\n", "\n")
        title = document.get_metadata_value("Title")
        return Letter(len(document), tuple(map(round, page.get_size())), text, title, ink, red, fonts)
    finally:
        document.close()


def _looked_at(bitmap):
    width, height, channels = bitmap.width, bitmap.height, bitmap.n_channels
    pixels, stride = bytes(bitmap.buffer), bitmap.stride
    columns, rows, red = set(), set(), 0
    for y in range(height):
        row = pixels[y * stride : y * stride + width * channels]
        reds, greens, blues = (row[channel::channels] for channel in range(3))
        # The watermark, which crosses the margins, is lighter than anything that is meant to be read.
        dark = [x for x in range(width) if greens[x] < PAPER - 10]
        if dark:
            rows.add(y)
            columns.update(dark)
        red += sum(reds[x] > 150 and greens[x] < 60 and blues[x] < 60 for x in dark)
    edges = (min(columns), min(rows), max(columns) + 1, max(rows) + 1)
    return tuple(edge / SCALE for edge in edges), red

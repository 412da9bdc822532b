"""What a report says, before how it looks.

A report is a sequence of blocks: headings, paragraphs, tables, figures, boxes. A block is a frozen value that knows
neither HTML nor Typst, is carried through a notebook as JSON under :data:`MIME_TYPE`, and is set natively by every
exporter. All text in a block is data: an exporter escapes it and never reads it as markup.

Blocks before the first heading of level 1 stand on the title page. Numbers of chapters, tables and figures are not in
the blocks: the exporters count, so that a report without a chapter has no hole in its numbering.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

MIME_TYPE = "application/vnd.kbkit.blocks+json"

Align = Literal["start", "end", "center"]
Tone = Literal["neutral", "caution", "limit", "simulated"]


@dataclass(frozen=True, kw_only=True)
class Span:
    """A run of text in one style.

    ``href`` makes it a link: to a file beside the report (``../index.html``), or with ``#`` to the table, figure
    or heading of that name (``#stunting_registry``). An exporter refuses any other address.
    """

    text: str
    style: Literal["plain", "strong", "emphasis"] = "plain"
    href: str = ""


Spans = tuple[Span, ...]


@dataclass(frozen=True, kw_only=True)
class Emblem:
    """The mark of an office: a picture file.

    Attributes:
        media_type: its format.
        data: the file in base64, so that JSON can carry it.
        alt: whose mark it is, for who cannot see it. Never empty.
    """

    media_type: Literal["image/svg+xml", "image/png", "image/jpeg"]
    data: str
    alt: str


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What a document made to be edited carries around its content, in the style of an official letter.

    Attributes:
        head: lines of the letterhead, the office first.
        place_date: place and date, at the right.
        references: label and value: number, nature, enclosures, subject.
        recipients: lines of the address.
        opening: paragraphs before the content.
        closing: paragraphs after it.
        signature: lines of the signature, at the right.
        copies: heading and recipients of copies.
    """

    head: tuple[str, ...]
    place_date: str
    references: tuple[tuple[str, str], ...]
    recipients: tuple[str, ...]
    opening: tuple[str, ...]
    closing: tuple[str, ...]
    signature: tuple[str, ...]
    copies: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Document:
    """Properties of the whole report; the first block of a notebook.

    Attributes:
        language: BCP 47 code of the text, ``"id"`` or ``"en"``.
        title: title, also of the PDF and of the browser tab.
        subtitle: line under the title, for example the period.
        authors: offices that answer for the report, one a line of the title page.
        details: label and value pairs on the title page (data as of, register, tool version).
        running_head: short text at the head of every page.
        stamp: text printed on every page, for example ``"DATA SIMULASI"``; empty for none.
        keywords: for the metadata of the PDF.
        date: the date of the data; in the metadata of the PDF, so that the same report has the same bytes.
        words: the words an exporter itself needs, in the report's language: ``table``, ``figure``, ``contents``,
            ``page``, ``of``, ``source``, ``note``, ``chapter``, ``annex``, ``skip_to_content``.
        logo: mark of the office on the cover.
        letter: frame of the document that is made to be edited (Word); the other formats have a title page.
    """

    language: Literal["id", "en"]
    title: str
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    details: tuple[tuple[str, str], ...] = ()
    running_head: str = ""
    stamp: str = ""
    keywords: tuple[str, ...] = ()
    date: dt.date | None = None
    words: dict[str, str]
    logo: Emblem | None = None
    letter: Letter | None = None
    kind: Literal["document"] = "document"


@dataclass(frozen=True, kw_only=True)
class Heading:
    """A heading. Level 1 is a chapter ("BAB I"), 2 a section, 3 a subsection.

    ``numbering`` is ``"none"`` for the summary and the like, ``"annex"`` for annexes (A, B, C). ``name`` is what links
    and exporters of parts of a report know it by, the same in every language (``"summary"``, ``"plan"``).
    """

    level: Literal[1, 2, 3]
    text: str
    numbering: Literal["chapter", "annex", "none"] = "chapter"
    name: str = ""
    kind: Literal["heading"] = "heading"


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """A paragraph. ``lead`` is the answer in one sentence; ``note`` is set small."""

    spans: Spans
    style: Literal["body", "lead", "note"] = "body"
    kind: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True, kw_only=True)
class Bullets:
    """A list."""

    items: tuple[Spans, ...]
    ordered: bool = False
    kind: Literal["bullets"] = "bullets"


@dataclass(frozen=True, kw_only=True)
class KeyFigure:
    """One figure of the strip on the summary page: label, value, and a line of detail (interval, source)."""

    label: str
    value: str
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class KeyFigures:
    """The strip of key figures."""

    items: tuple[KeyFigure, ...]
    kind: Literal["key_figures"] = "key_figures"


@dataclass(frozen=True, kw_only=True)
class Box:
    """A framed remark with a title. ``tone`` is said in words by the title, never by colour alone."""

    title: str
    children: tuple[Paragraph | Bullets, ...]
    tone: Tone = "neutral"
    kind: Literal["box"] = "box"


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of a table.

    ``group`` is a heading above neighbouring columns that share it; ``weight`` is the column's share of the width.
    """

    title: str
    align: Align = "start"
    group: str = ""
    weight: float = 1.0


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A cell: the text that is printed and the value behind it (full precision, for CSV and spreadsheets)."""

    text: str
    value: str | int | float | None = None


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row of a table; the first cell is its heading. ``total`` rows are set off."""

    cells: tuple[Cell, ...]
    kind: Literal["body", "total", "group"] = "body"


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table: title above, notes and source below.

    Attributes:
        name: file name of its CSV without ending: lower-case ASCII words joined by underscores.
        title: caption without "Tabel 3.1"; a table without a title is not numbered.
        columns: one for each cell of every row.
        rows: in the order of printing.
        notes: lines under the table.
        source: where the numbers come from.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    source: str = ""
    kind: Literal["table"] = "table"


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A figure: picture, title below, source.

    Attributes:
        name: file name of its SVG without ending: lower-case ASCII words joined by underscores.
        title: caption without "Gambar 3.1".
        svg: the whole SVG document.
        alt: two or three sentences with the numbers, for who cannot see it. Never empty.
        notes: lines under the figure.
        source: where the numbers come from.
    """

    name: str
    title: str
    svg: str
    alt: str
    notes: tuple[str, ...] = ()
    source: str = ""
    kind: Literal["figure"] = "figure"


@dataclass(frozen=True, kw_only=True)
class PageBreak:
    """The next block starts on a new page."""

    kind: Literal["page_break"] = "page_break"


Block = Document | Heading | Paragraph | Bullets | KeyFigures | Box | Table | Figure | PageBreak

_blocks: TypeAdapter[tuple[Block, ...]] = TypeAdapter(tuple[Annotated[Block, Field(discriminator="kind")], ...])


def dump_blocks(blocks: tuple[Block, ...]) -> list[dict[str, Any]]:
    """Return blocks as JSON values."""
    dumped: list[dict[str, Any]] = _blocks.dump_python(blocks, mode="json")
    return dumped


def load_blocks(values: list[dict[str, Any]]) -> tuple[Block, ...]:
    """Read blocks back from JSON values.

    Raises:
        pydantic.ValidationError: a value is not a block.
    """
    return _blocks.validate_python(values)


def plain(text: str) -> Spans:
    """Return a text in one plain run."""
    return (Span(text=text),)

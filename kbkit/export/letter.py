"""Parts of a report as a Word document in the style of an official letter, made to be edited."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Collection, Iterator
from typing import Any

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from nbconvert.exporters import Exporter
from traitlets import List, Unicode, default
from traitlets.config import Config

from kbkit.document import Emblem, Heading, Letter
from kbkit.export.numbering import Placed
from kbkit.export.preprocessor import REPORT_PREPROCESSORS, REPORT_SETTINGS
from kbkit.export.raster import draw_png
from kbkit.export.reading import Report
from kbkit.export.word_blocks import BlockWriter, add_picture
from kbkit.export.word_package import add_border, as_bytes, new_document

_TO_FILL = re.compile(r"(\[[^\]]+\])")
_TABS_CM = (2.2, 2.5)


class LetterExporter(Exporter):
    """Notebook to a Word document (``jupyter nbconvert --to kbkit-docx``).

    Chapters are taken by the name of their heading; a report that has none of them, such as one that kbkit did not
    make, is written whole.
    """

    export_from_notebook = "kbkit (Word)"
    output_mimetype = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

    chapters = List(
        Unicode(), default_value=["summary", "plan"], help="Names of the chapters that the letter holds."
    ).tag(config=True)

    @default("default_preprocessors")
    def _default_preprocessors_default(self) -> list[str]:
        return list(REPORT_PREPROCESSORS)

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".docx"

    @property
    def default_config(self) -> Config:
        """Defaults of nbconvert, with cells removable by tag."""
        return Config(REPORT_SETTINGS)

    def from_notebook_node(self, nb: Any, resources: Any = None, **kw: Any) -> Any:
        """Write a notebook's letter; return the bytes of the document and the resources.

        Raises:
            RenderError: the report cannot be read, or a figure is no SVG.
        """
        _, resources = super().from_notebook_node(nb, resources, **kw)
        return write_letter(resources["report"], chapters=self.chapters), resources


def write_letter(report: Report, *, chapters: Collection[str]) -> bytes:
    """Return the named chapters of a report as a Word document.

    Args:
        report: the report.
        chapters: names of headings of level 1; where the report has none of them it is written whole.

    Raises:
        RenderError: a figure is no SVG.
    """
    word = new_document(report.document)
    _write_margins(word, report)
    letter = report.document.letter
    if letter is None:
        _paragraph(word, report.document.title, style="Title")
    else:
        _write_opening(word, letter, report.document.logo)
    writer = BlockWriter(word, report)
    for part in list(_chosen(report.parts, chapters)) or report.parts:
        writer.write(part)
    if letter is not None:
        _write_closing(word, letter)
    return as_bytes(word)


def _chosen(parts: tuple[Placed, ...], chapters: Collection[str]) -> Iterator[Placed]:
    inside = False
    for part in parts:
        if isinstance(part.element, Heading) and part.element.level == 1:
            inside = part.element.name in chapters
        if inside:
            yield part


def _write_margins(word: WordDocument, report: Report) -> None:
    section: Any = word.sections[0]
    if report.document.stamp:
        header = section.header.paragraphs[0]
        header.add_run(report.document.stamp, style="Kbkit Stamp")
        header.alignment = WD_ALIGN_PARAGRAPH.CENTER
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    footer.add_run(f"{report.words['page']} ")
    _add_field(footer, "PAGE")
    footer.add_run(f" {report.words['of']} ")
    _add_field(footer, "NUMPAGES")


def _add_field(paragraph: Any, instruction: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    paragraph._p.append(field)


def _write_opening(word: WordDocument, letter: Letter, logo: Emblem | None) -> None:
    if logo is not None:
        data = b64decode(logo.data)
        png = draw_png(data.decode(), name="logo") if logo.media_type == "image/svg+xml" else data
        paragraph = _paragraph(word, "", style="Kbkit Letterhead")
        add_picture(paragraph, png, alt=logo.alt, height=Cm(2.2))
    for line in letter.head:
        last = _paragraph(word, line, style="Kbkit Letterhead")
    for run in last.runs:
        run.font.size, run.font.bold = Pt(9), False
    add_border(last._p, "bottom")
    date = _paragraph(word, letter.place_date)
    date.alignment, date.paragraph_format.space_before = WD_ALIGN_PARAGRAPH.RIGHT, Pt(10)
    for label, value in letter.references:
        line = _paragraph(word, f"{label}\t:\t{value}", tight=True)
        for tab in _TABS_CM:
            line.paragraph_format.tab_stops.add_tab_stop(Cm(tab))
        line.paragraph_format.left_indent = Cm(_TABS_CM[-1])
        line.paragraph_format.first_line_indent = Cm(-_TABS_CM[-1])
    _paragraph(word, "", tight=True)
    for line in letter.recipients:
        _paragraph(word, line, tight=True)
    _paragraph(word, "", tight=True)
    for line in letter.opening:
        _paragraph(word, line)


def _write_closing(word: WordDocument, letter: Letter) -> None:
    for line in letter.closing:
        _paragraph(word, line)
    for line in letter.signature:
        signed = _paragraph(word, line, tight=True)
        signed.paragraph_format.left_indent = Cm(9)
        signed.paragraph_format.keep_with_next = True
    _paragraph(word, "", tight=True)
    for line in letter.copies:
        _paragraph(word, line, style="Kbkit Note", tight=True)


def _paragraph(word: Any, text: str, *, style: str = "Normal", tight: bool = False) -> Any:
    """Add a paragraph; what stands in square brackets is for the office to fill in, and is marked so."""
    paragraph = word.add_paragraph(style=style)
    for piece in filter(None, _TO_FILL.split(text)):
        run = paragraph.add_run(piece)
        if _TO_FILL.fullmatch(piece):
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW
    if tight:
        paragraph.paragraph_format.space_after = Pt(0)
    return paragraph

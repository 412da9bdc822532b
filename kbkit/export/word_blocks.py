"""Blocks as paragraphs, lists, tables and pictures of a Word document, in its own styles."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any, Final

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from kbkit.document import Align, Box, Bullets, Figure, Heading, KeyFigures, Paragraph, Spans, Table
from kbkit.export.elements import Listing, Picture
from kbkit.export.numbering import Placed
from kbkit.export.raster import draw_png
from kbkit.export.reading import Report
from kbkit.export.table_head import spans_whole_width
from kbkit.export.word_package import TEXT_WIDTH_CM

_STYLES: Final = {"body": "Normal", "lead": "Kbkit Lead", "note": "Kbkit Note"}
_ALIGNS: Final[dict[Align, Any]] = {
    "start": WD_ALIGN_PARAGRAPH.LEFT,
    "end": WD_ALIGN_PARAGRAPH.RIGHT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
}


class BlockWriter:
    """Appends the blocks of a report to a document."""

    def __init__(self, word: WordDocument, report: Report) -> None:
        self._word: Any = word
        self._words = report.words

    def write(self, part: Placed) -> None:
        """Append one element; page breaks are left to who edits the document."""
        element = part.element
        match element:
            case Heading():
                self._word.add_paragraph(element.text, style=f"Heading {element.level}")
            case Paragraph():
                self._paragraph(element.spans, style=_STYLES[element.style])
            case Bullets():
                self._bullets(element)
            case KeyFigures():
                self._key_figures(element)
            case Box():
                self._box(element)
            case Table():
                self._table(element, label=part.label)
            case Figure():
                self._figure(element, label=part.label)
            case Picture():
                self._picture(element)
            case Listing():
                self._word.add_paragraph(element.text, style="Kbkit Note")

    def _paragraph(self, spans: Spans, *, style: str) -> Any:
        paragraph = self._word.add_paragraph(style=style)
        for span in spans:
            run = paragraph.add_run(span.text)
            run.bold = True if span.style == "strong" else None
            run.italic = True if span.style == "emphasis" else None
        return paragraph

    def _bullets(self, block: Bullets) -> None:
        style = "List Number" if block.ordered else "List Bullet"
        number = self._new_list() if block.ordered else None
        for item in block.items:
            paragraph = self._paragraph(item, style=style)
            if number is not None:
                properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
                properties.get_or_add_ilvl().val = 0
                properties.get_or_add_numId().val = number

    def _new_list(self) -> int:
        """Return the number of a list that starts at 1: without it Word goes on counting from the list before."""
        style = self._word.styles["List Number"].element
        numbering = self._word.part.numbering_part.element
        abstract = numbering.num_having_numId(style.pPr.numPr.numId.val).abstractNumId.val
        number = numbering.add_num(abstract)
        number.add_lvlOverride(ilvl=0).add_startOverride(1)
        return int(number.numId)

    def _box(self, block: Box) -> None:
        if block.title:
            title = self._word.add_paragraph(style="Kbkit Box")
            title.add_run(block.title).bold = True
            title.paragraph_format.keep_with_next = True
        for child in block.children:
            lines = (child.spans,) if isinstance(child, Paragraph) else child.items
            mark = "" if isinstance(child, Paragraph) else "– "
            for line in lines:
                paragraph = self._paragraph(line, style="Kbkit Box")
                if mark:
                    paragraph.runs[0].text = mark + paragraph.runs[0].text

    def _key_figures(self, block: KeyFigures) -> None:
        words = self._words
        head = [words["key_label"], words["key_value"], words["key_detail"]]
        table = self._new_table(head, weights=(3, 1.2, 4), title=", ".join(item.label for item in block.items))
        for item in block.items:
            self._fill(table.add_row(), (item.label, item.value, item.detail), aligns=("start", "end", "start"))
        self._word.add_paragraph()

    def _table(self, block: Table, *, label: str) -> None:
        if block.title:
            self._word.add_paragraph(f"{label} {block.title}".strip(), style="Caption")
        head = [f"{c.group}: {c.title}" if c.group else c.title for c in block.columns]
        table = self._new_table(head, weights=[c.weight for c in block.columns], title=block.title)
        aligns = [column.align for column in block.columns]
        for row in block.rows:
            added = table.add_row()
            texts = [cell.text for cell in row.cells]
            if spans_whole_width(row):
                added.cells[0].merge(added.cells[-1])
                texts = texts[:1]
            self._fill(added, texts, aligns=aligns, bold=row.kind != "body")
        self._under(block)

    def _new_table(self, head: Sequence[str], *, weights: Sequence[float], title: str) -> Any:
        table = self._word.add_table(rows=1, cols=len(head), style="Table Grid")
        table.autofit = False
        caption = OxmlElement("w:tblCaption")
        caption.set(qn("w:val"), title)
        table._tbl.tblPr.append(caption)
        for column, weight in zip(table.columns, weights, strict=True):
            column.width = Cm(TEXT_WIDTH_CM * weight / sum(weights))
        self._fill(table.rows[0], head, aligns=["start"] * len(head), bold=True)
        _mark(table.rows[0], "w:tblHeader")
        return table

    def _fill(self, row: Any, texts: Iterable[str], *, aligns: Sequence[Align], bold: bool = False) -> None:
        _mark(row, "w:cantSplit")
        for cell, text, align in zip(row.cells, texts, aligns, strict=False):
            paragraph = cell.paragraphs[0]
            run = paragraph.add_run(text)
            run.bold, run.font.size = bold or None, Pt(9.5)
            paragraph.alignment = _ALIGNS[align]
            paragraph.paragraph_format.space_after = Pt(2)

    def _figure(self, block: Figure, *, label: str) -> None:
        self._place(draw_png(block.svg, name=block.name), alt=block.alt)
        self._word.add_paragraph(f"{label} {block.title}".strip(), style="Caption")
        self._under(block)

    def _picture(self, block: Picture) -> None:
        svg = block.media_type == "image/svg+xml"
        self._place(draw_png(block.data.decode(), name="picture") if svg else block.data, alt=block.alt)

    def _place(self, data: bytes, *, alt: str) -> None:
        paragraph = self._word.add_paragraph()
        add_picture(paragraph, data, alt=alt, width=Cm(TEXT_WIDTH_CM))
        paragraph.paragraph_format.keep_with_next = True

    def _under(self, block: Table | Figure) -> None:
        for note in block.notes:
            self._word.add_paragraph(f"{self._words['note']}: {note}", style="Kbkit Note")
        source = f"{self._words['source']}: {block.source}" if block.source else ""
        self._word.add_paragraph(source, style="Kbkit Note")


def add_picture(paragraph: Any, data: bytes, *, alt: str, **size: Any) -> None:
    """Add a picture to a paragraph, with the text for who cannot see it."""
    shape = paragraph.add_run().add_picture(io.BytesIO(data), **size)
    shape._inline.docPr.set("descr", alt)


def _mark(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))

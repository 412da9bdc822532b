"""A Word document before its content: styles, language, page, properties, and bytes that never change."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import Any, Final

import docx
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from kbkit.document import Document

TEXT_WIDTH_CM: Final = 16.5
_FONT: Final = "Arial"
_LOCALES: Final = {"id": "id-ID", "en": "en-GB"}
_ACCENT: Final = RGBColor(0x0B, 0x4F, 0x6C)
_ALERT: Final = RGBColor(0x8C, 0x1D, 0x2F)
_SIZES: Final = {"Heading 1": 14, "Heading 2": 12, "Heading 3": 11}
_OWN_SIZES: Final = {"Kbkit Lead": 12, "Kbkit Note": 9, "Kbkit Box": 10.5, "Kbkit Letterhead": 14}
# What the schema wants after the borders of a paragraph.
_AFTER_BORDERS: Final = frozenset(
    qn(f"w:{name}") for name in ("shd", "tabs", "spacing", "ind", "jc", "outlineLvl", "rPr")
)
# A document says when it was made, and so does every file in its archive; the same report must have the same bytes.
_NO_DATE: Final = dt.date(1970, 1, 1)
_ZIP_DATE: Final = (1980, 1, 1, 0, 0, 0)


def new_document(properties: Document) -> WordDocument:
    """Return an empty document on A4 with its styles, language and properties."""
    word = docx.Document()
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(2.5), Cm(2)
    section.top_margin, section.bottom_margin = Cm(2.5), Cm(2.2)
    _style(word)
    _set_language(word, _LOCALES[properties.language])
    _describe(word, properties)
    return word


def as_bytes(word: WordDocument) -> bytes:
    """Return the document as a file, its archive in the order and with the dates of no particular day."""
    written, fixed = io.BytesIO(), io.BytesIO()
    word.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return fixed.getvalue()


def add_border(element: Any, *sides: str) -> None:
    """Draw a line at the sides of a paragraph or of a paragraph style."""
    properties = element.get_or_add_pPr()
    borders = OxmlElement("w:pBdr")
    for side in sides:
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "8"), ("space", "6"), ("color", "0B4F6C")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    # The schema wants borders after what keeps lines together and before everything about spaces.
    place = next((child for child in properties if child.tag in _AFTER_BORDERS), None)
    properties.append(borders) if place is None else place.addprevious(borders)


def _style(word: WordDocument) -> None:
    styles: Any = word.styles
    _font(styles["Normal"], size=11)
    styles["Normal"].paragraph_format.space_after = Pt(6)
    for name, size in _SIZES.items():
        _font(styles[name], size=size, colour=_ACCENT)
        styles[name].paragraph_format.space_before = Pt(14)
        styles[name].paragraph_format.space_after = Pt(4)
    _font(styles["Caption"], size=10, colour=_ACCENT)
    styles["Caption"].paragraph_format.keep_with_next = True
    for name, points in _OWN_SIZES.items():
        added = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        added.base_style = styles["Normal"]
        added.font.size = Pt(points)
    styles["Kbkit Lead"].font.bold = True
    styles["Kbkit Letterhead"].font.bold = True
    styles["Kbkit Letterhead"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    styles["Kbkit Letterhead"].paragraph_format.space_after = Pt(0)
    add_border(styles["Kbkit Box"].element, "top", "left", "bottom", "right")
    stamp = styles.add_style("Kbkit Stamp", WD_STYLE_TYPE.CHARACTER)
    stamp.font.bold, stamp.font.color.rgb = True, _ALERT


def _font(style: Any, *, size: float, colour: RGBColor | None = None) -> None:
    style.font.name, style.font.size = _FONT, Pt(size)
    fonts = style.element.rPr.rFonts
    # A font of the theme would win over the one that is named.
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    if colour is not None:
        style.font.color.rgb = colour


def _set_language(word: WordDocument, locale: str) -> None:
    styles: Any = word.styles.element
    for language in styles.iter(qn("w:lang")):
        language.set(qn("w:val"), locale)
    settings: Any = word.settings.element
    for language in settings.iter(qn("w:themeFontLang")):
        language.set(qn("w:val"), locale)


def _describe(word: WordDocument, properties: Document) -> None:
    core = word.core_properties
    day = properties.date or _NO_DATE
    core.created = core.modified = dt.datetime(day.year, day.month, day.day)
    core.title, core.subject = properties.title, properties.subtitle
    core.author, core.last_modified_by = "; ".join(properties.authors)[:255], ""
    core.keywords, core.comments = ", ".join(properties.keywords)[:255], properties.stamp
    core.language = _LOCALES[properties.language]

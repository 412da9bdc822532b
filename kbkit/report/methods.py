"""The methods appendix: every sheet, set from the docstrings of the code that ran."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Final

from kbkit.document import Block, Document, Heading, Paragraph, Span
from kbkit.report.section import Section
from kbkit.results.sheets import Sheet
from kbkit.text import Language, Voice

_ROLE: Final = re.compile(r":[a-z]+:(?=`)")


class MethodsAppendix:
    """The appendix in one language: headings in it, sheets in English."""

    def __init__(self, sheets: tuple[Sheet, ...], language: Language) -> None:
        self._sheets = sheets
        self._voice = Voice(language)

    @cached_property
    def title(self) -> Section:
        """Title page."""
        voice = self._voice
        document = Document(
            language=voice.language,
            title=voice.say("report.methods_title"),
            subtitle=voice.say("report.methods_subtitle"),
            running_head=voice.say("report.methods_title"),
            words=voice.document_words(),
        )
        return Section((document,), language=voice.language)

    @cached_property
    def sheets(self) -> Section:
        """Every sheet, a chapter each."""
        blocks = tuple(block for sheet in self._sheets for block in _compose_sheet(sheet, self._voice))
        return Section(blocks, language=self._voice.language)


def compose_methods(sheets: tuple[Sheet, ...], *, language: Language) -> MethodsAppendix:
    """Return the appendix of the sheets, whose sections a notebook shows."""
    return MethodsAppendix(sheets, language)


def _compose_sheet(sheet: Sheet, voice: Voice) -> tuple[Block, ...]:
    blocks: list[Block] = [Heading(level=1, text=_unmarked(sheet.title).rstrip("."))]
    for name, text in sheet.parts.items():
        key = f"report.sheet_{name.lower().replace(' ', '_')}"
        label = Span(text=f"{voice.say(key)}. ", style="strong")
        first, *rest = (Span(text=_unmarked(paragraph)) for paragraph in text.split("\n"))
        blocks += [Paragraph(spans=(label, first)), *(Paragraph(spans=(span,)) for span in rest)]
    return tuple(blocks)


def _unmarked(text: str) -> str:
    """Leave out the marks of reStructuredText; what they set off is understood without them."""
    return _ROLE.sub("", text).replace("``", "").replace("`", "").replace("**", "")

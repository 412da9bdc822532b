"""The methods appendix: every sheet, set from the docstrings of the code that ran, each with its method at work."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Final

from kbkit.document import Block, Document, Heading, Paragraph, Span, plain
from kbkit.report.section import Section
from kbkit.results.sheets import ExampleData, Sheet
from kbkit.tables.worked_examples import tabulate_example, tabulate_frame
from kbkit.text import Language, Voice

_ROLE: Final = re.compile(r":[a-z]+:(?=`)")


class MethodsAppendix:
    """The appendix in one language: headings in it, sheets in English."""

    def __init__(self, sheets: tuple[Sheet, ...], data: ExampleData, language: Language) -> None:
        self._sheets = sheets
        self._data = data
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
    def data(self) -> Section:
        """The made-up data that the worked examples share."""
        voice = self._voice
        frames = (tabulate_frame(name, columns, voice=voice) for name, columns in self._data.frames.items())
        blocks: tuple[Block, ...] = (
            Heading(level=1, text=voice.say("methods.data_title"), numbering="annex"),
            Paragraph(spans=plain(voice.say("methods.data_lead"))),
            *frames,
            *_code(self._data.statements),
        )
        return Section(blocks, language=voice.language)

    @cached_property
    def sheets(self) -> Section:
        """Every sheet, a chapter each."""
        blocks = tuple(block for sheet in self._sheets for block in _compose_sheet(sheet, self._voice))
        return Section(blocks, language=self._voice.language)


def compose_methods(sheets: tuple[Sheet, ...], *, data: ExampleData, language: Language) -> MethodsAppendix:
    """Return the appendix of the sheets, whose sections a notebook shows.

    Args:
        sheets: sheets with their examples.
        data: what the examples share.
        language: language of headings and tables.
    """
    return MethodsAppendix(sheets, data, language)


def _compose_sheet(sheet: Sheet, voice: Voice) -> tuple[Block, ...]:
    blocks: list[Block] = [Heading(level=1, text=_unmarked(sheet.title).rstrip("."))]
    for name, text in sheet.parts.items():
        key = f"report.sheet_{name.lower().replace(' ', '_')}"
        label = Span(text=f"{voice.say(key)}. ", style="strong")
        first, *rest = (Span(text=_unmarked(paragraph)) for paragraph in text.split("\n"))
        blocks += [Paragraph(spans=(label, first)), *(Paragraph(spans=(span,)) for span in rest)]
    if sheet.example is not None:
        blocks.append(Paragraph(spans=(Span(text=voice.say("methods.example"), style="strong"),)))
        blocks += [*_code(sheet.example.statements), tabulate_example(sheet.module, sheet.example, voice=voice)]
    return tuple(blocks)


def _code(statements: tuple[str, ...]) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(spans=plain(statement), style="note") for statement in statements)


def _unmarked(text: str) -> str:
    """Leave out the marks of reStructuredText; what they set off is understood without them."""
    return _ROLE.sub("", text).replace("``", "").replace("`", "").replace("**", "")

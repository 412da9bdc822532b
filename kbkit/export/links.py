"""Links of a report: to its own tables, figures and headings, and to files beside it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from kbkit.document import Box, Bullets, Figure, Heading, Paragraph, Span, Spans, Table
from kbkit.errors import RenderError
from kbkit.export.elements import Element
from kbkit.export.numbering import Placed

# What is allowed is named, not what is forbidden: no scheme, no host, no leading slash, no query can be written so.
_RELATIVE = re.compile(r"(?:[\w.~%-]+/)*[\w.~%-]+(?:#[\w.-]+)?|#[\w.-]+")


def check_links(elements: Iterable[Element]) -> None:
    """Refuse a link that leaves the folder of the reports.

    Raises:
        RenderError: an address is neither relative nor a place in the report.
    """
    for element in elements:
        _replaced(element, _checked)


def resolve_links(parts: Sequence[Placed]) -> tuple[Placed, ...]:
    """Point every link inside the report at the anchor of its target, and name a table or figure by its number.

    A block knows its neighbours by name and not by number: ``#stunting_registry`` is the table, figure or heading of
    that name, wherever it stands. An anchor that the numbering gave is taken as it is.

    Raises:
        RenderError: a link names no table, figure or anchor of this report.
    """
    anchors = {part.anchor: part.anchor for part in parts if part.anchor}
    names = {part.element.name: part.anchor for part in parts if isinstance(part.element, Heading | Table | Figure)}
    targets = {name: anchor for name, anchor in (names | anchors).items() if name and anchor}
    labels = {part.anchor: part.label for part in parts if isinstance(part.element, Table | Figure)}

    def resolve(span: Span) -> Span:
        if not span.href.startswith("#"):
            return span
        target = targets.get(span.href[1:])
        if target is None:
            raise RenderError(target=f"link {span.href}", diagnostic="the report has nothing of that name")
        label = labels.get(target)
        return replace(span, text=f"{label} {span.text}" if label else span.text, href=f"#{target}")

    return tuple(replace(part, element=_replaced(part.element, resolve)) for part in parts)


def _checked(span: Span) -> Span:
    if span.href and not _RELATIVE.fullmatch(span.href):
        raise RenderError(target=f"link {span.href}", diagnostic="a link of a report is relative or starts with #")
    return span


def _replaced(element: Element, change: Callable[[Span], Span]) -> Element:
    if isinstance(element, Box):
        return replace(element, children=tuple(_text_block(child, change) for child in element.children))
    if isinstance(element, Paragraph | Bullets):
        return _text_block(element, change)
    return element


def _text_block(block: Paragraph | Bullets, change: Callable[[Span], Span]) -> Paragraph | Bullets:
    if isinstance(block, Paragraph):
        return replace(block, spans=_spans(block.spans, change))
    return replace(block, items=tuple(_spans(item, change) for item in block.items))


def _spans(spans: Spans, change: Callable[[Span], Span]) -> Spans:
    return tuple(change(span) for span in spans)

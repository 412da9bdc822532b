"""Markdown cells as blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import unescape
from typing import Any, Literal, cast

import mistune

from kbkit.document import (
    Align,
    Box,
    Bullets,
    Cell,
    Column,
    Heading,
    Paragraph,
    Row,
    Span,
    Spans,
    Table,
    plain,
)
from kbkit.export.elements import Element, Listing

_Token = Mapping[str, Any]
_Style = Literal["plain", "strong", "emphasis"]

_STYLES: Mapping[str, _Style] = {"strong": "strong", "emphasis": "emphasis"}
_ALIGNS: Mapping[str | None, Align] = {"right": "end", "center": "center"}
_parse = mistune.create_markdown(renderer="ast", plugins=["table"])


def read_markdown(source: str) -> tuple[Element, ...]:
    """Read a Markdown cell.

    Headings are unnumbered; deeper ones than level 3 become level 3. Links keep their text and, in brackets, their
    address. HTML is left out, pictures leave their description: an exporter fetches nothing.
    """
    return tuple(_blocks(cast("list[_Token]", _parse(source))))


def _blocks(tokens: Iterable[_Token]) -> Iterator[Element]:
    for token in tokens:
        kind = token["type"]
        if kind == "heading":
            level = cast("Literal[1, 2, 3]", min(token["attrs"]["level"], 3))
            yield Heading(level=level, text=_text(token["children"]), numbering="none")
        elif kind in ("paragraph", "block_text"):
            spans = _spans(token["children"])
            if any(span.text.strip() for span in spans):
                yield Paragraph(spans=spans)
        elif kind == "list":
            yield _bullets(token)
        elif kind == "block_code":
            yield Listing(text=token["raw"].rstrip("\n"))
        elif kind == "block_quote":
            inside = tuple(b for b in _blocks(token["children"]) if isinstance(b, Paragraph | Bullets))
            yield Box(title="", children=inside)
        elif kind == "table":
            yield _table(token)


def _bullets(token: _Token) -> Bullets:
    items = tuple(_item(item["children"]) for item in token["children"])
    return Bullets(items=items, ordered=token["attrs"]["ordered"])


def _item(tokens: Sequence[_Token]) -> Spans:
    """Return an item of a list; items of a list inside it follow in the same line, set off by semicolons."""
    spans: Spans = ()
    for token in tokens:
        if token["type"] == "list":
            inside = (_item(item["children"]) for item in token["children"])
            more = tuple(span for item in inside for span in (*plain("; "), *item))
        else:
            more = _spans(token.get("children", ()))
        spans += more
    return spans


def _table(token: _Token) -> Table:
    head, *bodies = token["children"]
    columns = tuple(
        Column(title=_text(cell["children"]), align=_ALIGNS.get(cell["attrs"]["align"], "start"))
        for cell in head["children"]
    )
    rows = tuple(
        Row(cells=tuple(Cell(text=_text(cell["children"])) for cell in row["children"]))
        for body in bodies
        for row in body["children"]
    )
    return Table(name="table", title="", columns=columns, rows=rows)


def _text(tokens: Iterable[_Token]) -> str:
    return "".join(span.text for span in _spans(tokens))


def _spans(tokens: Iterable[_Token], *, style: _Style = "plain") -> Spans:
    return tuple(span for token in tokens for span in _inline(token, style=style) if span.text)


def _inline(token: _Token, *, style: _Style) -> Spans:
    kind = token["type"]
    if kind in ("softbreak", "linebreak"):
        return plain(" ")
    if kind == "inline_html":
        return ()
    if kind == "link":
        text, address = _text(token["children"]), token["attrs"]["url"]
        shown = text if address in (text, f"mailto:{text}") or address.startswith("#") else f"{text} ({address})"
        return (Span(text=shown, style=style),)
    if "children" in token:
        return _spans(token["children"], style=_STYLES.get(kind, style))
    text = token.get("raw", "")
    return (Span(text=text if kind == "codespan" else unescape(text), style=style),)

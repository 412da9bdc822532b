"""A report as the data that the Typst template reads."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from kbkit.document import Emblem, Table, dump_blocks
from kbkit.export.column_texts import widest_texts
from kbkit.export.elements import Listing, Picture
from kbkit.export.numbering import Placed
from kbkit.export.reading import Report
from kbkit.export.syllables import cut, long_words
from kbkit.export.table_head import head_rows, spans_whole_width

_SUFFIXES = {"image/svg+xml": "svg", "image/png": "png", "image/jpeg": "jpg"}


def typst_data(report: Report) -> tuple[str, dict[str, bytes]]:
    """Return a report as JSON, and the files that it names.

    ``syllables`` says for the long words of an Indonesian report's tables where they may be cut (Typst itself knows
    English). Each part is the block's fields with ``label``, ``anchor`` and, for a table, its heading rows (``head``),
    which of its rows span the whole width (``whole``), and the widest texts of each column (``widest``).
    """
    pictures: dict[str, bytes] = {}
    blocks = tuple(placed.element for placed in report.parts if not isinstance(placed.element, Picture | Listing))
    fields = iter(dump_blocks(blocks))
    parts = [
        _picture(placed.element, pictures)
        if isinstance(placed.element, Picture)
        else _part(placed, asdict(placed.element) if isinstance(placed.element, Listing) else next(fields))
        for placed in report.parts
    ]
    data = {
        "document": asdict(report.document) | {"logo": _logo(report.document.logo, pictures)},
        "words": dict(report.words),
        "syllables": _syllables(report),
        "parts": parts,
    }
    return json.dumps(data, ensure_ascii=False, default=str), pictures


def _logo(logo: Emblem | None, pictures: dict[str, bytes]) -> dict[str, str] | None:
    if logo is None:
        return None
    name = f"logo.{_SUFFIXES[logo.media_type]}"
    pictures[name] = b64decode(logo.data)
    return {"file": name, "alt": logo.alt}


def _picture(picture: Picture, pictures: dict[str, bytes]) -> dict[str, str]:
    name = f"{len(pictures) + 1}.{_SUFFIXES[picture.media_type]}"
    pictures[name] = picture.data
    return {"kind": picture.kind, "file": name, "alt": picture.alt}


def _part(placed: Placed, fields: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a block with what its place and the page add to them."""
    element = placed.element
    fields |= {"label": placed.label, "anchor": placed.anchor}
    if isinstance(element, Table):
        fields["rows"] = [
            {"kind": row.kind, "whole": spans_whole_width(row), "cells": [cell.text for cell in row.cells]}
            for row in element.rows
        ]
        for column, texts in zip(fields["columns"], widest_texts(element), strict=True):
            column["widest"] = texts
        fields["head"] = [[asdict(cell) for cell in row] for row in head_rows(element.columns)]
    return fields


def _syllables(report: Report) -> dict[str, tuple[str, ...]]:
    if report.document.language != "id":
        return {}
    tables = (placed.element for placed in report.parts if isinstance(placed.element, Table))
    texts = {text for table in tables for text in _texts(table)}
    return {word: cut(word) for text in sorted(texts) for word in sorted(long_words(text))}


def _texts(table: Table) -> Iterator[str]:
    for column in table.columns:
        yield from (column.title, column.group)
    for row in table.rows:
        yield from (cell.text for cell in row.cells)

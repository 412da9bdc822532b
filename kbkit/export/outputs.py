"""Outputs of cells that kbkit did not make."""

from __future__ import annotations

import logging
import re
from base64 import b64decode
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from kbkit.export.elements import Element, Listing, MediaType, Picture
from kbkit.export.html_tables import read_tables
from kbkit.export.markdown import read_markdown

_log = logging.getLogger(__name__)

_TERMINAL_CODES = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|[\x00-\x08\x0b-\x1f\x7f]")
_OVERWRITTEN = re.compile(r"[^\n]*\r(?!\n)")
_PICTURES: tuple[MediaType, ...] = ("image/svg+xml", "image/png", "image/jpeg")


def read_output(output: Mapping[str, Any], *, cell: int, words: Mapping[str, str]) -> Sequence[Element]:
    """Read one output of a code cell.

    Printed text and results become listings, HTML tables become tables, pictures stay pictures, an error becomes a
    listing marked as failed. What a cell wrote to standard error (warnings of libraries) goes to the log.

    Args:
        output: node of the output (nbformat 4).
        cell: number of the cell as the notebook shows it, for pictures without a description.
        words: the exporter's words.
    """
    if output["output_type"] == "stream":
        return _stream(output, cell=cell)
    if output["output_type"] == "error":
        return (_failure(output),)
    return _displayed(output, cell=cell, words=words)


def _stream(output: Mapping[str, Any], *, cell: int) -> tuple[Listing, ...]:
    text = _printable(output["text"]).strip("\n")
    if output["name"] == "stderr":
        _log.warning("cell %s wrote to standard error; the report leaves it out: %s", cell, text)
        return ()
    return (Listing(text=text),) if text.strip() else ()


def _failure(output: Mapping[str, Any]) -> Listing:
    traceback = _printable("\n".join(output["traceback"]))
    return Listing(text=traceback, title=f"{output['ename']}: {_printable(output['evalue'])}", failed=True)


def _displayed(output: Mapping[str, Any], *, cell: int, words: Mapping[str, str]) -> Sequence[Element]:
    data = output["data"]
    for picture_type in _PICTURES:
        if picture_type in data:
            return (_picture(output, picture_type, cell=cell, words=words),)
    readers: tuple[tuple[str, Callable[[str], Sequence[Element]]], ...] = (
        ("text/html", read_tables),
        ("text/markdown", read_markdown),
        ("text/plain", lambda text: (Listing(text=_printable(text)),)),
    )
    for media_type, read in readers:
        if media_type in data and (elements := read(data[media_type])):
            return elements
    return ()


def _picture(output: Mapping[str, Any], media_type: MediaType, *, cell: int, words: Mapping[str, str]) -> Picture:
    content = output["data"][media_type]
    metadata = output.get("metadata", {})
    # The same two places, in the same order, in which nbconvert looks for it.
    alt = metadata.get(media_type, {}).get("alt") or metadata.get("alt")
    if not alt:
        _log.warning("the figure of cell %s has no description (metadata key 'alt' of the output)", cell)
        alt = f"{words['no_alt']} {cell}"
    data = content.encode() if media_type == "image/svg+xml" else b64decode(content)
    return Picture(data=data, media_type=media_type, alt=alt)


def _printable(text: str) -> str:
    """Return a text as a terminal leaves it: without colours, each line as last written (progress bars)."""
    return _TERMINAL_CODES.sub("", _OVERWRITTEN.sub("", text))

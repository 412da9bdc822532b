"""The sheets of the methods, read from the docstrings of their modules: the manual cannot drift from the code."""

from __future__ import annotations

import inspect
from importlib import import_module
from pkgutil import iter_modules

import kbkit.methods
from kbkit.results.sheets import HEADINGS, Sheet


def read_sheets() -> tuple[Sheet, ...]:
    """Return the sheet of every method, in the order of its module's name."""
    names = sorted(module.name for module in iter_modules(kbkit.methods.__path__))
    docs = {name: inspect.getdoc(import_module(f"kbkit.methods.{name}")) or "" for name in names}
    return tuple(parse_sheet(name, text) for name, text in docs.items() if f"\n{HEADINGS[0]}:" in text)


def parse_sheet(module: str, text: str) -> Sheet:
    """Split a docstring into its title and the paragraphs under the fixed headings.

    Raises:
        ValueError: a heading is missing or stands at another place.
    """
    title, *paragraphs = (" ".join(paragraph.split()) for paragraph in text.split("\n\n"))
    parts: dict[str, list[str]] = {}
    for paragraph in paragraphs:
        heading, _, body = paragraph.partition(":")
        if heading in HEADINGS:
            parts[heading] = [body.strip()] if body.strip() else []
        elif parts:
            parts[next(reversed(parts))].append(paragraph)
    if tuple(parts) != HEADINGS:
        raise ValueError(f"{module}: the sheet has {list(parts)}, not {list(HEADINGS)}")
    return Sheet(module=module, title=title, parts={name: "\n".join(body) for name, body in parts.items()})

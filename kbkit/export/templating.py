"""How blocks become HTML: the Jinja environment of the page and of the fragment in a notebook."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import get_args

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from kbkit.document import Align, Column, Row, Table
from kbkit.export.elements import Picture
from kbkit.export.table_head import head_rows, spans_whole_width

TEMPLATES = Path(__file__).parent / "templates"
TEMPLATE_NAME = "kbkit-html"

_SPECIAL = re.compile("[&<>'\"\0]")
_SHORTEST_LONG = 24
_LONG = re.compile(rf"\S{{{_SHORTEST_LONG},}}")
_AFTER_JOINT = re.compile(r"(?<=[/_])(?=.)")


def prepare(environment: Environment) -> Environment:
    """Make an environment safe and teach it what the templates use.

    Escaping is on for everything: text of a block is data. nbconvert's own environment leaves it off.
    """
    environment.autoescape = True
    environment.undefined = StrictUndefined
    environment.trim_blocks = True
    environment.lstrip_blocks = True
    environment.globals["head_rows"] = head_rows
    environment.globals["table_rows"] = _table_rows
    environment.filters["svg_source"] = _svg_source
    environment.filters["picture_source"] = _picture_source
    environment.filters["csp_hash"] = _csp_hash
    environment.filters["css_string"] = _css_string
    return environment


def fragment_environment() -> Environment:
    """Return the environment in which displayed objects render themselves."""
    return prepare(Environment(loader=FileSystemLoader(TEMPLATES / TEMPLATE_NAME), autoescape=True))


def _svg_source(svg: str) -> str:
    """Return an SVG as the source of an image.

    As an image, and not as elements of the page: its scripts never run, it loads nothing, and the ids of two figures
    cannot meet.
    """
    return _data_address(svg.encode(), "image/svg+xml")


def _picture_source(picture: Picture) -> str:
    return _data_address(picture.data, picture.media_type)


def _data_address(data: bytes, media_type: str) -> str:
    return f"data:{media_type};base64,{b64encode(data).decode('ascii')}"


def _csp_hash(source: str) -> Markup:
    """Return the hash by which a content security policy knows a style or script of the page itself."""
    digest = b64encode(sha256(source.encode()).digest()).decode("ascii")
    return Markup(f"'sha256-{digest}'")  # base64 holds nothing that HTML would read


def _css_string(text: str) -> Markup:
    """Return a text as a CSS string in which no character has a meaning."""
    escaped = "".join(c if c.isalnum() or c == " " else f"\\{ord(c):x} " for c in text)
    return Markup(f'"{escaped}"')  # every character but letters, digits and blanks is escaped


def _table_rows(table: Table) -> Markup:
    """Return the rows of a table's body: by hand, since tables have thousands of cells.

    Every row that heads others begins a body of its own.
    """
    lines: list[str] = []
    for row in table.rows:
        if spans_whole_width(row):
            head = f'<th scope="rowgroup" colspan="{len(table.columns)}">{escape(row.cells[0].text)}</th>'
            lines += [*(("</tbody><tbody>",) if lines else ()), f'<tr class="group">{head}</tr>']
        else:
            opening = "<tr>" if row.kind == "body" else f'<tr class="{row.kind}">'
            lines.append(f"{opening}{_cells(row, table.columns)}</tr>")
    return Markup("\n".join(lines))  # the texts of cells are escaped, the rest is from closed lists


def _cells(row: Row, columns: Sequence[Column]) -> str:
    cells = zip(row.cells, columns, strict=False)
    return "".join(
        f"{_OPENING[not position, column.align]}{_breakable(cell.text)}</{'td' if position else 'th'}>"
        for position, (cell, column) in enumerate(cells)
    )


def _opening(heads: bool, align: Align) -> str:
    """Return how a cell begins: the first of a row is its heading."""
    tag = '<th scope="row"' if heads else "<td"
    return f"{tag}>" if align == "start" else f'{tag} class="{align}">'


_OPENING = {(heads, align): _opening(heads, align) for heads in (True, False) for align in get_args(Align)}


def _breakable(text: str) -> str:
    """Return a text as HTML; its paths and keys may break after a slash or underscore, so that they widen no column."""
    if len(text) < _SHORTEST_LONG and not _SPECIAL.search(text):
        return text
    joints = _LONG.sub(lambda found: _AFTER_JOINT.sub("\0", found[0]), text.replace("\0", ""))
    return Markup("<wbr>").join(escape(piece) for piece in joints.split("\0"))

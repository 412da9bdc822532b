"""Every number that a run wrote, read back from its files without knowing what they mean.

A line is what stands together: a row of a table, an object of a JSON file. It has texts, by which it is known of whom
it speaks, and numbers, each under the name of its column and with the half of its last printed digit.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import python_calamine
from lxml import etree, html

EXACT = 1e-9


@dataclass(frozen=True, kw_only=True)
class Line:
    """What stands together in one place. ``numbers`` holds value and tolerance by column.

    ``source`` is the file and, after a colon, the table or list in it.
    """

    source: str
    texts: frozenset[str]
    numbers: dict[str, tuple[float, float]]


def read_folder(folder: Path) -> list[Line]:
    """Return the lines of every file below a folder; the PDF holds what the HTML does (tests/export/test_agreement)."""
    readers = {".json": read_json, ".csv": read_csv, ".xlsx": read_workbook, ".html": read_html}
    return [
        line
        for path in sorted(folder.rglob("*"))
        if path.suffix in readers and not path.name.startswith(".")
        for line in readers[path.suffix](path)
    ]


def read_sentences(folder: Path) -> Iterator[str]:
    """Yield every sentence of the pages, and every text of the figures, alternative texts too."""
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".html":
            page = html.fromstring(path.read_bytes())
            for element in page.iter("p", "li", "figcaption", "title", "desc", "text", "td"):
                yield from _sentences(" ".join(element.itertext()))
            yield from (str(alt) for alt in page.xpath("//@alt | //@aria-label | //@title"))
        elif path.suffix == ".svg":
            drawing = etree.parse(path).getroot()
            yield from (" ".join(part.itertext()) for part in drawing.iter("{*}title", "{*}desc", "{*}text"))


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?;])\s+", " ".join(text.split()))


def read_json(path: Path) -> Iterator[Line]:
    """Yield a line for every object, with the numbers of the objects in it that are not in a list."""
    yield from _walk(json.loads(path.read_text(encoding="utf-8")), f"{path.name}:", "")


def _walk(value: Any, source: str, key: str) -> Iterator[Line]:
    if isinstance(value, list):
        for member in value:
            yield from _walk(member, source, key)
    elif isinstance(value, dict):
        texts = {key, *(str(text) for name, text in value.items() if isinstance(text, str) or name == "tier")}
        numbers = {name: (float(number), EXACT) for name, number in _leaves(value, "")}
        yield Line(source=source, texts=frozenset(map(_plain, texts)), numbers=numbers)
        for name, member in value.items():
            yield from _walk(member, f"{source}/{name}", name)


def _leaves(value: Any, path: str) -> Iterator[tuple[str, float]]:
    if isinstance(value, dict):
        for name, member in value.items():
            yield from _leaves(member, name if name not in ("estimate", "children") else path)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield path, value


def read_csv(path: Path) -> Iterator[Line]:
    """Yield a line for every row."""
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig")), delimiter=";"))
    yield from _grid(path.name, rows, _machine_numbers)


def read_workbook(path: Path) -> Iterator[Line]:
    """Yield a line for every row of every sheet, under the row that looks most like a head."""
    book = python_calamine.load_workbook(str(path))
    for name in book.sheet_names:
        rows = [["" if cell is None else str(cell) for cell in row] for row in book.get_sheet_by_name(name).to_python()]
        yield from _grid(f"{path.name}:{name}", rows, _machine_numbers)


def read_html(path: Path) -> Iterator[Line]:
    """Yield a line for every row of every table; numbers are as they are printed in the page's language."""
    page = html.fromstring(path.read_bytes())
    parse = _printed_numbers("," if page.get("lang", "id").startswith("id") else ".")
    for place, table in enumerate(page.iter("table")):
        rows = [[" ".join("".join(cell.itertext()).split()) for cell in row] for row in table.iter("tr")]
        yield from _grid(f"{path.name}:{place}", rows, parse)


def _grid(source: str, rows: list[list[str]], parse: Any) -> Iterator[Line]:
    for row in rows:
        numbers: dict[str, tuple[float, float]] = {}
        for place, cell in enumerate(row):
            for part, number in enumerate(parse(cell)):
                numbers[f"{_heading(rows, place)}.{part}"] = number
        yield Line(source=source, texts=frozenset(_plain(cell) for cell in row if cell), numbers=numbers)


def _heading(rows: list[list[str]], place: int) -> str:
    """Return the head of a column where the first row is a head, else its place."""
    head = rows[0]
    return head[place] if place < len(head) and len(set(head)) == len(head) else str(place)


def _machine_numbers(cell: str) -> list[tuple[float, float]]:
    try:
        return [(float(part), EXACT) for part in cell.split()]
    except ValueError:
        return []


def _printed_numbers(comma: str) -> Any:
    point = "." if comma == "," else ","

    def parse(cell: str) -> list[tuple[float, float]]:
        found = re.findall(rf"[−-]?\d[\d{re.escape(comma + point)}]*", cell)
        if not found or re.search(r"[^\W\d_]{3}", cell):
            return []
        return [_one(text.strip(comma + point), comma, point, percent="%" in cell) for text in found]

    return parse


def _one(text: str, comma: str, point: str, *, percent: bool) -> tuple[float, float]:
    plain = text.replace("−", "-").replace(point, "").replace(comma, ".")
    digits = len(plain.partition(".")[2])
    scale = 100 if percent else 1
    tolerance = EXACT if not digits and not percent else 0.5000001 * 10.0**-digits / scale
    return float(plain) / scale, tolerance


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def add_column(path: Path, name: str, values: Iterable[tuple[str, float]]) -> None:
    """Add a column to a CSV, by the texts of its rows: a leak made on purpose."""
    known = dict(values)
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig")), delimiter=";"))
    wide = [[*row, name if not place else _value(row, known)] for place, row in enumerate(rows)]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";", lineterminator="\n").writerows(wide)


def _value(row: list[str], known: dict[str, float]) -> str:
    return next((str(known[cell]) for cell in row if cell in known), "")

"""Numbers of chapters, annexes, tables and figures, given once for every format.

Chapters are "BAB I", "BAB II"; sections "1.1"; annexes "Lampiran A" with sections "A.1"; tables and figures
"Tabel 3.1", "Gambar A.2". Outside numbered chapters and annexes (summary, foreign notebooks) they run
through: "Tabel 1", "Tabel 2".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from kbkit.document import Figure, Heading, Table
from kbkit.export.elements import Element

_ROMAN = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


@dataclass(frozen=True, kw_only=True)
class Placed:
    """An element at its place in the report.

    Attributes:
        element: what is set.
        label: its number with its word, ``"BAB I"``, ``"1.1"``, ``"Tabel 3.1"``; empty for what has none.
        anchor: name to link to, unique in the report; empty for what nothing links to.
    """

    element: Element
    label: str = ""
    anchor: str = ""


def number(elements: Iterable[Element], *, words: Mapping[str, str]) -> tuple[Placed, ...]:
    """Give every heading, table and figure its label and anchor.

    A heading never lies more than one level under the one before: a deeper one is raised, since a leap breaks the
    outline that a screen reader walks (and PDF/UA forbids it).
    """
    counter = _Counter(words=words)
    return tuple(counter.place(element) for element in elements)


def roman(value: int) -> str:
    """Return a number from 1 to 89 in Roman capitals."""
    numeral = ""
    for worth, letters in _ROMAN:
        count, value = divmod(value, worth)
        numeral += letters * count
    return numeral


def letter(value: int) -> str:
    """Return the letter of an annex: A to Z, then AA, AB."""
    name = ""
    while value:
        value, rest = divmod(value - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


@dataclass(kw_only=True)
class _Counter:
    """Where the pass stands. ``prefix`` is the number of the running chapter or annex ("3", "B", "")."""

    words: Mapping[str, str]
    prefix: str = ""
    level: int = 0
    counts: dict[str, int] = field(default_factory=dict)

    def place(self, element: Element) -> Placed:
        """Return the element with its label."""
        if isinstance(element, Heading):
            return self._heading(element)
        if isinstance(element, Table) and element.title:
            return self._exhibit(element, kind="table")
        if isinstance(element, Figure):
            return self._exhibit(element, kind="figure")
        return Placed(element=element)

    def _heading(self, heading: Heading) -> Placed:
        level = min(heading.level, self.level + 1)
        self.level = level
        heading = replace(heading, level=level)  # type: ignore[arg-type]  # 1 to 3 by the line above
        if level == 1:
            return self._chapter(heading)
        if not self.prefix or heading.numbering == "none":
            return Placed(element=heading, anchor=self._unnumbered())
        if level == 2:
            self.counts["subsection"] = 0
            label = f"{self.prefix}.{self._next('section')}"
        else:
            label = f"{self.prefix}.{self.counts.get('section', 0)}.{self._next('subsection')}"
        return Placed(element=heading, label=label, anchor=_anchor("section", label))

    def _chapter(self, heading: Heading) -> Placed:
        for name in ("section", "subsection", "table", "figure"):
            self.counts[name] = 0
        if heading.numbering == "none":
            self.prefix = ""
            return Placed(element=heading, anchor=self._unnumbered())
        count = self._next(heading.numbering)
        self.prefix = letter(count) if heading.numbering == "annex" else str(count)
        shown = self.prefix if heading.numbering == "annex" else roman(count)
        label = f"{self.words[heading.numbering]} {shown}"
        return Placed(element=heading, label=label, anchor=_anchor(heading.numbering, self.prefix))

    def _exhibit(self, element: Table | Figure, *, kind: str) -> Placed:
        shown = f"{self.prefix}.{self._next(kind)}" if self.prefix else str(self._next(f"loose {kind}"))
        return Placed(element=element, label=f"{self.words[kind]} {shown}", anchor=_anchor(kind, shown))

    def _unnumbered(self) -> str:
        return _anchor("heading", str(self._next("heading")))

    def _next(self, name: str) -> int:
        self.counts[name] = self.counts.get(name, 0) + 1
        return self.counts[name]


def _anchor(kind: str, shown: str) -> str:
    return f"{kind}-{shown.replace('.', '-').lower()}"

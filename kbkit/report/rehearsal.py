"""What every report does for the first time, done before the first report.

A process that forks itself for every report (:mod:`kbkit.run.fork_server`) holds what this loads, compiles and reads:
letters of the typeface, patterns of the writer of workbooks, templates. Each fork would do it anew, in 0.05 s.
"""

from __future__ import annotations

from kbkit.document import Cell, Column, Figure, Paragraph, Row, Table, plain
from kbkit.export import render_html
from kbkit.figures.canvas import Key, Page, style
from kbkit.figures.palette import INK
from kbkit.template import write_template
from kbkit.text import LANGUAGES, Voice

_LETTERS = "AaBbCcDdEeFfGgHhIiJjKkLlMmNnOoPpQqRrSsTtUuVvWwXxYyZz 0123456789 .,:;()-–%/"


def rehearse() -> None:
    """Draw a figure, write a workbook and show a table, and keep none of them."""
    svg = _draw()
    columns, row = (Column(title="1"), Column(title="2")), Row(cells=(Cell(text="3"), Cell(text="4")))
    blocks = (
        Paragraph(spans=plain(_LETTERS)),
        Table(name="rehearsal", title="5", columns=columns, rows=(row,)),
        Figure(name="rehearsal", title="6", svg=svg, alt="7"),
    )
    for language in LANGUAGES:
        Voice(language)
        render_html(blocks, language=language)
        write_template("plan", language=language)
    "".encode("utf-8-sig")  # of the CSV files: Python loads an encoding at its first use


def _draw() -> str:
    with style():
        page = Page(height=1)
        page.explain([Key(label=_LETTERS, mark="o")])
        panel = page.panels[0]
        panel.lines([((0, 0), (1, 1))], colour=INK, width=1)
        panel.write(_LETTERS, 0, 0)
        return page.to_svg()

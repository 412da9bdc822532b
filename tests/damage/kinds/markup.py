"""HTML tables: cut off, nested, spanning oddly, closed nowhere."""

from __future__ import annotations

import re
from pathlib import Path

from tests.damage.containers import as_html
from tests.damage.damage import RIGHT, SAFE, TOLD, Outcome, on_file
from tests.damage.specimen import Specimen


def _written(specimen: Specimen, folder: Path, page: str) -> None:
    specimen.write(folder, page.encode())


@on_file(Outcome.REFUSED)
def html_cut_off(specimen: Specimen, folder: Path) -> None:
    """The page ends in the middle of a row."""
    page = as_html(specimen.grid)
    _written(specimen, folder, page[: page.rindex("</td>") - 1])


@on_file(*RIGHT)
def html_inside_a_table_of_the_page(specimen: Specimen, folder: Path) -> None:
    """The table stands inside another that only lays out the page."""
    page = as_html(specimen.grid)
    _written(
        specimen,
        folder,
        page.replace("<table>", "<table><tr><td>Menu</td><td><table>").replace(
            "</table>", "</table></td></tr></table>"
        ),
    )


@on_file(*TOLD)
def html_table_inside_a_cell(specimen: Specimen, folder: Path) -> None:
    """A cell of the table holds a table of its own."""
    page = as_html(specimen.grid)
    place = page.rindex("</td>")
    _written(specimen, folder, page[:place] + "<table><tr><td>isi</td></tr></table>" + page[place:])


@on_file(*RIGHT)
def html_in_capitals(specimen: Specimen, folder: Path) -> None:
    """Tags are in capitals, with attributes."""
    page = re.sub(r"<(/?)(\w+)", lambda tag: f"<{tag[1]}{tag[2].upper()}", as_html(specimen.grid))
    _written(specimen, folder, page.replace("<TD", '<TD STYLE="mso-number-format:\\@" ALIGN=right'))


@on_file(*RIGHT)
def html_cells_not_closed(specimen: Specimen, folder: Path) -> None:
    """No cell and no row is closed."""
    _written(specimen, folder, re.sub(r"</t[dr]>", "", as_html(specimen.grid)))


@on_file(*RIGHT)
def html_with_parts(specimen: Specimen, folder: Path) -> None:
    """The table has a head and a body."""
    page = as_html(specimen.grid)
    rows = re.findall(r"<tr>.*?</tr>", page, re.DOTALL)
    head, body = "".join(rows[: specimen.grid.first]), "".join(rows[specimen.grid.first :])
    _written(specimen, folder, f"<table><thead>{head}</thead><tbody>{body}</tbody></table>")


@on_file(*SAFE)
def html_spans_that_cannot_be(specimen: Specimen, folder: Path) -> None:
    """Spans of the headings are 0, below zero, words, and beyond all bounds."""
    spans = iter(('colspan="0"', 'colspan="-3"', 'rowspan="satu"', 'colspan="²"', 'rowspan="0"'))
    page = re.sub("<td>", lambda tag: f"<td {span}>" if (span := next(spans, None)) else tag[0], as_html(specimen.grid))
    _written(specimen, folder, page)


@on_file(*SAFE)
def html_spans_beyond_all_bounds(specimen: Specimen, folder: Path) -> None:
    """The first cell of the first village spans a million columns and rows."""
    rows = as_html(specimen.grid).split("<tr>")
    rows[specimen.grid.first + 1] = rows[specimen.grid.first + 1].replace(
        "<td>", '<td colspan="1000000" rowspan="1000000">', 1
    )
    _written(specimen, folder, "<tr>".join(rows))


@on_file(*TOLD)
def html_number_over_two_columns(specimen: Specimen, folder: Path) -> bool:
    """A number spans two columns, and all behind it are moved by one."""
    if not specimen.grid.numeric:
        return False
    rows = as_html(specimen.grid).split("<tr>")
    place = specimen.grid.first + 2
    cells = rows[place].split("<td>")
    cells[specimen.grid.numeric[0] + 1] = "\0" + cells[specimen.grid.numeric[0] + 1]
    rows[place] = "<td>".join(cells).replace("<td>\0", '<td colspan="2">')
    _written(specimen, folder, "<tr>".join(rows))
    return True


@on_file(*TOLD)
def html_number_over_two_rows(specimen: Specimen, folder: Path) -> bool:
    """A number spans two villages."""
    if not specimen.grid.numeric:
        return False
    rows = as_html(specimen.grid).split("<tr>")
    place = specimen.grid.first + 2
    cells = rows[place].split("<td>")
    cells[specimen.grid.numeric[0] + 1] = "\0" + cells[specimen.grid.numeric[0] + 1]
    rows[place] = "<td>".join(cells).replace("<td>\0", '<td rowspan="2">')
    _written(specimen, folder, "<tr>".join(rows))
    return True


@on_file(*RIGHT)
def html_with_comments_and_scripts(specimen: Specimen, folder: Path) -> None:
    """Comments, scripts and styles hold the tags of tables."""
    page = as_html(specimen.grid)
    noise = "<!-- <table> --><script>var x = '<table><tr><td>1</td>';</script><style>table { }</style>"
    _written(specimen, folder, page.replace("<body>", f"<body>{noise}"))


@on_file(*RIGHT)
def html_with_entities(specimen: Specimen, folder: Path) -> None:
    """Every cell is written in entities, with hard spaces around it."""
    page = as_html(specimen.grid, cell=lambda text: "&nbsp;" + "".join(f"&#{ord(sign)};" for sign in text) + "&nbsp;")
    _written(specimen, folder, page)


@on_file(*SAFE)
def html_two_tables(specimen: Specimen, folder: Path) -> None:
    """A small table of the page stands before the one that counts."""
    page = as_html(specimen.grid)
    _written(specimen, folder, page.replace("<table>", "<table><tr><td>Filter</td><td>Semua</td></tr></table><table>"))


@on_file(*SAFE)
def html_deeply_nested(specimen: Specimen, folder: Path) -> None:
    """Ten thousand elements stand inside each other before the table."""
    page = as_html(specimen.grid)
    _written(specimen, folder, page.replace("<table>", "<div>" * 10_000 + "<table>"))


@on_file(*SAFE)
def html_hidden_row(specimen: Specimen, folder: Path) -> None:
    """A row is hidden by its style: it is data none the less."""
    page = as_html(specimen.grid)
    _written(specimen, folder, page.replace("<tr>", '<tr style="display:none">'))


@on_file(*TOLD)
def html_numbers_in_two_lines(specimen: Specimen, folder: Path) -> bool:
    """Cells hold two numbers, parted by a line break alone."""
    if not specimen.grid.numeric:
        return False
    page = as_html(specimen.grid.map_numbers(lambda number: f"{number}\0{number}"))
    _written(specimen, folder, page.replace("\0", "<br>"))
    return True

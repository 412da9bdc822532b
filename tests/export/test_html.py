from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import html as lxml_html
from nbformat import NotebookNode
from traitlets.config import Config

from kbkit.document import Block, Box, Bullets, Cell, Column, KeyFigure, KeyFigures, PageBreak, Row, plain
from kbkit.errors import RenderError
from kbkit.export import HtmlReportExporter, render_html
from tests.export.conftest import (
    GET_EXPORTER,
    document,
    figure,
    heading,
    notebook,
    paragraph,
    report,
    table,
    to_html,
    write,
)

HOSTILE = "<script>alert(1)</script> #strong[x] $x$ *x* =1+1 `tick` @ref // c \\n {{ 7*7 }} {% x %} \" ' &amp;"


def parse(node: NotebookNode) -> lxml_html.HtmlElement:
    return lxml_html.document_fromstring(to_html(node))


def test_entry_point() -> None:
    assert GET_EXPORTER("kbkit-html") is HtmlReportExporter


def test_language_landmarks_and_title(full_report: NotebookNode) -> None:
    page = parse(full_report)
    assert page.get("lang") == "id"
    assert page.findtext(".//title") == "Laporan Kabupaten Blora"
    assert len(page.findall(".//main")) == len(page.findall(".//header")) == len(page.findall(".//nav")) == 1
    skip = page.find(".//a[@class='skip']")
    assert skip is not None
    assert skip.get("href") == f"#{page.find('.//main').get('id')}"  # type: ignore[union-attr]


def test_numbers_are_shown(full_report: NotebookNode) -> None:
    shown = [" ".join(element.text_content().split()) for element in parse(full_report).findall(".//main//h2")]
    assert shown == ["Ringkasan", "BAB I Pendahuluan", "BAB II Klasifikasi", "Lampiran A Rubrik"]
    captions = [" ".join(e.text_content().split()) for e in parse(full_report).iterfind(".//caption")]
    assert captions == ["Tabel 1 Ikhtisar", "Tabel 2.1 Sebaran", "Tabel A.1 Sebaran"]


def test_contents_lead_somewhere(full_report: NotebookNode) -> None:
    page = parse(full_report)
    targets = [(link.get("href") or "")[1:] for link in page.iterfind(".//nav//a")]
    assert len(page.findall(".//nav/ul//a")) == 7
    assert all(page.get_element_by_id(target) is not None for target in targets)


def test_tables_and_figures_are_listed_and_fold_without_javascript(full_report: NotebookNode) -> None:
    # Three tables make a list; one figure makes none.
    (listed,) = parse(full_report).findall(".//nav/details")
    assert listed.get("open") is None
    assert listed.findtext("summary") == "Daftar Tabel (3)"
    assert [" ".join(entry.text_content().split()) for entry in listed.iterfind(".//li")] == [
        "Tabel 1 Ikhtisar",
        "Tabel 2.1 Sebaran",
        "Tabel A.1 Sebaran",
    ]


def test_nothing_is_fetched(full_report: NotebookNode) -> None:
    source = to_html(full_report)
    page = lxml_html.document_fromstring(source)
    for element in page.iter():
        for name in ("src", "href", "srcset", "data", "action", "poster", "background"):
            value = element.get(name)
            assert value is None or value.startswith(("#", "data:")), (element.tag, name, value)
    assert len(page.findall(".//script")) == 1, "the page's own"
    assert not re.search(r"url\(|@import", source)


@pytest.mark.parametrize(
    "place", ["paragraph", "heading", "cell", "caption", "box", "alt", "title", "stamp", "running_head"]
)
def test_text_is_never_markup(place: str) -> None:
    blocks: dict[str, Block] = {
        "paragraph": paragraph(HOSTILE),
        "heading": heading(HOSTILE),
        "cell": table((HOSTILE, HOSTILE)),
        "caption": table(("a", "b"), title=HOSTILE, notes=(HOSTILE,), source=HOSTILE),
        "box": Box(title=HOSTILE, children=(Bullets(items=(plain(HOSTILE),)),)),
        "alt": figure(alt=HOSTILE, title=HOSTILE),
    }
    fields = {place: HOSTILE} if place not in blocks else {}
    page = parse(report(*([blocks[place]] if place in blocks else []), **fields))
    assert len(page.findall(".//script")) == 1, "the page's own"
    if place == "alt":
        assert page.find(".//main//img").get("alt") == HOSTILE  # type: ignore[union-attr]
    elif place == "running_head":
        assert "</style>" not in str(page.findtext(".//style"))
        assert "script" in str(page.findtext(".//style"))
    else:
        assert HOSTILE in page.text_content()


def test_a_running_head_cannot_leave_its_css_string() -> None:
    style = parse(report(running_head='"; } body { display: none } </style><p id="out">')).findtext(".//style")
    assert style is not None
    assert "display: none }" not in style.split("@page { @top-right")[1]


def test_table_semantics() -> None:
    columns = (Column(title="Desa"), Column(title="a", group="G", align="end"), Column(title="b", group="G"))
    rows = (
        Row(cells=(Cell(text="Lokus"), Cell(text=""), Cell(text="")), kind="group"),
        Row(cells=(Cell(text="Cepu"), Cell(text="1"), Cell(text="2"))),
        Row(cells=(Cell(text="Jumlah"), Cell(text="1"), Cell(text="2")), kind="total"),
    )
    page = parse(report(table(columns=columns, rows=rows, source="Portal")))
    assert [h.get("scope") for h in page.iterfind(".//thead//th")] == ["col", "colgroup", "col", "col"]
    assert [h.get("scope") for h in page.iterfind(".//tbody//th")] == ["rowgroup", "row", "row"]
    region = page.find(".//div[@role='region']")
    assert region is not None
    assert (region.get("tabindex"), region.get("aria-label")) == ("0", "Tabel 1: Sebaran")
    assert "Sumber: Portal" in page.text_content()


def test_a_path_may_break_at_its_joints_and_nowhere_else() -> None:
    path = "exports/kampung_kb/<b>_2022.xlsx"
    cell = parse(report(table((path, "satu/dua")))).find(".//tbody//th")
    assert cell is not None
    assert cell.text_content() == path
    assert len(list(cell.iter("wbr"))) == 4


def test_a_table_without_rows_says_so() -> None:
    assert "Tidak ada baris." in parse(report(table())).text_content()


def test_boxes_and_key_figures() -> None:
    page = parse(
        report(
            Box(title="Batas", tone="limit", children=(paragraph("isi"),)),
            KeyFigures(items=(KeyFigure(label="Desa", value="295", detail="dari 295"),)),
            PageBreak(),
        )
    )
    assert page.find(".//div[@class='box limit'][@role='note']") is not None
    assert page.findtext(".//dl[@class='key-figures']//dt") == "Desa"


def test_the_stamp_is_a_band_and_is_printed(full_report: NotebookNode) -> None:
    page = parse(full_report)
    assert page.findtext(".//p[@class='stamp']") == "DATA SIMULASI"
    style = str(page.findtext(".//style"))
    assert "position: fixed" in style[style.index("@media print") :]
    assert parse(report()).find(".//p[@class='stamp']") is None


def test_code_is_hidden(full_report: NotebookNode) -> None:
    assert "SECRET_CODE" not in to_html(full_report)


def test_the_shell_is_small() -> None:
    assert len(to_html(notebook()).encode()) < 60 * 1024


def test_the_same_bytes_twice(full_report: NotebookNode) -> None:
    assert to_html(full_report) == to_html(full_report)


def test_a_figure_without_alternative_text_fails() -> None:
    with pytest.raises(RenderError):
        to_html(report(figure(alt="")))


def test_the_command_line(full_report: NotebookNode, tmp_path: Path) -> None:
    write(full_report, tmp_path / "report.ipynb")
    command = [sys.executable, "-m", "nbconvert", "--to", "kbkit-html", str(tmp_path / "report.ipynb")]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    assert "BAB I" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_a_cell_can_be_removed_by_tag() -> None:
    node = report(paragraph("hilang"))
    node.cells[1].metadata["tags"] = ["draft"]
    config = Config({"TagRemovePreprocessor": {"remove_cell_tags": {"draft"}}})
    assert "hilang" in to_html(node)
    assert "hilang" not in to_html(node, config=config)


def test_fragment_for_jupyterlab() -> None:
    fragment = render_html((document(title=HOSTILE), heading("Satu"), table(("Cepu", HOSTILE)), figure()))
    page = lxml_html.fragment_fromstring(fragment)
    assert not page.findall(".//script")
    assert page.text_content().count(HOSTILE) == 2
    assert "Tabel" not in (page.findtext(".//caption") or "")
    assert page.find(".//img") is not None

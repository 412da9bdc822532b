from __future__ import annotations

import logging

import pytest
from nbformat import NotebookNode

from kbkit.document import MIME_TYPE, Bullets, Cell, Heading, Paragraph, Row, Table
from kbkit.errors import RenderError
from kbkit.export.elements import Listing, Picture
from kbkit.export.reading import Report, read_report
from tests.export.conftest import SVG, V4, displayed, document, figure, heading, notebook, paragraph, report, table

# The smallest PNG: one transparent pixel.
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="


def read(*cells: NotebookNode, **metadata: object) -> Report:
    return read_report(notebook(*cells, **metadata), name="analysis")


def elements(*cells: NotebookNode) -> list[object]:
    return [part.element for part in read(*cells).parts]


def ran(*outputs: NotebookNode, execution_count: int = 4) -> NotebookNode:
    cell: NotebookNode = V4.new_code_cell("x", outputs=list(outputs), execution_count=execution_count)
    return cell


def shown(data: dict[str, str], **fields: object) -> NotebookNode:
    output: NotebookNode = V4.new_output("display_data", data, **fields)
    return output


def test_blocks_come_in_the_order_of_the_notebook() -> None:
    read_back = read(displayed(document(), paragraph("satu")), displayed(heading("Dua"), paragraph("tiga")))
    assert read_back.document.title == "Laporan Kabupaten Blora"
    assert [part.element for part in read_back.parts] == [paragraph("satu"), heading("Dua"), paragraph("tiga")]


def test_words_of_the_report_come_before_the_exporter_s() -> None:
    words = read(displayed(document(words={"table": "Daftar"}))).words
    assert (words["table"], words["figure"]) == ("Daftar", "Gambar")


def test_a_markdown_cell_for_the_notebook_only_is_left_out() -> None:
    cells = [
        V4.new_markdown_cell("inside", metadata={"tags": ["notebook-only"]}),
        V4.new_markdown_cell("outside"),
    ]
    assert elements(*cells) == [paragraph("outside")]


def test_a_figure_without_alternative_text_fails() -> None:
    with pytest.raises(RenderError, match="batang"):
        read_report(report(figure(alt=" ")), name="x")


def test_a_ragged_table_fails() -> None:
    ragged = table(rows=(Row(cells=(Cell(text="Cepu"),)),))
    with pytest.raises(RenderError, match="sebaran"):
        read_report(report(ragged), name="x")


def test_what_claims_to_be_blocks_and_is_not_fails() -> None:
    with pytest.raises(RenderError, match="cell 4"):
        read(ran(V4.new_output("display_data", {MIME_TYPE: [{"kind": "poem"}]})))


def test_title_of_a_foreign_notebook() -> None:
    opened = V4.new_markdown_cell("# My *work*\n\n## One\n\n#### Deep\n\n## Two")
    from_heading = read(opened)
    assert from_heading.document.title == "My work"
    assert [(p.element.level, p.element.text) for p in from_heading.parts if isinstance(p.element, Heading)] == [
        (1, "One"),
        (2, "Deep"),
        (1, "Two"),
    ]
    assert read(opened, title="Given").document.title == "Given"
    assert read().document.title == "analysis"


@pytest.mark.parametrize(
    ("lang", "language", "word"), [("id-ID", "id", "Tabel"), ("en", "en", "Table"), ("fr", "en", "Table")]
)
def test_language_of_a_foreign_notebook(lang: str, language: str, word: str) -> None:
    read_back = read(lang=lang)
    assert (read_back.document.language, read_back.words["table"]) == (language, word)


def test_markdown() -> None:
    source = "Text **bold** `a*b` $x$ &lt; [site](https://x.org) <b>raw</b>\n\n1. one\n   - in\n\n```\ncode\n```"
    text, items, code = elements(V4.new_markdown_cell(source))
    assert isinstance(text, Paragraph)
    assert "".join(span.text for span in text.spans) == "Text bold a*b $x$ < site (https://x.org) raw"
    assert [span.text for span in text.spans if span.style == "strong"] == ["bold"]
    assert isinstance(items, Bullets)
    assert items.ordered
    assert "".join(span.text for span in items.items[0]) == "one; in"
    assert code == Listing(text="code")


def test_streams_keep_what_a_terminal_shows(caplog: pytest.LogCaptureFixture) -> None:
    printed = V4.new_output("stream", name="stdout", text="10%\r20%\n\x1b[31mred\x1b[0m\n")
    warned = V4.new_output("stream", name="stderr", text="DeprecationWarning")
    with caplog.at_level(logging.WARNING):
        assert elements(ran(printed, warned)) == [Listing(text="20%\nred")]
    assert "DeprecationWarning" in caplog.text


def test_a_traceback_is_a_failed_listing() -> None:
    error = V4.new_output("error", ename="ValueError", evalue="no", traceback=["\x1b[0;31mValueError\x1b[0m: no"])
    assert elements(ran(error)) == [Listing(text="ValueError: no", title="ValueError: no", failed=True)]


def test_the_richest_form_is_taken() -> None:
    assert elements(ran(shown({"text/plain": "p", "text/html": "<i>no table</i>"}))) == [Listing(text="p")]
    (picture,) = elements(ran(shown({"text/plain": "p", "image/png": PNG, "image/svg+xml": SVG})))
    assert isinstance(picture, Picture)
    assert picture.media_type == "image/svg+xml"


def test_a_picture_without_description_names_its_cell(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        (picture,) = elements(ran(shown({"image/png": PNG})))
    assert isinstance(picture, Picture)
    assert picture.alt == "Figure without description, output of cell 4"
    assert "cell 4" in caplog.text


def test_a_described_picture_keeps_its_description() -> None:
    (picture,) = elements(ran(shown({"image/png": PNG}, metadata={"image/png": {"alt": "A pixel"}})))
    assert isinstance(picture, Picture)
    assert picture.alt == "A pixel"


def test_an_html_table_becomes_a_table() -> None:
    head = "<style>x</style><table><thead><tr><th></th><th>n</th></tr></thead>"
    html = f"{head}<tr><th>a &lt;b</th><td>1,5</td></tr></table>"
    (found,) = elements(ran(shown({"text/html": html, "text/plain": "x"})))
    assert isinstance(found, Table)
    assert [cell.text for cell in found.rows[0].cells] == ["a <b", "1,5"]
    assert [column.align for column in found.columns] == ["start", "end"]

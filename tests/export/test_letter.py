from __future__ import annotations

import io
import zipfile
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from nbformat import NotebookNode

from kbkit.document import Box, Bullets, Emblem, KeyFigure, KeyFigures, Letter, Paragraph, Span, plain
from kbkit.errors import RenderError
from kbkit.export import LetterExporter
from tests.export.conftest import GET_EXPORTER, SVG, V4, figure, heading, notebook, paragraph, report, table
from tests.export.test_reading import PNG, ran, shown
from tests.export.test_workbook import DOT

_LETTER: Any = LetterExporter
FRAME = Letter(
    head=("PEMERINTAH KABUPATEN BLORA", "DINAS", "[Alamat]"),
    place_date="[Tempat], [tanggal]",
    references=(("Nomor", "[nomor]"), ("Hal", "Ringkasan")),
    recipients=("Yth. [jabatan]",),
    opening=("Bersama surat ini.",),
    closing=("Terima kasih.",),
    signature=("[Nama]",),
    copies=("Tembusan:",),
)


def to_docx_bytes(node: NotebookNode) -> bytes:
    body, _ = _LETTER().from_notebook_node(node)
    return bytes(body)


def to_docx(node: NotebookNode) -> Any:
    return docx.Document(io.BytesIO(to_docx_bytes(node)))


def texts(word: Any) -> list[str]:
    return [paragraph.text for paragraph in word.paragraphs]


@pytest.fixture
def node() -> NotebookNode:
    return report(
        paragraph("pembuka"),
        heading("Ringkasan", numbering="none", name="summary"),
        Paragraph(spans=(Span(text="Jawaban"), Span(text="tebal", style="strong")), style="lead"),
        KeyFigures(items=(KeyFigure(label="Prevalensi", value="21,6%", detail="IK"),)),
        Bullets(items=(plain("a"), plain("b")), ordered=True),
        Bullets(items=(plain("c"),), ordered=True),
        Box(title="Kotak", children=(Bullets(items=(plain("isi"),)),)),
        heading("Pendahuluan"),
        paragraph("tidak ikut"),
        heading("Rencana", name="plan"),
        heading("Bagian", 2),
        table(("Cepu", "12"), ("Jepon", "7"), source="Portal"),
        figure(source="Portal"),
        letter=FRAME,
        stamp="DATA SIMULASI",
    )


def test_entry_point() -> None:
    assert GET_EXPORTER("kbkit-docx") is LetterExporter


def test_the_frame_and_the_named_chapters(node: NotebookNode) -> None:
    found = texts(to_docx(node))
    assert found[0] == "PEMERINTAH KABUPATEN BLORA"
    assert "Nomor\t:\t[nomor]" in found
    assert found.index("Bersama surat ini.") < found.index("Ringkasan") < found.index("Rencana")
    assert found.index("Rencana") < found.index("Terima kasih.") < found.index("[Nama]")
    assert not {"pembuka", "Pendahuluan", "tidak ikut"} & set(found)


def test_real_styles(node: NotebookNode) -> None:
    styles = {paragraph.text: paragraph.style.name for paragraph in to_docx(node).paragraphs}
    assert (styles["Ringkasan"], styles["Bagian"]) == ("Heading 1", "Heading 2")
    assert styles["a"] == "List Number"
    assert styles["Tabel 2.1 Sebaran"] == styles["Gambar 2.1 Batang"] == "Caption"


def test_what_the_office_fills_in_is_marked(node: NotebookNode) -> None:
    marked = [run.text for p in to_docx(node).paragraphs for run in p.runs if run.font.highlight_color is not None]
    assert marked == ["[Alamat]", "[Tempat]", "[tanggal]", "[nomor]", "[jabatan]", "[Nama]"]


def test_every_list_counts_from_one(node: NotebookNode) -> None:
    numbers = [p._p.pPr.numPr.numId.val for p in to_docx(node).paragraphs if p.style.name == "List Number"]
    assert numbers[0] == numbers[1] != numbers[2]


def test_tables_have_header_rows_that_repeat_and_rows_that_hold_together(node: NotebookNode) -> None:
    first, second = to_docx(node).tables
    assert [cell.text for cell in first.rows[0].cells] == ["Ukuran", "Nilai", "Keterangan"]
    assert [[cell.text for cell in row.cells] for row in second.rows] == [
        ["Kecamatan", "Jumlah"],
        ["Cepu", "12"],
        ["Jepon", "7"],
    ]
    for each in (first, second):
        assert each.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in each.rows)


def test_pictures_have_their_alternative_text(node: NotebookNode) -> None:
    assert [shape._inline.docPr.get("descr") for shape in to_docx(node).inline_shapes] == ["Satu batang."]


@pytest.mark.parametrize("data", [("image/png", DOT), ("image/svg+xml", None)])
def test_the_logo_is_in_the_letterhead(data: Any) -> None:
    from base64 import b64encode

    media_type, content = data
    logo = Emblem(media_type=media_type, data=content or b64encode(SVG.encode()).decode(), alt="Logo Dinas")
    shapes = to_docx(report(heading("Satu"), letter=FRAME, logo=logo)).inline_shapes
    assert [shape._inline.docPr.get("descr") for shape in shapes] == ["Logo Dinas"]


@pytest.mark.parametrize(("language", "tag"), [("id", "id-ID"), ("en", "en-GB")])
def test_language(language: str, tag: str) -> None:
    word = to_docx(report(heading("Satu"), language=language))
    tags = {element.get(qn("w:val")) for element in word.styles.element.iter(qn("w:lang"))}
    assert tags == {tag}
    assert word.core_properties.language == tag


def test_the_stamp_is_on_every_page(node: NotebookNode) -> None:
    assert to_docx(node).sections[0].header.paragraphs[0].text == "DATA SIMULASI"


def test_the_same_bytes_twice(node: NotebookNode) -> None:
    first = to_docx_bytes(node)
    assert first == to_docx_bytes(node)
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.testzip() is None


def test_a_foreign_notebook_is_written_whole() -> None:
    foreign = notebook(
        V4.new_markdown_cell("# Judul\n\nIsi **tebal**."),
        ran(shown({"image/png": PNG, "text/plain": "x"})),
        ran(V4.new_output("stream", name="stdout", text="cetak")),
    )
    word = to_docx(foreign)
    assert texts(word)[0] == "Judul"
    assert {"Isi tebal.", "cetak"} <= set(texts(word))
    assert len(word.inline_shapes) == 1


def test_a_figure_that_is_no_picture_is_a_render_error() -> None:
    with pytest.raises(RenderError, match="batang"):
        to_docx(report(heading("Rencana", name="plan"), figure(svg="no picture")))

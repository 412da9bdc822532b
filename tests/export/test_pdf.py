from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from nbformat import NotebookNode
from pypdf import PdfReader

from kbkit.document import Block, Box, Bullets, Cell, Column, KeyFigure, KeyFigures, Paragraph, Row, Span, Table, plain
from kbkit.errors import RenderError
from kbkit.export import PdfReportExporter
from kbkit.export.numbering import Placed
from kbkit.export.pdf import set_pdf
from kbkit.export.reading import Report
from kbkit.export.words import words_of
from tests.export.conftest import (
    GET_EXPORTER,
    V4,
    document,
    figure,
    heading,
    notebook,
    paragraph,
    report,
    table,
    text_of,
    to_pdf,
    to_pdf_bytes,
    write,
)
from tests.export.test_reading import PNG, ran, shown

HOSTILE = "<script>alert(1)</script> #strong[x] $x$ *x* _y_ =1+1 `tick` @ref // c /* d */ <label> \\n ~ ' \" -- ..."


def root_of(pdf: PdfReader) -> Any:
    """Return the catalogue of a PDF."""
    return pdf.trailer["/Root"]


def structure(pdf: PdfReader) -> list[dict[str, Any]]:
    """Return every element of the structure tree in reading order."""
    found: list[dict[str, Any]] = []

    def walk(node: Any) -> None:
        node = node.get_object()
        if isinstance(node, list):
            for kid in node:
                walk(kid)
        elif isinstance(node, dict):
            if "/S" in node:
                found.append(node)
            if "/K" in node:
                walk(node["/K"])

    walk(root_of(pdf)["/StructTreeRoot"])
    return found


def roles(pdf: PdfReader) -> list[str]:
    return [str(node["/S"])[1:] for node in structure(pdf)]


def test_entry_point() -> None:
    assert GET_EXPORTER("kbkit-pdf") is PdfReportExporter


def test_tagged_accessible_and_archivable(full_report: NotebookNode) -> None:
    pdf = to_pdf(full_report)
    root = root_of(pdf)
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "id"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    metadata = root["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert "<pdfaid:part>2</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in metadata
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Laporan Kabupaten Blora"


def test_figures_carry_their_alternative_text(full_report: NotebookNode) -> None:
    alts = [node.get("/Alt") for node in structure(to_pdf(full_report)) if node["/S"] == "/Figure"]
    assert alts == ["Satu batang."]


def test_tables_are_tagged(full_report: NotebookNode) -> None:
    found = roles(to_pdf(full_report))
    assert found.count("Table") == 3
    assert found.count("TH") == 6
    assert found.count("TD") == 8
    assert found.count("Caption") == 4
    assert found[found.index("Table") :].index("TH") < found[found.index("Table") :].index("TD")


def test_heading_tags_and_bookmarks(full_report: NotebookNode) -> None:
    pdf = to_pdf(full_report)
    tagged = " ".join(role for role in roles(pdf) if role in ("H1", "H2", "H3"))
    # The first is the heading of the contents.
    assert tagged == "H1 H1 H1 H2 H1 H2 H3 H1 H2"
    titles = [str(entry["/Title"]) for entry in pdf.outline if isinstance(entry, dict)]
    assert titles == ["Ringkasan", "BAB I Pendahuluan", "BAB II Klasifikasi", "Lampiran A Rubrik"]


def test_every_page_has_stamp_and_number(full_report: NotebookNode) -> None:
    pdf = to_pdf(full_report)
    pages = [" ".join(page.extract_text().split()) for page in pdf.pages]
    assert all("DATA SIMULASI" in page for page in pages)
    for position, page in enumerate(pages, start=1):
        assert f"Halaman {position} dari {len(pages)}" in page


def test_a_stamp_is_no_part_of_the_reading_order(full_report: NotebookNode) -> None:
    content = to_pdf(full_report).pages[0].get_contents()
    assert content is not None
    assert b"/Artifact" in content.get_data()


def test_a_title_page_bears_no_number_but_the_stamp() -> None:
    node = report(heading("Satu"), authors=("BKKBN",), details=(("Data", "2024"),), stamp="DATA SIMULASI")
    first = to_pdf(node).pages[0].extract_text()
    assert "DATA SIMULASI" in first
    assert "BKKBN" in first
    assert "Halaman" not in first


def test_a_warning_before_the_first_chapter_stands_on_the_title_page() -> None:
    warning = Box(title="Data simulasi", tone="simulated", children=(paragraph("Bukan keadaan sebenarnya."),))
    pages = to_pdf(report(warning, heading("Satu"), details=(("Data", "2024"),))).pages
    assert ["Bukan keadaan" in page.extract_text() for page in pages] == [True, False]


def test_chapters_start_on_a_new_page() -> None:
    node = report(heading("Satu"), paragraph("a"), heading("Dua"), paragraph("b"), details=(("Data", "2024"),))
    texts = [page.extract_text() for page in to_pdf(node).pages]
    assert len(texts) == 3
    assert "BAB I" in texts[1]
    assert "BAB II" in texts[2]


@pytest.mark.parametrize(("headings", "listed"), [(5, False), (6, True)])
def test_contents_are_for_more_than_a_few_headings(headings: int, listed: bool) -> None:
    pdf = to_pdf(report(*(heading(f"Bagian {n}") for n in range(headings))))
    assert ("Daftar isi" in text_of(pdf)) is listed
    assert len([entry for entry in pdf.outline if isinstance(entry, dict)]) >= headings


def test_the_name_of_a_file_leaves_room_for_what_is_in_it() -> None:
    name = "eppgbm_desa_kepulauan_anambas_dan_sekitarnya_2022-08.xlsx"
    columns = tuple(Column(title=title) for title in ("Berkas", "Jenis", "Tanggal data", "Sidik"))
    texts = (name, "Rekap Klasifikasi (portal)", "27 Agustus 2022", "a" * 12)
    row = Row(cells=tuple(Cell(text=text) for text in texts))
    page = to_pdf(report(table(rows=(row,), columns=columns))).pages[0].extract_text(extraction_mode="layout")
    assert "Rekap Klasifikasi (portal)" in page


def test_an_interval_is_not_cut_in_two() -> None:
    columns = (
        Column(title="Kabupaten/kota", weight=2.6),
        *(Column(title=title, align="end") for title in ("n", "D/S", "%", "IK 95%", "poin")),
        Column(title="IK 95%", align="end", weight=0.5),
        Column(title="Pada tingkat lebih tinggi"),
    )
    texts = ("Kabupaten Blora (33.16)", "295", "79,4%", "17,9%", "16,3–19,7%", "−1,9", "−2,5 s.d. −1,4")
    row = Row(cells=tuple(Cell(text=text) for text in (*texts, "tidak dapat dibandingkan dengan yang lain")))
    page = to_pdf(report(table(rows=(row,), columns=columns))).pages[0].extract_text(extraction_mode="layout")
    assert "−2,5 s.d. −1,4" in page


def test_captions_stand_above_tables_and_below_figures(full_report: NotebookNode) -> None:
    text = text_of(to_pdf(full_report))
    assert text.index("Tabel 2.1 Sebaran") < text.index("Cepu 12") < text.index("Catatan: Belum lengkap.")
    assert text.index("Catatan: Belum lengkap.") < text.index("Sumber: Portal") < text.index("Gambar 2.1 Batang")


def test_fonts_are_embedded_and_the_package_s_own(full_report: NotebookNode) -> None:
    names = set()
    for page in to_pdf(full_report).pages:
        resources: Any = page["/Resources"]
        for font in resources["/Font"].values():
            (descendant,) = font.get_object()["/DescendantFonts"]
            descriptor = descendant.get_object()["/FontDescriptor"]
            assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor)
            names.add(str(descriptor["/FontName"]).split("+")[-1])
    assert any(name.startswith("SourceSansPro") for name in names)


@pytest.mark.parametrize("place", ["paragraph", "heading", "cell", "caption", "box", "listing", "title", "key"])
def test_text_is_never_markup(place: str) -> None:
    blocks: dict[str, Block] = {
        "paragraph": Paragraph(spans=(Span(text=HOSTILE, style="strong"),)),
        "heading": heading(HOSTILE),
        "cell": table((HOSTILE, "1"), columns=(Column(title="a", weight=9), Column(title="b"))),
        "caption": table(("a", "b"), title=HOSTILE),
        "box": Box(title="Judul", children=(Bullets(items=(plain(HOSTILE),)),)),
        "key": KeyFigures(items=(KeyFigure(label=HOSTILE, value="1"),)),
    }
    if place == "listing":
        node = notebook(ran(V4.new_output("stream", name="stdout", text=HOSTILE)))
    elif place == "title":
        node = report(title=HOSTILE)
    else:
        node = report(blocks[place])
    # Hyphens that the typesetter puts at line ends are the only liberty.
    shown_text = text_of(to_pdf(node)).replace(" ", "").replace("\u200b", "")
    assert HOSTILE.replace(" ", "") in shown_text


def test_the_same_bytes_twice(full_report: NotebookNode) -> None:
    assert to_pdf_bytes(full_report) == to_pdf_bytes(full_report)


def test_an_empty_notebook() -> None:
    assert "Notebook" in text_of(to_pdf(notebook()))


def test_a_table_without_rows_says_so() -> None:
    assert "Tidak ada baris." in text_of(to_pdf(report(table())))


def test_three_hundred_rows_repeat_their_head() -> None:
    pdf = to_pdf(report(heading("Desa", numbering="annex"), table(*((f"Desa {n}", str(n)) for n in range(300)))))
    pages = [page.extract_text() for page in pdf.pages]
    assert len(pages) > 3
    assert all("Kecamatan" in page for page in pages)
    everything = text_of(pdf)
    assert all(f"Desa {n}" in everything for n in range(300))
    # The head is repeated for the eye; a screen reader meets it once.
    assert roles(pdf).count("TH") == 2


def test_a_long_name_stays_in_its_column() -> None:
    pdf = to_pdf(report(table(("A" * 120, "12345"))))
    lines = [line.replace("\u200b", "") for line in pdf.pages[0].extract_text().splitlines()]
    assert sum(line.count("A" * 10) > 0 for line in lines) > 1
    assert "A" * 120 in "".join(lines).replace(" ", "")


def scores(title: str) -> Table:
    columns = (Column(title="Desa"), *(Column(title=title, align="end") for _ in range(14)))
    return table(columns=columns, rows=(Row(cells=tuple(Cell(text="4") for _ in columns)),))


def test_a_table_of_many_columns_lies_down() -> None:
    pdf = to_pdf(report(paragraph("sebelum"), scores("Skor"), paragraph("sesudah")))
    assert [page.mediabox.width > page.mediabox.height for page in pdf.pages] == [False, True, False]


def test_a_word_is_cut_only_where_its_column_is_too_narrow() -> None:
    assert "\xad" in text_of(to_pdf(report(scores("Keterbandingan"))))
    assert "\xad" not in text_of(to_pdf(report(table(("Keterbandingan", "1")))))


def test_grouped_and_total_rows() -> None:
    rows = (
        Row(cells=(Cell(text="Lokus"), Cell(text="")), kind="group"),
        Row(cells=(Cell(text="Cepu"), Cell(text="1"))),
        Row(cells=(Cell(text="Jumlah"), Cell(text="1")), kind="total"),
    )
    columns = (Column(title="Desa"), Column(title="n", group="Anak", align="end"))
    text = text_of(to_pdf(report(table(rows=rows, columns=columns))))
    assert text.index("Anak") < text.index("Lokus") < text.index("Cepu 1") < text.index("Jumlah 1")


def grouped(groups: int) -> Table:
    """Return a table of groups of five rows, which fills some of a page."""
    rows = []
    for n in range(groups):
        rows.append(Row(cells=(Cell(text=f"Kelompok {n}"), Cell(text="")), kind="group"))
        rows += [Row(cells=(Cell(text=f"Desa {n}-{m}"), Cell(text="1"))) for m in range(5)]
    return table(rows=tuple(rows), columns=(Column(title="Nama desa"), Column(title="n")))


def test_a_long_table_is_cut_where_a_page_would_stay_empty() -> None:
    titled: dict[str, Any] = {"details": (("Data", "2024"),)}
    text = tuple(paragraph(f"Alinea {n}. " + "Kalimat yang panjang. " * 20) for n in range(5))
    pdf = to_pdf(report(heading("Desa"), *text, heading("Daftar", level=2), grouped(5), heading("Lain"), **titled))
    pages = [page.extract_text() for page in pdf.pages]
    first = next(place for place, page in enumerate(pages) if "Desa 0-0" in page)
    assert "Alinea 4" in pages[first]
    assert "Daftar" in pages[first]
    assert "Desa 4-4" in pages[first + 1]
    # The name of a group stands over rows of its own on either page.
    last = max(n for n in range(5) if f"Kelompok {n}" in pages[first])
    assert f"Desa {last}-0" in pages[first]
    following = min(n for n in range(5) if f"Desa {n}-4" in pages[first + 1])
    assert f"Kelompok {following}" in pages[first + 1]


def test_a_short_word_with_a_dash_leaves_its_column_room_for_the_long_one() -> None:
    points = ("1 point", "2–3 points", "> 3 points")
    columns = (
        Column(title="Present tier", weight=1.5),
        *(Column(title=title, align="end") for title in ("Villages", "Nothing entered")),
        *(Column(title=title, align="end", group="Lacking") for title in points),
        *(Column(title=title, weight=2) for title in ("Nearest tier", "Widest gap")),
    )
    texts = (
        "Berkembang",
        *"93456",
        "Berkembang (22), Mandiri (26), Berkelanjutan (4)",
        "Activity group participation, and more of it",
    )
    row = Row(cells=tuple(Cell(text=text) for text in texts))
    page = to_pdf(report(table(rows=(row,), columns=columns))).pages[0].extract_text(extraction_mode="layout")
    assert "Berkelanjutan (4)" in page
    assert "pointpoints" not in page


@pytest.mark.parametrize("tone", ["neutral", "caution", "limit", "simulated"])
def test_boxes(tone: Any) -> None:
    text = text_of(to_pdf(report(Box(title="Judul", tone=tone, children=(paragraph("isi"),)))))
    assert "Judul isi" in text


def test_a_foreign_notebook() -> None:
    node = notebook(
        V4.new_markdown_cell("## Start\n\nText"),
        ran(shown({"image/png": PNG, "text/plain": "x"})),
        ran(V4.new_output("error", ename="ValueError", evalue="no", traceback=["ValueError: no"])),
    )
    pdf = to_pdf(node)
    text = text_of(pdf)
    assert root_of(pdf)["/Lang"] == "en"
    assert "Page 1 of 1" in text
    assert "This cell failed: ValueError: no" in text
    alts = [element.get("/Alt") for element in structure(pdf) if element["/S"] == "/Figure"]
    assert alts == ["Figure without description, output of cell 4"]


def test_a_figure_without_alternative_text_fails() -> None:
    with pytest.raises(RenderError, match="batang"):
        to_pdf(report(figure(alt="")))


def test_what_typst_refuses_is_a_render_error() -> None:
    with pytest.raises(RenderError) as caught:
        to_pdf(report(figure(svg="this is no picture")))
    assert caught.value.target == "Laporan Kabupaten Blora"
    assert "image" in caught.value.diagnostic


def test_typst_sees_no_file_of_the_machine(tmp_path: Path) -> None:
    (tmp_path / "secret.svg").write_text("<svg/>", encoding="utf-8")
    linked = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">'
        f'<image xlink:href="{tmp_path / "secret.svg"}" width="9" height="9"/></svg>'
    )
    with pytest.raises(RenderError):
        to_pdf(report(figure(svg=linked)))


def test_set_pdf_is_the_exporter_without_nbconvert() -> None:
    parts = (Placed(element=heading("Satu"), label="BAB I", anchor="chapter-1"),)
    pdf = set_pdf(Report(document=document(), words=words_of("id"), parts=parts))
    assert pdf.startswith(b"%PDF-")


def test_the_command_line(full_report: NotebookNode, tmp_path: Path) -> None:
    write(full_report, tmp_path / "report.ipynb")
    command = [sys.executable, "-m", "nbconvert", "--to", "kbkit-pdf", str(tmp_path / "report.ipynb")]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    assert "BAB I" in text_of(PdfReader(tmp_path / "report.pdf"))


def test_a_long_table_is_set_in_the_type_of_tables() -> None:
    pdf = to_pdf(report(table(*((f"Desa {n}", str(n)) for n in range(41)))))
    resources: Any = pdf.pages[0]["/Resources"]
    assert not [
        name for font in resources["/Font"].values() if "Serif" in (name := str(font.get_object()["/BaseFont"]))
    ]


def test_rows_are_as_high_as_their_texts() -> None:
    long = "Pendampingan keluarga berisiko stunting oleh tim pendamping keluarga di setiap dusun sepanjang tahun. " * 3
    rows = (
        Row(cells=(Cell(text="satu"), Cell(text=long))),
        Row(cells=(Cell(text="dua"), Cell(text=long)), kind="total"),
        Row(cells=(Cell(text="tiga"), Cell(text="baris\nbaru"))),
        Row(cells=(Cell(text="empat"), Cell(text="4"))),
        Row(cells=(Cell(text="lima"), Cell(text="5"))),
    )
    shown = Table(name="t", title="Kegiatan", columns=(Column(title="Nama"), Column(title="Isi")), rows=rows)
    lines: list[tuple[float, str]] = []

    def place(text: str, matrix: Any, at: Any, *_: Any) -> None:
        if text.strip():
            lines.append((matrix[3] * at[5] + matrix[5], text.strip()))

    for page in to_pdf(report(heading("Bab"), shown)).pages:
        page.extract_text(visitor_text=place)
    # Between the last line of a row and the first of the next there is the same room, however many lines a row has.
    texts = [text for _, text in lines]
    starts = [texts.index(name) for name in ("satu", "dua", "tiga", "empat", "lima")]
    gaps = [min(height for height, _ in lines[starts[0] : start]) - lines[start][0] for start in starts[1:]]
    assert gaps == pytest.approx([gaps[0]] * len(gaps), abs=0.05)
    assert gaps[0] > 9

"""What only a browser can say of the HTML report: axe-core, requests, the table tools, widths."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kbkit import Findings
from kbkit.document import Cell, Column, Row
from kbkit.text import LANGUAGES, Language, Voice
from tests.export.browser import CHROMIUM, Page, browser
from tests.export.conftest import heading, paragraph, report, table, to_html
from tests.export.reports import notebook_of

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed, and these are questions to a browser"),
]
CODES = ("33.16", "14.71", "13.77", "14.06", "21.05")


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with browser(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", CODES)
def test_a_report_is_accessible_and_alone(
    page: Page, demo_findings: dict[str, Findings], tmp_path: Path, code: str, language: Language
) -> None:
    file = tmp_path / "report.html"
    file.write_text(to_html(notebook_of(demo_findings[code], language=language)), encoding="utf-8")
    page.open(file)
    assert [a for a in page.requested if not a.startswith("data:")] == [file.as_uri()]
    assert page.refused() == []
    assert page.evaluate("[...document.images].every(image => image.naturalWidth > 0)")
    for width in (360, 768, 1440):
        page.send("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    summary = page.printed("2")
    for title in ("report.summary", "summary.limits_title"):
        assert Voice(language).say(title) in summary, "it begins and ends on one page"
    assert page.violations(media="screen") == []
    assert page.violations(media="print") == []


def test_a_fault_is_found(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "bad.html"
    good = to_html(report(heading("Satu"), paragraph("isi")))
    bad = good.replace("<p>isi</p>", '<p><img src="https://kbkit.invalid/x.png"></p>').replace('lang="id"', "")
    file.write_text(bad, encoding="utf-8")
    page.open(file)
    assert "Content Security Policy" in " ".join(page.refused())
    found = [violation.split(":")[0] for violation in page.violations(media="screen")]
    assert found == ["html-has-lang", "image-alt"]


def row(*texts: str, kind: str = "body") -> Row:
    return Row(cells=tuple(Cell(text=text) for text in texts), kind=kind)  # type: ignore[arg-type]


@pytest.fixture
def sheet(page: Page, tmp_path: Path) -> Page:
    """A page with a table whose cells are of every kind."""
    columns = (
        Column(title="Desa"),
        Column(title="Anak", align="end", group="Diukur"),
        Column(title="Selisih", align="end", group="Diukur"),
    )
    rows = (
        row("Kecamatan", "", "", kind="group"),
        row("=Cepu", "1.245", "−2,1"),
        row("Jepon", "[c]", "+0,3"),
        row("Blora", "87", "12,5%"),
        row("Tunjungan", "–", "33.16"),
        row("Jumlah", "1.332", "–", kind="total"),
    )
    file = tmp_path / "table.html"
    file.write_text(to_html(report(table(columns=columns, rows=rows))), encoding="utf-8")
    page.open(file)
    return page


def order(page: Page) -> str:
    return str(page.evaluate("[...document.querySelectorAll('tbody th')].map(c => c.textContent[0]).join('')"))


def test_a_table_sorts_by_number_and_keeps_its_total_last(sheet: Page) -> None:
    click = "document.querySelectorAll('.sort')[1].click()"
    assert order(sheet) == "K=JBTJ"
    sheet.evaluate(click)
    assert order(sheet) == "KB=TJJ" or order(sheet) == "KB=JTJ"
    assert sheet.evaluate("document.querySelectorAll('thead th')[2].getAttribute('aria-sort')") == "ascending"
    sheet.evaluate(click)
    assert order(sheet).startswith("K=B")
    sheet.evaluate(click)
    assert order(sheet) == "K=JBTJ"


def test_a_table_is_copied_with_numbers_that_a_spreadsheet_reads(sheet: Page) -> None:
    sheet.evaluate(
        "window.copied = ''; Object.defineProperty(navigator, 'clipboard', {value: {writeText: async t => copied = t}})"
    )
    text = sheet.evaluate(
        "document.querySelector('.tools button').click(); new Promise(r => setTimeout(() => r(copied)))"
    )
    assert text.split("\r\n") == [
        "Desa\tDiukur: Anak\tDiukur: Selisih",
        "Kecamatan",
        "'=Cepu\t1245\t-2,1",
        "Jepon\t[c]\t+0,3",
        "Blora\t87\t12,5%",
        "Tunjungan\t–\t33.16",
        "Jumlah\t1332\t–",
    ]


def test_without_javascript_the_table_is_whole(page: Page, sheet: Page) -> None:
    page.send("Emulation.setScriptExecutionDisabled", value=True)
    try:
        address = page.requested[0]
        page.send("Page.navigate", url=address)
        assert not page.evaluate("document.querySelectorAll('button').length")
    finally:
        page.send("Emulation.setScriptExecutionDisabled", value=False)

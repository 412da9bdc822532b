"""Outcomes: their record, their words, and the page that shows them."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from kbkit.dataset.metadata import DataStatus, Metadata
from kbkit.errors import Fault
from kbkit.run import Ending, Outcome, RegencyOutcome, describe_ending
from kbkit.run.index import render_index
from kbkit.run.record import changed_files, read_build, write_build
from kbkit.text import LANGUAGES, Language
from kbkit.text.stamp import stamp
from tests.run.conftest import make_parameters

FAULT = Fault(code="dataset.partition_unreadable", file="tiers", found="<b>magic</b>", details={})
REFUSED = RegencyOutcome(
    code="14.06",
    name="Kabupaten Rokan Hulu",
    ending=Ending(outcome=Outcome.BAD_DATA, cell=4, faults=(FAULT,)),
    files=("failure.txt", "notebook.ipynb"),
    seconds=1.5,
)
RENDERED = RegencyOutcome(
    code="33.16",
    name="Kabupaten Blora",
    ending=Ending(outcome=Outcome.RENDERED),
    files=("findings.json", "notebook.ipynb", "report.html", "report.pdf"),
)


def test_only_failures_fail_a_batch() -> None:
    assert {outcome for outcome in Outcome if not outcome.is_failure} == {
        Outcome.RENDERED,
        Outcome.UNCHANGED,
        Outcome.WITHHELD,
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("outcome", Outcome)
def test_every_outcome_has_a_title_and_one_line_to_act_on(outcome: Outcome, language: Language) -> None:
    title, said, advice = describe_ending(
        Ending(outcome=outcome, cell=7, diagnostic="ValueError: x"), language=language
    )
    assert "7" in title
    assert said == "ValueError: x"
    assert advice.endswith(".")


def test_the_record_comes_back_and_holds_no_time(tmp_path: Path) -> None:
    (tmp_path / "notebook.ipynb").write_text("{}", encoding="utf-8")
    outcome = write_build(tmp_path, outcome=REFUSED, parts={"data": {"tiers": "0"}})
    assert outcome.files == ("build.json", "notebook.ipynb")
    assert "1.5" not in (tmp_path / "build.json").read_text(encoding="utf-8")
    build = read_build(tmp_path)
    assert build is not None
    assert build.outcome == outcome
    assert build.parts == {"data": {"tiers": "0"}}
    assert changed_files(tmp_path, build) == ()


@pytest.mark.parametrize("text", ["", "[]", '{"code": "33.16"}', "\ufffd"])
def test_a_record_that_cannot_be_read_is_no_record(tmp_path: Path, text: str) -> None:
    assert read_build(tmp_path) is None
    (tmp_path / "build.json").write_text(text, encoding="utf-8")
    assert read_build(tmp_path) is None


class Page(HTMLParser):
    """Counts what the page is made of and fails on a tag that is not closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.attributes: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes.append((tag, dict(attrs)))
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def about(status: DataStatus) -> Metadata:
    return Metadata(
        tool_version="0",
        register_name="register",
        register_vintage="2025",
        data_status=status,
        sources=(),
        tables={},
        regencies={},
        provinces={"33": "Jawa Tengah"},
    )


def parse(page: str) -> Page:
    parser = Page()
    parser.feed(page)
    parser.close()
    assert parser.open == []
    return parser


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_index_is_a_table_that_everyone_can_read(tmp_path: Path, language: Language) -> None:
    parameters = make_parameters(tmp_path, language=language)
    page = render_index(parameters, outcomes=[REFUSED, RENDERED], summaries=(), metadata=about("mixed"))
    found = parse(page).attributes
    assert found[0] == ("html", {"lang": language})
    assert [attributes.get("scope") for tag, attributes in found if tag == "th"] == [
        *["col"] * 7,
        *("rowgroup", "row", "rowgroup", "row"),
    ]
    assert any(tag == "caption" for tag, _ in found)
    assert [attributes["href"] for tag, attributes in found if tag == "a"] == [
        "#province-14",
        "#province-33",
        "14.06/notebook.ipynb",
        "33.16/report.html",
        "33.16/report.pdf",
        "33.16/notebook.ipynb",
    ]
    away = [attributes for tag, attributes in found if tag == "a" and not str(attributes["href"]).startswith("#")]
    assert all(attributes["aria-label"] for attributes in away), "a link is more than “PDF”"
    assert not re.search(r"https?:|//|<script|@import|url\(", page), "it asks nothing of the network"
    assert "<b>magic" not in page
    assert "&lt;b&gt;magic" in page
    assert ("SEBAGIAN DATA SIMULASI" if language == "id" else "PARTLY SIMULATED DATA") in page


def test_actual_data_bear_no_stamp(tmp_path: Path) -> None:
    page = render_index(make_parameters(tmp_path), outcomes=[RENDERED], summaries=(), metadata=about("actual"))
    assert "SIMULASI" not in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_internal_edition_says_so_above_the_index(tmp_path: Path, language: Language) -> None:
    parameters = make_parameters(tmp_path, language=language, edition="internal")
    page = render_index(parameters, outcomes=[RENDERED], summaries=(), metadata=about("simulated"))
    words = stamp(data_status="simulated", edition="internal", language=language)
    assert f'<p class="stamp">{words}</p>' in page
    assert len(words.split(" · ")) == 2
    public = make_parameters(tmp_path, language=language)
    assert words.split(" · ")[1] not in render_index(
        public, outcomes=[RENDERED], summaries=(), metadata=about("simulated")
    )


def test_provinces_stand_apart_with_their_summaries(tmp_path: Path) -> None:
    parameters = make_parameters(tmp_path)
    neighbour = replace(RENDERED, code="33.01", name="Kabupaten Cilacap")
    own = replace(RENDERED, code="33", name="Ringkasan Provinsi Jawa Tengah", files=("report.html",))
    whole = replace(own, code="province", name="Ringkasan antarkabupaten/kota")
    outcomes = [RENDERED, REFUSED, neighbour]
    page = render_index(parameters, outcomes=outcomes, summaries=[own, whole], metadata=about("actual"))
    links = [str(attributes["href"]) for tag, attributes in parse(page).attributes if tag == "a"]
    reports = [link for link in links if link.endswith("report.html")]
    assert reports == ["province/report.html", "33/report.html", "33.01/report.html", "33.16/report.html"]
    assert '<a href="#province-33">Jawa Tengah</a> <span class="soft">2</span>' in page
    alone = render_index(parameters, outcomes=[RENDERED, neighbour], summaries=[whole], metadata=about("actual"))
    assert alone.index("33.16/report.html") < alone.index("33.01/report.html"), "the order of the parameters"
    assert "#province" not in alone


def test_key_numbers_stand_in_the_index_and_a_missing_one_is_a_dash(tmp_path: Path) -> None:
    summary = {"prevalence": 0.2162, "coverage": None, "comparison": "made"}
    outcomes = [replace(RENDERED, summary=summary)]
    page = render_index(make_parameters(tmp_path), outcomes=outcomes, summaries=(), metadata=about("actual"))
    assert '<td class="number">21,6%</td>\n<td class="number">–</td>\n<td>ada</td>' in page


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"summary": []}', '{"summary": {"prevalence": "x"}}'])
def test_findings_of_another_kind_do_not_bring_the_index_down(tmp_path: Path, text: str) -> None:
    (tmp_path / "findings.json").write_text(text, encoding="utf-8")
    outcome = write_build(tmp_path, outcome=RENDERED, parts={})
    build = read_build(tmp_path)
    assert build is not None
    assert build.outcome == outcome
    page = render_index(make_parameters(tmp_path), outcomes=[outcome], summaries=(), metadata=about("actual"))
    assert '<td class="number">–</td>' in page

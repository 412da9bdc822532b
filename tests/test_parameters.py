"""Parameter files: what they may hold, and every way in which they can be wrong."""

from __future__ import annotations

import ast
import json
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbkit.errors import Fault, InputError
from kbkit.parameters import RegencyReportParameters, check_parameters, read_parameters
from kbkit.parameters.notebook import TAG
from kbkit.text import LANGUAGES, describe_fault
from tests.conftest import PROJECT

REGENCIES = {"14.06": "Kabupaten Rokan Hulu", "14.10": "Kabupaten Kepulauan Meranti", "33.16": "Kabupaten Blora"}

GOOD = """\
batch: coba
dataset: dataset
regencies: ["33.16", "14.10"]
notebook: report.ipynb
"""


def write_notebook(path: Path, source: str, *, tags: tuple[str, ...] = (TAG,)) -> None:
    cell = {"cell_type": "code", "metadata": {"tags": list(tags)}, "source": source.splitlines(keepends=True)}
    path.write_text(json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}), "utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a dataset and a notebook, as a parameter file would name them."""
    (tmp_path / "dataset").mkdir()
    metadata = {
        "tool_version": "0",
        "register_name": "register",
        "register_vintage": "2025",
        "data_status": "actual",
        "sources": [],
        "tables": {},
        "regencies": REGENCIES,
    }
    (tmp_path / "dataset" / "dataset.json").write_text(json.dumps(metadata), encoding="utf-8")
    write_notebook(tmp_path / "report.ipynb", "".join(f"{name} = 1\n" for name in RegencyReportParameters.model_fields))
    return tmp_path


def faults_of(folder: Path, text: str | bytes, **replacing: Any) -> tuple[Fault, ...]:
    path = folder / "batch.yaml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return check_parameters(path, replacing=replacing)


def test_done_4_one_run_lists_all_five(folder: Path) -> None:
    """A misspelt key, an unquoted code, a duplicate key, an unknown regency, a missing folder."""
    text = (
        "batch: coba\n"  # 1
        "dataset: datasett\n"  # 2: missing folder
        "workesr: 2\n"  # 3: misspelt key
        "regencies:\n"  # 4
        "  - 14.10\n"  # 5: unquoted code
        '  - "33.96"\n'  # 6: unknown regency
        "notebook: report.ipynb\n"  # 7
        "language: id\n"  # 8
        "language: en\n"  # 9: duplicate key
    )
    faults = faults_of(folder, text)
    assert [(fault.code.removeprefix("parameters."), fault.line) for fault in faults] == [
        ("no_such_folder", 2),
        ("unknown_key", 3),
        ("unquoted_code", 5),
        ("unknown_regency", 6),
        ("duplicate_key", 9),
    ]
    missing, misspelt, unquoted, unknown, duplicate = faults
    assert all(fault.file == str(folder / "batch.yaml") for fault in faults)
    assert [fault.found for fault in faults] == ["datasett", "workesr", "14.10", '"33.96"', "language"]
    assert all(fault.allowed for fault in faults)
    assert missing.nearest == "dataset"
    assert misspelt.nearest == "workers"
    assert unquoted.nearest == "14.10 (Kabupaten Kepulauan Meranti)"
    assert unquoted.details["read_as"] == 14.1
    assert unknown.nearest is not None
    assert unknown.nearest.startswith("33.")
    # The valid name of a key that stands twice is the key: the sentence names it, and the line where it stands first.
    assert (duplicate.allowed, duplicate.details["first_line"]) == ("language", 8)
    assert "“language”" in describe_fault(duplicate, language="id")


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("", "empty", None),
        ("# hanya catatan\n", "empty", None),
        ("- batch\n- dataset\n", "not_a_mapping", 1),
        ("batch\n", "not_a_mapping", 1),
        ("batch: a\n  dataset: b: c\n", "syntax", 2),
        ('batch: "a\ndataset: b\n', "syntax", 2),
        ("batch: [a, b\n", "syntax", 1),
        ("batch: a\x00\n", "syntax", 1),
        ("batch: a\n---\nbatch: b\n", "syntax", 2),
        ("regencies:\n\t- x\n", "tab", 2),
        (b"batch: a\noffice: Pe\xf1a\n", "not_utf8", 2),
        ("batch: a\n".encode("utf-16"), "not_utf8", 1),
    ],
)
def test_a_file_that_is_not_a_list_of_pairs(folder: Path, text: str | bytes, code: str, line: int | None) -> None:
    faults = faults_of(folder, text)
    assert [(fault.code, fault.line) for fault in faults] == [(f"parameters.{code}", line)]


@pytest.mark.parametrize(
    ("line", "code", "found", "allowed"),
    [
        ("workers: 0", "out_of_range", "0", "1 – 64"),
        ("workers: two", "not_whole", "two", "1 – 64"),
        ("workers: 1.5", "not_whole", "1.5", "1 – 64"),
        ("workers: yes", "not_whole", "yes", "1 – 64"),
        ("level: 95", "out_of_range", "95", "0.5 – 0.999"),
        ("level: .nan", "out_of_range", ".nan", "0.5 – 0.999"),
        ('level: "0.95"', "not_a_number", '"0.95"', "0.5 – 0.999"),
        ("level: 0,95", "not_a_number", "0,95", "0.5 – 0.999"),
        ("timeout_seconds: -1", "out_of_range", "-1", "≥ 1"),
        ("language: no", "not_allowed", "no", "id, en"),
        ("language: ID", "not_allowed", "ID", "id, en"),
        ("formats: html", "not_a_list", "html", "html, pdf, xlsx, docx"),
        ("formats: []", "empty_list", "[]", "html, pdf, xlsx, docx"),
        ("formats: [html, odt]", "not_allowed", "odt", "html, pdf, xlsx, docx"),
        ("office: 2024", "not_text", "2024", None),
        ("office: [a]", "not_text", "[a]", None),
        ("office: !!python/name:os.system", "value_unreadable", "!!python/name:os.system", None),
        ("office: 2024-13-45", "value_unreadable", "2024-13-45", None),
        ("out: 1", "not_text", "1", None),
        ("out: report.ipynb/keluaran", "file_in_the_way", "report.ipynb/keluaran", "report.ipynb"),
    ],
)
def test_a_wrong_value(folder: Path, line: str, code: str, found: str, allowed: str | None) -> None:
    (fault,) = faults_of(folder, GOOD + line + "\n")
    assert (fault.code, fault.line, fault.found, fault.allowed) == (f"parameters.{code}", 5, found, allowed)


@pytest.mark.parametrize(
    ("regencies", "code", "nearest"),
    [
        ('["33.16", "33.16"]', "duplicate_regency", None),
        ("[Blora]", "not_a_regency_code", "33.16 (Kabupaten Blora)"),
        ('["3316"]', "not_a_regency_code", "33.16 (Kabupaten Blora)"),
        ('["33.16.01"]', "not_a_regency_code", "33.16 (Kabupaten Blora)"),
        ("[33.16]", "unquoted_code", "33.16 (Kabupaten Blora)"),
        ("[14.1]", "unquoted_code", "14.10 (Kabupaten Kepulauan Meranti)"),
        ("[3316]", "unquoted_code", "33.16 (Kabupaten Blora)"),
        ("[[x]]", "not_a_regency_code", None),
        ("[null]", "not_a_regency_code", None),
        ('["33.17"]', "unknown_regency", "33.16 (Kabupaten Blora)"),
        ('"33.16"', "not_a_list", None),
        ("33.16", "not_a_list", None),
        ("smua", "not_a_list", "semua"),
        ("[]", "empty_list", None),
    ],
)
def test_a_wrong_regency(folder: Path, regencies: str, code: str, nearest: str | None) -> None:
    (fault,) = faults_of(folder, GOOD.replace('["33.16", "14.10"]', regencies))
    assert (fault.code, fault.line, fault.nearest) == (f"parameters.{code}", 3, nearest)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("batch: coba", "", "missing_key"),
        ("dataset: dataset", "", "missing_key"),
        ('regencies: ["33.16", "14.10"]', "", "missing_key"),
        ("batch: coba", "batch: ../luar", "not_a_name"),
        ("batch: coba", 'batch: ""', "not_a_name"),
        ("dataset: dataset", "dataset: report.ipynb", "no_such_folder"),
        ("dataset: dataset", "dataset: .", "not_a_dataset"),
        ("notebook: report.ipynb", "notebook: reprt.ipynb", "no_such_notebook"),
        ("notebook: report.ipynb", "notebook: dataset/dataset.json", "not_a_notebook"),
    ],
)
def test_a_wrong_place_or_name(folder: Path, old: str, new: str, code: str) -> None:
    assert [fault.code for fault in faults_of(folder, GOOD.replace(old, new))] == [f"parameters.{code}"]


def test_a_damaged_dataset_is_a_fault_of_the_dataset(folder: Path) -> None:
    (folder / "dataset" / "dataset.json").write_text("{", encoding="utf-8")
    assert [fault.code for fault in faults_of(folder, GOOD)] == ["dataset.metadata_unreadable"]


def test_papermill_would_only_warn_of_a_parameter_that_the_notebook_lacks(folder: Path) -> None:
    write_notebook(
        folder / "report.ipynb",
        "dataset = 'a'\nregency: str = 'b'\nlanguage = out = office = boundaries = ''\n"
        "plan = priorities = logo = edition = target = target_year = ''\n",
    )
    (fault,) = faults_of(folder, GOOD)
    assert (fault.code, fault.allowed) == ("parameters.notebook_lacks", "level")


@pytest.mark.parametrize(("source", "tags"), [("dataset = 1", ()), ("dataset = (", (TAG,))])
def test_a_notebook_without_a_parameters_cell(folder: Path, source: str, tags: tuple[str, ...]) -> None:
    write_notebook(folder / "report.ipynb", source, tags=tags)
    assert [fault.code for fault in faults_of(folder, GOOD)] == ["parameters.not_a_notebook"]


def test_a_file_that_is_not_there_suggests_one_that_is(folder: Path) -> None:
    (folder / "riau.yaml").write_text(GOOD, encoding="utf-8")
    (fault,) = check_parameters(folder / "riua.yaml")
    assert (fault.code, fault.nearest) == ("parameters.no_such_file", str(folder / "riau.yaml"))


def test_a_good_file_is_read_with_paths_from_its_own_folder(folder: Path) -> None:
    path = folder / "batch.yaml"
    path.write_text("\ufeff" + GOOD, encoding="utf-8")  # Notepad begins a file with this mark
    parameters = read_parameters(path)
    assert parameters.dataset == folder / "dataset"
    assert parameters.notebook == folder / "report.ipynb"
    assert parameters.folder == folder.parent / "outputs" / "coba"
    assert parameters.regencies == ("33.16", "14.10")
    assert (parameters.language, parameters.formats, parameters.level) == ("id", ("html", "pdf"), 0.95)


@pytest.mark.parametrize("word", ["semua", "all"])
def test_a_word_stands_for_every_regency(folder: Path, word: str) -> None:
    path = folder / "batch.yaml"
    path.write_text(GOOD.replace('["33.16", "14.10"]', word), encoding="utf-8")
    assert read_parameters(path).regencies == ("14.06", "14.10", "33.16")


def test_every_regency_of_a_dataset_that_is_not_there_is_one_fault(folder: Path) -> None:
    text = GOOD.replace('["33.16", "14.10"]', "semua").replace("dataset: dataset", "dataset: lain")
    assert [fault.code for fault in faults_of(folder, text)] == ["parameters.no_such_folder"]


def test_an_option_replaces_a_value_and_is_blamed_by_its_name(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    wrong = GOOD.replace("dataset: dataset", "dataset: lain")
    assert faults_of(folder, wrong, dataset=Path("dataset")) == ()
    (fault,) = faults_of(folder, GOOD, workers=0)
    assert (fault.file, fault.line, fault.column, fault.found) == (None, None, "--workers", "0")


def test_reading_raises_every_fault(folder: Path) -> None:
    path = folder / "batch.yaml"
    path.write_text(GOOD + "workers: 0\nlevel: 2\n", encoding="utf-8")
    with pytest.raises(InputError) as raised:
        read_parameters(path)
    assert Counter(fault.code for fault in raised.value.faults) == {"parameters.out_of_range": 2}


@given(
    st.one_of(st.text().map(str.encode), st.binary(), st.recursive(st.text(), st.lists).map(lambda x: repr(x).encode()))
)
def test_no_file_brings_the_check_down(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "batch.yaml"
        path.write_bytes(content)
        faults = check_parameters(path)
    assert faults
    for fault in faults:
        for language in LANGUAGES:
            assert describe_fault(fault, language=language)


@pytest.mark.parametrize("name", ["demo.yaml", "contoh_provinsi.yaml"])
def test_the_files_of_the_project_lack_nothing_but_their_dataset(name: str) -> None:
    may_be_missing = {"parameters.no_such_folder", "parameters.no_such_notebook"}
    assert {fault.code for fault in check_parameters(PROJECT / "parameters" / name)} <= may_be_missing


def test_the_notebook_declares_what_the_model_says() -> None:
    """Names, order, types and defaults of the notebook's cell are those of the model."""
    cells = json.loads((PROJECT / "notebooks" / "regency_report.ipynb").read_text(encoding="utf-8"))["cells"]
    (cell,) = [cell for cell in cells if TAG in cell["metadata"].get("tags", [])]
    declared: list[tuple[str, Any]] = []
    for statement in ast.parse("".join(cell["source"])).body:
        assert isinstance(statement, ast.Assign)
        (target,) = statement.targets
        assert isinstance(target, ast.Name)
        declared.append((target.id, ast.literal_eval(statement.value)))
    assert declared == [(name, field.default) for name, field in RegencyReportParameters.model_fields.items()]
    # Strict: a default of another type than the model's would be refused here.
    assert RegencyReportParameters(**dict(declared)) == RegencyReportParameters()


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("logo.png", b"\x89PNG\r\n\x1a\n", None),
        ("logo.SVG", b"<?xml version='1.0'?><svg/>", None),
        ("logo.jpg", b"\xff\xd8\xff\xe0", None),
        ("logo.png", b"<svg/>", "not_a_logo"),
        ("logo.gif", b"GIF89a", "not_a_logo"),
        ("logo.png", b"\x89PNG\r\n" + bytes(500_000), "not_a_logo"),
        (None, b"", "no_such_logo"),
    ],
)
def test_a_logo_is_a_picture_that_every_document_can_hold(
    folder: Path, name: str | None, content: bytes, code: str | None
) -> None:
    if name is not None:
        (folder / name).write_bytes(content)
    faults = faults_of(folder, f"{GOOD}logo: {name or 'logo.png'}\n")
    assert [fault.code for fault in faults] == ([] if code is None else [f"parameters.{code}"])

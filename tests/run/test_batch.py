"""Whole batches, with real kernels and real workers."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import papermill
import pytest

from kbkit.errors import InputError
from kbkit.run import BatchResult, Choice, Outcome, run_batch
from kbkit.run.notebooks import read_notebook
from kbkit.run.outcomes import RegencyOutcome
from tests.run.conftest import ENDINGS, make_parameters

pytestmark = pytest.mark.slow

EXPECTED = {
    "13.77": (Outcome.RENDERED, None),
    "14.06": (Outcome.BAD_DATA, 5),
    "14.71": (Outcome.WITHHELD, 5),
    "21.05": (Outcome.FAILED_CELL, 5),
    "33.16": (Outcome.TIMED_OUT, 5),
    "76.01": (Outcome.KILLED, 5),
    "76.02": (Outcome.KILLED, 5),
    "76.03": (Outcome.FAILED_RENDER, None),
    "76.04": (Outcome.RENDERED, None),
}


def test_every_regency_ends_in_its_own_way_and_takes_nothing_from_the_others(ended_batch: BatchResult) -> None:
    found = {item.code: (item.ending.outcome, item.ending.cell) for item in ended_batch.outcomes}
    assert found == EXPECTED, [item.ending for item in ended_batch.outcomes]
    assert list(found) == list(ENDINGS), "the order is that of the parameters"
    assert ended_batch.has_failures


def test_a_rendered_folder_holds_what_the_issue_says(ended_batch: BatchResult) -> None:
    files = ("build.json", "findings.json", "notebook.ipynb", "report.html", "report.pdf", "tables/a.csv")
    assert ended_batch.outcomes[0].files == files
    assert (ended_batch.folder / "13.77" / "report.pdf").read_bytes().startswith(b"%PDF")


def test_a_refused_input_says_what_and_where(ended_batch: BatchResult) -> None:
    refused = ended_batch.outcomes[1]
    assert [fault.code for fault in refused.ending.faults] == ["dataset.partition_unreadable"]
    text = (ended_batch.folder / "14.06" / "failure.txt").read_text(encoding="utf-8")
    assert text.startswith("data tidak dapat dipakai, sel 5.\ntiers: data kabupaten/kota ini rusak (magic bytes).")


def test_a_withheld_report_is_no_failure(ended_batch: BatchResult) -> None:
    withheld = ended_batch.outcomes[2]
    assert not withheld.is_failure
    assert withheld.files == ("build.json", "notebook.ipynb", "withheld.txt")


@pytest.mark.parametrize("code", ["14.06", "21.05", "33.16", "76.01", "76.02"])
def test_a_stopped_folder_holds_the_notebook_marked_at_its_cell_and_the_reason(
    ended_batch: BatchResult, code: str
) -> None:
    folder = ended_batch.folder / code
    assert sorted(path.name for path in folder.iterdir()) == ["build.json", "failure.txt", "notebook.ipynb"]
    notebook = read_notebook(folder / "notebook.ipynb")
    ids = [cell["id"] for cell in notebook.cells]
    assert ids.index("kbkit-stopped-here") == ids.index("ending") - 1
    assert notebook.cells[ids.index("findings")].outputs, "cells before it keep what they printed"
    assert not notebook.cells[ids.index("report")].outputs


def test_documents_that_failed_leave_the_numbers_and_the_reason(ended_batch: BatchResult) -> None:
    outcome = ended_batch.outcomes[7]
    assert outcome.files == ("build.json", "failure.txt", "findings.json", "notebook.ipynb", "tables/a.csv")
    assert re.search("html: .*; pdf: ", outcome.ending.diagnostic)


def test_nothing_is_left_beside_the_folders(ended_batch: BatchResult) -> None:
    names = {path.name for path in ended_batch.folder.iterdir()}
    assert names == {*ENDINGS, "logs", "index.html", "manifest.json", "outcomes.json", "outcomes.csv", "junit.xml"}


def test_no_file_but_the_manifest_names_this_machine_or_the_time(ended_batch: BatchResult) -> None:
    here = str(ended_batch.folder.parent.parent)
    for path in ended_batch.folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert here.encode() not in content, path
            assert (
                path.name == "manifest.json"
                or path.suffix == ".log"
                or not re.search(rb"20\d\d-\d\d-\d\dT\d\d:\d\d", content)
            ), path


def test_the_manifest_names_every_file_with_its_hash(ended_batch: BatchResult) -> None:
    manifest = json.loads((ended_batch.folder / "manifest.json").read_text(encoding="utf-8"))
    assert set(manifest["files"]) == set(_contents(ended_batch.folder))
    assert manifest["parameters"]["dataset"] == "../../dataset"
    assert manifest["packages"]["papermill"].startswith("2.")


def test_the_index_links_what_is_there(ended_batch: BatchResult) -> None:
    page = ended_batch.index.read_text(encoding="utf-8")
    links = re.findall(r'href="([^"]+)"', page)
    assert links
    inside = {link for link in links if link.startswith("#")}
    assert all((ended_batch.folder / link).is_file() for link in links if link not in inside)
    assert all(f'id="{link[1:]}"' in page for link in inside)
    assert "DATA SIMULASI" in page
    assert "21,6%" in page
    assert "72,4%" in page


def test_the_same_batch_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    """Done 6: in another folder of the machine, with other workers, at another time; one regency fails."""
    codes = ("13.77", "21.05")
    first = run_batch(make_parameters(_made(tmp_path / "a"), regencies=codes, workers=2))
    second = run_batch(make_parameters(_made(tmp_path / "b" / "c"), regencies=codes, workers=1))
    assert _contents(first.folder) == _contents(second.folder)
    assert set(_contents(first.folder)) >= {"13.77/report.pdf", "21.05/failure.txt", "index.html", "outcomes.json"}


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True)
    return folder


def _contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "manifest.json" and path.parent.name != "logs"
    }


def test_one_regency_again_keeps_the_others_and_replaces_its_failure(tmp_path: Path) -> None:
    parameters = make_parameters(tmp_path, regencies=("13.77", "21.05"), formats=("html",))
    first = run_batch(parameters)
    mended = parameters.notebook.read_text(encoding="utf-8").replace("1 / 0", "pass")
    parameters.notebook.write_text(mended, encoding="utf-8")
    seen: list[str] = []

    def note(outcome: RegencyOutcome) -> None:
        seen.append(outcome.code)

    second = run_batch(parameters, choice=Choice(only=["21.05"]), progress=note)
    assert seen == ["21.05"]
    assert [item.ending.outcome for item in second.outcomes] == [Outcome.RENDERED, Outcome.RENDERED]
    assert second.outcomes[0] == first.outcomes[0]
    assert not (second.folder / "21.05" / "failure.txt").exists()
    assert not second.has_failures


def test_the_notebook_runs_again_where_it_lies(ended_batch: BatchResult, tmp_path: Path) -> None:
    """The paths in an executed notebook hold in its own folder, so that a person can open it there and run it."""
    shutil.copytree(ended_batch.folder.parent.parent, tmp_path, dirs_exist_ok=True)
    folder = tmp_path / "outputs" / "coba" / "13.77"
    findings = json.loads((folder / "findings.json").read_bytes())
    (folder / "findings.json").unlink()
    name = str(folder / "notebook.ipynb")
    papermill.execute_notebook(name, None, cwd=folder, progress_bar=False, kernel_name="python3", language="python")
    assert json.loads((folder / "findings.json").read_bytes()).keys() == findings.keys()


def test_a_regency_outside_the_batch_is_refused(tmp_path: Path) -> None:
    parameters = make_parameters(tmp_path, regencies=("13.77",))
    with pytest.raises(InputError) as raised:
        run_batch(parameters, choice=Choice(only=["33.16"]))
    assert raised.value.faults[0].code == "parameters.not_in_batch"
    assert not parameters.folder.exists()

"""A report is made anew only where something has changed, and a person can ask what."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from kbkit.cli import main
from kbkit.errors import InputError
from kbkit.parameters import BatchParameters
from kbkit.run import BatchResult, Choice, Outcome, chosen_codes, explain_build, run_batch
from kbkit.run.fingerprint import changed_parts, regency_data
from kbkit.run.lock import lock_folder
from kbkit.run.log import log_begin
from kbkit.run.outcomes import RegencyOutcome
from kbkit.run.plan import PROVINCE, regency_job, secret_names, summary_codes, summary_job
from kbkit.run.record import read_build
from tests.conftest import PROJECT
from tests.run.conftest import make_parameters

CODES = ("13.77", "76.04")


def partition(parameters: BatchParameters, code: str, **columns: object) -> None:
    place = parameters.dataset / "tiers" / f"regency_code={code}"
    place.mkdir(parents=True, exist_ok=True)
    pd.DataFrame({name: [value] for name, value in columns.items()}).to_parquet(place / "part-0.parquet")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[BatchParameters, BatchResult]:
    folder = tmp_path_factory.mktemp("unchanged")
    parameters = make_parameters(folder, regencies=CODES, formats=("html",))
    for code in CODES:
        partition(parameters, code, village="a", source_file="klasifikasi.xlsx")
    return parameters, run_batch(parameters)


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "manifest.json" and path.parent.name != "logs"
    }


@pytest.mark.slow
def test_a_second_run_makes_nothing_and_changes_no_byte(made: tuple[BatchParameters, BatchResult]) -> None:
    parameters, first = made
    assert set(first.ran) == set(CODES)
    before = contents(first.folder)
    seen: list[RegencyOutcome] = []
    second = run_batch(parameters, progress=seen.append)
    assert (second.ran, second.unchanged) == ((), CODES)
    assert [outcome.ending.outcome for outcome in seen] == [Outcome.UNCHANGED] * 2
    assert second.outcomes == first.outcomes, "the record says how the report ended when it was made"
    assert contents(first.folder) == before


@pytest.mark.slow
def test_a_changed_row_makes_one_regency_anew_and_why_says_so(
    made: tuple[BatchParameters, BatchResult], capsys: pytest.CaptureFixture[str]
) -> None:
    parameters, first = made
    assert main(["why", str(first.folder), "13.77"]) == 0
    assert capsys.readouterr().out == "13.77: tidak ada yang berubah; laporan tidak akan dibuat ulang.\n"
    partition(parameters, "13.77", village="b", source_file="klasifikasi.xlsx")
    assert main(["why", str(first.folder), "13.77"]) == 0
    assert main(["why", str(first.folder), "13.77", "--language", "en"]) == 0
    assert capsys.readouterr().out == "Data berubah: tiers\nData changed: tiers\n"
    (first.folder / "76.04" / "report.html").write_text("diubah", encoding="utf-8")
    assert explain_build(first.folder, code="76.04").files == ("report.html",)
    second = run_batch(parameters, choice=Choice(only=["13.77"]))
    assert second.ran == ("13.77",)
    assert run_batch(parameters).ran == ("76.04",)
    assert explain_build(first.folder, code="76.04").none


def test_what_was_never_made_or_is_no_batch_is_said(
    made: tuple[BatchParameters, BatchResult], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    _, first = made
    assert main(["why", str(first.folder), "province"]) == 0
    assert "belum ada laporan" in capsys.readouterr().out
    assert main(["why", str(first.folder), "99.99"]) == 2
    assert main(["why", str(tmp_path), "33.16"]) == 2
    assert "manifest.json" in capsys.readouterr().err


def test_parts_that_differ_are_named_with_what_they_were() -> None:
    before = {"parameters": {"language": "id"}, "packages": {"pandas": "3.0.1", "gone": "1"}, "code": {"text": "a"}}
    now = {"parameters": {"language": "en"}, "packages": {"pandas": "3.0.2"}, "code": {"text": "a"}}
    assert changed_parts(before, now) == {
        "parameters": {"language": ("id", "en")},
        "packages": {"gone": ("1", None), "pandas": ("3.0.1", "3.0.2")},
    }


def test_only_the_sources_of_a_regency_count(tmp_path: Path) -> None:
    from kbkit.dataset.metadata import Refusal, Source, read_metadata

    parameters = make_parameters(tmp_path, regencies=CODES)
    partition(parameters, "13.77", source_file="a.xlsx")
    sources = [
        Source(file=name, layout="x", sha256="1", rows_read=1, rows_kept=1) for name in ("a.xlsx", "tetangga.xlsx")
    ]
    metadata = read_metadata(parameters.dataset).model_copy(update={"sources": tuple(sources)})
    one = regency_data(parameters.dataset, code="13.77", metadata=metadata, before={})
    assert set(one) == {"tiers", "source a.xlsx", "dataset.json"}
    own = metadata.model_copy(update={"sources": (sources[0].model_copy(update={"dated": "2024"}), sources[1])})
    neighbour = metadata.model_copy(update={"sources": (sources[0], sources[1].model_copy(update={"dated": "2024"}))})
    mended = sources[0].model_copy(update={"sha256": "2", "rows_kept": 0, "refused": (Refusal(code="x", rows=1),)})
    shared = metadata.model_copy(update={"sources": (mended, sources[1])})
    for before in ({}, one):
        assert regency_data(parameters.dataset, code="13.77", metadata=neighbour, before=before) == one
        assert regency_data(parameters.dataset, code="13.77", metadata=shared, before=before) == one
        changed = regency_data(parameters.dataset, code="13.77", metadata=own, before=before)
        assert {name for name in one if one[name] != changed[name]} == {"source a.xlsx"}


def test_shards_deal_out_the_batch_and_retry_takes_what_failed(ended_batch: BatchResult, tmp_path: Path) -> None:
    parameters = make_parameters(tmp_path)
    shards = [chosen_codes(parameters, Choice(shard=(number, 4))) for number in (1, 2, 3, 4)]
    assert sorted(code for shard in shards for code in shard) == sorted(parameters.regencies)
    assert max(map(len, shards)) - min(map(len, shards)) <= 1
    there = parameters.model_copy(update={"out": ended_batch.folder.parent})
    assert chosen_codes(there, Choice(retry="failed")) == ended_batch.failed


def test_two_runs_do_not_work_on_one_folder(tmp_path: Path) -> None:
    with lock_folder(tmp_path, wait=False):
        with pytest.raises(InputError) as raised, lock_folder(tmp_path, wait=False):
            pass
        assert raised.value.faults[0].code == "run.folder_locked"
    assert list(tmp_path.iterdir()) == []
    (tmp_path / ".lock").write_text("99999999", encoding="utf-8")  # its holder is dead
    with lock_folder(tmp_path, wait=True):
        pass


def test_a_secret_is_neither_in_the_log_nor_in_the_record(tmp_path: Path) -> None:
    from pydantic import BaseModel, Field

    class Parameters(BaseModel):
        office: str = "dinas"
        token: str = Field(default="rahasia", json_schema_extra={"secret": True})

    from kbkit.dataset.metadata import read_metadata
    from kbkit.run.fingerprint import fingerprint

    batch = make_parameters(tmp_path)
    job = regency_job(batch, code="13.77", metadata=read_metadata(batch.dataset), build=None)
    job = replace(job, parameters=Parameters().model_dump(), secret=secret_names(Parameters()))
    log_begin(job)
    written = job.log.read_text(encoding="utf-8") + json.dumps(fingerprint(job, data={}))
    assert "rahasia" not in written
    assert "dinas" in written


def test_a_summary_needs_two_regencies_and_a_notebook(tmp_path: Path) -> None:
    from kbkit.dataset.metadata import read_metadata

    parameters = make_parameters(tmp_path)
    metadata = read_metadata(parameters.dataset)
    codes = ("13.77", "76.02", "76.04")
    for code in codes:
        (parameters.folder / code).mkdir(parents=True)
        (parameters.folder / code / "findings.json").write_text(code, encoding="utf-8")

    def members(code: str, of: tuple[str, ...] = codes) -> set[str] | None:
        job = summary_job(parameters, code=code, metadata=metadata, members=of)
        assert job is None or read_build(job.folder) is None
        # Its notebook reads those and no others that stand in the folder from an earlier batch.
        assert job is None or job.parameters["regencies"] == list(job.parts["data"])
        return None if job is None else set(job.parts["data"])

    assert members(PROVINCE) is None
    notebook = PROJECT / "notebooks" / "province_report.ipynb"
    parameters.notebook.with_name(notebook.name).write_bytes(notebook.read_bytes())
    assert members(PROVINCE, of=codes[:1]) is None
    assert members(PROVINCE) == set(codes)
    assert members("76") == {"76.02", "76.04"}
    assert members("13") is None


def test_provinces_have_summaries_of_their_own_where_there_are_several() -> None:
    assert summary_codes(["76.04", "13.77", "76.02"]) == ("13", "76", PROVINCE)
    assert summary_codes(["76.04", "76.02"]) == (PROVINCE,)


def test_counts_over_neighbours_make_no_report_anew(tmp_path: Path) -> None:
    from kbkit.dataset.metadata import DataHouse, DataHouseRegency, Metadata, read_metadata

    parameters = make_parameters(tmp_path, regencies=CODES)
    metadata = read_metadata(parameters.dataset)

    def data(metadata: Metadata) -> dict[str, str]:
        return regency_data(parameters.dataset, code="13.77", metadata=metadata, before={})

    def with_means(**means: float) -> Metadata:
        regencies = tuple(DataHouseRegency(code=code, villages=9, mean_types=mean) for code, mean in means.items())
        house = DataHouse(list_source="office", villages=18, types=(), regencies=regencies)
        return metadata.model_copy(update={"data_house": house, "tables": {"tiers": len(means)}})

    one, neighbour, own = (
        with_means(**means)
        for means in ({"13.77": 3.0, "76.04": 2.0}, {"13.77": 3.0, "76.04": 2.5}, {"13.77": 3.5, "76.04": 2.0})
    )
    assert data(one) == data(neighbour)
    assert data(one) != data(own)

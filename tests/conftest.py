"""Fixtures shared by all rooms."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

import kbkit
from kbkit import Findings

# A search must not decide by luck whether a change lands; by hand, each run looks elsewhere.
settings.register_profile("ci", derandomize=True, deadline=None)
if os.environ.get("CI"):
    settings.load_profile("ci")

PROJECT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def real_data() -> Path:
    """Folder with the real exports, which are never part of the repository."""
    folder = Path(os.environ.get("KBKIT_REAL_DATA", PROJECT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"the real exports are not here: {folder}")
    return folder


@pytest.fixture(scope="session")
def demo_dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo, through the front door: synthetic exports written as files, and prepared as an office would."""
    from kbkit.demo import write_demo
    from kbkit.prepare import prepare_dataset

    folder = tmp_path_factory.mktemp("demo dengan spasi")
    report = write_demo(out=folder)
    prepare_dataset(sources=[report.exports], out=folder / "dataset")
    return folder / "dataset"


@pytest.fixture(scope="session")
def demo_findings(demo_dataset: Path) -> dict[str, Findings]:
    """Findings of the five demo regencies, by code."""
    codes = ("33.16", "14.71", "13.77", "14.06", "21.05")
    return {code: kbkit.analyse_regency(kbkit.read_regency(demo_dataset, regency=code)) for code in codes}

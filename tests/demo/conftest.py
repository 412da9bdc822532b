"""One demo for all tests of the room."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kbkit.demo import DEMO_TRUTH, DemoReport, Population, Truth, generate_population, write_demo


@pytest.fixture(scope="session")
def population() -> Population:
    return generate_population()


@pytest.fixture(scope="session")
def blora_only() -> Truth:
    return replace(DEMO_TRUTH, regencies=DEMO_TRUTH.regencies[:1])


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> DemoReport:
    return write_demo(out=tmp_path_factory.mktemp("demo") / "demo")


@pytest.fixture(scope="session")
def exports(demo: DemoReport) -> Path:
    return demo.exports

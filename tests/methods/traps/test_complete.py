"""Every trap has its test, and its test is found by its number."""

from __future__ import annotations

import re
from pathlib import Path


def test_every_trap_is_tested() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    assert {int(number) for number in re.findall(r"^def test_trap_(\d\d)_", text, re.MULTILINE)} == set(range(1, 18))

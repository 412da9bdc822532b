"""The docstring of a method is its sheet, with the same headings everywhere."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

import kbkit.methods

HEADINGS = ("Estimand", "Formula", "Assumptions", "Edge cases", "Source", "Checked against")

# Modules that hold no method: checked counts, linear algebra of a design, results of fits, the likelihood of a sheet,
# what two fits share.
WITHOUT_SHEET = {
    "balanced_panel",
    "bias_reduction",
    "counts",
    "column_space",
    "glm_maximum",
    "binomial_fit",
    "influence",
    "jackknife",
    "likelihood_fit",
    "likelihood_search",
    "logit_maximum",
    "mixed_likelihood",
    "tier_models",
}

MODULES = sorted(module.name for module in pkgutil.iter_modules(kbkit.methods.__path__))


@pytest.mark.parametrize("name", sorted(set(MODULES) - WITHOUT_SHEET))
def test_sheet_has_all_headings_in_order(name: str) -> None:
    sheet = importlib.import_module(f"kbkit.methods.{name}").__doc__ or ""
    places = [sheet.find(f"\n{heading}: ") for heading in HEADINGS]
    assert min(places) > 0, dict(zip(HEADINGS, places, strict=True))
    assert places == sorted(places)


def test_everything_public_is_exported() -> None:
    assert sorted(kbkit.methods.__all__) == kbkit.methods.__all__
    for name in kbkit.methods.__all__:
        assert getattr(kbkit.methods, name).__module__.startswith("kbkit.methods.")

"""Results of models tell nothing of hidden numbers: they are the same for all numbers that the totals allow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import kbkit
from kbkit import Findings
from kbkit.analysis import regency
from kbkit.analysis.joint_disclosure import place_villages, plan_disclosure
from kbkit.analysis.panel import build_panel
from kbkit.analysis.rows import as_rows
from kbkit.analysis.specifications import _without_zero_cases
from kbkit.analysis.stand_ins import choose_numbers, stand_in
from kbkit.analysis.stunting import describe_profiles
from kbkit.dataset import RegencyData
from kbkit.domain.editions import SMALL_CELLS
from kbkit.results import Undefined
from tests.disclosure.test_audit import move, planned

PUBLIC = SMALL_CELLS["public"]


@pytest.fixture(scope="module")
def blora(demo_dataset: Path) -> RegencyData:
    """The one period of which every village's number is shown or hidden, in the demo's largest regency."""
    data = kbkit.read_regency(demo_dataset, regency="33.16")
    latest = data.stunting["period"] == data.stunting["period"].max()
    return replace(data, stunting=data.stunting[latest].reset_index(drop=True))


@pytest.fixture(scope="module")
def moved(blora: RegencyData) -> RegencyData:
    """The same with a child in another village of the same district, tier and part: no printed total changes."""
    placed = {village.code: village for village in place_villages(as_rows(build_panel(blora)))}
    for one, other in product(planned(blora), repeat=2):
        if one != other and placed[one].groups == placed[other].groups:
            changed = move(blora, one, other)
            if planned(changed) == planned(blora):
                return changed
    raise AssertionError("no child can be moved")


def test_models_are_the_same_whatever_is_hidden(
    blora: RegencyData, moved: RegencyData, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, after = (kbkit.analyse_regency(data) for data in (blora, moved))
    assert before.association.adjusted is not None
    assert before.association == after.association
    assert before.small_areas == after.small_areas
    assert before.to_json() == after.to_json()
    # With the hidden numbers themselves in the models, a single moved child is seen.
    monkeypatch.setattr(regency, "stand_in", lambda rows, **_: rows)
    leaky = [kbkit.analyse_regency(data).association for data in (blora, moved)]
    assert leaky[0] != leaky[1]


@pytest.mark.parametrize("code", ["33.16", "14.06", "21.05", "13.77"])
@pytest.mark.parametrize("edition", ["public", "strict"])
def test_what_stands_in_has_the_printed_totals_and_ranges(demo_dataset: Path, code: str, edition: Any) -> None:
    rows = as_rows(build_panel(kbkit.read_regency(demo_dataset, regency=code)))
    disclosure = plan_disclosure(rows, rule=SMALL_CELLS[edition])
    assert disclosure.villages
    shown = stand_in(rows, disclosure=disclosure)
    numbers = choose_numbers(rows, disclosure=disclosure)
    assert all(low <= numbers[name] <= high for name, (low, high) in disclosure.villages.items())
    hidden = {("district", name) for name in disclosure.districts} | {("tier", name) for name in disclosure.tiers}
    sums: list[dict[tuple[str, str], int]] = [{}, {}]
    for total, each in zip(sums, (rows, shown), strict=True):
        for village in place_villages(each):
            for group in village.groups:
                total[group] = total.get(group, 0) + village.stunted
    for group, number in sums[0].items():
        skip = disclosure.total if group[0] == "total" else disclosure.parts if group[0] == "part" else group in hidden
        if not skip and not (group == ("tier", "none") and None in disclosure.tiers):
            assert sums[1][group] == number, group
    earlier = rows.period < len(rows.names.periods) - 1
    assert np.array_equal(shown.stunted[earlier], rows.stunted[earlier], equal_nan=True)


def test_an_internal_edition_models_what_was_counted(blora: RegencyData) -> None:
    rows = as_rows(build_panel(blora))
    disclosure = plan_disclosure(rows, rule=SMALL_CELLS["internal"])
    assert stand_in(rows, disclosure=disclosure) is rows


def explanations(mean: float, wholes: tuple[int, ...], tolerance: float) -> Iterator[tuple[int, ...]]:
    """Yield the numbers of families, up to nine a village, whose shares have a mean."""
    for numbers in product(range(10), repeat=len(wholes)):
        if abs(sum(part / whole for part, whole in zip(numbers, wholes, strict=True)) / len(wholes) - mean) < tolerance:
            yield numbers


def test_a_mean_of_few_shares_gives_the_numbers_away_and_one_of_five_does_not() -> None:
    wholes, numbers = (61, 73, 89, 97, 103), (2, 4, 1, 3, 5)
    for few in (1, 2, 3, 4):
        mean = sum(part / whole for part, whole in zip(numbers[:few], wholes[:few], strict=True)) / few
        assert list(explanations(mean, wholes[:few], 1e-12)) == [numbers[:few]], "with every digit"
    mean = sum(part / whole for part, whole in zip(numbers, wholes, strict=True)) / 5
    left = list(explanations(round(mean, 3), wholes, 0.0005))
    assert all(len({found[place] for found in left}) >= PUBLIC.width for place in range(5))


def test_shares_of_families_are_hidden_in_small_tiers(demo_dataset: Path) -> None:
    rows = as_rows(build_panel(kbkit.read_regency(demo_dataset, regency="13.77")))
    latest = rows.latest()
    for edition in ("public", "strict"):
        rule = SMALL_CELLS[edition]
        for score, profile in enumerate(describe_profiles(rows, rule=rule)):
            known = int((~np.isnan(latest.take(latest.tier == score).covariates["water_unimproved"])).sum())
            assert isinstance(profile.water_unimproved, Undefined) == (0 < known < rule.smallest)
            if isinstance(profile.water_unimproved, float):
                assert profile.water_unimproved == round(profile.water_unimproved, 3)


def test_a_small_village_without_a_case_is_not_told_by_a_number_of_rows(blora: RegencyData) -> None:
    rows = as_rows(build_panel(blora))
    place = int(np.flatnonzero(rows.has_prevalence)[0])
    few = [rows.measured.copy(), rows.measured.copy()]
    sizes = []
    for cases, measured in zip((0.0, 1.0), few, strict=True):
        stunted = rows.stunted.copy()
        measured[place], stunted[place] = 3.0, cases
        left = _without_zero_cases(replace(rows, stunted=stunted, measured=measured))
        sizes.append((len(left), left.n_villages))
    assert sizes[0] == sizes[1]


def test_findings_of_the_demo_hide_no_profile_that_is_large(demo_findings: dict[str, Findings]) -> None:
    assert all(isinstance(profile.toilet_unimproved, float) for profile in demo_findings["33.16"].profiles)

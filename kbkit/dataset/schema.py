"""The tables of a dataset: the contract between ``prepare`` and everything after it.

A dataset is a folder. Each table is a folder of Parquet files partitioned by ``regency_code`` that pandas reads with
one call: ``pandas.read_parquet(dataset / "tiers")``. Codes are Kemendagri dotted text. A missing value is null and is
not zero: not measured, zero cases and zero target are three states all the way.
"""

from __future__ import annotations

from typing import Final

import pyarrow as pa

from kbkit.domain.tiers import SCORES

PARTITION: Final = "regency_code"
"""Partition key of every table. Null codes of unmatched rows stand under :data:`NO_REGENCY`."""

NO_REGENCY: Final = "00.00"
"""Partition of rows whose regency itself could not be told. No regency has this code."""

_TEXT, _COUNT, _REAL = pa.string(), pa.int64(), pa.float64()


def _table(required: dict[str, pa.DataType], optional: dict[str, pa.DataType]) -> pa.Schema:
    return pa.schema(
        [pa.field(PARTITION, _TEXT, nullable=False)]
        + [pa.field(name, kind, nullable=False) for name, kind in required.items()]
        + [pa.field(name, kind) for name, kind in optional.items()]
    )


_ORIGIN: Final = {"source_file": _TEXT, "source_sheet": _TEXT, "source_row": _COUNT}
"""Where a row came from: file name, sheet, row counted from 1 as a spreadsheet shows it."""

FAMILY_COUNTS: Final = (
    "families",
    "families_target",
    "families_at_risk",
    "families_not_at_risk",
    "welfare_1",
    "welfare_2",
    "welfare_3",
    "welfare_4",
    "welfare_above_4",
    "families_with_under_two",
    "families_with_under_five",
    "couples_reproductive_age",
    "couples_pregnant",
    "water_unimproved",
    "toilet_unimproved",
    "mother_too_young",
    "mother_too_old",
    "births_too_close",
    "births_too_many",
    "four_too",
    "not_modern_contraception",
)
"""The counts of Verval KRS in the order of its columns. The four sub-counts of ``four_too`` overlap: never add them."""

PROFILE_FLAGS: Final = (
    "pokja_formed",
    "pokja_decree",
    "pokja_trained",
    "field_worker",
    "regulation",
    "work_plan",
    "data_used",
)
"""Yes-or-blank columns of the portal's profile: 1 for yes. The portal prints no "no": blank is no or not entered."""

PROFILE_COUNTS: Final = (
    "funding_sources",
    "pokja_members",
    "pokja_members_trained",
    "regulations",
    "operations",
    "couples",
    "population",
    "families",
    "adolescents",
    "families_with_under_five",
    "families_with_adolescents",
    "families_with_elderly",
    "members_bkb",
    "members_bkr",
    "members_bkl",
    "members_uppka",
    "members_pik_r",
    "users_iud",
    "users_tubectomy",
    "users_vasectomy",
    "users_condom",
    "users_implant",
    "users_injection",
    "users_pill",
    "non_users_pregnant",
    "non_users_child_soon",
    "non_users_child_later",
    "non_users_no_child",
)
"""Counts of the portal's profile in the order of its columns, as typed: impossible ones are kept, and are issues.

The portal prints no zero either: blank is zero or not entered, and stays missing.
"""

TABLES: Final[dict[str, pa.Schema]] = {
    # Every village of the regencies, from the register, also those without Kampung KB.
    "villages": _table(
        {
            "village_code": _TEXT,
            "village_name": _TEXT,
            "village_kind": _TEXT,
            "district_code": _TEXT,
            "district_name": _TEXT,
            "regency_name": _TEXT,
            "province_code": _TEXT,
            "province_name": _TEXT,
        },
        {},
    ),
    # One row a village and snapshot. Where a village has several Kampung KB the one with the highest sum of the three
    # recomputed indices stands here (ties: the first row) and `kampung_kb_count` says how many there are.
    "tiers": _table(
        {"village_code": _TEXT, "snapshot_date": pa.date32(), "kampung_kb_name": _TEXT, "kampung_kb_count": _COUNT},
        dict.fromkeys(SCORES, _COUNT)
        | {"index_input": _REAL, "index_process": _REAL, "index_output": _REAL}
        | {"tier": _TEXT, "tier_recomputed": _TEXT, "rubric_version": _TEXT}
        | _ORIGIN,
    ),
    # One row a village and measuring period ("2024-08"). `children_measured` counts children with a height-for-age
    # class, outliers out; `children_stunted` = short + very short.
    "stunting": _table(
        {"village_code": _TEXT, "period": _TEXT, "source": _TEXT},
        {
            "children_target": _COUNT,
            "children_measured": _COUNT,
            "children_stunted": _COUNT,
            "children_severely_stunted": _COUNT,
        }
        | _ORIGIN,
    ),
    # The portal's profile: one row a Kampung KB and snapshot, so that a village may have several.
    "profiles": _table(
        {"village_code": _TEXT, "snapshot_date": pa.date32(), "kampung_kb_name": _TEXT},
        dict.fromkeys(PROFILE_FLAGS + PROFILE_COUNTS, _COUNT) | _ORIGIN,
    ),
    # One row a village, indicator and period, for every register that is a list of villages. The vocabulary is
    # `kbkit.domain.indicators`. A period is a month ("2024-08"), a quarter ("2024-Q3"), a semester ("2024-S2"), a year
    # or a day; an interval ("2024-01/2024-08") is a figure of the year to date; "XXXX-08" is an August whose year
    # nothing tells (ISO 8601-2); null is not dated at all. A value that was not printed has no row: it is not zero.
    "village_indicators": _table(
        {"village_code": _TEXT, "indicator": _TEXT},
        {"period": _TEXT, "value": _REAL, "layout": _TEXT, "source_column": _TEXT} | _ORIGIN,
    ),
    # The same for areas above the village: `level` is "regency", "district", "health_centre" or, where the source gives
    # no kecamatan, "village"; `area_found` is its name as printed. Never added to figures of villages.
    "area_indicators": _table(
        {"level": _TEXT, "area_found": _TEXT, "indicator": _TEXT},
        {"period": _TEXT, "value": _REAL, "layout": _TEXT, "source_column": _TEXT} | _ORIGIN,
    ),
    # Verval KRS: one row a village and semester ("2024-S2").
    "families": _table({"village_code": _TEXT, "semester": _TEXT}, dict.fromkeys(FAMILY_COUNTS, _COUNT) | _ORIGIN),
    # Indeks Desa Membangun; kelurahan are not in it by definition. Indices 0-1.
    "village_index": _table(
        {"village_code": _TEXT, "year": _COUNT},
        {"idm": _REAL, "iks": _REAL, "ike": _REAL, "ikl": _REAL, "idm_status": _TEXT} | _ORIGIN,
    ),
    # Regency level. Prevalences 0-1; an interval only where the publisher gives one.
    "surveys": _table(
        {"survey": _TEXT, "year": _COUNT, "prevalence": _REAL},
        {"lower": _REAL, "upper": _REAL, "publisher": _TEXT, "remark": _TEXT} | _ORIGIN,
    ),
    # What agencies plan and do in a village: one row a village, period, intervention, agency and source of money. A
    # period is a year ("2024"), a semester ("2024-S1") or a quarter ("2024-Q1"); a year's row is not the sum of its
    # quarters. `intervention` and `lead_agency` are the words of the list, the keys beside them those of
    # `kbkit.domain.interventions` and `kbkit.domain.agencies`, missing where the office has its own.
    # `programme_group` is 1-8, `kind` "specific" or "sensitive", `target_group` a key of `TARGET_GROUPS`,
    # `funding_source` a key of `kbkit.domain.funding`; `supporting_agencies` are names parted by "; ". `target` and
    # `attained` count those of the target group, `volume` is in `unit`, money in rupiah.
    "interventions": _table(
        {"village_code": _TEXT, "year": _COUNT, "period": _TEXT, "intervention": _TEXT},
        {
            "intervention_key": _TEXT,
            "programme_group": _COUNT,
            "kind": _TEXT,
            "target_group": _TEXT,
            "lead_agency": _TEXT,
            "lead_agency_key": _TEXT,
            "supporting_agencies": _TEXT,
            "funding_source": _TEXT,
            "volume": _REAL,
            "unit": _TEXT,
            "target": _COUNT,
            "attained": _COUNT,
            "budget": _COUNT,
            "spent": _COUNT,
        }
        | _ORIGIN,
    ),
    # The money of a Kampung KB: one row a village, year, source and purpose; `source` and `purpose` are keys of
    # `kbkit.domain.funding`, money in rupiah. An amount of 0 says that the source gave nothing; a missing amount, that
    # it gave and nobody wrote how much. A village without a row has said nothing.
    "funding": _table(
        {"village_code": _TEXT, "year": _COUNT, "source": _TEXT},
        {"purpose": _TEXT, "amount": _COUNT, "spent": _COUNT} | _ORIGIN,
    ),
    # The joint plan of a coordination meeting as its workbook came back: one row a line. `item` is the key of the line
    # in the draft, missing for a line that the meeting added; `lead_agency` a key of `kbkit.domain.agencies` or the
    # office's own words; `status` one of `kbkit.domain.plans.STATUSES`, missing where nobody reported; `changed` says
    # whether the line differs from the draft.
    "plan": _table(
        {"village_code": _TEXT, "meeting_date": pa.date32(), "problem": _TEXT, "lead_agency": _TEXT},
        {
            "item": _TEXT,
            "intervention": _TEXT,
            "supporting_agencies": _TEXT,
            "funding_source": _TEXT,
            "volume": _REAL,
            "due": pa.date32(),
            "indicator": _TEXT,
            "target": _TEXT,
            "status": _TEXT,
            "attained": _REAL,
            "changed": _COUNT,
        }
        | _ORIGIN,
    ),
    # Rows whose village (or regency) could not be told: never guessed, always listed.
    "unmatched": _table(
        {"layout": _TEXT, "source_file": _TEXT},
        {
            "source_sheet": _TEXT,
            "source_row": _COUNT,
            "province_found": _TEXT,
            "regency_found": _TEXT,
            "district_found": _TEXT,
            "village_found": _TEXT,
            "reason": _TEXT,
            "nearest_code": _TEXT,
            "nearest_name": _TEXT,
            "nearest_score": _REAL,
            "children_measured": _COUNT,
            "children_stunted": _COUNT,
        },
    ),
    # What is doubtful or refused, with its place. `code` is the key of the sentence; `details` is a JSON object.
    "issues": _table(
        {"code": _TEXT, "severity": _TEXT, "source_file": _TEXT},
        {
            "village_code": _TEXT,
            "source_sheet": _TEXT,
            "source_row": _COUNT,
            "source_column": _TEXT,
            "found": _TEXT,
            "allowed": _TEXT,
            "details": _TEXT,
        },
    ),
    # How each name of a source became a code. A code that a source brings along is its own and has no row here.
    "matches": _table(
        {"layout": _TEXT, "source_file": _TEXT, "village_code": _TEXT, "method": _TEXT},
        {
            "source_sheet": _TEXT,
            "source_row": _COUNT,
            "district_found": _TEXT,
            "village_found": _TEXT,
            "score": _REAL,
            "runner_up_code": _TEXT,
            "runner_up_score": _REAL,
        },
    ),
}
"""Schema of every table, the partition key first."""

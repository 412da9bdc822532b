"""Raw counts of a Kampung KB that give back its scores under the rule of the portal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

import numpy as np

from kbkit.domain.banding import (
    poktan_percent,
    rounded_percent,
    score_output_cpr,
    score_output_long_acting,
    score_output_poktan,
    score_output_unmet_need,
)

Counts = Mapping[str, int | bool | None]
Scores = Mapping[str, int]

_FUNDING: Final = {1: (1, 1), 2: (1, 1), 3: (2, 4), 4: (5, 6)}
"""Sources of money by score. The portal prints 1 also where none was chosen."""
_OPERATIONS: Final = {1: (0, 0), 2: (1, 2), 3: (3, 4), 4: (5, 5)}
_POKTAN: Final = {1: (3.0, 7.0), 2: (13.0, 18.0), 3: (23.5, 28.0), 4: (36.0, 58.0)}
_CPR: Final = {1: (18.0, 27.0), 2: (32.0, 38.0), 3: (43.0, 48.0), 4: (54.0, 72.0)}
_LONG_ACTING: Final = {1: (8.0, 17.0), 2: (20.0, 22.0), 3: (23.0, 24.0), 4: (28.0, 45.0)}
_UNMET: Final = {1: (14.0, 19.0), 2: (10.0, 12.0), 3: (7.0, 9.0), 4: (2.0, 5.0)}
"""Percentages by score, well inside their bands."""

_TARGETS: Final = {
    "BKB": ("Memiliki Balita", 0.27),
    "BKR": ("Memiliki Remaja", 0.36),
    "BKL": ("Memiliki Lansia", 0.26),
    "UPPKA": ("Keluarga", 1.0),
    "PIKR": ("Remaja", 0.45),
}
"""Activity group -> whom it is for, and how many of these a hundred families have."""
_LONG_METHODS: Final = {"IUD": 0.25, "MOW": 0.12, "MOP": 0.01, "Implan": 0.62}
_SHORT_METHODS: Final = {"Kondom": 0.06, "Suntik": 0.74, "Pil": 0.20}


def draw_counts(scores: Scores, *, families: int, couples: int, random: np.random.Generator) -> Counts:
    """Draw the counts of one Kampung KB by the heading of the portal; ``None`` where the portal leaves a blank.

    The portal prints no zero and no "no": both are blank. A Kampung KB that scores 1 on everything has entered nothing.
    """
    if all(score == 1 for score in scores.values()):
        return {"Jumlah Sumber Dana": 1, "Regulasi Jumlah": 1}
    counts = {
        **_management(scores, random),
        **_people(families, random),
        "Pus": couples,
        **_contraception(scores, couples, random),
    }
    members = _members(scores["score_output_poktan"], counts, random)
    return {heading: value or None for heading, value in {**counts, **members}.items()}


def _between(limits: tuple[int, int], random: np.random.Generator) -> int:
    return int(random.integers(limits[0], limits[1] + 1))


def _management(scores: Scores, random: np.random.Generator) -> Counts:
    pokja = scores["score_input_pokja"]
    either = bool(random.random() < 0.5)
    has_members = pokja == 4 or (pokja == 3 and either)
    trained = pokja == 4 or (pokja == 3 and not either)
    members = _between((12, 32), random) if has_members else 0
    workers = scores["score_input_field_workers"]
    worker = workers == 3 or (workers == 2 and bool(random.random() < 0.7))
    regulation = workers == 3 or (workers == 2 and not worker)
    planned = scores["score_process_data_use"] > 1
    return {
        "Jumlah Sumber Dana": _between(_FUNDING[scores["score_input_funding"]], random),
        "Pokja Pengurusan": pokja > 1,
        "Pokja SK": pokja > 1 and bool(random.random() < 0.8),
        "Pokja Pelatihan": trained,
        "Pokja Jumlah": members,
        "Pokja Jumlah Terlatih": int(random.integers(1, members + 1)) if trained and members else 0,
        "PLKB Pendamping": worker,
        "Regulasi": regulation,
        "Regulasi Jumlah": _between((1, 4), random) if regulation else 1,
        "RKM": planned,
        "Penggunaan Data": planned,
        "Jumlah Mekanisme Operasional": _between(_OPERATIONS[scores["score_process_operations"]], random),
    }


def _people(families: int, random: np.random.Generator) -> Counts:
    shares = {heading: share for heading, share in _TARGETS.values() if heading != "Keluarga"}
    return {"Penduduk": round(families * random.uniform(3.1, 3.7)), "Keluarga": families} | {
        heading: max(1, int(random.binomial(families, share))) for heading, share in shares.items()
    }


def _contraception(scores: Scores, couples: int, random: np.random.Generator) -> Counts:
    """Draw users and non-users; together they are the couples, as the form of the portal demands."""
    users, long_acting = _users(scores, couples, random)
    unmet = fitting_count(
        couples,
        random.uniform(*_UNMET[scores["score_output_unmet_need"]]),
        lambda percent: score_output_unmet_need(percent) == scores["score_output_unmet_need"],
    )
    assert unmet is not None  # a hundred couples reach every whole percent
    others = couples - users - unmet
    pregnant = int(random.binomial(others, 0.2))
    later = int(random.binomial(unmet, 0.5))
    return (
        _spread(long_acting, _LONG_METHODS, random)
        | _spread(users - long_acting, _SHORT_METHODS, random)
        | {
            "Hamil": pregnant,
            "Anak Segera": others - pregnant,
            "Anak Kemudian": later,
            "Tidak Ingin Anak": unmet - later,
        }
    )


def _users(scores: Scores, couples: int, random: np.random.Generator) -> tuple[int, int]:
    """Return users of modern methods and of long-acting ones; few users cannot have every share of these."""
    wanted = random.uniform(*_CPR[scores["score_output_cpr"]]) * couples / 100
    share = random.uniform(*_LONG_ACTING[scores["score_output_long_acting"]])
    for users in _outward(wanted, couples):
        if score_output_cpr(rounded_percent(users, couples)) == scores["score_output_cpr"]:
            long_acting = fitting_count(
                users,
                share,
                lambda percent: score_output_long_acting(percent) == scores["score_output_long_acting"],
            )
            if long_acting is not None:
                return users, long_acting
    raise ValueError(f"no number of users among {couples} couples gives the scores")


def fitting_count(whole: int, percent: float, fits: Callable[[int], bool]) -> int | None:
    """Return the part of a whole that is nearest to a percentage and whose rounded percentage fits; ``None`` if none.

    Args:
        whole: zero or more.
        percent: wanted, 0-100.
        fits: whether a whole percentage will do.
    """
    parts = _outward(whole * percent / 100, whole)
    return next((part for part in parts if fits(rounded_percent(part, whole))), None)


def _outward(wanted: float, whole: int) -> Iterator[int]:
    """Yield the whole numbers from 0 to ``whole``, those nearest to a wanted one first."""
    nearest = min(max(round(wanted), 0), whole)
    yield nearest
    for distance in range(1, whole + 1):
        yield from (count for count in (nearest - distance, nearest + distance) if 0 <= count <= whole)


def _spread(total: int, shares: Mapping[str, float], random: np.random.Generator) -> dict[str, int]:
    drawn = random.multinomial(total, list(shares.values()))
    return dict(zip(shares, (int(count) for count in drawn), strict=True))


def _members(score: int, counts: Counts, random: np.random.Generator) -> Counts:
    """Draw the members of the five activity groups, then move them one by one until their mean share has its score."""
    targets = {group: int(counts[heading] or 0) for group, (heading, _) in _TARGETS.items()}
    leaning = random.uniform(0.6, 1.4, len(targets))
    shares = random.uniform(*_POKTAN[score]) * leaning / leaning.mean() / 100
    members = {
        group: min(target, round(target * share))
        for (group, target), share in zip(targets.items(), shares, strict=True)
    }
    while (reached := _poktan_score(members, targets)) != score:
        step = 1 if reached < score else -1
        movable = [group for group in members if 0 <= members[group] + step <= targets[group]]
        # Families are the largest target: a member more or less moves the mean by the least.
        chosen = max(movable, key=lambda group: targets[group])
        members[chosen] += step
    return dict(members)


def _poktan_score(members: Mapping[str, int], targets: Mapping[str, int]) -> int:
    shares = [rounded_percent(members[group], targets[group]) for group in targets]
    return score_output_poktan(float(poktan_percent(shares)))

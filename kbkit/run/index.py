"""``index.html``: the page from which the reports of a batch are opened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from jinja2 import Environment, PackageLoader, StrictUndefined

from kbkit.dataset.metadata import Metadata, province_of
from kbkit.parameters import BatchParameters
from kbkit.run.documents import DOCUMENTS
from kbkit.run.outcomes import RegencyOutcome
from kbkit.run.plan import PROVINCE
from kbkit.run.reasons import describe_ending
from kbkit.text import MISSING, Catalogue, Style
from kbkit.text.stamp import stamp

_LINKED = {name: f"run.open_{name.rpartition('.')[2]}" for name in DOCUMENTS.values()} | {
    "rakor.xlsx": "run.open_rakor",
    "notebook.ipynb": "run.open_ipynb",
}
"""File of a regency's folder -> key of the word that links it."""


@dataclass(frozen=True, kw_only=True)
class _Line:
    """One regency in the table of the index."""

    code: str
    name: str
    outcome: str
    title: str
    links: tuple[tuple[str, str], ...]
    prevalence: str
    coverage: str
    comparison: str
    reason: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class _Group:
    """The regencies of one province, or all of a batch in one."""

    code: str
    name: str
    summary: _Line | None
    lines: tuple[_Line, ...]


def render_index(
    parameters: BatchParameters,
    *,
    outcomes: Sequence[RegencyOutcome],
    summaries: Sequence[RegencyOutcome],
    metadata: Metadata,
) -> str:
    """Return the page: one line a regency with its documents, its key numbers, or the reason why it has none.

    Where there are several provinces their regencies stand together, in the order of the codes, and a list of the
    provinces above the table leads to them.

    Args:
        parameters: of the batch.
        outcomes: of the regencies.
        summaries: of the summaries over them. That over all stands above the table, a province's at its regencies.
        metadata: of the dataset. That the data are simulated, or the edition internal, stands above the page.
    """
    environment = Environment(
        loader=PackageLoader("kbkit.run"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    catalogue = Catalogue(parameters.language)
    return environment.get_template("index.html.j2").render(
        language=parameters.language,
        batch=parameters.batch,
        office=parameters.office,
        stamp=stamp(data_status=metadata.data_status, edition=parameters.edition, language=parameters.language),
        say=catalogue.say,
        failed=sum(outcome.is_failure for outcome in outcomes),
        total=len(outcomes),
        province=next((_line(item, parameters, catalogue) for item in summaries if item.code == PROVINCE), None),
        groups=list(_groups(parameters, outcomes, summaries, metadata, catalogue)),
    )


def _groups(
    parameters: BatchParameters,
    outcomes: Sequence[RegencyOutcome],
    summaries: Sequence[RegencyOutcome],
    metadata: Metadata,
    catalogue: Catalogue,
) -> Iterator[_Group]:
    """Yield the regencies province by province; a batch of one province in the order of its parameters."""
    own = {item.code: _line(item, parameters, catalogue) for item in summaries}
    provinces = {province_of(outcome.code) for outcome in outcomes}
    ordered = sorted(outcomes, key=lambda outcome: outcome.code) if len(provinces) > 1 else outcomes
    for code, members in groupby(ordered, key=lambda outcome: province_of(outcome.code)):
        yield _Group(
            code=code,
            name=metadata.provinces.get(code, code) if len(provinces) > 1 else "",
            summary=own.get(code),
            lines=tuple(_line(outcome, parameters, catalogue) for outcome in members),
        )


def _line(outcome: RegencyOutcome, parameters: BatchParameters, catalogue: Catalogue) -> _Line:
    summary = outcome.summary
    style = Style(parameters.language)
    comparison = summary.get("comparison")
    return _Line(
        code=outcome.code,
        name=outcome.name,
        outcome=outcome.ending.outcome,
        title=catalogue.say(f"run.{outcome.ending.outcome}"),
        links=tuple(
            (f"{outcome.code}/{name}", catalogue.say(word)) for name, word in _LINKED.items() if name in outcome.files
        ),
        prevalence=style.percent(_proportion(summary.get("prevalence"))),
        coverage=style.percent(_proportion(summary.get("coverage"))),
        comparison=catalogue.say(f"run.comparison_{comparison}") if comparison in ("made", "withheld") else MISSING,
        reason=()
        if outcome.ending.outcome == "rendered"
        else describe_ending(outcome.ending, language=parameters.language)[1:],
    )


def _proportion(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None

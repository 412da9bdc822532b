"""The methods behind a report's numbers: what each estimates, on what assumptions, after whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from kbkit.document import Column, Row, Table
from kbkit.results import Undefined
from kbkit.results.findings import Findings
from kbkit.tables import cells
from kbkit.text import Voice


@dataclass(frozen=True, kw_only=True)
class Method:
    """One method: its module in ``kbkit.methods``, whether findings rest on it, and after whom it was made.

    ``citations`` stand in the module's sheet in the same words.
    """

    module: str
    used: Callable[[Findings], bool]
    citations: tuple[str, ...]


def _areas(findings: Findings) -> bool:
    return not isinstance(findings.small_areas, Undefined)


def _funnel(findings: Findings) -> bool:
    areas = findings.small_areas
    return not isinstance(areas, Undefined) and not isinstance(areas.funnel, Undefined)


def _modelled(findings: Findings) -> bool:
    return findings.association.crude is not None or findings.association.adjusted is not None


def _of_models(part: str) -> Callable[[Findings], bool]:
    """Whether a quantity of the crude or the adjusted model could be computed."""

    def used(findings: Findings) -> bool:
        models = (findings.association.crude, findings.association.adjusted)
        return any(model is not None and isinstance(getattr(model, part), float) for model in models)

    return used


def _specified(*names: str) -> Callable[[Findings], bool]:
    """Whether one of these specifications of the sensitivity set could be fitted."""

    def used(findings: Findings) -> bool:
        sensitivity = findings.association.sensitivity
        chosen = () if sensitivity is None else sensitivity.specifications
        return any(item.name in names and not isinstance(item.difference, Undefined) for item in chosen)

    return used


def _beside(part: str) -> Callable[[Findings], bool]:
    """Whether a part of the sensitivity set that stands beside its axis could be computed."""

    def used(findings: Findings) -> bool:
        sensitivity = findings.association.sensitivity
        return sensitivity is not None and not isinstance(getattr(sensitivity, part), Undefined)

    return used


METHODS: Final = (
    Method(
        module="clustered_prevalence",
        used=lambda findings: findings.stunting is not None,
        citations=("Kish, Survey Sampling, 1965", "Korn & Graubard, Analysis of Health Surveys, 1999"),
    ),
    Method(
        module="shrinkage",
        used=_areas,
        citations=(
            "Marshall, Applied Statistics 1991, 40:283-294",
            "Martuzzi & Elliott, Statistics in Medicine 1996, 15:1867-1873",
        ),
    ),
    Method(module="funnel", used=_funnel, citations=("Spiegelhalter, Statistics in Medicine 2005, 24:1185-1202",)),
    Method(
        module="binomial",
        used=_modelled,
        citations=("McCullagh & Nelder, Generalized Linear Models, 2nd ed. 1989",),
    ),
    Method(
        module="cluster_covariance",
        used=_modelled,
        citations=(
            "Bell & McCaffrey, Survey Methodology 2002, 28:169-181",
            "Pustejovsky & Tipton, Journal of Business & Economic Statistics 2018, 36:672-683",
        ),
    ),
    Method(
        module="standardisation",
        used=_modelled,
        citations=(
            "Lane & Nelder, Biometrics 1982, 38:613-621",
            "Localio, Margolis & Berlin, Journal of Clinical Epidemiology 2007, 60:874-882",
        ),
    ),
    Method(
        module="wild_bootstrap",
        used=_of_models("bootstrap_p"),
        citations=("Kline & Santos, Journal of Econometric Methods 2012, 1:23-41",),
    ),
    Method(module="power", used=_of_models("detectable"), citations=("Bloom, Evaluation Review 1995, 19:547-556",)),
    Method(
        module="logistic_mixed",
        used=_specified("mixed"),
        citations=("Pinheiro & Bates, Journal of Computational and Graphical Statistics 1995, 4:12-35",),
    ),
    Method(
        module="beta_binomial",
        used=_specified("beta_binomial"),
        citations=("Williams, Biometrics 1975, 31:949-952", "Crowder, Applied Statistics 1978, 27:34-37"),
    ),
    Method(
        module="marginal_contrast",
        used=_specified("mixed", "beta_binomial"),
        citations=("Zeger, Liang & Albert, Biometrics 1988, 44:1049-1060",),
    ),
    Method(
        module="linear_probability",
        used=_specified("linear_probability"),
        citations=("Angrist & Pischke, Mostly Harmless Econometrics, 2009",),
    ),
    Method(
        module="propensity",
        used=_specified("augmented_ordinal", "augmented_multinomial"),
        citations=("Imbens, Biometrika 2000, 87:706-710",),
    ),
    Method(
        module="tier_means",
        used=_specified("augmented_ordinal", "augmented_multinomial"),
        citations=("Robins, Rotnitzky & Zhao, JASA 1994, 89:846-866",),
    ),
    Method(
        module="e_value",
        used=_beside("hidden_confounding"),
        citations=("VanderWeele & Ding, Annals of Internal Medicine 2017, 167:268-274",),
    ),
    Method(
        module="robustness_value",
        used=_beside("robustness"),
        citations=("Cinelli & Hazlett, Journal of the Royal Statistical Society B 2020, 82:39-67",),
    ),
    Method(
        module="permutation",
        used=_beside("permutation"),
        citations=("Strasser & Weber, Mathematical Methods of Statistics 1999, 8:220-250",),
    ),
    Method(module="moran", used=_beside("residual_moran"), citations=("Moran, Biometrika 1950, 37:17-23",)),
    Method(
        module="cell_bounds",
        used=lambda findings: findings.edition != "internal",
        citations=("Willenborg & de Waal, Elements of Statistical Disclosure Control 2001",),
    ),
)
"""In the order in which a report first uses them."""


def tabulate_methods(findings: Findings, *, voice: Voice) -> Table:
    """List the methods that these findings rest on."""
    return Table(
        name="methods_used",
        title=voice.say("methods_used.title"),
        columns=(
            Column(title=voice.say("methods_used.method"), weight=1.7),
            Column(title=voice.say("methods_used.estimates"), weight=3),
            Column(title=voice.say("methods_used.assumes"), weight=3),
            Column(title=voice.say("methods_used.source"), weight=2.4),
        ),
        rows=tuple(_row(method, voice) for method in METHODS if method.used(findings)),
        notes=(voice.say("methods_used.note", version=findings.provenance.tool_version),),
    )


def _row(method: Method, voice: Voice) -> Row:
    texts = [voice.say(f"methods_used.{method.module}{part}") for part in ("", "_estimates", "_assumes")]
    return Row(cells=tuple(cells.label(text) for text in (*texts, "; ".join(method.citations))))

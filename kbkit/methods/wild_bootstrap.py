"""Score wild cluster bootstrap of one term of a grouped logit, null imposed.

Estimand: the p-value of the hypothesis that the coefficient of one term is 0, few clusters and any dependence within
them allowed for.

Formula: fit the logit without the term; let ``s_j`` be the score of cluster ``j`` in all coefficients and ``H`` the
information, both at that restricted estimate, and ``a_j`` the term's entry of ``H^-1 s_j``: the step towards the
unrestricted estimate that the cluster asks for. With ``T(v) = |sum_j v_j a_j| / sqrt(sum_j (v_j a_j)^2)`` the
statistic is ``T(1)`` and the p-value the share of sign vectors ``v`` in {-1, 1}^G with ``T(v) >= T(1)``. All ``2^G``
vectors are used up to 4096; beyond, ``draws`` random ones with ``p = (1 + count) / (1 + draws)``. Signs square to 1, so
the denominator is the same for every ``v`` and the comparison is of the sums; scores recentred at their mean in the
denominator would leave the order as it is.

Assumptions: clusters are independent and the sum of scores is near symmetric under the hypothesis; nothing within
clusters. Clusters that differ extremely in size weaken it, as every bootstrap of few clusters.

Edge cases: a cluster with ``a_j = 0`` (fixed effects of clusters, and one value of the term in all its rows) says
nothing and does not count. With at most 6 clusters that count the 64 vectors give p-values in steps of 1/32, and
weights with more points would only hide how little is known: ``Undefined("too_few_clusters")``. Without any:
``Undefined("no_variance")``. A search for the restricted fit that ends early: ``Undefined("not_converged")``. Where all
vectors are used the vector of ones is among them, so p is never 0.

Source: Kline & Santos, Journal of Econometric Methods 2012, 1:23-41; Davidson & Flachaire, Journal of Econometrics
2008, 146:162-169 (signs); Phipson & Smyth, Statistical Applications in Genetics and Molecular Biology 2010, 9:39
(``1 + count``).

Checked against: the definition written out vector by vector with the restricted model refitted by another routine; the
exact sign test, to which it reduces for one balanced contrast.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kbkit.methods.binomial_fit import BinomialFit
from kbkit.methods.column_space import ColumnSpace
from kbkit.methods.counts import FloatArray, IntArray, sum_within
from kbkit.methods.logit_maximum import MAX_STEPS, maximise_logit
from kbkit.results import Undefined

# 2^12 sign vectors: up to here listing them all is cheaper than a good random sample, and exact.
MOST_LISTED = 4096

# Fewest informative clusters for which a p-value is given.
FEWEST_CLUSTERS = 7

# A multiple of 20 less one, so that a p-value can be exactly 5 %.
DEFAULT_DRAWS = 9999

# Relative size under which a cluster's step, or a difference between two sums of steps, is rounding.
_ROUNDING = 1e-9


@dataclass(frozen=True, kw_only=True)
class WildBootstrapTest:
    """The test of one term.

    Attributes:
        term: term whose coefficient is 0 under the hypothesis.
        statistic: studentised score with the sign of the association.
        p_value: two-sided p-value.
        draws: sign vectors used.
        listed: whether these are all that exist; the p-value then depends on no seed.
        n_clusters: clusters that inform the term.
        method: name of the method.
    """

    term: str
    statistic: float
    p_value: float
    draws: int
    listed: bool
    n_clusters: int
    method: str = "score_wild_cluster_bootstrap"


def score_wild_bootstrap(
    fit: BinomialFit, *, term: str, seed: int, draws: int = DEFAULT_DRAWS
) -> WildBootstrapTest | Undefined:
    """Test that the coefficient of ``term`` is 0, whatever the covariance of ``fit``.

    Args:
        fit: the fitted logit with clusters, ``term`` in it.
        term: term to test.
        seed: seed of the random sign vectors, used beyond 12 informative clusters only.
        draws: number of random sign vectors.

    Raises:
        ValueError: the fit has no clusters or no such term, the term is the whole model, or ``draws`` is under 1.
    """
    if term not in fit.names or len(fit.names) == 1 or draws < 1:
        raise ValueError(f"need one term of several in {fit.names} and draws, not {term!r} and {draws}")
    if fit.cluster is None:
        raise ValueError("the fit has no clusters")
    steps = _restricted_steps(fit, fit.cluster, term)
    if isinstance(steps, Undefined):
        return steps
    if 0 < steps.size < FEWEST_CLUSTERS:
        return Undefined(reason="too_few_clusters", details={"clusters": steps.size, "needed": FEWEST_CLUSTERS})
    if steps.size == 0:
        return Undefined(reason="no_variance")
    listed = 2**steps.size <= MOST_LISTED
    sums = _list_sums(steps) if listed else _draw_sums(steps, draws, seed)
    extreme = int(np.sum(np.abs(sums) >= abs(steps.sum()) - _ROUNDING * np.abs(steps).sum()))
    return WildBootstrapTest(
        term=term,
        statistic=float(steps.sum() / np.linalg.norm(steps)),
        p_value=extreme / sums.size if listed else (1 + extreme) / (1 + draws),
        draws=sums.size,
        listed=listed,
        n_clusters=steps.size,
    )


def _restricted_steps(fit: BinomialFit, cluster: IntArray, term: str) -> FloatArray | Undefined:
    """Return ``a_j`` of every cluster that informs the term, shape ``(informative clusters,)``."""
    column, measured = fit.names.index(term), fit.n > 0
    design, n, cases = fit.design[measured], fit.n[measured], fit.cases[measured]
    # Where the likelihood of all terms has a maximum, so has that without one of them.
    restricted = maximise_logit(cases=cases, n=n, space=ColumnSpace.of(np.delete(design, column, axis=1)))
    if restricted is None:
        return Undefined(reason="not_converged", details={"steps": MAX_STEPS})
    weights = n * restricted.fitted * (1 - restricted.fitted)
    direction = np.linalg.solve(design.T @ (weights[:, None] * design), np.eye(len(fit.names))[column])
    row_steps = (cases - n * restricted.fitted) * (design @ direction)
    steps = sum_within(cluster[measured], row_steps)
    # Of the standard error that binomial counts would give, a step this small is rounding.
    informative: FloatArray = steps[np.abs(steps) > _ROUNDING * np.sqrt(direction[column])]
    return informative


def _list_sums(steps: FloatArray) -> FloatArray:
    """Return the sum of the steps under every sign vector, shape ``(2^clusters,)``."""
    sums = np.zeros(1)
    for step in steps:
        sums = np.concatenate([sums - step, sums + step])
    return sums


def _draw_sums(steps: FloatArray, draws: int, seed: int) -> FloatArray:
    """Return the sum of the steps under random sign vectors, shape ``(draws,)``."""
    bits = np.random.default_rng(seed).integers(0, 2, size=(draws, steps.size))
    sums: FloatArray = 2 * (bits @ steps) - steps.sum()
    return sums

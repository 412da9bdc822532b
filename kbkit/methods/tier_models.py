"""The two models of a tier given columns: chances, their derivatives, and the information of the observed tiers.

Both log-likelihoods are concave in the parameters chosen here, so that a climb has one end. ``codes`` is always the
tier of every row as 0, 1, ..., shape ``(rows,)``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from scipy.linalg import block_diag
from scipy.special import expit, logit, softmax

from kbkit.methods.counts import FloatArray, IntArray

PropensityModel = Literal["ordinal", "multinomial"]

_TINY = np.finfo(np.float64).tiny


class TierModel(Protocol):
    """What a likelihood of tiers answers about its parameters, shape ``(parameters,)``."""

    def start(self, shares: FloatArray) -> FloatArray:
        """Return the parameters that give every row the shares of the tiers."""

    def chances(self, parameters: FloatArray) -> FloatArray:
        """Return the probability of every tier, shape ``(rows, tiers)``."""

    def log_gradient(self, parameters: FloatArray, codes: IntArray) -> FloatArray:
        """Return the derivatives of the logarithm of one tier's chance a row, shape ``(rows, parameters)``."""

    def information(self, parameters: FloatArray, codes: IntArray) -> FloatArray:
        """Return minus the second derivatives of the log-likelihood, shape ``(parameters, parameters)``."""

    def slopes(self, parameters: FloatArray) -> FloatArray:
        """Return what belongs to the columns, shape ``(columns, sets of slopes)``."""


@dataclass(frozen=True, kw_only=True, eq=False)
class OrdinalModel:
    """Proportional odds: a tier is what lies between two cuts, ``expit(upper - x'b) - expit(lower - x'b)``.

    Parameters are the cuts, lowest first, and the slopes. The lowest tier has no lower cut, the highest no upper one.
    """

    columns: FloatArray
    n_tiers: int

    def start(self, shares: FloatArray) -> FloatArray:
        """Return the cuts of the shares, and no slope."""
        return np.append(logit(np.cumsum(shares)[:-1]), np.zeros(self.columns.shape[1]))

    def chances(self, parameters: FloatArray) -> FloatArray:
        """Return the probability of every tier."""
        return np.diff(self._below(parameters), axis=1)

    def log_gradient(self, parameters: FloatArray, codes: IntArray) -> FloatArray:
        """Return the derivatives of the logarithm of one tier's chance a row."""
        upper, lower, _, _ = self._by_ends(parameters, codes)
        upper_cut, lower_cut = self._cuts(codes)
        by_cuts = upper[:, None] * upper_cut + lower[:, None] * lower_cut
        return np.column_stack([by_cuts, -(upper + lower)[:, None] * self.columns])

    def information(self, parameters: FloatArray, codes: IntArray) -> FloatArray:
        """Return minus the second derivatives of the log-likelihood."""
        upper, lower, upper_twice, lower_twice = self._by_ends(parameters, codes)
        upper_cut, lower_cut = self._cuts(codes)
        across = upper * lower
        by_upper = upper_twice[:, None] * upper_cut + across[:, None] * lower_cut
        by_lower = lower_twice[:, None] * lower_cut + across[:, None] * upper_cut
        cuts = upper_cut.T @ by_upper + lower_cut.T @ by_lower
        between = -(by_upper + by_lower).T @ self.columns
        slopes = self.columns.T @ ((upper_twice + lower_twice + 2 * across)[:, None] * self.columns)
        return np.block([[cuts, between], [between.T, slopes]])

    def slopes(self, parameters: FloatArray) -> FloatArray:
        """Return the slopes, one set."""
        return parameters[self.n_tiers - 1 :, None]

    def _below(self, parameters: FloatArray) -> FloatArray:
        """Return the chance of lying below every end of a tier, shape ``(rows, tiers + 1)``."""
        cuts, shift = parameters[: self.n_tiers - 1], self.columns @ parameters[self.n_tiers - 1 :]
        return np.column_stack([np.zeros(shift.size), expit(cuts - shift[:, None]), np.ones(shift.size)])

    def _cuts(self, codes: IntArray) -> tuple[FloatArray, FloatArray]:
        """Return which cut is the upper and which the lower end of a row's tier, each ``(rows, cuts)``."""
        ends = np.eye(self.n_tiers + 1)[:, 1:-1]
        return ends[codes + 1], ends[codes]

    def _by_ends(self, parameters: FloatArray, codes: IntArray) -> tuple[FloatArray, ...]:
        """Return derivatives of a row's log chance in its upper and lower end, and minus the second ones there.

        The second derivative across the two ends is minus the product of the first ones.
        """
        rows, below = np.arange(codes.size), self._below(parameters)
        upper, lower = below[rows, codes + 1], below[rows, codes]
        chance = np.maximum(upper - lower, _TINY)
        by_upper, by_lower = upper * (1 - upper) / chance, -lower * (1 - lower) / chance
        return by_upper, by_lower, by_upper * (by_upper + 2 * upper - 1), by_lower * (by_lower + 2 * lower - 1)


@dataclass(frozen=True, kw_only=True, eq=False)
class MultinomialModel:
    """Logits against the lowest tier; parameters are, tier by tier, its constant and its slopes."""

    columns: FloatArray
    n_tiers: int

    def start(self, shares: FloatArray) -> FloatArray:
        """Return the constants of the shares, and no slope."""
        blocks = np.zeros((self.n_tiers - 1, 1 + self.columns.shape[1]))
        blocks[:, 0] = np.log(shares[1:] / shares[0])
        return blocks.ravel()

    def chances(self, parameters: FloatArray) -> FloatArray:
        """Return the probability of every tier."""
        terms = self._terms()
        others = terms @ parameters.reshape(self.n_tiers - 1, -1).T
        chances: FloatArray = softmax(np.column_stack([np.zeros(len(terms)), others]), axis=1)
        return chances

    def log_gradient(self, parameters: FloatArray, codes: IntArray) -> FloatArray:
        """Return the derivatives of the logarithm of one tier's chance a row."""
        return self._spread(np.eye(self.n_tiers)[codes] - self.chances(parameters))

    def information(self, parameters: FloatArray, codes: IntArray) -> FloatArray:
        """Return minus the second derivatives of the log-likelihood, which are the same whatever the tiers."""
        terms, chances = self._terms(), self.chances(parameters)
        spread = self._spread(chances)
        own: FloatArray = block_diag(*(terms.T @ (chance[:, None] * terms) for chance in chances.T[1:]))
        return own - spread.T @ spread

    def slopes(self, parameters: FloatArray) -> FloatArray:
        """Return the slopes, a set for every tier but the lowest."""
        return parameters.reshape(self.n_tiers - 1, -1)[:, 1:].T

    def _terms(self) -> FloatArray:
        return np.column_stack([np.ones(len(self.columns)), self.columns])

    def _spread(self, by_tier: FloatArray) -> FloatArray:
        """Return the terms times what belongs to every tier but the lowest, shape ``(rows, parameters)``."""
        return (by_tier[:, 1:, None] * self._terms()[:, None, :]).reshape(len(by_tier), -1)


MODELS: dict[PropensityModel, type[OrdinalModel] | type[MultinomialModel]] = {
    "ordinal": OrdinalModel,
    "multinomial": MultinomialModel,
}

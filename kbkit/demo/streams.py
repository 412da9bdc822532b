"""Random streams, one a topic, so that a new topic never changes the numbers of the others."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Streams:
    """A tree of independent generators under one seed.

    A stream is found by the words of its topic, not by the order in which streams are asked for.

    Attributes:
        seed: seed of the whole demo.
        path: words that lead to this branch.
    """

    seed: int
    path: tuple[str, ...] = ()

    def branch(self, *words: str) -> Streams:
        """Return the branch below this one that ``words`` lead to."""
        return Streams(self.seed, (*self.path, *words))

    def generator(self, *words: str) -> np.random.Generator:
        """Return a fresh generator for a topic; the same words give the same numbers."""
        # CRC-32 and not hash(): the latter differs from process to process.
        key = tuple(zlib.crc32(word.encode()) for word in (*self.path, *words))
        return np.random.default_rng(np.random.SeedSequence(self.seed, spawn_key=key))

"""What a kind of damage is, and how one is declared."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from tests.damage.grid import Grid, Value
from tests.damage.specimen import Container, Specimen


class Outcome(StrEnum):
    """How the reading of a damaged file ended."""

    SAME = "same"
    """Every number is there and right."""
    LESS = "less"
    """What is there is right; what is missing is told, with its row where it has one."""
    REFUSED = "refused"
    """Nothing is there, and it is told."""
    REPEATED = "repeated"
    """Every number is there and right, some more than once: rows that stand in the file twice are both handed on."""
    AS_TYPED = "as typed"
    """Every number is there and right but for those that the damage itself typed."""
    DIFFERENT = "different"
    """A number is wrong, or missing without a word. Never allowed."""


CUT_SHORT = "<cut short>"
"""Among typed values: a value without its last sign."""

RIGHT = frozenset({Outcome.SAME})
TOLD = frozenset({Outcome.LESS, Outcome.REFUSED})
SAFE = RIGHT | TOLD


@dataclass(frozen=True, kw_only=True)
class Damage:
    """One kind of damage.

    Attributes:
        name: of the kind.
        family: module that holds it.
        what: the first line of its docstring.
        allowed: how its reading may end.
        apply: writes the damaged file into an empty folder; ``False`` where the specimen has nothing to damage so.
        typed: values that the damage types into cells.
        only: layouts that it is for; empty for all.
        messages: codes of which one must be among the messages, where a case says what must be told.
    """

    name: str
    family: str
    what: str
    allowed: frozenset[Outcome]
    apply: Callable[[Specimen, Path], bool]
    typed: frozenset[Value] = frozenset()
    messages: frozenset[str] = frozenset()


KINDS: dict[str, Damage] = {}

Decorator = Callable[[Callable[..., object]], Callable[..., object]]


def declare(
    function: Callable[..., object],
    apply: Callable[[Specimen, Path], bool],
    *,
    allowed: Iterable[Outcome],
    typed: Iterable[Value] = (),
    messages: Iterable[str] = (),
) -> None:
    """Enter a kind into the register of kinds; its name and its words are those of its function."""
    name = function.__name__
    assert name not in KINDS, name
    KINDS[name] = Damage(
        name=name,
        family=function.__module__.rpartition(".")[2],
        what=(function.__doc__ or "").strip().splitlines()[0],
        allowed=frozenset(allowed),
        apply=apply,
        typed=frozenset(typed),
        messages=frozenset(messages),
    )


def on_grid(
    *allowed: Outcome, container: Container | None = None, typed: Iterable[Value] = (), messages: Iterable[str] = ()
) -> Decorator:
    """Declare damage to the table. Its function takes a grid and returns another, ``None`` where it cannot happen."""

    def decorate(function: Callable[..., object]) -> Callable[..., object]:
        def apply(specimen: Specimen, folder: Path) -> bool:
            damaged = function(specimen.grid)
            if damaged is None or (container is not None and specimen.container != container):
                return False
            assert isinstance(damaged, Grid)
            specimen.write(folder, specimen.content(damaged))
            return True

        declare(function, apply, allowed=allowed, typed=typed, messages=messages)
        return function

    return decorate


def on_bytes(
    *allowed: Outcome, container: Container | None = None, typed: Iterable[Value] = (), messages: Iterable[str] = ()
) -> Decorator:
    """Declare damage to the bytes. Its function takes them with a seeded source of chance, and returns others."""

    def decorate(function: Callable[..., object]) -> Callable[..., object]:
        def apply(specimen: Specimen, folder: Path) -> bool:
            if container is not None and specimen.container != container:
                return False
            damaged = function(specimen.content(), random.Random(specimen.name))
            if damaged is None:
                return False
            assert isinstance(damaged, bytes)
            specimen.write(folder, damaged)
            return True

        declare(function, apply, allowed=allowed, typed=typed, messages=messages)
        return function

    return decorate


def on_file(*allowed: Outcome, typed: Iterable[Value] = (), messages: Iterable[str] = ()) -> Decorator:
    """Declare damage of another sort. Its function takes the specimen and a folder, and writes what it likes there.

    It returns ``False`` where it cannot happen.
    """

    def decorate(function: Callable[..., object]) -> Callable[..., object]:
        def apply(specimen: Specimen, folder: Path) -> bool:
            return function(specimen, folder) is not False

        declare(function, apply, allowed=allowed, typed=typed, messages=messages)
        return function

    return decorate

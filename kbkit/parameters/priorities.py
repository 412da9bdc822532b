"""What an office sets of the order of problems, in TOML: weights, benchmarks, the size of the draft, its agencies."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from kbkit.domain.problems import PROBLEMS, PrioritySettings, Weights
from kbkit.errors import Fault, InputError
from kbkit.parameters.nearest import nearest_name

Weight = Annotated[float, Field(gt=0)]
Share = Annotated[float, Field(ge=0, le=1)]
_ALLOWED: Final = {
    "weights": "urgency, seriousness, growth: > 0",
    "benchmarks": "0–1",
    "planned": "1, 2, 3, …",
    "villages": "1, 2, 3, …",
    "agencies": '["…", "…"]',
}
_KEYS: Final = (*_ALLOWED, "urgency", "seriousness", "growth", *PROBLEMS)


class _Weights(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    urgency: Weight
    seriousness: Weight
    growth: Weight


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    weights: _Weights = _Weights(urgency=1, seriousness=1, growth=1)
    benchmarks: dict[str, Share] = {}
    planned: Annotated[int, Field(ge=1)] = PrioritySettings.planned
    villages: Annotated[int, Field(ge=1)] = PrioritySettings.villages
    agencies: list[Annotated[str, Field(min_length=1)]] = []

    @model_validator(mode="before")
    @classmethod
    def _known_problems(cls, values: Any) -> Any:
        """Refuse a benchmark of an unknown problem as an unknown key is refused."""
        benchmarks = values.get("benchmarks")
        unknown = [key for key in benchmarks if key not in PROBLEMS] if isinstance(benchmarks, dict) else []
        return values | dict.fromkeys(unknown)


def read_priorities(path: str | Path) -> PrioritySettings:
    """Read the settings; the defaults where ``path`` is empty. Weights are brought to add up to 1.

    Raises:
        InputError: the file has faults; it carries all of them.
    """
    if not str(path):
        return PrioritySettings()
    file = str(path)
    try:
        found = _File.model_validate(tomllib.loads(Path(path).read_bytes().decode("utf-8-sig")))
    except OSError:
        raise InputError([Fault(code="priorities.no_such_file", file=file)]) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError([Fault(code="priorities.syntax", file=file, found=str(error))]) from None
    except ValidationError as error:
        raise InputError([_fault(item, file) for item in error.errors()]) from None
    weights = found.weights
    total = weights.urgency + weights.seriousness + weights.growth
    return PrioritySettings(
        weights=Weights(
            urgency=weights.urgency / total, seriousness=weights.seriousness / total, growth=weights.growth / total
        ),
        benchmarks=found.benchmarks,
        planned=found.planned,
        villages=found.villages,
        agencies=tuple(found.agencies),
    )


def _fault(error: Any, file: str) -> Fault:
    key = ".".join(str(part) for part in error["loc"])
    if error["type"] == "extra_forbidden":
        name = str(error["loc"][-1])
        allowed = ", ".join(_KEYS)
        return Fault(
            code="priorities.unknown_key", file=file, column=name, allowed=allowed, nearest=nearest_name(name, _KEYS)
        )
    return Fault(
        code="priorities.wrong_value",
        file=file,
        column=key,
        found=str(error["input"]),
        allowed=_ALLOWED[str(error["loc"][0])],
    )

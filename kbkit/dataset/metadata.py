"""``dataset.json``: what a dataset was made from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict

from kbkit.errors import DatasetError, Fault

FILE_NAME: Final = "dataset.json"

DataStatus = Literal["actual", "simulated", "mixed"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Refusal(_Frozen):
    """Rows of one source that were refused for one reason."""

    code: str
    rows: int


class Source(_Frozen):
    """One file that was read: what it was recognised as, and what became of its rows.

    ``layout`` is ``"unrecognised"`` or ``"refused"`` where nothing was taken from the file; ``rows_read`` are the data
    rows (no headings, totals, blank lines), ``rows_kept`` those that reached a table.
    """

    file: str
    sheet: str | None = None
    layout: str
    sha256: str
    rows_read: int
    rows_kept: int
    refused: tuple[Refusal, ...] = ()
    simulated: bool = False
    dated: str | None = None
    dated_by: Literal["file_name", "parameter", "content"] | None = None


class ScoreShare(_Frozen):
    """In how many records a score made from the profile is the one that the classification prints."""

    score: str
    compared: int
    agreed: int


class ScoreComparison(_Frozen):
    """Scores made from the profile against those of the classification nearest in time, for two snapshots.

    The portal computes at every view: a difference between two days is a change as often as a mistake. ``empty``
    records hold nothing, agree by having nothing, and are not compared.
    """

    profile_date: str
    classification_date: str
    days: int
    records: int
    empty: int
    shares: tuple[ScoreShare, ...]

    @property
    def compared(self) -> int:
        """Scores that were compared, over all records."""
        return sum(share.compared for share in self.shares)

    @property
    def agreed(self) -> int:
        """Scores that are the same."""
        return sum(share.agreed for share in self.shares)


class ProfileScores(_Frozen):
    """The scores that the counts of the profile give: how many records got none for impossible values."""

    records: int
    records_impossible: int
    scores_withheld: int
    comparisons: tuple[ScoreComparison, ...] = ()


class DataTypeCount(_Frozen):
    """In how many villages a type of data is there. ``readable``: an export that kbkit reads may hold it."""

    name: str
    villages: int
    readable: bool


class DataHouseRegency(_Frozen):
    """Mean number of types of data in the villages of a regency."""

    code: str
    villages: int
    mean_types: float


class DataHouse(_Frozen):
    """Completeness of the Rumah Data by type of data.

    ``list_source`` is ``"placeholder"`` while no office has given the official list: whatever prints these numbers says
    so.
    """

    list_source: Literal["placeholder", "office"]
    villages: int
    types: tuple[DataTypeCount, ...]
    regencies: tuple[DataHouseRegency, ...]


class Metadata(_Frozen):
    """Sources, register and tool behind a dataset. Holds no wall-clock time: same sources, same bytes."""

    tool_version: str
    register_name: str
    register_vintage: str
    data_status: DataStatus
    sources: tuple[Source, ...]
    tables: dict[str, int]
    regencies: dict[str, str]
    """Regency code -> official name, every regency of the dataset."""
    provinces: dict[str, str] = {}
    """Province code -> official name, every province of these regencies."""
    profile_scores: ProfileScores | None = None
    data_house: DataHouse | None = None


def province_of(code: str) -> str:
    """Return the code of the province of a regency."""
    return code.partition(".")[0]


def write_metadata(metadata: Metadata, folder: Path) -> None:
    """Write ``dataset.json`` into a dataset folder."""
    text = json.dumps(metadata.model_dump(mode="json"), ensure_ascii=False, indent=2, sort_keys=True)
    (folder / FILE_NAME).write_text(text + "\n", encoding="utf-8", newline="\n")


def read_metadata(folder: Path) -> Metadata:
    """Read ``dataset.json``.

    Raises:
        DatasetError: the folder holds no dataset, or one that cannot be read.
    """
    path = folder / FILE_NAME
    try:
        return Metadata.model_validate_json(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise DatasetError([Fault(code="dataset.not_a_dataset", file=str(folder), allowed=FILE_NAME)]) from error
    except ValueError as error:
        raise DatasetError(
            [Fault(code="dataset.metadata_unreadable", file=str(path), found=str(error)[:200])]
        ) from error

"""Parameters of a notebook and of a batch, each in one model that is its check, its documentation and its type."""

from kbkit.parameters.batch import BatchParameters, Format
from kbkit.parameters.checking import check_parameters, read_parameters
from kbkit.parameters.report import RegencyReportParameters

__all__ = [
    "BatchParameters",
    "Format",
    "RegencyReportParameters",
    "check_parameters",
    "read_parameters",
]

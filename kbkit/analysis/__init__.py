"""The questions of the evaluation: from one regency's data to its findings."""

from kbkit.analysis.plan import AnalysisPlan
from kbkit.analysis.plan_file import read_plan
from kbkit.analysis.province import analyse_province
from kbkit.analysis.regency import analyse_regency
from kbkit.analysis.sheets import read_example_data, read_sheets
from kbkit.analysis.simulation import simulate_designs

__all__ = [
    "AnalysisPlan",
    "analyse_province",
    "analyse_regency",
    "read_example_data",
    "read_plan",
    "read_sheets",
    "simulate_designs",
]

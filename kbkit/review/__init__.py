"""What people look at and decide about their data: open cases out to Excel and back, and the report of the checks."""

from kbkit.review.agreement import AgreementText, describe_agreement
from kbkit.review.cases import OpenCase, open_cases
from kbkit.review.decisions import read_decisions
from kbkit.review.memory import DECISIONS_FILE, decisions_document, remembered_decisions
from kbkit.review.quality import QUALITY_PAGE, QUALITY_TABLE, quality_documents
from kbkit.review.workbook import write_review

__all__ = [
    "DECISIONS_FILE",
    "QUALITY_PAGE",
    "QUALITY_TABLE",
    "AgreementText",
    "OpenCase",
    "decisions_document",
    "describe_agreement",
    "open_cases",
    "quality_documents",
    "read_decisions",
    "remembered_decisions",
    "write_review",
]

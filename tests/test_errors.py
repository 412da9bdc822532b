"""Errors carry their fields across processes and kernels."""

from __future__ import annotations

import pickle

from kbkit.errors import DatasetError, Fault, InputError, RenderError, faults_in

FAULTS = (
    Fault(code="dataset.no_such_regency", file="a b.yaml", line=3, found='"33.61"', details={"rows": 2}),
    Fault(code="ingest.not_a_number", severity="warning", sheet="Lembar", row=7, column="Diukur", found="“dua”"),
)


def test_faults_survive_as_text() -> None:
    assert faults_in(str(InputError(FAULTS))) == FAULTS
    assert faults_in(str(DatasetError(FAULTS))) == FAULTS


def test_other_text_holds_no_faults() -> None:
    assert faults_in("division by zero") == ()
    assert faults_in('{"a": 1}') == ()


def test_errors_pickle() -> None:
    copied = pickle.loads(pickle.dumps(InputError(FAULTS)))
    assert copied.faults == FAULTS
    rendered = pickle.loads(pickle.dumps(RenderError(target="a.pdf", diagnostic="no alt text")))
    assert (rendered.target, rendered.diagnostic) == ("a.pdf", "no alt text")


def test_a_notebook_shows_the_message_and_no_traceback() -> None:
    import kbkit  # noqa: F401 - sets the language

    error = DatasetError([Fault(code="dataset.not_a_dataset", file="data", allowed="dataset.json")])
    (line,) = error._render_traceback_()
    assert line.startswith("data: folder ini bukan dataset kbkit")

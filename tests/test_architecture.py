"""The house: which room may import which, which library lives where, thin notebooks, catalogue parity."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest

from kbkit.text.catalogue import LANGUAGES, placeholders, read_catalogue
from tests.conftest import PROJECT

PACKAGE = PROJECT / "kbkit"

# Room -> rooms that it may import. A room is a module or folder directly under kbkit/.
ALLOWED: dict[str, set[str]] = {
    "errors": set(),
    "results": set(),
    "document": set(),
    "domain": {"errors"},
    "dataset": {"errors", "domain"},
    "parameters": {"errors", "domain", "dataset"},
    "ingest": {"errors", "domain", "dataset"},
    "matching": {"errors", "domain", "dataset", "ingest"},
    "quality": {"errors", "domain", "results", "dataset"},
    "review": {"errors", "domain", "matching", "dataset", "text"},
    "prepare": {"errors", "domain", "ingest", "matching", "quality", "review", "dataset"},
    "methods": {"errors", "results"},
    "geography": {"errors", "results"},
    "analysis": {"errors", "domain", "methods", "quality", "results", "dataset"},
    "text": {"errors", "domain", "results"},
    "tables": {"domain", "results", "text", "document"},
    "figures": {"domain", "results", "text", "document"},
    "export": {"errors", "document"},
    "report": {"template", "domain", "results", "text", "tables", "figures", "document", "export"},
    "run": {"errors", "parameters", "dataset", "text", "export", "geography"},
    "template": {"errors", "domain", "ingest", "matching", "text"},
    "demo": {"errors", "domain", "template"},
    "cli": {
        "errors",
        "parameters",
        "prepare",
        "review",
        "run",
        "demo",
        "text",
        "dataset",
        "ingest",
        "methods",
        "template",
    },
    "__main__": {"cli"},
    "__init__": {"parameters", "analysis", "dataset", "errors", "geography", "report", "results", "text"},
}

# Third-party library -> rooms that may import it. Those that are not named may be used anywhere.
LIBRARY_ROOMS: dict[str, set[str]] = {
    "matplotlib": {"figures"},
    "statsmodels": {"methods"},
    "scipy": {"methods"},
    "papermill": {"run"},
    "distributed": {"run"},
    "psutil": {"run"},
    "nbclient": {"run"},
    "nbconvert": {"export", "run"},
    "nbformat": {"export", "run", "parameters"},
    "typst": {"export"},
    "mistune": {"export"},
    "python_calamine": {"ingest", "review"},
    "lxml": {"ingest", "export"},
    "xlsxwriter": {"demo", "export", "review", "template"},
    "docx": {"export"},
    "openpyxl": set(),
    "rapidfuzz": {"matching", "parameters", "ingest"},
    "lokal": {"ingest", "matching", "demo", "parameters"},
    "babel": {"text"},
    "typer": {"cli"},
    "rich": {"cli"},
    "yaml": {"parameters", "ingest"},
    "pyarrow": {"dataset"},
    "shapefile": {"geography"},
}

FORBIDDEN_NAMES = {"utils", "helpers", "common", "misc", "manager", "base", "core", "v2"}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def room_of(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imports(path: Path) -> Iterator[tuple[str, bool]]:
    """Yield every imported module of a file, absolute, and whether it is a relative import."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, False) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "", node.level > 0
            if node.module == "kbkit":
                yield from ((f"kbkit.{alias.name}", False) for alias in node.names)


def violations(path: Path, room: str) -> list[str]:
    """Return what a module imports against the house's rules."""
    wrong = []
    for name, relative in imports(path):
        parts = name.split(".")
        if relative:
            wrong.append(f"{room}: relative import of {name}")
        elif parts[0] == "kbkit":
            target = parts[1] if len(parts) > 1 else "__init__"
            if target not in (ALLOWED[room] | {room, "__init__"}):
                wrong.append(f"{room} imports {target}")
        elif room not in LIBRARY_ROOMS.get(parts[0], {room}):
            wrong.append(f"{room} imports {parts[0]}")
    return wrong


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_one_way(path: Path) -> None:
    room = room_of(path)
    assert room in ALLOWED, f"a new room needs a row in ALLOWED: {room}"
    assert violations(path, room) == []


def test_a_forbidden_import_is_caught(tmp_path: Path) -> None:
    module = tmp_path / "bad.py"
    module.write_text(
        "import matplotlib\nfrom kbkit.analysis import analyse_regency\nfrom . import x\n", encoding="utf-8"
    )
    found = violations(module, "methods")
    assert found == ["methods imports matplotlib", "methods imports analysis", "methods: relative import of "]


def test_rooms_import_without_a_circle() -> None:
    done: set[str] = set()
    rest = {room: set(allowed) for room, allowed in ALLOWED.items() if room != "__init__"}
    while rest:
        free = [room for room, allowed in rest.items() if allowed <= done]
        assert free, f"rooms that may import each other in a circle: {sorted(rest)}"
        done |= set(free)
        rest = {room: allowed for room, allowed in rest.items() if room not in done}


def test_no_drawer_modules() -> None:
    names = {part.removesuffix(".py") for path in modules() for part in path.relative_to(PACKAGE).parts}
    assert names & FORBIDDEN_NAMES == set()


NOTEBOOKS = sorted((PROJECT / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_notebooks_are_thin(path: Path) -> None:
    notebook = nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)  # type: ignore[no-untyped-call]
    assert sum("parameters" in cell.metadata.get("tags", []) for cell in notebook.cells) == 1
    for cell in notebook.cells:
        if cell.cell_type != "code":
            assert "notebook-only" in cell.metadata.get("tags", []), "printed words come from the catalogues"
            continue
        assert cell.outputs == []
        assert cell.execution_count is None
        assert thin_faults(cell.source, parameters="parameters" in cell.metadata.get("tags", [])) == []


def thin_faults(source: str, *, parameters: bool) -> list[str]:
    """Return what makes a cell more than a call of kbkit."""
    tree = ast.parse(source)
    wrong = [] if parameters or len(source.splitlines()) <= 5 else ["more than five lines"]
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.Lambda, ast.For, ast.While, ast.If, ast.comprehension)):
            wrong.append(f"{type(node).__name__} in a cell")
        if isinstance(node, (ast.Import, ast.ImportFrom)) and ast.unparse(node) != "import kbkit":
            wrong.append(ast.unparse(node))
        if not parameters and isinstance(node, ast.Constant) and isinstance(node.value, (int, float)):
            wrong.append(f"number {node.value}")
    return wrong


def test_a_fat_cell_is_caught() -> None:
    assert thin_faults("import pandas\nfor x in y:\n    z = 0.05", parameters=False) == [
        "import pandas",
        "For in a cell",
        "number 0.05",
    ]


def test_catalogues_have_the_same_keys_and_placeholders() -> None:
    first, second = (read_catalogue(language) for language in LANGUAGES)
    assert set(first) == set(second)
    different = [key for key in first if placeholders(first[key]) != placeholders(second[key])]
    assert different == []


def test_environment_and_project_name_the_same_packages() -> None:
    import tomllib

    import yaml

    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    environment = yaml.safe_load((PROJECT / "environment.yml").read_text(encoding="utf-8"))
    conda = environment["dependencies"]
    (pip,) = [entry["pip"] for entry in conda if isinstance(entry, dict)]
    assert sorted(pip) == sorted([*project["dependencies"], "-e ."])
    assert f"python{project['requires-python']}" in conda


def test_lock_file_has_hashes_and_no_addresses() -> None:
    text = (PROJECT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in text
    pinned = [line for line in text.splitlines() if "==" in line and not line.startswith(" ")]
    assert len(pinned) > 50
    assert all(line.endswith("\\") for line in pinned), "every pin is followed by its hashes"

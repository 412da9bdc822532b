"""What a notebook's cell tagged ``parameters`` declares, read without running it."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any, Final

TAG: Final = "parameters"


def declared_names(path: Path) -> frozenset[str] | None:
    """Return the names that the tagged cell assigns; none where the file is no notebook with such a cell.

    Raises:
        OSError: the file cannot be read.
    """
    source = _tagged_source(path)
    if source is None:
        return None
    try:
        statements = ast.parse(source).body
    except (SyntaxError, ValueError):
        return None
    names: set[str] = set()
    for statement in statements:
        if isinstance(statement, ast.Assign):
            names |= {target.id for target in statement.targets if isinstance(target, ast.Name)}
        elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            names.add(statement.target.id)
    return frozenset(names)


def _tagged_source(path: Path) -> str | None:
    try:
        notebook: Any = json.loads(path.read_bytes())
        cells = [cell for cell in notebook["cells"] if TAG in cell.get("metadata", {}).get("tags", [])]
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    if not cells:
        return None
    source = cells[0].get("source", "")
    return source if isinstance(source, str) else "".join(source)

"""Looking back reads the audit alone."""

import ast
from pathlib import Path

import pytest

from bihuan.spine.cases import afteraction
from bihuan.spine.cases.afteraction import checking

FOLDER = Path(afteraction.__file__).parent
# Names for numbers, words for codes, who may look, and the table of reports; no table that work is written in.
ALLOWED = (
    "bihuan.kernel", "bihuan.spine.accounts", "bihuan.spine.audit", "bihuan.spine.cases.afteraction",
    "bihuan.spine.cases.models.afteraction", "bihuan.spine.cases.models.services", "bihuan.spine.cases.states",
    "bihuan.spine.cases.words", "bihuan.spine.cases.registry", "bihuan.spine.cases.reading.Purpose",
)  # fmt: skip
FILES = [path for path in FOLDER.glob("*.py") if path != Path(checking.__file__)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_of_the_timeline_imports_the_audit_and_names_only(path: Path) -> None:
    nodes = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.ImportFrom)]
    ours = [
        f"{node.module}.{name.name}"
        for node in nodes
        for name in node.names
        if str(node.module).startswith("bihuan")
    ]
    assert [name for name in ours if not name.startswith(ALLOWED)] == []

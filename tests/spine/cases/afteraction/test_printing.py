"""An after-action report on paper."""

import shutil
import subprocess
from pathlib import Path

import pytest
from django.utils.translation import override

from bihuan.kernel import clock
from bihuan.spine.accounts.models import User
from bihuan.spine.audit.sealing import seal_all
from bihuan.spine.cases.afteraction import reports
from bihuan.spine.cases.afteraction.printing import print_report
from bihuan.spine.cases.afteraction.timeline import Window
from bihuan.spine.cases.models import Report
from tests.spine.cases.afteraction.made import DAY, at, told, write_day
from tests.spine.cases.known import World


def text_of(pdf: bytes, folder: Path) -> str:
    """Read a PDF as people would."""
    if not shutil.which("pdftotext"):
        pytest.skip("no pdftotext (poppler-utils)")
    file = folder / "report.pdf"
    file.write_bytes(pdf)
    done = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True)
    return done.stdout


def counted(by: User, window: Window = DAY) -> Report:
    with clock.running(lambda: at(900)):
        report = reports.ask(window=window, by=by)
        while reports.go_on():
            pass
    return Report.objects.get(pk=report.pk)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_report_is_a_pdf_in_both_languages(world: World, language: str) -> None:
    write_day(world)
    with override(language):
        assert print_report(counted(world.max)).startswith(b"%PDF-")


def test_the_paper_tells_decisions_failures_messages_and_its_seal(world: World, tmp_path: Path) -> None:
    cases = write_day(world)
    seal_all()
    report = counted(world.max)
    with override("en"):
        said = text_of(print_report(report), tmp_path)
    for words in ("Rules switched on", "Promise missed", "Power grid", "Escalation", str(cases["second"].pk)):
        assert words in said
    assert report.seal_hash in said.replace("\n", "")
    assert "page 1" in said


def test_a_narrowed_report_says_what_it_leaves_out(world: World, tmp_path: Path) -> None:
    write_day(world)
    window = Window(DAY.from_at, DAY.until_at, agencies=(world.grid.pk,), kinds=("case", "clock"))
    with override("en"):
        said = text_of(print_report(counted(world.max, window)), tmp_path)
    assert "Agencies: Power grid" in said
    assert "Kinds: moves of cases, clocks" in said
    assert "Rules switched on" not in said


def test_a_long_timeline_says_that_it_is_only_the_beginning(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bihuan.spine.cases.afteraction.printing.LINES", 50)
    with clock.running(lambda: at(5)):
        for _ in range(120):
            told("retention")
    with override("en"):
        said = text_of(print_report(counted(world.max)), tmp_path)
    assert "The first 50 of 120" in said
    assert said.count("Personal data taken") == 50
    assert "page 2" in said

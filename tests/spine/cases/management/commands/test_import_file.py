"""The command that imports a file: through the door, sorted, counted."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from bihuan.spine.audit.models import Event
from bihuan.spine.cases.models import Case
from bihuan.spine.door.models import Submission

pytestmark = pytest.mark.django_db(transaction=True)

NYC, CALLS = "data/nyc-311/311.csv", "data/calls-911/911.csv"
HEADLESS = (
    "40.1,-75.3,Traffic: VEHICLE ACCIDENT -,2016-01-15 12:08,A,B & C\n"
    "40.1,-75.3,EMS: FALL VICTIM,2016-01-15 12:09,A,D & E\n"
    "north,-75.3,EMS: FALL VICTIM,2016-01-15 12:10,A,F & G\n"
)


@pytest.fixture
def city() -> None:
    call_command("load_city", "--small", verbosity=0)


@pytest.fixture
def calls(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "calls.csv"
    path.write_text(HEADLESS)
    return path


def test_rows_are_taken_in_sorted_and_counted(city, calls, capsys) -> None:
    call_command("import_file", calls, "--mapping", "calls-911")
    out = capsys.readouterr().out
    assert "rows: 3\nnew: 2, there already: 0, refused: 1\n" in out
    assert "owner found by rule: 2 of 2 (100.0 %)" in out
    assert Case.objects.filter(agency__code="emergency-centre", priority="urgent").count() == 1
    assert Case.objects.filter(agency__code="traffic-police").count() == 1


def test_what_an_import_did_is_sealed_when_it_ends(city, calls) -> None:
    call_command("import_file", calls, "--mapping", "calls-911")
    assert Event.objects.filter(verb="opened").exists()
    assert not Event.objects.filter(leaf=None).exists()


def test_row_errors_stand_in_a_file_of_the_same_name_here(city, calls) -> None:
    call_command("import_file", calls, "--mapping", "calls-911", verbosity=0)
    told = (Path.cwd() / "calls.csv.errors.csv").read_text()
    assert told.splitlines()[0].startswith("line,field,problem,lat,lng")
    assert told.splitlines()[1].startswith("3,")


def test_importing_twice_makes_nothing_new(city, calls, capsys) -> None:
    for _ in range(2):
        call_command("import_file", calls, "--mapping", "calls-911")
    assert Submission.objects.count() == Case.objects.count() == 2
    assert "new: 0, there already: 2, refused: 1" in capsys.readouterr().out


def test_owners_can_be_left_to_the_worker(city, calls, capsys) -> None:
    call_command("import_file", calls, "--mapping", "calls-911", "--no-triage")
    assert "owner" not in capsys.readouterr().out
    assert Submission.objects.filter(triaged_at__isnull=True).count() == 2


def test_a_file_that_is_not_there_is_named() -> None:
    with pytest.raises(CommandError, match=r"nowhere\.csv"):
        call_command("import_file", "nowhere.csv", "--mapping", "nyc-311")


def test_a_file_in_another_encoding_is_refused_in_words(calls) -> None:
    calls.write_bytes("没电".encode("gb18030"))
    with pytest.raises(CommandError, match="UTF-8"):
        call_command("import_file", calls, "--mapping", "calls-911")


@pytest.mark.parametrize(("path", "mapping", "least"), [(NYC, "nyc-311", 0.8), (CALLS, "calls-911", 0.95)])
def test_the_real_files_come_in_whole_and_most_rows_find_an_owner(
    city, shared, path, mapping, least, tmp_path, monkeypatch, capsys
) -> None:
    monkeypatch.chdir(tmp_path)
    call_command("import_file", shared / path, "--mapping", mapping)
    assert "refused: 0" in capsys.readouterr().out
    assert Case.objects.count() == Submission.objects.count()
    assert Case.objects.exclude(agency=None).count() >= least * Case.objects.count()

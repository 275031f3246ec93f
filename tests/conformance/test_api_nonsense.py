"""An outside judge (schemathesis) sends the running API what its description allows and what it does not.

No 500, no answer, type or shape that the description does not name: as several people, and as nobody.
"""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.city import City

pytestmark = pytest.mark.slow
CHECKS = (
    "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance",
    "response_schema_conformance", "allow_header_conformance",
)  # fmt: skip
SEED = "20261128"


def judged(city: City, folder: Path, role: str, *phases: str) -> subprocess.CompletedProcess[str]:
    token = city.account(role)["token"] if role else ""
    command = [
        sys.executable, "-m", "schemathesis.cli", "run", f"{city.url}/api/v1/openapi.json", "--phases", *phases,
        "--max-examples", "2", "--seed", SEED, "--checks", ",".join(CHECKS), "--no-color",
        "--suppress-health-check", "all", "--warnings", "off", "--continue-on-failure",
        *(["-H", f"Authorization: Bearer {token}"] if token else []),
    ]  # fmt: skip
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=400)


@pytest.mark.parametrize("role", ["", "supervisor", "auditor"])
def test_nothing_undocumented_is_answered_to_what_was_made_up(
    served_city: City, tmp_path: Path, role: str
) -> None:
    done = judged(served_city, tmp_path, role, "fuzzing")
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert "Tested: " in done.stdout


@pytest.mark.parametrize("role", ["operator"])
def test_nothing_undocumented_is_answered_at_the_edges_of_every_field(
    served_city: City, tmp_path: Path, role: str
) -> None:
    done = judged(served_city, tmp_path, role, "coverage")
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]

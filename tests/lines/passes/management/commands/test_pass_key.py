"""The public key of passes is printed, and retired."""

from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command

from bihuan.kernel import clock
from bihuan.lines.passes.seal import keys
from tests.lines.passes.seal.known import NOW


def told(*arguments: str) -> str:
    out = StringIO()
    call_command("pass_key", *arguments, stdout=out)
    return out.getvalue()


def test_the_key_and_its_id_are_printed() -> None:
    assert told().split() == [keys.current().public.hex(), keys.current().kid.hex()]


def test_a_retired_key_is_believed_for_what_it_signed_before(settings: Any, tmp_path: Path) -> None:
    settings.BIHUAN_KEYS = tmp_path
    with clock.running(lambda: NOW):
        (tmp_path / "pass-sign.2026.pub").write_text(told("--retire"))
    keys.secret.cache_clear()
    (tmp_path / "pass-sign").write_text("ab" * 32)
    retired, now = keys.believed().values()
    keys.secret.cache_clear()
    assert (retired.retired_at, now.retired_at) == (NOW, None) and retired.public != now.public

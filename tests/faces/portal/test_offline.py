from pathlib import Path

import pytest
from django.conf import settings

from bihuan.faces.portal.offline import SHELL, shell_urls, version

STATIC = Path(settings.STATICFILES_DIRS[0])
VENDOR = STATIC / "vendor"


def test_every_file_that_is_kept_exists() -> None:
    # One missing file and the browser keeps none of them.
    if not VENDOR.exists():
        pytest.skip("the browser files are not installed; ./run setup fetches them")
    assert [name for name in SHELL if not (STATIC / name).exists()] == []


def test_every_script_of_the_portal_is_kept() -> None:
    optional = {"card.js", "status.js"}  # of pages that are never kept
    scripts = {path.name for path in (STATIC / "js/portal").glob("*.js")} - optional
    assert {f"js/portal/{name}" for name in scripts} <= set(SHELL)


def test_addresses_are_those_of_static_files() -> None:
    assert all(url.startswith("/static/") for url in shell_urls())


def test_the_version_changes_with_any_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "STATICFILES_DIRS", [tmp_path])
    version.cache_clear()
    before = version()
    (tmp_path / "css").mkdir()
    (tmp_path / "css/base.css").write_text("a{}")
    version.cache_clear()
    assert version() != before
    version.cache_clear()

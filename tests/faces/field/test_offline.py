import pytest
from django.contrib.staticfiles import finders

from bihuan.faces.field import offline
from bihuan.spine.cases.registry import FieldPage, registry


def test_every_file_that_is_kept_exists() -> None:
    # One missing file and the browser keeps none of them.
    if not finders.find("vendor/htmx/htmx.min.js"):
        pytest.skip("the browser files are not installed; ./run setup fetches them")
    assert [name for name in offline.files() if not finders.find(name)] == []


def test_the_files_and_the_page_of_a_line_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    before = offline.version()
    page = FieldPage("field:away", "", "", "", ("js/theme.js", "img/mark.svg", "css/account.css"))
    monkeypatch.setitem(registry.field_pages, "field:away", page)
    assert offline.files().count("js/theme.js") == 1 and "css/account.css" in offline.files()
    assert "/field/offline/" in offline.kept_pages()
    assert offline.version() != before


def test_addresses_are_those_of_static_files() -> None:
    assert all(url.startswith("/static/") for url in offline.file_urls())

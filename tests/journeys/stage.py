"""An empty page that loads our scripts from the disk, without any server."""

from pathlib import Path
from typing import Any

HOST = "http://localhost"  # which browsers hold to be secure, so that keys and databases are there
EMPTY = "<!doctype html><html lang=en><link rel=icon href=data:,><body>"


def set_up(page: Any, root: Path) -> Any:
    folders = {"passes": root / "src/bihuan/lines/passes/static", "vendor": root / "src/bihuan/faces/static"}

    def answer(route: Any) -> None:
        name = route.request.url.removeprefix(f"{HOST}/static/")
        if name.startswith("http"):
            return route.fulfill(body=EMPTY, content_type="text/html")
        return route.fulfill(path=folders[name.partition("/")[0]] / name, content_type="text/javascript")

    page.route("**/*", answer)
    page.goto(f"{HOST}/")
    return page

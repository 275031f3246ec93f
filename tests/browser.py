"""Chromium for the tests: found on the machine, driven by playwright, pages checked by axe."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = ["--no-sandbox", "--disable-background-networking", "--no-first-run"]
TELEPHONE = {"width": 360, "height": 740}
# Generous, so that an honest test does not fail on a machine that is busy; who waits for nothing waits no longer.
PATIENCE_MS = 30_000
EXPECTED = ("Failed to load resource", "htmx:sendError")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def find_program() -> str | None:
    """Return the machine's Chromium."""
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


@contextmanager
def running() -> Iterator[Any]:
    """Start Chromium without a window; skip where there is none."""
    program = find_program()
    if program is None:
        pytest.skip("Chromium is not installed")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright, _async_unsafe():
        chromium = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        try:
            yield chromium
        finally:
            chromium.close()


@contextmanager
def _async_unsafe() -> Iterator[None]:
    # Playwright keeps an event loop in this thread, in which Django otherwise refuses the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    try:
        yield
    finally:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@contextmanager
def page(chromium: Any, **context: Any) -> Iterator[Any]:
    """Give a page in a context of its own; an error in its console, or a broken script, fails the test."""
    context = {"viewport": TELEPHONE, "locale": "zh-CN", "timezone_id": "Asia/Shanghai"} | context
    own = chromium.new_context(**context)
    own.set_default_timeout(PATIENCE_MS)
    fresh = own.new_page()
    wrong: list[str] = []
    fresh.on("pageerror", lambda error: wrong.append(f"{fresh.url}: {error}"))
    fresh.on(
        "console", lambda message: wrong.append(f"{fresh.url}: {message.text}") if _is_ours(message) else None
    )
    fresh.on(
        "response", lambda answer: wrong.append(f"{answer.status} {answer.url}") if _is_lost(answer) else None
    )
    try:
        yield fresh
    finally:
        own.close()
    assert not wrong, "the browser's console says:\n" + "\n".join(wrong)


def _is_ours(message: Any) -> bool:
    # A refused form is answered 4xx on purpose, and Chromium reports each; a test asks for the status itself. Where
    # a test takes the network away, htmx reports whatever was just being fetched.
    return message.type == "error" and not any(said in message.text for said in EXPECTED)


def _is_lost(answer: Any) -> bool:
    return answer.status >= 400 and "/static/" in answer.url


def axe_checker(source: str) -> Callable[..., None]:
    """Return a function that fails when axe finds something on a page."""

    def axe(page: Any, *, within: str = "html") -> None:
        page.evaluate(source)
        found = page.evaluate(
            "([within, rules]) => axe.run(within, {runOnly: {type: 'tag', values: rules}})", [within, RULES]
        )
        assert not found["violations"], "\n".join(map(_in_words, found["violations"]))

    return axe


def _in_words(violation: dict[str, Any]) -> str:
    places = [f"    {node['html']}\n      {node['failureSummary']}" for node in violation["nodes"][:5]]
    return "\n".join([f"{violation['id']}: {violation['help']}", *places])

"""Where lines of work say what they add: services, tiles on the board, pages, actions of their own.

A line registers in its ``AppConfig.ready``; faces ask here and never import a line.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.functional import Promise as Words

from bihuan.spine.accounts.models import User
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.places.models import Site

INTERNAL = "internal"
"""The group of services that only the system or staff raise: no resident is offered them."""

ATTRIBUTE_KINDS = ("string", "number", "datetime", "text", "singlevaluelist", "multivaluelist")


@dataclass(frozen=True)
class Choice:
    """One value of a list question."""

    key: str
    zh: str
    en: str


@dataclass(frozen=True)
class Question:
    """A question of a service, in Open311's kinds of attribute."""

    code: str
    kind: str
    zh: str
    en: str
    required: bool = False
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class Promise:
    """What a service promises beyond its class: minutes until somebody has accepted it, until it is resolved."""

    accept_min: int
    resolve_min: int


@dataclass(frozen=True)
class ServiceSpec:
    """A kind of thing one can ask for, as its line first describes it; an administrator may edit the row."""

    code: str
    zh: str
    en: str
    about_zh: str
    about_en: str
    group: str
    icon: str
    agency: str
    urgency: str = "general"
    """Its class, which says how soon what is promised: life, supply, general or planned."""
    promises: Mapping[str, Promise] = field(default_factory=dict)
    """By priority, where this service promises more than its class; the first service levels take it over."""
    questions: tuple[Question, ...] = ()
    needs: frozenset[str] = frozenset()
    """Of ``text place phone name``: what a Submission must carry."""
    is_anonymous: bool = False
    danger_words: tuple[str, ...] = ()
    emergency_number: str = ""
    needs_proof: bool = False
    confirm_within_h: int = 72
    priority: str = "normal"
    keywords: tuple[str, ...] = ()
    order: int = 100


@dataclass(frozen=True)
class Tile:
    """A figure a line puts on the board: a heading and a function that gives its value."""

    code: str
    heading: str
    value: Callable[[], Any]
    url_name: str = ""


@dataclass(frozen=True)
class Entrance:
    """A page of a line's own for some who would ask for a service: shown above the service's form."""

    url_name: str
    words: Words


@dataclass(frozen=True)
class CallerNote:
    """Something an operator should know of whoever calls: ``holds`` is asked with the keyed hash of the telephone."""

    code: str
    words: Words
    holds: Callable[[bytes], bool]


@dataclass(frozen=True)
class LinePage:
    """An entry of the desk's navigation that a line adds: ``space:name`` is its address.

    ``also`` are other names in the same space for which it stands as "here".
    """

    space: str
    name: str
    label: Words
    icon: str
    permissions: tuple[Permission, ...]
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class FieldPage:
    """A page of a line for people who go; it opens without a network.

    It lies below ``field/`` and holds nothing of any person: what it shows it keeps on the device. ``files`` are the
    static files that it needs.
    """

    url_name: str
    label: Words
    about: Words
    icon: str
    files: tuple[str, ...]


@dataclass(frozen=True)
class LineStep:
    """One thing that a line lets the worker do, at most every ``every_s`` seconds; returns how much it did."""

    name: str
    run: Callable[[], int | None]
    every_s: float = 1.0


@dataclass(frozen=True)
class Household:
    """Somebody whom a line looks after, as a printed list of a building shows them: masked but for the door."""

    door: str
    who: str
    what: str
    due_at: datetime | None = None


@dataclass
class Registry:
    """What the lines that are switched on have registered."""

    services: dict[str, ServiceSpec] = field(default_factory=dict)
    tiles: list[Tile] = field(default_factory=list)
    urls: dict[str, str] = field(default_factory=dict)
    pages: dict[str, LinePage] = field(default_factory=dict)
    field_pages: dict[str, FieldPage] = field(default_factory=dict)
    steps: dict[str, LineStep] = field(default_factory=dict)
    routers: dict[str, str] = field(default_factory=dict)
    demos: dict[str, Callable[[], int]] = field(default_factory=dict)
    verbs: dict[str, Words] = field(default_factory=dict)
    codes: dict[str, str | Words] = field(default_factory=dict)
    entrances: dict[str, Entrance] = field(default_factory=dict)
    caller_notes: dict[str, CallerNote] = field(default_factory=dict)
    households: dict[str, Callable[[User, Site], list[Household]]] = field(default_factory=dict)

    def register_service(self, spec: ServiceSpec) -> None:
        """Add a service.

        Raises
        ------
        ValueError
            when two lines claim one code.
        """
        if self.services.get(spec.code, spec) != spec:
            raise ValueError(f"two lines register the service {spec.code!r}")
        self.services[spec.code] = spec

    def register_tile(self, tile: Tile) -> None:
        """Add a figure to the board."""
        self.tiles = [one for one in self.tiles if one.code != tile.code] + [tile]

    def register_urls(self, prefix: str, module: str) -> None:
        """Serve a line's pages below ``prefix``."""
        self.urls[prefix] = module

    def register_page(self, page: LinePage) -> None:
        """Add an entry to the desk's navigation."""
        self.pages[f"{page.space}:{page.name}"] = page

    def register_field_page(self, page: FieldPage) -> None:
        """Put a page into the shell for people who go."""
        self.field_pages[page.url_name] = page

    def register_step(self, step: LineStep) -> None:
        """Add something to the worker's rounds."""
        self.steps[step.name] = step

    def register_api(self, prefix: str, router: str) -> None:
        """Serve a line's routes below ``/api/v1/`` and ``prefix``; ``router`` is the dotted path of a ninja Router."""
        self.routers[prefix] = router

    def register_demo(self, name: str, load: Callable[[], int]) -> None:
        """Let a line fill the demonstration's city once it stands; ``load`` returns how many rows it wrote."""
        self.demos[name] = load

    def register_verb(self, verb: str, words: Words) -> None:
        """Put a verb of a line's Events into words, for the history and the audit."""
        self.verbs[verb] = words

    def register_entrance(self, service: str, entrance: Entrance) -> None:
        """Show the way to a page of a line's own above the form of a service."""
        self.entrances[service] = entrance

    def register_caller_note(self, note: CallerNote) -> None:
        """Let an operator see beside a call what a line knows of the caller."""
        self.caller_notes[note.code] = note

    def register_households(self, name: str, listed: Callable[[User, Site], list[Household]]) -> None:
        """Put a line's people onto the printed lists of a building.

        ``listed`` returns those at a site whom the person may know of, and leaves an Event for each door it opens.
        """
        self.households[name] = listed

    def register_codes(self, codes: Mapping[str, str | Words]) -> None:
        """Put the codes in the details of a line's Events into words, for the same readers."""
        self.codes |= codes


registry = Registry()
register_service = registry.register_service
register_tile = registry.register_tile
register_urls = registry.register_urls
register_page = registry.register_page
register_field_page = registry.register_field_page
register_step = registry.register_step
register_api = registry.register_api
register_demo = registry.register_demo
register_verb = registry.register_verb
register_codes = registry.register_codes
register_caller_note = registry.register_caller_note
register_entrance = registry.register_entrance
register_households = registry.register_households

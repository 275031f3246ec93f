"""Loads a city: one that is given in a file, or the demonstration's."""

import json
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from bihuan.drill.city import City, make_city
from bihuan.drill.staff import PASSWORD
from bihuan.spine.accounts.roles import write_roles
from bihuan.spine.cases.city import write_city
from bihuan.spine.cases.demo_staff import write_rota, write_staff
from bihuan.spine.cases.registry import registry


class Command(BaseCommand):
    help = "Load a city: districts, sites, agencies, teams, services, roles and rules. May be run again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="JSON; without it, the demonstration's city")
        parser.add_argument("--seed", type=int, default=2022, help="which invented city (default: 2022)")
        parser.add_argument("--small", action="store_true", help="two streets a district, few compounds")
        parser.add_argument("--demo", action="store_true", help="also make accounts with a known password")
        parser.add_argument("--accounts", type=Path, help="where to write them (var/demo-accounts.json)")

    def handle(self, **options: Any) -> None:
        if options["demo"] and not settings.BIHUAN_DEMO:
            raise CommandError(
                "--demo makes accounts with a known password; set BIHUAN_DEMO=yes if that is meant."
            )
        invented = make_city(options["seed"], small=options["small"])
        self.tell(load(read_city(options["file"]) if options["file"] else invented))
        write_roles()
        if options["demo"]:
            self.make_accounts(invented, options["accounts"])

    def tell(self, counts: Mapping[str, int]) -> None:
        for name, count in counts.items():
            self.stdout.write(f"{name}: {count}")

    def make_accounts(self, city: City, path: Path | None) -> None:
        path = path or Path(settings.BIHUAN_VAR) / "demo-accounts.json"
        write_accounts(path, write_staff(city["staff"], PASSWORD))
        self.stdout.write(f"accounts: {path}")
        self.stdout.write(f"shifts: {write_rota(city['rotas'])}")
        self.tell({name: fill() for name, fill in registry.demos.items()})


def read_city(path: Path) -> Mapping[str, Any]:
    """Read a city from a file; refuses what is not a JSON object."""
    try:
        city = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CommandError(f"{path}: {error}") from error
    if not isinstance(city, dict):
        raise CommandError(
            f"{path}: one JSON object is expected, with lists called districts, sites, agencies …"
        )
    return city


def load(city: Mapping[str, Any]) -> dict[str, int]:
    """Write a city; all of it or, with a sentence, nothing."""
    try:
        return write_city(city)
    except KeyError as error:
        raise CommandError(f"The city names {error}, but nothing of that name is in it.") from error
    except (TypeError, ValueError, DatabaseError) as error:
        raise CommandError(f"The city can't be loaded: {error}") from error


def write_accounts(path: Path, accounts: list[dict[str, str]]) -> None:
    """Write the accounts to a file that only its owner can read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_text(json.dumps(accounts, ensure_ascii=False, indent=1), encoding="utf-8")

"""Writes a city into the database: districts, sites, agencies, teams, services and rules.

A city is a mapping of lists of rows, as ``bihuan.drill.city`` describes it. Writing it again changes nothing
that an administrator may have edited (services, rules) and brings the rest up to date.
"""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Model

from bihuan.kernel import clock
from bihuan.spine.accounts.models import Agency
from bihuan.spine.cases.models import Edition, EditionState, Fallback, Rule, Service
from bihuan.spine.cases.promises import levels
from bihuan.spine.cases.registry import registry
from bihuan.spine.cases.services import write_services
from bihuan.spine.places.models import District, Feature, Site
from bihuan.spine.resources.models import Team

Row = Mapping[str, Any]
M = TypeVar("M", bound=Model)

BATCH = 500


@transaction.atomic
def write_city(city: Mapping[str, Any]) -> dict[str, int]:
    """Write a city; return how many rows of each kind it has."""
    write_districts(city["districts"])
    write_sites(city["sites"])
    write_features(city["features"])
    write_agencies(city["agencies"])
    write_teams(city["teams"])
    write_services(registry.services.values())
    levels.ensure()
    write_rules(city["rules"])
    write_fallbacks(city.get("fallbacks", ()))
    counted = ("districts", "sites", "agencies", "teams", "rules")
    return {name: len(city[name]) for name in counted} | {"services": len(registry.services)}


def write_districts(rows: Iterable[Row]) -> None:
    """Write districts, then the streets below them."""
    rows = list(rows)
    counties = [District(**row) for row in rows if row["parent"] is None]
    _write(counties, "level", "name_zh", "name_en", "population", "lon", "lat", "outline")
    above = _by_code(District)
    streets = [District(**{**row, "parent": above[row["parent"]]}) for row in rows if row["parent"]]
    _write(streets, "level", "parent", "name_zh", "name_en", "population", "lon", "lat")


def write_sites(rows: Iterable[Row]) -> None:
    """Write sites by their code."""
    districts = _by_code(District)
    sites = [
        Site(**{**row, "district": districts[row["district"]], "street": districts.get(row["street"])})
        for row in rows
    ]
    _write(
        sites, "kind", "name_zh", "name_en", "district", "street", "lon", "lat", "buildings", "households",
        "population", "is_protected", "is_synthetic",
    )  # fmt: skip


def write_features(rows: Iterable[Row]) -> None:
    """Draw the lines of the map anew; nothing refers to them."""
    Feature.objects.all().delete()
    Feature.objects.bulk_create(Feature(**row) for row in rows)


def write_agencies(rows: Iterable[Row]) -> None:
    """Write the tree of agencies from the top down, so that each path can be built on its parent's."""
    waiting = list(rows)
    known: dict[str | None, Agency] = {}
    while waiting:
        level = [row for row in waiting if row["parent"] is None or row["parent"] in known]
        if not level:
            raise ValueError(f"agencies without a parent in the city: {[row['code'] for row in waiting]}")
        _write([_agency(row, known) for row in level], "name_zh", "name_en", "parent", "path")
        known.update(_by_code(Agency))
        waiting = [row for row in waiting if row["code"] not in known]


def _agency(row: Row, known: Mapping[str | None, Agency]) -> Agency:
    agency = Agency(**{**row, "parent": known.get(row["parent"])})
    agency.place_under_parent()
    return agency


def write_teams(rows: Iterable[Row]) -> None:
    """Write the teams that are not there yet; a team is known by its agency and its Chinese name."""
    agencies = _by_code(Agency)
    there = set(Team.objects.values_list("agency_id", "name_zh"))
    teams = [Team(**{**row, "agency": agencies[row["agency"]]}) for row in rows]
    Team.objects.bulk_create(team for team in teams if (team.agency_id, team.name_zh) not in there)


def write_rules(rows: Iterable[Row]) -> None:
    """Write the first edition of the rulebook; one that is there stays as administrators left it."""
    if Edition.objects.exists():
        return
    edition = Edition.objects.create(
        state=EditionState.IN_FORCE, made_at=clock.now(), switched_at=clock.now()
    )
    services, districts, agencies = _by_code(Service), _by_code(District), _by_code(Agency)
    sites = Site.objects.in_bulk([row["site"] for row in rows if row["site"]], field_name="code")
    rules = [
        Rule(
            **{
                **row,
                "edition": edition,
                "service": services[row["service"]] if row["service"] else None,
                "district": districts[row["district"]] if row["district"] else None,
                "site": sites[row["site"]] if row["site"] else None,
                "agency": agencies[row["agency"]],
            }
        )
        for row in rows
    ]
    Rule.objects.bulk_create(rules)


def write_fallbacks(rows: Iterable[Row]) -> None:
    """Write who owns what nobody else will, where an administrator has not said so."""
    districts, agencies = _by_code(District), _by_code(Agency)
    for row in rows:
        district = districts[row["district"]] if row["district"] else None
        Fallback.objects.get_or_create(district=district, defaults={"agency": agencies[row["agency"]]})


def _write(rows: list[M], *fields: str) -> None:
    """Insert rows, or bring those up to date whose code is there already."""
    if rows:
        type(rows[0])._default_manager.bulk_create(
            rows, batch_size=BATCH, update_conflicts=True, unique_fields=["code"], update_fields=list(fields)
        )


def _by_code(model: type[M]) -> dict[Any, M]:
    return model._default_manager.in_bulk(field_name="code")

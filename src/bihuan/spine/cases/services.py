"""Services as lines describe them, written as rows that an administrator may then edit."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict

from bihuan.spine.accounts.models import Agency
from bihuan.spine.cases.models import Service
from bihuan.spine.cases.registry import ServiceSpec


def write_services(specs: Iterable[ServiceSpec]) -> None:
    """Write the services that are not there yet; one that is there stays as an administrator left it."""
    agencies = Agency.objects.in_bulk(field_name="code")
    there = set(Service.objects.values_list("code", flat=True))
    missing = (_service(spec, agencies) for spec in specs if spec.code not in there)
    Service.objects.bulk_create(missing, ignore_conflicts=True)


def _service(spec: ServiceSpec, agencies: Mapping[str, Agency]) -> Service:
    row = asdict(spec)
    # What a service promises is a line of the service levels, written with their first version.
    row.pop("promises")
    names = {"name_zh": row.pop("zh"), "name_en": row.pop("en")}
    own = {"agency": agencies.get(spec.agency), "needs": sorted(spec.needs)}
    return Service(**{**row, **names, **own})

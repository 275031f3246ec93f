"""Which scope an address of the API wants of a token; one place, so that none is forgotten."""

from bihuan.spine.accounts.models import Scope

FREE = {"me"}
"""What every token opens."""
ROOMS = {
    "afteraction": Scope.AUDIT,
    "audit": Scope.AUDIT,
    "care": Scope.CARE,
    "passes": Scope.PASSES,
}
OPENING = {"reveal", "slip"}
WORK = {"cases", "twins", "banners", "photos", "notices", "here"}
ENTERING = {("cases", "enter"), ("paper", "forms")}
LOOKING_UP = {"find"}
READING = {"GET", "HEAD"}


def scope_of(method: str, path: str) -> Scope | None:
    """Return what a request wants; ``path`` is what follows ``/api/v1/``."""
    parts = path.strip("/").split("/")
    first, last = parts[0], parts[-1]
    if first in FREE:
        return None
    if method not in READING and last in OPENING:
        return Scope.PRIVATE
    if first in ROOMS:
        return ROOMS[first]
    if method in READING or last in LOOKING_UP:
        return Scope.READ
    if tuple(parts[:2]) in ENTERING:
        return Scope.ASK
    return Scope.ACT if first in WORK else Scope.MANAGE

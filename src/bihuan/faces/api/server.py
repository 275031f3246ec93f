"""API v1: what a program of an office, or of an asker, may do. OpenAPI at ``openapi.json``."""

from bihuan.faces.api import (
    afteraction,
    cases,
    catalogue,
    drafting,
    drills,
    hooks,
    keeping,
    levels,
    looking,
    paper,
    problems,
    promises,
    rates,
    receipts,
    rota,
    sorting,
    surge,
    twins,
    ways,
)
from bihuan.faces.api.describing import Api
from bihuan.faces.api.features import router as features
from bihuan.faces.api.signing import STAFF
from bihuan.faces.api.texts import WholeText
from bihuan.spine.cases.registry import registry

api = Api(
    title="Bihuan",
    version="1",
    description="Errors are application/problem+json (RFC 9457). New asks go to the door: POST /door/api.",
    # The pages of documentation that ninja brings load scripts from elsewhere, which our policy forbids.
    docs_url=None,
    auth=STAFF,
    parser=WholeText(),
    urls_namespace="api",
)
api.add_router("", catalogue.router)
api.add_router("", rota.router)
api.add_router("", drills.router)
api.add_router("/cases", cases.router)
api.add_router("/afteraction", afteraction.router)
api.add_router("", promises.router)
api.add_router("", levels.router)
api.add_router("", sorting.router)
api.add_router("", drafting.router)
api.add_router("", keeping.router)
api.add_router("", hooks.router)
api.add_router("", looking.router)
api.add_router("", surge.router)
api.add_router("", twins.router)
api.add_router("", ways.router)
api.add_router("/paper", paper.router)
api.add_router("/rates", rates.router)
api.add_router("/features", features.router, auth=None)
api.add_router("/receipts", receipts.router, auth=None)
for _prefix, _router in registry.routers.items():
    api.add_router(_prefix, _router)
problems.handle_all(api)

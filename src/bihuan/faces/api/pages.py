"""What every list takes and answers: a cursor, a limit, and where the next page begins."""

from ninja import Schema
from pydantic import Field

from bihuan.spine.cases.queries.paging import LONGEST_PAGE


class Turned(Schema):
    """``cursor`` is the ``next`` of the page before."""

    cursor: str = ""
    limit: int = Field(100, ge=1, le=LONGEST_PAGE)


class Paged(Schema):
    """``next`` is the cursor of the following page; null where this is the last."""

    next: str | None = None

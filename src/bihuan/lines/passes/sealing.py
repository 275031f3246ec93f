"""A pass of the database as the text of its code."""

from bihuan.lines.passes.models import Pass
from bihuan.lines.passes.seal import keys, sealing
from bihuan.lines.passes.seal.claims import Claims


def text_of(pass_: Pass) -> str:
    """Return the text of the code of an issued pass, signed with today's key."""
    return sealing.issue(claims_of(pass_), keys.signer())


def claims_of(pass_: Pass) -> Claims:
    """Return what the code of a pass says: no names, no telephone, nothing of anybody's health."""
    return Claims(
        number=pass_.number or "",
        edition=pass_.edition,
        plate=pass_.plate,
        colour=pass_.plate_colour,
        goods=pass_.goods,
        route=(pass_.origin_code, pass_.destination_code),
        crew=pass_.crew_count,
        is_closed_loop=pass_.is_closed_loop,
        issued_at=pass_.decided_at or pass_.applied_at,
        valid_from=pass_.valid_from,
        valid_until=pass_.valid_until,
    )

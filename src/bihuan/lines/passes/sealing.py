"""The text that stands in a pass's code: one place, so that its format can change without the rest."""

from bihuan.lines.passes.models import Pass


def text_of(pass_: Pass) -> str:
    """Return the text of the code of an issued pass."""
    until = int(pass_.valid_until.timestamp())
    return f"BIHUAN-PASS:{pass_.number}:{pass_.edition}:{pass_.plate}:{until}"

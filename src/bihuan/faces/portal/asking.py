"""From the form to the door: the same function as for the API, the operator and the import."""

from typing import Any, BinaryIO

from bihuan.faces.portal.forms import AskForm
from bihuan.faces.portal.kept import drop_kept, kept_photo
from bihuan.faces.portal.questions import PREFIX
from bihuan.kernel.errors import Refused
from bihuan.spine.door.faults import Unfit
from bihuan.spine.door.photos import file_of
from bihuan.spine.door.submit import submit

CHANNEL = "web"
# The door speaks of a place; the form has a field for it.
FORM_FIELDS = {"place": "site", "lon": "site", "lat": "site"}


def hand_in(form: AskForm) -> str:
    """Hand a valid form in at the door; return the receipt. The same client_id gives the same receipt."""
    kept = kept_photo(form.kept)
    upload: BinaryIO | None = form.cleaned_data.get("photo")
    if upload is not None or kept is None:
        return submit(_body(form), upload).receipt
    with file_of(kept).open("rb") as picture:
        receipt = submit(_body(form), picture).receipt
    drop_kept(kept)
    return receipt


def _body(form: AskForm) -> dict[str, Any]:
    said = form.cleaned_data
    body: dict[str, Any] = {name: said[name] for name in ("client_id", "text", "phone", "language")}
    body |= {name: said[name] for name in ("name", "door") if said.get(name)}
    place = {"site": form.place.site, "lon": form.place.lon, "lat": form.place.lat}
    return {**body, **place, "channel": CHANNEL, "service": form.service.code, "answers": form.answers}


def show_refusal(form: AskForm, refused: Refused) -> None:
    """Put what the door says beside the fields of the form."""
    errors = refused.errors() if isinstance(refused, Unfit) else [(refused.field, refused.message)]
    for field, words in errors:
        name = FORM_FIELDS.get(field, field.replace("answers.", PREFIX, 1))
        form.add_error(name if name in form.fields else None, words)

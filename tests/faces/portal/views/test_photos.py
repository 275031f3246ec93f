from bihuan.spine.cases.models import Note, NoteKind
from bihuan.spine.door.photos import keep_photo
from tests.faces.portal.conftest import picture, signed_in
from tests.spine.cases.known import NOON, World, make_case


def test_a_photo_is_kept_by_the_browser_alone(world: World) -> None:
    photo = keep_photo(picture())
    Note.objects.create(
        case=make_case(world), kind=NoteKind.REPLY, verb="resolve", text="x", photo=photo, at=NOON
    )
    assert "private" in signed_in(world.ben).get(f"/photo/{photo.pk}")["Cache-Control"]

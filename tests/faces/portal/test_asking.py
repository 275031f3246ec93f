from io import BytesIO

import pytest
from PIL import Image

from bihuan.faces.portal.asking import hand_in, show_refusal
from bihuan.faces.portal.forms import AskForm
from bihuan.faces.portal.kept import keep
from bihuan.kernel.private import unseal
from bihuan.spine.cases.models import Service
from bihuan.spine.door.faults import Fault, Unfit
from bihuan.spine.door.models import Photo, Submission
from bihuan.spine.door.photos import file_of
from tests.faces.portal.conftest import filled, picture


def form_of(service: Service, photo: bool = False, **fields: object) -> AskForm:
    form = AskForm(service, filled(**fields), {"photo": picture()} if photo else {})
    assert form.is_valid(), form.errors
    return form


def test_what_was_typed_comes_through_the_door(medicine: Service) -> None:
    receipt = hand_in(form_of(medicine))
    submission = Submission.objects.get(receipt=receipt)
    assert (submission.channel, submission.service, submission.text) == ("web", "medicine", "邻居卧床")
    assert submission.answers == {"drug": "二甲双胍", "left": "two"}


def test_name_telephone_and_door_are_sealed(medicine: Service) -> None:
    hand_in(form_of(medicine))
    submission = Submission.objects.get()
    sealed = (submission.name_sealed, submission.phone_sealed, submission.door_sealed)
    assert [unseal(one) for one in sealed] == ["安娜", "+8619900005526", "3-402"]


def test_the_same_form_twice_is_one_submission(medicine: Service) -> None:
    assert hand_in(form_of(medicine)) == hand_in(form_of(medicine))
    assert Submission.objects.count() == 1


def test_the_photo_loses_the_cameras_notes(medicine: Service) -> None:
    hand_in(form_of(medicine, photo=True))
    photo = Submission.objects.get().photos.get()
    assert not Image.open(BytesIO(file_of(photo).read_bytes())).getexif()


def test_a_kept_photo_goes_with_the_form_and_is_not_left_behind(medicine: Service) -> None:
    hand_in(form_of(medicine, kept_photo=keep(picture())))
    assert Photo.objects.get().submission == Submission.objects.get()


@pytest.mark.parametrize(
    ("field", "shown"),
    [("place", "site"), ("answers.drug", "q_drug"), ("phone", "phone"), ("body", "__all__")],
)
def test_what_the_door_refuses_is_shown_beside_the_field(medicine: Service, field: str, shown: str) -> None:
    form = form_of(medicine)
    show_refusal(form, Unfit([Fault(field, "required")]))
    assert list(form.errors) == [shown]

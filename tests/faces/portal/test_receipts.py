import pytest
from django.http import Http404, HttpRequest

from bihuan.faces.portal import receipts
from bihuan.kernel.errors import Refused
from bihuan.kernel.ids import format_receipt, new_receipt
from bihuan.spine.cases.guessing import GUESSES, TooMany
from bihuan.spine.cases.models import Service
from tests.spine.cases.known import World, make_asker, make_case, make_submission


@pytest.fixture
def request_() -> HttpRequest:
    request = HttpRequest()
    request.session = {}  # type: ignore[assignment]
    return request


def test_a_receipt_nobody_was_given_is_not_found(db: None, request_: HttpRequest) -> None:
    with pytest.raises(Http404):
        receipts.access_receipt(request_, new_receipt())


def test_before_triage_there_is_no_case_yet(db: None, request_: HttpRequest) -> None:
    held = receipts.access_receipt(request_, make_submission().receipt)
    assert (held.asker, held.is_proven) == (None, False)


def test_without_a_telephone_the_receipt_is_the_whole_key(db: None, request_: HttpRequest) -> None:
    assert receipts.access_receipt(request_, make_submission(phone="").receipt).is_proven


def test_the_right_digits_open_it_for_the_visit(db: None, request_: HttpRequest) -> None:
    receipt = make_submission().receipt
    receipts.prove(request_, receipt, "5526")
    assert receipts.access_receipt(request_, receipt).is_proven


def test_the_digits_themselves_are_not_kept(db: None, request_: HttpRequest) -> None:
    receipts.prove(request_, make_submission().receipt, "5526")
    assert "5526" not in [str(value) for value in request_.session[receipts.SESSION_KEY]]


def test_wrong_digits_open_nothing(db: None, request_: HttpRequest) -> None:
    receipt = make_submission().receipt
    with pytest.raises(Refused):
        receipts.prove(request_, receipt, "0000")
    assert not receipts.access_receipt(request_, receipt).is_proven


def test_digits_for_one_receipt_open_no_other(db: None, request_: HttpRequest) -> None:
    mine, other = make_submission().receipt, make_submission(phone="+8619900001111").receipt
    receipts.prove(request_, mine, "5526")
    assert not receipts.access_receipt(request_, other).is_proven


def test_a_visit_remembers_the_latest_receipts_only(request_: HttpRequest) -> None:
    for number in range(receipts.REMEMBERED + 5):
        receipts.remember(request_, str(number))
    assert len(receipts.proven_receipts(request_)) == receipts.REMEMBERED
    assert receipts.proven_receipts(request_)[-1] == str(receipts.REMEMBERED + 4)


def test_a_receipt_may_be_typed_with_spaces(db: None, request_: HttpRequest) -> None:
    receipt = make_submission().receipt
    assert receipts.check_receipt(request_, f" {format_receipt(receipt)} ") == receipt


@pytest.mark.parametrize("typed", ["1234", "abcd", "482109375520"])
def test_a_mistyped_receipt_is_told_so(db: None, typed: str, request_: HttpRequest) -> None:
    with pytest.raises(Refused) as mistyped:
        receipts.check_receipt(request_, typed)
    with pytest.raises(Refused) as unknown:
        receipts.check_receipt(request_, new_receipt())
    assert str(mistyped.value) != str(unknown.value)


def test_the_service_is_the_askers_until_triage_says_otherwise(world: World, request_: HttpRequest) -> None:
    service = Service.objects.get()
    early = receipts.access_receipt(request_, make_submission(service=service.code).receipt)
    later = receipts.access_receipt(
        request_, make_asker(make_case(world, askers=0), service="").submission.receipt
    )
    assert receipts.service_of(early) == receipts.service_of(later) == service


def test_who_names_many_receipts_that_are_none_is_put_off(db: None, request_: HttpRequest) -> None:
    request_.META["REMOTE_ADDR"] = "203.0.113.7"
    receipts.remember(request_, own := make_submission().receipt)
    for number in range(GUESSES):
        with pytest.raises(Http404):
            receipts.access_receipt(request_, new_receipt(lambda _, drawn=number: drawn))
    with pytest.raises(TooMany):
        receipts.check_receipt(request_, make_submission().receipt)
    with pytest.raises(TooMany):
        receipts.prove(request_, own, "5526")
    assert receipts.access_receipt(request_, own).is_proven, "what was shown before stays open"

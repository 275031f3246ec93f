"""What the public reads of a service that is not taken just now."""

from django.test import Client

from bihuan.spine.cases.surge import shedding
from tests.spine.cases.known import make_service, make_world

ENGLISH = {"Accept-Language": "en"}


def test_the_portal_explains_before_the_form_and_on_the_front_page(db: None) -> None:
    world = make_world()
    service = make_service("parcel")
    client = Client(headers=ENGLISH)
    assert "Not taken just now" not in client.get("/").content.decode()
    shedding.shed(service=service, by=world.max, words_zh="先救人", words_en="Lives first.")
    for address in ("/", "/?q=parcel", "/ask/parcel/"):
        page = client.get(address).content.decode()
        assert "Lives first." in page or "not just now" in page, address
    form = client.get("/ask/parcel/").content.decode()
    assert form.index("Lives first.") < form.index('id="ask"')
    assert "it is kept with a receipt" in form


def test_a_service_that_is_taken_says_nothing_of_it(db: None) -> None:
    make_world()
    make_service("parcel")
    assert "Not taken just now" not in Client(headers=ENGLISH).get("/ask/parcel/").content.decode()

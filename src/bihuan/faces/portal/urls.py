"""Addresses of the portal."""

from django.urls import path, register_converter

from bihuan.faces.portal.views import (
    ask,
    board,
    drill,
    home,
    known,
    offline,
    paper,
    photos,
    places,
    rates,
    status,
    visit,
)


class ReceiptConverter:
    """Twelve digits."""

    regex = "[0-9]{12}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(ReceiptConverter, "receipt")

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("about/", home.about, name="about"),
    path("ask/<slug:service>/", ask.ask, name="ask"),
    path("ask/<slug:service>/known/", known.known, name="known"),
    path("find/", status.find, name="find"),
    path("r/<receipt:receipt>/", status.status, name="receipt"),
    path("r/<receipt:receipt>/card/", status.card, name="card"),
    path("r/<receipt:receipt>/live/", status.live, name="live"),
    path("r/<receipt:receipt>/prove/", status.prove, name="prove"),
    path("r/<receipt:receipt>/<slug:verb>/", status.act, name="act"),
    path("p/<receipt:printed>/", paper.paper, name="paper"),
    path("p/list/<slug:sheet>/", paper.printed_list, name="paper_list"),
    path("v/<str:token>/", visit.visit, name="visit"),
    path("d/<str:token>/", drill.drill, name="drill"),
    path("photo/<uuid:photo_id>", photos.photo, name="photo"),
    path("board/", board.board, name="board"),
    path("rates/", rates.rates, name="rates"),
    path("rates.json", rates.rates_json, name="rates_json"),
    path("places/", places.places, name="places"),
    path("map/<slug:name>.json", places.layer, name="layer"),
    path("sw.js", offline.worker, name="worker"),
    path("offline/", offline.away, name="away"),
    path("manifest.webmanifest", offline.manifest, name="manifest"),
]

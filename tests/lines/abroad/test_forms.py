"""What the pages of links ask for."""

from bihuan.lines.abroad.forms import TICKS, LinkForm, NewLinkForm


def test_nothing_personal_goes_along_unless_it_is_ticked(db: None) -> None:
    form = LinkForm({"url": "https://peer.example/v2"})
    assert form.is_valid() and not any(form.cleaned_data[name] for name in TICKS)


def test_the_agency_is_asked_for_first(db: None) -> None:
    assert next(iter(NewLinkForm().fields)) == "agency"

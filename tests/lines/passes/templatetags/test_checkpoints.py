"""The square that enrols a device."""

from bihuan.lines.passes.templatetags.checkpoints import square


def test_a_text_is_drawn_black_on_white() -> None:
    drawn = square("https://example.org/#enrol=ABCD")
    assert drawn.startswith("<svg") and "#fff" in drawn and "ABCD" not in drawn

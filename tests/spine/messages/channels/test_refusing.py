"""A far end's no."""

from bihuan.spine.messages.channels.refusing import NotTaken


def test_it_says_the_far_ends_code() -> None:
    assert str(NotTaken("errcode 40001")) == "errcode 40001"

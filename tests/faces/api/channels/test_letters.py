"""Letters of WeChat and WeCom."""

from bihuan.faces.api.channels.letters import answered
from bihuan.spine.messages.wechat.reading import Letter


def test_a_greeting_is_answered_and_silence_is_not() -> None:
    hello = Letter("ana", "city", "1", "", is_greeting=True)
    assert b"<ToUserName>ana</ToUserName>" in answered("wechat", "wechat:", hello)
    assert answered("wechat", "wechat:", Letter("ana", "city", "2", "", is_silent=True)) == b""

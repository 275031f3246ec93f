"""Messages of WeChat as words: text, position, picture, a follower's arrival, a press on the menu."""

from dataclasses import dataclass

from bihuan.kernel import gcj, xml
from bihuan.kernel.xml import Element, Value, text_of


@dataclass(frozen=True)
class Letter:
    """Who wrote to whom, a number, the words, a position in WGS 84, the number of a picture.

    ``is_greeting``: nothing was said, by somebody who wants to begin. ``is_silent``: nothing wants an answer.
    """

    sender: str
    account: str
    number: str
    text: str
    lon: float | None = None
    lat: float | None = None
    picture: str = ""
    is_greeting: bool = False
    is_silent: bool = False


# A follower's arrival, a press on the menu, a scanned square. Other events, such as a position that is sent by itself
# or a page that was opened, want no answer.
BEGINNINGS = frozenset({"subscribe", "click", "scan"})


def read(root: Element) -> Letter:
    """Read a message; of a kind that says nothing to us the words are empty."""
    said = {
        name: text_of(root, name) for name in ("FromUserName", "ToUserName", "MsgId", "CreateTime", "MsgType")
    }
    # Events have no number of their own: sender and second name them, as WeChat says.
    number = said["MsgId"] or f"{said['FromUserName']}-{said['CreateTime']}"
    here = said["FromUserName"], said["ToUserName"], number
    match said["MsgType"]:
        case "text":
            return Letter(*here, text_of(root, "Content"))
        case "voice":
            return Letter(*here, text_of(root, "Recognition"))
        case "image":
            return Letter(*here, "", picture=text_of(root, "MediaId"))
        case "location":
            return _place(root, here)
        case "event":
            begins = text_of(root, "Event").lower() in BEGINNINGS
            return Letter(*here, "", is_greeting=begins, is_silent=not begins)
    return Letter(*here, "")


def _place(root: Element, here: tuple[str, str, str]) -> Letter:
    """WeChat gives positions in GCJ-02."""
    lon, lat = gcj.to_wgs(float(text_of(root, "Location_Y")), float(text_of(root, "Location_X")))
    label = text_of(root, "Label")
    return Letter(*here, f"{label} ({lat:.5f}, {lon:.5f})".strip(), round(lon, 6), round(lat, 6))


def reply(letter: Letter, words: str, at: int) -> bytes:
    """Write the answer to a message."""
    content: dict[str, Value] = {
        "ToUserName": letter.sender, "FromUserName": letter.account, "CreateTime": at, "MsgType": "text",
        "Content": words,
    }  # fmt: skip
    return xml.write("xml", content).removeprefix(xml.DECLARATION.encode())

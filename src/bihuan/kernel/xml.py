"""XML as machines exchange it: written from plain values, read without what makes XML dangerous."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NoReturn
from xml.etree import ElementTree  # entities can't be declared where a DOCTYPE is refused
from xml.sax.saxutils import escape

Value = str | int | float | bool | None | Mapping[str, "Value"] | Sequence["Value"]
Element = ElementTree.Element
DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'
# What XML 1.0 has no way to carry, not even escaped.
_UNSAYABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Malformed(ValueError):
    """What came in is not well-formed XML, or declares a document type."""


def write(root: str, content: Value) -> bytes:
    """Return a document, UTF-8 with its declaration.

    Parameters
    ----------
    root : name of the outermost element.
    content : a mapping becomes child elements in its order; a sequence repeats its element; None is empty.
    """
    return (DECLARATION + "".join(_element(root, content))).encode()


def _element(name: str, value: Value) -> Iterator[str]:
    if isinstance(value, Sequence) and not isinstance(value, str):
        for one in value:
            yield from _element(name, one)
        return
    yield f"<{name}>"
    if isinstance(value, Mapping):
        for child, inner in value.items():
            yield from _element(child, inner)
    else:
        yield _text(value)
    yield f"</{name}>"


def _text(value: str | float | None) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return escape(_UNSAYABLE.sub("", str(value)))


def read(body: bytes) -> Element:
    """Return the outermost element.

    Raises
    ------
    Malformed
        when it is not well-formed, or has a DOCTYPE: entities that grow or that fetch files come by those.
    """
    parser = ElementTree.XMLParser(target=_Plain())  # noqa: S314  # _Plain refuses every DOCTYPE
    try:
        parser.feed(body)
        root: Element = parser.close()
    except (ElementTree.ParseError, LookupError, ValueError) as error:
        raise Malformed(str(error)) from None
    return root


class _Plain(ElementTree.TreeBuilder):
    """Builds the tree; refuses a document type."""

    def doctype(self, name: str, pubid: str | None, system: str | None) -> NoReturn:
        raise Malformed("a document type is not taken")


def text_of(element: Element, name: str) -> str:
    """Return the text of a child, without the space around it; nothing where there is no such child."""
    return (element.findtext(name) or "").strip()

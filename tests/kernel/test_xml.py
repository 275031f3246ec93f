"""XML written and read."""

import pytest

from bihuan.kernel import xml

BOMB = b'<!DOCTYPE a [<!ENTITY x "boom"><!ENTITY y "&x;&x;">]><a>&y;</a>'
FETCH = b'<!DOCTYPE a SYSTEM "file:///etc/hostname"><a/>'


def test_a_list_repeats_its_element_and_a_mapping_nests() -> None:
    written = xml.write("services", {"service": [{"code": "a"}, {"code": "b"}]})
    assert written == (
        b'<?xml version="1.0" encoding="utf-8"?>\n'
        b"<services><service><code>a</code></service><service><code>b</code></service></services>"
    )


def test_an_empty_list_leaves_its_parent_empty() -> None:
    assert xml.write("services", {"service": []}).endswith(b"\n<services></services>")


def test_truth_numbers_and_nothing_are_said_as_the_standard_says_them() -> None:
    written = xml.write("a", {"yes": True, "no": False, "none": None, "lat": 27.5, "order": 1})
    assert written.endswith(
        b"<a><yes>true</yes><no>false</no><none></none><lat>27.5</lat><order>1</order></a>"
    )


def test_markup_and_what_xml_cannot_carry_do_not_break_a_document() -> None:
    written = xml.write("a", {"b": "<i>&\x01\ud800 停电\n"})
    assert xml.read(written).findtext("b") == "<i>& 停电\n"


@pytest.mark.parametrize("body", [BOMB, FETCH, b"<a>", b"", b"\xff\xfe", b"no xml"])
def test_what_is_dangerous_or_broken_is_refused(body: bytes) -> None:
    with pytest.raises(xml.Malformed):
        xml.read(body)


def test_a_text_is_read_without_the_space_around_it() -> None:
    root = xml.read(b"<a><b> x\n</b><c/></a>")
    assert (xml.text_of(root, "b"), xml.text_of(root, "c"), xml.text_of(root, "d")) == ("x", "", "")

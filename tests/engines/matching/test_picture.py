from xml.etree import ElementTree

import numpy as np

from bihuan.engines.matching.picture import coverage_picture

SVG = "{http://www.w3.org/2000/svg}"


def test_a_picture_has_a_rising_line_for_each_plan() -> None:
    text = coverage_picture(
        {"before": np.array([0.2, 0.0]), "after": np.array([1.0, 0.5, 0.7])}, "Milk & rice"
    )
    lines = ElementTree.fromstring(text).findall(f"{SVG}polyline")
    assert len(lines) == 2
    heights = [float(point.split(",")[1]) for point in lines[1].attrib["points"].split()]
    assert len(heights) == 3 and heights == sorted(heights, reverse=True)


def test_words_are_escaped() -> None:
    root = ElementTree.fromstring(coverage_picture({"<fair>": np.array([1.0])}, "a < b"))
    assert root.find(f"{SVG}title").text == "a < b"
    assert "<fair>" in [text.text for text in root.findall(f"{SVG}text")]


def test_many_needs_are_drawn_by_a_thousand_points() -> None:
    root = ElementTree.fromstring(coverage_picture({"x": np.linspace(0, 1, 50_000)}, "t"))
    assert len(root.find(f"{SVG}polyline").attrib["points"].split()) <= 1002


def test_no_needs_make_an_empty_picture() -> None:
    assert ElementTree.fromstring(coverage_picture({"x": np.empty(0)}, "t")).tag == f"{SVG}svg"

"""Figures within a page: the drawing stays whole, and its numbers can be read."""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

from dmaic.reports.picture import Picture
from dmaic.reports.report import Figure
from dmaic.reports.web.figure import figure_to_html, image_to_html

SVG = (
    b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg">\n'
    b"<!-- 100 % & \"#1\" 'x' -->\n"
    b'<path d="M 1 2\nL 3 4" style="fill: #d55e00"/>\n</svg>\n'
)


def picture(header: tuple[str, ...] = (), rows: list[tuple[Any, ...]] | None = None) -> Picture:
    figure = Figure("a-1", "", "alt", lambda: None, header, rows or [])  # type: ignore[arg-type,return-value]
    return Picture(figure, SVG, b"", 6.5, 4)


def test_the_drawing_arrives_as_it_was_drawn() -> None:
    image = image_to_html(picture())
    found = re.search(r'src="data:image/svg\+xml;charset=utf-8,([^"]*)"', image)
    assert found is not None
    drawing = ElementTree.fromstring(unquote(unescape(found[1])))
    (path,) = drawing
    assert path.attrib == {"d": "M 1 2 L 3 4", "style": "fill: #d55e00"}
    assert 'width="624" height="384"' in image


def test_numbers_are_written_for_people() -> None:
    rows = [
        ("a", 0.4634194, 1234567, 2317116.4, None, True, 0.0),
        ("", None, 1, 3e-61, None, False, -2.5),
    ]
    header = ("segment", "annual_share", "n", "loss", "empty", "vital_few", "net")
    made = figure_to_html(picture(header, rows), "caption")
    heads = re.findall(r'<th scope="col"[^>]*>([^<]*)</th>', made)
    assert heads == ["Segment", "Annual share", "N", "Loss", "Vital few", "Net"]
    cells = re.findall(r"<t[dh](?: scope=\"row\")?(?: class=\"n\")?>([^<]*)</t[dh]>", made)
    assert cells[-12:] == [
        "a", "0.4634", "1,234,567", "2,317,116", "yes", "0",
        "–", "–", "1", "3e-61", "no", "-2.5",
    ]  # fmt: skip


def test_a_figure_without_numbers_opens_nothing() -> None:
    assert "<details" not in figure_to_html(picture(), "caption")
    assert "<details" not in figure_to_html(picture(("a",), []), "caption")


def test_texts_among_the_numbers_are_text() -> None:
    made = figure_to_html(picture(("<b>x</b>",), [("<script>",)]), "caption")
    assert "<script>" not in made
    assert "<b>" not in made

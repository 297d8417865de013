"""Text of people where it is shown: nothing acts, and every file format may hold it."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from dmaic.text import printable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31mb", r"a\x1b[31mb"),
        ("a\u202eb", r"a\u202eb"),
        ("a\ud800b", r"a\ud800b"),
        ("a\ufffeb\uffff", r"a\ufffeb\uffff"),
        ("a\U0010ffff", r"a\U0010ffff"),
        ("a\U000e0041", r"a\U000e0041"),
        ("one\ntwo\tthree", "one two three"),
        ("\U0001f468\u200d\U0001f469 שלום 数", "\U0001f468\u200d\U0001f469 שלום 数"),
    ],
)
def test_what_acts_or_is_no_character_is_written_out(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_every_character_may_stand_in_xml() -> None:
    every = "".join(map(chr, range(0x20000))) + "\U0010fffe\U0010ffff"
    told = printable(every).translate({ord("<"): "", ord("&"): ""})
    assert ElementTree.fromstring(f"<a>{told}</a>").text == told

"""What differs between two states, in words."""

from __future__ import annotations

from dmaic.project.store.difference import differences


def told(before: dict, after: dict) -> list[tuple[str, str | None, str | None]]:
    return [(each.path, each.before, each.after) for each in differences(before, after)]


def test_plain_fields_are_told_as_people_read_them() -> None:
    assert told({"a": None, "b": 2.0, "c": True, "d": ["x"], "e": 1},
                {"a": "x", "b": 2.5, "c": False, "d": ["x", "y"], "e": 1}) == [
        ("a", "–", "x"), ("b", "2", "2.5"), ("c", "yes", "no"), ("d", "x", "x; y"),
    ]  # fmt: skip


def test_lines_are_followed_by_their_ids() -> None:
    before = {"m": [{"id": "M1", "n": "a"}, {"id": "M2", "n": "b"}, {"id": "M3", "n": "c"}]}
    after = {"m": [{"id": "M3", "n": "c"}, {"id": "M1", "n": "x"}, {"id": "M4", "n": "d"}]}
    assert told(before, after) == [
        ("m.M1.n", "a", "x"), ("m.M2", "n: b", None), ("m.M4", None, "n: d"),
        ("m", "M1, M3", "M3, M1"),
    ]  # fmt: skip


def test_fields_within_fields_and_first_lines() -> None:
    assert told({"f": {"q": 1}}, {"f": {"q": 2, "r": 3}}) == [("f.q", "1", "2"), ("f.r", "–", "3")]
    assert told({"m": []}, {"m": [{"id": "M1", "n": "a"}]}) == [("m.M1", None, "n: a")]
    assert told({}, {"m": [{"id": "M1", "n": ""}]}) == [("m.M1", None, "–")]
    assert told({"t": ["a"]}, {"t": []}) == [("t", "a", "–")]

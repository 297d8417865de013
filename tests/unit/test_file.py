"""Small files from elsewhere."""

from __future__ import annotations

import tracemalloc

import pytest

from dmaic.file import LARGEST_TOML, read_toml


def test_toml_is_read() -> None:
    assert read_toml(b'\xef\xbb\xbfa.b = "x"') == {"a": {"b": "x"}}


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (".".join(["a"] * 20_000).encode() + b" = 1", "it is nested too deeply (at line 1)"),
        (b"\n[" + ".".join(["a"] * 20_000).encode() + b"]", "it is nested too deeply (at line 2)"),
        (b"x = " + b"[" * 50_000, "it is nested too deeply"),
        (b"#" * (LARGEST_TOML + 1), "it is larger than 64 kB"),
        (b"x = \xff", "it is no UTF-8 text"),
    ],
)
def test_toml_past_the_limits_is_refused_before_it_takes_the_memory(
    raw: bytes, reason: str
) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(ValueError, match=r"^it ") as caught:
            read_toml(raw)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert str(caught.value) == reason
    assert peak < 50_000_000

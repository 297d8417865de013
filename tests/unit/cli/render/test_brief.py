from __future__ import annotations

from rich.cells import cell_len

from dmaic.cli.render.brief import cut, shorten, wrapped


def test_cut_counts_cells_and_not_characters() -> None:
    assert cut("abcdef", 6) == "abcdef"
    assert cut("abcdef", 4) == "abc…"
    assert cut("abcdef", 5, "...") == "ab..."
    # A wide character that would fill half a cell too many is left out.
    assert cut("写真家と", 6) == "写真…"
    assert cell_len(cut("写真家と", 6)) == 5
    assert cut("beginning and end", 9, middle=True) == "begi… end"


def test_different_names_stay_different() -> None:
    names = ["a long name that ends in one", "a long name that ends in two", "short"]
    brief = shorten(names, [12] * 3)
    assert brief == ["a long…n one", "a long…n two", "short"]
    inner = ["same start 1 same end", "same start 2 same end"]
    assert shorten(inner, [10, 10]) == ["same st…#1", "same st…#2"]
    assert shorten(["x" * 20, "x" * 20], [8, 8]) == ["xxxx…xxx"] * 2


def test_names_cut_at_different_widths_do_not_only_seem_different() -> None:
    brief = shorten(["estimators at shops", "estimators at shops (trial)"], [12, 10])
    assert brief == ["estima…shops", "estim…ial)"]


def test_a_per_cent_sign_stays_with_its_figure() -> None:
    assert wrapped("rate of 4.45 % in all", 11) == ["rate of", "4.45 % in", "all"]
    assert wrapped("x" * 25, 10) == ["x" * 10, "x" * 10, "x" * 5]
    assert wrapped("", 10) == []

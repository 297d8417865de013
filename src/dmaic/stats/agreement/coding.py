"""Codings: who gave which item which code, counted in the ways that agreement is measured by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

Counts = tuple[int, ...]
"""How often an item was given each code."""


@dataclass(frozen=True, slots=True)
class Codings:
    """All codings of a study. Codes are places in `codes`, raters places in `raters`.

    Attributes:
        items: names of the items, in order.
        raters: names of the raters, in order.
        codes: the codes, in order.
        given: item -> rater -> the codes that the rater gave it, first to last.
        standard: item -> the code that is right; empty without a standard.
    """

    items: tuple[str, ...]
    raters: tuple[str, ...]
    codes: tuple[str, ...]
    given: tuple[Mapping[int, tuple[int, ...]], ...]
    standard: Mapping[int, int]

    @property
    def repeated(self) -> bool:
        """Whether some rater coded some item more than once."""
        return any(len(codes) > 1 for item in self.given for codes in item.values())

    def counts(self) -> list[Counts]:
        """Of each item how often it was given each code, whoever gave it."""
        every = range(len(self.codes))
        found = []
        for item in self.given:
            tally = Counter(code for codes in item.values() for code in codes)
            found.append(tuple(tally[code] for code in every))
        return found

    def full(self) -> list[int]:
        """The items that have as many codes as any: on them all are compared with all."""
        sizes = [sum(map(len, item.values())) for item in self.given]
        most = max(sizes, default=0)
        return [at for at, size in enumerate(sizes) if size == most > 1]

    def table(self, first: int, second: int) -> list[list[int]]:
        """Items by the code of one rater (rows) and of another (columns), coded by both.

        Args:
            first: a rater who coded every item once at most.
            second: another.
        """
        cells = self._empty()
        for item in self.given:
            if first in item and second in item:
                cells[item[first][0]][item[second][0]] += 1
        return cells

    def standard_table(self, rater: int) -> list[list[int]]:
        """Codings of a rater by the code given (rows) and the right one (columns)."""
        cells = self._empty()
        for at, right in self.standard.items():
            for code in self.given[at].get(rater, ()):
                cells[code][right] += 1
        return cells

    def pair_table(self) -> list[list[int]]:
        """Pairs of codings of one item by the codes of both, the same on both sides of the middle.

        A pair of one code stands once, on the diagonal.
        """
        cells = self._empty()
        for counts in self.counts():
            for code, count in enumerate(counts):
                cells[code][code] += count * (count - 1) // 2
            for one, other in combinations(range(len(counts)), 2):
                cells[one][other] += counts[one] * counts[other]
                cells[other][one] += counts[one] * counts[other]
        return cells

    def between(self, items: Iterable[int]) -> int:
        """Items on which all codings are the same."""
        return sum(len(_used(self.given[at].values())) == 1 for at in items)

    def within(self, rater: int) -> tuple[int, int]:
        """Items that a rater coded more than once, and those on which he agreed with himself."""
        own = [item[rater] for item in self.given if len(item.get(rater, ())) > 1]
        return len(own), sum(len(set(codes)) == 1 for codes in own)

    def pair(self, first: int, second: int) -> tuple[int, int]:
        """Items that two raters coded, and those on which all their codings are the same."""
        both = [
            (item[first], item[second]) for item in self.given if first in item and second in item
        ]
        return len(both), sum(len(_used(codes)) == 1 for codes in both)

    def right(self, rater: int | None) -> tuple[int, int]:
        """Items with a standard, and those of them of which every coding is right.

        Args:
            rater: whose codings; None for everybody's.
        """
        seen = agreed = 0
        for at, code in self.standard.items():
            given = [
                codes for who, codes in self.given[at].items() if rater is None or who == rater
            ]
            if given:
                seen += 1
                agreed += _used(given) == {code}
        return seen, agreed

    def _empty(self) -> list[list[int]]:
        return [[0] * len(self.codes) for _ in self.codes]


def _used(codings: Iterable[Sequence[int]]) -> set[int]:
    return {code for codes in codings for code in codes}


@dataclass(frozen=True, slots=True)
class Mixed:
    """Two codes of which one was given where another gave the other.

    Attributes:
        first: a code.
        second: the other.
        pairs: of codings of one item that differ so.
        items: on which that happened.
    """

    first: int
    second: int
    pairs: int
    items: int


def mixed_up(codings: Codings) -> Iterator[Mixed]:
    """The pairs of codes that stand for each other, the most frequent first.

    Args:
        codings: of a study.
    """
    pairs: Counter[tuple[int, int]] = Counter()
    items: Counter[tuple[int, int]] = Counter()
    for counts in codings.counts():
        used = [code for code, count in enumerate(counts) if count]
        for one, other in combinations(used, 2):
            pairs[one, other] += counts[one] * counts[other]
            items[one, other] += 1
    for (one, other), count in sorted(pairs.items(), key=lambda each: (-each[1], each[0])):
        yield Mixed(one, other, count, items[one, other])

"""Rules that tell special causes: sets of them, with Nelson's numbers, and a list of one's own.

Source of the numbers: Nelson, L. S. (1984), The Shewhart control chart: tests for special causes,
Journal of Quality Technology 16(4), 237-239. Western Electric (1956), Statistical Quality Control
Handbook, p. 25-28. Anhøj, J. and Olesen, A. V. (2014), Run charts revisited, PLoS ONE 9(11).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from dmaic.errors import UsageError, suggest
from dmaic.stats.control.part import RuleId, RuleUse
from dmaic.text import printable

RUN, CROSSINGS = "anhoej-run", "anhoej-crossings"

USUAL: Mapping[RuleId, float | None] = MappingProxyType(
    {1: 3, 2: 9, 3: 6, 4: 14, 5: 2, 6: 4, 7: 15, 8: 8}
)
"""K of each rule, as Nelson and Minitab have it."""

SETS: Mapping[str, Mapping[RuleId, float | None]] = MappingProxyType(
    {
        "default": {1: 3, 2: 9},
        "shewhart": {1: 3},
        "western-electric": {1: 3, 2: 8, 5: 2, 6: 4},
        "nelson": {**USUAL},
        "minitab": {**USUAL},
        "anhoej": {RUN: None, CROSSINGS: None},
    }
)
"""Rules of each set, with their K."""

_LEAST = {2: 2, 3: 3, 4: 4, 5: 2, 6: 2, 7: 2, 8: 2}
_MOST = {5: 3, 6: 5}
_ITEM = re.compile(r"([1-8])(?:\s*=\s*(\d+(?:\.\d+)?))?")


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Rules that are applied.

    Attributes:
        name: of the set, or `own`.
        ks: id -> K, lowest first; None for the rules of Anhøj.
    """

    name: str
    ks: Mapping[RuleId, float | None]

    @property
    def width(self) -> float:
        """How many sigma the limits are away from the centre."""
        return float(self.ks.get(1) or 3.0)

    def only(self, allowed: frozenset[RuleId]) -> tuple[RuleSet, tuple[RuleId, ...]]:
        """The rules that have a meaning on a chart, and those left out."""
        kept = {rule: k for rule, k in self.ks.items() if rule in allowed}
        return RuleSet(self.name, kept), tuple(rule for rule in self.ks if rule not in kept)

    def uses(self, chart: str) -> tuple[RuleUse, ...]:
        """The rules as they are applied on a kind of chart, in words."""
        return tuple(
            RuleUse(id=rule, k=k, name=name(rule, k, chart)) for rule, k in self.ks.items()
        )


def parse_rules(said: str, option: str = "--rules") -> RuleSet:
    """A set by its name, or a list such as `1,2=8,5`; both may be mixed: `anhoej,1`.

    Args:
        said: as typed; empty for the default.
        option: that said so, for the message.

    Raises:
        UsageError: `control.rules`.
    """
    words = [word.strip().lower() for word in re.split(r"[,;]", said) if word.strip()]
    if not words:
        return RuleSet("default", SETS["default"])
    if len(words) == 1 and words[0] in SETS:
        return RuleSet(words[0], SETS[words[0]])
    ks: dict[RuleId, float | None] = {}
    for word in words:
        item = _ITEM.fullmatch(word)
        if word in SETS:
            ks.update(SETS[word])
        elif word in (RUN, CROSSINGS):
            ks[word] = None
        elif item:
            number = int(item[1])
            ks[number] = _k(number, item[2], option)
        else:
            raise UsageError(
                f'{option} holds "{printable(word, 40)}", which is no rule and no set of rules.',
                "control.rules",
                suggest(word, [*SETS, RUN, CROSSINGS])
                or f"Sets are {', '.join(SETS)}; or numbers from 1 to 8 with a K: 1,2=8,5.",
            )
    return RuleSet("own", dict(sorted(ks.items(), key=lambda each: order(each[0]))))


def _k(number: int, said: str | None, option: str) -> float:
    if said is None:
        return float(USUAL[number] or 0)
    k = float(said)
    if number == 1:
        if not 1 <= k <= 6:
            raise UsageError(
                f"{option}: rule 1 counts sigma, and {said} is not between 1 and 6.",
                "control.rules",
                "Such as 1=3.",
            )
        return k
    least, most = _LEAST[number], _MOST.get(number, 100)
    if k != int(k) or not least <= k <= most:
        raise UsageError(
            f"{option}: rule {number} counts points, and {said} is no whole number from {least} to "
            f"{most}.",
            "control.rules",
            f"Such as {number}={USUAL[number]:g}.",
        )
    return k


def order(rule: RuleId) -> tuple[int, str]:
    """Lowest number first, then names."""
    return (rule, "") if isinstance(rule, int) else (99, rule)


def name(rule: RuleId, k: float | None, chart: str) -> str:
    """A rule in words, with its figures and its convention.

    Args:
        rule: its number.
        k: how many; None for the rules of Anhøj.
        chart: kind of chart.
    """
    if chart == "cusum":
        return "a sum beyond the decision limit h"
    count = f"{k:g}" if k is not None else ""
    words = {
        1: f"a point beyond the limits ({count} sigma)",
        2: f"{count} points in a row on one side of the centre line",
        3: f"{count} points in a row rising, or falling",
        4: f"{count} points in a row going up and down in turn",
        5: f"{count} of 3 points in a row beyond 2 sigma, on one side",
        6: f"{count} of 5 points in a row beyond 1 sigma, on one side",
        7: f"{count} points in a row within 1 sigma, on either side",
        8: f"{count} points in a row beyond 1 sigma, on either side",
        RUN: "an unusually long run on one side of the centre line (Anhøj)",
        CROSSINGS: "the centre line is crossed unusually seldom (Anhøj)",
    }
    return words[rule]


def conventions(rules: RuleSet, chart: str) -> tuple[str, ...]:
    """How runs are counted where books differ, a sentence each.

    Args:
        rules: those applied.
        chart: kind of chart.
    """
    told = {
        "western-electric": (
            "Western Electric: beyond the limits, 2 of 3, 4 of 5, and 8 points on one side; under "
            "Nelson's numbers 1, 5, 6 and 2."
        ),
        "minitab": "Minitab: tests 1 to 8 with the K its dialogue offers, which are Nelson's.",
    }
    said = [told[rules.name]] if rules.name in told else []
    ks = rules.ks
    if 1 in ks:
        said.append("A point that equals a limit is no signal.")
    if 2 in ks:
        said.append("Rule 2: a point on the centre line ends the run.")
    if chart == "g" and {2, RUN, CROSSINGS} & set(ks):
        said.append(
            "Runs are told about the median, not the centre line: nearly two of three such gaps "
            "are shorter than their mean."
        )
    if ks.get(3):
        said.append(
            f"Rule 3 counts points: {ks[3]:g} points are {(ks[3] or 0) - 1:g} steps; a tie ends "
            "the trend."
        )
    if ks.get(4):
        said.append(f"Rule 4 counts points: {ks[4]:g} points are {(ks[4] or 0) - 1:g} steps.")
    if 5 in ks or 6 in ks:
        said.append("Rules 5 and 6: both sides are counted apart; the last point is one of them.")
    if 8 in ks:
        said.append("Rule 8: points on both sides count together; all on one side count too.")
    if RUN in ks or CROSSINGS in ks:
        said.append(
            "Anhøj: a run is long above log2(n) + 3 points, rounded; crossings are few below the "
            "5 % point of a binomial of n − 1 and one half; points on the centre line are passed "
            "over; about the centre line of this chart."
        )
    if chart == "xmr":
        said.append(
            "A moving range beyond its limit is marked and no signal of its own: chance alone "
            "makes one in a hundred so."
        )
    memory = chart in ("ewma", "cusum")
    said.append(f"{'Sums and weighted means' if memory else 'Runs'} begin anew with each stage.")
    return tuple(said)

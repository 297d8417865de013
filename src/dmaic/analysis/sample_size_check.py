"""What is asked of `sample_size`: which of the designs it is, and do the figures make sense."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any

from dmaic.errors import UsageError
from dmaic.stats.sampling.plan import Design

MOST_ROWS = 60
"""More samples than these are no table but a curve."""

_LARGEST = 10**12

_SURVEY = frozenset({"margin", "population", "confidence", "response_rate", "n"})
_TERMS = frozenset({"power", "alpha", "ratio", "one_sided", "n"})
_FITS: Mapping[Design, frozenset[str]] = {
    "share": _SURVEY | {"share"},
    "mean": _SURVEY | {"deviation"},
    "shares": _TERMS | {"from_rate", "to_rate", "continuity", "one_group"},
    "means": _TERMS | {"difference", "deviation", "one_group"},
    "hazards": _TERMS | {"hazard_ratio", "event_share"},
}
_WORDS: Mapping[Design, str] = {
    "share": "a survey that tells a share",
    "mean": "a survey that tells a mean",
    "shares": "a comparison of two shares",
    "means": "a comparison of two means",
    "hazards": "a comparison of how fast customers leave",
}
_FLAGS = {"from_rate": "--from", "to_rate": "--to"}
_HELP = (
    "A survey: --margin 5%. A pilot: --from 4.8% --to 3.6%. Means: --difference 5 --deviation 25. "
    "How fast they leave: --hazard-ratio 0.7 --event-share 30%."
)


def flag(name: str) -> str:
    """A keyword as its option is typed."""
    return _FLAGS.get(name, "--" + name.replace("_", "-"))


def find_design(given: Mapping[str, Any]) -> Design:
    """Which design is asked for.

    Args:
        given: keyword -> what was said; only what was said.

    Raises:
        UsageError: `usage.sample-size`, nothing tells, or what is said does not fit together.
    """
    if given.keys() & {"hazard_ratio", "event_share"}:
        design: Design = "hazards"
    elif given.keys() & {"from_rate", "to_rate", "continuity"}:
        design = "shares"
    elif "difference" in given or ("deviation" in given and given.keys() & (_TERMS - {"n"})):
        design = "means"
    elif given.keys() & {"margin", "n"}:
        design = "mean" if "deviation" in given else "share"
    else:
        said = f" {flag(next(iter(given)))} alone tells too little." if given else ""
        raise UsageError(f"There is nothing to plan.{said}", "usage.sample-size", _HELP)
    for name in given:
        if name not in _FITS[design]:
            raise UsageError(
                f"{flag(name)} does not belong to {_WORDS[design]}.", "usage.sample-size", _HELP
            )
    _complete(design, given)
    return design


def _complete(design: Design, given: Mapping[str, Any]) -> None:
    """Refuse a question that lacks a figure, or has one too many."""
    lacks, clash = "", ""
    if design in ("share", "mean"):
        if "margin" in given and "n" in given:
            clash = "--margin and --n: each follows from the other."
    elif design == "shares":
        if "from_rate" not in given:
            lacks = "--from, the share of the control group that is lost, such as --from 4.8%"
        elif "to_rate" not in given and "n" not in given:
            lacks = "--to, the share lost in the pilot, or --n, the customers that there are"
    elif design == "means":
        if "deviation" not in given:
            lacks = "--deviation, the standard deviation of the measure, such as --deviation 25"
        elif "difference" not in given and "n" not in given:
            lacks = "--difference, what shall be seen, or --n, the customers that there are"
    elif "event_share" not in given and "n" in given:
        lacks = "--event-share, the share of customers lost while they are watched"
    elif "hazard_ratio" not in given and "n" not in given:
        lacks = "--hazard-ratio, what shall be seen, or --n, the customers that there are"
    effect = given.keys() & {"to_rate", "difference", "hazard_ratio"}
    if not lacks and "power" in given and "n" in given and effect:
        clash = f"--n, {flag(min(effect))} and --power: each follows from the two others."
    if lacks:
        raise UsageError(f"What is missing is {lacks}.", "usage.sample-size", _HELP)
    if clash:
        raise UsageError(f"Too much is said: {clash}", "usage.sample-size", "Leave one out.")


def check_figures(given: Mapping[str, Any]) -> None:
    """Refuse figures that make no sense.

    Args:
        given: keyword -> what was said.

    Raises:
        UsageError: `sample.figure`, names the option and an example.
    """
    for name, (least, most, words, example) in _RANGES.items():
        if name == "margin" and "deviation" in given:
            least, most, words, example = 0, _LARGEST, "more than 0", "3"
        for figure in _figures(given.get(name)):
            # Nothing but a share may be the end of its range.
            inside = least <= figure <= most if name in _CLOSED else least < figure < most
            if not (isfinite(figure) and inside):
                raise _senseless(name, figure, words, example)
    for name in ("population", "n"):
        for figure in _figures(given.get(name)):
            if not (isfinite(figure) and 1 <= figure <= _LARGEST and figure == int(figure)):
                raise _senseless(name, figure, "a whole number, 1 or more", "500")
    _between(given)


_RANGES: Mapping[str, tuple[float, float, str, str]] = {
    "margin": (0, 1, "more than 0 and less than 100 %", "5%"),
    "share": (0, 1, "more than 0 and less than 100 %", "50%"),
    "confidence": (0, 1, "more than 0 and less than 100 %", "95%"),
    "response_rate": (1e-9, 1, "more than 0 and at most 100 %", "4%"),
    "deviation": (0, _LARGEST, "more than 0", "25"),
    "from_rate": (0, 1, "between 0 and 100 %", "4.8%"),
    "to_rate": (0, 1, "between 0 and 100 %", "3.6%"),
    "hazard_ratio": (1e-6, 1e6, "more than 0", "0.7"),
    "event_share": (1e-9, 1, "more than 0 and at most 100 %", "30%"),
    "alpha": (1e-12, 0.5, "more than 0 and at most 50 %", "5%"),
    "power": (0.5, 1 - 1e-12, "at least 50 and below 100 %", "80%"),
    "ratio": (1e-3, 1e3, "between 0.001 and 1000", "1"),
}
"""Keyword -> least and most, in words, and an example."""

_CLOSED = frozenset(
    {"response_rate", "from_rate", "to_rate", "event_share", "alpha", "power", "ratio"}
)


def _figures(given: Any) -> Sequence[float]:  # noqa: ANN401  a figure, several, or None
    if given is None:
        return ()
    return given if isinstance(given, Sequence) else (given,)


def _senseless(name: str, figure: float, words: str, example: str) -> UsageError:
    told = f"{figure:g}" if "%" not in example else f"{100 * figure:g}%"
    return UsageError(
        f"{flag(name)} {told} is not {words}.",
        "sample.figure",
        f"Such as {flag(name)} {example}.",
    )


def _between(given: Mapping[str, Any]) -> None:
    """Refuse figures that make no sense together."""
    sizes, population = given.get("n", ()), given.get("population")
    compared = given.keys() & {"from_rate", "difference", "hazard_ratio", "event_share", "power"}
    problem = ""
    if population is not None and any(n > population for n in sizes):
        problem = f"--n {max(sizes):,} is more than the population of {population:,}."
    elif compared and any(n < 2 for n in sizes):
        problem = "--n 1 is no group that anything could be compared with."
    elif any(not 0 < abs(each) < _LARGEST for each in given.get("difference", ())):
        problem = "--difference 0 is no effect that could be seen."
    elif 1 in given.get("hazard_ratio", ()):
        problem = "--hazard-ratio 1 is no effect that could be seen."
    elif given.get("from_rate") in given.get("to_rate", ()):
        problem = "--from and --to are the same, so there is no effect to be seen."
    elif given.get("one_group") and given.get("from_rate") in (0, 1):
        problem = "--from 0% or 100% with --one-group: one customer would settle it."
    elif given.get("from_rate") == 0 and "to_rate" not in given:
        problem = "--from 0%: where nobody leaves nothing can fall."
    if problem:
        raise UsageError(problem, "sample.figure", _HELP)
    rows = len(sizes or "1")
    for name in ("margin", "to_rate", "difference", "hazard_ratio"):
        rows *= len(given.get(name, "1"))
    if rows > MOST_ROWS:
        raise UsageError(
            f"That would be a table of {rows} samples; at most {MOST_ROWS} are told.",
            "sample.rows",
            "Name fewer effects, or fewer sizes.",
        )

"""The answer of a test in a sponsor's words."""

from __future__ import annotations

from dmaic import number
from dmaic.stats.test.effect import Effect
from dmaic.stats.test.tested import LEVEL, Group, Tested
from dmaic.stats.test.verdict import by_name, typical
from dmaic.text import name_list, printable


def sentence(tested: Tested, subject: str, unit: str, *, many: bool) -> str:
    """What a test comes to: the difference first, then how sure it is.

    Args:
        tested: with its verdict.
        subject: what is compared: `churn`, or the name of a number.
        unit: what is counted, plural.
        many: the p-value was adjusted for other tests.
    """
    p = tested.adjusted if many else tested.p_value
    if tested.overall is None:
        text = _two_numbers(tested, subject, unit) if len(tested.groups) == 2 else _numbers(
            tested, subject
        )  # fmt: skip
    elif tested.test == "cochran-armitage":
        text = _trend(tested)
    elif len(tested.groups) == 2:
        text = _two_rates(tested)
    else:
        text = _rates(tested)
    return f"{text} {_chance(tested, p, unit, many=many)}"


def _chance(tested: Tested, p: float, unit: str, *, many: bool) -> str:
    told = f"p {number.p_value(p)}" + (", adjusted for all columns tested" if many else "")
    if tested.verdict == "differ":
        often = "hardly ever" if p < 0.001 else "seldom"
        return f"Chance alone {often} makes so much ({told})."
    if tested.verdict == "alike":
        return f"That is no more than chance makes ({told}), and too little to matter."
    total = sum(each.count for each in tested.groups)
    text = (
        f"Chance alone could make as much ({told}), and {total:,} {unit} are too few to rule out a "
        "difference that would matter"
    )
    if tested.enough is None or tested.enough <= total:
        return f"{text}."
    return f"{text}; about {_round(tested.enough):,} would tell."


def _round(count: int) -> int:
    """Up to two digits that matter: nobody knows it better."""
    step = int(10 ** max(0, len(str(count)) - 2))
    return -(-count // step) * step


def _two_rates(tested: Tested) -> str:
    first, second = tested.groups
    name = printable(tested.column, 60)
    return (
        f'{_opening(tested, name)}: {_rate(first)} in "{_name(first)}" against {_rate(second)} in '
        f'"{_name(second)}", a difference of {points(tested.effect)}.'
    )


def _rates(tested: Tested) -> str:
    name = printable(tested.column, 60)
    low, high = _farthest(tested)
    spread = typical(tested)
    assert spread is not None
    v = by_name(tested, "Cramer's V")
    assert v is not None
    return (
        f"{_opening(tested, name)}: {high}, {low}. A group typically lies "
        f"{100 * spread[0]:.1f} points{_within(spread[1], spread[2])} from the "
        f"{number.percent(tested.overall)} % of all (Cramer's V {number.ratio(v.value)})."
        + _lone(tested)
    )


def _farthest(tested: Tested) -> tuple[str, str]:
    """The group below the others and the one above them, with their rates.

    Where groups differ they are those that most surely do; a small group may have a rate farther
    off, so it is not called the most then.
    """
    rates = sorted(tested.groups, key=lambda group: (group.rate or 0.0, group.name))
    low, high = rates[0], rates[-1]
    if tested.verdict == "differ":
        sure = sorted(tested.groups, key=lambda group: (group.residual or 0.0, group.name))
        low, high = sure[0], sure[-1]
    least = "lowest" if low.rate == rates[0].rate else "most clearly below the others"
    most = "highest" if high.rate == rates[-1].rate else "most clearly above the others"
    return (
        f'{least} in "{_name(low)}" ({_rate(low)})',
        f'{most} in "{_name(high)}" ({_rate(high)})',
    )


def _lone(tested: Tested) -> str:
    """That single groups are unlike the others although all together are not shown to be."""
    apart = [group.name for group in tested.groups if group.apart]
    if tested.verdict == "differ" or not apart:
        return ""
    return f" Unlike the others by itself, adjusted for all groups: {name_list(apart, 3)}."


def _opening(tested: Tested, name: str) -> str:
    if tested.verdict == "differ":
        return f"Churn differs by {name}"
    if tested.verdict == "alike":
        return f"Churn is as good as the same by {name}"
    return f"Whether churn differs by {name} cannot be told"


def _trend(tested: Tested) -> str:
    name = printable(tested.column, 60)
    slope = tested.effect.value or 0.0
    plain = all(group.score == at for at, group in enumerate(tested.groups, 1))
    each = "from each group to the next" if plain else "for each step of the score"
    step = f"{points(tested.effect)} {each}"
    if tested.verdict == "differ":
        text = f"Churn {'rises' if slope > 0 else 'falls'} with {name}: {step}."
    elif tested.verdict == "alike":
        text = f"Churn neither rises nor falls with {name} to speak of: {step}."
    else:
        text = f"Whether churn rises or falls with {name} cannot be told: {step}."
    departure = tested.departure
    if departure is not None and departure.p_value is not None and departure.p_value < LEVEL:
        text += (
            " But the rates do not lie on a line (departure from it: p "
            f"{number.p_value(departure.p_value)}), so look at the groups themselves."
        )
    return text


def _two_numbers(tested: Tested, subject: str, unit: str) -> str:
    if tested.test not in ("welch", "mann-whitney"):
        return _numbers(tested, subject)
    first, second = tested.groups
    of, against = f'"{_name(first)}"', f'"{_name(second)}"'
    both = f"{of} and {against}"
    if subject == "churn":
        of, against = f"lost {unit}", "those who stayed"
        both = f"Lost {unit} and those who stayed"
    what = printable(tested.column if subject == "churn" else subject, 60)
    if tested.test == "welch":
        text = (
            f"The mean of {of} is {figure(first.mean)}, of {against} {figure(second.mean)}: a "
            f"difference of {figure(tested.effect.value)}{_figures(tested.effect)}."
        )
    else:
        share = tested.effect
        one, other = (f"a lost {unit[:-1]}", "one who stayed") if subject == "churn" else (
            f"one of {of}", f"one of {against}"
        )  # fmt: skip
        text = (
            f"Taken at random, {one} has more of it than {other} in "
            f"{100 * (share.value or 0):.1f} % of all pairs{_within(share.low, share.high)}, ties "
            f"counted half; the medians are {figure(first.median)} and {figure(second.median)}."
        )
    return {
        "differ": f"{both} differ in {what}. ",
        "alike": f"{both} are as good as alike in {what}. ",
        "unclear": f"Whether {both[:1].lower()}{both[1:]} differ in {what} cannot be told. ",
    }[tested.verdict] + text


def _numbers(tested: Tested, subject: str) -> str:
    what = printable(tested.column if subject == "churn" else subject, 60)
    means = tested.test == "welch-anova"
    ranked = sorted(
        tested.groups, key=lambda group: ((group.mean if means else group.mean_rank) or 0.0,
                                          group.name),
    )  # fmt: skip
    low, high = ranked[0], ranked[-1]
    of = "mean" if means else "median"
    first, last = (figure(each.mean if means else each.median) for each in (low, high))
    share = tested.effect
    return _numbers_opening(tested, what) + (
        f'Most in "{_name(high)}" ({of} {last}), least in "{_name(low)}" ({of} {first}); the '
        f"groups explain {100 * (share.value or 0):.1f} %{_within(share.low, share.high)} of the "
        f"variance{'' if means else ' of the ranks'}."
    )


def _numbers_opening(tested: Tested, what: str) -> str:
    if tested.verdict == "differ":
        return f"The groups differ in {what}. "
    if tested.verdict == "alike":
        return f"The groups are as good as alike in {what}. "
    return f"Whether the groups differ in {what} cannot be told. "


def points(effect: Effect) -> str:
    """A difference of rates in percentage points, with its interval.

    Args:
        effect: fractions of one.
    """
    if effect.value is None:
        return number.DASH
    places = 1 if abs(effect.value) >= 0.0095 else 2
    text = f"{100 * effect.value:+.{places}f} points"
    if effect.low is None or effect.high is None:
        return text
    return f"{text} (95 %: {100 * effect.low:+.{places}f} to {100 * effect.high:+.{places}f})"


def _within(low: float | None, high: float | None) -> str:
    return "" if low is None or high is None else f" (95 %: {100 * low:.1f} to {100 * high:.1f})"


def _figures(effect: Effect) -> str:
    if effect.low is None or effect.high is None:
        return ""
    return f" (95 %: {figure(effect.low)} to {figure(effect.high)})"


def figure(value: float | None) -> str:
    """A number of four digits or more that matter: `97.58`, `1,234`, `0.0123`."""
    if value is None:
        return number.DASH
    size = abs(value)
    if size >= 1000 or value == int(value):
        return number.amount(value, places=0)
    places = 2 if size >= 1 else 3 if size >= 0.1 else 4
    text = f"{value:,.{places}f}"
    return text if float(text.replace(",", "")) else f"{value:.3g}"


def _rate(group: Group) -> str:
    return f"{number.percent(group.rate)} %"


def _name(group: Group) -> str:
    return printable(group.name, 40)

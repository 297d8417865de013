"""How options by both views are put into words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dmaic.number import amount, money, percent
from dmaic.text import name_list, printable

if TYPE_CHECKING:
    from dmaic.money.decide import JudgedOption
    from dmaic.money.prospect import Attitude

SOURCE = "Tversky and Kahneman 1992, Journal of Risk and Uncertainty 5, 297-323"

ASSUMPTIONS = (
    "Each amount is a change against today, over the same time for all options; money later is "
    "not discounted here.",
    "The attitude is that of people in experiments, at their medians; your committee may differ "
    "(--loss-aversion, --curvature, --gain-weight, --loss-weight).",
    "Halving the downside leaves the probabilities and the gains as they are; what a pilot costs "
    "and delays is not counted.",
)


def method(attitude: Attitude) -> dict[str, str]:
    """How each figure is made.

    Args:
        attitude: whose parameters are told.
    """
    a, b = attitude.curvature, attitude.loss_aversion
    up, down = attitude.gain_weight, attitude.loss_weight
    return {
        "expected_value": "sum of probability x amount",
        "prospect_value": f"sum of weight x v(amount); v(x) = x^{a:g}, -{b:g} (-x)^{a:g} for a "
        f"loss. Source: {SOURCE}",
        "weight": "w(p) = p^g / (p^g + (1 - p)^g)^(1/g), "
        f"g = {up:g} for gains and {down:g} for losses; of a gain w(chance of it or better) - "
        "w(chance of better), of a loss w(chance of it or worse) - w(chance of worse)",
        "certainty_equivalent": "the amount for sure with the same prospect value, by the inverse "
        "of v",
        "up_down_ratio": "sum of probability x gain / sum of probability x loss; "
        "up_down_ratio_plain is mean gain / mean loss",
        "break_even_gain": "mean gain at which the prospect value is 0, probabilities and losses "
        "as they are",
        "even_odds_ratio": f"({b:g} w-(0.5) / w+(0.5))^(1/{a:g}); the 2:1 beside it is what people "
        "asked for in the experiments (Table 6 of the same)",
    }


def rival(option: JudgedOption, idle: JudgedOption, best: JudgedOption) -> JudgedOption | None:
    """What an option loses against by feeling although its expected value speaks for it, or None.

    Args:
        option: any.
        idle: to do nothing.
        best: first by prospect value.
    """
    if option.idle:
        return None
    better = option.rank_expected_value < idle.rank_expected_value
    if better and option.rank_prospect_value >= idle.rank_prospect_value:
        return idle
    if option.best_expected_value and not option.best_prospect_value:
        return best
    return None


def sentence(
    option: JudgedOption, idle: JudgedOption, other: JudgedOption | None, currency: str | None
) -> str:
    """How both views take one option, and what would change that.

    Args:
        option: any.
        idle: to do nothing.
        other: what it loses against, see `rival`.
        currency: of the money.
    """
    if option.idle:
        return _idle(option, currency)
    value = money(option.expected_value, currency)
    sure = money(option.certainty_equivalent, currency)
    if other is not None and other.idle:
        return (
            f"Worth {value} on expected value; a loss-averse committee will likely refuse it, as "
            f"it feels like {sure} for sure; {_remedy(option, other, currency)}."
        )
    worth = f"Worth {value} on expected value"
    if other is not None:
        return (
            f"{worth}, more than any other; a loss-averse committee will likely choose "
            f"{_name(other)}, as this feels like {sure} for sure and that like "
            f"{money(other.certainty_equivalent, currency)}; {_remedy(option, other, currency)}."
        )
    by_value = option.rank_expected_value - idle.rank_expected_value
    by_feeling = option.rank_prospect_value - idle.rank_prospect_value
    if by_value >= 0 and by_feeling < 0:
        return (
            f"{worth}, no more than doing nothing; yet it feels like {sure} for sure: a small "
            "chance is felt as greater than it is."
        )
    if by_value >= 0:
        return f"{worth} and felt like {sure} for sure: no better than doing nothing by both views."
    first = ""
    if option.best_prospect_value:
        first = "; a loss-averse committee will likely choose it"
        if option.best_expected_value:
            first = "; preferred by both"
    return f"{worth} and felt like {sure} for sure: better than doing nothing by both views{first}."


def _idle(option: JudgedOption, currency: str | None) -> str:
    if option.expected_value == 0 and option.certainty_equivalent == 0:
        return "Nothing is won and nothing lost; the others are held against it."
    return (
        f"Worth {money(option.expected_value, currency)} on expected value and felt like "
        f"{money(option.certainty_equivalent, currency)} for sure; the others are held against it."
    )


def _remedy(option: JudgedOption, other: JudgedOption, currency: str | None) -> str:
    """What halving the downside does, and if that is too little what it takes."""
    halved, gains = option.halved_certainty_equivalent, option.gain_factor
    needed = "no gain in reach would"
    if gains is not None:
        needed = f"every gain would have to be {_times(gains)} times what it is"
    if halved is None:
        return f"there is no downside to halve; {needed}"
    if halved > other.certainty_equivalent:
        return (
            "halving the downside by piloting changes that (it then feels like "
            f"{money(halved, currency)} for sure)"
        )
    told = "halving the downside by piloting does not change that"
    if option.loss_factor:
        least = percent(option.loss_factor)
        return f"{told}: every loss would have to fall to {least} % of what it is, or {needed}"
    return f"{told}, nor does any smaller downside: {needed}"


def odds(options: Sequence[JudgedOption], even: float, rule: float) -> str:
    """What is asked for at even odds, and which options offer less than the rule of thumb.

    Args:
        options: all of them.
        even: gain that a loss of 1 needs at even odds.
        rule: the same as the experiments found it.
    """
    told = (
        f"At even odds a loss of 100 needs a gain of {100 * even:.0f} with these parameters "
        f"({even:.2f}:1); {100 * rule:.0f} ({rule:g}:1) is the rule of thumb of the experiments."
    )
    less = [each.name for each in options if (each.up_down_ratio or rule) < rule]
    more = "offers" if len(less) == 1 else "offer"
    return told + (f" {name_list(less, 5)} {more} less than {rule:g}:1." if less else "")


def _times(factor: float) -> str:
    return amount(factor, places=2 if factor < 100 else 0)


def headline(options: Sequence[JudgedOption], currency: str | None) -> str:
    """The answer.

    Args:
        options: all of them.
        currency: of the money.
    """
    first = [each for each in options if each.best_expected_value]
    felt = [each for each in options if each.best_prospect_value]
    both = [each for each in first if each.best_prospect_value]
    if both:
        best = both[0]
        names = _names(both)
        if best.idle and len(both) == 1:
            return f"Both views prefer {names}: no option is worth more than that."
        return (
            f"Both views prefer {names}: worth {money(best.expected_value, currency)} on expected "
            f"value, and felt like {money(best.certainty_equivalent, currency)} for sure."
        )
    one, other = first[0], felt[0]
    start = f"Expected value prefers {_names(first)}, a loss-averse committee {_names(felt)}. "
    if one.idle:
        return start + f"{_name(other)}: {_lower(other.sentence)}"
    return start + f"{_name(one)}: {_lower(one.sentence)}"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _name(option: JudgedOption) -> str:
    return f'"{printable(option.name, 60)}"'


def _names(options: Sequence[JudgedOption]) -> str:
    return name_list([each.name for each in options], 3)

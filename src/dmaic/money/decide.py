"""Options side by side: what they are worth on average, and to people who feel losses more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dmaic import number
from dmaic.block import Block, Cells, Fields, Heading, Note, Table
from dmaic.money import decide_words as say
from dmaic.money.option import Option
from dmaic.money.prospect import RULE_OF_THUMB, Attitude, Worth, merged, weights, worth
from dmaic.reply import Study
from dmaic.result import Finding, Frozen, Inputs
from dmaic.text import folded, plural, printable

IDLE = "Do nothing"
"""Name of the option that is always there: nothing is won, nothing lost."""

_HUGE = 1e12
"""A factor above this is none that anybody could reach."""

_IDLE_NAMES = frozenset({"do nothing", "doing nothing", "nothing", "status quo"})


class Weighed(Frozen):
    """One outcome of an option.

    Attributes:
        probability: of it.
        amount: won, or lost if negative.
        weight: what the probability counts for, by its rank.
    """

    probability: float
    amount: float
    weight: float


class JudgedOption(Frozen):
    """One option by both views.

    Attributes:
        name: what it is called.
        idle: it is to do nothing; the others are held against it.
        expected_value: probability x amount, added up.
        prospect_value: value x decision weight, added up.
        certainty_equivalent: the amount for sure that is felt to be worth as much.
        rank_expected_value, rank_prospect_value: place by each view; equal ones share a place.
        best_expected_value, best_prospect_value: it has the first place.
        felt_gain, felt_loss: the two parts of the prospect value, both positive.
        up_down_ratio: probability x gain over probability x loss; None without gain or loss.
        up_down_ratio_plain: mean gain over mean loss, whatever their probabilities.
        break_even_gain: mean gain from which on it is felt to be worth more than nothing; None
            without a gain.
        halved_certainty_equivalent: certainty equivalent with every loss halved; None without a
            loss.
        loss_factor: what every loss would have to be multiplied by for it to be felt as good as
            what it loses against; None where it loses against nothing, or no factor does.
        gain_factor: the same for every gain.
        outcomes: worst first, those of one amount together.
        sentence: how both views take it, and what would change that.
        source: where its figures come from, or empty.
    """

    name: str
    idle: bool = False
    expected_value: float
    prospect_value: float
    certainty_equivalent: float
    rank_expected_value: int
    rank_prospect_value: int
    best_expected_value: bool
    best_prospect_value: bool
    felt_gain: float
    felt_loss: float
    up_down_ratio: float | None
    up_down_ratio_plain: float | None
    break_even_gain: float | None
    halved_certainty_equivalent: float | None
    loss_factor: float | None = None
    gain_factor: float | None = None
    outcomes: tuple[Weighed, ...]
    sentence: str = ""
    source: str = ""


class DecideResult(Study):
    """Options by both views.

    Attributes:
        options: in the order given; doing nothing last where nobody gave it.
        preferred_expected_value, preferred_prospect_value: names of what each view puts first.
        agree: the same option is put first by both.
        attitude: how gains, losses and their probabilities are felt.
        even_odds_ratio: gain that a loss of 1 needs at even odds with this attitude.
        rule_of_thumb: the same as the experiments found it.
        currency: of all money, or None where it is not said.
        sentence: the answer.
    """

    kind: str = "decide"
    options: tuple[JudgedOption, ...]
    preferred_expected_value: tuple[str, ...]
    preferred_prospect_value: tuple[str, ...]
    agree: bool
    attitude: Attitude
    even_odds_ratio: float
    rule_of_thumb: float = RULE_OF_THUMB
    currency: str | None = None
    sentence: str

    def answer(self) -> tuple[Block, ...]:
        """The sentence, the options by both views, and a sentence about each."""
        options = self.options
        sources = dict.fromkeys(each.source for each in options if each.source)
        money = [number.money(each.expected_value, self.currency) for each in options]
        sure = [number.money(each.certainty_equivalent, self.currency) for each in options]
        needed = [number.money(each.break_even_gain, self.currency) for each in options]
        digits = 0 if any(abs(each.prospect_value) >= 1000 for each in options) else 2
        return (
            Heading(f"{plural(len(options), 'option')}, by expected value and as they are felt", 1),
            Note(self.sentence, strong=True),
            Table(
                (
                    Cells("Option", tuple(printable(each.name, 60) for each in options), wrap=True),
                    Cells("Expected value", tuple(money), right=True),
                    Cells("Certainty equivalent", tuple(sure), right=True, keep=95),
                    Cells(
                        "Rank",
                        tuple(
                            f"{each.rank_expected_value} / {each.rank_prospect_value}"
                            for each in options
                        ),
                        right=True,
                        keep=80,
                    ),
                    Cells(
                        "Up/down",
                        tuple(number.ratio(each.up_down_ratio) for each in options),
                        right=True,
                        keep=70,
                    ),
                    Cells("Gain needed", tuple(needed), right=True, keep=60),
                    Cells(
                        "Prospect value",
                        tuple(
                            number.amount(each.prospect_value, places=digits) for each in options
                        ),
                        right=True,
                        keep=50,
                    ),
                )
            ),
            Note(
                "Rank: by expected value / by prospect value. Up/down: what may be won over what "
                "may be lost, each times its probability. Gain needed: from there on it is felt to "
                "be worth more than nothing."
            ),
            Note(say.odds(options, self.even_odds_ratio, self.rule_of_thumb)),
            Heading("Each option"),
            Fields(tuple((printable(each.name, 60), each.sentence) for each in options)),
            *(Note(f"Figures: {each}.") for each in sources),
        )

    def records(self) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """One row an option."""
        header = tuple(name for name in JudgedOption.model_fields if name != "outcomes")
        return header, [tuple(getattr(each, name) for name in header) for each in self.options]


def judge(
    options: Sequence[Option],
    attitude: Attitude,
    *,
    currency: str | None = None,
    inputs: Inputs,
    findings: tuple[Finding, ...] = (),
) -> DecideResult:
    """Judge options by expected value and by prospect theory.

    Args:
        options: at least one; doing nothing is added where it is not among them.
        attitude: how gains and losses are felt.
        currency: of all money, or None.
        inputs: what they are from.
        findings: about them.
    """
    every = [*options]
    if not any(_is_idle(each) for each in every):
        every.append(Option(name=IDLE, probability=1.0, gain=0.0, loss=0.0))
    worths = [worth(each.chances, attitude) for each in every]
    by_value = _ranks([each.expected_value for each in worths])
    by_feeling = _ranks([each.certainty_equivalent for each in worths])
    judged = [
        _judged(option, found, attitude, value, feeling)
        for option, found, value, feeling in zip(every, worths, by_value, by_feeling, strict=True)
    ]
    idle = next(each for each in judged if each.idle)
    # Of two that are felt alike, the same one in whatever order they are given.
    best = min((e for e in judged if e.best_prospect_value), key=lambda each: each.name)
    told = tuple(_told(each, idle, best, attitude, currency) for each in judged)
    first = tuple(each.name for each in told if each.best_expected_value)
    felt = tuple(each.name for each in told if each.best_prospect_value)
    return DecideResult(
        options=told,
        preferred_expected_value=first,
        preferred_prospect_value=felt,
        agree=bool({*first} & {*felt}),
        attitude=attitude,
        even_odds_ratio=attitude.even_odds_ratio,
        currency=currency,
        sentence=say.headline(told, currency),
        method=say.method(attitude),
        assumptions=say.ASSUMPTIONS,
        inputs=inputs,
        findings=findings,
    )


def _is_idle(option: Option) -> bool:
    nothing = all(amount == 0 for _, amount in option.chances)
    return nothing or folded(option.name) in _IDLE_NAMES


def _judged(
    option: Option, found: Worth, attitude: Attitude, by_value: int, by_feeling: int
) -> JudgedOption:
    weighted = weights(option.chances, attitude)
    chances = {amount: chance for chance, amount in merged(option.chances)}
    up = [(chance, amount) for amount, chance in chances.items() if amount > 0]
    down = [(chance, -amount) for amount, chance in chances.items() if amount < 0]
    gain, loss = (sum(chance * amount for chance, amount in side) for side in (up, down))
    likely, unlikely = (sum(chance for chance, _ in side) for side in (up, down))
    mean_gain = gain / likely if up else None
    both = bool(up and down)
    needed = _factor(found.felt_loss, found.felt_gain, attitude)
    halved = found.felt_gain - found.felt_loss * 0.5**attitude.curvature
    return JudgedOption(
        name=option.name,
        idle=_is_idle(option),
        **found.model_dump(),
        rank_expected_value=by_value,
        rank_prospect_value=by_feeling,
        best_expected_value=by_value == 1,
        best_prospect_value=by_feeling == 1,
        up_down_ratio=gain / loss if both else None,
        up_down_ratio_plain=(gain / likely) / (loss / unlikely) if both else None,
        break_even_gain=None if needed is None or mean_gain is None else mean_gain * needed,
        halved_certainty_equivalent=attitude.amount(halved) if down else None,
        outcomes=tuple(
            Weighed(probability=chances[amount], amount=amount, weight=each)
            for each, amount in weighted
        ),
        source=option.source,
    )


def _factor(wanted: float, felt: float, attitude: Attitude) -> float | None:
    """What amounts are multiplied by for their value to become what is wanted, or None."""
    if felt <= 0 or wanted < 0:
        return None
    try:
        factor = float((wanted / felt) ** (1 / attitude.curvature))
    except OverflowError:
        return None
    return factor if factor < _HUGE else None


def _ranks(figures: Sequence[float]) -> list[int]:
    """1 for the greatest; figures that differ by rounding alone share a place."""
    slack = 1e-9 * max(map(abs, figures))
    return [1 + sum(other > each + slack for other in figures) for each in figures]


def _told(
    option: JudgedOption,
    idle: JudgedOption,
    best: JudgedOption,
    attitude: Attitude,
    currency: str | None,
) -> JudgedOption:
    """The option with what would have to change, and its sentence."""
    rival = say.rival(option, idle, best)
    if rival is not None:
        target = rival.prospect_value
        update = {
            "loss_factor": _factor(option.felt_gain - target, option.felt_loss, attitude),
            "gain_factor": _factor(target + option.felt_loss, option.felt_gain, attitude),
        }
        option = option.model_copy(update=update)
    return option.model_copy(update={"sentence": say.sentence(option, idle, rival, currency)})

"""Which option is worth it, and would a committee take it: from options, or from a scenario."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from dmaic.errors import Problem, UsageError, refusal
from dmaic.money.option import Option, Outcome, check_options, parse_option
from dmaic.money.prospect import Attitude
from dmaic.result import Inputs
from dmaic.text import printable

if TYPE_CHECKING:
    from dmaic.engines.duckdb import Progress
    from dmaic.money.decide import DecideResult
    from dmaic.money.scenario import Scenario

SWANSON = (0.3, 0.4, 0.3)
"""Weights of P10, P50 and P90 that give the mean of most ranges: Swanson's rule."""

_ATTITUDE = {
    "loss_aversion": "is more than 0 and at most 100; the median of the experiments is 2.25",
    "curvature": "lies between 0.1 and 1; the median of the experiments is 0.88",
    "gain_weight": "lies between 0.28 and 1; the median of the experiments is 0.61",
    "loss_weight": "lies between 0.28 and 1; the median of the experiments is 0.69",
}


def decide(
    source: str | Path | Mapping[str, Any] | Scenario | None = None,
    *,
    options: Sequence[str | Mapping[str, Any] | Option] = (),
    loss_aversion: float | None = None,
    curvature: float | None = None,
    gain_weight: float | None = None,
    loss_weight: float | None = None,
    currency: str | None = None,
    fingerprint: bool = False,
    progress: Progress | None = None,
) -> DecideResult:
    """Set options side by side: expected value, and the value that people feel.

    Args:
        source: path of a scenario with `options`, its content, or None.
        options: further ones: `"NAME:PROBABILITY:GAIN:LOSS"`, mappings, or `Option`.
        loss_aversion: how much more a loss is felt than a gain; 2.25.
        curvature: exponent of the value of money; 0.88.
        gain_weight: exponent of the weight of the chance of a gain; 0.61.
        loss_weight: the same for a loss; 0.69.
        currency: code of the currency of all money.
        fingerprint: taken as by every analysis; all that is computed from is in the result.
        progress: taken as by every analysis; nothing takes long.

    Returns:
        A `DecideResult`.

    Raises:
        DataError: the scenario cannot be read.
        UsageError: there is no option, or one says something impossible (`decide.option`,
            `decide.many`, `decide.twice`, `decide.none`, `decide.attitude`).
    """
    del fingerprint, progress
    from dmaic import __version__
    from dmaic.money.decide import judge

    asked = gather(
        source,
        options,
        {
            "loss_aversion": loss_aversion,
            "curvature": curvature,
            "gain_weight": gain_weight,
            "loss_weight": loss_weight,
        },
        currency,
    )
    return judge(
        [Option.model_validate(each) for each in asked["options"]],
        Attitude(**{name: asked[name] for name in _ATTITUDE if asked[name] is not None}),
        currency=asked["currency"],
        inputs=Inputs(source="the options given", tool_version=__version__),
    )


def gather(
    source: str | Path | Mapping[str, Any] | Scenario | None,
    options: Sequence[str | Mapping[str, Any] | Option],
    attitude: Mapping[str, float | None],
    currency: str | None,
) -> dict[str, Any]:
    """All that is decided from, as keywords of `decide` in plain JSON types.

    Args:
        source: as for `decide`.
        options: as for `decide`.
        attitude: what was said; the scenario's stands for what is None.
        currency: as for `decide`.

    Raises:
        DataError: the scenario cannot be read.
        UsageError: as `decide`.
    """
    scenario = None if source is None else _scenario(source)
    given = [*(scenario.options if scenario else ()), *(_option(each) for each in options)]
    if scenario is not None and not given:
        given = _derived(scenario)
    if not given:
        raise UsageError(
            "There is no option to decide on.",
            "decide.none",
            'Add --option "API:0.8:1500000:-120000" (name, probability of the gain, gain, loss '
            "otherwise), or name a scenario file with options.",
        )
    problems = check_options(given)
    if problems:
        raise UsageError.of(problems)
    felt = dict(attitude)
    if currency is not None and not re.fullmatch(r"[A-Z]{3}", str(currency)):
        raise UsageError(
            f'--currency "{printable(str(currency), 20)}" is no code of a currency.',
            "decide.currency",
            "Such as USD or EUR.",
        )
    said = (*(each.currency for each in given), currency, scenario and scenario.currency)
    codes = sorted({code for code in said if code})
    if len(codes) > 1:
        raise UsageError(
            f"The amounts are in different currencies: {', '.join(codes)}.",
            "decide.currency",
            "Write all of them in one; nothing is converted.",
        )
    if scenario is not None:
        own = scenario.attitude.model_dump(exclude_defaults=True)
        felt = {name: own.get(name) if each is None else each for name, each in felt.items()}
    _check_attitude(felt)
    return {
        "options": [each.content for each in given],
        **felt,
        "currency": codes[0] if codes else None,
    }


def _scenario(source: str | Path | Mapping[str, Any] | Scenario) -> Scenario:
    from dmaic.money.scenario import Scenario, read_scenario

    if isinstance(source, Scenario):
        return source
    if isinstance(source, (str, Path)):
        from dmaic.file import expanded

        return read_scenario(expanded(source))
    try:
        return Scenario.model_validate(dict(source))
    except ValidationError as error:
        raise UsageError.of(_problems(error, "scenario")) from None


def _option(given: str | Mapping[str, Any] | Option) -> Option:
    if isinstance(given, Option):
        return given
    if isinstance(given, str):
        return parse_option(given)
    if not isinstance(given, Mapping):
        raise UsageError(
            f"{printable(str(given), 40)} is no option.",
            "decide.option",
            "An option has a name, and probability, gain and loss, or outcomes.",
        )
    try:
        return Option.model_validate(dict(given))
    except ValidationError as error:
        name = printable(str(given.get("name", "option")), 60)
        raise UsageError.of(_problems(error, name)) from None


def _problems(error: ValidationError, where: str) -> list[Problem]:
    problems = []
    for each in error.errors():
        name = printable(".".join(map(str, each["loc"])), 80)
        said = refusal(each)
        problems.append(
            Problem("decide.option", f"{name}: {said}." if name else f"{said}.", "", where)
        )
    return problems


def _derived(scenario: Scenario) -> list[Option]:
    """Options made of what the simulation of each solution finds."""
    from dmaic.money.baseline import baseline_from
    from dmaic.money.simulate import simulate

    if not scenario.solutions:
        return []
    if scenario.baseline is None:
        raise UsageError(
            "The scenario has solutions but no options, and no baseline in figures to make options "
            "of them.",
            "decide.none",
            "Add options: (name, probability, gain, loss), or baseline: (loss, churn, share).",
        )
    alone = [
        (each.title, scenario.solutions[n : n + 1]) for n, each in enumerate(scenario.solutions)
    ]
    if len(alone) > 1:
        alone.append(("All of them", scenario.solutions))
    found = []
    for name, solutions in alone:
        each = scenario.model_copy(update={"solutions": solutions})
        try:
            baseline = baseline_from(scenario.baseline, each.segments, scenario.currency)
        except KeyError as error:
            raise UsageError(
                f'The baseline has no share of the segment "{printable(str(error.args[0]), 60)}".',
                "decide.none",
                "Add it under shares: of the baseline; or add options:.",
            ) from None
        npv = simulate(baseline, each).npv
        outcomes = zip(SWANSON, (npv.p10, npv.p50, npv.p90), strict=True)
        found.append(
            Option(
                name=name,
                outcomes=tuple(Outcome(probability=p, amount=amount) for p, amount in outcomes),
                source=f"P10, P50 and P90 of the net present value over {scenario.horizon} months "
                f"({each.draws:,} draws, seed {each.seed}), weighted 30, 40 and 30 % (Hurst, Brown "
                "and Swanson 2000, AAPG Bulletin 84, 1883-1891)",
            )
        )
    return found


def _check_attitude(felt: Mapping[str, float | None]) -> None:
    try:
        Attitude(**{name: each for name, each in felt.items() if each is not None})
    except ValidationError as error:
        raise UsageError.of(
            [
                Problem(
                    "decide.attitude",
                    f"--{name.replace('_', '-')} {printable(str(felt[name]), 20)} cannot be: it "
                    f"{_ATTITUDE[name]}.",
                    "Leave it out to take the median.",
                )
                for name in (str(each["loc"][0]) for each in error.errors())
            ]
        ) from None

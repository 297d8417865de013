"""How an estimate is made, in words: each figure's formula, and what is taken as given."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dmaic import number
from dmaic.money import range_word
from dmaic.text import name_list, plural

if TYPE_CHECKING:
    from dmaic.money.baseline import Baseline
    from dmaic.money.recover import RecoverResult
    from dmaic.money.scenario import Scenario
    from dmaic.money.simulation import Drawn


def method(baseline: Baseline, scenario: Scenario) -> dict[str, str]:
    """Figure -> its definition or formula.

    Args:
        baseline: as estimated on.
        scenario: as estimated.
    """
    told: dict[str, str] = {}
    if baseline.known:
        told |= {
            "baseline_annual_loss": "run-rate: 12 x the MRR lost in twelve months "
            "(the MRR lost in the baseline x 12 / its months)",
            "recovered_annual": "run-rate: annual loss of the segment x reduction; of several "
            "solutions on one segment the reduction is 1 - (1 - r1)(1 - r2)...",
            "win_back_annual": "run-rate: annual loss of the segment x share won back; not part "
            "of recovered_annual",
            "overall_churn_after": "churn of all customers x (1 - sum of each segment's share of "
            "the churned x reduction)",
            "saved": "kept(m) = kept(m-1) x (1 - churn x (1 - R(m))) + lost a month x (R(m) + "
            "W(m)); R(m): reduction in month m, after the ramp; W(m): share won back, in the "
            "first 12 months",
            "saved_churn": "of saved customers: the segment's monthly churn"
            if scenario.curve == "constant"
            else "of saved customers: h(t) = alpha / (alpha + beta + t - 1), t the mean age of the "
            "lost and the months since; shifted-beta-geometric (Fader and Hardie 2007)",
            "benefit": "kept(m-1) x MRR of a lost customer x margin: who is saved in a month had "
            "paid for it, and pays from the next month on; known returns as given",
            "lifetime_value": "MRR of the segment's customers x margin / monthly churn",
        }
    told |= {
        "cost": "one-off in the month before a solution begins (month 0 for month 1), running "
        "costs in every month from then on",
        "roi": f"(benefit - cost) / cost over {plural(scenario.horizon, 'month')} of cash",
        "roi_run_rate": "(benefit - cost) / cost of one year at full run-rate; one-off costs and "
        "twelve months of running costs",
        "payback_month": "first month from whose end on the cumulative net stays at or above zero",
        "npv": f"sum of net(m) / (1 + {100 * scenario.discount:.4g} %)^(m/12)",
        "irr": "the yearly discount at which the NPV is zero, where there is exactly one "
        "(Norstrom 1972)",
    }
    return told | range_word.METHOD


def assumptions(baseline: Baseline, scenario: Scenario, drawn: Sequence[Drawn]) -> tuple[str, ...]:
    """What is taken as given, a sentence each.

    Args:
        baseline: as estimated on.
        scenario: as estimated.
        drawn: what was drawn.
    """
    told: list[str] = []
    if baseline.known:
        if baseline.first:
            told.append(
                "Without the solutions each segment goes on losing what it lost in "
                f"{_span(baseline)}."
            )
        else:
            told.append("The figures of the baseline are as they were given, and stay so.")
            given = scenario.baseline
            if given is not None and given.segment_churn is None and scenario.segments:
                told.append(
                    f"Churn in the segments is taken to be the {100 * given.churn:.4g} % of all "
                    "customers, since theirs was not given (--segment-churn): the churn there, how "
                    "long the saved stay, cash, and lifetime value hang on it."
                )
        churn = (
            "go on leaving by the survival curve of their segment (sBG), from the mean age of the "
            "lost on, at the lowered rate"
            if any(baseline.find(name).retention for name in scenario.segments)
            else "churn at the segment's constant (lowered) rate"
        )
        told.append(f"Saved customers pay what the lost ones paid and {churn}.")
        told.append("Nobody buys more or less.")
    if scenario.margin.certain and scenario.margin.likely == 1:
        if baseline.known and scenario.segments:
            told.append(
                "No margin was given, so all revenue counts as benefit: cash, NPV and ROI are at "
                "most this. --margin says what stays after the cost to serve."
            )
    elif scenario.margin.certain:
        told.append(f"Of revenue, {100 * scenario.margin.likely:.4g} % is margin.")
    if any(each.recovers is not None for each in scenario.solutions):
        told.append("Known returns are taken as they were given, after the cost to serve.")
    if any(each.win_back.high for each in scenario.solutions):
        told.append(
            "Win-back is of the customers lost in the year of the baseline; they come back evenly "
            "over the solution's first twelve months, and none after."
        )
    if len(scenario.solutions) > len({each.segment for each in scenario.solutions}):
        told.append("Solutions on one segment work independently of each other.")
    told.append(
        f"The horizon is {plural(scenario.horizon, 'month')}; what customers saved in it pay after "
        "it is not counted."
    )
    if baseline.known:
        told += range_word.assumptions(drawn)
    told.append("No taxes, no inflation, no customers drawn in by better service.")
    return tuple(told)


def _span(baseline: Baseline) -> str:
    if baseline.first == baseline.last:
        return baseline.first
    return f"{baseline.first} to {baseline.last}"


def sentence(result: RecoverResult) -> str:
    """The answer, in one or two sentences.

    Args:
        result: its figures.
    """
    code = result.currency

    def brief(figure: float | None) -> str:
        return number.money(figure, code, brief=True)

    if result.baseline_annual_loss is None:
        text = f"The return given is {brief(result.recovered_annual)} a year."
    else:
        cut = " and ".join(
            f"{100 * each.reduction:.3g} % in {name_list([each.name])}"
            for each in result.segments[:3]
        ) + (f" and {len(result.segments) - 3} more" if len(result.segments) > 3 else "")
        text = (
            f"Cutting churn by {cut} recovers {brief(result.recovered_churn)} a year of the "
            f"{brief(result.baseline_annual_loss)} that churn costs (run-rate"
        )
        if result.recovered_share is not None:
            text += f", {100 * result.recovered_share:.1f} %"
        text += ")"
        text += f", plus {brief(result.win_back_annual)} won back" if result.win_back_annual else ""
        if result.known_annual:
            text += f", plus known returns of {brief(result.known_annual)}"
        before, after = result.overall_churn_before or 0.0, result.overall_churn_after or 0.0
        text += (
            f"; churn of all {result.unit} falls from {100 * before:.3f} % to {100 * after:.3f} % "
            "a month."
            if after < before
            else f"; churn of all {result.unit} stays at {100 * before:.3f} % a month."
        )
    told = range_word.verdict(result.simulation, result.payback_month, result.horizon, code)
    if result.cost:
        told = (
            f"In cash, {brief(result.cost)} over {plural(result.horizon, 'month')} bring "
            f"{brief(result.benefit)}. {told}"
        )
    return f"{text} {told}"

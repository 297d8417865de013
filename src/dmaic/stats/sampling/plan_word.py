"""What is said beside a sample size: formulas, assumptions, and where the formula is stretched."""

from __future__ import annotations

from collections.abc import Iterator

from dmaic import number
from dmaic.result import Finding
from dmaic.stats.sampling.plan import SampleSizeResult, SampleSizeRow
from dmaic.text import plural

USUAL_LEAST = 5.0
"""Customers expected of either kind below which the normal distribution is rough (Cochran)."""


def short(fraction: float | None) -> str:
    """A share as it was typed, without the per cent sign: `4.8`, `50`."""
    return number.DASH if fraction is None else f"{100 * fraction:.10g}"


def method(result: SampleSizeResult) -> dict[str, str]:
    """Each figure's formula and source, by name.

    Args:
        result: what was found.
    """
    told = _survey(result) if result.is_survey else _comparison(result)
    if result.response_rate is not None:
        told["to_ask"] = "answers / response rate, rounded up"
    return told


def _survey(result: SampleSizeResult) -> dict[str, str]:
    finite = result.population is not None
    source = "Cochran 1977, Sampling Techniques, chapter 4"
    if result.design == "share":
        size = "z^2 p (1 - p) / E^2" + (", then n / (1 + (n - 1) / N)" if finite else "")
        margin = "z sqrt(p (1 - p) / n" + (" x (N - n) / (N - 1))" if finite else ")")
    else:
        size = "(z s / E)^2" + (", then n / (1 + n / N)" if finite else "")
        margin = "z s sqrt((1 - n / N) / n)" if finite else "z s / sqrt(n)"
    if result.solved == "n":
        return {"answers": f"{size}, rounded up; {source}"}
    return {"margin": f"{margin}; {source}"}


def _comparison(result: SampleSizeResult) -> dict[str, str]:
    told = {}
    if result.design == "shares":
        corrected = "with" if result.continuity else "without"
        told["customers"] = (
            "n = (z_alpha sqrt(p (1 - p)) + z_beta sqrt(q (1 - q)))^2 / (p - q)^2, one group "
            "against a known share (NIST e-Handbook 7.2.4.2)"
            if result.one_group
            else "n = (z_alpha sqrt((r + 1) m (1 - m) / r) + z_beta sqrt((r p (1 - p) + q (1 - q)) "
            "/ r))^2 / (p - q)^2, m = (p + r q) / (r + 1), r the ratio of the groups (Fleiss, "
            "Levin and Paik 2003, chapter 4)"
        ) + f"; {corrected} continuity correction"
    elif result.design == "means":
        told["customers"] = (
            "least n whose t test has the power, by the noncentral t distribution; one standard "
            "deviation for all (Cohen 1988, chapter 2)"
        )
    else:
        told["losses"] = (
            "D = (z_alpha + z_beta)^2 / (w (1 - w) ln^2 h), w the pilot's part of the customers, "
            "rounded up (Schoenfeld 1981, Biometrika 68)"
        )
        if result.event_share is not None:
            told["customers"] = "D / share lost while they are watched, parted over the groups"
    told["test"] = (
        f"{'two' if result.sides == 2 else 'one'}-sided at alpha {short(result.alpha)} %; power "
        "counts only an effect seen on the side where it is"
    )
    return told


def assumptions(result: SampleSizeResult) -> tuple[str, ...]:
    """What was taken as given, a sentence each.

    Args:
        result: what was found.
    """
    if result.is_survey:
        told = ["Who is asked is drawn at random, and who answers is like who does not: no number "
                "of answers mends that (dmaic survey looks for it)."]  # fmt: skip
        if result.design == "share":
            told.append(
                "Half of the customers would say so, which needs the most answers (--share)."
                if result.share == 0.5
                else f"About {short(result.share)} % of the customers would say so (--share)."
            )
        told.append(
            "There is no end of customers (--population)."
            if result.population is None
            else f"There are {result.population:,} customers."
        )
        return tuple(told)
    told = ["Customers are put into the pilot by chance, and each leaves or stays independently."]
    if result.one_group:
        told = ["What the pilot is compared with is known exactly, and nothing else changes it."]
    told.append("One look, at the end: who looks earlier and stops needs more (dmaic compare).")
    if result.design == "hazards":
        told.append("The ratio of the hazards is the same at every age.")
    if result.design == "means":
        told.append(f"The measure spreads by {result.deviation:g} in every group (--deviation).")
    return tuple(told)


def cautions(result: SampleSizeResult) -> Iterator[Finding]:
    """Where the formula is stretched, or there are not enough customers to ask.

    Args:
        result: what was found.
    """
    few = [count for row in result.rows if (count := _fewest(result, row)) is not None]
    if few and min(few) < USUAL_LEAST:
        yield Finding(
            code="few-expected",
            level="warning",
            message=f"Only {min(few):.1f} customers of one kind are expected in a group, fewer "
            f"than {USUAL_LEAST:.0f}; the formula leans on the normal distribution and is rough "
            "there.",
            hint="Take the size as a least one.",
        )
    most = max((row.to_ask or 0 for row in result.rows), default=0)
    if result.population is not None and most > result.population:
        yield Finding(
            code="too-few-to-ask",
            level="warning",
            message=f"{most:,} would have to be asked, and there are "
            f"{plural(result.population, 'customer')}.",
            hint="Ask all, raise the response (calls, a reminder, a reward), or widen --margin.",
        )
    if any(row.n is None and row.events is None for row in result.rows):
        yield Finding(
            code="no-size",
            level="warning",
            message="For so small an effect, or so narrow a margin, no number of customers is "
            "large enough.",
            hint="Name a greater effect, or a wider margin.",
        )
    if result.solved == "effect" and any(row.effect is None for row in result.rows):
        yield Finding(
            code="no-effect-seen",
            level="warning",
            message="So few customers are not likely to show even the greatest effect there is.",
            hint="Take more customers (--n).",
        )


def _fewest(result: SampleSizeResult, row: SampleSizeRow) -> float | None:
    """Customers of the rarer kind that are expected in a group; None where none are counted."""
    if row.n is None:
        return None
    if result.design == "share" and result.share is not None:
        return row.n * min(result.share, 1 - result.share)
    if result.design != "shares" or row.from_rate is None or row.to_rate is None:
        return None
    after = (row.pilot or row.n) * min(row.to_rate, 1 - row.to_rate)
    if result.one_group:
        return after
    return min(after, row.n * min(row.from_rate, 1 - row.from_rate))

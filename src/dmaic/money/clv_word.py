"""What is said beside a lifetime value: formulas, assumptions, and how far the ways differ."""

from __future__ import annotations

from collections.abc import Iterator

from dmaic import number
from dmaic.money.clv import ClvResult
from dmaic.money.clv_row import ClvRow
from dmaic.money.sbg_fit import DROP
from dmaic.result import Finding
from dmaic.text import name_list, plural

POOR = 0.01
"""Below this p-value the counts are said not to follow the curve."""

FAR = 0.5
"""A greater share of the value than this beyond the last age seen is told."""


def method(result: ClvResult) -> dict[str, str]:
    """Each figure's formula and source, by name.

    Args:
        result: what was found.
    """
    period, row = result.period, result.overall
    given, counted = not result.inputs.rows, row.at_risk is not None
    each = "ARPA x margin x " if row.arpa is not None else ""
    told = {
        "churn": f"customers lost / customers at risk, a {period}, all ages together; 95 % Wilson "
        "interval"
        if counted
        else f"as given, a {period}"
    }
    if row.arpa is not None:
        told["arpa"] = (
            f"as given, a {period}"
            if given
            else f"what a customer pays a {period}: MRR / customers, over all months at risk"
        )
    told["simple"] = (
        f"{each}1 / churn, which is ARPA x margin / churn: the vendors' way; one rate for all, "
        "no discount, no horizon"
        if each
        else "1 / churn: payments at one rate for all, no discount, no horizon"
    )
    last = f", the first {result.horizon:,} of them" if result.horizon else ""
    told["discounted"] = (
        f"{each}sum over k = 0, 1, ... of (1 - churn)^k / (1 + d)^k"
        + ("" if result.horizon else ", which is (1 + d) / (churn + d)")
        + f"; d is {number.percent(result.discount_period)} % a {period}; payments at the start of "
        f"each {period}{last}, the one now due included"
    )
    if row.shape is None:
        return told
    return told | {
        "retention": f"1 - lost / at risk at each {period} of age; customers count at the ages at "
        "which they were in view, so those still there and those who came earlier do not mislead",
        "observed": "product of the retentions up to an age (Kaplan and Meier 1958)",
        "curve": "shifted-beta-geometric (sBG): lost / at risk at age t is alpha / (alpha + beta + "
        "t - 1); S(t) = product over k = 1..t of (beta + k - 1) / (alpha + beta + k - 1) (Fader "
        "and Hardie 2007, J. Interactive Marketing 21(1))",
        "log_likelihood": "sum over ages of lost x ln h + (at risk - lost) x ln(1 - h), h the rate "
        "on the curve; alpha and beta make it greatest",
        "new": f"{each}sum over k = 0, 1, ... of S(k) / (1 + d)^k",
        "existing": f"{each}sum over k = 0, 1, ... of S(n + k) / S(n) / (1 + d)^k for a customer "
        "of age n, on average over those there now (Fader and Hardie 2010, Marketing Science "
        "29(1)); what was paid before is not in it",
        "interval": "95 % profile likelihood of the curve (Wilks 1938)"
        + ("; ARPA, margin and discount are taken as certain" if each else ""),
    }


def assumptions(result: ClvResult) -> tuple[str, ...]:
    """What was taken as given, a sentence each.

    Args:
        result: what was found.
    """
    period, row = result.period, result.overall
    told = []
    if row.arpa is not None:
        told.append(
            "Margin 100 %: the values are revenue, not profit (--margin)."
            if result.margin == 1
            else f"Margin {100 * result.margin:g} % of every payment, as given."
        )
    monthly = f", {number.percent(result.discount_period)} % a month" if period == "month" else ""
    told.append(
        f"Discount {100 * result.discount:g} % a year{monthly} (--discount)."
        if result.discount
        else "No discount: a payment in ten years counts like one of today."
    )
    told.append(
        f"{plural(result.horizon, period)} counted; what comes later is left out."
        if result.horizon
        else f"All {period}s that will ever come are counted (--horizon ends it)."
    )
    if not result.inputs.rows:
        told.append(
            f"A period is a {period} (--period)"
            + (f", and ARPA is what is paid a {period}." if row.arpa is not None else ".")
        )
    if row.arpa is not None:
        told.append(
            "What a customer pays does not change with age; the cost of winning one is not off."
        )
    if row.shape is not None:
        told.append(
            "Customers of every sign-up date leave alike at the same age, and will as they did."
        )
    if result.inputs.rows and row.shape is not None:
        told.append(
            "Ages are calendar months after that of sign-up; the first takes the rest of the month "
            "of sign-up with it."
        )
    return tuple(told)


def shapes(result: ClvResult) -> Iterator[Finding]:
    """Where the rate does not fall with age, does not follow the curve, or is mostly projected.

    Args:
        result: what was found.
    """
    named = [("all customers" if result.rows else "", result.overall)]
    named += [(" / ".join(row.category), row) for row in result.rows]
    for shape in ("rising", "flat", "one-age"):
        names = [name for name, row in named if row.shape == shape]
        if names:
            of = name_list([name for name in names if name], 5)
            # A flat rate in a segment is no trouble; of all customers it is the answer.
            yield _shape(shape, f" of {of}" if of else "", named[0][0] in names)
    row = result.overall
    if row.fit_p is not None and row.fit_p < POOR and row.shape != "rising":
        yield _misfit(result, row.fit_p)
    youngest = next((point.age for point in row.observed if point.at_risk), 1)
    if row.shape is not None and youngest > 1:
        yield Finding(
            code="nobody-young",
            level="warning",
            message=f"Nobody was in view before {result.period} {youngest} of age, so what a new "
            "customer is worth rests on the curve alone.",
            hint="Look at a time in which customers signed up.",
        )
    if row.projected_share is not None and row.projected_share > FAR:
        yield Finding(
            code="mostly-projected",
            level="warning",
            message=f"{100 * row.projected_share:.0f} % of a new customer's value falls after the "
            f"last age seen ({plural(len(row.observed), result.period)}).",
            hint="--horizon counts fewer periods.",
        )


def _misfit(result: ClvResult, p: float) -> Finding:
    off = [
        (abs(point.survived - result.survival[point.age]), point.age)
        for point in result.overall.observed
        if point.survived is not None
    ]
    furthest = (
        f"; it is furthest off after {result.period} {max(off)[1]}, by {100 * max(off)[0]:.1f} "
        "points of survival"
        if off
        else ""
    )
    return Finding(
        code="curve-misfit",
        level="warning",
        message="The counts do not follow the curve at every age (chi-square p "
        f"{number.p_value(p)}){furthest}.",
        hint="With many customers a small misfit shows too. Yearly contracts, a price rise or "
        "segments of very different churn make one: look at --by and at the chart.",
    )


def _shape(shape: str, of: str, overall: bool) -> Finding:
    if shape == "rising":
        return Finding(
            code="rate-rises",
            level="warning",
            message=f"The rate of loss{of} rises with age, and the sBG curve can only fall. The "
            "constant rate is used.",
            hint="Customers leave later than at random: look for contract ends, trials, price "
            "rises.",
        )
    if shape == "flat":
        return Finding(
            code="rate-flat",
            level="warning" if overall else "info",
            message=f"The rate of loss{of} does not fall with age: alpha and beta grow without "
            "end, which is the geometric model. The constant rate is used.",
            hint="One rate does as well here; the curve adds nothing.",
        )
    return Finding(
        code="one-age",
        level="warning",
        message=f"Customers{of} were seen at one age only, which tells nothing of other ages. The "
        "constant rate is used.",
        hint="Look at a longer time.",
    )


def gap(result: ClvResult) -> Finding | None:
    """How far the simple way is from that of survival, and why; None where there is no curve.

    Args:
        result: what was found.
    """
    row = result.overall
    if row.shape is None or row.payments_simple is None:
        return None
    priced = row.arpa is not None
    simple, flat = _pick(row, "simple", priced), _pick(row, "discounted", priced)
    new, existing = _pick(row, "new", priced), _pick(row, "existing", priced)
    if simple is None:
        return None

    def show(figure: float) -> str:
        return result.money(figure) if priced else f"{figure:,.1f} payments"

    told = f"ARPA x margin / churn gives {show(simple)}" if priced else (
        f"1 / churn gives {show(simple)}")  # fmt: skip
    if new is None:
        return Finding(
            code="constant-rate",
            level="warning",
            message=f"{told}; from survival and without discount the value of a new customer has "
            "no end, because some customers all but never leave (alpha is 1 or less).",
            hint="Give a --discount or a --horizon.",
        )
    told += f"; from survival a new customer is worth {show(new)} ({_off(row, 'new')})"
    if existing is not None:
        told += f" and one who is there now {show(existing)} ({_off(row, 'existing')})"
    if flat is not None and row.model == "sbg":
        told += f". Discounting alone makes it {show(flat)}; the rest is " + (
            "that one rate for all misjudges who stays: new customers leave faster than the "
            "average, old ones more slowly"
            if _falls(row)
            else "the curve, though these counts do not rule out one rate for all"
        )
    elif flat is not None:
        told += ". The difference is the discount"
    far = max(abs(_ratio(row, name) - 1) for name in ("new", "existing"))
    return Finding(
        code="constant-rate",
        level="warning" if far >= 0.05 else "info",
        message=f"{told}.",
        hint="A new customer's value is what winning one may cost, an existing one's what keeping "
        "one may cost.",
    )


def _falls(row: ClvRow) -> bool:
    """The counts rule out, at 95 %, that one rate holds at every age (likelihood ratio)."""
    if row.log_likelihood is None or row.log_likelihood_constant is None:
        return False
    return row.log_likelihood - row.log_likelihood_constant > DROP


def _pick(row: ClvRow, name: str, priced: bool) -> float | None:
    figure: float | None = getattr(row, name if priced else f"payments_{name}")
    return figure


def _ratio(row: ClvRow, name: str) -> float:
    """Of payments, which do not vanish where a customer pays nothing; 1 where there are none."""
    payments: float | None = getattr(row, f"payments_{name}")
    return payments / row.payments_simple if payments and row.payments_simple else 1.0


def _off(row: ClvRow, name: str) -> str:
    part = 100 * (_ratio(row, name) - 1)
    if abs(part) < 0.5:
        return "the same"
    return f"{abs(part):,.0f} % {'more' if part > 0 else 'less'}"

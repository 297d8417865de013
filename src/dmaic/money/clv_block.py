"""How a lifetime value is shown: the sentence that answers, and the tables."""

from __future__ import annotations

from collections.abc import Iterator

from dmaic import number
from dmaic.block import Block, Cells, Fields, Heading, Note, Table
from dmaic.money.clv import ClvResult
from dmaic.money.clv_row import ClvRow
from dmaic.text import plural

MILESTONES = (1, 2, 3, 6, 9, 12, 18, 24, 36, 48, 60, 84, 120)
"""Ages that are shown where there are too many to show all."""

ALL_AGES = 12
"""So many ages are all shown."""


def blocks(result: ClvResult) -> tuple[Block, ...]:
    """The sentence, what a customer is worth by each way, segments, and retention by age."""
    told: list[Block] = [
        Heading("Lifetime value of a customer", 1, aside=_aside(result)),
        Note(headline(result), strong=True),
        Fields(tuple(_rates(result))),
        _ways(result),
    ]
    if result.rows:
        told.append(_segments(result))
    if result.overall.model is not None and result.overall.shape is not None:
        told += [Heading("The curve of retention"), Fields(tuple(_model(result)))]
        told.append(_ages(result))
    return tuple(told)


def _aside(result: ClvResult) -> str:
    return f"{result.first} to {result.last}" if result.first else ""


def _range(result: ClvResult, row: ClvRow, name: str, *, money: bool) -> str:
    prefix = "" if money else "payments_"
    low = getattr(row, f"{prefix}{name}_low")
    high = getattr(row, f"{prefix}{name}_high")
    if low is None:
        return number.DASH
    if not money:
        return f"{low:,.1f}–{'no end' if high is None else f'{high:,.1f}'}"
    return f"{result.money(low)}–{'no end' if high is None else result.money(high)}"


def _rates(result: ClvResult) -> Iterator[tuple[str, str]]:
    """What the ways of reckoning start from, and what all customers are worth together."""
    row = result.overall
    if row.churn is not None:
        told = f"{number.percent(row.churn)} %"
        if row.at_risk is not None and row.lost is not None:
            told += (
                f" (95 % interval {number.percent(row.churn_low)}–{number.percent(row.churn_high)}"
                "): "
                f"{row.lost:,.0f} lost in {row.at_risk:,.0f} customer-{result.period}s"
            )
        yield f"churn a {result.period}", told
    if row.arpa is not None:
        price = _exact(row.arpa, result.currency)
        other = result.currency if result.currency != "USD" else None
        yield f"ARPA, a {result.period}", f"{price} {other}" if other else price
    if row.base_value is not None and row.customers:
        worth = number.money(row.base_value, result.currency, brief=True)
        yield (
            "customer base",
            f"{plural(row.customers, result.unit[:-1], result.unit)} now, "
            + (f"together worth {worth}"),
        )


def _ways(result: ClvResult) -> Table:
    row, priced = result.overall, result.overall.arpa is not None
    ways = [("ARPA x margin / churn (the vendors' way)" if priced else "1 / churn", "simple"),
            ("constant rate, discounted", "discounted")]  # fmt: skip
    if row.shape is not None:
        ways.append((f"{_curve_name(result)}: a new customer", "new"))
        if row.payments_existing is not None or row.customers:
            ways.append((f"{_curve_name(result)}: an existing one", "existing"))
    names = tuple(title for title, _ in ways)
    payments = tuple(_figure(getattr(row, f"payments_{name}")) for _, name in ways)
    columns = [
        Cells("way of reckoning", names, wrap=True),
        Cells("payments", payments, right=True, keep=60),
    ]
    if priced:
        worth = tuple(
            result.money(getattr(row, name))
            if getattr(row, f"payments_{name}") is not None
            else "no end"
            for _, name in ways
        )
        columns.append(Cells("value", worth, right=True))
    ranges = tuple(
        _range(result, row, name, money=priced) if name in ("new", "existing") else number.DASH
        for _, name in ways
    )
    columns.append(Cells("95 % interval", ranges, right=True, keep=80))
    return Table(tuple(columns), title=_terms(result))


def _curve_name(result: ClvResult) -> str:
    return "survival (sBG)" if result.overall.model == "sbg" else "survival (constant)"


def _terms(result: ClvResult) -> str:
    what = "revenue, margin 100 %" if result.margin == 1 else f"margin {_share(result.margin)}"
    until = f", {plural(result.horizon, result.period)} counted" if result.horizon else ""
    return f"Worth of a customer ({what}; discount {_share(result.discount)} a year{until})"


def _segments(result: ClvResult) -> Table:
    rows = result.rows
    priced = result.overall.arpa is not None
    pre = "" if priced else "payments_"

    def show(row: ClvRow, name: str) -> str:
        figure = getattr(row, f"{pre}{name}")
        if figure is None:
            known = row.model is not None or name in ("simple", "discounted")
            return "no end" if known and row.churn and row.shape else number.DASH
        return result.money(figure) if priced else _figure(figure)

    def cells(title: str, name: str, keep: int) -> Cells:
        return Cells(title, tuple(show(row, name) for row in rows), right=True, keep=keep)

    columns = [
        Cells(", ".join(result.by), tuple(" / ".join(row.category) for row in rows), wrap=True),
        Cells(f"{result.unit} now", tuple(f"{row.customers:,}" for row in rows), right=True,
              keep=20),
        Cells("churn %", tuple(number.percent(row.churn) for row in rows), right=True, keep=90),
    ]  # fmt: skip
    if priced:
        arpa = tuple(_exact(row.arpa, result.currency) for row in rows)
        columns.append(Cells("ARPA", arpa, right=True, keep=70))
    columns += [
        cells("simple", "simple", 85),
        cells("constant", "discounted", 40),
        cells("new", "new", 95),
        Cells("95 %", tuple(_range(result, row, "new", money=priced) for row in rows), right=True,
              keep=50),
        cells("existing", "existing", 95),
        Cells("alpha", tuple(_decimal(row.alpha) for row in rows), right=True, keep=10),
        Cells("beta", tuple(_decimal(row.beta) for row in rows), right=True, keep=10),
    ]  # fmt: skip
    return Table(tuple(columns), title=f"By {', '.join(result.by)}")


def _model(result: ClvResult) -> Iterator[tuple[str, str]]:
    row = result.overall
    if row.alpha is not None and row.beta is not None:
        yield "alpha", _with_error(row.alpha, row.alpha_error)
        yield "beta", _with_error(row.beta, row.beta_error)
    else:
        yield "rate", f"{number.percent(row.churn)} % at every age ({row.shape})"
    if row.log_likelihood is not None:
        told = f"{row.log_likelihood:,.1f}"
        if row.model == "sbg":
            told += f" (constant rate: {row.log_likelihood_constant:,.1f})"
        yield "log-likelihood", told
    if row.fit_p is not None:
        yield "agreement with the counts", f"chi-square p {number.p_value(row.fit_p)}"
    half = "above 1,200" if row.median_lifetime is None else f"{row.median_lifetime:,}"
    yield "median lifetime", f"{half} {result.period}s"
    yield (
        "mean lifetime",
        (
            f"{row.mean_lifetime:,.1f} {result.period}s, undiscounted"
            if row.mean_lifetime is not None
            else "has no end: with alpha of 1 or less some customers all but never leave"
        ),
    )
    if row.projected_share is not None:
        yield (
            "projected",
            f"{100 * row.projected_share:.0f} % of a new customer's value falls after "
            f"{result.period} {len(row.observed)}, the last age seen",
        )


def _ages(result: ClvResult) -> Table:
    seen = len(result.overall.observed)
    last = len(result.survival) - 1
    if seen <= ALL_AGES:
        ages = (*range(1, seen + 1), *(age for age in MILESTONES if seen < age <= last))
    else:
        ages = tuple(age for age in MILESTONES if age <= last)
    rows = list(result.retention(ages))

    def column(title: str, at: int, *, share: bool = True, keep: int = 100) -> Cells:
        texts = tuple(
            number.DASH if row[at] is None else f"{100 * row[at]:.1f}" if share
            else f"{row[at]:,.0f}"
            for row in rows
        )  # fmt: skip
        return Cells(title, texts, right=True, keep=keep)

    name = "sBG %" if result.overall.model == "sbg" else "curve %"
    return Table(
        (
            Cells(f"after {result.period}", tuple(str(row[0]) for row in rows), right=True),
            column("at risk", 1, share=False, keep=50),
            column("lost", 2, share=False, keep=50),
            column("stayed %", 3, keep=60),
            column("observed %", 4),
            column(name, 5),
            column("constant %", 6, keep=80),
        ),
        title="Customers left",
    )


def headline(result: ClvResult) -> str:
    """The answer in one sentence.

    Args:
        result: what was found.
    """
    row = result.overall
    if row.arpa is None:
        if row.shape is None:
            return f"At a constant rate a customer makes {_figure(row.payments_simple)} payments."
        age = min(12, len(result.survival) - 1)
        half = (
            f"half of the customers are lost by {result.period} {row.median_lifetime}"
            if row.median_lifetime is not None
            else "half of the customers outlive all periods looked at"
        )
        return (
            f"{100 * result.survival[age]:.1f} % of new customers outlive {result.period} {age}; "
            f"{half}."
        )
    simple = result.money(row.simple)
    if row.shape is None:
        if row.discounted is None:
            return "Nobody was lost, so what a customer is worth cannot be told."
        return (
            f"A customer is worth {simple} the simple way, ARPA x margin / churn; "
            f"{result.money(row.discounted)} with later payments discounted"
            + (f", over {plural(result.horizon, result.period)}." if result.horizon else ".")
        )
    if row.new is None:
        return (
            "Without discount or horizon the value of a customer has no end, because some all but "
            f"never leave; the simple way says {simple}."
        )
    text = f"A new customer is worth {result.money(row.new)}"
    text += f" ({_range(result, row, 'new', money=True)})"
    if row.existing is not None:
        text += f" and one who is there now {result.money(row.existing)}"
    return f"{text}; the simple way says {simple}."


def _share(figure: float) -> str:
    return f"{100 * figure:g} %"


def _figure(figure: float | None) -> str:
    return "no end" if figure is None else f"{figure:,.1f}"


def _decimal(figure: float | None) -> str:
    return number.DASH if figure is None else f"{figure:,.3f}"


def _with_error(figure: float, error: float | None) -> str:
    return f"{figure:,.3f}" + ("" if error is None else f" (standard error {error:,.3f})")


def _exact(figure: float | None, currency: str | None) -> str:
    """A price, with its two decimals."""
    return number.amount(figure, places=2, prefix="$" if currency == "USD" else "")

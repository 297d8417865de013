"""What churn costs, in words and tables."""

from __future__ import annotations

from dmaic import number
from dmaic.block import Block, Cells, Fields, Heading, Note, Table
from dmaic.money.churn_word import MOST, span, unshown
from dmaic.money.cost import YEAR, CostResult
from dmaic.text import plural, printable


def answer(result: CostResult) -> tuple[Block, ...]:
    """The sentence that answers, and what each category costs.

    Args:
        result: what is told.
    """
    by = f" by {', '.join(printable(name, 40) for name in result.by)}" if result.by else ""
    blocks: list[Block] = [
        Heading(f"Cost of churn{by}", 1, aside=f"{result.first_month} to {result.last_month}"),
        Note(_sentence(result), strong=True),
        Fields(tuple(_figures(result))),
    ]
    if result.segments:
        blocks += [_segments(result), *unshown(len(result.segments))]
    return tuple(blocks)


def methods(result: CostResult) -> dict[str, str]:
    """Figure -> its formula.

    Args:
        result: whose months and definition are told.
    """
    scaled = "" if result.months == YEAR else f" x 12 / {result.months}"
    cash = "sum of MRR lost in month k x (12 - k + 1/2), k = 1 to 12: mid-period convention"
    if result.months != YEAR:
        cash = (
            "72 x the mean MRR lost a month: an even loss stays away for 12 - k + 1/2 months in "
            "each month k of 12 (mid-period convention), 72 together"
        )
    told = {
        "annual_loss": f"12 x MRR lost in {plural(result.months, 'month')}{scaled}: run-rate, what "
        "the customers lost would have paid in a year",
        "cash_loss": cash,
        "monthly_churn": "customers lost / customers at risk, pooled over the months; Wilson 95 %",
        "arpa": "MRR / customers, both at the start of each month and added up over the months",
        "definition": f"{result.definition.name}: {result.definition.title}",
    }
    if result.annual_low is not None:
        told["interval"] = (
            "12 x (MRR lost +- 1.96 sqrt(sum of the squares of the lost customers' MRRs))"
            f"{scaled}: compound Poisson, 95 % (Klugman, Panjer and Willmot 2012)"
        )
    if result.margin is not None:
        told["margin"] = f"loss x {100 * result.margin:g} % margin"
    return told


def assumptions(result: CostResult) -> tuple[str, ...]:
    """What was taken as given, a sentence each.

    Args:
        result: whose months are told.
    """
    told = [
        "Run-rate is not cash: the annualised loss is what a year's lost customers would pay in a "
        "whole year, the cash loss what is missing from the accounts of the year itself.",
        "Nobody who left would have left later anyway, paid less, or come back.",
    ]
    if result.months != YEAR:
        told.append(
            f"The {plural(result.months, 'month')} looked at stand for a year: the loss goes on "
            "evenly."
        )
    return tuple(told)


def _sentence(result: CostResult) -> str:
    loss = number.money(result.annual_loss, result.currency)
    cash = number.money(result.cash_loss, result.currency)
    text = (
        f"Churn costs {loss} of annual revenue as run-rate, and {cash} in cash within the year: "
        f"{plural(result.customers_lost, result.unit[:-1], result.unit)} lost"
    )
    text += f" in {plural(result.months, 'month')}"
    if result.monthly_churn is not None:
        text += f", {number.percent(result.monthly_churn)} % a month"
    text += "."
    if len(result.segments) > 1 and result.segments[0].share:
        first = result.segments[0]
        text += (
            f" {number.percent(first.share)} % of it, "
            f"{number.money(first.annual_loss, result.currency)}, is {printable(first.name, 60)}."
        )
    return text


def _figures(result: CostResult) -> list[tuple[str, str]]:
    currency = result.currency
    between = "" if result.annual_low is None else (
        f" (95 %: {number.money(result.annual_low, currency)} to "
        f"{number.money(result.annual_high, currency)})"
    )  # fmt: skip
    rows = [
        ("Annual loss (run-rate)", number.money(result.annual_loss, currency) + between),
        ("Cash lost in the year", number.money(result.cash_loss, currency)),
    ]
    if result.margin is not None:
        rows += [
            (f"At a margin of {100 * result.margin:g} %",
             f"{number.money(result.annual_margin_loss, currency)} run-rate, "
             f"{number.money(result.cash_margin_loss, currency)} cash"),
        ]  # fmt: skip
    window = f"{result.first_month} to {result.last_month}, {plural(result.months, 'month')}"
    if result.months != YEAR:
        window += f"; scaled by 12 / {result.months} to a year"
    rows += [
        ("Window", window),
        ("MRR lost in it", number.money(result.mrr_lost, currency)),
        (f"{result.unit.capitalize()} lost", f"{result.customers_lost:,}"),
        ("Logo churn a month", f"{number.percent(result.monthly_churn)} % "
                               f"({span(result.churn_low, result.churn_high)})"),
        ("ARPA", f"{number.money(result.arpa, currency)} a month; of the lost "
                 f"{number.money(result.arpa_lost, currency)}"),
        ("Contraction on top", "not in this export" if result.annual_contraction is None
         else f"{number.money(result.annual_contraction, currency)} a year, run-rate"),
    ]  # fmt: skip
    return rows


def _segments(result: CostResult) -> Table:
    lines = [*result.segments[:MOST], result.whole]
    losses = [each.annual_loss for each in lines]
    places = number.places(losses, money=True)

    def cells(title: str, texts: list[str], keep: int) -> Cells:
        return Cells(title, tuple(texts), right=True, keep=keep)

    def money(figures: list[float | None]) -> list[str]:
        return [number.amount(each, places=places) for each in figures]

    arpas = [each.arpa for each in lines]
    arpa_places = number.places(arpas, money=True) if any(arpas) else 0
    columns = [
        Cells(" / ".join(result.by), tuple(each.name for each in lines)),
        cells("annual loss", money([*losses]), 100),
        cells("share %", [number.percent(each.share) for each in lines], 95),
        cells("lost", [f"{each.customers_lost:,}" for each in lines], 90),
        cells("churn %", [number.percent(each.monthly_churn) for each in lines], 85),
        cells("cash", money([each.cash_loss for each in lines]), 80),
        cells("ARPA", [number.amount(each, places=arpa_places) for each in arpas], 75),
        cells("low", money([each.annual_low for each in lines]), 60),
        cells("high", money([each.annual_high for each in lines]), 59),
        cells("churn 95 %", [span(each.churn_low, each.churn_high) for each in lines], 50),
    ]
    if result.margin is not None:
        columns.insert(3, cells("margin", money([each.annual_margin_loss for each in lines]), 88))
    money_name = f", {result.currency}" if result.currency else ""
    return Table(tuple(columns), title=f"A year by {', '.join(result.by)}{money_name}")

"""A churn result in words and tables."""

from __future__ import annotations

from collections.abc import Sequence

from dmaic import number
from dmaic.block import Block, Cells, Fields, Heading, Note, Table
from dmaic.money.churn import ChurnResult, Figures
from dmaic.text import plural, printable

ABSENT = "not in this export"

MOST = 40
"""Categories that a table shows; files hold all of them."""


def answer(result: ChurnResult) -> tuple[Block, ...]:
    """The sentence that answers, the tables, and what churn means here.

    Args:
        result: what is told.
    """
    by = f" by {', '.join(printable(name, 40) for name in result.by)}" if result.by else ""
    aside = f"definition: {result.definition.name}" if result.period else "no dates"
    blocks: list[Block] = [
        Heading(f"Churn{by}", 1, aside=aside),
        Note(_sentence(result), strong=True),
        Fields(tuple(_rates(result))),
    ]
    if result.periods:
        blocks.append(_customers(result))
    if result.periods and result.value_name:
        blocks.append(_revenue(result))
    if result.segments:
        blocks += [_segments(result), *unshown(len(result.segments))]
    if result.definitions:
        blocks += _compared(result)
    told = tuple(row for row in result.definition_in_words.items() if row[1])
    return (*blocks, Heading("What churn means here"), Fields(told))


def _sentence(result: ChurnResult) -> str:
    whole, unit = result.overall, result.unit
    if whole.logo_churn is None:
        return f"No {unit} were there to be lost, so there is no rate."
    rate = f"{number.percent(whole.logo_churn)} %"
    spread = f"95 % interval {span(whole.logo_low, whole.logo_high)} %"
    if result.period is None:
        text = (
            f"{rate} of the {unit} in this export are lost ({whole.lost:,} of "
            f"{whole.customers_start:,}; {spread}). It has no dates: this is no monthly rate."
        )
        if result.churn_per_customer_month is not None:
            text += (
                f" For each of the {result.customer_months or 0:,.0f} months that they have been "
                f"{unit} it is {number.percent(result.churn_per_customer_month)} %."
            )
        return text
    at_risk = f"{whole.at_risk:,.0f}" if whole.at_risk == int(whole.at_risk) else (
        f"{whole.at_risk:,.1f}"
    )  # fmt: skip
    if len(result.periods) > 1:
        at_risk += f" {unit[:-1]}-{result.period}s"
    text = f"{rate} of the {unit} are lost a {result.period} ({whole.lost:,} of {at_risk}"
    text += f"; {spread})" if whole.logo_low is not None else ")"
    if whole.annualised_logo_churn is not None and result.period != "year":
        text += f"; if it stays so, {number.percent(whole.annualised_logo_churn)} % a year"
    return text + "."


def _rates(result: ChurnResult) -> list[tuple[str, str]]:
    whole = result.overall
    rows = []
    if result.periods:
        rows.append(("Logo churn, pooled", _percent(whole.logo_churn, whole.logo_low,
                                                     whole.logo_high)))  # fmt: skip
        told = [each for each in result.periods if each.logo_churn is not None] or result.periods
        many = plural(len(told), result.period or "")
        rows.append((f"Mean of {many}", _percent(result.mean_logo_churn)))
        if whole.annualised_logo_churn is not None and result.period != "year":
            rows.append(("In a year", f"{_percent(whole.annualised_logo_churn)}, if it stays so"))
    else:
        rows.append(("Lost of all rows", _percent(whole.logo_churn, whole.logo_low,
                                                   whole.logo_high)))  # fmt: skip
        if result.churn_per_customer_month is not None:
            low, high = result.exposure_low, result.exposure_high
            rows.append(("Lost per customer-month",
                         _percent(result.churn_per_customer_month, low, high)))  # fmt: skip
    if whole.passing:
        within = f"{whole.passing:,} within one {result.period}, {_counted(result)}"
        rows.append(("New and churned", within))
    if not result.value_name:
        return [*rows, ("Revenue churn", "no column tells what is paid (--value COL)")]
    if result.period is None:
        lost = _percent(whole.mrr_churn)
        return [
            *rows,
            ("What they paid, of all", lost),
            ("ARPA", _money(whole.arpa, result.currency)),
        ]
    only = whole.mrr_contraction is None
    least = f" (lost {result.unit} only: contraction is {ABSENT})" if only else ""
    at_most = f" (at most: contraction is {ABSENT})" if only else ""
    gross = _percent(whole.gross_revenue_churn)
    if whole.gross_revenue_churn == whole.mrr_churn:
        gross = _percent(whole.gross_revenue_churn, whole.mrr_low, whole.mrr_high)
    known = whole.gross_revenue_churn is not None
    rows.append(("Gross revenue churn", gross + least if known else ABSENT))
    if not only:
        rows.append(("MRR churn by cancellation",
                     _percent(whole.mrr_churn, whole.mrr_low, whole.mrr_high)))  # fmt: skip
    return [
        *rows,
        ("Net revenue churn", _known(whole.net_revenue_churn)),
        (f"GRR a {result.period}", _known(whole.grr) + at_most),
        (f"NRR a {result.period}", _known(whole.nrr)),
        ("Contraction", _amount(whole.mrr_contraction, result.currency)),
        ("Expansion", _amount(whole.mrr_expansion, result.currency)),
        # Where an export has one row a customer, nobody can be seen to come back.
        (
            "Reactivation",
            _amount(
                whole.mrr_reactivated if whole.mrr_reactivated or not only else None,
                result.currency,
            ),
        ),
        ("ARPA", f"{_money(whole.arpa, result.currency)} a month"),
    ]


def _counted(result: ChurnResult) -> str:
    counted = result.definition.new_and_churned == "counted"
    return "counted as churned" if counted else "left out of the rate"


def _customers(result: ChurnResult) -> Table:
    lines: list[Figures] = [*result.periods]
    if len(lines) > 1:
        lines.append(result.overall)
    back = any(each.reactivated for each in lines)
    come = any(each.passing for each in lines)
    columns = [
        Cells((result.period or "").capitalize(), tuple(each.name for each in lines)),
        _count("start", [each.customers_start for each in lines], 90),
        _count("new", [each.new for each in lines], 70),
        _count("churned", [each.churned for each in lines], 95),
        *([_count("back", [each.reactivated for each in lines], 60)] if back else []),
        *([_count("within", [each.passing for each in lines], 50)] if come else []),
        _count("end", [each.customers_end for each in lines], 65),
        _cells("churn %", [number.percent(each.logo_churn) for each in lines], 100),
        _cells("95 %", [span(each.logo_low, each.logo_high) for each in lines], 80),
    ]
    return Table(tuple(columns), title=result.unit.capitalize())


def _revenue(result: ChurnResult) -> Table:
    lines: list[Figures] = [*result.periods]
    if len(lines) > 1:
        lines.append(result.overall)
    whole = result.overall
    moves = [
        ("new", [each.mrr_new for each in lines], 60, True),
        ("churned", [each.mrr_churned for each in lines], 95, True),
        ("contraction", [each.mrr_contraction for each in lines], 75,
         whole.mrr_contraction is not None),
        ("expansion", [each.mrr_expansion for each in lines], 74, whole.mrr_expansion is not None),
        ("back", [each.mrr_reactivated for each in lines], 55, bool(whole.mrr_reactivated)),
        ("end", [each.mrr_end for each in lines], 58, True),
    ]  # fmt: skip
    columns = [
        Cells((result.period or "").capitalize(), tuple(each.name for each in lines)),
        _sum("start", [each.mrr_start for each in lines], 90),
        *(_sum(title, column, keep) for title, column, keep, shown in moves if shown),
        _cells("gross %", [number.percent(each.gross_revenue_churn) for each in lines], 100),
    ]
    if whole.net_revenue_churn is not None:
        columns.append(
            _cells("net %", [number.percent(each.net_revenue_churn) for each in lines], 98)
        )
    columns.append(_cells("95 %", [span(each.mrr_low, each.mrr_high) for each in lines], 40))
    money = f", {result.currency}" if result.currency else ""
    return Table(tuple(columns), title=f"MRR ({printable(result.value_name or '', 60)}{money})")


def _segments(result: ChurnResult) -> Table:
    shown = result.segments[:MOST]
    lines: Sequence[Figures] = [*shown, result.overall]
    shares = [*(each.share for each in shown), 1.0 if result.overall.lost else None]
    over = "all rows" if result.period is None else "at risk"
    columns = [
        Cells(" / ".join(result.by) or "Category", tuple(each.name for each in lines)),
        _cells(over, [f"{each.at_risk:,.0f}" for each in lines], 80),
        _count("churned", [each.lost for each in lines], 95),
        _cells("share %", [number.percent(share) for share in shares], 85),
        _cells("churn %", [number.percent(each.logo_churn) for each in lines], 100),
        _cells("95 %", [span(each.logo_low, each.logo_high) for each in lines], 90),
    ]
    if result.churn_per_customer_month is not None:
        rates = [*(each.churn_per_customer_month for each in shown),
                 result.churn_per_customer_month]  # fmt: skip
        columns.append(_cells("per month %", [number.percent(rate) for rate in rates], 88))
    if result.value_name and result.period is not None:
        columns.append(_sum("MRR churned", [each.mrr_lost for each in lines], 75))
        columns.append(
            _cells("gross %", [number.percent(each.gross_revenue_churn) for each in lines], 78)
        )
    return Table(tuple(columns), title="By " + ", ".join(result.by))


def _compared(result: ChurnResult) -> list[Block]:
    lines = result.definitions
    figures = [each.overall for each in lines]
    columns = [
        Cells("Definition", tuple(each.definition.name for each in lines)),
        _count("lost", [each.lost for each in figures], 90),
        _cells("over", [f"{each.at_risk:,.0f}" for each in figures], 85),
        _cells("churn %", [number.percent(each.logo_churn) for each in figures], 100),
        _cells("mean %", [number.percent(each.mean_logo_churn) for each in lines], 80),
    ]
    if result.value_name:
        gross = [number.percent(each.gross_revenue_churn) for each in figures]
        net = [number.percent(each.net_revenue_churn) for each in figures]
        columns += [_cells("gross %", gross, 95), _cells("net %", net, 94)]
    told = tuple(
        (
            each.definition.name,
            "; ".join(f"{label.lower()}: {_low(text)}" for label, text in each.differs.items())
            or ("what the others are compared with" if at == 0 else "settles all as our own does"),
        )
        for at, each in enumerate(lines)
    )
    told_alike = (
        [Note("Nothing in this export is counted in another way by any of them.")]
        if len({(each.lost, each.at_risk, each.net_revenue_churn) for each in figures}) == 1
        else []
    )
    return [
        Table(tuple(columns), title="The same export by each definition"),
        *told_alike,
        Heading("What makes them differ"),
        Fields(told),
    ]


def unshown(count: int) -> list[Block]:
    """What is said of categories that a table does not show.

    Args:
        count: of all categories.
    """
    if count <= MOST:
        return []
    more = plural(count - MOST, "category", "categories")
    return [Note(f"{more} with less are not shown; -o FILE.csv and --json hold all.")]


def span(low: float | None, high: float | None) -> str:
    """Both ends of an interval in per cent, `2.13–2.26`."""
    if low is None or high is None:
        return number.DASH
    return f"{number.percent(low)}–{number.percent(high)}"


def _low(text: str) -> str:
    return text[:1].lower() + text[1:]


def _percent(rate: float | None, low: float | None = None, high: float | None = None) -> str:
    if rate is None:
        return number.DASH
    within = f" ({span(low, high)})" if low is not None else ""
    return f"{number.percent(rate)} %{within}"


def _known(rate: float | None) -> str:
    return ABSENT if rate is None else f"{number.percent(rate)} %"


def _amount(figure: float | None, currency: str | None) -> str:
    return ABSENT if figure is None else number.money(figure, currency)


def _money(figure: float | None, currency: str | None) -> str:
    return number.money(figure, currency)


def _cells(title: str, texts: Sequence[str], keep: int) -> Cells:
    return Cells(title, tuple(texts), right=True, keep=keep)


def _count(title: str, counts: Sequence[int], keep: int) -> Cells:
    return _cells(title, [f"{count:,}" for count in counts], keep)


def _sum(title: str, figures: Sequence[float | None], keep: int) -> Cells:
    known = [each for each in figures if each is not None]
    # Cents matter in small sums alone.
    places = number.places(known, money=True) if known and max(map(abs, known)) < 1000 else 0
    return _cells(title, [number.amount(each, places=places) for each in figures], keep)

"""Make the sample data of the worked case: the same bytes on every machine.

Run `python sample_data/generate.py [--out DIR]`. `worked_case.py` holds the figures that are set,
`market.py` lets the customers sign up and churn, and the exports are written here.
"""

from __future__ import annotations

import argparse
import csv
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

from market import Customer, Draw, first_customers, hit_the_loss, in_month, live_a_year, number
from worked_case import (
    AFTER,
    BEFORE,
    CALLS,
    CODED,
    CODERS,
    PRIORITIES,
    RATINGS,
    REASONS,
    SEED,
    TIMERS,
    TOPICS,
    UNCLEAR,
    WON_BACK_A_MONTH,
)


def export_rows(customers: Iterable[Customer]) -> list[dict[str, object]]:
    """The billing export: one row a customer."""
    return [
        {
            "customer_id": f"C{c.number}",
            "signup_date": c.signed_up,
            "segment": c.segment,
            "plan": c.plan,
            "seats": c.seats,
            "region": c.region,
            "mrr": f"{c.mrr}.00",
            "currency": "USD",
            "churned": "Yes" if c.churned else "No",
            "churn_date": c.churned or "",
        }
        for c in customers
    ]


def monthly_rows(customers: Sequence[Customer], year: int) -> list[dict[str, object]]:
    """What the export adds up to, month by month."""
    rows: list[dict[str, object]] = []
    for month in range(1, 13):
        first = date(year, month, 1)
        last = date(year, month, monthrange(year, month)[1])
        start = [c for c in customers if c.signed_up < first <= (c.churned or date.max)]
        gone = [c for c in start if c.churned and c.churned <= last]
        rows.append(
            {
                "month": f"{year}-{month:02d}",
                "customers_start": len(start),
                "new_customers": sum(first <= c.signed_up <= last for c in customers),
                "churned_customers": len(gone),
                "mrr_start": f"{sum(c.mrr for c in start)}.00",
                "mrr_lost": f"{sum(c.mrr for c in gone)}.00",
            }
        )
    return rows


def survey_rows(draw: Draw, customers: Iterable[Customer]) -> list[dict[str, object]]:
    """The exit survey: one in 25 answers; the causes among estimators are mended in `AFTER`."""
    churned = [c for c in customers if c.churned]
    answered: set[int] = set()
    while len(answered) < (len(churned) + 12) // 25:
        answered.add(draw.below(len(churned)))
    rows: list[dict[str, object]] = []
    for i in sorted(answered):
        c = churned[i]
        side = c.side if c.churned and c.churned.year == BEFORE else 1
        group, reason = draw.pick({key: weight[side] for key, weight in REASONS.items()})
        rows.append(
            {
                "customer_id": f"C{c.number}",
                "answered_on": (c.churned or date.max) + timedelta(days=draw.below(15)),
                "reason_group": group,
                "reason": reason,
                "service_rating": draw.pick(RATINGS),
            }
        )
    return rows


def coding_rows(draw: Draw, answers: Sequence[Mapping[str, object]]) -> list[dict[str, object]]:
    """Two people sort the same answers under the reason groups; some reasons are unclear."""
    groups = sorted({group for group, _ in REASONS})
    rows: list[dict[str, object]] = []
    for at, answer in enumerate(answers[:CODED], start=1):
        for coder, slips in CODERS.items():
            code = str(answer["reason_group"])
            other, often = UNCLEAR.get(str(answer["reason"]), ("", 0))
            if coder == "Robin" and draw.below(100) < often:
                code = other
            elif draw.below(100) < slips:
                code = groups[draw.below(len(groups))]
            rows.append({"answer": f"A{at:03d}", "coder": coder, "reason_group": code})
    return rows


def timing_rows(draw: Draw) -> list[dict[str, object]]:
    """Three people time the same recorded calls twice each, in minutes."""
    rows: list[dict[str, object]] = []
    for turn in (1, 2):
        for person, (bias, spread) in TIMERS.items():
            for at, tenths in enumerate(CALLS, start=1):
                slip = draw.below(spread) - draw.below(spread)
                minutes = (tenths + bias + slip) / 10
                rows.append(
                    {"call": f"Call {at}", "person": person, "turn": turn, "minutes": minutes}
                )
    return rows


def ticket_rows(draw: Draw, customers: Iterable[Customer], year: int) -> list[dict[str, object]]:
    """Support tickets, answered first come, first served; in `AFTER` estimators by triage."""
    found = []
    for c in customers:
        first = max(c.signed_up, date(year, 1, 1))
        days = ((c.churned or date(year, 12, 31)) - first).days
        chance = 10 + 12 * (c.signed_up.year == year) + 14 * (c.churned is not None)
        while days > 0 and draw.below(100) < chance:
            opened = first + timedelta(days=draw.below(days))
            found.append((opened, draw.below(24 * 60), c))
            chance //= 2
    rows: list[dict[str, object]] = []
    for i, (opened, minute, c) in enumerate(sorted(found, key=lambda t: (t[0], t[1], t[2].number))):
        side = c.side if year == BEFORE else 1
        triage = year == AFTER and c.side == 0
        slow = draw.random() * draw.random()
        tenths = 5 + int(60 * slow) if triage else 240 + int(960 * slow)
        rows.append(
            {
                "ticket_id": f"T{year % 100}{i + 1:05d}",
                "customer_id": f"C{c.number}",
                "opened_at": f"{opened} {minute // 60:02d}:{minute % 60:02d}",
                "channel": "E-mail",
                "queue": "Estimators" if triage else "General",
                "topic": draw.pick({key: weight[side] for key, weight in TOPICS.items()}),
                "priority": draw.pick(PRIORITIES),
                "first_response_hours": f"{tenths // 10}.{tenths % 10}",
            }
        )
    return rows


def returning_rows(draw: Draw, gone: Sequence[Customer]) -> list[dict[str, object]]:
    """Estimators lost in `BEFORE` who came back in `AFTER`, worth `WON_BACK_A_MONTH`."""
    left, back = WON_BACK_A_MONTH, []
    pool = [c for c in gone if c.side == 0]
    while left > 9:
        c = pool[draw.below(len(pool))]
        if c not in back and (c.mrr <= left - 200 or abs(left - c.mrr) <= 9):
            back.append(c)
            left -= c.mrr
    return [
        {
            "customer_id": f"C{c.number}",
            "segment": c.segment,
            "churn_date": c.churned,
            "returned_on": in_month(draw, AFTER, 2 + draw.below(11)),
            "plan": c.plan,
            "seats": c.seats,
            "mrr": f"{c.mrr}.00",
            "currency": "USD",
        }
        for c in sorted(back, key=lambda c: c.number)
    ]


def kept_rows(lost: Mapping[int, Sequence[Customer]]) -> list[dict[str, object]]:
    """What the fix brought in each month: MRR lost since January in `BEFORE`, less in `AFTER`."""
    kept, rows = 0, []
    for month in range(1, 13):
        before, after = (
            sum(c.mrr for c in lost[year] if c.churned and c.churned.month == month)
            for year in (BEFORE, AFTER)
        )
        kept += before - after
        rows.append({"month": f"{AFTER}-{month:02d}", "amount": kept})
    return rows


def back_rows(returning: Sequence[Mapping[str, object]]) -> list[dict[str, object]]:
    """MRR of those who had come back by the end of each month."""
    months = [f"{AFTER}-{month:02d}" for month in range(1, 13)]
    return [
        {
            "month": month,
            "amount": sum(
                int(float(str(row["mrr"])))
                for row in returning
                if str(row["returned_on"])[:7] <= month
            ),
        }
        for month in months
    ]


def write(path: Path, rows: Sequence[Mapping[str, object]]) -> None:
    """Write the rows as CSV: UTF-8, commas, LF."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def generate(out: Path) -> None:
    """Write every file of the sample data under the folder `out`."""
    draw = Draw(SEED)
    customers = first_customers(draw)
    gone: list[Customer] = []
    lost: dict[int, list[Customer]] = {}
    for year, folder in ((BEFORE, out), (AFTER, out / "after")):
        live_a_year(draw, customers, year)
        hit_the_loss(draw, customers, year)
        number(draw, customers, max(100_000, *(c.number for c in [*gone, *customers])))
        write(folder / "churn_export.csv", export_rows(customers))
        write(folder / "monthly_summary.csv", monthly_rows(customers, year))
        answers = survey_rows(draw, customers)
        write(folder / "exit_survey.csv", answers)
        if year == BEFORE:
            # Of its own draws, so that whatever is drawn later stays.
            write(out / "reason_codes.csv", coding_rows(Draw(SEED + 1), answers))
            write(out / "call_times.csv", timing_rows(Draw(SEED + 2)))
        write(folder / "support_tickets.csv", ticket_rows(draw, customers, year))
        if year == AFTER:
            returning = returning_rows(draw, gone)
            write(folder / "returning_customers.csv", returning)
            write(out / "demo" / "benefit_returning.csv", back_rows(returning))
        gone = lost[year] = [c for c in customers if c.churned]
        customers = [c for c in customers if not c.churned]
    write(out / "demo" / "benefit_estimators.csv", kept_rows(lost))


def main() -> None:
    """Command line: `generate.py [--out DIR]`."""
    parser = argparse.ArgumentParser(description="Make the sample data of the worked case.")
    here = Path(__file__).resolve().parent
    parser.add_argument("--out", type=Path, default=here, help="folder to write to")
    generate(parser.parse_args().out)


if __name__ == "__main__":
    main()

"""`drivers`: what goes with churn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Literal, Unpack

from dmaic.analysis.drivers_age import read_ages, unequal
from dmaic.analysis.drivers_column import Candidate, candidates
from dmaic.analysis.drivers_fact import Facts, leaks, look_at, sort_out
from dmaic.analysis.drivers_level import variable
from dmaic.analysis.drivers_question import Choice, DriversQuestion, check_question, parse_reference
from dmaic.analysis.drivers_read import incomplete, load, patterns, totals
from dmaic.analysis.evidence import Evidence, weigh
from dmaic.analysis.question import ParetoQuestion
from dmaic.analysis.said import Said, opening, refuse_empty
from dmaic.analysis.scan import Plan, resolved, scan
from dmaic.churn import check
from dmaic.churn.export import open_export
from dmaic.churn.loss import Part
from dmaic.errors import DataError, UsageError, suggest
from dmaic.result import Finding
from dmaic.stats.drivers.drivers import Asked, find_drivers
from dmaic.stats.drivers.pattern import Variable
from dmaic.stats.drivers.result import DriversResult, LeftOut
from dmaic.text import name_list, plural, printable

if TYPE_CHECKING:
    from dmaic.churn.table import ChurnTable
    from dmaic.engines.duckdb import Progress

Chosen = list[tuple[int, Variable, Facts, list[str]]]


def drivers(
    source: object,
    *,
    terms: str | Sequence[str] = (),
    without: str | Sequence[str] = (),
    reference: str | Sequence[str] = (),
    model: Choice = "auto",
    bounds: Literal["wald", "profile"] = "wald",
    seed: int = 1,
    count: str | None = None,
    within: str | None = None,
    where: str | None = None,
    since: str | None = None,
    until: str | None = None,
    accept: Sequence[str] = (),
    fingerprint: bool = True,
    progress: Progress | None = None,
    **said: Unpack[Said],
) -> DriversResult:
    """Find what goes with churn, by logistic regression or by Cox regression.

    Args:
        source: a path, `-` for standard input, several paths, a glob, or a pandas, Polars or
            Arrow frame.
        terms: columns to look at; bands and periods as in `pareto`'s `by`. Left out: all columns
            that may go with churn.
        without: columns to leave out.
        reference: `column=level` pairs: the level that the others are compared with; by default
            the `no` of a yes and no, else the one with the most customers.
        model: `logistic`, whether customers are lost; `cox`, when; `auto`: `cox` where a column of
            tenure was named (`tenure=`) and is no term, else `logistic`.
        bounds: `wald` or `profile` likelihood intervals, of logistic regression.
        seed: of the drawing of cross-validation.
        count: column that says how many customers a row stands for.
        within: SQL condition over the columns: the part of the customers that is looked into.
        where: the same; both must hold.
        since: first churn date looked at (`2025-12-31`, `2025-12`, `2025`).
        until: last churn date looked at, included.
        accept: codes of blocking findings to go on with.
        fingerprint: put the SHA-256 of the source into the result.
        progress: called with a fraction, or None where unknown, while a long scan runs.
        **said: reading options, roles and preset; see `dmaic.analysis.said.Said`.

    Raises:
        ReadError: the source cannot be read as a table.
        DataError: it cannot be analysed so, or no model fits it.
        UsageError: the arguments do not fit together or do not fit the columns.
    """
    question = DriversQuestion(
        terms=_several(terms),
        without=_several(without),
        reference=_several(reference),
        model=model,
        bounds=bounds,
        seed=seed,
        count=count,
        where=where,
        within=within,
        since=since,
        until=until,
        accept=tuple(accept),
    )
    refuse_empty({"where": where, "within": within, "since": since, "until": until, "count": count})
    check_question(question)
    with open_export(source, opening(**said), progress=progress) as table:
        return _drivers(table, question, fingerprint)


def _several(words: str | Sequence[str]) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words)


def _drivers(table: ChurnTable, question: DriversQuestion, fingerprint: bool) -> DriversResult:
    _check_conditions(table, question)
    clock, why = _model(table, question)
    evidence, plan = _look(table, question, clock=clock)
    weight, weighed = _weight(table, question)
    every, left, unread = _candidates(table, question, plan, clock=clock)
    ages, span, late = read_ages(table, question, plan) if clock else (None, None, [])
    uneven = None if clock else unequal(table, plan)
    late += [uneven] if uneven is not None else []
    load(table, every, plan.window.churned.sql, plan.window.where, weight, ages)
    rows, lost = totals(table)
    if not rows:
        raise DataError("No rows are left to look at.", "drivers.no-rows", where=table.source.name)
    chosen, folded, more = _variables(table, question, every, rows, lost)
    left += more
    if not chosen:
        raise DataError(
            "No column may go with churn"
            + (
                f": {'; '.join(f'{each.name} {each.reason}' for each in left[:6])}."
                if left
                else "."
            ),
            "drivers.no-terms",
            "Name the columns to look at: --term COL.",
            table.source.name,
        )
    dropped, blank = incomplete(table, chosen, evidence.unit)
    found = [*evidence.findings, *unread, *weighed, *late, *leaks(left)]
    found += [blank] if blank is not None else []
    findings = check.settle(found, question.accept)
    inputs = evidence.inputs(table, fingerprint)
    if span is not None:
        inputs = inputs.model_copy(update={"filters": (*inputs.filters, span)})
    asked = Asked(
        clock=clock,
        chosen=why,
        bounds=question.bounds,
        seed=question.seed,
        unit=evidence.unit,
        rows_left_out=dropped,
        left_out=tuple(left),
        folded=folded,
    )
    return find_drivers(patterns(table, chosen, clock=clock), asked, inputs, findings)


def _check_conditions(table: ChurnTable, question: DriversQuestion) -> None:
    """Refuse each condition under the name of its own option."""
    from dmaic.churn.condition import parse_condition

    for option, text in (("--where", question.where), ("--within", question.within)):
        if text is not None:
            parse_condition(
                text, table.names, table.resolve, roles=table.roles.names(), option=option
            )


def _model(table: ChurnTable, question: DriversQuestion) -> tuple[bool, str]:
    """Whether time is looked at, and why."""
    if question.model == "cox":
        return True, "Cox regression, as asked"
    if question.model == "logistic":
        return False, "logistic regression, as asked"
    tenure = table.roles.get("tenure")
    named = {each.casefold() for each in question.terms}
    if tenure is not None and "tenure" in table.chosen and tenure.name.casefold() not in named:
        return True, f'Cox regression, since --tenure names "{printable(tenure.name, 60)}"'
    return False, "logistic regression: whether customers are lost, not when (--model cox)"


def _look(table: ChurnTable, question: DriversQuestion, *, clock: bool) -> tuple[Evidence, Plan]:
    """The rows looked at, and what is wrong with them; every analysis of exports finds the same."""
    asked = ParetoQuestion(
        where=question.condition,
        since=None if clock else question.since,
        until=None if clock else question.until,
        accept=question.accept,
    )
    plan, tally, findings = scan(table, asked, priced=False)
    evidence = weigh(table, asked, plan, tally, findings)
    if not any(not group.lost for group in tally.known):
        raise DataError(
            f"All that was read are lost customers ({plural(evidence.rows, 'row')}), so nothing "
            "can tell them from those who stay.",
            "drivers.one-outcome",
            "Export the customers who are still there as well.",
            table.source.name,
        )
    return evidence, plan


def _weight(table: ChurnTable, question: DriversQuestion) -> tuple[str, list[Finding]]:
    """SQL of how many customers a row stands for."""
    if question.count is None:
        return "1", []
    column = table.column(question.count, "--count")
    reading = table.reading(column, "number")
    ((odd, huge),) = table.whole.select(
        f"count(*) FILTER ({reading.sql} < 0 OR {reading.sql} <> trunc({reading.sql})),"
        f" coalesce(sum(abs({reading.sql})), 0) > 1e9"
    )
    if odd or huge:
        raise DataError(
            f'"{printable(column.name, 60)}" holds figures that are no counts of customers.',
            "drivers.count",
            "Whole numbers, none negative, a thousand million together at most.",
            f"--count {printable(column.name, 60)}",
        )
    part = Part(reading.sql, reading.misfit, column, "number", reading.label, reading.suspect)
    return f"coalesce({reading.sql}, 0)", list(_misfits(table, [part], ""))


def _candidates(
    table: ChurnTable, question: DriversQuestion, plan: Plan, *, clock: bool
) -> tuple[list[Candidate], list[LeftOut], list[Finding]]:
    """Candidates whose readings hold on all rows."""
    while True:
        table.resolved.clear()
        every, left = candidates(table, question.terms, question.without, clock=clock)
        if question.count is not None:
            name = table.column(question.count, "--count").name
            every = [each for each in every if each.name != name]
        parts = [*(each.part for each in every if each.part is not None), *resolved(table)]
        again = [
            table.decide_again(part.column, part.wanted)
            for part, _ in _counted(table, parts, plan.window.where)
            if part.column is not None
        ]
        if not any(again):
            break
    return every, left, list(_misfits(table, parts, plan.window.where))


def _counted(table: ChurnTable, parts: Sequence[Part], where: str) -> list[tuple[Part, int]]:
    tried = [part for part in dict.fromkeys(parts) if part.misfit]
    if not tried:
        return []
    tail = f"WHERE {where}" if where else ""
    (counts,) = table.whole.select(
        ", ".join(f"count(*) FILTER ({part.misfit})" for part in tried), tail
    )
    return [(part, int(n)) for part, n in zip(tried, counts, strict=True) if n]


def _misfits(table: ChurnTable, parts: Sequence[Part], where: str) -> Iterator[Finding]:
    for part, count in _counted(table, parts, where):
        yield check.unreadable(table, part, count, where)


def _variables(
    table: ChurnTable,
    question: DriversQuestion,
    every: Sequence[Candidate],
    rows: float,
    lost: float,
) -> tuple[Chosen, dict[str, tuple[str, ...]], list[LeftOut]]:
    """The candidates that are variables, their folded levels, and the others with the reason."""
    wanted = dict(parse_reference(each) for each in question.reference)
    known = {each.name.casefold(): each.name for each in every}
    by_name: dict[str, str] = {}
    for name, level in wanted.items():
        column = table.find(name)
        found = known.get(name.casefold()) or (column.name if column is not None else None)
        if found not in known.values():
            raise UsageError(
                f'--reference names "{printable(name, 60)}", which is not looked at.',
                "drivers.reference",
                f"{suggest(name, known.values())} Looked at are {name_list(list(known.values()))}."
                .strip(),
            )  # fmt: skip
        by_name[str(found)] = level
    chosen: Chosen = []
    folded: dict[str, tuple[str, ...]] = {}
    left: list[LeftOut] = []
    for at, facts in enumerate(look_at(table, every)):
        each = facts.candidate
        why = sort_out(facts, rows, lost)
        if why is not None:
            left.append(LeftOut(name=each.name, why=why[0], reason=why[1]))
            continue
        made, rare, to = variable(facts, by_name.get(each.name))
        if rare:
            folded[made.name] = rare
        chosen.append((at, made, facts, to))
    return chosen, folded, left

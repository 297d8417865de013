"""Read a survey against its population: whose answers count, and in which category they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dmaic.analysis.column import Cells, read_cells
from dmaic.analysis.evidence import Evidence, weigh
from dmaic.analysis.question import ParetoQuestion
from dmaic.analysis.scan import Plan, scan
from dmaic.churn import check
from dmaic.churn.check import settle
from dmaic.churn.clean.reading import is_missing
from dmaic.churn.role import NONE
from dmaic.churn.tally import categorise, cleaned, known_id
from dmaic.errors import DataError, UsageError
from dmaic.result import Finding
from dmaic.text import name_list, plural, printable

if TYPE_CHECKING:
    from dmaic.churn.table import ChurnTable

MOST_ANSWERS = 500_000
"""Answers that are read; a survey has fewer."""

_IDS = "__dmaic_answered"
_OF_RATES = frozenset({"everyone-churned", "lost-only", "band-of-time"})
"""Findings about rates of churn; here only the lost are counted."""

Category = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Population:
    """The customers that a survey was to speak for.

    Attributes:
        table: the opened export.
        plan: how its rows are read.
        evidence: who is lost, by category.
        key: name of the column that tells customers apart.
        findings: about the export, settled.
    """

    table: ChurnTable
    plan: Plan
    evidence: Evidence
    key: str
    findings: tuple[Finding, ...]

    @property
    def sizes(self) -> dict[Category, int]:
        """Lost customers of each category."""
        return {cell.category: round(cell.churned) for cell in self.evidence.cells if cell.churned}


@dataclass
class Answers:
    """The answers that count.

    Attributes:
        said: category -> reason -> answers; the reason is empty where none was asked for.
        question: name of the column of the reasons, or None.
        cells: what was read.
        findings: about the answers.
    """

    said: dict[Category, Counter[str]]
    question: str | None
    cells: Cells
    findings: list[Finding] = field(default_factory=list)


def read_population(table: ChurnTable, question: ParetoQuestion) -> Population:
    """Count the lost customers of an export by category.

    Args:
        table: the opened export.
        question: `by`, `where`, `since`, `until` and `accept` of it count.

    Raises:
        DataError: nobody is lost, findings block, or no column tells customers apart
            (`survey.no-customer`).
        UsageError: the question does not fit the columns.
    """
    identity = table.identity
    if identity is None:
        raise DataError(
            "No column of the population tells one customer from another, so nobody's answer can "
            "be placed in it.",
            "survey.no-customer",
            f"Name it: --customer COL. The columns are {name_list(table.names)}.",
            table.source.name,
        )
    plan, tally, findings = scan(table, question, priced=False)
    evidence = weigh(table, question, plan, tally, findings)
    kept = (each for each in evidence.findings if each.code not in _OF_RATES)
    return Population(table, plan, evidence, identity.name, settle(kept, question.accept))


def read_answers(
    table: ChurnTable,
    population: Population,
    *,
    respondent: str | None,
    reason: str | None,
    accept: Sequence[str],
    fingerprint: bool,
) -> Answers:
    """Read the answers and place each in its category of the population.

    Of a customer who answered more than once the first answer with a reason counts.

    Args:
        table: the opened survey.
        population: whom it was to speak for.
        respondent: column of the survey with the customer's id; None finds it.
        reason: column with the reason; None finds it, `none` takes none.
        accept: codes of blocking findings to go on with.
        fingerprint: put the SHA-256 of the survey into the inputs.

    Raises:
        UsageError: there is no such column, or none is found (`survey.respondent`).
        DataError: no answer is one of the population's (`survey.no-match`).
    """
    asked: dict[str, tuple[str, Any]] = {
        "respondent": (_respondent(table, population, respondent), "text")
    }
    question = _question(table, reason)
    if question is not None:
        asked["reason"] = (question, "text")
    cells = read_cells(table, asked, accept=accept, fingerprint=fingerprint, most=MOST_ANSWERS)
    ids = [None if each is None or is_missing(each) else each
           for each in cells.texts("respondent")]  # fmt: skip
    reasons = cells.texts("reason") if question is not None else [""] * cells.rows
    known = _placed(population, sorted({each for each in ids if each is not None}))
    answers = Answers({}, cells.names.get("reason"), cells)
    rows: dict[str, list[int]] = {}
    taken: dict[str, str] = {}
    for row, (who, why) in enumerate(zip(ids, reasons, strict=True), start=1):
        fate = "blank-respondents" if who is None else known.get(who, "not-in-population")
        if isinstance(fate, str):
            rows.setdefault(fate, []).append(row)
        elif who in taken:
            rows.setdefault("repeated-answers", []).append(row)
        elif why is None:
            rows.setdefault("blank-reasons", []).append(row)
        else:
            assert who is not None
            taken[who] = why
            answers.said.setdefault(fate, Counter())[why] += 1
    if not taken:
        raise _nobody(table, population, cells, rows)
    answers.findings = [*cells.findings, *_told(table, population, cells, rows)]
    alike = check.similar(answers.question, taken.values()) if answers.question else None
    answers.findings += [alike] if alike is not None else []
    return answers


def _respondent(table: ChurnTable, population: Population, word: str | None) -> str:
    """The column of the survey that holds the customer's id."""
    if word is not None:
        return word
    same = [name for name in table.names if name.casefold() == population.key.casefold()]
    role = table.identity
    if same or role is not None:
        return same[0] if same else role.name if role is not None else ""
    raise UsageError(
        "No column of the survey is recognised as the id of the customer who answered.",
        "survey.respondent",
        f'Name it: --respondent COL, whose cells are those of "{printable(population.key, 60)}" '
        f"in the population. The columns are {name_list(table.names)}.",
        table.source.name,
    )


def _question(table: ChurnTable, word: str | None) -> str | None:
    if word is not None and word.strip().casefold() == NONE and table.find(word) is None:
        return None
    if word is not None:
        return table.column(word, "--reason").name
    found = table.roles.get("reason")
    return found.name if found is not None else None


def _placed(population: Population, ids: Sequence[str]) -> Mapping[str, Category | str]:
    """Each id's category among the lost, or the finding that says why it has none."""
    table, plan = population.table, population.plan
    identity = table.identity
    assert identity is not None
    if not ids:
        return {}
    table.engine.rows(f"CREATE OR REPLACE TEMP TABLE {_IDS} AS SELECT unnest(?) AS id", [[*ids]])
    who = known_id(identity)
    keys = [dimension.sql for dimension in plan.dimensions]
    inside = f"coalesce({plan.window.where}, false)" if plan.window.where else "true"
    counted = f"{inside} AND coalesce({plan.window.churned.sql}, false)"
    listed = table.whole.select(
        ", ".join([who, counted, *keys]), f"WHERE {who} IN (SELECT id FROM {_IDS})"
    )
    found: dict[str, Category | str] = {}
    for each, is_counted, *labels in listed:
        if is_counted:
            found[each] = categorise(map(cleaned, labels))
        else:
            found.setdefault(each, "not-lost")
    return found


def _nobody(
    table: ChurnTable, population: Population, cells: Cells, rows: Mapping[str, Sequence[int]]
) -> DataError:
    """The error that no answer counts."""
    name = printable(population.table.source.name, 60)
    if rows.get("blank-reasons"):
        return DataError(
            f'Nobody of the population gave a reason: "{printable(cells.names["reason"], 60)}" is '
            "blank for all of them.",
            "survey.no-reason",
            "Name another column, --reason COL, or --reason none.",
            table.source.name,
        )
    if rows.get("not-lost"):
        return DataError(
            f"No answer is of a lost customer: {plural(len(rows['not-lost']), 'answer')} of "
            f"customers in {name} who are not lost, or not in the time or condition that was asked "
            "for.",
            "survey.no-match",
            "Check --where, --since, --until, --churned; --churned-when true takes all customers "
            "of the export as the population.",
            table.source.name,
        )
    return DataError(
        f"No answer is of a customer in {name}: "
        f'"{printable(cells.names["respondent"], 60)}" never holds what '
        f'"{printable(population.key, 60)}" holds.',
        "survey.no-match",
        "Name the columns: --respondent COL of the survey, --customer COL of the population. A "
        "dataset of a project keeps ids as hashes, so both must be datasets, or both files.",
        table.source.name,
    )


def _told(
    table: ChurnTable, population: Population, cells: Cells, rows: Mapping[str, Sequence[int]]
) -> Iterator[Finding]:
    """Answers that are left out, and why."""
    name = printable(population.table.source.name, 60)

    def left_out(code: str, said: str, hint: str, key: str = "respondent") -> Iterator[Finding]:
        at = rows.get(code, ())
        if at:
            yield Finding(
                code=code,
                level="warning",
                message=f"{plural(len(at), 'answer')} {said}.",
                hint=hint,
                count=len(at),
                rows=tuple(table.source.row_number(row) for row in at[:5]),
                column=cells.names[key],
            )

    yield from left_out(
        code="not-in-population",
        said=f"of nobody in {name}, left out",
        hint="Check that the export is whole, and that ids are written alike.",
    )
    yield from left_out(
        code="not-lost",
        said=f"of customers in {name} who are not lost, or not in the time or condition asked "
        "for, left out",
        hint="--churned-when true takes all customers of the export as the population.",
    )
    yield from left_out(
        code="repeated-answers",
        said="of customers whose answer counts already, left out",
        hint="Of each customer the first answer with a reason counts.",
    )
    yield from left_out(
        code="blank-respondents",
        said="without the id of who answered, left out",
        hint="Anonymous answers cannot be weighted; bring the id into the survey's link.",
    )
    yield from left_out(
        code="blank-reasons",
        said="without a reason, counted as no answer",
        hint="--reason none counts everybody who answered anything.",
        key="reason",
    )

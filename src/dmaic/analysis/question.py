"""What a Pareto analysis is asked, and which questions make no sense."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from dmaic.analysis.said import refuse_empty
from dmaic.errors import UsageError
from dmaic.stats.pareto import RankBy


@dataclass(frozen=True, slots=True)
class ParetoQuestion:
    """What is asked of an opened export; the fields are those of `pareto`."""

    by: tuple[str, ...] = ()
    measure: str = "customers"
    rank_by: RankBy = "measure"
    cutoff: float = 80.0
    top: int | None = None
    other_after: float | None = None
    min_size: int | None = None
    where: str | None = None
    since: str | None = None
    until: str | None = None
    split: str | None = None
    drill: str | None = None
    category: str | None = None
    count: str | None = None
    value_each: str | None = None
    accept: tuple[str, ...] = ()


def check_question(question: ParetoQuestion, compare: object = None) -> None:
    """Refuse a question whose parts do not fit together, before any file is opened.

    Raises:
        UsageError: says which parts.
    """
    refuse_empty(asdict(question))
    frequency = question.category is not None or question.count is not None
    problem = hint = ""
    if frequency and (question.category is None or question.count is None):
        problem, hint = "--category and --count go together.", "Name both columns of the table."
    elif frequency and (question.by or question.drill or question.split or compare is not None):
        problem = "A finished frequency table (--category, --count) knows no rows to group again."
        hint = "Leave out --by, --drill, --split and --compare."
    elif frequency and (question.since or question.until or question.rank_by == "excess"):
        problem = "A finished frequency table (--category, --count) has neither dates nor exposure."
        hint = "Leave out --since, --until and --rank-by excess."
    elif not frequency and not question.by:
        problem, hint = "Nothing says what to group by.", "Add --by COLUMN, such as --by segment."
    elif question.value_each and not frequency:
        problem, hint = "--value-each belongs to a finished frequency table.", "Use --value COL."
    elif compare is not None and question.split:
        problem, hint = "--compare and --split are two ways to make periods.", "Give one of them."
    elif question.drill and (compare is not None or question.split):
        problem, hint = "--drill does not go with --compare or --split.", "Use --by A --by B."
    if problem:
        raise UsageError(problem, code="usage.pareto", hint=hint)

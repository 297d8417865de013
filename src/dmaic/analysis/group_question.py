"""What a test is asked, and which questions make no sense."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Literal

from dmaic.analysis.said import refuse_empty
from dmaic.errors import UsageError, suggest
from dmaic.text import printable

OF_RATES = ("chi-square", "fisher", "cochran-armitage")
OF_TWO = ("welch", "mann-whitney")
OF_SEVERAL = ("welch-anova", "kruskal-wallis")
METHODS = ("auto", *OF_RATES, *OF_TWO, *OF_SEVERAL)
ADJUSTMENTS = ("holm", "benjamini-hochberg")
PERIODS = ("month", "quarter")


@dataclass(frozen=True, slots=True)
class GroupQuestion:
    """What is asked; the fields are those of `dmaic.analysis.test.test`."""

    churned_by: tuple[str, ...] = ()
    measure: str | None = None
    by: str | None = None
    over: Literal["month", "quarter"] | None = None
    count: str | None = None
    size: str | None = None
    method: str = "auto"
    ordered: bool = False
    order: str | None = None
    scores: tuple[float, ...] = ()
    adjust: str = "holm"
    where: str | None = None
    since: str | None = None
    until: str | None = None
    accept: tuple[str, ...] = ()

    @property
    def trend(self) -> bool:
        """Whether a trend over ordered groups is asked about."""
        return bool(self.ordered or self.order or self.scores or self.method == "cochran-armitage")

    @property
    def of_numbers(self) -> bool:
        """Whether the method compares numbers."""
        return self.method in (*OF_TWO, *OF_SEVERAL)


def check_question(question: GroupQuestion) -> None:
    """Refuse a question whose parts do not fit together, before any file is opened.

    Raises:
        UsageError: says which parts.
    """
    refuse_empty({name: text for name, text in asdict(question).items() if isinstance(text, str)})
    for text in question.churned_by:
        refuse_empty({"churned_by": text})
    for option, word, known in (
        ("--method", question.method, METHODS),
        ("--adjust", question.adjust, ADJUSTMENTS),
        ("--over", question.over or "month", PERIODS),
    ):
        if word not in known:
            raise UsageError(
                f'{option} is "{printable(word, 40)}", not one of {", ".join(known)}.',
                "usage.choice",
                suggest(word, known),
            )
    problem, hint = _misfit(question)
    if problem:
        raise UsageError(problem, "usage.test", hint)


def _misfit(question: GroupQuestion) -> tuple[str, str]:
    asked = [
        name
        for name, said in (
            ("--churned-by", question.churned_by),
            ("--measure", question.measure),
            ("--over", question.over),
        )
        if said
    ]
    if not asked:
        return (
            "Nothing says what is tested.",
            "--churned-by COL tests churn against a column, --measure COL --by COL a number over "
            "groups, --over month the churn rate over time.",
        )
    if len(asked) > 1:
        return f"{asked[0]} and {asked[1]} are two questions.", "Ask one at a time."
    if (question.measure is None) != (question.by is None):
        return "--measure and --by go together.", "--measure mrr --by plan"
    if (question.count is None) != (question.size is None):
        return (
            "--count and --size go together: lost customers, and all customers, of each row.",
            "dmaic test table.csv --churned-by group --count lost --size customers",
        )
    if question.count is not None and len(question.churned_by) != 1:
        return (
            "A finished table (--count, --size) has one column of groups.",
            "Name it: --churned-by COL.",
        )
    if (question.count or question.measure) and (question.since or question.until):
        return (
            "--since and --until choose churn dates, and here are none.",
            "Choose rows with --where.",
        )
    if question.measure and (question.trend or question.method in OF_RATES):
        said = f"--method {question.method}" if question.method in OF_RATES else "An order"
        return f"{said} is for churn rates, and --measure compares a number.", "Leave it out."
    if question.trend and question.method not in ("auto", "cochran-armitage"):
        return (
            f"--method {question.method} knows no order of groups.",
            "Leave --ordered, --order and --scores out, or the method.",
        )
    if (question.over or question.count) and question.of_numbers:
        return (
            f"--method {question.method} compares numbers, and these are rates.",
            f"Take one of {', '.join(OF_RATES)}.",
        )
    if (question.order or question.scores) and len(question.churned_by) > 1:
        return "--order and --scores fit one column.", "Test the columns one at a time."
    if question.over and question.order:
        return "Periods have their order already.", "Leave --order out."
    return "", ""

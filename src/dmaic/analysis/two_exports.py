"""Two exports set against each other: one of the time before, one of the time after."""

from __future__ import annotations

from dmaic.errors import DataError, DmaicError, Problem, UsageError
from dmaic.money.ledger import Ledger
from dmaic.result import Inputs


def of_after(error: DmaicError) -> DmaicError:
    """The error, naming the options of the export after."""

    def named(text: str) -> str:
        return text.replace("--since", "--after-since").replace("--until", "--after-until")

    error.message, error.hint = named(error.message), named(error.hint)
    error.more = tuple(
        Problem(each.code, named(each.message), named(each.hint), each.where) for each in error.more
    )
    return error


def same_kind(before: Ledger, after: Ledger) -> None:
    """Refuse ledgers that do not compare.

    Raises:
        UsageError: their money is of two currencies, or they are the same (`measure.same-data`).
        DataError: they count different things (`measure.units`).
    """
    if before.currency and after.currency and before.currency != after.currency:
        raise UsageError(
            f"The exports are in different currencies, {before.currency} and {after.currency}.",
            code="finding.mixed-currencies",
            hint="Measure with exports of one currency.",
        )
    if before.unit != after.unit:
        raise DataError(
            f"The export before counts {before.unit}, the one after {after.unit}.",
            code="measure.units",
            hint="Take exports of one shape, or name the columns: --customer, --subscription.",
        )
    if before.spans == after.spans and dict(before.flows) == dict(after.flows):
        raise UsageError(
            "Before and after are the same customers in the same months, so nothing can have "
            "changed.",
            code="measure.same-data",
            hint="Name the export after the fix: --after FILE; or, in one export, both times: "
            "--until 2024-12 --after-since 2025-01.",
        )


def both_inputs(before: Ledger, after: Ledger) -> Inputs:
    """What both were made of, as one."""
    return before.inputs.model_copy(
        update={
            "source": f"{before.inputs.source} / {after.inputs.source}",
            "rows": before.inputs.rows + after.inputs.rows,
        }
    )

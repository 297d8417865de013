"""`survey`: what the few who answered tell about all who were lost, and who did not answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Unpack

from dmaic.analysis.question import ParetoQuestion
from dmaic.analysis.said import Said, opening, refuse_empty
from dmaic.analysis.survey_read import Answers, Population, read_answers, read_population
from dmaic.churn.export import Opening, open_export
from dmaic.errors import UsageError
from dmaic.result import Finding, Inputs
from dmaic.stats.sampling.response import figures
from dmaic.stats.sampling.survey import SurveyResult
from dmaic.stats.sampling.survey_word import assumptions, cautions, method

if TYPE_CHECKING:
    from dmaic.churn.table import ChurnTable
    from dmaic.engines.duckdb import Progress


def survey(
    source: object,
    *,
    population: object,
    respondent: str | None = None,
    by: str | Sequence[str] = (),
    confidence: float = 0.95,
    least_answers: int = 5,
    where: str | None = None,
    since: str | None = None,
    until: str | None = None,
    accept: Sequence[str] = (),
    fingerprint: bool = True,
    progress: Progress | None = None,
    **said: Unpack[Said],
) -> SurveyResult:
    """Set the answers of an exit survey against the lost customers of an export.

    Args:
        source: the survey: one row an answer, with the customer's id.
        population: the churn export whose lost customers the survey was to speak for.
        respondent: column of the survey with the customer's id; None finds it.
        by: columns, roles or bands of the export to weight by; none takes the segment column, if
            there is one, and `none` takes none.
        confidence: of the intervals.
        least_answers: a category with fewer answers is weighted together with others.
        where: SQL condition over the columns of the export.
        since: first churn date that counts.
        until: last one, included.
        accept: codes of blocking findings to go on with.
        fingerprint: put the SHA-256 of both files into the result.
        progress: called with a fraction, or None where unknown, while a long scan runs.
        **said: reading options of the survey; roles and preset of the export, but for `reason`:
            that is the column of the survey with the reason; left out it is found, `none` takes
            none. See `dmaic.analysis.said.Said`.

    Raises:
        ReadError: a file cannot be read as a table.
        DataError: nobody is lost, or nobody of them answered; see `survey.*`.
        UsageError: the arguments do not fit together or do not fit the columns.
    """
    if not 0 < confidence < 1 or not 1 <= least_answers <= 10_000:
        raise UsageError(
            "The confidence is between 0 and 100 %, and a category needs from 1 to 10,000 answers.",
            "survey.figure",
            "Such as --confidence 95% --least-answers 5.",
        )
    wanted = (by,) if isinstance(by, str) else tuple(by)
    texts = {"where": where, "since": since, "until": until}
    refuse_empty({**texts, "respondent": respondent, "reason": said.get("reason")})
    if "" in wanted:
        refuse_empty({"by": ""})
    reason = said.pop("reason", None)
    ways = opening(**said)
    # What is said of the survey's bytes need not hold for the export.
    with (
        open_export(source, Opening(read=ways.read), progress=progress) as table,
        open_export(population, _of_export(ways), progress=progress) as export,
    ):
        _refuse_same(table, export)
        question = ParetoQuestion(
            by=_by(export, wanted),
            where=where,
            since=since,
            until=until,
            accept=tuple(accept),
        )
        lost = read_population(export, question)
        answers = read_answers(
            table,
            lost,
            respondent=respondent,
            reason=reason,
            accept=accept,
            fingerprint=fingerprint,
        )
        inputs = _inputs(lost, answers, fingerprint=fingerprint)
    result = SurveyResult(
        inputs=inputs,
        unit=lost.evidence.unit,
        by=lost.evidence.by,
        question=answers.question,
        confidence=confidence,
        least=least_answers,
        **figures(lost.sizes, answers.said, least=least_answers, confidence=confidence),
    )
    findings: dict[Finding, None] = dict.fromkeys(
        (*lost.findings, *answers.findings, *cautions(result))
    )
    return result.model_copy(
        update={
            "findings": tuple(findings),
            "method": method(result),
            "assumptions": assumptions(result),
        }
    )


def _refuse_same(table: ChurnTable, export: ChurnTable) -> None:
    """Refuse a population that is to answer for itself: it would look like a census."""
    alike = table.source.name == export.source.name and table.names == export.names
    if alike and table.source.sha256() == export.source.sha256():
        raise UsageError(
            "The answers and the population are one table, so everybody would seem to have "
            "answered.",
            "survey.same-data",
            "Name the answers: dmaic survey FILE --population EXPORT, or --data NAME.",
            table.source.name,
        )


def _of_export(ways: Opening) -> Opening:
    return Opening(
        roles=ways.roles,
        churned_when=ways.churned_when,
        preset=ways.preset,
        scale=ways.scale,
        related=ways.related,
    )


def _by(export: ChurnTable, wanted: tuple[str, ...]) -> tuple[str, ...]:
    if wanted == ("none",) and export.find("none") is None:
        return ()
    if not wanted and export.roles.get("segment") is not None:
        return ("segment",)
    return wanted


def _inputs(lost: Population, answers: Answers, *, fingerprint: bool) -> Inputs:
    """The survey first, the population behind it."""
    survey, export = answers.cells.inputs, lost.evidence.inputs(lost.table, fingerprint)
    return survey.model_copy(
        update={
            "source": f"{survey.source} / {export.source}",
            "rows": survey.rows + export.rows,
            "roles": {**survey.roles, **export.roles},
            "readings": {**survey.readings, **export.readings},
            "filters": (*survey.filters, *export.filters),
        }
    )

"""The sheet of a workbook that says what the figures are of and how they were made."""

from __future__ import annotations

from collections.abc import Sequence

from dmaic.cli.render.view import View, views
from dmaic.cli.render.words import told
from dmaic.result import Result
from dmaic.stats.pareto import ParetoComparison, ParetoResult
from dmaic.stats.pareto_word import PEOPLE, label

Line = tuple[str, str | int | float | None]


def sections(result: Result, names: Sequence[str]) -> list[tuple[str, list[Line]]]:
    """Headings, and under each what is known: a name, and a text or a number.

    Args:
        result: what the workbook holds.
        names: of the sheets, the first is the analysis.
    """
    # Studies are shown as blocks, the others as views.
    shown = () if result.paged else views(result)
    made = [
        ("Source", _source(result)),
        ("Analysis", _analysis(result)),
        *([("Answer", _answer(shown[0]))] if shown else _study(result)),
    ]
    if isinstance(result, ParetoResult):
        for name, view in zip(names[1:], shown[1:], strict=True):
            made.append((f"Sheet {name}", [("title", view.title), *_answer(view)]))
    method: list[Line] = [(name.replace("_", " "), text) for name, text in result.method.items()]
    made.append(("Method", method))
    findings: list[Line] = [
        (f"{'accepted' if finding.accepted else finding.level} {finding.code}", told(finding))
        for finding in result.findings
    ]
    made.append(("Findings", findings or [("findings", "none")]))
    kept = [(head, [line for line in lines if line[1] not in (None, "")]) for head, lines in made]
    return [(head, lines) for head, lines in kept if lines]


def _study(result: Result) -> list[tuple[str, list[Line]]]:
    from dmaic.block import Fields, Note
    from dmaic.reply import Study

    assert isinstance(result, Study)
    told: list[Line] = []
    for block in result.answer():
        if isinstance(block, Note):
            told.append(("verdict" if block.strong else "note", block.text))
        elif isinstance(block, Fields):
            told += block.rows
    taken: list[Line] = [("assumption", text) for text in result.assumptions]
    return [("Answer", told), ("Assumptions", taken)]


def _source(result: Result) -> list[Line]:
    inputs = result.inputs
    lines: list[Line] = [
        ("source", inputs.source),
        ("SHA-256", inputs.sha256),
        ("rows read", inputs.rows),
        ("filters", ", ".join(inputs.filters) or "none"),
        ("preset", inputs.preset),
    ]
    for role, column in inputs.roles.items():
        reading = inputs.readings.get(column, "")
        lines.append((f"column of {role.replace('_', ' ')}", _read(column, reading)))
    return [*lines, ("dmaic", inputs.tool_version)]


def _read(column: str, reading: str) -> str:
    return f"{column} ({reading})" if reading else column


def _analysis(result: Result) -> list[Line]:
    if isinstance(result, ParetoComparison):
        lines: list[Line] = [
            ("first period", result.periods[0]),
            ("last period", result.periods[-1]),
        ]
        if len(result.periods) > 2:
            lines.append(("all periods", ", ".join(result.periods)))
        lines.append(("split by", result.split))
        return [*lines, *_question(result.results[0]), ("Other", result.other_rule)]
    if not isinstance(result, ParetoResult):
        return []
    counted = "churned" if result.unit in PEOPLE else result.unit
    return [
        *_question(result),
        ("Other", result.other_rule),
        (f"{counted}, total", result.total_churned),
        ("value, total", result.total_value),
        ("at risk, total", result.total_exposure),
        ("categories", result.concentration.categories),
        ("Gini coefficient", result.concentration.gini),
    ]


def _question(result: ParetoResult) -> list[Line]:
    return [
        ("by", label(result.by)),
        ("measure", result.measure),
        ("rank by", result.rank_by),
        ("cutoff (%)", result.cutoff),
        ("unit", result.unit),
        ("value column", result.value_name),
        ("currency", result.currency),
    ]


def _answer(view: View) -> list[Line]:
    return [("verdict", view.verdict), *(("note", note) for note in view.notes)]

"""What keeps a project from being brought to another version of its template."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dmaic.engagements.answers import complete, is_asked
from dmaic.engagements.question import Question
from dmaic.engagements.resolved import Resolved
from dmaic.engagements.version import figures
from dmaic.errors import ConflictError, DataError, DmaicError, Problem
from dmaic.project.engagement.project import Project
from dmaic.project.entity import Stored
from dmaic.project.template.difference import told
from dmaic.project.template.plan import Clash, Plan
from dmaic.text import printable

_LOST = frozenset({"template.unknown", "template.read", "template.git"})
"""Codes of errors that a template which is no longer where it was may end in."""


def refuse_open(plan: Plan) -> None:
    """Refuse to write while somebody still has to decide.

    Args:
        plan: any.

    Raises:
        ConflictError: `template.clash`, with one problem for each clash.
    """
    if not plan.open:
        return
    problems = [
        Problem(
            "template.clash",
            f"{each.what} was changed by both. {_sides(each)}",
            f"Add --keep {each.path} for the team's, or --take {each.path} for the template's.",
            each.path,
        )
        for each in plan.open
    ]
    raise ConflictError.of(problems)


def _sides(clash: Clash) -> str:
    mine, theirs = (
        "no such line" if each is None else f'"{printable(each, 120).rstrip(".")}"'
        for each in (clash.mine, clash.theirs)
    )
    return f"The team has {mine}, and the template says {theirs}."


def refuse_other(
    project: Stored[Project], resolved: Resolved, *, older: bool = False, other: bool = False
) -> None:
    """Refuse an older version of the same template, or another one, unless it is meant.

    Args:
        project: any.
        resolved: the template it shall be brought to.
        older: an older version is meant.
        other: another template is meant. One that extends the project's is none.

    Raises:
        ConflictError: `template.older` or `template.other`.
    """
    mark = project.body.template
    told = f"The project follows {mark.name} {mark.version}, and this is {resolved.name} "
    told += f"{resolved.version}."
    same = mark.name == resolved.name
    if same and not older and figures(resolved.version) < figures(mark.version):
        raise ConflictError(told, "template.older", "Add --older to go back to it.")
    extends = any(each.rpartition(" ")[0] == mark.name for each in resolved.lineage)
    if not (same or extends or other):
        raise ConflictError(
            told, "template.other", "Add --other if the project shall follow it from now on."
        )


def refuse_misfits(answers: Mapping[str, Any], wrong: Mapping[str, DataError]) -> None:
    """Refuse to put a default in the place of what the team answered and a template does not take.

    Args:
        answers: key -> what the team answered.
        wrong: key -> what is wrong with it; see `misfits`.

    Raises:
        DataError: `answer.invalid`, with one problem for each.
    """
    if wrong:
        raise DataError.of(
            [
                Problem(
                    "answer.invalid",
                    "This version of the template does not take what was answered, "
                    f"{printable(told(answers[key]), 60)}: "
                    f"{error.message[:1].lower()}{error.message[1:]}",
                    f"Say another one: --answer {key}=VALUE",
                    key,
                )
                for key, error in wrong.items()
            ]
        )


def refuse_unasked(resolved: Resolved, answers: Mapping[str, Any], question: Question) -> None:
    """Refuse an answer that would be passed over, since nobody is asked for it.

    Args:
        resolved: the template.
        answers: key -> answer; what is left out is at its default.
        question: of it, that is answered.

    Raises:
        ConflictError: `answer.unasked`.
        UsageError, DataError: as `complete`.
    """
    if not is_asked(question, complete(resolved.questions, answers)):
        raise ConflictError(
            f'The question "{question.key}" is not asked, as other answers are.',
            "answer.unasked",
            f"It is asked when: {printable(str(question.when), 200)}",
        )


def explained(error: DmaicError, project: Stored[Project]) -> DmaicError:
    """An error about a template that could not be found again, with what to do.

    Args:
        error: as it was raised.
        project: that follows the template.
    """
    if error.code not in _LOST:
        return error
    name = project.body.template.name
    error.hint = f"{error.hint} Say where {name} is now: dmaic template update TEMPLATE.".strip()
    return error

"""Risks, issues and decisions: the logs of a project."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from dmaic.project.entity import Entity, Name, Text

Score = Annotated[int, Field(ge=1, le=5)]
"""From 1, small, to 5, great."""


class LogEntry(Entity):
    """Base of all that is noted in a log.

    Attributes:
        title: what it is, one sentence.
        on: the day on which it was noted or decided.
    """

    title: Name
    on: date

    @property
    def label(self) -> str:
        """The title."""
        return self.title


class Concern(LogEntry):
    """Base of what somebody has to look after until it is closed.

    Attributes:
        owner: who looks after it, or empty.
        response: what is done about it.
        state: whether it still has to be looked after.
        closed_on: the day on which it was closed.
        reason: why it was closed.
    """

    owner: Text = ""
    response: Text = ""
    state: Literal["open", "closed"] = "open"
    closed_on: date | None = None
    reason: Text = ""


class Risk(Concern):
    """Something that may happen and would harm the project.

    Attributes:
        probability: 1 hardly, 5 almost certain.
        impact: 1 hardly felt, 5 stops the project.
    """

    kind: ClassVar[str] = "risk"
    probability: Score
    impact: Score

    @property
    def score(self) -> int:
        """Probability times impact, 1 to 25."""
        return self.probability * self.impact


class Issue(Concern):
    """Something that has happened and harms the project.

    Attributes:
        severity: 1 hardly felt, 5 stops the project.
    """

    kind: ClassVar[str] = "issue"
    severity: Score

    @property
    def score(self) -> int:
        """The severity, 1 to 5."""
        return self.severity


class Decision(LogEntry):
    """What was decided.

    Attributes:
        why: the reasons.
        by: who decided.
    """

    kind: ClassVar[str] = "decision"
    why: Text = ""
    by: Name

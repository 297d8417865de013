"""The team: who is on it, in which role, for which function."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, ClassVar, Literal, get_args

from pydantic import AfterValidator, StringConstraints

from dmaic.errors import UsageError, suggest
from dmaic.project.entity import Entity, Name, Named, Text
from dmaic.text import printable

Role = Literal[
    "sponsor", "champion", "process owner", "black belt", "green belt", "member", "approver"
]

ROLES: tuple[str, ...] = get_args(Role)
"""Roles of a project, the most senior first."""


def _is_address(text: str) -> str:
    # Lightly: only a mail server knows which addresses there are.
    name, _, host = text.rpartition("@")
    if text and (not name or not host or any(letter.isspace() for letter in text)):
        raise ValueError("is no e-mail address, such as dana@example.com")
    return text


class Member(Named):
    """Somebody who works on the project or signs for it.

    Attributes:
        name: what the person is called; once a project, in any case of letters.
        function: where the person works, such as Finance; or empty.
        roles: what the person is to the project.
        email: address, or empty.
    """

    kind: ClassVar[str] = "member"
    function: Text = ""
    roles: tuple[Role, ...] = ("member",)
    email: Annotated[Text, AfterValidator(_is_address)] = ""


class FunctionWaiver(Entity):
    """Why a function that the template asks for is not on the team.

    Attributes:
        function: such as Marketing.
        reason: why it is left out.
        by: who says so.
    """

    kind: ClassVar[str] = "function-waiver"
    function: Name
    reason: Annotated[Text, StringConstraints(min_length=1)]
    by: Name

    @property
    def key(self) -> str:
        """The function, in any case."""
        return self.function.casefold()

    @property
    def label(self) -> str:
        """The function."""
        return self.function


def role_named(word: str) -> str:
    """The role that a person means, in any case and with dashes for spaces.

    Args:
        word: what the person wrote.

    Raises:
        UsageError: `team.role`, there is no such role.
    """
    said = " ".join(word.replace("-", " ").casefold().split())
    begun = [role for role in ROLES if said and role.startswith(said)]
    if said in ROLES or len(begun) == 1:
        return said if said in ROLES else begun[0]
    raise UsageError(
        f'There is no role "{printable(word, 40)}".',
        "team.role",
        suggest(said, ROLES) or f"Roles are {', '.join(ROLES)}.",
    )


def function_named(word: str, known: Iterable[str]) -> str:
    """A function as the template writes it; as the person wrote it where it is another.

    Args:
        word: what the person wrote.
        known: functions that the template asks for.
    """
    said = word.strip()
    return next((each for each in known if each.casefold() == said.casefold()), said)

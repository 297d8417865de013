"""Roles that sign, and people as they are named when they do."""

from __future__ import annotations

from collections.abc import Iterable

from dmaic.errors import NotFoundError
from dmaic.project.entity import Stored
from dmaic.project.people.team import Member
from dmaic.text import folded, printable


def split_role(word: str) -> tuple[str, str]:
    """A role and the function that its holder must be of: `approver (Finance)`.

    Args:
        word: as a template writes it.

    Returns:
        The role, and the function or an empty text.
    """
    said = word.strip()
    head, bracket, aside = said.removesuffix(")").rpartition("(")
    if not bracket or not said.endswith(")"):
        return said, ""
    return head.strip(), aside.strip()


def holds(member: Member, word: str) -> bool:
    """Whether somebody has a role that a tollgate asks for.

    Args:
        member: of the team.
        word: the role, such as `sponsor` or `approver (Finance)`.
    """
    role, function = split_role(word)
    fits = not function or member.function.casefold() == function.casefold()
    return role in member.roles and fits


def find_member(members: Iterable[Stored[Member]], word: str) -> Member:
    """The member that a person names, as `Dana` or as `Dana (Finance)`.

    Args:
        members: the team.
        word: what the person wrote; what stands in brackets is the function or a role.

    Raises:
        NotFoundError: `member.not-found`, `member.ambiguous`, or `member.other`, the person is on
            the team with another function and other roles than said.
    """
    from dmaic.project.store.view import pick

    team = list(members)
    exact = [each for each in team if each.body.key == folded(word)]
    if exact:
        return exact[0].body
    name, aside = split_role(word)
    found = pick(team, name or word, "member").body
    told = {found.function.casefold(), *(role.casefold() for role in found.roles)}
    if aside and aside.casefold() not in told:
        known = ", ".join(filter(None, (found.function, *found.roles)))
        raise NotFoundError(
            f"{printable(found.name, 60)} is on the team as {known}, not as "
            f'"{printable(aside, 60)}".',
            "member.other",
            f'Write "{printable(found.name, 60)}", or mend the team: '
            f'dmaic team set "{printable(found.name, 60)}" --function NAME.',
        )
    return found

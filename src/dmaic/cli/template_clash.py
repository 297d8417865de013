"""Clashes of an update, decided one by one by whoever sits at the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dmaic.documents.merge import Side
    from dmaic.project.template.plan import Clash


def decide(clashes: Sequence[Clash]) -> dict[str, Side]:
    """Have each clash decided.

    Args:
        clashes: that nobody decided yet.

    Returns:
        Path -> whose word counts.

    Raises:
        KeyboardInterrupt: the person leaves; nothing is written.
    """
    from dmaic.block import Heading
    from dmaic.cli.ask import Option, make_asker
    from dmaic.project.template.reply import clash_blocks, clash_item

    asker = make_asker()
    settled: dict[str, Side] = {}
    options: tuple[Option[Side], ...] = (
        Option("mine", "the team's stays"),
        Option("theirs", "the template's is taken"),
    )
    for number, each in enumerate(clashes, start=1):
        lead = Heading(f"{each.what} ({number} of {len(clashes)})")
        asker.say(lead, *clash_blocks(clash_item(each))[1:])
        settled[each.path] = asker.pick("Which one", options)
    return settled

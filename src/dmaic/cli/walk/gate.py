"""The end of the walk: the tollgate is checked, its questions are asked, and it is submitted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dmaic.block import Note
from dmaic.cli.ask import Move, Option
from dmaic.cli.run import run
from dmaic.cli.walk.command import command_line
from dmaic.errors import DmaicError, StoreError
from dmaic.project.gate.reply import CriterionReply, GateReply

if TYPE_CHECKING:
    from dmaic.cli.ask import Asker
    from dmaic.cli.record import Place
    from dmaic.cli.walk.record import Record
    from dmaic.cli.walk.step import Turn
    from dmaic.project.standing.progress import PhaseProgress


ANSWER = "dmaic gate answer "
"""What mends a criterion that only a person can judge."""


def walk_gate(asker: Asker, record: Record, place: Place, phase: PhaseProgress) -> Turn:
    """Check the tollgate, ask what only a person can answer, and offer to submit it.

    Args:
        asker: whom to ask.
        record: the project.
        place: for the commands that are run.
        phase: whose tollgate it is.
    """
    while True:
        gate = _check(asker, place, phase.name)
        asked = [each for each in gate.criteria if each.command.startswith(ANSWER)]
        said = asker.pick("What now", _options(gate, asked))
        try:
            if said == "answer":
                for each in asked:
                    if not _answer(asker, place, phase.name, each):
                        break
            elif said == "submit":
                _submit(asker, place, phase.name)
            elif said in ("back", "leave"):
                return "back" if said == "back" else "leave"
        except StoreError:
            raise
        except DmaicError as error:
            asker.complain(error)
        phase = record.phase(phase.name)


def _check(asker: Asker, place: Place, phase: str) -> GateReply:
    answer = run(["gate", "check", phase], place)
    assert answer is not None
    assert isinstance(answer.result, GateReply)
    asker.answer(answer)
    return answer.result


def _options(gate: GateReply, asked: list[CriterionReply]) -> list[Option[str]]:
    options: list[Option[str]] = []
    if asked:
        options.append(Option("answer", f"Answer its questions ({len(asked)})", "a"))
    if gate.passes and gate.is_current and gate.state not in ("submitted", "approved"):
        options.append(Option("submit", "Submit it to those who sign", "s"))
    options += [
        Option("leave", "Leave", "q"),
        Option("back", "Step before", "<"),
        Option("again", "Check again", "c"),
    ]
    return options


def _answer(asker: Asker, place: Place, phase: str, each: CriterionReply) -> bool:
    """Ask one question of the tollgate; false where the person wants no more."""
    options = [
        Option("yes", "yes", "y"),
        Option("no", "no", "n"),
        Option("later", "later", "-"),
        Option("stop", "back", "<"),
    ]
    asker.say(Note("\n".join(part for part in (each.title, each.why, each.reason) if part)))
    said = asker.pick("Your answer", options, "later")
    if said in ("later", "stop"):
        return said == "later"
    line = command_line(each.command)
    given = [("note", "What it rests on"), ("as_", "Who answers")]
    for name, question in given:
        asked = next((one for one in line.asked if one.field.name == name), None)
        if asked is None or (name == "as_" and name not in line.given | dict.fromkeys(line.open)):
            continue
        word = asker.line(question, str(line.given.get(name, "")))
        if isinstance(word, str):
            line.given[name] = word
        elif word is not Move.KEEP:
            return word is not Move.BACK
    answer = run(line.words(), place)
    if answer is not None:
        asker.answer(answer)
    return True


def _submit(asker: Asker, place: Place, phase: str) -> None:
    answer = run(["gate", "submit", phase], place)
    if answer is not None:
        asker.answer(answer)

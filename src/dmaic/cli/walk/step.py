"""One step of the walk: explained, done in whichever way it is done, judged, left."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Literal

from dmaic.block import Check, Checks, Heading, Note
from dmaic.cli.ask import Move, Option
from dmaic.cli.form import SIGNS, Form
from dmaic.cli.run import run
from dmaic.cli.walk.command import Line, ask_line, command_line
from dmaic.cli.walk.record import PaperDraft
from dmaic.documents.form import form, is_blank
from dmaic.errors import DmaicError, StoreError
from dmaic.project.paper.paper import PaperReply, is_complete
from dmaic.text import plural

if TYPE_CHECKING:
    from dmaic.cli.ask import Asker
    from dmaic.cli.record import Place
    from dmaic.cli.walk.record import Record
    from dmaic.project.standing.progress import StepProgress

Turn = Literal["next", "back", "leave", "gate"]
"""What follows a step."""


class StepWalk:
    """A step at the terminal.

    Args:
        asker: whom to ask.
        record: the project.
        place: for the commands it runs.
        step: as it stood when it was reached.
    """

    def __init__(self, asker: Asker, record: Record, place: Place, step: StepProgress) -> None:
        self._asker, self._record, self._place = asker, record, place
        self.step = step
        self._form: Form | None = None

    @property
    def stopped_at(self) -> str:
        """The field that is being asked, or empty."""
        return self._form.place if self._form is not None else ""

    def walk(self, number: int, count: int) -> Turn:
        """Explain the step and do it, until the person goes on.

        Args:
            number: of the step, from 1.
            count: of steps in the phase.
        """
        step = self.step
        self._asker.say(
            Heading(f"Step {number} of {count}: {step.title}", 1, step.state),
            Note(step.explain),
            *((Note(f"In the worked case: {step.example}"),) if step.example else ()),
        )
        judged = False
        while True:
            # What a document lacks was said line by line when its form was left.
            if self.step.state != "done" and self.step.reason and not judged:
                self._asker.say(Note(self.step.reason))
            said = self._turn()
            if said in ("next", "back", "leave", "gate"):
                return said  # type: ignore[return-value]
            try:
                move = self._do(said)
            except StoreError:
                raise
            except DmaicError as error:
                self._asker.complain(error)
                move = Move.KEEP
            judged = bool(self.step.document)
            self._refresh()
            if move is Move.ON or (said == "skip" and self.step.state == "skipped"):
                return "next"

    def _refresh(self) -> None:
        phase = self._record.phase(self.step.phase)
        self.step = next(each for each in phase.steps if each.name == self.step.name)

    def _turn(self) -> str:
        step = self.step
        options: list[Option[str]] = []
        if step.document:
            options += self._paper_turns()
        else:
            again = "Do it again" if step.state == "done" else f"Do it: dmaic {_typed(step)}"
            options.append(Option("do", again, "d"))
            options.append(Option("other", "Type another command", "c"))
        over = step.state != "open"
        options.append(
            Option("next", "Next step" if over else "Next step, leave this one open", ">")
        )
        if not over:
            options.append(Option("skip", "Skip it for good", "s"))
        options += [
            Option("back", "Step before", "<"),
            Option("gate", "To the tollgate", "t"),
            Option("leave", "Leave", "q"),
        ]
        return self._asker.pick("What now", options, "next" if over else options[0].value)

    def _paper_turns(self) -> list[Option[str]]:
        draft = PaperDraft(self._record, self.step)
        if draft.document.is_empty:
            return [Option("all", "Fill it in", "f")]
        gaps = _gaps(draft)
        turns: list[Option[str]] = []
        if gaps:
            fields = plural(len(gaps), "field")
            turns.append(Option("gaps", f"Fill what is missing ({fields})", "f"))
        stopped = self._stopped(draft)
        if stopped:
            turns.append(Option("resume", "Go on where it was left", "o"))
        turns.append(Option("all", "Go through all of it", "a"))
        turns.append(Option("show", "Show it", "w"))
        # Whoever stopped in the middle wants to go on there.
        return sorted(turns, key=lambda each: each.value != "resume") if stopped else turns

    def _stopped(self, draft: PaperDraft) -> str:
        """The field that comes after the last answer, if the walk stopped before the end."""
        mark = self._record.marks().get(f"{self.step.phase}/{self.step.name}")
        names = [each.name for each in form(type(draft.document))]
        if mark is None or mark.place not in names:
            return ""
        at = names.index(mark.place)
        empty = is_blank(getattr(draft.document, names[at]))
        is_list = form(type(draft.document))[at].shape in ("lines", "texts")
        after = names[at:] if empty or is_list else names[at + 1 :]
        return after[0] if after and self.step.state != "done" else ""

    def _do(self, said: str) -> Move:
        if said == "skip":
            return self._skip()
        if said == "do":
            return self._command(command_line(self.step.command))
        if said == "other":
            return self._other()
        return self._paper(said)

    def _skip(self) -> Move:
        reason = "" if self.step.optional else self._asker.line("Why can it be skipped")
        if isinstance(reason, Move):
            self._asker.say(Note("Not skipped: say in a few words why."))
            return Move.KEEP
        self._record.skip(self.step, reason.strip())
        return Move.KEEP

    def _paper(self, said: str) -> Move:
        draft = PaperDraft(self._record, self.step)
        if said == "show":
            self._show(draft)
            return Move.KEEP
        only = _gaps(draft) if said == "gaps" else None
        start = self._stopped(draft) if said == "resume" else ""
        self._asker.say(Note(SIGNS))
        self._form = Form(self._asker, draft)
        move = self._form.fill(only, start)
        self._form = None
        if move is Move.KEEP:
            self._record.stop_at(self.step, "")
        self._judge(draft)
        return Move.KEEP

    def _show(self, draft: PaperDraft) -> None:
        self._asker.show(PaperReply.of(draft.document, draft.papers(), draft.state.stored))

    def _judge(self, draft: PaperDraft) -> None:
        """What the document still lacks."""
        known = draft.papers()
        gaps = draft.document.gaps(known)
        checks = tuple(
            Check("bad" if gap.level == "missing" else "warn", gap.message) for gap in gaps
        )
        title = draft.document.TITLE
        told = "complete" if is_complete(draft.document, known) else "not complete yet"
        self._asker.say(
            Note(f"{title}: {told}. Everything is kept.", strong=True),
            *((Checks(checks),) if checks else ()),
        )

    def _command(self, line: Line) -> Move:
        if line.open or line.lacks():
            self._asker.say(Note(SIGNS))
            move = ask_line(self._asker, line)
            if move is not Move.KEEP:
                return Move.KEEP
        return self._run(line.words())

    def _other(self) -> Move:
        said = self._asker.line("dmaic")
        if isinstance(said, Move):
            return Move.KEEP
        try:
            words = shlex.split(said)
        except ValueError:
            self._asker.say(Note("A quotation mark is not closed."))
            return Move.KEEP
        return self._run(words[1:] if words[:1] == ["dmaic"] else words)

    def _run(self, words: list[str]) -> Move:
        answer = run(words, self._place)
        if answer is not None:
            self._asker.answer(answer)
        return Move.KEEP


def _gaps(draft: PaperDraft) -> list[str]:
    """Names of the fields with gaps, in the form's order."""
    found = {gap.field.partition(".")[0] for gap in draft.document.gaps(draft.papers())}
    return [each.name for each in form(type(draft.document)) if each.name in found]


def _typed(step: StepProgress) -> str:
    return step.command.removeprefix("dmaic ")

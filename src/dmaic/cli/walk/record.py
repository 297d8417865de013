"""The record as the walk uses it: read for a moment, written for an answer, never held open."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dmaic.documents.form import form
from dmaic.errors import ConflictError, NotFoundError, suggest
from dmaic.project.engagement.project import refuse_closed
from dmaic.project.paper.paper import PaperState, papers, read_paper, write_paper
from dmaic.project.standing.progress import PhaseProgress, Progress, StepProgress, progress
from dmaic.project.standing.step import StepMark, mark_step, step_marks
from dmaic.text import name_list, printable

if TYPE_CHECKING:
    from dmaic.documents.base import Document, Papers
    from dmaic.project.engagement.home import Home


class Record:
    """One project of an engagement.

    Args:
        home: the engagement.
        word: the project as it was named, or None.
        today: the day on which things are judged.

    Raises:
        ConflictError: `project.closed`.
    """

    def __init__(self, home: Home, word: str | None, today: date) -> None:
        self.home, self.today = home, today
        with home.store.reading() as view:
            found = home.project(view, word)
            refuse_closed(found)
            self.project, self.name = found.id, found.body.name

    def progress(self) -> Progress:
        """How far the project is now."""
        with self.home.store.reading() as view:
            return progress(view, self.home.project(view, self.project), self.today)

    def phase(self, name: str | None) -> PhaseProgress:
        """A phase of the project.

        Args:
            name: or the beginning of it; None takes the one the project is in.

        Raises:
            NotFoundError: `phase.not-found`.
        """
        now = self.progress()
        if name is None:
            return now.phase
        said = name.strip().casefold()
        found = [each for each in now.phases if said and each.name.startswith(said)]
        if len(found) == 1:
            return found[0]
        names = [each.name for each in now.phases]
        raise NotFoundError(
            f'There is no phase "{printable(name, 60)}".',
            "phase.not-found",
            suggest(said, names) or f"Phases are {', '.join(names)}.",
        )

    def marks(self) -> dict[str, StepMark]:
        """What is remembered of the steps, by `phase/step`."""
        with self.home.store.reading() as view:
            return step_marks(view, self.project)

    def skip(self, step: StepProgress, reason: str) -> None:
        """Go on without a step.

        Args:
            step: that is left out.
            reason: why, or empty.
        """
        store = self.home.store
        with store.writing("walk skip", project=self.project, note=reason) as work:
            mark = StepMark(
                phase=step.phase, step=step.name, skipped=True, reason=reason, by=store.actor
            )
            mark_step(work, self.project, mark)

    def stop_at(self, step: StepProgress, place: str) -> None:
        """Remember where the walk was left.

        Args:
            step: the step it was in.
            place: the field, or empty.
        """
        mark = self.marks().get(f"{step.phase}/{step.name}")
        if (mark.place if mark is not None else "") == place:
            return
        mark = mark or StepMark(phase=step.phase, step=step.name)
        with self.home.store.writing("walk stop", project=self.project) as work:
            mark_step(work, self.project, mark.model_copy(update={"place": place}))


class PaperDraft:
    """A document of the project that the walk fills.

    Args:
        record: where it is kept.
        step: the step that fills it.
    """

    def __init__(self, record: Record, step: StepProgress) -> None:
        self._record, self._step = record, step
        self._state = self._read()

    @property
    def document(self) -> Document:
        """As it is kept now."""
        return self._state.document

    @property
    def version(self) -> int | None:
        """Number of the operation that wrote it last; None where it was never begun."""
        return self._state.stored.version if self._state.stored else None

    @property
    def state(self) -> PaperState:
        """With the envelope it is kept in."""
        return self._state

    def papers(self) -> Papers:
        """The other documents of the project."""
        with self._record.home.store.reading() as view:
            return papers(view, self._record.project)

    def put(self, document: Document, place: str) -> None:
        """Keep an answer: one entry of the journal, the place in the walk with it.

        Args:
            document: as it shall be.
            place: the field that was answered.

        Raises:
            ConflictError: somebody changed it since it was read; theirs is shown from now on.
        """
        if document == self.document:
            return
        record, step = self._record, self._step
        try:
            command = f"walk {document.KIND}"
            with record.home.store.writing(command, project=record.project) as work:
                kept = write_paper(work, record.project, self._state, document)
                mark_step(
                    work,
                    record.project,
                    StepMark(phase=step.phase, step=step.name, place=place),
                )
        except ConflictError as error:
            before, self._state = self.document, self._read()
            raise self._changed(before) from error
        self._state = PaperState(document, kept)

    def _changed(self, before: Document) -> ConflictError:
        """What somebody else changed, by whom and when."""
        stored = self._state.stored
        now = self.document
        fields = [
            each.label
            for each in form(type(now))
            if getattr(before, each.name) != getattr(now, each.name)
        ]
        by = f" by {printable(stored.changed_by, 60)} at {stored.changed_at}" if stored else ""
        return ConflictError(
            f"The {now.TITLE.lower()} was changed{by} while you worked on it: "
            f"{name_list(fields, 6)}. Nothing was overwritten.",
            "conflict.changed",
            "What stands there now is asked about again.",
        )

    def _read(self) -> PaperState:
        with self._record.home.store.reading() as view:
            return read_paper(view, self._record.project, self._step.document)

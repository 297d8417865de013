"""The worked case, played by the same commands that its team would type."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import Field

from dmaic.block import Block, Check, Checks, Heading, Note
from dmaic.cli.record import Place
from dmaic.cli.run import run
from dmaic.errors import OutputError, StoreError
from dmaic.project.engagement.home import find_folder
from dmaic.reply import Page
from dmaic.resource import sample_data_folder
from dmaic.result import Frozen
from dmaic.settings import played
from dmaic.text import plural

if TYPE_CHECKING:
    from dmaic.cli.answer import Answer

NAME = "Photo app: the worked case"


class Command(Frozen):
    """One command of the case.

    Attributes:
        run: what follows `dmaic`, or empty.
        example: kind of document that is filled as its model's example does, or empty.
        keep: name under which the id of what was made is used further on, or empty.
    """

    run: str = ""
    example: str = ""
    keep: str = ""

    @property
    def words(self) -> list[str]:
        """The words of the command line."""
        return shlex.split(self.run)


class Act(Frozen):
    """Commands of about the same day.

    Attributes:
        title: what happens.
        day: on which overdue things are judged.
        actor: who typed it.
        commands: in order.
    """

    title: str
    day: str
    actor: str
    commands: tuple[Command, ...]


class DemoReply(Page):
    """What the demo made, and what is worth a look.

    Attributes:
        folder: of the engagement.
        commands: how many commands were played.
        look: command -> what it shows.
    """

    kind: str = "demo"
    folder: str
    commands: int
    look: dict[str, str] = Field(default_factory=dict)

    def blocks(self) -> tuple[Block, ...]:
        """Where it is, and what to look at."""
        count = plural(self.commands, "command")
        return (
            Heading("The worked case", 1, self.folder),
            Note(
                f"A finished engagement, made by {count} that you could have typed yourself; "
                "`dmaic log show` lists them. All of its data is synthetic."
            ),
            Heading("Look at", 2),
            Checks(tuple(Check("plain", what, "", each) for each, what in self.look.items())),
        )

    def records(self) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """One row a command worth a look."""
        return ("command", "shows"), [*self.look.items()]


def read_case() -> tuple[Act, ...]:
    """The acts of the worked case, as they come with dmaic."""
    import yaml

    text = (sample_data_folder() / "demo" / "case.yaml").read_text("utf-8")
    return tuple(
        Act(
            title=act["title"],
            day=str(act["day"]),
            actor=act["actor"],
            commands=tuple(
                Command(run=each) if isinstance(each, str) else Command(**each)
                for each in act["commands"]
            ),
        )
        for act in yaml.safe_load(text)
    )


def read_look() -> dict[str, str]:
    """What is worth a look in the finished engagement: command -> what it shows."""
    import yaml

    text = (sample_data_folder() / "demo" / "look.yaml").read_text("utf-8")
    look: dict[str, str] = yaml.safe_load(text)
    return look


Runner = Callable[[Sequence[str]], "Answer | None"]
"""Runs a command's words and gives its answer."""


def play(
    acts: Sequence[Act], runner: Runner, told: Callable[[float, str], None] | None = None
) -> int:
    """Play the case.

    Args:
        acts: in order.
        runner: runs each command.
        told: is told how far it is and what happens.

    Returns:
        How many commands were run.
    """
    names = {"sample": str(sample_data_folder())}
    count, whole = 0, sum(len(act.commands) for act in acts)
    with tempfile.TemporaryDirectory(prefix="dmaic-demo-") as scratch:
        for act in acts:
            with _dressed(act):
                for command in act.commands:
                    if told is not None:
                        told(count / whole, act.title)
                    answer = runner(_words(command, names, Path(scratch)))
                    if command.keep and answer is not None:
                        names[command.keep] = _id(answer)
                    count += 1
    return count


def _words(command: Command, names: Mapping[str, str], scratch: Path) -> list[str]:
    if not command.example:
        return [_filled(word, names) for word in command.words]
    from dmaic.documents.registry import document_class

    path = scratch / f"{command.example}.json"
    example = document_class(command.example).example()
    path.write_text(json.dumps(example.model_dump(mode="json")), "utf-8")
    return ["doc", "import", command.example, str(path)]


def _filled(word: str, names: Mapping[str, str]) -> str:
    for name, value in names.items():
        word = word.replace(f"{{{name}}}", value)
    return word


def _id(answer: Answer) -> str:
    """Id of what a command made: an item, or a saved analysis."""
    item = getattr(answer.result, "item", None)
    if item is not None:
        return str(item["id"])
    # "Saved as analysis k7m2qx4d: ..."
    return answer.notes[0].split(":")[0].split()[-1]


@contextmanager
def _dressed(act: Act) -> Iterator[None]:
    """Within an act its day is today, its actor writes, and the person's own project is none."""
    said = {"DMAIC_TODAY": act.day, "DMAIC_ACTOR": act.actor, "DMAIC_PROJECT": None}
    before = {name: os.environ.get(name) for name in said}
    _set(said)
    try:
        with played(date.fromisoformat(act.day)):
            yield
    finally:
        _set(before)


def _set(variables: Mapping[str, str | None]) -> None:
    for name, value in variables.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


def build(folder: Path, told: Callable[[float, str], None] | None = None) -> DemoReply:
    """Build the finished engagement, whole or not at all.

    Args:
        folder: where it shall be; missing, or empty.
        told: is told how far it is and what happens.

    Raises:
        StoreError: `demo.not-empty`, there is something in the folder; or it lies within another
            engagement.
        OutputError: `demo.folder`, it cannot be made there.
    """
    _ensure_free(folder)
    _ensure_outside(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=".dmaic-demo-", dir=folder.parent))
    except OSError as error:
        raise OutputError(
            f"The folder cannot be made: {(error.strerror or str(error)).lower()}.",
            "demo.folder",
            "Choose another place.",
            str(folder),
        ) from error
    try:
        acts = read_case()
        with _dressed(acts[0]):
            run(["init", str(draft), "--name", NAME], Place())
        place = Place(db=str(draft / "dmaic.db"))
        count = play(acts, lambda words: run([*words, "--quiet"], place), told)
        try:
            if folder.exists():
                folder.rmdir()
            draft.rename(folder)
        except OSError:
            # Somebody else may have filled the folder meanwhile.
            _ensure_free(folder)
            raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return DemoReply(folder=str(folder), commands=count + 1, look=read_look())


def _ensure_outside(folder: Path) -> None:
    above = find_folder(folder)
    if above is not None:
        raise StoreError(
            f"The folder lies in an engagement already: {above}.",
            "store.within",
            "Name one elsewhere, such as `dmaic demo ../dmaic-demo`.",
            str(folder),
        )


def _ensure_free(folder: Path) -> None:
    if folder.is_dir() and not any(folder.iterdir()):
        return
    if folder.exists() or folder.is_symlink():
        raise StoreError(
            "The folder is not empty; the demo overwrites nothing.",
            "demo.not-empty",
            "Name another one: dmaic demo DIR.",
            str(folder),
        )

"""Prompts that can be edited and lists to move in, by questionary."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from dmaic.cli.ask import Asker, Move, Option, keys_of, whole

if TYPE_CHECKING:
    from questionary import Question

T = TypeVar("T")


class PromptAsker(Asker):
    """Prompts that can be edited, and lists to move in."""

    def _typed(self, question: str, present: str, *, long: bool) -> str:
        import questionary

        del long
        typed: str = questionary.text(
            f"{question}:", default=present, qmark=">", **self._look()
        ).unsafe_ask()
        # The text stands there to be edited; a sign typed behind it is a move all the same.
        for move in (Move.BACK, Move.ON, Move.EDITOR):
            if present and typed == present + move.value:
                return str(move.value)
        return whole(typed)

    def pick(self, question: str, options: Sequence[Option[T]], present: T | None = None) -> T:
        """Have one of several things picked, by arrows or by a key."""
        import questionary

        from dmaic.cli.render.console import is_ascii, showable

        room = max(self.console.width - 8, 20)
        keys = keys_of(options)
        default = next((n for n, each in enumerate(options) if each.value == present), 0)
        choices = [
            questionary.Choice(f"{key}) {showable(each.label, self.console)}"[:room], value=number)
            for number, (key, each) in enumerate(zip(keys, options, strict=True))
        ]
        asked = questionary.select(
            f"{showable(question, self.console)}:",
            choices=choices,
            default=choices[default],
            qmark=">",
            pointer=">" if is_ascii(self.console) else "❯",
            instruction="(arrows or the key, then Enter)",
            use_jk_keys=False,
            **self._look(),
        )
        _point(asked, keys)
        picked: int = asked.unsafe_ask()
        return options[picked].value

    def _look(self) -> dict[str, Any]:
        from prompt_toolkit.output import create_output
        from questionary import Style

        # The prompts' own colours are hard to read on a light ground.
        style = Style([("qmark", "fg:ansicyan"), ("answer", ""), ("pointer", "fg:ansicyan bold"),
                       ("highlighted", "bold"), ("selected", ""), ("instruction", "")])  # fmt: skip
        return {"output": create_output(sys.stderr), "style": style}


def _point(asked: Question, keys: Sequence[str]) -> None:
    """Let a key move the pointer; the shortcuts of questionary know no `<`."""
    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
    from questionary.prompts.common import InquirerControl

    app = asked.application
    bindings = app.key_bindings
    control = next(
        each for each in app.layout.find_all_controls() if isinstance(each, InquirerControl)
    )
    if not isinstance(bindings, KeyBindings):
        raise TypeError("the list takes no further keys")

    def bind(place: int, key: str) -> None:
        def move(event: KeyPressEvent) -> None:
            del event
            control.pointed_at = place

        bindings.add(key, eager=True)(move)

    for place, key in enumerate(keys):
        bind(place, key)

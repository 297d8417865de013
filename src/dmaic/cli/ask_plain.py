"""Questions as plain lines, for terminals that cannot move the cursor."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TypeVar

from dmaic.cli.ask import Asker, Move, Option, keys_of, whole

T = TypeVar("T")


class PlainAsker(Asker):
    """Questions as plain lines, for terminals that cannot move the cursor."""

    def _typed(self, question: str, present: str, *, long: bool) -> str:
        from dmaic.cli.render.console import showable

        shown = showable(present, self.console)
        kept = f" [{shown[:200]}{'...' if len(shown) > 200 else ''}]" if present else ""
        ends = " (an empty line ends it)" if long else ""
        self._prompt(f"> {question}{ends}{kept}: ")
        first = self._read()
        if not first.strip():
            return present
        signs = {each.value for each in Move}
        if not long or first.strip() in signs:
            # Editing in place is not possible here, so a minus alone empties the field.
            return "" if first.strip() == Move.CLEAR.value else first
        lines = [first]
        while (line := self._read()).strip():
            lines.append(line)
        return "\n".join(lines)

    def pick(self, question: str, options: Sequence[Option[T]], present: T | None = None) -> T:
        """Have one of several things picked, by its key or its words."""
        from dmaic.block import Note
        from dmaic.cli.render.console import showable

        keys = keys_of(options)
        default = next((n for n, each in enumerate(options) if each.value == present), 0)
        for key, each in zip(keys, options, strict=True):
            self._prompt(f"  {key}) {showable(each.label, self.console)}\n")
        while True:
            self._prompt(f"> {showable(question, self.console)} [{keys[default]}]: ")
            said = self._read().strip().casefold()
            if not said:
                return options[default].value
            labels = [each.label.casefold() for each in options]
            equal = [n for n, label in enumerate(labels) if said in (keys[n], label)]
            begun = [n for n, label in enumerate(labels) if label.startswith(said)]
            found = equal or begun
            if len(found) == 1:
                return options[found[0]].value
            self.say(Note(f"Type one of {', '.join(keys)}, or Enter for {keys[default]}."))

    def _prompt(self, text: str) -> None:
        self.console.file.write(text)
        self.console.file.flush()

    def _read(self) -> str:
        # From the bytes: what does not fit the encoding shall be shown, not end the program.
        raw = sys.stdin.buffer.readline()
        if not raw:
            raise KeyboardInterrupt
        return whole(raw.decode(sys.stdin.encoding or "utf-8", "backslashreplace")).rstrip("\r\n")

"""Commands that a step may name: `dmaic walk` runs them, so a template may not name every one."""

from __future__ import annotations

import shlex
from collections.abc import Collection

from dmaic.errors import suggest
from dmaic.text import printable

VERBS: dict[str, frozenset[str]] = {
    "team": frozenset({"add", "set", "list", "waive"}),
    "action": frozenset({"add", "set", "done", "list"}),
    "risk": frozenset({"add", "set", "list"}),
    "issue": frozenset({"add", "set", "list"}),
    "decision": frozenset({"add", "set", "list"}),
    "benefit": frozenset({"plan", "record", "measure", "list", "show"}),
    "data": frozenset({"add", "refresh", "list", "show"}),
    "doc": frozenset({"edit", "set", "add", "show"}),
    "gate": frozenset({"check", "show"}),
}
"""Noun -> verbs: they add to the record of the project, or show it."""

ALONE = frozenset({"inspect", "verify", "status", "next", "report", "clv", "decide", "monitor"})
"""Further words that a command may begin with; every analysis may."""

_FLAGS = frozenset(
    {"--output", "--chart", "--yes", "--db", "--project", "--style", "--accept", "--with",
     "--answers", "--replace", "--no-save", "--keep-ids"}
)  # fmt: skip
"""What people alone say: where a file is written, what is passed over, another record."""


def mistake(command: str, analyses: Collection[str]) -> tuple[str, str] | None:
    """What is wrong with the command of a step, and what to do; None where nothing is.

    Args:
        command: as typed after `dmaic`; words in capitals stand for answers.
        analyses: names of the analyses.
    """
    try:
        words = shlex.split(command)
    except ValueError:
        return "its quotes do not match.", "Put each text in one pair of quotes."
    if words[:1] == ["dmaic"]:
        return "a command is written without dmaic.", ""
    noun, verb = (*words, "", "")[:2]
    known = {*VERBS, *ALONE, *analyses}
    if noun not in known:
        told = f'a step cannot run "{printable(noun, 40)}".'
        return told, suggest(noun, known) or f"It can run {', '.join(sorted(VERBS))} and analyses."
    if noun in VERBS and verb not in VERBS[noun]:
        told = f'a step cannot run "{printable(f"{noun} {verb}".strip(), 40)}".'
        return told, f"It can run {', '.join(f'{noun} {each}' for each in sorted(VERBS[noun]))}."
    for word in words:
        flag = word.partition("=")[0]
        if flag in _FLAGS or _is_short(word) or (noun == "report" and flag == "--to"):
            told = f'a step cannot say "{printable(word, 40)}".'
            return told, "That is for the person at work to say."
        if "/" in word or "\\" in word or word.startswith(("~", "..")):
            told = f'a step cannot name the file "{printable(word, 40)}".'
            return told, "Write FILE, and the person is asked for it."
    return None


def _is_short(word: str) -> bool:
    return len(word) > 1 and word[0] == "-" and word[1].isalpha()

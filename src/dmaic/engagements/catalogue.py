"""The templates there are, a line each."""

from __future__ import annotations

from typing import Any

from dmaic.engagements.answers import filled
from dmaic.engagements.find import built_in, named_package, own_templates
from dmaic.engagements.resolve import resolve
from dmaic.engagements.trial import trial_answers
from dmaic.errors import DmaicError
from dmaic.reply import Heads, Listing
from dmaic.text import plural, printable


def template_list() -> Listing:
    """Every template that a name is enough for; one that cannot be read is told as such."""
    items = [_item(name, "dmaic") for name in built_in()]
    items += [_item(name, "you") for name in own_templates()]
    return Listing(
        kind="template-list",
        title="Templates",
        items=tuple(items),
        shown=(
            Heads(field="name", title="Name", keep=1000),
            Heads(field="version", title="Version", right=True, keep=900),
            Heads(field="title", title="Title", wrap=True, keep=800),
            Heads(field="extends", title="Extends", keep=300),
            Heads(field="asks", title="Asks", right=True, keep=200),
            Heads(field="from", title="From", keep=400),
        ),
        texts=tuple({"asks": _asked(each["asks"])} for each in items),
        signs=tuple("bad" if each["problem"] else "plain" for each in items),
        notes=tuple(f"{each['name']}: {each['problem']}" for each in items if each["problem"]),
        next=("dmaic template show NAME", 'dmaic project new "NAME" --template NAME'),
    )


def _item(name: str, of: str) -> dict[str, Any]:
    item: dict[str, Any] = {"name": name, "version": "", "title": "", "extends": "", "asks": None,
                            "from": of, "problem": ""}  # fmt: skip
    try:
        found = resolve(named_package(name))
        title = filled(str(found.template.plain.get("title", "")), trial_answers(found.questions))
    except DmaicError as error:
        told = f"{error.problems[0].where}: {error.message}".removeprefix(": ")
        return {**item, "problem": printable(told, 300)}
    return {
        **item,
        "version": found.version,
        "title": printable(title, 200),
        "extends": found.lineage[0] if found.lineage else "",
        "asks": len(found.questions.all),
    }


def _asked(count: int | None) -> str:
    return plural(count, "question") if count else ""

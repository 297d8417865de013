"""What in a project is the client's own: names, figures, days, addresses, ids."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from dmaic.documents.base import Document, Line
from dmaic.documents.define.stakeholders import Stakeholder
from dmaic.documents.form import form
from dmaic.project.benefit.benefit import Benefit
from dmaic.project.data.analysis import SavedAnalysis
from dmaic.project.data.dataset import Dataset
from dmaic.project.engagement.kept_package import package_of
from dmaic.project.engagement.project import Engagement, Project
from dmaic.project.entity import Stored
from dmaic.project.paper.paper import Paper, opened
from dmaic.project.people.team import Member
from dmaic.project.plan.action import Action
from dmaic.project.plan.logbook import Issue, Risk
from dmaic.project.store.view import View
from dmaic.text import folded

PEOPLE = frozenset(
    {"owner", "who", "accepted_by", "decided_by", "process_owner", "responsible", "accountable",
     "consulted", "informed"}
)  # fmt: skip
"""Fields of documents that name people, or the functions that they are of."""

_SHORTEST = 3
_ADDRESS = re.compile(r"\S@\S|https?://|www\.", re.IGNORECASE)
_FIGURE = re.compile(r"\d")
_SIGNS = re.compile(r"\{[{%#]")
_COMMON = frozenset(
    {"other", "others", "unknown", "none", "all", "yes", "no", "new", "test", "month", "months",
     "(all)", "(blank)", "early days", "first year", "first disagreement", "long term"}
)  # fmt: skip
"""Names of categories and of files that anybody could have."""

_TRADE = frozenset(
    {"churn", "customer", "customers", "client", "clients", "revenue", "segment", "segments",
     "reduce", "improve", "lower", "small", "large", "project", "monthly", "annual", "yearly",
     "retention", "service", "support", "product", "company", "worked", "engagement", "quarter",
     "users", "loss", "losses", "trial", "phase", "first", "second", "subscription"}
)  # fmt: skip
"""Words of the names of projects and segments that every engagement uses."""

_OFFICES = re.compile(
    r"\b(head|chief|lead|leads|manager|managers|director|officer|controller|analyst|team|panel|"
    r"owner|owners|vendor|board|desk|department|group|lab|agency|partner|success|support|sales|"
    r"marketing|finance|development|product|engineering|accounting|operations|service|quality|"
    r"customer|customers|everybody|nobody|we|all)\b",
    re.IGNORECASE,
)
"""What makes a name that of an office, which every company has, and not of a person."""


@dataclass(frozen=True)
class ClientWords:
    """Words that give a client away.

    Attributes:
        words: as they are written, the longest first.
        functions: names of functions that a template may speak of.
    """

    words: tuple[str, ...]
    functions: frozenset[str] = frozenset()

    def found(self, text: str) -> str:
        """The first of the words in a text, or an empty text.

        Args:
            text: any.
        """
        plain = folded(text)
        for each in self.words:
            if re.search(rf"(?<!\w){re.escape(folded(each))}(?:e?s)?(?!\w)", plain):
                return each
        return ""

    def without(self, allowed: Collection[str]) -> ClientWords:
        """The same but for words that do not give the client away.

        Args:
            allowed: in any case.
        """
        known = set(map(folded, allowed))
        left = tuple(each for each in self.words if folded(each) not in known)
        return ClientWords(left, self.functions)

    def why_not(self, text: str) -> str:
        """Why a text cannot stay in a template, in a word or two; empty where it can.

        Args:
            text: of a person.
        """
        word = self.found(text)
        if word:
            return f'names "{word}"'
        for pattern, reason in ((_ADDRESS, "an address"), (_SIGNS, "signs of a layout"),
                                (_FIGURE, "a figure")):  # fmt: skip
            if pattern.search(text):
                return reason
        return ""


def client_words(
    view: View, project: Stored[Project], functions: Iterable[str], more: Iterable[str] = ()
) -> ClientWords:
    """The words that give the client of a project away.

    Args:
        view: to read from.
        project: any.
        functions: that the template speaks of; they are nobody's own.
        more: words that a person adds.
    """
    known = frozenset(map(folded, functions))
    found: set[str] = set()
    for word in (*_words(view, project), *more):
        said = " ".join(word.split())
        plain = folded(said)
        if len(said) >= _SHORTEST and plain not in known | _COMMON and not said.isdecimal():
            found.add(said)
            # A segment `Estimators` is also spoken of in the singular.
            if re.search(r"[^su]s$", plain) and len(said) > _SHORTEST + 1:
                found.add(said[:-1])
    return ClientWords(tuple(sorted(found, key=lambda each: (-len(each), each))), known)


def _words(view: View, project: Stored[Project]) -> Iterator[str]:
    body = project.body
    for name in (body.name, body.group, *(each.body.name for each in view.all(Engagement))):
        yield name
        yield from (part for part in re.findall(r"\w{5,}", name) if folded(part) not in _TRADE)
    yield from _person(body.sponsor)
    for member in view.all(Member, project.id):
        yield member.body.email
        yield from _person(member.body.name)
    logged: list[Stored[Action | Risk | Issue]] = [
        *view.all(Action, project.id), *view.all(Risk, project.id), *view.all(Issue, project.id)
    ]  # fmt: skip
    for each in logged:
        yield from _person(each.body.owner)
    for benefit in view.all(Benefit, project.id):
        yield benefit.body.title
        yield from _person(benefit.body.owner)
    for dataset in view.all(Dataset, project.id):
        yield dataset.body.file
        for path in dataset.body.files:
            yield from (path, re.split(r"[/\\\\]", path)[-1])
    for analysis in view.all(SavedAnalysis, project.id):
        yield from _categories(analysis.body.result)
    for mark in view.marks():
        yield from _person(mark.actor)
    for paper in view.all(Paper, project.id):
        yield from _people(opened(paper.body))
    yield from _answers(view, project)


def _person(name: str) -> Iterator[str]:
    """The name of a person, and each part of it; nothing for that of an office."""
    if not _OFFICES.search(name):
        yield name
        yield from name.split()


def _people(document: Document | Line) -> Iterator[str]:
    """Who is named in a document: owners, and those whom the stakeholder map is about."""
    for each in form(type(document)):
        value = getattr(document, each.name)
        if each.line is not None:
            for line in value:
                yield from _people(line)
        elif each.name in PEOPLE or (each.name == "name" and isinstance(document, Stakeholder)):
            for name in (value,) if isinstance(value, str) else value:
                yield from _person(name)


def _categories(result: Any) -> Iterator[str]:  # noqa: ANN401
    """Values of segments, plans, regions, reasons in the result of an analysis."""
    if isinstance(result, dict):
        for name, each in result.items():
            if name in ("category", "segment") and each:
                listed = each if isinstance(each, list) else [each]
                yield from (word for word in listed if isinstance(word, str))
            yield from _categories(each)
    elif isinstance(result, list):
        for each in result:
            yield from _categories(each)


def _answers(view: View, project: Stored[Project]) -> Iterator[str]:
    """Free answers to the questions of the template; a choice gives nobody away."""
    resolved = package_of(view, project)
    for each in resolved.questions.all if resolved is not None else ():
        value = project.body.template.answers.get(each.key)
        is_free = each.type == "str" and not each.choices and value != each.default
        if is_free and isinstance(value, str):
            yield value

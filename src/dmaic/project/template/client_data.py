"""What in a project is the client's own: names, figures, days, addresses, ids."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from unicodedata import category

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

_SHORTEST, _PERSON, _NAME, _WORD = 3, 3, 4, 4
"""Letters of a word, words of a person's name, words of a company's, letters of a name that is
often a word too."""

_ADDRESS = re.compile(
    r"\S@\S|https?://|www\.|[\w-]\.(?:com|net|org|io|co|eu|app|dev|ai|cloud|local|internal)\b",
    re.IGNORECASE,
)
_PATH = re.compile(
    r"\w:?\\\w|(?<![\w/.])[~.]{0,2}/\w[^\s/]*/|\w\.(?:csv|xlsx?|docx?|pptx?|pdf|sql|json|parquet)\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"\d")
_SIGNS = re.compile(r"\{[{%#]")
_COMMON = frozenset(
    {"other", "others", "unknown", "none", "all", "yes", "no", "new", "test", "month", "months",
     "(all)", "(blank)", "early days", "first year", "first disagreement", "long term",
     "root", "admin", "administrator", "user", "trial"}
)  # fmt: skip
"""Names of categories, files and accounts that anybody could have."""

_TRADE = frozenset(
    {"churn", "customer", "customers", "client", "clients", "revenue", "segment", "segments",
     "reduce", "improve", "lower", "small", "large", "project", "monthly", "annual", "yearly",
     "retention", "service", "support", "product", "company", "worked", "engagement", "quarter",
     "users", "loss", "losses", "trial", "phase", "first", "second", "subscription", "cut", "keep",
     "stop", "less", "more", "the", "cycle", "and", "for", "from", "ltd", "inc", "gmbh", "software"}
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
        words: as they are written, the longest first; they are found in any case.
        names: parts of names; a short one is not found in small letters: `Will` is a name,
            `will` is none.
        functions: names of functions that a template may speak of.
    """

    words: tuple[str, ...]
    names: tuple[str, ...] = ()
    functions: frozenset[str] = frozenset()

    def found(self, text: str) -> str:
        """The first of the words in a text, or an empty text.

        Args:
            text: any.
        """
        # Signs that nobody sees, such as a soft hyphen, hide no name.
        text = "".join(sign for sign in text.strip() if category(sign) != "Cf")
        plain = folded(text)
        for each in self.words:
            if re.search(rf"(?<!\w){re.escape(folded(each))}(?:e?s)?(?!\w)", plain):
                return each
        for each in self.names:
            for hit in re.finditer(rf"(?<!\w){re.escape(folded(each))}(?:e?s)?(?!\w)", plain):
                # Folding may change the number of letters, and then a capital cannot be told.
                same = len(plain) == len(text)
                if len(each) > _WORD or not same or not text[hit.start() : hit.end()].islower():
                    return each
        return ""

    def without(self, allowed: Collection[str]) -> ClientWords:
        """The same but for words that do not give the client away.

        Args:
            allowed: in any case.
        """
        known = set(map(folded, allowed))
        words, names = (
            tuple(each for each in listed if folded(each) not in known)
            for listed in (self.words, self.names)
        )
        return ClientWords(words, names, self.functions)

    def why_not(self, text: str) -> str:
        """Why a text cannot stay in a template, in a word or two; empty where it can.

        Args:
            text: of a person.
        """
        word = self.found(text)
        if word:
            return f'names "{word}"'
        for pattern, reason in ((_ADDRESS, "an address"), (_PATH, "a file"),
                                (_SIGNS, "signs of a layout"), (_FIGURE, "a figure")):  # fmt: skip
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
    words: set[str] = set()
    names: set[str] = set()
    for word in (*_words(view, project), *more):
        said = " ".join(word.split())
        plain = folded(said)
        if len(said) >= _SHORTEST and plain not in known | _COMMON and not said.isdecimal():
            words.add(said)
            # A segment `Estimators` is also spoken of in the singular.
            if re.search(r"[^su]s$", plain) and len(said) > _SHORTEST + 1:
                words.add(said[:-1])
    for name in _names(view, project):
        names |= {
            part
            for part in re.findall(r"\w{3,}", name)
            if folded(part) not in known | _COMMON | _TRADE and not part.isdecimal()
        }
    return ClientWords(_sorted(words), _sorted(names - words), known)


def _sorted(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=lambda each: (-len(each), each)))


def _words(view: View, project: Stored[Project]) -> Iterator[str]:
    """Names of things, segments, files, and whole names of people."""
    for title in _titles(view, project):
        yield title
        # A segment `Auto body estimators` is spoken of as estimators.
        yield from (part for part in re.findall(r"\w{5,}", title) if folded(part) not in _TRADE)
    yield from _people(view, project)
    yield from _answers(view, project)
    yield from (each.body.email for each in view.all(Member, project.id))
    yield from (each.body.title for each in view.all(Benefit, project.id))
    yield from (row.id for row in view.rows(project.id))
    for dataset in view.all(Dataset, project.id):
        yield dataset.body.file
        for path in dataset.body.files:
            yield from (path, re.split(r"[/\\]", path)[-1])
    for analysis in view.all(SavedAnalysis, project.id):
        yield from _categories(analysis.body.result)


def _names(view: View, project: Stored[Project]) -> Iterator[str]:
    """Names of which a part alone gives somebody away: of people, the client, the project."""
    yield from _people(view, project)
    for name in (*_titles(view, project), *_answers(view, project)):
        if len(name.split()) <= _NAME:
            yield " ".join(part for part in name.split() if part[:1].isupper())


def _titles(view: View, project: Stored[Project]) -> Iterator[str]:
    yield from (project.body.name, project.body.group)
    yield from (each.body.name for each in view.all(Engagement))


def _people(view: View, project: Stored[Project]) -> Iterator[str]:
    """Everybody who is named in a project, but for those who are named by their office."""
    said = [project.body.sponsor]
    said += [each.body.name for each in view.all(Member, project.id)]
    logged: list[Stored[Action | Risk | Issue]] = [
        *view.all(Action, project.id), *view.all(Risk, project.id), *view.all(Issue, project.id)
    ]  # fmt: skip
    said += [each.body.owner for each in logged]
    said += [each.body.owner for each in view.all(Benefit, project.id)]
    said += [mark.actor for mark in view.marks()]
    for paper in view.all(Paper, project.id):
        said += _named(opened(paper.body))
    yield from (name for name in said if not _is_office(name))


def _is_office(name: str) -> bool:
    """Whether it is the name of an office, which every company has; `Grace Head` is a person."""
    parts = name.split()
    capital = 2 <= len(parts) <= _PERSON and all(part[:1].isupper() for part in parts)
    return bool(_OFFICES.search(parts[0] if capital else name)) if parts else True


def _named(document: Document | Line) -> Iterator[str]:
    """Who is named in a document: owners, and those whom the stakeholder map is about."""
    for each in form(type(document)):
        value = getattr(document, each.name)
        if each.line is not None:
            for line in value:
                yield from _named(line)
        elif each.name in PEOPLE or (each.name == "name" and isinstance(document, Stakeholder)):
            yield from (value,) if isinstance(value, str) else value


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

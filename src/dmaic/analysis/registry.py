"""Run the analyses by name, read saved results again, say what was asked."""

from __future__ import annotations

import inspect
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any, cast

from pydantic import ValidationError

from dmaic.analysis.catalogue import ANALYSES, Analysis
from dmaic.errors import DataError, NotFoundError, refusal, suggest
from dmaic.result import Result
from dmaic.text import printable

_FIRST = ("by", "category")
"""Keywords whose values follow the title without their names."""

_MOST = 12
"""Parts of a list that are told."""

_LARGE = 100
"""From here on a figure is told to two places: a year's 140,000 is 11666.67 a month."""


def find_analysis(name: str) -> Analysis:
    """The analysis of that name.

    Raises:
        NotFoundError: `analysis.unknown`, this dmaic has none, as a newer one may.
    """
    if name not in ANALYSES:
        raise NotFoundError(
            f'There is no analysis "{printable(name, 40)}".',
            "analysis.unknown",
            suggest(name, ANALYSES) or f"There are {', '.join(ANALYSES)}; a newer dmaic has more.",
        )
    return ANALYSES[name]


def asked(name: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """What was asked, as plain JSON types; what is said by default is left out.

    Args:
        name: of the analysis.
        given: keywords of its function.
    """
    defaults = _defaults(name)
    plain = {word: list(each) if isinstance(each, tuple) else each for word, each in given.items()}
    return {
        word: each
        for word, each in plain.items()
        if each is not None and each != [] and each != defaults.get(word)
    }


def run(
    name: str,
    source: object,
    parameters: Mapping[str, Any],
    *,
    accepted: Sequence[str] = (),
    **how: object,
) -> Result:
    """Run an analysis.

    Args:
        name: which.
        source: an export or a `Snapshot`; None for one that is computed from its keywords alone.
        parameters: keywords of its function.
        accepted: codes of blocking findings that were accepted with the data.
        **how: further keywords, such as `progress`.

    Raises:
        DmaicError: as the analysis itself; `analysis.parameter`, it knows no such keyword, as that
            of a newer dmaic may know.
    """
    words = dict(parameters)
    _refuse_unknown(name, words)
    if accepted and "accept" in _defaults(name):
        words["accept"] = tuple(dict.fromkeys((*words.get("accept", ()), *accepted)))
    result: Result = _load(find_analysis(name).function)(source, **words, **how)
    return result


def restore(name: str, data: Mapping[str, Any]) -> Result:
    """A result of its JSON.

    Args:
        name: of the analysis.
        data: as `to_dict` gave it.

    Raises:
        DataError: `analysis.result`, it is no such result, as one of a newer dmaic may be.
    """
    kinds = find_analysis(name).results
    kind = str(data.get("kind"))
    try:
        if kind not in kinds:
            raise ValueError(f"its kind is {printable(kind, 40)}")
        # By its JSON rules, so that a list is taken for a tuple.
        return cast("Result", _load(kinds[kind]).model_validate(dict(data)))
    except (ValidationError, ValueError) as error:
        said = str(error)
        if isinstance(error, ValidationError):
            first = error.errors()[0]
            field = ".".join(str(part) for part in first["loc"])
            said = f'its field "{field}" is wrong: {refusal(first)}'
        raise DataError(
            f"The saved result cannot be read: {printable(said, 200)}.",
            "analysis.result",
            "Run it again: dmaic analysis rerun.",
        ) from error


def result_classes(name: str) -> list[type[Result]]:
    """The classes of the results that an analysis gives.

    Args:
        name: of the analysis.
    """
    return [_load(place) for place in find_analysis(name).results.values()]


def words(name: str, parameters: Mapping[str, Any]) -> str:
    """What was asked, in words: `Pareto by segment, plan; since 2025-01`.

    Args:
        name: of the analysis.
        parameters: as `asked` gives them.
    """
    title = ANALYSES[name].title if name in ANALYSES else name
    for word in _FIRST:
        if word in parameters:
            title += f" by {said(parameters[word])}"
            break
    rest = [
        _named(word.replace("_", " "), said(each))
        for word, each in parameters.items()
        if word not in _FIRST
    ]
    return "; ".join([title, *rest])


def _named(word: str, text: str) -> str:
    """A parameter with what was said of it, once where both are the same."""
    return text if text.casefold() == word else f"{word} {text}"


def said(value: object) -> str:
    """A parameter in words, short.

    Args:
        value: plain JSON types.
    """
    if isinstance(value, Mapping):
        # A thing with a name, such as a solution, is told by it.
        name = value.get("name")
        parts = (f"{str(word).replace('_', ' ')} {said(each)}" for word, each in value.items())
        return printable(str(name) if name else ", ".join(parts), 80)
    if isinstance(value, (list, tuple)):
        shown = ", ".join(said(each) for each in value[:_MOST])
        return shown + (f" and {len(value) - _MOST} more" if len(value) > _MOST else "")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, float) and abs(value) >= _LARGE:
        return f"{value:.2f}"
    return printable(str(value), 80)


def parameters(name: str) -> frozenset[str]:
    """Keywords of an analysis that say how to compute, not from which files or past which warnings.

    Args:
        name: of the analysis.
    """
    analysis = find_analysis(name)
    _, *every = inspect.signature(_load(analysis.function)).parameters.values()
    plain = {each.name for each in every if each.kind is not inspect.Parameter.VAR_KEYWORD}
    return frozenset(plain - {"accept", "fingerprint", "progress", analysis.other})


def _refuse_unknown(name: str, parameters: Mapping[str, Any]) -> None:
    """Refuse keywords that a saved analysis was asked with and this dmaic does not know."""
    _, *every = inspect.signature(_load(find_analysis(name).function)).parameters.values()
    known = {each.name for each in every if each.kind is not inspect.Parameter.VAR_KEYWORD}
    if any(each.kind is inspect.Parameter.VAR_KEYWORD for each in every):
        # Only an analysis that reads exports pays for importing how they are read.
        from dmaic.analysis.said import Said

        known |= {*Said.__annotations__}
    for word in parameters:
        if word not in known:
            raise NotFoundError(
                f'The analysis {name} knows no "{printable(word, 40)}".',
                "analysis.parameter",
                suggest(word, known) or "It was probably made with a newer dmaic.",
            )


def _defaults(name: str) -> dict[str, Any]:
    signature = inspect.signature(_load(find_analysis(name).function))
    return {
        each.name: list(each.default) if isinstance(each.default, tuple) else each.default
        for each in signature.parameters.values()
        if each.default is not inspect.Parameter.empty
    }


def _load(place: str) -> Any:  # noqa: ANN401  a function or a class
    module, _, thing = place.partition(":")
    return getattr(import_module(module), thing)

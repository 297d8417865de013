"""Whatever a template's files hold, it is read or refused in words, within a moment."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from dmaic.engagements.package import Package
from dmaic.engagements.read_zip import unzipped
from dmaic.engagements.render import render
from dmaic.engagements.resolve import resolve
from dmaic.engagements.trial import trial_answers
from dmaic.errors import DmaicError, Problem

TEMPLATE = b"""\
name: own
version: 1.0.0
title: "Churn at {{ answers.client }}"
purpose: Ours.
phases:
  - name: define
    title: Define
    purpose: Begin.
    steps:
      - {name: charter, title: Charter, explain: Write it., document: charter}
    gate:
      roles: [sponsor]
      criteria:
        - {name: complete, title: Complete, check: document-complete, with: {document: charter}}
"""

QUESTIONS = b"""\
sections:
  - name: s
    title: S
    questions:
      client: {help: Who?, default: Northwind}
"""

words = st.sampled_from(
    [
        *("name", "sections", "questions", "add", "remove", "change", "replace", "type", "when"),
        *("choices", "default", "phases", "steps", "gate", "criteria", "defaults", "clv", "with"),
        *("extends", "dmaic", "problem", "milestones", "id", "saas-churn"),
        *("{{ answers.client }}", "{{ 1/0 }}", "{% raw %}"),
    ]
)
leaves = st.none() | st.booleans() | st.integers() | st.floats() | words | st.text(max_size=8)
trees = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
    max_leaves=12,
)


def used(files: dict[str, bytes]) -> None:
    problems: Sequence[Problem] = ()
    try:
        found = resolve(Package("own", "own", files))
        render(found, trial_answers(found.questions))
    except DmaicError as error:
        problems = error.problems
    assert all(each.code and each.message.strip() for each in problems)
    assert all("\n" not in each.message for each in problems)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(["questions.yaml", "documents/charter.yaml", "presets/x.yaml", "style.toml"]),
    st.binary(max_size=60),
)
def test_bytes_are_read_or_refused(name: str, content: bytes) -> None:
    used({"template.yaml": TEMPLATE, "questions.yaml": QUESTIONS, name: content})
    used({"template.yaml": TEMPLATE + content})


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["questions.yaml", "documents/charter.yaml", "presets/x.yaml"]), trees)
def test_any_shape_is_read_or_refused(name: str, tree: Any) -> None:
    text = yaml.safe_dump(tree).encode()
    used({"template.yaml": TEMPLATE, "questions.yaml": QUESTIONS, name: text})


specs = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(["str", "int", "float", "bool", "date"]),
        "default": leaves | st.lists(leaves, max_size=3),
        "choices": st.lists(leaves, max_size=3) | st.dictionaries(st.text(max_size=4), leaves),
        "multiselect": st.booleans(),
        "when": st.booleans() | words,
        "validator": words,
        "help": words,
        "placeholder": words,
    },
)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from(["a", "b", "client"]), specs, min_size=1), leaves)
def test_any_question_is_asked_or_refused(asked: dict[str, Any], answer: Any) -> None:
    section = {"name": "s", "title": "S", "questions": asked}
    text = yaml.safe_dump({"sections": [section]}).encode()
    used({"template.yaml": TEMPLATE.replace(b"{{ answers.client }}", b"X"), "questions.yaml": text})
    try:
        found = resolve(Package("own", "own", {"template.yaml": TEMPLATE, "questions.yaml": text}))
        render(found, dict.fromkeys(asked, answer))
    except DmaicError:
        return


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(words, trees, max_size=3))
def test_any_change_of_another_template_is_made_or_refused(tree: dict[str, Any]) -> None:
    own = {"name": "own", "version": "1.0.0", "extends": "quick-win"}
    used({"template.yaml": yaml.safe_dump({**tree, **own}).encode()})


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 2_000), st.integers(0, 255)), max_size=6))
def test_a_spoilt_zip_file_is_read_or_refused(changes: list[tuple[int, int]]) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("own/template.yaml", TEMPLATE)
        file.writestr("own/questions.yaml", QUESTIONS)
    raw = bytearray(stream.getvalue())
    for place, byte in changes:
        raw[place % len(raw)] = byte
    try:
        found = unzipped(io.BytesIO(bytes(raw)), "own.zip", "own.zip")
    except DmaicError:
        return
    used(dict(found.files))

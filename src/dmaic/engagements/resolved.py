"""A template with all that it extends written out: what a project keeps, and is filled from."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dmaic.documents.base import Document
from dmaic.engagements.question import Questions
from dmaic.engagements.source import Node, node_of
from dmaic.engagements.template import Template


@dataclass(frozen=True, slots=True)
class Resolved:
    """One template, whole, its answers still open.

    Attributes:
        name, version: of the template.
        source: how it can be had again.
        lineage: name and version of each template it extends, the nearest first.
        questions: what it asks.
        template: what `template.yaml` says, without `extends` and `dmaic`.
        documents: kind of document -> fields that are filled in.
        presets: name -> preset.
        style: what `style.toml` says; empty where there is none.
        layouts: name of the file in `reports/` -> text.
        assets: name of the file in `style/` -> content.
    """

    name: str
    version: str
    source: str
    lineage: tuple[str, ...]
    questions: Questions
    template: Node
    documents: Mapping[str, Node]
    presets: Mapping[str, Node]
    style: Node
    layouts: Mapping[str, str]
    assets: Mapping[str, bytes]

    def as_json(self) -> dict[str, Any]:
        """All of it as plain JSON types; `of_json` reads it back, without lines.

        What holds nothing is left out, so that a later dmaic finds the same fingerprint.
        """
        said: dict[str, Any] = {
            "name": self.name,
            "version": self.version,
            "lineage": list(self.lineage),
            "questions": self.questions.model_dump(mode="json", exclude_defaults=True),
            "template": self.template.plain,
            "documents": {name: each.plain for name, each in self.documents.items()},
            "presets": {name: each.plain for name, each in self.presets.items()},
            "style": self.style.plain,
            "layouts": dict(self.layouts),
            "assets": {
                name: base64.b64encode(content).decode() for name, content in self.assets.items()
            },
        }
        return {name: each for name, each in said.items() if each}

    @staticmethod
    def of_json(said: Mapping[str, Any], source: str = "") -> Resolved:
        """What `as_json` wrote.

        Args:
            said: plain JSON types.
            source: how the template can be had again.

        Raises:
            ValueError, KeyError: it is not what was written.
        """

        def nodes(field: str) -> dict[str, Node]:
            return {
                name: node_of(each, f"{field}/{name}.yaml")
                for name, each in said.get(field, {}).items()
            }

        return Resolved(
            name=said["name"],
            version=said["version"],
            source=source,
            lineage=tuple(said.get("lineage", ())),
            questions=Questions.model_validate(said.get("questions", {})),
            template=node_of(said["template"], "template.yaml"),
            documents=nodes("documents"),
            presets=nodes("presets"),
            style=node_of(said.get("style", {}), "style.toml"),
            layouts=dict(said.get("layouts", {})),
            assets={
                name: base64.b64decode(text, validate=True)
                for name, text in said.get("assets", {}).items()
            },
        )

    @property
    def hash(self) -> str:
        """SHA-256 of all that it says; where it came from does not matter."""
        text = json.dumps(self.as_json(), sort_keys=True, separators=(",", ":"), allow_nan=False)
        return hashlib.sha256(text.encode("ascii")).hexdigest()


@dataclass(frozen=True, slots=True)
class Filled:
    """A template with its answers filled in: what a project follows.

    Attributes:
        template: phases, steps, criteria, defaults of analyses.
        documents: kind -> the document as a project begins with it.
        presets: name -> preset, as plain data.
        style: what `style.toml` says.
        layouts: name of the file -> text; they are filled when a report is made.
        assets: name of the file in `style/` -> content.
        answers: all answers, those that were left at their default among them, secrets not.
    """

    template: Template
    documents: Mapping[str, Document]
    presets: Mapping[str, dict[str, Any]] = field(default_factory=dict)
    style: Mapping[str, Any] = field(default_factory=dict)
    layouts: Mapping[str, str] = field(default_factory=dict)
    assets: Mapping[str, bytes] = field(default_factory=dict)
    answers: Mapping[str, Any] = field(default_factory=dict)

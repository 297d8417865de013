"""The questions that a template asks before a project begins, in copier's vocabulary."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, field_validator, model_validator

from dmaic.engagements.template import Sentence, Slug
from dmaic.result import Frozen

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
"""What an answer is called in a template: `{{ answers.KEY }}`."""

Type = Literal["str", "int", "float", "bool", "date"]

Value = str | int | float | bool | list[Any] | None
"""An answer; a list where several can be chosen."""


class Choice(Frozen):
    """One of the answers that can be chosen.

    Attributes:
        label: as people read it.
        value: the answer.
    """

    label: str = Field(max_length=200)
    value: str | int | float | bool


class Question(Frozen):
    """Something that a template asks.

    Texts marked with J may hold `{{ answers.KEY }}` of the questions before.

    Attributes:
        key: what its answer is called.
        type: of the answer.
        help: the question, one or two sentences (J).
        default: the answer where none is given (J); None: it must be answered.
        choices: answers to choose from; empty: any of the type.
        multiselect: several can be chosen; the answer is a list.
        when: whether it is asked: true, or a text that is filled and read as yes or no (J).
        validator: filled with the answer; what comes out says what is wrong with it (J).
        secret: not shown when it is typed, nor kept with the answers; it needs a default.
        multiline: more than a line is usual.
        placeholder: an example of an answer.
        was: what it was called in earlier versions; an update brings its answer along.
    """

    key: Key
    type: Type = "str"
    help: str = Field(default="", max_length=2_000)
    default: Value = None
    choices: tuple[Choice, ...] = Field(default=(), max_length=200)
    multiselect: bool = False
    when: bool | str = True
    validator: str = Field(default="", max_length=2_000)
    secret: bool = False
    multiline: bool = False
    placeholder: str = Field(default="", max_length=200)
    was: tuple[Key, ...] = Field(default=(), max_length=20)

    @field_validator("was", mode="before")
    @classmethod
    def _one_name(cls, said: Any) -> Any:  # noqa: ANN401
        return (said,) if isinstance(said, str) else said

    @model_validator(mode="before")
    @classmethod
    def _plain_choices(cls, said: Any) -> Any:  # noqa: ANN401
        # copier takes a list of values, of pairs, or labels with values.
        choices = said.get("choices") if isinstance(said, dict) else None
        if isinstance(choices, dict):
            pairs = [*choices.items()]
        elif isinstance(choices, list):
            pairs = [each if _is_pair(each) else (each, each) for each in choices]
        else:
            return said
        made = [
            value if isinstance(value, dict) else {"label": str(label), "value": value}
            for label, value in pairs
        ]
        return {**said, "choices": made}

    @model_validator(mode="after")
    def _fits_together(self) -> Question:
        if self.multiselect and not self.choices:
            raise ValueError("multiselect needs choices")
        if self.secret and self.default is None:
            raise ValueError("a secret needs a default, since its answer is not kept")
        return self


def _is_pair(each: object) -> bool:
    return isinstance(each, list | tuple) and len(each) == 2


class Section(Frozen):
    """Questions that belong together.

    Attributes:
        name: of the section.
        title: as people read it.
        help: what it is about.
        questions: in the order in which they are asked.
    """

    name: Slug
    title: Sentence
    help: str = Field(default="", max_length=2_000)
    questions: tuple[Question, ...] = Field(default=(), max_length=200)


class Questions(Frozen):
    """What a template asks.

    Attributes:
        sections: in order.
    """

    sections: tuple[Section, ...] = Field(default=(), max_length=50)

    @property
    def all(self) -> tuple[Question, ...]:
        """The questions of every section, in order."""
        return tuple(each for section in self.sections for each in section.questions)

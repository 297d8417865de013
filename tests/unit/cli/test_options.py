"""The options of an export: the same as the keywords of the Python functions."""

from __future__ import annotations

import inspect
import typing
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Annotated

import pytest
import typer
from typer.testing import CliRunner

import dmaic
from dmaic.analysis.said import CHOICES, ROLES, Said, opening
from dmaic.churn.export import Opening, related_from
from dmaic.churn.option import FORMATS, ReadOptions
from dmaic.churn.role import ROLES as KNOWN
from dmaic.cli.answer import Face
from dmaic.cli.app import app
from dmaic.cli.options import Export, spread
from dmaic.errors import UsageError


def options(command: str) -> dict[str, str]:
    """Long option -> name of its parameter."""
    group = typing.cast("typing.Any", typer.main.get_command(app))
    return {
        flag: parameter.name
        for parameter in group.commands[command].params
        for flag in parameter.opts
        if flag.startswith("--")
    }


SAID = set(Said.__annotations__)


def test_every_keyword_has_an_option_and_every_option_a_keyword() -> None:
    # A join is two options, and one keyword of pairs.
    named = {field.name for field in fields(Export)} - {"with_", "on"} | {"related"}
    assert named == SAID
    assert set(Export().said()) == SAID


@pytest.mark.parametrize("command", ["pareto", "inspect"])
def test_options_are_called_as_their_keywords(command: str) -> None:
    said = {"--" + name.replace("_", "-") for name in SAID - {"related"}} | {"--with", "--on"}
    assert said <= set(options(command))


def test_pareto_takes_the_same_words_in_python_and_on_the_command_line() -> None:
    face = {"--" + field.name for field in fields(Face)}
    own = set(options("pareto")) - set(options("inspect")) - {"--chart"}
    keywords = set(inspect.signature(dmaic.pareto).parameters)
    python_only = {"source", "fingerprint", "progress", "said"}
    assert own == {"--" + name.replace("_", "-") for name in keywords - python_only}
    assert face <= set(options("pareto"))


def test_choices_are_the_same_in_python_and_on_the_command_line() -> None:
    hints = typing.get_type_hints(Export)
    for name, choices in {**CHOICES, "input_format": FORMATS}.items():
        (literal, *_) = typing.get_args(hints[name])
        assert typing.get_args(literal) == choices


def test_roles_are_those_that_are_recognised() -> None:
    assert set(ROLES) == set(KNOWN)


def test_opening_sorts_what_was_said() -> None:
    sorted_ = opening(decimal=",", churned="Lost", value_scale=0.01, related=[("a.csv", "id")])
    assert sorted_ == Opening(
        read=ReadOptions(decimal=","),
        roles={"churned": "Lost"},
        scale=0.01,
        related=(("a.csv", "id"),),
    )


def test_a_misspelt_keyword_is_refused() -> None:
    with pytest.raises(TypeError, match=r"'curency'\. Did you mean \"currency\""):
        dmaic.pareto("export.csv", "segment", curency="EUR")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="unexpected keyword"):
        dmaic.inspect("export.csv", by="segment")  # type: ignore[call-arg]


@pytest.mark.parametrize(
    ("name", "word"), [("decimal", "x"), ("date_order", "dym"), ("decimal", ";")]
)
def test_a_word_that_is_no_choice_is_refused(name: str, word: str) -> None:
    with pytest.raises(UsageError) as stopped:
        opening(**{name: word})
    assert stopped.value.code == "usage.choice"


@pytest.mark.parametrize(
    ("files", "keys", "pairs"),
    [
        ([], [], ()),
        (["a"], ["id"], (("a", "id"),)),
        (["a", "b"], ["id"], (("a", "id"), ("b", "id"))),
        (["a", "b"], ["id", "acc=key"], (("a", "id"), ("b", "acc=key"))),
    ],
)
def test_related_files_and_their_keys(files: list[str], keys: list[str], pairs: object) -> None:
    assert related_from(files, keys) == pairs


@pytest.mark.parametrize(
    ("files", "keys"), [(["a"], []), ([], ["id"]), (["a", "b", "c"], ["x", "y"])]
)
def test_related_files_without_a_key_each(files: list[str], keys: list[str]) -> None:
    with pytest.raises(UsageError) as stopped:
        related_from(files, keys)
    assert stopped.value.code == "usage.with-on"


@dataclass(frozen=True)
class Colour:
    hue: Annotated[str, typer.Option("--hue")] = "red"
    depth: Annotated[int, typer.Option("--depth")] = 1


def test_a_dataclass_of_options_is_spread() -> None:
    got = []
    one = typer.Typer()

    @one.command()
    @spread
    def paint(wall: Path, colour: Colour, *, coats: int = 2) -> None:
        got.append((wall, colour, coats))

    assert CliRunner().invoke(one, ["north", "--depth", "3"]).exit_code == 0
    assert CliRunner().invoke(one, ["south", "--hue", "blue", "--coats", "1"]).exit_code == 0
    assert got == [(Path("north"), Colour("red", 3), 2), (Path("south"), Colour("blue", 1), 1)]
    assert CliRunner().invoke(one, ["north", "--depth", "deep"]).exit_code == 2


def test_an_option_of_the_commands_own_takes_the_place_of_the_shared_one() -> None:
    # `--segment` names the column of segments nearly everywhere, and a segment where one is meant.
    got: dict[str, typing.Any] = {}

    @spread
    def command(
        segment: Annotated[list[str] | None, typer.Option("--segment")] = None,
        *,
        export: Export,
    ) -> None:
        got.update(segment=segment, role=export.segment, plan=export.plan)

    own = typer.Typer()
    own.command()(command)
    ran = CliRunner().invoke(own, ["--segment", "A", "--segment", "B", "--plan", "tier"])
    assert ran.exit_code == 0, ran.output
    assert got == {"segment": ["A", "B"], "role": None, "plan": "tier"}

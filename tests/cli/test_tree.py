"""The tree of commands and the commands themselves say the same."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from importlib import import_module

import pytest

from dmaic.cli.app import TREE
from dmaic.cli.entry import main
from dmaic.cli.tree import Branch, Leaf, Tree, path_of


def leaves(tree: Tree, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Leaf]]:
    for name, node in tree.items():
        if isinstance(node, Branch):
            yield from leaves(node.leaves, (*path, name))
        else:
            yield (*path, name), node


COMMANDS = [pytest.param(path, leaf, id=" ".join(path)) for path, leaf in leaves(TREE)]


@pytest.mark.parametrize(("path", "leaf"), COMMANDS)
def test_the_list_of_commands_says_what_the_command_says_of_itself(
    path: tuple[str, ...], leaf: Leaf
) -> None:
    function = getattr(import_module(f"dmaic.cli.commands.{leaf.module}"), leaf.function)
    first = re.split(r"(?<=[.?!])\s", inspect.getdoc(function) or "", maxsplit=1)[0]
    assert " ".join(first.split()).rstrip(".?") == leaf.help


@pytest.mark.parametrize(("path", "leaf"), COMMANDS)
def test_every_command_has_a_help_page_that_gives_an_example(
    path: tuple[str, ...], leaf: Leaf, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*path, "--help"]) == 0
    page = " ".join(capsys.readouterr().out.split())
    assert f"Usage: dmaic {' '.join(path)}" in page
    assert f"Example: dmaic {' '.join(path)}" in page


def test_a_group_lists_its_verbs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["project", "--help"]) == 0
    page = capsys.readouterr().out
    branch = TREE["project"]
    assert isinstance(branch, Branch)
    for verb, leaf in branch.leaves.items():
        assert re.search(rf"^  {verb} +{leaf.help}", page, re.MULTILINE)


def test_a_slip_in_a_verb_is_answered_with_the_verb(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["project", "nwe"]) == 2
    said = capsys.readouterr().err
    assert "new" in said
    assert "`dmaic project --help` shows how." in said


def test_a_slip_in_a_verb_is_told_where_a_name_may_stand(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["report", "chek", "analyze"]) == 2
    assert "Did you mean 'check'?" in " ".join(capsys.readouterr().err.split())


def test_what_is_missing_is_answered_with_the_example(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gage", "times.csv"]) == 2
    said = " ".join(capsys.readouterr().err.split())
    assert (
        "For example: dmaic gage times.csv --part ticket --operator agent --value minutes; "
        "`dmaic gage --help` shows how." in said
    )


def test_the_path_of_a_command_leaves_out_options_and_arguments() -> None:
    assert path_of(["project", "new", "Name", "--json"], TREE) == ["project", "new"]
    assert path_of(["--version"], TREE) == []
    assert path_of(["pareto", "file.csv"], TREE) == ["pareto"]
    assert path_of(["project", "--json"], TREE) == ["project"]

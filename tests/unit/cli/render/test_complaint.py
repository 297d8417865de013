"""What somebody is told who is being asked: what is wrong and an example, without a code."""

from __future__ import annotations

from io import StringIO

from rich.console import Console

from dmaic.cli.render.words import print_error
from dmaic.errors import DataError


def test_a_complaint_names_no_code_and_not_the_field_just_asked() -> None:
    console = Console(file=StringIO(), width=80)
    error = DataError('"soon" is no number.', "document.value", "Example: 2.2.", "baseline")
    print_error(error, console, codes=False, here="baseline")
    assert console.file.getvalue() == 'error "soon" is no number.\n  Example: 2.2.\n'


def test_a_complaint_about_another_field_names_it() -> None:
    console = Console(file=StringIO(), width=80)
    error = DataError('"soon" is no number.', "document.value", "", "target")
    print_error(error, console, codes=False, here="baseline")
    assert console.file.getvalue() == 'error target: "soon" is no number.\n'

"""What the folder of a project's reports is called."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from dmaic.reports.place import folder_name


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("Cut churn", "cut-churn"),
        ("Acme", "acme"),
        ("IBM", "ibm"),
        ("../../etc", "etc"),
        ("Console", "console"),
        ("Portfolio", "portfolio-x2"),
        ("CON", "con-x2"),
        ("lpt1", "lpt1-x2"),
        ("COM³", "com³-x2"),
        ("!?", "x2"),
    ],
)
def test_a_folder_is_called_as_its_project_where_it_can_be(name: str, folder: str) -> None:
    project: Any = SimpleNamespace(id="x2", body=SimpleNamespace(name=name))
    assert folder_name(project) == folder

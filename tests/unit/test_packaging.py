"""The package says truly what it needs and finds what it brings."""

from __future__ import annotations

import ast
import sys
import tomllib
from pathlib import Path

import pytest

from dmaic import __version__, resource
from dmaic.errors import DmaicError

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

# Where the name to import is not the name to install.
DISTRIBUTIONS = {"_duckdb": "duckdb", "pypandoc": "pypandoc-binary", "yaml": "pyyaml"}


def imported_names() -> set[str]:
    """Top-level names of everything src/ imports from outside the standard library."""
    names = set()
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module.split(".")[0])
    return names - set(sys.stdlib_module_names) - {"dmaic"}


def names_of(requirements: list[str]) -> set[str]:
    """`["duckdb>=2.0,<3"]` -> `{"duckdb"}`."""
    return {requirement.split(">")[0].strip().lower() for requirement in requirements}


def test_every_import_is_a_declared_dependency() -> None:
    optional = PROJECT["project"].get("optional-dependencies", {})
    declared = names_of(PROJECT["project"]["dependencies"])
    for extra, requirements in optional.items():
        if extra != "dev":
            declared |= names_of(requirements)
    needed = {DISTRIBUTIONS.get(name, name).replace("_", "-") for name in imported_names()}
    # Frames of these two are recognised by type, so the module is there whenever it is imported.
    assert needed - declared - {"polars", "pyarrow"} == set()


def test_version_is_read_from_the_package() -> None:
    assert PROJECT["tool"]["hatch"]["version"]["path"] == "src/dmaic/__init__.py"
    assert __version__.count(".") == 2


def test_folders_are_found_in_a_checkout() -> None:
    assert resource.templates_folder() == ROOT / "templates"
    assert resource.sample_data_folder() == ROOT / "sample_data"


@pytest.mark.parametrize("name", ["templates", "sample_data"])
def test_folders_are_found_in_a_wheel(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["sources"][name]
    folder = tmp_path / "site-packages" / inside
    folder.mkdir(parents=True)
    monkeypatch.setattr(resource, "_PACKAGE", tmp_path / "site-packages" / "dmaic")
    assert getattr(resource, f"{name}_folder")() == folder


def test_a_missing_folder_is_an_error_that_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resource, "_PACKAGE", tmp_path / "site-packages" / "dmaic")
    with pytest.raises(DmaicError) as caught:
        resource.templates_folder()
    assert caught.value.code == "resource.missing"
    assert "Install dmaic again" in caught.value.hint

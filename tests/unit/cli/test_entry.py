"""How a command ends."""

from __future__ import annotations

import pytest
from pydantic_core import SchemaError

from dmaic.cli import app as module
from dmaic.cli.entry import main


def test_ctrl_c_that_a_library_wrapped_is_still_ctrl_c(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise SchemaError('Error building "literal" validator:\n  KeyboardInterrupt: ')

    monkeypatch.setattr(module, "app", interrupted)
    assert main(["status"]) == 130
    assert "bug" not in capsys.readouterr().err

"""What is offered on Tab."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
import typer

from dmaic.cli import completion
from dmaic.resource import templates_folder


def offered(path: object, incomplete: str = "") -> list[str]:
    context = typer.Context(typer.main.get_command(typer.Typer(callback=lambda: None)))
    context.params["file"] = [str(path)]
    return completion.complete_column(context, incomplete)


@pytest.mark.parametrize(
    "text",
    [
        "id,segment,mrr\n1,A,5\n",
        "id;segment;mrr\n1;A;5,00\n",
        # More commas in the rows than semicolons do not make commas the delimiter.
        'id;segment;mrr\n1;"a, b, c, d, e";5\n2;"a, b, c, d, e";5\n3;f;5\n',
        "id\tsegment\tmrr\n1\tA\t5\n",
        "id|segment|mrr\n1|A|5\n",
        '"id","segment","mrr"\r\n1,A,5\r\n',
        "\n\nid,segment,mrr\n1,A,5\n",
        "Customers of March\nprinted on the 1st\nid,segment,mrr\n1,A,5\n2,B,6\n3,C,7\n",
        "\ufeffid,segment,mrr\n1,A,5\n",
        " id , segment , mrr \n1,A,5\n",
    ],
)
def test_the_header_is_found(tmp_path: Path, text: str) -> None:
    path = tmp_path / "export.csv"
    path.write_text(text, "utf-8", newline="")
    assert offered(path) == ["id", "segment", "mrr"]


def test_utf16(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text("id\tÖrt\n1\tA\n", "utf-16")
    assert offered(path) == ["id", "Ört"]


def test_what_was_typed_is_completed_in_any_case(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text("Segment,sector,mrr\na,b,c\n", "utf-8")
    # Typer offers only what begins with the word as typed; columns are found in any case.
    assert offered(path, "se") == ["segment", "sector"]
    assert offered(path, "SEG") == ["SEGment"]
    assert offered(path, "x") == []


def test_bash_is_given_names_that_stay_one_word(tmp_path: Path, monkeypatch) -> None:
    path = tmp_path / "export.csv"
    path.write_text("Plan Name,$(reboot),a;b,mrr\n1,2,3,4\n", "utf-8")
    assert offered(path) == ["Plan Name", "$(reboot)", "a;b", "mrr"]
    monkeypatch.setenv("_DMAIC_COMPLETE", "complete_bash")
    assert offered(path) == ["Plan\\ Name", "\\$\\(reboot\\)", "a\\;b", "mrr"]
    assert offered(path, "Plan N") == []


def test_names_that_cannot_be_shown_are_not(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text("id,\x1b[31mred,,mrr\n1,2,3,4\n", "utf-8")
    assert offered(path) == ["id", "mrr"]


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00\x01\x02", b"PK\x03\x04 zip", gzip.compress(b"a,b\n1,2\n", mtime=0), b"\n\n\n"],
)
def test_files_that_cannot_be_peeked_into_offer_nothing(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "export"
    path.write_bytes(content)
    assert offered(path) == []


@pytest.mark.parametrize("path", ["", "-", "no-such-file.csv", "/", "a\x00b", "exports/*.csv"])
def test_what_is_no_file_offers_nothing(path: str) -> None:
    assert offered(path) == []


def test_a_long_file_is_only_peeked_into(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(b"id,segment\n" + b"1,A\n" * 100_000 + b'"')
    assert offered(path) == ["id", "segment"]


def test_by_takes_the_lifecycle_too(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text("id,life\n1,2\n", "utf-8")
    context = typer.Context(typer.main.get_command(typer.Typer(callback=lambda: None)))
    context.params["file"] = str(path)
    assert completion.complete_by(context, "li") == ["life", "lifecycle"]
    assert completion.complete_by(context, "i") == ["id"]


def test_presets_are_those_that_ship() -> None:
    shipped = {path.stem for path in (templates_folder() / "presets").glob("*.yaml")}
    assert set(completion.complete_preset("")) == shipped
    assert completion.complete_preset("tel") == ["telco"]


def test_definitions_are_those_that_ship() -> None:
    assert completion.complete_definition("charg") == ["chargebee", "chargify"]
    assert "dmaic" in completion.complete_definition("")

"""The template `consulting`: what the engagement letter says, and the reports that it brings."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dmaic.engagements.load import load_resolved
from dmaic.engagements.render import render
from dmaic.errors import DataError
from dmaic.layout.lint import lint
from dmaic.resource import templates_folder

ANSWERS = (
    "client=Acme & Söhne", "firm=Hill & Partners", "lead=Kim Hill", "sponsor=Ada Okoro",
    "counterpart=Sam Reyes", "letter_date=2026-01-15", "fee_kind=success", "accent=#7A1F3D",
)  # fmt: skip


def layouts(name: str) -> dict[str, str]:
    folder = templates_folder() / name / "reports"
    return {path.name: path.read_text("utf-8") for path in folder.glob("*.md.j2")}


@pytest.fixture
def client(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Callable[..., Any]
) -> Callable[..., Any]:
    """An engagement by the template, three weeks after its letter; the test stands in it."""
    monkeypatch.setenv("DMAIC_TODAY", "2026-02-06")
    monkeypatch.setenv("DMAIC_ACTOR", "Kim Hill")
    monkeypatch.chdir(tmp_path)
    assert run("init", "acme", "--template", "consulting").status == 0
    monkeypatch.chdir(tmp_path / "acme")
    said = [word for each in ANSWERS for word in ("--answer", each)]
    made = run("project", "new", "Cut churn", "--template", "consulting", "--no-input", *said)
    assert made.status == 0, made.err
    return run


def test_what_the_letter_says_is_in_the_documents_of_the_project(
    client: Callable[..., Any],
) -> None:
    charter = client("doc", "show", "charter", "--format", "md").out
    assert "sign-up; onboarding; support" in charter
    assert "contracts with partners" in charter
    told = client("doc", "show", "communication", "--format", "md").out
    assert "Kim Hill" in told
    assert "weekly, Friday" in told
    assert "Ada Okoro" in client("doc", "show", "stakeholders", "--format", "md").out


def test_the_tollgates_ask_for_what_a_letter_obliges_to(client: Callable[..., Any]) -> None:
    assert "The engagement letter is signed" in " ".join(client("gate", "check").out.split())
    last = " ".join(client("gate", "check", "control").out.split())
    assert "given back or deleted" in last
    assert "Finance signed the benefit that our share is counted from" in last
    assert "sponsor" in client("gate", "check", "analyze").out


def test_without_a_share_nobody_asks_for_its_figure() -> None:
    resolved = load_resolved("consulting")
    names = {
        kind: {
            each.name
            for phase in render(resolved, {"fee_kind": kind}).template.phases
            for each in phase.gate.criteria
        }
        for kind in ("fixed", "success")
    }
    assert names["success"] - names["fixed"] == {"fee-counted"}


@pytest.mark.parametrize(
    "answers",
    [
        {"fee_kind": "success", "success_share": 90},
        {"accent": "red"},
        {"letter_date": "2026-99-99"},
    ],
)
def test_answers_that_make_no_sense_are_refused(answers: dict[str, Any]) -> None:
    with pytest.raises(DataError) as raised:
        render(load_resolved("consulting"), answers)
    assert raised.value.code == "answer.invalid"


def test_the_week_is_told_on_one_page(client: Callable[..., Any], tmp_path: Path) -> None:
    for name, role in (("Ada Okoro", "sponsor"), ("Sam Reyes", "process owner")):
        client("team", "add", name, "--function", "Support", "--role", role)
    for title, owner, due in (
        ("Send the export", "Sam Reyes", "2026-01-30"),
        ("Agree on the data", "Ada Okoro", "2026-02-04"),
        ("Name the committee", "Ada Okoro", "2026-02-11"),
        ("Far away", "Ada Okoro", "2026-03-30"),
    ):
        assert client("action", "add", title, "--owner", owner, "--due", due).status == 0
    client("action", "done", "Agree on the data", "--on", "2026-02-04")
    client("decision", "add", "Count by the last paid day", "--why", "So does Finance",
           "--by", "Ada Okoro")  # fmt: skip
    made = client("report", "weekly", "--format", "md", "--to", tmp_path)
    assert made.status == 0, made.err
    parts = re.split(r"^## ", (tmp_path / "weekly.md").read_text("utf-8"), flags=re.MULTILINE)
    box, done, late, coming, stand = parts
    assert "**What we need from you:** Sam Reyes: Send the export." in box
    assert done.startswith("Done this week")
    assert "✓ Agree on the data (Ada Okoro)" in done
    assert "Decided by Ada Okoro: Count by the last paid day" in done
    assert "✗ Send the export: Sam Reyes, 7 days late" in late
    assert "Name the committee: Ada Okoro, due 2026-02-11" in coming
    assert "Far away" not in coming
    assert "Acme &amp; Söhne: Ada Okoro sponsors" in stand
    assert "Led by Kim Hill of Hill &amp; Partners" in stand


def test_example_reports_are_made_in_every_format_in_the_clients_name(
    client: Callable[..., Any], tmp_path: Path
) -> None:
    formats = [
        word for each in ("md", "html", "docx", "pptx", "pdf") for word in ("--format", each)
    ]
    for kind in ("weekly", "steering"):
        made = client("report", kind, *formats, "--to", tmp_path)
        assert made.status == 0, made.err
        page = (tmp_path / f"{kind}.html").read_text("utf-8")
        assert "Acme &amp; Söhne" in page
        assert "#7a1f3d" in page.casefold()
        for name in (f"{kind}.docx", f"{kind}.pptx"):
            with zipfile.ZipFile(io.BytesIO((tmp_path / name).read_bytes())) as archive:
                text = "".join(
                    archive.read(each).decode() for each in archive.namelist() if ".xml" in each
                )
            assert "Acme &amp; Söhne" in text
            assert "Hill &amp; Partners" in text
        assert (tmp_path / f"{kind}.pdf").read_bytes().startswith(b"%PDF")


def test_the_deck_of_the_committee_begins_with_how_it_fares(
    client: Callable[..., Any], tmp_path: Path
) -> None:
    client("report", "steering", "--format", "pptx", "--to", tmp_path)
    with zipfile.ZipFile(tmp_path / "steering.pptx") as archive:
        slides = [name for name in archive.namelist() if re.search(r"slides/slide\d+\.xml$", name)]
        second = archive.read("ppt/slides/slide2.xml").decode()
    assert 4 <= len(slides) <= 12
    assert "Green: No rule for red or amber applies" in "".join(
        re.findall(r"<a:t>([^<]*)</a:t>", second)
    )


@pytest.mark.parametrize("name", ["consulting", "dmaic"])
def test_layouts_have_nothing_that_a_linter_complains_of(name: str) -> None:
    assert lint(layouts(name), layouts("dmaic")) == ()

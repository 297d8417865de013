"""A template from elsewhere that means harm: refused in words, or shown as the text it is."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest

ASKING = Path(__file__).parent / "asking"


@pytest.fixture
def evil(tmp_path: Path) -> Path:
    folder = tmp_path / "evil"
    shutil.copytree(ASKING, folder)
    return folder


def begun(run, template: object, *words: object) -> Any:
    return run(
        "project", "new", "Acme churn", "--template", template, "--answer", "client=Acme", *words
    )


@pytest.mark.parametrize(
    ("layout", "code"),
    [
        ("{{ document.__globals__ }}", "layout."),
        ("{{ ''.__class__.__mro__ }}", "layout."),
        ('{% include "/etc/passwd" %}', "layout.unknown"),
        ('{% include "../../secret" %}', "layout.unknown"),
        ("{% import 'os' as os %}", "layout."),
        ("{{ cycler.__init__.__globals__ }}", "layout."),
        ("{% macro m(n) %}{{ m(n) }}{% endmacro %}{{ m(1) }}", "layout.too-much"),
    ],
)
def test_code_in_a_layout_is_refused_when_a_report_is_made(
    run, mini: Path, evil: Path, layout: str, code: str
) -> None:
    (evil / "reports/note.md.j2").write_text(f"## Note\n{layout}\n")
    assert begun(run, evil).status == 0
    ran = run("report", "note", "-p", "Acme churn", "--format", "md", "-o", "note.md")
    assert ran.status == 1
    assert f"error {code}" in ran.err
    assert "note.md.j2, line 2" in ran.err
    assert "Traceback" not in ran.err
    assert not (mini / "note.md").exists()


def test_html_in_a_layout_is_shown_as_text(run, mini: Path, evil: Path) -> None:
    layout = "## Note\n<script>alert(1)</script>\n\n[x](javascript:alert(1))\n\n`<b>x</b>`{=html}\n"
    (evil / "reports/note.md.j2").write_text(layout)
    begun(run, evil)
    assert (
        run("report", "note", "-p", "Acme churn", "--format", "html", "-o", "note.html").status == 0
    )
    page = (mini / "note.html").read_text("utf-8")
    assert "<script>alert" not in page
    assert 'href="javascript' not in page
    assert "<b>x</b>" not in page


@pytest.mark.parametrize(
    ("file", "text", "code"),
    [
        ("template.yaml", "b: !!python/object/apply:os.system [id]", "template.invalid"),
        ("questions.yaml", "[" * 3000, "template.yaml"),
        ("questions.yaml", "sections: [{name: s, questions: {a: {typ: x}}}]", "template.invalid"),
        ("documents/charter.yaml", "problem: \"{{ ''.__class__ }}\"", "layout."),
        ("documents/evil.yaml", "a: b", "template.invalid"),
        ("presets/x.yaml", "roles: {boss: Acct}", "template.invalid"),
        ("style.toml", "colours = [", "template.invalid"),
    ],
)  # fmt: skip
def test_a_file_that_is_wrong_begins_no_project(
    run, mini: Path, evil: Path, file: str, text: str, code: str
) -> None:
    (evil / file).write_text(text)
    ran = begun(run, evil)
    assert ran.status == 1
    assert f"error {code}" in ran.err
    assert file in " ".join(ran.err.split())
    assert run("project", "show", "Acme churn").status == 1


def test_a_zip_file_writes_nowhere(run, mini: Path, evil: Path, tmp_path: Path) -> None:
    path = tmp_path / "evil.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.write(evil / "template.yaml", "template.yaml")
        file.writestr("../../pwned.yaml", "x")
    ran = begun(run, path)
    assert ran.status == 1
    assert "error template.path" in ran.err
    assert not [*tmp_path.rglob("pwned*")]


def test_answers_are_text_in_every_place(run, mini: Path, evil: Path) -> None:
    said = "<script>alert(1)</script> {{ 7*7 }} | $1.5M _x_ [l](javascript:1)"
    ran = run("project", "new", "Acme churn", "--template", evil, "--answer", f"client={said}")
    assert ran.status == 0
    body = run("doc", "show", "charter", "-p", "Acme churn", "--json").json["result"]["body"]
    assert body["problem"] == f"{said} loses customers"
    assert (
        run("report", "note", "-p", "Acme churn", "--format", "html", "-o", "note.html").status == 0
    )
    page = (mini / "note.html").read_text("utf-8")
    assert "<script>alert" not in page
    assert "{{ 7*7 }}" in page
    assert 'href="javascript' not in page


def test_a_tag_of_a_repository_is_followed(run, mini: Path, evil: Path) -> None:
    words = ["-c", "user.name=t", "-c", "user.email=t@example.com"]
    for step in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "x"], ["tag", "v1"]):
        subprocess.run(["git", *words, *step], cwd=evil, check=True, capture_output=True)
    address = f"file://{evil}@v1"
    assert begun(run, address).status == 0
    mark = run("project", "show", "Acme churn", "--json").json["result"]["project"]["template"]
    assert mark["source"] == address
    ran = run("project", "new", "Q", "--template", f"file://{evil}@v2", "--no-input")
    assert (ran.status, "error template.git" in ran.err) == (1, True)

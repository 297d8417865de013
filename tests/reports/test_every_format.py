"""Every report of the worked case in every format, made by the command and opened."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

FORMATS = ("md", "html", "docx", "pptx", "pdf")
KINDS = ("define", "measure", "analyze", "improve", "control", "a3", "executive", "project",
         "portfolio")  # fmt: skip
ALL = [word for each in FORMATS for word in ("--format", each)]

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("demo")]


def parts(document: bytes) -> dict[str, bytes]:
    """What is in a Word or PowerPoint file, without how it was packed."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("kind", KINDS)
def test_a_report_is_made_in_every_format_by_one_run(
    engagement: Path, run: Callable[..., Any], kind: str
) -> None:
    ran = run("report", kind, *ALL, "--to", "out", "--json")
    assert ran.status == 0, ran.err
    # The cycle that has just begun lacks what the portfolio would show of it.
    then = "check portfolio" if kind == "portfolio" else "list"
    assert ran.err == f"Next: dmaic report {then}\n"
    out = engagement / "out"
    text = (out / f"{kind}.md").read_text("utf-8")
    shown = set(re.findall(rf"\]\(({kind}-figures/[\w-]+\.svg)\)", text))
    made = {str(each.relative_to(out)) for each in out.glob(f"{kind}-figures/*.svg")}
    assert shown == made
    assert "](figures/" not in text
    for name in ("docx", "pptx"):
        assert "[Content_Types].xml" in parts((out / f"{kind}.{name}").read_bytes())
    assert (out / f"{kind}.pdf").read_bytes().startswith(b"%PDF-")
    page = out / ("index.html" if kind == "portfolio" else f"{kind}.html")
    assert "</html>" in page.read_text("utf-8")


@pytest.mark.parametrize("kind", ["analyze", "executive", "portfolio"])
def test_the_same_record_gives_the_same_files(
    engagement: Path, run: Callable[..., Any], kind: str
) -> None:
    assert run("report", kind, *ALL, "--to", "one").status == 0
    # Without the charts that were kept, as on another machine.
    shutil.rmtree(engagement / ".dmaic-charts")
    assert run("report", kind, *ALL, "--to", "two").status == 0
    one, two = engagement / "one", engagement / "two"
    names = {str(each.relative_to(one)) for each in one.rglob("*") if each.is_file()}
    assert names == {str(each.relative_to(two)) for each in two.rglob("*") if each.is_file()}
    for name in sorted(names - {".reports.sha256"}):
        first, second = (one / name).read_bytes(), (two / name).read_bytes()
        if name.endswith((".docx", ".pptx")):
            assert parts(first) == parts(second), name
        else:
            assert first == second, name


def test_a_draft_says_so_in_every_format(engagement: Path, run: Callable[..., Any]) -> None:
    assert run("report", "define", *ALL, "--to", "out", "--draft").status == 0
    out = engagement / "out"
    assert "This is a draft" in (out / "define.md").read_text()
    assert "draft" in (out / "define.html").read_text().casefold()
    for name in ("docx", "pptx"):
        whole = b"".join(parts((out / f"define.{name}").read_bytes()).values())
        assert b"draft" in whole.lower(), name


def test_the_client_s_name_is_in_every_format(engagement: Path, run: Callable[..., Any]) -> None:
    (engagement / "client.toml").write_text(
        'organisation = "Northwind Photo"\nfooter = "Confidential"\n[colours]\naccent = "#7A0019"\n'
    )
    assert run("report", "define", *ALL, "--to", "out").status == 0
    out = engagement / "out"
    for name in ("md", "html"):
        assert "Northwind Photo" in (out / f"define.{name}").read_text()
    assert "7A0019" in (out / "define.html").read_text().upper()
    for name in ("docx", "pptx"):
        whole = b"".join(parts((out / f"define.{name}").read_bytes()).values())
        assert b"Northwind Photo" in whole, name
        assert b"7A0019" in whole, name

"""`dmaic report`: which report, where its files go, what is refused."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from dmaic.cli.app import TREE
from dmaic.cli.tree import path_of


def files(folder: Path) -> list[str]:
    return sorted(str(each.relative_to(folder)) for each in folder.rglob("*.*") if each.is_file())


@pytest.mark.parametrize(
    ("words", "path"),
    [
        ("report define --json", "report make"),
        ("report make define", "report make"),
        ("report --format pdf", "report make"),
        ("report check define", "report check"),
        ("report list", "report list"),
        ("report", "report"),
        ("log --json", "log show"),
        ("log", "log show"),
    ],
)
def test_a_verb_that_is_left_out_is_known(words: str, path: str) -> None:
    assert " ".join(path_of(words.split(), TREE)) == path


def test_a_report_is_named_without_a_verb(run, mini: Path) -> None:
    ran = run("report", "define", "--format", "md")
    assert ran.status == 0, ran.err
    assert files(mini / "reports") == ["cut-churn/.reports.sha256", "cut-churn/define.md"]
    assert "reports/cut-churn/define.md" in ran.out
    text = (mini / "reports" / "cut-churn" / "define.md").read_text()
    assert text.startswith("# Define report\n\n**Cut churn** · ")
    assert "as of 2026-11-21" in text


def test_the_noun_alone_shows_what_can_be_asked(run, mini: Path) -> None:
    ran = run("report")
    assert ran.status == 0
    assert "What a report lacks, and what in it is stale" in ran.out
    told = " ".join(ran.out.split())
    assert "`dmaic report NAME` is enough to make one: analyze, a3, executive" in told


def test_a_report_without_a_name_is_asked_for(run, mini: Path) -> None:
    ran = run("report", "--format", "pdf")
    assert ran.status == 2
    assert "KIND" in ran.err
    assert "For example: dmaic report make analyze" in ran.err


def test_html_is_made_where_nothing_is_said(run, mini: Path) -> None:
    assert run("report", "define").status == 0
    assert files(mini / "reports") == ["cut-churn/.reports.sha256", "cut-churn/define.html"]


def test_several_formats_are_made_each_once(run, mini: Path) -> None:
    ran = run("report", "define", "--format", "pdf", "--format", "md", "--format", "pdf",
              "--to", "out", "--json")  # fmt: skip
    assert ran.status == 0, ran.err
    made = ran.json["result"]
    assert [each["format"] for each in made["files"]] == ["md", "pdf"]
    assert [each["path"] for each in made["files"]] == ["out/define.md", "out/define.pdf"]
    assert all(Path(each["path"]).stat().st_size == each["bytes"] for each in made["files"])
    assert (made["report"], made["project"], made["day"]) == ("define", "Cut churn", "2026-11-21")


@pytest.mark.parametrize("asked", ["analyze", "dfine", "../define", "parts", "phase", ""])
def test_a_report_that_there_is_not_is_refused(run, mini: Path, asked: str) -> None:
    ran = run("report", "make", asked)
    assert ran.status == 1
    assert "report.unknown" in ran.err


@pytest.mark.parametrize(("asked", "file"), [("A3", "a3.md"), ("Portfolio", "portfolio.md")])
def test_a_report_is_found_however_its_letters_are_written(
    run, mini: Path, asked: str, file: str
) -> None:
    ran = run("report", asked, "--format", "md", "--to", "out")
    assert ran.status == 0, ran.err
    assert (mini / "out" / file).exists()
    assert run("report", "check", asked, "--json").json["result"]["report"] == asked.lower()


def test_a_similar_name_is_suggested(run, mini: Path) -> None:
    assert 'Did you mean "define"?' in run("report", "dfine").err


def test_a_format_that_there_is_not_is_refused(run, mini: Path) -> None:
    ran = run("report", "define", "--format", "odt")
    assert ran.status == 2
    assert "Formats are md, html, docx (Word), pptx (PowerPoint) and pdf" in ran.err


def test_formats_may_be_said_with_commas(run, mini: Path) -> None:
    ran = run("report", "define", "--format", "pdf,md", "--format", "html", "--json")
    assert ran.status == 0, ran.err
    assert [each["format"] for each in ran.json["result"]["files"]] == ["md", "html", "pdf"]


@pytest.mark.parametrize(
    ("options", "opened"),
    [
        (["define"], "reports/cut-churn/define.html"),
        (["define", "--format", "docx,pdf"], "reports/cut-churn/define.pdf"),
        (["define", "-o", "define.md"], "define.md"),
        (["portfolio"], "reports/portfolio/index.html"),
    ],
)
def test_a_report_is_opened(
    run, mini: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], opened: str
) -> None:
    paths: list[str] = []
    monkeypatch.setattr("typer.launch", lambda path: paths.append(path) or 0)
    ran = run("report", *options, "--open")
    assert ran.status == 0, ran.err
    assert paths == [str(mini / opened)]
    assert "No program" not in ran.err


def test_it_is_told_where_nothing_opens_a_report(
    run, mini: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("typer.launch", lambda path: 1)
    ran = run("report", "define", "--open")
    assert ran.status == 0
    assert "No program here opens reports/cut-churn/define.html." in ran.err


def test_the_check_that_is_named_next_is_of_the_same_day(run, mini: Path) -> None:
    lacks = run("report", "define", "--as-of", "2026-11-20", "--json").json["result"]["next"]
    assert lacks == ["dmaic report check define --as-of 2026-11-20"]


def test_one_file_takes_its_format_from_its_name(run, mini: Path) -> None:
    ran = run("report", "define", "-o", "Sponsor.PDF")
    assert ran.status == 0, ran.err
    assert (mini / "Sponsor.PDF").read_bytes().startswith(b"%PDF-")
    assert not (mini / "reports").exists() or files(mini / "reports") == []


@pytest.mark.parametrize(
    "options",
    [
        ("-o", "x.pdf", "--to", "out"),
        ("-o", "x.pdf", "--format", "pdf", "--format", "md"),
        ("-o", "x.pdf", "--format", "md"),
        ("-o", "report"),
        ("-o", "report.odt"),
    ],
)
def test_one_file_is_of_one_format(run, mini: Path, options: tuple[str, ...]) -> None:
    ran = run("report", "define", *options)
    assert ran.status == 2
    assert "usage.report-output" in ran.err


def test_a_folder_for_the_one_file_must_be_there(run, mini: Path) -> None:
    ran = run("report", "define", "-o", "none/x.md")
    assert ran.status == 1
    assert "write.no-folder" in ran.err


def test_a_report_that_somebody_changed_is_kept(run, mini: Path) -> None:
    assert run("report", "define", "--format", "md").status == 0
    path = mini / "reports" / "cut-churn" / "define.md"
    path.write_text("my comments")
    ran = run("report", "define", "--format", "md")
    assert ran.status == 1
    assert "report.changed" in ran.err
    assert path.read_text() == "my comments"
    assert run("report", "define", "--format", "md", "--replace").status == 0
    assert path.read_text().startswith("# Define report")


def test_projects_of_one_name_have_folders_of_their_own(run, mini: Path) -> None:
    assert run("project", "new", "Cut: churn!", "--no-input").status == 0
    for name in ("Cut churn", "Cut: churn!"):
        assert run("report", "define", "--format", "md", "-p", name).status == 0
    folders = sorted(each.name for each in (mini / "reports").iterdir())
    assert len(folders) == 2
    assert folders[0] == "cut-churn"
    assert folders[1].startswith("cut-churn-")


@pytest.mark.parametrize(
    "name", ["نقل البيانات", "削減プロジェクト", "🎉", "con", "portfolio", "../.."]
)
def test_every_name_of_a_project_gives_a_folder_within_reports(run, mini: Path, name: str) -> None:
    assert run("project", "new", name, "--no-input").status == 0
    ran = run("report", "define", "--format", "md", "-p", name)
    assert ran.status == 0, ran.err
    (folder,) = (mini / "reports").iterdir()
    assert (folder / "define.md").is_file()
    assert folder.name.casefold() not in ("con", "portfolio")


def test_a_day_to_come_is_refused(run, mini: Path) -> None:
    ran = run("report", "define", "--as-of", "2026-11-22")
    assert ran.status == 2
    assert "usage.as-of" in ran.err
    assert run("report", "define", "--as-of", "yesterday").status == 2


def test_a_check_ends_with_8_and_names_commands(run, mini: Path) -> None:
    ran = run("report", "check", "define")
    assert ran.status == 8
    assert "missing" in ran.out
    assert "dmaic " in ran.out
    told = json.loads(run("report", "check", "define", "--json").out)
    assert told["command"] == "report check"
    assert {"part", "message", "stale", "command"} <= set(told["result"]["lacks"][0])


def test_the_reports_of_the_project_s_template_are_listed(run, mini: Path) -> None:
    ran = run("report", "list", "--json")
    assert ran.status == 0
    kinds = [each["report"] for each in ran.json["result"]["items"]]
    assert kinds[:2] == ["define", "control"]
    assert {"a3", "executive", "project", "portfolio"} <= set(kinds)
    assert "measure" not in kinds
    assert "parts" not in kinds


def test_a_style_is_taken_from_beside_the_record(run, mini: Path) -> None:
    (mini / "client.toml").write_text(
        'organisation = "Acme Photo"\nfooter = "For your eyes only"\n'
    )
    assert run("report", "define", "--format", "md").status == 0
    text = (mini / "reports" / "cut-churn" / "define.md").read_text()
    assert "Acme Photo" in text
    assert "For your eyes only" in text


def test_a_style_that_is_wrong_stops_the_report_with_its_line(run, mini: Path) -> None:
    (mini / "acme.toml").write_text('organisation = "Acme"\nlogo = "gone.svg"\n')
    ran = run("report", "define", "--style", "acme.toml")
    assert ran.status == 1
    assert "style.logo" in ran.err
    assert "acme.toml, line 2" in ran.err
    assert not (mini / "reports" / "cut-churn").exists()


def test_letters_that_no_font_has_are_told(run, mini: Path) -> None:
    # No letter yet, so that no font has it.
    assert run("project", "set", "--sponsor", "Ada \U0003f000").status == 0
    ran = run("report", "define", "--format", "pdf", "--json")
    assert ran.status == 0, ran.err
    assert ran.codes == ["missing-glyphs"]


def test_a_font_that_is_not_there_is_told(run, mini: Path) -> None:
    Path("client.toml").write_text('[fonts]\nheading = "No Such Sans"\n', "utf-8")
    ran = run("report", "define", "--format", "pdf", "--json")
    assert (ran.status, ran.codes) == (0, ["missing-font"])
    assert "No Such Sans" in ran.json["findings"][0]["message"]
    # The web page leaves fonts to the machine that shows it.
    assert run("report", "define", "--json").codes == []


def test_the_portfolio_is_a_site_or_a_document(run, mini: Path) -> None:
    ran = run("report", "portfolio", "--format", "html", "--format", "md")
    assert ran.status == 0, ran.err
    made = files(mini / "reports" / "portfolio")
    assert "index.html" in made
    assert "portfolio.md" in made
    assert run("report", "portfolio", "--format", "pdf", "-o", "all.pdf").status == 0
    ran = run("report", "portfolio", "-o", "all.html")
    assert ran.status == 2
    assert "usage.report-output" in ran.err


def test_pages_stay_where_another_format_is_made(run, mini: Path) -> None:
    assert run("report", "portfolio").status == 0
    before = files(mini / "reports" / "portfolio")
    assert run("report", "portfolio", "--format", "md").status == 0
    assert set(before) < set(files(mini / "reports" / "portfolio"))


def test_names_of_reports_are_offered_on_tab(run, mini: Path, monkeypatch) -> None:
    from dmaic.cli.completion import complete_report

    context = SimpleNamespace(params={"db": None, "project": None})
    assert complete_report(context, "de") == ["define"]  # type: ignore[arg-type]


def test_what_stands_in_the_way_of_the_figures_is_told(run, mini: Path, monkeypatch) -> None:
    made = {"define.md": b"text", "x-figures/a.svg": b"<svg/>"}
    monkeypatch.setattr("dmaic.reports.job.make", lambda *_, **__: made)
    (mini / "x-figures").write_text("mine")
    ran = run("report", "define", "-o", "x.md")
    assert ran.status == 1
    assert "write.no-folder" in ran.err
    assert not (mini / "x.md").exists()


def test_what_turns_text_around_is_written_out_everywhere(run, mini: Path) -> None:
    turned = "Cut \u202echurn\ufffe"
    assert run("project", "set", "--name", turned, "--sponsor", turned).status == 0
    Path("own.toml").write_text(f'organisation = "{turned}"\nfooter = "{turned}"\n', "utf-8")
    words = ("--format", "md,html,docx", "--to", "out", "--style", "own.toml")
    ran = run("report", "define", *words)
    assert ran.status == 0, ran.err
    with zipfile.ZipFile("out/define.docx") as file:
        parts = [file.read(name) for name in file.namelist() if name.endswith(".xml")]
    for content in (
        Path("out/define.md").read_bytes(),
        Path("out/define.html").read_bytes(),
        *parts,
    ):
        assert "\u202e".encode() not in content
        assert "\ufffe".encode() not in content
    assert rb"Cut \u202echurn\ufffe" in Path("out/define.html").read_bytes()

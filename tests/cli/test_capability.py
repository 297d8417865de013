"""`dmaic capability`: answers, faces and refusals."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import Run

SAMPLE = Path(__file__).parents[2] / "sample_data" / "churn_export.csv"
Export = Callable[..., Path]

VALUES = "day,hours\n" + "".join(
    f"2025-01-{at + 1:02},{hours}\n"
    for at, hours in enumerate([14, 16, 18, 15, 17, 16, 13, 19, 16, 15, 17, 16, 14, 18])
)


@pytest.fixture
def hours(tmp_path: Path) -> Path:
    path = tmp_path / "hours.csv"
    path.write_text(VALUES, "utf-8")
    return path


def test_a_measure_is_judged_by_its_limits(run: Run, hours: Path) -> None:
    ran = run("capability", hours, "--value", "hours", "--usl", "20", "--lsl", "8")
    assert ran.status == 0
    for text in ("Cpk", "Ppk", "USL 20", "no special cause on the XmR chart of 14 points"):
        assert text in ran.out
    result = run("capability", hours, "--value", "hours", "--usl", "20", "--json").json["result"]
    assert result["kind"] == "capability"
    assert result["cp"] is None
    assert result["cpk"] == result["cpu"]
    assert result["inputs"]["roles"]["value"] == "hours"
    assert result["inputs"]["sha256"]


def test_figures_alone_give_the_published_indices(run: Run) -> None:
    result = run("capability", "--mean", "16", "--sd", "2", "--usl", "20", "--lsl", "8", "--json")
    assert result.json["result"]["cp"] == 1.0
    assert result.json["result"]["cpk"] == pytest.approx(0.6667, abs=5e-5)


@pytest.mark.parametrize(
    ("dpmo", "level"), [("3.4", 6), ("233", 5), ("6210", 4), ("66807", 3), ("308537", 2)]
)
def test_rates_have_their_sigma_level(run: Run, dpmo: str, level: int) -> None:
    result = run("capability", "--dpmo", dpmo, "--json").json["result"]
    assert result["sigma_level"] == pytest.approx(level, abs=5e-4)
    assert result["shift"] == 1.5


def test_churned_customers_have_a_sigma_level_with_the_shift_said(run: Run) -> None:
    ran = run("capability", "--defects", "1336", "--units", "5043")
    for text in ("26.49 %", "264,922", "2.128", "1.5 sigma, added to 0.628 by convention"):
        assert text in ran.out
    bare = run("capability", "--defects", "1336", "--units", "5043", "--shift", "0", "--json")
    assert bare.json["result"]["sigma_level"] == pytest.approx(0.628, abs=5e-4)


def test_an_export_is_counted_whole_or_by_month(run: Run) -> None:
    whole = run("capability", SAMPLE, "--json")
    assert whole.json["result"]["defects"] == 4270
    assert whole.json["result"]["units"] == 20000
    assert [each["code"] for each in whole.json["findings"] if each["level"] == "warning"] == [
        "stability-unknown"
    ]
    monthly = run("capability", SAMPLE, "--by", "month", "--json").json["result"]
    assert (monthly["defects"], monthly["units"], monthly["stable"]) == (4270, 194177, True)


def test_steps_have_a_rolled_yield(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "steps.csv"
    path.write_text("step,n,bad\norder,100,5\nbuild,100,10\nship,100,2\n", "utf-8")
    said = ("--step", "step", "--count", "bad", "--size", "n")
    ran = run("capability", path, *said, "--format", "csv")
    lines = ran.out.splitlines()
    assert lines[0].startswith("step,units,defects,opportunities,dpu")
    assert len(lines) == 5
    told = run("capability", path, *said).out
    assert "83.79 %" in told


def test_a_file_without_lost_customers_may_hold_measures(run: Run, hours: Path) -> None:
    ran = run("capability", hours)
    assert ran.status == 1
    assert "A measure and its limit: --value COL --usl NUMBER." in " ".join(ran.err.split())


@pytest.mark.parametrize("face", ["table", "json", "csv", "md"])
def test_every_face(run: Run, hours: Path, face: str) -> None:
    ran = run("capability", hours, "--value", "hours", "--usl", "20", "--format", face)
    assert ran.status == 0
    assert "cpk" in ran.out.lower()


def test_a_picture_and_a_workbook(run: Run, hours: Path, tmp_path: Path) -> None:
    picture, book = tmp_path / "c.svg", tmp_path / "c.xlsx"
    ran = run(
        "capability", hours, "--value", "hours", "--usl", "20", "--chart", picture, "-o", book
    )
    assert ran.status == 0
    assert picture.read_bytes().startswith(b"<?xml")
    assert book.stat().st_size > 1000


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--dpmo", "3.4", "--mean", "3"), "several ways"),
        (("--dpmo", "3.4", "--by", "month"), "two ways"),
        (("--mean", "3", "--sd", "1"), "there are none"),
        (("--mean", "3", "--sd", "1", "--usl", "2", "--lsl", "9"), "not below"),
        (("--defects", "5", "--units", "3"), "where 3 could be"),
        (("--confidence", "120%", "--dpmo", "3"), "--confidence"),
        (("--sd", "2"), "go together"),
    ],
)
def test_what_cannot_be_meant_is_refused(run: Run, words: tuple[str, ...], said: str) -> None:
    ran = run("capability", *words)
    assert ran.status in (1, 2)
    assert said in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    "content",
    [
        "", "hours\n", "hours\n5\n", "hours\n5\n5\n5\n", "hours\nx\ny\n", "hours\n\n\n",
        "hours\n1e308\n-1e308\n", "hours\nnan\ninf\n", "hours,hours\n1,2\n3,4\n",
    ],
)  # fmt: skip
def test_hostile_files_are_refused_in_words(run: Run, tmp_path: Path, content: str) -> None:
    path = tmp_path / "hostile.csv"
    path.write_text(content, "utf-8")
    ran = run("capability", path, "--value", "hours", "--usl", "20", "--no-input")
    assert ran.status in (1, 2)
    assert ran.err
    assert "Traceback" not in ran.err

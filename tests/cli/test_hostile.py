"""Options and files that nobody should give, and what each is answered with."""

from __future__ import annotations

from pathlib import Path

import pytest

EXPORT = "id,segment,plan,mrr,churned,signup_date,churn_date,tenure\n" + "".join(
    f"{n},{'AB'[n % 2]},{('Pro', 'Basic', 'Free')[n % 3]},{n % 7 + 0.5},"
    f"{'Yes' if n % 3 == 0 else 'No'},2024-0{n % 9 + 1}-1{n % 8},"
    f"{f'2025-01-1{n % 9}' if n % 3 == 0 else ''},{n % 40}\n"
    for n in range(60)
)
"""60 customers, of whom every third is lost."""


def refused(ran, code: str, status: int) -> None:
    """An expected refusal: its code, its status, nothing on stdout, no traceback."""
    assert f"error {code}" in ran.err, ran.err
    assert ran.status == status
    assert ran.out == ""
    assert "Traceback" not in ran.err
    assert "Binder Error" not in ran.err


OPTIONS = [
    (("--by", "segmnt"), "usage.unknown-column"),
    (("--by", ""), "usage.unknown-column"),
    (("--by", ":month"), "usage.unknown-column"),
    (("--by", "*"), "usage.unknown-column"),
    (("--by", "__dmaic_row"), "usage.unknown-column"),
    (("--by", "tenure:"), "usage.bands"),
    (("--by", "tenure:,"), "usage.bands"),
    (("--by", "tenure:3,2"), "usage.bands"),
    (("--by", "tenure:nan"), "usage.bands"),
    (("--by", "tenure:1e400"), "usage.bands"),
    (("--by", "signup_date:fortnight"), "usage.bands"),
    (("--by", "lifecycle:month"), "usage.bands"),
    ((), "usage.pareto"),
    (("--measure", "count(*)"), "usage.unknown-column"),
    (("--measure", "mrr; drop table x"), "usage.unknown-column"),
    (("--top", "0"), "usage.top"),
    (("--top", "-1"), "usage.top"),
    (("--top", "x"), "usage.options"),
    (("--cutoff", "0"), "usage.cutoff"),
    (("--cutoff", "101"), "usage.cutoff"),
    (("--cutoff", "nan"), "usage.cutoff"),
    (("--other-after", "inf"), "usage.other-after"),
    (("--min-size", "-1"), "usage.min-size"),
    (("--since", "2024-02-30"), "usage.date"),
    (("--since", "soon"), "usage.date"),
    (("--until", "0000"), "usage.date"),
    (("--until", "2024-01-01T10:00"), "usage.date"),
    (("--since", "2025-06", "--until", "2024-01"), "usage.window"),
    (("--value-scale", "0"), "usage.value-scale"),
    (("--value-scale", "nan"), "usage.value-scale"),
    (("--value-scale", "inf"), "usage.value-scale"),
    (("--header-row", "99999"), "read.header-row"),
    (("--delimiter", ";"), "read.delimiter"),
    (("--delimiter", ";;"), "read.delimiter"),
    (("--delimiter", '"'), "read.delimiter"),
    (("--encoding", "bogus"), "read.encoding-name"),
    (("--encoding", "rot13"), "read.encoding-name"),
    (("--encoding", "punycode"), "read.encoding-name"),
    (("--encoding", "unicode_escape"), "read.encoding-name"),
    (("--input-format", "pdf"), "usage.options"),
    (("--preset", "nope"), "preset.unknown"),
    (("--churned", "nope"), "role.unknown-column"),
    (("--customer", "id", "--value", "id"), "role.column-twice"),
    (("--category", "segment"), "usage.pareto"),
    (("--split", "plan", "--drill", "plan"), "usage.pareto"),
    (("-o", "result.exe"), "usage.output-format"),
    (("--chart", "chart.csv"), "usage.chart-format"),
    (("--with", "b.csv"), "usage.with-on"),
]


@pytest.mark.parametrize(("words", "code"), OPTIONS)
def test_options_that_make_no_sense_are_wrong_usage(run, export, words, code) -> None:
    grouped = () if "--by" in words or "--category" in words or not words else ("--by", "segment")
    refused(run("pareto", export(EXPORT), *grouped, *words), code, 2)


@pytest.mark.parametrize(
    "option",
    ["--since", "--until", "--where", "--split", "--drill", "--preset", "--churned", "--encoding",
     "--delimiter", "--churned-when", "--value", "--sheet"],
)  # fmt: skip
def test_an_empty_option_is_not_passed_over(run, export, option) -> None:
    # As `--since "$START"` gives where START is not set: all rows are not what was asked for.
    refused(run("pareto", export(EXPORT), "--by", "segment", option, ""), "usage.empty", 2)


@pytest.mark.parametrize("until", ["9999", "9999-12", "9999-12-31"])
def test_until_may_be_the_end_of_time(run, export, until) -> None:
    ran = run("pareto", export(EXPORT), "--by", "segment", "--until", until, "--json")
    assert ran.status == 0, ran.err
    assert ran.json["result"]["total_churned"] == 20


COLUMNS = [
    (("--by", "plan:quartiles"), "read.not-a-number"),
    (("--by", "mrr:month"), "read.not-a-date"),
    (("--by", "signup_date:0,3"), "read.not-a-number"),
    (("--measure", "plan"), "read.not-a-number"),
    (("--churned", "plan"), "read.not-a-flag"),
    (("--value", "plan"), "read.not-a-number"),
    (("--decimal", ","), "read.not-a-number"),
    (("--skip-last", "99999"), "read.no-rows"),
    (("--encoding", "utf-32"), "read.encoding"),
    (("--input-format", "xlsx"), "read.corrupt"),
    (("--input-format", "parquet"), "read.corrupt"),
    (("--input-format", "json"), "read.corrupt"),
    (("--since", "2030"), "finding.no-churn"),
    (("--preset", "/etc/passwd"), "preset.invalid"),
    (("--preset", "/dev/zero"), "preset.size"),
    (("-o", "nowhere/pareto.csv"), "write.no-folder"),
    (("--compare", "nowhere.csv"), "read.not-found"),
]


@pytest.mark.parametrize(("words", "code"), COLUMNS)
def test_what_does_not_fit_the_file_is_told(run, export, words, code) -> None:
    grouped = () if "--by" in words else ("--by", "segment")
    refused(run("pareto", export(EXPORT), *grouped, *words), code, 1)


@pytest.mark.parametrize("option", ["-o", "--compare", "--with", "glob", "link"])
def test_no_input_is_written_over(run, export, tmp_path: Path, option) -> None:
    path = export(EXPORT)
    other = export(EXPORT, "other.csv")
    words: tuple[object, ...] = ("pareto", path, "-o", path)
    if option == "--compare":
        words = ("pareto", path, "--compare", other, "-o", other)
    elif option == "--with":
        words = ("pareto", path, "--with", other, "--on", "id", "-o", other)
    elif option == "glob":
        words = ("pareto", tmp_path / "exp*.csv", "-o", path)
    elif option == "link":
        (tmp_path / "link.csv").symlink_to(path)
        words = ("pareto", path, "-o", tmp_path / "link.csv")
    refused(run(*words, "--by", "segment"), "usage.same-file", 2)
    assert path.read_text("utf-8") == other.read_text("utf-8") == EXPORT


def test_chart_and_result_cannot_be_one_file(run, export, tmp_path: Path) -> None:
    both = tmp_path / "same.svg"
    ran = run("pareto", export(EXPORT), "--by", "segment", "--format", "md", "-o", both, "--chart",
              both)  # fmt: skip
    refused(ran, "usage.same-file", 2)
    assert not both.exists()


LONG = "id,segment,mrr,churned\n" + "".join(
    f"{n},{'AB'[n % 2]},{n % 9},{'Yes' if n % 4 == 0 else 'No'}\n" for n in range(22_000)
)
"""Longer than the first rows that readings are decided from; A loses 5,500 customers."""


@pytest.mark.parametrize(
    ("cell", "amount"),
    [("1.5", 1.5), (".5", 0.5), ("12.", 12), ("12,5", 12.5), ("$12.50", 12.5), ("N/A", 0),
     ("(45)", -45), ("1,234.56", 1234.56), ("1'234", 1234), ("-0", 0)],
)  # fmt: skip
def test_amounts_written_otherwise_far_down_are_read(run, export, cell, amount) -> None:
    ran = run("pareto", export(f'{LONG}x,C,"{cell}",Yes\n'), "--by", "segment", "--json")
    assert ran.status == 0, ran.err
    # By hand: A holds 0, 4, 8, 12 ... 21996, of which n % 9 is summed.
    assert ran.rows["A"]["value"] == sum(n % 9 for n in range(0, 22_000, 4))
    assert ran.rows["C"]["value"] == amount


@pytest.mark.parametrize("cell", ["abc", "1e400", "inf", "0x1F", "=1+1", "5%", "1,2,3"])
def test_one_odd_amount_far_down_is_not_passed_over(run, export, cell) -> None:
    ran = run("pareto", export(f'{LONG}x,C,"{cell}",Yes\n'), "--by", "segment")
    refused(ran, "finding.unreadable-cells", 1)
    assert "22002" in ran.err


@pytest.mark.parametrize("cell", ["1e308", "9e37"])
def test_amounts_too_large_to_add_are_refused(run, export, cell) -> None:
    text = f"id,segment,mrr,churned\n1,A,{cell},Yes\n2,A,{cell},Yes\n3,B,5,Yes\n4,B,5,No\n"
    refused(run("pareto", export(text), "--by", "segment"), "pareto.amount-range", 1)


def test_a_factor_cannot_make_amounts_vanish(run, export) -> None:
    for factor in ("1e308", "1e-300"):
        words = ("--by", "segment", "--value-scale", factor)
        refused(run("pareto", export(EXPORT), *words), "pareto.amount-range", 1)

"""Time `dmaic pareto` against what a user would write instead, whole processes side by side.

    python benchmarks/run.py --write docs/benchmarks.md

Every round runs each contestant once, one after the other, so that a slow moment of the machine
hits all of them alike. The first round warms the caches and is not counted. Peak memory is what
the operating system reports for the finished process.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from time import perf_counter

HERE = Path(__file__).resolve().parent
ROWS = (7_000, 1_000_000, 10_000_000)
ROUNDS = {7_000: 21, 1_000_000: 9, 10_000_000: 5}
PACKAGES = (
    "duckdb", "polars", "pandas", "numpy", "scipy", "statsmodels", "typer", "rich", "sqlmodel",
    "pypandoc_binary", "typst"
)  # fmt: skip
# macOS reports peak memory in bytes, Linux in kibibytes.
MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass
class Contestant:
    """One command and what its processes took.

    Attributes:
        name: as the table shows it.
        command: program and arguments.
        seconds: wall time of each counted run.
        peak: largest resident memory of any run, in bytes.
    """

    name: str
    command: Sequence[str]
    seconds: list[float] = field(default_factory=list)
    peak: int = 0

    @property
    def median(self) -> float:
        """Median wall time in seconds."""
        return statistics.median(self.seconds)

    def run(self, counted: bool) -> None:
        """Run the command once.

        Raises:
            SystemExit: the command failed; its output was shown.
        """
        start = perf_counter()
        process = subprocess.Popen(self.command, stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        took = perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"{self.name} failed with status {process.returncode}")
        if counted:
            self.seconds.append(took)
            self.peak = max(self.peak, usage.ru_maxrss * MAXRSS_UNIT)


def compete(contestants: Sequence[Contestant], rounds: int) -> None:
    """Run all contestants in turn, one warm-up round and then `rounds` counted ones."""
    for number in range(rounds + 1):
        for contestant in contestants:
            contestant.run(counted=number > 0)


def tool() -> list[str]:
    """The installed command `dmaic`, or the module where only the source is on the path."""
    script = shutil.which("dmaic", path=str(Path(sys.executable).parent))
    return [script] if script else [sys.executable, "-m", "dmaic"]


def paretos(path: Path) -> list[Contestant]:
    """`dmaic` first, then the scripts."""
    scripts = [
        Contestant(f"{name} script", (sys.executable, str(HERE / f"pareto_{module}.py"), str(path)))
        for name, module in (("DuckDB", "duckdb"), ("Polars", "polars"), ("pandas", "pandas"))
    ]
    return [Contestant("dmaic pareto", (*tool(), "pareto", str(path), "--by", "segment")), *scripts]


def statistics_of(path: Path) -> Iterator[tuple[str, list[Contestant]]]:
    """Analyses of one export, each against the bare DuckDB aggregate that it rests on."""
    given = {"control": ("--by", "month"), "survival": ("--by", "plan"),
             "test": ("--churned-by", "segment")}  # fmt: skip
    for name, options in given.items():
        bare = (sys.executable, str(HERE / "aggregate_duckdb.py"), name, str(path))
        yield (
            name,
            [
                Contestant(f"dmaic {name}", (*tool(), name, str(path), *options, "--quiet")),
                Contestant("DuckDB aggregate", bare),
            ],
        )


def starts() -> list[Contestant]:
    """`dmaic --help` against the imports that no Typer program can avoid."""
    return [
        Contestant("dmaic --help", (*tool(), "--help")),
        Contestant("typer, rich.console", (sys.executable, "-c", "import typer, rich.console")),
    ]


def statuses(folder: Path) -> list[Contestant]:
    """`dmaic status` of a new project against reading one row of the same file with SQLModel."""
    words = (("init", str(folder)), ("project", "new", "Benchmark", "--db", str(folder)))
    for each in words:
        subprocess.run([*tool(), *each, "--quiet"], check=True, stdout=subprocess.DEVNULL)
    database = str(folder / "dmaic.db")
    script = (sys.executable, str(HERE / "status_sqlmodel.py"), database)
    return [
        Contestant("dmaic status", (*tool(), "status", "--db", database, "--quiet")),
        Contestant("SQLModel script", script),
    ]


def recoveries() -> list[Contestant]:
    """`dmaic recover` of two fixes with 50,000 draws against the same with one draw."""
    sample = HERE.parent / "sample_data"
    command = (*tool(), "recover", str(sample / "churn_export.csv"), "--quiet")
    command += ("--scenario", str(sample / "scenario.yaml"), "--draws")
    return [
        Contestant(f"dmaic recover, {draws:,} draw{'s' * (draws > 1)}", (*command, str(draws)))
        for draws in (50_000, 1)
    ]


def reports(folder: Path) -> list[Contestant]:
    """The report of the worked case's Analyze phase against `dmaic status` of the same project."""
    subprocess.run([*tool(), "demo", str(folder), "--quiet"], check=True, stdout=subprocess.DEVNULL)
    where = ("--db", str(folder), "-p", "Cut estimator churn", "--quiet")
    given = {"md": ("md",), "all five formats": ("md", "html", "docx", "pptx", "pdf")}
    made = [
        Contestant(
            f"dmaic report analyze, {name}",
            (
                *(*tool(), "report", "analyze", *where),
                *(word for each in formats for word in ("--format", each)),
            ),
        )
        for name, formats in given.items()
    ]
    return [*made, Contestant("dmaic status", (*tool(), "status", *where))]


def lines(contestants: Sequence[Contestant], what: str) -> list[str]:
    """Rows of the Markdown table; the ratio is the first contestant's median over this one's."""
    own = contestants[0].median
    return [
        f"| {what} | {each.name} | {each.median:.3f} | {min(each.seconds):.3f} "
        f"| {own / each.median:.2f} | {each.peak / 1e6:,.0f} |"
        for each in contestants
    ]


def export(rows: int) -> Path:
    """The export of so many rows, made if it is not there yet."""
    path = HERE / "data" / f"churn_{rows}.csv"
    if not path.exists():
        # In a process of its own: a child's peak memory starts at that of its parent.
        subprocess.run([sys.executable, str(HERE / "generate.py"), str(rows), path], check=True)
    return path


def page(table: Sequence[str], command: str) -> str:
    """The Markdown page: what was run, where, when, and the table."""
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    here = f"Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    today = datetime.now(UTC).date().isoformat()
    return f"""# Benchmarks

`dmaic pareto FILE --by segment` against scripts that a skilled user would write instead. All of
them compute the same table from the same file: churned customers, value lost, exposure, shares,
churn rate with Wilson interval, relative risk and excess. Whole processes, from start to exit, with
the file in the page cache; the runs alternate, so a slow moment of the machine hits all alike.

The scripts know the columns beforehand. `dmaic` finds them, decides how each is read, and checks
the file; that work is part of its time.

Made with

```
{command}
```

on {today}, {here}, {os.cpu_count()} cores; {versions}.

{chr(10).join(table)}

*Ratio* is the median of `dmaic` divided by the median of that row: below 1, `dmaic` is faster.
*Peak* is the largest resident memory of the process in megabytes.

`dmaic control --by month`, `dmaic survival --by plan` and `dmaic test --churned-by segment` of a
million rows stand beside the bare DuckDB statement that counts what they rest on and computes
nothing: the aim is 1.5 times that, and a second for what is imported.

The last rows compare `dmaic recover` of the sample data's two fixes, over 24 months and with 50,000
draws of everything uncertain, with the same of one draw: the difference is what the draws take.
`dmaic --help` stands beside the bare imports of the two libraries that draw it, and `dmaic status`
beside a script that opens the same database with SQLModel and reads one row. `dmaic report` of a
phase of the worked case, as Markdown and in all five formats from one run, stands beside `dmaic
status` of that project: the aim is a second more for Markdown, and six seconds for all. The charts
are kept from the warm-up round; a project's first report draws them, which adds about a second.
"""


def main() -> None:
    """Read the options, run everything, print the table and write the page if asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rows", type=int, nargs="+", default=list(ROWS))
    parser.add_argument("--rounds", type=int, help="counted runs of each command")
    parser.add_argument("--write", type=Path, metavar="PAGE", help="write the Markdown page")
    options = parser.parse_args()

    table = [
        "| rows | command | median s | best s | ratio | peak MB |",
        "|---:|---|---:|---:|---:|---:|",
    ]
    print(*table, sep="\n", flush=True)

    def add(contestants: Sequence[Contestant], rounds: int, what: str) -> None:
        compete(contestants, options.rounds or rounds)
        new = lines(contestants, what)
        print(*new, sep="\n", flush=True)
        table.extend(new)

    for rows in options.rows:
        add(paretos(export(rows)), ROUNDS.get(rows, 5), f"{rows:,}")
    for name, each in statistics_of(export(1_000_000)):
        add(each, 9, f"1,000,000, {name}")
    add(recoveries(), 21, "recover")
    add(starts(), 21, "start")
    with tempfile.TemporaryDirectory() as folder:
        add(statuses(Path(folder) / "engagement"), 21, "status")
        add(reports(Path(folder) / "demo"), 7, "report")
    if options.write:
        command = " ".join(["python benchmarks/run.py", *sys.argv[1:]])
        options.write.write_text(page(table, command), encoding="utf-8")


if __name__ == "__main__":
    main()

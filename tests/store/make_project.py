"""Writes a project file of the format's version at hand: `python tests/store/make_project.py`.

A file that was released is never written again: every later version of dmaic must read it. So this
is run once for each version of the format, before its release.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from dmaic.cli.entry import main
from dmaic.project.engagement.home import open_home
from dmaic.project.exchange.file import VERSION
from dmaic.project.standing.step import StepMark, mark_step

HERE = Path(__file__).parent
EXPORT = "customer_id,segment,mrr,churned,churn_date\n" + "".join(
    f"C{n},{'AB'[n % 2]},{n % 7 + 1},{'Yes' if n % 3 == 0 else 'No'},"
    f"{f'2024-0{n % 8 + 1}-15' if n % 3 == 0 else ''}\n"
    for n in range(60)
)
COMMANDS = (
    ("init", ".", "--name", "Photo app"),
    ("project", "new", "Cut estimator churn", "--sponsor", "Ada Park", "--group", "Estimators"),
    ("team", "add", "Dana Reyes", "--function", "Finance", "--role", "approver"),
    ("team", "add", "Sam Oké", "--function", "Support", "--role", "process owner"),
    ("team", "waive", "Marketing", "--reason", "No campaign is touched"),
    ("action", "add", "Call every new estimator", "--owner", "Sam Oké", "--due", "2026-12-05"),
    ("risk", "add", "The API slips", "--probability", "3", "--impact", "4"),
    ("issue", "add", "No exit survey", "--severity", "2"),
    ("decision", "add", "Begin with estimators", "--by", "Ada Park", "--why", "46 % of the loss"),
    ("doc", "set", "charter", "problem=2.2 % of users cancel each month", "in_scope=sign-up; help"),
    ("doc", "add", "charter", "milestones", "name=Define closed", "due=2026-02-01"),
    ("data", "add", "export.csv", "--name", "q3"),
    ("pareto", "--by", "segment", "--measure", "value"),
    ("pareto", "--by", "segment", "--split", "quarter"),
    ("inspect",),
    ("gate", "answer", "sponsor-committed", "yes", "--note", "Two days a week"),
    ("gate", "waive", "ctqs-defined", "--reason", "Known from the last cycle", "--as", "Ada Park"),
    ("action", "done", "Call"),
    ("undo",),
)


def make(target: Path) -> None:
    os.environ |= {"DMAIC_ACTOR": "dana", "DMAIC_TODAY": "2026-01-31"}
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        Path("export.csv").write_text(EXPORT, "utf-8")
        for words in COMMANDS:
            status = main([*words, "--quiet"])
            assert status == 0, words
        home = open_home()
        with home.store.writing("walk") as work:
            project = home.project(work)
            work.project = project.id
            mark = StepMark(phase="define", step="problem", skipped=True, reason="Later", by="dana")
            mark_step(work, project.id, mark)
        assert main(["export", "-o", str(target), "--quiet"]) == 0


if __name__ == "__main__":
    make(HERE / f"project-v{VERSION}.json")

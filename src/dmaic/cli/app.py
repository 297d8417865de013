"""The command tree."""

from __future__ import annotations

from typing import Annotated

import typer

from dmaic import __version__
from dmaic.cli.tree import HELP_NAMES, Group, Leaf, Tree, branch

TREE: Tree = {
    # Analyses of an export.
    "pareto": Leaf(
        "pareto",
        "pareto",
        "Which few categories make most of the churn, and are they more than big",
    ),
    "inspect": Leaf(
        "inspect",
        "inspect",
        "What is in this export, what was recognised, and what is wrong with it",
    ),
    # Money.
    "churn": Leaf(
        "churn", "churn", "How many customers and how much revenue leave, by a named definition"
    ),
    "cost": Leaf("cost", "cost", "What churn costs a year, as run-rate and as cash"),
    "clv": Leaf("clv", "clv", "What a customer is worth over a lifetime"),
    "recover": Leaf(
        "recover", "recover", "What a fix would recover, what it costs, and when it pays back"
    ),
    "decide": Leaf("decide", "decide", "Which option is worth it, and would a committee take it"),
    "benefit": branch(
        "Benefits: planned, realised, signed by Finance",
        "benefit",
        plan="Plan a benefit: its target and its forecast",
        record="Record what a benefit brought in a month",
        list_="The benefits, planned against realised",
        show="One benefit, month by month",
        lock="Lock a benefit that Finance has validated",
        rm="Remove a benefit",
        measure=("benefit_measure", "What really came back, against what would have been"),
    ),
    # Statistics.
    "control": Leaf(
        "control", "control", "Is the process stable, and which points have a special cause"
    ),
    "monitor": Leaf("monitor", "monitor", "Watch the metrics of the control plan on new figures"),
    "capability": Leaf(
        "capability",
        "capability",
        "How well does a process keep within its limits, or how often does it fail",
    ),
    "survival": Leaf("survival", "survival", "How long customers stay, and when they leave"),
    "test": Leaf("test", "test", "Do groups differ by more than chance makes, and by how much"),
    "correlate": Leaf(
        "correlate", "correlate", "How do columns go together, and how is one spread"
    ),
    "drivers": Leaf(
        "drivers", "drivers", "What goes with churn, each column with the others held equal"
    ),
    "sample-size": Leaf(
        "sample_size",
        "sample_size",
        "How many customers a survey or a pilot needs, and what so many tell",
    ),
    "survey": Leaf(
        "survey", "survey", "What the few who answered tell about all, and who did not answer"
    ),
    "agreement": Leaf("agreement", "agreement", "Do people give the same reason the same code"),
    "gage": Leaf("gage", "gage", "How much of what was measured is the measuring"),
    "compare": Leaf("compare", "compare", "Did churn change, and is that more than chance"),
    # An engagement and its projects.
    "init": Leaf("init", "init", "Make an engagement folder"),
    "demo": Leaf("demo", "demo", "Build the worked case as a finished engagement to look at"),
    "status": Leaf("status", "status", "Where the project stands and what to do next"),
    "next": Leaf("next", "next_", "The single next step"),
    "walk": Leaf("walk", "walk", "Be guided through a phase, step by step"),
    "portfolio": Leaf("portfolio", "portfolio", "All projects, a line each"),
    "project": branch(
        "Projects of the engagement",
        "project",
        new="Start a project",
        list_="The projects",
        show="One project",
        set_="Change facts about a project",
        use="Choose the project that commands work on",
        close="Close a project",
        reopen="Open a closed project again",
        rm="Remove a project with everything in it",
        next_cycle=("project_cycle", "Start the project for the next Pareto group"),
    ),
    "gate": branch(
        "Tollgates, judged on evidence",
        "gate",
        check="What a tollgate still asks for",
        show="A tollgate with its answers, waivers and signatures",
        answer="Answer a question of a tollgate",
        submit="Put a tollgate before those who sign",
        approve="Sign a tollgate",
        reject="Send a tollgate back",
        waive="Let a criterion pass without evidence, with a reason",
        return_="Go back to an earlier phase, with a reason",
    ),
    "doc": branch(
        "Working documents",
        "doc",
        list_="The documents and how complete they are",
        show="One document",
        edit="Fill a document in your editor",
        set_="Fill fields of a document",
        add="Add a line to a list of a document",
        rm="Remove a line from a list of a document",
        import_="Fill a document from a file",
        export="Write a document to a file",
        history="How a document became what it is",
        diff="What changed between two versions of a document",
    ),
    "team": branch(
        "People and their roles",
        "team",
        add="Add a person",
        list_="The team",
        set_="Change facts about a person",
        rm="Take a person off the team",
        waive="Say why a function is not on the team",
    ),
    "action": branch(
        "The mutual action plan",
        "action",
        add="Add an action",
        list_="The actions, overdue first",
        show="One action",
        done="Mark an action as done",
        move="Agree on another date",
        drop="Give an action up, with a reason",
        set_="Change facts about an action",
        import_=("action_file", "Add actions from a CSV file"),
        export=("action_file", "Write the actions as CSV or as a calendar"),
    ),
    "risk": branch(
        "Risks",
        "risk",
        add="Note a risk",
        list_="The risks, gravest first",
        set_="Change facts about a risk",
        close="Close a risk",
    ),
    "issue": branch(
        "Issues",
        "issue",
        add="Note an issue",
        list_="The issues",
        set_="Change facts about an issue",
        close="Close an issue",
    ),
    "decision": branch(
        "Decisions",
        "decision",
        add="Note a decision",
        list_="The decisions",
        set_="Change facts about a decision",
    ),
    "data": branch(
        "Datasets: registered exports",
        "data",
        add="Register an export or another table",
        list_="The datasets",
        show="One dataset",
        set_default="Choose the dataset that analyses use",
        refresh="Read the file again",
        rm="Remove a dataset",
    ),
    "analysis": branch(
        "Saved analyses",
        "analysis",
        list_="The analyses, and which are stale",
        show="One analysis",
        rerun="Run stale analyses again on the data of today",
        diff="What changed between two analyses",
        rm="Remove an analysis",
    ),
    "report": branch(
        "Reports for a sponsor",
        "report",
        default="make",
        named="analyze, a3, executive, project or portfolio",
        make="Make a report",
        check="What a report lacks, and what in it is stale",
        list_="The reports that can be made",
        reference=(
            "report_reference",
            "Write a Word and a PowerPoint document to make a client's own of",
        ),
    ),
    "template": branch(
        "Templates of engagements",
        "template",
        list_="The templates there are",
        show="One template",
        new="Begin a template of your own",
        lint=("template_check", "What is wrong with a template, with file and line"),
        try_=("template_check", "Try a template out"),
        pack="Write a template as one zip file",
        add="Keep a template among your own",
        rm="Remove one of your own templates",
        diff="What is different between two templates",
        from_project=(
            "template_draw",
            "Make a template of a project, without what is the client's own",
        ),
        update=("template_update", "Bring a project to a newer version of its template"),
        answer=("template_update", "Answer a question of the project's template anew"),
    ),
    "serve": Leaf("serve", "serve", "Show the portfolio in the browser of this machine"),
    # The record.
    "log": branch(
        "The journal",
        "log",
        default="show",
        show="What was done, by whom and when",
        verify="Prove that the journal is whole",
    ),
    "undo": Leaf("undo", "undo", "Take the last operation back"),
    "redo": Leaf("undo", "redo", "Bring back what was undone"),
    "doctor": Leaf("doctor", "doctor", "Look for trouble in the engagement"),
    "verify": Leaf("verify", "verify", "Run published cases on this machine, expected beside got"),
    "backup": Leaf("backup", "backup", "Write a copy of the database"),
    "restore": Leaf("backup", "restore", "Put a backup in the place of the database"),
    "export": Leaf("exchange", "export", "Write a whole project to a file"),
    "import": Leaf("exchange", "import_", "Bring a project in from a file"),
}
"""Every command, in the order of the help page."""


class Root(Group):
    """`dmaic` itself."""

    tree = TREE


app = typer.Typer(
    name="dmaic",
    cls=Root,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings=HELP_NAMES,
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"dmaic {__version__}")
        raise typer.Exit


@app.callback()
def main(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", help="Show the version.", callback=_version, is_eager=True),
    ] = False,
) -> None:
    """Lean Six Sigma against customer churn, from the export to the signed benefit."""

"""Five whys: chains from a problem to the root behind it."""

from __future__ import annotations

from typing import Any, ClassVar

from dmaic.block import Block, Tree
from dmaic.documents import reference
from dmaic.documents.base import Document, Figure, Gap, Line, Papers, Phase, Text, ask
from dmaic.documents.reference import Ref
from dmaic.text import plural

LEAST = 3
"""Whys before a root can be one: two only repeat the problem."""

_BLAME = ("human error", "operator error", "careless", "not pay attention", "forgot", "lazy",
          "incompetent", "negligen")  # fmt: skip


class Chain(Line):
    """One chain of whys."""

    PREFIX: ClassVar[str] = "W"
    problem: Text = ask(
        "Problem",
        "Where the chain begins: something seen or measured.",
        example="Estimators wait two days for the first answer",
        needed=True,
    )
    whys: tuple[Text, ...] = ask(
        "Whys",
        "The answer to each why, in turn; each explains the one before.",
        example=["Tickets wait in one queue", "Urgent ones are not told apart",
                 "The segment of a ticket is unknown"],
        needed=True,
        default=(),
    )  # fmt: skip
    root: Text = ask(
        "Root",
        "What has to be changed so that it does not come back; a process, never a person.",
        example="Nobody decides which tickets come first",
        needed=True,
    )
    fishbone: Ref = ask(
        "Fishbone",
        "The cause on the fishbone that it starts from, by its id.",
        example="B3",
        refers="fishbone",
    )
    cause: Ref = ask(
        "Leads to", "The entry of the cause list, by its id.", example="C4", refers="causes"
    )


class FiveWhys(Document):
    """Chains of whys, each joined to the fishbone and to the cause list."""

    KIND: ClassVar[str] = "five-whys"
    TITLE: ClassVar[str] = "Five whys"
    PHASE: ClassVar[Phase] = "analyze"
    PURPOSE: ClassVar[str] = (
        "Asking why again and again leads from what is seen to what has to be changed. A chain "
        "that ends at a person has not been followed far enough."
    )
    EXAMPLE: ClassVar[dict[str, Any]] = {
        "chains": [
            {"id": "W1", "problem": "Estimators stop using the app after a few weeks",
             "whys": ["It costs them more time than paper",
                      "They re-type every photo and note into the quoting system",
                      "The app cannot hand over a file that the system reads",
                      "Nobody asked estimators how a quote is made"],
             "root": "The product was built without the work of its largest segment",
             "fishbone": "B1", "cause": "C1"},
            {"id": "W2", "problem": "New estimators never finish their first job",
             "whys": ["They do not find how to set up the app for a shop",
                      "Nobody shows them in the first days",
                      "No function owns the time between sale and first job"],
             "root": "Onboarding is nobody's process",
             "fishbone": "B2", "cause": "C2"},
            {"id": "W3", "problem": "Estimators wait two days for the first answer",
             "whys": ["Tickets wait in one queue",
                      "They are answered in the order in which they come",
                      "An estimator's ticket cannot be told from any other",
                      "Sign-up asks for contact data only"],
             "root": "Nobody decides which tickets come first, and the records could not tell",
             "fishbone": "B4", "cause": "C4"},
        ]
    }  # fmt: skip

    chains: tuple[Chain, ...] = ask("Chains", "One chain for each problem.", least=1, default=())

    def rules(self, papers: Papers) -> tuple[Gap, ...]:
        """Chains are long enough, point to what exists and do not end at a person."""
        ribs = reference.names(papers, "fishbone")
        causes = reference.names(papers, "causes")
        gaps = []
        for each in self.chains:
            path = f"chains.{each.id}"
            if each.whys and len(each.whys) < LEAST:
                message = (
                    f"{each.id} asks {plural(len(each.whys), 'time')}: "
                    f"at least {LEAST} whys lead to a root."
                )
                gaps.append(Gap(field=f"{path}.whys", message=message))
            gaps += reference.unknown(f"{path}.fishbone", [each.fishbone], ribs, "fishbone")
            gaps += reference.unknown(f"{path}.cause", [each.cause], causes, "cause list")
            if any(word in each.root.casefold() for word in _BLAME):
                message = f"{each.id} ends at a person: ask why the work made the mistake so easy."
                gaps.append(Gap(field=f"{path}.root", message=message, level="weak"))
        return tuple(gaps)

    def figures(self, papers: Papers) -> tuple[Figure, ...]:
        """How many chains have reached a root."""
        del papers
        if not self.chains:
            return ()
        rooted = sum(bool(each.root) for each in self.chains)
        text = f"{rooted} of {len(self.chains)}"
        return (Figure(name="rooted", label="Chains with a root", value=rooted, text=text),)

    def blocks(self, papers: Papers) -> tuple[Block, ...]:
        """Each chain as a tree that goes one branch deeper with each why."""
        if not self.chains:
            return super().blocks(papers)
        known = reference.names(papers, "fishbone", "causes")
        return tuple(_drawn(each, known) for each in self.chains)


def _drawn(chain: Chain, known: dict[str, str]) -> Tree:
    ends = [f"Root: {chain.root}"] if chain.root else []
    if chain.fishbone:
        ends.append(f"From the fishbone: {reference.told(chain.fishbone, known, 200)}")
    if chain.cause:
        ends.append(f"Leads to: {reference.told(chain.cause, known, 200)}")
    below = tuple(Tree(each) for each in ends)
    for why in reversed(chain.whys):
        below = (Tree(f"Why? {why}", below),)
    return Tree(f"{chain.id} {chain.problem}", below)

"""What a submission rests on, as fingerprints, so that a later change is seen and told."""

from __future__ import annotations

from dmaic.project.criterion.base import Evidence
from dmaic.project.gate.check import check_of
from dmaic.project.paper.paper import Paper
from dmaic.text import printable


def fingerprint(evidence: Evidence) -> dict[str, str]:
    """What the gate of a phase is judged on: thing -> its version or fingerprint.

    The documents of the phase and those that its criteria read, datasets and benefits where a
    criterion looks at them, and what people answered and waived. What the gate does not look at
    may change.

    Args:
        evidence: of the project, at that gate.
    """
    phase = evidence.template.phase(evidence.phase)
    checks = [check_of(each) for each in phase.gate.criteria]
    kinds = {step.document for step in phase.steps if step.document}
    kinds |= {kind for check in checks for kind in check.reads}
    found = {
        f"document {each.body.document}": str(each.version)
        for each in evidence.view.all(Paper, evidence.project.id)
        if each.body.document in kinds
    }
    if any(check.DATA for check in checks):
        found |= {f"dataset {each.body.name}": each.body.sha256 for each in evidence.datasets}
    if any(check.BENEFITS for check in checks):
        found |= {f"benefit {each.body.title}": str(each.version) for each in evidence.benefits}
    gate = evidence.gate
    found |= {
        f"answer {each.criterion}": f"{'yes' if each.yes else 'no'} {each.at}"
        for each in gate.answers
    }
    return found | {f"waiver {each.criterion}": each.at for each in gate.waivers}


def changes(evidence: Evidence, before: dict[str, str]) -> list[str]:
    """What changed since a submission, a sentence each: what, by whom, and when.

    Args:
        evidence: of the project, at that gate, as it is now.
        before: the submission's fingerprints.
    """
    now = fingerprint(evidence)
    names = [*now, *(name for name in before if name not in now)]
    return [
        f"The {printable(name, 80)} {_how(evidence, name, before.get(name), now.get(name))}."
        for name in names
        if before.get(name) != now.get(name)
    ]


def _how(evidence: Evidence, name: str, before: str | None, now: str | None) -> str:
    word = "was removed" if now is None else "is new" if before is None else "changed"
    what, _, which = name.partition(" ")
    by = at = ""
    if what == "document":
        paper = evidence.view.keyed(Paper, evidence.project.id, which)
        by, at = (paper.changed_by, paper.changed_at) if paper else ("", "")
    elif what == "dataset":
        datasets = [each for each in evidence.datasets if each.body.name == which]
        by, at = (datasets[0].changed_by, datasets[0].changed_at) if datasets else ("", "")
    elif what == "benefit":
        benefits = [each for each in evidence.benefits if each.body.title == which]
        by, at = (benefits[0].changed_by, benefits[0].changed_at) if benefits else ("", "")
    elif what == "answer":
        answer = evidence.gate.answer(which)
        by, at = (answer.by, answer.at) if answer else ("", "")
    else:
        waiver = evidence.gate.waiver(which)
        by, at = (waiver.by, waiver.at) if waiver else ("", "")
    told = f" by {printable(by, 60)}" if by else ""
    when = f" on {at[:10]} at {at[11:16]} UTC" if at else ""
    return f"{word}{told}{when}"

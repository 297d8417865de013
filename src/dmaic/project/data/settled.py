"""What was found in a file that is registered, and which of it was accepted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dmaic.churn.check import ACCEPTABLE, settle
from dmaic.churn.snapshot_write import Written
from dmaic.errors import UsageError, suggest
from dmaic.result import Finding
from dmaic.text import plural, printable


def settled(
    findings: Iterable[Finding], accept: Sequence[str], accepted: Sequence[str]
) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
    """The findings, accepted ones marked, and all codes that are accepted.

    Unlike an analysis, registering can go on without any figure, so every blocking finding that was
    made can be accepted.

    Args:
        findings: all that was found.
        accept: codes of blocking findings to go on with.
        accepted: codes that were accepted earlier, and may be of no matter by now.

    Raises:
        UsageError: `usage.accept`, a code that no blocking finding has.
        BlockedError: blocking findings that are not accepted.
    """
    found = tuple(findings)
    known = {*(each.code for each in found if each.level == "blocking"), *ACCEPTABLE}
    for code in accept:
        if code not in known:
            raise UsageError(
                f'--accept names "{printable(code, 60)}", but no blocking finding is called so.',
                "usage.accept",
                (suggest(code, known) + f" They are {', '.join(sorted(known))}.").strip(),
            )
    codes = tuple(dict.fromkeys((*accepted, *accept)))
    marked = tuple(
        each.model_copy(update={"accepted": True})
        if each.level == "blocking" and each.code in codes
        else each
        for each in found
    )
    left = [each for each in marked if each.level == "blocking" and not each.accepted]
    if left:
        hinted = [each if each.code in ACCEPTABLE else _acceptable(each) for each in left]
        settle([*hinted, *(each for each in marked if each not in left)], ())
    return marked, codes


def _acceptable(finding: Finding) -> Finding:
    hint = f"{finding.hint.rstrip('.')}; or --accept {finding.code} registers it as it is."
    if finding.code == "role.churned-missing":
        hint += " If it is no churn export but a series, measurements, answers or codes: --table."
    return finding.model_copy(update={"hint": hint})


def replaced(written: Written) -> tuple[Finding, ...]:
    """The cells of which a snapshot has a hash for the e-mail address in them.

    Args:
        written: the snapshot.
    """
    return tuple(
        Finding(
            code="addresses-hashed",
            level="info",
            message=f'{plural(cells, "cell")} of "{printable(name, 60)}" hold an e-mail address; '
            "the snapshot has a hash in their place.",
            hint="--keep-ids keeps them.",
            count=cells,
            column=name,
        )
        for name, cells in written.addresses.items()
    )

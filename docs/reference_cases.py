"""The page of published cases, made from their files."""

from __future__ import annotations

from collections.abc import Iterator

from dmaic.analysis.case import Case, load_cases

MADE = "<!-- Made by docs/make_reference.py; do not edit. -->"


def page() -> str:
    """Every case with its source and its figures, by analysis."""
    found = load_cases()
    figures = sum(len(case.expect) for cases in found.values() for case in cases)
    lines = [
        MADE,
        "",
        "# Published cases",
        "",
        "`dmaic verify` runs these cases on your machine and prints what came out beside what each",
        "source gives; `dmaic verify control` runs those of one analysis. The tests run them too.",
        "A figure agrees when it is off by no more than *within*: half a unit of the last digit",
        "that the source prints, unless the case says otherwise.",
        "",
        f"{sum(map(len, found.values()))} cases, {figures} figures.",
    ]
    for analysis, cases in found.items():
        lines += ["", f"## {analysis}"]
        for case in cases:
            lines += ["", *_case(case)]
    return "\n".join(lines) + "\n"


def _case(case: Case) -> Iterator[str]:
    yield f"### `{case.name}`"
    yield ""
    yield f"{case.statistic}. Source: {case.source}."
    if case.address:
        yield f"<{case.address}>"
    yield ""
    yield "| figure | expected | within |"
    yield "|---|---|---|"
    for each in case.expect:
        value = ", ".join(map(str, each.value)) if isinstance(each.value, list) else each.value
        within = f"{each.tolerance:.2g}" if each.tolerance else "exact"
        yield f"| `{each.at}` | {'none' if value in (None, '') else value} | {within} |"

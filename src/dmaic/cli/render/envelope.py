"""The JSON face: one versioned envelope for every command, errors included."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from dmaic.errors import DmaicError, Problem
from dmaic.result import Finding, Reply

SCHEMA = 1
"""Version of the envelope; it rises when a field changes its meaning or leaves."""

# Not escaped by json, but acted on by terminals (C1 controls, bidirectional overrides), taken for
# line ends by some readers, or not encodable (lone surrogates). All stand inside strings.
_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def to_json(
    command: str,
    result: Reply | None = None,
    findings: Iterable[Finding] | None = None,
    error: DmaicError | None = None,
) -> str:
    """The envelope as indented JSON, with a line end.

    Text is exactly what the file held; what could act on a terminal is written as an escape.

    Args:
        command: name of the command that ran.
        result: what it returned, or None.
        findings: findings that stand beside the result; None takes those of the result.
        error: what went wrong, or None.
    """
    if findings is None:
        findings = result.findings if result is not None else ()
    envelope = {
        "schema": SCHEMA,
        "command": command,
        "result": None if result is None else _payload(result),
        "findings": [finding.model_dump(mode="json") for finding in findings],
        "error": None if error is None else _error(error),
    }
    text = json.dumps(envelope, ensure_ascii=False, indent=2, allow_nan=False)
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n"


def _payload(result: Reply) -> dict[str, Any]:
    payload = result.to_dict()
    payload.pop("findings", None)
    return payload


def _error(error: DmaicError) -> dict[str, Any]:
    problems = [_problem(problem) for problem in error.problems]
    return {**problems[0], "problems": problems}


def _problem(problem: Problem) -> dict[str, str]:
    return {
        "code": problem.code,
        "message": problem.message,
        "hint": problem.hint,
        "where": problem.where,
    }

"""`dmaic inspect`."""

from __future__ import annotations

from dmaic.cli.analyse import Files, analyse
from dmaic.cli.answer import Answer, Face
from dmaic.cli.dataset import FromData
from dmaic.cli.options import Export, spread


@spread
def inspect(
    file: Files = None,
    *,
    export: Export,
    face: Face,
    place: FromData,
) -> Answer:
    """What is in this export, what was recognised, and what is wrong with it?

    Shows the columns with their profile, the roles they were given, the period covered and every
    finding. Example: dmaic inspect churn.csv
    """
    return analyse("inspect", file, place, export, face, {})

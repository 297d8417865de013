from __future__ import annotations

import subprocess
import sys
from pathlib import Path

TELCO = Path(__file__).parents[3] / "golden" / "results" / "telco.json"


def test_text_faces_load_nothing_heavy() -> None:
    code = (
        "import sys; from pathlib import Path; from dmaic.stats.pareto import ParetoResult;"
        "from dmaic.cli.render import render;"
        f"result = ParetoResult.model_validate_json(Path({str(TELCO)!r}).read_text());"
        "[render(result, format=f) for f in ('table', 'json', 'csv', 'md')]; result._repr_html_();"
        "heavy = {'pandas', 'numpy', 'scipy', 'matplotlib', 'duckdb', 'xlsxwriter', 'rich.table'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"

"""`dmaic correlate`: which view, which coefficient, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import Run

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "sample_data" / "churn_export.csv"


@pytest.mark.parametrize(
    ("columns", "view", "name"),
    [
        (("mrr",), "histogram", None),
        (("plan",), "bars", None),
        (("mrr", "seats"), "scatter", "pearson"),
        (("mrr", "churned"), "box", "point-biserial"),
        (("plan", "mrr"), "box", "eta"),
        (("plan", "churned"), "table", "cramer"),
        (("mrr", "seats", "plan"), "matrix", "pearson"),
    ],
)
def test_the_columns_choose_the_view(
    run: Run, tmp_path: Path, columns: tuple[str, ...], view: str, name: str | None
) -> None:
    picture = tmp_path / "view.svg"
    ran = run("correlate", SAMPLE, *columns, "--chart", picture, "--json")
    result = ran.json["result"]
    assert result["view"] == view
    assert picture.exists()
    assert (result["pairs"][0]["coefficient"]["name"] if result["pairs"] else None) == name


def test_many_places_are_taken_together(
    run: Run, export: Callable[..., Path], tmp_path: Path
) -> None:
    rows = [f"{i * 7919 % 1009},{i * 104729 % 2003}" for i in range(4000)]
    file, picture = export("x,y\n" + "\n".join(rows)), tmp_path / "places.svg"
    result = run("correlate", file, "x", "y", "--chart", picture, "--json").json["result"]
    assert picture.exists()
    assert result["hexagons"]
    assert len(result["places"]) < 1700
    assert sum(place["count"] for place in result["places"]) == 4000


def test_a_histogram_holds_every_value_once(run: Run, export: Callable[..., Path]) -> None:
    values = [*range(100), 5000, -3, 0.5]
    file = export("v\n" + "\n".join(map(str, values)))
    (column,) = run("correlate", file, "v", "--json").json["result"]["columns"]
    assert sum(each["count"] for each in column["bins"]) == len(values)
    assert column["bins"][-1]["high"] == 5000
    assert column["bins"][0]["low"] <= -3
    for one, other in zip(column["bins"], column["bins"][1:], strict=False):
        assert one["high"] == other["low"]


def test_whole_numbers_have_a_bar_each(run: Run, export: Callable[..., Path]) -> None:
    file = export("v\n" + "\n".join(str(i % 6) for i in range(60)))
    (column,) = run("correlate", file, "v", "--json").json["result"]["columns"]
    assert [each["count"] for each in column["bins"]] == [10] * 6


def test_two_numbers_other_than_nought_and_one_are_numbers(
    run: Run, export: Callable[..., Path]
) -> None:
    file = export("x,y\n8,1\n8,2\n19,9\n8,3\n19,8\n")
    (pair,) = run("correlate", file, "x", "y", "--json").json["result"]["pairs"]
    assert pair["coefficient"]["name"] == "pearson"
    assert pair["coefficient"]["value"] > 0.9


def test_what_does_not_vary_has_no_coefficient(run: Run, export: Callable[..., Path]) -> None:
    file = export("x,y\n" + "5,1\n5,2\n5,3\n5,4\n")
    ran = run("correlate", file, "x", "y", "--json")
    (pair,) = ran.json["result"]["pairs"]
    assert pair["coefficient"]["value"] is None
    assert ran.json["result"]["line"] is None
    assert "does not vary" in ran.json["result"]["sentence"]


def test_boxes_of_time_stay_in_order(run: Run) -> None:
    file = ROOT / "sample_data" / "support_tickets.csv"
    asked = ("first_response_hours", "opened_at:quarter", "--json")
    result = run("correlate", file, *asked).json["result"]
    assert [box["name"] for box in result["boxes"]] == [f"2024-Q{each}" for each in (1, 2, 3, 4)]
    for box in result["boxes"]:
        assert box["least"] <= box["lower_whisker"] <= box["lower_quartile"] <= box["median"]
        assert box["median"] <= box["upper_quartile"] <= box["upper_whisker"] <= box["greatest"]


def test_blank_cells_are_told(run: Run, export: Callable[..., Path]) -> None:
    ran = run("correlate", export("x,y\n1,2\n,3\n4,\n5,9\n6,7\n"), "x", "y", "--json")
    assert ran.codes.count("blank-cells") == 2
    assert ran.json["result"]["pairs"][0]["count"] == 3


@pytest.mark.parametrize(
    ("asked", "code", "status"),
    [
        ((), "usage.correlate", 2),
        (("x", "x"), "usage.correlate", 2),
        (tuple(f"c{i}" for i in range(13)), "usage.correlate", 2),
        (("nothing",), "usage.unknown-column", 2),
        (("x", "--where", "x > 100"), "correlate.no-rows", 1),
        (("x", "--where", "x >"), "where.not-a-condition", 2),
    ],
)
def test_what_makes_no_sense_is_refused(
    run: Run, export: Callable[..., Path], asked: tuple[str, ...], code: str, status: int
) -> None:
    ran = run("correlate", export("x,y\n1,2\n3,4\n5,1\n"), *asked, "--json")
    assert ran.json["error"]["code"] == code
    assert ran.status == status


def test_identifiers_make_no_categories(run: Run, export: Callable[..., Path]) -> None:
    file = export("id,v\n" + "".join(f"customer {i},{i}\n" for i in range(1500)))
    ran = run("correlate", file, "id", "v", "--json")
    assert ran.json["error"]["code"] == "correlate.identifier"


def test_no_relation_is_not_claimed_of_a_few_rows(run: Run, export: Callable[..., Path]) -> None:
    rows = "".join(f"{at},{at * 7 % 13}\n" for at in range(13))
    told = " ".join(run("correlate", export("x,y\n" + rows), "x", "y").out.split())
    assert "Whether x and y go together on a line cannot be told" in told
    assert "13 rows are too few to rule out more" in told
    # A square has no slope at all, which is not to say that it has no shape.
    rows = "".join(f"{at},{at * at}\n" for at in range(-500, 501))
    told = " ".join(run("correlate", export("x,y\n" + rows), "x", "y").out.split())
    assert "x and y hardly go together on a line at all" in told


def test_a_table_of_few_rows_is_tested_exactly_or_not_at_all(
    run: Run, export: Callable[..., Path]
) -> None:
    # By hand: the one row of b is also the only one of v, in 1 of 6 cases by chance.
    path = export("g,h\n" + "a,u\n" * 5 + "b,v\n")
    pair = run("correlate", path, "g", "h", "--json").json["result"]["pairs"][0]
    assert pair["coefficient"]["value"] == pytest.approx(1)
    assert pair["coefficient"]["p_value"] == pytest.approx(1 / 6)
    ran = run("correlate", export("g,h\na,u\na,u\nb,v\nb,v\nc,w\n"), "g", "h", "--json")
    assert ran.json["result"]["pairs"][0]["coefficient"]["p_value"] is None
    told = run("correlate", export("g,h\na,u\na,u\nb,v\nb,v\nc,w\n"), "g", "h").out
    assert "cannot be told" in told

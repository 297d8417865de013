"""Related files: what matches, what does not, and what multiplies."""

from __future__ import annotations

from typing import Any

import pandas
import pytest

import dmaic
from dmaic.errors import DataError, UsageError

MAIN = "id,acc,churned,mrr\n1,a1,Yes,5\n2,a2,No,6\n3,a2,Yes,\n4,,Yes,8\n5,a9,No,1\n"


@pytest.fixture
def joined(write):
    """Rank by a column, with one related file."""

    def rank(
        main: str, other: object, on: str = "acc", by: str = "region", **said: Any
    ) -> dmaic.ParetoResult:
        related = write(other, "accounts.csv") if isinstance(other, str) else other
        return dmaic.pareto(write(main), by, related=[(related, on)], **said)

    return rank


def counts(result: dmaic.ParetoResult) -> dict[str, tuple[float, float | None]]:
    return {row.category[0]: (row.churned, row.exposure) for row in result.rows}


def findings(result: dmaic.ParetoResult) -> dict[str, int | None]:
    return {each.code: each.count for each in result.findings}


def test_many_rows_to_one(joined) -> None:
    result = joined(MAIN, "acc,region\na1,North\na2,South\na3,West\n")
    # a9 and the blank key match nothing; West is never used.
    assert counts(result) == {"North": (1, 1), "South": (1, 2), "(blank)": (1, 2)}
    told = findings(result)
    assert (told["unmatched-rows"], told["unused-rows"]) == (2, 1)


def test_blank_keys_never_match_each_other(joined) -> None:
    result = joined(MAIN, 'acc,region\n,Nowhere\n"  ",Nowhere\na1,North\na2,South\n')
    assert counts(result) == {"North": (1, 1), "South": (1, 2), "(blank)": (1, 2)}


def test_several_rows_a_key_multiply_and_block(joined) -> None:
    main, other = "id,acc,churned\n1,a1,Yes\n2,a2,No\n", "acc,region\na1,North\na1,South\na2,West\n"
    with pytest.raises(DataError) as stopped:
        joined(main, other)
    codes = {problem.code for problem in stopped.value.problems}
    assert codes == {"finding.multiplied-rows", "finding.duplicate-customers"}
    result = joined(main, other, accept=["multiplied-rows", "duplicate-customers"])
    assert counts(result) == {"North": (1, 1), "South": (1, 1), "West": (0, 1)}
    assert findings(result)["multiplied-rows"] == 1


def test_many_to_many_is_refused(joined) -> None:
    with pytest.raises(DataError) as stopped:
        joined(MAIN, "acc,region\na2,North\na2,South\n", accept=["multiplied-rows"])
    assert stopped.value.code == "join.many-to-many"


@pytest.mark.parametrize("keys", [[1, 2, 3], [1.0, 2.0, 3.0], ["1", "2", "3"]])
def test_whole_numbers_match_their_text(joined, keys: list[object]) -> None:
    other = pandas.DataFrame({"acc": keys, "region": ["North", "South", "West"]})
    result = joined("id,acc,churned\n1,1,Yes\n2, 2 ,No\n3,3,Yes\n", other)
    assert counts(result) == {"North": (1, 1), "West": (1, 1), "South": (0, 1)}


def test_different_names_of_the_key(joined) -> None:
    result = joined(MAIN, "Account Id,region\na1,North\na2,South\n", on="acc = account id")
    assert counts(result)["South"] == (1, 2)


def test_a_taken_name_gets_the_files_name(joined) -> None:
    main = "id,acc,region,churned\n1,a1,Here,Yes\n2,a2,There,No\n"
    other = "acc,region,REGION,accounts.region\na1,N,n,x\na2,S,s,y\n"
    assert set(counts(joined(main, other))) == {"Here", "There"}
    assert set(counts(joined(main, other, by="accounts.region"))) == {"N", "S"}


def test_an_unknown_key_is_a_usage_error(joined) -> None:
    with pytest.raises(UsageError) as stopped:
        joined(MAIN, "account,region\na1,North\n")
    assert stopped.value.code == "join.unknown-key"
    assert '"account"' in stopped.value.hint


def test_rows_in_findings_are_the_main_files(joined) -> None:
    # The related file is in another order and longer; row 4 of the main file has no amount.
    other = "acc,region\n" + "".join(f"a{n},R{n}\n" for n in range(9, 0, -1))
    result = joined(MAIN, other)
    (missing,) = (each for each in result.findings if each.code == "missing-amounts")
    assert (missing.count, missing.rows) == (1, (4,))


def test_two_related_files_one_on_the_others_key(write) -> None:
    main = write("id,acc,churned\n1,a1,Yes\n2,a2,No\n3,a2,Yes\n")
    accounts = write("acc,area\na1,x\na2,y\n", "accounts.csv")
    areas = write("area,region\nx,North\ny,South\n", "areas.csv")
    result = dmaic.pareto(main, "region", related=[(accounts, "acc"), (areas, "area")])
    assert counts(result) == {"North": (1, 1), "South": (1, 2)}


def test_a_join_of_a_long_file_is_the_same(joined, small_head: int) -> None:
    main = "id,acc,churned\n" + "".join(
        f"{n},a{n % 3},{'Yes' if n % 2 else 'No'}\n" for n in range(60)
    )
    result = joined(main, "acc,region\na0,North\na1,South\n")
    # Every third account has 20 rows, half of them odd.
    assert counts(result) == {"North": (10, 20), "South": (10, 20), "(blank)": (10, 20)}
    assert findings(result)["unmatched-rows"] == 20

"""The aggregate scan: exact sums, duplicates, and what contradicts an assumption."""

from __future__ import annotations

import pytest

import dmaic
from dmaic.churn import tally as churn_tally
from dmaic.churn.clean.text import category
from dmaic.churn.loss import Part, churned
from dmaic.churn.tally import Group, Question, count, rows_expected
from dmaic.errors import DataError


def repeats(result: dmaic.InspectResult) -> list[tuple[int | None, tuple[int, ...]]]:
    return [(x.count, x.rows) for x in result.findings if x.code == "duplicate-customers"]


def test_groups_are_counted_and_summed_exactly(opened) -> None:
    # 0.1 + 0.2 is 0.30000000000000004 in doubles; sums are of decimals.
    table = opened("id,s,churned,mrr\n1,A,Yes,0.1\n2,A,Yes,0.2\n3,A,No,-5\n4,,Yes,\n")
    column, flag = table.column("s", "--by"), churned(table)
    value = Part(table.reading(table.column("mrr", "--value"), "number").sql)
    found = count(table, Question((category(column),), flag, (value,)))
    assert sorted(found.groups, key=lambda group: (group.keys[0] or "", group.lost)) == [
        Group((None,), True, 1, (0.0,), (1,), (0,)),
        Group(("A",), False, 1, (-5.0,), (0,), (1,)),
        Group(("A",), True, 2, (0.3,), (0,), (0,)),
    ]


def test_too_many_categories_are_identifiers(opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(churn_tally, "MOST_GROUPS", 5)
    table = opened("id,churned\n" + "".join(f"{n},Yes\n" for n in range(6)))
    question = Question((category(table.columns[0]),), churned(table))
    with pytest.raises(DataError) as stopped:
        count(table, question)
    assert stopped.value.code == "pareto.too-many-categories"


def test_repeated_ids_are_counted_with_their_rows(write) -> None:
    # Customer 1 stands on three rows, two too many; customer 2 on two.
    file = write("id,churned\n1,Yes\n2,No\n1,No\n3,No\n1,Yes\n2,Yes\n")
    assert repeats(dmaic.inspect(file)) == [(3, (2, 3, 4, 6, 7))]
    with pytest.raises(DataError) as stopped:
        dmaic.pareto(file, "churned", churned_when="churned = 'Yes'")
    assert stopped.value.code == "finding.duplicate-customers"
    assert stopped.value.message.startswith("3 rows repeat a customer")


@pytest.mark.parametrize("nothing", ["", '""', '"  "', "n/a", "-", "NULL"])
def test_no_id_repeats_nobody(write, nothing: str) -> None:
    file = write("id,mrr,churned\n" + f"{nothing},1,Yes\n" * 3 + "1,1,No\n")
    assert repeats(dmaic.inspect(file)) == []


def test_white_space_makes_no_other_customer(write) -> None:
    file = write("id,mrr,churned\n7,1,Yes\n7,1,No\n 7,1,No\n")
    assert repeats(dmaic.inspect(file)) == [(2, (2, 3, 4))]


def test_duplicates_are_looked_for_among_the_rows_that_count(write) -> None:
    file = write("id,month,churned\n1,Jan,Yes\n2,Jan,No\n1,Feb,No\n3,Feb,No\n2,Mar,Yes\n2,Mar,No\n")
    january = dmaic.pareto(file, "churned", churned_when="churned = 'Yes'", where="month = 'Jan'")
    assert january.total_exposure == 2
    with pytest.raises(DataError) as stopped:
        dmaic.pareto(file, "id", where="month = 'Mar'")
    # The row of January repeats nobody within March.
    assert stopped.value.problems[0].where == 'column "id", rows 6, 7'


def test_long_files_are_compared_by_a_sample(write, monkeypatch, small_head: int) -> None:
    monkeypatch.setattr(churn_tally, "SAMPLED_IDS", 100)
    ids = list(range(1000)) * 2
    file = write("id,churned\n" + "".join(f"{n},Yes\n" for n in ids))
    (found,) = (x for x in dmaic.inspect(file).findings if x.code == "duplicate-customers")
    # Every id stands twice, so exactly half of the rows of any sample of ids repeat one.
    assert found.message.startswith("About 50.0")
    assert found.count is None
    assert found.rows == (2, 3, 4, 5, 6)


def test_a_long_file_of_different_ids_has_no_duplicates(write, monkeypatch, small_head) -> None:
    monkeypatch.setattr(churn_tally, "SAMPLED_IDS", 100)
    file = write("id,churned\n" + "".join(f"{n},Yes\n" for n in range(1000)))
    assert repeats(dmaic.inspect(file)) == []


def test_the_rows_of_a_long_file_are_about_told(opened, small_head: int) -> None:
    table = opened("id,churned\n" + "".join(f"{n},Yes\n" for n in range(10_000, 12_000)))
    # All rows are of one length; the header adds less than one.
    assert rows_expected(table) == pytest.approx(2000, rel=0.01)

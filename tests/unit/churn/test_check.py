"""Findings: when they fire, what they say, and that they keep still on ordinary data."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import dmaic
from dmaic.churn import check
from dmaic.churn.check import ACCEPTABLE, BlockedError, settle
from dmaic.errors import DataError, UsageError
from dmaic.result import Finding

ROOT = Path(dmaic.__file__).parents[2]


def finding(code: str, level: str = "blocking") -> Finding:
    return Finding(code=code, level=level, message=code)


def codes(result: dmaic.ParetoResult | dmaic.InspectResult) -> set[str]:
    return {each.code for each in result.findings}


def stopped(*arguments: object, **said: object) -> DataError:
    with pytest.raises(DataError) as caught:
        dmaic.pareto(*arguments, **said)
    return caught.value


# Blocking and accepting --------------------------------------------------------------------------


def test_all_blocking_findings_stop_together() -> None:
    found = [finding("interval-12x"), finding("blank-rows", "info"), finding("long-rows")]
    with pytest.raises(BlockedError) as caught:
        settle(found, ["interval-12x"])
    assert [problem.code for problem in caught.value.problems] == ["finding.long-rows"]
    assert [each.accepted for each in caught.value.findings] == [True, False, False]


def test_what_was_accepted_stays_visible() -> None:
    (each,) = settle([finding("long-rows")], ["long-rows"])
    assert (each.level, each.accepted) == ("blocking", True)


@pytest.mark.parametrize("code", ["duplicate-customer", "blank-categories", "read.empty-file", ""])
def test_only_blocking_findings_can_be_accepted(code: str) -> None:
    with pytest.raises(UsageError) as caught:
        settle([], [code])
    assert caught.value.code == "usage.accept"
    assert "duplicate-customers" in caught.value.hint


# Currencies --------------------------------------------------------------------------------------

MIXED = (
    "id,segment,mrr,currency,churned\n1,A,10,usd,Yes\n2,A,20,EUR,Yes\n3,B,5,usd,Yes\n4,B,1,,No\n"
)


def test_mixed_currencies_block(write) -> None:
    error = stopped(write(MIXED), "segment")
    assert error.code == "finding.mixed-currencies"
    # The hint works as it stands.
    (condition,) = re.findall(r'--where "([^"]+)"', error.hint)
    assert dmaic.pareto(write(MIXED), "segment", where=condition).total_value == 20


def test_accepted_currencies_keep_counts_and_drop_money(write) -> None:
    result = dmaic.pareto(write(MIXED), "segment", accept=["mixed-currencies"])
    assert (result.total_churned, result.total_value, result.currency) == (3, None, None)
    assert {row.value for row in result.rows} == {None}


def test_one_currency_of_several_passes(write) -> None:
    result = dmaic.pareto(write(MIXED), "segment", where="currency = 'usd'")
    assert (result.total_value, result.currency) == (15, "USD")


@pytest.mark.parametrize("measure", ["value", "mrr"])
def test_mixed_money_is_never_ranked(write, measure: str) -> None:
    error = stopped(write(MIXED), "segment", measure=measure, accept=["mixed-currencies"])
    assert error.code == "finding.mixed-currencies"


def test_currencies_beside_the_amounts(write) -> None:
    file = write("id,segment,mrr,churned\n1,A,$10,Yes\n2,A,€20,Yes\n3,B,$5,Yes\n4,B,$1,No\n")
    assert stopped(file, "segment").code == "finding.mixed-currencies"
    result = dmaic.pareto(file, "segment", where="mrr like '%$%'")
    assert (result.total_value, result.currency) == (15, "USD")


def test_another_currency_far_below_is_found(write, small_head: int) -> None:
    rows = "".join(f"{n},A,$10,Yes\n" for n in range(8))
    file = write("id,segment,mrr,churned\n" + rows + "9,A,€10,Yes\n")
    assert stopped(file, "segment").code == "finding.mixed-currencies"
    assert "mixed-currencies" in codes(dmaic.inspect(file))


def test_a_column_with_a_space_is_quoted_in_the_hint(write) -> None:
    file = write(MIXED.replace("currency", "Billing Currency"))
    hint = stopped(file, "segment", currency="Billing Currency").hint
    assert 'upper(\\"Billing Currency\\") = ' in hint


def test_files_of_different_currencies_are_not_compared(write) -> None:
    before = write("id,s,mrr,churned\n1,A,$10,Yes\n2,A,$1,No\n", "before.csv")
    after = write("id,s,mrr,churned\n1,A,€10,Yes\n2,A,€1,No\n", "after.csv")
    plain = write("id,s,mrr,churned\n1,A,10,Yes\n2,A,1,No\n", "plain.csv")
    with pytest.raises(UsageError, match="USD and EUR"):
        dmaic.pareto(before, "s", compare=after)
    # Where one file does not say, nothing contradicts.
    assert dmaic.pareto(before, "s", compare=plain).periods == ("before.csv", "plain.csv")


# Amounts -----------------------------------------------------------------------------------------


def priced(amounts: list[object]) -> str:
    rows = "".join(
        f"{n},A,{amount},{'Yes' if n % 2 else 'No'}\n" for n, amount in enumerate(amounts)
    )
    return "id,segment,mrr,churned\n" + rows


@pytest.mark.parametrize(
    ("amounts", "fires"),
    [
        ([4900, 9900, 1999, 2500] * 6, True),  # $49, $99, $19.99, $25 in cents
        ([49, 99, 19, 250] * 6, False),
        ([49.5, 99.0, 1999.0, 2500.0] * 6, False),  # decimals are no cents
        (list(range(1013, 1013 + 24 * 7, 7)), False),  # large, but no price points
        ([4900, 9900, 1999] * 2, False),  # too few to tell
    ],
)
def test_cents_taken_for_money(write, amounts: list[object], fires: bool) -> None:
    file = write(priced(amounts))
    assert ("cents-for-money" in codes(dmaic.inspect(file))) is fires
    scaled = dmaic.inspect(file, value_scale=0.01)
    assert "cents-for-money" not in codes(scaled)


def billed(monthly: float, yearly: float, *, plans: bool = True, column: str = "amount") -> str:
    rows = "".join(
        f"{n},{'P' if plans else n},{amount},{word},{'Yes' if n % 2 else 'No'}\n"
        for n, (amount, word) in enumerate([(monthly, "month"), (yearly, "year")] * 10)
    )
    return f"id,{'plan' if plans else 'seats'},{column},interval,churned\n" + rows


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        # $10 a month, and $100 for a year at the same price less two months: 8.33 a month.
        (billed(10, 100), False),
        (billed(10, 120), False),
        # Yearly customers stand with a month's price, and were divided by twelve once too often.
        (billed(10, 10), True),
        (billed(10, 8), True),
        # Taken as monthly already, but they are a year's.
        (billed(10, 120, column="mrr"), True),
        (billed(10, 100, column="mrr"), True),
        (billed(10, 10, column="mrr"), False),
    ],
)
def test_twelvefold_intervals(write, text: str, fires: bool) -> None:
    file = write(text)
    assert ("interval-12x" in codes(dmaic.inspect(file))) is fires
    if not fires:
        assert dmaic.pareto(file, "plan").total_churned == 10
        return
    assert stopped(file, "plan").code == "finding.interval-12x"
    taken = dmaic.pareto(file, "plan", accept=["interval-12x"])
    assert taken.total_churned == 10


def test_without_plans_a_twelvefold_difference_may_be_real(write) -> None:
    result = dmaic.pareto(write(billed(10, 10, plans=False)), "interval")
    (told,) = (each for each in result.findings if each.code == "interval-12x")
    assert told.level == "warning"


def test_a_few_customers_say_nothing_about_intervals(write) -> None:
    rows = "1,P,10,month,Yes\n2,P,10,year,No\n3,P,10,year,Yes\n"
    result = dmaic.pareto(write("id,plan,amount,interval,churned\n" + rows), "plan")
    assert "interval-12x" not in codes(result)


def test_missing_and_negative_amounts_of_the_lost(write) -> None:
    text = "id,segment,mrr,churned\n1,A,5,Yes\n2,A,,Yes\n3,A,-2,Yes\n4,A,,No\n5,A,-9,No\n"
    told = {each.code: each for each in dmaic.pareto(write(text), "segment").findings}
    assert (told["missing-amounts"].count, told["missing-amounts"].rows) == (1, (3,))
    assert (told["negative-amounts"].count, told["negative-amounts"].rows) == (1, (4,))


# Categories and flags ----------------------------------------------------------------------------


def test_similar_categories_are_counted_apart_and_told() -> None:
    found = check.similar("plan", ["Pro", "pro", "PRO ", "Pro Plus", "ProPlus", "Basic", "(blank)"])
    assert found is not None
    assert found.count == 2
    assert '"PRO " / "Pro" / "pro"' in found.message
    assert check.similar("plan", ["Pro", "Basic", "Prö"]) is None


def test_blank_categories_are_told_with_their_shares() -> None:
    # 50 of 200 rows and 8 of 20 lost.
    found = check.blanks("segment", 50, 200, 8, 20)
    assert found is not None
    assert "25.0 % of the rows (50 of 200)" in found.message.replace("%", " %").replace("  ", " ")
    assert "40.0" in found.message
    assert "--with FILE --on KEY" in found.hint
    few = check.blanks("segment", 1, 200, 0, 0)
    assert few is not None
    assert "--with" not in few.hint
    assert check.blanks("segment", 0, 200, 0, 20) is None


def test_unknown_churn_is_left_out_and_told(write) -> None:
    file = write("id,segment,churned\n1,A,Yes\n2,A,\n3,A,No\n4,B,n/a\n5,B,No\n")
    result = dmaic.pareto(file, "segment")
    (told,) = (each for each in result.findings if each.code == "unknown-churn")
    assert (result.total_exposure, told.count, told.rows) == (3, 2, (3, 5))
    (same,) = (each for each in dmaic.inspect(file).findings if each.code == "unknown-churn")
    assert same.rows == (3, 5)


def test_everyone_churned_gives_no_rates(write) -> None:
    result = dmaic.pareto(write("id,segment,churned\n1,A,Yes\n2,B,Yes\n"), "segment")
    assert "everyone-churned" in codes(result)
    assert result.total_exposure is None
    assert {row.rate for row in result.rows} == {None}


def test_nobody_churned_leaves_nothing_to_rank(write) -> None:
    file = write("id,segment,churned\n1,A,No\n2,B,No\n")
    assert stopped(file, "segment").code == "finding.no-churn"
    assert "no-churn" in codes(dmaic.inspect(file))


# Catalogues --------------------------------------------------------------------------------------


def source() -> str:
    return "\n".join(path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py"))


def dotted(call: ast.Call) -> Iterator[str]:
    """Dotted codes that a call gives to an error, by place or as `code`."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name == "Kind" and isinstance(call.args[0], ast.Constant):
        # A kind of YAML file names its errors after itself.
        yield from (f"{call.args[0].value}.{each}" for each in ("read", "size", "yaml", "invalid"))
    errors = call.args[:2] if name.endswith(("Error", "Problem", "bad_figure", "_note")) else []
    for given in (*errors, *(word.value for word in call.keywords if word.arg == "code")):
        for each in ast.walk(given):
            text = each.value if isinstance(each, ast.Constant) else None
            if isinstance(text, str) and re.fullmatch(r"[a-z]+\.[a-z0-9-]+", text):
                yield text


def test_the_findings_page_names_every_finding_and_no_other() -> None:
    page = (ROOT / "docs" / "findings.md").read_text("utf-8")
    told = {
        code
        for row in re.findall(r"^\| (`[^|]+) \|", page, re.M)
        for code in re.findall(r"`([a-z0-9-]+)`", row)
    }
    made = set(re.findall(r'code="([a-z0-9-]+)"', source()))
    # Two of them are chosen by a loop.
    made |= set(re.findall(r'\("((?:constant|empty)-columns)",', source()))
    assert made == told | {"no-churn"}


def test_every_code_that_can_be_accepted_is_made_and_documented_as_blocking() -> None:
    page = (ROOT / "docs" / "findings.md").read_text("utf-8")
    blocking = page.split("## Blocking")[1].split("## Warnings")[0]
    assert set(re.findall(r"^\| `([a-z0-9-]+)` \|", blocking, re.M)) == set(ACCEPTABLE)


def test_the_errors_page_names_every_error_and_no_other() -> None:
    page = (ROOT / "docs" / "errors.md").read_text("utf-8")
    made = {f"finding.{code}" for code in ACCEPTABLE}
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            made |= set(dotted(node)) if isinstance(node, ast.Call) else set()
    # Those that are found by name may be unknown; tables and things of a project say what they are.
    made |= {"preset.unknown", "definition.unknown"}
    made |= {"action.column", "benefit.column", "benefit.exists"}
    # Of two that are told in one place.
    made |= {"style.logo", "style.reference"}
    told = set(re.findall(r"^\| `([a-z]+\.[a-z0-9-]+)` \|", page, re.M))
    assert told == made

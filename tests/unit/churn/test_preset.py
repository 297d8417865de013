from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from dmaic.churn.column import Column, quote
from dmaic.churn.condition import parse_condition
from dmaic.churn.preset import SIGNATURES, list_presets, load_preset, match_preset
from dmaic.churn.role import recognise
from dmaic.errors import DataError, UsageError
from dmaic.resource import templates_folder

# Headers as the systems document them (each preset's `source`), and what is expected of them.
EXPORTS: dict[str, tuple[str, dict[str, str]]] = {
    "stripe-subscriptions": (
        "id,Customer ID,Customer Description,Customer Email,Plan,Quantity,Currency,Interval,Amount,"
        "Status,Created (UTC),Start (UTC),Current Period Start (UTC),Current Period End (UTC),"
        "Trial Start (UTC),Trial End (UTC),Coupon,Canceled At (UTC),Ended At (UTC),"
        "segment (metadata)",
        {
            "customer": "Customer ID",
            "churned_at": "Ended At (UTC)",
            "signup": "Start (UTC)",
            "segment": "segment (metadata)",
            "plan": "Plan",
            "value": "Amount",
            "currency": "Currency",
            "interval": "Interval",
            "subscription": "id",
        },
    ),
    "recurly-churned": (
        "uuid,account_code,email,plan_code,state,auto_renew,currency,quantity,unit_amount,"
        "add_on_amount,total_recurring_amount,activated_at,canceled_at,expired_at,"
        "expiration_reason",
        {
            "customer": "account_code",
            "churned_at": "expired_at",
            "signup": "activated_at",
            "plan": "plan_code",
            "reason": "expiration_reason",
            "value": "total_recurring_amount",
            "currency": "currency",
            "subscription": "uuid",
        },
    ),
    "chartmogul-subscriptions": (
        "CUSTOMER_UUID,CUSTOMER_NAME,CUSTOMER_COUNTRY,CUSTOMER_SUBSCRIPTION_ID,PLAN_UUID,PLAN_NAME,"
        "QUANTITY,MRR,ARR,CURRENCY,INTERVAL_UNIT,INTERVAL_COUNT,STATUS,START_DATE",
        {
            "customer": "CUSTOMER_UUID",
            "signup": "START_DATE",
            "plan": "PLAN_NAME",
            "region": "CUSTOMER_COUNTRY",
            "value": "MRR",
            "currency": "CURRENCY",
            "interval": "INTERVAL_UNIT",
            "subscription": "CUSTOMER_SUBSCRIPTION_ID",
        },
    ),
    "chartmogul-mrr-movements": (
        "DATE,CUSTOMER_NAME,MRR_MOVEMENT,MRR,DESCRIPTION,MOVEMENT_TYPE,CURRENCY_CODE,CUSTOMER_UUID,"
        "SUBSCRIPTION_EXTERNAL_ID,PLAN_EXTERNAL_ID",
        {
            "customer": "CUSTOMER_UUID",
            "churned_at": "DATE",
            "plan": "PLAN_EXTERNAL_ID",
            "value": "MRR_MOVEMENT",
            "currency": "CURRENCY_CODE",
            "subscription": "SUBSCRIPTION_EXTERNAL_ID",
        },
    ),
    "baremetrics": (
        "plan_oid,plan_name,plan_currency,plan_amount,plan_interval,plan_interval_count,"
        "customer_oid,customer_name,customer_email,subscription_oid,subscription_started_at,"
        "subscription_canceled_at",
        {
            "customer": "customer_oid",
            "churned_at": "subscription_canceled_at",
            "signup": "subscription_started_at",
            "plan": "plan_name",
            "value": "plan_amount",
            "currency": "plan_currency",
            "interval": "plan_interval",
            "subscription": "subscription_oid",
        },
    ),
    "chargebee": (
        "id,customer_id,plan_id,status,activated_at,cancelled_at,cancel_reason,cancel_reason_code,"
        "created_at,currency_code,mrr,billing_period_unit",
        {
            "customer": "customer_id",
            "churned_at": "cancelled_at",
            "signup": "activated_at",
            "plan": "plan_id",
            "reason": "cancel_reason_code",
            "value": "mrr",
            "currency": "currency_code",
            "interval": "billing_period_unit",
            "subscription": "id",
        },
    ),
    "hubspot-deals": (
        "Record ID,Deal Name,Deal Stage,Pipeline,Amount,Close Date,Create Date,Closed Lost Reason,"
        "Associated Company",
        {
            "customer": "Associated Company",
            "churned_at": "Close Date",
            "signup": "Create Date",
            "reason": "Closed Lost Reason",
            "value": "Amount",
        },
    ),
    "salesforce-opportunities": (
        "Id,AccountId,Name,StageName,Amount,CloseDate,Type,LeadSource,IsClosed,IsWon,CreatedDate",
        {
            "customer": "AccountId",
            "churned_at": "CloseDate",
            "signup": "CreatedDate",
            "plan": "Type",
            "value": "Amount",
        },
    ),
    "salesforce-opportunity-report": (
        "Opportunity Name,Account Name,Stage,Amount,Close Date,Created Date,Type",
        {
            "customer": "Account Name",
            "churned_at": "Close Date",
            "signup": "Created Date",
            "plan": "Type",
            "value": "Amount",
        },
    ),
    "telco": (
        "customerID,gender,tenure,Contract,PaymentMethod,MonthlyCharges,TotalCharges,Churn",
        {
            "customer": "customerID",
            "churned": "Churn",
            "plan": "Contract",
            "value": "MonthlyCharges",
            "tenure": "tenure",
        },
    ),
}


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DMAIC_CONFIG_DIR", str(tmp_path / "config"))
    return tmp_path / "config" / "presets"


def test_signatures_equal_the_files() -> None:
    files = (templates_folder() / "presets").glob("*.yaml")
    loaded = {path.stem: load_preset(path) for path in files}
    assert {name: preset.match for name, preset in loaded.items()} == SIGNATURES
    assert all(name == preset.name for name, preset in loaded.items())
    assert all(preset.source.startswith("https://") for preset in loaded.values())
    assert set(EXPORTS) == set(SIGNATURES)


@pytest.mark.parametrize("name", sorted(EXPORTS))
def test_built_in_presets(name: str) -> None:
    header, expected = EXPORTS[name]
    names = header.split(",")
    assert match_preset(names) == name
    assert match_preset([each.upper() for each in names]) == name
    preset = load_preset(name)
    found = recognise([Column(each) for each in names], None, preset)
    assert {role: column.name for role, column in found.items()} == expected
    if preset.churned_when:
        condition = parse_condition(preset.churned_when, names, lambda each, _: quote(each))
        assert condition.sql
    else:
        assert "churned" in expected


def test_units_scales_and_exposure() -> None:
    cents = {name for name in SIGNATURES if load_preset(name).value_scale == 0.01}
    assert cents == {"baremetrics", "chartmogul-subscriptions"}
    # A churn movement is negative cents.
    assert load_preset("chartmogul-mrr-movements").value_scale == -0.01
    without = {name for name in SIGNATURES if not load_preset(name).exposure}
    assert without == {
        "chartmogul-mrr-movements", "hubspot-deals", "recurly-churned",
        "salesforce-opportunities", "salesforce-opportunity-report",
    }  # fmt: skip


def test_no_match() -> None:
    assert match_preset([]) is None
    assert match_preset(["customer_id", "segment", "churned", "status"]) is None


def test_matching_reads_no_yaml() -> None:
    code = (
        "import sys; from dmaic.churn.preset import match_preset;"
        "assert match_preset(['a']) is None; assert match_preset(['plan_amount',"
        "'subscription_canceled_at']) == 'baremetrics';"
        "print([m for m in ('yaml', 'sqlglot', 'duckdb', 'platformdirs') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"


def test_own_presets(own_folder: Path, tmp_path: Path) -> None:
    own_folder.mkdir(parents=True)
    (own_folder / "ours.yaml").write_text("name: ours\nroles:\n  customer: Konto\n")
    (own_folder / "telco.yaml").write_text("name: telco\ntitle: our own\nchurned_when: true\n")
    assert load_preset("ours").roles == {"customer": ("Konto",)}
    assert load_preset("telco").title == "our own"
    assert load_preset("telco").churned_when == "true"
    assert set(list_presets()) == {*SIGNATURES, "ours"}
    path = tmp_path / "elsewhere.yaml"
    path.write_text("\ufeffname: elsewhere\n", encoding="utf-8")
    assert load_preset(str(path)).name == "elsewhere"
    assert load_preset(path).unit == "customers"


def test_unknown_preset() -> None:
    with pytest.raises(UsageError) as caught:
        load_preset("stripe-subscription")
    assert caught.value.code == "preset.unknown"
    assert 'Did you mean "stripe-subscriptions"' in caught.value.hint
    for name in ("", "..", "\0"):
        with pytest.raises(UsageError):
            load_preset(name)


INVALID = [
    ("name: x\nrols: {}\n", "preset.invalid", 2, 'Did you mean "roles"?'),
    ("name: x\nroles:\n  custmer: [a]\n", "preset.invalid", 3, 'Did you mean "customer"?'),
    ("name: x\nroles:\n  customer:\n    - [a]\n", "preset.invalid", 4, "as a list"),
    ("name: x\nmatch: abc\n", "preset.invalid", 2, "as a list"),
    ("name: x\nvalue_scale: 0\n", "preset.invalid", 2, ""),
    ("name: x\nvalue_scale: .nan\n", "preset.invalid", 2, ""),
    ("name: x\nunit: rows\n", "preset.invalid", 2, ""),
    ("name: ../x\n", "preset.invalid", 1, ""),
    ("title: x\n", "preset.invalid", 1, ""),
    ("- x\n", "preset.invalid", 1, "built-in presets"),
    ("", "preset.invalid", None, "built-in presets"),
    ("name: x\nname: y\n", "preset.yaml", 2, "Leave one out"),
    ("name: [x\n", "preset.yaml", 2, ""),
    ("name: \tx: y\n", "preset.yaml", 1, ""),
    ("name: x\n---\nname: y\n", "preset.yaml", 2, ""),
    ("name: !!python/object/apply:os.system ['true']\n", "preset.yaml", 1, ""),
    ("a: &a [x]\nb: [*a, *a]\n", "preset.yaml", 2, "Write the value out"),
    ("name: x\nvalue_scale: " + "9" * 5_000, "preset.yaml", None, ""),
    ("[" * 5_000, "preset.yaml", None, ""),
    ("# " + "x" * 70_000, "preset.size", None, ""),
    ("name: \x00", "preset.yaml", None, ""),
]


@pytest.mark.parametrize(("text", "code", "line", "hint"), INVALID, ids=range(len(INVALID)))
def test_invalid_presets(tmp_path: Path, text: str, code: str, line: int | None, hint: str) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(text)
    with pytest.raises(DataError) as caught:
        load_preset(path)
    error = caught.value
    assert error.code == code
    assert "mine.yaml" in error.where
    assert hint in error.hint
    if line is not None:
        assert error.where.endswith(f"line {line}")


def test_all_problems_of_a_preset_are_told(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("name: x\nunit: rows\nfoo: 1\nvalue_scale: abc\n")
    with pytest.raises(DataError) as caught:
        load_preset(path)
    assert [problem.where[-6:] for problem in caught.value.problems] == [
        "line 2", "line 4", "line 3",
    ]  # fmt: skip


def test_unreadable_files(tmp_path: Path) -> None:
    latin = tmp_path / "latin.yaml"
    latin.write_bytes("title: Übersicht".encode("latin-1"))
    for path, code in [
        (tmp_path / "none.yaml", "preset.read"),
        (tmp_path, "preset.read"),
        (latin, "preset.yaml"),
    ]:
        with pytest.raises(DataError) as caught:
            load_preset(path)
        assert caught.value.code == code

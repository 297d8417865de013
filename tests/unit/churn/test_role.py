from __future__ import annotations

import pytest

from dmaic.churn.column import Column
from dmaic.churn.preset import Preset
from dmaic.churn.role import ROLES, Roles, find_column, recognise
from dmaic.churn.role_word import EXACT, UNLESS, WITHIN, normalise
from dmaic.errors import UsageError


def columns(*names: str) -> list[Column]:
    return [Column(name) for name in names]


def played(header: str, separator: str = ",") -> dict[str, str]:
    found = recognise(columns(*header.split(separator)))
    return {role: column.name for role, column in found.items()}


TELCO = (
    "customerID,gender,SeniorCitizen,Partner,Dependents,tenure,PhoneService,MultipleLines,"
    "InternetService,OnlineSecurity,OnlineBackup,DeviceProtection,TechSupport,StreamingTV,"
    "StreamingMovies,Contract,PaperlessBilling,PaymentMethod,MonthlyCharges,TotalCharges,Churn"
)


def test_telco() -> None:
    assert played(TELCO) == {
        "customer": "customerID",
        "churned": "Churn",
        "plan": "Contract",
        "value": "MonthlyCharges",
        "tenure": "tenure",
    }


def test_telco_of_later_years() -> None:
    header = (
        "CustomerID,Count,Country,State,City,Zip Code,Lat Long,Gender,Senior Citizen,Tenure Months,"
        "Contract,Payment Method,Monthly Charges,Total Charges,Churn Label,Churn Value,Churn Score,"
        "CLTV,Churn Reason"
    )
    found = recognise(columns(*header.split(",")))
    assert {role: column.name for role, column in found.items()} == {
        "customer": "CustomerID",
        "churned": "Churn Label",
        "region": "Country",
        "plan": "Contract",
        "reason": "Churn Reason",
        "value": "Monthly Charges",
        "tenure": "Tenure Months",
    }
    assert found.alternatives["churned"] == (Column("Churn Value"),)
    assert found.alternatives["region"] == (Column("State"), Column("City"))


def test_accounts_of_a_product_database() -> None:
    header = (
        "account_id,account_name,industry,country,signup_date,referral_source,plan_tier,seats,"
        "is_trial,churn_flag"
    )
    assert played(header) == {
        "customer": "account_id",
        "churned": "churn_flag",
        "signup": "signup_date",
        "segment": "industry",
        "plan": "plan_tier",
        "region": "country",
    }


def test_subscriptions_of_a_product_database() -> None:
    header = (
        "subscription_id,account_id,start_date,end_date,plan_tier,seats,mrr_amount,arr_amount,"
        "is_trial,upgrade_flag,downgrade_flag,churn_flag,billing_frequency,auto_renew_flag"
    )
    assert played(header) == {
        "customer": "account_id",
        "churned": "churn_flag",
        "churned_at": "end_date",
        "signup": "start_date",
        "plan": "plan_tier",
        "value": "mrr_amount",
        "interval": "billing_frequency",
        "subscription": "subscription_id",
    }


def test_churn_events() -> None:
    header = (
        "churn_event_id,account_id,churn_date,reason_code,refund_amount_usd,preceding_upgrade_flag,"
        "preceding_downgrade_flag,is_reactivation,feedback_text"
    )
    assert played(header) == {
        "customer": "account_id",
        "churned_at": "churn_date",
        "reason": "reason_code",
    }


def test_our_sample() -> None:
    header = "customer_id,signup_date,segment,plan,region,churned,churn_date,mrr,currency"
    assert played(header) == {
        "customer": "customer_id",
        "churned": "churned",
        "churned_at": "churn_date",
        "signup": "signup_date",
        "segment": "segment",
        "plan": "plan",
        "region": "region",
        "value": "mrr",
        "currency": "currency",
    }


EVERY = (
    "customer", "signup", "segment", "plan", "region", "churned", "churned_at", "reason", "value",
    "currency", "tenure", "interval",
)  # fmt: skip


@pytest.mark.parametrize(
    "header",
    [
        "Kundennummer;Kunde seit;Branche;Tarif;Land;Gekündigt;Kündigungsdatum;Kündigungsgrund;"
        "Monatsbeitrag;Währung;Laufzeit (Monate);Zahlungsweise",
        "Kunden-Nr.;Anmeldedatum;Kundensegment;Paket;Vertriebsgebiet;Kuendigung;Gekuendigt am;"
        "Grund;Monatlicher Umsatz;Waehrung;Vertragsdauer;Abrechnungsintervall",
        "N° client;Date d'inscription;Secteur d'activité;Forfait;Pays;Résilié;Date de résiliation;"
        "Motif de résiliation;Montant mensuel;Devise;Ancienneté;Périodicité",
        "ID cliente;Fecha de alta;Segmento;Tarifa;País;Baja;Fecha de baja;Motivo de baja;"
        "Cuota mensual;Moneda;Antigüedad (meses);Periodicidad",
        "Client Number;Sign-Up Date;Market Segment;Current Plan;Sales Region;Is Churned;"
        "Cancelled At (UTC);Cancellation Reason;Monthly Fee (USD);Billing Currency;Tenure;"
        "Billing Interval",
    ],
    ids=["de", "de-ascii", "fr", "es", "en"],
)
def test_languages(header: str) -> None:
    assert played(header, ";") == dict(zip(EVERY, header.split(";"), strict=True))


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("customerID", "customer id"),
        ("Canceled At (UTC)", "canceled at"),
        ("MonthlyCharges", "monthly charges"),
        ("CUSTOMER_UUID", "customer uuid"),
        ("MRR (USD)", "mrr"),
        ("ARRAmount", "arr amount"),
        ("  Kündigungs-Datum ", "kundigungs datum"),
        ("Straße", "strasse"),
        ("USD", "usd"),
        ("顧客", ""),
    ],
)
def test_normalise(header: str, words: str) -> None:
    assert normalise(header) == words


def test_monthly_revenue_is_preferred_and_a_yearly_one_divided() -> None:
    names = ["amount", "ARR", "Monthly Charges", "MRR"]
    for count, (best, factor) in enumerate([("MRR", 1), ("Monthly Charges", 1), ("ARR", 1 / 12)]):
        found = recognise(columns(*names[: len(names) - count]))
        assert found.columns["value"].name == best
        assert found.value_factor == factor
    assert recognise(columns("amount")).value_factor == 1


def test_first_column_wins_a_tie_and_no_column_plays_twice() -> None:
    found = recognise(columns("Plan", "plan", "status", "Status"))
    assert found.get("plan") == Column("Plan")
    assert found.alternatives["plan"] == (Column("plan"),)
    roles = [column for _, column in found.items()]
    assert len(roles) == len(set(roles))


@pytest.mark.parametrize(
    "name",
    [
        "churn_score", "churn_probability", "Churn Risk", "refund_amount", "TotalCharges",
        "plan_price_change", "tenure_days", "segment_id", "is_trial", "gender", "", "***",
    ],
)  # fmt: skip
def test_headers_that_play_no_role(name: str) -> None:
    assert not recognise(columns(name)).columns


def test_overrides_come_first() -> None:
    names = columns("Plan", "Segment", "Status", "Churned")
    found = recognise(names, {"segment": "plan", "churned": "Status"})
    assert found.columns == {"segment": Column("Plan"), "churned": Column("Status")}
    assert found.origins == {"segment": "option", "churned": "option"}
    exact = recognise(columns("plan", "PLAN"), {"segment": "PLAN"})
    assert exact.get("segment") == Column("PLAN")


def test_a_role_can_be_left_out() -> None:
    preset = Preset(name="x", roles={"value": ("Amount",)})
    names = columns("Amount", "Price", "Plan")
    for chosen in (
        recognise(names, {"value": "None"}),
        recognise(names, {"value": "none"}, preset),
    ):
        assert chosen.columns == {"plan": Column("Plan")}
    assert recognise(columns("none"), {"value": "none"}).get("value") == Column("none")


def test_all_unknown_overrides_are_told() -> None:
    with pytest.raises(UsageError) as caught:
        recognise(columns("segment", "plan"), {"segment": "segmnt", "churned_at": "zzz"})
    assert [problem.code for problem in caught.value.problems] == ["role.unknown-column"] * 2
    assert 'Did you mean "segment"?' in caught.value.problems[0].hint
    assert "--churned-at" in caught.value.problems[1].message


def test_one_column_for_two_options() -> None:
    with pytest.raises(UsageError) as caught:
        recognise(columns("end"), {"churned": "end", "churned_at": "end"})
    assert caught.value.code == "role.column-twice"
    assert "--churned-at without --churned" in caught.value.hint


def test_a_preset_comes_before_headers() -> None:
    preset = Preset(
        name="x",
        roles={"value": ("Fee", "Amount"), "customer": ("Acct",)},
        ignore=("State",),
        churned_when="Status = 'gone'",
        metadata_pattern="(metadata)",
    )
    names = columns("acct", "Amount", "MRR", "State", "Status", "industry (metadata)")
    found = recognise(names, None, preset)
    assert found.columns == {
        "customer": Column("acct"),
        "value": Column("Amount"),
        "segment": Column("industry (metadata)"),
    }
    assert found.origins["value"] == "preset"
    assert found.origins["segment"] == "header"
    assert found.names()["industry"] == "industry (metadata)"
    assert recognise(names, {"value": "MRR"}, preset).get("value") == Column("MRR")


def test_the_line() -> None:
    found = recognise(columns("MonthlyCharges", "Churn", "Seg\x1b[31mment"), {})
    assert found.line({"Churn": "Yes/No"}) == "churned = Churn (Yes/No), value = MonthlyCharges"
    named = recognise(columns("Seg\x1b[31mment"), {"segment": "Seg\x1b[31mment"})
    assert named.line() == "segment = Seg\\x1b[31mment"
    assert Roles().line() == ""


def test_find_column() -> None:
    assert find_column("PLAN", columns("a", "Plan")) == Column("Plan")
    assert find_column("PLAN", columns("plan", "Plan")) is None
    assert find_column("x", columns("plan")) is None


def test_the_tables_are_sound() -> None:
    assert set(EXACT) == set(WITHIN) == set(UNLESS) == set(ROLES)
    for role in ROLES:
        for phrase in (*EXACT[role], *WITHIN[role]):
            assert normalise(phrase) == phrase
        assert len(EXACT[role]) == len(set(EXACT[role])), role

"""Headers by which roles are recognised, in English, German, French and Spanish.

Headers are compared after `normalise`: lower case, no accents, camelCase and punctuation split into
words, currency and time zone left out. `EXACT` lists whole headers, the preferred ones first;
`WITHIN` lists phrases that may stand anywhere in a header, unless a word of `UNLESS` is there too.
"""

from __future__ import annotations

import re
import unicodedata

_JOINTS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_WORDS = re.compile(r"[a-z0-9]+")
_IDLE = frozenset({"utc", "gmt", "usd", "eur", "gbp", "chf"})


def normalise(header: str) -> str:
    """A header as plain words: `customerID` and `Customer-Id` become `customer id`.

    Args:
        header: a column name as the file has it; only its first 200 characters count.
    """
    text = unicodedata.normalize("NFKD", header[:200].replace("ß", "ss"))
    text = "".join(character for character in text if not unicodedata.combining(character))
    words = _WORDS.findall(_JOINTS.sub(" ", text).lower())
    telling = [word for word in words if word not in _IDLE]
    return " ".join(telling or words)


def phrases(*lines: str) -> tuple[str, ...]:
    """Comma-separated phrases as a tuple."""
    return tuple(phrase.strip() for line in lines for phrase in line.split(",") if phrase.strip())


EXACT: dict[str, tuple[str, ...]] = {
    "customer": phrases(
        "customer id, customerid, customer uuid, customer number, customer no, customer nr",
        "customer code, customer key, customer oid, cust id, client id, client number, client code",
        "account id, accountid, account code, account number, account no, user id, userid",
        "member id, subscriber id, organization id, organisation id, org id, company id, tenant id",
        "workspace id, clientnum, kundennummer, kundennr, kunden nr, kunden nummer, kunden id",
        "kundenid, mitgliedsnummer, nutzer id, id client, identifiant client, numero client",
        "numero de client, n client, no client, code client, id abonne, id cliente, cliente id",
        "numero de cliente, numero cliente, codigo cliente, codigo de cliente, id de cliente",
        "customer, client, kunde, cliente, subscriber, account, compte, cuenta, abonne, abonado",
        "customer email, email, e mail, customer name, account name, company name, id",
    ),
    "subscription": phrases(
        "subscription id, subscription uuid, subscription oid, subscription number",
        "subscription code, subscription external id, customer subscription id, subscription",
        "contract id, contract number, vertragsnummer, vertrags id, vertragsnr, abo id, abonummer",
        "id abonnement, numero abonnement, numero d abonnement, numero de contrat, id contrat",
        "id suscripcion, suscripcion id, numero de contrato, id contrato",
    ),
    "churned": phrases(
        "churned, is churned, has churned, churn, churn flag, churned flag, is churn, churn label",
        "churn yes no, churn status, churn indicator, churn value, customer churn, churned yes no",
        "attrition, attrition flag, attrited, exited, has left, left, lost, is lost",
        "customer lost, cancelled, canceled, is cancelled, is canceled, has cancelled",
        "has canceled, cancellation flag, cancel flag, cancelled flag, canceled flag, terminated",
        "gekundigt, gekuendigt, ist gekundigt, ist gekuendigt, kundigung, kuendigung, abgewandert",
        "ist abgewandert, abwanderung, storniert, verloren",
        "resilie, est resilie, resiliation, desabonne, client perdu, perdu, churne",
        "baja, es baja, dado de baja, cancelado, cancelada, abandono, perdido, cliente perdido",
        "customer status, subscription status, account status, status",
        "kundenstatus, vertragsstatus, statut client, statut abonnement, statut",
        "estado del cliente, estado cliente, estado suscripcion, estado de la suscripcion, estado",
    ),
    "churned_at": phrases(
        "churned at, churn date, churned on, churned date, date churned, date of churn",
        "cancelled at, canceled at, cancelled on, canceled on, cancellation date, cancel date",
        "cancelled date, canceled date, date cancelled, date canceled, date of cancellation",
        "subscription cancelled at, subscription canceled at, subscription ended at",
        "subscription end date, ended at, ended on, end date, expired at, expired on",
        "termination date, terminated at, terminated on, exit date, lost date, lost at, left at",
        "deactivated at, deactivation date, unsubscribed at, unsubscribe date",
        "kundigungsdatum, kuendigungsdatum, gekundigt am, gekuendigt am, kundigung am",
        "kuendigung am, abgewandert am, austrittsdatum, stornodatum, storniert am, vertragsende",
        "enddatum",
        "date de resiliation, date resiliation, resilie le, date d annulation, date annulation",
        "date de desabonnement, date de depart, date de fin, date fin",
        "fecha de baja, fecha baja, fecha de cancelacion, fecha cancelacion, cancelado el",
        "fecha de salida, fecha de fin, fecha fin",
    ),
    "signup": phrases(
        "signup date, sign up date, signed up at, signed up on, signup at, sign up, signup",
        "registration date, registered at, registered on, join date, joined at, joined on, joined",
        "customer since, client since, member since, onboarded at, onboarding date",
        "subscription start date, subscription started at, subscription start, contract start date",
        "contract start, start date, started at, started on, activated at, activation date",
        "first payment date, first invoice date, created at, created on, created date",
        "create date, creation date, date created, created, start",
        "anmeldedatum, anmeldung, angemeldet am, registriert am, registrierungsdatum, kunde seit",
        "eintrittsdatum, vertragsbeginn, startdatum, abschlussdatum, aktivierungsdatum",
        "erstellt am",
        "date d inscription, date inscription, inscrit le, client depuis, date de souscription",
        "date souscription, souscrit le, date d abonnement, date d activation, date de debut",
        "date debut, date de creation, cree le",
        "fecha de alta, fecha alta, fecha de registro, fecha registro, cliente desde",
        "fecha de suscripcion, fecha de activacion, fecha de inicio, fecha inicio",
        "fecha de creacion, creado el, alta",
    ),
    "segment": phrases(
        "segment, customer segment, market segment, segment name, client segment, segmentation",
        "customer type, customer group, customer category, account type, client type, vertical",
        "industry, industry vertical, sector, business type, persona, customer tier, company size",
        "kundensegment, marktsegment, kundengruppe, kundentyp, kundenart, branche",
        "segment client, segment de clientele, segment de marche, type de client, type client",
        "categorie client, secteur, secteur d activite",
        "segmento, segmento de cliente, segmento cliente, segmento de mercado, tipo de cliente",
        "tipo cliente, industria, rubro, giro",
    ),
    "plan": phrases(
        "plan, plan name, plan tier, plan type, current plan, subscription plan",
        "subscription type, subscription tier, pricing plan, price plan, pricing tier, plan code",
        "plan id, plan uuid, product, product name, product tier, package, package name, edition",
        "contract, contract type, membership, membership type, tier, price name, sku",
        "tarif, tarifname, paket, produkt, produktname, vertragsart, abo, abotyp, abo typ",
        "forfait, formule, offre, abonnement, type d abonnement, type abonnement, produit",
        "type de contrat, contrat, vertrag",
        "tarifa, paquete, producto, tipo de plan, suscripcion, tipo de suscripcion, membresia",
        "tipo de contrato, contrato, abono",
    ),
    "region": phrases(
        "region, sales region, customer region, territory, geo, geography, market, country",
        "country name, country code, billing country, customer country, state, province, continent",
        "city, location",
        "vertriebsgebiet, gebiet, markt, land, bundesland, stadt, ort",
        "pays, territoire, zone, departement, ville",
        "pais, zona, territorio, provincia, comunidad autonoma, ciudad",
    ),
    "reason": phrases(
        "churn reason, cancellation reason, cancel reason, cancel reason code",
        "cancellation reason code, churn reason code, reason for leaving, reason for churn",
        "reason for cancellation, leaving reason, exit reason, termination reason, lost reason",
        "loss reason, closed lost reason, expiration reason, reason code, reason",
        "cancellation feedback, churn category",
        "kundigungsgrund, kuendigungsgrund, abwanderungsgrund, stornogrund, austrittsgrund, grund",
        "motif de resiliation, motif resiliation, raison de resiliation, motif de depart",
        "raison du depart, motif d annulation, motif, raison",
        "motivo de baja, motivo baja, motivo de cancelacion, razon de cancelacion",
        "motivo de salida, causa de baja, motivo, razon, causa",
    ),
    "value": phrases(
        "mrr, mrr amount, current mrr, monthly recurring revenue, mrr lost, lost mrr, churned mrr",
        "monthly revenue, monthly charges, monthly charge, monthly fee, monthly price",
        "monthly amount, monthly value, monthly payment, monthly spend, arpu",
        "monatlicher umsatz, monatsumsatz, monatsbeitrag, monatspreis, monatliche gebuhr",
        "monatsbetrag, monatsrate, monatsentgelt, monatliche kosten, monatliche gebuehr",
        "revenu mensuel recurrent, revenu recurrent mensuel, revenu mensuel",
        "montant mensuel, prix mensuel, abonnement mensuel, ingreso recurrente mensual",
        "ingresos recurrentes mensuales, ingreso mensual, ingresos mensuales, cuota mensual",
        "importe mensual, precio mensual",
        "arr, arr amount, current arr, annual recurring revenue, annualized recurring revenue",
        "annual revenue, annual contract value, annual value, acv, jahresumsatz",
        "revenu annuel recurrent, revenu annuel, ingreso recurrente anual, ingreso anual",
        "ingresos anuales",
        "recurring revenue, recurring amount, total recurring amount, subscription amount",
        "subscription value, subscription price, plan amount, plan price, lost revenue",
        "churned revenue, lost value, revenue, amount, price, unit amount, fee, contract value",
        "value, betrag, umsatz, preis, beitrag, gebuhr, gebuehr, wert",
        "montant, revenu, chiffre d affaires, prix, valeur",
        "importe, monto, ingreso, ingresos, precio, cuota, valor",
    ),
    "currency": phrases(
        "currency, currency code, plan currency, billing currency, currency iso code",
        "iso currency, wahrung, waehrung, wahrungscode, waehrungscode, devise, code devise",
        "monnaie, moneda, codigo de moneda, codigo moneda, divisa",
    ),
    "interval": phrases(
        "interval, billing interval, plan interval, subscription interval, interval unit",
        "billing period, billing period unit, billing frequency, billing cycle",
        "payment frequency, abrechnungsintervall, abrechnungszeitraum, zahlungsintervall",
        "zahlungsweise, intervall, periodicite, frequence de facturation",
        "periode de facturation, intervalle, intervalo, periodicidad",
        "frecuencia de facturacion, periodo de facturacion, ciclo de facturacion",
    ),
    "tenure": phrases(
        "tenure, tenure months, tenure in months, customer tenure, months as customer",
        "months active, months subscribed, months on book, lifetime months, account age months",
        "age in months, months, kundendauer, kundendauer monate, vertragsdauer monate",
        "laufzeit monate, vertragsdauer, dauer in monaten, monate, anciennete, anciennete mois",
        "anciennete en mois, duree en mois, duree d abonnement, antiguedad, antiguedad meses",
        "antiguedad en meses, meses",
    ),
}
"""Role -> whole headers, the preferred ones first."""

WITHIN: dict[str, tuple[str, ...]] = {
    "customer": phrases("customer id, customer uuid, client id, account id, kundennummer"),
    "subscription": phrases("subscription id, subscription uuid"),
    "churned": phrases("churned, churn flag, churn label, churn"),
    "churned_at": phrases("churn date, churned at, cancellation date, cancelled at, canceled at"),
    "signup": phrases("signup date, sign up date, start date, registration date"),
    "segment": phrases("segment, segmento, industry, branche"),
    "plan": phrases("plan name, plan tier, plan type, plan"),
    "region": phrases("region, country"),
    "reason": phrases("churn reason, cancellation reason, cancel reason, lost reason, reason"),
    "value": phrases("mrr, monthly recurring revenue, monthly charges, arr"),
    "currency": phrases("currency"),
    "interval": phrases("billing interval, billing period, billing frequency"),
    "tenure": phrases("tenure"),
}
"""Role -> phrases that may stand anywhere in a header, the preferred ones first."""

_EVENT = "id, count, number, score, risk, rate, prob, probability, predicted, prediction, name"

UNLESS: dict[str, frozenset[str]] = {
    "customer": frozenset(phrases("parent, referrer, previous, old, count")),
    "subscription": frozenset(phrases("parent, previous, old, count")),
    "churned": frozenset(
        phrases(
            _EVENT,
            "date, at, on, reason, category, month, mrr, arr, amount, value, event, comment, type",
        )
    ),
    "churned_at": frozenset(phrases("scheduled, expected, predicted, current, next")),
    "signup": frozenset(phrases("trial, current, next, renewal, period, last")),
    "segment": frozenset(phrases("id, count, score, size, code")),
    "plan": frozenset(
        phrases(
            "amount, price, interval, count, quantity, date, at, currency, start, end, change",
            "previous, old, value, mrr, floor",
        )
    ),
    "region": frozenset(phrases("id, count, source, ip")),
    "reason": frozenset(phrases("id, count, date, at")),
    "value": frozenset(
        phrases(
            "movement, change, growth, delta, currency, previous, expansion, contraction, rate",
            "count, band, bucket, date, at, tax, discount, difference, share, type",
        )
    ),
    "currency": frozenset(phrases("rate, amount, symbol")),
    "interval": frozenset(phrases("count, start, end, date")),
    "tenure": frozenset(phrases("days, day, weeks, years, year, band, group, bucket, bin")),
}
"""Role -> words that say a header with its phrase is about something else."""

YEARLY = frozenset(
    phrases(
        "arr, acv, annual, annualized, annualised, yearly, jahresumsatz, annuel, anual, anuales"
    )
)
"""Words that say an amount is that of a year."""

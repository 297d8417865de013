"""The words exports use for lost and kept customers, in four languages."""

from __future__ import annotations

import unicodedata

from dmaic.churn.clean.reading import WHITE


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split(","))


YES = _set("yes,y,true,t,1,1.0,1.00,ja,j,wahr,oui,o,vrai,si,s,verdadero")
NO = _set("no,n,false,f,0,0.0,0.00,nein,falsch,non,faux,falso")
"""Answers: what they say depends on what the header asks."""

CHURNED = _set(
    "churn,churned,cancel,cancelled,canceled,cancellation,expired,inactive,lost,terminated,"
    "closed,closed lost,ended,left,departed,lapsed,deactivated,unsubscribed,not active,"
    "not retained,"
    "gekundigt,gekuendigt,inaktiv,abgewandert,beendet,storniert,abgelaufen,verloren,"
    "geschlossen,nicht aktiv,"
    "resilie,resiliee,annule,annulee,perdu,perdue,inactif,inactive,expire,expiree,termine,"
    "terminee,parti,partie,desabonne,desabonnee,"
    "cancelado,cancelada,baja,de baja,perdido,perdida,inactivo,inactiva,vencido,vencida,"
    "terminado,terminada,finalizado,finalizada,expirado,expirada"
)
"""States of a customer who is lost."""

KEPT = _set(
    "active,retained,current,stayed,live,open,subscribed,in good standing,joined,renewed,"
    "no churn,not churned,non churned,not cancelled,not canceled,won,closed won,"
    "aktiv,laufend,bestehend,ungekundigt,ungekuendigt,nicht gekundigt,nicht gekuendigt,"
    "actif,active,abonne,abonnee,en cours,en vigueur,"
    "activo,activa,alta,de alta,vigente,en vigor"
)
"""States of a customer who is still there."""

CHOICE = _set(
    "past due,unpaid,trial,trialing,trialling,in trial,on trial,paused,pending,incomplete,"
    "incomplete expired,suspended,non renewing,future,dunning,overdue,on hold,dormant,frozen,"
    "transferred"
)
"""States that one firm counts as lost and another does not; never guessed."""

MARK = _set("x,✓,✔,☑,☒")
"""Marks of a list where an empty cell means no."""

ASKS_KEPT = _set(
    "active,retained,current,stayed,live,subscribed,aktiv,actif,active,activo,activa,abonne,vigente"
)
_AROUND = _set(
    "is,still,currently,customer,client,user,account,subscription,subscriber,member,flag,status,"
    "ist,noch,kunde,est,encore,es,esta,cliente"
)


def asks_kept(words: list[str]) -> bool:
    """Whether a header of these words asks if the customer is still there."""
    return any(word in ASKS_KEPT for word in words) and all(
        word in ASKS_KEPT or word in _AROUND for word in words
    )


def plain(cell: str) -> str:
    """The word without case, accents and white space around; `_` and `-` are spaces."""
    bare = unicodedata.normalize("NFD", cell.strip(WHITE))
    bare = "".join(c for c in bare if unicodedata.category(c) != "Mn")
    return bare.lower().replace("_", " ").replace("-", " ")

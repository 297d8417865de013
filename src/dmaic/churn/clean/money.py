"""Currencies as people and exports write them beside an amount."""

from __future__ import annotations

_SIGNS = {
    "$": "USD", "us$": "USD", "$us": "USD", "a$": "AUD", "au$": "AUD", "c$": "CAD", "ca$": "CAD",
    "nz$": "NZD", "hk$": "HKD", "s$": "SGD", "nt$": "TWD", "mx$": "MXN", "r$": "BRL",
    "€": "EUR", "euro": "EUR", "euros": "EUR", "£": "GBP", "¥": "JPY", "cn¥": "CNY", "₹": "INR",
    "₩": "KRW", "₽": "RUB", "₺": "TRY", "₪": "ILS", "₫": "VND", "₴": "UAH", "₦": "NGN",
    "₱": "PHP", "฿": "THB", "₡": "CRC", "₲": "PYG", "₵": "GHS", "₸": "KZT", "₼": "AZN",
    "zł": "PLN", "kč": "CZK", "ft": "HUF", "lei": "RON", "лв": "BGN", "лв.": "BGN", "руб": "RUB",
    "руб.": "RUB", "fr.": "CHF", "sfr.": "CHF", "fr": "CHF", "sfr": "CHF",
    # Krone and rupee are several currencies; the sign says no more than that.
    "kr": "kr", "kr.": "kr", "rs": "Rs", "rs.": "Rs",
}  # fmt: skip


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# ISO 4217, active codes of legal tender.
_CODES = _set(
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP "
    "BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP "
    "GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR "
    "KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK "
    "MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR "
    "SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS "
    "UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG"
)

# `top 10` and `all 3` are not money; these codes no one writes for anything else.
_LOWER = _set("usd eur gbp chf cad aud nzd jpy inr sek nok dkk pln czk brl mxn sgd hkd")


def code(affix: str) -> str | None:
    """The ISO 4217 code of what stands beside an amount, or None where that is no currency.

    `$` is USD unless a letter says otherwise (`A$`, `C$`); `¥` is JPY; `kr` and `Rs`, which are
    several currencies, stay as they are.

    Args:
        affix: such as `$`, `€`, `USD`, `CHF` or `zł`, without white space.
    """
    sign = _SIGNS.get(affix.lower())
    if sign is not None:
        return sign
    if affix in _CODES or affix.lower() in _LOWER:
        return affix.upper()
    return None

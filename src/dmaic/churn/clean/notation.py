"""How amounts are written: signs, currencies, grouping and decimals, as one pattern for SQL."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from dmaic.churn.clean import money
from dmaic.churn.clean.reading import WHITE
from dmaic.churn.column import literal

MINUS = "-−–"
_SIGNS = re.escape(MINUS)
_GROUP_SPACE = " \u00a0\u2007\u2009\u202f"
_GROUPS = (*_GROUP_SPACE, "'", "’")
# A point after a letter belongs to the word: "Fr.45" is forty-five francs, not 0.45.
_START = re.compile(r"(?<![^\W\d_])[.,](?=[0-9])|[0-9]")


@dataclass(frozen=True, slots=True)
class Written:
    """One amount, taken apart.

    Attributes:
        head, tail: what stands before and after the digits, token by token.
        core: digits with their separators.
        spaces: white space found around and between.
    """

    head: tuple[str, ...]
    core: str
    tail: tuple[str, ...]
    spaces: frozenset[str]

    @property
    def percent(self) -> bool:
        """Whether a per cent sign follows."""
        return "%" in self.tail

    @property
    def negative(self) -> bool:
        """Whether a minus or parentheses make it negative."""
        return any(token in "(" + MINUS for token in (*self.head, *self.tail))

    @property
    def affixes(self) -> tuple[str, ...]:
        """The currencies beside the digits, as written."""
        return tuple(t for t in (*self.head, *self.tail) if t not in "()+%" + MINUS)

    @property
    def currency(self) -> str | None:
        """Its currency; a code is more exact than a sign (`$45 CAD`)."""
        codes = [money.code(affix) for affix in self.affixes]
        exact = [code for code, affix in zip(codes, self.affixes, strict=True) if code == affix]
        return (exact or codes or [None])[0]

    def fits(self, decimal: str) -> bool:
        """Whether the digits are a number with this decimal sign."""
        if re.fullmatch(self.pattern(decimal, _GROUPS), self.core):
            return True
        return self.exponent and bool(re.fullmatch(_exponent(decimal), self.core))

    def pattern(self, decimal: str, groups: tuple[str, ...]) -> str:
        """Pattern of digits that may stand in this place."""
        after_word = bool(self.head) and self.head[-1][-1].isalpha()
        return _core(decimal, groups, not after_word, not self.tail)

    @property
    def exponent(self) -> bool:
        """Whether it is in scientific notation."""
        return "e" in self.core.lower() and not self.tail and self.head in ((), ("-",), ("+",))


def take_apart(cell: str) -> Written | None:
    """Take an amount apart; None where the cell is not one amount in any notation.

    Args:
        cell: a cell as written.
    """
    inner = cell.strip(WHITE)
    start = _START.search(inner)
    if start is None:
        return None
    end = max(inner.rfind(digit) for digit in "0123456789") + 1
    if inner[end:] in (".", ","):
        end += 1
    head, tail = _tokens(inner[: start.start()]), _tokens(inner[end:])
    if head is None or tail is None or not _is_frame(head, tail):
        return None
    core = inner[start.start() : end]
    outside = cell.replace(core, "", 1)
    return Written(head, core, tail, frozenset(c for c in outside if c in WHITE))


def _tokens(text: str) -> tuple[str, ...] | None:
    found = tuple(re.findall(rf"[()+%{_SIGNS}]|[^()+%{_SIGNS}{WHITE}]+", text))
    known = all(token in "()+%" + MINUS or money.code(token) for token in found)
    return found if known else None


def _is_frame(head: tuple[str, ...], tail: tuple[str, ...]) -> bool:
    """Whether sign, currency, parentheses and per cent stand where people write them."""
    kinds = "".join(_kind(t) for t in head) + "0" + "".join(_kind(t) for t in tail)
    return re.fullmatch(r"[+-]?a?0a?%?|a[+-]0|a?0a?-|a?\(a?0a?%?\)a?", kinds) is not None


def _kind(token: str) -> str:
    if token in "()%+":
        return token
    return "-" if token in MINUS else "a"


@cache
def _core(decimal: str, groups: tuple[str, ...], opens: bool, ends: bool) -> str:
    """Pattern of the digits; both Python's re and RE2 read it.

    Args:
        decimal: `.` or `,`, or empty where no cell has either.
        groups: characters that may separate thousands, besides the other of `.` and `,`.
        opens: a decimal sign may come first; not after a word, where `Fr.5` is five francs.
        ends: a decimal sign may come last; not before a sign, where `45.-` is no negative.
    """
    point = re.escape(decimal)
    tail = f"(?:{point}[0-9]{'*' if ends else '+'})?" if decimal else ""
    forms = [f"[0-9]+{tail}"]
    if decimal and opens:
        forms.append(f"{point}[0-9]+")
    other = {".": ",", ",": r"\.", "": ""}[decimal]
    for group in (other, *(re.escape(g) for g in groups)):
        if group:
            forms.append(f"[1-9][0-9]{{0,2}}(?:{group}[0-9]{{3}})+{tail}")
    if decimal == ".":
        forms.append(f"[1-9][0-9]?(?:,[0-9]{{2}})+,[0-9]{{3}}{tail}")  # Indian: 12,34,567
    return "(?:" + "|".join(forms) + ")"


def _exponent(decimal: str) -> str:
    point = re.escape(decimal or ".")
    return f"[0-9]+(?:{point}[0-9]*)?[eE][+-]?[0-9]{{1,3}}"


@dataclass(frozen=True, slots=True)
class Notation:
    """What a column's amounts show: exactly this is allowed, anything else is a misfit.

    Attributes:
        decimal: `.` or `,`, or empty where no cell has either.
        amounts: one for each way of writing found.
    """

    decimal: str
    amounts: tuple[Written, ...]

    @property
    def groups(self) -> tuple[str, ...]:
        """Separators of thousands in use, besides the other of `.` and `,`."""
        return tuple(g for g in _GROUPS if any(g in a.core for a in self.amounts))

    def sql(self, cell: str) -> str:
        """DOUBLE where the cell is such an amount, else NULL; exact to the nearest double.

        Args:
            cell: SQL text.
        """
        plain = [a for a in self.amounts if not a.exponent]
        cases = ""
        if plain:
            number = f"nullif(try_cast({self._bare(cell, plain)} AS DOUBLE), 'inf'::DOUBLE)"
            signs = sorted({t for a in plain for t in (*a.head, *a.tail) if t in "(" + MINUS})
            if signs:
                negative = " OR ".join(f"contains({cell}, {literal(s)})" for s in signs)
                number = f"(CASE WHEN {negative} THEN -{number} ELSE {number} END)"
            pattern = literal(self._pattern(plain))
            cases += f" WHEN regexp_full_match({cell}, {pattern}) THEN {number}"
        if len(plain) < len(self.amounts):
            pattern = literal(f"[ ]*[+-]?{_exponent(self.decimal)}[ ]*")
            number = f"try_cast(replace({cell}, ',', '.') AS DOUBLE)"
            cases += (
                f" WHEN regexp_full_match({cell}, {pattern}) AND isfinite({number}) THEN {number}"
            )
        return f"(CASE{cases} END)"

    def _pattern(self, amounts: Iterable[Written]) -> str:
        spaces = "".join(sorted({c for a in amounts for c in a.spaces}))
        gap = f"[{spaces}]*" if spaces else ""
        frames = set()
        for amount in amounts:
            core = amount.pattern(self.decimal, self.groups)
            parts = [*map(re.escape, amount.head), core, *map(re.escape, amount.tail)]
            frames.add(gap.join(parts))
        return f"{gap}(?:{'|'.join(sorted(frames))}){gap}"

    def _bare(self, cell: str, amounts: Iterable[Written]) -> str:
        """The cell with digits and a decimal point alone."""
        affixes = sorted({x for a in amounts for x in a.affixes}, key=lambda x: (-len(x), x))
        dotted = [x for x in affixes if "." in x]
        others = {c for x in affixes if x not in dotted for c in x}
        others |= {t for a in amounts for t in (*a.head, *a.tail) if t in "()+%" + MINUS}
        others |= {c for a in amounts for c in a.spaces} | set(self.groups)
        others |= {c for a in amounts for c in ".," if c in a.core and c != self.decimal}
        # The pattern lets thousands be parted even where no cell seen so far had any.
        others |= {"."} if self.decimal == "," else set()
        for affix in dotted:
            cell = f"replace({cell}, {literal(affix)}, '')"
        dropped = "".join(sorted(others))
        if len(dropped) > 4:
            return (
                f"translate({cell}, {literal(self.decimal + dropped)}, '{'.' * len(self.decimal)}')"
            )
        for character in dropped:
            cell = f"replace({cell}, {literal(character)}, '')"
        return f"replace({cell}, ',', '.')" if self.decimal == "," else cell

    @property
    def label(self) -> str:
        """The notation by example, such as `USD 1,234.56`."""
        other = {".": ",", ",": ".", "": ""}[self.decimal]
        used = [g for g in (other, *self.groups) if g and any(g in a.core for a in self.amounts)]
        group = " " if used and used[0] in _GROUP_SPACE else "".join(used[:1])
        example = f"1{group}234" + (f"{self.decimal}56" if self.decimal else "")
        codes = sorted({code for a in self.amounts if (code := a.currency)})
        if codes:
            example = f"{'/'.join(codes[:3])} {example}"
        return example + (" %" if self.amounts[0].percent else "")

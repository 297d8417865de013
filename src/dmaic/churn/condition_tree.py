"""The tree of a condition, turned into SQL part by part; what is not known here is refused."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlglot import exp  # noqa: TID253 - this module is itself imported only where it is needed

from dmaic.churn.column import literal
from dmaic.churn.condition_kind import FUNCTIONS, SPOKEN, SUMS, Kind, Kinds
from dmaic.churn.condition_scope import Scope, Wanted, iso, number
from dmaic.text import printable

LINKS = 80
"""How deep a tree may be; a sum of 80 terms is."""

_WANTED: dict[Kind, Wanted] = {
    "text": "text", "number": "number", "day": "date", "time": "date", "flag": "flag",
}  # fmt: skip
_EQUALS: dict[type[exp.Expr], str] = {exp.EQ: "=", exp.NEQ: "<>"}
_ORDERS: dict[type[exp.Expr], str] = {exp.LT: "<", exp.LTE: "<=", exp.GT: ">", exp.GTE: ">="}


class Piece(NamedTuple):
    """A rebuilt part: its SQL, and its words for people."""

    sql: str
    words: str


class Rebuild:
    """Writes the SQL of one condition anew.

    Attributes:
        columns: names of the columns asked so far, in order.
    """

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.kinds = Kinds(scope)
        self.columns: dict[str, None] = {}

    # What is true or false ------------------------------------------------------------------

    def truth(self, node: exp.Expr, depth: int = 0) -> Piece:
        """A part that is true or false."""
        self._descend(depth)
        if isinstance(node, exp.Paren):
            inner = self.truth(node.this, depth + 1)
            return Piece(inner.sql, f"({inner.words})")
        if isinstance(node, exp.And | exp.Or):
            return self._chain(node, depth)
        if isinstance(node, exp.Not):
            inner = self.truth(node.this, depth + 1)
            return Piece(f"(NOT {inner.sql})", f"not {inner.words}")
        if type(node) in _EQUALS or type(node) in _ORDERS:
            return self._comparison(node, depth)
        if isinstance(node, exp.In):
            return self._in(node, depth)
        if isinstance(node, exp.Between):
            self.kinds.only(node, "this", "low", "high")
            parts = [
                node.this,
                self.kinds.given(node.args["low"]),
                self.kinds.given(node.args["high"]),
            ]
            one, low, high = self._alike(parts, depth, ordered=True)
            sql = f"({one.sql} BETWEEN {low.sql} AND {high.sql})"
            return Piece(sql, f"{one.words} between {low.words} and {high.words}")
        if isinstance(node, exp.Like | exp.ILike):
            return self._like(node, depth)
        if isinstance(node, exp.Is):
            return self._is(node, depth)
        if isinstance(node, exp.Boolean | exp.Column):
            return self._value(node, "flag", depth)
        raise self.kinds.refused(node)

    def _chain(self, node: exp.Expr, depth: int) -> Piece:
        # A long chain is a deep tree; it is walked here without a call for each link.
        kind = type(node)
        word = "AND" if kind is exp.And else "OR"
        links: list[exp.Expr] = []
        while type(node) is kind:
            links.append(node.args["expression"])
            node = node.this
        links.append(node)
        pieces = [self.truth(link, depth + 1) for link in reversed(links)]
        sql = f" {word} ".join(piece.sql for piece in pieces)
        return Piece(f"({sql})", f" {word.lower()} ".join(piece.words for piece in pieces))

    def _comparison(self, node: exp.Expr, depth: int) -> Piece:
        self.kinds.only(node, "this", "expression")
        sign = _EQUALS.get(type(node))
        ordered = sign is None
        sign = sign or _ORDERS[type(node)]
        right = self.kinds.given(node.args["expression"], bare=not ordered)
        first, second = self._alike([node.this, right], depth, ordered=ordered)
        sql = f"({first.sql} {sign} {second.sql})"
        return Piece(sql, f"{first.words} {sign} {second.words}")

    def _in(self, node: exp.In, depth: int) -> Piece:
        self.kinds.only(node, "this", "expressions")
        items = [self.kinds.given(item, bare=True) for item in node.expressions]
        if not items:
            raise self.scope.refused("an empty list")
        for item in items:
            inner = item.this if isinstance(item, exp.Neg) else item
            if isinstance(inner, exp.Column):
                raise self.scope.refused(
                    f'the column "{printable(inner.name, 60)}" in a list',
                    "A list holds values. Where it is meant as text, put it in single quotes.",
                )
            if not isinstance(inner, exp.Literal | exp.Cast | exp.Boolean):
                raise self.kinds.refused(inner)
        first, *rest = self._alike([node.this, *items], depth, ordered=False)
        values = ", ".join(piece.sql for piece in rest)
        words = ", ".join(piece.words for piece in rest)
        return Piece(f"({first.sql} IN ({values}))", f"{first.words} in ({words})")

    def _like(self, node: exp.Expr, depth: int) -> Piece:
        self.kinds.only(node, "this", "expression", "negate")
        pattern = self.kinds.given(node.args["expression"])
        if not (isinstance(pattern, exp.Literal) and pattern.is_string):
            raise self.scope.refused(
                "LIKE without a text", "Write the pattern in single quotes: plan like 'Pro%'."
            )
        sign = "LIKE" if isinstance(node, exp.Like) else "ILIKE"
        sign = f"NOT {sign}" if node.args.get("negate") else sign
        left, right = (self._value(part, "text", depth + 1) for part in (node.this, pattern))
        sql = f"({left.sql} {sign} {right.sql})"
        return Piece(sql, f"{left.words} {sign.lower()} {right.words}")

    def _is(self, node: exp.Is, depth: int) -> Piece:
        self.kinds.only(node, "this", "expression")
        right = node.args["expression"]
        if isinstance(right, exp.Null):
            inner = self._alike([node.this], depth, ordered=False)[0]
            return Piece(f"({inner.sql} IS NULL)", f"{inner.words} is null")
        if isinstance(right, exp.Boolean):
            word = "TRUE" if right.this else "FALSE"
            inner = self.truth(node.this, depth + 1)
            return Piece(f"({inner.sql} IS {word})", f"{inner.words} is {word.lower()}")
        raise self.kinds.refused(right)

    # Values ---------------------------------------------------------------------------------

    def _alike(self, parts: Sequence[exp.Expr], depth: int, *, ordered: bool) -> list[Piece]:
        """The parts of one comparison, all read as the same kind."""
        kind = self.kinds.of(parts, ordered=ordered)
        return [self._value(part, kind, depth + 1) for part in parts]

    def _value(self, node: exp.Expr, kind: Kind, depth: int) -> Piece:
        self._descend(depth)
        if isinstance(node, exp.Paren):
            inner = self._value(node.this, kind, depth + 1)
            return Piece(inner.sql, f"({inner.words})")
        if isinstance(node, exp.Column):
            return self._column(node, kind)
        if isinstance(node, exp.Literal) and node.is_string:
            return self._text(node.this, kind)
        if isinstance(node, exp.Literal) and kind == "number":
            written = number(node.this)
            if written is None:
                raise self.scope.refused(f"the number {printable(node.this, 40)}")
            return Piece(written, written)
        if isinstance(node, exp.Boolean) and kind == "flag":
            word = "TRUE" if node.this else "FALSE"
            return Piece(word, word.lower())
        if isinstance(node, exp.Cast) and kind in ("day", "time"):
            return self._text(self.kinds.instant(node)[1], kind)
        if isinstance(node, exp.Coalesce):
            self.kinds.only(node, "this", "expressions")
            parts = [self._value(each, kind, depth + 1) for each in (node.this, *node.expressions)]
            sql, words = (", ".join(each) for each in zip(*parts, strict=True))
            return Piece(f"coalesce({sql})", f"coalesce({words})")
        if kind == "number" and isinstance(node, exp.Neg):
            inner = self._value(node.this, kind, depth + 1)
            return Piece(f"(-{inner.sql})", f"-{inner.words}")
        if kind == "number" and type(node) in SUMS:
            self.kinds.only(node, "this", "expression")
            left = self._value(node.this, kind, depth + 1)
            right = self._value(node.args["expression"], kind, depth + 1)
            sign = SUMS[type(node)]
            # By nought there is no answer, rather than infinity, which would pass any "more than".
            divisor = f"nullif({right.sql}, 0)" if sign == "/" else right.sql
            return Piece(f"({left.sql} {sign} {divisor})", f"{left.words} {sign} {right.words}")
        if type(node) in FUNCTIONS and FUNCTIONS[type(node)][2] == kind:
            return self._function(node, depth)
        self.kinds.firm(node)
        raise self.scope.refused(f"{self.kinds.spoken(node)} where {SPOKEN[kind]} is wanted")

    def _function(self, node: exp.Expr, depth: int) -> Piece:
        name, takes, _ = FUNCTIONS[type(node)]
        inner = self._value(node.this, takes, depth + 1)
        digits = node.args.get("decimals")
        if isinstance(node, exp.Round) and digits is not None:
            self.kinds.only(node, "this", "decimals")
            written = digits.this if isinstance(digits, exp.Literal) else ""
            if not (written.isdecimal() and int(written[:4]) <= 10):
                raise self.scope.refused("round to other than 0 to 10 digits")
            return Piece(f"round({inner.sql}, {written})", f"round({inner.words}, {written})")
        self.kinds.only(node, "this")
        return Piece(f"{name}({inner.sql})", f"{name}({inner.words})")

    def _column(self, node: exp.Column, kind: Kind) -> Piece:
        name = self.kinds.name(node)
        self.columns[name] = None
        sql = self.scope.resolve(name, _WANTED[kind])
        sql = f"CAST({sql} AS DATE)" if kind == "day" else sql
        plain = name.isidentifier() and name.isascii()
        return Piece(sql, name if plain else '"' + name.replace('"', '""') + '"')

    def _text(self, text: str, kind: Kind) -> Piece:
        shown = literal(text)
        if kind == "text":
            return Piece(shown, shown)
        if kind == "number" and (written := number(text)) is not None:
            return Piece(written, written)
        if kind == "day" and iso(text) == "day":
            return Piece(f"DATE {shown}", shown)
        if kind == "time" and iso(text):
            return Piece(f"TIMESTAMP {shown}", shown)
        raise self.scope.refused(f"'{printable(text, 40)}' where {SPOKEN[kind]} is wanted")

    # Refusals -------------------------------------------------------------------------------

    def _descend(self, depth: int) -> None:
        if depth > LINKS:
            raise self.scope.refused("this much nesting")

"""What kind the values of a comparison are, and how a part that is refused is named."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from sqlglot import exp  # noqa: TID253 - this module is itself imported only where it is needed

from dmaic.churn.condition_scope import Scope, Wanted, iso, number
from dmaic.errors import AmbiguousError, DataError, UsageError
from dmaic.text import printable

Kind = Literal["text", "number", "day", "time", "flag"]

SPOKEN = {
    "text": "text",
    "number": "a number",
    "day": "a date",
    "time": "a date",
    "flag": "a flag",
}

SUMS: dict[type[exp.Expr], str] = {exp.Add: "+", exp.Sub: "-", exp.Mul: "*", exp.Div: "/"}

# function -> name, kind of its argument, kind of its result
FUNCTIONS: dict[type[exp.Expr], tuple[str, Kind, Kind]] = {
    exp.Lower: ("lower", "text", "text"),
    exp.Upper: ("upper", "text", "text"),
    exp.Trim: ("trim", "text", "text"),
    exp.Length: ("length", "text", "number"),
    exp.Abs: ("abs", "number", "number"),
    exp.Round: ("round", "number", "number"),
    exp.Year: ("year", "day", "number"),
    exp.Month: ("month", "day", "number"),
    exp.Quarter: ("quarter", "day", "number"),
}

# What the parser notes on a part without the person having written more than the part itself.
_HARMLESS = {"typed", "safe", "is_nvl", "is_null", "copy"}


class Kinds:
    """Decides how the parts of one condition are read.

    Attributes:
        scope: what the condition may speak of.
    """

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    def of(self, parts: Sequence[exp.Expr], *, ordered: bool) -> Kind:
        """The one kind that all parts of a comparison are read as.

        Args:
            parts: the two sides, or a value and the list it is looked for in.
            ordered: the comparison asks which is more.

        Raises:
            UsageError: they cannot be compared.
        """
        leaves = [leaf for part in parts for leaf in self._leaves(part)]
        names = [self.name(leaf) for leaf in leaves if isinstance(leaf, exp.Column)]
        quoted = [leaf.this for leaf in leaves if isinstance(leaf, exp.Literal) and leaf.is_string]
        firm = {kind for leaf in leaves if (kind := self.firm(leaf)) is not None}
        times = {iso(text) for text in quoted}
        if firm & {"day", "time"} and (times | firm) & {"time"}:
            firm = (firm - {"day"}) | {"time"}
        if len(firm) > 1:
            one, other = sorted(SPOKEN[kind] for kind in firm)[:2]
            raise self.scope.refused(f"a comparison of {one} with {other}")
        if firm:
            return firm.pop()
        if not names:
            return "text"
        if not quoted:
            if len(names) > 1 and self._fit(names, "number"):
                return "number"
            return "time" if len(names) > 1 and self._fit(names, "date") else "text"
        if None not in times and self._fit(names, "date"):
            return "time" if "time" in times else "day"
        if all(number(text) for text in quoted) and self._fit(names, "number"):
            return "number"
        if ordered and (self._fit(names, "date") or self._fit(names, "number")):
            raise self.scope.refused(
                f"'{printable(quoted[0], 40)}' compared with \"{printable(names[0], 60)}\"",
                "That column holds dates or numbers. Write dates as '2025-01-31' and numbers "
                "without quotes.",
            )
        return "text"

    def _leaves(self, node: exp.Expr) -> list[exp.Expr]:
        """The parts that decide what kind a value is."""
        if isinstance(node, exp.Paren):
            return self._leaves(node.this)
        if isinstance(node, exp.Coalesce):
            return [leaf for each in (node.this, *node.expressions) for leaf in self._leaves(each)]
        return [node]

    def firm(self, leaf: exp.Expr) -> Kind | None:
        """The kind of a part that has one of its own; None for columns and quoted text."""
        if isinstance(leaf, exp.Column) or (isinstance(leaf, exp.Literal) and leaf.is_string):
            return None
        if isinstance(leaf, exp.Literal | exp.Neg) or type(leaf) in SUMS:
            return "number"
        if isinstance(leaf, exp.Boolean):
            return "flag"
        if isinstance(leaf, exp.Cast):
            return self.instant(leaf)[0]
        if type(leaf) in FUNCTIONS:
            return FUNCTIONS[type(leaf)][2]
        raise self.refused(leaf)

    def _fit(self, names: Sequence[str], wanted: Wanted) -> bool:
        try:
            for name in names:
                self.scope.resolve(name, wanted)
        except AmbiguousError:
            raise
        except DataError:
            return False
        return True

    def instant(self, node: exp.Cast) -> tuple[Kind, str]:
        """Kind and text of DATE '2025-01-31' or TIMESTAMP '2025-01-31 10:00'."""
        kinds: dict[exp.DType, Kind] = {
            exp.DType.DATE: "day", exp.DType.TIMESTAMP: "time", exp.DType.TIMESTAMPNTZ: "time",
        }  # fmt: skip
        kind = kinds.get(node.to.this)
        text = node.this.this if isinstance(node.this, exp.Literal) and node.this.is_string else ""
        if kind is None or not text or type(node) is not exp.Cast:
            raise self.scope.refused("a cast to another type")
        if iso(text) is None or (kind == "day" and iso(text) != "day"):
            raise self.scope.refused(f"'{printable(text, 40)}' as a date")
        return kind, text

    def name(self, node: exp.Column) -> str:
        """The column that is meant.

        Raises:
            UsageError: there is none.
        """
        identifiers = [part for part in node.parts if isinstance(part, exp.Identifier)]
        if len(identifiers) != len(node.parts):
            raise self.scope.refused("*")
        written = ".".join(part.name for part in identifiers)
        found = self.scope.find(written)
        if found is None:
            raise self.scope.unknown(written)
        return found

    def given(self, node: exp.Expr, *, bare: bool = False) -> exp.Expr:
        """The right side of a comparison; there a name that is no column is a text.

        Args:
            node: the right side.
            bare: so is a name without double quotes.
        """
        if not isinstance(node, exp.Column) or not isinstance(node.this, exp.Identifier):
            return node
        if len(node.parts) > 1 or self.scope.find(node.name) is not None:
            return node
        return exp.Literal.string(node.name) if bare or node.this.quoted else node

    def only(self, node: exp.Expr, *allowed: str) -> None:
        """Refuse a part that carries more than the arguments known here."""
        for key, given in node.args.items():
            if given and key not in allowed and key not in _HARMLESS:
                raise self.refused(given if isinstance(given, exp.Expr) else node)

    def refused(self, node: exp.Expr | None) -> UsageError:
        """The error for a part that is not on the list."""
        return self.scope.refused(self.spoken(node))

    def spoken(self, node: exp.Expr | None) -> str:
        """A part in words."""
        if node is None:
            # As in `@ = plan`: the parser takes a sign of its own dialect for an operator.
            return "an operator without its value"
        if isinstance(node, exp.Query | exp.Subquery | exp.Exists):
            return "a subquery"
        if isinstance(node, exp.Window):
            return "a window function"
        if isinstance(node, exp.Placeholder | exp.Parameter):
            return "a parameter"
        if isinstance(node, exp.Star):
            return "*"
        if isinstance(node, exp.Cast):
            return "a cast"
        if isinstance(node, exp.Literal):
            return f"the value {printable(str(node.this), 40)}"
        if isinstance(node, exp.Connector | exp.Predicate | exp.Not):
            return "a condition inside a value"
        if isinstance(node, exp.Anonymous):
            return f"the function {printable(node.name, 40)}"
        if isinstance(node, exp.Func):
            return f"the function {node.sql_name().lower()}"
        return f"the part {node.key.upper()}"

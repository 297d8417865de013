"""A condition a person wrote, rebuilt as SQL from a short list of allowed parts.

The text is parsed with sqlglot and the SQL is written anew from the tree, part by part. Nothing of
the person's text is passed on but names, which are matched with the columns, and values, which
become literals. What is not on the list is refused, so no condition reaches files or the network.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dmaic.churn.condition_scope import Resolve, Scope
from dmaic.text import printable

if TYPE_CHECKING:
    from sqlglot import exp
    from sqlglot.tokenizer_core import Token

LONGEST = 20_000
DEEPEST = 30


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition over the rows of an export.

    Attributes:
        sql: boolean SQL made by dmaic; NULL where a cell it asks is blank, as in all SQL.
        words: the condition as understood, to show.
        columns: names of the columns it asks, in the order they appear.
    """

    sql: str
    words: str
    columns: tuple[str, ...]


def parse_condition(
    text: str,
    names: Sequence[str],
    resolve: Resolve,
    *,
    roles: Mapping[str, str] | None = None,
    option: str = "--where",
) -> Condition:
    """Understand a condition over the columns of an export.

    Allowed are and, or, not, `= <> != < <= > >=`, in, between, like, ilike, is null, is true,
    `+ - * /`, parentheses, text, numbers, true, false, dates, columns, and the functions lower,
    upper, trim, length, abs, round, coalesce, year, month, quarter. A column compared with a number
    is read as a number, with an ISO date as a date where it holds dates, and otherwise as text,
    which is compared exactly. A date without a time means the whole day. A word on the right of
    `=` or in a list that is no column is text: `status in (canceled, unpaid)`; so is a text in
    double quotes on the right of any comparison.

    Args:
        text: what the person wrote.
        names: the columns, matched exactly or else in any case.
        resolve: gives the SQL of a column.
        roles: role -> column name; a role can be named where no column has that name.
        option: the option the text was given with, for messages.

    Raises:
        UsageError: it is no condition (`where.not-a-condition`), or names a column that is not
            there (`where.unknown-column`).
        DataError: a column cannot be read as the condition wants it.
    """
    from dmaic.churn.condition_tree import Rebuild

    scope = Scope(tuple(names), resolve, dict(roles or {}), option, text)
    try:
        rebuild = Rebuild(scope)
        sql, words = rebuild.truth(_parse(scope))
    except RecursionError:
        raise scope.refused("this much nesting") from None
    return Condition(sql, words, tuple(rebuild.columns))


def _parse(scope: Scope) -> exp.Expr:
    from sqlglot import exp
    from sqlglot.dialects.dialect import Dialect
    from sqlglot.errors import SqlglotError

    if not scope.text.strip():
        raise scope.refused("an empty text")
    if "\0" in scope.text:
        raise scope.refused("a NUL character")
    if len(scope.text) > LONGEST:
        raise scope.refused(f"a text of {len(scope.text):,} characters (at most {LONGEST:,})")
    dialect = Dialect.get_or_raise("duckdb")
    try:
        tokens = _checked(dialect.tokenize(scope.text), scope)
        trees = dialect.parser().parse_into(exp.Condition, tokens, scope.text)
    except SqlglotError:
        raise scope.not_understood() from None
    if len(trees) != 1 or trees[0] is None:
        raise scope.not_understood()
    return trees[0]


def _checked(tokens: Sequence[Token], scope: Scope) -> list[Token]:
    """The tokens, with column names that are words of SQL turned into plain names.

    Raises:
        UsageError: a comment, a semicolon, a bracket, or nesting that no person writes.
    """
    from sqlglot.tokenizer_core import Token, TokenType

    refused = {
        TokenType.SEMICOLON: "a semicolon",
        TokenType.L_BRACKET: "a list or slice in [ ]",
        TokenType.L_BRACE: "a struct in { }",
    }
    operators = {
        TokenType.AND, TokenType.OR, TokenType.NOT, TokenType.IN, TokenType.IS, TokenType.NULL,
        TokenType.LIKE, TokenType.ILIKE, TokenType.BETWEEN, TokenType.TRUE, TokenType.FALSE,
        TokenType.STRING, TokenType.NUMBER, TokenType.IDENTIFIER, TokenType.VAR,
    }  # fmt: skip
    quoted = {TokenType.STRING, TokenType.IDENTIFIER}
    known = {name.casefold() for name in (*scope.names, *scope.roles)}
    depth = run = 0
    checked: list[Token] = []
    for place, token in enumerate(tokens):
        kind = token.token_type
        if token.comments:
            raise scope.refused("a comment")
        if kind == TokenType.VAR and set(token.text) & set("“”„‘’‚«»"):
            raise scope.refused(
                f"the curly quotes of {printable(token.text, 40)}",
                "Write straight quotes, as in plan = 'Pro'; word processors bend them.",
            )
        if kind in refused:
            raise scope.refused(refused[kind])
        depth += (kind == TokenType.L_PAREN) - (kind == TokenType.R_PAREN)
        run = run + 1 if kind in (TokenType.NOT, TokenType.DASH, TokenType.PLUS) else 0
        if depth > DEEPEST or run > DEEPEST:
            raise scope.refused("this much nesting")
        after = tokens[place + 1].token_type if place + 1 < len(tokens) else None
        is_name = kind not in operators and token.text.casefold() in known
        if is_name and after not in (TokenType.L_PAREN, TokenType.STRING):
            token = Token(TokenType.VAR, token.text, token.line, token.col, token.start, token.end)
        elif kind == TokenType.CASE or (kind not in quoted and token.text.casefold() == "if"):
            raise scope.refused("a choice with CASE or IF")
        checked.append(token)
    return checked

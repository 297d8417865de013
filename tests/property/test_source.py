"""Whatever a program writes as delimited text is read back cell by cell."""

from __future__ import annotations

import csv
import tempfile
from contextlib import suppress
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dmaic.churn.option import ReadOptions
from dmaic.churn.source.open import open_source
from dmaic.engines.duckdb import DuckDB, QueryError
from dmaic.errors import ReadError, UsageError

DELIMITERS = [",", ";", "\t", "|", "^", "~"]
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "latin-1"]

names = st.lists(
    st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=8),
    min_size=2,
    max_size=5,
    unique=True,
)
# Any character of Latin-1 but the control characters that are removed or end a line in no CSV.
letters = st.characters(min_codepoint=32, max_codepoint=255, exclude_categories=("Cc", "Cf"))
cells = st.text(letters | st.sampled_from("\n\r\"',;\t|^~ "), max_size=12)


@st.composite
def tables(draw, cell):
    header = draw(names)
    # The first cell is a word, so that no row is blank, a title or a total.
    row = st.tuples(st.sampled_from(["alpha", "beta", "gamma"]), *[cell] * (len(header) - 1))
    return header, draw(st.lists(row, min_size=1, max_size=8))


def read(data: bytes, **options: object) -> tuple[list[str], list[tuple[str, ...]]]:
    with tempfile.TemporaryDirectory() as folder, DuckDB() as engine:
        path = Path(folder, "export.csv")
        path.write_bytes(data)
        source = open_source(path, ReadOptions(**options), engine)
        sql = "SELECT * FROM {}"
        try:
            rows = engine.rows(sql.format(source.relation))
        except QueryError as error:
            # As a caller does it: what the engine finds irregular is mended once.
            if not source.mend(error):
                raise
            rows = engine.rows(sql.format(source.relation))
        mended = source.mend()
        again = engine.rows(sql.format(source.relation))
        assert not mended or again == rows
        found = [column.name for column in source.columns]
        return found, [tuple(cell or "" for cell in row) for row in rows]


def written(header, rows, **dialect) -> str:
    with tempfile.TemporaryFile("w+", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream, **dialect)
        writer.writerow(header)
        writer.writerows(rows)
        stream.seek(0)
        return stream.read()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    table=tables(cells),
    delimiter=st.sampled_from(DELIMITERS),
    quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
    end=st.sampled_from(["\n", "\r\n"]),
    encoding=st.sampled_from(ENCODINGS),
)
def test_quoted_tables_read_back_as_written(table, delimiter, quoting, end, encoding):
    header, rows = table
    text = written(header, rows, delimiter=delimiter, quoting=quoting, lineterminator=end)
    assert read(text.encode(encoding, "replace"), encoding=encoding, skip_last=0, header_row=1) == (
        header,
        [tuple(encode(cell, encoding) for cell in row) for row in rows],
    )


def encode(cell: str, encoding: str) -> str:
    return cell.encode(encoding, "replace").decode(encoding)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    table=tables(cells),
    delimiter=st.sampled_from(DELIMITERS),
    end=st.sampled_from(["\r\n"]),
    quote=st.sampled_from(['"']),
)
def test_sparsely_quoted_tables_read_back_with_the_delimiter_named(table, delimiter, end, quote):
    header, rows = table
    text = written(header, rows, delimiter=delimiter, lineterminator=end, quotechar=quote)
    assert read(text.encode(), delimiter=delimiter, skip_last=0, header_row=1) == (header, rows)


plain = st.text("abcdefghij XYZ.0123456789äé", max_size=10)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    table=tables(plain),
    delimiter=st.sampled_from(DELIMITERS),
    quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
    quote=st.sampled_from(['"', "'"]),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_plain_tables_need_no_option(table, delimiter, quoting, quote, end, encoding):
    header, rows = table
    text = written(
        header, rows, delimiter=delimiter, quoting=quoting, quotechar=quote, lineterminator=end
    )
    assert read(text.encode(encoding)) == (header, rows)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
def test_no_bytes_make_a_crash(data):
    # Any other error is a bug and fails the test.
    with suppress(ReadError, UsageError):
        header, rows = read(data)
        assert rows
        assert len(set(header)) == len(header)
        assert all(len(row) == len(header) for row in rows)

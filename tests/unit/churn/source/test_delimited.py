"""Delimited text, as people export it."""

from __future__ import annotations

import pytest

from dmaic.churn.column import Column
from dmaic.engines.duckdb import QueryError
from dmaic.errors import ReadError, UsageError


def names(source):
    return [column.name for column in source.columns]


def codes(source):
    return [finding.code for finding in source.findings]


def found(source, code):
    (finding,) = [each for each in source.findings if each.code == code]
    return finding


def is_straight(source, path):
    """Whether the engine reads the file itself and no copy."""
    return str(path) in source.relation


BODY = [("1", "Pro"), ("2", "Basic"), ("3", "Pro")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "^", ":", "~", "!", "\x1f"])
def test_any_delimiter_and_line_end_goes_straight_to_the_engine(
    write, opened, rows, delimiter, end
):
    lines = [("id", "plan"), *BODY]
    path = write(end.join(delimiter.join(line) for line in lines) + end)
    source = opened(path)
    assert names(source) == ["id", "plan"]
    assert rows(source) == BODY
    assert source.findings == []
    assert source.first_row == 2
    assert is_straight(source, path)


def test_a_delimiter_beyond_ascii(write, opened, rows):
    assert rows(opened(write("id§plan\n1§Pro\n2§Basic\n3§Pro\n"))) == BODY


@pytest.mark.parametrize("asked", ["tab", "\\t", "\t", "TAB"])
def test_delimiter_tab_has_a_name(write, opened, rows, asked):
    path = write("id\tplan,x\n1\tPro,y\n")
    assert rows(opened(path, delimiter=asked)) == [("1", "Pro,y")]


def test_semicolons_win_over_decimal_commas(write, opened, rows):
    source = opened(write("id;mrr;note\n1;10,50;a\n2;3,00;b\n"))
    assert rows(source) == [("1", "10,50", "a"), ("2", "3,00", "b")]
    assert source.facts["delimiter"] == '";"'


def test_semicolons_win_where_every_decimal_comma_fits_too(write, opened, rows):
    source = opened(write("1,5;2,5;3,5\n4,5;5,5;6,5\n"))
    assert rows(source) == [("1,5", "2,5", "3,5"), ("4,5", "5,5", "6,5")]
    assert names(source) == ["column 1", "column 2", "column 3"]


def test_colons_of_times_are_no_delimiters(write, opened, rows):
    source = opened(write("id,at\n1,2024-01-01 10:00:00\n2,2024-01-02 11:30:00\n"))
    assert rows(source)[0] == ("1", "2024-01-01 10:00:00")


def test_excel_says_its_delimiter_in_the_first_line(write, opened, rows):
    path = write("sep=;\r\nid;plan\r\n1;Pro\r\n2;a,b\r\n")
    source = opened(path)
    assert rows(source) == [("1", "Pro"), ("2", "a,b")]
    # Excel hides that line, so the header is row 1 there.
    assert source.first_row == 2
    assert is_straight(source, path)


def test_wrong_delimiter_is_told_and_the_right_one_named(write, opened):
    with pytest.raises(UsageError, match="only one column") as caught:
        opened(write("id,plan\n1,Pro\n2,Basic\n"), delimiter=";")
    assert caught.value.code == "read.delimiter"
    assert "2 columns" in caught.value.hint
    assert "--delimiter ','" in caught.value.hint


@pytest.mark.parametrize("asked", ["ab", "", '"', "\n"])
def test_what_cannot_delimit_is_refused(write, opened, asked):
    if asked == "":
        assert names(opened(write("id,plan\n1,Pro\n"), delimiter=asked)) == ["id", "plan"]
        return
    with pytest.raises(UsageError) as caught:
        opened(write("id,plan\n1,Pro\n"), delimiter=asked)
    assert caught.value.code == "read.delimiter"


@pytest.mark.parametrize(
    ("text", "name", "cells"),
    [
        ("plan\nPro\nBasic\n", "plan", ["Pro", "Basic"]),
        ("amount\n1,5\n2,7\n3,1\n", "amount", ["1,5", "2,7", "3,1"]),
        ("reason\nToo dear, sadly\nOther\nLeft, moved, closed\n", "reason",
         ["Too dear, sadly", "Other", "Left, moved, closed"]),
    ],
)  # fmt: skip
def test_one_column(write, opened, rows, text, name, cells):
    source = opened(write(text))
    assert names(source) == [name]
    assert [cell for (cell,) in rows(source)] == cells


def test_one_column_skips_blank_lines(write, opened, rows):
    assert rows(opened(write("plan\nPro\n\nBasic\n"))) == [("Pro",), ("Basic",)]


def test_quotes_newlines_and_doubled_quotes(write, opened, rows):
    path = write('id,"the\nnote"\n1,"a,""b""\nc"\n2,\'x\'\n')
    source = opened(path)
    assert names(source) == ["id", "the note"]
    assert rows(source) == [("1", 'a,"b"\nc'), ("2", "'x'")]


def test_single_quotes(write, opened, rows):
    source = opened(write("id,'note'\n1,'a,b'\n2,'it''s'\n"))
    assert names(source) == ["id", "note"]
    assert rows(source) == [("1", "a,b"), ("2", "it's")]


def test_apostrophes_are_no_quotes(write, opened, rows):
    source = opened(write("id,note\n1,'tis\n2,it's\n"))
    assert rows(source) == [("1", "'tis"), ("2", "it's")]


def test_backslash_escapes(write, opened, rows):
    source = opened(write('id,note\n1,"a \\"b\\", c"\n2,\\N\n'))
    assert rows(source) == [("1", 'a "b", c'), ("2", "\\N")]


def test_backslash_at_the_end_of_a_cell_is_no_escape(write, opened, rows):
    assert rows(opened(write('id,path\n"1","C:\\"\n"2","D:\\"\n'))) == [
        ("1", "C:\\"),
        ("2", "D:\\"),
    ]


def test_blanks_between_delimiter_and_quote(write, opened, rows):
    assert rows(opened(write('id, "note"\n1, "a,b"\n2, "c"\n'))) == [("1", "a,b"), ("2", "c")]


def test_mixed_line_ends(write, opened, rows):
    assert rows(opened(write("id,plan\r\n1,Pro\n2,Basic\r\n3,Pro\n"))) == BODY


def test_stray_quotes_are_kept_as_text(write, opened, rows):
    source = opened(write('id,note,plan\n1,5" pipe,a\n2,"6" pipe",b\n3,"say "hi" now",c\n'))
    assert rows(source) == [
        ("1", '5" pipe', "a"),
        ("2", '6" pipe', "b"),
        ("3", 'say "hi" now', "c"),
    ]
    assert found(source, "stray-quotes").rows == (3, 4)


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ('id,note\n1,a\n2,"open\n3,c\n', 3),
        ('id,note\n1,a\n2,"open\n3,"c"\n4,"d"\n', 3),
        ('id,note\n"1","a"\n"2,"b"\n"3","c"\n', None),
    ],
)
def test_a_quote_that_never_closes_is_an_error_that_names_the_row(write, opened, rows, text, row):
    if row is None:
        # One quote too many within one row is no reason to refuse: the row is left out.
        source = opened(write(text))
        assert ("1", "a") in rows(source)
        return
    with pytest.raises(ReadError) as caught:
        opened(write(text))
    assert caught.value.code == "read.unclosed-quote"
    assert caught.value.where == f"export.csv, row {row}"


def test_titles_above_the_header(write, opened, rows):
    path = write("Churn report\nCreated 2024-02-01\n\nid,plan,mrr\n1,Pro,5\n2,Basic,6\n")
    source = opened(path)
    assert names(source) == ["id", "plan", "mrr"]
    assert rows(source) == [("1", "Pro", "5"), ("2", "Basic", "6")]
    assert source.first_row == 5
    assert found(source, "title-lines").rows == (1, 2)
    assert is_straight(source, path)


def test_titles_padded_with_delimiters_and_in_quotes(write, opened, rows):
    source = opened(
        write('"Report, ""Q1""",,\n,,\nPeriod,2024,\nid,plan,mrr\n1,Pro,5\n2,Basic,6\n')
    )
    assert names(source) == ["id", "plan", "mrr"]
    assert len(rows(source)) == 2
    assert source.first_row == 5


def test_header_row_is_obeyed(write, opened, rows):
    path = write("a,b\nid,plan\n1,Pro\n")
    source = opened(path, header_row=2)
    assert names(source) == ["id", "plan"]
    assert rows(source) == [("1", "Pro")]
    assert source.first_row == 3
    assert len(rows(opened(path, header_row=0))) == 3


def test_header_row_that_does_not_exist(write, opened):
    with pytest.raises(UsageError) as caught:
        opened(write("id,plan\n1,Pro\n"), header_row=9)
    assert caught.value.code == "read.header-row"


def test_no_header(write, opened, rows):
    path = write("1001,2024-01-02,5.50\n1002,2024-02-03,6.50\n")
    source = opened(path)
    assert names(source) == ["column 1", "column 2", "column 3"]
    assert len(rows(source)) == 2
    assert source.first_row == 1
    assert found(source, "no-header").level == "warning"
    assert is_straight(source, path)
    assert names(opened(path, header_row=1)) == ["1001", "2024-01-02", "5.50"]


def test_no_header_in_a_table_of_words_and_counts(write, opened, rows):
    source = opened(write("Contamination,14\nOxide,8\nMisc,3\n"))
    assert names(source) == ["column 1", "column 2"]
    assert len(rows(source)) == 3


def test_years_and_ages_in_a_header_are_no_data(write, opened):
    assert names(opened(write("segment,2023,2024\nA,5,7\nB,6,8\n"))) == ["segment", "2023", "2024"]
    assert names(opened(write("cohort,0,1,2\n2024-01,9,8,7\n"))) == ["cohort", "0", "1", "2"]


def test_blank_and_duplicate_names(write, opened, rows):
    source = opened(write("id,,Plan,plan,Plan (2)\n1,2,3,4,5\nx,y,z,u,v\n"))
    assert names(source) == ["id", "column 2", "Plan", "plan (3)", "Plan (2)"]
    assert found(source, "duplicate-names").count == 1
    assert found(source, "blank-names").count == 1
    assert rows(source)[0] == ("1", "2", "3", "4", "5")


def test_an_index_column_without_name(write, opened, rows):
    source = opened(write(",count\nPro,5\nBasic,6\n"))
    assert names(source) == ["column 1", "count"]
    assert len(rows(source)) == 2


def test_header_shorter_than_the_rows_is_refused(write, opened):
    with pytest.raises(ReadError) as caught:
        opened(write("plan,mrr\n1,Pro,5\n2,Basic,6\n"))
    assert caught.value.code == "read.header-short"


def test_delimiter_at_the_end_of_each_line(write, opened, rows):
    source = opened(write("id,plan,\n1,Pro,\n2,Basic,\n"))
    assert names(source) == ["id", "plan"]
    assert rows(source) == [("1", "Pro"), ("2", "Basic")]


def test_ragged_rows(write, opened, rows):
    source = opened(write("id,plan,mrr\n1,Pro,5\n2,Basic\n3,Pro,6,\n4,Pro,7,extra\n5,Pro,8\n"))
    assert rows(source) == [
        ("1", "Pro", "5"),
        ("2", "Basic", None),
        ("3", "Pro", "6"),
        ("5", "Pro", "8"),
    ]
    short, long = found(source, "short-rows"), found(source, "long-rows")
    assert (short.level, short.count, short.rows) == ("warning", 1, (3,))
    assert (long.level, long.count, long.rows) == ("blocking", 1, (5,))
    # Row 5 is left out, so the fourth row of the relation is row 6 of the file.
    assert [source.row_number(place) for place in (1, 2, 3, 4)] == [2, 3, 4, 6]


def test_nul_bytes(write, opened, rows):
    source = opened(write(b"id,pl\0an\n1,P\0ro\n2,Basic\n"))
    assert names(source) == ["id", "plan"]
    assert rows(source) == [("1", "Pro"), ("2", "Basic")]
    assert found(source, "nul-bytes").level == "warning"


def test_blank_rows_are_no_customers(write, opened, rows):
    source = opened(write("id,plan\n1,Pro\n,\n\n2,Basic\n,\n,\n"))
    assert rows(source) == [("1", "Pro"), ("2", "Basic")]
    assert source.row_number(2) == 5


@pytest.mark.parametrize(
    "total",
    [
        "Total;;11.00",
        'TOTAL:;;"1,234"',
        "Grand total;;$11",
        ";Total;11",
        "Summe;;11,0",
        "Total (2);;11",
        "Total général;;11 €",
        "Gesamt;-;11",
    ],
)
def test_totals_row_is_left_out(write, opened, rows, total):
    source = opened(write(f"id;plan;mrr\n1;Pro;5\n2;Basic;6\n{total}\n"))
    assert rows(source) == [("1", "Pro", "5"), ("2", "Basic", "6")]
    finding = found(source, "totals-row")
    assert (finding.level, finding.count, finding.rows) == ("warning", 1, (4,))
    assert "1 row at the bottom" in finding.message


@pytest.mark.parametrize("last", ["Total Wireless,Pro,11", "3,Total,11", "Totally,Pro,x"])
def test_rows_that_only_sound_like_totals_stay(write, opened, rows, last):
    source = opened(write(f"id,plan,mrr\n1,Pro,5\n2,Basic,6\n{last}\n"))
    assert len(rows(source)) == 3
    assert source.findings == []


def test_footer_lines_below_totals(write, opened, rows):
    text = "id,plan,mrr\n1,Pro,5\n2,Basic,6\nTotal,,11\n\nGenerated on 2024-02-01\n"
    source = opened(write(text))
    assert len(rows(source)) == 2
    assert codes(source) == ["totals-row", "footer-lines"]
    assert found(source, "footer-lines").rows == (6,)


def test_skip_last_leaves_out_exactly_so_many(write, opened, rows):
    path = write("id,plan,mrr\n1,Pro,5\n2,Basic,6\nTotal,,11\n\n")
    assert len(rows(opened(path, skip_last=0))) == 3
    assert len(rows(opened(path, skip_last=1))) == 2
    assert len(rows(opened(path, skip_last=2))) == 1
    with pytest.raises(ReadError) as caught:
        opened(path, skip_last=9)
    assert caught.value.code == "read.no-rows"


def big(write, last="", rows=40_000, cell="Pro"):
    """About 600 KB: more than the beginning that is looked at."""
    lines = [f"{number},{cell},{number}.50" for number in range(rows)]
    return write("id,plan,mrr\n" + "\n".join(lines) + "\n" + last)


def test_totals_at_the_end_of_a_large_file_are_cut_off(write, opened, engine):
    source = opened(big(write, "Total,,799980000\nExported by billing\n"))
    assert engine.rows(f"SELECT count(*), max(id) FROM {source.relation}") == [(40_000, "9999")]
    assert found(source, "totals-row").rows == (40_002,)
    assert found(source, "footer-lines").rows == (40_003,)


def test_skip_last_on_a_large_file(write, opened, engine):
    path = big(write, '\n"x\ny",,\n')
    for skip, left in ((0, 40_001), (1, 40_000), (3, 39_998), (30_000, 10_001)):
        source = opened(path, skip_last=skip)
        assert engine.rows(f"SELECT count(*) FROM {source.relation}") == [(left,)]


@pytest.mark.parametrize(
    ("last", "count", "code"),
    [
        ("short\n7,Pro,5\n", 40_002, "short-rows"),
        ("7,Pro,5,9\n7,Pro,5\n", 40_001, "long-rows"),
        ('7,"a "b" c",5\n', 40_001, "stray-quotes"),
        ("7,x\r\n8,y,5\r\n", 40_002, "short-rows"),
    ],
)
def test_trouble_further_down_is_mended_when_the_engine_meets_it(
    write, opened, engine, last, count, code
):
    source = opened(big(write, last))
    source_sql = f"SELECT count(*), max(plan) FROM {source.relation}"
    with pytest.raises(QueryError) as caught:
        engine.rows(source_sql)
    assert caught.value.code == "query.csv"
    assert source.mend(caught.value)
    assert engine.rows(f"SELECT count(*) FROM {source.relation}") == [(count,)]
    assert code in codes(source)
    assert not source.mend(caught.value)


def test_mending_needs_no_open_door(write, opened, engine):
    source = opened(big(write, "short\n7,Pro,5\n"))
    engine.close_doors(source.paths)
    assert source.mend()
    assert engine.rows(f"SELECT count(*) FROM {source.relation}") == [(40_002,)]


def test_an_unclosed_quote_further_down_is_an_error(write, opened):
    source = opened(big(write, '7,"open,5\n8,Pro,5\n'))
    with pytest.raises(ReadError) as caught:
        source.mend()
    assert caught.value.code == "read.unclosed-quote"
    assert caught.value.where == "export.csv, row 40,002"


def test_other_trouble_is_not_mended(write, opened):
    assert not opened(write("id,plan\n1,Pro\n")).mend(QueryError("no such column", "query.failed"))


def test_nul_bytes_further_down(write, opened, engine):
    source = opened(big(write, "7,P\0ro,5\n"))
    assert engine.rows(f"SELECT count(DISTINCT plan) FROM {source.relation}") == [(1,)]


def test_cells_of_a_hundred_thousand_characters(write, opened, engine):
    cell = "x" * 100_000
    source = opened(write(f'id,note\n1,{cell}\n2,"{cell},\n{cell}"\n3,short\n4\n'))
    sizes = engine.rows(f"SELECT length(note) FROM {source.relation}")
    assert sizes == [(100_000,), (200_002,), (5,), (None,)]


def test_cells_of_millions_of_characters(write, opened, engine):
    cell = "x" * 3_000_000
    source = opened(write(f"id,note\n1,a\n2,{cell}\n3,b\n"))
    assert engine.rows(f"SELECT max(length(note)) FROM {source.relation}") == [(3_000_000,)]


def test_two_thousand_columns(write, opened, rows):
    header = ";".join(f"a rather long name of column {number}" for number in range(2000))
    source = opened(write(f"{header}\n{';'.join(['x'] * 2000)}\n"))
    assert len(source.columns) == 2000
    assert rows(source) == [("x",) * 2000]


@pytest.mark.parametrize(
    "name",
    ["a[1].csv", "it's.csv", 'a"b.csv', "a b.csv", "ü?*.csv", "{a,b}.csv", "a;drop table x.csv",
     "-weird.csv", "new\nline.csv"],
)  # fmt: skip
def test_any_file_name_reads_that_file(write, opened, rows, engine, name):
    write("id,plan\n9,wrong\n", "a1.csv")
    write("id,plan\n9,wrong\n", "üxx.csv")
    path = write("id,plan\n1,Pro\n", name)
    source = opened(str(path))
    assert source.name == name
    engine.close_doors(source.paths)
    assert rows(source) == [("1", "Pro")]


def test_names_and_cells_are_data(write, opened, rows):
    header = """x'); DROP TABLE y; --,"a""b",=HYPERLINK("z"),[red]"""
    source = opened(write(header + "\n'; SELECT 1,<script>,\x1b[31mred,{}\n"))
    assert source.columns[0].name == "x'); DROP TABLE y; --"
    assert rows(source) == [("'; SELECT 1", "<script>", "\x1b[31mred", "{}")]
    assert source.columns[1] == Column('a"b')


@pytest.mark.parametrize("text", ["id,plan\n", "id,plan", "id,plan,mrr\n,,\n\n"])
def test_header_only(write, opened, text):
    with pytest.raises(ReadError) as caught:
        opened(write(text))
    assert caught.value.code == "read.no-rows"


def test_close_removes_the_copies(write, opened, engine):
    source = opened(write("id,plan\n1\n"))
    copies = list(engine.folder.rglob("copy-*"))
    assert copies
    source.close()
    assert not any(copy.exists() for copy in copies)


def test_copies_are_private(write, opened, engine):
    opened(write("id,plan\n1\n"))
    (folder,) = engine.folder.iterdir()
    assert engine.folder.stat().st_mode & 0o077 == 0
    assert folder.stat().st_mode & 0o077 == 0

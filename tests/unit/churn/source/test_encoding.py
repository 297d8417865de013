"""Encodings: marks, patterns of NULs, valid UTF-8, and guesses that are told."""

from __future__ import annotations

import codecs

import pytest

from dmaic.churn.source.encoding import named_encoding
from dmaic.engines.duckdb import QueryError
from dmaic.errors import ReadError, UsageError

TEXT = "id,région\n1,Île-de-France\n2,Köln\n3,Málaga\n"
CELLS = [("1", "Île-de-France"), ("2", "Köln"), ("3", "Málaga")]


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        (TEXT.encode(), "UTF-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "UTF-8"),
        (TEXT.encode("utf-16"), "UTF-16-LE"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "UTF-16-BE"),
        (codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"), "UTF-32-LE"),
    ],
)
def test_what_is_certain_is_not_called_a_guess(write, opened, rows, data, shown):
    source = opened(write(data))
    assert [column.name for column in source.columns] == ["id", "région"]
    assert rows(source) == CELLS
    assert source.facts["encoding"] == shown
    assert source.findings == []


@pytest.mark.parametrize(
    ("encoding", "shown", "text", "word"),
    [
        ("utf-16-le", "UTF-16-LE", TEXT, "région"),
        ("utf-16-be", "UTF-16-BE", TEXT, "région"),
        ("cp1252", "Windows-1252", TEXT.replace("Köln", "Köln €5 – “x”"), "région"),
        ("latin-1", "Latin-1", TEXT, "région"),
    ],
)
def test_a_guess_is_told_with_an_example(write, opened, rows, encoding, shown, text, word):
    source = opened(write(text.encode(encoding)))
    assert rows(source)[0] == ("1", "Île-de-France")
    assert rows(source)[1][1].startswith("Köln")
    assert source.facts["encoding"] == shown
    (finding,) = source.findings
    assert (finding.code, finding.level) == ("encoding-guessed", "warning")
    assert word in finding.message
    assert "--encoding" in finding.hint


def test_cyrillic_is_not_taken_for_western(write, opened, rows):
    text = "id;город;тариф\n" + "".join(
        f"{n};Санкт-Петербург;Профессиональный тариф\n{n}0;Москва;Базовый тариф для всех\n"
        for n in range(40)
    )
    source = opened(write(text.encode("cp1251")))
    assert rows(source)[1][1] == "Москва"
    assert source.findings[0].code == "encoding-guessed"


@pytest.mark.parametrize("name", ["cp1252", "windows-1252", "Latin-1", "ISO-8859-1"])
def test_a_named_encoding_is_obeyed_and_no_guess(write, opened, rows, name):
    source = opened(write(TEXT.encode("latin-1")), encoding=name)
    assert rows(source) == CELLS
    assert source.findings == []


@pytest.mark.parametrize("data", [TEXT.encode("utf-16"), TEXT.encode("utf-16-le")])
def test_utf_16_by_name_with_and_without_mark(write, opened, rows, data):
    assert rows(opened(write(data), encoding="utf-16")) == CELLS


def test_utf_8_by_name_takes_a_mark(write, opened, rows):
    source = opened(write(codecs.BOM_UTF8 + TEXT.encode()), encoding="utf-8-sig")
    assert [column.name for column in source.columns] == ["id", "région"]


def test_a_mark_and_no_header(write, opened, rows):
    source = opened(write(codecs.BOM_UTF8 + b"1001,5.5\n1002,6.5\n"))
    assert rows(source) == [("1001", "5.5"), ("1002", "6.5")]


@pytest.mark.parametrize(
    ("name", "hint"), [("utf8x", "utf-8"), ("windows1252x", "windows-1252"), ("base64", "")]
)
def test_names_of_no_encoding_are_refused(name, hint):
    with pytest.raises(UsageError) as caught:
        named_encoding(name)
    assert caught.value.code == "read.encoding-name"
    assert hint in caught.value.hint


def test_bytes_that_are_no_text_are_placed(write, opened):
    data = TEXT.encode("latin-1")
    with pytest.raises(ReadError) as caught:
        opened(write(data), encoding="utf-8")
    assert caught.value.code == "read.encoding"
    # "id,r" stands before the first byte that is no UTF-8.
    assert f"0xE9 at position {data.index(0xE9) + 1}" in caught.value.message
    assert "row 1" in caught.value.where


def test_undecodable_far_down_is_placed_too(write, opened):
    lines = "".join(f"{n},abcdefgh\n" for n in range(200_000)).encode()
    data = b"id,name\n" + lines + b"5,\x81\n"
    with pytest.raises(ReadError) as caught:
        opened(write(data), encoding="cp1252")
    assert f"position {len(data) - 1:,}" in caught.value.message
    assert "row 200,002" in caught.value.where


def test_some_lines_in_another_encoding(write, opened, rows):
    data = TEXT.encode() + "4,Zürich\n".encode("cp1252")
    source = opened(write(data))
    assert rows(source) == [*CELLS, ("4", "Zürich")]
    (finding,) = source.findings
    assert (finding.code, finding.level, finding.count) == ("mixed-encodings", "warning", 1)


def test_a_large_file_whose_end_is_not_utf_8_is_decided_again(write, opened, engine):
    lines = "".join(f"{n},abcdefghijklmnopqrstuvwxyz\n" for n in range(300_000)).encode()
    source = opened(write(b"id,name\n" + lines + "7,Köln\n".encode("latin-1")))
    sql = "SELECT name FROM {} WHERE id = '7' ORDER BY name DESC LIMIT 1"
    with pytest.raises(QueryError) as caught:
        engine.rows(sql.format(source.relation))
    assert source.mend(caught.value)
    assert engine.rows("SELECT count(*) FROM " + source.relation) == [(300_001,)]
    assert engine.rows(f"SELECT name FROM {source.relation} WHERE name LIKE 'K%'") == [("Köln",)]
    assert source.findings[0].code == "encoding-guessed"

"""Which encoding a text file is in."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from dmaic.churn.source.base import File
from dmaic.errors import UsageError, suggest
from dmaic.result import Finding
from dmaic.text import plural, printable

_CHUNK = 1 << 20
_SAMPLE = 1 << 18
_COMMON = (
    "utf-8", "utf-16", "utf-16-le", "utf-16-be", "windows-1252", "cp1252", "latin-1", "iso-8859-1",
    "iso-8859-15", "windows-1250", "windows-1251", "cp437", "cp850", "mac-roman", "shift-jis",
    "gb18030", "big5", "euc-kr", "koi8-r",
)  # fmt: skip
_ESCAPES = ("idna", "punycode", "raw-unicode-escape", "unicode-escape")
"""Codecs that spell letters in other letters; no file is written in one."""
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(frozen=True, slots=True)
class Encoding:
    """An encoding decided on.

    Attributes:
        name: a codec of Python.
        bom: bytes of the byte order mark at the start.
        guess: an example word where it is a guess, otherwise empty.
        mixed: lines that are not UTF-8 among lines that are.
    """

    name: str
    bom: int = 0
    guess: str = ""
    mixed: int = 0

    @property
    def is_plain(self) -> bool:
        """Whether the engine can read the file as it is."""
        return self.name == "utf-8" and not self.mixed

    @property
    def shown(self) -> str:
        """The name as people write it."""
        known = {"cp1252": "Windows-1252", "iso8859-1": "Latin-1"}
        return known.get(self.name, self.name.upper())

    def findings(self) -> list[Finding]:
        """What is told of a guess."""
        if self.mixed:
            return [
                Finding(
                    code="mixed-encodings",
                    level="warning",
                    message=f"Most text is UTF-8, but {plural(self.mixed, 'line is', 'lines are')} "
                    f'not and taken for Windows-1252, such as "{printable(self.guess, 40)}".',
                    hint="If that looks wrong, name the encoding with --encoding.",
                    count=self.mixed,
                )
            ]
        if not self.guess:
            return []
        return [
            Finding(
                code="encoding-guessed",
                level="warning",
                message=f"The text is taken for {self.shown}; it then reads "
                f'"{printable(self.guess, 40)}".',
                hint="If that looks wrong, name the encoding with --encoding.",
            )
        ]


def named_encoding(name: str) -> str:
    """Python's own name of an encoding.

    Raises:
        UsageError: there is no such text encoding (`read.encoding-name`).
    """
    try:
        found = codecs.lookup(name.strip())
        # Codecs such as base64 turn bytes into bytes; they are no encodings of text.
        is_text = getattr(found, "_is_text_encoding", True) and found.name not in _ESCAPES
        "a".encode(found.name)
    except (LookupError, UnicodeError, ValueError):
        is_text = False
    if not is_text:
        hint = suggest(name, _COMMON) or "Common ones are utf-8, utf-16, windows-1252, latin-1."
        raise UsageError(
            f'--encoding "{printable(name, 40)}" is no encoding that Python knows.',
            code="read.encoding-name",
            hint=hint,
        )
    return found.name


def decide(file: File, head: bytes, asked: str | None, *, whole: bool) -> Encoding:
    """The encoding of a text file.

    A byte order mark decides; then UTF-16's pattern of NULs; then UTF-8 if the bytes are valid.
    Otherwise it is a guess: one of the single-byte encodings of the West, unless
    charset-normalizer is sure of another.

    Args:
        file: the file.
        head: its beginning, or all of it.
        asked: what the person said.
        whole: the head is the whole file.
    """
    marked = next((Encoding(name, len(bom)) for bom, name in _BOMS if head.startswith(bom)), None)
    if asked:
        name = named_encoding(asked)
        if name in ("utf-8-sig", "utf-16", "utf-32"):
            fallback = {"utf-16": _utf16(head) or "utf-16-le", "utf-32": "utf-32-le"}
            return marked or Encoding(fallback.get(name, "utf-8"))
        return Encoding(name, marked.bom if marked and marked.name == name else 0)
    if marked:
        return marked
    utf16 = _utf16(head)
    if utf16:
        return Encoding(utf16, guess=_example(head.decode(utf16, "replace"), utf16, always=True))
    if is_valid(head, whole):
        return Encoding("utf-8")
    return _mixed(head) or _single_byte(head)


def decide_again(file: File) -> Encoding:
    """The encoding of a file whose beginning was UTF-8 but whose rest is not."""
    sample = bytearray()
    with file.path.open("rb") as stream:
        for line in stream:
            if not line.isascii():
                sample += line
                if len(sample) > _SAMPLE:
                    break
    return _mixed(bytes(sample)) or _single_byte(bytes(sample))


def is_utf8(path: Path) -> bool:
    """Whether a whole file is valid UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as stream:
        try:
            while chunk := stream.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _utf16(head: bytes) -> str | None:
    """UTF-16 without a mark shows in Western text as a NUL in every other byte."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > len(head) // 8 and even * 10 < odd:
        return "utf-16-le"
    if even > len(head) // 8 and odd * 10 < even:
        return "utf-16-be"
    return None


def is_valid(head: bytes, whole: bool) -> bool:
    """Whether bytes are UTF-8; where they are not the whole file the last letter may be cut."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head, final=whole)
    except UnicodeDecodeError:
        return False
    return True


def _mixed(sample: bytes) -> Encoding | None:
    """UTF-8 with some lines in another encoding, as systems write that paste texts together."""
    good = 0
    bad: list[bytes] = []
    for line in sample.splitlines():
        if line.isascii():
            continue
        if is_valid(line, whole=True):
            good += 1
        else:
            bad.append(line)
    if not bad or good <= len(bad):
        return None
    example = _example(b"\n".join(bad).decode("cp1252", "replace"), "Windows-1252")
    return Encoding("utf-8", guess=example, mixed=len(bad))


def _single_byte(data: bytes) -> Encoding:
    sample = data[:_SAMPLE]
    high = set(sample.translate(None, bytes(range(0x80))))
    name = "iso8859-1"
    if any(0x80 <= byte <= 0x9F for byte in high):
        # Five of these bytes mean nothing in Windows-1252.
        name = "iso8859-1" if high & {0x81, 0x8D, 0x8F, 0x90, 0x9D} else "cp1252"
    adviser = _advice(sample)
    if adviser:
        name = adviser
    return Encoding(name, guess=_example(sample.decode(name, "replace"), name))


_PAIR = re.compile(r"[^\W\d_\x00-\x7f]{2}")
_WITHIN = re.compile(r"[a-z][£¥¯¹³¼¾¿]|[£¥¯¹³¼¾¿][a-z]")


def _is_western(text: str) -> bool:
    """Whether the letters beyond ASCII stand alone among plain ones, as in Western languages."""
    odd = sum(not character.isascii() for character in text)
    pairs, within = len(_PAIR.findall(text)), len(_WITHIN.findall(text))
    return (pairs + within) * 5 <= odd


def _advice(sample: bytes) -> str | None:
    """What charset-normalizer says where the text would look odd as Western text."""
    if _is_western(sample.decode("cp1252", "replace")):
        return None
    from charset_normalizer import from_bytes

    # Lines without such bytes say nothing, and a short sample is quicker.
    telling = b"\n".join(line for line in sample.splitlines() if not line.isascii())
    best = from_bytes(telling[: 1 << 15]).best()
    if best is None or best.encoding in ("ascii", "utf_8"):
        return None
    name = codecs.lookup(best.encoding).name
    # Old DOS and Mac code pages are seldom what a billing system writes today.
    return None if name.startswith(("cp4", "cp8", "cp10", "mac", "cp037", "cp11")) else name


def _example(text: str, encoding: str, *, always: bool = False) -> str:
    words = re.findall(r"[^\W\d_]*[^\W\d_\x00-\x7f][^\W\d_]*", text)
    # A word with plain letters around the odd one shows best whether it reads well.
    word = max(words[:200], key=lambda each: (any(map(str.isascii, each)), len(each)), default="")
    if word or not always:
        return word[:40] or f"text in {encoding}"
    found = re.search(r"\w{2,}", text)
    return found.group()[:40] if found else f"text in {encoding}"

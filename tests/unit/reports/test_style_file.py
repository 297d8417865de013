from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from PIL import Image

from dmaic.errors import DataError
from dmaic.reports.colour import contrast
from dmaic.reports.style import Colours, Style
from dmaic.reports.style_file import parse_style, read_style, style_from

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10"><path d="M0 0h40v10z"/></svg>'


def png(width: int = 4, height: int = 2) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    rows = b"".join(b"\0" + b"\xff\0\0" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows))
            + chunk(b"IEND", b""))  # fmt: skip


def svg(inner: str) -> bytes:
    return SVG.replace(b"</svg>", inner.encode() + b"</svg>")


def archive(*names: str, fill: int = 1) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name in names:
            file.writestr(name, "x" * fill)
    return made.getvalue()


def parse(text: str, **files: bytes) -> Style:
    def beside(name: str) -> bytes:
        if name not in files:
            raise FileNotFoundError(2, "No such file or directory")
        return files[name]

    return parse_style(text.encode(), "client.toml", beside)


def refused(text: str, **files: bytes) -> list[tuple[str, str, str]]:
    with pytest.raises(DataError) as caught:
        parse(text, **files)
    return [(each.code, each.where, each.message) for each in caught.value.problems]


def test_a_file_that_says_all_is_read(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_bytes(SVG)
    (tmp_path / "word.docx").write_bytes(archive("word/document.xml"))
    (tmp_path / "points.pptx").write_bytes(archive("ppt/presentation.xml"))
    path = tmp_path / "client.toml"
    path.write_text(
        'organisation = "Grün & Söhne"\nlogo = "logo.svg"\nfooter = "Confidential"\n'
        'language = "pt-BR"\npaper = "letter"\n'
        'reference_docx = "word.docx"\nreference_pptx = "points.pptx"\n'
        '[colours]\naccent = "#7a0019"\nbrand = "#ffd100"\n[fonts]\nbody = "Open Sans"\n'
    )
    style = read_style(path)
    assert style.organisation == "Grün & Söhne"
    assert style.logo is not None
    assert (style.logo.media_type, style.logo.width, style.logo.height) == ("image/svg+xml", 40, 10)
    assert style.colours.accent == "#7A0019"
    assert style.colours.area == "#FFD100"
    assert style.fonts.body == "Open Sans"
    assert style.reference_docx is not None
    assert style.reference_pptx is not None
    assert (style.language, style.paper, style.right_to_left) == ("pt-BR", "letter", False)


def test_what_a_file_leaves_out_is_taken_from_below() -> None:
    base = Style(organisation="Consultants", colours=Colours(accent="#7A0019", rule="#111111"))
    said = b'footer = "Draft for Acme"\n[colours]\naccent = "#004400"\n'
    style = parse_style(said, "client.toml", lambda name: b"", base)
    assert (style.organisation, style.footer) == ("Consultants", "Draft for Acme")
    assert (style.colours.accent, style.colours.rule) == ("#004400", "#111111")


def test_an_empty_file_is_the_built_in_style() -> None:
    assert parse("") == Style()


@pytest.mark.parametrize("language", ["ar", "he", "fa-IR"])
def test_languages_written_from_right_to_left_are_known(language: str) -> None:
    assert parse(f'language = "{language}"').right_to_left


def test_all_that_is_wrong_is_told_at_once_each_with_its_line() -> None:
    text = 'organisation = "A"\nfootr = "x"\nlogo = "none.png"\n\n[colours]\naccent = "blue"\n'
    assert refused(text) == [
        ("style.logo", "client.toml, line 3",
         "The file none.png cannot be read: no such file or directory."),
        ("style.invalid", "client.toml, line 6",
         'The field "colours.accent" is no colour; write it as #0B3C5D.'),
        ("style.invalid", "client.toml, line 2", 'A style has no field "footr".'),
    ]  # fmt: skip


def test_a_field_that_is_almost_one_is_suggested() -> None:
    with pytest.raises(DataError) as caught:
        parse('[colours]\nacent = "#000000"\n')
    assert caught.value.hint == 'Did you mean "accent"?'


def test_text_that_cannot_be_read_is_refused_and_a_colour_that_can_is_named() -> None:
    with pytest.raises(DataError) as caught:
        parse('[colours]\naccent = "#FFD100"\n')
    assert caught.value.code == "style.contrast"
    assert caught.value.where == "client.toml, line 2"
    better = caught.value.hint.split('"')[1]
    assert parse(f'[colours]\naccent = "{better}"\nbrand = "#FFD100"\n').colours.area == "#FFD100"


def test_what_matters_in_charts_is_seen_on_white() -> None:
    with pytest.raises(DataError) as caught:
        parse('[colours]\nhighlight = "#FFD100"\n')
    assert caught.value.code == "style.contrast"
    assert "Bars" in caught.value.message
    better = caught.value.hint.split('"')[1]
    # 3 to 1 is what WCAG 2.2, 1.4.11, asks of what is drawn.
    assert 3 <= contrast(better, "#FFFFFF") < 4.5
    assert parse(f'[colours]\nhighlight = "{better}"\n').colours.highlight == better


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("organisation = Acme", "style.toml"),
        ("\ud800".encode("utf-8", "surrogatepass").decode("latin-1") + "= [", "style.toml"),
        ("organisation = 5", "style.invalid"),
        ('organisation = "two\\nlines"', "style.invalid"),
        ('language = "English"', "style.invalid"),
        ('paper = "a5"', "style.invalid"),
        ('colours = "red"', "style.invalid"),
        ("logo = 5", "style.invalid"),
        ('[fonts]\nbody = "x; } body { "', "style.invalid"),
        ('[fonts]\nfiles = "a.ttf"', "style.invalid"),
        ('[fonts]\nfiles = ["a.ttf"]', "style.font"),
    ],
)
def test_nonsense_is_refused_with_its_code(text: str, code: str) -> None:
    assert [each[0] for each in refused(text)] == [code]


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(DataError) as caught:
        parse_style(b"\xff\xfe\x00", "client.toml", lambda name: b"")
    assert caught.value.code == "style.toml"


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        read_style(tmp_path / "none.toml")
    assert caught.value.code == "style.read"


def logo(content: bytes) -> Style:
    return parse('logo = "logo"', logo=content)


def test_a_logo_is_what_its_bytes_say() -> None:
    made = logo(png(300, 100)).logo
    assert made is not None
    assert (made.media_type, made.width, made.height, made.suffix) == (
        "image/png",
        300,
        100,
        ".png",
    )
    jpeg = io.BytesIO()
    Image.new("RGB", (64, 32), "#0B3C5D").save(jpeg, "JPEG")
    made = logo(jpeg.getvalue()).logo
    assert made is not None
    assert (made.media_type, made.width, made.height) == ("image/jpeg", 64, 32)
    sized = (
        b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="30mm" height="1cm"/>'
    )
    made = logo(sized).logo
    assert made is not None
    assert made.width / made.height == pytest.approx(3)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a",
        png(300, 100)[:60],
        png(300, 100).replace(b"IDAT", b"IDAX"),
        png(9_000, 9_000),
        svg("<g>" * 5000 + "</g>" * 5000),
        svg(
            "".join(f'<g id="a{n}">' + f'<use href="#a{n + 1}"/>' * 10 + "</g>" for n in range(9))
            + '<g id="a9"><rect width="1" height="1"/></g><use href="#a0"/>'
        ),
        svg('<s:script xmlns:s="http://www.w3.org/2000/svg">x</s:script>'),
        svg("<style>a{fill:\\75rl(http://x)}</style>"),
        b"\x89PNG\r\n\x1a\n",
        png(9, 9)[:20],
        b"\xff\xd8\xff\xff\xff",
        b"<svg",
        b'<svg xmlns="http://www.w3.org/2000/svg"/>',
        b'<svg viewBox="0 0 1e9 1"/>',
        b'<svg viewBox="0 0 - -"/>',
        b'<svg viewBox="0 0 100 1"/>',
        b"x" * 2_000_001,
    ],
)
def test_what_is_no_logo_is_refused(content: bytes) -> None:
    assert [each[0] for each in refused('logo = "logo"', logo=content)] == ["style.logo"]


@pytest.mark.parametrize(
    "inside",
    [
        b"<script>alert(1)</script>",
        b'<path onload="x()"/>',
        b"<foreignObject/>",
        b'<image href="https://example.com/x.png"/>',
        b'<image xlink:href="file:///etc/passwd"/>',
        b"<style>@import url(https://example.com/x.css)</style>",
        b'<rect style="fill: url(https://example.com/#a)"/>',
    ],
)
def test_a_logo_that_acts_or_fetches_something_is_refused(inside: bytes) -> None:
    content = SVG.replace(b"</svg>", inside + b"</svg>")
    assert [each[0] for each in refused('logo = "logo"', logo=content)] == ["style.logo"]


def test_entities_of_a_logo_are_not_expanded() -> None:
    bomb = (
        b'<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">&b;</svg>'
    )
    assert [each[0] for each in refused('logo = "logo"', logo=bomb)] == ["style.logo"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"no archive", "is no DOCX file"),
        (archive("ppt/presentation.xml"), "is no DOCX file"),
        (archive("word/document.xml", "word/vbaProject.bin"), "holds macros"),
        (archive("word/document.xml", fill=6_000_000), "holds more than 5 MB of text"),
    ],
)
def test_a_reference_document_is_one_and_holds_no_macros(content: bytes, said: str) -> None:
    ((code, _, message),) = refused('reference_docx = "word"', word=content)
    assert code == "style.reference"
    assert said in message


def test_a_template_s_style_takes_files_of_its_own_folder_only() -> None:
    style = style_from({"logo": "style/logo.svg"}, "template x", {"logo.svg": SVG})
    assert style.logo is not None
    with pytest.raises(DataError) as caught:
        style_from({"logo": "../../etc/passwd"}, "template x", {"logo.svg": SVG})
    assert caught.value.code == "style.logo"


@pytest.mark.parametrize("mode", ["External", "Internal"])
@pytest.mark.parametrize("kind", ["image", "oleObject", "hyperlink"])
def test_a_reference_document_takes_nothing_from_elsewhere(kind: str, mode: str) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        file.writestr("ppt/presentation.xml", "x")
        file.writestr(
            "ppt/_rels/presentation.xml.rels",
            f'<Relationship Id="a" Type="http://x/{kind}" Target="http://y" TargetMode="{mode}"/>',
        )
    if mode == "Internal" or kind == "hyperlink":
        assert parse('reference_pptx = "deck"', deck=made.getvalue()).reference_pptx
        return
    ((code, _, message),) = refused('reference_pptx = "deck"', deck=made.getvalue())
    assert code == "style.reference"
    assert "from outside" in message


@pytest.mark.parametrize(
    "font",
    [
        b"ttcf" + b"\xff" * 3000,
        b"OTTO",
        b"\0\1\0\0" + b"\xff" * 3000,
        b"ttcf\0\1\0\0" + b"\0\0\0\1" + b"\xff\0\0\0",
    ],
)
def test_a_font_that_says_more_than_it_holds_is_none(font: bytes) -> None:
    assert [each[0] for each in refused('[fonts]\nfiles = ["f"]', f=font)] == ["style.font"]


def test_a_font_is_taken() -> None:
    from matplotlib import get_data_path

    font = (Path(get_data_path()) / "fonts/ttf/DejaVuSans.ttf").read_bytes()
    assert parse('[fonts]\nfiles = ["f"]', f=font).fonts.files == (font,)

"""Places to type in: what a template marks by a link to `field:NAME` becomes a field of a PDF form."""

from __future__ import annotations

import importlib.util
import io
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from outreach_kit.frozen import frozen
from outreach_kit.paper.fonts import FontMissing

SCHEME: Final = "field:"
_FACE: Final = "SourceSansPro-Regular"
_LOOKS: Final = "/House 12 Tf 0 g"
"""How what is typed looks (ISO 32000-1, 12.7.3.3): the face of the house at 12 pt, in black."""
_FIRST, _LAST = 32, 255
_PRINTED: Final = 4
"""The flag without which a field is not printed (ISO 32000-1, 12.5.3)."""


@frozen
class FormField:
    """One place to type in, or to tick; `label` is what somebody hears who cannot see the page."""

    label: str
    is_tick: bool = False


def with_fields(pdf: bytes, fields: Mapping[str, FormField]) -> bytes:
    """The PDF with those of the fields that stand on its pages; the same bytes each time.

    Each keeps the place in the reading order that the typesetter gave it, as PDF/UA-1 asks.
    """
    import pikepdf  # late: 60 ms, and only forms need it

    with pikepdf.open(io.BytesIO(pdf)) as document:
        elements = {
            reference.Obj.objgen: element
            for element in _link_elements(document.Root.StructTreeRoot.K)
            for reference in _references(element)
        }
        font = _embed_font(document)
        widgets = []
        for page in document.pages:
            for note in page.obj.get("/Annots", []):
                target = str(note.A.get("/URI", "")) if "/A" in note else ""
                if target.startswith(SCHEME):
                    name = target.removeprefix(SCHEME)
                    _make_widget(document, page.obj, note, name, fields[name])
                    element = elements[note.objgen]
                    element.S = pikepdf.Name.Form
                    widgets.append(note)
        document.Root.AcroForm = pikepdf.Dictionary(
            Fields=pikepdf.Array(widgets),
            DA=pikepdf.String(_LOOKS),
            DR=pikepdf.Dictionary(Font=pikepdf.Dictionary(House=font)),
        )
        finished = io.BytesIO()
        document.save(finished, deterministic_id=True)
    return finished.getvalue()


def _make_widget(document: Any, page: Any, note: Any, name: str, field: FormField) -> None:
    from pikepdf import Dictionary, Name, String

    for key in ("/A", "/Border", "/Contents", "/QuadPoints"):
        if key in note:
            del note[key]
    left, bottom, right, top = (float(edge) for edge in note.Rect)
    width, height = right - left, top - bottom

    def drawing(strokes: str) -> Any:
        return document.make_stream(
            strokes.encode("ascii"),
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=[0, 0, round(width, 3), round(height, 3)],
        )

    note.Subtype, note.F, note.P = Name.Widget, _PRINTED, page
    note.T, note.TU = String(name), String(field.label)
    if field.is_tick:
        far, high = width - 3, height - 3
        cross = f"1.6 w 3 3 m {far:.2f} {high:.2f} l 3 {high:.2f} m {far:.2f} 3 l S"
        note.FT, note.V, note.AS = Name.Btn, Name.Off, Name.Off
        note.AP = Dictionary(N=Dictionary(Yes=drawing(cross), Off=drawing("")))
    else:
        note.FT, note.V, note.DA = Name.Tx, String(""), String(_LOOKS)
        note.AP = Dictionary(N=drawing("/Tx BMC EMC"))


def _link_elements(node: Any) -> Iterator[Any]:
    """Every structure element that is a link, in reading order."""
    import pikepdf

    if isinstance(node, pikepdf.Array):
        for one in node:
            yield from _link_elements(one)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        if node.S == "/Link":
            yield node
        if "/K" in node:
            yield from _link_elements(node.K)


def _references(element: Any) -> Iterator[Any]:
    """What ties a structure element to its annotations."""
    import pikepdf

    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR":
            yield kid


@frozen
class _Face:
    """What a PDF says of an embedded TrueType face, in thousandths of its size."""

    file: bytes
    widths: tuple[int, ...]
    box: tuple[int, ...]
    ascent: int
    descent: int
    cap_height: int


def _embed_font(document: Any) -> Any:
    """The face in which fields are typed; a form may not lean on a font that a reader lacks."""
    from pikepdf import Dictionary, Name

    face = _typed_face()
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name("/" + _FACE),
        Flags=32,
        FontBBox=list(face.box),
        ItalicAngle=0,
        Ascent=face.ascent,
        Descent=face.descent,
        CapHeight=face.cap_height,
        StemV=80,
        FontFile2=document.make_stream(face.file, Length1=len(face.file)),
    )
    return document.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.TrueType,
            BaseFont=Name("/" + _FACE),
            FirstChar=_FIRST,
            LastChar=_LAST,
            Widths=list(face.widths),
            Encoding=Name.WinAnsiEncoding,
            FontDescriptor=document.make_indirect(descriptor),
        )
    )


@lru_cache(maxsize=1)
def _typed_face() -> _Face:
    """The letters of western Europe, as far as Windows-1252 has them: what WinAnsiEncoding can name."""
    from fontTools import subset

    spec = importlib.util.find_spec("font_source_sans_pro")
    if spec is None or spec.origin is None:
        raise FontMissing(_FACE)
    source = Path(spec.origin).parent / "files" / f"{_FACE}.ttf"
    if not source.is_file():
        raise FontMissing(_FACE)
    options = subset.Options(hinting=False, layout_features=[])
    letters = [bytes([code]).decode("cp1252", "ignore") for code in range(_FIRST, _LAST + 1)]
    cutter = subset.Subsetter(options)
    cutter.populate(text="".join(letters))
    file = io.BytesIO()
    with subset.load_font(str(source), options) as font:
        cutter.subset(font)
        font.save(file)
        return _measure(font, file.getvalue(), letters)


def _measure(font: Any, file: bytes, letters: Sequence[str]) -> _Face:
    """What the PDF must be told of the face; `letters` are those of the encoding, in its order."""
    head, across = font["head"], font["hhea"]
    glyphs, advances = font.getBestCmap(), font["hmtx"]
    scale = 1000 / head.unitsPerEm

    def width(letter: str) -> int:
        glyph = glyphs.get(ord(letter)) if letter else None
        return round(advances[glyph][0] * scale) if glyph else 0

    return _Face(
        file=file,
        widths=tuple(width(letter) for letter in letters),
        box=tuple(round(edge * scale) for edge in (head.xMin, head.yMin, head.xMax, head.yMax)),
        ascent=round(across.ascent * scale),
        descent=round(across.descent * scale),
        cap_height=round(font["OS/2"].sCapHeight * scale),
    )

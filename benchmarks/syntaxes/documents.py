"""Text in encapsulated PDF documents (PS3.3 A.45.1): letters, or a scan."""

from __future__ import annotations

import io
import pathlib
import time

import numpy as np
from PIL import Image, ImageFont

from ..generator.fonts import FONT_ROOT
from ..generator.layout import Box
from .header import STORAGE, base_header
from .picture import make_patient_for, make_picture, name_of
from .truth import Planted
from .writing import EXPLICIT, even, write_file

_ENCAPSULATED_PDF = STORAGE + "104.1"
DOTS_PER_INCH, _POINTS_PER_INCH = 200, 72
_PAGE_WIDTH, _PAGE_HEIGHT, _LETTER_POINTS = 420, 240, 24
# Helvetica's capitals, beside its size.
_CAPITAL = .72


def _pdf(pages: list[bytes]) -> bytes:
    """Returns a PDF of pages with these content streams."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    count = len(pages)
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>",
               f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode(),
               b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    for number, content in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {_PAGE_WIDTH} "
            f"{_PAGE_HEIGHT}] /Resources << /Font << /F1 3 0 R >> >> "
            f"/Contents {5 + 2 * number} 0 R >>".encode())
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream"
                       % (len(content), content))
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for offset in offsets:
        out.write(b"%010d 00000 n \n" % offset)
    out.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
              % (len(objects) + 1, start))
    return out.getvalue()


def _text_width(text: str) -> float:
    """In points. Liberation Sans has Helvetica's widths."""
    path = FONT_ROOT / "truetype/liberation/LiberationSans-Regular.ttf"
    if not path.is_file():
        return .6 * _LETTER_POINTS * len(text)
    return ImageFont.truetype(str(path), _LETTER_POINTS).getlength(text)


def _written(seed: int, name: str) -> tuple[bytes, Planted]:
    text = name_of(make_patient_for(seed, name))
    x, baseline = 30, 150
    line = (f"BT /F1 {_LETTER_POINTS} Tf {x} {baseline} Td ({text}) Tj ET"
            ).encode("latin-1")
    scale = DOTS_PER_INCH / _POINTS_PER_INCH
    height = _CAPITAL * _LETTER_POINTS
    box = Box(round(x * scale),
              round((_PAGE_HEIGHT - baseline - height) * scale),
              round(_text_width(text) * scale), round(height * scale))
    empty = b"0.9 g 20 20 100 60 re f"
    return _pdf([empty, line]), Planted(text, box, "DOCUMENT", 0, 1, 1,
                                        round(height * scale))


def _scanned(seed: int, name: str) -> tuple[bytes, Planted]:
    picture = make_picture(seed, name, 480, 640)
    page = np.rint(255 * (1 - picture.levels[0])).astype(np.uint8)
    out = io.BytesIO()
    epoch = time.gmtime(0)
    Image.fromarray(page).save(out, "PDF", resolution=DOTS_PER_INCH,
                               creationDate=epoch, modDate=epoch)
    return out.getvalue(), Planted(picture.text, picture.box, "DOCUMENT",
                                   height_px=picture.height_px)


def _write(make, seed: int, name: str, path: pathlib.Path) -> list[Planted]:
    document, planted = make(seed, name)
    ds = base_header(seed, name, _ENCAPSULATED_PDF, "DOC")
    ds.MIMETypeOfEncapsulatedDocument = "application/pdf"
    ds.DocumentTitle, ds.BurnedInAnnotation = "", "YES"
    ds.EncapsulatedDocument = even(document)
    ds.EncapsulatedDocumentLength = len(document)
    write_file(ds, path, EXPLICIT)
    return [planted]


def _write_written(seed: int, name: str, path: pathlib.Path) -> list[Planted]:
    return _write(_written, seed, name, path)


def _write_scanned(seed: int, name: str, path: pathlib.Path) -> list[Planted]:
    return _write(_scanned, seed, name, path)


PLACES = (
    ("document-second-page", EXPLICIT, _write_written),
    ("document-scan", EXPLICIT, _write_scanned),
)

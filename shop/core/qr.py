"""QR codes as drawings: black on white whatever the theme, since cameras want the contrast."""

import io

import segno

QUIET_ZONE = 4  # modules of white around the code, as the standard asks


def drawing(text: str) -> bytes:
    """Return a text as the SVG of a QR code that can be read off a creased or dirty label."""
    out = io.BytesIO()
    made = segno.make_qr(text, error="m", boost_error=True)
    made.save(out, kind="svg", omitsize=True, border=QUIET_ZONE, dark="#000", light="#fff")
    return out.getvalue()

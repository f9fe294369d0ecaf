"""The pattern of a QR code."""

import segno


def qr(text: str) -> list[str]:
    """A QR code as rows of 0 and 1, without its margin."""
    return ["".join(str(cell) for cell in row) for row in segno.make_qr(text, error="m").matrix]

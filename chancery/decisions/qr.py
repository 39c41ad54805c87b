"""Addresses as QR codes, for paper."""

import qrcode
from qrcode.constants import ERROR_CORRECT_M

QUIET = 4  # modules of white around, as ISO/IEC 18004 asks


def svg(address: str) -> str:
    """The code of an address as a picture. It stays black on white whatever the colours of the page, since readers
    expect it so."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(address)
    code.make(fit=True)
    rows = code.get_matrix()
    size = len(rows) + 2 * QUIET
    path = "".join(
        f"M{x + QUIET} {y + QUIET}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{size}v{size}H0z"/><path d="{path}"/></svg>'
    )

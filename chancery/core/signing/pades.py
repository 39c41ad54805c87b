"""A signed PDF: PAdES baseline B-B, or B-T with a time stamp (ETSI EN 319 142-1), added to the file as an increment.

The signature cannot be seen, so that what is tagged and archival (PDF/A-2a, PDF/UA-1) stays so: its field lies outside
the page, which needs no tag, and may be printed, which PDF/A asks for. It certifies that nothing is changed after it.
`sign_apart` works in a process of its own, so that a server does not keep the memory."""

import io
from base64 import b64decode, b64encode
from typing import Any

from ..typesetting.press import apart
from .identity import Identity

FIELD = "Signature"
SECONDS = 60.0  # the longest that one signature, with its time stamp, may take


class Unsignable(ValueError):
    """The time-stamping service does not answer, or the file is none that can be signed."""


def sign(*, pdf: str, key: str, certificates: list[str], name: str, reason: str, label: str, timestamps: str) -> bytes:
    """The PDF (base64, as are key and certificates, in DER, whose own is first) with a signature in it. `label` names
    the field for those who do not see; `timestamps` is the address of a time-stamping service or empty.
    Raises `Unsignable`."""
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign import fields, signers
    from pyhanko.sign.general import SigningError
    from pyhanko.sign.timestamps import HTTPTimeStamper, TimestampRequestError

    meta = signers.PdfSignatureMetadata(
        field_name=FIELD, name=name, reason=reason, md_algorithm="sha256", certify=True,
        subfilter=fields.SigSeedSubFilter.PADES, docmdp_permissions=fields.MDPPerm.NO_CHANGES,
    )  # fmt: skip
    place = fields.SigFieldSpec(
        FIELD, readable_field_name=label, invis_sig_settings=fields.InvisSigSettings(box_out_of_bounds=True)
    )
    clock = HTTPTimeStamper(timestamps, timeout=SECONDS / 4) if timestamps else None
    signer = signers.PdfSigner(meta, _signer(key, certificates), timestamper=clock, new_field_spec=place)
    try:
        return signer.sign_pdf(_increment(b64decode(pdf))).getvalue()
    except (PdfError, SigningError, TimestampRequestError, OSError) as problem:
        raise Unsignable(str(problem) or type(problem).__name__) from problem


def sign_apart(pdf: bytes, by: Identity, *, reason: str, label: str, timestamps: str = "") -> bytes:
    """As `sign`, in a process of its own. Raises `Unsignable`, `TooSlow`."""
    order = {
        "pdf": _said(pdf), "key": _said(by.key), "certificates": [_said(one) for one in by.certificates],
        "name": by.name, "reason": reason, "label": label, "timestamps": timestamps,
    }  # fmt: skip
    return apart(__package__, order, (Unsignable,), SECONDS)


def _signer(key: str, certificates: list[str]) -> Any:
    from asn1crypto import keys, x509
    from pyhanko.sign.signers import SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    own, *above = (x509.Certificate.load(b64decode(one)) for one in certificates)
    return SimpleSigner(own, keys.PrivateKeyInfo.load(b64decode(key)), SimpleCertificateStore.from_certs(above))


def _increment(pdf: bytes) -> Any:
    """What is added to a file. PDF/A-2 is PDF 1.7, and its metadata are what was printed: neither is touched, though
    the library would call a file with an elliptic signature 2.0, and itself its producer."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    class Increment(IncrementalPdfFileWriter):
        def ensure_output_version(self, version: Any) -> None: ...

        def register_extension(self, ext: Any) -> None:
            if ext.base_version == "/1.7":
                super().register_extension(ext)

        def _update_meta(self) -> None: ...

    return Increment(io.BytesIO(pdf))


def _said(value: bytes) -> str:
    return b64encode(value).decode()

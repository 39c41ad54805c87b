"""Signatures: who signs, what is refused, and that a signed PDF is whole, archival and accessible still."""

import datetime as dt
import io
import os
import stat
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import NameOID
from django.core import checks
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from chancery.core.asof import now
from chancery.core.signing import identity, pades
from chancery.core.typesetting.press import print_plan

DAY = dt.timedelta(days=1)
PEM = Encoding.PEM
PASSPHRASE = "open sesame"


def certificate(key: Any, *, since: dt.timedelta = -DAY, until: dt.timedelta = 30 * DAY) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "The Organisation")])
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(now() + since).not_valid_after(now() + until)
    usage = x509.KeyUsage(True, True, *[False] * 7)
    digest = None if isinstance(key, ed25519.Ed25519PrivateKey) else hashes.SHA256()
    return made.add_extension(usage, critical=True).sign(key, digest)


@pytest.fixture
def files(tmp_path, settings) -> Any:
    """Sets the settings of signing to files with what is given."""
    settings.KEY_FILE = tmp_path / "journal.key"

    def put(kept: bytes, certificate: bytes | None = None, passphrase: str = "") -> None:
        settings.SIGNING_KEY = tmp_path / "key"
        settings.SIGNING_KEY.write_bytes(kept)
        settings.SIGNING_PASSPHRASE = passphrase
        settings.SIGNING_CERTIFICATE = None
        if certificate is not None:
            settings.SIGNING_CERTIFICATE = tmp_path / "certificate"
            settings.SIGNING_CERTIFICATE.write_bytes(certificate)

    settings.SIGNING_KEY = settings.SIGNING_CERTIFICATE = None
    return put


def pem(key: Any, passphrase: str = "") -> bytes:
    how = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
    return key.private_bytes(PEM, PrivateFormat.PKCS8, how)


def p12(key: Any, found: x509.Certificate) -> bytes:
    return pkcs12.serialize_key_and_certificates(None, key, found, None, BestAvailableEncryption(PASSPHRASE.encode()))


KEY = ec.generate_private_key(ec.SECP256R1())
OTHER = ec.generate_private_key(ec.SECP256R1())
ODD = ed25519.Ed25519PrivateKey.generate()


# ---------------------------------------------------------------- who signs
@pytest.mark.parametrize("form", ["pem", "pem with a passphrase", "one pem", "pkcs12"])
def test_a_key_is_read_in_every_form(files, form):
    found = certificate(KEY)
    held = found.public_bytes(PEM)
    {
        "pem": lambda: files(pem(KEY), held), "pem with a passphrase": lambda: files(pem(KEY, "x"), held, "x"),
        "one pem": lambda: files(pem(KEY) + held), "pkcs12": lambda: files(p12(KEY, found), passphrase=PASSPHRASE),
    }[form]()  # fmt: skip
    who = identity.current()
    assert (who.name, who.fingerprint, who.is_test) == (
        "The Organisation", found.fingerprint(hashes.SHA256()).hex(), False,
    )  # fmt: skip
    assert identity.refusal() is None
    assert identity.mark() == who.fingerprint


HELD = certificate(KEY).public_bytes(PEM)


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ((b"nonsense",), identity.KeyUnreadable),
        ((b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", HELD), identity.KeyUnreadable),
        ((pem(KEY, "right"), HELD, "wrong"), identity.PassphraseWrong),
        ((pem(KEY, "right"), HELD), identity.PassphraseWrong),
        ((p12(KEY, certificate(KEY)), None, "wrong"), identity.PassphraseWrong),
        ((p12(KEY, certificate(KEY)),), identity.PassphraseWrong),
        ((pem(KEY), b"nonsense"), identity.CertificateUnreadable),
        ((pem(KEY),), identity.CertificateUnreadable),
        ((pem(KEY), certificate(OTHER).public_bytes(PEM)), identity.CertificateOfAnotherKey),
        ((pem(ODD), certificate(ODD).public_bytes(PEM)), identity.KeyOfAnotherKind),
        ((pem(KEY), certificate(KEY, since=-9 * DAY, until=-DAY).public_bytes(PEM)), identity.CertificateNotInForce),
        ((pem(KEY), certificate(KEY, since=DAY).public_bytes(PEM)), identity.CertificateNotInForce),
    ],
)
def test_what_is_wrong_with_a_key_is_said_at_start_and_nothing_else_stops(files, given, refusal):
    files(*given)
    with pytest.raises(refusal):
        identity.current()
    assert identity.mark() == refusal.__name__
    (said,) = [one for one in checks.run_checks() if one.id == f"signing.{refusal.__name__}"]
    assert said.level == checks.WARNING


def test_a_file_that_is_not_there_or_not_readable_is_said(files, settings, tmp_path):
    files(pem(KEY), HELD)
    settings.SIGNING_KEY = tmp_path / "nowhere.pem"
    assert isinstance(identity.refusal(), identity.KeyUnreadable)


def test_a_renewed_certificate_is_read_without_a_restart(files):
    files(pem(KEY), HELD)
    before = identity.current().fingerprint
    files(pem(KEY), certificate(KEY).public_bytes(PEM))
    os.utime(Path(identity.settings.SIGNING_CERTIFICATE), (1, 1))
    assert identity.current().fingerprint != before


def test_without_a_key_a_test_key_is_made_once_that_says_what_it_is(files, tmp_path):
    assert identity.mark() == "test"
    assert identity.refusal() is None
    assert list(tmp_path.iterdir()) == []  # on first use
    made = identity.current()
    assert (made.is_test, made.name) == (True, "TEST CERTIFICATE: proves nothing to others")
    (kept,) = tmp_path.iterdir()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert identity.current() == made


# ---------------------------------------------------------------- what is signed
@pytest.fixture(scope="module")
def paper(tmp_path_factory) -> bytes:
    template = tmp_path_factory.mktemp("paper") / "one.typ"
    template.write_text(
        '#let plan = json(bytes(sys.inputs.plan))\n#set document(title: "One", date: datetime(year: 2024, month: 12,'
        ' day: 3))\n#set text(lang: "en", font: "Source Serif 4")\n= One\n#plan.words\n'
    )
    return print_plan(str(template), {"rtl": False, "words": "Words"})


def signed(paper: bytes, who: identity.Identity, timestamps: str = "") -> bytes:
    order = {"pdf": pades._said(paper), "key": pades._said(who.key), "name": who.name, "reason": "Adopted"}
    more = {"certificates": [pades._said(one) for one in who.certificates], "label": "Signature"}
    return pades.sign(**order, **more, timestamps=timestamps)


def looked_at(pdf: bytes, who: identity.Identity) -> Any:
    (found,) = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    trusted = asn1.Certificate.load(who.certificates[0])
    return validate_pdf_signature(found, ValidationContext(trust_roots=[trusted], allow_fetching=False))


def test_a_signature_holds_over_the_whole_file_and_says_who_and_why(files, paper):
    who = identity.current()
    made = signed(paper, who)
    assert made.startswith(paper)  # an increment: what was printed is there to the last byte
    found = looked_at(made, who)
    assert (found.intact, found.valid, found.trusted) == (True, True, True)
    assert found.coverage.name == "ENTIRE_FILE"
    (field,) = PdfFileReader(io.BytesIO(made)).embedded_signatures
    assert (field.sig_object["/Name"], field.sig_object["/Reason"]) == (who.name, "Adopted")
    assert field.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"


def test_one_changed_byte_breaks_it(files, paper):
    who = identity.current()
    made = bytearray(signed(paper, who))
    made[len(paper) // 2] ^= 1
    found = looked_at(bytes(made), who)
    assert (found.intact, found.bottom_line) == (False, False)


def test_it_is_archival_and_accessible_still(files, paper):
    with pikepdf.open(io.BytesIO(signed(paper, identity.current()))) as opened:
        about = opened.open_metadata()
        assert (about["pdfaid:part"], about["pdfaid:conformance"], about["pdfuaid:part"]) == ("2", "A", "1")
        with pikepdf.open(io.BytesIO(paper)) as printed:
            assert opened.Root.Metadata.read_bytes() == printed.Root.Metadata.read_bytes()
            assert opened.docinfo == printed.docinfo
        assert (opened.pdf_version, "/Version" in opened.Root) == ("1.7", False)  # as PDF/A-2 asks
        assert opened.Root.Lang == "en"
        assert opened.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in opened.Root
        (field,) = opened.Root.AcroForm.Fields
        assert field.TU == "Signature"
        assert int(field.F) & 0b110 == 0b100  # printed, as PDF/A asks, and not hidden
        left, bottom, right, top = (float(one) for one in field.Rect)
        assert (right - left, top - bottom) == (0, 0)  # nothing to see, so no appearance is needed
        assert right < 0  # and outside the page, so that it needs no tag
        assert opened.pages[0].Tabs == "/S"


def test_a_time_stamp_that_does_not_come_is_a_refusal(files, paper, unused_port):
    with pytest.raises(pades.Unsignable):
        signed(paper, identity.current(), f"http://127.0.0.1:{unused_port}/")


@pytest.fixture
def stamping() -> Iterator[str]:
    """The address of a time-stamping service of our own."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    known = asn1.Certificate.load(certificate(key).public_bytes(Encoding.DER))
    plain = keys.PrivateKeyInfo.load(key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()))

    class Service(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            told = DummyTimeStamper(known, plain).request_tsa_response(asked).dump()
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(told)))
            self.end_headers()
            self.wfile.write(told)

        def log_message(self, *given: Any) -> None: ...

    with HTTPServer(("127.0.0.1", 0), Service) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_a_time_stamp_proves_when(files, paper, stamping):
    who = identity.current()
    found = looked_at(signed(paper, who, stamping), who)
    assert (found.intact, found.valid, found.timestamp_validity.intact) == (True, True, True)


@pytest.fixture
def unused_port() -> int:
    import socket

    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def test_what_is_no_pdf_is_a_refusal(files):
    with pytest.raises(pades.Unsignable):
        signed(b"no PDF", identity.current())

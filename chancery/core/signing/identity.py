"""Who signs: the key and certificate that the settings name, or a test key that says what it is.

Nothing here knows what is signed. What is wrong with a key is a refusal, told at start and on the pages."""

import datetime as dt
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.core.checks import CheckMessage, Warning

from ..asof import now
from ..refusals import Refusal, sentence

TEST_NAME = "TEST CERTIFICATE: proves nothing to others"
TEST_YEARS = 10


class CannotSign(Refusal):
    """Nothing is signed until somebody has mended the settings; everything else goes on."""

    status = 503


class KeyUnreadable(CannotSign):
    sentence = sentence("The signing key cannot be read. Check CHANCERY_SIGNING_KEY: a private key as PEM, or PKCS#12.")


class PassphraseWrong(CannotSign):
    sentence = sentence("The passphrase does not open the signing key. Check CHANCERY_SIGNING_PASSPHRASE.")


class CertificateUnreadable(CannotSign):
    sentence = sentence("The certificate of the signing key cannot be read. Check CHANCERY_SIGNING_CERTIFICATE.")


class CertificateOfAnotherKey(CannotSign):
    sentence = sentence("The certificate does not belong to the signing key. Put the one that was issued for it first.")


class KeyOfAnotherKind(CannotSign):
    sentence = sentence("The signing key is of a kind that readers of PDF do not know. Use RSA or an elliptic curve.")


class CertificateNotInForce(CannotSign):
    sentence = sentence("The certificate of the signing key is in force from {since} to {until} only. Renew it.")


@dataclass(frozen=True, slots=True)
class Identity:
    """A key (PKCS#8, unencrypted) and its certificate with those above it; all in DER."""

    key: bytes
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...] = ()
    is_test: bool = False

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of the certificate, in hexadecimal."""
        return self.certificate.fingerprint(hashes.SHA256()).hex()

    @property
    def name(self) -> str:
        """As the certificate calls whoever signs."""
        for kind in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME):
            if found := self.certificate.subject.get_attributes_for_oid(kind):
                return str(found[0].value)
        return self.certificate.subject.rfc4514_string()

    @property
    def certificates(self) -> list[bytes]:
        return [one.public_bytes(serialization.Encoding.DER) for one in (self.certificate, *self.chain)]


def current() -> Identity:
    """Who signs now; a test key is made where none is set. Raises a `CannotSign`."""
    path: Path = settings.SIGNING_KEY or _test_key()
    beside = settings.SIGNING_CERTIFICATE if settings.SIGNING_KEY else None
    found = _read(path, beside, settings.SIGNING_PASSPHRASE, (_changed(path), _changed(beside)))
    since, until = found.certificate.not_valid_before_utc, found.certificate.not_valid_after_utc
    if not since <= now() <= until:
        raise CertificateNotInForce(since=since, until=until)
    return found


def refusal() -> CannotSign | None:
    """Why nothing can be signed now; None where it can. Makes no key."""
    try:
        if settings.SIGNING_KEY:
            current()
    except CannotSign as found:
        return found
    return None


def mark() -> str:
    """What the pages say of signing hangs on this."""
    if not settings.SIGNING_KEY:
        return "test"
    found = refusal()
    return found.code if found else current().fingerprint


def check(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """Django's check at start. A warning: the record is served even while nothing can be signed."""
    found = refusal()
    return [Warning(found.english, id=f"signing.{found.code}")] if found else []


# ---------------------------------------------------------------- files
def _changed(path: Path | None) -> float:
    try:
        return path.stat().st_mtime if path else 0.0
    except OSError:
        return 0.0


@lru_cache(maxsize=4)
def _read(path: Path, certificate: Path | None, passphrase: str, changed: tuple[float, ...]) -> Identity:
    """What the files hold; `changed` is when they did, so that new ones are read again."""
    try:
        kept = path.read_bytes()
    except OSError:
        raise KeyUnreadable from None
    armoured = kept.lstrip().startswith(b"-----BEGIN")
    key, found = _pem(kept, certificate, passphrase) if armoured else _pkcs12(kept, passphrase)
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise KeyOfAnotherKind
    if not found or found[0].public_key() != key.public_key():
        raise CertificateOfAnotherKey
    plain = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return Identity(plain, found[0], tuple(found[1:]), is_test=path == _test_file())


def _pem(kept: bytes, certificate: Path | None, passphrase: str) -> tuple[Any, list[x509.Certificate]]:
    encrypted = b"ENCRYPTED" in kept
    read = serialization.load_pem_private_key
    key = _opened(lambda: read(kept, passphrase.encode() if encrypted else None), protected=encrypted)
    try:
        return key, x509.load_pem_x509_certificates(certificate.read_bytes() if certificate else kept)
    except (OSError, ValueError):
        raise CertificateUnreadable from None


def _pkcs12(kept: bytes, passphrase: str) -> tuple[Any, list[x509.Certificate]]:
    read = pkcs12.load_key_and_certificates
    looks_so = kept.startswith(b"\x30")  # a sequence in DER: without the passphrase no more can be said
    key, found, above = _opened(lambda: read(kept, passphrase.encode() or None), protected=looks_so)
    if key is None:
        raise KeyUnreadable
    return key, [one for one in (found, *above) if one]


def _opened(read: Callable[[], Any], *, protected: bool) -> Any:
    try:
        return read()
    except (ValueError, TypeError):
        raise (PassphraseWrong if protected else KeyUnreadable) from None
    except Exception:  # the library has a word of its own for a kind of key that it does not know
        raise KeyUnreadable from None


# ---------------------------------------------------------------- the test key
def _test_file() -> Path:
    return settings.KEY_FILE.with_name("signing-test.pem")


def _test_key() -> Path:
    """The file of the test key, made now where there is none. Of two processes that make it at once one wins."""
    path = _test_file()
    if path.exists():
        return path
    coming = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(coming, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with open(descriptor, "wb") as file:
            file.write(_made())
        os.link(coming, path)
    except FileExistsError:
        pass
    except OSError:
        raise KeyUnreadable from None
    finally:
        coming.unlink(missing_ok=True)
    return path


def _made() -> bytes:
    """A new key and a certificate that it signed itself, as PEM."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, TEST_NAME)])
    since = now() - dt.timedelta(days=1)
    usage = {
        one: one in ("digital_signature", "content_commitment")
        for one in (
            "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
            "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
        )
    }  # fmt: skip
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(since + dt.timedelta(days=365 * TEST_YEARS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**usage), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    kept = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return kept + made.public_bytes(pem)

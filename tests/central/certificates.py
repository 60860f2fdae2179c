"""Certificates of gateways: a root that counters trust, and what it signs."""

import ipaddress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HERE = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])


@dataclass(frozen=True)
class Root:
    """A root of its own."""

    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    @property
    def pem(self) -> str:
        """The root's own certificate."""
        return _pem(self._signed("root", self.key, -100, 100, authority=True))

    def serving(self, folder: Path, first_day: int, last_day: int) -> tuple[str, ...]:
        """What ``central serve`` is told to use a certificate that is good from day to day; today is 0."""
        key = ec.generate_private_key(ec.SECP256R1())
        certificate, private = folder / f"{first_day}.pem", folder / f"{first_day}.key"
        certificate.write_text(_pem(self._signed("centre", key, first_day, last_day)))
        form = serialization.PrivateFormat.PKCS8
        bare = serialization.NoEncryption()
        private.write_bytes(key.private_bytes(serialization.Encoding.PEM, form, bare))
        return "--certificate", str(certificate), "--key", str(private)

    def _signed(
        self, name: str, key: ec.EllipticCurvePrivateKey, first: int, last: int, *, authority: bool = False
    ) -> x509.Certificate:
        now = datetime.now(UTC)
        made = (
            x509.CertificateBuilder()
            .subject_name(_name(name)).issuer_name(_name("root")).public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now + timedelta(days=first)).not_valid_after(now + timedelta(days=last))
            .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        )  # fmt: skip
        made = made if authority else made.add_extension(HERE, critical=False)
        return made.sign(self.key, hashes.SHA256())


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(serialization.Encoding.PEM).decode()

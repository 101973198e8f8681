"""Who a server is and who we are, proven with certificates made for the test."""

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from pluginnovation.records.refusals import Unavailable
from pluginnovation.records.server_http import Patience
from pluginnovation.records.server_opening import ServerTold, opened_server
from pluginnovation.records.server_pages import Listing, pages
from tests.unit.records import ss_server
from tests.unit.records.ss_server import serving

NOW = datetime.now(UTC)
QUICK = Patience(seconds=5, tries=2, sleep=lambda _: None)


class Authority:
    """An authority that trusts itself, and makes certificates for 127.0.0.1 and for clients."""

    def __init__(self, folder, name):
        self.folder, self.name = folder, x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.file = self._write(name, self._signed(self.name, self.key, authority=True))

    def _signed(self, subject, key, *, authority=False, days=1):
        made = x509.CertificateBuilder().subject_name(subject).issuer_name(self.name).public_key(key.public_key())
        made = made.serial_number(x509.random_serial_number()).not_valid_before(NOW - timedelta(days=30))
        made = made.not_valid_after(NOW + timedelta(days=days))
        own = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
        above = x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key())
        made = made.add_extension(own, critical=False).add_extension(above, critical=False)
        here = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
        made = made.add_extension(here, critical=False)
        made = made.add_extension(x509.BasicConstraints(authority, None), critical=True)
        use = x509.KeyUsage(True, False, False, False, False, authority, authority, False, False)
        return made.add_extension(use, critical=True).sign(self.key, hashes.SHA256())

    def _write(self, name, certificate):
        path = self.folder / f"{name}.pem"
        path.write_bytes(certificate.public_bytes(Encoding.PEM))
        return path

    def pair(self, name, days=1):
        """A certificate and its key, each in a file."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        path = self.folder / f"{name}.key"
        path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        path.chmod(0o600)
        return self._write(name, self._signed(subject, key, days=days)), path


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("authority"), "authority")


@pytest.fixture(scope="module")
def another(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("another"), "another")


@pytest.fixture
def server(authority):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*authority.pair("server"))
    context.load_verify_locations(authority.file)
    context.verify_mode = ssl.CERT_REQUIRED
    with serving(ss_server.SsServer(), context) as own:
        yield own


def told(server, trusted, pair, **changes):
    certificate, key = pair
    return ServerTold(
        **(
            {"address": server.address, "token": "client_certificate", "authority": str(trusted.file)}
            | {"certificate": str(certificate), "key": str(key)}
            | changes
        )
    )


def persons(told):
    with opened_server(told, {}, QUICK) as opened:
        return sum(len(page.items) for page in pages(opened, Listing("persons", "/persons")))


def test_a_client_certificate_lets_us_in(server, authority):
    assert server.address.startswith("https://")
    assert persons(told(server, authority, authority.pair("plug"))) == 3
    assert "Authorization" not in server.asked[0].headers


def test_a_server_whose_certificate_is_not_trusted_is_not_spoken_to(server, authority, another):
    pair = authority.pair("plug")
    for one in (told(server, another, pair), told(server, another, pair, authority="")):
        with pytest.raises(Unavailable) as refused:
            persons(one)
        assert refused.value.code == "server_certificate_not_trusted"
    assert server.asked == []


def test_a_certificate_for_another_name_is_not_trusted(server, authority):
    elsewhere = server.address.replace("127.0.0.1", "localhost")
    with pytest.raises(Unavailable) as refused:
        persons(told(server, authority, authority.pair("plug"), address=elsewhere))
    assert refused.value.code == "server_certificate_not_trusted"


def test_a_certificate_that_has_ended_is_not_trusted(authority):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*authority.pair("ended", days=-1))
    with serving(ss_server.SsServer(), context) as own, pytest.raises(Unavailable) as refused:
        persons(told(own, authority, authority.pair("plug")))
    assert refused.value.code == "server_certificate_not_trusted"


def test_a_client_certificate_that_the_server_does_not_know_gets_no_answer(server, authority, another):
    with pytest.raises(Unavailable) as refused:
        persons(told(server, authority, another.pair("stranger")))
    assert refused.value.code == "server_unreachable"
    assert server.asked == []


def test_a_key_that_others_may_read_is_refused_before_anything_is_sent(server, authority):
    certificate, key = authority.pair("open")
    key.chmod(0o644)
    with pytest.raises(Unavailable, match="chmod 600") as refused:
        persons(told(server, authority, (certificate, key)))
    assert refused.value.code == "secret_open_to_others"


def test_files_that_are_no_certificates_are_refused(server, authority, tmp_path):
    certificate, key = authority.pair("plug")
    nonsense = tmp_path / "nonsense.pem"
    nonsense.write_text("x")
    nonsense.chmod(0o600)
    wrong = [
        {"certificate": str(nonsense)}, {"key": str(nonsense)}, {"authority": str(nonsense)},
        {"authority": str(tmp_path / "none")}, {"certificate": str(tmp_path / "none")},
    ]  # fmt: skip
    for changes in wrong:
        with pytest.raises(Unavailable) as refused:
            persons(told(server, authority, (certificate, key), **changes))
        assert refused.value.code == "certificate_unusable"


def test_a_token_is_not_sent_where_a_redirect_leads_without_tls(authority):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*authority.pair("server"))
    with serving(ss_server.SsServer(), context) as own, serving(ss_server.SsServer()) as plain:
        own.fault = lambda one: ss_server.error(302, Location=f"{plain.address}/persons")
        bearer = ServerTold(own.address, "bearer", "env:T", authority=str(authority.file))
        with opened_server(bearer, {"T": "hemligt"}, QUICK) as opened, pytest.raises(Unavailable) as refused:
            list(pages(opened, Listing("persons", "/persons")))
    assert refused.value.code == "server_leads_elsewhere"
    assert plain.asked == []

"""Mail over a real SMTP server on loopback: safe lines, headers that nobody adds to, what an answer means."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, timezone
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from kinerja.adapters.mail import (
    PERIHAL_TERPANJANG,
    GangguanSurelError,
    ServerSurel,
    Surat,
    SurelDitolakError,
    SurelTakPastiError,
    bita_surat,
    satu_baris,
    susun,
)
from kinerja.domain.errors import KinerjaError, PemakaianError

DARI, CITRA = "kinerja@contoh.go.id", "citra@contoh.go.id"
SAAT = datetime(2024, 10, 3, 10, 31, tzinfo=timezone(timedelta(hours=8)))
NAMA = "surel.contoh.go.id"


class PosTiruan(Controller):
    """A mail server on loopback that keeps what it took, and refuses, falls silent or hangs up when told.

    Attributes:
        surat: accepted messages, with the addresses they went to.
        jawab: answer by command or by recipient; ``putus`` hangs up instead, ``diam`` does not answer.
        sambungan, bungkam: how many lines were opened, and how often it did not answer.
    """

    def __init__(self, di: int = 0, **setelan: Any) -> None:
        self.surat: list[tuple[list[str], EmailMessage]]
        self.jawab: dict[str, str]
        self._soket = socket.socket(proto=socket.IPPROTO_TCP)  # so that asyncio answers without Nagle's pause
        self._soket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._soket.bind(("127.0.0.1", di))
        super().__init__(self, hostname="127.0.0.1", port=self._soket.getsockname()[1],
                         server_hostname="pos.contoh.go.id", **setelan)  # fmt: skip

    def _create_server(self) -> Any:
        return self.loop.create_server(self._factory_invoker, sock=self._soket, ssl=self.ssl_context)

    def start(self) -> None:
        super().start()
        self.kosong()

    def kosong(self) -> PosTiruan:
        """The same server, with nothing taken and nothing told."""
        self.surat, self.jawab, self.sambungan, self.bungkam = [], {}, 0, 0
        return self

    @contextmanager
    def pindah_hidup(self) -> Iterator[PosTiruan]:
        """A server that was stopped comes back on its port, with what it had."""
        with pos_tiruan(di=self.port) as baru:
            baru.surat, baru.jawab = self.surat, self.jawab
            yield baru

    async def _menjawab(self, server: Any, kunci: str, bawaan: str) -> str:
        jawaban = self.jawab.get(kunci, bawaan)
        if jawaban == "putus":
            server.transport.abort()
        self.bungkam += jawaban == "diam"
        while jawaban == "diam":  # until it is told to speak, or the client hangs up
            await asyncio.sleep(0.02)
            jawaban = self.jawab.get(kunci, bawaan)
        return jawaban

    async def handle_EHLO(self, server: Any, session: Any, envelope: Any, hostname: str, responses: list[str]) -> list[str]:
        self.sambungan += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        envelope.mail_from = address
        return await self._menjawab(server, "MAIL", "250 OK")

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        jawaban = await self._menjawab(server, address, "250 OK")
        if jawaban.startswith("2"):
            envelope.rcpt_tos.append(address)
        return jawaban

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        jawaban = await self._menjawab(server, "DATA", "250 OK")
        if jawaban.startswith("2"):
            m = message_from_bytes(envelope.content, policy=policy.SMTP)
            assert isinstance(m, EmailMessage)
            self.surat.append((envelope.rcpt_tos, m))
        return jawaban

    def diterima(self) -> list[tuple[str, str]]:
        """Recipient and subject of each message, in order."""
        return [(", ".join(kepada), str(m["Subject"])) for kepada, m in self.surat]


@contextmanager
def pos_tiruan(**setelan: Any) -> Iterator[PosTiruan]:
    pos = PosTiruan(**setelan)
    pos.start()
    try:
        yield pos
    finally:
        pos.stop()


@pytest.fixture(scope="module")
def pos_bersama() -> Iterator[PosTiruan]:
    with pos_tiruan() as p:
        yield p


@pytest.fixture
def pos(pos_bersama: PosTiruan) -> PosTiruan:
    return pos_bersama.kosong()


def server(pos: PosTiruan, **lain: Any) -> ServerSurel:
    return ServerSurel("127.0.0.1", DARI, pos.port, batas_detik=lain.pop("batas_detik", 5.0), **lain)


def surat(**lain: Any) -> Surat:
    return Surat(**{"pengenal": "a1b2", "kepada": CITRA, "perihal": "[Kinerja] Giliran", "isi": "Isi.\n", "dibuat": SAAT} | lain)


def kirim(s: ServerSurel, *isi: Surat) -> None:
    with s.buka() as jalur:
        for x in isi:
            jalur.kirim(x)


# the message


def test_a_message_arrives_as_it_was_written(pos: PosTiruan) -> None:
    isi = "Yth. Citra – “giliran Anda”:\n\n.titik di awal\n..\n" + "panjang " * 200 + "\nakhir tanpa baris baru"
    kirim(server(pos, nama="Meja Kerja Dinsos é"), surat(perihal="Triwulan III – 2024", isi=isi))
    ((kepada, m),) = pos.surat
    assert kepada == [CITRA]
    assert m.get_content().replace("\r\n", "\n").rstrip("\n") == isi
    assert (m["From"].addresses[0].display_name, m["From"].addresses[0].addr_spec) == ("Meja Kerja Dinsos é", DARI)
    assert {k: str(m[k]) for k in ("To", "Subject", "Message-ID", "Auto-Submitted")} == {
        "To": CITRA, "Subject": "Triwulan III – 2024", "Message-ID": "<a1b2@contoh.go.id>",
        "Auto-Submitted": "auto-generated",
    }  # fmt: skip
    assert m["Date"].datetime == SAAT
    assert m.get_content_type() == "text/plain"


JAHAT = [
    "baris\nBcc: korban@contoh.go.id", "baris\r\n\r\nisi palsu", "lipat\n Bcc: x@contoh.go.id", "\x00nol\x1b[31m",
    "\u2028pemisah\u2029baris\x85\x0b\x0c\x1c", "\u202emoc.live\u202c", "\ud800separuh", "😀" * 120, "x" * 50_000,
    'Dinas Sosial, Pemberdayaan Masyarakat dan Desa <palsu@contoh.go.id>, "Kab." (Boalemo) @ Tilamuta; sekali',
    "=?utf-8?q?=0ABcc:_x=40contoh.go.id?=", "x =\n?utf-8?b?CkJjYzogeEBiLmlk?= ==??utf-8?q?=0D=0A?=", " ", "",
]  # fmt: skip


@pytest.mark.parametrize("teks", JAHAT)
def test_no_text_adds_a_header_or_hides(teks: str) -> None:
    s = ServerSurel("localhost", DARI, nama=teks)
    bita = bita_surat(surat(perihal=teks, isi=f"{teks}\n{teks}"), s)
    assert bita.isascii()
    assert bita.count(b"\n") == bita.count(b"\r\n") == bita.count(b"\r")
    assert max(map(len, bita.split(b"\r\n"))) <= 998
    m = message_from_bytes(bita, policy=policy.SMTP)
    assert isinstance(m, EmailMessage)
    assert sorted(k.lower() for k in m) == [
        "auto-submitted", "content-transfer-encoding", "content-type", "date", "from", "message-id",
        "mime-version", "subject", "to",
    ]  # fmt: skip
    assert str(m["Subject"]).isprintable()
    assert str(m["Subject"]).replace(" ", "")[:20] == satu_baris(teks, 500).replace(" ", "")[:20]
    assert len(m["Subject"]) <= PERIHAL_TERPANJANG
    assert [a.addr_spec for a in m["To"].addresses] == [CITRA]
    assert [a.addr_spec for a in m["From"].addresses] == [DARI]
    assert all(h.isprintable() or h in "\n\N{NO-BREAK SPACE}" for h in m.get_content().replace("\r\n", "\n"))


def test_one_line_keeps_words_and_says_that_it_was_cut() -> None:
    assert satu_baris("  dua \n\t kata\N{NO-BREAK SPACE}Rp ", 50) == "dua kata Rp"
    assert satu_baris("abc\u202edef", 50) == "abc\ufffddef"
    assert satu_baris("satu dua tiga", 9) == "satu dua…"
    assert satu_baris("satu dua", 8) == "satu dua"


@pytest.mark.parametrize("panjang", range(60, 90, 3))
def test_a_subject_of_any_length_comes_back_as_it_was(panjang: int) -> None:
    perihal = ("[Kinerja] Giliran Anda: " + "siapkan kertas kerja " * 4)[:panjang].strip()
    bita = bita_surat(surat(perihal=perihal), ServerSurel("localhost", DARI))
    assert message_from_bytes(bita, policy=policy.SMTP)["Subject"] == perihal
    assert b"\r\n\r\nIsi.\r\n" in bita


def test_the_same_notice_is_the_same_message() -> None:
    s = ServerSurel("localhost", DARI)
    assert bita_surat(surat(), s) == bita_surat(surat(), s)
    assert str(susun(surat(pengenal="f" * 32), ServerSurel("localhost", "k@" + "dinas-panjang." * 5 + "go.id"))["Message-ID"]) == (
        f"<{'f' * 32}@{'dinas-panjang.' * 5}go.id>"
    )


@pytest.mark.parametrize("alamat", ["citra", "a@b\nBcc: x@y", "a@b, c@d", "<a@b>", "a@b>\r\nRCPT TO:<x@y", "é@b.id", "", "a@" + "b" * 300,
                                    "=?utf-8?q?=0ABcc=3A_x?=@b.id"])
def test_what_is_no_address_never_reaches_the_line(pos: PosTiruan, alamat: str) -> None:
    with pytest.raises(PemakaianError, match="alamat surel tidak sah"):
        kirim(server(pos), surat(kepada=alamat))
    with pytest.raises(PemakaianError, match="alamat surel tidak sah"):
        ServerSurel("localhost", alamat)
    assert pos.surat == []


# answers


def test_several_messages_go_over_one_line(pos: PosTiruan) -> None:
    kirim(server(pos), surat(perihal="satu"), surat(perihal="dua"))
    assert [p for _, p in pos.diterima()] == ["satu", "dua"]
    assert pos.sambungan == 1


@pytest.mark.parametrize("kode", ["550 5.1.1 tak ada", "553 nama salah", "554 5.7.1 tidak"])
def test_a_recipient_refused_for_good_harms_no_other(pos: PosTiruan, kode: str) -> None:
    pos.jawab["hilang@contoh.go.id"] = kode
    with server(pos).buka() as jalur:
        with pytest.raises(SurelDitolakError, match=f"menolak RCPT: {kode}") as e:
            jalur.kirim(surat(kepada="hilang@contoh.go.id"), lambda: pytest.fail("belum diserahkan"))
        jalur.kirim(surat())
    assert e.value.saran == "periksa alamat surel penerima"
    assert [k for k, _ in pos.diterima()] == [CITRA]


@pytest.mark.parametrize(
    ("kunci", "kode"),
    [(CITRA, "451 4.7.1 nanti"), (CITRA, "530 5.7.0 masuk dulu"), (CITRA, "putus"), (CITRA, "diam"),
     ("MAIL", "550 pengirim tidak dikenal"), ("MAIL", "452 penuh")],
)  # fmt: skip
def test_what_may_pass_is_not_for_good_and_was_not_handed_over(pos: PosTiruan, kunci: str, kode: str) -> None:
    pos.jawab[kunci] = kode
    with pytest.raises(GangguanSurelError), server(pos, batas_detik=0.4).buka() as jalur:
        jalur.kirim(surat(), lambda: pytest.fail("belum diserahkan"))
    assert pos.surat == []


def test_a_message_that_the_server_read_and_refused_is_judged_by_its_code(pos: PosTiruan) -> None:
    for kode, jenis in (("552 terlalu besar", SurelDitolakError), ("451 nanti", GangguanSurelError)):
        pos.jawab["DATA"] = kode
        serah: list[int] = []
        with pytest.raises(jenis, match="menolak isi surat"), server(pos).buka() as jalur:
            jalur.kirim(surat(), lambda serah=serah: serah.append(1))
        assert serah == [1]
    assert pos.surat == []


@pytest.mark.parametrize("kode", ["diam", "putus"])
def test_a_whole_message_without_an_answer_is_uncertain(pos: PosTiruan, kode: str) -> None:
    pos.jawab["DATA"] = kode
    serah: list[int] = []
    with pytest.raises(SurelTakPastiError, match="tidak menjawab sesudah menerima surat"), server(pos, batas_detik=0.4).buka() as jalur:
        jalur.kirim(surat(), lambda: serah.append(1))
    assert serah == [1]


def test_an_act_that_fails_before_the_message_leaves_nothing_at_the_server(pos: PosTiruan) -> None:
    def gagal() -> None:
        raise KinerjaError("basis data penuh")

    with pytest.raises(KinerjaError, match="basis data penuh"), server(pos).buka() as jalur:
        jalur.kirim(surat(), gagal)
    assert pos.surat == []


# the line


def test_a_server_that_is_not_there_or_is_none_is_told(pos: PosTiruan, monkeypatch: pytest.MonkeyPatch) -> None:
    port = pos.port
    with socket.socket() as bisu:
        bisu.bind(("127.0.0.1", 0))
        bisu.listen()
        with pytest.raises(GangguanSurelError, match=r"tidak menjawab dalam 0\.3 detik"):
            kirim(ServerSurel("127.0.0.1", DARI, bisu.getsockname()[1], batas_detik=0.3))
        tutup = bisu.getsockname()[1]
    with pytest.raises(GangguanSurelError, match=f"port {tutup} tidak dapat dihubungi"):
        kirim(ServerSurel("127.0.0.1", DARI, tutup))
    with pytest.raises(GangguanSurelError, match="sambungan aman ke server surel") as e:
        kirim(ServerSurel("127.0.0.1", DARI, port, smtps=True, batas_detik=5))
    assert "465 untuk SMTPS" in e.value.saran

    def tak_dikenal(*_: object) -> socket.socket:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "create_connection", tak_dikenal)
    with pytest.raises(GangguanSurelError, match=r"tiada\.invalid tidak ditemukan"):
        kirim(ServerSurel("tiada.invalid", DARI))


@pytest.mark.parametrize("lain", [{"akun": "x"}, {"sandi": "x"}, {"akun": "é", "sandi": "x"}, {"percaya": Path("/tiada.pem")},
                                  {"inang": "a b"}, {"inang": "a..b"}, {"inang": ""}, {"inang": "x\nRCPT"}])  # fmt: skip
def test_settings_that_cannot_be_are_refused_at_the_start(lain: dict[str, Any]) -> None:
    with pytest.raises(PemakaianError):
        ServerSurel(**{"inang": NAMA, "dari": DARI} | lain)


def test_a_password_is_shown_nowhere() -> None:
    assert "rahasia-sekali" not in repr(ServerSurel(NAMA, DARI, akun="meja", sandi="rahasia-sekali"))


def _masuk(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
    return AuthResult(success=(data.login, data.password) == (b"meja", b"benar"), handled=False)


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS:UserWarning")
def test_signing_in_and_being_refused() -> None:
    with pos_tiruan(authenticator=_masuk, auth_required=True, auth_require_tls=False) as pos:
        kirim(server(pos, akun="meja", sandi="benar"), surat())
        with pytest.raises(GangguanSurelError, match="menolak nama atau kata sandinya"):
            kirim(server(pos, akun="meja", sandi="salah"), surat())
        with pytest.raises(GangguanSurelError, match="530"):
            kirim(server(pos), surat())
    assert len(pos.surat) == 1


def test_a_server_without_signing_in_says_so(pos: PosTiruan) -> None:
    with pytest.raises(GangguanSurelError, match="tidak mengenal cara masuk ini"):
        kirim(server(pos, akun="meja", sandi="benar"), surat())


# encryption


@pytest.fixture(scope="module")
def sertifikat(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an office's own authority and a certificate of ``surel.contoh.go.id`` by it."""
    folder = tmp_path_factory.mktemp("tls")
    kunci_ca, kunci = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    ca, nama = (x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, n)]) for n in ("CA Kantor", NAMA))

    def tanda(pemilik: x509.Name, publik: ec.EllipticCurvePublicKey, ekstensi: x509.ExtensionType) -> bytes:
        kini = datetime.now(UTC)
        b = x509.CertificateBuilder(ca, pemilik, publik, x509.random_serial_number(),
                                    kini - timedelta(days=1), kini + timedelta(days=1))  # fmt: skip
        return b.add_extension(ekstensi, critical=True).sign(kunci_ca, SHA256()).public_bytes(Encoding.PEM)

    (folder / "ca.pem").write_bytes(tanda(ca, kunci_ca.public_key(), x509.BasicConstraints(ca=True, path_length=None)))
    (folder / "server.pem").write_bytes(tanda(nama, kunci.public_key(), x509.SubjectAlternativeName([x509.DNSName(NAMA)])))
    (folder / "kunci.pem").write_bytes(kunci.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return folder


@pytest.fixture
def tls(sertifikat: Path) -> ssl.SSLContext:
    konteks = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    konteks.load_cert_chain(sertifikat / "server.pem", sertifikat / "kunci.pem")
    return konteks


@pytest.fixture
def jauh(monkeypatch: pytest.MonkeyPatch) -> None:
    """Names under contoh.go.id lead to this computer, as they would lead over the network."""
    asli = socket.create_connection

    def sambung(alamat: tuple[str, int], *lain: Any, **nama: Any) -> socket.socket:
        return asli(("127.0.0.1", alamat[1]) if alamat[0].endswith("contoh.go.id") else alamat, *lain, **nama)

    monkeypatch.setattr(socket, "create_connection", sambung)


@pytest.mark.usefixtures("jauh")
def test_over_the_network_nothing_goes_in_the_clear(pos: PosTiruan) -> None:
    with pytest.raises(GangguanSurelError, match="STARTTLS"):
        kirim(ServerSurel(NAMA, DARI, pos.port, akun="meja", sandi="benar"), surat())
    assert pos.surat == []


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS:UserWarning")
@pytest.mark.usefixtures("jauh")
@pytest.mark.parametrize("smtps", [False, True])
def test_a_checked_certificate_opens_the_line(tls: ssl.SSLContext, sertifikat: Path, smtps: bool) -> None:
    setelan = {"ssl_context": tls} if smtps else {"tls_context": tls, "require_starttls": True}
    masuk = {"authenticator": _masuk, "auth_required": True, "auth_require_tls": not smtps}
    with pos_tiruan(**setelan, **masuk) as pos:
        kirim(ServerSurel(NAMA, DARI, pos.port, smtps, "meja", "benar", percaya=sertifikat / "ca.pem"), surat())
        assert [k for k, _ in pos.diterima()] == [CITRA]
        for s in (ServerSurel(NAMA, DARI, pos.port, smtps),
                  ServerSurel("lain.contoh.go.id", DARI, pos.port, smtps, percaya=sertifikat / "ca.pem")):  # fmt: skip
            with pytest.raises(GangguanSurelError, match="tidak dapat dipercaya") as e:
                kirim(s, surat())
            assert "sertifikat CA kantor" in e.value.saran
    assert len(pos.surat) == 1


def test_on_this_computer_a_certificate_of_its_own_making_will_do(tls: ssl.SSLContext) -> None:
    with pos_tiruan(ssl_context=tls) as pos:
        kirim(server(pos, smtps=True), surat())
    assert len(pos.surat) == 1


@pytest.mark.parametrize(("inang", "setempat"), [("localhost", True), ("127.0.0.9", True), ("::1", True), ("10.0.0.7", False),
                                                 (NAMA, False), ("localhost.contoh.go.id", False)])  # fmt: skip
def test_which_servers_are_on_this_computer(inang: str, setempat: bool) -> None:
    assert ServerSurel(inang, DARI).setempat is setempat

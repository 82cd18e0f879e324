"""Mail that goes out: one conversation with a mail server (SMTP), and what a message looks like there.

It decides which line is safe (STARTTLS or SMTPS with a checked certificate; only a server on this
computer may be spoken to in the clear), that no text can add a header, and what an answer means:
refused for good, try again, or handed over without an answer. It leaves out what a message says
and when it is tried again (``accounts.outbox``).

Example:
    >>> with ServerSurel("surel.contoh.go.id", "kinerja@contoh.go.id").buka() as jalur:
    ...     jalur.kirim(surat)
"""

from __future__ import annotations

import ipaddress
import re
import smtplib
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from functools import partial
from pathlib import Path

from kinerja.domain.errors import KinerjaError, PemakaianError

PORT_STARTTLS, PORT_SMTPS = 587, 465
PERIHAL_TERPANJANG = 200
_TERPANJANG, _NAMA_TERPANJANG = 254, 100
_INANG = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.:-]{0,252}[A-Za-z0-9])?|::1")
_ALAMAT = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})*")
"""A valid e-mail address of HTML (WHATWG, section 4.10.5.1.5), as in ``accounts.contacts``."""
_KHUSUS = re.compile(r'[()<>\[\]:;@\\,."]+')
"""What a name must quote (RFC 5322, section 3.2.3); ``email`` loses the quotes of a long one."""
_LIPAT_AWAL = re.compile(rb"(?m)^([!-9;-~]+):\r\n ")
"""A header that ``email`` folds before its first word, which some readers show as a blank."""
_SANDI_KATA = "=?"  # begins an encoded word (RFC 2047, section 2)
_TITIK_AWAL = re.compile(rb"(?m)^\.")
_BERHASIL, _SIAP_MENERIMA, _TETAP = range(200, 300), range(354, 355), range(500, 600)
_BUKAN_PENERIMA = frozenset({503, 530, 535})
"""Refusals of us, though they answer a recipient: wrong order, not signed in (RFC 4954, section 6)."""


class GangguanSurelError(KinerjaError):
    """The server cannot take it now; surely nothing was delivered, so it may be tried again."""


class SurelDitolakError(KinerjaError):
    """The server refuses this recipient or this message for good."""


class SurelTakPastiError(KinerjaError):
    """The whole message was handed over and no answer came: it may have been delivered."""


@dataclass(frozen=True, slots=True)
class Surat:
    """One message.

    Attributes:
        pengenal: what stands before the ``@`` of its Message-ID; the same for the same notice.
        dibuat: its Date, which a second try does not change.
    """

    pengenal: str
    kepada: str
    perihal: str
    isi: str
    dibuat: datetime


@dataclass(frozen=True, slots=True)
class ServerSurel:
    """The mail server that takes our messages.

    Attributes:
        dari: address of the sender.
        smtps: encrypted from the first byte (port 465) instead of STARTTLS.
        akun, sandi: to sign in with; "" where the server wants none.
        nama: the sender as people read it.
        percaya: PEM file of an office's own certificate authority.

    Raises:
        PemakaianError: one of them cannot be.
    """

    inang: str
    dari: str
    port: int = PORT_STARTTLS
    smtps: bool = False
    akun: str = ""
    sandi: str = field(default="", repr=False)
    nama: str = "Meja Kerja"
    percaya: Path | None = None
    batas_detik: float = 20.0

    def __post_init__(self) -> None:
        if not _INANG.fullmatch(self.inang) or ".." in self.inang:
            raise PemakaianError(f"server surel `{self.inang}` bukan nama server", "misal surel.contoh.go.id")
        tuntut_alamat(self.dari)
        if not (self.akun.isascii() and self.sandi.isascii()) or bool(self.akun) != bool(self.sandi):
            saran = "isi keduanya, atau kosongkan keduanya; hanya huruf ASCII"
            raise PemakaianError("nama dan kata sandi server surel tidak dapat dipakai", saran)
        try:
            if self.percaya:
                self._konteks()
        except OSError as e:
            raise PemakaianError(f"sertifikat CA {self.percaya} tidak terbaca", "berikan berkas PEM") from e

    @property
    def setempat(self) -> bool:
        """Whether the line stays on this computer."""
        with suppress(ValueError):
            return ipaddress.ip_address(self.inang).is_loopback
        return self.inang.casefold() == "localhost"

    @property
    def domain(self) -> str:
        """What stands behind the ``@`` of the sender."""
        return self.dari.partition("@")[2]

    @contextmanager
    def buka(self) -> Iterator[Jalur]:
        """A safe line to the server, signed in.

        Raises:
            GangguanSurelError: there is none now.
        """
        with _terjemahkan(self):
            smtp = self._sambung()
        try:
            with _terjemahkan(self):
                self._amankan(smtp)
                if self.akun:
                    smtp.login(self.akun, self.sandi)
            yield Jalur(self, smtp)
            with suppress(smtplib.SMTPException, OSError):
                smtp.quit()
        finally:
            smtp.close()

    def _sambung(self) -> smtplib.SMTP:
        kelas = partial(smtplib.SMTP_SSL, context=self._konteks()) if self.smtps else smtplib.SMTP
        return kelas(self.inang, self.port, self.domain, timeout=self.batas_detik)

    def _amankan(self, smtp: smtplib.SMTP) -> None:
        smtp.ehlo_or_helo_if_needed()
        if self.smtps or self.setempat:
            return
        if not smtp.has_extn("starttls"):
            pesan = f"server surel {self.inang} tidak menawarkan sambungan terenkripsi (STARTTLS)"
            raise GangguanSurelError(pesan, f"pakai port {PORT_SMTPS} dengan SMTPS, bila server itu punya")
        smtp.starttls(context=self._konteks())
        smtp.ehlo()

    def _konteks(self) -> ssl.SSLContext:
        konteks = ssl.create_default_context(cafile=str(self.percaya) if self.percaya else None)
        konteks.minimum_version = ssl.TLSVersion.TLSv1_2
        if self.setempat:  # nobody stands between; such servers have certificates of their own making
            konteks.check_hostname = False
            konteks.verify_mode = ssl.CERT_NONE
        return konteks


class Jalur:
    """An open line to a mail server."""

    def __init__(self, server: ServerSurel, smtp: smtplib.SMTP) -> None:
        self._server, self._smtp = server, smtp

    def kirim(self, surat: Surat, serahkan: Callable[[], None] = lambda: None) -> None:
        """Sends one message.

        Args:
            serahkan: called right before the message itself goes over the line. After that only the
                server knows whether it was delivered, until it answers.

        Raises:
            SurelDitolakError: it will never be taken.
            GangguanSurelError: not taken now; the line is of no more use.
            SurelTakPastiError: no answer to the whole message.
        """
        isi = _TITIK_AWAL.sub(b"..", bita_surat(surat, self._server)) + b".\r\n"
        with _terjemahkan(self._server):
            self._tuntut("MAIL", self._smtp.mail(self._server.dari), tetap=False)
            self._tuntut("RCPT", self._smtp.rcpt(surat.kepada))
            self._tuntut("DATA", self._smtp.docmd("DATA"), _SIAP_MENERIMA)
        serahkan()
        with _terjemahkan(self._server):  # an incomplete message is none: its end is sent last
            self._smtp.send(isi)
        try:
            jawaban = self._smtp.getreply()
        except (smtplib.SMTPException, OSError) as e:
            pesan = f"server surel {self._server.inang} tidak menjawab sesudah menerima surat"
            raise SurelTakPastiError(pesan, "surat itu mungkin sampai dan tidak dikirim lagi") from e
        self._tuntut("isi surat", jawaban)

    def _tuntut(
        self, perintah: str, jawaban: tuple[int, bytes], baik: range = _BERHASIL, *, tetap: bool = True
    ) -> None:
        """Raises unless the answer is a good one; ``tetap``: whether a refusal can be for good."""
        kode, _ = jawaban
        if kode in baik:
            return
        kata = f"server surel {self._server.inang} menolak {perintah}: {_jawaban(*jawaban)}"
        if not tetap or kode not in _TETAP or kode in _BUKAN_PENERIMA:
            raise GangguanSurelError(kata, "periksa alamat pengirim dan setelan server surel")
        with suppress(smtplib.SMTPException, OSError):  # the next message finds a line that is gone
            self._smtp.rset()
        raise SurelDitolakError(kata, "periksa alamat surel penerima")


def susun(surat: Surat, server: ServerSurel) -> EmailMessage:
    """The message with its headers, of characters that are seen."""
    tuntut_alamat(surat.kepada)
    m = EmailMessage(policy=policy.SMTP)
    m["From"] = Address(_kepala(_KHUSUS.sub(" ", server.nama), _NAMA_TERPANJANG), addr_spec=server.dari)
    m["To"] = Address(addr_spec=surat.kepada)
    m["Subject"] = _kepala(surat.perihal, PERIHAL_TERPANJANG)
    m["Date"] = surat.dibuat
    m["Message-ID"] = f"<{surat.pengenal}@{server.domain}>"
    m["Auto-Submitted"] = "auto-generated"
    m.set_content("\n".join(map(tampak, surat.isi.split("\n"))), cte="quoted-printable")
    return m


def bita_surat(surat: Surat, server: ServerSurel) -> bytes:
    """The message as it goes over the line: seven bits, each line ended with CR LF."""
    kepala, pemisah, isi = susun(surat, server).as_bytes().partition(b"\r\n\r\n")
    bita = _LIPAT_AWAL.sub(rb"\1: ", kepala) + pemisah + isi
    return bita if bita.endswith(b"\r\n") else bita + b"\r\n"


def tuntut_alamat(alamat: str) -> None:
    """Refuses what is no mail address (PemakaianError)."""
    if not _ALAMAT.fullmatch(alamat) or len(alamat) > _TERPANJANG or _SANDI_KATA in alamat:
        raise PemakaianError("alamat surel tidak sah", "tulis misalnya nama@contoh.go.id")


def satu_baris(teks: str, panjang: int) -> str:
    """A text on one line: no line ends, nothing unseen, no longer than that."""
    bersih = " ".join(tampak(b) for b in teks[: panjang * 4].split())
    return bersih if len(bersih) <= panjang else f"{bersih[: panjang - 1].rstrip()}…"


def tampak(baris: str) -> str:
    """A line without what is not seen but acts: controls, marks of writing direction, halves of letters."""
    return "".join(h if h.isprintable() or h == "\N{NO-BREAK SPACE}" else "\ufffd" for h in baris)


# helpers


def _kepala(teks: str, panjang: int) -> str:
    """A text for a header. ``email`` decodes what looks encoded already, with the line ends in it."""
    return satu_baris(teks.replace(_SANDI_KATA, "= ?"), panjang)


@contextmanager
def _terjemahkan(server: ServerSurel) -> Iterator[None]:
    """What the line and the server say, in one Indonesian sentence; none of it is for good."""
    try:
        yield
    except (smtplib.SMTPException, OSError) as e:
        raise GangguanSurelError(*_sebab(e, server)) from e


def _sebab(e: smtplib.SMTPException | OSError, server: ServerSurel) -> tuple[str, str]:
    nama = f"server surel {server.inang}"
    if isinstance(e, TimeoutError) or isinstance(e.__context__, TimeoutError):
        return f"{nama} tidak menjawab dalam {server.batas_detik:g} detik", "periksa nama, port, dan jaringan"
    match e:
        case smtplib.SMTPAuthenticationError():
            return f"{nama} menolak nama atau kata sandinya", "periksa nama dan kata sandi server surel"
        case smtplib.SMTPNotSupportedError():
            return f"{nama} tidak mengenal cara masuk ini", "kosongkan nama dan kata sandi server surel"
        case smtplib.SMTPResponseException():
            return f"{nama} menjawab {_jawaban(e.smtp_code, e.smtp_error)}", "periksa setelan server surel"
        case ssl.SSLCertVerificationError():
            saran = "pakai nama yang tertulis pada sertifikat itu, atau berikan sertifikat CA kantor"
            return f"sertifikat {nama} tidak dapat dipercaya: {satu_baris(e.verify_message, 120)}", saran
        case ssl.SSLError():
            return f"sambungan aman ke {nama} gagal", "periksa port: 587 untuk STARTTLS, 465 untuk SMTPS"
        case socket.gaierror():
            return f"{nama} tidak ditemukan", "periksa nama server surel dan jaringan"
        case smtplib.SMTPServerDisconnected():
            return f"{nama} memutus sambungan", "periksa port: 587 untuk STARTTLS, 465 untuk SMTPS"
    return f"{nama} port {server.port} tidak dapat dihubungi", "periksa nama, port, dan jaringan"


def _jawaban(kode: int, kata: bytes | str) -> str:
    teks = kata.decode("ascii", "replace") if isinstance(kata, bytes) else str(kata)
    return f"{kode} {satu_baris(teks, 120)}".strip()

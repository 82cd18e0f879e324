"""``kinerja serve`` as a process: invitation, HTTPS under a DNS name, the site built behind it, stopping."""

from __future__ import annotations

import datetime
import http.client
import json
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from kinerja.web.server import port_bebas

pytestmark = pytest.mark.lambat

NAMA = "kinerja.contoh.test"
AKAR = Path(__file__).parents[2]
LINGKUNGAN = os.environ | {"PYTHONPATH": str(AKAR / "tooling"), "PYTHONUTF8": "1"}


def kinerja(*argumen: str) -> subprocess.CompletedProcess[str]:
    perintah = [sys.executable, "-m", "kinerja", *argumen]
    return subprocess.run(perintah, capture_output=True, text=True, env=LINGKUNGAN, check=False, timeout=60)


@pytest.fixture
def dinas(contoh_terbuka: Path, tmp_path: Path) -> Path:
    shutil.copytree(contoh_terbuka, tmp_path / "dinas")
    return tmp_path / "dinas"


@pytest.fixture
def mulai() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    jalan: list[subprocess.Popen[str]] = []

    def satu(*argumen: str) -> subprocess.Popen[str]:
        perintah = [sys.executable, "-m", "kinerja", "serve", *argumen]
        jalan.append(
            subprocess.Popen(perintah, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=LINGKUNGAN)
        )
        return jalan[-1]

    yield satu
    for p in jalan:
        p.kill()
        p.communicate()


def sertifikat(folder: Path) -> tuple[Path, Path]:
    """A certificate for the desk's name, trusted by itself."""
    kunci = ec.generate_private_key(ec.SECP256R1())
    nama = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAMA)])
    kini = datetime.datetime.now(datetime.UTC)
    isi = (
        x509.CertificateBuilder()
        .subject_name(nama).issuer_name(nama).public_key(kunci.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(kini - datetime.timedelta(days=1)).not_valid_after(kini + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAMA)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(kunci, hashes.SHA256())
    )  # fmt: skip
    (folder / "rantai.pem").write_bytes(isi.public_bytes(serialization.Encoding.PEM))
    (folder / "kunci.pem").write_bytes(
        kunci.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return folder / "rantai.pem", folder / "kunci.pem"


def tanya(port: int, jalur: str, konteks: ssl.SSLContext | None = None, inang: str = NAMA) -> Any:
    """One GET to this computer under the desk's name."""
    for _ in range(150):
        try:
            if konteks:
                h = http.client.HTTPSConnection("127.0.0.1", port, timeout=10, context=konteks)
                h.sock = konteks.wrap_socket(socket.create_connection(("127.0.0.1", port)), server_hostname=NAMA)
            else:
                h = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            h.request("GET", jalur, headers={"Host": inang})
            jawab = h.getresponse()
            isi = jawab.read().decode()
            h.close()
            return jawab.status, dict(jawab.getheaders()), isi
        except ConnectionError:
            time.sleep(0.1)
    raise AssertionError("server tidak menjawab")


def test_https_under_a_dns_name(dinas: Path, tmp_path: Path, mulai: Callable[..., Any]) -> None:
    rantai, kunci = sertifikat(tmp_path)
    port = port_bebas(19_100 + os.getpid() % 400 * 20)
    alamat = f"https://{NAMA}:{port}"
    p = mulai("--repo", str(dinas), "--alamat", alamat, "--port", str(port), "--sertifikat", str(rantai),
              "--kunci-sertifikat", str(kunci), "--format", "json")  # fmt: skip
    konteks = ssl.create_default_context(cafile=str(rantai))
    kode, kepala, isi = tanya(port, "/masuk", konteks)
    assert kode == 200
    assert "Masuk dengan passkey" in isi
    assert f'"rpId":"{NAMA}"' in isi.replace("&#34;", '"')
    assert "__Host-kinerja-pintu" in kepala["set-cookie"]
    assert "Secure" in kepala["set-cookie"]
    assert kepala["strict-transport-security"]
    assert tanya(port, "/masuk", konteks, "lain.contoh.test")[0] == 421
    p.send_signal(signal.SIGINT)
    keluar, galat = p.communicate(timeout=15)
    assert p.returncode == 0, galat
    assert json.loads(keluar) == {
        "skema": "serve/v1", "alamat": f"{alamat}/", "situs": f"{alamat}/situs/", "demo": False,
    }  # fmt: skip


def test_an_invitation_from_the_command_line(dinas: Path) -> None:
    hasil = kinerja("serve", "--repo", str(dinas), "--undang", "p-oki", "--format", "json")
    isi = json.loads(hasil.stdout)
    assert (isi["skema"], isi["orang"], isi["hari"]) == ("undangan/v1", "p-oki", 3)
    assert isi["tautan"].startswith("http://localhost:8000/undangan/")
    tiada = kinerja("serve", "--repo", str(dinas), "--undang", "p-tiada")
    assert tiada.returncode == 2
    assert "tidak dikenal" in tiada.stderr


def test_a_taken_port_and_an_open_network_are_refused_in_words(dinas: Path, mulai: Callable[..., Any]) -> None:
    port = port_bebas(19_100 + os.getpid() % 400 * 20)
    mulai("--repo", str(dinas), "--port", str(port))
    tanya(port, "/masuk", inang=f"localhost:{port}")
    dua = kinerja("serve", "--repo", str(dinas), "--port", str(port))
    assert dua.returncode == 2
    assert f"port {port} tidak dapat dipakai" in dua.stderr
    jaringan = kinerja("serve", "--repo", str(dinas), "--ikat", "0.0.0.0", "--port", "19099")  # noqa: S104
    assert jaringan.returncode == 2
    assert "harus lewat HTTPS" in jaringan.stderr


def test_the_site_is_built_behind_the_desk_and_only_when_main_moved(dinas: Path, mulai: Callable[..., Any]) -> None:
    port = port_bebas(19_100 + os.getpid() % 400 * 20)
    p = mulai("--repo", str(dinas), "--port", str(port))
    inang = f"localhost:{port}"
    for _ in range(300):
        kode, _, isi = tanya(port, "/situs/", inang=inang)
        if kode == 200:
            break
        assert "belum dibangun" in isi
        time.sleep(0.2)
    assert kode == 200
    p.send_signal(signal.SIGINT)
    p.communicate(timeout=15)
    halaman = dinas / "keluar" / "situs" / "index.html"
    lama = halaman.stat().st_mtime_ns
    p = mulai("--repo", str(dinas), "--port", str(port))
    assert tanya(port, "/situs/", inang=inang)[0] == 200
    time.sleep(1)
    assert halaman.stat().st_mtime_ns == lama

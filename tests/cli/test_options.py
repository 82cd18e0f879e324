"""``--kunci``: a private file, a ``.pub`` file, or the word ``agen``, with a real ssh-agent."""

from __future__ import annotations

import base64
import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from kinerja.adapters.event_log import cacat_tanda_tangan
from kinerja.adapters.fido import JENIS_ED25519
from kinerja.adapters.local_forge import pelaku
from kinerja.adapters.refs import UTAMA
from kinerja.agency import cari_instansi
from kinerja.cli.main import jalankan
from kinerja.cli.options import TipeKunci

pytestmark = [
    pytest.mark.alat("ssh-keygen", "ssh-agent", "ssh-add"),
    pytest.mark.skipif(os.name != "posix", reason="soket Unix"),
]
Capsys = pytest.CaptureFixture[str]
IDENTITAS = "reports/identitas.yaml"


@pytest.fixture
def rsa(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The ``.pub`` file of an RSA key whose private half is in an agent alone."""
    berkas = tmp_path / "rsa"
    subprocess.run(["ssh-keygen", "-q", "-t", "rsa", "-b", "2048", "-N", "", "-f", str(berkas)], check=True)
    with tempfile.TemporaryDirectory(prefix="agen-") as nama:
        soket = Path(nama) / "s"
        diam = subprocess.DEVNULL
        with subprocess.Popen(["ssh-agent", "-D", "-a", str(soket)], stdout=diam, stderr=diam) as proses:
            batas = time.monotonic() + 30
            while not soket.exists() and time.monotonic() < batas:
                time.sleep(0.02)
            monkeypatch.setenv("SSH_AUTH_SOCK", str(soket))
            subprocess.run(["ssh-add", "-q", str(berkas)], check=True)
            berkas.unlink()
            yield berkas.with_suffix(".pub")
            proses.terminate()


@pytest.fixture
def dinas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A sample agency on 2024-04-01."""
    monkeypatch.delenv("KINERJA_SEBAGAI", raising=False)
    assert jalankan(["init", str(tmp_path / "dinas"), "--contoh"]) == 0
    monkeypatch.setenv("KINERJA_WAKTU", "2024-04-01T08:05")
    return tmp_path / "dinas"


def daftarkan(dinas: Path, orang: str, publik: str) -> None:
    """The person's registered key on main becomes this one."""
    instansi = cari_instansi(dinas)
    forge = instansi.forge()
    utama = forge.utama()
    lama = instansi.kunci.joinpath(f"{orang}.pub").read_text().strip().encode()
    bita = forge.repo.baca(utama, IDENTITAS) or b""
    assert lama in bita
    milik = forge.reports().identitas().cari("p-oki")
    assert milik is not None
    isi = {IDENTITAS: bita.replace(lama, publik.encode())}
    saat = datetime.fromisoformat("2024-01-03T08:00:00+08:00")
    oid = forge.repo.tulis_commit([utama], isi, "Ganti kunci\n", pelaku(milik), saat)
    forge.repo.pindah_ref(UTAMA, oid, utama, "uji")


@pytest.mark.parametrize("cara", ["agen", "berkas"])
def test_an_act_is_signed_by_a_key_of_the_agent(dinas: Path, rsa: Path, cara: str, capsys: Capsys) -> None:
    daftarkan(dinas, "p-bakri", rsa.read_text().strip())
    kunci = "agen" if cara == "agen" else str(rsa)
    perintah = ["disposisi", "2024-tw1", "--sebagai", "p-bakri", "--repo", str(dinas), "--kunci", kunci]
    assert jalankan(perintah) == 0
    assert "Sentuh" not in capsys.readouterr().err
    forge = cari_instansi(dinas).forge()
    catatan = [c for c in forge.log.baca() if c.peristiwa.orang == "p-bakri"]
    assert catatan
    r = forge.reports()
    assert cacat_tanda_tangan(catatan, r.identitas(), r.zona()) == ()
    assert jalankan(["status", "--repo", str(dinas)]) == 0


def test_a_key_that_is_not_the_persons_is_not_taken_from_the_agent(
    dinas: Path, rsa: Path, capsys: Capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    perintah = ["disposisi", "2024-tw1", "--sebagai", "p-bakri", "--repo", str(dinas), "--kunci"]
    assert jalankan([*perintah, "agen"]) == 3
    assert "kunci p-bakri yang terdaftar tidak ada di ssh-agent" in capsys.readouterr().err
    assert jalankan([*perintah, str(rsa)]) == 1
    assert "kebijakan tidak mengizinkan" in capsys.readouterr().err
    monkeypatch.setenv("SSH_AUTH_SOCK", str(dinas / "tidak-ada"))
    assert jalankan([*perintah, "agen"]) == 3
    assert "ssh-agent tidak berjalan" in capsys.readouterr().err


def test_a_token_asks_to_be_touched(dinas: Path, rsa: Path, capsys: Capsys) -> None:
    token = rsa.with_name("token.pub")
    blob = b"".join(len(b).to_bytes(4, "big") + b for b in (JENIS_ED25519.encode(), bytes(32), b"ssh:"))
    token.write_text(f"{JENIS_ED25519} {base64.b64encode(blob).decode()} token\n")
    perintah = ["disposisi", "2024-tw1", "--sebagai", "p-bakri", "--repo", str(dinas)]
    assert jalankan([*perintah, "--kunci", str(token)]) == 1
    assert "Sentuh token" in capsys.readouterr().err


def test_a_file_of_the_name_agen_is_a_file() -> None:
    tipe = TipeKunci(path_type=Path, dir_okay=False)
    assert tipe.convert("agen", None, None) == "agen"
    assert tipe.convert("./agen", None, None) == Path("agen")

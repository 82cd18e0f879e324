"""The archive's bytes follow from its content, and strangers' tools accept it."""

from __future__ import annotations

import importlib.util
import io
import os
import re
import subprocess
import sys
import zipfile
from hashlib import sha256
from pathlib import Path
from types import ModuleType

import pytest

from kinerja.domain.errors import KinerjaError
from kinerja.domain.putusan import KunciPercaya
from kinerja.publishing.archive import bita_pernyataan, isi_log, susun_arsip, tulis_zip
from kinerja.publishing.trust import tulis_percaya


def _contoh() -> ModuleType:
    spec = importlib.util.spec_from_file_location("arsip_contoh", Path(__file__).with_name("arsip_contoh.py"))
    assert spec and spec.loader
    modul = sys.modules.setdefault("arsip_contoh", importlib.util.module_from_spec(spec))
    if not hasattr(modul, "bangunan"):
        spec.loader.exec_module(modul)
    return modul


C = _contoh()


def test_same_input_same_bytes_whatever_the_order() -> None:
    b = C.bangunan()
    isi = b.muatan()
    terbalik = dict(reversed(isi.items()))
    satu = susun_arsip(isi, b.pernyataan(), C.kunci("p-citra").tanda_tangani)
    dua = susun_arsip(terbalik, b.pernyataan(), C.kunci("p-citra").tanda_tangani)
    assert satu == dua == C.bangunan().arsip()


def test_same_bytes_in_another_process(tmp_path: Path) -> None:
    """Hash seed, time zone and umask do not show."""
    program = (
        "import importlib.util, sys; from hashlib import sha256\n"
        "s = importlib.util.spec_from_file_location('arsip_contoh', sys.argv[1])\n"
        "m = sys.modules['arsip_contoh'] = importlib.util.module_from_spec(s)\n"
        "s.loader.exec_module(m); print(sha256(m.bangunan().arsip()).hexdigest())\n"
    )
    lingkungan = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(sys.path),
        "TZ": "America/Lima",
    }
    berkas = str(Path(__file__).with_name("arsip_contoh.py"))
    keluaran = [
        subprocess.run(
            [sys.executable, "-c", program, berkas],
            env={**lingkungan, "PYTHONHASHSEED": benih},
            capture_output=True,
            check=True,
            cwd=tmp_path,
        ).stdout
        for benih in ("1", "2")
    ]
    assert set(keluaran) == {sha256(C.bangunan().arsip()).hexdigest().encode() + b"\n"}


def test_python_zipfile_would_write_the_same_container() -> None:
    """A second, independent writer of the profile."""
    arsip = C.bangunan(tambahan={"laporan/Catatan Ketua é.md": b"isi"}).arsip()
    keluar = io.BytesIO()
    with zipfile.ZipFile(keluar, "w", zipfile.ZIP_STORED) as z:
        for nama, isi in sorted(C.buka(arsip).items()):
            info = zipfile.ZipInfo(nama, (1980, 1, 1, 0, 0, 0))
            info.create_system, info.external_attr = 3, 0o100644 << 16
            z.writestr(info, isi)
    assert keluar.getvalue() == arsip


def test_layout() -> None:
    berkas = C.buka(C.bangunan().arsip())
    di_luar = {n for n in berkas if not n.startswith("data/")}
    assert di_luar == {
        "LIHAT-SAYA.txt",
        "bag-info.txt",
        "bagit.txt",
        "manifest-sha256.txt",
        "manifest-sha512.txt",
        "signatures/arsip.sig",
        "statement.json",
        "tagmanifest-sha256.txt",
        "tagmanifest-sha512.txt",
    }
    assert berkas["bagit.txt"] == b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    assert "DATA CONTOH" in berkas["LIHAT-SAYA.txt"].decode()
    assert "DATA CONTOH" in berkas["bag-info.txt"].decode()
    tercantum = berkas["tagmanifest-sha256.txt"].decode()
    assert "statement.json" not in tercantum
    assert "signatures/" not in tercantum


@pytest.mark.alat("sha256sum", "sha512sum", "ssh-keygen", "bash")
def test_hand_instructions_are_true(tmp_path: Path) -> None:
    """Every command that LIHAT-SAYA.txt prints is run as printed."""
    arsip = C.bangunan().arsip()
    with zipfile.ZipFile(io.BytesIO(arsip)) as z:
        z.extractall(tmp_path)
    kunci: tuple[KunciPercaya, ...] = C.PERCAYA
    (tmp_path / "percaya.txt").write_text(tulis_percaya(kunci))
    teks = (tmp_path / "LIHAT-SAYA.txt").read_text()
    perintah = re.findall(r"^    ((?:sha|ssh)(?:.*\\\n)*.*)$", teks, re.MULTILINE)
    assert len(perintah) == 5
    keluaran = ""
    for p in perintah:
        hasil = subprocess.run(["bash", "-c", p], cwd=tmp_path, capture_output=True, check=False)
        assert hasil.returncode == 0, (p, hasil.stderr)
        keluaran += hasil.stdout.decode()
    assert 'Good "kinerja.arsip.v1" signature for p-citra' in keluaran
    pernyataan = (tmp_path / "statement.json").read_text()
    for sidik in re.findall(r"^([0-9a-f]{64,128})  tagmanifest", keluaran, re.MULTILINE):
        assert sidik in pernyataan


def test_statement_is_canonical_and_holds_the_manifests() -> None:
    p = C.bangunan().pernyataan()
    assert bita_pernyataan(p).endswith(b"}\n")
    assert b'"manifes"' in bita_pernyataan(p)


@pytest.mark.parametrize(
    "nama",
    [
        "../kabur.txt",
        "/etc/passwd",
        "a\\b",
        "C:/x",
        "a/",
        "a//b",
        "./a",
        "e\u0301.txt",
        "a\u202eb",
        "a\nb",
        "CON",
        "lpt1.txt",
        "x. ",
        "tanya?.md",
        "x" * 496,
        "persen%41",
    ],
)
def test_names_that_cannot_travel_are_refused(nama: str) -> None:
    b = C.bangunan(tambahan={nama: b"isi"})
    with pytest.raises(KinerjaError, match="tidak dapat diarsipkan"):
        b.arsip()


@pytest.mark.parametrize("nama", ["reports/Jabatan.yaml", "reports", "Reports/x", "csv/a/b"])
def test_names_that_clash_are_refused(nama: str) -> None:
    b = C.bangunan(tambahan={nama: b"isi", "csv/a": b"isi"})
    if nama != "csv/a/b":
        del b.tambahan["csv/a"]
    with pytest.raises(KinerjaError, match="bertabrakan"):
        b.arsip()


def test_unsigned_archive_is_never_made() -> None:
    b = C.bangunan()
    with pytest.raises(KinerjaError, match="tidak ditandatangani"):
        susun_arsip(b.muatan(), b.pernyataan(), lambda _pesan, _ruang: None)


def test_too_many_files_are_refused() -> None:
    banyak = ((f"{i:05d}", b"") for i in range(65_536))
    with pytest.raises(KinerjaError, match="65534 berkas"):
        tulis_zip(io.BytesIO(), banyak)


def test_unsigned_event_has_no_signature_file() -> None:
    b = C.bangunan()
    b.catat(C.Tindakan.SIAPKAN, "p-citra", "kasubag-program", "2024-04-06 09:00", kunci=None)
    nama = set(isi_log(b.catatan))
    assert "peristiwa/000006.json" in nama
    assert "peristiwa/000006.json.sig" not in nama
    assert len(nama) == 11

"""Hostile files: a finding within bounded time and memory, never a traceback, never a wrong number."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kinerja.adapters.trees import PohonFolder, PohonTumpuk
from kinerja.adapters.yaml_strict import muat
from kinerja.adapters.yaml_text import tulis_blok
from kinerja.checking.run import periksa_pohon
from kinerja.domain.findings import Finding

VALID = PohonFolder(Path(__file__).parents[1] / "examples" / "valid")
TW1 = "reports/2024/tw1/kertas-kerja/layanan.yaml"
BERKAS = [j for j in VALID.daftar("reports/") if j.endswith(".yaml")]
ISI = {j: VALID.baca(j) or b"" for j in BERKAS}
MIB = 1024 * 1024


def periksa(jalur: str, bita: bytes) -> tuple[Finding, ...]:
    """Every finding of the file, and of what else is judged by it."""
    return periksa_pohon(PohonTumpuk({jalur: bita}, VALID), None if jalur != TW1 else [jalur])


def sisip(lama: bytes, baru: bytes) -> bytes:
    assert ISI[TW1].count(lama) == 1
    return ISI[TW1].replace(lama, baru)


BOM_ALIAS = b"a: &a [x, x, x, x, x, x, x, x, x]\n" + b"".join(
    b"%c: &%c [%s]\n" % (98 + n, 98 + n, b", ".join(b"*%c" % (97 + n) for _ in range(9))) for n in range(8)
)
JAHAT = {
    "alias berlipat": BOM_ALIAS,
    "sangat dalam": b"[" * 5_000 + b"]" * 5_000,
    "sangat dalam, kelompok": b"".join(b" " * n + b"a:\n" for n in range(2_000)),
    "bilangan raksasa": sisip(b"realisasi: 75.00", b"realisasi: " + b"9" * 100_000),
    "desimal raksasa": sisip(b"realisasi: 75.00", b"realisasi: 0." + b"9" * 100_000),
    "pangkat": sisip(b"realisasi: 75.00", b"realisasi: 1e999999999"),
    "tak hingga": sisip(b"realisasi: 75.00", b"realisasi: .inf"),
    "bukan angka": sisip(b"realisasi: 75.00", b"realisasi: .nan"),
    "biner": sisip(b"realisasi: 75.00", b"realisasi: !!binary aGVsbG8="),
    "objek": sisip(b"realisasi: 75.00", b"realisasi: !!python/object/apply:os.system [id]"),
    "heksa": sisip(b"realisasi: 75.00", b"realisasi: 0x4B"),
    "oktal": sisip(b"realisasi: 75.00", b"realisasi: 0o113"),
    "enam puluhan": sisip(b"realisasi: 75.00", b"realisasi: 1:15"),
    "garis bawah": sisip(b"realisasi: 75.00", b"realisasi: 7_5"),
    "tab": ISI[TW1].replace(b"    realisasi:", b"\trealisasi:"),
    "tab campur": ISI[TW1].replace(b"    realisasi:", b"  \t  realisasi:"),
    "nul": ISI[TW1] + b"\x00",
    "utf-16": ISI[TW1].decode().encode("utf-16"),
    "latin-1": ISI[TW1].decode().encode("latin-1", "replace") + b"# caf\xe9\n",
    "dua dokumen": ISI[TW1] + b"---\n" + ISI[TW1],
    "petunjuk": b"%YAML 1.1\n---\n" + ISI[TW1],
    "kosong": b"",
    "hanya komentar": b"# kosong\n",
    "daftar": b"- 1\n- 2\n",
    "teks": b"halo",
    "sepuluh megabita": ISI[TW1] + b"# " + b"x" * (10 * MIB) + b"\n",
    "baris sangat panjang": sisip(b"nama: Persentase anak terlayani", b"nama: " + b"a" * 900_000),
    "banyak kunci": b"".join(b"k%d: 1\n" % n for n in range(60_000)),
    "banyak baris": b"skema: kertas-kerja/v1\nindikator:\n" + b"  - id: a\n" * 40_000,
    "satu angka tanpa akhir": sisip(b"realisasi: 60 ", b'realisasi: "' + b"1 " * 400_000 + b'" '),
    "tanda kurung tanpa akhir": sisip(b"realisasi: 60 ", b'realisasi: "' + b"(" + b" " * 500_000 + b'x" '),
    "hanya nomor": ISI[TW1] + b"# " + b"7502011203850001 " * 50_000 + b"\n",
    "kutip terbuka": ISI[TW1] + b'x: "' + b"a\n" * 5_000,
}


@pytest.mark.parametrize("nama", JAHAT)
def test_a_hostile_file_is_a_finding_in_bounded_time(nama: str) -> None:
    mulai = time.process_time()
    temuan = periksa(TW1, JAHAT[nama])
    assert temuan
    assert all(t.berkas and t.pesan and t.tindakan for t in temuan)
    assert all(len(t.teks()) < 3_000 for t in temuan)
    assert time.process_time() - mulai < 30, "no bound is near this; a runaway is far beyond it"


@pytest.mark.parametrize("bita", [b"\xef\xbb\xbf" + ISI[TW1], ISI[TW1].replace(b"\n", b"\r\n")], ids=["BOM", "CRLF"])
def test_what_editors_of_windows_write_is_read_alike(bita: bytes) -> None:
    assert [t.teks() for t in periksa(TW1, bita)] == [t.teks() for t in periksa(TW1, ISI[TW1])]


def test_ten_megabytes_stay_within_memory(tmp_path: Path) -> None:
    berkas = tmp_path / "besar.yaml"
    berkas.write_bytes(b"skema: kertas-kerja/v1\nindikator:\n" + b"  - {id: a, nama: b}\n" * 480_000)
    skrip = (
        "import resource, sys\n"
        "resource.setrlimit(resource.RLIMIT_AS, (600 * 1024 * 1024,) * 2)\n"
        "from kinerja.cli.main import main\n"
        f"main(['validate', {str(berkas)!r}])\n"
    )
    hasil = subprocess.run(
        [sys.executable, "-c", skrip], capture_output=True, text=True, check=False,
        env={"PYTHONPATH": str(Path(__file__).parents[2] / "tooling"), "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert hasil.returncode == 1, hasil.stderr
    assert "berkas-terlalu-besar" in hasil.stdout


@given(st.binary(max_size=400))
def test_any_bytes_at_all(bita: bytes) -> None:
    data, temuan = muat(bita, "x.yaml")
    assert data is None or not temuan
    assert isinstance(periksa(TW1, bita), tuple)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)
@given(st.sampled_from(BERKAS), st.integers(0, 10**6), st.integers(0, 12), st.binary(max_size=12))
def test_any_document_with_any_bytes_changed(jalur: str, tempat: int, buang: int, baru: bytes) -> None:
    asal = ISI[jalur]
    awal = tempat % (len(asal) + 1)
    assert isinstance(periksa(jalur, asal[:awal] + baru + asal[awal + buang :]), tuple)


NILAI = (
    st.none() | st.booleans() | st.integers(-(10**20), 10**20)
    | st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15, places=3)
    | st.sampled_from(["", "-", "2024-02-30", "2024-tw9", "kabid:layanan", "lay-01", "1.06.04.2.01.0001", "~", "BB"])
    | st.text(max_size=8)
)  # fmt: skip


def _tempat(data: object, jalan: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    butir = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [jalan, *(t for k, v in butir for t in _tempat(v, (*jalan, k)))]


TEMPAT = {j: _tempat(muat(b, j)[0]) for j, b in ISI.items()}


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=150)
@given(st.sampled_from(BERKAS), st.data())
def test_any_document_with_any_value_changed(jalur: str, data: st.DataObject) -> None:
    """Values of another kind, missing fields, emptied lists: rules meet them all and never break."""
    isi: object = muat(ISI[jalur], jalur)[0]
    jalan = data.draw(st.sampled_from(TEMPAT[jalur][1:]))
    induk = isi
    for bagian in jalan[:-1]:
        induk = induk[bagian]  # type: ignore[index]
    match data.draw(st.sampled_from(["nilai", "buang", "ganda", "daftar", "kelompok"])):
        case "nilai":
            induk[jalan[-1]] = data.draw(NILAI)  # type: ignore[index]
        case "buang":
            del induk[jalan[-1]]  # type: ignore[attr-defined]
        case "ganda" if isinstance(induk, list):
            induk.append(induk[jalan[-1]])  # type: ignore[index]
        case "daftar":
            induk[jalan[-1]] = []  # type: ignore[index]
        case _:
            induk[jalan[-1]] = {}  # type: ignore[index]
    assert isinstance(periksa(jalur, "\n".join(tulis_blok(isi, 0)).encode()), tuple)


@given(st.text(st.sampled_from("0123456789.,%-+ eE_xo:'Rp()/"), max_size=16))
def test_a_number_is_read_as_written_or_not_at_all(teks: str) -> None:
    """Whatever the reader takes for a number prints again as the same text, sign and zeros included."""
    data, temuan = muat(f"a: {teks}\n".encode(), "x.yaml")
    nilai = data.get("a") if isinstance(data, dict) else None
    if not temuan and isinstance(nilai, int | Decimal) and not isinstance(nilai, bool):
        assert f"{nilai:f}" == teks.strip() if isinstance(nilai, Decimal) else str(nilai) == teks.strip()
        json.dumps(str(nilai))

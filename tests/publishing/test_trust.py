"""The trust file: what ssh-keygen reads too, and nothing that would trust too much."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kinerja.adapters.keys import KunciPribadi, periksa
from kinerja.adapters.sshsig import KunciBelumDidukungError
from kinerja.domain.putusan import KunciPercaya
from kinerja.publishing.trust import baca_percaya, cari_penandatangan, tulis_percaya

KUNCI = KunciPribadi(Ed25519PrivateKey.from_private_bytes(bytes(32)))
LAIN = KunciPribadi(Ed25519PrivateKey.from_private_bytes(bytes([1] * 32)))
ARSIP = "kinerja.arsip.v1"


def test_reads_a_file_with_comments() -> None:
    teks = f"""# kunci tepercaya

p-citra namespaces="{ARSIP}" {KUNCI.publik} catatan di belakang
bappeda namespaces="kinerja.tanda-terima.v1,x.v1",valid-after="20240101Z" {LAIN.publik}
"""
    satu, dua = baca_percaya(teks)
    assert satu == KunciPercaya("p-citra", (ARSIP,), KUNCI.publik)
    assert dua.ruang == ("kinerja.tanda-terima.v1", "x.v1")
    assert dua.mulai == datetime(2024, 1, 1, tzinfo=UTC)
    assert baca_percaya("") == ()


def test_written_and_read_again() -> None:
    kunci = (
        KunciPercaya("p-citra", (ARSIP, "x.v1"), KUNCI.publik),
        KunciPercaya(
            "bappeda",
            (ARSIP,),
            LAIN.publik,
            datetime(2024, 1, 1, tzinfo=UTC),
            datetime(2025, 1, 1, 8, 30, tzinfo=UTC),
        ),
    )
    assert baca_percaya(tulis_percaya(kunci)) == kunci


@pytest.mark.parametrize(
    ("baris", "kata"),
    [
        ('* namespaces="a.v1" {k}', "pemilik"),
        ('p-* namespaces="a.v1" {k}', "pemilik"),
        ('p-a,p-b namespaces="a.v1" {k}', "pemilik"),
        ('!p-a namespaces="a.v1" {k}', "pemilik"),
        ("p-a {k}", "harus berisi"),
        ("p-a", "harus berisi"),
        ('p-a namespaces="*" {k}', "namespaces"),
        ('p-a namespaces="kinerja.*" {k}', "namespaces"),
        ('p-a namespaces="" {k}', "namespaces"),
        ('p-a valid-after="20240101Z" {k}', "namespaces"),
        ('p-a cert-authority,namespaces="a.v1" {k}', "cert-authority"),
        ('p-a namespaces="a.v1",izin="x" {k}', "izin"),
        ('p-a namespaces="a.v1",valid-before="20240101" {k}', "20240131Z"),
        ('p-a namespaces="a.v1",valid-before="besok" {k}', "20240131Z"),
        ('p-a namespaces="a.v1" ssh-ed25519 AAAA', "rusak"),
        ('p-a namespaces="a.v1" ssh-ed25519 ***', "baris 1"),
        ('p-a namespaces="a.v1" ssh-rsa {b}', "rusak"),
    ],
)
def test_refuses_what_trusts_too_much(baris: str, kata: str) -> None:
    teks = baris.format(k=KUNCI.publik, b=KUNCI.publik.split()[1])
    with pytest.raises(ValueError, match="baris 1") as e:
        baca_percaya(teks)
    assert kata in str(e.value)


def test_one_key_is_one_person() -> None:
    teks = f'p-a namespaces="{ARSIP}" {KUNCI.publik}\np-b namespaces="{ARSIP}" {KUNCI.publik}\n'
    with pytest.raises(ValueError, match=r"baris 2.*atas nama p-a"):
        baca_percaya(teks)


@pytest.mark.alat("ssh-keygen")
def test_ssh_keygen_reads_what_we_write(tmp_path: Path) -> None:
    kunci = KunciPercaya(
        "p-citra",
        (ARSIP,),
        KUNCI.publik,
        datetime(2024, 1, 1, tzinfo=UTC),
        datetime(2025, 1, 1, tzinfo=UTC),
    )
    (tmp_path / "percaya").write_text(tulis_percaya([kunci]))
    (tmp_path / "sig").write_text(KUNCI.tanda_tangani(b"isi", ARSIP))

    def terima(saat: str) -> bool:
        perintah = ["ssh-keygen", "-Y", "verify", "-f", str(tmp_path / "percaya"), "-I", "p-citra"]
        perintah += ["-n", ARSIP, "-s", str(tmp_path / "sig"), f"-Overify-time={saat}"]
        hasil = subprocess.run(perintah, input=b"isi", capture_output=True, check=False)
        return hasil.returncode == 0

    assert terima("20240701Z")
    assert not terima("20250701Z")
    assert kunci.berlaku(datetime(2024, 7, 1, tzinfo=UTC))
    assert not kunci.berlaku(datetime(2025, 1, 1, tzinfo=UTC))


def test_who_signed() -> None:
    percaya = (
        KunciPercaya("p-a", (ARSIP,), LAIN.publik),
        KunciPercaya("p-citra", (ARSIP,), KUNCI.publik),
    )
    armor = KUNCI.tanda_tangani(b"isi", ARSIP).encode()
    hasil = cari_penandatangan(percaya, ARSIP, b"isi", armor, periksa)
    assert hasil.kunci == percaya[1]
    hasil = cari_penandatangan(percaya[:1], ARSIP, b"isi", armor, periksa)
    assert (hasil.kunci, hasil.dapat_diperiksa) == (None, True)
    assert "p-a" in hasil.alasan
    hasil = cari_penandatangan(percaya, "lain.v1", b"isi", armor, periksa)
    assert (hasil.kunci, hasil.dapat_diperiksa) == (None, False)


def test_a_key_that_cannot_be_tried_leaves_it_open() -> None:
    def tak_bisa(_publik: str, _pesan: bytes, _armor: str, _ruang: str) -> bool:
        raise KunciBelumDidukungError("jenis kunci `sk-x` belum didukung")

    percaya = (KunciPercaya("p-a", (ARSIP,), LAIN.publik),)
    hasil = cari_penandatangan(percaya, ARSIP, b"isi", b"", tak_bisa)
    assert (hasil.kunci, hasil.dapat_diperiksa) == (None, False)
    assert "belum didukung" in hasil.alasan

"""Every case of the tamper matrix is caught, with its reason; nothing ever raises."""

from __future__ import annotations

import importlib.util
import io
import json
import re
import struct
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from hashlib import md5, sha256, sha512
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinerja.adapters.keys import periksa
from kinerja.domain.laporan import Masukan
from kinerja.domain.organisasi import Kunci, Sebutan
from kinerja.domain.peristiwa import kanonik
from kinerja.domain.putusan import Baris, KunciPercaya, Putus, Putusan
from kinerja.domain.tata_kelola import Jaminan, Tindakan
from kinerja.publishing.twins import kembar, polos_json
from kinerja.publishing.verification import Pemeriksa, periksa_arsip


def _contoh() -> ModuleType:
    spec = importlib.util.spec_from_file_location("arsip_contoh", Path(__file__).with_name("arsip_contoh.py"))
    assert spec and spec.loader
    modul = sys.modules.setdefault("arsip_contoh", importlib.util.module_from_spec(spec))
    if not hasattr(modul, "bangunan"):
        spec.loader.exec_module(modul)
    return modul


C = _contoh()
BAIK: bytes = C.bangunan().arsip()
BERKAS: dict[str, bytes] = C.buka(BAIK)
LAPORAN, KERTAS = f"data/{C.LAPORAN}", f"data/{C.KERTAS}"
Ubah = Callable[[dict[str, bytes]], None]


def alasan(putusan: Putusan) -> str:
    """Every line that is not SAH, as one text."""
    return "\n".join(f"{b.pokok}: {b.alasan}" for b in putusan.baris if b.putus is not Putus.SAH)


def tolak(arsip: bytes, kata: str, **lain: Any) -> None:
    """The archive is TIDAK SAH for the expected reason, even with a fresh receipt."""
    putusan = C.periksa_contoh(arsip, **lain)
    assert putusan.hasil is Putus.TIDAK_SAH, putusan
    assert kata in alasan(putusan)


def manifes_baru(f: dict[str, bytes]) -> None:
    """Recomputes all four manifests, as a forger would."""
    for nama, hash_ in (("sha256", sha256), ("sha512", sha512)):
        isi = sorted(n for n in f if n.startswith("data/"))
        f[f"manifest-{nama}.txt"] = _manifes(f, isi, hash_)
    muatan = [len(f[n]) for n in f if n.startswith("data/")]
    oksum = f"Payload-Oxum: {sum(muatan)}.{len(muatan)}\n".encode()
    f["bag-info.txt"] = re.sub(rb"Payload-Oxum: [0-9]+\.[0-9]+\n", oksum, f["bag-info.txt"])
    tag = sorted({"LIHAT-SAYA.txt", "bag-info.txt", "bagit.txt", *(n for n in f if n[:4] == "mani")})
    for nama, hash_ in (("sha256", sha256), ("sha512", sha512)):
        f[f"tagmanifest-{nama}.txt"] = _manifes(f, tag, hash_)


def _manifes(f: dict[str, bytes], nama: list[str], hash_: Callable[[bytes], Any]) -> bytes:
    return "".join(f"{hash_(f[n]).hexdigest()}  {n}\n" for n in nama).encode()


def pernyataan_baru(f: dict[str, bytes], oleh: str | None = None) -> None:
    """Puts the new digests into the statement, and signs it when somebody does."""
    isi = json.loads(f["statement.json"])
    for nama, hash_ in (("sha256", sha256), ("sha512", sha512)):
        isi["manifes"][nama] = hash_(f[f"tagmanifest-{nama}.txt"]).hexdigest()
    f["statement.json"] = kanonik(isi)
    if oleh:
        tanda = C.kunci(oleh).tanda_tangani(f["statement.json"], "kinerja.arsip.v1")
        f["signatures/arsip.sig"] = tanda.encode()


# what is good


def test_good_archive_is_sah() -> None:
    p = C.periksa_contoh(BAIK)
    assert p.hasil is Putus.SAH, alasan(p)
    assert (p.laporan, p.periode, p.versi, p.opd) == (
        "contoh/2024-tw1",
        "2024-tw1",
        1,
        "Dinas Contoh",
    )
    assert p.penanda == "DATA CONTOH"
    assert p.sha256 == sha256(BAIK).hexdigest()
    assert any("PP 71/2019 Pasal 60" in c for c in p.catatan)


def test_verdict_says_who_office_acting_basis_act_and_assurance() -> None:
    teks = "\n".join(b.alasan for b in C.periksa_contoh(BAIK).baris)
    for bagian in (
        "Nama p-eka (Plh. Kabid Rehsos berdasarkan SPT 090/CONTOH-1/2024)",
        "Tanda tangan Kepala Dinas",
        "Paraf sekretaris",
        "kunci-sendiri",
        "diterima bappeda (Petugas Contoh) pada 2024-04-07T09:00:00+08:00",
    ):
        assert bagian in teks


def test_without_witness_it_is_uncertain_never_sah() -> None:
    p = periksa_arsip(io.BytesIO(BAIK), Pemeriksa(C.PERCAYA, periksa, C.putar_ulang, tanda_terima=None))
    assert p.hasil is Putus.TAK_PASTI
    assert alasan(p) == (
        "saksi waktu: waktu belum disaksikan: tidak ada tanda terima; mintakan kepada penerima laporan"
    )


@pytest.mark.parametrize(
    ("terima", "kata"),
    [
        (C.tanda_terima(b"lain"), "arsip lain"),
        (C.tanda_terima(BAIK, oleh="p-kiki"), "bukan tanda tangan sah"),
        (C.tanda_terima(BAIK, diterima=C.waktu("2024-04-06 08:00")), "sebelum arsipnya dibuat"),
        (C.tanda_terima(BAIK, status=C.Status.RESMI), "menyebut data resmi"),
        (b"\xff", "tidak terbaca"),
    ],
)
def test_a_receipt_that_is_no_witness(terima: bytes, kata: str) -> None:
    p = C.periksa_contoh(BAIK, terima)
    assert p.hasil is Putus.TAK_PASTI
    assert kata in alasan(p)


def test_one_cannot_witness_oneself() -> None:
    percaya = (replace(C.PERCAYA[0], ruang=("kinerja.arsip.v1", "kinerja.tanda-terima.v1")),)
    terima = C.tanda_terima(BAIK, oleh="p-citra", penerima="p-citra")
    p = C.periksa_contoh(BAIK, terima, percaya)
    assert p.hasil is Putus.TAK_PASTI
    assert "bukan oleh pihak lain" in alasan(p)


def test_small_clock_difference_is_allowed() -> None:
    terima = C.tanda_terima(BAIK, diterima=C.waktu("2024-04-06 08:55"))
    assert C.periksa_contoh(BAIK, terima).hasil is Putus.SAH


def test_nobody_trusted_is_uncertain() -> None:
    p = C.periksa_contoh(BAIK, percaya=())
    assert p.hasil is Putus.TAK_PASTI
    assert "tidak memuat kunci" in alasan(p)


def test_approvals_not_replayed_is_uncertain() -> None:
    def kosong(_isi: object, _pernyataan: object) -> tuple[Baris, ...]:
        return ()

    p = periksa_arsip(io.BytesIO(BAIK), Pemeriksa(C.PERCAYA, periksa, kosong, C.tanda_terima(BAIK)))
    assert p.hasil is Putus.TAK_PASTI
    assert "tidak diputar ulang" in alasan(p)


@pytest.mark.parametrize("pokok", ["persetujuan", "hitungan ulang"])
def test_a_check_that_the_caller_left_out_is_never_sah(pokok: str) -> None:
    def sebagian(isi: Any, pernyataan: Any) -> tuple[Baris, ...]:
        return tuple(b for b in C.putar_ulang(isi, pernyataan) if b.pokok != pokok)

    p = periksa_arsip(io.BytesIO(BAIK), Pemeriksa(C.PERCAYA, periksa, sebagian, C.tanda_terima(BAIK)))
    assert p.hasil is Putus.TAK_PASTI


# the tamper matrix, by its numbers


def _02(f: dict[str, bytes]) -> None:
    f[LAPORAN] += b"# tambahan\n"


def _03(f: dict[str, bytes]) -> None:
    _02(f)
    manifes_baru(f)


def _03b(f: dict[str, bytes]) -> None:
    _03(f)
    pernyataan_baru(f)


def _04(f: dict[str, bytes]) -> None:
    _03(f)
    pernyataan_baru(f, "p-penyusup")


def _05(f: dict[str, bytes]) -> None:
    f["manifest-sha512.txt"] = f["manifest-sha512.txt"].replace(b"a", b"b", 1)


def _06(f: dict[str, bytes]) -> None:
    f["data/csv/tambahan.csv"] = b"1,2\n"


def _07(f: dict[str, bytes]) -> None:
    f["baca-dulu.txt"] = b"hai"


def _08(f: dict[str, bytes]) -> None:
    del f[KERTAS]


def _09(f: dict[str, bytes]) -> None:
    _08(f)
    manifes_baru(f)


def _10(f: dict[str, bytes]) -> None:
    lain = C.buka(C.bangunan().arsip(periode="2024-tw2", laporan="contoh/2024-tw2"))
    f["signatures/arsip.sig"] = lain["signatures/arsip.sig"]


def _11(f: dict[str, bytes]) -> None:
    tanda = C.kunci("p-citra").tanda_tangani(f["statement.json"], "kinerja.paraf.v1")
    f["signatures/arsip.sig"] = tanda.encode()


def _12(f: dict[str, bytes]) -> None:
    f["signatures/arsip.sig"] = b""


def _12b(f: dict[str, bytes]) -> None:
    del f["signatures/arsip.sig"]


def _13(f: dict[str, bytes]) -> None:
    del f["data/peristiwa/000004.json.sig"]
    manifes_baru(f)
    pernyataan_baru(f, "p-citra")


def _25(f: dict[str, bytes]) -> None:
    f["fetch.txt"] = b"http://contoh.invalid/x 3 data/x\n"


def _26(f: dict[str, bytes]) -> None:
    isi = sorted(n for n in f if n.startswith("data/"))
    f["manifest-md5.txt"] = _manifes(f, isi, md5)
    for nama in ("sha256", "sha512"):
        del f[f"manifest-{nama}.txt"], f[f"tagmanifest-{nama}.txt"]


def _27(f: dict[str, bytes]) -> None:
    _29(f)
    for nama in ("sha256", "sha512"):
        del f[f"tagmanifest-{nama}.txt"]


def _29(f: dict[str, bytes]) -> None:
    f["bag-info.txt"] = f["bag-info.txt"].replace(b"Dinas Contoh", b"Dinas Lain")


def _29b(f: dict[str, bytes]) -> None:
    f["bag-info.txt"] = f["bag-info.txt"].replace(b"Payload-Oxum: ", b"Payload-Oxum: +")
    manifes_baru(f)
    pernyataan_baru(f, "p-citra")


def _kedua_tanda(f: dict[str, bytes]) -> None:
    f["signatures/lain.sig"] = f["signatures/arsip.sig"]


def _manifes_kembar(f: dict[str, bytes]) -> None:
    f["manifest-sha256.txt"] += f["manifest-sha256.txt"].splitlines(keepends=True)[0]
    f2 = dict(f)
    manifes_baru(f2)
    f |= {n: f2[n] for n in f2 if n.startswith("tagmanifest")}
    pernyataan_baru(f, "p-citra")


def _spasi_pernyataan(f: dict[str, bytes]) -> None:
    f["statement.json"] += b"\n"
    tanda = C.kunci("p-citra").tanda_tangani(f["statement.json"], "kinerja.arsip.v1")
    f["signatures/arsip.sig"] = tanda.encode()


def _penanda_hilang(f: dict[str, bytes]) -> None:
    isi = json.loads(f["statement.json"])
    isi["penanda"] = ""
    f["statement.json"] = kanonik(isi)
    pernyataan_baru(f, "p-citra")


MATRIKS: list[tuple[str, Ubah, str]] = [
    ("02 payload byte, re-zipped", _02, "tidak sama dengan manifest-sha256.txt"),
    ("03 manifests recomputed", _03, "sidik manifes bukan yang dinyatakan"),
    ("03 statement rewritten", _03b, "bukan tanda tangan sah"),
    ("04 re-signed by unknown key", _04, "bukan tanda tangan sah"),
    ("05 manifest altered", _05, "manifest-sha512.txt"),
    ("06 file added in payload", _06, "tidak tercantum"),
    ("07 file added outside payload", _07, "`baca-dulu.txt` bukan bagian arsip"),
    ("08 file removed", _08, "tercantum dalam manifest-sha256.txt tetapi tidak ada"),
    ("09 file and manifest line removed", _09, "sidik manifes bukan"),
    ("10 signature of another quarter", _10, "bukan tanda tangan sah"),
    ("11 paraf in the signature's place", _11, "bukan tanda tangan sah"),
    ("12 signature emptied", _12, "bukan tanda tangan sah"),
    ("12 signature removed", _12b, "`signatures/arsip.sig` tidak ada"),
    ("13 only the paraf stripped", _13, "tanda tangan dan nama kuncinya harus ada"),
    ("25 fetch.txt added", _25, "`fetch.txt` bukan bagian arsip"),
    ("26 downgrade to MD5", _26, "`manifest-sha256.txt` tidak ada"),
    ("27 tag manifests dropped", _27, "`tagmanifest-sha256.txt` tidak ada"),
    ("29 bag-info edited", _29, "tidak sama dengan tagmanifest-sha256.txt"),
    ("29 bag-info wrong, signed", _29b, "ukuran isi yang sebenarnya"),
    ("second signature file", _kedua_tanda, "`signatures/lain.sig` bukan bagian arsip"),
    ("manifest line twice, signed", _manifes_kembar, "bentuk bakunya"),
    ("statement with one more newline, signed", _spasi_pernyataan, "bukan JSON baku"),
    ("marker removed, signed", _penanda_hilang, "penanda"),
]


@pytest.mark.parametrize(("ubah", "kata"), [m[1:] for m in MATRIKS], ids=[m[0] for m in MATRIKS])
def test_tampered_content(ubah: Ubah, kata: str) -> None:
    f = dict(BERKAS)
    ubah(f)
    tolak(C.bungkus(f), kata)


def _rezip(isi: list[tuple[zipfile.ZipInfo, bytes]], cara: int = zipfile.ZIP_STORED) -> bytes:
    keluar = io.BytesIO()
    with zipfile.ZipFile(keluar, "w", cara) as z:
        for info, bita in isi:
            z.writestr(info, bita, cara)
    return keluar.getvalue()


Jam = tuple[int, int, int, int, int, int]
AWAL: Jam = (1980, 1, 1, 0, 0, 0)


def _info(nama: str, mode: int = 0o100644, jam: Jam = AWAL) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(nama, jam)
    info.create_system, info.external_attr = 3, mode << 16
    return info


def _isi(jam: Jam = AWAL) -> list[tuple[zipfile.ZipInfo, bytes]]:
    return [(_info(n, jam=jam), b) for n, b in sorted(BERKAS.items())]


def _ganda(jahat_dulu: bool) -> bytes:
    lain = (_info(LAPORAN[:-1] + "~"), b"jahat")
    isi = _isi()
    letak = next(i for i, (info, _) in enumerate(isi) if info.filename == LAPORAN)
    isi.insert(letak + (0 if jahat_dulu else 1), lain)
    return _rezip(isi).replace(lain[0].filename.encode(), LAPORAN.encode())


@pytest.mark.parametrize(
    ("arsip", "kata"),
    [
        (BAIK.replace(b"skema: laporan/v1", b"skema: laporan/v2"), "CRC"),
        (_rezip([*_isi(), (_info("z/../../x"), b"x")]), "luar arsip"),
        (_rezip([*_isi(), (_info("/x"), b"x")]), "jalur mutlak"),
        (_rezip([*_isi(), (_info("zz", 0o120777), b"/etc/passwd")]), "bukan berkas biasa"),
        (_ganda(jahat_dulu=False), "ganda"),
        (_ganda(jahat_dulu=True), "ganda"),
        (_rezip([(_info("bom"), b"\0" * 3_000_000), *_isi()], zipfile.ZIP_DEFLATED), "dikompresi"),
        (b"#!/bin/sh\n" + BAIK, "tambahan"),
        (BAIK + b"ekor", "tambahan"),
        (BAIK[:30] + b"X" + BAIK[31:], "kepala lokal"),
        (_rezip([*_isi(), (_info("STATEMENT.JSON"), b"x")]), "bertabrakan"),
        (C.bungkus({**BERKAS, "zz": b""}).replace(b"zz", b"Z\0"), "kendali"),
        (_rezip(_isi((2024, 4, 6, 9, 0, 0))), "waktunya"),
        (_rezip(_isi(), zipfile.ZIP_DEFLATED), "profil tidak ketat"),
        (_rezip(list(reversed(_isi()))), "profil tidak ketat"),
        (BAIK[:-1], "bukan ZIP"),
        (b"", "bukan ZIP"),
        (b"%PDF-1.7", "bukan ZIP"),
        (C.bungkus({}), "tidak ada"),
        (C.bungkus({"data/x": b""}), "tidak ada"),
    ],
    ids=[
        "01 payload byte in the ZIP",
        "15 dot-dot path",
        "16 absolute path",
        "17 symlink",
        "18 duplicate, evil last",
        "19 duplicate, evil first",
        "20 bomb",
        "21 bytes before",
        "22 bytes after",
        "23 local header differs",
        "24 case collision",
        "control character",
        "30 re-zipped with times",
        "30 re-zipped deflated",
        "30 re-zipped, other order",
        "cut by one byte",
        "empty",
        "a PDF",
        "empty ZIP",
        "no bag",
    ],
)
def test_tampered_container(arsip: bytes, kata: str) -> None:
    tolak(arsip, kata)


def test_14_key_of_a_former_holder() -> None:
    lama = replace(C.PERCAYA[0], selesai=C.waktu("2024-04-06 12:00"))
    tolak(BAIK, "tidak berlaku lagi saat arsip disaksikan", percaya=(lama, C.PERCAYA[1]))
    lama = replace(C.PERCAYA[0], selesai=C.waktu("2024-04-01 00:00"))
    tolak(BAIK, "tidak berlaku pada 2024-04-06", percaya=(lama, C.PERCAYA[1]))


def test_28_older_genuine_archive_shown_as_this_one() -> None:
    tolak(BAIK, "bukan contoh/2024-tw2", laporan="contoh/2024-tw2")
    tolak(BAIK, "versi 2", versi=2)
    baru = C.bangunan(laporan=b"skema: laporan/v1\n# lain\n").arsip()
    p = C.periksa_contoh(BAIK, C.tanda_terima(baru))
    assert p.hasil is Putus.TAK_PASTI
    assert "arsip lain" in alasan(p)


def test_signed_by_a_trusted_key_of_another_person() -> None:
    percaya = (*C.PERCAYA, KunciPercaya("p-kiki", ("kinerja.arsip.v1",), C.kunci("p-kiki").publik))
    tolak(C.bangunan().arsip(oleh="p-citra", jabatan="sekretaris"), "bukan pemangku sah")
    arsip = C.susun_arsip(C.bangunan().muatan(), C.bangunan().pernyataan(), C.kunci("p-kiki").tanda_tangani)
    tolak(arsip, "ditandatangani p-kiki, padahal pernyataan menyebut p-citra", percaya=percaya)


# forgeries by whoever may sign archives: the approvals must hold on their own


def test_report_changed_after_its_signature() -> None:
    b = C.bangunan()
    b.laporan += b"# angka lain\n"
    tolak(b.arsip(), "isi berubah setelah Nama p-bakri menyetujuinya")


def test_worksheet_changed_after_its_signature() -> None:
    b = C.bangunan()
    b.kertas += b"# angka lain\n"
    tolak(b.arsip(), "disebut dengan dua sidik")
    b.isi_laporan = lambda: replace(
        C.Bangunan().isi_laporan(),
        masukan=(Masukan(C.KERTAS, sha256(C.Bangunan().kertas).hexdigest()),),
    )
    tolak(b.arsip(), "tidak sama dengan yang ada dalam arsip")


def _tanpa_rehsos(*, izin: str = "", pemberi: str = "p-bakri", tertinggal: bool = True) -> Any:
    """A report that left its only worksheet out; ``izin`` says when that was allowed."""
    b = C.bangunan()
    del b.catatan[2:]

    def catat_izin() -> None:
        b.catat(
            Tindakan.SETUJU, pemberi, "sekretaris", "2024-04-05 08:30",
            perubahan="tanpa/2024-tw1/rehsos", berkas=(), alasan="cuti",
        )  # fmt: skip

    if izin == "sebelum":
        catat_izin()
    paraf = b.catat(Tindakan.PARAF, "p-bakri", "sekretaris", "2024-04-05 09:00")
    b.catat(Tindakan.TANDA_TANGAN, "p-ayu", "kepala-dinas", "2024-04-05 10:00", sesudah=paraf.sidik)
    if izin == "sesudah":
        catat_izin()
    tanpa = (C.BidangTertinggal("rehsos", "cuti"),) if tertinggal else ()
    b.isi_laporan = lambda: replace(C.Bangunan().isi_laporan(), masukan=(), tanpa=tanpa)
    return b


def test_worksheet_left_out_with_the_permission_of_the_sekretaris() -> None:
    p = C.periksa_contoh(_tanpa_rehsos(izin="sebelum").arsip())
    assert p.hasil is Putus.SAH, alasan(p)
    assert any("tanpa rehsos seizin Sekretaris: cuti" in x.alasan for x in p.baris)


@pytest.mark.parametrize(
    ("lain", "kata"),
    [
        ({"tertinggal": False}, "tidak dinyatakan tertinggal"),
        ({}, "tidak ada izin Sekretaris"),
        ({"izin": "sesudah"}, "tidak ada izin Sekretaris"),
        ({"izin": "sebelum", "pemberi": "p-citra"}, "tidak ada izin Sekretaris"),
    ],
)
def test_worksheet_left_out_without_it(lain: dict[str, Any], kata: str) -> None:
    tolak(_tanpa_rehsos(**lain).arsip(), kata)


def test_event_taken_out_of_the_middle() -> None:
    b = C.bangunan()
    del b.catatan[3]
    tolak(b.arsip(), "bukan peristiwa pada urutannya")


def test_log_cut_at_its_end() -> None:
    b = C.bangunan()
    utuh = b.pernyataan()
    b.catatan.pop()
    tolak(b.arsip(log=utuh.log), "log berisi 4 peristiwa, bukan log 5 peristiwa yang dinyatakan")


def test_event_renumbered_but_not_linked() -> None:
    b = C.bangunan()
    b.catatan.pop(0)
    b.catatan = [
        type(c)(p := replace(c.peristiwa, urut=i), p.bita(), c.tanda_tangan)
        for i, c in enumerate(b.catatan, start=1)
    ]
    tolak(b.arsip(), "tidak menyambung")


def test_stray_file_beside_the_events() -> None:
    b = C.bangunan(tambahan={"peristiwa/catatan.txt": b"x"})
    tolak(b.arsip(), "bukan peristiwa pada urutannya")


def test_signature_made_by_somebody_else() -> None:
    b = C.bangunan()
    del b.catatan[4:]
    paraf = b.catatan[3].sidik
    b.catat(
        Tindakan.TANDA_TANGAN,
        "p-ayu",
        "kepala-dinas",
        "2024-04-05 10:00",
        sesudah=paraf,
        oleh="p-citra",
    )
    tolak(b.arsip(), "bukan milik p-ayu")
    b.catatan.pop()
    b.catat(
        Tindakan.TANDA_TANGAN,
        "p-ayu",
        "kepala-dinas",
        "2024-04-05 10:00",
        sesudah=paraf,
        oleh="p-citra",
        kunci=C.kunci("p-ayu").sidik,
    )
    tolak(b.arsip(), "tidak cocok dengan isi dan tindakannya")


def test_act_replayed_as_another_act() -> None:
    """A paraf's signature under an event that says tanda tangan."""
    b = C.bangunan()
    b.catatan.pop()
    b.catat(
        Tindakan.TANDA_TANGAN,
        "p-ayu",
        "kepala-dinas",
        "2024-04-05 10:00",
        sesudah=b.catatan[3].sidik,
        ruang="kinerja.paraf.v1",
    )
    tolak(b.arsip(), "tidak cocok dengan isi dan tindakannya")


def test_signature_before_the_paraf() -> None:
    b = C.Bangunan(catatan=C.bangunan().catatan[:3])
    b.catat(Tindakan.TANDA_TANGAN, "p-ayu", "kepala-dinas", "2024-04-05 08:30")
    b.catat(Tindakan.PARAF, "p-bakri", "sekretaris", "2024-04-05 09:00")
    tolak(b.arsip(), "belum dihitung")


def test_holder_who_is_on_leave() -> None:
    """The definitive Kabid signs while the Plh is in force."""
    b = C.Bangunan(catatan=C.bangunan().catatan[:1])
    b.catat(Tindakan.TANDA_TANGAN, "p-fajar", "kabid:rehsos", "2024-04-04 09:00")
    b.catat(Tindakan.SUSUN, "p-citra", "kasubag-program", "2024-04-05 08:00")
    paraf = b.catat(Tindakan.PARAF, "p-bakri", "sekretaris", "2024-04-05 09:00")
    b.catat(Tindakan.TANDA_TANGAN, "p-ayu", "kepala-dinas", "2024-04-05 10:00", sesudah=paraf.sidik)
    tolak(b.arsip(), "bukan pemangku sah")


@pytest.mark.parametrize(
    ("lain", "kata"),
    [
        ({"sebutan": Sebutan.DEFINITIF}, "mengaku definitif"),
        ({"sebutan": Sebutan.PLT, "dasar": C.SPT}, "mengaku plt"),
        ({"sebutan": Sebutan.PLH, "dasar": C.Dasar("SPT palsu")}, "dasar penunjukan lain"),
    ],
)
def test_acting_holder_must_say_so_truly(lain: dict[str, Any], kata: str) -> None:
    b = C.Bangunan(catatan=C.bangunan().catatan[:1])
    b.catat(Tindakan.TANDA_TANGAN, "p-eka", "kabid:rehsos", "2024-04-04 09:00", **lain)
    b.catat(Tindakan.SUSUN, "p-citra", "kasubag-program", "2024-04-05 08:00")
    paraf = b.catat(Tindakan.PARAF, "p-bakri", "sekretaris", "2024-04-05 09:00")
    b.catat(Tindakan.TANDA_TANGAN, "p-ayu", "kepala-dinas", "2024-04-05 10:00", sesudah=paraf.sidik)
    tolak(b.arsip(), kata)


def test_own_work_is_not_approved() -> None:
    b = C.Bangunan()
    b.catat(Tindakan.AJUKAN, "p-eka", "kasie:rehsos", "2024-04-03 09:00")
    b.catat(
        Tindakan.TANDA_TANGAN,
        "p-eka",
        "kabid:rehsos",
        "2024-04-04 09:00",
        sebutan=Sebutan.PLH,
        dasar=C.SPT,
    )
    b.catat(Tindakan.SUSUN, "p-citra", "kasubag-program", "2024-04-05 08:00")
    paraf = b.catat(Tindakan.PARAF, "p-bakri", "sekretaris", "2024-04-05 09:00")
    b.catat(Tindakan.TANDA_TANGAN, "p-ayu", "kepala-dinas", "2024-04-05 10:00", sesudah=paraf.sidik)
    tolak(b.arsip(), "ikut menulis isinya")


def _lunak() -> Any:
    """A policy that asks no paraf of a report."""
    laporan = C.KEBIJAKAN.persetujuan[1]
    lunak = replace(laporan, langkah=laporan.langkah[1:])
    return replace(C.KEBIJAKAN, persetujuan=(C.KEBIJAKAN.persetujuan[0], lunak))


def _acuan(b: Any, nama: str) -> str:
    """Digest of the version of a governing document that the last act names."""
    return next(a.sha256 for a in b.catatan[-1].peristiwa.acuan if a.jalur == f"reports/{nama}.yaml")


def test_weaker_policy_slipped_in() -> None:
    """In place of the one that the acts name, under its own name, or beside it."""
    b = C.bangunan()
    lain = C.bangunan(kebijakan=_lunak())
    asli, lunak = _acuan(b, "kebijakan"), _acuan(lain, "kebijakan")
    yaml, kembaran = lain.acuan[f"acuan/{lunak}.yaml"], lain.acuan[f"kembar/acuan/{lunak}.json"]
    tolak(C.bangunan(tambahan={f"acuan/{asli}.yaml": yaml}).arsip(), "tidak terikat pada isi")
    tolak(C.bangunan(tambahan={f"kembar/acuan/{asli}.json": kembaran}).arsip(), "menyebut sumber")
    palsu = kembar(f"acuan/{asli}.yaml", yaml, _lunak())
    tambahan = {f"acuan/{asli}.yaml": yaml, f"kembar/acuan/{asli}.json": palsu}
    tolak(C.bangunan(tambahan=tambahan).arsip(), "tidak terikat pada isi")
    tambahan = {f"acuan/{lunak}.yaml": yaml, f"kembar/acuan/{lunak}.json": kembaran}
    tolak(C.bangunan(tambahan=tambahan).arsip(), "tidak disebut peristiwa mana pun")
    tolak(b.arsip(kebijakan="0" * 64), "menyebut kebijakan lain")


@pytest.mark.parametrize("nama", ["identitas", "jabatan", "kebijakan", "organisasi"])
def test_an_act_whose_governing_documents_are_missing(nama: str) -> None:
    b = C.bangunan()
    del b.acuan[f"kembar/acuan/{_acuan(b, nama)}.json"]
    tolak(b.arsip(), "tidak lengkap dalam arsip")


def test_an_approval_that_names_no_governing_documents() -> None:
    b = C.bangunan()
    b.catatan.pop()
    paraf = b.catatan[-1].sidik
    b.catat(
        Tindakan.TANDA_TANGAN, "p-ayu", "kepala-dinas", "2024-04-05 10:00", sesudah=paraf, acuan=()
    )
    tolak(b.arsip(), "tidak lengkap dalam arsip")


def test_what_comes_after_the_approval_does_not_reach_back() -> None:
    b = C.bangunan()
    b.catat(Tindakan.TIDAK, "p-ayu", "kepala-dinas", "2024-04-05 11:00", alasan="terlambat")
    b.jabatan = replace(C.JABATAN, pemangku=C.JABATAN.pemangku[1:])
    b.kebijakan = _lunak()
    assert C.periksa_contoh(b.arsip()).hasil is Putus.SAH


def test_key_that_was_not_in_force_on_that_day() -> None:
    orang = tuple(
        replace(o, kunci=(Kunci(o.kunci[0].publik, date(2024, 1, 1), date(2024, 4, 5)),))
        if o.id == "p-ayu"
        else o
        for o in C.IDENTITAS.orang
    )
    b = C.bangunan(identitas=replace(C.IDENTITAS, orang=orang))
    tolak(b.arsip(), "bukan milik p-ayu pada 2024-04-05")


def test_officials_key_known_by_another_way() -> None:
    """BAPPEDA holds the Kepala Dinas's key itself: the archive's own list is not enough."""
    lain = KunciPercaya("p-ayu", ("kinerja.tanda-tangan.v1",), C.kunci("p-ayu asli").publik)
    tolak(BAIK, "dalam daftar kunci percaya", percaya=(*C.PERCAYA, lain))
    sama = replace(lain, publik=C.kunci("p-ayu").publik)
    assert C.periksa_contoh(BAIK, percaya=(*C.PERCAYA, sama)).hasil is Putus.SAH


def test_twin_of_another_source() -> None:
    tambahan = {"kembar/jabatan.json": kembar("reports/jabatan.yaml", b"lain", C.JABATAN)}
    tolak(C.bangunan(tambahan=tambahan).arsip(), "tidak terikat pada isi")
    tambahan = {"kembar/jabatan.json": kembar("reports/x.yaml", b"skema: jabatan/v1\n", C.JABATAN)}
    tolak(C.bangunan(tambahan=tambahan).arsip(), "seharusnya `reports/jabatan.yaml`")
    tolak(C.bangunan(tambahan={"kembar/x.json": b"{}\n"}).arsip(), "bukan kembar yang dikenal")
    tolak(C.bangunan(tambahan={"kembar/jabatan.json": b"{}\n"}).arsip(), "tidak terbaca")


def test_twin_that_says_something_else_than_the_yaml() -> None:
    """Only a verifier that reads YAML can see it; the digest alone holds."""
    isi = {n: polos_json(getattr(C, n.upper())) for n in ("kebijakan", "jabatan", "identitas", "organisasi")}
    isi["laporan"] = polos_json(C.Bangunan().isi_laporan())

    def muat(bita: bytes) -> object:
        if bita.startswith(b"{"):
            return json.loads(bita)
        return isi[bita.decode().split()[1].split("/")[0]]

    assert C.periksa_contoh(BAIK, muat=muat).hasil is Putus.SAH
    isi["jabatan"] = {**isi["jabatan"], "pemangku": isi["jabatan"]["pemangku"][:-1]}
    tolak(BAIK, "berbeda dari `reports/jabatan.yaml`", muat=muat)


def test_status_cannot_be_dressed_up() -> None:
    b = C.bangunan()
    tolak(b.arsip(status=C.Status.RESMI, penanda=""), "berbeda dari sumbernya")


def test_observed_and_unsigned_acts() -> None:
    b = C.bangunan()
    b.catat(
        Tindakan.SIAPKAN,
        "p-citra",
        "kasubag-program",
        "2024-04-06 08:00",
        kunci=None,
        jaminan=Jaminan.TERAMATI,
    )
    assert C.periksa_contoh(b.arsip()).hasil is Putus.SAH
    b.catat(
        Tindakan.PARAF,
        "p-bakri",
        "sekretaris",
        "2024-04-06 08:10",
        kunci=None,
        jaminan=Jaminan.TERAMATI,
    )
    p = C.periksa_contoh(b.arsip())
    assert p.hasil is Putus.TAK_PASTI
    assert "hanya teramati" in alasan(p)
    b.catatan.pop()
    b.catat(Tindakan.PARAF, "p-bakri", "sekretaris", "2024-04-06 08:10", kunci=None)
    tolak(b.arsip(), "tetapi tidak bertanda tangan")


def test_certified_act_cannot_be_checked_yet() -> None:
    b = C.bangunan()
    b.catat(
        Tindakan.PARAF,
        "p-bakri",
        "sekretaris",
        "2024-04-06 08:10",
        jaminan=Jaminan.TERSERTIFIKASI,
    )
    p = C.periksa_contoh(b.arsip())
    assert p.hasil is Putus.TAK_PASTI
    assert "PAdES" in alasan(p)


# never a traceback


def test_every_single_byte_matters() -> None:
    """One flipped bit at any byte of a tiny archive: the container or a CRC notices."""
    p = Pemeriksa(C.PERCAYA, periksa, C.putar_ulang, None)
    b = C.bangunan()
    arsip = C.susun_arsip({"x": b"isi"}, b.pernyataan(), C.kunci("p-citra").tanda_tangani)
    assert periksa_arsip(io.BytesIO(arsip), p).baris[0].putus is Putus.SAH
    for letak in range(len(arsip)):
        ubah = bytearray(arsip)
        ubah[letak] ^= 1 << (letak % 8)
        putusan = periksa_arsip(io.BytesIO(ubah), p)
        assert putusan.baris[0].pokok == "wadah"
        assert putusan.baris[0].putus is Putus.TIDAK_SAH, letak


def test_bytes_of_the_whole_archive_matter() -> None:
    """The same over a complete archive, at every eleventh byte: never SAH."""
    p = Pemeriksa(C.PERCAYA, periksa, C.putar_ulang, None)
    for letak in range(0, len(BAIK), 11):
        ubah = bytearray(BAIK)
        ubah[letak] ^= 1 << (letak % 8)
        assert periksa_arsip(io.BytesIO(ubah), p).hasil is Putus.TIDAK_SAH, letak


@pytest.mark.parametrize("nama", sorted(BERKAS))
def test_content_flips_under_a_good_container(nama: str) -> None:
    """The CRC is right again and the receipt is new: the digests alone must notice."""
    for letak in range(0, len(BERKAS[nama]), max(1, len(BERKAS[nama]) // 5)):
        ubah = bytearray(BERKAS[nama])
        ubah[letak] ^= 1
        putusan = C.periksa_contoh(C.bungkus({**BERKAS, nama: bytes(ubah)}))
        assert putusan.hasil is Putus.TIDAK_SAH, (nama, letak)


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_signed_rubbish_never_raises(data: st.DataObject) -> None:
    """Even the trusted signer's own nonsense gives a verdict: any file replaced, all re-signed."""
    f = dict(BERKAS)
    nama = data.draw(st.sampled_from(sorted(n for n in f if n.startswith("data/"))))
    cara = data.draw(st.sampled_from(["acak", "json", "ubah"]))
    if cara == "acak":
        f[nama] = data.draw(st.binary(max_size=100))
    elif cara == "json":
        f[nama] = kanonik(data.draw(_JSON))
    elif not nama.endswith(".json"):
        f[nama] = f[nama][: data.draw(st.integers(0, 50))]
    else:
        isi = json.loads(f[nama])
        _rusakkan(isi, data)
        f[nama] = kanonik(isi)
    manifes_baru(f)
    pernyataan_baru(f, "p-citra")
    # A trusted signer may misstate a twin; only the comparison with the YAML can tell (above).
    sama = all(f[n] == BERKAS[n] for n in f if n.startswith("data/"))
    assert (C.periksa_contoh(C.bungkus(f)).hasil is Putus.SAH) <= (sama or nama.startswith("data/kembar/"))


_NILAI = (
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.text(max_size=8)
    | st.sampled_from(["0001-01-01T00:00:00+14:00", "9999-12-31", "\x1b[2J", "p-ayu", "SHA256:x"])
)
_JSON = st.recursive(
    _NILAI, lambda x: st.lists(x, max_size=3) | st.dictionaries(st.text(max_size=5), x, max_size=3)
)


def _rusakkan(isi: Any, data: st.DataObject) -> None:
    """Replaces one value somewhere inside."""
    while True:
        kunci = list(isi) if isinstance(isi, dict) else list(range(len(isi)))
        if not kunci:
            return
        k = data.draw(st.sampled_from(kunci))
        if not isinstance(isi[k], dict | list) or data.draw(st.booleans()):
            isi[k] = data.draw(_JSON)
            return
        isi = isi[k]


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_cuts_and_insertions_never_raise(data: st.DataObject) -> None:
    bita = bytearray(BAIK)
    letak = data.draw(st.integers(0, len(bita) - 1))
    if data.draw(st.booleans()):
        del bita[letak : letak + data.draw(st.integers(1, 3000))]
    else:
        bita[letak:letak] = data.draw(st.binary(min_size=1, max_size=60))
    assert C.periksa_contoh(bytes(bita)).hasil is Putus.TIDAK_SAH


def test_text_of_a_stranger_does_not_reach_the_terminal_raw() -> None:
    b = C.bangunan(tambahan={"kembar/jabatan.json": kanonik({"\x1b[2J": 1})})
    p = C.periksa_contoh(b.arsip(opd="Dinas \x1b[31mMerah\x1b[0m"))
    teks = repr(p)
    assert "\\x1b" not in teks
    assert all(len(x.alasan) <= 400 for x in p.baris)


def test_directory_that_lies_about_sizes() -> None:
    """Sizes and offsets up to 4 GiB in a small file: refused without reading them."""
    pusat = struct.unpack("<L", BAIK[-6:-2])[0]
    for geser in (20, 24, 42):
        ubah = BAIK[: pusat + geser] + b"\xf0\xff\xff\xff" + BAIK[pusat + geser + 4 :]
        tolak(ubah, "wadah")

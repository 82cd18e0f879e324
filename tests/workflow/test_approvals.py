"""The approvals evaluator: a case table that an official can read, and four properties."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from kinerja.domain.organisasi import (
    Akun,
    Bidang,
    DaftarIdentitas,
    DaftarJabatan,
    Dasar,
    Jabatan,
    KodeWilayah,
    Kunci,
    Orang,
    Organisasi,
    Pemangku,
    Penerima,
    PihakLuar,
    Sebutan,
    Status,
)
from kinerja.domain.peristiwa import Berkas, Bukti, JenisBukti, Peristiwa
from kinerja.domain.tata_kelola import (
    AturanPersetujuan,
    Jaminan,
    Kebijakan,
    LangkahPersetujuan,
    Perhitungan,
    Publikasi,
    TargetNol,
    Tindakan,
)
from kinerja.workflow.actors import sidik_kunci
from kinerja.workflow.approvals import evaluate
from kinerja.workflow.ledger import Buku
from kinerja.workflow.policy import sidik_kebijakan
from kinerja.workflow.verdict import Konteks, Perubahan, Verdict

_BERKAS = Path(__file__).parents[1] / "cases" / "persetujuan.yaml"
KASUS = yaml.load(_BERKAS.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
ZONA = ZoneInfo("Asia/Makassar")
UTAMA = "refs/heads/main"
TW = "reports/2026/tw3"
JALUR = {
    "eko": f"{TW}/kertas-kerja/ekonomi.yaml",
    "sos": f"{TW}/kertas-kerja/sosial.yaml",
    "lap": f"{TW}/laporan.yaml",
    "dis": f"{TW}/disposisi.yaml",
}
JENIS = {
    "kk": ("kk/2026-tw3/ekonomi", {"eko": "d1"}),
    "laporan": ("laporan/2026-tw3", {"lap": "r1"}),
    "disposisi": ("disposisi/2026-tw3", {"dis": "s1"}),
}
NAMA = ("kartini", "sari", "rina", "hadi", "joko", "tono", "tuti")


def _publik(nama: str) -> str:
    return "ssh-ed25519 " + base64.b64encode(nama.encode()).decode()


def _pemangku(jabatan: str, nama: str, mulai: str, selesai: str = "", surat: str = "") -> Pemangku:
    sebutan = Sebutan.DEFINITIF
    if surat:
        sebutan = Sebutan(surat.split()[0])
    return Pemangku(
        jabatan,
        f"p-{nama}",
        sebutan,
        date.fromisoformat(mulai),
        date.fromisoformat(selesai) if selesai else None,
        Dasar(surat) if surat else None,
    )


def _aturan(jenis: str, jalur: tuple[str, ...], pengusul: str, *langkah: str) -> AturanPersetujuan:
    """A rule; a step is written ``office tindakan kembali_ke jaminan``."""
    isi = []
    for teks in langkah:
        jabatan, tindakan, kembali, jaminan = teks.split()
        isi.append(LangkahPersetujuan(jabatan, Tindakan(tindakan), kembali, Jaminan(jaminan)))
    return AturanPersetujuan(jenis, jalur, (pengusul,), tuple(isi))


KEBIJAKAN = Kebijakan(
    "kebijakan/v1",
    (
        _aturan(
            "kertas-kerja", ("reports/{tahun}/{bagian}/kertas-kerja/{bidang}.yaml",), "{pengisi}",
            "{pemeriksa} tanda-tangan {pengisi} teramati",
        ),
        _aturan(
            "laporan", ("reports/{tahun}/{bagian}/laporan.yaml",), "kasubag-program",
            "sekretaris paraf kasubag-program teramati",
            "kepala-dinas tanda-tangan sekretaris kunci-sendiri",
        ),
        _aturan("disposisi", ("reports/{tahun}/{bagian}/disposisi.yaml",), "sekretaris"),
        _aturan(
            "tata-kelola", ("reports/jabatan.yaml",), "pengelola-sistem",
            "sekretaris setuju kasubag-program teramati",
            "kepala-dinas setuju sekretaris teramati",
        ),
    ),
    Perhitungan("uji", TargetNol.TIDAK_DAPAT_DIHITUNG, Decimal(120)),
    (),
    Publikasi(),
)  # fmt: skip
ORGANISASI = Organisasi(
    "organisasi/v1", Status.CONTOH, "Dinas Uji", "Dinas", "Kabupaten Uji", "Uji", "Uji", "Jalan Uji",
    (), KodeWilayah("0000", "00.00"), "Asia/Makassar", Penerima("bappeda", "Bappeda"),
    (
        Bidang("ekonomi", "Ekonomi", "kasie:ekonomi", "kabid:ekonomi"),
        Bidang("sosial", "Sosial", "kasie:sosial", "kabid:sosial"),
        Bidang("sekretariat", "Sekretariat", "kasubag-program", "sekretaris"),
    ),
)  # fmt: skip
PEMANGKU = (
    _pemangku("kabid:ekonomi", "kartini", "2025-01-01"),
    _pemangku("kabid:sosial", "sari", "2025-01-01"),
    _pemangku("sekretaris", "rina", "2025-01-01"),
    _pemangku("kepala-dinas", "hadi", "2024-01-01", "2026-10-15"),
    _pemangku("kepala-dinas", "joko", "2026-10-15", "2027-01-15", "plt SK-12"),
    _pemangku("kabid:ekonomi", "tono", "2026-10-05", "2026-10-10", "plh SPT-7"),
    _pemangku("kasie:ekonomi", "tuti", "2025-01-01"),
)
KONTEKS = Konteks(
    KEBIJAKAN,
    ORGANISASI,
    DaftarJabatan("jabatan/v1", (Jabatan("kepala-dinas", "Kepala Dinas"),), PEMANGKU),
    DaftarIdentitas(
        "identitas/v1",
        tuple(
            Orang(
                f"p-{n}",
                n.title(),
                kunci=(Kunci(_publik(n), date(2024, 1, 1)),),
                akun=(Akun("github", 101 + i, date(2024, 1, 1)),),
            )
            for i, n in enumerate(NAMA)
        ),
        pengamat=(PihakLuar("mesin", "Mesin", (Kunci(_publik("mesin"), date(2024, 1, 1)),)),),
    ),
    ZONA,
)
_RINA_PLT = _pemangku("kepala-dinas", "rina", "2026-10-15", "2027-01-15", "plt SK-1")
_PLH_SEKRETARIS = _pemangku("sekretaris", "tuti", "2026-10-18", "2026-10-25", "plh SPT-9")


def konteks(ubah: str = "") -> Konteks:
    """The fixture, with one named difference."""
    pemangku, orang = PEMANGKU, KONTEKS.identitas.orang
    tanpa_joko = tuple(p for p in PEMANGKU if p.orang != "p-joko")
    if ubah == "plh-tanpa-surat":
        pemangku = tuple(replace(p, dasar=Dasar(" ")) if p.orang == "p-tono" else p for p in pemangku)
    elif ubah == "rina-plt-kepala":
        pemangku = (*tanpa_joko, _RINA_PLT)
    elif ubah == "rina-plt-kepala-dengan-plh":
        pemangku = (*tanpa_joko, _RINA_PLT, _PLH_SEKRETARIS)
    elif ubah == "nama-lain":
        orang = tuple(replace(o, nama=f"{o.nama} Baru") for o in orang)
    elif ubah == "tanpa-identitas-kartini":
        orang = tuple(o for o in orang if o.id != "p-kartini")
    elif ubah == "kunci-kartini-berakhir":
        lama = (Kunci(_publik("kartini"), date(2024, 1, 1), date(2026, 10, 1)),)
        orang = tuple(replace(o, kunci=lama) if o.id == "p-kartini" else o for o in orang)
    elif ubah == "kartini-tanpa-sarana":
        orang = tuple(replace(o, kunci=(), akun=()) if o.id == "p-kartini" else o for o in orang)
    elif ubah == "akun-kartini-berpindah":
        milik = {"p-kartini": (), "p-sari": (Akun("github", 101, date(2026, 9, 1)),)}
        orang = tuple(replace(o, akun=milik.get(o.id, o.akun)) for o in orang)
    elif ubah == "jaminan-forge":
        laporan = KEBIJAKAN.persetujuan[1]
        longgar = tuple(replace(x, jaminan_forge=Jaminan.TERAMATI) for x in laporan.langkah)
        aturan = (KEBIJAKAN.persetujuan[0], replace(laporan, langkah=longgar), *KEBIJAKAN.persetujuan[2:])
        return replace(KONTEKS, kebijakan=replace(KEBIJAKAN, persetujuan=aturan))
    else:
        assert not ubah, ubah
    return replace(
        KONTEKS,
        jabatan=replace(KONTEKS.jabatan, pemangku=pemangku),
        identitas=replace(KONTEKS.identitas, orang=orang),
    )


def berkas(isi: dict[str, str]) -> tuple[Berkas, ...]:
    """Short names and versions as covered files; version "" is a deletion."""
    return tuple(
        Berkas(JALUR.get(j, j), sha256(v.encode()).hexdigest() if v else "", len(v))
        for j, v in isi.items()
    )


def _sesudah(log: list[Peristiwa], tindakan: Tindakan, nomor: str | None) -> str | None:
    if nomor is not None:
        return log[int(nomor) - 1].sidik() if int(nomor) else None
    if tindakan is not Tindakan.TANDA_TANGAN:
        return None
    return next((p.sidik() for p in reversed(log) if p.tindakan is Tindakan.PARAF), None)


def tambah(
    log: list[Peristiwa],
    perubahan: str,
    isi: dict[str, str],
    tulisan: list[Any],
    kebijakan: Kebijakan = KEBIJAKAN,
) -> list[Peristiwa]:
    """The log with one act more, written as in the case file."""
    orang, jabatan, kata = tulisan[:3]
    lain = tulisan[3] if len(tulisan) > 3 else {}
    tindakan = Tindakan(kata)
    waktu = datetime.fromisoformat(lain.get("jam", f"2026-10-02T09:{len(log) % 60:02d}"))
    teramati = lain.get("jaminan") == "teramati"
    kunci = lain.get("kunci", "mesin" if teramati else orang)
    bukti = None
    if teramati and lain.get("akun") != "":
        nomor = int(lain.get("akun", 101 + (NAMA.index(orang) if orang in NAMA else 99)))
        bukti = Bukti("github", JenisBukti.ULASAN, "7", nomor, datetime(2026, 10, 2, 9, tzinfo=ZONA), "ab" * 32)
    pejabat = next(
        (p for p in (*PEMANGKU, _RINA_PLT, _PLH_SEKRETARIS) if (p.jabatan, p.orang) == (jabatan, f"p-{orang}")),
        None,
    )  # fmt: skip
    p = Peristiwa(
        urut=len(log) + 1,
        perubahan=lain.get("perubahan", perubahan),
        tujuan=lain.get("tujuan", UTAMA),
        tindakan=tindakan,
        jabatan=jabatan,
        orang=f"p-{orang}",
        sebutan=pejabat.sebutan if pejabat else Sebutan.DEFINITIF,
        dasar=pejabat.dasar if pejabat else None,
        berkas=berkas(lain.get("isi", isi)),
        masukan=berkas(lain.get("masukan", {})),
        kebijakan=lain.get("kebijakan", sidik_kebijakan(kebijakan)),
        sesudah=_sesudah(log, tindakan, lain.get("sesudah")),
        sebelumnya=log[-1].sidik() if log else None,
        waktu=waktu if waktu.tzinfo else waktu.replace(tzinfo=ZONA),
        alasan="perlu diperbaiki" if kata in ("tidak", "tarik") else None,
        jaminan=Jaminan(lain.get("jaminan", "kunci-sendiri")),
        kepala=lain.get("kepala"),
        kunci=(sidik_kunci(_publik(kunci)) if kunci in (*NAMA, "mesin") else kunci) or None,
        bukti=bukti,
    )
    return [*log, p]


def putusan(kasus: dict[str, Any]) -> Verdict:
    """The verdict on one case."""
    perubahan, bawaan = JENIS[kasus["jenis"]]
    isi = kasus.get("berkas", bawaan)
    k = konteks(kasus.get("ubah", ""))
    log: list[Peristiwa] = []
    for tulisan in kasus["peristiwa"]:
        log = tambah(log, perubahan, isi, tulisan, k.kebijakan)
    palsu = [n for n, t in enumerate(kasus["peristiwa"], 1) if len(t) > 3 and t[3].get("palsu")]
    usul = Perubahan(
        perubahan,
        UTAMA,
        berkas(isi),
        frozenset(f"p-{n}" for n in kasus.get("kontributor", ())),
        tuple(kasus.get("tak_dikenal", ())),
        tuple(JALUR[j] for j in kasus.get("bukan_berkas", ())),
        frozenset(kasus.get("salinan", ())),
    )
    saat = datetime.fromisoformat(kasus["saat"]).replace(tzinfo=ZONA) if "saat" in kasus else None
    return evaluate(k, usul, Buku(log, palsu), saat)


@pytest.mark.parametrize("kasus", KASUS, ids=lambda k: k["nama"].replace(" ", "-"))
def test_kasus(kasus: dict[str, Any]) -> None:
    assert ("lulus" in kasus) != ("kode" in kasus), "tulis lulus atau kode, tidak keduanya"
    v = putusan(kasus)
    assert v.kode() == tuple(kasus.get("kode", ()))
    assert v.lulus is ("lulus" in kasus)
    assert v.kembali_ke == kasus.get("kembali_ke")
    if v.lulus:
        assert v.berikutnya is None
    if "berikutnya" in kasus:
        assert v.berikutnya == kasus["berikutnya"]
    if "pena" in kasus:
        assert v.pena == kasus["pena"]
    alasan = " | ".join(s.alasan for s in v.pohon.semua())
    for teks in kasus.get("berkata", ()):
        assert teks in alasan
    if "sebutan" in kasus:
        terakhir = v.langkah[-1].peristiwa
        assert terakhir is not None
        assert terakhir.sebutan.value == kasus["sebutan"]
        assert terakhir.sebutan.awalan in v.langkah[-1].simpul.alasan
    assert any(kasus["catatan"] in c for c in v.catatan) if "catatan" in kasus else not v.catatan


def test_setiap_simpul_beralasan() -> None:
    for kasus in KASUS:
        for simpul in putusan(kasus).pohon.semua():
            assert simpul.alasan, (kasus["nama"], simpul.kode)
            assert "\n" not in simpul.alasan


def test_alasan_menyebut_orang_dan_tindakan_lanjut() -> None:
    kasus = next(k for k in KASUS if k["nama"] == "satu orang dua jabatan")
    alasan = " ".join(s.alasan for s in putusan(kasus).pohon.semua())
    assert "Rina sudah mengisi langkah lain" in alasan
    assert "tunjuk Plh." in alasan


def test_skala_atau_plh_baru_tidak_membatalkan_apa_pun() -> None:
    baru = replace(KEBIJAKAN, perhitungan=replace(KEBIJAKAN.perhitungan, batas_atas=Decimal(100)))
    assert sidik_kebijakan(baru) == sidik_kebijakan(KEBIJAKAN)
    longgar = replace(KEBIJAKAN, persetujuan=KEBIJAKAN.persetujuan[:-1])
    assert sidik_kebijakan(longgar) != sidik_kebijakan(KEBIJAKAN)


def test_sidik_kunci_seperti_openssh() -> None:
    isi = b"kunci"
    harap = "SHA256:" + base64.b64encode(sha256(isi).digest()).decode().rstrip("=")
    assert sidik_kunci("ssh-ed25519 " + base64.b64encode(isi).decode() + " komentar") == harap
    assert sidik_kunci("ssh-ed25519") == ""
    assert sidik_kunci("ssh-ed25519 ***") == ""


def test_persetujuan_berulang_banyak_tetap_terjangkau() -> None:
    """400 repeated acts that cannot be fulfilled: a search over events would never end."""
    isi = {"reports/jabatan.yaml": "p2", "eko": "d1", "sos": "e1", "lap": "r1"}
    log: list[Peristiwa] = []
    for n in range(100):
        for siapa in (
            ["kartini", "kabid:ekonomi", "tanda-tangan"],
            ["sari", "kabid:sosial", "tanda-tangan"],
            ["rina", "sekretaris", "paraf", {"jam": "2026-10-20T09:00"}],
            ["rina", "kepala-dinas", "tanda-tangan", {"jam": f"2026-10-20T10:{n % 60:02d}"}],
        ):
            log = tambah(log, "kk/2026-tw3/ekonomi", isi, siapa)
    v = evaluate(
        konteks("rina-plt-kepala"), Perubahan("kk/2026-tw3/ekonomi", UTAMA, berkas(isi)), log
    )
    assert not v.lulus
    assert "orang-sama:kepala-dinas" in v.kode()


# properties

_PELAKU = st.sampled_from(
    [
        ("rina", "sekretaris", "paraf"),
        ("tuti", "sekretaris", "paraf"),
        ("hadi", "kepala-dinas", "tanda-tangan"),
        ("rina", "kepala-dinas", "tanda-tangan"),
        ("joko", "kepala-dinas", "tanda-tangan"),
        ("rina", "sekretaris", "tidak"),
        ("hadi", "kepala-dinas", "tarik"),
    ]
)
_TULISAN = st.tuples(
    _PELAKU,
    st.sampled_from(["2026-10-02T09:00", "2026-10-16T09:00", "2026-10-20T09:00"]),
    st.sampled_from(["r1", "r1", "r1", "r0"]),
    st.sampled_from([None, None, "1", "2"]),
    st.sampled_from(["kunci-sendiri", "kunci-sendiri", "teramati"]),
)
_LAPORAN = Perubahan("laporan/2026-tw3", UTAMA, berkas({"lap": "r1"}))


def _log(tulisan: list[Any]) -> list[Peristiwa]:
    log: list[Peristiwa] = []
    for (orang, jabatan, kata), jam, versi, nomor, jaminan in tulisan:
        lain = {"jam": jam, "isi": {"lap": versi}, "jaminan": jaminan}
        if nomor is not None and int(nomor) <= len(log):
            lain["sesudah"] = nomor
        log = tambah(log, _LAPORAN.id, {"lap": "r1"}, [orang, jabatan, kata, lain])
    return log


def _derajat(v: Verdict) -> tuple[bool, int]:
    return v.lulus, sum(h.peristiwa is not None for h in v.langkah)


@settings(max_examples=150, deadline=None)
@given(st.lists(_TULISAN, max_size=7), _TULISAN, st.sampled_from(["", "rina-plt-kepala-dengan-plh"]))
def test_persetujuan_tambahan_tidak_pernah_menurunkan(
    tulisan: list[Any], tambahan: Any, ubah: str
) -> None:
    if tambahan[0][2] in ("tidak", "tarik"):
        tambahan = (("rina", "sekretaris", "paraf"), *tambahan[1:])
    log = _log(tulisan)
    lebih = [*log, replace(_log([*tulisan, tambahan])[-1], urut=len(log) + 1)]
    k = konteks(ubah)
    assert _derajat(evaluate(k, _LAPORAN, lebih)) >= _derajat(evaluate(k, _LAPORAN, log))


@settings(max_examples=60, deadline=None)
@given(st.lists(_TULISAN, max_size=6), st.randoms(use_true_random=False))
def test_urutan_penyerahan_dan_peristiwa_lain_tidak_berpengaruh(tulisan: list[Any], acak: Any) -> None:
    log = _log(tulisan)
    lain = [
        replace(p, perubahan="laporan/2026-tw2", urut=p.urut + 100, tindakan=Tindakan.TIDAK)
        for p in log
    ]
    campur = [*log, *lain]
    acak.shuffle(campur)
    assert evaluate(KONTEKS, _LAPORAN, campur) == evaluate(KONTEKS, _LAPORAN, log)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(_TULISAN, max_size=5),
    st.sampled_from(["kartini", "sari", "tono", "asing"]),
    st.sampled_from(["sekretaris", "kepala-dinas", "kabid:ekonomi"]),
    st.sampled_from(["paraf", "tanda-tangan", "tidak", "tarik", "ajukan"]),
    st.sampled_from(["kunci-sendiri", "teramati"]),
)
def test_orang_di_luar_jabatan_tidak_mengubah_apa_pun(
    tulisan: list[Any], orang: str, jabatan: str, kata: str, jaminan: str
) -> None:
    log = _log(tulisan)
    lebih = tambah(log, _LAPORAN.id, {"lap": "r1"}, [orang, jabatan, kata])
    dulu, kini = evaluate(KONTEKS, _LAPORAN, log), evaluate(KONTEKS, _LAPORAN, lebih)
    assert (kini.lulus, kini.kembali_ke, kini.berikutnya, _derajat(kini)) == (
        dulu.lulus, dulu.kembali_ke, dulu.berikutnya, _derajat(dulu),
    )  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(_TULISAN, max_size=6), st.sets(st.integers(1, 6)))
def test_tanda_tangan_yang_tidak_cocok_tidak_pernah_menolong(tulisan: list[Any], palsu: set[int]) -> None:
    log = _log(tulisan)
    assert _derajat(evaluate(KONTEKS, _LAPORAN, Buku(log, palsu))) <= _derajat(evaluate(KONTEKS, _LAPORAN, log))


@settings(max_examples=60, deadline=None)
@given(st.lists(_TULISAN, max_size=6), st.sampled_from(["2026-10-02", "2026-10-16", "2026-10-20", "2030-01-01"]))
def test_hari_membaca_tidak_menentukan(tulisan: list[Any], hari: str) -> None:
    log = _log(tulisan)
    saat = datetime.fromisoformat(hari).replace(tzinfo=ZONA)
    kini, dulu = evaluate(KONTEKS, _LAPORAN, log, saat), evaluate(KONTEKS, _LAPORAN, log)
    assert (kini.lulus, kini.berikutnya, kini.pena) == (dulu.lulus, dulu.berikutnya, dulu.pena)
    assert [h.peristiwa for h in kini.langkah] == [h.peristiwa for h in dulu.langkah]

"""Step 3 at the desk: the worksheet as a table, its draft, its evidence; and as YAML."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import Response

from kinerja import sop
from kinerja.accounts.drafts import KunciDraf
from kinerja.desk import evidence, manuscript, saving
from kinerja.desk.cells import LembarTampil, TemuanSel
from kinerja.desk.fields import rata
from kinerja.desk.remarks import jumlah_komentar
from kinerja.desk.saving import Draf, LembarTerbuka
from kinerja.desk.standing import dikembalikan
from kinerja.domain.errors import KinerjaError, PemakaianError
from kinerja.session import Hasil
from kinerja.web.acting import bertindak
from kinerja.web.service import Kilat
from kinerja.web.visit import Kunjungan


def halaman(k: Kunjungan) -> Response:
    """The worksheet's table, with this person's draft over it."""
    periode, bidang, draf = k.periode(), k.bidang(), _draf(k)
    sesi = k.meja.sesi(k.id_orang)
    lembar = saving.buka(sesi, periode, bidang, draf, diajukan=k.tanya("periksa") == "ajukan")
    if lembar.bertanda:
        return k.pindah(f"/lembar/{periode.id}/{bidang}")
    return k.halaman(
        "isi.html", f"Isi {lembar.bidang.nama}", periode=periode, lembar=lembar, alamat=_alamat(k),
        asal=lembar.asal, versi=k.layanan.draf.baca(_kunci(k)).versi,
        tersimpan=bool(k.tanya("tersimpan")) and not lembar.berdraf, gagal=bool(k.tanya("periksa")),
        diajukan=saving.diajukan_kini(sesi, periode, bidang),
        pemeriksa=sesi.pemegang(lembar.bidang.pemeriksa),
        kembali=dikembalikan(sesi, periode, bidang), komentar=jumlah_komentar(k.meja, periode, bidang),
        ada_spj=any(b.hasil.petunjuk and not b.terisi for b in lembar.tampil.anggaran),
    )  # fmt: skip


def simpan(k: Kunjungan) -> Response:
    """What a button of the table asks for; what was typed is kept before anything else."""
    kata, _, sisa = k.teks("aksi").partition(":")
    if kata == "ajukan" and k.teks("jawaban"):
        return _tanda_tangani_ajuan(k)  # the passkey's turn: everything was saved before it was asked
    _titipkan(k)
    match kata:
        case "ajukan":
            return _ajukan(k)
        case "buang":
            k.layanan.draf.hapus(_kunci(k))
            return k.selesai(Hasil("draf dibuang", ("lembar kembali seperti yang tersimpan",)), _alamat(k))
        case "pakai":
            return _pakai(k, sisa)
        case "spj":
            return _dari_spj(k)
        case "bukti" | "hapus-bukti":
            return _bukti(k, kata, sisa)
    return _simpan(k)


def draf(k: Kunjungan) -> Response:
    """Keeps what is being typed, and says what the rules say of it."""
    isi = k.json()
    kiriman = isi.get("isian")
    if not isinstance(kiriman, Mapping) or not all(isinstance(v, str) for v in kiriman.values()):
        raise PemakaianError("kiriman halaman ini tidak terbaca", "muat ulang halaman")
    sesi = k.meja.sesi(k.id_orang)
    saving.isi_kini(sesi, k.periode(), k.bidang())  # nothing is kept for a sheet that does not exist
    versi_dibaca = isi.get("versi")
    hasil = k.layanan.draf.simpan(
        _kunci(k), str(isi.get("asal", "")), {str(p): v for p, v in kiriman.items()},
        versi_dibaca if isinstance(versi_dibaca, int) else 0, k.saat,
    )  # fmt: skip
    lembar = saving.buka(k.meja.sesi(k.id_orang), k.periode(), k.bidang(), _draf(k), diajukan=False)
    return k.data(
        {
            "versi": hasil.versi,
            "pukul": k.saat.strftime("%H.%M"),
            "temuan": {
                i.nama: [_temuan(t) for t in i.temuan] for i in lembar.tampil.semua_isian() if i.temuan
            },
            "buka": _buka(lembar.tampil),
            "tertimpa": [t.penunjuk for t in hasil.tertimpa],
        }
    )


def naskah(k: Kunjungan) -> Response:
    """The worksheet as YAML, with what is readable of the draft in it."""
    lembar = _terbuka(k)
    return _halaman_naskah(k, lembar, lembar.bita.decode("utf-8-sig", "replace"))


def simpan_naskah(k: Kunjungan) -> Response:
    """Saves the YAML as it was typed."""
    teks, ajukan = k.teks("naskah"), k.teks("aksi") == "ajukan"
    if ajukan and k.teks("jawaban"):
        return _tanda_tangani_ajuan(k)
    periode, bidang = k.periode(), k.bidang()

    try:
        sesi = k.meja.sesi(k.id_orang, menulis=True)
        hasil = manuscript.simpan_naskah(sesi, periode, bidang, teks, k.teks("asal"), ajukan=False)
    except KinerjaError as e:  # no token, forge out of reach: what was typed stays on the page
        hasil = saving.Simpanan(None, e.pesan, e.saran or "")
    if hasil.hasil is None:
        return _halaman_naskah(k, _terbuka(k), teks, hasil.galat, hasil.saran, hasil.temuan, 422)
    k.layanan.draf.hapus(_kunci(k))
    if ajukan:
        return _tanda_tangani_ajuan(k)
    return k.selesai(hasil.hasil, f"{_alamat(k)}/yaml")


def periksa_naskah(k: Kunjungan) -> Response:
    """Findings of the YAML while it is typed, with their lines."""
    isi = k.json().get("isi")
    if not isinstance(isi, str):
        raise PemakaianError("kiriman halaman ini tidak terbaca", "muat ulang halaman")
    sesi = k.meja.sesi(k.id_orang)
    temuan = sesi.periksa_lembar(isi.encode(), k.periode(), sesi.bidang(k.bidang()), diajukan=False)
    return k.data(
        {
            "temuan": [
                {"baris": t.baris, "kolom": t.kolom, "tingkat": t.tingkat.value, "pesan": t.pesan,
                 "tindakan": t.tindakan, "aturan": t.aturan}
                for t in temuan
            ]
        }
    )  # fmt: skip


# helpers


def _alamat(k: Kunjungan) -> str:
    return f"/kerja/{k.periode().id}/{k.bidang()}"


def _kunci(k: Kunjungan) -> KunciDraf:
    return KunciDraf(k.id_orang, k.periode().id, k.bidang())


def _draf(k: Kunjungan) -> Draf:
    """The kept draft, each text with the version that it was typed over."""
    return _draf_terbaca(k)[0]


def _draf_terbaca(k: Kunjungan) -> tuple[Draf, int]:
    """The kept draft and its revision: what another tab brings later is not thrown away with it."""
    tersimpan = k.layanan.draf.baca(_kunci(k))
    return Draf(tersimpan.kelompok), tersimpan.versi


def _terbuka(k: Kunjungan) -> LembarTerbuka:
    return saving.buka(k.meja.sesi(k.id_orang), k.periode(), k.bidang(), _draf(k), diajukan=False)


def _titipkan(k: Kunjungan) -> None:
    """Keeps every cell of the form that the person changed.

    A cell that says what its page began from was not touched, unless that page showed the
    draft's text there: then it was put back. Another tab's text is never taken back by a page
    that does not know of it.
    """
    sesi, asal = k.meja.sesi(k.id_orang), k.teks("asal")
    semula = saving.isi_asal(sesi, k.periode(), k.bidang(), asal)
    tersimpan = k.layanan.draf.baca(_kunci(k)).rincian
    dikenal = int(k.teks("versi")) if k.teks("versi").isascii() and k.teks("versi").isdigit() else 0
    beda = {}
    for p, t in k.isian().items():
        if p not in semula:
            continue  # locked or invented
        ada = tersimpan.get(p)
        dikembalikan_ = ada is not None and ada.versi <= dikenal
        if rata(t) == rata(semula[p]) and not dikembalikan_:
            continue
        if ada is None or (ada.isi, ada.asal) != (t, asal):
            beda[p] = t
    if beda:
        k.layanan.draf.simpan(_kunci(k), asal, beda, dikenal, k.saat)


def _simpan(k: Kunjungan) -> Response:
    try:
        sesi, (draf_, versi) = k.meja.sesi(k.id_orang, menulis=True), _draf_terbaca(k)
        hasil = saving.simpan(sesi, k.periode(), k.bidang(), draf_, ajukan=False)
    except KinerjaError as e:
        return k.gagal(e, _alamat(k))
    if hasil.hasil is None:
        return _belum(k, hasil, "1")
    k.layanan.draf.hapus(_kunci(k), versi)
    return k.selesai(hasil.hasil, f"{_alamat(k)}?tersimpan=1")


def _ajukan(k: Kunjungan) -> Response:
    """Saves first; then the person signs the submission of exactly what was saved."""
    periode, bidang = k.periode(), k.bidang()
    try:
        draf_, versi = _draf_terbaca(k)
        hasil = saving.simpan(k.meja.sesi(k.id_orang, menulis=True), periode, bidang, draf_, ajukan=False)
        if hasil.hasil is None:
            return _belum(k, hasil, "1")
        k.layanan.draf.hapus(_kunci(k), versi)
        galat = saving.galat_ajukan(k.meja.sesi(k.id_orang), periode, bidang)
    except KinerjaError as e:
        return k.gagal(e, _alamat(k))
    if galat:
        gagal = saving.Simpanan(None, f"{galat} isian harus dibetulkan sebelum diajukan",
                                "isian Anda sudah tersimpan; betulkan yang ditandai")  # fmt: skip
        return _belum(k, gagal, "ajukan")
    return _tanda_tangani_ajuan(k)


def _tanda_tangani_ajuan(k: Kunjungan) -> Response:
    periode, bidang = k.periode(), k.bidang()
    return bertindak(
        k, _alamat(k), "Ajukan kertas kerja", lambda s: sop.isi(s, periode, bidang, ajukan=True)
    )


def _belum(k: Kunjungan, hasil: saving.Simpanan, cara: str) -> Response:
    """Back to the table; every typed text is in the draft."""
    k.layanan.titip(k.kunci_sesi, Kilat(None, hasil.galat, hasil.saran))
    return k.pindah(f"{_alamat(k)}?periksa={cara}")


def _pakai(k: Kunjungan, penunjuk: str) -> Response:
    """Takes what somebody else saved in one cell, in place of what was typed there."""
    sesi = k.meja.sesi(k.id_orang)
    kini, oid = saving.isi_kini(sesi, k.periode(), k.bidang())
    if penunjuk not in kini:
        raise PemakaianError("isian ini sudah tidak ada di lembar", "muat ulang halaman")
    versi = k.layanan.draf.baca(_kunci(k)).versi
    k.layanan.draf.simpan(_kunci(k), oid, {penunjuk: kini[penunjuk]}, versi, k.saat)
    return k.pindah(f"{_alamat(k)}?periksa=1")


def _dari_spj(k: Kunjungan) -> Response:
    sesi = k.meja.sesi(k.id_orang)
    try:
        baru = saving.isi_dari_spj(sesi, k.periode(), k.bidang(), _draf(k)).kelompok[-1][1]
    except KinerjaError as e:
        return k.gagal(e, _alamat(k))
    _, oid = saving.isi_kini(sesi, k.periode(), k.bidang())
    versi = k.layanan.draf.baca(_kunci(k)).versi
    k.layanan.draf.simpan(_kunci(k), oid, dict(baru), versi, k.saat)
    return k.selesai(
        Hasil(f"{len(baru)} baris diisi dari SPJ Fungsional", ("periksa, lalu simpan",)),
        f"{_alamat(k)}?periksa=1",
    )


def _bukti(k: Kunjungan, kata: str, sisa: str) -> Response:
    periode, bidang = k.periode(), k.bidang()
    nomor, _, ke = sisa.partition(":")
    try:
        sesi = k.meja.sesi(k.id_orang, menulis=True)
        if not f"{nomor}{ke}".isascii() or not nomor.isdigit() or (ke and not ke.isdigit()):
            raise PemakaianError("baris bukti ini tidak dikenal", "muat ulang halaman")
        if kata == "hapus-bukti":
            hasil = evidence.lepas_bukti(sesi, periode, bidang, int(nomor), int(ke or -1))
        else:
            berkas = k.berkas(f"bukti:{nomor}")
            if berkas is None:
                raise PemakaianError("belum ada berkas yang dipilih", "pilih berkasnya, lalu unggah")
            evidence.tuntut_baris(sesi, periode, bidang, int(nomor))
            bukti = evidence.lampirkan(k.layanan.bukti, berkas.filename or "", berkas.file, k.saat.date())
            hasil = evidence.tulis_bukti(sesi, periode, bidang, int(nomor), bukti)
    except KinerjaError as e:
        return k.gagal(e, f"{_alamat(k)}?periksa=1#b{nomor}")
    return k.selesai(hasil, f"{_alamat(k)}?periksa=1#b{nomor}")


def _halaman_naskah(
    k: Kunjungan, lembar: LembarTerbuka, teks: str, galat: str = "", saran: str = "",
    temuan: tuple[TemuanSel, ...] = (), kode: int = 200,
) -> Response:  # fmt: skip
    return k.halaman(
        "yaml.html", f"YAML {lembar.bidang.nama}", kode=kode, periode=k.periode(), lembar=lembar,
        alamat=_alamat(k), asal=k.teks("asal") if galat else lembar.asal, naskah=teks, galat=galat,
        saran=saran, temuan=temuan,
    )  # fmt: skip


def _temuan(t: TemuanSel) -> dict[str, str]:
    return {"tingkat": t.tingkat, "pesan": t.pesan, "tindakan": t.tindakan}


def _buka(t: LembarTampil) -> list[str]:
    """Explanations that a rule asks for."""
    return [i.nama for b in (*t.indikator, *t.anggaran) for i in b.uraian if i.temuan]

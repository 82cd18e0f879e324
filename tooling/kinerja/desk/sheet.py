"""A worksheet as a page shows it: locked columns, open cells, capaian beside them, findings.

It decides what is shown where; every figure comes from the one calculation and every finding
from the one set of rules. Saving is in ``saving``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from kinerja.calculation.numbers import format_angka
from kinerja.checking.number_fields import nilai_di
from kinerja.desk.cells import BarisTampil, BuktiTampil, Isian, LembarTampil, TemuanSel
from kinerja.desk.columns import Jenis, Kolom, kolom
from kinerja.desk.fields import DAFTAR, SalahKetik, Sel, baris, data_lembar, desimal
from kinerja.desk.figures import TANPA_HASIL, hasil_anggaran, hasil_indikator
from kinerja.domain.findings import Finding, Tingkat
from kinerja.domain.perencanaan import Arah, Indikator, NilaiTarget
from kinerja.publishing.report_text import tampil
from kinerja.publishing.wording import ukuran
from kinerja.session import LembarDinilai

_ISIAN_ANGKA = (Jenis.ANGKA, Jenis.NILAI)


def tampilkan(
    kini: bytes,
    sel: Mapping[str, Sel],
    dinilai: LembarDinilai,
    jabatan: Sequence[tuple[str, str]],
    salah: Sequence[SalahKetik] = (),
    sisa: Mapping[str, str] | None = None,
) -> LembarTampil:
    """The page of a worksheet.

    Args:
        kini: the saved bytes.
        sel: every open cell, with the draft over it.
        dinilai: the worksheet with the draft laid over it, judged.
        jabatan: id and name of the offices that may be named in a tindak lanjut.
        salah: typed texts that could not be read; sisa: those whose lines are gone.
    """
    data = data_lembar(kini)
    p = _Penyusun(data, sel, dinilai, jabatan, _per_sel(dinilai.temuan, salah))
    konteks = dinilai.konteks
    tabel = {nama: tuple(p.baris(nama, n) for n in range(len(baris(data, nama)))) for nama in DAFTAR}
    catatan = next((p.isian("", k, "") for k in kolom() if k.kunci == "catatan"), None)
    kelas = konteks.acuan.skala.kelas if konteks else ()
    return LembarTampil(
        tabel["indikator"], tabel["anggaran"], catatan,
        tuple((k.nama, k.batas_bawah) for k in kelas),
        tuple(p.umum()),
        sum(t.tingkat is Tingkat.GALAT for t in dinilai.temuan) + len(salah),
        len(dinilai.temuan) + len(salah),
        tuple((sisa or {}).items()),
    )  # fmt: skip


def temuan_sel(t: Finding) -> TemuanSel:
    """A finding as it stands beside its cell, word for word as everywhere."""
    return TemuanSel(t.tingkat.value, t.pesan, t.tindakan)


# helpers


def _per_sel(temuan: Sequence[Finding], salah: Sequence[SalahKetik]) -> dict[str, list[TemuanSel]]:
    hasil: dict[str, list[TemuanSel]] = {}
    for t in temuan:
        hasil.setdefault(t.penunjuk, []).append(temuan_sel(t))
    for s in salah:
        hasil.setdefault(s.penunjuk, []).append(TemuanSel("galat", s.pesan, s.tindakan))
    return hasil


class _Penyusun:
    """Puts one page together; takes each finding once, the rest is told above the table."""

    def __init__(
        self, data: object, sel: Mapping[str, Sel], dinilai: LembarDinilai,
        jabatan: Sequence[tuple[str, str]], temuan: dict[str, list[TemuanSel]],
    ) -> None:  # fmt: skip
        self._data, self._sel, self._dinilai = data, sel, dinilai
        self._jabatan = tuple(jabatan)
        self._temuan = temuan

    def umum(self) -> list[TemuanSel]:
        """What no cell and no line took."""
        return [t for daftar in self._temuan.values() for t in daftar]

    def baris(self, nama: str, n: int) -> BarisTampil:
        """One line of a list."""
        definisi, kunci = DAFTAR[nama]
        isi = baris(self._data, nama)[n]
        induk = f"/{nama}/{n}"
        id_baris, judul = str(isi.get(kunci, n)), str(isi.get("nama", ""))
        semua = kolom(definisi)
        pendek = tuple(
            self.isian(induk, k, judul) for k in semua if not k.terkunci and k.jenis in _ISIAN_ANGKA
        )
        uraian = tuple(self._uraian(induk, semua, judul))
        bukti, hitungan = self._bukti(induk), self._hitung(nama, n)
        sisa = [
            t
            for p in list(self._temuan)
            if p == induk or p.startswith(f"{induk}/")
            for t in self._temuan.pop(p)
        ]
        buka = bool(sisa) or any(i.temuan or i.diketik for i in uraian)
        terkunci = tuple(
            (k.judul, _teks_terkunci(isi.get(k.kunci), nama, k)) for k in semua
            if k.terkunci and k.kunci not in (kunci, "nama", "satuan")
        )  # fmt: skip
        return replace(
            hitungan, nomor=n, daftar=nama, kunci=id_baris, judul=judul, satuan=str(isi.get("satuan", "")),
            terkunci=terkunci, isian=pendek, uraian=uraian, bukti=bukti, buka=buka, temuan=tuple(sisa),
        )  # fmt: skip

    def isian(self, induk: str, k: Kolom, judul_baris: str) -> Isian:
        """One cell."""
        penunjuk = f"{induk}/{k.kunci}"
        sel = self._sel.get(penunjuk, Sel(""))
        jenis, pilihan = self._jenis(penunjuk, k)
        nama = f"{k.judul}, {judul_baris}" if judul_baris else k.judul
        temuan = self._temuan.pop(penunjuk, [])
        if sel.tersimpan is not None:
            tulis = sel.tersimpan or "(kosong)"
            pesan = f"orang lain sudah menyimpan {tulis}; isian Anda {sel.teks or '(kosong)'}"
            saran = "simpan lagi untuk memakai isian Anda, atau pakai yang tersimpan"
            temuan = [TemuanSel("bentrok", pesan, saran), *temuan]
        return Isian(
            penunjuk, _id(penunjuk), k.judul, k.keterangan, nama, jenis, sel.teks, pilihan,
            sel.diketik, sel.tersimpan, tuple(temuan),
        )  # fmt: skip

    def _uraian(self, induk: str, semua: Sequence[Kolom], judul: str) -> Iterator[Isian]:
        for k in semua:
            if k.terkunci or k.jenis in (*_ISIAN_ANGKA, Jenis.BERKAS):
                continue
            if k.jenis is Jenis.KELOMPOK:
                for a in k.anak:
                    i = self.isian(f"{induk}/{k.kunci}", a, judul)
                    yield replace(i, judul=f"{k.judul}: {a.judul[:1].lower()}{a.judul[1:]}")
            else:
                yield self.isian(induk, k, judul)

    def _jenis(self, penunjuk: str, k: Kolom) -> tuple[str, tuple[tuple[str, str], ...]]:
        if k.kunci == "penanggung_jawab":
            return "pilihan", (("", "pilih jabatan"), *self._jabatan)
        if k.jenis is Jenis.NILAI:
            i = self._indikator(penunjuk)
            if i is not None and i.arah is Arah.PREDIKAT:
                return "pilihan", (("", "belum diisi"), *((p.kode, p.kode) for p in i.predikat))
            if i is not None and i.arah is Arah.ADA_TIDAK:
                return "kata", ()
        if k.jenis in _ISIAN_ANGKA:
            return ("desimal" if desimal(self._data, penunjuk) else "bulat"), ()
        return {Jenis.TEKS: "teks", Jenis.TANGGAL: "tanggal"}.get(k.jenis, "baris"), ()

    def _indikator(self, penunjuk: str) -> Indikator | None:
        bagian = penunjuk.split("/")
        konteks = self._dinilai.konteks
        if bagian[1] != "indikator" or konteks is None:
            return None
        n = int(bagian[2])
        return next((i for m, _, i in konteks.pasangan if m == n), None)

    def _bukti(self, induk: str) -> tuple[BuktiTampil, ...]:
        isi = nilai_di(self._data, f"{induk}/bukti")
        return tuple(
            BuktiTampil(n, str(b.get("nama", "")), str(b.get("sha256", "")), _ukuran(b.get("ukuran")))
            for n, b in enumerate(isi if isinstance(isi, list) else ()) if isinstance(b, dict)
        )  # fmt: skip

    def _hitung(self, nama: str, n: int) -> BarisTampil:
        """The line's figures; the rest of the line is filled in by :meth:`baris`."""
        kosong = BarisTampil(n, nama, "", "", "", (), (), (), (), TANPA_HASIL, buka=False, temuan=())
        konteks, kk = self._dinilai.konteks, self._dinilai.kertas_kerja
        if konteks is None or kk is None:
            return kosong
        if nama == "anggaran":
            h = hasil_anggaran(kk.anggaran[n], konteks) if n < len(kk.anggaran) else None
        else:
            h = hasil_indikator(n, konteks)
        return kosong if h is None else replace(kosong, hasil=h, petunjuk=h.petunjuk)


def _teks_terkunci(nilai: object, nama: str, k: Kolom) -> str:
    if nama == "anggaran" and isinstance(nilai, int | Decimal):
        return format_angka(Decimal(nilai), 0)
    if isinstance(nilai, dict):
        return f"{nilai.get('bawah')}–{nilai.get('atas')}"
    if isinstance(nilai, int) and not isinstance(nilai, bool):
        nilai = Decimal(nilai)
    terbaca: NilaiTarget = nilai if isinstance(nilai, Decimal | str) else None
    return tampil(terbaca)


def _ukuran(bita: object) -> str:
    return ukuran(bita) if isinstance(bita, int) else ""


def _id(penunjuk: str) -> str:
    """``/indikator/0/realisasi`` → ``i0-realisasi``."""
    bagian = penunjuk.split("/")[1:]
    if len(bagian) == 1:
        return bagian[0]
    return f"{bagian[0][0]}{bagian[1]}-{'-'.join(bagian[2:])}"

"""The approvals evaluator: is this change approved, by whom, and if not, why not yet.

One pure function, :func:`evaluate`. It decides from the policy, the offices and identities of
the *base* branch, from what the change covers and from the events of the log. It reads no
clock, no Git and no forge; whether an event's signature is genuine is checked before.

The rules (approvals bind to bytes; order comes from links and the log's sequence):

1. A path that nobody owns fails closed.
2. An approval counts for exactly the bytes and the policy that it named.
3. A step counts only after an unrevoked event of the step before, which it must link.
4. Whoever wrote covered bytes cannot approve them; one person cannot fill two offices.
5. Only the lawful holder on that day acts for an office, with a key that is his or hers.
6. *Tidak* blocks until the same office approves; a later *tidak* or *tarik* revokes.

Example:
    >>> evaluate(konteks, perubahan, peristiwa).lulus
    False
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from kinerja.domain.organisasi import pemangku_sah
from kinerja.domain.peristiwa import Berkas, Peristiwa
from kinerja.domain.tata_kelola import LangkahPersetujuan, Tindakan
from kinerja.workflow.actors import cacat_pelaku
from kinerja.workflow.chains import Rangkaian, pilih, rangkaian, terangkai
from kinerja.workflow.evaluation import Kelompok, Kerja, cacat_usulan, kelompokkan, siapkan
from kinerja.workflow.faults import Cacat, alasan_cabut, persetujuan
from kinerja.workflow.ledger import Buku
from kinerja.workflow.remarks import catatan
from kinerja.workflow.verdict import HasilLangkah, Konteks, Perubahan, Simpul, Verdict
from kinerja.workflow.waiting import jalan_buntu, menunggu

_ANAK_TERBANYAK = 3
_BAHAN = frozenset({Tindakan.SIAPKAN, Tindakan.AJUKAN, Tindakan.SUSUN})
"""Acts that bring bytes to be approved; of them a prepared worksheet is not submitted yet."""
_SENDIRI = frozenset({Tindakan.DISPOSISI, Tindakan.KIRIM, Tindakan.TERIMA})
"""Acts that need nobody's approval but are their office's own; a submission is none of them."""


def evaluate(
    konteks: Konteks,
    perubahan: Perubahan,
    peristiwa: Iterable[Peristiwa] | Buku,
    saat: datetime | None = None,
) -> Verdict:
    """Evaluates one change.

    Args:
        konteks: policy, offices and identities as the base branch has them.
        perubahan: what the change covers now.
        peristiwa: the log; events of other changes decide nothing here and are only noted
            where one person approved both an input and what was made from it.
        saat: now, to name who holds each awaited office and which steps nobody can give; it
            decides nothing. None leaves both out.

    Returns:
        The verdict, a tree with a reason on every node.
    """
    buku = peristiwa if isinstance(peristiwa, Buku) else Buku(peristiwa)
    hari = saat.astimezone(konteks.zona).date() if saat else None
    kerja = siapkan(konteks, perubahan, buku, hari)
    kelompok, tak_bertuan = kelompokkan(konteks, perubahan)
    calon = [_calon(kerja, k) for k in kelompok]
    pilihan = pilih([rangkaian(c, buku.sidik) for c in calon])
    terisi = _terisi(kerja, kelompok, pilihan)
    hasil: list[HasilLangkah] = []
    simpul: list[Simpul] = []
    tunggu: list[str] = []
    for k, calon_k, terpilih in zip(kelompok, calon, pilihan, strict=True):
        if not k.langkah:
            simpul.append(_tanpa_langkah(kerja, k))
            tunggu += [] if simpul[-1].lulus else k.pengusul
            continue
        baru = _langkah_kelompok(kerja, k, calon_k, terpilih, terisi)
        hasil += baru
        simpul += [h.simpul for h in baru]
        tunggu += [h.jabatan for h in baru if not h.simpul.lulus]
    semua = (*tak_bertuan, *cacat_usulan(perubahan), *simpul)
    if not perubahan.diperiksa and not perubahan.bukan_berkas:
        semua = (Simpul("kosong", perubahan.id, False, "perubahan ini tidak memuat berkas"),)
    lulus = bool(semua) and all(s.lulus for s in semua)
    alasan = "semua langkah terpenuhi" if lulus else "belum dapat digabung"
    berikutnya = tunggu[0] if tunggu else None
    cabut = _cabut_terbuka(kerja, hasil)
    return Verdict(
        lulus,
        Simpul("perubahan", perubahan.id, lulus, alasan, semua),
        tuple(hasil),
        berikutnya,
        cabut[1] if cabut else None,
        catatan(kerja, hasil),
        None if lulus else _pena(kerja, kelompok, cabut, berikutnya),
    )


# helpers: steps of one group


def _calon(kerja: Kerja, k: Kelompok) -> list[list[Peristiwa]]:
    """Per step, the approvals that count when order is regarded but persons are not."""
    baik = [[p for p, cacat in persetujuan(kerja, k, langkah) if cacat is None] for langkah in k.langkah]
    return terangkai(baik, kerja.buku.sidik)


def _terisi(kerja: Kerja, kelompok: Sequence[Kelompok], pilihan: Sequence[Rangkaian]) -> dict[str, str]:
    """Person → office, of steps that are given, and of the holders whose steps are awaited."""
    hasil = {p.orang: p.jabatan for jalan in pilihan for p in jalan}
    if kerja.hari is None:
        return hasil
    for k, jalan in zip(kelompok, pilihan, strict=True):
        for langkah in k.langkah[len(jalan) :]:
            p = pemangku_sah(kerja.konteks.jabatan, k.jabatan(langkah), kerja.hari)
            if p is not None:
                hasil.setdefault(p.orang, p.jabatan)
    return hasil


def _langkah_kelompok(
    kerja: Kerja,
    k: Kelompok,
    calon: list[list[Peristiwa]],
    terpilih: Rangkaian,
    terisi: Mapping[str, str],
) -> list[HasilLangkah]:
    hasil: list[HasilLangkah] = []
    terputus = False
    for i, langkah in enumerate(k.langkah):
        p = terpilih[i] if i < len(terpilih) else None
        if p is None:
            dihitung = () if terputus else calon[i]
            simpul = _belum(kerja, k, langkah, dihitung, terisi)
            terputus = True
        else:
            simpul = _sudah(kerja, langkah, p)
        kembali = k.kepemilikan.jabatan(langkah.kembali_ke)
        hasil.append(HasilLangkah(langkah, k.jabatan(langkah), kembali, p, simpul, i))
    return hasil


def _judul(kerja: Kerja, langkah: LangkahPersetujuan, jabatan: str) -> str:
    return f"{langkah.tindakan.value.replace('-', ' ').capitalize()} {kerja.nama_jabatan(jabatan)}"


def _sudah(kerja: Kerja, langkah: LangkahPersetujuan, p: Peristiwa) -> Simpul:
    dasar = f" berdasarkan {p.dasar.nomor}" if p.dasar else ""
    saat = p.waktu.astimezone(kerja.konteks.zona).strftime("%Y-%m-%d %H:%M")
    alasan = (
        f"diberikan {kerja.nama(p.orang)} "
        f"({p.sebutan.awalan}{kerja.nama_jabatan(p.jabatan)}{dasar}) pada {saat}, {p.jaminan.value}"
    )
    return Simpul(f"terpenuhi:{p.jabatan}", _judul(kerja, langkah, p.jabatan), True, alasan)


def _cacat_urutan(jabatan: str, nama: str, belum_urut: bool) -> Cacat:
    """Why an approval that is good by itself still does not count."""
    if belum_urut:
        return Cacat(
            f"urutan:{jabatan}",
            "belum dihitung: tidak mengikuti langkah sebelumnya yang terpenuhi untuk isi yang sama; "
            "harus diberikan lagi sesudahnya",
        )
    return Cacat(
        f"orang-sama:{jabatan}",
        f"{nama} sudah mengisi langkah lain pada perubahan ini; tunjuk Plh. untuk salah satu jabatan",
    )


def _belum(
    kerja: Kerja,
    k: Kelompok,
    langkah: LangkahPersetujuan,
    dihitung: Sequence[Peristiwa],
    terisi: Mapping[str, str],
) -> Simpul:
    """The node of a step that is not given: whom it waits for, what was wrong with each attempt."""
    jabatan = k.jabatan(langkah)
    judul = _judul(kerja, langkah, jabatan)
    anak: list[Simpul] = []
    for p, cacat in persetujuan(kerja, k, langkah):
        nama = kerja.nama(p.orang)
        c = cacat or _cacat_urutan(jabatan, nama, all(p is not d for d in dihitung))
        anak.append(Simpul(c.kode, f"Peristiwa {p.urut} oleh {nama}", False, c.alasan))
    if jabatan in kerja.pencabutan and not any(a.kode == f"dikembalikan:{jabatan}" for a in anak):
        anak.append(Simpul(f"dikembalikan:{jabatan}", judul, False, alasan_cabut(kerja, jabatan)))
    anak = [*anak[-_ANAK_TERBANYAK:], *jalan_buntu(kerja, k, langkah, terisi)]
    return Simpul(f"belum:{jabatan}", judul, False, menunggu(kerja, jabatan), tuple(anak))


def _tanpa_langkah(kerja: Kerja, k: Kelompok) -> Simpul:
    """A rule without steps: the act of the office that owns the file is its approval."""
    cakupan = {(b.jalur, b.sha256) for b in k.berkas}
    judul = f"Tindakan {' / '.join(kerja.nama_jabatan(j) for j in k.pengusul)}"
    for p in reversed(kerja.peristiwa):
        if p.jabatan not in k.pengusul or p.tindakan not in _SENDIRI:
            continue
        if kerja.dicabut(p) or kerja.buku.palsu(p) or cacat_pelaku(kerja.konteks, p) is not None:
            continue
        semula = kerja.perubahan.menggantikan(p.semula)
        if semula and cakupan <= {(b.jalur, b.sha256) for b in p.berkas}:
            return Simpul(f"terpenuhi:{p.jabatan}", judul, True, f"dilakukan {kerja.nama(p.orang)}")
    kode = f"belum:{'|'.join(k.pengusul)}"
    return Simpul(kode, judul, False, "belum ada tindakan dari jabatan yang berwenang")


# helpers: what follows


def _cabut_terbuka(kerja: Kerja, hasil: Sequence[HasilLangkah]) -> tuple[Peristiwa, str] | None:
    """The newest *tidak* or *tarik* that no approval has lifted, and where it sends the change."""
    terbuka = [
        (kerja.pencabutan[h.jabatan], h.kembali_ke)
        for h in hasil
        if h.jabatan in kerja.pencabutan and not h.simpul.lulus
    ]
    return max(terbuka, key=lambda x: x[0].urut, default=None)


def _pena(
    kerja: Kerja, kelompok: Sequence[Kelompok], cabut: tuple[Peristiwa, str] | None, berikutnya: str | None
) -> str | None:
    """Who is to act now: whom a *tidak* sent these very bytes, who has not submitted, who approves."""
    if cabut is not None and _isi_sama(kerja, cabut[0]):
        return cabut[1]
    bahan = [p for p in kerja.peristiwa if p.tindakan in _BAHAN and not kerja.buku.palsu(p)]
    diajukan = any(p.tindakan is not Tindakan.SIAPKAN and _isi_sama(kerja, p) for p in bahan)
    if berikutnya is not None and bahan and not diajukan:
        return next((k.kepemilikan.jabatan(k.kepemilikan.aturan.pengusul[0]) for k in kelompok), berikutnya)
    return berikutnya


def _isi_sama(kerja: Kerja, p: Peristiwa) -> bool:
    """True while what the event names is still what lies there."""
    dilihat: dict[str, Berkas] = {b.jalur: b for b in p.berkas}
    return not p.berkas or all(
        (b := dilihat.get(jalur)) is not None and b.sha256 == sidik for jalur, sidik in kerja.tercakup
    )

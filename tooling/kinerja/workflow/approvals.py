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

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kinerja.domain.peristiwa import Berkas, Peristiwa
from kinerja.domain.tata_kelola import PERSETUJUAN, Jaminan, LangkahPersetujuan, Tindakan
from kinerja.workflow.actors import cacat_pelaku
from kinerja.workflow.chains import Rangkaian, pilih, rangkaian, terangkai
from kinerja.workflow.offices import Kepemilikan, pemilik
from kinerja.workflow.policy import sidik_kebijakan
from kinerja.workflow.verdict import HasilLangkah, Konteks, Perubahan, Simpul, Verdict

PENCABUT = frozenset({Tindakan.TIDAK, Tindakan.TARIK})


@dataclass(frozen=True, slots=True)
class _Kelompok:
    """The files of a change that one rule owns, with the rule's steps filled in."""

    kepemilikan: Kepemilikan
    berkas: tuple[Berkas, ...]
    langkah: tuple[LangkahPersetujuan, ...]


@dataclass(slots=True)
class _Kerja:
    """What one evaluation looks at, gathered once."""

    konteks: Konteks
    perubahan: Perubahan
    peristiwa: tuple[Peristiwa, ...]
    sidik: dict[int, str]
    sidik_kebijakan: str
    pencabutan: dict[str, int] = field(default_factory=dict)


def evaluate(konteks: Konteks, perubahan: Perubahan, peristiwa: Sequence[Peristiwa]) -> Verdict:
    """Evaluates one change.

    Args:
        konteks: policy, offices and identities as the base branch has them.
        perubahan: what the change covers now.
        peristiwa: the log; events of other changes decide nothing here and are only noted
            where one person approved both an input and what was made from it.

    Returns:
        The verdict, a tree with a reason on every node.
    """
    kerja = _siapkan(konteks, perubahan, peristiwa)
    kelompok, tak_bertuan = _kelompokkan(konteks, perubahan)
    gagal = [*tak_bertuan, *_identitas_tak_dikenal(perubahan)]
    hasil: list[HasilLangkah] = []
    simpul: list[Simpul] = []
    menunggu: list[str] = []
    calon = [_calon(kerja, k) for k in kelompok]
    pilihan = pilih([rangkaian(c, kerja.sidik) for c in calon])
    for k, calon_k, terpilih in zip(kelompok, calon, pilihan, strict=True):
        if not k.langkah:
            simpul.append(_tanpa_langkah(kerja, k))
            if not simpul[-1].lulus:
                menunggu += sorted(_pengusul(k))
            continue
        baru = _langkah_kelompok(kerja, k, calon_k, terpilih)
        hasil += baru
        simpul += [h.simpul for h in baru]
        menunggu += [h.jabatan for h in baru if not h.simpul.lulus]
    semua = (*gagal, *simpul)
    if not perubahan.berkas:
        semua = (Simpul("kosong", perubahan.id, False, "perubahan ini tidak memuat berkas"),)
    lulus = bool(semua) and all(s.lulus for s in semua)
    alasan = "semua langkah terpenuhi" if lulus else "belum dapat digabung"
    return Verdict(
        lulus,
        Simpul("perubahan", perubahan.id, lulus, alasan, semua),
        tuple(hasil),
        menunggu[0] if menunggu else None,
        _kembali_ke(kerja, hasil),
        (*_catatan_jam(hasil), *_catatan_rangkap(kerja, hasil, peristiwa)),
    )


# helpers: what is looked at


def _siapkan(
    konteks: Konteks, perubahan: Perubahan, peristiwa: Sequence[Peristiwa]
) -> _Kerja:
    milik = tuple(
        sorted(
            (
                p
                for p in peristiwa
                if p.perubahan == perubahan.id and p.tujuan == perubahan.tujuan
            ),
            key=lambda p: p.urut,
        )
    )
    kerja = _Kerja(
        konteks,
        perubahan,
        milik,
        {p.urut: p.sidik() for p in milik},
        sidik_kebijakan(konteks.kebijakan),
    )
    for p in milik:
        if p.tindakan in PENCABUT and cacat_pelaku(kerja.konteks, p) is None:
            kerja.pencabutan[p.jabatan] = p.urut
    return kerja


def _kelompokkan(
    konteks: Konteks, perubahan: Perubahan
) -> tuple[tuple[_Kelompok, ...], tuple[Simpul, ...]]:
    isi: dict[Kepemilikan, list[Berkas]] = {}
    tak_bertuan: list[Simpul] = []
    for b in perubahan.berkas:
        milik = pemilik(konteks.kebijakan, konteks.organisasi, b.jalur)
        if milik is None:
            alasan = "tidak ada jabatan yang memiliki jalur ini dalam kebijakan; keluarkan berkasnya"
            tak_bertuan.append(Simpul(f"tak-bertuan:{b.jalur}", b.jalur, False, alasan))
        else:
            isi.setdefault(milik, []).append(b)
    kelompok = tuple(_Kelompok(m, tuple(bs), m.aturan.langkah) for m, bs in isi.items())
    return kelompok, tuple(tak_bertuan)


def _identitas_tak_dikenal(perubahan: Perubahan) -> tuple[Simpul, ...]:
    return tuple(
        Simpul(
            f"identitas-tak-dikenal:{siapa}",
            f"Penulis {siapa}",
            False,
            "penulis commit ini tidak ada di identitas.yaml, jadi tidak dapat dipastikan "
            "bahwa pemeriksa bukan penulisnya; daftarkan dulu orangnya",
        )
        for siapa in perubahan.tak_dikenal
    )


# helpers: is one event good


def _cacat(kerja: _Kerja, langkah: LangkahPersetujuan, p: Peristiwa) -> str | None:
    """Code and reason why an approval does not count, order and persons aside."""
    jabatan = p.jabatan
    nama = kerja.konteks.identitas.nama(p.orang)
    pelaku = cacat_pelaku(kerja.konteks, p)
    if pelaku is not None:
        return f"{pelaku[0]}\n{pelaku[1]}"
    if p.orang in kerja.perubahan.kontributor:
        return f"sendiri:{jabatan}\n{nama} ikut menulis isinya, jadi tidak boleh menyetujuinya"
    if kerja.pencabutan.get(jabatan, 0) > p.urut:
        return f"dikembalikan:{jabatan}\n{_alasan_cabut(kerja, jabatan)}"
    tercakup = {(b.jalur, b.sha256) for b in p.berkas}
    if any((b.jalur, b.sha256) not in tercakup for b in kerja.perubahan.berkas):
        return f"basi:{jabatan}\nisi berubah setelah {nama} menyetujuinya; mintakan lagi"
    if p.kebijakan != kerja.sidik_kebijakan:
        return f"kebijakan-berubah:{jabatan}\naturan persetujuan berubah sejak itu; mintakan lagi"
    if p.jaminan is Jaminan.KUNCI_SENDIRI and p.kunci is None:
        return (
            f"jaminan-kurang:{jabatan}\nmengaku {p.jaminan.value}, tetapi tidak menyebut kunci; "
            "mintakan lagi dengan kunci yang terdaftar"
        )
    if p.jaminan.derajat < langkah.jaminan.derajat:
        return (
            f"jaminan-kurang:{jabatan}\njaminan {p.jaminan.value}, "
            f"padahal langkah ini menuntut {langkah.jaminan.value}"
        )
    return None


def _alasan_cabut(kerja: _Kerja, jabatan: str) -> str:
    p = next(p for p in kerja.peristiwa if p.urut == kerja.pencabutan[jabatan])
    kata = "menarik persetujuannya" if p.tindakan is Tindakan.TARIK else "menjawab tidak"
    return f"{kerja.konteks.identitas.nama(p.orang)} {kata}: {p.alasan or '(tanpa alasan)'}"


# helpers: steps of one group


def _persetujuan(
    kerja: _Kerja, k: _Kelompok, langkah: LangkahPersetujuan
) -> tuple[tuple[Peristiwa, str | None], ...]:
    """Every approval given for this step, with what is wrong with it."""
    jabatan = k.kepemilikan.jabatan(langkah.jabatan)
    return tuple(
        (p, _cacat(kerja, langkah, p))
        for p in kerja.peristiwa
        if p.jabatan == jabatan and p.tindakan is langkah.tindakan
    )


def _calon(kerja: _Kerja, k: _Kelompok) -> list[list[Peristiwa]]:
    """Per step, the approvals that count when order is regarded but persons are not."""
    baik = [
        [p for p, cacat in _persetujuan(kerja, k, langkah) if cacat is None]
        for langkah in k.langkah
    ]
    return terangkai(baik, kerja.sidik)


def _langkah_kelompok(
    kerja: _Kerja, k: _Kelompok, calon: list[list[Peristiwa]], terpilih: Rangkaian
) -> list[HasilLangkah]:
    hasil: list[HasilLangkah] = []
    terputus = False
    for i, langkah in enumerate(k.langkah):
        jabatan = k.kepemilikan.jabatan(langkah.jabatan)
        p = terpilih[i] if i < len(terpilih) else None
        if p is None:
            simpul = _belum(kerja, k, i, calon, terputus)
            terputus = True
        else:
            simpul = _sudah(kerja, langkah, p)
        kembali = k.kepemilikan.jabatan(langkah.kembali_ke)
        hasil.append(HasilLangkah(langkah, jabatan, kembali, p, simpul))
    return hasil


def _judul(kerja: _Kerja, langkah: LangkahPersetujuan, jabatan: str) -> str:
    return f"{langkah.tindakan.value.replace('-', ' ').capitalize()} {kerja.konteks.jabatan.nama(jabatan)}"


def _sudah(kerja: _Kerja, langkah: LangkahPersetujuan, p: Peristiwa) -> Simpul:
    k = kerja.konteks
    dasar = f" berdasarkan {p.dasar.nomor}" if p.dasar else ""
    saat = p.waktu.astimezone(k.zona).strftime("%Y-%m-%d %H:%M")
    alasan = (
        f"diberikan {k.identitas.nama(p.orang)} "
        f"({p.sebutan.awalan}{k.jabatan.nama(p.jabatan)}{dasar}) pada {saat}, {p.jaminan.value}"
    )
    return Simpul(f"terpenuhi:{p.jabatan}", _judul(kerja, langkah, p.jabatan), True, alasan)


def _cacat_urutan(jabatan: str, nama: str, belum_urut: bool) -> str:
    """Why an approval that is good by itself still does not count."""
    if belum_urut:
        return (
            f"urutan:{jabatan}\nbelum dihitung: tidak mengikuti langkah sebelumnya yang "
            "terpenuhi untuk isi yang sama; harus diberikan lagi sesudahnya"
        )
    return (
        f"orang-sama:{jabatan}\n{nama} sudah mengisi langkah lain pada perubahan ini; "
        "tunjuk Plh. untuk salah satu jabatan"
    )


def _belum(
    kerja: _Kerja, k: _Kelompok, i: int, calon: list[list[Peristiwa]], terputus: bool
) -> Simpul:
    langkah = k.langkah[i]
    jabatan = k.kepemilikan.jabatan(langkah.jabatan)
    judul = _judul(kerja, langkah, jabatan)
    anak: list[Simpul] = []
    for p, cacat in _persetujuan(kerja, k, langkah):
        nama = kerja.konteks.identitas.nama(p.orang)
        belum_urut = terputus or p not in calon[i]
        kode, _, alasan = (cacat or _cacat_urutan(jabatan, nama, belum_urut)).partition("\n")
        anak.append(Simpul(kode, f"Peristiwa {p.urut} oleh {nama}", False, alasan))
    if jabatan in kerja.pencabutan and not any(a.kode == f"dikembalikan:{jabatan}" for a in anak):
        kode, alasan = f"dikembalikan:{jabatan}", _alasan_cabut(kerja, jabatan)
        anak.append(Simpul(kode, judul, False, alasan))
    pemegang = kerja.konteks.jabatan.nama(jabatan)
    if anak:
        return Simpul(f"belum:{jabatan}", judul, False, f"menunggu {pemegang}", tuple(anak[-3:]))
    return Simpul(f"belum:{jabatan}", judul, False, f"menunggu {pemegang}")


def _pengusul(k: _Kelompok) -> set[str]:
    return {k.kepemilikan.jabatan(j) for j in k.kepemilikan.aturan.pengusul}


def _tanpa_langkah(kerja: _Kerja, k: _Kelompok) -> Simpul:
    """A rule without steps: the act of the office that owns the file is its approval."""
    jabatan = _pengusul(k)
    cakupan = {(b.jalur, b.sha256) for b in k.berkas}
    judul = f"Tindakan {' / '.join(kerja.konteks.jabatan.nama(j) for j in sorted(jabatan))}"
    for p in reversed(kerja.peristiwa):
        if p.jabatan not in jabatan or p.tindakan in PENCABUT or p.tindakan in PERSETUJUAN:
            continue
        if kerja.pencabutan.get(p.jabatan, 0) > p.urut:
            continue
        if cacat_pelaku(kerja.konteks, p) is None and cakupan <= {(b.jalur, b.sha256) for b in p.berkas}:
            return Simpul(
                f"terpenuhi:{p.jabatan}",
                judul,
                True,
                f"dilakukan {kerja.konteks.identitas.nama(p.orang)}",
            )
    kode = f"belum:{'|'.join(sorted(jabatan))}"
    return Simpul(kode, judul, False, "belum ada tindakan dari jabatan yang berwenang")


# helpers: what follows


def _kembali_ke(kerja: _Kerja, hasil: Sequence[HasilLangkah]) -> str | None:
    terbuka = [
        (kerja.pencabutan[h.jabatan], h.kembali_ke)
        for h in hasil
        if h.jabatan in kerja.pencabutan and not h.simpul.lulus
    ]
    return max(terbuka)[1] if terbuka else None


def _catatan_jam(hasil: Sequence[HasilLangkah]) -> tuple[str, ...]:
    """Clock anomalies: shown, never deciding."""
    terpenuhi = sorted((h.peristiwa for h in hasil if h.peristiwa is not None), key=lambda p: p.urut)
    return tuple(
        f"jam peristiwa {b.urut} ({b.waktu.isoformat()}) lebih awal daripada peristiwa {a.urut} "
        f"({a.waktu.isoformat()}) yang mendahuluinya dalam log"
        for a, b in pairwise(terpenuhi)
        if b.waktu < a.waktu
    )


def _catatan_rangkap(
    kerja: _Kerja, hasil: Sequence[HasilLangkah], peristiwa: Sequence[Peristiwa]
) -> tuple[str, ...]:
    """Who approved this change and also one of its inputs: allowed across changes, and said."""
    penyetuju = {h.peristiwa.orang: h.peristiwa for h in hasil if h.peristiwa is not None}
    masukan = {(b.jalur, b.sha256) for p in kerja.peristiwa for b in p.masukan}
    if not penyetuju or not masukan:
        return ()
    rangkap: dict[tuple[str, str], Peristiwa] = {}
    for p in peristiwa:
        if p.perubahan == kerja.perubahan.id or p.tindakan not in PERSETUJUAN or p.orang not in penyetuju:
            continue
        for b in p.berkas:
            if (b.jalur, b.sha256) in masukan:
                rangkap[(p.orang, b.jalur)] = p
    k = kerja.konteks
    return tuple(
        f"{k.identitas.nama(orang)} menyetujui perubahan ini sebagai "
        f"{k.jabatan.nama(penyetuju[orang].jabatan)} dan sebelumnya {jalur} "
        f"sebagai {k.jabatan.nama(p.jabatan)}; dibolehkan dan dicatat"
        for (orang, jalur), p in sorted(rangkap.items())
    )

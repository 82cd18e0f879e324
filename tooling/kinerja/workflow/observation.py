"""From what a forge shows to an event: who said what, for which office, over which bytes.

A review is weak evidence (it can lose its commit, be dismissed by others, be moved by a
force-push), so it is copied at the moment it is seen, once, and never read again. Pure: the
forge's answers, the log and the base branch's offices come in, a draft event or a remark goes
out. It leaves out whether the event counts (``approvals``).

Example:
    >>> amati(lingkup, pendapat)
    Catatan(teks='akun github nomor 77 belum terdaftar di identitas.yaml; …')
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kinerja.domain.organisasi import Pemangku, pemangku_sah
from kinerja.domain.peristiwa import Berkas, Bukti, Peristiwa
from kinerja.domain.tata_kelola import PERSETUJUAN, Jaminan, Tindakan
from kinerja.workflow.actors import cacat_pelaku
from kinerja.workflow.approvals import evaluate
from kinerja.workflow.evaluation import PENCABUT, Kelompok, kelompokkan
from kinerja.workflow.ledger import Buku
from kinerja.workflow.offices import jabatan_orang
from kinerja.workflow.policy import sidik_kebijakan
from kinerja.workflow.ports import Dorongan, Kata, Pendapat
from kinerja.workflow.verdict import HasilLangkah, Konteks, Perubahan, Verdict

_BAHAN = (Tindakan.AJUKAN, Tindakan.SUSUN, Tindakan.SIAPKAN)
_TINDAKAN = {Kata.TIDAK: Tindakan.TIDAK, Kata.TARIK: Tindakan.TARIK, Kata.AJUKAN: Tindakan.AJUKAN}
_KELONGGARAN = timedelta(seconds=3)
"""Forgejo notes a push a moment after it came; a comment right behind it was about it."""
TANPA_ALASAN = "(tanpa alasan tertulis; lihat ulasannya di forge)"


@dataclass(frozen=True, slots=True)
class Catatan:
    """Why something seen became no event; told on the pull request."""

    teks: str


@dataclass(frozen=True, slots=True)
class Lingkup:
    """What one observation looks at.

    Attributes:
        forge: how ``identitas.yaml`` calls the forge.
        acuan: digests of the governing documents on main now.
        isi_pada: the change's files as they were at a commit; None when that commit is not known.
        saat: when this is seen.
    """

    konteks: Konteks
    perubahan: Perubahan
    buku: Buku
    forge: str
    dorongan: tuple[Dorongan, ...]
    kepala: str
    acuan: tuple[Berkas, ...]
    isi_pada: Callable[[str], tuple[Berkas, ...] | None]
    saat: datetime


def amati(lk: Lingkup, p: Pendapat) -> Peristiwa | Catatan | None:
    """The draft event of one opinion; None when it is in the log already.

    Returns:
        A draft without number and links, a remark when it cannot count, or None.
    """
    if _tercatat(lk, p):
        return None
    hari = p.waktu.astimezone(lk.konteks.zona).date()
    if p.akun is None:
        return Catatan(f"{p.jenis.value} {p.nomor} berasal dari akun yang sudah dihapus; tidak dihitung")
    orang = lk.konteks.identitas.pemilik_akun(lk.forge, p.akun, hari)
    if orang is None:
        return Catatan(
            f"akun {lk.forge} nomor {p.akun} belum terdaftar di identitas.yaml pada {hari.isoformat()}; "
            f"{p.jenis.value}nya tidak dihitung"
        )
    if p.kata is Kata.USANG:
        return Catatan(f"{p.jenis.value} {p.nomor} disunting sesudah ditulis; tulis komentar baru")
    berkas = _isi_dilihat(lk, p)
    if isinstance(berkas, Catatan) and p.kata is Kata.TIDAK:
        berkas = lk.perubahan.diperiksa  # a no blocks by its office, whatever it looked at
    if isinstance(berkas, Catatan):
        return berkas
    verdict = evaluate(lk.konteks, lk.perubahan, lk.buku)
    pemangku = _pemangku(lk, p, orang.id, hari, verdict)
    if pemangku is None:
        daftar = lk.konteks.jabatan
        punya = ", ".join(daftar.nama(j) for j in jabatan_orang(daftar, orang.id, hari))
        return Catatan(
            f"{orang.nama} ({punya or 'tanpa jabatan'}) tidak memegang jabatan yang ditunggu di sini; "
            f"{p.jenis.value}nya tidak dihitung"
        )
    if p.kata in (Kata.YA, Kata.AJUKAN) and _didahului(lk, p, pemangku.jabatan):
        return Catatan(
            f"{p.jenis.value} {p.nomor} lebih lama daripada jawaban tidak dari jabatan yang sama; "
            "mintakan lagi"
        )
    langkah = next((h for h in verdict.langkah if h.jabatan == pemangku.jabatan), None)
    return _rancang(lk, p, pemangku, langkah, verdict, berkas)


# helpers


def _didahului(lk: Lingkup, p: Pendapat, jabatan: str) -> bool:
    """True when the office said *tidak* or took back, in the log already, after this was said."""
    return any(
        x.jabatan == jabatan and x.tindakan in PENCABUT and x.waktu > p.waktu
        for x in lk.buku.milik(lk.perubahan.id, lk.perubahan.tujuan)
    )


def _tercatat(lk: Lingkup, p: Pendapat) -> bool:
    """True when an observer recorded it; an event that only says so would hide what it names."""
    return any(
        x.bukti is not None
        and x.jaminan is Jaminan.TERAMATI
        and cacat_pelaku(lk.konteks, x) is None
        and not lk.buku.palsu(x)
        and (x.bukti.forge, x.bukti.jenis, x.bukti.nomor) == (lk.forge, p.jenis, p.nomor)
        and (x.tindakan is Tindakan.TARIK) == (p.kata is Kata.TARIK)
        for x in lk.buku.milik(lk.perubahan.id, lk.perubahan.tujuan)
    )


def _isi_dilihat(lk: Lingkup, p: Pendapat) -> tuple[Berkas, ...] | Catatan:
    """The bytes that were looked at, by the commit that the forge names; or why they are not known."""
    kepala = p.kepala
    if kepala is None and p.kata in (Kata.AJUKAN, Kata.TARIK):  # a comment names no commit
        kemudian = [d for d in lk.dorongan if d.waktu > p.waktu + _KELONGGARAN]
        if not kemudian or p.kata is Kata.TARIK:
            return lk.perubahan.diperiksa
        dahulu = [d.sesudah for d in lk.dorongan if d.waktu <= p.waktu + _KELONGGARAN]
        kepala = dahulu[-1] if dahulu else kemudian[0].sebelum
    if kepala is None:
        return Catatan(f"{p.jenis.value} {p.nomor} tidak menyebut commit yang dilihat; mintakan sekali lagi")
    datang = [d.waktu for d in lk.dorongan if d.sesudah == kepala]
    if datang and min(datang) > p.waktu:
        return Catatan(
            f"{p.jenis.value} {p.nomor} menyebut isi yang baru datang sesudahnya (cabang didorong paksa); "
            "mintakan sekali lagi"
        )
    isi = lk.isi_pada(kepala)
    if isi is None:
        return Catatan(
            f"{p.jenis.value} {p.nomor} menyebut commit {kepala[:12]} yang tidak ada lagi; "
            "mintakan sekali lagi"
        )
    return isi


def _pemangku(
    lk: Lingkup, p: Pendapat, orang: str, hari: date, verdict: Verdict
) -> Pemangku | None:
    """The office for which the person speaks: the first awaited one that he or she holds that day."""
    if p.kata is Kata.AJUKAN:
        kelompok, _ = kelompokkan(lk.konteks, lk.perubahan)
        calon = [j for k in kelompok for j in _pengusul(k)]
    elif p.kata is Kata.TARIK:
        milik = [x for x in lk.buku.milik(lk.perubahan.id, lk.perubahan.tujuan) if x.orang == orang]
        calon = [x.jabatan for x in reversed(milik) if x.tindakan in PERSETUJUAN]
    else:
        terbuka = [h.jabatan for h in verdict.langkah if h.peristiwa is None]
        calon = [*terbuka, *(h.jabatan for h in verdict.langkah)]
        if p.kata is Kata.TIDAK:  # what needs no approval can still be refused by its own office
            kelompok, _ = kelompokkan(lk.konteks, lk.perubahan)
            calon += [j for k in kelompok if not k.langkah for j in _pengusul(k)]
    sah = (pemangku_sah(lk.konteks.jabatan, j, hari) for j in calon)
    return next((s for s in sah if s is not None and s.orang == orang), None)


def _pengusul(k: Kelompok) -> Sequence[str]:
    return [k.kepemilikan.jabatan(j) for j in k.kepemilikan.aturan.pengusul]


def _rancang(
    lk: Lingkup,
    p: Pendapat,
    pemangku: Pemangku,
    langkah: HasilLangkah | None,
    verdict: Verdict,
    berkas: tuple[Berkas, ...],
) -> Peristiwa:
    tindakan = _TINDAKAN.get(p.kata) or (langkah.langkah.tindakan if langkah else Tindakan.SETUJU)
    alasan = p.isi.strip() or TANPA_ALASAN if tindakan in (Tindakan.TIDAK, Tindakan.TARIK) else None
    return Peristiwa(
        urut=0,
        perubahan=lk.perubahan.id,
        tujuan=lk.perubahan.tujuan,
        tindakan=tindakan,
        jabatan=pemangku.jabatan,
        orang=pemangku.orang,
        sebutan=pemangku.sebutan,
        dasar=pemangku.dasar,
        berkas=berkas,
        masukan=(),
        kebijakan=sidik_kebijakan(lk.konteks.kebijakan),
        sesudah=_sesudah(lk, tindakan, langkah, verdict, berkas, p.waktu),
        sebelumnya=None,
        waktu=p.waktu.astimezone(lk.konteks.zona).replace(microsecond=0),
        alasan=alasan,
        jaminan=Jaminan.TERAMATI,
        kepala=p.kepala or lk.kepala,
        kunci=None,
        acuan=lk.acuan,
        semula=lk.perubahan.semula or (),
        bukti=Bukti(
            lk.forge, p.jenis, p.nomor, p.akun or 0,
            lk.saat.astimezone(lk.konteks.zona).replace(microsecond=0), p.sha256,
        ),
    )  # fmt: skip


def _sesudah(
    lk: Lingkup,
    tindakan: Tindakan,
    langkah: HasilLangkah | None,
    verdict: Verdict,
    berkas: tuple[Berkas, ...],
    waktu: datetime,
) -> str | None:
    """What the act follows: the step before where there is one, else what was submitted or compiled.

    Only what was there when the forge received it: nobody followed an act that came later.
    """
    milik = [x for x in lk.buku.milik(lk.perubahan.id, lk.perubahan.tujuan) if x.waktu <= waktu]
    if tindakan is Tindakan.AJUKAN:
        siap = [x for x in milik if x.tindakan is Tindakan.SIAPKAN]
        return lk.buku.sidik(siap[-1]) if siap else None
    if langkah is not None and langkah.nomor > 0:
        sebelum = verdict.langkah[verdict.langkah.index(langkah) - 1]
        ada = sebelum.peristiwa is not None and sebelum.peristiwa.waktu <= waktu
        lama = [sebelum.peristiwa] if ada and sebelum.peristiwa else _pernah(milik, sebelum)
        return lk.buku.sidik(lama[-1]) if lama else None
    bahan = [x for x in milik if x.tindakan in _BAHAN and set(berkas) <= set(x.berkas)]
    return lk.buku.sidik(bahan[-1]) if bahan else None


def _pernah(milik: Sequence[Peristiwa], h: HasilLangkah) -> list[Peristiwa]:
    """Approvals once given for a step, whether they count or not."""
    return [x for x in milik if (x.jabatan, x.tindakan) == (h.jabatan, h.langkah.tindakan)]

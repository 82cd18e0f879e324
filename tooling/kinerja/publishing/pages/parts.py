"""Parts that several pages share: the status banner, category, period names, acts.

Every page begins with :func:`kepala`, so that no page can lack the banner.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from kinerja.calculation.numbers import format_persen
from kinerja.domain.laporan import BarisCapaian, Rekap
from kinerja.domain.organisasi import Status
from kinerja.domain.peristiwa import Peristiwa, PeristiwaBertanda
from kinerja.domain.tata_kelola import Sop
from kinerja.publishing import wording
from kinerja.publishing.charts import bola, kelas_kategori
from kinerja.publishing.markup import (
    Aman,
    Kolom,
    catatan,
    gabung,
    judul,
    lolos,
    sidik,
    tabel,
    tautan,
    unsur,
)
from kinerja.publishing.site_data import DataPeriode, DataSitus

_KALIMAT = {
    Status.CONTOH: (
        "Angka, nama orang, dan dokumen di halaman ini adalah contoh untuk mencoba sistem. "
        "Bukan data resmi perangkat daerah."
    ),
    Status.SIMULASI: (
        "Halaman ini hasil simulasi: tidak ada pejabat yang menandatangani isinya dan tidak ada "
        "laporan yang benar-benar dikirim. Jangan dipakai sebagai dokumen resmi."
    ),
}

TIDAK_TERSERTIFIKASI = (
    "Tanda tangan dengan kunci sendiri dan tindakan yang teramati sistem adalah tanda tangan "
    "elektronik tidak tersertifikasi (PP 71/2019 Pasal 60). Keduanya bukti siapa berbuat apa atas "
    "berkas yang mana, tetapi tidak menggantikan tanda tangan tersertifikasi BSrE atau tanda "
    "tangan basah."
)


def pita(status: Status) -> str:
    """The banner of a page; "" when everything is official."""
    if not status.penanda:
        return ""
    isi = gabung(
        unsur("strong", status.penanda),
        unsur("span", _KALIMAT[status], data_search_exclude="ya"),
        antara=" ",
    )
    return unsur("div", isi, f"kj-pita kj-{status.value}", role="note")


def sisipkan_pita(markdown: str, status: Status) -> str:
    """A hand-written page with the banner below its first heading, or on top without one."""
    if not status.penanda:
        return markdown
    baris = markdown.split("\n")
    tempat = next((n + 1 for n, b in enumerate(baris) if b.startswith("# ")), 0)
    return "\n".join([*baris[:tempat], "", pita(status), "", *baris[tempat:]])


def kepala(data: DataSitus, teks: str, letak: str = "", status: Status | None = None) -> list[str]:
    """Heading, where the page stands, banner; MkDocs takes its title from a first heading."""
    return [judul(1, teks), letak, pita(terlemah(status or data.status, data.organisasi.status))]


def terlemah(*status: Status) -> Status:
    """Of several the one that promises least."""
    return next(s for s in (Status.SIMULASI, Status.CONTOH, Status.RESMI) if s in status)


def nama_sop(sop: Sop) -> str:
    """``SOP Pengumpulan Data Kinerja``, whether or not the name says SOP itself."""
    return sop.nama if sop.nama.upper().startswith("SOP") else f"SOP {sop.nama}"


def jalur_periode(p: DataPeriode) -> str:
    """``periode/2024-tw1.md``."""
    return f"periode/{p.periode.id}.md"


def jalur_bidang(id_bidang: str) -> str:
    """``bidang/rehabilitasi-sosial.md``."""
    return f"bidang/{id_bidang}.md"


def jalur_indikator(id_indikator: str) -> str:
    """``indikator/iku-1.md``."""
    return f"indikator/{id_indikator}.md"


def nama_periode(data: DataSitus, p: DataPeriode) -> str:
    """The period's short name, with its own marker when it differs from the agency's."""
    if p.laporan.status is data.organisasi.status or not p.laporan.status.penanda:
        return p.periode.judul_pendek
    return f"{p.periode.judul_pendek} ({p.laporan.status.penanda})"


def kategori(data: DataSitus, p: DataPeriode, nama: str) -> Aman:
    """A category by disc and word; "" when there is none."""
    if not nama:
        return Aman("")
    urutan, jumlah = urutan_kategori(data, p, nama)
    kelas = f"kj-kategori {kelas_kategori(urutan, jumlah)}"
    return unsur("span", gabung(bola(), nama, antara=" "), kelas)


def kelas_batang(data: DataSitus, p: DataPeriode, nama: str) -> str:
    """The style class of a bar in a category."""
    return kelas_kategori(*urutan_kategori(data, p, nama)) if nama else "kj-k-netral"


def urutan_kategori(data: DataSitus, p: DataPeriode, nama: str) -> tuple[int, int]:
    """Place of a class in the scale that the report froze, and how many there are."""
    skala = next((s for s in data.kebijakan.skala if s.id == p.laporan.skala), None)
    kelas = [k.nama for k in skala.kelas] if skala else []
    return (kelas.index(nama), len(kelas)) if nama in kelas else (0, 1)


def capaian(baris: BarisCapaian) -> str:
    """The figure, or the dash that is not zero."""
    if baris.capaian is not None:
        return format_persen(baris.capaian)
    if baris.tercapai is not None:
        return "tercapai" if baris.tercapai else "tidak tercapai"
    return wording.KOSONG


def penilaian(data: DataSitus, p: DataPeriode, baris: BarisCapaian) -> Aman:
    """The category, or the reason why there is none."""
    if baris.capaian is not None:
        return kategori(data, p, baris.kategori)
    return unsur("span", wording.alasan(baris), "kj-alasan")


def persen(nilai: Decimal | None) -> str:
    """``93,75 %`` or a dash."""
    return wording.KOSONG if nilai is None else format_persen(nilai)


def dihitung(rekap: Rekap) -> str:
    """``5 dari 6 indikator``."""
    return f"{rekap.dihitung} dari {rekap.total} indikator"


def jabatan(data: DataSitus, p: Peristiwa) -> Aman:
    """The office as it was held: ``Plh. Sekretaris``, with the instrument."""
    nama = lolos(f"{p.sebutan.awalan}{data.jabatan.nama(p.jabatan)}")
    if p.dasar is None:
        return nama
    dasar = p.dasar.nomor
    if p.dasar.tanggal is not None:
        dasar += f" tanggal {wording.tanggal(p.dasar.tanggal)}"
    return gabung(nama, Aman("<br>"), unsur("small", f"dasar: {dasar}"))


def pelaku(data: DataSitus, p: Peristiwa) -> str:
    """The person's name."""
    return data.identitas.nama(p.orang)


def tabel_persetujuan(
    data: DataSitus, keterangan: str, daftar: Sequence[PeristiwaBertanda], atas: Sequence[str]
) -> Aman:
    """Who approved what: act, office, person, moment, assurance, digest of the event."""
    kolom = (
        Kolom("Atas", kepala=True),
        Kolom("Tindakan"),
        Kolom("Jabatan"),
        Kolom("Nama"),
        Kolom(f"Waktu ({wording.singkatan_zona(data.tanggal, data.zona)})"),
        Kolom("Jaminan"),
        Kolom("Sidik peristiwa"),
    )
    baris = [
        (
            nama,
            wording.TINDAKAN[p.peristiwa.tindakan],
            jabatan(data, p.peristiwa),
            pelaku(data, p.peristiwa),
            unsur("span", wording.saat_pendek(p.peristiwa.waktu, data.zona), "kj-utuh"),
            wording.JAMINAN[p.peristiwa.jaminan],
            sidik(p.sidik),
        )
        for nama, p in zip(atas, daftar, strict=True)
    ]
    return tabel(keterangan, kolom, baris)


def pilihan_bidang(data: DataSitus, dari: str) -> Aman:
    """Links to the pages of every bidang."""
    butir = [unsur("li", tautan(dari, jalur_bidang(b.id), b.nama)) for b in data.bidang()]
    return unsur("nav", unsur("ul", gabung(*butir)), "kj-pilihan", aria_label="Bidang")


def belum_terbit(data: DataSitus) -> Aman:
    """Said where a page has nothing to show yet."""
    nama = data.organisasi.penerima.nama
    return catatan(
        "Belum ada periode yang terbit. Sebuah periode terbit sesudah laporannya dikirim "
        f"kepada {nama} (langkah 8)."
    )


def tautan_periode(data: DataSitus, dari: str, p: DataPeriode) -> Aman:
    """The period's short name as a link."""
    return tautan(dari, jalur_periode(p), nama_periode(data, p))

"""The words of a pull request: its title, its description, and our one comment.

Written for an official on a phone who never saw Git: what it is, whose turn it is, what to
press, why it cannot be merged yet. It decides nothing.

Example:
    >>> judul_usulan(reports, "kk/2024-tw1/rehabilitasi-sosial").judul
    'Kertas kerja Bidang Rehabilitasi Sosial, Triwulan I Tahun 2024'
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kinerja.adapters.reports import Reports, jalur_kertas_kerja
from kinerja.domain.pemeriksaan import HasilPeriksa
from kinerja.domain.periode import Periode
from kinerja.domain.tata_kelola import Tindakan
from kinerja.publishing.findings.markdown import PENANDA, markdown, teks_biasa
from kinerja.publishing.verdicts import NamaPemegang, markdown_verdict
from kinerja.workflow.verdict import Verdict

_ISI_KERTAS_KERJA = (
    "Langkah 3 dan 4 SOP: isi, lalu tulis komentar `/ajukan`; pemeriksa menjawab *Approve* (tanda tangan) "
    "atau *Request changes* (dikembalikan)."
)
_DOKUMEN = {
    "laporan": (
        "Laporan kinerja",
        "Langkah 5 sampai 7 SOP: disusun Kasubag Penyusun Program, diparaf Sekretaris, ditandatangani "
        "Kepala Dinas, dengan urutan itu.",
        "laporan.yaml",
    ),
    "disposisi": ("Disposisi", "Langkah 1 SOP: Sekretaris membuka periode ini.", "disposisi.yaml"),
    "kirim": ("Pengiriman", "Langkah 8 SOP: laporan dikirim, tanda terima dicatat.", "kirim.yaml"),
}
"""Kind of change → its name, what it is, its document."""
_SOP_PARAF = 6


@dataclass(frozen=True, slots=True)
class JudulUsulan:
    """Title and description of a pull request, and the document that it is about."""

    judul: str
    isi: str
    perubahan: str
    jalur: str | None

    def isi_untuk(self, sunting: Callable[[str, str], str]) -> str:
        """The description, with the page that edits its document."""
        alamat = sunting(self.perubahan, self.jalur) if self.jalur else ""
        return f"{self.isi}\n\nBerkasnya: [{self.jalur}]({alamat})" if alamat else self.isi


def judul_usulan(reports: Reports, perubahan: str) -> JudulUsulan:
    """Title and description for the change; the id itself for one that is not of the SOP."""
    jenis, _, sisa = perubahan.partition("/")
    teks_periode, _, id_bidang = sisa.partition("/")
    try:
        periode = Periode.baca(teks_periode)
    except ValueError:
        return JudulUsulan(perubahan, "", perubahan, None)
    penanda = reports.organisasi().status.penanda
    akhir = f" [{penanda}]" if penanda else ""
    if jenis == "kk":
        bidang = reports.organisasi().cari_bidang(id_bidang)
        judul = f"Kertas kerja {bidang.nama if bidang else id_bidang}, {periode.judul}{akhir}"
        jalur = jalur_kertas_kerja(periode, id_bidang)
        return JudulUsulan(judul, _ISI_KERTAS_KERJA, perubahan, jalur)
    if jenis not in _DOKUMEN:
        return JudulUsulan(perubahan, "", perubahan, None)
    nama, isi, berkas = _DOKUMEN[jenis]
    return JudulUsulan(f"{nama} {periode.judul}{akhir}", isi, perubahan, f"{periode.folder}/{berkas}")


def isi_komentar(
    reports: Reports,
    v: Verdict,
    nama: NamaPemegang,
    catatan: Sequence[str],
    sunting: Mapping[str, str],
    periksa: HasilPeriksa,
    tenggat: Sequence[str] = (),
) -> str:
    """Our one comment: whose turn, every step with its reason, how to answer, what the rules say."""
    bagian = [markdown_verdict(v, nama).rstrip(), *tenggat]
    cara = list(_cara(v, sunting))
    if cara:
        bagian.append("\n".join(["**Caranya**", "", *cara]))
    if catatan:
        baris = [f"- {teks_biasa(c)}" for c in catatan]
        bagian.append("\n".join(["**Terlihat, tetapi tidak dihitung**", "", *baris]))
    bagian.append(markdown(periksa).removeprefix(PENANDA).strip())
    penanda = reports.organisasi().status.penanda
    kaki = "Persetujuan terikat pada isi berkas: satu huruf berubah, persetujuan gugur dan diminta lagi."
    bagian.append(f"<sub>{penanda + '. ' if penanda else ''}{kaki}</sub>")
    return "\n\n".join(bagian) + "\n"


# helpers


def _cara(v: Verdict, sunting: Mapping[str, str]) -> Iterator[str]:
    """What to press, for whoever holds the pen."""
    if v.lulus or v.pena is None:
        return
    langkah = next((h for h in v.langkah if h.jabatan == v.pena and not h.simpul.lulus), None)
    if v.kembali_ke == v.pena or langkah is None:
        if sum(h.langkah.sop == _SOP_PARAF for h in v.langkah):
            yield "- Kasubag Penyusun Program menyusun ulang laporannya: `kinerja susun`."
            yield "- Yang dikembalikan Kepala Dinas diteruskan Sekretaris dengan *Request changes*."
            return
        for jalur, alamat in sunting.items():
            nama = teks_biasa(jalur.rsplit("/", 1)[-1])
            yield f"1. Sunting [{nama}]({alamat}) dan simpan (*Commit changes*) di cabang ini juga."
        yield "2. Tulis komentar `/ajukan`."
        return
    kata = "menyetujui"
    if langkah.langkah.tindakan is Tindakan.TANDA_TANGAN:
        kata = "menandatangani"
    elif langkah.langkah.tindakan is Tindakan.PARAF:
        kata = "memberi paraf"
    yield f"- **Ya**: buka *Files changed*, *Review*, pilih *Approve*. Dengan itu Anda {kata}."
    yield "- **Tidak**: di tempat yang sama tulis alasannya, pilih *Request changes*."
    yield "- Menarik yang sudah diberikan: tulis komentar `/tarik` dan alasannya."

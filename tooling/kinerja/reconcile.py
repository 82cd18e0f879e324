"""Pull requests on a forge brought into line: seen, recorded, judged, told, merged.

Level-triggered: every run reads the whole state again, so it does not matter which webhook came
first, came twice or never, nor where the last run was killed. The verdict is set as a required
check and told in one comment; the last required act merges, only at the head that was judged
and only what the rules let pass, and what was merged is looked at again.

Example:
    >>> [h.gabungan for h in Penyelaras(pandangan).semua()]
    [None, '3f2a9c…']
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from kinerja.adapters.event_copies import salinan
from kinerja.adapters.forges.http import GangguanForgeError
from kinerja.adapters.git_remote import MundurError
from kinerja.adapters.git_tree import PohonGit
from kinerja.adapters.refs import UTAMA
from kinerja.adapters.trees import Pohon, PohonTumpuk
from kinerja.checking.changes import bandingkan
from kinerja.domain.errors import BentrokError, DitolakError, KinerjaError
from kinerja.domain.pemeriksaan import HasilPeriksa
from kinerja.domain.peristiwa import ACUAN, DIHAPUS, Peristiwa
from kinerja.domain.tata_kelola import PERSETUJUAN, Tindakan
from kinerja.forge_view import SISTEM, TANPA_PENGAMAT, PandanganForge
from kinerja.overview import pengingat_usulan, sebutan
from kinerja.proposal_text import isi_komentar, judul_usulan
from kinerja.publishing.reminders import satu_baris
from kinerja.publishing.verdicts import ringkas
from kinerja.workflow.ports import Keadaan, Usulan
from kinerja.workflow.verdict import Perubahan, Verdict

_DARI_FORK = "usulan dari repositori lain (fork) tidak dapat dinilai; dorong cabangnya ke repositori ini"


@dataclass(frozen=True, slots=True)
class HasilUsulan:
    """What became of one pull request in this run.

    Attributes:
        periksa: what the rules say of its files.
        dicatat: events that were new.
        catatan: why something that was seen does not count.
        gabungan: the merge commit, when this run merged it.
        gangguan: why this run could not finish; the next one goes on.
    """

    usulan: Usulan
    verdict: Verdict | None = None
    periksa: HasilPeriksa | None = None
    dicatat: tuple[Peristiwa, ...] = ()
    catatan: tuple[str, ...] = ()
    gabungan: str | None = None
    gangguan: str | None = None


class Penyelaras:
    """Brings pull requests into line.

    Args:
        gabung: merge what is approved; False only judges and tells.
    """

    def __init__(self, pandangan: PandanganForge, *, gabung: bool = True) -> None:
        self._p = pandangan
        self._lokal = pandangan.lokal
        self._forge = pandangan.forge
        self._gabung = gabung

    def semua(self, kabar: Callable[[str], None] | None = None) -> tuple[HasilUsulan, ...]:
        """Every open pull request to main; one that fails does not stop the others."""
        self._lokal.segarkan()
        self._p.tuntut_log_utuh()
        hasil = []
        try:
            for u in self._forge.usulan_terbuka():
                if kabar is not None:
                    kabar(u.perubahan)
                hasil.append(self.satu(u))
        finally:
            self._p.tambatkan()
        return tuple(hasil)

    def perubahan(self, id_perubahan: str) -> HasilUsulan:
        """The pull request of one change; opened when there is none."""
        self._p.tuntut_log_utuh()
        judul = judul_usulan(self._p.reports(), id_perubahan)
        isi = judul.isi_untuk(self._forge.alamat_sunting)
        hasil = self.satu(self._forge.buka(id_perubahan, judul.judul, isi))
        self._p.tambatkan()
        return hasil

    def satu(self, u: Usulan) -> HasilUsulan:
        """One pull request; what went wrong stands in the answer.

        Whatever a proposal holds, it may stop itself and nobody else.
        """
        try:
            return self._satu(u)
        except MundurError:
            raise
        except KinerjaError as e:
            return HasilUsulan(u, gangguan=_kata(e))
        except Exception as e:  # noqa: BLE001 - the wall between one person's proposal and all the others
            return HasilUsulan(u, gangguan=f"usulan ini tidak dapat dinilai ({type(e).__name__}: {e})"[:300])

    # internals

    def _satu(self, u: Usulan) -> HasilUsulan:
        if not u.terbuka or u.tujuan != UTAMA:
            return HasilUsulan(u, gangguan="usulan ini sudah ditutup atau tidak menuju main")
        if not u.sendiri:
            self._forge.tandai(u, Keadaan.GAGAL, _DARI_FORK, _DARI_FORK)
            return HasilUsulan(u, catatan=(_DARI_FORK,))
        self._p.tuntut_kepala(u)
        perubahan = self._p.perubahan(u)
        dicatat, catatan = self._p.catat_yang_terlihat(u, perubahan)
        verdict = self._p.nilai(u, perubahan)
        periksa = self._periksa(u, perubahan)
        tahan = TANPA_PENGAMAT if TANPA_PENGAMAT in catatan else self._p.cacat_gabungan(u, perubahan)
        self._sampaikan(u, perubahan, verdict, periksa, catatan, tahan)
        hasil = HasilUsulan(u, verdict, periksa, dicatat, catatan)
        if verdict.lulus and tahan:
            return replace(hasil, gangguan=tahan)
        if not verdict.lulus or periksa.galat or not self._gabung:
            return hasil
        try:
            return replace(hasil, gabungan=self._gabungkan(u, perubahan, periksa))
        except (GangguanForgeError, BentrokError, DitolakError) as e:
            return replace(hasil, gangguan=_kata(e))

    def _periksa(self, u: Usulan, perubahan: Perubahan) -> HasilPeriksa:
        """What the rules say of the change laid over main as it is now."""
        repo, utama = self._lokal.repo, self._lokal.utama()
        dasar = PohonGit(repo, utama)
        aneh = set(perubahan.bukan_berkas)
        berkas = [b.jalur for b in perubahan.diperiksa if b.jalur not in aneh]
        jalur = [j for j in berkas if j.startswith("reports/")]
        kini: Pohon = PohonGit(repo, u.kepala)
        if all(b.sha256 != DIHAPUS for b in perubahan.diperiksa):
            kini = PohonTumpuk({j: b for j in jalur if (b := repo.baca(u.kepala, j)) is not None}, dasar)
        return bandingkan(kini, dasar, jalur, utama, diajukan=self._diajukan(perubahan))

    def _diajukan(self, perubahan: Perubahan) -> bool:
        """A worksheet that is still being filled is judged as a draft; everything else as submitted."""
        if not perubahan.id.startswith("kk/"):
            return True
        milik = [p for p in self._lokal.peristiwa() if p.perubahan == perubahan.id]
        isi = set(perubahan.diperiksa)
        diserahkan = PERSETUJUAN | {Tindakan.AJUKAN}
        return any(isi <= set(p.berkas) and p.tindakan in diserahkan for p in milik)

    def _sampaikan(
        self,
        u: Usulan,
        perubahan: Perubahan,
        v: Verdict,
        periksa: HasilPeriksa,
        catatan: tuple[str, ...],
        tahan: str = "",
    ) -> None:
        salah = bool(periksa.galat) and self._diajukan(perubahan)
        keadaan = Keadaan.LULUS if v.lulus and not periksa.galat and not tahan else Keadaan.MENUNGGU
        if salah or (v.pena is None and not v.lulus):
            keadaan = Keadaan.GAGAL
        teks = ringkas(v, self._p.nama_pemegang)
        if salah:
            teks = f"{periksa.galat} galat pada berkasnya harus dibetulkan dahulu."
        elif tahan and v.lulus:
            teks = f"Belum dapat digabung: {tahan}"[:140]
        alamat = {
            b.jalur: self._forge.alamat_sunting(u.perubahan, b.jalur)
            for b in perubahan.diperiksa
            if b.jalur.startswith("reports/")
        }
        komentar = isi_komentar(
            self._p.reports(), v, self._p.nama_pemegang, catatan, alamat, periksa, self._tenggat(u)
        )  # fmt: skip
        self._forge.tandai(u, keadaan, teks, komentar)
        self._forge.komentari(u, komentar)

    def _tenggat(self, u: Usulan) -> tuple[str, ...]:
        """Until when whoever holds the pen has time."""
        ingatan = pengingat_usulan(self._lokal, u.perubahan, self._p.saat)
        nama, zona = sebutan(self._lokal, self._p.saat), self._p.reports().zona()
        return tuple(satu_baris(i, zona, nama) for i in ingatan)

    # merging

    def _gabungkan(self, u: Usulan, perubahan: Perubahan, periksa: HasilPeriksa) -> str:
        """Brings the log's copies onto the branch, then merges at exactly that head."""
        dasar = self._lokal.utama()
        siap = self._dengan_salinan(u)
        if siap.kepala != u.kepala:
            perubahan = self._p.perubahan(siap)
            v = self._p.nilai(siap, perubahan)
            self._sampaikan(siap, perubahan, v, periksa, ())
            if not v.lulus:
                raise BentrokError("putusan berubah sesaat sebelum digabung", "dinilai lagi dari awal")
        kini = self._forge.usulan(u.nomor)
        if (kini.kepala, kini.tujuan, kini.terbuka) != (siap.kepala, u.tujuan, True):
            raise BentrokError(f"usulan {u.nomor} berubah sesaat sebelum digabung", "dinilai lagi dari awal")
        self._lokal.segarkan()
        cacat = self._p.cacat_gabungan(siap, perubahan)
        if cacat:
            raise BentrokError(cacat, "dinilai lagi pada putaran berikutnya")
        gabungan = self._forge.gabung(siap, judul_usulan(self._p.reports(), u.perubahan).judul)
        self._lokal.segarkan()
        self._tuntut_hasil(siap, perubahan, dasar, gabungan)
        return gabungan

    def _dengan_salinan(self, u: Usulan) -> Usulan:
        """The pull request with every event of its period copied, as one commit of the system's."""
        repo, log = self._lokal.repo, self._lokal.log.baca()
        milik = [c for c in log if c.peristiwa.perubahan == u.perubahan]
        periode = milik[-1].peristiwa.periode if milik else None
        ada = {j for c in (u.kepala, self._lokal.utama()) for j in PohonGit(repo, c).daftar("reports/")}
        asli = salinan(tuple(c for c in log if c.peristiwa.periode == periode)) if periode else {}
        baru = {j: b for j, b in asli.items() if j not in ada}
        if not baru:
            return u
        pesan = f"Salin peristiwa log ke main\n\nKinerja-Peristiwa: {log[-1].sidik}\n"
        oid = repo.tulis_commit([u.kepala], baru, pesan, SISTEM, self._p.saat)
        self._lokal.pindah({f"refs/heads/{u.perubahan}": (oid, u.kepala)}, "salinan log")
        return replace(u, kepala=oid)

    def _tuntut_hasil(self, u: Usulan, perubahan: Perubahan, dasar: str, gabungan: str) -> None:
        """What the merge made must be, file by file, what was judged, under the rules that judged it."""
        repo = self._lokal.repo
        lain = self._p.beda_dari_yang_dinilai(f"{gabungan}^1", gabungan, perubahan)
        if lain:
            raise KinerjaError(
                f"{lain} di main tidak sama dengan yang disetujui sesudah usulan {u.nomor} digabung",
                "jangan terbitkan; periksa dengan: kinerja check-approvals --riwayat",
            )
        induk = repo.commit(f"{gabungan}^1") or dasar
        berubah = set(ACUAN) & set(repo.jalur_berubah(dasar, induk))
        if berubah:
            raise KinerjaError(
                f"{min(berubah)} berubah tepat saat usulan {u.nomor} digabung",
                "periksa dengan: kinerja check-approvals --riwayat",
            )


def _kata(e: KinerjaError) -> str:
    return f"{e.pesan}; {e.saran}" if e.saran else e.pesan


def sesudah_tindakan(
    pandangan: PandanganForge, kabar: Callable[[HasilUsulan], None]
) -> Callable[[Peristiwa], None]:
    """What follows an act done here: its pull request is opened, judged, told and merged.

    Args:
        kabar: told what became of it; an act that could not be merged now stays in the log.
    """

    def sesudah(p: Peristiwa) -> None:
        if p.berkas and pandangan.lokal.kepala(p.perubahan) is not None:
            kabar(Penyelaras(pandangan).perubahan(p.perubahan))

    return sesudah

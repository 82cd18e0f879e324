"""A pull request as our own repository and the forge show it together, and recording what is seen.

It reads what the change covers and who had a hand in it, and copies each opinion that the log
does not hold yet into the log, once, signed by the observer. What follows from it is judged and
told in ``reconcile``.

Example:
    >>> PandanganForge(forge, lokal, pengamat, saat).catat_yang_terlihat(usulan)
    ((Peristiwa(…),), ())
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from kinerja.adapters.event_log import palsu
from kinerja.adapters.forges.people import oleh_akun, pendorong
from kinerja.adapters.git import Pelaku
from kinerja.adapters.git_remote import MundurError
from kinerja.adapters.local_forge import ForgeLokal
from kinerja.adapters.proposals_git import baca_perubahan, oleh_surel
from kinerja.adapters.refs import REF_LOG, UTAMA
from kinerja.adapters.reports import Reports
from kinerja.domain.errors import BentrokError
from kinerja.domain.organisasi import pemangku_sah
from kinerja.domain.peristiwa import ACUAN, Berkas, Peristiwa, berkas_dari
from kinerja.domain.tata_kelola import Tindakan
from kinerja.workflow.approvals import evaluate
from kinerja.workflow.ledger import Buku
from kinerja.workflow.observation import Catatan, Lingkup, amati
from kinerja.workflow.ports import Dorongan, Forge, Penanda, Usulan
from kinerja.workflow.verdict import Perubahan, Verdict

SISTEM = Pelaku("kinerja", "sistem@kinerja.invalid")
"""Who commits what no person wrote: the log's own entries of seen acts, and their copies."""
_PEMBAWA = frozenset({Tindakan.DISPOSISI, Tindakan.SIAPKAN, Tindakan.SUSUN, Tindakan.KIRIM})
"""Acts that bring their own commit to a branch."""
_PERCOBAAN = 5
_SIDIK_SAUH = 32
_SAUH_TERJAUH = 50
"""How far back along main's line an anchor is looked for."""
TANPA_PENGAMAT = (
    "ada pendapat di forge yang belum tercatat, sebab kunci pengamat tidak ada di sini; "
    "jalankan kinerja check-approvals di tempat yang memegangnya"
)


class PandanganForge:
    """One forge's pull requests over our mirror of its repository.

    Args:
        pengamat: the observer's key; None records nothing new.
        saat: when this run looks, read once.
    """

    def __init__(self, forge: Forge, lokal: ForgeLokal, pengamat: Penanda | None, saat: datetime) -> None:
        self.forge = forge
        self.lokal = lokal
        self._pengamat = pengamat
        self.saat = saat
        self._main: tuple[str, Reports] | None = None

    def reports(self) -> Reports:
        """The documents of main now; read anew when main has moved."""
        utama = self.lokal.utama()
        if self._main is None or self._main[0] != utama:
            self._main = (utama, self.lokal.reports(utama))
        return self._main[1]

    def tuntut_log_utuh(self) -> None:
        """The log must still hold what it held when we last anchored it, though this clone is new.

        A log that no forge can protect may be pushed back by any writer, to lose a *tidak*; the
        anchors stand as statuses of main's head, which nobody can take away.

        Raises:
            MundurError: an event that was there is gone or another.
        """
        catatan = self.lokal.log.baca()
        for sauh in self._sauh_terbaru():
            urut, _, sidik = sauh.partition(":")
            if not urut.isdigit():
                continue
            ada = int(urut) <= len(catatan) and catatan[int(urut) - 1].sidik.startswith(sidik)
            if int(urut) > 0 and not ada:
                raise MundurError(
                    f"log peristiwa pernah memuat peristiwa {urut} ({sidik}), sekarang tidak: "
                    "ada yang ditarik kembali",
                    "jangan gabungkan apa pun; pulihkan refs/kinerja/log dari salinan lain",
                )

    def _sauh_terbaru(self) -> tuple[str, ...]:
        """The anchors of the newest commit of main's own line that has any."""
        garis = self.lokal.repo.riwayat(UTAMA, lurus=True)[-_SAUH_TERJAUH:]
        return next((s for c in reversed(garis) if (s := self.forge.baca_sauh(c.oid))), ())

    def tambatkan(self) -> None:
        """Anchors the log as it is now to main's head, unless it is already."""
        catatan, utama = self.lokal.log.baca(), self.lokal.utama()
        if not catatan:
            return
        sauh = f"{len(catatan)}:{catatan[-1].sidik[:_SIDIK_SAUH]}"
        if sauh not in self.forge.baca_sauh(utama):
            self.forge.tulis_sauh(utama, sauh)

    def tuntut_kepala(self, u: Usulan) -> None:
        """The branch here must be what the forge shows; fetched again when it moved meanwhile."""
        if self.lokal.kepala(u.perubahan) != u.kepala:
            self.lokal.segarkan()
        if self.lokal.kepala(u.perubahan) != u.kepala:
            raise BentrokError(f"cabang {u.perubahan} sedang berubah", "dinilai lagi pada putaran berikutnya")

    def perubahan(self, u: Usulan) -> Perubahan:
        """What the change covers at its head, and who authored, committed or pushed any of it."""
        repo, identitas, f = self.lokal.repo, self.reports().identitas(), self.forge
        penulis, utama = oleh_akun(identitas, f.nama, f.akun_commit(u), f.layanan), self.lokal.utama()
        log = self.lokal.log.baca()
        p = baca_perubahan(
            repo, u.perubahan, self._dasar(u.kepala), u.kepala, penulis, log, utama=utama
        )  # fmt: skip
        jalur = [b.jalur for b in p.diperiksa if b.jalur not in p.bukan_berkas]
        dibawa = {x for x in self._dibawa(u) if x}
        oleh = pendorong(
            repo, identitas, f.nama, self._dorongan(u), f.layanan, jalur, utama, u.kepala, dibawa
        )  # fmt: skip
        return replace(
            p,
            kontributor=p.kontributor | oleh.orang,
            tak_dikenal=tuple(sorted({*p.tak_dikenal, *oleh.asing})),
        )

    def nilai(self, u: Usulan, perubahan: Perubahan) -> Verdict:
        """The verdict now."""
        return evaluate(self.reports().konteks(), perubahan, self._buku(u), self.saat)

    def nama_pemegang(self, jabatan: str) -> str:
        """``Plh. Kepala Bidang … (Eka Contohono)``: who holds an office now."""
        r = self.reports()
        p = pemangku_sah(r.jabatan(), jabatan, self.saat.astimezone(r.zona()).date())
        nama = r.jabatan().nama(jabatan)
        if p is None:
            return f"{nama} (kosong)"
        return f"{p.sebutan.awalan}{nama} ({r.identitas().nama(p.orang)})"

    def catat_yang_terlihat(
        self, u: Usulan, perubahan: Perubahan
    ) -> tuple[tuple[Peristiwa, ...], tuple[str, ...]]:
        """Copies every opinion that is not in the log yet into it, in the forge's order.

        Returns:
            The new events, and why something that was seen became none.
        """
        dicatat: list[Peristiwa] = []
        catatan: list[str] = []
        dorongan = self.forge.dorongan(u)
        semua = [p for x in (*self.forge.pendahulu(u), u) for p in self.forge.pendapat(x)]
        for pendapat in sorted(semua, key=lambda p: p.waktu):
            for _ in range(_PERCOBAAN):
                hasil = amati(self._lingkup(u, perubahan, dorongan), pendapat)
                if isinstance(hasil, Catatan):
                    catatan.append(hasil.teks)
                elif hasil is not None and self._pengamat is None:
                    catatan.append(TANPA_PENGAMAT)
                elif hasil is not None and self._pengamat is not None:
                    if not self._tulis(hasil, self._pengamat):
                        continue
                    dicatat.append(self.lokal.peristiwa()[-1])
                break
            else:
                raise BentrokError("log sedang ramai", "jalankan lagi")
        return tuple(dicatat), tuple(dict.fromkeys(catatan))

    # internals

    def _dasar(self, kepala: str) -> str:
        utama = self.lokal.utama()
        return self.lokal.repo.leluhur_bersama(utama, kepala) or utama

    def _dorongan(self, u: Usulan) -> list[Dorongan]:
        """Pushes; a workflow's names nobody unless the log tells whose act brought that very commit.

        Whoever may push a branch may push a workflow that pushes bytes of his or hers.
        """
        dibawa = self._dibawa(u)
        return [
            replace(d, akun=None) if d.akun in self.forge.alur and d.sesudah not in dibawa else d
            for d in self.forge.dorongan(u)
        ]

    def _dibawa(self, u: Usulan) -> set[str | None]:
        """Commits that a genuine act brought to the branch."""
        r, milik = self.reports(), self.lokal.log.milik(u.perubahan)
        cacat = palsu(milik, r.identitas(), r.zona())
        acara = (c.peristiwa for c in milik if c.peristiwa.urut not in cacat)
        return {p.kepala for p in acara if p.tindakan in _PEMBAWA}

    def cacat_gabungan(self, u: Usulan, perubahan: Perubahan) -> str:
        """Why merging would bring to main something else than what was judged; "" when it would not.

        Three-way merges mix what both sides changed, and where histories cross they can undo what
        neither side shows; so the tree that a merge would make is compared file by file.
        """
        repo, utama = self.lokal.repo, self.lokal.utama()
        if len(repo.leluhur_semua(utama, u.kepala)) > 1:
            return "riwayat cabang ini bersilang dengan main; buat cabang baru dari main"
        pohon = repo.pohon_gabungan(utama, u.kepala)
        if pohon is None:
            return "cabang ini bentrok dengan main; perbarui cabangnya, lalu mintakan persetujuannya lagi"
        lain = self.beda_dari_yang_dinilai(f"{utama}^{{tree}}", pohon, perubahan)
        if lain:
            return (
                f"{lain} berubah di main sejak cabang ini dibuat, atau tidak ikut dinilai; "
                "perbarui cabangnya, lalu mintakan persetujuannya lagi"
            )
        return ""

    def beda_dari_yang_dinilai(self, dari: str, ke: str, perubahan: Perubahan) -> str:
        """A path that differs between two trees otherwise than was judged; "" when there is none."""
        dinilai = {b.jalur: b.sha256 for b in perubahan.berkas}
        for b in self.lokal.repo.beda(dari, ke):
            isi = None if b.mode_baru == "000000" else self.lokal.repo.baca_banyak([b.oid])[0]
            if dinilai.get(b.jalur) != berkas_dari(b.jalur, isi).sha256:
                return b.jalur
        return ""

    def _buku(self, u: Usulan) -> Buku:
        r, catatan = self.reports(), self.lokal.log.baca()
        milik = self.lokal.log.milik(u.perubahan)
        return Buku.dari_catatan(catatan, palsu(milik, r.identitas(), r.zona()))

    def _lingkup(self, u: Usulan, perubahan: Perubahan, dorongan: tuple[Dorongan, ...]) -> Lingkup:
        r = self.reports()
        acuan = tuple(berkas_dari(j, b) for j in ACUAN if (b := r.pohon.baca(j)) is not None)
        return Lingkup(
            r.konteks(), perubahan, self._buku(u), self.forge.nama, dorongan, u.kepala, acuan,
            lambda commit: self._isi_pada(u, commit), self.saat,
        )  # fmt: skip

    def _isi_pada(self, u: Usulan, commit: str) -> tuple[Berkas, ...] | None:
        """What the change covered at another commit of its branch; None when that commit is gone."""
        repo = self.lokal.repo
        if repo.commit(commit) is None and self.lokal.jauh is not None:
            self.lokal.jauh.ambil_commit(commit)
        if repo.commit(commit) is None:
            return None
        penulis = oleh_surel(self.reports().identitas())
        dasar = self._dasar(commit)
        return baca_perubahan(repo, u.perubahan, dasar, commit, penulis, self.lokal.log.baca()).diperiksa

    def _tulis(self, rancangan: Peristiwa, pengamat: Penanda) -> bool:
        """Appends one seen act to the log; False when somebody was first."""
        log = self.lokal.log
        _, oid = log.rancang(rancangan, pengamat, SISTEM)
        try:
            self.lokal.pindah({REF_LOG: (oid, log.kepala)}, "teramati")
        except BentrokError:
            self.lokal.segarkan()
            return False
        return True

"""What the evaluator is asked and what it answers: plain values, without any judgement.

The judgement itself is in ``approvals``; who may act for an office is in ``actors``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import tzinfo

from kinerja.domain.organisasi import DaftarIdentitas, DaftarJabatan, Organisasi
from kinerja.domain.peristiwa import Berkas, Peristiwa
from kinerja.domain.tata_kelola import Kebijakan, LangkahPersetujuan


@dataclass(frozen=True, slots=True)
class Konteks:
    """What the base branch says: policy, agency, offices, identities, zone."""

    kebijakan: Kebijakan
    organisasi: Organisasi
    jabatan: DaftarJabatan
    identitas: DaftarIdentitas
    zona: tzinfo


@dataclass(frozen=True, slots=True)
class Perubahan:
    """A proposal.

    Attributes:
        id: ``kk/2024-tw1/rehabilitasi-sosial``.
        tujuan: the ref that it goes to.
        berkas: every changed path with the digest of its new bytes (sha256 "" if deleted).
        kontributor: persons who authored, committed or pushed covered bytes.
        tak_dikenal: commit identities that belong to no known person; they fail closed.
        bukan_berkas: paths that became something else than a plain file (link, program, submodule).
        salinan: paths that are, byte for byte, the log's own copies of events; they need no owner.
        semula: the changed files that main has now, as they are there; None where main is not at
            hand (inside an archive), which leaves out whether an act was given over this state.
    """

    id: str
    tujuan: str
    berkas: tuple[Berkas, ...]
    kontributor: frozenset[str] = frozenset()
    tak_dikenal: tuple[str, ...] = ()
    bukan_berkas: tuple[str, ...] = ()
    salinan: frozenset[str] = frozenset()
    semula: tuple[Berkas, ...] | None = None

    @property
    def diperiksa(self) -> tuple[Berkas, ...]:
        """The files that need an approval."""
        return tuple(b for b in self.berkas if b.jalur not in self.salinan)

    def menggantikan(self, semula: tuple[Berkas, ...]) -> bool:
        """True when an act that replaced these files would replace what main has now."""
        if self.semula is None:
            return True
        jalur = {b.jalur for b in self.diperiksa}
        kini, dulu = ({(b.jalur, b.sha256) for b in x if b.jalur in jalur} for x in (self.semula, semula))
        return kini == dulu


@dataclass(frozen=True, slots=True)
class Simpul:
    """A node of the verdict tree: what was asked, whether it holds, and why."""

    kode: str
    judul: str
    lulus: bool
    alasan: str
    anak: tuple[Simpul, ...] = ()

    def semua(self) -> Iterator[Simpul]:
        """This node and every node below."""
        yield self
        for anak in self.anak:
            yield from anak.semua()


@dataclass(frozen=True, slots=True)
class HasilLangkah:
    """One required act: who must give it, and the event that does, if any.

    ``nomor`` is its place among the steps of its files, from 0.
    """

    langkah: LangkahPersetujuan
    jabatan: str
    kembali_ke: str
    peristiwa: Peristiwa | None
    simpul: Simpul
    nomor: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer, with a reason on every node.

    Attributes:
        berikutnya: office whose act is awaited first; None when approved, or when no act can help
            (a path that nobody owns).
        kembali_ke: where the newest open *tidak* sends the change; None when there is none.
        pena: office that is to do something now: where a *tidak* sent these very bytes, who has
            not submitted them yet, else ``berikutnya``; None when approved.
    """

    lulus: bool
    pohon: Simpul
    langkah: tuple[HasilLangkah, ...]
    berikutnya: str | None
    kembali_ke: str | None
    catatan: tuple[str, ...] = ()
    pena: str | None = None

    def kode(self) -> tuple[str, ...]:
        """Codes of every failing leaf, in tree order: ``belum:kabid:x``, ``basi:sekretaris`` …"""
        return tuple(s.kode for s in self.pohon.semua() if not s.lulus and not s.anak)

"""What one evaluation looks at, gathered once: the change's events, its files by owner, what revokes.

It decides which events belong to the change and which rule owns each file; whether an approval
counts is in ``faults``, how approvals fulfil the steps together in ``chains``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from kinerja.domain.peristiwa import Berkas, Peristiwa
from kinerja.domain.tata_kelola import LangkahPersetujuan, Tindakan
from kinerja.workflow.actors import cacat_pelaku
from kinerja.workflow.ledger import Buku
from kinerja.workflow.offices import Kepemilikan, pemilik
from kinerja.workflow.policy import sidik_kebijakan
from kinerja.workflow.verdict import Konteks, Perubahan, Simpul

PENCABUT = frozenset({Tindakan.TIDAK, Tindakan.TARIK})


@dataclass(frozen=True, slots=True)
class Kelompok:
    """The files of a change that one rule owns, with the rule's steps filled in."""

    kepemilikan: Kepemilikan
    berkas: tuple[Berkas, ...]
    langkah: tuple[LangkahPersetujuan, ...]

    def jabatan(self, langkah: LangkahPersetujuan) -> str:
        """The office of a step, its placeholders filled."""
        return self.kepemilikan.jabatan(langkah.jabatan)

    @property
    def pengusul(self) -> tuple[str, ...]:
        """Offices that may propose these files."""
        return tuple(sorted({self.kepemilikan.jabatan(j) for j in self.kepemilikan.aturan.pengusul}))


@dataclass(slots=True)
class Kerja:
    """The material of one evaluation.

    Attributes:
        hari: today in the agency's zone; None when nobody is to be named as holder now.
        pencabutan: office → its newest lawful *tidak* or *tarik*.
    """

    konteks: Konteks
    perubahan: Perubahan
    buku: Buku
    peristiwa: tuple[Peristiwa, ...]
    sidik_kebijakan: str
    hari: date | None
    tercakup: frozenset[tuple[str, str]]
    pencabutan: dict[str, Peristiwa] = field(default_factory=dict)

    def nama(self, orang: str) -> str:
        """A person's name."""
        return self.konteks.identitas.nama(orang)

    def nama_jabatan(self, jabatan: str) -> str:
        """An office's name."""
        return self.konteks.jabatan.nama(jabatan)

    def dicabut(self, p: Peristiwa) -> bool:
        """True when the office said *tidak* or *tarik* after this act."""
        cabut = self.pencabutan.get(p.jabatan)
        return cabut is not None and cabut.urut > p.urut


def siapkan(konteks: Konteks, perubahan: Perubahan, buku: Buku, hari: date | None) -> Kerja:
    """Gathers the change's events and what its offices revoked."""
    milik = buku.milik(perubahan.id, perubahan.tujuan)
    kerja = Kerja(
        konteks, perubahan, buku, milik, sidik_kebijakan(konteks.kebijakan), hari,
        frozenset((b.jalur, b.sha256) for b in perubahan.diperiksa),
    )  # fmt: skip
    for p in milik:
        if p.tindakan in PENCABUT and cacat_pelaku(konteks, p) is None:
            kerja.pencabutan[p.jabatan] = p
    return kerja


def kelompokkan(konteks: Konteks, perubahan: Perubahan) -> tuple[tuple[Kelompok, ...], tuple[Simpul, ...]]:
    """The change's files by the rule that owns them, and a failing node for each that nobody owns."""
    isi: dict[Kepemilikan, list[Berkas]] = {}
    tak_bertuan: list[Simpul] = []
    for b in perubahan.diperiksa:
        milik = pemilik(konteks.kebijakan, konteks.organisasi, b.jalur)
        if milik is None:
            alasan = "tidak ada jabatan yang memiliki jalur ini dalam kebijakan; keluarkan berkasnya"
            tak_bertuan.append(Simpul(f"tak-bertuan:{b.jalur}", b.jalur, False, alasan))
        else:
            isi.setdefault(milik, []).append(b)
    return tuple(Kelompok(m, tuple(bs), m.aturan.langkah) for m, bs in isi.items()), tuple(tak_bertuan)


def cacat_usulan(perubahan: Perubahan) -> tuple[Simpul, ...]:
    """Failing nodes for what no approval can heal: unknown authors, and entries that are no files."""
    asing = [
        Simpul(
            f"identitas-tak-dikenal:{siapa}",
            f"Penulis {siapa}",
            False,
            "penulis commit ini tidak ada di identitas.yaml, jadi tidak dapat dipastikan "
            "bahwa pemeriksa bukan penulisnya; daftarkan dulu orangnya",
        )
        for siapa in perubahan.tak_dikenal
    ]
    aneh = [
        Simpul(
            f"bukan-berkas:{jalur}",
            jalur,
            False,
            "bukan berkas biasa (tautan, program, atau repositori lain); ganti dengan berkas biasa",
        )
        for jalur in perubahan.bukan_berkas
    ]
    return (*asing, *aneh)

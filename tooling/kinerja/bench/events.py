"""Events of the corpus: each worksheet submitted and signed, each report carried past its three acts.

They are unsigned and chained as the log wants them; what is measured reads them, it does not
judge them. It leaves out where they are written (``published``, ``history``).

Example:
    >>> log = BukuPeristiwa()
    >>> log.kertas_kerja(periode, "bidang-000", berkas)[1].peristiwa.tindakan.value
    'tanda-tangan'
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

from kinerja.domain.organisasi import Sebutan
from kinerja.domain.periode import Periode
from kinerja.domain.peristiwa import Berkas, Peristiwa, PeristiwaBertanda
from kinerja.domain.tata_kelola import Jaminan, Tindakan

_ZONA = timezone(timedelta(hours=8))


@dataclass
class BukuPeristiwa:
    """An event log that grows, one minute an event."""

    semua: list[PeristiwaBertanda] = field(default_factory=list)

    def kertas_kerja(self, periode: Periode, bidang: str, berkas: Berkas) -> tuple[PeristiwaBertanda, ...]:
        """Submitted by the Kasie, signed by the Kabid."""
        perubahan = f"kk/{periode.id}/{bidang}"
        return tuple(
            self._catat(periode, perubahan, *langkah, berkas)
            for langkah in (
                (Tindakan.AJUKAN, "kasie:rehabilitasi-sosial", "p-kiki"),
                (Tindakan.TANDA_TANGAN, "kabid:rehabilitasi-sosial", "p-fajar"),
            )
        )

    def laporan(self, periode: Periode, berkas: Berkas) -> tuple[PeristiwaBertanda, ...]:
        """Compiled, paraf, signed."""
        return tuple(
            self._catat(periode, f"laporan/{periode.id}", *langkah, berkas)
            for langkah in (
                (Tindakan.SUSUN, "kasubag-program", "p-citra"),
                (Tindakan.PARAF, "sekretaris", "p-bakri"),
                (Tindakan.TANDA_TANGAN, "kepala-dinas", "p-ayu"),
            )
        )

    def _catat(
        self, periode: Periode, perubahan: str, tindakan: Tindakan, jabatan: str, orang: str, berkas: Berkas
    ) -> PeristiwaBertanda:
        menit = timedelta(days=2, minutes=len(self.semua) % 1000)
        waktu = datetime.combine(periode.akhir, datetime.min.time(), _ZONA) + menit
        lalu = self.semua[-1].sidik if self.semua else None
        p = Peristiwa(
            urut=len(self.semua) + 1, perubahan=perubahan, tujuan="refs/heads/main", tindakan=tindakan,
            jabatan=jabatan, orang=orang, sebutan=Sebutan.DEFINITIF, dasar=None, berkas=(berkas,), masukan=(),
            kebijakan="0" * 64, sesudah=None, sebelumnya=lalu, waktu=waktu, alasan=None,
            jaminan=Jaminan.TERAMATI, kepala=None, kunci=None,
        )  # fmt: skip
        self.semua.append(PeristiwaBertanda(p, p.bita(), None))
        return self.semua[-1]

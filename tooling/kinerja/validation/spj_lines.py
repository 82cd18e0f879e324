"""The lines of an SPJ Fungsional as the rules read them: whole codes, months in order, doubts.

It decides which line a code means (a bare account such as ``5.1.02`` belongs to the line with
a sub kegiatan code above it), which month comes before, and which cells of a line are already
in doubt, so that one wrong cell is told by one rule. It leaves out what is said of them
(``spj_rules``).

Example:
    ``1.06.04.2.01.0001`` followed by ``5.1.02`` → the second is ``1.06.04.2.01.0001.5.1.02``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from operator import attrgetter

from kinerja.calculation.numbers import KONTEKS, lewat_sen
from kinerja.domain.perencanaan import Anggaran, BarisSpj, Spj, TigaanSpj, VersiAnggaran
from kinerja.validation.codes import TANPA_KODE, kode_baku

TIGAAN = {"gaji": "LS gaji", "ls_barang_jasa": "LS barang dan jasa", "up_gu_tu": "UP/GU/TU"}
"""Field of a triple → its name on paper."""
KOLOM = (
    "pagu", *(f"{t}/{c}" for t in TIGAAN for c in ("sd_bulan_lalu", "bulan_ini", "sd_bulan_ini")),
    "jumlah_sd_bulan_ini", "sisa_pagu",
)  # fmt: skip
"""Every column of money, as the end of its pointer."""
_SEL = {kolom: attrgetter(kolom.replace("/", ".")) for kolom in KOLOM}
_SUB_KEGIATAN = 6
_AKUN = re.compile(r"[456](?:\.[0-9](?:\.|\Z)|\Z)")
_NOL = Decimal(0)


def jumlah(*nilai: Decimal) -> Decimal:
    """The exact sum."""
    total = _NOL
    for n in nilai:
        total = KONTEKS.add(total, n)
    return total


def sel(b: BarisSpj, kolom: str) -> Decimal:
    """The value of one of :data:`KOLOM`."""
    nilai: Decimal = _SEL[kolom](b)
    return nilai


def utuh(t: TigaanSpj) -> bool:
    """True when the first plus the second is the third."""
    return jumlah(t.sd_bulan_lalu, t.bulan_ini) == t.sd_bulan_ini


def jelas(b: BarisSpj) -> bool:
    """False where a point was meant for thousands, so that no sum can be right."""
    return not any(lewat_sen(sel(b, kolom)) for kolom in KOLOM)


@dataclass(frozen=True)
class BulanSpj:
    """One month with what it is compared with.

    Attributes:
        kode: the whole code of every line.
        samar: the lines in which a point was meant for thousands, by their whole code.
        lalu: whole code → line of the month before, None for one that is not clear; empty for
            January, None where that month is absent.
    """

    spj: Spj
    kode: Sequence[str]
    samar: frozenset[str]
    anggaran: Anggaran | None
    lalu: Mapping[str, BarisSpj | None] | None

    @cached_property
    def baris(self) -> tuple[tuple[int, str, BarisSpj], ...]:
        """Number, whole code and line."""
        return tuple(zip(range(len(self.kode)), self.kode, self.spj.baris, strict=True))

    @cached_property
    def terbaca(self) -> tuple[tuple[int, str, BarisSpj], ...]:
        """The lines whose amounts are clear; of the others ``rupiah_jelas`` speaks."""
        return tuple((n, kode, b) for n, kode, b in self.baris if kode not in self.samar)

    @cached_property
    def versi(self) -> VersiAnggaran | None:
        """The DPA version in force at the end of the month."""
        ada = self.anggaran is not None and bool(self.anggaran.versi)
        return self.anggaran.versi_hari(self.spj.akhir) if self.anggaran and ada else None

    def pagu_dpa(self, kode: str) -> Decimal | None:
        """Pagu of a sub kegiatan in the DPA version in force."""
        if self.anggaran is None or self.versi is None:
            return None
        return self.anggaran.pagu(kode, self.versi).pagu

    def sd_lalu(self, kode: str, isian: str) -> tuple[Decimal, ...]:
        """What ``s.d. bulan lalu`` may be, the likelier first; empty where it cannot be known."""
        if self.lalu is None:
            return ()
        if kode not in self.lalu:
            return (_NOL,)
        lalu = self.lalu[kode]
        if lalu is None:
            return ()
        t: TigaanSpj = getattr(lalu, isian)
        return (t.sd_bulan_ini, jumlah(t.sd_bulan_lalu, t.bulan_ini))

    def putus(self, kode: str, isian: str, t: TigaanSpj) -> bool:
        """True when ``s.d. bulan lalu`` is not what the month before ended with."""
        harap = self.sd_lalu(kode, isian)
        return bool(harap) and t.sd_bulan_lalu not in harap

    def salah_awal(self, kode: str, isian: str, t: TigaanSpj) -> bool:
        """True when ``s.d. bulan lalu`` alone is wrong: with the right one the triple adds up."""
        return self.putus(kode, isian, t) and any(
            jumlah(h, t.bulan_ini) == t.sd_bulan_ini for h in self.sd_lalu(kode, isian)
        )

    def jumlah_wajar(self, b: BarisSpj) -> frozenset[Decimal]:
        """What ``jumlah`` may be: the sum of the third columns, or of what they should be."""
        tigaan = [getattr(b, isian) for isian in TIGAAN]
        hitungan = [jumlah(t.sd_bulan_lalu, t.bulan_ini) for t in tigaan]
        return frozenset({jumlah(*(t.sd_bulan_ini for t in tigaan)), jumlah(*hitungan)})

    def sisa_wajar(self, kode: str, b: BarisSpj) -> frozenset[Decimal]:
        """What ``sisa_pagu`` may be while pagu or jumlah is itself in doubt."""
        dpa = self.pagu_dpa(kode)
        pagu = {b.pagu} if dpa is None else {b.pagu, dpa}
        terpakai = self.jumlah_wajar(b) | {b.jumlah_sd_bulan_ini}
        return frozenset(KONTEKS.subtract(p, j) for p in pagu for j in terpakai)

    def diragukan(self, kode: str, b: BarisSpj) -> frozenset[str]:
        """The columns of a line that another rule already speaks of."""
        if kode in self.samar:
            return frozenset(kolom.partition("/")[0] for kolom in KOLOM)
        hasil: set[str] = set()
        for isian in TIGAAN:
            t: TigaanSpj = getattr(b, isian)
            if not utuh(t) or self.putus(kode, isian, t):
                hasil |= {isian, "jumlah_sd_bulan_ini", "sisa_pagu"}
        if b.jumlah_sd_bulan_ini not in self.jumlah_wajar(b):
            hasil |= {"jumlah_sd_bulan_ini", "sisa_pagu"}
        dpa = self.pagu_dpa(kode)
        if b.sisa_pagu not in self.sisa_wajar(kode, b) or (dpa is not None and dpa != b.pagu):
            hasil |= {"pagu", "sisa_pagu"}
        return frozenset(hasil)


def semua_bulan(
    spj: Mapping[tuple[int, int], Spj], anggaran: Mapping[int, Anggaran]
) -> tuple[BulanSpj, ...]:
    """Every SPJ that is at hand, by year and month, in order of time."""
    hasil: dict[tuple[int, int], BulanSpj] = {}
    for (tahun, bulan), s in sorted(spj.items(), key=lambda x: x[0]):
        kode = kode_penuh(s)
        samar = frozenset(k for k, b in zip(kode, s.baris, strict=True) if not jelas(b))
        sebelum = hasil.get((tahun, bulan - 1))
        lalu = {} if bulan == 1 else _menurut_kode(sebelum) if sebelum else None
        hasil[tahun, bulan] = BulanSpj(s, kode, samar, anggaran.get(tahun), lalu)
    return tuple(hasil.values())


def kode_penuh(spj: Spj) -> list[str]:
    """The whole code of every line, in its normal form."""
    hasil: list[str] = []
    atas = ""
    for b in spj.baris:
        kode = f"{atas}.{b.kode}" if akun(b.kode) and atas else kode_baku(b.kode)
        atas = atas if akun(b.kode) else kode
        hasil.append(kode)
    return hasil


def akun(kode: str) -> bool:
    """True for the code of an account, ``5.1.02.01``, which no sub kegiatan has."""
    return bool(_AKUN.match(kode))


def pokok(kode: str) -> str:
    """The part of a whole code that stands in the DPA: its sub kegiatan, or the code itself."""
    bagian = kode.split(".")
    return ".".join(bagian[: 1 if kode.startswith(TANPA_KODE) else _SUB_KEGIATAN])


# helpers


def _menurut_kode(bulan: BulanSpj) -> dict[str, BarisSpj | None]:
    return {kode: None if kode in bulan.samar else b for _, kode, b in bulan.baris}

"""A verdict in words: one screen that says what is asked of whom, and why it cannot be merged yet.

It decides the wording alone; the verdict is ``workflow.approvals``'s. Text for a terminal,
Markdown for a pull request, one line for a commit status, and plain data for programs.

Example:
    >>> print(teks_verdict(verdict, nama))
    BELUM DAPAT DIGABUNG  kk/2024-tw1/rehabilitasi-sosial
    Sekarang giliran Kepala Bidang Rehabilitasi Sosial (Fajar Umpamanto): tanda tangan …
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from kinerja.domain.tata_kelola import Tindakan
from kinerja.publishing.findings.markdown import teks_biasa as md
from kinerja.workflow.verdict import HasilLangkah, Simpul, Verdict

LULUS, BELUM = "✓", "○"
GAGAL = "✗"
NamaPemegang = Callable[[str], str]
"""Office id → ``Plh. Kepala Bidang … (Eka Contohono)``."""

_RINGKAS_TERPANJANG = 140


def judul(v: Verdict) -> str:
    """``DAPAT DIGABUNG`` or ``BELUM DAPAT DIGABUNG``."""
    return "DAPAT DIGABUNG" if v.lulus else "BELUM DAPAT DIGABUNG"


def giliran(v: Verdict, nama: NamaPemegang) -> str:
    """Who is to do what now, in one sentence; why nobody can, when that is so."""
    if v.lulus:
        return "Semua langkah terpenuhi; tidak ada yang perlu dilakukan."
    buntu = next((s for s in v.pohon.semua() if s.kode.startswith("buntu:")), None)
    if v.pena is None:
        s = next(s for s in v.pohon.semua() if not s.lulus and not s.anak)
        return f"Tidak ada persetujuan yang dapat menolong sebelum ini dibereskan: {s.judul}: {s.alasan}."
    if v.kembali_ke is not None and v.pena == v.kembali_ke:
        return f"Sekarang giliran {nama(v.pena)}: menyempurnakan, lalu mengajukan lagi."
    if all(h.jabatan != v.pena for h in v.langkah):
        return f"Sekarang giliran {nama(v.pena)}: mengisi, lalu mengajukan."
    langkah = next((h for h in v.langkah if h.jabatan == v.pena and not h.simpul.lulus), None)
    tindakan = _tindakan(langkah)
    if buntu is not None and buntu.kode == f"buntu:{v.pena}":
        return f"{tindakan.capitalize()} {buntu.judul} tidak dapat diberikan: {buntu.alasan}."
    return f"Sekarang giliran {nama(v.pena)}: {tindakan}."


def ringkas(v: Verdict, nama: NamaPemegang) -> str:
    """The verdict for a commit status, in at most 140 characters."""
    terpenuhi = sum(h.simpul.lulus for h in v.langkah)
    awal = f"{terpenuhi} dari {len(v.langkah)} langkah. " if v.langkah else ""
    teks = awal + ("Semua terpenuhi." if v.lulus else giliran(v, nama))
    return teks if len(teks) <= _RINGKAS_TERPANJANG else teks[: _RINGKAS_TERPANJANG - 1] + "…"


def teks_verdict(v: Verdict, nama: NamaPemegang) -> str:
    """The verdict tree for a terminal."""
    baris = [f"{judul(v)}  {v.pohon.judul}", giliran(v, nama), ""]
    baris += [f"  {b}" for s in v.pohon.anak for b in _baris(s, 0)]
    baris += [f"  catatan: {c}" for c in v.catatan]
    return "\n".join(baris)


def markdown_verdict(v: Verdict, nama: NamaPemegang) -> str:
    """The verdict tree for a pull request: a sentence, then a table of steps with every reason."""
    baris = [f"**{judul(v).capitalize()}.** {md(giliran(v, nama))}", ""]
    baris += ["| | Langkah | Keadaan |", "|---|---|---|"]
    for s in v.pohon.anak:
        rinci = "".join(f"<br>{GAGAL} {md(a.judul)}: {md(a.alasan)}" for a in s.anak)
        baris.append(f"| {_tanda(s)} | {md(s.judul)} | {md(s.alasan)}{rinci} |")
    baris += ["", *(f"- Catatan: {md(c)}" for c in v.catatan)]
    return "\n".join(baris).rstrip() + "\n"


def data_verdict(v: Verdict, nama: NamaPemegang) -> dict[str, Any]:
    """The verdict as plain data (contract ``verdict/v1``)."""
    return {
        "perubahan": v.pohon.judul,
        "lulus": v.lulus,
        "giliran": giliran(v, nama),
        "pena": v.pena,
        "berikutnya": v.berikutnya,
        "kembali_ke": v.kembali_ke,
        "catatan": list(v.catatan),
        "pohon": [_data(s) for s in v.pohon.anak],
    }


# helpers


def _tindakan(langkah: HasilLangkah | None) -> str:
    if langkah is None:
        return "bertindak"
    kata = {
        Tindakan.PARAF: "membaca dan memberi paraf, atau mengembalikan",
        Tindakan.TANDA_TANGAN: "membaca dan menandatangani, atau mengembalikan",
        Tindakan.SETUJU: "membaca dan menyetujui, atau mengembalikan",
    }
    return kata.get(langkah.langkah.tindakan, langkah.langkah.tindakan.value)


def _tanda(s: Simpul) -> str:
    if s.lulus:
        return LULUS
    return GAGAL if s.anak or not s.kode.startswith("belum:") else BELUM


def _baris(s: Simpul, dalam: int) -> Iterator[str]:
    yield f"{'  ' * dalam}{_tanda(s)} {s.judul}: {s.alasan}"
    for anak in s.anak:
        yield from _baris(anak, dalam + 1)


def _data(s: Simpul) -> dict[str, Any]:
    return {
        "kode": s.kode, "judul": s.judul, "lulus": s.lulus, "alasan": s.alasan,
        "anak": [_data(a) for a in s.anak],
    }  # fmt: skip

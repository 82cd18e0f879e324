"""What commands print: results, findings, status, verdicts; as text or as JSON.

JSON is a contract: every object names its ``skema`` with a version. Text goes to people and
may change.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
import textwrap
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kinerja.domain.errors import KinerjaError, TemuanError
from kinerja.domain.findings import Finding, Tingkat
from kinerja.publishing.working_time import lama_kerja

if TYPE_CHECKING:
    from kinerja.domain.putusan import Putusan
    from kinerja.history import Baris
    from kinerja.publishing.verdicts import NamaPemegang
    from kinerja.reconcile import HasilUsulan
    from kinerja.session import Hasil
    from kinerja.workflow.stages import LangkahJalan

_BIDANG, _KETERANGAN = 24, 12
"""Least widths of two columns; a narrower terminal gets no last column, or blocks."""
_TANDA = {"belum": "·", "berjalan": "▶", "selesai": "✓", "dikembalikan": "↩"}


def cetak_json(data: dict[str, Any]) -> None:
    """One JSON document on standard output."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=1))


def cetak_json_panjang(kepala: dict[str, Any], nama: str, butir: Iterable[dict[str, Any]]) -> None:
    """One JSON document whose last key is a long list, each item on its own line as it comes."""
    keluar = sys.stdout
    keluar.write(json.dumps({**kepala, nama: []}, ensure_ascii=False).removesuffix("]}") + "\n")
    pisah = ""
    for b in butir:
        keluar.write(f"{pisah}{json.dumps(b, ensure_ascii=False)}")
        pisah = ",\n"
    keluar.write("]}\n")


def cetak_hasil(hasil: Hasil, format_: str, penanda: str) -> None:
    """A step's end: what happened, what is next, who holds the pen."""
    if format_ == "json":
        cetak_json(
            {
                "skema": "hasil/v1",
                "terjadi": hasil.terjadi,
                "rincian": list(hasil.rincian),
                "berikutnya": hasil.berikutnya,
                "pemegang": list(hasil.pemegang),
                "temuan": [_temuan(t) for t in hasil.temuan],
            }
        )
        return
    if penanda:
        click.echo(penanda)
    click.echo(f"✓ {hasil.terjadi}")
    for r in hasil.rincian:
        click.echo(f"  {r}")
    cetak_temuan(hasil.temuan)
    if hasil.berikutnya:
        click.echo(f"Berikutnya: {hasil.berikutnya}")
    if hasil.pemegang:
        click.echo(f"Pena ada pada: {'; '.join(hasil.pemegang)}")


def cetak_pemeriksaan(skema: str, baris: Sequence[Baris], format_: str) -> int:
    """What was looked at, line by line; gives the exit code."""
    lulus = all(b.lulus for b in baris)
    if format_ == "json":
        isi = [{"lulus": b.lulus, "alasan": satu_baris(b.alasan)} for b in baris]
        cetak_json({"skema": skema, "lulus": lulus, "baris": isi})
    else:
        for b in baris:
            click.echo(f"{'✓' if b.lulus else '✗'} {satu_baris(b.alasan)}")
    return 0 if lulus else 1


def cetak_temuan(temuan: Sequence[Finding], *, ke_galat: bool = False) -> None:
    """Findings, one line each, and their count."""
    for t in temuan:
        click.echo(satu_baris(t.teks()), err=ke_galat)
    if temuan:
        galat = sum(t.tingkat is Tingkat.GALAT for t in temuan)
        click.echo(f"{galat} galat, {len(temuan) - galat} peringatan atau catatan", err=ke_galat)


def cetak_galat(e: KinerjaError, *, json: bool) -> int:
    """Why a command did not do its work, and what to do; gives the exit code.

    JSON goes to standard output, where a program waits for it; text to standard error.
    """
    temuan = e.temuan if isinstance(e, TemuanError) else ()
    if json:
        cetak_json(
            {
                "skema": "galat/v1",
                "kode_keluar": e.exit_code,
                "pesan": e.pesan,
                "tindakan": e.saran,
                "temuan": [_temuan(t) for t in temuan],
            }
        )
    else:
        cetak_temuan(temuan, ke_galat=True)
        click.echo(tanpa_kendali(f"✗ {e.diagnostics()}"), err=True)
    return e.exit_code


def cetak_status(
    judul: str, penanda: str, langkah: Sequence[LangkahJalan], zona: tzinfo, nama: dict[str, str]
) -> None:
    """The status table, as wide as the terminal; narrow terminals get blocks."""
    click.echo(f"{judul}{f'  [{penanda}]' if penanda else ''}")
    lebar = shutil.get_terminal_size((100, 24)).columns
    baris = [_baris(x, zona, nama) for x in langkah]
    if _lebih(_ukuran(baris, lebar), lebar) > 0:
        _cetak_sempit(baris, lebar)
    else:
        _cetak_lebar(baris, lebar)
    terlambat = [x for x in langkah if x.terlambat]
    if terlambat:
        click.echo(f"Terlambat: {len(terlambat)} langkah.")
    pegang = {nama[x.pemegang] for x in langkah if x.keadaan in ("berjalan", "dikembalikan")}
    if pegang:
        teks = "Pena ada pada: " + "; ".join(sorted(pegang))
        click.echo(textwrap.fill(teks, lebar, subsequent_indent="  ", break_on_hyphens=False))


def cetak_putusan(putusan: Putusan, arsip: Path, format_: str) -> int:
    """A verdict with a reason per line; gives the exit code (0 only for SAH)."""
    if format_ == "json":
        from kinerja.adapters.documents import polos  # with it comes the reader of YAML

        cetak_json({"skema": "putusan/v1", "berkas": arsip.name, **polos(putusan)})
    else:
        penanda = f"  [{putusan.penanda}]" if putusan.penanda else ""
        click.echo(f"{putusan.hasil.value}{penanda}  {putusan.laporan or arsip.name}")
        tanda = {"SAH": "✓", "TIDAK SAH": "✗", "TIDAK DAPAT DIPASTIKAN": "?"}
        for b in putusan.baris:
            click.echo(f"  {tanda[b.putus.value]} {b.pokok}: {b.alasan}")
        for c in putusan.catatan:
            click.echo(f"  · {c}")
    return 0 if putusan.hasil.value == "SAH" else 1


def cetak_singkat(h: HasilUsulan, nama: NamaPemegang) -> None:
    """One line on a pull request that an act touched, beside the act's own words."""
    from kinerja.publishing.verdicts import ringkas

    keadaan = "digabung ke main" if h.gabungan else ringkas(h.verdict, nama) if h.verdict else ""
    baris = f"usulan {h.usulan.nomor} {h.usulan.alamat}: {h.gangguan or keadaan}"
    click.echo(satu_baris(baris), err=True)


def satu_baris(teks: str) -> str:
    """Text of a stranger for the terminal: one line, without control characters."""
    return "".join("\ufffd" if unicodedata.category(c)[0] == "C" else c for c in teks)


def tanpa_kendali(teks: str) -> str:
    """As :func:`satu_baris`, of a text that has lines of its own."""
    return "\n".join(map(satu_baris, teks.split("\n")))


# helpers


def _temuan(t: Finding) -> dict[str, Any]:
    from kinerja.publishing.findings.plain import temuan_json  # heavy, and seldom needed

    return temuan_json(t)


def _baris(x: LangkahJalan, zona: tzinfo, nama: dict[str, str]) -> list[str]:
    putaran = f" (putaran {x.putaran})" if x.putaran > 1 else ""
    return [
        f"{x.nomor} {nama[f'langkah:{x.nomor}']}",
        nama.get(f"bidang:{x.bidang}", ""),
        f"{_TANDA[x.keadaan]} {x.keadaan}{putaran}",
        _jam(x.sejak, zona),
        _jam(x.selesai, zona),
        "" if x.menit_kerja is None else lama_kerja(x.menit_kerja),
        x.baku.teks,
        "TERLAMBAT" if x.terlambat else "",
        _dengan_nama(x.keterangan, nama),
    ]


_JUDUL = ("langkah", "bidang", "keadaan", "sejak", "selesai", "lama", "baku", "", "keterangan")


def _cetak_lebar(baris: list[list[str]], lebar: int) -> None:
    isi = [list(_JUDUL), *baris]
    ukuran = _ukuran(baris, lebar)
    sisa = lebar - sum(ukuran[:-1]) - 2 * (len(ukuran) - 1)
    for b in isi:
        sel = [_potong(s, n).ljust(n) for s, n in zip(b, ukuran, strict=True)]
        sel[-1] = _potong(b[-1], sisa) if sisa >= _KETERANGAN else ""
        click.echo("  ".join(sel).rstrip())


def _ukuran(baris: list[list[str]], lebar: int) -> list[int]:
    """Width of each column; the bidang's gives way when the terminal is narrow."""
    ukuran = [max(len(b[i]) for b in (_JUDUL, *baris)) for i in range(len(_JUDUL))]
    ukuran[1] = min(ukuran[1], 34)
    ukuran[1] -= min(max(_lebih(ukuran, lebar), 0), max(ukuran[1] - _BIDANG, 0))
    return ukuran


def _lebih(ukuran: list[int], lebar: int) -> int:
    """How many characters the table is too wide, without its last column."""
    return sum(ukuran[:-1]) + 2 * (len(ukuran) - 1) - lebar


def _cetak_sempit(baris: list[list[str]], lebar: int) -> None:
    for b in baris:
        kepala = " ".join(s for s in (b[0], b[1]) if s)
        rincian = ", ".join(s for s in (b[2], f"lama {b[5]} (baku {b[6]})" if b[5] else "", b[7], b[8]) if s)
        click.echo(_potong(kepala, lebar))
        click.echo(textwrap.fill(rincian, lebar, initial_indent="   ", subsequent_indent="   "))


def _dengan_nama(teks: str, nama: dict[str, str]) -> str:
    return re.sub(r"p-[a-z0-9-]+", lambda c: nama.get(f"orang:{c[0]}", c[0]), teks)


def _potong(teks: str, n: int) -> str:
    return teks if len(teks) <= n else teks[: n - 1] + "…"


def _jam(w: datetime | None, zona: tzinfo) -> str:
    return "" if w is None else w.astimezone(zona).strftime("%d-%m-%Y %H.%M")

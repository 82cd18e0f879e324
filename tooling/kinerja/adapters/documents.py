"""Documents in and out: strict YAML to plain data and dataclasses, and new YAML files.

One door to its parts: ``yaml_strict`` reads, ``yaml_splice`` changes what people wrote,
``conversion`` makes dataclasses, and :func:`tulis` writes a file of our own.

Example:
    >>> tulis(Dasar("1/2024"), "../schemas/dasar.v1.json").decode().splitlines()[1]
    'nomor: 1/2024'
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from kinerja.adapters.conversion import BentukError, polos, susun
from kinerja.adapters.yaml_splice import sama, sisip
from kinerja.adapters.yaml_strict import Letak, Tempat, letak, muat
from kinerja.adapters.yaml_text import tulis_blok
from kinerja.domain.errors import KinerjaError

__all__ = [
    "PETUNJUK", "BentukError", "Letak", "Tempat", "letak", "muat", "polos", "sisip", "susun", "tulis",
    "untuk_json",
]  # fmt: skip

PETUNJUK = {
    "disposisi": (
        "Ditulis oleh: kinerja disposisi; jangan disunting di halaman ini.",
        "Berikutnya Kasubag Penyusun Program menyiapkan kertas kerja setiap bidang.",
    ),
    "susun": (
        "Ditulis oleh: kinerja susun. Angka dihitung dari kertas kerja bertanda tangan; jangan disunting.",
        "Menjawab di GitHub atau Forgejo: Files changed, Review, lalu Approve (ya) atau Request changes",
        "(tidak, dengan alasan). Menyunting berkas ini menggugurkan paraf dan tanda tangannya.",
    ),
    "kirim": (
        "Ditulis oleh: kinerja kirim; jangan disunting di halaman ini.",
        "Tanda terima dari penerima dicatat dengan: kinerja kirim PERIODE --tanda-terima BERKAS",
    ),
}
"""Command → what the head of its document tells whoever opens it in a forge's editor."""


def tulis(obj: object, skema: str, kepala: Iterable[str] = ()) -> bytes:
    """A new YAML file: schema line, comment head, then the fields in their order.

    Args:
        skema: the schema's address for ``yaml-language-server``, relative to the file.
        kepala: comment lines without ``#``.

    Raises:
        KinerjaError: when the text would not read back as the same data.
    """
    baris = [f"# yaml-language-server: $schema={skema}"]
    baris += [f"# {b}".rstrip() for b in kepala]
    data = polos(obj)
    bita = ("\n".join([*baris, *tulis_blok(data, 0)]) + "\n").encode("utf-8", "surrogatepass")
    ulang, temuan = muat(bita, "")
    if temuan or not sama(ulang, _terbaca(data)):
        raise KinerjaError(
            "dokumen ini tidak dapat ditulis sebagai YAML dengan aman",
            "periksa huruf yang tidak lazim di dalam teksnya",
        )
    return bita


def untuk_json(data: object) -> Any:  # noqa: ANN401 - plain data of any shape
    """Plain data in which Decimal is text, for canonical JSON."""
    if isinstance(data, dict):
        return {k: untuk_json(v) for k, v in data.items()}
    if isinstance(data, list | tuple):
        return [untuk_json(v) for v in data]
    return f"{data:f}" if isinstance(data, Decimal) else data


# helpers


def _terbaca(data: Any) -> Any:  # noqa: ANN401
    """The data as they will be read back: a Decimal without a point is an int in YAML."""
    if isinstance(data, dict):
        return {k: _terbaca(v) for k, v in data.items()}
    if isinstance(data, list):
        return [_terbaca(v) for v in data]
    if isinstance(data, Decimal) and "." not in f"{data:f}":
        return int(data)
    return data

"""An archive taken apart again: one that waits for its signature, and one that has it.

A bundle is the archive without ``signatures/arsip.sig``. Both are read by composing them anew from
their own payload and statement: what does not give the same bytes was not made by ``archive``,
so nothing can hide in it. It leaves out whether the content is true, and whose the signature is.

Example:
    >>> isi, pernyataan = baca_bundel(susun_arsip(isi, pernyataan, None))
"""

from __future__ import annotations

import io

from kinerja.domain.arsip import Pernyataan
from kinerja.domain.errors import DitolakError
from kinerja.publishing.archive import susun_arsip
from kinerja.publishing.bag import PERNYATAAN, TANDA, baca_pernyataan
from kinerja.publishing.zipstrict import ArsipKetat, WadahError

_TERBESAR = 64 << 20
_MUATAN = "data/"


def baca_bundel(bita: bytes) -> tuple[dict[str, bytes], Pernyataan]:
    """Payload and statement of a bundle.

    Raises:
        DitolakError: these are not the bytes of a bundle.
    """
    isi, pernyataan, tanda = _urai(bita)
    if tanda is not None:
        raise DitolakError("arsip ini sudah ditandatangani", "kirim dengan: kinerja kirim PERIODE --arsip")
    if susun_arsip(isi, pernyataan, None) != bita:
        raise _tak_utuh()
    return isi, pernyataan


def baca_bertanda(bita: bytes) -> tuple[dict[str, bytes], Pernyataan]:
    """Payload and statement of a signed archive; the signature itself is not judged.

    Raises:
        DitolakError: these are not the bytes of a signed archive.
    """
    isi, pernyataan, tanda = _urai(bita)
    if tanda is None:
        raise DitolakError("arsip ini belum ditandatangani", "tandatangani: kinerja archive sign BERKAS")
    if susun_arsip(isi, pernyataan, lambda *_: tanda) != bita:
        raise _tak_utuh()
    return isi, pernyataan


# helpers


def _urai(bita: bytes) -> tuple[dict[str, bytes], Pernyataan, str | None]:
    try:
        arsip = ArsipKetat(io.BytesIO(bita))
        semua = {n: arsip.baca(n, _TERBESAR) for n in arsip.entri}
        pernyataan = baca_pernyataan(semua[PERNYATAAN])
        tanda = semua[TANDA].decode() if TANDA in semua else None
    except (WadahError, KeyError, ValueError) as e:
        raise _tak_utuh() from e
    isi = {n.removeprefix(_MUATAN): b for n, b in semua.items() if n.startswith(_MUATAN)}
    return isi, pernyataan, tanda


def _tak_utuh() -> DitolakError:
    return DitolakError("berkas ini bukan buatan kinerja archive, atau rusak", "buat lagi arsipnya")

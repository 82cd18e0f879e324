"""Work that no command of a person does alone, as a process that can be measured.

``python -m kinerja.bench.jobs ASAL.zip LAMPIRAN KUNCI KELUAR.zip`` makes an archive again with a
folder of attachments in it, by the function that ``kirim`` uses.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from kinerja.adapters.keys import KunciPribadi
from kinerja.publishing.archive import tulis_arsip
from kinerja.publishing.bag import PERNYATAAN, baca_pernyataan
from kinerja.publishing.zipstrict import ArsipKetat

_BERKAS_TERBESAR = 64 << 20


class IsiFolder(Mapping[str, bytes]):
    """Payload that is read only when it is asked for: an archive's own, and a folder's files."""

    def __init__(self, arsip: ArsipKetat, folder: Path) -> None:
        self._arsip = arsip
        self._asal = {n.removeprefix("data/") for n in arsip.entri if n.startswith("data/")}
        self._lampiran = {f"lampiran/{f.name}": f for f in sorted(folder.iterdir())}

    def __getitem__(self, nama: str) -> bytes:
        if nama in self._lampiran:
            return self._lampiran[nama].read_bytes()
        return self._arsip.baca(f"data/{nama}", _BERKAS_TERBESAR)

    def __iter__(self) -> Iterator[str]:
        return iter([*self._asal, *self._lampiran])

    def __len__(self) -> int:
        return len(self._asal) + len(self._lampiran)


def arsipkan(asal: Path, lampiran: Path, kunci: Path, keluar: Path) -> None:
    """Makes the archive of ``asal`` again, with the attachments, signed by the key."""
    with asal.open("rb") as lama, keluar.open("wb") as baru:
        arsip = ArsipKetat(lama)
        pernyataan = baca_pernyataan(arsip.baca(PERNYATAAN, _BERKAS_TERBESAR))
        penanda = KunciPribadi.muat(kunci, pernyataan.oleh)
        tulis_arsip(baru, IsiFolder(arsip, lampiran), pernyataan, penanda.tanda_tangani)


if __name__ == "__main__":
    arsipkan(*map(Path, sys.argv[1:]))

"""The YAML tab's saving: the worksheet as it was typed, merged with what others saved meanwhile.

Comments, order and spelling are the writer's own. A file that cannot be read, or a field that
somebody else changed, is told; nothing is written then.
"""

from __future__ import annotations

from kinerja import sop
from kinerja.desk.cells import TemuanSel
from kinerja.desk.saving import PERCOBAAN, Simpanan, bita_asal
from kinerja.desk.sheet import temuan_sel
from kinerja.domain.errors import BentrokError, BentrokIsianError, TemuanError
from kinerja.domain.periode import Periode
from kinerja.filling import Suntingan
from kinerja.session import Sesi
from kinerja.standing import lembar_kini

_SAMA = "orang lain sudah menyimpan isian yang sama"


def simpan_naskah(
    sesi: Sesi, periode: Periode, id_bidang: str, naskah: str, asal: str, *, ajukan: bool
) -> Simpanan:
    """Saves the worksheet's YAML as it was typed; comments, order and spelling stay."""
    bidang = sesi.bidang(id_bidang)
    isi = naskah.replace("\r\n", "\n").encode()
    for _ in range(PERCOBAAN):
        kini, _ = lembar_kini(sesi, periode, bidang)
        awal = bita_asal(sesi, asal, kini)
        if b"\r\n" in awal:
            isi = naskah.replace("\r\n", "\n").replace("\n", "\r\n").encode()
        try:
            return Simpanan(sop.isi(sesi, periode, id_bidang, suntingan=Suntingan(isi, awal), ajukan=ajukan))
        except TemuanError as e:
            return Simpanan(None, e.pesan, e.saran, tuple(map(temuan_sel, e.temuan)))
        except BentrokIsianError as e:
            beda = tuple(
                TemuanSel("bentrok", f"{p.lstrip('/')}: Anda `{aku}`, tersimpan `{mereka}`", "pilih nilainya")
                for p, (aku, mereka) in e.bentrok.items()
            )
            return Simpanan(None, _SAMA if beda else e.pesan, e.saran, beda)
        except BentrokError:
            sesi.segarkan()
    raise BentrokError("lembar ini sedang disimpan banyak orang", "simpan sekali lagi")

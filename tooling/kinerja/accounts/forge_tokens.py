"""Tokens of people for a forge, encrypted at rest (Fernet: AES-128-CBC and HMAC-SHA-256).

What this protects: a stolen copy of the database alone, a backup of it, a look into it by an
administrator. What it does not protect: the key lies beside it (``kunci-token``, mode 0600), so
who can read the folder as the server's user, or who controls the running server, has the
tokens. Back the key up apart from the database. A row cannot be moved to another person: the
person's id is inside the encrypted text.

Example:
    >>> TokenForge(simpanan).setel("p-citra", "ghp_…", minta)
"""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from kinerja.accounts.jejak import Peristiwa, tambah
from kinerja.accounts.store import Permintaan, Simpanan, tulis_saat
from kinerja.adapters.files import tulis_atomik
from kinerja.domain.errors import KinerjaError, PemakaianError

NAMA_BERKAS = "kunci-token"
_TERPANJANG = 1_000
_MASUKKAN_LAGI = "pulihkan kunci-token dari cadangan, atau hapus dan masukkan lagi token setiap orang"


class TokenForge:
    """Person → token.

    Args:
        berkas_kunci: beside the database when not given; made at the first token.
    """

    def __init__(self, simpanan: Simpanan, berkas_kunci: Path | None = None) -> None:
        self._simpanan = simpanan
        self._kunci = berkas_kunci or simpanan.berkas.with_name(NAMA_BERKAS)

    def token(self, orang: str) -> str | None:
        """The person's token; None when there is none.

        Raises:
            KinerjaError: the key is missing, open to others, or not the one of this database.
        """
        with self._simpanan.baca() as db:
            baris = db.execute("SELECT isi FROM token_forge WHERE orang = ?", (orang,)).fetchone()
        if baris is None:
            return None
        try:
            pemilik, _, isi = self._fernet().decrypt(baris[0]).decode().partition("\0")
        except InvalidToken as e:
            raise KinerjaError("kunci-token bukan kunci basis data ini", _MASUKKAN_LAGI) from e
        if pemilik != orang:
            raise KinerjaError(f"token `{orang}` tertukar dalam basis data", "masukkan lagi token orang itu")
        return isi

    def setel(self, orang: str, isi: str | None, minta: Permintaan) -> None:
        """Sets the person's token; None or "" removes it.

        Raises:
            PemakaianError: it is no token.
            KinerjaError: the key cannot be read or made.
        """
        bersih = (isi or "").strip()
        if bersih and (len(bersih) > _TERPANJANG or not (bersih.isascii() and bersih.isprintable())):
            raise PemakaianError("token tidak sah", "salin lagi token itu dari forge")
        with self._simpanan.tulis() as db:
            db.execute("DELETE FROM token_forge WHERE orang = ?", (orang,))
            if bersih:
                ada = db.execute("SELECT count(*) FROM token_forge").fetchone()[0]
                fernet = self._fernet(buat=not ada)
                rahasia = fernet.encrypt_at_time(f"{orang}\0{bersih}".encode(), int(minta.saat.timestamp()))
                baris = (orang, rahasia, tulis_saat(minta.saat))
                db.execute("INSERT INTO token_forge VALUES (?, ?, ?)", baris)
            tambah(db, minta, Peristiwa.TOKEN_DIUBAH, "dipasang" if bersih else "dihapus", orang=orang)

    # helpers

    def _fernet(self, *, buat: bool = False) -> Fernet:
        try:
            if buat and not self._kunci.exists():
                _buat(self._kunci)
            if os.name == "posix" and stat.S_IMODE(self._kunci.stat().st_mode) & 0o077:
                saran = f"jalankan: chmod 600 {self._kunci}"
                raise KinerjaError("kunci-token dapat dibaca orang lain", saran)
            return Fernet(self._kunci.read_bytes().strip())
        except FileNotFoundError as e:
            raise KinerjaError(f"{self._kunci} tidak ada", _MASUKKAN_LAGI) from e
        except OSError as e:
            saran = f"periksa pemilik dan izin {self._kunci}"
            raise KinerjaError("kunci-token tidak dapat dibaca atau dibuat", saran) from e
        except ValueError as e:
            raise KinerjaError("kunci-token rusak", _MASUKKAN_LAGI) from e


# helpers


def _buat(berkas: Path) -> None:
    """Makes the key whole and never over another one, even when two processes come at once."""
    sementara = berkas.with_name(f".{berkas.name}.{secrets.token_hex(8)}")
    tulis_atomik(sementara, Fernet.generate_key() + b"\n", mode=0o600)
    try:
        berkas.hardlink_to(sementara)
    except FileExistsError:
        return
    finally:
        sementara.unlink()

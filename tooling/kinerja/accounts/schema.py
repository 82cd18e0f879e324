"""The tables of the desk's database, as migrations: each entry lifts ``user_version`` by one.

A migration that was released is never edited; a new one is added behind it. Instants are
text in UTC of one width (``store.tulis_saat``), so that their order is the order of the text.
Secrets that people hold (invitations, session tokens) are here as SHA-256 alone.
"""

from __future__ import annotations

ID_APLIKASI = 0x4B4E4A4D
"""``PRAGMA application_id``: this file is a desk's and no other program's."""

_ORANG = (
    """CREATE TABLE akun (
        orang TEXT PRIMARY KEY, pegangan BLOB NOT NULL UNIQUE, sandi TEXT,
        aktif INTEGER NOT NULL DEFAULT 1 CHECK (aktif IN (0, 1)),
        dibuat TEXT NOT NULL, terakhir_masuk TEXT) STRICT""",
    """CREATE TABLE undangan (
        sidik BLOB PRIMARY KEY, orang TEXT NOT NULL REFERENCES akun ON DELETE CASCADE,
        dibuat TEXT NOT NULL, kedaluwarsa TEXT NOT NULL, selesai TEXT,
        sebab TEXT CHECK (sebab IN ('dipakai', 'dicabut', 'diganti')),
        CHECK ((selesai IS NULL) = (sebab IS NULL))) STRICT""",
    "CREATE INDEX undangan_orang ON undangan (orang, selesai)",
    """CREATE TABLE passkey (
        id BLOB PRIMARY KEY, orang TEXT NOT NULL REFERENCES akun ON DELETE CASCADE,
        situs TEXT NOT NULL, nama TEXT NOT NULL, cose BLOB NOT NULL, publik TEXT NOT NULL,
        hitungan INTEGER NOT NULL, transportasi TEXT NOT NULL,
        dibuat TEXT NOT NULL, terakhir TEXT) STRICT""",
    "CREATE INDEX passkey_orang ON passkey (orang)",
    """CREATE TABLE tantangan (
        id TEXT PRIMARY KEY, isi BLOB NOT NULL, guna TEXT NOT NULL CHECK (guna IN ('daftar', 'masuk')),
        orang TEXT, ikatan BLOB NOT NULL, kedaluwarsa TEXT NOT NULL) STRICT""",
    "CREATE INDEX tantangan_kedaluwarsa ON tantangan (kedaluwarsa)",
    """CREATE TABLE percobaan (
        kunci BLOB PRIMARY KEY, gagal INTEGER NOT NULL, terakhir TEXT NOT NULL) STRICT""",
    """CREATE TABLE sesi (
        sidik BLOB PRIMARY KEY, orang TEXT NOT NULL REFERENCES akun ON DELETE CASCADE,
        pemilik TEXT NOT NULL REFERENCES akun ON DELETE CASCADE, csrf BLOB NOT NULL,
        dibuat TEXT NOT NULL, terakhir TEXT NOT NULL, masuk TEXT NOT NULL, berakhir TEXT NOT NULL) STRICT""",
    "CREATE INDEX sesi_pemilik ON sesi (pemilik)",
    "CREATE INDEX sesi_orang ON sesi (orang)",
)

_DRAF = (
    """CREATE TABLE draf (
        orang TEXT NOT NULL, periode TEXT NOT NULL, bidang TEXT NOT NULL,
        asal TEXT NOT NULL, versi INTEGER NOT NULL, saat TEXT NOT NULL,
        PRIMARY KEY (orang, periode, bidang)) STRICT""",
    """CREATE TABLE isian_draf (
        orang TEXT NOT NULL, periode TEXT NOT NULL, bidang TEXT NOT NULL, penunjuk TEXT NOT NULL,
        isi TEXT NOT NULL, asal TEXT NOT NULL, versi INTEGER NOT NULL,
        PRIMARY KEY (orang, periode, bidang, penunjuk),
        FOREIGN KEY (orang, periode, bidang) REFERENCES draf ON DELETE CASCADE) STRICT""",
)

_JEJAK = (
    """CREATE TABLE jejak (
        nomor INTEGER PRIMARY KEY AUTOINCREMENT, saat TEXT NOT NULL, orang TEXT,
        alamat TEXT NOT NULL, peristiwa TEXT NOT NULL, rincian TEXT NOT NULL) STRICT""",
    "CREATE INDEX jejak_saat ON jejak (saat)",
    """CREATE TRIGGER jejak_tetap BEFORE UPDATE ON jejak
        BEGIN SELECT RAISE(ABORT, 'jejak tidak dapat diubah'); END""",
    # REPLACE deletes without the trigger below.
    """CREATE TRIGGER jejak_baru BEFORE INSERT ON jejak
        WHEN EXISTS (SELECT 1 FROM jejak WHERE nomor = NEW.nomor)
        BEGIN SELECT RAISE(ABORT, 'jejak tidak dapat diganti'); END""",
    # One day less than jejak.SIMPAN_HARI, so that rounding never stops the cleaning itself.
    """CREATE TRIGGER jejak_bertambah BEFORE DELETE ON jejak
        WHEN OLD.saat > (SELECT strftime('%Y-%m-%dT%H:%M:%S', max(saat), '-399 days') FROM jejak)
        BEGIN SELECT RAISE(ABORT, 'jejak yang belum 400 hari tidak dapat dihapus'); END""",
)

_SETELAN = (
    "CREATE TABLE surel (orang TEXT PRIMARY KEY, alamat TEXT NOT NULL, diubah TEXT NOT NULL) STRICT",
    "CREATE TABLE token_forge (orang TEXT PRIMARY KEY, isi BLOB NOT NULL, diubah TEXT NOT NULL) STRICT",
    "CREATE TABLE rahasia (nama TEXT PRIMARY KEY, isi BLOB NOT NULL) STRICT",
)

_SURAT = (
    "CREATE TABLE kabar (kunci TEXT PRIMARY KEY, orang TEXT NOT NULL, saat TEXT NOT NULL) STRICT",
    """CREATE TABLE surat (
        nomor INTEGER PRIMARY KEY AUTOINCREMENT, kunci TEXT NOT NULL UNIQUE, orang TEXT NOT NULL,
        perihal TEXT NOT NULL, isi TEXT NOT NULL, dibuat TEXT NOT NULL,
        coba INTEGER NOT NULL DEFAULT 0, coba_lagi TEXT NOT NULL, diserahkan TEXT) STRICT""",
    "CREATE INDEX surat_coba_lagi ON surat (coba_lagi)",
    # Who is written to: has an address, and no account that was disabled.
    """CREATE VIEW penerima AS SELECT orang, alamat FROM surel
        WHERE orang NOT IN (SELECT orang FROM akun WHERE aktif = 0)""",
)

MIGRASI: tuple[tuple[str, ...], ...] = ((*_ORANG, *_DRAF, *_JEJAK, *_SETELAN), _SURAT)
"""Statements of each migration, in order."""

"""The time zones that an office in Indonesia can have.

Apart from ``organisasi``, so that the command line offers them without loading every document.

Example:
    >>> ZONA_JAM["Asia/Makassar"]
    8
"""

ZONA_JAM = {"Asia/Jakarta": 7, "Asia/Pontianak": 7, "Asia/Makassar": 8, "Asia/Jayapura": 9}
"""Indonesia's zones and their hours before UTC (Keppres 41/1987); none changes its clock."""

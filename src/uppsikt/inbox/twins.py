"""The same text by the same author in several places: told by a digest of both.

The digest finds the same text again and nothing else: nobody can be looked up by it,
nor by what they hold (D-16).
"""

import hashlib
import unicodedata


def of(site: str, author: str, text: str) -> str:
    """Return the digest of a text and its author at a platform, "" without either."""
    plain = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    if not (author and plain):
        return ""
    return hashlib.sha256(f"{site}\n{author}\n{plain}".encode()).hexdigest()[:32]

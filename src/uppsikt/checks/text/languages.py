"""What the languages are called that the analysis tells apart (D-36)."""

from collections.abc import Mapping
from typing import Final

from uppsikt.policy.words import N_

LANGUAGES: Final[Mapping[str, str]] = {
    "ar": N_("Arabic"),
    "bn": N_("Bengali"),
    "bs": N_("Bosnian, Croatian or Serbian"),
    "ckb": N_("Kurdish (Sorani)"),
    "cs": N_("Czech"),
    "da": N_("Danish"),
    "de": N_("German"),
    "el": N_("Greek"),
    "en": N_("English"),
    "es": N_("Spanish"),
    "et": N_("Estonian"),
    "fa": N_("Persian or Dari"),
    "fi": N_("Finnish"),
    "fr": N_("French"),
    "he": N_("Hebrew"),
    "hi": N_("Hindi"),
    "hu": N_("Hungarian"),
    "hy": N_("Armenian"),
    "it": N_("Italian"),
    "ja": N_("Japanese"),
    "ka": N_("Georgian"),
    "ko": N_("Korean"),
    "ku": N_("Kurdish (Kurmanji)"),
    "lt": N_("Lithuanian"),
    "lv": N_("Latvian"),
    "nl": N_("Dutch"),
    "no": N_("Norwegian"),
    "pl": N_("Polish"),
    "ps": N_("Pashto"),
    "pt": N_("Portuguese"),
    "ro": N_("Romanian"),
    "ru": N_("Russian"),
    "so": N_("Somali"),
    "sq": N_("Albanian"),
    "sr": N_("Serbian"),
    "ta": N_("Tamil"),
    "th": N_("Thai"),
    "ti": N_("Tigrinya or Amharic"),
    "tr": N_("Turkish"),
    "uk": N_("Ukrainian"),
    "zh": N_("Chinese"),
}
"""By the code that ends the name of the signal: "language.fi"."""

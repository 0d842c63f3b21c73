"""What notices speak of, and how they speak to the reader: for wordings that notice_words.py does not list.

A sentence is taken for one of a notice only when it has both; reports that speak of cookies and passwords do not say
"you" and "we".
"""

from __future__ import annotations

import re

from connectors.articles.notice_words import any_of
from schemas.article import PartialReason

SPOKEN_OF: dict[PartialReason, re.Pattern[str]] = {
    "robot-check": any_of(
        r"\b(?:verify(?:ing)?|confirm|prove)\b.{0,40}\bhuman\b",
        r"\b(?:ro)?bots?\b",
        r"\bcaptcha\b",
        r"\b(?:have been|been|was) (?:blocked|limited)\b",
        r"\bcomprobando\b|\bpersona real\b",
        r"\bpersonne réelle\b",
        r"\bhumain\b|\bmenschlich\w*\b|\bumano\b|\bhumano\b",
    ),
    "javascript": any_of(
        r"\bjava ?script\b",
        r"\b(?:enable|activate) js\b",
        r"\bad ?-?block\w*|\bwerbeblocker\b|\bbloqueur\b|\bbloqueador\b",
        r"\b(?:your|ihr\w*|votre|su|tu|il tuo) (?:browser|navigateur|navegador)\b",
        r"\bneueren browser\b",
    ),
    "cookies": any_of(
        r"\bcookies?\b",
        r"\btracking\b|\btracker\b",
        r"\b(?:consent|privacy|personal data|partners)\b",
        r"\b(?:zustimmung|einwilligung|datenschutz\w*|dienstleister)\b",
        r"\b(?:consentement|confidentialité|données personnelles)\b",
        r"\b(?:consentimiento|privacidad|datos personales)\b",
        r"\b(?:consenso|dati personali)\b",
        r"\b(?:store|access) information\b",
        r"\b(?:préférences|préferenze|preferencias)\b",
    ),
    "newsletter": any_of(
        r"\bnewsletters?\b|\bnieuwsbrief\b|\bbolet[íi]n\b|\blettre d'information\b",
        r"\binbox\b|\bpostfach\b|\bboîte (?:mail|de)\b",
        r"\b(?:your|enter an?) e-?mail\b",
        r"\be-mail-adresse\b|\badresse e-?mail\b|\bcorreo electrónico\b",
        r"\bspam\b",
    ),
    "paywall": any_of(
        r"\bsubscri(?:be|bers?|ption)\b",
        r"\b(?:free|gratis|kostenlos\w*|gratuit\w*|prova) (?:trial|testen|probe\w*|essai|gratuita)\b",
        r"\b(?:unlimited|full|digital) access\b",
        r"\b(?:digital|plus|premium|probe)?-?abo(?:s|nnement)?\b",
        r"\babonn(?:ez|er|é|és|ent|enten|ieren)\b",
        r"\bfreischalten\b",
        r"\bsuscri(?:ptor|ptores|be|bete|bir\w*|pción)\b|\bsuscríb\w+",
        r"\babbona(?:ti|to|mento|rsi)\b",
        r"\b(?:paid|premium) (?:content|members?|article)\b|\b(?:contenu|contenuto|contenido) premium\b",
        r"\bassina(?:nte|ntes|tura)\b",
    ),
    "login": any_of(
        r"\b(?:log|sign)(?:ged|ning|ging)?[ -]?(?:in|up)\b",
        r"\b(?:an|your|my|free) account\b|\bpassword\b",
        r"\b(?:eingeloggt|einloggen|anmelden|anmeldung|konto|passwort)\b",
        r"\b(?:identifiez|connectez|inscrivez)-vous\b|\bmot de passe\b|\bdéjà inscrit\b|\bvotre compte\b",
        r"\b(?:sesión|contraseña|tu cuenta|identifícate)\b",
        r"\b(?:accedi|account|registrati)\b",
    ),
    "error": any_of(
        r"\bnot found\b|\bsomething went wrong\b|\btry again\b|\bno longer available\b|\bunavailable\b",
        r"\b(?:leider|bitte)\b.{0,40}\b(?:nicht (?:mehr )?(?:verfügbar|gefunden|zur verfügung|erreichbar)|fehler)\b",
    ),
}
"""What notices speak of: a sentence counts only when it speaks to the reader, too."""

ADDRESSED = re.compile(
    r"(?i:\b(?:you|your|yours|we|our|us|please|click|accept|enter|try|get|vous|votre|vos|nous|notre|nos|veuillez|"
    r"merci de|tu|tus|te|"
    r"usted|nosotros|nuestr[ao]s?|por favor|tuo|tua|tuoi|tue|noi|nostr[aoie]|bitte|du|dein\w*|deine[rmns]?|wir|"
    r"unser\w*)\b)|"
    r"\b(?:Sie|Ihr|Ihre[mnrs]?)\b|(?i:\b(?:\w+ez-vous|j'accepte|je m'abonne|-toi)\b)",
)
"""A sentence that speaks to the reader, or of "us" who run the site."""

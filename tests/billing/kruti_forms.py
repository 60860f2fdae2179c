"""Kruti Dev forms made from Devanagari by a table of its own: what a typist would strike."""

FULL = {
    "क": "d", "ख": "[k", "ग": "x", "घ": "?k", "च": "p", "छ": "N", "ज": "t", "झ": ">", "ञ": "¥",
    "ट": "V", "ठ": "B",
    "ड": "M", "ढ": "<", "ण": ".k", "त": "r", "थ": "Fk", "द": "n", "ध": "/k", "न": "u", "प": "i", "फ": "Q",
    "ब": "c", "भ": "Hk", "म": "e", "य": ";", "र": "j", "ल": "y", "व": "o", "श": "'k", "ष": '"k', "स": "l",
    "ह": "g", "ळ": "G",
}  # fmt: skip
HALF = {
    "क": "D", "ख": "[", "ग": "X", "घ": "?", "च": "P", "ज": "T", "ण": ".", "त": "R", "थ": "F", "ध": "/",
    "न": "U", "प": "I", "ब": "C", "भ": "H", "म": "E", "य": "¸", "ल": "Y", "व": "O", "श": "'", "ष": '"',
    "स": "L", "ह": "º",
}  # fmt: skip
WHOLE = {
    "क्ष": "{k", "त्र": "=k", "ज्ञ": "K", "श्र": "J", "द्य": "|", "द्व": "}", "द्ध": ")", "क्र": "Ø",
    "प्र": "ç", "द्र": "æ",
    "त्त": "Ùk", "न्न": "é", "ह्म": "ã", "क्त": "Dr", "ट्ट": "ê", "ट्ठ": "ë", "द्द": "í",
}  # fmt: skip
SIGNS = {
    "ा": "k", "ी": "h", "ु": "q", "ू": "w", "ृ": "`", "े": "s", "ै": "S", "ो": "ks", "ौ": "kS",
    "ॉ": "‚", "ं": "a", "ँ": "¡",
    "ः": "%", "्": "~",
}  # fmt: skip
VOWELS = {
    "अ": "v", "आ": "vk", "इ": "b", "ई": "bZ", "उ": "m", "ऊ": "Å", "ए": ",", "ऐ": ",s", "ओ": "vks", "औ": "vkS",
    "ऋ": "_", "ऑ": "v‚",
}  # fmt: skip
OTHERS = {"।": "A", "-": "&", "/": "@", ".": "-", ",": "]", "(": "¼", ")": "½"}
VIRAMA, NUKTA = "्", "़"


def kruti_dev(text: str) -> str:
    """The strokes for a text in Devanagari."""
    return " ".join(map(_word, text.split(" ")))


def _word(word: str) -> str:
    out, place = "", 0
    while place < len(word):
        if word[place] in FULL:
            syllable, place = _syllable(word, place)
            out += syllable
        else:
            sign = word[place]
            out += VOWELS.get(sign) or SIGNS.get(sign) or OTHERS.get(sign, sign)
            place += 1
    return out


def _syllable(word: str, place: int) -> tuple[str, int]:
    """A cluster of consonants with its vowel: the r above it goes behind, the short i before."""
    end = place + 1
    while True:
        if word[end : end + 1] == NUKTA:
            end += 1
        if word[end : end + 1] == VIRAMA and word[end + 1 : end + 2] in FULL and word[end + 1 :]:
            end += 2
            continue
        break
    cluster = word[place:end]
    above = cluster.startswith("र" + VIRAMA)
    strokes = _cluster(cluster[2:] if above else cluster)
    signs = ""
    while word[end : end + 1] and word[end] in (*SIGNS, "ि"):
        if word[end] == "ि":
            strokes = "f" + strokes
        else:
            signs += SIGNS[word[end]]
        end += 1
    over = signs[-1:] if signs[-1:] in "a¡" else ""
    signs = signs[: len(signs) - len(over)]
    return strokes + signs + ("Z" if above else "") + over, end


def _cluster(cluster: str) -> str:
    for joined, strokes in WHOLE.items():
        if cluster == joined:
            return strokes
        if cluster.startswith(joined + VIRAMA):
            break
        if cluster.endswith(VIRAMA + joined):
            return _cluster_halves(cluster[: -len(joined)]) + strokes
    if cluster.endswith(VIRAMA + "र") and len(cluster) > 2:
        before = cluster[:-2]
        return _cluster(before) + ("ª" if before[-1:] in "टठडढ" else "z")
    *halves, last = cluster.replace(NUKTA, "").split(VIRAMA)
    plus = "+" if cluster.endswith(NUKTA) else ""
    return "".join(_half(one) for one in halves) + FULL[last] + plus


def _cluster_halves(halves: str) -> str:
    return "".join(_half(one) for one in halves.split(VIRAMA) if one)


def _half(consonant: str) -> str:
    return HALF.get(consonant) or FULL[consonant] + "~"

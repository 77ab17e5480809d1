"""What looking through a text cannot see, in sentences for pages and guides."""

LIMITS = (
    "It reads words. It does not see pictures, faces, voices or handwriting.",
    "It does not recognise a person by her style, her story, or a place described without its name.",
    "A rare name that nobody told it about, standing alone without a title or an introduction, can be missed.",
    "A first name that is also a word, a month or a place (Will, May, Jordan) can be missed where a sentence begins.",
    "It knows English and Spanish. Names inside sentences of other languages are found only if they are known.",
    "It does not open links: who stands behind an address is not looked up.",
    "It can take an ordinary word for a name. Look at each finding before you rely on it.",
    "Short numbers without a word beside them (a bare four-digit code) are not taken for student numbers.",
)

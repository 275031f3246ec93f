"""Cases that may be the same as another: found by signs, put in pairs, judged by a person, taken back if need be.

``likeness`` compares words, ``signs`` says what speaks for it, ``looking`` finds what may be the same as one
Case, ``pairing`` writes that down as new Cases come in, ``judging`` gives the pairs to people one by one.
"""

from bihuan.spine.cases.twins.likeness import LIKE, likeness
from bihuan.spine.cases.twins.looking import LISTED, Twin, list_twins, twins_of_phone
from bihuan.spine.cases.twins.signs import is_personal

__all__ = ["LIKE", "LISTED", "Twin", "is_personal", "likeness", "list_twins", "twins_of_phone"]

import pytest

from bihuan.faces.portal import kept
from bihuan.kernel.errors import Refused
from bihuan.spine.door.models import Photo
from bihuan.spine.door.photos import file_of
from tests.faces.portal.conftest import picture
from tests.spine.cases.known import make_submission


def test_a_kept_picture_is_found_by_its_word(db: None) -> None:
    assert kept.kept_photo(kept.keep(picture())) == Photo.objects.get()


@pytest.mark.parametrize("word", ["", "x", "bm9w:sig"])
def test_no_other_word_finds_it(db: None, word: str) -> None:
    kept.keep(picture())
    assert kept.kept_photo(word) is None


def test_a_picture_that_belongs_to_somebody_is_not_given_away(db: None) -> None:
    word = kept.keep(picture())
    Photo.objects.update(submission=make_submission())
    assert kept.kept_photo(word) is None


def test_dropping_takes_the_row_and_the_file(db: None) -> None:
    photo = kept.kept_photo(kept.keep(picture()))
    assert photo is not None
    path = file_of(photo)
    kept.drop_kept(photo)
    assert not Photo.objects.exists()
    assert not path.exists()


def test_what_is_no_picture_is_not_kept(db: None) -> None:
    fake = picture()
    fake.file.truncate(20)
    with pytest.raises(Refused):
        kept.keep(fake)
    assert not Photo.objects.exists()

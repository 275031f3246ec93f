"""An ask came from one address."""

import pytest
from django.db import IntegrityError

from bihuan.kernel import clock
from bihuan.spine.messages.models import Correspondent


@pytest.mark.django_db
def test_a_receipt_has_one_correspondent() -> None:
    Correspondent.objects.create(receipt="1", channel="wechat", at=clock.now())
    with pytest.raises(IntegrityError):
        Correspondent.objects.create(receipt="1", channel="sms", at=clock.now())

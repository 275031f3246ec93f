"""What a service and a rule say of themselves."""

from django.utils import translation

from bihuan.spine.cases.models import Service


def test_a_service_is_described_in_the_readers_language() -> None:
    service = Service(about_zh="停气", about_en="No gas")
    with translation.override("en"):
        assert service.about == "No gas"
    with translation.override("zh-hans"):
        assert service.about == "停气"

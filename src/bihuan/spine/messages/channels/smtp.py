"""E-mail by SMTP, with the settings that Django knows."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from bihuan.spine.messages.models import Message

TIMEOUT_S = 10


class Smtp:
    """Reaches e-mail addresses."""

    name = "smtp"
    is_immediate = False

    def reaches(self, address: str) -> bool:
        # Names in WeCom may hold an @, too; those addresses begin with their channel.
        return "@" in address and ":" not in address

    def deliver(self, message: Message, address: str) -> None:
        host = urlsplit(settings.BIHUAN_SITE_URL).hostname or "localhost"
        mail = EmailMessage(
            subject=message.subject,
            body=message.body,
            to=[address],
            connection=EmailBackend(timeout=TIMEOUT_S),
            # The same when a mail goes out twice after a crash, so that mail programs can show it once.
            headers={"Message-ID": f"<{message.pk}.{message.created_at:%Y%m%d%H%M%S}@{host}>"},
        )
        mail.send()

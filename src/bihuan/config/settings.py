"""Every setting, read from the environment; docs/operations.md lists them all."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from bihuan.config import environment as env
from bihuan.kernel import keys

BASE = Path(__file__).resolve().parents[3]

# --- The place where data stays ---------------------------------------------------------------
BIHUAN_VAR = Path(env.text("BIHUAN_VAR", str(BASE / "var"))).resolve()
BIHUAN_KEYS = Path(env.text("BIHUAN_KEYS", str(BIHUAN_VAR / "keys"))).resolve()
BIHUAN_DEMO = env.flag("BIHUAN_DEMO", default=False)
BIHUAN_MAKE_KEYS = env.flag("BIHUAN_MAKE_KEYS", default=BIHUAN_DEMO)
DATABASES = {"default": env.database(env.text("BIHUAN_DATABASE_URL"), BIHUAN_VAR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Who may ask for pages --------------------------------------------------------------------
DEBUG = env.flag("BIHUAN_DEBUG", default=False)
ALLOWED_HOSTS = env.words("BIHUAN_HOSTS", "127.0.0.1,localhost,[::1]")
BIHUAN_HTTPS = env.flag("BIHUAN_HTTPS", default=not BIHUAN_DEMO)
CSRF_TRUSTED_ORIGINS = env.words("BIHUAN_ORIGINS")
BIHUAN_SECOND_FACTOR = env.flag("BIHUAN_SECOND_FACTOR", default=not BIHUAN_DEMO)
BIHUAN_PROXIES = env.number("BIHUAN_PROXIES", 1 if BIHUAN_HTTPS else 0)


def _secret_key() -> str:
    """Take Django's key from the folder of keys; kernel.keys.secret would need these settings first."""
    path = BIHUAN_KEYS / "django"
    if path.exists() or BIHUAN_MAKE_KEYS:
        return keys.load(path, make=BIHUAN_MAKE_KEYS).hex()
    # Commands that sign nothing (migrate, check) get along with this; a system check that runs before
    # pages are served refuses it.
    return "django-insecure-the-key-is-missing"


SECRET_KEY = env.text("BIHUAN_SECRET_KEY") or _secret_key()

INSTALLED_APPS = [
    "bihuan.config.apps.BihuanAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "bihuan.spine.accounts",
    "bihuan.spine.audit",
    "bihuan.spine.places",
    "bihuan.spine.door",
    "bihuan.spine.resources",
    "bihuan.spine.messages",
    "bihuan.spine.cases",
    "bihuan.spine.paper",
    # Lines of work: one entry switches one on.
    "bihuan.lines.requests",
    "bihuan.lines.abroad",
    "bihuan.lines.protection",
    "bihuan.lines.passes",
    "bihuan.faces.portal",
    "bihuan.faces.desk",
    "bihuan.faces.field",
    "bihuan.faces.api",
    "bihuan.faces.open311",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "bihuan.config.middleware.content_security_policy",
    "bihuan.config.middleware.whole_words",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "bihuan.config.middleware.second_factor",
    "bihuan.config.middleware.refusals",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "bihuan.config.urls"
WSGI_APPLICATION = "bihuan.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE / "src/bihuan/faces/templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["bihuan.faces.parts"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- Accounts -----------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_ADAPTER = "bihuan.spine.accounts.adapter.StaffAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True  # for as long as SESSION_COOKIE_AGE, without asking
ALLAUTH_TRUSTED_PROXY_COUNT = BIHUAN_PROXIES
ACCOUNT_FORMS = {
    "login": "bihuan.spine.accounts.forms.SignIn",
    "change_password": "bihuan.spine.accounts.forms.ChangePassword",
    "set_password": "bihuan.spine.accounts.forms.SetPassword",
    "reauthenticate": "bihuan.spine.accounts.forms.Reauthenticate",
}
MFA_FORMS = {
    "authenticate": "bihuan.spine.accounts.forms.EnterCode",
    "reauthenticate": "bihuan.spine.accounts.forms.ReenterCode",
    "activate_totp": "bihuan.spine.accounts.forms.ActivateApp",
}
MFA_ADAPTER = "bihuan.spine.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Bihuan"
AXES_FAILURE_LIMIT = env.number("BIHUAN_LOGIN_TRIES", 5)
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_CALLABLE = "bihuan.spine.accounts.adapter.locked"
AXES_CLIENT_IP_CALLABLE = "bihuan.spine.accounts.adapter.client_ip"
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_RESET_ON_SUCCESS = True

# --- Language and time ---------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE / "src/bihuan/faces/locale"]
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# --- Static files and photos ---------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = BIHUAN_VAR / "static"
STATICFILES_DIRS = [BASE / "src/bihuan/faces/static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
BIHUAN_PHOTO_BYTES = env.number("BIHUAN_PHOTO_BYTES", 10_000_000)

# --- Browser security ------------------------------------------------------------------------------
SECURE_CSP = {
    "default-src": ["'self'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:", "blob:"],
    "worker-src": ["'self'", "blob:"],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = BIHUAN_HTTPS
SECURE_REDIRECT_EXEMPT = ["^healthz$"]  # asked from the machine itself, past the proxy
SECURE_HSTS_SECONDS = 31_536_000 if BIHUAN_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = BIHUAN_HTTPS
SECURE_HSTS_PRELOAD = BIHUAN_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BIHUAN_HTTPS else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = BIHUAN_HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 3600  # one shift and its hand-over
X_FRAME_OPTIONS = "DENY"

# --- Messages out ----------------------------------------------------------------------------------
BIHUAN_SITE_URL = env.text("BIHUAN_SITE_URL", "http://127.0.0.1:8000")
BIHUAN_DOOR_URL = env.text("BIHUAN_DOOR_URL", BIHUAN_SITE_URL)
BIHUAN_RATE_WEIGHTS = env.weights("BIHUAN_RATE_WEIGHTS", "response=30,resolution=40,satisfaction=30")
BIHUAN_MESSAGE_CHANNELS = env.words("BIHUAN_MESSAGE_CHANNELS", "screen")
EMAIL_HOST = env.text("BIHUAN_SMTP_HOST", "127.0.0.1")
EMAIL_PORT = env.number("BIHUAN_SMTP_PORT", 25)
EMAIL_HOST_USER = env.text("BIHUAN_SMTP_USER")
EMAIL_HOST_PASSWORD = env.text("BIHUAN_SMTP_PASSWORD")
EMAIL_USE_TLS = env.flag("BIHUAN_SMTP_TLS", default=False)
DEFAULT_FROM_EMAIL = env.text("BIHUAN_MAIL_FROM", "bihuan@localhost")

# --- Conversations: text messages and WeChat ---------------------------------------------------------
BIHUAN_SMS_PROVIDER = env.text("BIHUAN_SMS_PROVIDER")
BIHUAN_SMS_APP = env.text("BIHUAN_SMS_APP")
BIHUAN_SMS_URL = env.text("BIHUAN_SMS_URL")
BIHUAN_SMS_USER = env.text("BIHUAN_SMS_USER")
BIHUAN_SMS_KEY = env.text("BIHUAN_SMS_KEY")
BIHUAN_SMS_SENDER = env.text("BIHUAN_SMS_SENDER")
BIHUAN_SMS_TEMPLATE = env.text("BIHUAN_SMS_TEMPLATE")
BIHUAN_SMS_IN_KEY = env.text("BIHUAN_SMS_IN_KEY")
BIHUAN_IMAP_HOST = env.text("BIHUAN_IMAP_HOST")
BIHUAN_IMAP_USER = env.text("BIHUAN_IMAP_USER")
BIHUAN_IMAP_PASSWORD = env.text("BIHUAN_IMAP_PASSWORD")
BIHUAN_TELEPHONE_KEY = env.text("BIHUAN_TELEPHONE_KEY")
BIHUAN_WECHAT_URL = env.text("BIHUAN_WECHAT_URL", "https://api.weixin.qq.com")
BIHUAN_WECHAT_APP = env.text("BIHUAN_WECHAT_APP")
BIHUAN_WECHAT_SECRET = env.text("BIHUAN_WECHAT_SECRET")
BIHUAN_WECHAT_TOKEN = env.text("BIHUAN_WECHAT_TOKEN")
BIHUAN_WECHAT_AES = env.text("BIHUAN_WECHAT_AES")
BIHUAN_APPRISE = env.text("BIHUAN_APPRISE")
BIHUAN_WECOM_URL = env.text("BIHUAN_WECOM_URL", "https://qyapi.weixin.qq.com")
BIHUAN_WECOM_CORP = env.text("BIHUAN_WECOM_CORP")
BIHUAN_WECOM_AGENT = env.number("BIHUAN_WECOM_AGENT", 0)
BIHUAN_WECOM_SECRET = env.text("BIHUAN_WECOM_SECRET")
BIHUAN_WECOM_TOKEN = env.text("BIHUAN_WECOM_TOKEN")
BIHUAN_WECOM_AES = env.text("BIHUAN_WECOM_AES")

# Whether we may send to addresses of private networks, and over plain HTTP: only for trials.
BIHUAN_PRIVATE_TARGETS = env.flag("BIHUAN_PRIVATE_TARGETS", default=False)

# --- Programs ---------------------------------------------------------------------------------------
# The demonstration plays a day in minutes.
BIHUAN_API_PER_MINUTE = env.number("BIHUAN_API_PER_MINUTE", 0 if BIHUAN_DEMO else 1200)

# --- The city's Open311 server --------------------------------------------------------------------------
BIHUAN_GEOREPORT_JURISDICTION = env.text("BIHUAN_GEOREPORT_JURISDICTION")
BIHUAN_GEOREPORT_CONTACT = env.text("BIHUAN_GEOREPORT_CONTACT")
# Services that lie in the open: words and exact place of their Cases are nobody's own.
BIHUAN_OPEN_SERVICES = env.words("BIHUAN_OPEN_SERVICES")

# --- Offices where nobody is connected ---------------------------------------------------------------
BIHUAN_SILENCE_MIN = env.number("BIHUAN_SILENCE_MIN", 10)

# --- Learning from closed cases ----------------------------------------------------------------------
# A demonstration's night lasts minutes: there it is done by hand.
BIHUAN_TRAIN_AT = env.text("BIHUAN_TRAIN_AT", "" if BIHUAN_DEMO else "03:10")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.text("BIHUAN_LOG", "WARNING")},
    # A refusal is an answer, not a fault: Django's warning of every 4xx would hide what matters.
    "loggers": {"django.request": {"level": "ERROR"}},
}

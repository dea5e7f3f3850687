"""How people come in, how long they stay in, and what slows down those who guess. `base` takes all of it over."""

from datetime import timedelta
from urllib.parse import urlsplit

from config import environment

# --- Signing up and in -----------------------------------------------------------------------------------------------
SIGNUP_OPEN = environment.boolean("GROUNDSWELL_SIGNUP_OPEN", default=True)
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "platform_apps.accounts.passwords.SiteWordsValidator"},
]
ACCOUNT_ADAPTER = "platform_apps.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
# One password field: who mistypes it gets in by a code.
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "platform_apps.accounts.forms.NameForm"
ACCOUNT_FORMS = {
    "signup": "platform_apps.accounts.password_forms.SignupForm",
    "change_password": "platform_apps.accounts.password_forms.ChangePasswordForm",
    "set_password": "platform_apps.accounts.password_forms.SetPasswordForm",
    "reset_password_from_key": "platform_apps.accounts.password_forms.ResetPasswordKeyForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 900
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
# An account has one address; a new one replaces the old one when its code was entered.
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # ends the others, not the session in which it was changed
PASSWORD_RESET_TIMEOUT = 3600
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
# By address of the client (`ip`; IPv6 by its /64), by account or mail address (`key`), or by who is signed in.
ACCOUNT_RATE_LIMITS = {
    "login": "10/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "request_login_code": "20/m/ip,5/30m/key",
    "reset_password": "20/m/ip,5/30m/key",
    "signup": "5/30m/ip",
}

# --- Sessions: absolute and idle limits ------------------------------------------------------------------------------
SESSION_COOKIE_AGE = 14 * 24 * 3600
STAFF_SESSION_AGE = 12 * 3600
STAFF_SESSION_IDLE = 3 * 3600

# --- Second factor ---------------------------------------------------------------------------------------------------
# Of everybody who may enter the admin; embedded says no, since the demo's accounts are there to be tried.
REQUIRE_MFA = environment.boolean("GROUNDSWELL_REQUIRE_MFA", default=True)
MFA_ADAPTER = "platform_apps.accounts.mfa.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # of 30 seconds: clocks of phones differ

# --- Signing in with an account elsewhere ----------------------------------------------------------------------------
SOCIALACCOUNT_ADAPTER = "platform_apps.accounts.social.SocialAdapter"
# Who says elsewhere that an address is theirs does not thereby own the account that has it here.
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_LOGIN_ON_GET = False
OIDC_URL = environment.text("GROUNDSWELL_OIDC_URL")
OIDC_NAME = environment.text("GROUNDSWELL_OIDC_NAME", "OpenID Connect")
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "oidc",
                "name": OIDC_NAME,
                "client_id": environment.text("GROUNDSWELL_OIDC_CLIENT"),
                "secret": environment.text("GROUNDSWELL_OIDC_SECRET"),
                "settings": {"server_url": OIDC_URL},
            }
        ]
        if OIDC_URL
        else [],
    },
    "github": {
        "OAUTH_PKCE_ENABLED": True,
        "SCOPE": ["user:email"],
        "APPS": [
            {
                "client_id": environment.text("GROUNDSWELL_GITHUB_CLIENT"),
                "secret": environment.text("GROUNDSWELL_GITHUB_SECRET"),
            }
        ]
        if environment.text("GROUNDSWELL_GITHUB_CLIENT")
        else [],
    },
    "google": {
        "OAUTH_PKCE_ENABLED": True,
        "SCOPE": ["profile", "email"],
        "APPS": [
            {
                "client_id": environment.text("GROUNDSWELL_GOOGLE_CLIENT"),
                "secret": environment.text("GROUNDSWELL_GOOGLE_SECRET"),
            }
        ]
        if environment.text("GROUNDSWELL_GOOGLE_CLIENT")
        else [],
    },
}
# Where forms of the sign-in may lead to: browsers hold the policy against redirects too.
SIGN_IN_HOSTS = [
    *([f"{urlsplit(OIDC_URL).scheme}://{urlsplit(OIDC_URL).netloc}"] if OIDC_URL else []),
    *(["https://github.com"] if environment.text("GROUNDSWELL_GITHUB_CLIENT") else []),
    *(["https://accounts.google.com"] if environment.text("GROUNDSWELL_GOOGLE_CLIENT") else []),
]

# --- Apps: the same sign-in by JSON, and JWTs ------------------------------------------------------------------------
HEADLESS_CLIENTS = ("app",)
HEADLESS_ADAPTER = "platform_apps.accounts.api.headless.HeadlessAdapter"
HEADLESS_TOKEN_STRATEGY = "platform_apps.accounts.api.jwt.TokenStrategy"  # noqa: S105 (a path)
HEADLESS_JWT_ALGORITHM = "HS256"
HEADLESS_JWT_ACCESS_TOKEN_EXPIRES_IN = 300
HEADLESS_JWT_REFRESH_TOKEN_EXPIRES_IN = 30 * 24 * 3600
HEADLESS_JWT_ROTATE_REFRESH_TOKEN = True
# Each use looks whether its session still stands: an ended one is over at once, not after five minutes.
HEADLESS_JWT_STATEFUL_VALIDATION_ENABLED = True

# --- Personal API tokens ---------------------------------------------------------------------------------------------
API_TOKEN_DAYS = 30
API_TOKEN_MOST_DAYS = 365
API_TOKENS_PER_PERSON = 10

# --- Partner sites that sign people in with us -----------------------------------------------------------------------
IDP_OIDC_PRIVATE_KEY = environment.text("GROUNDSWELL_IDP_KEY").replace("\\n", "\n")
IDENTITY_PROVIDER_ENABLED = bool(IDP_OIDC_PRIVATE_KEY)
IDP_OIDC_ADAPTER = "platform_apps.accounts.identity.IdentityAdapter"
IDP_OIDC_REFRESH_TOKEN_EXPIRES_IN = int(timedelta(days=30).total_seconds())

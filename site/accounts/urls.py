"""What there is below /account/. allauth's own list has passwords and signing up: only what we want is named here."""

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.urls import path

from .views import factors as our_factors
from .views import links, own
from .views import sign_in as ours

# Names are allauth's where it looks for them; two may stand for one address.
urlpatterns = [
    path("", own.account, name="account"),
    path("", own.account, name="mfa_index"),
    path("", own.account, name="mfa_list_webauthn"),
    path("sign-in/", ours.SignInView.as_view(), name="account_login"),
    path("sign-in/", ours.SignInView.as_view(), name="account_request_login_code"),
    path("sign-in/code/", ours.CodeView.as_view(), name="account_confirm_login_code"),
    path("sign-in/second-factor/", factors.authenticate, name="mfa_authenticate"),
    path("sign-in/passkey/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("sign-out/", account.logout, name="account_logout"),
    path("sign-out/everywhere/", own.everywhere, name="account_everywhere"),
    path("switched-off/", account.account_inactive, name="account_inactive"),
    path("second-factor/", our_factors.choose, name="second_factor"),
    path("again/", our_factors.CodeAgainView.as_view(), name="mfa_reauthenticate"),
    path("again/passkey/", our_factors.PasskeyAgainView.as_view(), name="mfa_reauthenticate_webauthn"),
    path("authenticator/", our_factors.AuthenticatorView.as_view(), name="mfa_activate_totp"),
    path("authenticator/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("recovery-codes/", our_factors.RecoveryCodesView.as_view(), name="mfa_view_recovery_codes"),
    path("recovery-codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("recovery-codes/file/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("passkeys/new/", our_factors.PasskeyView.as_view(), name="mfa_add_webauthn"),
    path("passkeys/<int:pk>/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path("passkeys/<int:pk>/remove/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
    path("link/<str:token>/", links.open_link, name="sign_in_link"),
    path("link/<str:token>/fresh/", links.fresh_link, name="fresh_sign_in_link"),
]

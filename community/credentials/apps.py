"""Registers the tokens that a verified credential gives."""

from django.apps import AppConfig

from community.core.audiences import TokenSource, register_tokens


class CredentialsConfig(AppConfig):
    name = "community.credentials"
    label = "credentials"
    verbose_name = "Verification"

    def ready(self) -> None:
        from community.credentials import audiences, badges, own, panels  # models are ready only now
        from community.members.panels import install_badges, register_export, register_profile_panel

        for source in audiences.SOURCES:
            register_tokens(TokenSource(*source))
        install_badges(badges.badges_of)
        register_profile_panel(panels.verification_of)
        register_export("verification", own.exported)

"""Registers the tokens that membership of a staff group gives, and what a restored backup asks of members."""

from django.apps import AppConfig

from community.core.audiences import TokenSource, register_tokens


class MembersConfig(AppConfig):
    name = "community.members"
    label = "members"
    verbose_name = "Members"

    def ready(self) -> None:
        from community.members import audiences, restoring  # models are ready only now

        for token in audiences.GROUP_OF_TOKEN:
            register_tokens(TokenSource(token, audiences.tokens_for(token), audiences.members_for))
        restoring.register()

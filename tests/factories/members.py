"""Members as tests need them."""

from typing import Any

import factory
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group

from community.members.models import Member


class MemberFactory(factory.django.DjangoModelFactory[Member]):
    """An active member who is not verified."""

    class Meta:
        model = Member
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"member{n}@collegium.test")
    handle = factory.Sequence(lambda n: f"member-{n}")
    name = factory.Sequence(lambda n: f"Member {n}")
    password = factory.django.Password("correct horse battery staple")

    @factory.post_generation
    def in_groups(self, create: bool, names: Any, **kwargs: Any) -> None:
        for name in names or []:
            self.groups.add(Group.objects.get_or_create(name=name)[0])

    @factory.post_generation
    def second_factor(self, create: bool, wanted: Any, **kwargs: Any) -> None:
        """Staff get one, as they must; `second_factor=False` makes staff without."""
        if wanted or (wanted is None and (self.is_staff or self.groups.exists())):
            Authenticator.objects.create(user=self, type=Authenticator.Type.TOTP, data={"secret": ""})

"""The bulletins' desk: writing, signing, releasing; and what readers do: confirm, look at older versions."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.core.errors import Missing
from community.core.policies import Verdict, require
from community.core.rewording import Tried, attempt, prose_of, reword_data
from community.core.trying import posted
from community.knowledge import bulletins
from community.knowledge.bulletin_words import shown_words
from community.knowledge.desk_forms import AloneForm, BulletinForm, StepFormSet
from community.knowledge.models import BulletinPage
from community.knowledge.operations import bulletins as operations
from community.knowledge.policies.bulletins import (
    may_draft_bulletin,
    may_release_alone,
    may_second_bulletin,
    may_sign_bulletin,
    may_withdraw_bulletin,
)
from community.knowledge.practice.words import SETTING, WORDS
from community.knowledge.roster import on_duty_now
from community.knowledge.views.requests import KnowledgeRequest


@require_safe
@login_required
def bulletin_desk(request: KnowledgeRequest) -> HttpResponse:
    """What waits for a second person, drafts, what is out; the roster; the time to the first bulletin."""
    require(may_draft_bulletin(request.user))
    context = {
        "rows": bulletins.desk_rows(),
        "roster": on_duty_now(),
        "usual_time": bulletins.usual_time_to_first(),
        "waiting": bulletins.awaiting_second(),
    }
    return render(request, "knowledge/bulletins/bulletin_desk.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def bulletin_create(request: KnowledgeRequest) -> HttpResponse:
    require(may_draft_bulletin(request.user))
    return _edit(request, None)


@require_http_methods(["GET", "POST"])
@login_required
def bulletin_edit(request: KnowledgeRequest, slug: str) -> HttpResponse:
    require(may_draft_bulletin(request.user))
    return _edit(request, _bulletin(slug))


@require_http_methods(["GET", "POST"])
@login_required
def bulletin_release(request: KnowledgeRequest, slug: str) -> HttpResponse:
    """The draft as readers will see it, and the next step of its release."""
    require(may_draft_bulletin(request.user))
    page = _bulletin(slug)
    form, tried = AloneForm(posted(request) if request.POST.get("act") == "alone" else None), Tried()
    if request.method == "POST":
        tried = _act(request, page, form)
        if tried.done:
            return redirect("bulletin-release", page.slug)
    context = _release_context(request, page) | {"form": form, "tried": tried}
    return render(request, "knowledge/bulletins/bulletin_release.html", context, status=tried.status)


@require_POST
@login_required
def bulletin_confirm(request: KnowledgeRequest, slug: str) -> HttpResponse:
    page = bulletins.visible_bulletin(request.viewer, slug)
    if page is None:
        raise Missing
    if request.POST.get("version", str(page.version)) != str(page.version):
        messages.warning(request, _("It has changed since you opened it. Please read this version."))
        return redirect(page.url)
    operations.confirm_bulletin(page, by=request.user, viewer=request.viewer)
    messages.success(request, _("Noted: you have read this version."))
    return redirect(page.url)


@require_safe
@never_cache
def bulletin_state(request: KnowledgeRequest, slug: str) -> HttpResponse:
    """For pages that are open without a socket: whether they must be read again."""
    page = bulletins.visible_bulletin(request.viewer, slug)
    if page is None:
        raise Missing
    return JsonResponse({"stamp": page.stamp, "version": page.version})


@require_safe
def bulletin_version(request: KnowledgeRequest, slug: str, number: int) -> HttpResponse:
    """A bulletin as it was released, with the way to the present one."""
    page = bulletins.visible_bulletin(request.viewer, slug)
    version = bulletins.version_of(page, number) if page else None
    if page is None or version is None or version.content["audience"] not in request.viewer.tokens:
        raise Missing
    context = {"page": page, "version": version, "words": shown_words(version.content)}
    return render(request, "knowledge/bulletins/bulletin_version.html", context)


def _edit(request: KnowledgeRequest, page: BulletinPage | None) -> HttpResponse:
    draft = operations.latest_draft(page) if page else None
    form, tried = BulletinForm(posted(request), instance=draft), Tried()
    steps = StepFormSet(posted(request), initial=_steps_of(draft), prefix="steps")
    if "add" in request.POST:
        form, steps = BulletinForm(initial=None, data=request.POST, instance=draft), _one_more(request)
    elif request.method == "POST" and steps.is_valid():
        surfaces = dict.fromkeys(prose_of(form), WORDS) | {"contacts": SETTING}
        tried = attempt(form, lambda: _keep(request, page, form, steps), surfaces)
        steps = _reworded(request, steps) if tried.is_reworded else steps
        if tried.done:
            messages.success(request, _("The draft is kept."))
            return redirect("bulletin-release", tried.result.slug)
    elif request.method == "POST":
        tried = Tried(status=422)
    context = {"form": form, "steps": steps, "tried": tried, "page": draft, **_grouped(form)}
    return render(request, "knowledge/bulletins/bulletin_edit.html", context, status=tried.status)


def _grouped(form: BulletinForm) -> dict[str, Any]:
    """The fields as they stand on the page, by the part of the bulletin they belong to."""
    return {part: [form[name] for name in names] for part, names in BulletinForm.PARTS.items()}


def _one_more(request: KnowledgeRequest) -> Any:
    """The same steps with an empty one after them."""
    data = request.POST.copy()
    data["steps-TOTAL_FORMS"] = str(min(int(data.get("steps-TOTAL_FORMS") or 1) + 1, StepFormSet.max_num))
    return StepFormSet(data, prefix="steps")


def _reworded(request: KnowledgeRequest, steps: Any) -> Any:
    """The steps with the guard's wording in them."""
    prose = {each.add_prefix(name): WORDS for each in steps for name in prose_of(each)}
    return StepFormSet(reword_data(request.POST, prose), prefix="steps")


def _steps_of(draft: BulletinPage | None) -> list[dict[str, str]]:
    if draft is None:
        return [{"role": "everybody"}]
    return [dict(block.value) for block in draft.steps] or [{"role": "everybody"}]


def _keep(request: KnowledgeRequest, page: BulletinPage | None, form: BulletinForm, steps: Any) -> BulletinPage:
    said = [each.cleaned_data for each in steps if each.cleaned_data.get("do") or each.cleaned_data.get("dont")]
    values = {**form.values(), "steps": [{name: _lf(text) for name, text in step.items()} for step in said]}
    if page is None:
        return operations.draft_bulletin(by=request.user, values=values)
    return operations.save_bulletin(page, by=request.user, values=values)


def _lf(text: str) -> str:
    return text.replace("\r\n", "\n")


def _act(request: KnowledgeRequest, page: BulletinPage, form: AloneForm) -> Tried:
    """Take the step that was asked for; an unknown one is none."""
    act, by = request.POST.get("act", ""), request.user
    steps: dict[str, tuple[Any, str]] = {
        "sign": (operations.sign_bulletin, _("Signed. The roster is asked for a second person.")),
        "release": (operations.release_bulletin, _("Released. Those concerned are told.")),
        "second": (operations.second_bulletin, _("You are the second person: it stays.")),
        "withdraw": (operations.withdraw_bulletin, _("Withdrawn. Whoever opened it is told.")),
    }
    if act == "alone":
        tried = attempt(form, lambda: operations.release_bulletin_alone(page, by=by, **form.cleaned_data), WORDS)
        if tried.done:
            messages.warning(request, _("Released by you alone. Without a second person it ends in two hours."))
        return tried
    if act not in steps:
        raise Missing
    operation, said = steps[act]
    operation(page, by=by)
    messages.success(request, said)
    return Tried(done=True)


def _release_context(request: KnowledgeRequest, page: BulletinPage) -> dict[str, Any]:
    draft, release = operations.latest_draft(page), bulletins.release_on_its_way(page)
    member, no = request.user, Verdict(False)
    waits = release is not None and release.state == "signed" and release.digest == draft.digest
    alone = release is not None and release.state == "alone"
    missing = operations.missing_for_release(draft)
    return {
        "page": page,
        "draft": draft,
        "words": shown_words(draft.reviewed_words()),
        "missing": missing,
        "missing_fields": [(_field_name(name), sentences) for name, sentences in missing.items()],
        "release": release,
        "waits": waits,
        "alone": alone,
        "is_out": bulletins.is_released(draft),
        "counts": page.reading_counts(),
        "may_sign": may_sign_bulletin(member),
        "may_second": may_second_bulletin(member, release) if release else no,
        "may_alone": may_release_alone(member, release) if release else no,
        "may_withdraw": may_withdraw_bulletin(member, page),
    }


def _field_name(name: str) -> str:
    return str(BulletinPage._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def _bulletin(slug: str) -> BulletinPage:
    page = bulletins.bulletin_at(slug)
    if page is None:
        raise Missing
    return page

"""Translating write-ups on the site: beginning, the original and its words side by side, the second reader, reading."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from community.core.errors import Boundary, Invalid, Missing
from community.core.languages import direction_of
from community.core.policies import require
from community.core.rewording import BUTTON, Tried, attempt, reworded
from community.core.trying import Found, posted
from community.knowledge.languages import address_of, begun_by, begun_of, published_of, waiting_for, ways_to_read
from community.knowledge.models import Translation, TranslationState, Version, WriteUpPage
from community.knowledge.operations import translations as operations
from community.knowledge.policies.translations import may_answer_translation, may_translate, may_work_on
from community.knowledge.practice import showing
from community.knowledge.practice.labels import label_of
from community.knowledge.practice.translating import lacking, pieces_of, translated
from community.knowledge.practice.words import WORDS, surface_of
from community.knowledge.review_forms import AnswerForm
from community.knowledge.views.requests import KnowledgeRequest, published_or_missing
from community.members.identifiers import language_name, languages


@require_safe
@login_required
def translation_list(request: KnowledgeRequest) -> HttpResponse:
    """What one translates, and what waits for a second reader who knows its language."""
    own = begun_by(request.user)
    context = {
        "own": [_line(row) for row in own[:100]],
        "waiting": [_line(row) for row in waiting_for(request.viewer)[:100]],
    }
    return render(request, "knowledge/translations/translation_list.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def translation_start(request: KnowledgeRequest, slug: str) -> HttpResponse:
    """Choose a language. One for each write-up and language; who comes second is told who is at it."""
    page = published_or_missing(request, slug)
    verdict, reason, status = may_translate(request.viewer, page), "", 200
    if request.method == "POST":
        language = request.POST.get("language", "")
        try:
            operations.start_translation(page, by=request.user, language=language)
        except Boundary as error:
            reason, status = error.reason, error.status
        else:
            return redirect("translation-write", page.slug, language)
    begun = {row.language: row for row in begun_of(page)}
    context = {
        "writeup": page,
        "verdict": verdict,
        "reason": reason,
        "own": [_choice(code) for code in _likely(request, page) if code not in begun],
        "others": [(code, name) for code, name in languages().items() if code != page.language and code not in begun],
        "begun": [_line(row) for row in begun.values()],
    }
    return render(request, "knowledge/translations/translation_start.html", context, status=status)


@require_safe
def translation_read(request: KnowledgeRequest, slug: str, language: str) -> HttpResponse:
    """A write-up in another language, and how far the original has gone on since."""
    page = published_or_missing(request, slug)
    translation = next((row for row in published_of(page) if row.language == language), None)
    if translation is None:
        raise Missing
    source = operations.version_of(translation, shown=True)
    content = translated(source.content, translation.shown, language)
    version = Version(page=page, number=source.number, content=content, published_at=source.published_at)
    page._read_in = language
    context = showing.context_for(page, request.viewer, version=version)
    newest = context["newest"].number
    context |= {
        "SITE_URL": settings.SITE_URL,
        "ways": ways_to_read(page),
        "translation": translation,
        "is_old": False,
        "is_stale": source.number != newest,
        "behind": {"of": source.number, "newest": newest},
        "original_name": language_name(page.language),
        "canonical": f"{settings.SITE_URL}{address_of(page, language)}",
        "citation": "",
        "may_work": request.viewer.is_signed_in and bool(may_work_on(request.viewer, translation)),
    }
    return render(request, "knowledge/writeups/writeup_detail.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def translation_write(request: KnowledgeRequest, slug: str, language: str) -> HttpResponse:
    """Each piece of the original beside a box for its words. A POST keeps them; `do` sends or renews as well."""
    translation = _translation_or_missing(request, slug, language)
    if translation.translator_id != request.user.pk:
        raise Missing
    if request.method != "POST":
        return _desk(request, translation)
    pieces = [(name, str(text)) for name, text in request.POST.items() if name.startswith("piece:")]
    texts = {name.removeprefix("piece:"): text for name, text in pieces}
    try:
        if BUTTON in request.POST:
            return _desk(request, translation, texts=_reworded(translation, texts), is_reworded=True)
        translation = _taken(request, translation, texts)
    except Boundary as error:
        return _desk(request, translation, error=error, texts=texts)
    return redirect("translation-write", slug, language)


def _reworded(translation: Translation, texts: dict[str, str]) -> dict[str, str]:
    told = operations.words_for(translation, texts)
    return {path: reworded(text, surface_of(path)) for path, text in told.items()}


def _taken(request: KnowledgeRequest, translation: Translation, texts: dict[str, str]) -> Translation:
    """What the buttons of the form do; each of them keeps the words first."""
    wanted = request.POST.get("do", "")
    if texts:
        translation, _screening = operations.save_translation(translation, by=request.user, texts=texts)
    if wanted == "renew":
        translation = operations.renew_translation(translation, by=request.user)
        messages.success(request, _("This is the newest version now. What is new or changed has no translation yet."))
    elif wanted == "send":
        translation = operations.send_translation(translation, by=request.user)
        messages.success(request, _("Sent. A second reader who knows the language reads it before others do."))
    else:
        messages.success(request, _("Kept. Only you see it."))
    return translation


@require_http_methods(["GET", "POST"])
@login_required
def translation_answer(request: KnowledgeRequest, slug: str, language: str) -> HttpResponse:
    """The second reader compares, and publishes or says what should change."""
    translation = _translation_or_missing(request, slug, language)
    require(may_answer_translation(request.viewer, translation))
    if request.POST.get("do") == "publish":
        return _published(request, translation)
    form, tried = AnswerForm(posted(request)), Tried()
    if form.is_bound:
        send_back = lambda: operations.return_translation(translation, by=request.user, **form.cleaned_data)  # noqa: E731
        tried = attempt(form, send_back, {"answer": WORDS})
        if tried.done:
            messages.success(request, _("Sent back to the translator."))
            return redirect("translation-list")
    return _answer_page(request, translation, form, tried)


def _published(request: KnowledgeRequest, translation: Translation) -> HttpResponse:
    try:
        operations.publish_translation(translation, by=request.user)
    except Boundary as error:
        return _answer_page(request, translation, AnswerForm(), Tried(status=error.status), error.reason)
    messages.success(request, _("Published. Thank you for reading it."))
    return redirect("translation", translation.page.slug, translation.language)


def _answer_page(
    request: KnowledgeRequest, translation: Translation, form: AnswerForm, tried: Tried, reason: str = ""
) -> HttpResponse:
    context = {**_pairs(translation, translation.texts), "form": form, "tried": tried, "reason": reason}
    return render(request, "knowledge/translations/translation_answer.html", context, status=tried.status)


def _desk(
    request: KnowledgeRequest,
    translation: Translation,
    *,
    error: Boundary | None = None,
    texts: Any = None,
    is_reworded: bool = False,
) -> HttpResponse:
    newest = operations.newest_of(translation.page)
    words = {**translation.texts, **(texts or {})}
    context = {
        **_pairs(translation, words, error),
        "verdict": may_work_on(request.viewer, translation),
        "reason": _reason(error),
        "findings": _found(error),
        "tried": Tried(found=[Found("", _found(error))], is_reworded=is_reworded),
        "words": words,
        "newest": newest.number,
        "is_stale": newest.number != translation.of_version,
    }
    status = error.status if error else 200
    return render(request, "knowledge/translations/translation_write.html", context, status=status)


def _reason(error: Boundary | None) -> str:
    if isinstance(error, Invalid):
        return _("Some pieces need your words; they are marked below. What you wrote is kept here.")
    return error.reason if error else ""


def _pairs(translation: Translation, texts: dict[str, str], error: Boundary | None = None) -> dict[str, Any]:
    page, source = translation.page, operations.version_of(translation)
    wrong = _wrong(error)
    rows: list[dict[str, Any]] = []
    for number, piece in enumerate(pieces_of(source.content)):
        label = str(label_of(piece.part, page.kind))
        same = bool(rows) and rows[-1]["label"] == label
        told = texts.get(piece.path, "")
        rows.append(
            {"piece": piece, "id": f"piece-{number}", "label": label, "is_first": not same, "text": told,
             "lines": max(2, len(piece.text) // 60 + 1), "wrong": wrong.get(piece.path, [])}
        )  # fmt: skip
    total = len(rows)
    return {
        "writeup": page,
        "translation": translation,
        "rows": rows,
        "total": total,
        "done": total - len(lacking(source.content, texts)),
        "name": language_name(translation.language),
        "from_name": language_name(page.language),
        "to_dir": direction_of(translation.language),
        "from_dir": direction_of(page.language),
    }


def _wrong(error: Boundary | None) -> dict[str, list[str]]:
    """What is wrong with which piece, also where the guard found something; what it found is said above."""
    found = {finding.field: [_("This could identify a patient: please take it out.")] for finding in _found(error)}
    return {**found, **(getattr(error, "errors", None) or {})}


def _found(error: Boundary | None) -> list[Any]:
    return getattr(error, "findings", [])


def _translation_or_missing(request: KnowledgeRequest, slug: str, language: str) -> Translation:
    page = published_or_missing(request, slug)
    found = next((row for row in begun_of(page) if row.language == language), None)
    if found is None:
        raise Missing
    found.page = page
    return found


def _line(row: Translation) -> dict[str, Any]:
    return {
        "row": row,
        "name": language_name(row.language),
        "url": reverse("translation-write", args=[row.page.slug, row.language]),
        "read_url": address_of(row.page, row.language) if row.is_published else "",
        "answer_url": reverse("translation-answer", args=[row.page.slug, row.language]),
        "is_waiting": row.state == TranslationState.WAITING,
    }


def _choice(code: str) -> dict[str, str]:
    return {"code": code, "name": language_name(code)}


def _likely(request: KnowledgeRequest, page: WriteUpPage) -> list[str]:
    """The languages of the member's profile, before the long list."""
    return [code for code in getattr(request.user, "languages", []) if code != page.language]

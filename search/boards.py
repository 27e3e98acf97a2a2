"""What editors see of search: which words are searched for, which find nothing, and the synonyms. Counts, no people."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.core.errors import Missing
from community.core.policies import require
from community.core.rewording import Tried, attempt
from community.core.trying import posted
from search import asked, operations
from search.forms import SettleForm, SynonymForm
from search.models import SynonymSet
from search.policies import may_tend_words

MOST, PAGE = 50, 30


@require_safe
@login_required
def search_words(request: HttpRequest) -> HttpResponse:
    """The tasks first: words that find nothing; then what is searched for most."""
    require(may_tend_words(request.user))
    return _words_page(request)


def _words_page(request: HttpRequest, sent: SettleForm | None = None, tried: Tried | None = None) -> HttpResponse:
    """`sent` is a form that was refused, `tried` what stands in its way."""
    tried = tried or Tried()
    found = asked.rows(asked.without_results()[:MOST])
    tasks = [(row, SettleForm(initial={"text": row["text"]}, auto_id=f"id_{n}_%s")) for n, row in enumerate(found)]
    if sent is not None:
        text = sent["text"].value()
        tasks = [(row, sent if row["text"] == text else form) for row, form in tasks]
    context = {
        "tasks": tasks,
        "tried": tried,
        "often": asked.rows(asked.often()[:MOST]),
        "least": asked.LEAST,
        "weeks": asked.SHOWN_WEEKS.days // 7,
        "kept": asked.KEPT.days // 7,
    }
    return render(request, "search/search_words.html", context, status=tried.status)


@require_POST
@login_required
def search_words_settle(request: HttpRequest) -> HttpResponse:
    """Done with `text`; with `means`, a synonym is added as well."""
    require(may_tend_words(request.user))
    form = SettleForm(request.POST, auto_id="id_sent_%s")
    tried = attempt(form, lambda: _settle(request, **form.cleaned_data), "tag")
    if not tried.done:
        return _words_page(request, form, tried)
    messages.success(request, _("Synonym added.") if form.cleaned_data["means"] else _("Done."))
    return redirect("search-words")


@transaction.atomic
def _settle(request: HttpRequest, text: str, means: str) -> None:
    if means:
        operations.add_synonym(text, means, by=request.user)
    operations.settle_words(text, by=request.user)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def synonym_list(request: HttpRequest) -> HttpResponse:
    """The sets with the words in `find`; POST adds the pair `word`, `means`."""
    require(may_tend_words(request.user))
    form, tried = SynonymForm(posted(request)), Tried()
    if form.is_bound:
        tried = attempt(form, lambda: operations.add_synonym(**form.cleaned_data, by=request.user), "tag")
        if tried.done:
            messages.success(request, _("Synonym added."))
            return redirect("synonym-list")
    wanted = " ".join(request.GET.get("find", "")[:80].split())
    found = SynonymSet.objects.order_by("preferred", "pk").prefetch_related("terms")
    if wanted:
        found = found.filter(Q(preferred__icontains=wanted) | Q(terms__shown__icontains=wanted)).distinct()
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {"find": wanted, "page": page, "form": form, "tried": tried}
    return render(request, "search/synonym_list.html", context, status=tried.status)


@require_POST
@login_required
def synonym_switch(request: HttpRequest, group: str) -> HttpResponse:
    """Use a set from now on (`on`), or leave it out."""
    require(may_tend_words(request.user))
    found = SynonymSet.objects.filter(public_id=group).first()
    if found is None:
        raise Missing
    operations.switch_synonyms(found, is_on="on" in request.POST, by=request.user)
    messages.success(request, _("Search uses it.") if found.is_on else _("Search leaves it out."))
    return redirect("synonym-list")


def waiting_for(member: Any) -> int:
    """How many words without results wait for an editor."""
    return min(len(asked.without_results()[: MOST + 1]), MOST) if may_tend_words(member) else 0

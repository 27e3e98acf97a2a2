"""What editors see of search: which words are searched for, which find nothing, and the synonyms. Counts, no people."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.core.errors import Missing
from community.core.policies import require
from search import asked, operations
from search.models import SynonymSet
from search.policies import may_tend_words

MOST, PAGE = 50, 30


@require_safe
@login_required
def search_words(request: HttpRequest) -> HttpResponse:
    """The tasks first: words that find nothing; then what is searched for most."""
    require(may_tend_words(request.user))
    context = {
        "tasks": asked.rows(asked.without_results()[:MOST]),
        "often": asked.rows(asked.often()[:MOST]),
        "least": asked.LEAST,
        "longest": operations.LONGEST_SYNONYM,
        "weeks": asked.SHOWN_WEEKS.days // 7,
        "kept": asked.KEPT.days // 7,
    }
    return render(request, "search/search_words.html", context)


@require_POST
@login_required
def search_words_settle(request: HttpRequest) -> HttpResponse:
    """Done with `text`; with `means`, a synonym is added as well."""
    text, means = request.POST.get("text", "")[:80], request.POST.get("means", "").strip()
    if means:
        operations.add_synonym(text, means, by=request.user)
    operations.settle_words(text, by=request.user)
    messages.success(request, _("Synonym added.") if means else _("Done."))
    return redirect("search-words")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def synonym_list(request: HttpRequest) -> HttpResponse:
    """The sets with the words in `find`; POST adds the pair `word`, `means`."""
    require(may_tend_words(request.user))
    if request.method == "POST":
        operations.add_synonym(request.POST.get("word", ""), request.POST.get("means", ""), by=request.user)
        messages.success(request, _("Synonym added."))
        return redirect("synonym-list")
    wanted = " ".join(request.GET.get("find", "")[:80].split())
    found = SynonymSet.objects.order_by("preferred", "pk").prefetch_related("terms")
    if wanted:
        found = found.filter(Q(preferred__icontains=wanted) | Q(terms__shown__icontains=wanted)).distinct()
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {"find": wanted, "page": page, "longest": operations.LONGEST_SYNONYM}
    return render(request, "search/synonym_list.html", context)


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

"""A quotation that the author of a reply can shorten: whose words, with a link, then the words."""

from forums.models import Post

LONGEST = 1200


def quote(post: Post) -> str:
    """Markdown of a quotation. Quotations inside the quoted post are left out: nobody reads the third level."""
    lines = [line for line in post.source.splitlines() if not line.lstrip().startswith(">")]
    text = "\n".join(lines).strip()[:LONGEST]
    head = f"> @{post.author.handle} [wrote]({post.get_absolute_url()}):"
    body = "\n".join(f"> {line}".rstrip() for line in text.splitlines())
    return f"{head}\n>\n{body}\n\n"

"""The forums: what is written, who sees it, and what pages cost."""

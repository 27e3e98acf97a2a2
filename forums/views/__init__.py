"""Pages of the forums: parse, one operation or one query, answer."""

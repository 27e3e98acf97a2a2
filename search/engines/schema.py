"""The full-text tables beside the documents, for each database; also as temporary ones, for trials."""

from typing import Any

SQLITE = (
    "CREATE VIRTUAL TABLE {temp}search_fts USING fts5(title, body, names, content='search_document',"
    " content_rowid='id', tokenize=\"ascii tokenchars '_'\")",
    "CREATE {keyword}TRIGGER {temp}search_text_put AFTER INSERT ON search_document BEGIN"
    " INSERT INTO search_fts(rowid, title, body, names) VALUES (NEW.id, NEW.title, NEW.body, NEW.names); END",
    "CREATE {keyword}TRIGGER {temp}search_text_drop AFTER DELETE ON search_document BEGIN"
    " INSERT INTO search_fts(search_fts, rowid, title, body, names)"
    " VALUES ('delete', OLD.id, OLD.title, OLD.body, OLD.names); END",
    "CREATE {keyword}TRIGGER {temp}search_text_change AFTER UPDATE OF title, body, names ON search_document BEGIN"
    " INSERT INTO search_fts(search_fts, rowid, title, body, names)"
    " VALUES ('delete', OLD.id, OLD.title, OLD.body, OLD.names);"
    " INSERT INTO search_fts(rowid, title, body, names) VALUES (NEW.id, NEW.title, NEW.body, NEW.names); END",
)
SQLITE_BACK = (
    "DROP TRIGGER search_text_put",
    "DROP TRIGGER search_text_drop",
    "DROP TRIGGER search_text_change",
    "DROP TABLE search_fts",
)
# The terms are ours already: array positions become word positions, so that phrases can be asked for.
POSTGRES = (
    'CREATE OR REPLACE FUNCTION search_vector(words text, weight "char") RETURNS tsvector AS $$'
    " SELECT coalesce(setweight(string_agg(quote_literal(term) || ':' || least(place, 16383), ' ')::tsvector, weight),"
    " ''::tsvector) FROM unnest(string_to_array(words, ' ')) WITH ORDINALITY AS t(term, place) WHERE term <> ''"
    " $$ LANGUAGE sql IMMUTABLE PARALLEL SAFE",
    "ALTER TABLE search_document ADD COLUMN vector tsvector GENERATED ALWAYS AS ("
    " search_vector(title, 'A') || search_vector(names, 'B') || search_vector(body, 'D')) STORED",
    "CREATE INDEX search_document_vector ON search_document USING gin (vector)",
)
POSTGRES_BACK = (
    "DROP INDEX search_document_vector",
    "ALTER TABLE search_document DROP COLUMN vector",
    'DROP FUNCTION search_vector(text, "char")',
)


# What a trial has for itself.
SHADOWED = ("search_document", "search_meaning")


def add_full_text(apps: Any, schema_editor: Any) -> None:
    is_postgres = schema_editor.connection.vendor == "postgresql"
    for statement in POSTGRES if is_postgres else [each.format(temp="", keyword="") for each in SQLITE]:
        schema_editor.execute(statement)


def remove_full_text(apps: Any, schema_editor: Any) -> None:
    for statement in POSTGRES_BACK if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK:
        schema_editor.execute(statement)


def shadow(connection: Any) -> None:
    """Empty temporary tables of the same names stand before the real ones, for this connection only."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for table in SHADOWED:
                cursor.execute(f"CREATE TEMP TABLE {table} (LIKE public.{table} INCLUDING ALL)")
            return
        for table in SHADOWED:
            cursor.execute("SELECT sql FROM main.sqlite_master WHERE type = 'table' AND name = %s", [table])
            cursor.execute(cursor.fetchone()[0].replace("CREATE TABLE", "CREATE TEMP TABLE", 1))
        for statement in SQLITE:
            cursor.execute(statement.format(temp="temp.", keyword="TEMP ").replace("TRIGGER temp.", "TRIGGER "))


def unshadow(connection: Any) -> None:
    """Drop the temporary tables; the real ones are seen again."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for table in SHADOWED:
                cursor.execute(f"DROP TABLE pg_temp.{table}")
            return
        for table in reversed(SHADOWED):
            cursor.execute(f"DROP TABLE temp.{table}")
        cursor.execute("DROP TABLE temp.search_fts")

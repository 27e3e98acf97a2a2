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
# The words as they were written, for phrases in quotes; scored by nobody, so that lengths need not be kept.
SQLITE_EXACT = (
    "CREATE VIRTUAL TABLE {temp}search_exact_fts USING fts5(exact, content='search_document', content_rowid='id',"
    " columnsize=0, tokenize=\"ascii tokenchars '_'\")",
    "CREATE {keyword}TRIGGER {temp}search_exact_put AFTER INSERT ON search_document BEGIN"
    " INSERT INTO search_exact_fts(rowid, exact) VALUES (NEW.id, NEW.exact); END",
    "CREATE {keyword}TRIGGER {temp}search_exact_drop AFTER DELETE ON search_document BEGIN"
    " INSERT INTO search_exact_fts(search_exact_fts, rowid, exact) VALUES ('delete', OLD.id, OLD.exact); END",
    "CREATE {keyword}TRIGGER {temp}search_exact_change AFTER UPDATE OF exact ON search_document"
    " WHEN OLD.exact <> NEW.exact BEGIN"
    " INSERT INTO search_exact_fts(search_exact_fts, rowid, exact) VALUES ('delete', OLD.id, OLD.exact);"
    " INSERT INTO search_exact_fts(rowid, exact) VALUES (NEW.id, NEW.exact); END",
)
SQLITE_EXACT_BACK = (
    "DROP TRIGGER search_exact_put",
    "DROP TRIGGER search_exact_drop",
    "DROP TRIGGER search_exact_change",
    "DROP TABLE search_exact_fts",
    "ALTER TABLE search_document DROP COLUMN exact",
)
# Titles by themselves: few documents have one, and what is typed is looked for in them letter by letter.
SQLITE_TITLES = (
    "CREATE VIRTUAL TABLE {temp}search_title_fts USING fts5(title, content='search_document', content_rowid='id',"
    " prefix='2 3 4', tokenize=\"ascii tokenchars '_'\")",
    "CREATE {keyword}TRIGGER {temp}search_title_put AFTER INSERT ON search_document WHEN NEW.title <> '' BEGIN"
    " INSERT INTO search_title_fts(rowid, title) VALUES (NEW.id, NEW.title); END",
    "CREATE {keyword}TRIGGER {temp}search_title_drop AFTER DELETE ON search_document WHEN OLD.title <> '' BEGIN"
    " INSERT INTO search_title_fts(search_title_fts, rowid, title) VALUES ('delete', OLD.id, OLD.title); END",
    "CREATE {keyword}TRIGGER {temp}search_title_change AFTER UPDATE OF title ON search_document"
    " WHEN OLD.title <> NEW.title BEGIN"
    " INSERT INTO search_title_fts(search_title_fts, rowid, title)"
    " SELECT 'delete', OLD.id, OLD.title WHERE OLD.title <> '';"
    " INSERT INTO search_title_fts(rowid, title) SELECT NEW.id, NEW.title WHERE NEW.title <> ''; END",
)
SQLITE_TITLES_FILLED = (
    "INSERT INTO search_title_fts(rowid, title) SELECT id, title FROM search_document WHERE title <> '' ORDER BY id"
)
SQLITE_TITLES_BACK = (
    "DROP TRIGGER search_title_put",
    "DROP TRIGGER search_title_drop",
    "DROP TRIGGER search_title_change",
    "DROP TABLE search_title_fts",
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
POSTGRES_EXACT = (
    "ALTER TABLE search_document ADD COLUMN exact text NOT NULL DEFAULT '', ADD COLUMN forms tsvector"
    " GENERATED ALWAYS AS (search_vector(exact, 'D')) STORED",
    "CREATE INDEX search_document_forms ON search_document USING gin (forms)",
)
POSTGRES_EXACT_BACK = (
    "DROP INDEX search_document_forms",
    "ALTER TABLE search_document DROP COLUMN forms, DROP COLUMN exact",
)
# To see whether a document holds a word takes 1.2 µs where its vector stands in the row, 9 where it must be fetched;
# what was there before is moved when it is made anew. Titles have an index of their own: a beginning of a word is in
# few of them and in many texts.
POSTGRES_IN_TIME = (
    "ALTER TABLE search_document ALTER COLUMN vector SET STORAGE MAIN",
    "CREATE INDEX search_document_titles ON search_document USING gin (search_vector(title, 'A')) WHERE title <> ''",
    "CREATE INDEX search_document_tags ON search_document"
    " USING gin (string_to_array(btrim(tags), ' ')) WHERE tags > ''",
)
POSTGRES_AS_BEFORE = (
    "DROP INDEX search_document_tags",
    "DROP INDEX search_document_titles",
    "ALTER TABLE search_document ALTER COLUMN vector SET STORAGE EXTENDED",
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


def add_exact_forms(apps: Any, schema_editor: Any) -> None:
    """The column itself as well: Django would copy the whole table for it. Rows get their forms by `reindex`."""
    if schema_editor.connection.vendor == "postgresql":
        statements = list(POSTGRES_EXACT)
    else:
        statements = ["ALTER TABLE search_document ADD COLUMN exact text NOT NULL DEFAULT ''"]
        statements += [each.format(temp="", keyword="") for each in SQLITE_EXACT]
        statements.append("INSERT INTO search_exact_fts(search_exact_fts) VALUES ('rebuild')")
    for statement in statements:
        schema_editor.execute(statement)


def remove_exact_forms(apps: Any, schema_editor: Any) -> None:
    is_postgres = schema_editor.connection.vendor == "postgresql"
    for statement in POSTGRES_EXACT_BACK if is_postgres else SQLITE_EXACT_BACK:
        schema_editor.execute(statement)


def add_titles(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor != "postgresql":
        for statement in (*(each.format(temp="", keyword="") for each in SQLITE_TITLES), SQLITE_TITLES_FILLED):
            schema_editor.execute(statement)


def remove_titles(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor != "postgresql":
        for statement in SQLITE_TITLES_BACK:
            schema_editor.execute(statement)


def find_in_time(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for statement in POSTGRES_IN_TIME:
            schema_editor.execute(statement)


def find_as_before(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for statement in POSTGRES_AS_BEFORE:
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
        for statement in (*SQLITE, *SQLITE_EXACT, *SQLITE_TITLES):
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
        for table in ("search_fts", "search_exact_fts", "search_title_fts"):
            cursor.execute(f"DROP TABLE temp.{table}")

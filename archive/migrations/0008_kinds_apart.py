"""On PostgreSQL each kind of row gets its own part of the search index, and neighbouring words become tokens.

A part has its own statistics and its own GIN index, so that what is found of one kind is read without the rest.
"""

from django.db import migrations

KINDS = range(1, 10)
BITS = 57  # of a row's key below its kind
# As `TokensField` writes them.
PAIRS = """ARRAY(
    WITH places AS MATERIALIZED (
        SELECT lexeme, place FROM unnest(tokens) AS token, unnest(token.positions) AS place
        WHERE left(lexeme, 1) NOT IN ('~', '@')
    )
    SELECT DISTINCT one.lexeme || '+' || two.lexeme
    FROM places AS one JOIN places AS two ON two.place = one.place + 1
)"""
COLUMNS = "id, kind, source, owner, title, text, who, also, place, place_url, url, day, names, digest"
MADE_ANEW = (
    "ALTER TABLE archive_passage RENAME TO archive_passage_before",
    "CREATE TABLE archive_passage (LIKE archive_passage_before INCLUDING CONSTRAINTS) {parted}",
    # In the row itself, so that the planner's price of reading every row is what it costs.
    "ALTER TABLE archive_passage ALTER COLUMN tokens SET STORAGE MAIN",
    "{parts}",
    "INSERT INTO archive_passage ({columns}, tokens) SELECT {columns}, {tokens} FROM archive_passage_before ORDER BY id",
    "DROP TABLE archive_passage_before",
    "ALTER TABLE archive_passage ADD PRIMARY KEY (id)",
    "CREATE INDEX archive_passage_owner_1d352a7a ON archive_passage (owner)",
    "CREATE INDEX archive_passage_owner_1d352a7a_like ON archive_passage (owner varchar_pattern_ops)",
    "CREATE INDEX archive_passage_tokens ON archive_passage USING gin (tokens)",
    "ANALYZE archive_passage",
)


def parts():
    for kind in KINDS:
        edges = f"FROM ({kind << BITS}) TO ({(kind + 1) << BITS})"
        yield f"CREATE TABLE archive_passage_{kind} PARTITION OF archive_passage FOR VALUES {edges}"
    yield "CREATE TABLE archive_passage_rest PARTITION OF archive_passage DEFAULT"


def make_anew(schema_editor, **filling):
    if schema_editor.connection.vendor == "postgresql":
        for statement in MADE_ANEW:
            if sql := statement.format(columns=COLUMNS, **filling):
                schema_editor.execute(sql, params=None)


def part(apps, schema_editor):
    tokens = f"tokens || array_to_tsvector({PAIRS})"
    make_anew(schema_editor, parted="PARTITION BY RANGE (id)", parts="; ".join(parts()), tokens=tokens)


def join(apps, schema_editor):
    """The tokens stay: nobody asks for them then."""
    make_anew(schema_editor, parted="", parts="", tokens="tokens")


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0007_open_data"),
    ]

    operations = [
        migrations.RunPython(part, join),
    ]

"""Is this container well? `web` must answer, `worker` must reach its database, `clock` must have ticked lately."""

import http.client
import os
import sys
from pathlib import Path

import psycopg

QUESTIONS = {
    "worker": "SELECT true",
    "clock": "SELECT coalesce(max(last_started) > now() - interval '5 minutes', false) FROM core_lease",
}


def web_answers() -> bool:
    host = os.environ.get("ALLOWED_HOSTS", "localhost").partition(",")[0]
    connection = http.client.HTTPConnection("127.0.0.1", int(os.environ.get("PORT", "8000")), timeout=4)
    connection.request("GET", "/healthz", headers={"Host": host})
    return connection.getresponse().status == 200


def database_says_yes(question: str) -> bool:
    address = os.environ.get("DATABASE_URL") or Path(os.environ["DATABASE_URL_FILE"]).read_text(encoding="utf-8")
    with psycopg.connect(address.strip(), connect_timeout=4) as connection:
        row = connection.execute(question).fetchone()
    return bool(row and row[0])


def main(role: str) -> int:
    try:
        well = web_answers() if role == "web" else database_says_yes(QUESTIONS[role])
    except (OSError, http.client.HTTPException, psycopg.Error) as error:
        print(f"{role}: {type(error).__name__}", file=sys.stderr)
        return 1
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

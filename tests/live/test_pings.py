"""Who is silent is asked, and let go when nothing comes back; a crowd is not asked all at once."""

import time
from types import SimpleNamespace
from typing import Any

from django.contrib.sessions.models import Session

from community.config.websockets import PING, BoundedSocket, Valve
from community.core.among import Among
from community.live.codes import TOO_SLOW

A_PONG = b"\x8a\x80mask"


class Line:
    """A transport that keeps what it is given."""

    def __init__(self) -> None:
        self.sent: list[bytes] = []

    def write(self, data: bytes) -> None:
        self.sent.append(data)

    def unregisterProducer(self) -> None:  # noqa: N802 - the library's name
        return None


class OpenSocket(BoundedSocket):
    """A socket that was opened a while ago, and says with which code it closes."""

    def __init__(self, heard_before: float) -> None:
        super().__init__()
        self.state, self.transport, self.current_frame = self.STATE_OPEN, Line(), None
        self.server, self.valve = SimpleNamespace(ping_interval=20), Valve(self)
        vars(self).update(autoPingTimeout=20, failedByMe=False, data=b"")
        self.awaits_pong_since, self.last_ping = 0.0, time.time() - heard_before
        self.codes: list[Any] = []

    def sendCloseFrame(self, code: int) -> None:  # noqa: N802 - the library's name
        self.codes.append(code)


def test_who_is_silent_is_asked_once_and_let_go_when_no_answer_comes() -> None:
    heard, silent = OpenSocket(heard_before=5), OpenSocket(heard_before=21)
    for _round in range(2):
        heard.check_timeouts()
        silent.check_timeouts()
    assert (heard.transport.sent, silent.transport.sent) == ([], [PING])

    silent.dataReceived(A_PONG)
    assert silent.awaits_pong_since == 0.0
    silent.awaits_pong_since = time.time() - 19
    silent.check_timeouts()
    assert silent.codes == []
    silent.awaits_pong_since = time.time() - 21
    silent.check_timeouts()
    assert silent.codes == [TOO_SLOW]


def test_a_crowd_is_one_parameter_of_a_query() -> None:
    sql, parameters = Session.objects.filter(pk__in=Among(["a", "b", "c"])).query.sql_with_params()
    assert (sql.count("%s"), len(parameters)) == (1, 1)
    postgres = SimpleNamespace(vendor="postgresql")  # which cannot tell of what kind an array of words is
    assert Among(["a"]).as_sql(None, postgres) == ("(SELECT unnest(%s::text[]))", (["a"],))
    assert Among([1]).as_sql(None, postgres) == ("(SELECT unnest(%s::bigint[]))", ([1],))

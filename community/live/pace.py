"""How often the hub does what, in seconds. One value, so that tests can hurry."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Pace:
    """`tick`: looks without a bell, and checks of rights that are due. `gap`: the longest rest between two looks.

    `sweep`: how long until every open socket was asked for its right once more. `beat`: how long a topic may be
    silent. `presence`: the shortest time between two frames of presence. `stuck`: how long a reader may take nothing.
    `stays`: how often it is written down who was there. `unasked`: how long sockets stay whose rights cannot be asked.
    """

    tick: float = 1.0
    gap: float = 0.2
    sweep: float = 4.0
    beat: float = 20.0
    presence: float = 1.0
    stuck: float = 20.0
    stays: float = 60.0
    unasked: float = 30.0


PACE = Pace()

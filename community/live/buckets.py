"""How much one socket may send: a token bucket."""

import time


class Bucket:
    """Holds up to `size` tokens and gains `rate` a second; each frame costs one."""

    __slots__ = ("at", "rate", "size", "tokens")

    def __init__(self, size: float, rate: float) -> None:
        self.size, self.rate = size, rate
        self.tokens, self.at = size, time.monotonic()

    def take(self) -> bool:
        moment = time.monotonic()
        self.tokens = min(self.size, self.tokens + (moment - self.at) * self.rate)
        self.at = moment
        if self.tokens < 1:
            return False
        self.tokens -= 1
        return True

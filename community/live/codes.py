"""Why a socket is closed: the codes of the standard, and ours from 4400 on, which say the same as those of HTTP."""

RESTART = 1012
TRY_AGAIN = 1013
UNSUPPORTED = 1003
TOO_BIG = 1009
NOT_SIGNED_IN = 4401
NO_RIGHT = 4403
TOO_SLOW = 4408
FLOODING = 4429

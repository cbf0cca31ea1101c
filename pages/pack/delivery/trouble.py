"""What can go wrong on the way, told apart by what may be done next."""


class NotNow(Exception):
    """Nobody got it, and it may work later; the message says why."""


class Never(Exception):
    """Nobody got it, and nobody will until somebody changes something; the message says what."""


class Unclear(Exception):
    """The line broke after it was handed over: it may have arrived, so it must not be sent again by itself."""

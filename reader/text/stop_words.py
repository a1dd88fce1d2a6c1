"""Words that carry grammar rather than content. Folded; English."""

from __future__ import annotations

from typing import Final

_STOP_WORDS_TEXT: Final = """
    a an the this that these those such same i me my mine myself we our ours ourselves you your yours
    yourself yourselves he him his himself she her hers herself it its itself they them their theirs
    themselves who whom whose which what when where why how whether there here am is are was were be
    been being have has had having do does did doing done will would shall should can could may might
    must ought and or but nor if then than else so as because while although though until unless since
    of at by for with about against between into through during before after above below to from up down
    in out on off over under again further once onto upon within without toward towards among amid via
    per not no only own too very just also both each few more most other another any all some many much
    every either neither even still yet now ever never already i'm i've i'd i'll you're you've you'd
    you'll he's he'd he'll she's she'd she'll it's it'll it'd we're we've we'd we'll they're they've
    they'd they'll that's there's here's who's what's where's let's isn't aren't wasn't weren't hasn't
    haven't hadn't doesn't don't didn't won't wouldn't shan't shouldn't can't cannot couldn't mustn't
"""
STOP_WORDS: Final[frozenset[str]] = frozenset(_STOP_WORDS_TEXT.split())
"""Not linked, not ranked, not counted as content. `us` is missing: folded, it is also the country."""

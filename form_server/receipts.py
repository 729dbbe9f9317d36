"""Receipts: two words and a number, easy to say on the telephone. A receipt authorises nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

# Plain, friendly, hard to mishear, and none that a worried person could take amiss.
_FIRST_WORDS: Final = """
    amber ample apple autumn azure balmy basil beaming berry birch bonny brave breezy bright brisk
    bronze calm candid cedar cheery cherry civil clear clever clover coastal copper coral cozy
    cotton crimson crystal daily dapper dawn dewy eager early earnest easy eastern elder even
    fabled fair fern fine first fleet fluent fond forest free fresh friendly garden gentle gifted
    ginger glad gleaming golden good grand granite green handy happy harbor hardy hazel hearty
    helpful honest honey humble inland ivory ivy jade jolly kind lasting laurel lavender leafy
    lemon level light lilac linen lively loyal lucky lunar maple marble meadow mellow merry mild
    mint misty modest mossy navy neat nimble noble northern olive onyx open orange orchid
    peach pearl pine plain pleasant plucky plum polite poplar prairie proud quick quiet rapid ready
    robust rosy royal ruby russet sandy sapphire scarlet serene silken silver simple sincere
    smiling smooth snowy solar solid southern spring spruce stately steady sterling stone summer
    sunny sure swift tidy timely topaz tranquil true trusty tulip upbeat valley velvet violet vivid
    warm western willow windy winter wise witty woolen
"""
_SECOND_WORDS: Final = """
    acorn almond anchor arbor arch aspen badger banner bay beach beacon beaver bell bench bison
    blossom bluebird boat book bough brook button cabin camel candle canoe canyon cardinal cello
    chime cloud cobble comet compass cottage cove crane creek cricket cypress daisy dolphin dove
    drum eagle echo egret elk elm ember falcon feather fiddle field finch flute fountain fox
    gable garland gate gazelle geyser glade glen goose grove gull hamlet harp hawk hearth hedge
    heron hill hollow horizon hummingbird island jay juniper kestrel kettle kite koala ladder lagoon
    lake lantern lark leaf lighthouse lily linden lodge loon lotus lynx magnolia mallard manor
    mantle marina marlin mesa mill mitten moon moose mountain nest nutmeg oak oasis ocean orchard
    osprey otter owl paddle palm panda parade parrot path pebble pelican penguin petal piano pilot
    plaza pond pony porch puffin quail quartz rabbit raft rainbow raven reef ribbon ridge river
    robin rocket rose sail salmon saddle satin seal shell shore skylark sparrow spire star stork
    stream sunrise swallow swan teapot terrace thistle thrush tiger timber tower trail train tree
    trout tunnel turtle valet vessel village vine walnut wagon walrus waterfall wave whale wharf
    wheat wheel windmill wren yarrow zebra zephyr
"""
_FIRST: Final = _FIRST_WORDS.split()
_SECOND: Final = _SECOND_WORDS.split()
_LOWEST_NUMBER: Final = 10  # always two digits: “four two”, never a bare “four”
_NUMBERS: Final = 90
POSSIBLE: Final = len(_FIRST) * len(_SECOND) * _NUMBERS

Pick = Callable[[int], int]
"""A random number from 0 up to, but not including, the one given."""


def draw_receipt(pick: Pick) -> str:
    """“amber-falcon-42”; whoever stores it sees to it that no two referrals share one."""
    return f"{_one(_FIRST, pick)}-{_one(_SECOND, pick)}-{_LOWEST_NUMBER + pick(_NUMBERS)}"


def _one(words: Sequence[str], pick: Pick) -> str:
    return words[pick(len(words))]

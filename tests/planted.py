"""The by-law of the garden with a world, and with what an audit should find planted in it."""

import shutil
from pathlib import Path

from paths import GARDEN

WORLD = """\
story_day(20240331; 20240401).
story_number(19; 20).
called(gardener, 1, rose).
called(gardener, 2, jack).

%## plots_are_leased
%> Every plot is leased to somebody.
impossible(plots_are_leased) :- plot(L), not leased_to(L, _, _).
"""
PLANTED = """\

%## 7
%> Nobody can be this.
%?
%
%+ {G} keeps the plot on {D} and has forfeited it
%- {G} does not keep a forfeited plot on {D}
keeps_forfeited_plot(G, D) :-
    keeps_plot(G, D),
    forfeited(G).

%## 8
%> Everybody is this.
%?
%
%+ {G} may walk in the garden on {D}
%- {G} may not walk in the garden on {D}
may_walk(G, D) :-
    as_of(D),
    gardener(G).

%## 9
%> A guest of honour.
%?
%
%+ {G} is a guest of honour
%- {G} is no guest of honour
guest_of_honour(G) :-
    trusted(G),
    not forfeited(G).
guest_of_honour(G) :-
    pardoned(G),
    forfeited(G).

%## 10
%> An honoured tenant.
%?
%
%+ {G} is an honoured tenant on {D}
%- {G} is no honoured tenant on {D}
honoured_tenant(G, D) :-
    keeps_plot(G, D),
    tenant(G, D).

%+ {G} is something that nobody asks about
%- {G} is nothing that nobody asks about
looked_at_by_nobody(G) :-
    founder(G).
"""
LEAFLET = """\
%# leaflet: guidance: leaflet of the committee

%## plots
%> Tenants keep their plots.
%~ B1: the by-law asks for more
%?
%
%+ {G} keeps the plot on {D}, the leaflet says
%- {G} does not keep the plot on {D}, the leaflet says
page_keeps_plot(G, D) :-
    as_of(D),
    tenant(G, D).
"""
UNUSED = """
%*! gnomes(G)
{G} has garden gnomes

Not: {G} has no garden gnomes
Args:
    - G: (gardener) the gardener
Written: gardeners.gnomes
Settled by: fact
Can change: by {G}
Ask: Has {G} garden gnomes?
*%
#defined gnomes/1.

%*! reading colour
Of what colour is the fence?

At: B4
Options:
    - green: green
      Why: It was so.
      From: memory
    - brown: brown
      Why: It will be so.
      From: hope
*%
default_reading(colour, green).

%*! reading vouching
May a gardener who is a nuisance be vouched for?

At: B4
Options:
    - anybody: yes
      Why: Nothing says otherwise.
      From: the by-law
    - hardly: only founders may be vouched for
      Why: They are trusted anyway.
      From: nobody
*%
default_reading(vouching, anybody).
"""
VOUCHING = """
trusted(G) :-
    reading(vouching, hardly),
    vouches(H, G),
    founder(H),
    founder(G).
"""


def build_garden(folder: Path, world: str) -> Path:
    """Write the by-law, with what its stories are made of, into a folder that is not there yet."""
    shutil.copytree(GARDEN, folder)
    (folder / "worlds").mkdir()
    (folder / "worlds" / "world.lp").write_text(world, encoding="utf-8")
    return folder


def plant(folder: Path) -> Path:
    """Write it into such a folder, with what an audit should find."""
    build_garden(folder, WORLD)
    bylaw = (folder / "bylaw.lp").read_text(encoding="utf-8")
    vouched = "    vouches(H, G),\n    trusted(H).\n"
    assert vouched in bylaw
    bylaw = bylaw.replace(vouched, vouched + VOUCHING)
    (folder / "bylaw.lp").write_text(bylaw + PLANTED, encoding="utf-8")
    (folder / "leaflet.lp").write_text(LEAFLET, encoding="utf-8")
    for name, text in (("vocabulary.lp", UNUSED), ("main.lp", '#include "leaflet.lp".\n')):
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write(text)
    return folder

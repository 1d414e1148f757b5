"""Rows of tiles are drawn once per language and choice, and never for one another."""

from django.utils import translation

from surveys.enums import Fuel, Mode, Whereabouts
from surveys.templatetags.employee import tile_buttons
from surveys.views.respond.tiles import fuel_tiles, mode_tiles, whereabouts_tiles, yes_no_tiles


def drawn(language, tiles):
    with translation.override(language):
        return tile_buttons(tiles())


def test_each_language_has_its_own_words_whichever_came_first():
    for _again in range(2):
        assert ">Auto<" in drawn("nl", lambda: mode_tiles(chosen=""))
        assert ">Car<" in drawn("en", lambda: mode_tiles(chosen=""))
        assert ">Ja<" in drawn("nl", lambda: yes_no_tiles(answer=None))
        assert ">Yes<" in drawn("en", lambda: yes_no_tiles(answer=None))


def test_the_chosen_tile_is_marked_and_no_other():
    for mode in (Mode.CAR, Mode.BICYCLE, ""):
        row = drawn("nl", lambda mode=mode: mode_tiles(chosen=mode))
        assert row.count("aria-current") == bool(mode)
        assert (f'value="{mode}" aria-current' in row) == bool(mode)


def test_the_same_code_in_two_questions_keeps_its_own_words():
    assert Fuel.UNKNOWN == Whereabouts.UNKNOWN
    with translation.override("nl"):
        day, fuel = whereabouts_tiles(chosen="")[-1], fuel_tiles(mode=Mode.CAR, chosen="")[-1]
        assert (str(day.label), str(fuel.label)) == (str(Whereabouts.UNKNOWN.label), str(Fuel.UNKNOWN.label))
    assert drawn("nl", lambda: whereabouts_tiles(chosen=""))[:200] != drawn("nl", lambda: mode_tiles(chosen=""))[:200]

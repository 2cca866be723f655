"""The second factor: the codes of an app, and those on paper."""

import pyotp

from bot.crypto.vault import Vault
from desk.auth import second_factor
from tests.every import every
from tests.hotline import MASTER

NOW = 1_800_000_000.0
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code(now: float) -> str:
    return pyotp.TOTP(SECRET).at(int(now))


@every("late", [-30, 0, 30])
def test_a_phone_whose_clock_is_off_by_half_a_minute_still_fits(late: int) -> None:
    assert second_factor.step_of(SECRET, code(NOW + late), NOW) == (NOW + late) // 30


@every("late", [-90, -60, 60, 90])
def test_an_old_code_and_one_of_later_do_not_fit(late: int) -> None:
    assert second_factor.step_of(SECRET, code(NOW + late), NOW) is None


@every("typed", ["", "000000 ", "１２３４５６", "\ud800", "1" * 5000])
def test_what_is_no_code_does_not_fit(typed: str) -> None:
    assert second_factor.step_of(SECRET, typed, NOW) is None


def test_a_code_may_be_typed_with_a_space() -> None:
    digits = code(NOW)

    assert second_factor.step_of(SECRET, f"{digits[:3]} {digits[3:]}", NOW)


def test_the_picture_is_drawn_here_and_loads_nothing() -> None:
    drawn = second_factor.picture(SECRET, "Blue Heron")

    assert drawn.startswith("<svg")
    assert drawn.count("http") == 1  # the name of the format itself


def test_recovery_codes_are_ten_and_all_different() -> None:
    codes = second_factor.new_recovery_codes()

    assert len(set(codes)) == 10
    assert {len(code) for code in codes} == {17}


def test_a_recovery_code_is_the_same_however_it_is_typed() -> None:
    vault = Vault(MASTER)
    typed = ["abcde-fghjk-mnpqr", "ABCDE FGHJK MNPQR", " abcdefghjkmnpqr\n"]

    assert len(set(second_factor.marks(vault, "a", typed))) == 1


def test_a_recovery_code_of_another_account_is_another_one() -> None:
    vault = Vault(MASTER)

    assert second_factor.marks(vault, "a", ["abcde"]) != second_factor.marks(vault, "b", ["abcde"])

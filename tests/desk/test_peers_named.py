"""Each failure of other people's counters that is guarded against here, and the tests that reproduce it.

Tests are named by the reports of the programs (``odoo_42862``), or by the numbers below.
"""

from collections.abc import Callable

import pytest

from tests.desk import test_cash, test_peers, test_peers_drawer, test_peers_people
from tests.screens import test_drawer

Test = Callable[..., object]

FAILURES: dict[int, tuple[str, tuple[Test, ...]]] = {
    15: ("odoo#42862: thirty duplicates over ninety counters", (
        test_peers.test_15_thirty_retries_of_one_payment_are_one_receipt,
        test_peers_drawer.test_odoo_42862_152259_opensourcepos_4688_two_clicks_are_one_slip,
    )),
    16: ("odoo#152259: two tabs", (
        test_peers.test_16_two_windows_open_on_one_consumer_take_the_money_once,
        test_peers_drawer.test_odoo_42862_152259_opensourcepos_4688_two_clicks_are_one_slip,
    )),
    17: ("odoo#40567: no token of the client", (
        test_peers.test_17_the_token_is_drawn_before_and_outlives_the_program,
    )),
    18: ("odoo#108518: three seconds apart, under two references", (
        test_peers.test_18_three_seconds_later_under_another_token,
    )),
    19: ("odoo#16781: one number in two browsers, an order dropped", (
        test_peers.test_19_two_cashiers_at_once_get_numbers_of_their_own_and_none_is_dropped,
        test_peers_drawer.test_odoo_16781_no_number_is_given_out_twice,
    )),
    20: ("erpnext#12971: one in fifteen doubled with eight cashiers", (
        test_peers.test_20_one_in_fifteen_is_none_with_eight_hands,
    )),
    21: ("erpnext#11000, #15699: integrity in the code alone", (
        test_peers.test_21_the_database_itself_knows_no_act_number_or_utr_twice,
        test_peers_drawer.test_erpnext_15699_the_database_says_so_not_only_the_code,
    )),
    22: ("posnext#50, #97: sent again, there twice", (
        test_peers.test_22_what_was_taken_offline_is_one_entry_however_often_it_is_sent,
    )),
    23: ("opensourcepos#4688: a double click doubles the payment", (
        test_peers.test_23_a_double_click_is_one_payment,
        test_peers_drawer.test_odoo_42862_152259_opensourcepos_4688_two_clicks_are_one_slip,
    )),
    24: ("dolibarr#8933: validated several times", (
        test_peers.test_24_a_half_typed_payment_cannot_be_validated_again,
        test_peers_drawer.test_dolibarr_8933_a_closing_is_validated_once,
    )),
    46: ("wcpos#1952: copies not counted, not marked", (
        test_peers.test_46_every_copy_is_counted_also_when_many_are_asked_for_at_once,
        test_peers_drawer.test_wcpos_1952_odoo_36967_a_copy_of_a_slip_says_so,
    )),
    47: ("odoo#36967, #146612: a duplicate looks like the original", (
        test_peers.test_47_a_copy_says_that_it_is_one_and_the_original_is_there_once,
        test_peers_drawer.test_wcpos_1952_odoo_36967_a_copy_of_a_slip_says_so,
    )),
    48: ("bmf-rksv#495: a duplicate is signed anew", (
        test_peers.test_48_a_copy_is_no_new_receipt,
    )),
    49: ("odoo#65043: a tenth of a rupee is left over", (
        test_peers.test_49_a_part_of_a_rupee_leaves_nothing_to_be_pressed_away,
        test_peers_drawer.test_odoo_65043_124713_posnext_114_no_paise_can_block_a_closing,
    )),
    50: ("odoo#124713, #218430, #220096, posnext#114, #118: rounding stops the closing", (
        test_peers.test_50_what_is_rounded_adds_up_to_the_paisa_in_shares_and_drawer,
        test_peers_drawer.test_odoo_65043_124713_posnext_114_no_paise_can_block_a_closing,
    )),
    51: ("erpnext#25638, #23125, posawesome#18, #33: change counted as cash", (
        test_peers.test_51_change_is_not_counted_as_cash,
        test_peers_drawer.test_erpnext_25638_23125_posawesome_18_33_change_is_not_counted_as_cash,
    )),
    52: ("erpnext#43855: closed before its rows had loaded", (
        test_peers_drawer.test_erpnext_43855_a_closing_holds_every_receipt_that_was_given,
    )),
    53: ("odoo#31548, #32849, #26139: a closing takes an hour", (
        test_peers_drawer.test_odoo_31548_32849_26139_closing_is_no_more_work_after_more_receipts,
    )),
    54: ("odoo#16151: open orders vanish", (
        test_peers.test_54_half_typed_payments_do_not_vanish,
        test_peers_drawer.test_odoo_16151_posawesome_half_typed_work_outlives_the_closing,
    )),
    55: ("nexopos#577: no closing unless the count is what was expected", (
        test_peers_drawer.test_nexopos_577_a_count_that_differs_can_be_closed,
    )),
    56: ("posawesome#107, #57: an empty shift cannot be closed", (
        test_peers_drawer.test_posawesome_107_57_an_empty_shift_can_be_closed,
    )),
    57: ("posawesome#2988: the figures of the shift before", (
        test_peers_drawer.test_posawesome_2988_a_shift_does_not_show_the_one_before,
    )),
    58: ("oca#1495, vauxoo#1549: the expected sum is told before the count", (
        test_peers_drawer.test_oca_1495_vauxoo_1549_nothing_tells_the_sum_before_the_count,
        test_cash.test_alone_nobody_finds_out_what_the_drawer_holds,
        test_drawer.test_who_holds_a_drawer_sees_no_sum_of_today,
    )),
    59: ("hmis#17532, #17911: adjusted without a second person; each line ticked singly", (
        test_peers_drawer.test_hmis_17911_an_adjustment_needs_somebody_s_approval,
        test_peers_people.test_hmis_17911_what_changes_money_needs_another_person_whoever_asks,
        test_drawer.test_a_difference_takes_thirty_two_keys_and_a_password,
    )),
}  # fmt: skip


@pytest.mark.parametrize("number", [*range(15, 25), *range(46, 60)])
def test_each_has_its_test(number: int) -> None:
    _, tests = FAILURES[number]
    assert tests
    assert all(test.__name__.startswith("test_") for test in tests)

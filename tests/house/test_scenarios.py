"""The faults F1 to F53 that this program has to live through, and the tests that let them happen.

A scenario that no test lets happen stands among those that are left, with why.
"""

import ast

from tests.house.reading import TESTS, sources

SCENARIOS = """
    F1 killed before a commit
        crash/test_kill test_kill_leaves_at_most_one_act_recorded_but_not_shown
    F2 killed between commit and paper
        crash/test_kill test_kill_before_the_paper_is_offered_at_the_next_start
    F3 a printer that jams, runs out of paper, is gone
        printing/test_faults test_no_original_twice_and_nothing_never_offered
        printing/test_printers test_pages_that_the_power_cut_off_are_taken_back
    F4 a power cut, with what had not reached the disk
        store/test_book test_the_settings_are_those_that_survive_a_power_cut
        crash/test_kill test_kill_loses_no_acknowledged_act
    F5 bits that flip in the journal's pages
        store/test_tampering test_damaged_pages_are_said_and_what_can_be_read_is_read
        wire/test_sides test_a_broken_header_stops_its_segment_and_no_other
    F6 a full disk
        store/test_disk test_a_full_database_refuses_and_goes_on_when_there_is_room
        store/test_book test_money_needs_room
    F7 a disk that takes nothing, a second file that cannot be written
        store/test_disk test_a_commit_that_the_disk_refuses_is_not_recorded
        store/test_anchor test_a_commit_stands_when_the_anchor_cannot_be_written
    F8 two programs on one PC
        crash/test_kill test_a_second_program_on_the_same_office_is_refused
        store/test_book test_a_second_program_is_refused_until_the_first_has_gone
    F9 a clock that is years off, jumps, or is turned back
        desk/test_days_machine test_whole_days_add_up_after_each_step
        sync/test_sending test_a_clock_that_is_wrong_is_put_right
    F10 killed while rows are made anew or a database is brought to a newer version
        store/test_tables test_a_step_that_fails_leaves_the_version_before
        store/test_book test_a_newer_book_is_refused_and_not_touched
    F12 a counter that is killed at any step of sending
        simulation/test_simulation test_everything_heals
        central/test_counter test_counters_and_gateway_through_many_faults
    F13 requests and answers that are lost, fifty times
        central/test_faults test_answers_that_are_lost_fifty_times
        sync/test_sending test_fifty_lost_answers_in_a_row_double_nothing
    F14 answers that come twice, late, or are of somebody else
        wire/test_sides test_an_acknowledgement_that_is_not_of_the_own_hash_is_no_answer
        wire/test_sides test_a_welcome_for_another_device_is_no_answer
        sync/test_sending test_a_bad_answer_is_no_answer
    F15 bodies cut anywhere, bits that flip, wrong lengths, captive portals
        central/test_faults test_a_body_that_is_cut_at_every_kilobyte
        central/test_faults test_bodies_that_are_other_than_they_say
        sync/test_sending test_an_answer_cut_anywhere_is_no_answer
        wire/test_codec test_a_message_cut_anywhere_is_not_read
    F16 the same batch on two connections and at two gateways
        central/test_faults test_the_same_batch_on_many_connections_at_once
    F17 batches out of order
        central/test_gateway test_what_does_not_follow_is_answered_with_what_is_there
    F18 gateways and databases that are killed, deadlocks, no connection left, a standby that lacks seconds
        central/test_faults test_a_gateway_that_is_killed_before_its_answer_is_read
        central/test_faults test_gateways_that_are_killed_at_any_moment
        central/test_faults test_a_database_that_is_killed_under_load
        central/test_database_faults test_who_is_sacrificed_in_a_deadlock_does_it_again
        central/test_database_faults test_a_database_that_lets_only_a_few_in
        central/test_database_faults test_a_database_that_cuts_everybody_off_again_and_again
        central/test_database_faults test_a_standby_that_lacks_the_last_seconds_takes_over
    F19 later, please; certificates that run out; names and addresses that lead nowhere
        sync/test_sending test_a_centre_that_asks_for_peace_is_left_alone
        sync/test_sending test_a_centre_that_asks_for_nothing_is_left_alone_for_longer_each_time
        central/test_counter test_a_certificate_runs_out_and_is_renewed
        sync/test_bad_paths test_a_name_with_a_dead_address_before_the_live_one
        sync/test_bad_paths test_a_name_of_which_every_address_is_dead_is_tried_again_later
        sync/test_bad_paths test_a_name_that_nobody_knows_for_a_while
        sync/test_bad_paths test_a_name_that_leads_to_somebody_else_is_not_spoken_to
        sync/test_bad_paths test_a_resolver_that_keeps_silent_holds_up_nobody
    F20 drops, stalls, loss, paths that swallow large packets, flapping
        central/test_slow_lines test_who_dawdles_is_let_go_and_who_is_only_slow_is_heard
        sync/test_sending test_a_slow_answer_is_waited_for_while_bytes_move
        sync/test_bad_paths test_a_path_that_swallows_large_packets_carries_smaller_batches
        sync/test_bad_paths test_a_path_that_swallows_large_answers_brings_smaller_pages
        sync/test_bad_paths test_a_path_that_loses_now_and_then_is_only_slow
        sync/test_bad_paths test_a_path_that_loses_nearly_everything_is_left_and_taken_again_when_it_is_better
        sync/test_bad_paths test_a_line_that_breaks_again_and_again_carries_something_each_time
    F21 entries that are poison
        central/test_gateway test_poison_is_held_and_delays_nothing
        central/test_poison test_what_no_program_should_write
        central/test_database_faults test_an_entry_that_the_database_never_takes_is_held_alone
    F22 sixty of a hundred were taken
        central/test_faults test_a_gateway_that_dies_after_sixty_of_a_hundred
    F23 sixteen writers who dawdle and change their mind
        central/test_locks test_readers_miss_nothing_of_writers_who_dawdle_and_change_their_mind
    F24 transactions that never end, tables that are rewritten
        central/test_locks test_an_office_that_a_forgotten_prepared_transaction_keeps
        central/test_locks test_a_reader_who_never_ends_keeps_nobody
        central/test_locks test_a_table_that_is_rewritten_is_waited_for
    F25 a counter that is killed while it applies a page
        sync/test_killed_reading test_f25_a_counter_that_is_killed_while_it_applies_pages
    F26 pages twice, out of order, of another office, cursors from the future
        wire/test_sides test_a_page_that_is_not_what_was_asked_changes_nothing
        store/test_sync_ledger test_the_same_page_twice_is_the_page_once
        central/test_gateway test_a_cursor_from_the_future_is_led_back
        central/test_gateway test_a_cursor_of_another_office_shows_nothing_of_it
    F27 replicas that lag, by turns
        sync/test_feeds_that_go_back test_f27_a_centre_that_is_behind_by_turns_takes_nothing_off_the_screens
        central/test_put_back test_f27_gateways_of_which_one_is_behind_take_nothing_off_the_screens
    F28 a feed that is kept no more
        sync/test_feeds_that_go_back
            test_f28_a_feed_that_is_kept_no_more_is_said_and_own_entries_arrive_all_the_same
        central/test_put_back
            test_f28_a_counter_below_the_floor_takes_a_snapshot_and_keeps_what_it_did_not_send
    F29 a counter put back to an older day
        sync/test_sending test_a_counter_put_back_goes_on_and_nothing_is_lost
        central/test_put_back test_f29_a_counter_put_back_goes_on_and_both_branches_arrive
    F30 a machine's memory that comes to life twice
        simulation/test_simulation test_everything_heals
        wire/test_sides test_a_branch_is_stored_told_and_left
        store/test_sync_ledger test_a_shared_segment_is_left
        central/test_put_back
            test_f30_an_image_that_comes_to_life_twice_writes_two_branches_of_one_segment
    F31 a disk that was cloned
        sync/test_sending test_a_clone_of_the_disk_loses_nothing
        central/test_put_back test_f31_a_cloned_disk_loses_nothing_whoever_comes_first
        central/test_trust test_two_copies_that_come_at_the_same_moment_raise_one_alarm
    F32 another installation that wants to be this counter
        central/test_trust test_a_counter_is_one_installation_at_a_time
        central/test_trust test_a_newer_code_ends_the_older_one_that_nobody_used
        central/test_gateway test_who_says_to_be_another_than_was_enrolled_raises_an_alarm
    F33 a PC that was replaced is found again
        central/test_replaced test_f33_a_pc_that_was_replaced_is_found_again_and_nothing_it_took_is_lost
    F34 a centre put back to an older day
        central/test_faults test_a_store_that_is_put_back_to_an_older_day
        sync/test_sending test_a_centre_that_was_put_back_gets_again_what_it_lost
    F35 centre and counter put back, to different days
        sync/test_feeds_that_go_back test_f35_centre_and_counter_are_put_back_to_different_days
        central/test_put_back test_f35_centre_and_counter_are_put_back_to_different_days
    F36 a second file that is missing, older, newer
        store/test_anchor test_a_missing_second_file_leaves_its_mark_in_the_journal
        store/test_anchor test_an_anchor_of_an_earlier_moment_is_what_a_kill_leaves
        store/test_anchor test_yesterday_s_database_put_back_is_not_written_to
    F37 a consumer who moves while both offices are offline
        central/test_counter test_a_consumer_moves_while_both_offices_are_offline
    F38 offices that become one or are split, and are served meanwhile
        central/test_offices_at_once test_f38_offices_become_one_while_both_take_money
        central/test_offices_at_once
            test_one_that_was_killed_in_between_is_finished_by_the_same_command
    F39 a device that was revoked while it was offline
        central/test_trust test_three_hundred_entries_of_a_revoked_device_are_kept_for_a_person
        sync/test_sending test_a_revoked_device_is_told_and_goes_on_keeping
    F40 an erasure that somebody hears of a month later
        store/test_feed test_an_erased_entry_that_comes_again_after_thirty_days_stays_empty
        store/test_feed test_an_entry_that_comes_behind_its_erasure_is_never_kept
    F41 somebody who is gone, at a counter that does not know
        central/test_counter
            test_what_somebody_records_who_is_gone_is_in_the_books_and_to_be_looked_at
    F42 a month offline, and a program that ends again and again
        sync/test_feeds_that_go_back test_f42_a_month_offline_while_the_program_ends_again_and_again
        central/test_put_back test_f42_a_month_offline_arrives_while_the_program_ends_again_and_again
        sync/test_sending test_a_month_offline_arrives
    F43 all counters come back at once
        central/test_storm test_f43_all_that_come_back_at_once_are_heard_whole
    F44 counters and centre of different versions
        sync/test_versions test_f44_counters_and_centre_of_two_versions
        central/test_orders test_f44_an_old_centre_comes_to_the_same_once_it_is_updated
        store/test_catching_up test_an_updated_counter_has_the_rows_of_one_that_knew_all_along
    F45 an update that is broken off, a program that is put back
        store/test_tables test_a_step_that_fails_leaves_the_version_before
        store/test_catching_up test_a_program_put_back_for_a_while_is_made_up_for
        setup/test_bootstrap test_an_interrupted_installation_is_not_taken_for_a_finished_one
    F46 the first reading of a whole office, broken off
        sync/test_killed_reading test_f25_a_counter_that_is_killed_while_it_applies_pages
        store/test_feed test_the_index_of_words_keeps_up_with_a_whole_office
        wire/test_snapshots test_it_ends_the_same_wherever_the_program_or_the_line_ends
        wire/test_snapshots test_a_chunk_that_is_not_the_one_of_the_manifest_is_fetched_again
        wire/test_snapshots test_one_that_is_replaced_meanwhile_is_loaded_to_its_end
        wire/test_snapshots test_a_floor_that_passes_the_snapshot_is_waited_for_and_not_loaded_over_and_over
    F51 one bill paid at two counters
        central/test_paid_twice test_f51_both_receipts_stand_and_the_surplus_is_followed_up_once
    F52 a payment and what undoes it, in any order
        central/test_orders test_every_order_of_arrival_comes_to_the_same
        central/test_moved_receipts test_a_payment_that_comes_behind_its_moves_comes_to_the_same_books
        store/test_moved_elsewhere test_one_that_is_cancelled_then_counts_nowhere
        desk/test_undoing test_after_the_count_only_a_refund_is_asked_for_once
    F53 a drawer that was sealed offline
        central/test_replaced test_f53_what_comes_late_changes_no_drawer_that_was_sealed_offline
"""

LEFT = {
    11: "the figures of the bench are of 200,000 entries and of a slow machine",
    47: "counters do not speak to each other yet",
    48: "counters do not speak to each other yet",
    49: "counters do not speak to each other yet",
    50: "counters do not speak to each other yet",
}


def named() -> dict[int, list[tuple[str, str]]]:
    """The tests of each scenario: file and name."""
    found: dict[int, list[tuple[str, str]]] = {}
    number, file = 0, ""
    for line in SCENARIOS.splitlines():
        words = line.split()
        if words and words[0].startswith("F") and words[0][1:].isdecimal():
            number, file = int(words[0][1:]), ""
            assert number not in found
            found[number] = []
        for word in words if words and number and line.startswith(" " * 8) else ():
            if word.startswith("test_"):
                found[number].append((file, word))
            else:
                file = f"tests/{word}.py"
    return found


def test_every_scenario_has_tests_or_says_why_it_has_none() -> None:
    scenarios = named()
    assert all(scenarios.values()), [number for number, tests in scenarios.items() if not tests]
    assert not scenarios.keys() & LEFT.keys()
    assert scenarios.keys() | LEFT.keys() == set(range(1, 54))


def test_every_test_that_is_named_is_there() -> None:
    there = {
        (source.name, node.name)
        for source in sources(TESTS)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.FunctionDef)
    }
    missing = {test for tests in named().values() for test in tests} - there
    assert not missing

//! What the window may ask: each command hands its arguments and today's date to the method of the
//! same name. Commands run beside the window's own thread, so that a page being set or a file being
//! copied never freezes it.

mod account;
mod binding;
mod estimate;
mod file;
mod member;
mod own_rules;
mod place;
mod plan;
mod setup;

use tauri::Wry;
use tauri_specta::{Builder, collect_commands};

/// Every command, once: for the window and for the TypeScript types.
pub fn registry() -> Builder<Wry> {
    Builder::new().commands(collect_commands![
        file::status,
        file::settings_save,
        file::demo_open,
        file::demo_leave,
        file::undo,
        file::redo,
        file::backup,
        file::backup_use,
        file::export_file,
        file::import_json,
        file::table_preview,
        file::table_import,
        file::print_folder_save,
        place::places,
        place::place_form,
        place::policy,
        own_rules::own_rules,
        own_rules::pack_preview,
        own_rules::pack_add,
        own_rules::pack_remove,
        own_rules::own_rule_preview,
        own_rules::own_rule_save,
        own_rules::own_rule_remove,
        setup::setup_check,
        setup::setup_save,
        setup::setup_binding_check,
        member::overview,
        member::member_add,
        member::member_save,
        member::member_remove,
        member::member_detail,
        member::enrollment_add,
        member::enrollment_save,
        member::enrollment_end,
        member::enrollment_remove,
        member::credit_day_save,
        account::entries,
        account::entry_record,
        account::entry_correct,
        account::account_begin,
        account::balance_state,
        account::counter_state,
        account::credit_answer,
        account::movement_preview,
        account::movement_record,
        account::overdraft_state,
        binding::bindings,
        binding::binding_check,
        binding::binding_add,
        binding::binding_move,
        binding::binding_end,
        plan::plan_add,
        plan::plan_save,
        plan::plan_remove,
        plan::plan_days,
        plan::premium_look,
        plan::premium_add,
        plan::premium_save,
        plan::premium_remove,
        plan::plan_wait,
        plan::planned_steps,
        plan::retirement_expect,
        plan::projection,
        plan::advice,
        estimate::estimate_prefill,
        estimate::estimate,
        estimate::estimate_preview,
        estimate::estimate_save,
        estimate::settlement_record,
        estimate::settlements,
        estimate::slip_compare,
        estimate::slip_add,
        estimate::slip_report_save,
    ])
}

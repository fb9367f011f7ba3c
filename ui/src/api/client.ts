import { invoke } from "@tauri-apps/api/core";
import type * as w from "./bindings";
import { asApiError } from "./errors";

/** Asks Rust; whatever goes wrong arrives as an `ApiError`. */
async function ask<T>(command: string, args: Record<string, unknown> = {}): Promise<T> {
  try {
    return await invoke<T>(command, args);
  } catch (thrown) {
    throw asApiError(thrown);
  }
}

/** Every command of the window, one function each. Nothing else in `ui` talks to Rust. */
export const gongji = {
  status: () => ask<w.Status>("status"),
  settingsSave: (settings: w.Settings) => ask<w.Status>("settings_save", { settings }),
  places: () => ask<w.Place[]>("places"),
  placeForm: (pool: w.PoolId, scheme: w.Scheme, on: w.NaiveDate, language: w.Language) =>
    ask<w.PlaceForm>("place_form", { pool, scheme, on, language }),

  setupCheck: (draft: w.SetupDraft) => ask<w.ApiError[]>("setup_check", { draft }),
  setupSave: (draft: w.SetupDraft) => ask<w.Status>("setup_save", { draft }),
  setupBindingCheck: (draft: w.SetupDraft, binding: w.SetupBinding) =>
    ask<w.AidVerdict>("setup_binding_check", {
      draft,
      donor: binding.donor,
      recipient: binding.recipient,
      relation: binding.relation,
      boundOn: binding.bound_on,
    }),
  demoOpen: () => ask<w.Status>("demo_open"),
  demoLeave: () => ask<w.Status>("demo_leave"),

  overview: () => ask<w.Overview>("overview"),
  memberAdd: (draft: w.MemberDraft) => ask<w.MemberId>("member_add", { draft }),
  memberSave: (member: w.Member) =>
    ask<w.Member>("member_save", {
      id: member.id,
      name: member.name,
      born: member.born,
      note: member.note,
    }),
  memberRemove: (id: w.MemberId) => ask<w.Status>("member_remove", { id }),
  memberDetail: (id: w.MemberId) => ask<w.MemberDetail>("member_detail", { id }),
  enrollmentAdd: (member: w.MemberId, draft: w.EnrollmentDraft) =>
    ask<w.Enrollment>("enrollment_add", { member, draft }),
  enrollmentSave: (id: w.EnrollmentId, draft: w.EnrollmentDraft) =>
    ask<w.Status>("enrollment_save", { id, draft }),
  enrollmentEnd: (id: w.EnrollmentId, until: w.NaiveDate) =>
    ask<w.Status>("enrollment_end", { id, until }),
  enrollmentRemove: (id: w.EnrollmentId) => ask<w.Status>("enrollment_remove", { id }),
  creditDaySave: (member: w.MemberId, day: number | null) =>
    ask<w.Status>("credit_day_save", { member, day }),

  entries: (account: w.AccountId, sub: w.SubAccountId | null, offset: number, limit: number) =>
    ask<w.EntryPage>("entries", { account, sub, offset, limit }),
  entryRecord: (draft: w.EntryDraft) => ask<w.EntryRow>("entry_record", { draft }),
  entryCorrect: (entry: w.EntryId, draft: w.EntryDraft) =>
    ask<w.EntryRow>("entry_correct", { entry, draft }),
  accountBegin: (draft: w.BeginningDraft) => ask<w.Status>("account_begin", { draft }),
  balanceState: (draft: w.BalanceDraft) => ask<w.BalanceCheck>("balance_state", { draft }),
  counterState: (draft: w.CounterDraft) => ask<w.CounterNow>("counter_state", { draft }),
  movementPreview: (draft: w.MovementDraft) => ask<w.MovementView>("movement_preview", { draft }),
  movementRecord: (draft: w.MovementDraft) => ask<w.Status>("movement_record", { draft }),
  overdraftState: (account: w.AccountId, said: w.OverdraftDraft | null) =>
    ask<w.Status>("overdraft_state", { account, said }),
  creditAnswer: (answer: w.CreditAnswer) => ask<w.Status>("credit_answer", { answer }),

  bindings: () => ask<w.BindingsView>("bindings"),
  bindingCheck: (draft: w.BindingDraft) => ask<w.AidVerdict>("binding_check", { draft }),
  bindingAdd: (draft: w.BindingDraft) => ask<w.BindingsView>("binding_add", { draft }),
  bindingMove: (step: w.BindingMove) => ask<w.BindingsView>("binding_move", { step }),
  bindingEnd: (binding: w.BindingId, endedOn: w.NaiveDate) =>
    ask<w.BindingsView>("binding_end", { binding, endedOn }),

  planAdd: (draft: w.PlanDraft) => ask<w.PlannedSpending>("plan_add", { draft }),
  planSave: (id: w.PlanItemId, draft: w.PlanDraft) =>
    ask<w.PlannedSpending>("plan_save", { id, draft }),
  planRemove: (id: w.PlanItemId) => ask<w.Status>("plan_remove", { id }),
  planDays: (firstOn: w.NaiveDate, repeat: w.Repeat) =>
    ask<w.PlanDays>("plan_days", { firstOn, repeat }),
  premiumLook: (draft: w.PremiumDraft) => ask<w.PremiumTold>("premium_look", { draft }),
  premiumAdd: (draft: w.PremiumDraft) => ask<w.PlannedPremium>("premium_add", { draft }),
  premiumSave: (id: w.PlannedPremiumId, draft: w.PremiumDraft) =>
    ask<w.PlannedPremium>("premium_save", { id, draft }),
  premiumRemove: (id: w.PlannedPremiumId) => ask<w.Status>("premium_remove", { id }),
  plannedSteps: (plan: w.PlanItemId, on: w.NaiveDate) =>
    ask<w.Step[]>("planned_steps", { plan, on }),
  planWait: (id: w.PlanItemId) => ask<w.WaitComparison>("plan_wait", { id }),
  retirementExpect: (member: w.MemberId, draft: w.RetirementDraft) =>
    ask<w.Status>("retirement_expect", { member, draft }),
  projection: (wanted: w.ProjectionAsk) => ask<w.ProjectionAnswer>("projection", { ask: wanted }),
  advice: (member: w.MemberId, need: w.Yuan, on: w.NaiveDate) =>
    ask<w.Advice>("advice", { member, need, on }),

  estimatePrefill: (member: w.MemberId, part: w.Part, on: w.NaiveDate) =>
    ask<w.EstimatePrefill>("estimate_prefill", { member, part, on }),
  estimate: (draft: w.EstimateDraft) => ask<w.EstimateView>("estimate", { draft }),
  estimatePreview: (draft: w.EstimateDraft, form: w.PaperForm) =>
    ask<string[]>("estimate_preview", { draft, form }),
  estimateSave: (draft: w.EstimateDraft, form: w.PaperForm) =>
    ask<w.SavedFile>("estimate_save", { draft, form }),
  settlementRecord: (draft: w.EstimateDraft, slip: w.Slip | null) =>
    ask<w.Status>("settlement_record", { draft, slip }),
  settlements: (member: w.MemberId) => ask<w.SettlementRow[]>("settlements", { member }),
  slipCompare: (draft: w.EstimateDraft, slip: w.Slip) =>
    ask<w.SlipReport>("slip_compare", { draft, slip }),
  slipAdd: (settlement: w.SettlementId, slip: w.Slip) =>
    ask<w.Status>("slip_add", { settlement, slip }),
  slipReportSave: (draft: w.EstimateDraft, slip: w.Slip) =>
    ask<w.SavedFile>("slip_report_save", { draft, slip }),

  policy: (pool: w.PoolId, scheme: w.Scheme, on: w.NaiveDate, language: w.Language) =>
    ask<w.PolicyView>("policy", { pool, scheme, on, language }),
  ownRules: (language: w.Language) => ask<w.OwnRules>("own_rules", { language }),
  packPreview: (path: string, language: w.Language) =>
    ask<w.RulesPreview>("pack_preview", { path, language }),
  packAdd: (path: string, seen: string) => ask<w.Status>("pack_add", { path, seen }),
  packRemove: (name: string) => ask<w.Status>("pack_remove", { name }),
  ownRulePreview: (draft: w.OwnRuleDraft, language: w.Language) =>
    ask<w.RulesPreview>("own_rule_preview", { draft, language }),
  ownRuleSave: (draft: w.OwnRuleDraft) => ask<w.Status>("own_rule_save", { draft }),
  ownRuleRemove: (block: w.BlockRef) => ask<w.Status>("own_rule_remove", { block }),

  undo: () => ask<w.Status>("undo"),
  redo: () => ask<w.Status>("redo"),
  backup: () => ask<w.SavedFile>("backup"),
  backupUse: () => ask<w.Status>("backup_use"),
  exportFile: (format: w.ExportFormat) => ask<w.SavedFile>("export_file", { format }),
  importJson: (path: string) => ask<w.Status>("import_json", { path }),
  tablePreview: (path: string) => ask<w.TablePreview>("table_preview", { path }),
  tableImport: (path: string, seen: string) => ask<w.Status>("table_import", { path, seen }),
  /** Lets the user choose a folder or a file in the system's own window; nothing if they do not. */
  choose: (directory: boolean) =>
    ask<string | null>("plugin:dialog|open", { options: { directory, multiple: false } }),
  /** Shows a saved file in its folder, in the system's own file window. */
  reveal: (path: string) => ask<null>("plugin:opener|reveal_item_in_dir", { paths: [path] }),
  /** Lets somebody choose a folder in the system's own window; none where they choose nothing. */
  chooseFolder: (title: string, defaultPath: string) =>
    ask<string | null>("plugin:dialog|open", { options: { title, defaultPath, directory: true } }),
  /** The same for a JSON file. */
  chooseJson: (title: string, defaultPath: string) =>
    ask<string | null>("plugin:dialog|open", {
      options: { title, defaultPath, filters: [{ name: "JSON", extensions: ["json"] }] },
    }),
  /** The same for a table. */
  chooseTable: (title: string, defaultPath: string) =>
    ask<string | null>("plugin:dialog|open", {
      options: { title, defaultPath, filters: [{ name: "CSV", extensions: ["csv", "txt"] }] },
    }),
  printFolderSave: (folder: string) => ask<w.Status>("print_folder_save", { folder }),
};

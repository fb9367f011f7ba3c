// Written by `cargo xtask bindings` from the Rust types. Do not edit.
// Money and rates are decimal strings, months `2026-03`, ids numbers.


/** A day, as `2026-03-01`. */
export type NaiveDate = string;

/** What Rust answers: the arguments of each command and its result. */
export type Commands = {
  status: { args: Record<string, never>; result: Status };
  settings_save: { args: { settings: Settings }; result: Status };
  demo_open: { args: Record<string, never>; result: Status };
  demo_leave: { args: Record<string, never>; result: Status };
  undo: { args: Record<string, never>; result: Status };
  redo: { args: Record<string, never>; result: Status };
  backup: { args: Record<string, never>; result: SavedFile };
  backup_use: { args: Record<string, never>; result: Status };
  export_file: { args: { format: ExportFormat }; result: SavedFile };
  import_json: { args: { path: string }; result: Status };
  table_preview: { args: { path: string }; result: TablePreview };
  table_import: { args: { path: string; seen: string }; result: Status };
  print_folder_save: { args: { folder: string }; result: Status };
  places: { args: Record<string, never>; result: Place[] };
  place_form: { args: { pool: PoolId; scheme: Scheme; on: string; language: Language }; result: PlaceForm };
  policy: { args: { pool: PoolId; scheme: Scheme; on: string; language: Language }; result: PolicyView };
  own_rules: { args: { language: Language }; result: OwnRules };
  pack_preview: { args: { path: string; language: Language }; result: RulesPreview };
  pack_add: { args: { path: string; seen: string }; result: Status };
  pack_remove: { args: { name: string }; result: Status };
  own_rule_preview: { args: { draft: OwnRuleDraft; language: Language }; result: RulesPreview };
  own_rule_save: { args: { draft: OwnRuleDraft }; result: Status };
  own_rule_remove: { args: { block: BlockRef }; result: Status };
  setup_check: { args: { draft: SetupDraft }; result: ApiError[] };
  setup_save: { args: { draft: SetupDraft }; result: Status };
  setup_binding_check: { args: { draft: SetupDraft; donor: number; recipient: number; relation: Relation; boundOn: string }; result: AidVerdict };
  overview: { args: Record<string, never>; result: Overview };
  member_add: { args: { draft: MemberDraft }; result: MemberId };
  member_save: { args: { id: MemberId; name: string; born: string | null; note: string }; result: Member };
  member_remove: { args: { id: MemberId }; result: Status };
  member_detail: { args: { id: MemberId }; result: MemberDetail };
  enrollment_add: { args: { member: MemberId; draft: EnrollmentDraft }; result: Enrollment };
  enrollment_save: { args: { id: EnrollmentId; draft: EnrollmentDraft }; result: Status };
  enrollment_end: { args: { id: EnrollmentId; until: string }; result: Status };
  enrollment_remove: { args: { id: EnrollmentId }; result: Status };
  credit_day_save: { args: { member: MemberId; day: number | null }; result: Status };
  entries: { args: { account: AccountId; sub: SubAccountId | null; offset: number; limit: number }; result: EntryPage };
  entry_record: { args: { draft: EntryDraft }; result: EntryRow };
  entry_correct: { args: { entry: EntryId; draft: EntryDraft }; result: EntryRow };
  account_begin: { args: { draft: BeginningDraft }; result: Status };
  balance_state: { args: { draft: BalanceDraft }; result: BalanceCheck };
  counter_state: { args: { draft: CounterDraft }; result: CounterNow };
  credit_answer: { args: { answer: CreditAnswer }; result: Status };
  movement_preview: { args: { draft: MovementDraft }; result: MovementView };
  movement_record: { args: { draft: MovementDraft }; result: Status };
  overdraft_state: { args: { account: AccountId; said: OverdraftDraft | null }; result: Status };
  bindings: { args: Record<string, never>; result: BindingsView };
  binding_check: { args: { draft: BindingDraft }; result: AidVerdict };
  binding_add: { args: { draft: BindingDraft }; result: BindingsView };
  binding_move: { args: { step: BindingMove }; result: BindingsView };
  binding_end: { args: { binding: BindingId; endedOn: string }; result: BindingsView };
  plan_add: { args: { draft: PlanDraft }; result: PlannedSpending };
  plan_save: { args: { id: PlanItemId; draft: PlanDraft }; result: PlannedSpending };
  plan_remove: { args: { id: PlanItemId }; result: Status };
  plan_days: { args: { firstOn: string; repeat: Repeat }; result: PlanDays };
  premium_look: { args: { draft: PremiumDraft }; result: PremiumTold };
  premium_add: { args: { draft: PremiumDraft }; result: PlannedPremium };
  premium_save: { args: { id: PlannedPremiumId; draft: PremiumDraft }; result: PlannedPremium };
  premium_remove: { args: { id: PlannedPremiumId }; result: Status };
  plan_wait: { args: { id: PlanItemId }; result: WaitComparison };
  planned_steps: { args: { plan: PlanItemId; on: string }; result: Step[] };
  retirement_expect: { args: { member: MemberId; draft: RetirementDraft }; result: Status };
  projection: { args: { ask: ProjectionAsk }; result: ProjectionAnswer };
  advice: { args: { member: MemberId; need: Yuan; on: string }; result: Advice };
  estimate_prefill: { args: { member: MemberId; part: Part; on: string }; result: EstimatePrefill };
  estimate: { args: { draft: EstimateDraft }; result: EstimateView };
  estimate_preview: { args: { draft: EstimateDraft; form: PaperForm }; result: string[] };
  estimate_save: { args: { draft: EstimateDraft; form: PaperForm }; result: SavedFile };
  settlement_record: { args: { draft: EstimateDraft; slip: Slip | null }; result: Status };
  settlements: { args: { member: MemberId }; result: SettlementRow[] };
  slip_compare: { args: { draft: EstimateDraft; slip: Slip }; result: SlipReport };
  slip_add: { args: { settlement: SettlementId; slip: Slip }; result: Status };
  slip_report_save: { args: { draft: EstimateDraft; slip: Slip }; result: SavedFile };
};

/**  账户 — an [`crate::Account`]'s number. */
export type AccountId = number;

/**  账户的种类 */
export type AccountKind = 
/**  医保个人账户 — split into the sub-accounts that the pool's rules name. */
"insurance" | 
/**  现金与银行账户 */
"cash";

/**  账户视图 */
export type AccountView = {
	/**  账户 */
	id: AccountId,
	/**  种类 */
	kind: AccountKind,
	/**  名称 */
	name: string,
	/**  从哪天起记账 */
	opened_on: string,
	/**  各子账户余额 */
	subs: SubBalance[],
	/**  合计 */
	balance: Yuan,
	/**  最近的核对 */
	checks: BalanceCheck[],
	/**  本人说的可透支额 */
	overdraft: Overdraft | null,
	/**  最近一笔划入的所属月份 */
	last_credited: Month | null,
};

/**  加数 — events that are alike: of one member, for the same reason, by the same formula and sources. */
export type Addend = {
	/**  说明；有几次的，是第一次的 */
	what: Message,
	/**  谁的 */
	member: MemberId,
	/**  第一次 */
	first: string,
	/**  最后一次 */
	last: string,
	/**  几次 */
	times: number,
	/**  一共 */
	sum: Amount,
	/**  每一次的算式 */
	formula: string | null,
	/**  依据 */
	ground: Ground,
	/**  出处 */
	sources: SourceRef[],
	/**  只在哪种可能里有；都有的没有 */
	only: Message | null,
};

/**  办法 — for one member, one need, one day. */
export type Advice = {
	/**  成员 */
	member: MemberId,
	/**  哪天 */
	on: string,
	/**  需要多少（个人负担） */
	need: Amount,
	/**  按先后 */
	options: AdviceOption[],
};

/**  一种办法 */
export type AdviceOption = {
	/**  种类 */
	kind: OptionKind,
	/**  说明 */
	what: Message,
	/**  能解决多少 */
	amount: Amount,
	/**  怎么算的；没有算过的没有 */
	how: Message | null,
	/**  最早哪天 */
	earliest: string | null,
	/**  最晚哪天 */
	latest: string | null,
	/**  条件 */
	condition: Message | null,
	/**  出处 */
	source: SourceRef | null,
	/**  可信等级 */
	grade: Grade | null,
};

/**  共济授权人 — a relative whose account is bound to the patient. */
export type AidOffer = {
	/**  姓名 */
	name: string,
	/**  患者是授权人的什么人 */
	relation: Relation,
	/**  授权人的统筹区 */
	pool: PoolId,
	/**  授权人的险种 */
	scheme: Scheme,
	/**  授权人的参保状态 */
	status: EmploymentStatus,
	/**  授权人账户余额 */
	balance: Yuan,
	/**  绑定（备案）日期 */
	bound_on: string,
	/**  备案顺序，从 1 起 */
	rank: number,
};

/**  一位授权人付了多少 */
export type AidPaid = {
	/**  姓名 */
	name: string,
	/**  支付金额 */
	paid: Amount,
	/**  支付后余额 */
	balance_after: Amount,
	/**  没有用到的原因（例如规则不允许） */
	refused: Message | null,
};

/**  共济的判断 — with the reason, its source, and what may be done instead. */
export type AidVerdict = {
	/**  允不允许 */
	allowed: Allowed,
	/**  理由 */
	reason: Message,
	/**  出处 */
	source: SourceRef | null,
	/**  可以改用什么（例如跨省钱包转账） */
	instead: AdviceOption | null,
	/**  几位授权人之间的先后规则 */
	order: Message | null,
};

/**  允不允许 */
export type Allowed = 
/**  允许 */
"yes" | 
/**  不允许 */
"no" | 
/**  未知 */
"unknown";

/**  金额，或其范围，或不知道 — on the wire `"600.00"`, `{"min": …, "max": …}` or `"unknown"`. */
export type Amount = 
/**  Determined to the fen. */
Yuan | 
/**  The rules or the record leave it open between these two. */
{ 
/**  The least it can be. */
min: Yuan; 
/**  The most it can be. */
max: Yuan } | 
/**  Nothing is known that could bound it. */
NotKnown;

/**  出错 — what happened, and what to do. */
export type ApiError = {
	/**  种类 */
	code: ErrorCode,
	/**  哪一项填写有误（表单字段的路径，例如 `members.0.balances.book`） */
	field: string | null,
	/**  发生了什么 */
	message: Message,
	/**  怎么办 */
	hint: Message | null,
};

/**  余额核对 — what was stated, what the record says, and the difference. */
export type BalanceCheck = {
	/**  截至 */
	as_of: string,
	/**  子账户 */
	sub: SubAccountId | null,
	/**  填写的余额 */
	stated: Yuan,
	/**  记录算出的余额 */
	recorded: Yuan,
	/**  差额 = 填写 − 记录 */
	difference: Yuan,
	/**  是不是从这个数记起 — then it is no check: nothing was recorded before. */
	began: boolean,
	/**  差额的来历 — of the newest check of each sub-account where they differ. */
	explained: BalanceExplained | null,
};

/**  填写余额 */
export type BalanceDraft = {
	/**  账户 */
	account: AccountId,
	/**  子账户 */
	sub: SubAccountId | null,
	/**  截至 */
	as_of: string,
	/**  余额 */
	amount: Yuan,
	/**  差额是否记一笔调整 */
	book_difference: boolean,
};

/**  差额的来历 */
export type BalanceExplained = {
	/**  可能的原因 */
	reasons: BalanceReason[],
	/**  加起来正好是差额的是前几个；零为没有这样的 */
	together: number,
	/**  说不出原因的部分 */
	left: Yuan,
};

/**  可能的原因 — by how much what was seen would lie above the record. */
export type BalanceReason = {
	/**  说明 */
	what: Message,
	/**  哪天；不知道则无 */
	on: string | null,
	/**  差多少 */
	amount: Amount,
	/**  补记哪一种分录；要更正已有的一笔则无 */
	kind: EntryKind | null,
	/**  补记的划入属于哪个月 */
	for_month: Month | null,
	/**  算式 */
	formula: string | null,
	/**  出处 */
	sources: SourceRef[],
};

/**  缴费基数上下限 */
export type BaseRange = {
	/**  下限；无则未查到 */
	floor: Yuan | null,
	/**  上限；无则未查到 */
	cap: Yuan | null,
	/**  沿用 */
	assumed: boolean,
};

/**  来由 — the event that a figure comes from. */
export type Because = {
	/**  说明 */
	what: Message,
	/**  算式 */
	formula: string | null,
	/**  出处 */
	sources: SourceRef[],
};

/**  开始记账时一部分的余额 */
export type BeginningBalance = {
	/**  子账户；现金账户没有 */
	sub: SubAccountId | null,
	/**  余额 */
	amount: Yuan,
};

/**  从更早的日子记起 */
export type BeginningDraft = {
	/**  账户 */
	account: AccountId,
	/**  新的开始记账的日子 */
	on: string,
	/**  那天终了各部分的余额 */
	balances: BeginningBalance[],
};

/**  费用 — one bill as the slip splits it: total = full self-pay + over limit + upfront copay + in scope. */
export type Bill = {
	/**  医疗费总额 */
	total: Yuan,
	/**  全自费；没有填则无，按 0 算 */
	full_self_pay?: Yuan | null,
	/**  超限价自费；没有填则无，按 0 算 */
	over_limit?: Yuan | null,
	/**  先行自付；没有填则无，按 0 算 */
	upfront_copay?: Yuan | null,
	/**  个人账户不能付的部分 — of the member's share, what must be cash although the account has money. */
	not_account_payable: Yuan,
	/**  其中按项目另有比例的政策范围内费用 — by the `item` of the rules, such as `essential_drug`. */
	by_item?: { [key in string]: Yuan },
};

/**  共济绑定 — the donor's account may pay the recipient's share. */
export type Binding = {
	/**  编号 */
	id: BindingId,
	/**  授权人（出钱的人） */
	donor: MemberId,
	/**  使用人 */
	recipient: MemberId,
	/**  使用人是授权人的什么人 */
	relation: Relation,
	/**  绑定（备案）日期 */
	bound_on: string,
	/**  解除日期 — from this day on it no longer pays. */
	ended_on: string | null,
	/**  备案顺序，从 1 起，在同一使用人的绑定之间 */
	rank: number,
};

/**  绑定的草稿 */
export type BindingDraft = {
	/**  授权人 */
	donor: MemberId,
	/**  使用人 */
	recipient: MemberId,
	/**  使用人是授权人的什么人 */
	relation: Relation,
	/**  绑定日期 */
	bound_on: string,
};

/**  共济绑定 — a [`crate::Binding`]'s number. */
export type BindingId = number;

/**  共济绑定的先后移动 */
export type BindingMove = {
	/**  绑定 */
	binding: BindingId,
	/**  新的顺序，从 1 起 */
	rank: number,
};

/**  一条绑定 */
export type BindingRow = {
	/**  绑定 */
	binding: Binding,
	/**  授权人姓名 */
	donor_name: string,
	/**  使用人姓名 */
	recipient_name: string,
	/**  授权人余额 */
	donor_balance: Amount,
	/**  今天能不能用，为什么 */
	verdict: AidVerdict,
};

/**  共济关系页 */
export type BindingsView = {
	/**  绑定，按使用人与备案顺序 */
	bindings: BindingRow[],
};

/**  规则段 — which dated block of which policy file was used. */
export type BlockRef = {
	/**  Path of the file inside the policy library. */
	file: string,
	/**  Name of the block (`deductible`, `rate`, …). */
	block: string,
	/**  The block's `id`, where several of one name stand side by side. */
	id: string | null,
	/**  施行日 — in force from this day. */
	from: string,
};

/**  一个月要付的现金 */
export type CashMonth = {
	/**  哪个月 */
	month: Month,
	/**  当月要付 */
	cash: Amount,
	/**  当月的，是哪几样加起来的 */
	of: Addend[],
	/**  从预测开始到这个月底一共 */
	so_far: Amount,
};

/**  One cell of the settlement: a slice and the payer of this part of it. */
export type Cell = {
	/**  原因 */
	slice: Slice,
	/**  付款方 */
	payer: Payer,
	/**  金额 */
	amount: Amount,
};

/**  怎么变 */
export type ChangeKind = 
/**  增加 */
"added" | 
/**  删去 */
"removed" | 
/**  改动 */
"changed";

/**  机构类别的选择项 */
export type ClassChoice = {
	/**  待遇 */
	part: Part,
	/**  标识 */
	id: string,
	/**  名称 */
	name: string,
};

/**  为什么注销 */
export type CloseWhy = 
/**  去世 */
"died" | 
/**  出境定居 */
"emigrated";

/**  比一比 — the projection of what is supposed, and how it differs from the scheduled one. */
export type Comparison = {
	/**  如果……的预测 */
	projection: Projection,
	/**  每位成员差多少 */
	differences: Difference[],
	/**  全家多付多少现金 */
	cash_more: Amount,
};

/**
 *  参保与缴费的经过 — what decides whether the pool pays on a day; of what is not stated nothing is
 *  asked.
 */
export type Contributions = {
	/**  首次参保的日子 */
	first_insured?: string | null,
	/**  停缴的月份 — the first month without a contribution. */
	stopped_in?: Month | null,
	/**  恢复缴费的月份 */
	resumed_in?: Month | null,
	/**  中断的月份补缴了没有 */
	back_paid?: boolean | null,
};

/**  累计数的选择项 */
export type CounterChoice = {
	/**  标识 */
	id: string,
	/**  名称 */
	name: string,
	/**  是次数（否则是金额） */
	is_count: boolean,
	/**  哪些待遇用到 */
	parts: Part[],
};

/**  填写累计数 */
export type CounterDraft = {
	/**  成员 */
	member: MemberId,
	/**  累计数 */
	counter: string,
	/**  截至 */
	as_of: string,
	/**  数值 */
	value: string,
};

/**  累计数的现值 */
export type CounterNow = {
	/**  标识 */
	id: string,
	/**  名称 */
	name: string,
	/**  是次数 */
	is_count: boolean,
	/**  现值；无则未知 */
	value: string | null,
	/**  填写的截至日 */
	stated_as_of: string | null,
	/**  之后又记了几笔结算 */
	recorded_since: number,
	/**  本年度起 */
	year_from: string,
};

/**  「到账了」 */
export type CreditAnswer = {
	/**  账户 */
	account: AccountId,
	/**  子账户 */
	sub: SubAccountId,
	/**  所属月份 */
	month: Month,
	/**  到账日；无则没有到 */
	arrived_on: string | null,
	/**  净额；无则没有到 */
	amount: Yuan | null,
};

/**  差在哪一笔划入 */
export type CreditGap = {
	/**  成员 */
	member: MemberId,
	/**  账户 */
	account: AccountId,
	/**  子账户 */
	sub: SubAccountId,
	/**  所属月份 */
	month: Month,
	/**  最晚应到 */
	due: string,
	/**  应到（净额） */
	expected: Amount,
	/**  到了多少；没有到则无 */
	came: Yuan | null,
	/**  可能的原因，最可能的在前，最多三条 */
	causes: GapCause[],
};

/**  到账日从哪里来 */
export type DayKnown = 
/**  规则写明 */
"rule" | 
/**  本人填写 */
"stated" | 
/**  规则只给出范围 */
"range" | 
/**  规则没有写，照以往到账的日子 */
"learned" | 
/**  未知 */
"unknown";

/**  星期几 */
export type DayOfWeek = 
/**  周一 */
"monday" | 
/**  周二 */
"tuesday" | 
/**  周三 */
"wednesday" | 
/**  周四 */
"thursday" | 
/**  周五 */
"friday" | 
/**  周六 */
"saturday" | 
/**  周日 */
"sunday";

/**  两种情形差多少 — of one member: as planned, as supposed, and by how much the second is more. */
export type Difference = {
	/**  成员 */
	member: MemberId,
	/**  哪天不够用（最早），照计划 */
	run_out: string | null,
	/**  如果…… */
	run_out_then: string | null,
	/**  一共要付的现金，照计划 */
	cash: Amount,
	/**  如果…… */
	cash_then: Amount,
	/**  多付多少现金 */
	cash_more: Amount,
	/**  账户最少剩，照计划 */
	lowest: Amount,
	/**  如果…… */
	lowest_then: Amount,
	/**  最低点高多少（负数是更低） */
	lowest_more: Amount,
	/**  最后的余额，照计划 */
	closing: Amount,
	/**  如果…… */
	closing_then: Amount,
};

/**  核对的结果 — the slip beside the estimate, and what would explain the difference. */
export type DifferenceReport = {
	/**  单子上填了的各行 */
	lines: LineDifference[],
	/**  单子自己对不上的地方 */
	contradictions: SlipContradiction[],
	/**  能比的各行都一致 */
	agrees: boolean,
	/**  可能的原因，好的在前 */
	explanations: Explanation[],
	/**  估算还没有定、所以比不了的行 */
	not_compared: SlipLine[],
	/**  没有一种改法能解释全部时，到窗口问什么 */
	ask: Message | null,
};

/**  一位授权人替别人付了多少 */
export type DonorShare = {
	/**  授权人 */
	donor: MemberId,
	/**  金额 */
	paid: Amount,
	/**  授权人余额（之后） */
	balance: Amount,
};

/**  该到而没有记的划入 */
export type DueCredit = {
	/**  账户 */
	account: AccountId,
	/**  子账户 */
	sub: SubAccountId,
	/**  所属月份 */
	month: Month,
	/**  最晚应到 */
	due: string,
	/**  净额 */
	net: Amount,
	/**  已记为没有到 */
	missing: boolean,
	/**  可能的原因，最可能的在前 */
	causes: GapCause[],
};

/**  参保状态 — what the enrollment is at the moment. */
export type EmploymentStatus = 
/**  在职 */
"active" | 
/**  退休 */
"retired" | 
/**  停保 */
"suspended" | 
/**  欠费 */
"in_arrears" | 
/**  终止 */
"ended";

/**
 *  参保关系 — where, how and as what a member is insured, from a day until the next one of the same
 *  member begins or `until` has passed.
 */
export type Enrollment = {
	/**  编号 */
	id: EnrollmentId,
	/**  成员 */
	member: MemberId,
	/**  自 */
	from: string,
	/**  至（含） */
	until: string | null,
	/**  统筹区 */
	pool: PoolId,
	/**  险种 */
	scheme: Scheme,
	/**  参保方式 */
	plan: string,
	/**  参保状态 */
	status: EmploymentStatus,
	/**  缴费基数（每月，未夹在上下限之间） */
	contribution_base: Yuan | null,
	/**  退休日期 */
	retired_on: string | null,
	/**  累计缴费月数 */
	insured_months: number | null,
	/**  特殊身份 */
	special: Special,
	/**  本人养老金（每月） */
	pension: Yuan | null,
	/**
	 *  固定划入额 — where the place froze a sum that differs from person to person: what is credited
	 *  each time, for a month or for a year as the rule says.
	 */
	frozen_credit: Yuan | null,
	/**  原单位性质 — a word of the rows that select on it, such as `enterprise`. */
	employer: string | null,
	/**  首次参保 — the member had never been in this scheme before, anywhere. */
	first_enrollment: boolean,
	/**  此前断缴的月份补缴了没有 — of the gap before this enrollment; none where it is not recorded. */
	back_paid: boolean | null,
	/**  补缴日 — none where only the fact is known. */
	back_paid_on: string | null,
};

/**  参保的草稿 */
export type EnrollmentDraft = {
	/**  统筹区 */
	pool: PoolId,
	/**  险种 */
	scheme: Scheme,
	/**  参保方式 */
	plan: string,
	/**  参保状态 */
	status: EmploymentStatus,
	/**  自 */
	from: string,
	/**  至（含）；没有的，到下一段开始为止 */
	until: string | null,
	/**  缴费基数 */
	contribution_base: Yuan | null,
	/**  退休日期 */
	retired_on: string | null,
	/**  累计缴费月数 */
	insured_months: number | null,
	/**  特殊身份 */
	special: Special,
	/**  本人养老金（每月） */
	pension: Yuan | null,
	/**  固定划入额 */
	frozen_credit: Yuan | null,
	/**  原单位性质 */
	employer: string | null,
	/**  首次参保 */
	first_enrollment: boolean,
	/**  此前断缴的月份补缴了没有；无则没有记 */
	back_paid: boolean | null,
	/**  补缴日 */
	back_paid_on: string | null,
};

/**  断开的一段 — in which no enrollment is recorded: between two of them, or since the last one ended. */
export type EnrollmentGap = {
	/**  自 */
	from: string,
	/**  至（含）；到今天还断着的没有 */
	until: string | null,
	/**  断了几个月 */
	months: number,
	/**  恢复以后的那一段 */
	before: EnrollmentId | null,
};

/**  参保关系 — an [`crate::Enrollment`]'s number. */
export type EnrollmentId = number;

/**  记一笔 */
export type EntryDraft = {
	/**  账户 */
	account: AccountId,
	/**  子账户 */
	sub: SubAccountId | null,
	/**  日期 */
	on: string,
	/**  所属月份 */
	for_month: Month | null,
	/**  种类 */
	kind: EntryKind,
	/**  摘要 */
	memo: string,
	/**  增（正）减（负） */
	amount: Yuan,
	/**  替谁付的 — of spending; none for the owner of the account. */
	for_member: MemberId | null,
};

/**  分录 — an [`crate::Entry`]'s number. */
export type EntryId = number;

/**  分录的种类 — names the other side of its legs. */
export type EntryKind = 
/**  期初余额 */
"opening" | 
/**  划入 */
"credit" | 
/**  代扣 */
"withheld" | 
/**  看病购药支出 */
"spending" | 
/**  缴保费 */
"premium" | 
/**  利息 */
"interest" | 
/**  转账 */
"transfer" | 
/**  退费 — gives back what a settlement took. */
"refund" | 
/**  取现 */
"withdrawal" | 
/**  年度清算 — of what was credited in advance; either way. */
"clearing" | 
/**  收回 — what had been credited and is taken back. */
"take_back" | 
/**  结转 — from one part of an account into another, as the year turns. */
"roll_over" | 
/**  账户注销 — what was left is paid out. */
"closing" | 
/**  更正 — reverses what it corrects and states it anew. */
"correction" | 
/**  核对调整 — books the difference of a stated balance. */
"adjustment";

/**  账户的一页分录 */
export type EntryPage = {
	/**  行，新的在前 */
	rows: EntryRow[],
	/**  一共几行 */
	total: number,
};

/**  分录的一行 — a corrected entry is one line: what stands now, and what it was. */
export type EntryRow = {
	/**  编号 */
	id: EntryId,
	/**  到账（发生）日 */
	on: string,
	/**  所属月份 */
	for_month: Month | null,
	/**  种类 */
	kind: EntryKind,
	/**  摘要 */
	memo: string,
	/**  子账户 */
	sub: SubAccountId | null,
	/**  增减 */
	amount: Yuan,
	/**  之后的余额 */
	balance: Yuan,
	/**  更正前的金额 */
	was: Yuan | null,
	/**  更正前的日期 */
	was_on: string | null,
	/**  属于哪一次结算 */
	settlement: SettlementId | null,
	/**  为谁付的 — where it was not for the owner of the account. */
	for_member: MemberId | null,
	/**  那个人的姓名 */
	for_whom: string | null,
	/**  同一笔里别的账户 */
	others: OtherAccount[],
};

/**  出错的种类 — one where the interface behaves differently, no more. */
export type ErrorCode = 
/**  填写有误：停在表单上，指出哪一项 */
"input" | 
/**  规则不允许：说明理由与替代办法 */
"forbidden" | 
/**  文件只读：不能写 */
"read_only" | 
/**  文件打不开（太新、损坏、不是账本） */
"file" | 
/**  已经不在了：刷新 */
"gone" | 
/**  另一个窗口正在用 */
"busy" | 
/**  内部错误 */
"internal";

/**  估算表单 */
export type EstimateDraft = {
	/**  成员 */
	member: MemberId,
	/**  待遇 */
	part: Part,
	/**  机构类别 */
	class: string | null,
	/**  结算日 */
	settled_on: string,
	/**  入院日 */
	admitted_on: string | null,
	/**  签约或选点 */
	contract: boolean,
	/**  使用个人账户 */
	use_account: boolean,
	/**  费用 */
	bill: Bill,
	/**  这一次改填的累计数（不写入账本） */
	so_far: { [key in string]: string },
};

/**  估算表单的预填 */
export type EstimatePrefill = {
	/**  当地有没有这一待遇的规则 */
	has_rules: boolean,
	/**  签约或选点影不影响结果 */
	asks_contract: boolean,
	/**  机构类别 */
	classes: ClassChoice[],
	/**  这一待遇用到的累计数及其现值 */
	counters: CounterNow[],
	/**  本人账户余额 */
	own: { [key in SubAccountId]: Yuan },
	/**  可用的授权人 */
	aid: AidOffer[],
};

/**
 *  结算请求 — everything one settlement depends on; the same shape on the command line, in cases,
 *  and behind the form of the window.
 */
export type EstimateRequest = {
	/**  统筹区 */
	pool: PoolId,
	/**  险种 */
	scheme: Scheme,
	/**  参保方式 */
	plan: string,
	/**  待遇 */
	part: Part,
	/**  参保人 */
	member: MemberFacts,
	/**  就诊 */
	visit: Visit,
	/**
	 *  本期已发生 — the pool's counters before this bill, yuan or a count, as decimal strings.
	 *  Absent, or all zero: this is the first bill of its period and every counter stands at zero.
	 *  Otherwise a counter that is left out is unknown.
	 */
	so_far: { [key in string]: string } | null,
	/**  费用 */
	bill: Bill,
	/**  可用的账户 — absent: the balances are not known. */
	payers: PayersAtHand | null,
};

/**  估算结果 */
export type EstimateView = {
	/**  成员姓名 */
	member_name: string,
	/**  参保地名称 */
	place: string,
	/**  机构类别名称 */
	class_name: string | null,
	/**  请求 */
	request: EstimateRequest,
	/**  估算 */
	estimate: SettlementEstimate,
	/**  请求的散列 */
	input_hash: string,
};

/**  事件的种类 */
export type EventKind = 
/**  划入 */
"credit" | 
/**  应到而未记的划入（日期已过） */
"overdue_credit" | 
/**  计划支出 */
"spending" | 
/**  计划缴费 */
"premium" | 
/**  用现金补上透支 */
"repayment" | 
/**  年度更替：累计数归零 */
"year_end" | 
/**  身份、年龄变化使规则改变 */
"change" | 
/**  账户用完 */
"run_out" | 
/**  年度结束后一次结的补充层 */
"yearly_layer";

/**  一次支出谁付多少 */
export type EventSplit = {
	/**  总额 */
	total: Amount,
	/**  各基金合计 */
	fund_paid: Amount,
	/**  本人账户 */
	own_account_paid: Amount,
	/**  共济 */
	mutual_aid_paid: Amount,
	/**  各授权人 */
	aid: DonorShare[],
	/**  现金 */
	cash_paid: Amount,
};

/**  一种可能的原因 — never a fact: 「如果…，就和结算单一致」. */
export type Explanation = {
	/**  改什么，一样或几样 */
	changes: Message[],
	/**  那样就一致的行 */
	agreeing: SlipLine[],
	/**  一共能比几行 */
	compared: number,
	/**  全部一致 */
	whole: boolean,
};

/**  导出的格式 */
export type ExportFormat = 
/**  全部记录，可以再导入 */
"json" | 
/**  hledger 的账 */
"hledger" | 
/**  beancount 的账 */
"beancount" | 
/**  分录表 */
"csv" | 
/**  工作簿：分录、月末余额 */
"xlsx" | 
/**  日历：划入、计划、用完的日子 */
"ics";

/**  一处改动 */
export type FieldChange = {
	/**  哪一处：字段，或「适用 · 列头」 */
	what: string,
	/**  原来；没有则无 */
	before: string | null,
	/**  现在；没有则无 */
	after: string | null,
};

/**  分成两条线的地方 — one member who is expected to retire. */
export type Fork = {
	/**  成员 */
	member: MemberId,
	/**  从哪天起分开 */
	from: string,
	/**  问的是什么 */
	what: Message,
	/**  两条线：接着工作、退休 */
	lines: ForkLine[],
};

/**  其中一条线上，这位成员到最后怎样 */
export type ForkLine = {
	/**  哪一条 */
	what: Message,
	/**  整个预测期一共划入 */
	credited: Amount,
	/**  划入是哪几样加起来的；几种可能里不一样的，没有 */
	credited_of: Addend[],
	/**  最后一个月的月末余额 */
	closing: Amount,
	/**  整个预测期的最低点 */
	lowest: LowPoint | null,
	/**  用完 */
	run_out: RunOut | null,
	/**  一共要付的现金 */
	cash: Amount,
	/**  现金是哪几样加起来的；几种可能里不一样的，没有 */
	cash_of: Addend[],
};

/**  可能的原因 */
export type GapCause = {
	/**  种类 */
	kind: GapKind,
	/**  说明 */
	what: Message,
	/**  凭什么这样说 */
	evidence: Message[],
	/**  怎么办 */
	action: Message,
	/**  出处 */
	source: SourceRef | null,
};

/**  原因的种类 — of equally well founded causes the earlier one stands first. */
export type GapKind = 
/**  和别的月份记在一笔里 */
"merged" | 
/**  记到别的月份了 */
"other_month" | 
/**  记到别的账户了 */
"other_account" | 
/**  已经在填写的余额里 */
"in_balance" | 
/**  缴费晚了或没有缴 */
"paid_late" | 
/**  这里一向到得晚，或遇到休息日 */
"comes_late" | 
/**  代扣和预计的不同 */
"withheld" | 
/**  退休前后换算法 */
"retired" | 
/**  年龄换档 */
"age" | 
/**  缴费基数不同 */
"base" | 
/**  规则换了，还按以前的划 */
"rules" | 
/**  自己填的固定数变了 */
"entered" | 
/**  换了参保地、险种或参保方式 */
"moved" | 
/**  停保、欠费 */
"stopped";

/**  家人之间怎么转 */
export type GiveWay = 
/**  跨省的医保钱包 */
"wallet" | 
/**  家庭共济账户 */
"family_account";

/**
 *  可信等级 — how far a figure may be trusted, best first; comparing two gives the weaker as the
 *  greater one.
 */
export type Grade = 
/**  官方 — the issuing body, or the press quoting it. */
"official" | 
/**  转载 — a third-party copy worded like the notice. */
"copy" | 
/**  仅线索 — a lead only; off unless the user switches such figures on. */
"claimed" | 
/**  本人填写 — a figure that the household itself stated. */
"stated";

/**  依据 — what an event rests on. */
export type Ground = 
/**  规则：出处列在 `sources` */
"rule" | 
/**  家里自己记下的：参保经历、本人填写的数 */
"record" | 
/**  照以往到账的数推断 */
"learned" | 
/**  没有收进来的规则 */
"no_rule";

/**  平时的花费 — of one member. */
export type Habit = {
	/**  成员 */
	member: MemberId,
	/**  算进去的月份 */
	months: SpentMonth[],
	/**  还差几个月的记录 */
	missing: number,
	/**  一个月一般花多少（中间的一个）；记录不够则无 */
	usual: Yuan | null,
};

/**  加上平时的花费以后 — of one member; a line of its own. */
export type HabitOutlook = {
	/**  平时的花费 */
	habit: Habit,
	/**  逐月；记录不够则空 */
	months: HabitRow[],
	/**  最早哪个月账户不够付 */
	short_in: Month | null,
	/**  最后一个月的月末余额 */
	closing: Amount,
	/**  一共要付的现金（计划的和平时的） */
	cash: Amount,
};

/**  加上平时的花费以后的一个月 */
export type HabitRow = {
	/**  哪个月 */
	month: Month,
	/**  计划里已经有的 */
	planned: Amount,
	/**  平时的花费里计划没有的 */
	more: Amount,
	/**  当月要付的现金（计划的和平时的） */
	cash: Amount,
	/**  月末余额 */
	closing: Amount,
};

/**  一个会变的数 */
export type Impact = {
	/**  什么 */
	kind: ImpactKind,
	/**  谁 */
	member: string,
	/**  哪天 */
	on: string,
	/**  哪一笔：待遇的词、计划的名称、缴费的年度或所属月份 */
	what: string,
	/**  哪一个数 */
	figure: ImpactFigure,
	/**  原来 */
	before: Amount,
	/**  现在 */
	after: Amount,
	/**  相差；有一边不确定则无 */
	by: Yuan | null,
};

/**  哪一个数 */
export type ImpactFigure = 
/**  基金支付 */
"fund" | 
/**  现金 */
"cash" | 
/**  缴费的数 */
"premium" | 
/**  划入到账 */
"credit" | 
/**  预测期末的账户余额 */
"balance";

/**  会变的是什么 */
export type ImpactKind = 
/**  记下的结算，按规则重算；记录本身不变 */
"recorded" | 
/**  计划的支出 */
"planned" | 
/**  计划的缴费 */
"premium" | 
/**  预测 */
"expected";

/**  语言 */
export type Language = 
/**  中文 */
"zh" | 
/**  English */
"en";

/**  分录的一腿 — how one account (and sub-account) changes. */
export type Leg = {
	/**  账户 */
	account: AccountId,
	/**  子账户 — of an insurance account; none for cash. */
	sub: SubAccountId | null,
	/**  增（正）减（负） */
	amount: Yuan,
};

/**  一行的差别 */
export type LineDifference = {
	/**  哪一行 */
	line: SlipLine,
	/**  估算；这一行本来就不估算的没有 */
	estimated: Amount | null,
	/**  单子上的数 */
	slip: Yuan,
	/**  差额 = 单子 − 估算；估算没有定的没有 */
	difference: Yuan | null,
};

/**  结算单的费用各行 */
export type Lines = {
	/**  医疗费总额 */
	total: Amount,
	/**  全自费 */
	full_self_pay: Amount,
	/**  超限价自费 */
	over_limit: Amount,
	/**  先行自付 */
	upfront_copay: Amount,
	/**  不予支付 */
	not_paid: Amount,
	/**  符合政策范围 */
	in_scope: Amount,
	/**  账户段 */
	account_segment: Amount,
	/**  实际支付起付线 */
	deductible_paid: Amount,
	/**  按比例自付 */
	coinsurance: Amount,
	/**  超封顶线自付 — what no fund took over. */
	over_cap: Amount,
};

/**  最低点 */
export type LowPoint = {
	/**  哪天 */
	on: string,
	/**  多少 */
	amount: Amount,
	/**  从哪件事来；没有事件的，是起点的余额 */
	because: Because | null,
};

/**  成员 */
export type Member = {
	/**  编号 */
	id: MemberId,
	/**  姓名 — two members may share one. */
	name: string,
	/**  出生日期 */
	born: string | null,
	/**  备注 */
	note: string,
};

/**  成员卡 */
export type MemberCard = {
	/**  成员 */
	member: Member,
	/**  参保；无则没有填 */
	enrollment: Enrollment | null,
	/**  参保地名称 */
	place: string,
	/**  当地有没有规则 */
	has_rules: boolean,
	/**  有没有个人账户；无则未知 */
	has_account: boolean | null,
	/**  医保账户 */
	account: AccountId | null,
	/**  余额合计 */
	balance: Amount,
	/**  各子账户 */
	subs: SubBalance[],
	/**  最后一笔记录或填写的日期 */
	as_of: string | null,
	/**  下一次划入 */
	next_credit: NextCredit | null,
	/**  该到而没有记的划入，最早的在前 */
	due: DueCredit[],
	/**  到的数和规定的不一样的划入 */
	other_sums: CreditGap[],
	/**  下一次划入之前的最低点 */
	lowest_before_credit: LowPoint | null,
	/**  用完 */
	run_out: RunOut | null,
	/**  预测到哪天 */
	projected_until: string,
	/**  用完怎么办 */
	advice: AdviceOption[],
	/**  未定之处 */
	unknown: Open[],
};

/**  成员详情 */
export type MemberDetail = {
	/**  成员 */
	member: Member,
	/**  参保关系，早的在前 */
	enrollments: Enrollment[],
	/**  中间断开的各段，早的在前 */
	gaps: EnrollmentGap[],
	/**  参保地名称，按统筹区 */
	places: { [key in PoolId]: string },
	/**  账户 */
	accounts: AccountView[],
	/**  累计数的现值 */
	counters: CounterNow[],
	/**  本人填写的到账日 */
	credit_day: number | null,
	/**  计划支出 */
	plans: PlanView[],
	/**  计划缴费 */
	premiums: PremiumView[],
	/**  接下来要缴哪个年度的居民医保费；不是居民的没有 */
	premium_year: number | null,
	/**  家人的账户替这位成员付的，新的在前 */
	paid_for: PaidForRow[],
};

/**  一位成员的草稿 */
export type MemberDraft = {
	/**  姓名 */
	name: string,
	/**  出生日期 */
	born: string | null,
	/**  参保；无则先不填 */
	enrollment: EnrollmentDraft | null,
	/**  医保账户余额，按子账户 */
	balances: { [key in SubAccountId]: Yuan },
	/**  余额截至 */
	balances_as_of: string | null,
	/**  现金账户余额 */
	cash: Yuan | null,
	/**  本年度累计数 */
	counters: { [key in string]: string },
	/**  累计数截至 */
	counters_as_of: string | null,
	/**  每月到账日 */
	credit_day: number | null,
};

/**  参保人的情况 — what rows of the rules select on. */
export type MemberFacts = {
	/**  参保状态 */
	status: EmploymentStatus,
	/**  出生日期 */
	born: string | null,
	/**  退休日期 */
	retired_on: string | null,
	/**  累计缴费月数 */
	insured_months: number | null,
	/**  特殊身份 */
	special: Special,
	/**  缴费档次、人群 — a word of the rows that select on it. */
	tier: string | null,
	/**  单位性质 — a word of the rows that select on it. */
	employer: string | null,
	/**  连续缴费年数 */
	continuous_years: number | null,
	/**  参保与缴费的经过 — absent: the status alone says whether the pool pays. */
	contributions?: Contributions | null,
};

/**  成员 — a [`crate::Member`]'s number. */
export type MemberId = number;

/**  一位成员的前景 */
export type MemberOutlook = {
	/**  成员 */
	member: MemberId,
	/**  医保账户；没有账户则无 */
	account: AccountId | null,
	/**  起点余额 */
	balance: Amount,
	/**  下一次划入 */
	next_credit: NextCredit | null,
	/**  下一次划入之前的最低点 */
	lowest_before_credit: LowPoint | null,
	/**  整个预测期的最低点 */
	lowest: LowPoint | null,
	/**  用完 */
	run_out: RunOut | null,
	/**  第一次要付现金 */
	first_cash: LowPoint | null,
	/**  整个预测期一共要付的现金 */
	cash: Amount,
	/**  这些现金是哪几样加起来的 */
	cash_of: Addend[],
	/**  要付现金最多的一个月 */
	cash_peak: CashMonth | null,
	/**  从某个月起停保，要退回多少 — only where credits are advanced; two years at most. */
	to_return: MoneyToReturn[],
};

/**
 *  A sentence for people as a code and its parameters; the text stands in the message files of
 *  both languages (`api/messages`). Parameters are already formatted words, amounts and dates.
 */
export type Message = {
	/**  Key of the text, such as `step.deductible`. */
	code: string,
	/**  What stands in the text's `{name}` places. */
	params: { [key in string]: string },
};

/**  从这个月起停保，要退回多少 */
export type MoneyToReturn = {
	/**  从哪个月起停保 */
	month: Month,
	/**  已经预划、还没有挣到的钱；零就是不用退 */
	amount: Amount,
	/**  算式 */
	formula: string | null,
	/**  出处 */
	sources: SourceRef[],
};

/**  月份 — a calendar month, written `2025-03`. Years 1900 to 2199. */
export type Month = string;

/**  一位成员的一个月 */
export type MonthRow = {
	/**  月份 */
	month: Month,
	/**  成员 */
	member: MemberId,
	/**  月初余额 */
	opening: Amount,
	/**  划入（净额） */
	credited: Amount,
	/**  本人账户为自己支付 */
	own_paid: Amount,
	/**  本人账户为家人支付 */
	aid_given: Amount,
	/**  家人账户为自己支付 */
	aid_taken: Amount,
	/**  现金 */
	cash_paid: Amount,
	/**  月末余额 */
	closing: Amount,
	/**  月内最低 */
	lowest: Amount,
	/**  含沿用的数 */
	assumed: boolean,
};

/**  什么事 */
export type Movement = 
/**  一个账户上的一笔 */
{ what: "plain"; 
/**  哪个账户 */
account: AccountId; 
/**  哪一部分 */
sub: SubAccountId | null; 
/**  种类 */
kind: EntryKind; 
/**  所属月份 */
for_month: Month | null; 
/**  增（正）减（负） */
amount: Yuan; 
/**  替谁付的 — of spending; none for the owner of the account. */
for_member: MemberId | null } | 
/**  家人之间转钱 */
{ what: "give"; 
/**  从哪个账户 */
from: AccountId; 
/**  从哪一部分 */
sub: SubAccountId; 
/**  给谁 */
to: MemberId; 
/**  对方是转出人的什么人 */
relation: Relation; 
/**  怎么转 */
way: GiveWay; 
/**  多少 */
amount: Yuan; 
/**  几点，写成 `"21:59"`；不写为不看时段 */
at: string | null } | 
/**  钱包转账没有被接收，退回来了 */
{ what: "returned"; 
/**  哪一笔转账 */
entry: EntryId } | 
/**  取现 */
{ what: "withdraw"; 
/**  从哪个账户 */
from: AccountId; 
/**  从哪一部分 */
sub: SubAccountId; 
/**  多少 */
amount: Yuan } | 
/**  退费 */
{ what: "refund"; 
/**  哪一次结算 */
settlement: SettlementId; 
/**  退多少 */
back: RefundBack } | 
/**  缴保费 */
{ what: "premium"; 
/**  从哪个账户 */
from: AccountId; 
/**  从哪一部分 */
sub: SubAccountId; 
/**  给谁缴 */
for_member: MemberId; 
/**  对方是缴费人的什么人；给自己缴的不看 */
relation: Relation; 
/**  哪一种 */
premium: PremiumKind; 
/**  哪个年度；不写为接下来要缴的，只看居民医保 */
year?: number | null; 
/**  多少 */
amount: Yuan } | 
/**  账户转到别处 */
{ what: "move_away"; 
/**  原来的账户 */
from: AccountId; 
/**  转到哪里 */
pool: PoolId } | 
/**  账户注销 */
{ what: "close"; 
/**  谁的 */
member: MemberId; 
/**  为什么 */
why: CloseWhy; 
/**  剩下的钱进了哪个账户；没有记的账户不写 */
to: AccountId | null } | 
/**  结转 */
{ what: "roll_over"; 
/**  哪个账户 */
account: AccountId; 
/**  从哪一部分 */
from: SubAccountId; 
/**  到哪一部分 */
into: SubAccountId; 
/**  多少 */
amount: Yuan };

/**  一个账户的变化 */
export type MovementChange = {
	/**  谁的 */
	member: string,
	/**  账户；还没有开的没有 */
	account: AccountId | null,
	/**  账户名称 */
	account_name: string,
	/**  子账户 */
	sub: SubAccountId | null,
	/**  子账户名称 */
	sub_name: string | null,
	/**  原来多少 */
	before: Yuan,
	/**  增减 */
	amount: Yuan,
	/**  以后多少 */
	after: Yuan,
};

/**  一个累计数的变化 */
export type MovementCounter = {
	/**  名称 */
	name: string,
	/**  原来多少 */
	before: string,
	/**  以后多少；定不下来的没有 */
	after: string | null,
};

/**  一件事，哪天 — recorded in one step, as one entry with all that it changed. */
export type MovementDraft = {
	/**  哪天 */
	on: string,
	/**  备注 */
	memo: string,
	/**  什么事 */
	movement: Movement,
};

/**  会变什么 — before anything is recorded. */
export type MovementView = {
	/**  哪个账户变多少 */
	changes: MovementChange[],
	/**  累计数退回多少 — of a refund. */
	counters: MovementCounter[],
	/**  为什么记不了 */
	refused: ApiError | null,
	/**  说明 */
	notes: Message[],
	/**  依据的规则的出处 */
	source: SourceRef | null,
	/**  可信等级 */
	grade: Grade | null,
	/**  未定之处 */
	open: Open[],
};

/**  下一次划入 */
export type NextCredit = {
	/**  子账户 */
	sub: SubAccountId,
	/**  所属月份 */
	for_month: Month,
	/**  最早；无则日子未知 */
	earliest: string | null,
	/**  最晚；无则日子未知 */
	latest: string | null,
	/**  日子从哪里来 */
	day: DayKnown,
	/**  毛额 */
	gross: Amount,
	/**  代扣 */
	withheld: Amount,
	/**  净额 */
	net: Amount,
	/**  算式 */
	formula: string | null,
	/**  出处 */
	sources: SourceRef[],
	/**  沿用旧数 */
	assumed: boolean,
	/**  规则没有写明，照以往到账的数推断 */
	learned: boolean,
};

/**  The word `unknown` on the wire. */
export type NotKnown = 
/**  不知道 */
"unknown";

/**  只有退休人员自己知道、规则又要用的 */
export type OfRetirees = {
	/**  本人养老金 */
	pension: boolean,
	/**  固定划入额 */
	frozen_credit: boolean,
	/**  原单位性质，可选的词；空则不问 */
	employers: string[],
};

/**  未定之处 — something the rules or the record leave open and the question that would settle it. */
export type Open = {
	/**  Machine-readable name: `rule`, `counter:op_fund`, `cell:inpatient.rate`, `balance:book`, … */
	key: string,
	/**  What is open, for people. */
	what: Message,
	/**  要问的问题 — in the file's own words where it gives one. */
	ask: string | null,
	/**  两种（或几种）读法各得多少 */
	readings: OpenReading[],
};

/**  One reading of something open and what it leads to. */
export type OpenReading = {
	/**  The reading, for people. */
	what: Message,
	/**  基金支付总额 under this reading. */
	fund_paid: Amount,
	/**  个人负担 under this reading. */
	patient_paid: Amount,
};

/**  办法的种类 */
export type OptionKind = 
/**  报销照旧：账户没钱不影响统筹 */
"pool_still_pays" | 
/**  本人账户里还有的 */
"own_account" | 
/**  本人说的可以透支的 */
"overdraft" | 
/**  该到没到的划入：查一下到了没有 */
"overdue_credit" | 
/**  已绑定的家人账户 */
"mutual_aid" | 
/**  可以绑定而还没有绑定的家人 */
"bind_relative" | 
/**  家人先把钱转进家庭共济账户 */
"family_account" | 
/**  跨省钱包转账 */
"wallet_transfer" | 
/**  跨省的共济额度：家人留出一部分给用 */
"reservation" | 
/**  账户里可以取出来的部分 */
"withdraw" | 
/**  等下一次划入（急诊、处方药不要等） */
"wait_for_credit" | 
/**  现金 */
"cash" | 
/**  大病、大额的起付线还差多少 */
"second_layer_near" | 
/**  以后还能理赔的：惠民保、商业保险 */
"claim_later" | 
/**  付现金有困难的：缓交、分期、医疗救助——没有收进规则，说明要去问谁 */
"relief" | 
/**  规则不知道 */
"not_known";

/**  同一笔里别的账户 */
export type OtherAccount = {
	/**  谁的 */
	member: string,
	/**  是不是同一个人的 */
	same_member: boolean,
	/**  账户名称 */
	name: string,
	/**  那边的增减 */
	amount: Yuan,
	/**  是不是进了医保钱包 */
	in_wallet: boolean,
};

/**  本人说的可透支额 — no place with an official overdraft is known, so it is the member's own statement. */
export type Overdraft = {
	/**  最多能透支多少 */
	limit: Yuan,
	/**  从哪里知道的 */
	source: string,
	/**  哪天说的 */
	stated_on: string,
	/**  低于零以后最迟几个月要用现金补上，1 到 12；无则由以后的划入补 */
	repay_within?: number | null,
};

/**  可透支额 — what the member knows about an account, and from where. */
export type OverdraftDraft = {
	/**  最多能透支多少 */
	limit: Yuan,
	/**  从哪里知道的 */
	source: string,
	/**  低于零以后最迟几个月要用现金补上，1 到 12；由以后的划入补的不写 */
	repay_within: number | null,
};

/**  总览 */
export type Overview = {
	/**  今天 */
	today: string,
	/**  每位成员一张卡 */
	cards: MemberCard[],
};

/**  本户自己写的一条 */
export type OwnRule = {
	/**  写成了哪一段 */
	block: BlockRef,
	/**  哪里的 */
	place: string,
	/**  险种 */
	scheme: string,
	/**  部分的词 */
	part: string,
	/**  段名；读不出来则无 */
	title: string | null,
	/**  和当地的规则有什么不同；没有则是一样的 */
	changes: FieldChange[],
	/**  到哪天（含）为止 */
	until: string | null,
	/**  从哪里知道的 */
	source: string,
	/**  不起作用的原因 */
	problems: RulesProblem[],
};

/**  本户说的一个数 */
export type OwnRuleDraft = {
	/**  哪里的 */
	pool: PoolId,
	/**  险种 */
	scheme: Scheme,
	/**  照着哪一段 */
	block: BlockRef,
	/**  第几行，从 0 起 */
	row: number,
	/**  第几格，从 0 起 */
	column: number,
	/**  数，如 `85%`、`600`、`不限` */
	figure: string,
	/**  从哪天起 */
	from: string,
	/**  到哪天（含）为止；不知道则无 */
	until: string | null,
	/**  从哪里知道的 */
	source: string,
};

/**  自己加的规则 — all of them. */
export type OwnRules = {
	/**  政策包 */
	packs: PolicyPack[],
	/**  本户自己写的，一条一个数 */
	rules: OwnRule[],
};

/**  家人的账户付的一笔 */
export type PaidForRow = {
	/**  编号 */
	id: EntryId,
	/**  哪天 */
	on: string,
	/**  种类 */
	kind: EntryKind,
	/**  谁的账户 */
	by: string,
	/**  那个账户的增减 */
	amount: Yuan,
};

/**  打印的样式 */
export type PaperForm = 
/**  A4 全文 */
"full" | 
/**  大字一页，给窗口看 */
"counter";

/**  待遇 — the benefit under which a bill is settled; in policy files a `part`. */
export type Part = 
/**  普通门诊 */
"general_outpatient" | 
/**  定点药店购药 */
"pharmacy" | 
/**  门诊慢特病 */
"chronic_outpatient" | 
/**  住院 */
"inpatient";

/**  账户一部分的变化 */
export type PartChange = {
	/**  子账户 */
	sub: SubAccountId,
	/**  增（正）减（负） */
	change: Amount,
};

/**  付款方 — who pays a part of a slice. */
export type Payer = 
/**  统筹基金 */
"pool" | 
/**  退休人员统一补充医疗保险 */
"retiree_supplement" | 
/**  职工大额医疗费用补助 */
"large_expense_subsidy" | 
/**  大病保险 */
"serious_illness" | 
/**  公务员医疗补助 */
"civil_servant_subsidy" | 
/**  企业补充医疗保险 */
"employer_supplement" | 
/**  医疗救助 */
"medical_assistance" | 
/**  本人个人账户 */
"own_account" | 
/**  家庭共济 */
"mutual_aid" | 
/**  现金 */
"cash";

/**  谁付多少 */
export type Payers = {
	/**  统筹基金支出 */
	pool_paid: Amount,
	/**  退休人员统一补充医疗保险支出 */
	retiree_supplement_paid: Amount,
	/**  职工大额医疗费用补助支出 */
	large_expense_subsidy_paid: Amount,
	/**  大病保险支出 */
	serious_illness_paid: Amount,
	/**  公务员医疗补助支出 */
	civil_servant_subsidy_paid: Amount,
	/**  企业补充医疗保险支出 */
	employer_supplement_paid: Amount,
	/**  医疗救助支出 */
	medical_assistance_paid: Amount,
	/**  基金支付总额 */
	fund_paid: Amount,
	/**  个人负担总金额 */
	patient_paid: Amount,
	/**  本人账户支付 */
	own_account_paid: Amount,
	/**  其中各子账户 */
	own: { [key in SubAccountId]: Amount },
	/**  账户共济支付 */
	mutual_aid_paid: Amount,
	/**  其中各授权人 */
	aid: AidPaid[],
	/**  个人账户支出合计（本人 + 共济） */
	accounts_paid: Amount,
	/**  个人现金支出 */
	cash_paid: Amount,
};

/**  可用的账户 — what could pay the member's share. */
export type PayersAtHand = {
	/**  本人账户余额，按子账户 */
	own: { [key in SubAccountId]: Yuan },
	/**  共济授权人 */
	aid: AidOffer[],
};

/**  缴费期 */
export type PaymentWindow = {
	/**  自 */
	from: string,
	/**  至（含） */
	until: string,
};

/**  统筹区的选择项 */
export type Place = {
	/**  统筹区 */
	pool: PoolId,
	/**  名称 */
	name: string,
	/**  省份名称 */
	province: string,
	/**  有没有规则 */
	has_rules: boolean,
};

/**  某地的表单 — what can be chosen and asked there on a day. */
export type PlaceForm = {
	/**  统筹区 */
	pool: PoolId,
	/**  名称 */
	name: string,
	/**  有没有规则 */
	has_rules: boolean,
	/**  参保方式 */
	plans: PlanChoice[],
	/**  子账户 */
	subs: SubChoice[],
	/**  各待遇的机构类别 */
	classes: ClassChoice[],
	/**  累计数 */
	counters: CounterChoice[],
	/**  缴费基数上下限 */
	base: BaseRange | null,
	/**  规则写的到账日说明 */
	arrival: string | null,
	/**  规则要问退休人员本人的 */
	of_retirees: OfRetirees,
};

/**  参保方式的选择项 */
export type PlanChoice = {
	/**  标识 */
	id: string,
	/**  名称 */
	name: string,
	/**  有没有个人账户；无则未查到 */
	has_account: boolean | null,
};

/**  一项计划的日子 — what a form says means, before it is sent. */
export type PlanDays = {
	/**  多久一次，写成话 */
	often: string,
	/**  接下来的几天 */
	days: string[],
	/**  后面还有没有 */
	goes_on: boolean,
};

/**  计划支出的草稿 */
export type PlanDraft = {
	/**  成员 */
	member: MemberId,
	/**  名称 */
	title: string,
	/**  待遇 */
	part: Part,
	/**  机构类别 */
	class: string | null,
	/**  每次费用 */
	bill: Bill,
	/**  从哪天起 */
	first_on: string,
	/**  多久一次 */
	repeat: Repeat,
	/**  不能推迟 */
	urgent: boolean,
};

/**  计划支出 — a [`crate::PlannedSpending`]'s number. */
export type PlanItemId = number;

/**  计划支出视图 */
export type PlanView = {
	/**  计划支出 */
	plan: PlannedSpending,
	/**  多久一次，写成话 */
	often: string,
	/**  多久一次，表单里的样子 */
	repeat: Repeat,
};

/**
 *  计划缴费 — the premium of a resident's insurance that is to be paid for every year of a span, each time
 *  before the year begins or soon after: in the payment window of the place.
 */
export type PlannedPremium = {
	/**  编号 */
	id: PlannedPremiumId,
	/**  给谁缴 */
	member: MemberId,
	/**  用谁的个人账户缴；无则付现金 */
	paid_by: MemberId | null,
	/**  参保的人是缴费人的什么人 — only where somebody else pays. */
	relation: Relation | null,
	/**  第一个年度 */
	from_year: number,
	/**  最后一个年度；无则一直缴 */
	until_year: number | null,
	/**  第一个年度的，打算哪天缴；以后每年同一天。无则缴费期的最后一天 */
	pay_on: string | null,
	/**  每年缴多少，本人填写的；只用在规则没有写明的年度。无则不知道 */
	amount: Yuan | null,
};

/**  计划缴费 — a [`crate::PlannedPremium`]'s number. */
export type PlannedPremiumId = number;

/**  计划支出 — a visit, a prescription, a stay that is expected. */
export type PlannedSpending = {
	/**  编号 */
	id: PlanItemId,
	/**  成员 */
	member: MemberId,
	/**  名称 */
	title: string,
	/**  待遇 */
	part: Part,
	/**  机构类别 */
	class: string | null,
	/**  每次费用 */
	bill: Bill,
	/**  从哪天起 — a plan that recurs happens on the days of its rule from here on. */
	first_on: string,
	/**  重复方式；只有一次的没有 */
	recurrence: Recurrence | null,
	/**  是否不能推迟（急诊、处方药） */
	urgent: boolean,
};

/**
 *  政策的一段，写成人看的表 — in the language that was asked for; names that the place gave, the
 *  source, the note and the question as they stand in the file
 */
export type PolicyBlock = {
	/**  哪一段 */
	reference: BlockRef,
	/**  来自哪一层（统筹区名称，或全国） */
	layer: string,
	/**  段名 */
	title: string,
	/**  字段，「名称：值」 */
	facts: PolicyFact[],
	/**  还没有查到的字段，只有名称 */
	open: string[],
	/**  列头，第一列是条件 */
	heads: string[],
	/**  行 */
	rows: string[][],
	/**  格，照文件的写法，可以由本户另写；没有表则为空 */
	cells: string[][],
	/**  哪几格是本户自己写的，和 `cells` 一样排；比不出来则为空 */
	stated: boolean[][],
	/**  是本户自己写的 */
	own: boolean,
	/**  出处 */
	source: SourceRef | null,
	/**  有效等级 */
	grade: Grade,
	/**  说明 */
	note: string | null,
	/**  问题 */
	ask: string | null,
	/**  先按旧数 */
	assumed: boolean,
	/**  因只是线索而没有采用 */
	off: boolean,
};

/**  一段的差别 */
export type PolicyChange = {
	/**  哪一段 */
	block: BlockRef,
	/**  哪里的 */
	place: string,
	/**  险种 */
	scheme: string,
	/**  部分的词 */
	part: string,
	/**  段名 */
	title: string,
	/**  怎么变 */
	kind: ChangeKind,
	/**  变了什么；增删的段没有 */
	changes: FieldChange[],
};

/**  一项「名称：值」 */
export type PolicyFact = {
	/**  名称 */
	name: string,
	/**  值 */
	value: string,
};

/**  政策包 — a folder of policy files that was added. */
export type PolicyPack = {
	/**  名称 — the folder's. */
	name: string,
	/**  哪天加的 */
	added_on: string,
	/**  几个文件 */
	files: number,
	/**  说的是哪些地方 */
	places: string[],
	/**  现在有哪些问题；有问题的段不起作用 */
	problems: RulesProblem[],
};

/**  政策的一部分 */
export type PolicyPart = {
	/**  部分的词（`general_outpatient`、`personal_account` …） */
	part: string,
	/**  段 */
	blocks: PolicyBlock[],
};

/**  用到的政策 */
export type PolicyUsed = {
	/**  规则段 */
	blocks: BlockRef[],
	/**  SHA-256 over the policy library's files. */
	hash: string,
	/**  其中最弱的可信等级 */
	weakest: Grade | null,
};

/**  政策页 — what applies to a member (or a place) on a day. */
export type PolicyView = {
	/**  统筹区 */
	pool: PoolId,
	/**  名称 */
	name: string,
	/**  险种 */
	scheme: Scheme,
	/**  日期 */
	day: string,
	/**  有没有规则 */
	has_rules: boolean,
	/**  各部分 */
	parts: PolicyPart[],
};

/**  统筹区 — the identifier of a pool, as in `policies/pools.toml` (`"110000"`, `"610000-benji"`). */
export type PoolId = string;

/**  一个账户扣多少 */
export type Posted = {
	/**  本人账户、共济或现金 */
	payer: Payer,
	/**  谁的账户 */
	name: string,
	/**  金额 */
	amount: Yuan,
};

/**  计划缴费的草稿 */
export type PremiumDraft = {
	/**  给谁缴 */
	member: MemberId,
	/**  用谁的个人账户缴；无则付现金 */
	paid_by: MemberId | null,
	/**  参保的人是缴费人的什么人；给自己缴、付现金的不写 */
	relation: Relation | null,
	/**  第一个年度 */
	from_year: number,
	/**  最后一个年度；无则一直缴 */
	until_year: number | null,
	/**  第一个年度的，打算哪天缴；无则缴费期的最后一天 */
	pay_on: string | null,
	/**  每年缴多少，本人知道的；规则没有写明的年度才用。不知道的不写 */
	amount: Yuan | null,
};

/**  哪一种保费 */
export type PremiumKind = 
/**  居民医保 */
"resident" | 
/**  长护险 */
"long_term_care" | 
/**  普惠险 */
"inclusive_supplement";

/**  家人的账户能不能缴 */
export type PremiumPayerTold = {
	/**  允不允许 */
	allowed: Allowed,
	/**  理由 */
	reason: Message,
	/**  账户至少留多少；无则不知道 */
	keeps: Yuan | null,
	/**  出处 */
	source: SourceRef | null,
	/**  可信等级 */
	grade: Grade | null,
};

/**  一个年度的缴费 — what the rules say of it. */
export type PremiumTold = {
	/**  年度 */
	year: number,
	/**  个人缴多少 */
	amount: Amount,
	/**  照计划哪天缴；不知道则无 */
	on: string | null,
	/**  集中缴费期 */
	window: PaymentWindow | null,
	/**  延长期（补缴期） */
	extension: PaymentWindow | null,
	/**  之后才缴的等几个月 */
	wait_after: number | null,
	/**  沿用别的年度的数 */
	assumed: boolean,
	/**  缴多少是本人填写的 */
	stated: boolean,
	/**  出处 */
	source: SourceRef | null,
	/**  可信等级 */
	grade: Grade | null,
	/**  未定之处 */
	unknown: Open[],
	/**  家人的账户能不能缴；付现金、用自己账户的没有 */
	payer: PremiumPayerTold | null,
};

/**  一项计划缴费 */
export type PremiumView = {
	/**  计划缴费 */
	plan: PlannedPremium,
	/**  用谁的账户 */
	payer: string | null,
	/**  接下来要缴的一年；没有了则无 */
	next: PremiumTold | null,
};

/**  事件 — something that is expected to happen on a day, with what it does to the member's account. */
export type ProjectedEvent = {
	/**  最早 */
	earliest: string,
	/**  最晚（也用来排先后、算余额） */
	on: string,
	/**  成员 */
	member: MemberId,
	/**  种类 */
	kind: EventKind,
	/**  说明 */
	what: Message,
	/**  本人医保账户的变化 */
	change: Amount,
	/**  本人医保账户的余额（之后） */
	balance: Amount,
	/**  支出的分担，按付款方 */
	split: EventSplit | null,
	/**  哪一项计划 */
	plan: PlanItemId | null,
	/**  哪一项计划缴费 */
	premium: PlannedPremiumId | null,
	/**  划入所属月份；缴费的，那个年度的第一个月 */
	for_month: Month | null,
	/**  应划（毛额） */
	gross: Amount | null,
	/**  代扣 */
	withheld: Amount | null,
	/**  算式 */
	formula: string | null,
	/**  账户的各部分各变化多少 — where the request asks for every step; parts that stay as they are are left out. */
	parts: PartChange[],
	/**  依据 */
	ground: Ground,
	/**
	 *  怎样结的，一步一步 — of a bill, where the request asks for it; of several readings the one under which
	 *  most is paid in cash.
	 */
	steps: Step[],
	/**  出处 */
	sources: SourceRef[],
	/**  沿用旧数，未公布 */
	assumed: boolean,
	/**  只在哪种可能里有；都有的没有 */
	only: Message | null,
};

/**  预测 — from the day after `from` to `until`. Everything up to `from` is record, never projected. */
export type Projection = {
	/**  实际至 */
	from: string,
	/**  预测到 */
	until: string,
	/**  事件，按日 */
	events: ProjectedEvent[],
	/**  逐月，按月、成员 */
	months: MonthRow[],
	/**  每位成员的结论 */
	members: MemberOutlook[],
	/**  全家要付现金的月份 */
	cash: CashMonth[],
	/**  全家要付现金最多的一个月 */
	cash_peak: CashMonth | null,
	/**  共济：谁的钱给谁用，一共多少 */
	shared: SharedMoney[],
	/**  预计退休的人：接着工作、退休，两条线各怎样 */
	forks: Fork[],
	/**  未定之处 */
	unknown: Open[],
	/**  用到的政策 */
	policy: PolicyUsed,
};

/**
 *  一份预测 — the scheduled figures are always there, and the same in every mode; what a mode adds stands
 *  beside them.
 */
export type ProjectionAnswer = {
	/**  方式 */
	mode: ProjectionMode,
	/**  账记到哪天；一笔也没有则无 */
	actual_until: string | null,
	/**  预测自哪天起 */
	projected_from: string,
	/**  只算计划的 */
	projection: Projection,
	/**  加上平时的花费：每人一条单独的线 */
	habits: HabitOutlook[],
	/**  如果……：另一份预测和差别 */
	comparison: Comparison | null,
};

/**  要一份预测 */
export type ProjectionAsk = {
	/**  往后看几个月 */
	months: number,
	/**  方式 */
	mode: ProjectionMode,
	/**  如果…… */
	scenario: Scenario | null,
};

/**  预测的方式 */
export type ProjectionMode = 
/**  只算计划的 */
"scheduled" | 
/**  加上平时的花费 */
"habits" | 
/**  如果…… */
"scenario";

/**  个人负担从哪里来 — adds up to total − pool_paid. */
export type Reasons = {
	/**  全自费 */
	full_self_pay: Amount,
	/**  超限价 */
	over_limit: Amount,
	/**  先行自付 */
	upfront_copay: Amount,
	/**  不予支付 */
	not_paid: Amount,
	/**  账户段 */
	account_segment: Amount,
	/**  起付线 */
	deductible: Amount,
	/**  按比例自付（含其他基金按比例付的部分，见各基金） */
	coinsurance: Amount,
	/**  超封顶线 */
	over_cap: Amount,
};

/**
 *  重复方式 — how often something recurs, as a rule of iCalendar (RFC 5545) without its beginning:
 *  the first day stands beside it. On the wire it is the rule's text, `FREQ=WEEKLY;BYDAY=MO,WE,FR`.
 * 
 *  What such a rule may say is larger than what a household plans in days. Hours, numbered weeks and
 *  numbered days of the year are refused by name instead of being passed over.
 */
export type Recurrence = string;

/**  退多少 */
export type RefundBack = 
/**  整张单子都退 */
{ how: "whole" } | 
/**  退一部分，先退谁照当地的规矩 */
{ how: "part"; 
/**  多少 */
amount: Yuan } | 
/**  退费单上写了各退多少 */
{ how: "stated"; 
/**  各账户退回的 */
legs: Leg[] };

/**  亲属关系 — what the aid recipient is to the aid provider. */
export type Relation = 
/**  配偶 */
"spouse" | 
/**  父母 */
"parent" | 
/**  子女 */
"child" | 
/**  兄弟姐妹 */
"sibling" | 
/**  祖父母、外祖父母 */
"grandparent" | 
/**  孙子女、外孙子女 */
"grandchild" | 
/**  不在名单里的其他亲属（例如公婆、岳父母） */
"other";

/**  多久一次 — as the form of a plan fills it in. */
export type Repeat = 
/**  一次 */
{ kind: "once" } | 
/**  每隔几天、几周、几个月、几年 */
{ kind: "every"; 
/**  几 */
every: number; 
/**  天、周、月、年 */
unit: RepeatUnit; 
/**  按周的，星期几；没有选就和第一天一样 */
weekdays: DayOfWeek[]; 
/**  按月的，哪一天 */
on: RepeatDay; 
/**  到什么时候 */
ends: RepeatEnd } | 
/**  表单里没有的样子，照原来的 */
{ kind: "rule"; 
/**  规则 */
rule: Recurrence };

/**  每月哪一天 */
export type RepeatDay = 
/**  和第一天同一日，没有这一日的月份取月末 */
{ kind: "same" } | 
/**  几日，没有这一日的月份取月末 */
{ kind: "number"; 
/**  1 到 31 */
day: number } | 
/**  最后一天 */
{ kind: "last" } | 
/**  第几个星期几 */
{ kind: "weekday"; 
/**  第几个，−1 是最后一个 */
nth: number; 
/**  星期几 */
weekday: DayOfWeek };

/**  到什么时候 */
export type RepeatEnd = 
/**  一直 */
{ kind: "never" } | 
/**  一共几次 */
{ kind: "times"; 
/**  几次 */
times: number } | 
/**  到哪天为止（含） */
{ kind: "until"; 
/**  哪天 */
day: string };

/**  天、周、月、年 */
export type RepeatUnit = 
/**  天 */
"days" | 
/**  周 */
"weeks" | 
/**  月 */
"months" | 
/**  年 */
"years";

/**  预计退休 — what somebody in service says of it. */
export type RetirementDraft = {
	/**  预计哪天退休（只看年月）；无则不填了 */
	on: string | null,
	/**  到那时累计缴费几个月 */
	insured_months: number | null,
	/**  到那时每月养老金 */
	pension: Yuan | null,
};

/**  加进来以前看一看 — what would be different. */
export type RulesPreview = {
	/**  政策包的名称 */
	name: string,
	/**  换掉一个同名的 */
	replaces: boolean,
	/**  几个文件 */
	files: number,
	/**  文件里的问题 */
	problems: RulesProblem[],
	/**  有错误，不能加；会变什么就不说了 */
	refused: boolean,
	/**  哪些段不同 */
	blocks: PolicyChange[],
	/**  哪些记下的、计划的、预测的会不同 */
	impacts: Impact[],
	/**  看的是哪些内容 — given back when it is added, so that nothing else is added than was seen. */
	seen: string,
};

/**  政策文件的一个问题 */
export type RulesProblem = {
	/**  文件 */
	file: string,
	/**  行，从 1 起；说的是整个文件则为 0 */
	line: number,
	/**  那一行写着什么 */
	excerpt: string,
	/**  写了什么、应当写什么，一句中文 */
	sentence: string,
	/**  是错误，不只是提醒 */
	error: boolean,
};

/**  用完 — the first day on which the own account cannot pay all it is asked for. */
export type RunOut = {
	/**  最早哪天 */
	earliest: string,
	/**  最晚哪天；无则另一种读法下不会用完 */
	latest: string | null,
	/**  因为哪一项计划 */
	plan: PlanItemId | null,
	/**  因为哪一项计划缴费 */
	premium: PlannedPremiumId | null,
	/**  当天账户差多少 — what relatives and cash have to pay in its place */
	short: Amount,
	/**  从哪件事来 */
	because: Because | null,
};

/**  存好的文件 */
export type SavedFile = {
	/**  路径 */
	path: string,
	/**  文件夹 */
	folder: string,
};

/**  如果…… — any number of suppositions at once. */
export type Scenario = {
	/**  看病 */
	spendings?: SupposedSpending[],
	/**  停缴 */
	stops?: SupposedStop[],
	/**  退休 */
	retirements?: SupposedRetirement[],
	/**  加一项共济 */
	bindings?: SupposedBinding[],
};

/**  险种 — which of the two basic medical insurances. */
export type Scheme = 
/**  职工基本医疗保险 */
"employee" | 
/**  城乡居民基本医疗保险 */
"resident";

/**  设置 */
export type Settings = {
	/**  语言：zh / en */
	language: string,
	/**  外观：system / light / dark */
	theme: string,
	/**  字号，百分数：100 / 125 / 150 / 200 */
	text_size: number,
	/**  是否采用「仅线索」的数字 */
	with_claimed: boolean,
};

/**  结算估算 — who pays what of a bill, why, and what remains open. Never a settlement document. */
export type SettlementEstimate = {
	/**  费用各行 */
	lines: Lines,
	/**  谁付多少 */
	payers: Payers,
	/**  个人负担从哪里来 */
	reasons: Reasons,
	/**  原因 × 付款方 */
	matrix: Cell[],
	/**  结算后的累计数 — `"unknown"` where it cannot be told. */
	so_far: { [key in string]: string },
	/**  步骤 */
	steps: Step[],
	/**  未定之处 */
	unknown: Open[],
	/**  用到的政策 */
	policy: PolicyUsed,
};

/**  已记结算 — a [`crate::RecordedSettlement`]'s number. */
export type SettlementId = number;

/**
 *  一次退费 — what came back to the accounts of the record; what the funds took back and cash that nobody keeps
 *  a record of are not in it.
 */
export type SettlementRefund = {
	/**  编号 */
	id: EntryId,
	/**  哪天 */
	on: string,
	/**  退回账户多少 */
	amount: Yuan,
};

/**  记下的一次结算 */
export type SettlementRow = {
	/**  编号 */
	id: SettlementId,
	/**  结算日 */
	on: string,
	/**  待遇 */
	part: Part,
	/**  机构类别名称 */
	class_name: string | null,
	/**  结算单，补录以前没有 */
	slip: Slip | null,
	/**  医疗费总额 */
	total: Amount,
	/**  基金支付合计，照单子；单子没有的照估算 */
	fund_paid: Amount,
	/**  个人账户（含共济） */
	accounts_paid: Amount,
	/**  现金 */
	cash_paid: Amount,
	/**  单子与当时的估算差几行；没有单子的没有 */
	differing: number | null,
	/**  个人负担：单子 − 估算；两边有一边没有就没有 */
	difference: Yuan | null,
	/**  后来的退费，按日 */
	refunds: SettlementRefund[],
};

/**  首次设置里的绑定 */
export type SetupBinding = {
	/**  授权人（位置） */
	donor: number,
	/**  使用人（位置） */
	recipient: number,
	/**  使用人是授权人的什么人 */
	relation: Relation,
	/**  绑定日期 */
	bound_on: string,
};

/**  首次设置 — one family; saving it is one step. */
export type SetupDraft = {
	/**  家庭名称 */
	name: string,
	/**  成员 */
	members: MemberDraft[],
	/**  绑定，成员以 `members` 中的位置（从 0 起）表示 */
	bindings: SetupBinding[],
};

/**  一位家人的账户替另一位付的 */
export type SharedMoney = {
	/**  谁的账户 */
	donor: MemberId,
	/**  给谁用 */
	recipient: MemberId,
	/**  整个预测期一共 */
	paid: Amount,
	/**  是哪几样加起来的 */
	of: Addend[],
};

/**  原因 — why a part of the bill is treated as it is. The slices of a settlement add up to its total. */
export type Slice = 
/**  全自费 — outside the catalogue. */
"full_self_pay" | 
/**  超限价 — above a price limit. */
"over_limit" | 
/**  先行自付 — the share of class B items that is paid before the pool looks at the rest. */
"upfront_copay" | 
/**  不予支付 — the pool does not pay this kind of bill at all. */
"not_paid" | 
/**  账户段 — what the own account must pay before the pool pays anything. */
"account_segment" | 
/**  起付线 — what the member bears before the pool pays. */
"deductible" | 
/**  统筹支付 — what the printed ratio gives. */
"pooled" | 
/**  按比例自付 — the member's share under the ratio. */
"coinsurance" | 
/**  超封顶线 — cost above a cap. */
"over_cap";

/**
 *  结算单 — the lines of the official slip as they are printed, so far as somebody typed them. What was
 *  left empty is not known; it is not nothing.
 */
export type Slip = {
	/**  单号 */
	number?: string | null,
	/**  医院名称 */
	hospital?: string | null,
	/**  医疗费总额 */
	total: Yuan,
	/**  全自费 */
	full_self_pay?: Yuan | null,
	/**  超限价自费 */
	over_limit?: Yuan | null,
	/**  先行自付 */
	upfront_copay?: Yuan | null,
	/**  符合政策范围 */
	in_scope?: Yuan | null,
	/**  实际支付起付线 */
	deductible_paid?: Yuan | null,
	/**  统筹基金支出 */
	pool_paid?: Yuan | null,
	/**  退休人员统一补充医疗保险支出 */
	retiree_supplement_paid?: Yuan | null,
	/**  职工大额医疗费用补助支出 */
	large_expense_subsidy_paid?: Yuan | null,
	/**  大病保险支出 */
	serious_illness_paid?: Yuan | null,
	/**  公务员医疗补助支出 */
	civil_servant_subsidy_paid?: Yuan | null,
	/**  企业补充医疗保险支出 */
	employer_supplement_paid?: Yuan | null,
	/**  医疗救助支出 */
	medical_assistance_paid?: Yuan | null,
	/**  其他基金支出 */
	other_fund_paid?: Yuan | null,
	/**  基金支付总额 */
	fund_paid?: Yuan | null,
	/**  个人负担总金额 */
	patient_paid?: Yuan | null,
	/**  个人账户支出 — as printed; whether the shared money is in it differs from slip to slip. */
	accounts_paid?: Yuan | null,
	/**  账户共济支付 */
	mutual_aid_paid?: Yuan | null,
	/**  个人现金支出 */
	cash_paid?: Yuan | null,
	/**  医院负担 */
	hospital_paid?: Yuan | null,
};

/**  对不上 — a slip that contradicts itself, with both sums; it is kept all the same. */
export type SlipContradiction = {
	/**  哪两个数 */
	identity: SlipIdentity,
	/**  单子上写的合计 */
	printed: Yuan,
	/**  各行加起来 */
	added: Yuan,
};

/**  两个数本该相等 — what a slip says in two ways. */
export type SlipIdentity = 
/**  总额 = 全自费 + 超限价 + 先行自付 + 政策范围 */
"lines" | 
/**  总额 = 基金 + 个人负担 + 医院负担 */
"payers" | 
/**  基金支付总额 = 各项基金之和 */
"funds" | 
/**  个人负担 = 账户 + 现金 */
"patient";

/**  结算单的一行 */
export type SlipLine = 
/**  医疗费总额 */
"total" | 
/**  全自费 */
"full_self_pay" | 
/**  超限价自费 */
"over_limit" | 
/**  先行自付 */
"upfront_copay" | 
/**  符合政策范围 */
"in_scope" | 
/**  实际支付起付线 */
"deductible_paid" | 
/**  统筹基金支出 */
"pool_paid" | 
/**  退休人员统一补充医疗保险支出 */
"retiree_supplement_paid" | 
/**  职工大额医疗费用补助支出 */
"large_expense_subsidy_paid" | 
/**  大病保险支出 */
"serious_illness_paid" | 
/**  公务员医疗补助支出 */
"civil_servant_subsidy_paid" | 
/**  企业补充医疗保险支出 */
"employer_supplement_paid" | 
/**  医疗救助支出 */
"medical_assistance_paid" | 
/**  其他基金支出 */
"other_fund_paid" | 
/**  基金支付总额 */
"fund_paid" | 
/**  个人负担总金额 */
"patient_paid" | 
/**  个人账户支出 */
"accounts_paid" | 
/**  账户共济支付 */
"mutual_aid_paid" | 
/**  个人现金支出 */
"cash_paid" | 
/**  医院负担 */
"hospital_paid";

/**  核对单 — the slip beside the estimate, and what would be recorded of it. */
export type SlipReport = {
	/**  成员姓名 */
	member_name: string,
	/**  参保地名称 */
	place: string,
	/**  机构类别名称 */
	class_name: string | null,
	/**  核对的结果 */
	report: DifferenceReport,
	/**  单子自己对不上的地方 */
	contradictions: Message[],
	/**  记下时，各账户扣多少；定不下来的没有 */
	posted: Posted[] | null,
	/**  记的时候要知道的 */
	notes: Message[],
	/**  请求的散列 */
	input_hash: string,
};

/**  出处 — the document (and article) a figure stands in. */
export type SourceRef = {
	/**  标题 */
	title: string,
	/**  文号 */
	number: string | null,
	/**  发文机关 */
	issuer: string | null,
	/**  条款 — "第八条", where the block names one. */
	article: string | null,
	/**  公布日期 */
	published: string | null,
	/**  网址 — only of an issuing body or the press. */
	url: string | null,
	/**  与官方核对的日期 — absent: never compared with the issuing body's page. */
	checked_on: string | null,
	/**  可信等级 */
	grade: Grade,
};

/**  特殊身份 — the groups for whom places write rows of their own. */
export type Special = 
/**  无 */
"none" | 
/**  困难人员 */
"hardship" | 
/**  建国前参加革命工作的老工人 */
"founding_era";

/**  一个有记录的月份，本人看病买药一共花了多少（账户、家人账户与现金，不含报销） */
export type SpentMonth = {
	/**  哪个月 */
	month: Month,
	/**  花了多少 */
	spent: Yuan,
};

/**  现状 — which file is open and how. */
export type Status = {
	/**  数据文件 */
	file: string,
	/**  数据文件夹 */
	folder: string,
	/**  打印件存放的文件夹 */
	print_folder: string,
	/**  只读，以及原因 */
	read_only: Message | null,
	/**  家庭名称；无则还没有建 */
	household: string | null,
	/**  是否演示家庭 */
	demo: boolean,
	/**  可撤销的一步 */
	undo: Message | null,
	/**  可重做的一步 */
	redo: Message | null,
	/**  设置 */
	settings: Settings,
	/**  程序版本 */
	version: string,
	/**  政策库的散列 */
	policy_hash: string,
	/**  今天（由外壳给出） */
	today: string,
};

/**  步骤 — one figure of the settlement and where it comes from. */
export type Step = {
	/**  Which step of the pipeline. */
	name: StepName,
	/**  What was done, for people. */
	what: Message,
	/**  The arithmetic with its figures filled in, such as `(2000.00 − 1800.00) × 70%`. */
	formula: string | null,
	/**  What came out, where it is an amount. */
	result: Yuan | null,
	/**  规则段 */
	rule: BlockRef | null,
	/**  出处 — of every figure that comes from a rule. */
	source: SourceRef | null,
	/**  可信等级 — of this step's figure. */
	grade: Grade | null,
	/**  说明 — the file's own note on the block. */
	note: string | null,
	/**  沿用 — the block's period is over and its figure is carried forward. */
	assumed: boolean,
};

/**  Name of a step of the settlement, in the order of the law. */
export type StepName = 
/**  身份、年度、机构类别、第几次 */
"facts" | 
/**  能不能报 */
"gate" | 
/**  政策范围 */
"scope" | 
/**  账户段 */
"account_first" | 
/**  起付线 */
"deductible" | 
/**  费用封顶 */
"cost_caps" | 
/**  分段比例 */
"bands" | 
/**  基金封顶 */
"fund_caps" | 
/**  取整 */
"round" | 
/**  补充层 */
"layers" | 
/**  付款：本人账户、共济、现金 */
"payers" | 
/**  只算现金的补充层 */
"cash_layers" | 
/**  累计 */
"count" | 
/**  核对 */
"check";

/**  子账户 — the identifier of a sub-account, as the pool's rules name it (`"book"`, `"current"`). */
export type SubAccountId = string;

/**  子账户余额 */
export type SubBalance = {
	/**  子账户；现金账户没有 */
	sub: SubAccountId | null,
	/**  名称 */
	name: string,
	/**  余额 */
	balance: Yuan,
	/**  能不能提现 */
	withdrawable: boolean,
};

/**  子账户的选择项 */
export type SubChoice = {
	/**  标识 */
	id: SubAccountId,
	/**  名称 */
	name: string,
	/**  能不能提现 */
	withdrawable: boolean,
};

/**  如果加一项共济 */
export type SupposedBinding = {
	/**  谁的账户 */
	donor: MemberId,
	/**  给谁用 */
	recipient: MemberId,
	/**  使用人是授权人的什么人 */
	relation: Relation,
	/**  从哪天起 */
	from: string,
};

/**  如果这个月退休 */
export type SupposedRetirement = {
	/**  谁 */
	member: MemberId,
	/**  哪个月 */
	month: Month,
	/**  那时累计缴费几个月 */
	insured_months: number | null,
	/**  那时每月养老金 */
	pension: Yuan | null,
};

/**  如果看一次病 */
export type SupposedSpending = {
	/**  谁 */
	member: MemberId,
	/**  哪天 */
	on: string,
	/**  名称 */
	title: string,
	/**  待遇 */
	part: Part,
	/**  机构类别 */
	class: string | null,
	/**  费用 */
	bill: Bill,
};

/**  如果从这个月起停缴 */
export type SupposedStop = {
	/**  谁 */
	member: MemberId,
	/**  从哪个月起 */
	month: Month,
};

/**  分录表里读不了的、可疑的一行 */
export type TableFault = {
	/**  第几行 */
	line: number,
	/**  什么不对 */
	what: Message,
	/**  怎么办，没有写在 `what` 里的 */
	hint: Message | null,
};

/**  看过的分录表 — what importing it would do; nothing is recorded yet. */
export type TablePreview = {
	/**  会记下的笔数；有读不了的行就是零 */
	entries: number,
	/**  已经记过、不会再记的笔数 */
	duplicates: number,
	/**  它们在文件里的行号，最多列二百行 */
	duplicate_lines: number[],
	/**  有几处读不了 */
	faults: number,
	/**  读不了的行，最多列二百行 */
	fault_lines: TableFault[],
	/**  有几处可疑：会记下，但是表单不会收 */
	doubts: number,
	/**  可疑的行，最多列二百行 */
	doubt_lines: TableFault[],
	/**  看的是哪一份文件 */
	seen: string,
};

/**  就诊 — where, when and how the bill is settled. */
export type Visit = {
	/**  结算日 — decides which rules are in force. */
	settled_on: string,
	/**  机构类别 — as the pool maps institutions. A pharmacy visit needs none. */
	class: string | null,
	/**  入院日 */
	admitted_on: string | null,
	/**  签约或选点 */
	contract: boolean,
	/**  异地就医情形 */
	away: string | null,
	/**  是否使用个人账户 — the patient may refuse it. */
	use_account: boolean,
	/**
	 *  是否本期第一次 — `true` sets every counter that is left out to zero, `false` makes it unknown;
	 *  absent: as [`EstimateRequest::so_far`] says.
	 */
	first_of_period: boolean | null,
};

/**  现在看还是等等 */
export type WaitComparison = {
	/**  计划的日子 */
	planned: string,
	/**  全家的账比到哪天 */
	until: string,
	/**  计划的那天在前，其余按日子 */
	rows: WaitRow[],
	/**  结论 */
	verdict: WaitVerdict,
	/**  结论，一句话 */
	what: Message,
	/**  结论说的是哪一天；没有更好的日子则无 */
	better: string | null,
	/**  未定之处 */
	unknown: Open[],
};

/**  一个日子 */
export type WaitRow = {
	/**  哪天 */
	on: string,
	/**  为什么看这一天 */
	why: Message,
	/**  各基金合计 */
	fund_paid: Amount,
	/**  本人账户 */
	own_account_paid: Amount,
	/**  家人账户 */
	mutual_aid_paid: Amount,
	/**  现金 */
	cash_paid: Amount,
	/**  这一笔怎样结的 */
	steps: Step[],
	/**  这一笔的出处 */
	sources: SourceRef[],
	/**  全家到那时一共自己付（账户和现金） */
	patient_in_all: Amount,
	/**  是哪几样加起来的 */
	patient_of: Addend[],
	/**  其中现金 */
	cash_in_all: Amount,
	/**  现金是哪几样加起来的 */
	cash_of: Addend[],
};

/**  结论的种类 */
export type WaitVerdict = 
/**  急的、开好处方的：不比 */
"never" | 
/**  算不出来 */
"not_known" | 
/**  没有差别 */
"no_difference" | 
/**  换一天，一共少付 */
"cheaper" | 
/**  换一天，一共一样，现金少付 */
"less_cash" | 
/**  换一天只是把现金挪到以后 */
"only_moves" | 
/**  计划的那天最好 */
"planned_is_best";

/**
 *  元 — an amount of money, exact to the fen. Negative amounts exist (a shortfall, a correction).
 * 
 *  On the wire and on screen a decimal string with two places (`"1234.50"`), in SQLite an integer
 *  number of fen. The range is ±[`Yuan::LIMIT`]; arithmetic inside it cannot overflow an `i64`
 *  before more than nine hundred amounts of that size are added.
 */
export type Yuan = string;

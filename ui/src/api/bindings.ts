// The wire types of `gongji_api` and `gongji_domain`, one name for one name. Money and rates are
// decimal strings, dates `2026-03-01`, months `2026-03`, ids numbers.

export type Yuan = string;
export type Month = string;
export type NaiveDate = string;
export type MemberId = number;
export type EnrollmentId = number;
export type AccountId = number;
export type EntryId = number;
export type BindingId = number;
export type PlanItemId = number;
export type SettlementId = number;
export type PoolId = string;
export type SubAccountId = string;

export type NotKnown = "unknown";
export type Amount = Yuan | { min: Yuan; max: Yuan } | NotKnown;
export type Message = { code: string; params: Record<string, string> };

export type Part = "general_outpatient" | "pharmacy" | "chronic_outpatient" | "inpatient";
export type Scheme = "employee" | "resident";
export type EmploymentStatus = "active" | "retired" | "suspended" | "in_arrears" | "ended";
export type Special = "none" | "hardship" | "founding_era";
export type Relation =
  | "spouse"
  | "parent"
  | "child"
  | "sibling"
  | "grandparent"
  | "grandchild"
  | "other";
export type Grade = "official" | "copy" | "claimed" | "stated";
export type AccountKind = "insurance" | "cash";
export type EntryKind =
  | "opening"
  | "credit"
  | "withheld"
  | "spending"
  | "premium"
  | "interest"
  | "transfer"
  | "correction"
  | "adjustment";
export type Slice =
  | "full_self_pay"
  | "over_limit"
  | "upfront_copay"
  | "not_paid"
  | "account_segment"
  | "deductible"
  | "pooled"
  | "coinsurance"
  | "over_cap";
export type Payer =
  | "pool"
  | "retiree_supplement"
  | "large_expense_subsidy"
  | "serious_illness"
  | "civil_servant_subsidy"
  | "employer_supplement"
  | "medical_assistance"
  | "own_account"
  | "mutual_aid"
  | "cash";
export type StepName =
  | "facts"
  | "gate"
  | "scope"
  | "account_first"
  | "deductible"
  | "cost_caps"
  | "bands"
  | "fund_caps"
  | "round"
  | "layers"
  | "payers"
  | "cash_layers"
  | "count"
  | "check";
export type Recurrence = { kind: "once" } | { kind: "every_days"; days: number } | { kind: "monthly" };

export type SourceRef = {
  title: string;
  number: string | null;
  issuer: string | null;
  article: string | null;
  published: NaiveDate | null;
  url: string | null;
  checked_on: NaiveDate | null;
  grade: Grade;
};
export type BlockRef = { file: string; block: string; id: string | null; from: NaiveDate };

export type Bill = {
  total: Yuan;
  full_self_pay: Yuan;
  over_limit: Yuan;
  upfront_copay: Yuan;
  not_account_payable: Yuan;
  by_item?: Record<string, Yuan>;
};
export type Member = { id: MemberId; name: string; born: NaiveDate | null; note: string };
export type Enrollment = {
  id: EnrollmentId;
  member: MemberId;
  from: NaiveDate;
  until: NaiveDate | null;
  pool: PoolId;
  scheme: Scheme;
  plan: string;
  status: EmploymentStatus;
  contribution_base: Yuan | null;
  retired_on: NaiveDate | null;
  insured_months: number | null;
  special: Special;
};
export type Binding = {
  id: BindingId;
  donor: MemberId;
  recipient: MemberId;
  relation: Relation;
  bound_on: NaiveDate;
  ended_on: NaiveDate | null;
  rank: number;
};
export type PlannedSpending = {
  id: PlanItemId;
  member: MemberId;
  title: string;
  part: Part;
  class: string | null;
  bill: Bill;
  first_on: NaiveDate;
  recurrence: Recurrence;
  until: NaiveDate | null;
  urgent: boolean;
};

export type MemberFacts = {
  status: EmploymentStatus;
  born: NaiveDate | null;
  retired_on: NaiveDate | null;
  insured_months: number | null;
  special: Special;
};
export type Visit = {
  settled_on: NaiveDate;
  class: string | null;
  admitted_on: NaiveDate | null;
  contract: boolean;
  away: string | null;
  use_account: boolean;
  first_of_period: boolean | null;
};
export type AidOffer = {
  name: string;
  relation: Relation;
  pool: PoolId;
  balance: Yuan;
  bound_on: NaiveDate;
  rank: number;
};
export type PayersAtHand = { own: Record<SubAccountId, Yuan>; aid: AidOffer[] };
export type EstimateRequest = {
  pool: PoolId;
  scheme: Scheme;
  plan: string;
  part: Part;
  member: MemberFacts;
  visit: Visit;
  so_far: Record<string, string> | null;
  bill: Bill;
  payers: PayersAtHand | null;
};

export type Lines = {
  total: Amount;
  full_self_pay: Amount;
  over_limit: Amount;
  upfront_copay: Amount;
  not_paid: Amount;
  in_scope: Amount;
  account_segment: Amount;
  deductible_paid: Amount;
  coinsurance: Amount;
  over_cap: Amount;
};
export type AidPaid = {
  name: string;
  paid: Amount;
  balance_after: Amount;
  refused: Message | null;
};
export type Payers = {
  pool_paid: Amount;
  retiree_supplement_paid: Amount;
  large_expense_subsidy_paid: Amount;
  serious_illness_paid: Amount;
  civil_servant_subsidy_paid: Amount;
  employer_supplement_paid: Amount;
  medical_assistance_paid: Amount;
  fund_paid: Amount;
  patient_paid: Amount;
  own_account_paid: Amount;
  own: Record<SubAccountId, Amount>;
  mutual_aid_paid: Amount;
  aid: AidPaid[];
  accounts_paid: Amount;
  cash_paid: Amount;
};
export type Reasons = {
  full_self_pay: Amount;
  over_limit: Amount;
  upfront_copay: Amount;
  not_paid: Amount;
  account_segment: Amount;
  deductible: Amount;
  coinsurance: Amount;
  over_cap: Amount;
};
export type Cell = { slice: Slice; payer: Payer; amount: Amount };
export type Step = {
  name: StepName;
  what: Message;
  formula: string | null;
  result: Yuan | null;
  rule: BlockRef | null;
  source: SourceRef | null;
  grade: Grade | null;
  note: string | null;
  assumed: boolean;
};
export type OpenReading = { what: Message; fund_paid: Amount; patient_paid: Amount };
export type Open = { key: string; what: Message; ask: string | null; readings: OpenReading[] };
export type PolicyUsed = { blocks: BlockRef[]; hash: string; weakest: Grade | null };
export type SettlementEstimate = {
  lines: Lines;
  payers: Payers;
  reasons: Reasons;
  matrix: Cell[];
  so_far: Record<string, string>;
  steps: Step[];
  unknown: Open[];
  policy: PolicyUsed;
};

export type EventKind =
  | "credit"
  | "overdue_credit"
  | "spending"
  | "year_end"
  | "change"
  | "run_out"
  | "yearly_layer";
export type DonorShare = { donor: MemberId; paid: Amount; balance: Amount };
export type EventSplit = {
  total: Amount;
  fund_paid: Amount;
  own_account_paid: Amount;
  mutual_aid_paid: Amount;
  aid: DonorShare[];
  cash_paid: Amount;
};
export type ProjectedEvent = {
  earliest: NaiveDate;
  on: NaiveDate;
  member: MemberId;
  kind: EventKind;
  what: Message;
  change: Amount;
  balance: Amount;
  split: EventSplit | null;
  plan: PlanItemId | null;
  for_month: Month | null;
  gross: Amount | null;
  withheld: Amount | null;
  formula: string | null;
  sources: SourceRef[];
  assumed: boolean;
};
export type MonthRow = {
  month: Month;
  member: MemberId;
  opening: Amount;
  credited: Amount;
  own_paid: Amount;
  aid_given: Amount;
  aid_taken: Amount;
  cash_paid: Amount;
  closing: Amount;
  lowest: Amount;
  assumed: boolean;
};
export type DayKnown = "rule" | "stated" | "range" | "unknown";
export type NextCredit = {
  sub: SubAccountId;
  for_month: Month;
  earliest: NaiveDate | null;
  latest: NaiveDate | null;
  day: DayKnown;
  gross: Amount;
  withheld: Amount;
  net: Amount;
  formula: string | null;
  sources: SourceRef[];
  assumed: boolean;
};
export type LowPoint = { on: NaiveDate; amount: Amount };
export type RunOut = {
  earliest: NaiveDate;
  latest: NaiveDate | null;
  plan: PlanItemId | null;
  short: Amount;
};
export type MemberOutlook = {
  member: MemberId;
  account: AccountId | null;
  balance: Amount;
  next_credit: NextCredit | null;
  lowest_before_credit: LowPoint | null;
  lowest: LowPoint | null;
  run_out: RunOut | null;
  first_cash: LowPoint | null;
};
export type Projection = {
  from: NaiveDate;
  until: NaiveDate;
  events: ProjectedEvent[];
  months: MonthRow[];
  members: MemberOutlook[];
  unknown: Open[];
  policy: PolicyUsed;
};

export type OptionKind =
  | "pool_still_pays"
  | "own_account"
  | "mutual_aid"
  | "bind_relative"
  | "wallet_transfer"
  | "wait_for_credit"
  | "cash"
  | "second_layer_near"
  | "not_known";
export type AdviceOption = {
  kind: OptionKind;
  what: Message;
  amount: Amount;
  earliest: NaiveDate | null;
  latest: NaiveDate | null;
  condition: Message | null;
  source: SourceRef | null;
  grade: Grade | null;
};
export type Advice = { member: MemberId; on: NaiveDate; need: Yuan; options: AdviceOption[] };

export type Settings = {
  language: string;
  theme: string;
  text_size: number;
  with_claimed: boolean;
};
export type Status = {
  file: string;
  folder: string;
  print_folder: string;
  read_only: Message | null;
  household: string | null;
  demo: boolean;
  undo: Message | null;
  redo: Message | null;
  settings: Settings;
  version: string;
  policy_hash: string;
  today: NaiveDate;
};

export type Place = { pool: PoolId; name: string; province: string; has_rules: boolean };
export type PlanChoice = { id: string; name: string; has_account: boolean | null };
export type SubChoice = { id: SubAccountId; name: string; withdrawable: boolean };
export type ClassChoice = { part: Part; id: string; name: string };
export type CounterChoice = { id: string; name: string; is_count: boolean; parts: Part[] };
export type BaseRange = { floor: Yuan | null; cap: Yuan | null; assumed: boolean };
export type PlaceForm = {
  pool: PoolId;
  name: string;
  has_rules: boolean;
  plans: PlanChoice[];
  subs: SubChoice[];
  classes: ClassChoice[];
  counters: CounterChoice[];
  base: BaseRange | null;
  arrival: string | null;
};

export type EnrollmentDraft = {
  pool: PoolId;
  scheme: Scheme;
  plan: string;
  status: EmploymentStatus;
  from: NaiveDate;
  contribution_base: Yuan | null;
  retired_on: NaiveDate | null;
  insured_months: number | null;
  special: Special;
};
export type MemberDraft = {
  name: string;
  born: NaiveDate | null;
  enrollment: EnrollmentDraft | null;
  balances: Record<SubAccountId, Yuan>;
  balances_as_of: NaiveDate | null;
  cash: Yuan | null;
  counters: Record<string, string>;
  counters_as_of: NaiveDate | null;
  credit_day: number | null;
};
export type SetupBinding = {
  donor: number;
  recipient: number;
  relation: Relation;
  bound_on: NaiveDate;
};
export type SetupDraft = { name: string; members: MemberDraft[]; bindings: SetupBinding[] };

export type SubBalance = {
  sub: SubAccountId | null;
  name: string;
  balance: Yuan;
  withdrawable: boolean;
};
export type DueCredit = {
  account: AccountId;
  sub: SubAccountId;
  month: Month;
  due: NaiveDate;
  net: Amount;
  missing: boolean;
};
export type MemberCard = {
  member: Member;
  enrollment: Enrollment | null;
  place: string;
  has_rules: boolean;
  has_account: boolean | null;
  account: AccountId | null;
  balance: Amount;
  subs: SubBalance[];
  as_of: NaiveDate | null;
  next_credit: NextCredit | null;
  due: DueCredit[];
  lowest_before_credit: LowPoint | null;
  run_out: RunOut | null;
  projected_until: NaiveDate;
  advice: AdviceOption[];
  unknown: Open[];
};
export type Overview = { today: NaiveDate; cards: MemberCard[] };
export type CreditAnswer = {
  account: AccountId;
  sub: SubAccountId;
  month: Month;
  arrived_on: NaiveDate | null;
  amount: Yuan | null;
};

export type BalanceCheck = {
  as_of: NaiveDate;
  sub: SubAccountId | null;
  stated: Yuan;
  recorded: Yuan;
  difference: Yuan;
};
export type AccountView = {
  id: AccountId;
  kind: AccountKind;
  name: string;
  subs: SubBalance[];
  balance: Yuan;
  checks: BalanceCheck[];
};
export type CounterNow = {
  id: string;
  name: string;
  is_count: boolean;
  value: string | null;
  stated_as_of: NaiveDate | null;
  recorded_since: number;
  year_from: NaiveDate;
};
export type MemberDetail = {
  member: Member;
  enrollments: Enrollment[];
  places: Record<PoolId, string>;
  accounts: AccountView[];
  counters: CounterNow[];
  credit_day: number | null;
  plans: PlannedSpending[];
};
export type EntryRow = {
  id: EntryId;
  on: NaiveDate;
  for_month: Month | null;
  kind: EntryKind;
  memo: string;
  sub: SubAccountId | null;
  amount: Yuan;
  balance: Yuan;
  was: Yuan | null;
  was_on: NaiveDate | null;
  settlement: SettlementId | null;
};
export type EntryPage = { rows: EntryRow[]; total: number };
export type EntryDraft = {
  account: AccountId;
  sub: SubAccountId | null;
  on: NaiveDate;
  for_month: Month | null;
  kind: EntryKind;
  memo: string;
  amount: Yuan;
};
export type BalanceDraft = {
  account: AccountId;
  sub: SubAccountId | null;
  as_of: NaiveDate;
  amount: Yuan;
  book_difference: boolean;
};
export type CounterDraft = {
  member: MemberId;
  counter: string;
  as_of: NaiveDate;
  value: string;
};

export type BindingDraft = {
  donor: MemberId;
  recipient: MemberId;
  relation: Relation;
  bound_on: NaiveDate;
};
export type Allowed = "yes" | "no" | "unknown";
export type AidVerdict = {
  allowed: Allowed;
  reason: Message;
  source: SourceRef | null;
  instead: AdviceOption | null;
  order: Message | null;
};
export type BindingRow = {
  binding: Binding;
  donor_name: string;
  recipient_name: string;
  donor_balance: Amount;
  verdict: AidVerdict;
};
export type BindingsView = { bindings: BindingRow[] };
export type BindingMove = { binding: BindingId; rank: number };

export type EstimatePrefill = {
  has_rules: boolean;
  classes: ClassChoice[];
  counters: CounterNow[];
  own: Record<SubAccountId, Yuan>;
  aid: AidOffer[];
};
export type EstimateDraft = {
  member: MemberId;
  part: Part;
  class: string | null;
  settled_on: NaiveDate;
  admitted_on: NaiveDate | null;
  contract: boolean;
  use_account: boolean;
  bill: Bill;
  so_far: Record<string, string>;
};
export type EstimateView = {
  member_name: string;
  place: string;
  class_name: string | null;
  request: EstimateRequest;
  estimate: SettlementEstimate;
  input_hash: string;
};
export type PaperForm = "full" | "counter";
export type SavedFile = { path: string; folder: string };
export type PlanDraft = {
  member: MemberId;
  title: string;
  part: Part;
  class: string | null;
  bill: Bill;
  first_on: NaiveDate;
  recurrence: Recurrence;
  until: NaiveDate | null;
  urgent: boolean;
};

export type PolicyFact = { name: string; value: string };
export type PolicyBlock = {
  reference: BlockRef;
  layer: string;
  title: string;
  facts: PolicyFact[];
  heads: string[];
  rows: string[][];
  source: SourceRef | null;
  grade: Grade;
  note: string | null;
  ask: string | null;
  assumed: boolean;
  off: boolean;
};
export type PolicyPart = { part: string; blocks: PolicyBlock[] };
export type PolicyView = {
  pool: PoolId;
  name: string;
  scheme: Scheme;
  day: NaiveDate;
  has_rules: boolean;
  parts: PolicyPart[];
};

export type ErrorCode =
  | "input"
  | "forbidden"
  | "read_only"
  | "file"
  | "gone"
  | "busy"
  | "internal";
export type ApiError = {
  code: ErrorCode;
  field: string | null;
  message: Message;
  hint: Message | null;
};

import { QueryClient, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type * as w from "./bindings";
import { gongji } from "./client";

declare module "@tanstack/react-query" {
  interface Register {
    defaultError: w.ApiError;
  }
}

/** Everything is on this machine: no retry, no waiting for a network that is not used. */
export function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { networkMode: "always", retry: false, staleTime: 0 },
      mutations: { networkMode: "always", retry: false },
    },
  });
}

/** What screens read; one key a question. */
export const asks = {
  status: () => queryOptions({ queryKey: ["status"], queryFn: gongji.status }),
  places: () => queryOptions({ queryKey: ["places"], queryFn: gongji.places, staleTime: Infinity }),
  placeForm: (pool: w.PoolId, scheme: w.Scheme, on: w.NaiveDate, language: w.Language) =>
    queryOptions({
      queryKey: ["place_form", pool, scheme, on, language],
      queryFn: () => gongji.placeForm(pool, scheme, on, language),
      enabled: pool !== "",
      staleTime: Infinity,
    }),
  overview: () => queryOptions({ queryKey: ["overview"], queryFn: gongji.overview }),
  memberDetail: (id: w.MemberId) =>
    queryOptions({ queryKey: ["member_detail", id], queryFn: () => gongji.memberDetail(id) }),
  entries: (account: w.AccountId, sub: w.SubAccountId | null, offset: number, limit: number) =>
    queryOptions({
      queryKey: ["entries", account, sub, offset, limit],
      queryFn: () => gongji.entries(account, sub, offset, limit),
      placeholderData: (before: w.EntryPage | undefined) => before,
    }),
  /** What a movement would change; not asked while its form says nothing whole. */
  movementPreview: (draft: w.MovementDraft | null) =>
    queryOptions({
      queryKey: ["movement_preview", draft],
      queryFn: () =>
        draft ? gongji.movementPreview(draft) : Promise.reject(new Error("nothing asked")),
      enabled: draft !== null,
    }),
  bindings: () => queryOptions({ queryKey: ["bindings"], queryFn: gongji.bindings }),
  /** What the form of a plan means by how often; not asked while it says nothing whole. */
  planDays: (firstOn: w.NaiveDate | null, repeat: w.Repeat | null, language: w.Language) =>
    queryOptions({
      queryKey: ["plan_days", firstOn, repeat, language],
      queryFn: () => gongji.planDays(firstOn ?? "", repeat ?? { kind: "once" }),
      enabled: firstOn !== null && repeat !== null,
    }),
  /** What the rules say of the first year of a form; not asked while it says nothing whole. */
  premiumLook: (draft: w.PremiumDraft | null) =>
    queryOptions({
      queryKey: ["premium_look", draft],
      queryFn: () =>
        draft ? gongji.premiumLook(draft) : Promise.reject(new Error("nothing asked")),
      enabled: draft !== null,
      placeholderData: (before: w.PremiumTold | undefined) => before,
    }),
  plannedSteps: (plan: w.PlanItemId, on: w.NaiveDate) =>
    queryOptions({
      queryKey: ["planned_steps", plan, on],
      queryFn: () => gongji.plannedSteps(plan, on),
    }),
  planWait: (id: w.PlanItemId) =>
    queryOptions({ queryKey: ["plan_wait", id], queryFn: () => gongji.planWait(id) }),
  projection: (wanted: w.ProjectionAsk) =>
    queryOptions({
      queryKey: ["projection", wanted],
      queryFn: () => gongji.projection(wanted),
    }),
  advice: (member: w.MemberId, need: w.Yuan, on: w.NaiveDate) =>
    queryOptions({
      queryKey: ["advice", member, need, on],
      queryFn: () => gongji.advice(member, need, on),
    }),
  estimatePrefill: (member: w.MemberId, part: w.Part, on: w.NaiveDate) =>
    queryOptions({
      queryKey: ["estimate_prefill", member, part, on],
      queryFn: () => gongji.estimatePrefill(member, part, on),
    }),
  settlements: (member: w.MemberId) =>
    queryOptions({
      queryKey: ["settlements", member],
      queryFn: () => gongji.settlements(member),
    }),
  policy: (pool: w.PoolId, scheme: w.Scheme, on: w.NaiveDate, language: w.Language) =>
    queryOptions({
      queryKey: ["policy", pool, scheme, on, language],
      queryFn: () => gongji.policy(pool, scheme, on, language),
      enabled: pool !== "",
    }),
  ownRules: (language: w.Language) =>
    queryOptions({
      queryKey: ["own_rules", language],
      queryFn: () => gongji.ownRules(language),
    }),
};

/** The key under which the window counts what is being written, for 「已保存」. */
export const WRITES = ["write"];

/**
 * Runs a command that changes the ledger. Afterwards everything shown is asked again: the ledger is
 * small and local, and no screen may show what no longer stands.
 */
export function useWrite<Args, Result>(
  run: (args: Args) => Promise<Result>,
  done?: (result: Result, args: Args) => void,
) {
  const client = useQueryClient();
  return useMutation<Result, w.ApiError, Args>({
    mutationKey: WRITES,
    mutationFn: run,
    onSuccess: async (result, args) => {
      await client.invalidateQueries();
      // What shows the answers hears of them in a task of its own; `done` may go to a screen that
      // only opens once they are known.
      await new Promise((heard) => setTimeout(heard));
      done?.(result, args);
    },
  });
}

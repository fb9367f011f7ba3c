import type { ApiError, ErrorCode } from "./bindings";

/** How loud an error is. */
export type Severity = "stop" | "refusal" | "notice";

/** What the interface does about an error, besides showing its sentence. */
export type Action = "fix_field" | "stay" | "reload" | "retry" | "none";

/** One row a code: the only place where the interface decides by error code. */
export const ERROR_BEHAVIOUR: Record<ErrorCode, { severity: Severity; action: Action }> = {
  input: { severity: "refusal", action: "fix_field" },
  forbidden: { severity: "refusal", action: "stay" },
  read_only: { severity: "refusal", action: "stay" },
  file: { severity: "stop", action: "retry" },
  gone: { severity: "notice", action: "reload" },
  busy: { severity: "notice", action: "retry" },
  internal: { severity: "stop", action: "none" },
};

function isApiError(thrown: unknown): thrown is ApiError {
  if (typeof thrown !== "object" || thrown === null) return false;
  const it = thrown as Partial<ApiError>;
  return (
    typeof it.code === "string" && it.code in ERROR_BEHAVIOUR && typeof it.message === "object"
  );
}

/** Anything thrown, as an error that can be shown: what is no `ApiError` is an internal one. */
export function asApiError(thrown: unknown): ApiError {
  if (isApiError(thrown)) return thrown;
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  return {
    code: "internal",
    field: null,
    message: { code: "error.unexpected", params: { detail } },
    hint: { code: "error.unexpected.hint", params: {} },
  };
}

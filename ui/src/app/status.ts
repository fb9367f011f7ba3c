import { useQuery } from "@tanstack/react-query";
import { createContext, useContext } from "react";
import { asks } from "../api/asks";
import type { Status } from "../api/bindings";

export const StatusContext = createContext<Status | null>(null);

/** 现状 — inside the shell it is always there. */
export function useStatus(): Status {
  const status = useContext(StatusContext);
  if (!status) throw new Error("useStatus outside of the shell");
  return status;
}

/** Whether nothing can be written, for buttons that would. */
export function useReadOnly(): boolean {
  return useStatus().read_only !== null;
}

export function useStatusQuery() {
  return useQuery(asks.status());
}

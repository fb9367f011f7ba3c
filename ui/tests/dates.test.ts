import { describe, expect, it } from "vitest";
import { dayOf, daysBetween, earlier, showDate, showDays, showMonth } from "../src/format/dates";

describe("dates for people", () => {
  it("are written as each language writes them", () => {
    expect(showDate("2026-03-05", "zh")).toBe("2026年3月5日");
    expect(showDate("2026-03-05", "en")).toBe("5 Mar 2026");
    expect(showMonth("2025-12", "zh")).toBe("2025年12月");
    expect(showMonth("2025-12", "en")).toBe("Dec 2025");
  });

  it("show a range only where there is one", () => {
    expect(showDays("2026-04-01", "2026-04-05", "zh")).toBe("2026年4月1日～5日");
    expect(showDays("2026-04-01", "2026-04-05", "en")).toBe("1–5 Apr 2026");
    expect(showDays("2026-04-30", "2026-05-05", "zh")).toBe("2026年4月30日 ～ 2026年5月5日");
    expect(showDays("2026-04-05", "2026-04-05", "en")).toBe("5 Apr 2026");
  });

  it("do not exist where they do not", () => {
    expect(dayOf("2026-02-29")).toBeNull();
    expect(dayOf("2024-02-29")?.toString()).toBe("2024-02-29");
    expect(dayOf("")).toBeNull();
    expect(showDate("2026-02-30", "zh")).toBe("2026-02-30");
  });

  it("come one before the other", () => {
    expect(earlier("2026-03-05", "2026-03-08")).toBe("2026-03-05");
    expect(earlier("2026-03-08", "2025-12-31")).toBe("2025-12-31");
  });

  it("are counted apart", () => {
    expect(daysBetween("2026-02-28", "2026-03-01")).toBe(1);
    expect(daysBetween("2026-03-01", "2024-03-01")).toBe(-730);
  });
});

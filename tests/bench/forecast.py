#!/usr/bin/env python3
"""forecast.py GONGJI RUNS: sixteen rules that recur (six monthly refills, ten kinds of spending), projected
for 0, 10, 30 and 100 years in fresh processes, ours beside hledger where it is installed. Every closing
balance of every month is compared with a plain sum. The cost of a month is what is above the 0-year run.

The rules of the made-up place pay nothing of a bill, so that the account pays all of it; what the
household calls cash and bank stand as accounts without refills; all begin with enough for a century,
because a medical account does not go below zero."""

import csv
import io
import json
import os
import shutil
import sys
import tempfile

from common import load, median, run, table

YEARS = (0, 10, 30, 100)
MEDICAL = [f"Assets:Medical:M{number}" for number in range(1, 7)]
CASH = [f"Assets:Cash:M{number}" for number in range(1, 7)]
OURS = [*MEDICAL, *CASH, "Assets:Bank:Joint"]
EVERY = [1, 1, 1, 3, 1, 12, 1, 3, 1, 1]
REFILLS = [15000 + 2500 * at for at in range(6)]
SPENDS = [(at, 3000 + 700 * at, every) for at, every in enumerate(EVERY)]

POOLS = """
[[province]]
id = "990000"
name = "算省"
[[pool]]
id = "990100"
name = "算城"
city = "990100"
province = "990000"
"""
HEAD = """
pool = "990100"
scheme = "employee"
part = "{part}"
[sources.S]
title = "测速用的规则"
grade = "official"
"""
ACCOUNT = """
[[sub_account]]
id = "book"
from = 2020-01-01
source = "S"
name = "个人账户"
rolls_into = "none"
on = "never"
withdrawable = false
[[account_use]]
from = 2020-01-01
source = "S"
benefits = ["general_outpatient"]
order = [{ sub = "book", when = "after_pool", may_pay = ["upfront_copay", "deductible", "coinsurance", "over_cap"] }]
[[base]]
from = 2020-01-01
source = "S"
floor = "0.00"
cap = "1000000.00"
[[credit]]
from = 2020-01-01
source = "S"
into = "book"
per = "month"
rows = [
  { status = "active", of = "base", values = ["100%"] },
  { status = "retired", of = "fixed", values = ["0.00"] },
]
[[arrival]]
from = 2020-01-01
source = "S"
kind = "day_of_month"
day = 1
month_offset = 0
latest = false
holiday = "none"
"""
OUTPATIENT = """
[[rate]]
from = 2020-01-01
source = "S"
edges_on = "none"
class = ["any"]
rows = [{ status = "any", values = ["0%"] }]
"""


def yuan(fen):
    return f"{fen // 100}.{fen % 100:02d}"


def truth(years):
    balances, lines = dict.fromkeys(OURS, 100_000_000), {}
    for at in range(12 * years):
        for account, fen in zip(MEDICAL, REFILLS):
            balances[account] += fen
        for account, fen, every in SPENDS:
            if at % every == 0:
                balances[OURS[account]] -= fen
        month = f"{2025 + at // 12}-{at % 12 + 1:02d}"
        lines.update({(account, month): balances[account] for account in OURS})
    return lines


def policies(folder):
    place = f"{folder}/policies/990100-suancheng/employee"
    os.makedirs(place)
    files = {
        f"{folder}/policies/pools.toml": POOLS,
        f"{place}/personal-account.toml": HEAD.format(part="personal_account") + ACCOUNT,
        f"{place}/general-outpatient.toml": HEAD.format(part="general_outpatient") + OUTPATIENT,
    }
    for path, text in files.items():
        with open(path, "w") as file:
            file.write(text)
    return f"{folder}/policies"


def household():
    numbers = range(1, len(OURS) + 1)
    rule = {1: "FREQ=MONTHLY", 3: "FREQ=MONTHLY;INTERVAL=3", 12: "FREQ=YEARLY"}
    return {
        "name": "bench",
        "demo": False,
        "members": [{"id": at, "name": f"M{at}", "born": "1980-01-01"} for at in numbers],
        "enrollments": [
            {
                "id": at,
                "member": at,
                "from": "2024-12-31",
                "pool": "990100",
                "scheme": "employee",
                "plan": "with_account",
                "status": "active" if at <= 6 else "retired",
                "contribution_base": yuan(REFILLS[at - 1]) if at <= 6 else None,
            }
            for at in numbers
        ],
        "accounts": [
            {
                "id": at,
                "owner": at,
                "kind": "insurance",
                "pool": "990100",
                "name": OURS[at - 1],
                "opened_on": "2024-12-31",
            }
            for at in numbers
        ],
        "entries": [
            {
                "id": at,
                "on": "2024-12-31",
                "kind": "opening",
                "legs": [{"account": at, "sub": "book", "amount": "1000000.00"}],
            }
            for at in numbers
        ],
        "plans": [
            {
                "id": at + 1,
                "member": account + 1,
                "title": f"rule{at}",
                "part": "general_outpatient",
                "bill": {"total": yuan(fen)},
                "first_on": "2025-01-01",
                "recurrence": rule[every],
            }
            for at, (account, fen, every) in enumerate(SPENDS)
        ],
        **{
            name: []
            for name in (
                "stated_balances stated_counters credit_days missing_credits bindings settlements".split()
            )
        },
    }


def journal(years):
    lines = ["2024-12-31 opening"]
    lines += [f"    {account}  1000000.00 CNY" for account in OURS] + ["    Equity:Opening", ""]
    every_name = {1: "monthly", 3: "quarterly", 12: "yearly"}
    rules = [(account, fen, 1) for account, fen in zip(MEDICAL, REFILLS)]
    rules += [(OURS[account], -fen, every) for account, fen, every in SPENDS]
    for account, fen, every in rules if years else []:
        lines.append(f"~ {every_name[every]} from 2025-01-01 to {2025 + years}-01-01")
        lines += [f"    {account}  {'-' * (fen < 0)}{yuan(abs(fen))} CNY", "    Equity:Other", ""]
    return "\n".join(lines)


def fen(cell):
    whole, _, part = cell.replace(" CNY", "").replace(",", "").partition(".")
    return int(whole) * 100 + (1 if not whole.startswith("-") else -1) * int((part + "00")[:2])


def of_ours(out, years):
    rows = csv.DictReader(io.StringIO(out))
    return {
        (OURS[int(row["member"]) - 1], row["month"]): fen(row["closing"])
        for row in rows
        if row["closing"] != "unknown" and int(row["month"][:4]) < 2025 + years
    }


def of_hledger(out, _years):
    rows = list(csv.reader(io.StringIO(out)))
    return {
        (row[0], month): fen(cell)
        for row in rows[1:]
        for month, cell in zip(rows[0][1:], row[1:])
        if row[0] in OURS
    }


def main():
    gongji, runs = sys.argv[1], int(sys.argv[2])
    folder = tempfile.mkdtemp(prefix="gongji-bench-")
    rules, home = policies(folder), f"{folder}/home.sqlite"
    with open(f"{folder}/household.json", "w") as file:
        json.dump(household(), file)
    run([gongji, "--policies", rules, "household", "import", home, "--from", f"{folder}/household.json"])
    rows = {}
    print(load())
    for _ in range(runs):
        for years in YEARS:
            true = truth(years)
            until = f"{2024 + years}-12-31"
            words = [gongji, "--policies", rules, "project", home, "--from", "2024-12-31"]
            done = run([*words, "--until", until, "--beyond-30-years", "--csv"])
            right = not years or of_ours(done["out"], years) == true
            rows.setdefault(f"our {years} years", []).append(done | {"right": right})
            if shutil.which("hledger"):
                book = f"{folder}/{years}.journal"
                with open(book, "w") as file:
                    file.write(journal(years))
                words = ["hledger", "-f", book, "bal", "-M", "-H", "^Assets", "-O", "csv"]
                ends = ["-b", "2025-01-01", "-e", f"{2025 + years}-01-01"]
                ahead = [f"--forecast=2025-01-01..{2025 + years}-01-01", *ends] if years else []
                done = run([*words, *ahead], env=os.environ | {"LC_ALL": "C.UTF-8"})
                right = not years or of_hledger(done["out"], years) == true
                rows.setdefault(f"hledger {years} years", []).append(done | {"right": right})
    table(rows)
    for peer in ("our", "hledger"):
        none = rows.get(f"{peer} 0 years")
        for years in YEARS[1:] if none else ():
            above = median(rows[f"{peer} {years} years"], "cpu") - median(none, "cpu")
            print(f"{peer:8s} {years:4d} years  {above / (12 * years) * 1e6:8.1f} µs a month")
    print(load())
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()

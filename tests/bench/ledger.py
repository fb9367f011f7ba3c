#!/usr/bin/env python3
"""ledger.py GONGJI N RUNS [FOLDER]: the closing balance of every account at every month end, ours beside
sqlite3 and hledger where they are installed; then importing and recording, ours beside the bare loop of
`store/examples/bare.rs` where BARE names it. Every answer is compared with the generator's own.

N transactions of ten years, six members, thirteen accounts; the same ones at every run."""

import csv
import datetime
import io
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

from common import load, median, run, table

MEMBERS = [f"M{number}" for number in range(1, 7)]
MEDICAL = [f"Assets:Medical:{member}" for member in MEMBERS]
CASH = [f"Assets:Cash:{member}" for member in MEMBERS]
BANK = "Assets:Bank:Joint"
SALARY = [f"Income:Salary:{member}" for member in MEMBERS]
SPENT = [
    f"Expenses:{what}"
    for what in ("Outpatient", "Inpatient", "Pharmacy", "Exam", "Dental", "Premium", "Living")
]
OURS = MEDICAL + CASH + [BANK]
FIRST, LAST = datetime.date(2015, 1, 1), datetime.date(2024, 12, 31)
DAYS = (LAST - FIRST).days + 1
PAYEES = ["社区卫生服务中心", "市第一人民医院", "协和医院", "大药房连锁", "口腔诊所", "体检中心"]
PAYEES += ["Clinic & Co", "O'Brien Dental"]
NOTES = ["感冒", "复诊 取药", "血常规", "牙科", "年度体检", "慢病处方", "住院押金", "x"]
MONTHS = [f"{year}-{month:02d}" for year in range(2015, 2025) for month in range(1, 13)]


def transactions(count):
    """Day, payee, note and postings that add up to zero, by day."""
    draw = random.Random(20150101)
    refills = [
        (datetime.date(int(month[:4]), int(month[5:]), 5), member)
        for month in MONTHS
        for member in range(6)
    ][:count]
    others = sorted(draw.randrange(DAYS) for _ in range(count - len(refills)))
    days = refills + [(FIRST + datetime.timedelta(days=day), None) for day in others]
    days.sort(key=lambda one: (one[0], -1 if one[1] is None else one[1]))
    for day, refilled in days:
        if refilled is not None:
            fen = 15000 + 2500 * refilled + (day.year - 2015) * 500
            yield day, "医保中心", "refill", [(MEDICAL[refilled], fen), ("Income:Refill", -fen)]
            continue
        member, kind = draw.randrange(6), draw.random()
        fen = draw.randrange(100, 60000)
        payee, note = draw.choice(PAYEES), draw.choice(NOTES)
        if kind < 0.06:
            yield day, "工资", note, [(BANK, fen * 10), (SALARY[member], -fen * 10)]
        elif kind < 0.12:
            yield day, "transfer", note, [(CASH[member], fen), (BANK, -fen)]
        elif kind < 0.30:
            yield day, payee, note, [(draw.choice(SPENT), fen), (BANK, -fen)]
        elif kind < 0.50:
            part = fen * 7 // 10
            postings = [(draw.choice(SPENT[:5]), fen), (MEDICAL[member], -part)]
            yield day, payee, note, [*postings, (CASH[member], part - fen)]
        elif kind < 0.80:
            yield day, payee, note, [(draw.choice(SPENT[:5]), fen), (MEDICAL[member], -fen)]
        else:
            yield day, payee, note, [(draw.choice(SPENT), fen), (CASH[member], -fen)]


def closings(changes):
    """The closing balances that the changes of each month come to, one line each."""
    lines = []
    for account in sorted(OURS):
        balance = 0
        for month in MONTHS:
            balance += changes.get((account, month), 0)
            lines.append(f"{account},{month},{balance}")
    return "\n".join(lines)


def household():
    """The family whose accounts the transactions move, without an entry."""
    accounts = [(name, "insurance", at + 1) for at, name in enumerate(MEDICAL)]
    accounts += [(name, "cash", at + 1) for at, name in enumerate(CASH)] + [(BANK, "cash", 1)]
    lists = "entries stated_balances stated_counters credit_days missing_credits bindings plans"
    return {
        "name": "bench",
        "demo": False,
        "members": [{"id": at + 1, "name": name} for at, name in enumerate(MEMBERS)],
        "enrollments": [],
        "accounts": [
            {"id": at + 1, "owner": owner, "kind": kind, "name": name, "opened_on": "2015-01-01"}
            | ({"pool": "110000"} if kind == "insurance" else {})
            for at, (name, kind, owner) in enumerate(accounts)
        ],
        **{name: [] for name in lists.split()},
        "settlements": [],
    }


def write(folder, count):
    """The transactions as every peer reads them; the true answer."""
    changes, sums = {}, sqlite3.connect(f"{folder}/cover.db")
    sums.execute("CREATE TABLE account (id INTEGER PRIMARY KEY, name TEXT)")
    sums.execute("CREATE TABLE posting (account INTEGER, month INTEGER, fen INTEGER)")
    numbers = {name: at + 1 for at, name in enumerate(OURS)}
    sums.executemany("INSERT INTO account VALUES (?, ?)", [(at, name) for name, at in numbers.items()])
    postings = []
    with open(f"{folder}/l.csv", "w", newline="") as lines, open(f"{folder}/l.journal", "w") as journal:
        rows = csv.writer(lines)
        for number, (day, payee, note, legs) in enumerate(transactions(count)):
            journal.write(f"{day} {payee} | {note}\n")
            for account, fen in legs:
                rows.writerow([number, day, payee, note, account, fen])
                sign, size = "-" if fen < 0 else "", abs(fen)
                journal.write(f"    {account}  {sign}{size // 100}.{size % 100:02d} CNY\n")
                if account in numbers:
                    month = str(day)[:7]
                    changes[account, month] = changes.get((account, month), 0) + fen
                    postings.append((numbers[account], day.year * 12 + day.month - 1, fen))
            journal.write("\n")
    sums.executemany("INSERT INTO posting VALUES (?, ?, ?)", postings)
    sums.execute("CREATE INDEX cover ON posting (account, month, fen)")
    sums.commit()
    sums.execute("VACUUM")
    sums.close()
    with open(f"{folder}/household.json", "w") as document:
        json.dump(household(), document)
    return closings(changes)


def of_ours(out):
    changes, before = {}, {}
    for line in filter(None, out.split("\n")):
        account, month, fen = line.split(",")
        name = OURS[int(account) - 1]
        changes[name, month] = int(fen) - before.get(name, 0)
        before[name] = int(fen)
    return closings(changes)


def of_sqlite(out):
    changes = {}
    for line in filter(None, out.split("\n")):
        name, month, fen = line.split("|")
        changes[name, f"{int(month) // 12}-{int(month) % 12 + 1:02d}"] = int(fen)
    return closings(changes)


def of_hledger(out):
    rows, changes = list(csv.reader(io.StringIO(out))), {}
    for row in rows[1:]:
        before = 0
        for month, cell in zip(rows[0][1:], row[1:]):
            yuan = cell.replace(" CNY", "").replace(",", "")
            whole, _, part = yuan.lstrip("-").partition(".")
            fen = int(whole or 0) * 100 + int((part + "00")[:2])
            fen = -fen if yuan.startswith("-") else fen
            if row[0] in OURS:
                changes[row[0], month] = fen - before
                before = fen
    return closings(changes)


def main():
    gongji, count, runs = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    folder = sys.argv[4] if len(sys.argv) > 4 else tempfile.mkdtemp(prefix="gongji-bench-")
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    truth = write(folder, count)
    print(f"{count} transactions, {load()}")
    imports = {"our import": [], "bare import": []}
    bare = os.environ.get("BARE")
    for at in range(runs):
        file = f"{folder}/home{at}.sqlite"
        document = f"{folder}/household.json"
        run([gongji, "household", "import", file, "--from", document])
        ours = run([gongji, "household", "import", file, "--format", "csv", "--from", f"{folder}/l.csv"])
        imports["our import"].append(ours | {"right": str(count) in ours["out"]})
        if bare:
            theirs = run([bare, "import", f"{folder}/l.csv", f"{folder}/bare{at}.sqlite"])
            imports["bare import"].append(theirs | {"right": True})
        if at:
            os.remove(file)
    table(imports)
    query = (
        "SELECT a.name, g.month, g.s FROM (SELECT account, month, sum(fen) s FROM posting"
        " GROUP BY account, month) g JOIN account a ON a.id = g.account"
    )
    home = f"{folder}/home0.sqlite"
    peers = {
        "our balances": ([gongji, "household", "balances", home, "--monthly", "--csv"], of_ours),
        "sqlite3, covering index": (["sqlite3", "-readonly", f"{folder}/cover.db", query], of_sqlite),
    }
    if count <= 100000:
        words = ["hledger", "-f", f"{folder}/l.journal", "bal", "-M", "-H", "^Assets", "-O", "csv"]
        peers["hledger"] = (words, of_hledger)
    rows = {name: [] for name in peers}
    for _ in range(runs):
        for name, (command, read) in peers.items():
            if shutil.which(command[0]):
                done = run(command, env=os.environ | {"LC_ALL": "C.UTF-8"})
                rows[name].append(done | {"right": read(done["out"]) == truth})
    table(rows)
    commits(gongji, bare, folder, home)
    print(load())


def commits(gongji, bare, folder, home, seconds=3):
    """Entries recorded durably one by one, into the file as it stands."""
    words = [gongji, "selftest", "writer", f"{folder}/writer.sqlite"]
    child = subprocess.Popen(words, stdout=subprocess.PIPE)
    child.stdout.readline()
    begun, lines = time.perf_counter(), 0
    while time.perf_counter() - begun < seconds:
        child.stdout.readline()
        lines += 1
    each = (time.perf_counter() - begun) / lines
    child.stdout.close()
    child.wait()
    print(f"our durable entry        {each * 1e3:9.4f} ms")
    if bare:
        done = run([bare, "commit", str(lines), f"{folder}/commits.sqlite"])
        print(f"bare durable commit      {float(done['out']) / lines * 1e3:9.4f} ms")


if __name__ == "__main__":
    main()

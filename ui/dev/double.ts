// Answers the window's questions with fixed samples, for looking at screens in an ordinary browser.
// `?sample=first|empty|full|large|unknown|error|readonly&lang=en&theme=dark&text=200` before the `#` chooses them.
// Nothing of it is in the production build or in tests.
import type { ApiError, Settings, Status } from "../src/api/bindings";
import { texts } from "../src/i18n";
import { answers as aid } from "./samples/aid";
import { answers as estimate } from "./samples/estimate";
import { answers as household } from "./samples/household";
import messages from "./samples/messages.json";
import { answers as policy } from "./samples/policy";
import { answers as projection } from "./samples/projection";
import { answers as rest } from "./samples/rest";
import { answers as setup } from "./samples/setup";

export type Sample = "first" | "empty" | "full" | "large" | "unknown" | "error" | "readonly";
export type Answers = Record<string, (args: Record<string, unknown>, sample: Sample) => unknown>;

texts.addResourceBundle("zh", "translation", messages, true);
texts.addResourceBundle("en", "translation", messages, true);

const wanted = new URLSearchParams(location.search);
const sample = (wanted.get("sample") ?? "full") as Sample;
let settings: Settings = {
  language: wanted.get("lang") ?? "zh",
  theme: wanted.get("theme") ?? "light",
  text_size: Number(wanted.get("text") ?? 100),
  with_claimed: false,
};
let exists = sample !== "first";

function status(): Status {
  return {
    file: "/home/zhang/.local/share/cn.gongji.ledger/gongji.sqlite",
    folder: "/home/zhang/.local/share/cn.gongji.ledger",
    print_folder: "/home/zhang/文档/共济账本",
    read_only: sample === "readonly" ? { code: "sample.read_only", params: {} } : null,
    household: exists ? "张家" : null,
    demo: wanted.has("demo"),
    undo: exists && sample !== "empty" ? { code: "sample.undo", params: {} } : null,
    redo: null,
    settings,
    version: "0.1.0",
    policy_hash: "3f9a4c1be07d52a86f9a4c1be07d52a83f9a4c1be07d52a86f9a4c1be07d52a8",
    today: "2026-03-08",
  };
}

const failure: ApiError = {
  code: "file",
  field: null,
  message: { code: "sample.file_damaged", params: {} },
  hint: { code: "sample.file_damaged.hint", params: {} },
};

const answers: Answers = {
  ...household,
  ...setup,
  ...rest,
  ...aid,
  ...estimate,
  ...projection,
  ...policy,
  status: () => {
    if (sample === "error" && wanted.has("start")) throw failure;
    return status();
  },
  settings_save: (args) => {
    settings = args.settings as Settings;
    return status();
  },
  setup_save: () => {
    exists = true;
    return status();
  },
};

export async function invoke(
  command: string,
  args: Record<string, unknown> = {},
): Promise<unknown> {
  await new Promise((done) => setTimeout(done, 20));
  const answer = answers[command];
  if (sample === "error" && !["status", "settings_save", "places", "place_form"].includes(command))
    throw failure;
  if (answer) return answer(args, sample);
  return status();
}

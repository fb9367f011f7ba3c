import { useWrite } from "../../api/asks";
import type { Settings } from "../../api/bindings";
import { gongji } from "../../api/client";
import { useStatus } from "../../app/status";
import { Card, CheckField, ErrorNotice, Facts, Page, RadioField } from "../../design";
import { useTexts } from "../../i18n";
import { CreditDays } from "./CreditDays";
import { DataCard } from "./DataCard";
import { DemoCard } from "./DemoCard";

const SIZES = ["100", "125", "150", "200"] as const;
const THEMES = ["system", "light", "dark"] as const;

function Look() {
  const { say } = useTexts();
  const { settings } = useStatus();
  const save = useWrite(gongji.settingsSave);
  const set = (change: Partial<Settings>) => save.mutate({ ...settings, ...change });
  return (
    <Card title={say("settings.look")}>
      <div className="grid gap-5">
        <RadioField
          label={say("settings.language")}
          value={settings.language}
          onChange={(language) => set({ language })}
          options={[
            { id: "zh", name: say("settings.language.zh") },
            { id: "en", name: say("settings.language.en") },
          ]}
        />
        <RadioField
          label={say("settings.text_size")}
          even
          value={String(settings.text_size)}
          onChange={(size) => set({ text_size: Number(size) })}
          options={SIZES.map((size) => ({ id: size, name: say(`settings.text_size.${size}`) }))}
        />
        <RadioField
          label={say("settings.theme")}
          value={settings.theme}
          onChange={(theme) => set({ theme })}
          options={THEMES.map((theme) => ({ id: theme, name: say(`settings.theme.${theme}`) }))}
        />
        {save.error && <ErrorNotice error={save.error} />}
      </div>
    </Card>
  );
}

function Claimed() {
  const { say } = useTexts();
  const { settings } = useStatus();
  const save = useWrite(gongji.settingsSave);
  return (
    <Card title={say("settings.claimed")}>
      <CheckField
        label={say("settings.claimed.label")}
        hint={say("settings.claimed.hint")}
        isSelected={settings.with_claimed}
        onChange={(with_claimed) => save.mutate({ ...settings, with_claimed })}
      />
      {save.error && <ErrorNotice error={save.error} />}
    </Card>
  );
}

function About() {
  const { say } = useTexts();
  const { version, policy_hash } = useStatus();
  return (
    <Card title={say("settings.about")}>
      <Facts
        rows={[
          { name: say("settings.version"), value: version },
          {
            name: say("settings.policy_hash"),
            value: (
              <code className="text-sm select-all" title={policy_hash}>
                {policy_hash.slice(0, 12)}
              </code>
            ),
          },
        ]}
      />
      <p className="mt-3 text-quiet">{say("settings.offline")}</p>
    </Card>
  );
}

/** 设置 */
export function SettingsScreen() {
  const { say } = useTexts();
  const { household } = useStatus();
  return (
    <Page title={say("nav.settings")} lead={say("settings.lead")}>
      <Look />
      {household !== null && <CreditDays />}
      <Claimed />
      <DataCard />
      <DemoCard />
      <About />
    </Page>
  );
}

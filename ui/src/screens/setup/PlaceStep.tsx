import { useNavigate } from "@tanstack/react-router";
import { useWrite } from "../../api/asks";
import { gongji } from "../../api/client";
import { useStatus } from "../../app/status";
import { Actions, Button, Card, ErrorNotice, Fields, RadioField, TextField } from "../../design";
import { useTexts } from "../../i18n";
import { PlaceField } from "../parts/PlaceField";
import { useSetupDraft } from "./draft";

/** 第一步 — where most of the household is insured, what it is called, and the language. */
export function PlaceStep() {
  const { say } = useTexts();
  const { form, setForm } = useSetupDraft();
  const { settings, demo } = useStatus();
  const navigate = useNavigate();
  const language = useWrite(gongji.settingsSave);
  const opening = useWrite(gongji.demoOpen, () => void navigate({ to: "/" }));
  return (
    <>
      <Card>
        <Fields wide>
          <PlaceField
            label={say("setup.place.pool")}
            hint={say("setup.place.pool.hint")}
            value={form.pool}
            onChange={(pool) => setForm((before) => ({ ...before, pool }))}
          />
          <RadioField
            label={say("setup.scheme")}
            hint={say("setup.scheme.hint")}
            value={form.scheme}
            onChange={(scheme) => setForm((before) => ({ ...before, scheme }))}
            options={[
              { id: "employee", name: say("scheme.employee") },
              { id: "resident", name: say("scheme.resident") },
            ]}
          />
          <TextField
            label={say("setup.name")}
            hint={say("setup.name.hint")}
            path="name"
            value={form.name}
            onChange={(name) => setForm((before) => ({ ...before, name }))}
          />
          <RadioField
            label={say("settings.language")}
            value={settings.language}
            onChange={(value) => language.mutate({ ...settings, language: value })}
            options={[
              { id: "zh", name: say("settings.language.zh") },
              { id: "en", name: say("settings.language.en") },
            ]}
          />
        </Fields>
      </Card>
      {!demo && (
        <Card title={say("setup.demo.title")}>
          <p className="mb-3 text-quiet">{say("setup.demo.means")}</p>
          <Actions>
            <Button isPending={opening.isPending} onPress={() => opening.mutate(undefined)}>
              {say("demo.open")}
            </Button>
          </Actions>
          {opening.error && <ErrorNotice error={opening.error} />}
        </Card>
      )}
    </>
  );
}

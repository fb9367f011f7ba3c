import { useNavigate } from "@tanstack/react-router";
import { useWrite } from "../../api/asks";
import { gongji } from "../../api/client";
import { useStatus } from "../../app/status";
import { Actions, Button, Card, ErrorNotice } from "../../design";
import { useTexts } from "../../i18n";

/** 演示家庭 — in a file of its own, opened and left at will. */
export function DemoCard() {
  const { say } = useTexts();
  const { demo } = useStatus();
  const navigate = useNavigate();
  const change = useWrite(
    () => (demo ? gongji.demoLeave() : gongji.demoOpen()),
    () => void navigate({ to: "/" }),
  );
  return (
    <Card title={say("setup.demo.title")}>
      <p className="mb-3 text-quiet">{say("setup.demo.means")}</p>
      <Actions>
        <Button isPending={change.isPending} onPress={() => change.mutate(undefined)}>
          {say(demo ? "demo.leave" : "demo.open")}
        </Button>
      </Actions>
      {change.error && <ErrorNotice error={change.error} />}
    </Card>
  );
}

import { EmptyState, Page } from "../../design";
import { useTexts } from "../../i18n";

export function PolicyScreen() {
  const { say } = useTexts();
  return (
    <Page title={say("policy.title")}>
      <EmptyState title={say("policy.not_yet")} />
    </Page>
  );
}

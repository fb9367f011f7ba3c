import { EmptyState, Page } from "../../design";
import { useTexts } from "../../i18n";

export function AidScreen() {
  const { say } = useTexts();
  return (
    <Page title={say("aid.title")}>
      <EmptyState title={say("aid.not_yet")} />
    </Page>
  );
}

import { EmptyState, Page } from "../../design";
import { useTexts } from "../../i18n";

export function EstimateScreen() {
  const { say } = useTexts();
  return (
    <Page title={say("estimate.title")}>
      <EmptyState title={say("estimate.not_yet")} />
    </Page>
  );
}

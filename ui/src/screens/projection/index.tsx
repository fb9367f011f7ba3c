import { EmptyState, Page } from "../../design";
import { useTexts } from "../../i18n";

export function ProjectionScreen() {
  const { say } = useTexts();
  return (
    <Page title={say("projection.title")}>
      <EmptyState title={say("projection.not_yet")} />
    </Page>
  );
}

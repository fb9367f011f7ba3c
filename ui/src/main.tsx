import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { I18nProvider } from "react-aria-components";
import { createRoot } from "react-dom/client";
import { newQueryClient } from "./api/asks";
import { router } from "./app/router";
import { LOCALE } from "./format/dates";
import { useTexts } from "./i18n";
import { SetupDraftProvider } from "./screens/setup/draft";
import "./design/base.css";

const client = newQueryClient();

function Window() {
  const { language } = useTexts();
  return (
    <I18nProvider locale={LOCALE[language]}>
      <SetupDraftProvider>
        <RouterProvider router={router} />
      </SetupDraftProvider>
    </I18nProvider>
  );
}

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={client}>
        <Window />
      </QueryClientProvider>
    </StrictMode>,
  );
}

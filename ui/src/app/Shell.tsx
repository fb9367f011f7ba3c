import { Navigate, Outlet, useNavigate, useRouterState } from "@tanstack/react-router";
import { useCallback, useEffect } from "react";
import { useWrite } from "../api/asks";
import { gongji } from "../api/client";
import { Button, dropOldToast, Notice, Toasts, Waiting, Words } from "../design";
import { useTexts } from "../i18n";
import { CannotOpen } from "./CannotOpen";
import { useLook } from "./look";
import { MenuButton, SideNavigation, usePlaceKeys } from "./Navigation";
import { SavedState } from "./SavedState";
import { StatusContext, useStatus, useStatusQuery } from "./status";
import { UndoRedo } from "./UndoRedo";

function Banners() {
  const { say, tell } = useTexts();
  const { demo, file, read_only } = useStatus();
  const navigate = useNavigate();
  const leaving = useWrite(gongji.demoLeave, () => void navigate({ to: "/" }));
  return (
    <>
      {demo && (
        <div className="px-4 pt-3 @[48rem]:px-8">
          <Notice tone="info" title={say("demo.banner")}>
            <p>{say("demo.banner.means")}</p>
            <div className="mt-2">
              <Button small isPending={leaving.isPending} onPress={() => leaving.mutate(undefined)}>
                {say("demo.leave")}
              </Button>
            </div>
          </Notice>
        </div>
      )}
      {read_only && (
        <div className="px-4 pt-3 @[48rem]:px-8">
          <Notice tone="warn" title={say("read_only.banner")}>
            <p>
              <Words>{tell(read_only)}</Words>
            </p>
            <p>
              <Words>{tell({ code: "hint.read_only", params: {} })}</Words>
            </p>
            <code className="text-sm break-all select-all">{file}</code>
          </Notice>
        </div>
      )}
    </>
  );
}

function TopBar() {
  const { say } = useTexts();
  const { household } = useStatus();
  return (
    // Where the menu stands behind its button, the button stays in sight while the page scrolls.
    <header className="sticky top-0 z-10 flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-surface px-4 py-2 @[48rem]:px-8 @[56rem]/window:static">
      <MenuButton />
      <p className="mr-auto min-w-0 font-medium">{household ?? say("household.none")}</p>
      <SavedState />
      <UndoRedo />
    </header>
  );
}

/** What may be opened before there is a household. */
const OPEN_TO_ALL = ["/setup", "/settings"];

function Content() {
  const { household } = useStatus();
  const path = useRouterState({ select: (state) => state.location.pathname });
  // biome-ignore lint/correctness/useExhaustiveDependencies: once a screen
  useEffect(dropOldToast, [path]);
  if (household === null && !OPEN_TO_ALL.includes(path)) return <Navigate to="/setup" replace />;
  return <Outlet />;
}

/** The window: menu, bar, banners, screen. */
export function Shell() {
  const status = useStatusQuery();
  useLook(status.data?.settings);
  const navigate = useNavigate();
  usePlaceKeys(useCallback((to: string) => void navigate({ to }), [navigate]));

  if (status.error && !status.data) {
    return <CannotOpen error={status.error} onRetry={() => void status.refetch()} />;
  }
  if (!status.data) return <Waiting />;
  return (
    <StatusContext value={status.data}>
      {/* The page scrolls in its own row: what is said below it takes room from it and covers nothing. The
          row is `relative`, so that what is hidden from the eye in it does not lengthen the window. */}
      <div className="@container/window h-screen">
        <div className="grid h-full grid-cols-[minmax(0,1fr)] grid-rows-[minmax(0,1fr)_auto] @[56rem]/window:grid-cols-[13rem_minmax(0,1fr)]">
          <SideNavigation />
          <div
            data-scroller
            className="@container relative min-w-0 scroll-pt-20 overflow-y-auto @[56rem]/window:scroll-pt-0"
          >
            <TopBar />
            <main>
              <Banners />
              <Content />
            </main>
          </div>
          <div className="@[56rem]/window:col-start-2">
            <Toasts />
          </div>
        </div>
      </div>
    </StatusContext>
  );
}

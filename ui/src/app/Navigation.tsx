import { Link, useRouterState } from "@tanstack/react-router";
import {
  BookOpenText,
  CalendarRange,
  HeartHandshake,
  House,
  type LucideIcon,
  Menu,
  Receipt,
  Settings2,
  UsersRound,
} from "lucide-react";
import { useEffect, useState } from "react";
import { Button, Dialog } from "../design";
import { classes } from "../design/classes";
import { type Say, useTexts } from "../i18n";
import { useStatus } from "./status";

type Place = { to: string; icon: LucideIcon; name: Parameters<Say>[0] };

/** The screens, in the order of the menu; Ctrl+1 … Ctrl+7 open them. */
export const PLACES: Place[] = [
  { to: "/", icon: House, name: "nav.overview" },
  { to: "/members", icon: UsersRound, name: "nav.members" },
  { to: "/aid", icon: HeartHandshake, name: "nav.aid" },
  { to: "/estimate", icon: Receipt, name: "nav.estimate" },
  { to: "/projection", icon: CalendarRange, name: "nav.projection" },
  { to: "/policy", icon: BookOpenText, name: "nav.policy" },
  { to: "/settings", icon: Settings2, name: "nav.settings" },
];

/** All there is before there is a household. */
const FIRST_PLACES: Place[] = [
  { to: "/setup", icon: House, name: "nav.setup" },
  ...PLACES.filter(({ to }) => to === "/settings"),
];

function Links({ onFollow }: { onFollow?: () => void }) {
  const { say } = useTexts();
  const { household } = useStatus();
  const path = useRouterState({ select: (state) => state.location.pathname });
  return (
    <ul className="grid gap-1">
      {(household === null ? FIRST_PLACES : PLACES).map(({ to, icon: Icon, name }) => {
        const key = PLACES.findIndex((place) => place.to === to) + 1;
        const here = to === "/" ? path === "/" : path.startsWith(to);
        return (
          <li key={to}>
            <Link
              to={to}
              onClick={onFollow}
              aria-current={here ? "page" : undefined}
              aria-keyshortcuts={key > 0 ? `Control+${key}` : undefined}
              className={classes(
                "flex min-h-11 items-center gap-3 rounded-lg px-3 py-2 text-ink no-underline",
                here ? "bg-accent-soft font-semibold text-accent" : "hover:bg-sunken",
              )}
            >
              <Icon aria-hidden className="size-5 shrink-0" />
              {say(name)}
            </Link>
          </li>
        );
      })}
    </ul>
  );
}

/** The menu at the side, where there is room for it. */
export function SideNavigation() {
  const { say } = useTexts();
  return (
    <nav
      aria-label={say("nav.label")}
      className="relative row-span-2 hidden overflow-auto border-r border-line bg-surface p-3 @[56rem]/window:block"
    >
      <p className="px-3 pt-2 pb-4 text-lg font-semibold text-accent">{say("app.name")}</p>
      <Links />
    </nav>
  );
}

/** The same menu behind a button: narrow windows, large text. */
export function MenuButton() {
  const { say } = useTexts();
  const [open, setOpen] = useState(false);
  return (
    <div className="@[56rem]/window:hidden">
      <Button small icon={Menu} onPress={() => setOpen(true)}>
        {say("nav.menu")}
      </Button>
      <Dialog title={say("nav.label")} isOpen={open} onClose={() => setOpen(false)}>
        <nav aria-label={say("nav.label")}>
          <Links onFollow={() => setOpen(false)} />
        </nav>
      </Dialog>
    </div>
  );
}

/** Ctrl+1 … Ctrl+7. */
export function usePlaceKeys(go: (to: string) => void) {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.isComposing || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey)
        return;
      const place = PLACES[Number(event.key) - 1];
      if (!place || document.querySelector("[role=dialog]")) return;
      event.preventDefault();
      go(place.to);
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, [go]);
}

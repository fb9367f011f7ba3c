import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Navigate,
} from "@tanstack/react-router";
import { AidScreen } from "../screens/aid";
import { EstimateScreen } from "../screens/estimate";
import { MemberScreen } from "../screens/members/MemberScreen";
import { MembersScreen } from "../screens/members/MembersScreen";
import { OverviewScreen } from "../screens/overview/OverviewScreen";
import { PolicyScreen } from "../screens/policy";
import { ProjectionScreen } from "../screens/projection";
import { SettingsScreen } from "../screens/settings/SettingsScreen";
import { SetupScreen } from "../screens/setup/SetupScreen";
import { Shell } from "./Shell";

/** Which member a screen opens with, as `?member=2`. */
function memberSearch(search: Record<string, unknown>): { member?: number } {
  const member = Number(search.member);
  return Number.isInteger(member) && member > 0 ? { member } : {};
}

const root = createRootRoute({
  component: Shell,
  notFoundComponent: () => <Navigate to="/" replace />,
});
const at = <Path extends string>(path: Path, component: () => React.ReactNode) =>
  createRoute({ getParentRoute: () => root, path, component, validateSearch: memberSearch });

const tree = root.addChildren([
  at("/", OverviewScreen),
  at("/setup", SetupScreen),
  at("/members", MembersScreen),
  at("/members/$id", MemberScreen),
  at("/aid", AidScreen),
  at("/estimate", EstimateScreen),
  at("/projection", ProjectionScreen),
  at("/policy", PolicyScreen),
  at("/settings", SettingsScreen),
]);

export const router = createRouter({ routeTree: tree, history: createHashHistory() });

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}

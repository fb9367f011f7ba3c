import type { ReactNode } from "react";
import { Tabs as AriaTabs, Tab, TabList, TabPanel } from "react-aria-components";
import { classes } from "./classes";

type TabsProps = {
  /** What the tabs are parts of. */
  label: string;
  tabs: { id: string; name: string; content: ReactNode }[];
};

/** 分页 — each a button of its own, so that they may stand in one row or in several. */
export function Tabs({ label, tabs }: TabsProps) {
  return (
    <AriaTabs className="grid gap-4">
      <TabList aria-label={label} className="flex flex-wrap gap-2">
        {tabs.map(({ id, name }) => (
          <Tab
            key={id}
            id={id}
            className={({ isSelected }) =>
              classes(
                "flex min-h-11 cursor-pointer items-center rounded-lg border px-4 py-2 font-medium",
                isSelected
                  ? "border-accent bg-accent text-on-accent"
                  : "border-edge bg-surface text-ink hover:bg-sunken",
              )
            }
          >
            {name}
          </Tab>
        ))}
      </TabList>
      {tabs.map(({ id, content }) => (
        <TabPanel key={id} id={id} className="grid gap-5 rounded-xl">
          {content}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}

import { BarChart, CustomChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, TooltipComponent } from "echarts/components";
import { type ECharts, init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

// Only what the chart uses; the rest of the library stays out of the window.
use([
  AriaComponent,
  BarChart,
  CustomChart,
  GridComponent,
  LineChart,
  SVGRenderer,
  TooltipComponent,
]);

/** A chart in a box, to which options are given. */
export function openIn(box: HTMLElement, size: { width: number; height: number }): ECharts {
  return init(box, null, { renderer: "svg", ...size });
}

// What every page loads. Each feature is fetched only where its element stands; pages work without.
import "./dialogs.js";
import "./menus.js";

const features = {
  "[data-takes-focus]": () => import("./first_focus.js"),
  "[data-themes]": () => import("./theme.js"),
  "[data-grid]": () => import("./grid.js"),
  "[data-job]": () => import("./job.js"),
  "[data-findings]": () => import("./findings.js"),
  "[data-judged]": () => import("./judged.js"),
  "[data-upload]": () => import("./upload.js"),
  "[data-contrast]": () => import("./contrast.js"),
  ".chart": () => import("./charts.js").then(({ readCharts }) => readCharts(document)),
};
for (const link of document.querySelectorAll(":is(.places, .inside) [aria-current]")) link.scrollIntoView({ block: "nearest", inline: "center" });
Object.entries(features).forEach(([selector, load]) => document.querySelector(selector) && load());

// The report of a plan: remembers the theme, reads values off charts, tells a cell of the roster.
import { readCharts } from "./charts.js";
import { Roving } from "./roving.js";

// Theme: the choice itself is plain CSS; this only remembers it where the browser lets a file.
const remember = (value) => { try { localStorage.setItem("parade-theme", value); } catch { /* not kept */ } };
try {
  const kept = localStorage.getItem("parade-theme");
  const radio = kept && document.getElementById(`theme-${kept}`);
  if (radio) radio.checked = true;
} catch { /* nothing kept */ }
document.querySelectorAll("input[name=theme]").forEach((radio) => {
  radio.addEventListener("change", () => remember(radio.value));
});

readCharts(document);

for (const table of document.querySelectorAll(".roster")) {
  const box = table.closest(".rosterbox");
  const who = box.querySelector(".who"), what = box.querySelector(".what");
  table.setAttribute("role", "grid");
  table.setAttribute("aria-readonly", "true");
  table.setAttribute("aria-label", "Roster. Arrow keys move from cell to cell");
  box.querySelector(".gridbox").removeAttribute("tabindex");

  const tell = ({ row, cell, heads, x }) => {
    const name = row.querySelector(".name") ?? row.querySelector("th i");
    const words = cell.querySelector("i").textContent;
    who.textContent = `${name.textContent.trim()}, ${heads[x].dataset.day}`;
    what.textContent = `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
  };
  const grid = new Roving(table, { onMove: tell, label: (cell) => cell.querySelector("i").textContent });
  table.addEventListener("pointerover", (event) => {
    const cell = event.target.closest("td");
    const row = cell && event.pointerType === "mouse" && !table.contains(document.activeElement)
      ? grid.cells.findIndex((line) => line.includes(cell)) : -1;
    if (row >= 0) grid.point(row, grid.cells[row].indexOf(cell));
  });
}

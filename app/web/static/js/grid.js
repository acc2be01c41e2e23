// The roster grid: read a cell, propose a shift, see its effect in the panel, keep it or put it back.
import { say } from "./announce.js";
import { failure, get, parse, send } from "./fetching.js";
import { Panel } from "./panel.js";
import { Roving } from "./roving.js";

const PROPOSED = { e: "E", d: "D", l: "L", n: "N", r: "R", a: "A", t: "T" };
const SHOWN = 4000;

class Grid {
  constructor(table) {
    const box = table.closest(".rosterbox");
    Object.assign(this, { table, urls: table.dataset, shifts: JSON.parse(table.dataset.shifts || "{}") });
    this.panel = new Panel(box.querySelector(".panel"), () => this.putBack());
    this.find = box.querySelector("[data-find]");
    this.nobody = box.querySelector("[data-nobody]");
    table.setAttribute("role", "grid");
    box.querySelector(".gridbox").removeAttribute("tabindex");
    this.roving = new Roving(table, { label: (cell) => this.words(cell) });
    table.addEventListener("keydown", (event) => this.key(event));
    table.addEventListener("click", (event) => event.target.closest("td") && this.open());
    table.addEventListener("pointerover", (event) => this.hover(event.target.closest("td")));
    box.addEventListener("keydown", (event) => this.anywhere(event));
    this.panel.element.addEventListener("click", (event) => this.press(event));
    this.panel.element.addEventListener("submit", (event) => this.submit(event));
    this.find?.addEventListener("input", () => this.filter());
  }

  // What a cell says: who, when, what, and its marks.
  words(cell) {
    const { rows, cells, heads } = this.roving;
    const y = cells.findIndex((line) => line.includes(cell)), row = rows[y];
    const who = row.querySelector(".name")?.textContent ?? row.querySelector("th").textContent.trim();
    const letter = cell.dataset.s ?? cell.firstChild?.data?.trim() ?? "";
    const marks = cell.querySelector("i")?.textContent.trim();
    const what = row.dataset.r === undefined ? letter : this.shifts[letter] ?? (letter || "rest");
    return [who, heads[cells[y].indexOf(cell)].dataset.day, what, marks].filter(Boolean).join(", ");
  }

  hover(cell) {
    if (cell && !cell.title && this.roving.cells.some((line) => line.includes(cell))) cell.title = this.words(cell);
  }

  url(name, shift = "") {
    const { row, x } = this.roving;
    return this.urls[name]?.replace("{row}", row.dataset.r ?? "").replace("{kind}", row.dataset.kind ?? "")
      .replace("{day}", x).replace("{shift}", encodeURIComponent(shift));
  }

  open() {
    const url = this.url(this.roving.row.dataset.r === undefined ? "gap" : "panel");
    this.restore();
    if (url) this.show(url);
  }

  async show(url) {
    const told = await this.panel.load(get(url, this.panel.signal()));
    if (told) say(told, Boolean(this.panel.element.querySelector("[data-at-once]")));
    this.reveal();
  }

  // Where the panel lies over the grid, the chosen cell moves out from under it.
  reveal() {
    const panel = this.panel.element.getBoundingClientRect(), cell = this.roving.cell.getBoundingClientRect();
    if (getComputedStyle(this.panel.element).position !== "fixed" || !panel.height) return;
    const down = panel.top > 60 ? cell.bottom + 8 - panel.top : 0;
    const right = panel.left > 60 ? cell.right + 8 - panel.left : 0;
    const before = cell.top;
    this.table.closest(".gridbox").scrollBy(Math.max(0, right), Math.max(0, down));
    const moved = before - this.roving.cell.getBoundingClientRect().top;
    if (down > moved) scrollBy(0, down - moved);
  }

  propose(shift, letter = shift.length === 1 && shift !== "R" ? shift : "") {
    const { cell, row } = this.roving;
    if (row.dataset.r === undefined || !this.urls.try) return;
    this.restore();
    this.before = { cell, className: cell.className, html: cell.innerHTML };
    cell.className = `${letter} u chosen`;
    cell.textContent = letter;
    this.show(this.url("try", shift));
  }

  restore() {
    if (!this.before) return;
    const { cell, className, html } = this.before;
    cell.className = className;
    cell.innerHTML = html;
    this.before = null;
  }

  putBack() {
    this.restore();
    this.roving.cell.focus();
  }

  keep() {
    const form = this.panel.element.querySelector("form[data-keep]");
    if (form && this.before) form.requestSubmit();
    else this.open();
  }

  async submit(event) {
    event.preventDefault();
    if (!this.panel.isBusy) await this.post(event.target, event.submitter);
  }

  async post(form, button) {
    try {
      const answer = await send(form, button);
      const page = parse(await answer.text());
      const table = page.querySelector("table[data-grid]");
      if (answer.ok && table) this.take(page, table);
      else if (answer.status === 422 && this.panel.element.contains(form)) say(this.panel.refuse(form, page.body), true);
      else say(this.panel.fill(page.body), true);
    } catch (error) {
      this.panel.fill(failure(error));
    }
  }

  // Take over what the server kept: the table and every live part of the page.
  take(page, table) {
    const { y, x } = this.roving, cells = this.roving.cells.map((line) => line.map((cell) => cell.textContent));
    if (this.before) cells[y][x] = null;
    this.before = null;
    this.table.tHead.replaceWith(table.tHead);
    this.table.tBodies[0].replaceWith(table.tBodies[0]);
    document.querySelectorAll("[data-live][id]").forEach((part) => {
      const next = page.getElementById(part.id);
      if (next) part.replaceWith(next);
    });
    this.roving.read(y, x);
    this.roving.cells.forEach((line, row) => line.forEach((cell, column) => {
      if (cells[row]?.[column] !== cell.textContent) this.flash(cell);
    }));
    this.filter();
    this.panel.close();
    this.roving.move(y, x);
    const note = page.querySelector(".toldnote")?.textContent;
    say(note ?? "Kept.");
  }

  flash(cell) {
    cell.classList.add("changed");
    setTimeout(() => cell.classList.remove("changed"), SHOWN);
  }

  filter() {
    const wanted = this.find?.value.trim().toLowerCase() ?? "";
    const rows = [...this.table.tBodies[0].rows];
    rows.forEach((row) => {
      row.hidden = !row.querySelector(".name").textContent.toLowerCase().includes(wanted);
    });
    this.nobody.hidden = rows.some((row) => !row.hidden);
  }

  // From the search to where the grid was left, or to the first who fits where that is hidden.
  enterGrid() {
    const { roving } = this, first = roving.rows.findIndex((row) => row.dataset.r !== undefined && !row.hidden);
    if (first >= 0) roving.move(roving.row.hidden ? first : roving.y, roving.x);
  }

  press(event) {
    if (this.panel.isBusy) return;
    const asked = event.target.closest("[data-ask]");
    if (asked) this.show(asked.dataset.ask);
    const wanted = event.target.closest("[data-shift]");
    if (!wanted) return;
    const { row } = wanted.dataset;
    this.restore();
    if (row) this.roving.move(this.roving.rows.findIndex((line) => line.dataset.r === row), this.roving.x);
    this.propose(wanted.dataset.shift, wanted.querySelector(".chip")?.firstChild?.data?.trim());
  }

  key(event) {
    if (event.altKey || event.metaKey || event.ctrlKey) return;
    const kinds = this.urls.kinds ?? "EDLNR", shift = PROPOSED[event.key];
    if (event.key === "Enter") this.keep();
    else if (event.key === "Escape") this.panel.close(true);
    else if (shift && kinds.includes(shift)) this.propose(shift);
    else return;
    event.preventDefault();
  }

  anywhere(event) {
    const typing = event.target.matches("input, select, textarea");
    if (event.key === "F6") this.turn();
    else if (event.ctrlKey && event.key.toLowerCase() === "z" && !typing) this.undo(event.shiftKey ? "redo" : "undo");
    else if (event.key === "Escape" && event.target.closest(".panel")) this.panel.close(true);
    else if (event.key === "Escape" && event.target === this.find) this.leaveFind();
    else if (event.key === "Enter" && event.target === this.find) this.enterGrid();
    else if (event.key === "/" && !typing) this.find?.focus();
    else if (event.key === "?" && !typing) document.getElementById("grid-keys")?.showModal();
    else return;
    event.preventDefault();
  }

  leaveFind() {
    this.find.value = "";
    this.filter();
    this.roving.cell.focus();
  }

  // From the grid to the panel, to the search field, and round again.
  turn() {
    const at = document.activeElement;
    const stops = [this.roving.cell, this.panel.isOpen && this.panel.element, this.find].filter(Boolean);
    const index = stops.findIndex((stop) => stop === at || stop.contains(at));
    stops[(index + 1) % stops.length].focus();
  }

  undo(way) {
    const button = document.querySelector(`[data-key="${way}"]`);
    if (button && !button.disabled) this.post(button.form, button);
  }
}

document.querySelectorAll("table[data-grid]").forEach((table) => new Grid(table));

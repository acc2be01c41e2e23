// Reading values off charts, moving in the roster grid, remembering the theme. The page is whole without it.
"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  // Theme: the choice itself is plain CSS; this only remembers it where the browser lets a file.
  const remember = (value) => { try { localStorage.setItem("parade-theme", value); } catch { /* not kept */ } };
  try {
    const kept = localStorage.getItem("parade-theme");
    const radio = kept && document.getElementById(`theme-${kept}`);
    if (radio) radio.checked = true;
  } catch { /* nothing kept */ }
  all("input[name=theme]").forEach((radio) => radio.addEventListener("change", () => remember(radio.value)));

  // Charts: a reading cursor under the pointer and with the arrow keys, spoken as a slider's value.
  const unpack = (text) => text.split(" ").flatMap((part) => {
    const [value, times = "1"] = part.split("*");
    return Array(Number(times)).fill(value === "-" ? null : Number(value));
  });
  const element = (name, className) => Object.assign(document.createElement(name), { className, hidden: true });

  class Reader {
    constructor(region) {
      const data = region.dataset;
      this.region = region;
      this.sheet = region.querySelector(".sheet");
      this.names = data.names.split("|");
      this.series = data.values.split("|").map(unpack);
      this.length = this.series[0].length;
      this.across = Number(data.count) || this.length;
      [this.start, this.step, this.left, this.right, this.width] =
        ["start", "step", "left", "right", "width"].map((key) => Number(data[key]));
      this.format = new Intl.DateTimeFormat("en-GB", {
        timeZone: data.zone, weekday: "long", day: "numeric", month: "long",
        hour: "2-digit", minute: "2-digit", hourCycle: "h23",
      });
      this.cursor = this.sheet.appendChild(element("div", "cursor"));
      this.box = this.sheet.appendChild(element("div", "reading"));
      this.at = Math.max(0, this.series[0].findIndex((value) => value !== null));
      this.listen(region.getAttribute("aria-label"));
    }

    listen(label) {
      const { sheet } = this;
      this.region.removeAttribute("tabindex");
      const attributes = {
        role: "slider", tabindex: 0, "aria-label": label, "aria-orientation": "horizontal",
        "aria-valuemin": 0, "aria-valuemax": this.length - 1, "aria-valuenow": this.at, "aria-valuetext": this.words(this.at),
      };
      Object.entries(attributes).forEach(([name, value]) => sheet.setAttribute(name, value));
      sheet.addEventListener("pointermove", (event) => this.point(event));
      sheet.addEventListener("pointerdown", (event) => this.point(event));
      sheet.addEventListener("pointerleave", () => document.activeElement === sheet || this.hide());
      sheet.addEventListener("focus", () => sheet.matches(":focus-visible") && this.show(this.at));
      sheet.addEventListener("blur", () => this.hide());
      sheet.addEventListener("keydown", (event) => this.key(event));
    }

    when(index) {
      const parts = this.format.formatToParts(new Date((this.start + index * this.step) * 60000));
      const part = Object.fromEntries(parts.map(({ type, value }) => [type, value]));
      return `${part.weekday} ${part.day} ${part.month} ${part.hour}:${part.minute}`;
    }

    values(index) {
      return this.names.map((name, i) => `${name} ${this.series[i][index] ?? "not known"}`).join(", ");
    }

    lack(index) {
      const [need, duty] = this.series;
      return this.names[0] === "needed" ? Math.max(0, need[index] - duty[index]) : 0;
    }

    words(index) {
      const lack = this.lack(index);
      return `${this.when(index)}: ${this.values(index)}${lack ? `, ${lack} short` : ""}`;
    }

    point(event) {
      const box = this.sheet.getBoundingClientRect();
      const x = (event.clientX - box.left) * this.width / box.width - this.left;
      const index = Math.floor(x / this.right * this.across);
      if (index >= 0 && index < this.length) this.show(index);
    }

    show(index) {
      this.at = index;
      const lack = this.lack(index);
      const share = (this.left + this.right * (index + 0.5) / this.across) / this.width;
      const head = document.createElement("b");
      head.textContent = this.when(index);
      this.box.replaceChildren(head, this.values(index));
      if (lack) {
        const short = element("span", "lack");
        short.hidden = false;
        short.textContent = `, ${lack} short`;
        this.box.append(short);
      }
      this.cursor.hidden = this.box.hidden = false;
      this.cursor.style.left = `${share * 100}%`;
      const room = this.sheet.clientWidth, x = share * room;
      this.box.style.left = `${x + 12 + this.box.offsetWidth > room ? x - 12 - this.box.offsetWidth : x + 12}px`;
      this.sheet.setAttribute("aria-valuenow", index);
      this.sheet.setAttribute("aria-valuetext", this.words(index));
    }

    hide() { this.cursor.hidden = this.box.hidden = true; }

    key(event) {
      const day = 1440 / this.step, last = this.length - 1;
      const moves = {
        ArrowLeft: this.at - 1, ArrowDown: this.at - 1, ArrowRight: this.at + 1, ArrowUp: this.at + 1,
        PageUp: this.at + day, PageDown: this.at - day, Home: 0, End: last,
        g: this.gap(1), G: this.gap(-1),
      };
      if (!(event.key in moves) || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      this.show(Math.min(last, Math.max(0, moves[event.key])));
      const x = this.cursor.offsetLeft, view = this.region;
      if (x < view.scrollLeft + 40 || x > view.scrollLeft + view.clientWidth - 40) view.scrollLeft = x - view.clientWidth / 2;
    }

    gap(way) {
      for (let i = this.at + way; i >= 0 && i < this.length; i += way) {
        if (this.lack(i) && !this.lack(i - 1)) return i;
      }
      return this.at;
    }
  }
  all(".chart").forEach((region) => new Reader(region));

  // Roster: one tab stop, the arrows move inside, a line tells the cell in words.
  for (const table of all(".roster")) {
    const box = table.closest(".rosterbox");
    const who = box.querySelector(".who"), what = box.querySelector(".what");
    const heads = all(".days th[data-day]", table);
    const rows = [...all("tr.cover", table), ...all("tbody tr", table)];
    const cells = rows.map((row) => [...row.cells].slice(1, 1 + heads.length));
    let y = rows.length - table.tBodies[0].rows.length, x = 0;
    table.setAttribute("role", "grid");
    table.setAttribute("aria-readonly", "true");
    table.setAttribute("aria-label", "Roster. Arrow keys move from cell to cell");
    box.querySelector(".gridbox").removeAttribute("tabindex");
    cells.flat().forEach((cell) => { cell.tabIndex = -1; });
    cells[y][x].tabIndex = 0;

    const tell = () => {
      const row = rows[y], name = row.querySelector(".name");
      const kind = row.querySelector("th i");
      const words = cells[y][x].querySelector("i").textContent;
      who.textContent = `${name ? name.textContent : kind.textContent.trim()}, ${heads[x].dataset.day}`;
      what.textContent = words.charAt(0).toUpperCase() + words.slice(1) + ".";
    };
    const move = (row, column) => {
      cells[y][x].tabIndex = -1;
      heads[x].classList.remove("here");
      y = Math.min(rows.length - 1, Math.max(0, row));
      x = Math.min(heads.length - 1, Math.max(0, column));
      heads[x].classList.add("here");
      cells[y][x].tabIndex = 0;
      if (document.activeElement !== cells[y][x]) cells[y][x].focus();
      tell();
    };
    const jump = (test, way) => {
      const width = heads.length, size = rows.length * width;
      for (let i = 1; i <= size; i += 1) {
        const at = (y * width + x + way * i + size) % size;
        if (test(cells[Math.floor(at / width)][at % width].classList)) return move(Math.floor(at / width), at % width);
      }
      return undefined;
    };
    const keys = {
      ArrowLeft: () => move(y, x - 1), ArrowRight: () => move(y, x + 1),
      ArrowUp: () => move(y - 1, x), ArrowDown: () => move(y + 1, x),
      Home: (e) => move(e.ctrlKey ? 0 : y, 0), End: (e) => move(e.ctrlKey ? rows.length - 1 : y, heads.length - 1),
      PageUp: () => move(y - 10, x), PageDown: () => move(y + 10, x),
      b: () => jump((c) => c.contains("b"), 1), B: () => jump((c) => c.contains("b"), -1),
      w: () => jump((c) => c.contains("wn"), 1), W: () => jump((c) => c.contains("wn"), -1),
      g: () => jump((c) => c.contains("s1") || c.contains("s3"), 1), G: () => jump((c) => c.contains("s1") || c.contains("s3"), -1),
    };
    table.addEventListener("keydown", (event) => {
      if (event.altKey || event.metaKey || (event.ctrlKey && !["Home", "End"].includes(event.key)) || !keys[event.key]) return;
      event.preventDefault();
      keys[event.key](event);
    });
    table.addEventListener("focusin", (event) => {
      const row = cells.findIndex((line) => line.includes(event.target));
      if (row >= 0) move(row, cells[row].indexOf(event.target));
    });
    table.addEventListener("pointerover", (event) => {
      const cell = event.target.closest("td");
      if (cell && !table.contains(document.activeElement) && event.pointerType === "mouse") {
        const row = cells.findIndex((line) => line.includes(cell));
        if (row >= 0) { heads[x].classList.remove("here"); cells[y][x].tabIndex = -1; y = row; x = cells[row].indexOf(cell); cells[y][x].tabIndex = 0; tell(); }
      }
    });
  }
})();

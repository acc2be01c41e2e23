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
    const now = region.querySelector("path.now");
    if (now) this.at = Math.min(this.length - 1, this.index(Number(/M([\d.]+)/.exec(now.getAttribute("d"))[1])));
    this.listen(region.getAttribute("aria-label"));
    if (now) region.scrollLeft += now.getBoundingClientRect().left - region.getBoundingClientRect().left - this.left;
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

  index(x) { return Math.floor((x - this.left) / this.right * this.across); }

  point(event) {
    const box = this.sheet.getBoundingClientRect();
    const index = this.index((event.clientX - box.left) * this.width / box.width);
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

export const readCharts = (root) => root.querySelectorAll(".chart").forEach((region) => new Reader(region));

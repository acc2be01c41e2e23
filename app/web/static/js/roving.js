// A table as a grid with one tab stop: the arrows move inside, the head of the column is bracketed.
export class Roving {
  constructor(table, { onMove = () => {}, label = (cell) => cell.textContent } = {}) {
    Object.assign(this, { table, onMove, label });
    this.keys = {
      ArrowLeft: () => this.move(this.y, this.x - 1), ArrowRight: () => this.move(this.y, this.x + 1),
      ArrowUp: () => this.step(-1), ArrowDown: () => this.step(1),
      Home: (e) => this.move(e.ctrlKey ? 0 : this.y, 0),
      End: (e) => this.move(e.ctrlKey ? this.rows.length - 1 : this.y, this.heads.length - 1),
      PageUp: () => this.step(-10), PageDown: () => this.step(10),
      b: () => this.jump(["b"], 1), B: () => this.jump(["b"], -1),
      w: () => this.jump(["wn"], 1), W: () => this.jump(["wn"], -1),
      g: () => this.jump(["s1", "s3"], 1), G: () => this.jump(["s1", "s3"], -1),
    };
    this.read();
    table.addEventListener("keydown", (event) => this.key(event));
    table.addEventListener("focusin", (event) => this.enter(event.target.closest("td")));
  }

  read(y = null, x = 0) {
    const { table } = this;
    this.heads = [...table.querySelectorAll(".days th[data-day]")];
    this.rows = [...table.querySelectorAll("tr.cover"), ...table.tBodies[0].rows];
    this.cells = this.rows.map((row) => [...row.cells].slice(1, 1 + this.heads.length));
    this.cells.flat().forEach((cell) => { cell.tabIndex = -1; });
    this.y = Math.min(y ?? this.rows.length - table.tBodies[0].rows.length, this.rows.length - 1);
    this.x = x;
    if (this.cell) this.cell.tabIndex = 0;
  }

  get cell() { return this.cells[this.y]?.[this.x]; }

  get row() { return this.rows[this.y]; }

  enter(cell) {
    const row = cell ? this.cells.findIndex((line) => line.includes(cell)) : -1;
    if (row >= 0) this.move(row, this.cells[row].indexOf(cell));
  }

  step(way) {
    const seen = this.rows.map((row, index) => (row.hidden ? -1 : index)).filter((index) => index >= 0);
    const at = seen.indexOf(this.y);
    this.move(seen[Math.min(seen.length - 1, Math.max(0, at + way))], this.x);
  }

  point(row, column) {
    this.cell.tabIndex = -1;
    this.heads[this.x].classList.remove("here");
    this.y = Math.min(this.rows.length - 1, Math.max(0, row));
    this.x = Math.min(this.heads.length - 1, Math.max(0, column));
    this.heads[this.x].classList.add("here");
    this.cell.tabIndex = 0;
    this.onMove(this);
  }

  move(row, column) {
    this.point(row, column);
    this.cell.setAttribute("aria-label", this.label(this.cell, this));
    if (document.activeElement !== this.cell) this.cell.focus();
  }

  jump(classes, way) {
    const width = this.heads.length, size = this.rows.length * width;
    for (let i = 1; i <= size; i += 1) {
      const at = (this.y * width + this.x + way * i + size) % size;
      const row = Math.floor(at / width), cell = this.cells[row][at % width];
      if (!this.rows[row].hidden && classes.some((name) => cell.classList.contains(name))) {
        this.move(row, at % width);
        return;
      }
    }
  }

  key(event) {
    const plain = !event.altKey && !event.metaKey && (!event.ctrlKey || ["Home", "End"].includes(event.key));
    if (!plain || !this.keys[event.key]) return;
    event.preventDefault();
    this.keys[event.key](event);
  }
}

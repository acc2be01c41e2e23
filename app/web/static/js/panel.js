// The panel at the right of a grid: filled with pieces of pages, closed by its button or Escape.
import { readCharts } from "./charts.js";
import { failure, parse } from "./fetching.js";

// What of a panel is announced: the first of these that it holds.
const TOLD = ["[data-told]", ".verdict", ".note", "h2"];

export class Panel {
  constructor(element, onClose) {
    Object.assign(this, { element, onClose });
    element.addEventListener("click", (event) => event.target.closest("[data-close]") && this.close(true));
  }

  get isOpen() { return !this.element.hidden; }

  // A new request takes the place of one that is still under way.
  signal() {
    this.asked?.abort();
    this.asked = new AbortController();
    return this.asked.signal;
  }

  // While an answer is awaited, what still stands is of another cell: nothing in it can be pressed.
  get isBusy() { return this.element.ariaBusy === "true"; }

  async load(answer) {
    this.element.ariaBusy = "true";
    try {
      return this.fill(parse(await (await answer).text()).body);
    } catch (error) {
      return error.name === "AbortError" ? "" : this.fill(failure(error));
    }
  }

  // Shows what was fetched and returns the sentence to announce.
  fill(content) {
    this.element.replaceChildren(...(content.tagName === "BODY" ? content.childNodes : [content]));
    this.element.hidden = false;
    this.element.ariaBusy = "false";
    this.element.scrollTop = 0;
    readCharts(this.element);
    const [told] = TOLD.flatMap((selector) => [...this.element.querySelectorAll(selector)]);
    return told?.textContent.trim() ?? "";
  }

  // What is wrong in a form stands at its head, and what was typed stays.
  refuse(form, content) {
    form.querySelector("[data-refused]")?.remove();
    const words = content.querySelector(".verdict")?.textContent.trim() ?? "";
    const note = document.createElement("p");
    note.className = "note short";
    note.dataset.refused = "";
    note.tabIndex = -1;
    note.textContent = words;
    form.prepend(note);
    note.focus();
    return words;
  }

  close(byHand = false) {
    this.asked?.abort();
    this.element.ariaBusy = "false";
    this.element.hidden = true;
    if (byHand) this.onClose();
  }
}

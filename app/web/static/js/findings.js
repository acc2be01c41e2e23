// Findings in counts: the arrows move in the list, Enter opens, letters choose what to do. Keys are
// heard only within the list and its panel.
const home = document.querySelector("[data-findings]");
const links = [...home.querySelectorAll("[data-finding]")];
const panel = home.querySelector(".panel");
const form = panel?.querySelector("form");
const ACTS = { a: ["accept"], c: ["halve", "move", "expected", "total"], x: ["exclude"] };

const move = (event) => {
  const shown = links.filter((link) => !link.closest("details:not([open])"));
  const open = shown.findIndex((link) => link.getAttribute("aria-current"));
  const at = event.target === panel ? open : shown.indexOf(event.target);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: shown.length - 1 }[event.key];
  if (at < 0 || to === undefined) return;
  event.preventDefault();
  shown[Math.min(shown.length - 1, Math.max(0, to))].focus();
};

const choose = (acts) => {
  const wanted = acts.map((act) => form.querySelector(`[name="act"][value="${act}"]`)).find(Boolean);
  if (!wanted) return;
  wanted.checked = true;
  (wanted.value === "total" ? form.elements.total : form.elements.reason).focus();
};

home.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  move(event);
  const acts = ACTS[event.key.toLowerCase()];
  if (!form || !acts || event.target.matches("textarea, input:not([type=radio])")) return;
  event.preventDefault();
  choose(acts);
});

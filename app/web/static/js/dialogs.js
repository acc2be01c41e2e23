// Dialogs, and the question asked before a form that is hard to undo goes on.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) document.getElementById(opener.dataset.opens)?.showModal();
  if (event.target.closest("dialog [data-close]")) event.target.closest("dialog").close();
});

const button = (words, className) => Object.assign(document.createElement("button"), {
  type: "button", className: `button ${className}`, textContent: words,
});

const ask = (question, yes, danger) => new Promise((answer) => {
  const dialog = document.createElement("dialog");
  const title = Object.assign(document.createElement("h2"), { id: "asked", textContent: question });
  const acts = Object.assign(document.createElement("div"), { className: "acts" });
  const go = button(yes, danger ? "danger" : "main"), stay = button("Not now", "");
  dialog.setAttribute("aria-labelledby", "asked");
  acts.append(go, stay);
  dialog.append(title, acts);
  document.body.append(dialog);
  go.addEventListener("click", () => dialog.close("yes"));
  stay.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    dialog.remove();
    answer(dialog.returnValue === "yes");
  });
  dialog.showModal();
  stay.focus();
});

document.addEventListener("submit", async (event) => {
  const pressed = event.submitter;
  if (!pressed?.dataset.confirm || pressed.dataset.asked) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (!await ask(pressed.dataset.confirm, pressed.dataset.yes, pressed.classList.contains("danger"))) return;
  pressed.dataset.asked = "yes";
  event.target.requestSubmit(pressed);
  delete pressed.dataset.asked;
}, true);

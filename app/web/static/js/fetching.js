// Pieces of pages over HTTP, and forms sent without leaving the page.
const csrf = () => document.querySelector("meta[name=csrf]")?.content ?? "";
const OFFLINE = "No connection. Nothing was changed; try again.";

export const get = (url, signal) => fetch(url, { headers: { "X-Parade": "fragment" }, signal });

export const send = (form, button) => fetch(form.action, {
  method: "POST",
  headers: { "X-Parade": "fragment", "X-CSRF-Token": csrf() },
  body: new URLSearchParams(new FormData(form, button)),
});

export const parse = (text) => new DOMParser().parseFromString(text, "text/html");

export const failure = (error) => {
  const note = document.createElement("p");
  note.className = "note short";
  note.textContent = error instanceof TypeError ? OFFLINE : `Something went wrong: ${error.message}`;
  return note;
};

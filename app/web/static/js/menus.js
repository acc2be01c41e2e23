// A menu closes by Escape, by a press outside, and when the focus leaves it.
const open = () => [...document.querySelectorAll("details.menu[open]")];
document.addEventListener("click", (event) => {
  open().filter((menu) => !menu.contains(event.target)).forEach((menu) => { menu.open = false; });
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  open().forEach((menu) => {
    menu.open = false;
    menu.querySelector("summary").focus();
  });
});
document.addEventListener("focusout", (event) => {
  open().filter((menu) => event.relatedTarget && !menu.contains(event.relatedTarget))
    .forEach((menu) => { menu.open = false; });
});

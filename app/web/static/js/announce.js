// Words for those who listen: politely, or at once when a rule is broken.
export const say = (words, atOnce = false) => {
  const region = document.getElementById(atOnce ? "at-once" : "polite");
  region.textContent = "";
  requestAnimationFrame(() => { region.textContent = words; });
};

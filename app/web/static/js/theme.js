// The theme at once, without leaving the page; the form alone does the same by a reload.
document.querySelectorAll("[data-themes]").forEach((form) => form.addEventListener("submit", (event) => {
  const { value } = event.submitter;
  event.preventDefault();
  document.documentElement.toggleAttribute("data-theme", value !== "auto");
  if (value !== "auto") document.documentElement.dataset.theme = value;
  document.cookie = `parade_theme=${value}; path=/; max-age=31536000; samesite=lax`;
  document.querySelectorAll("[data-themes] button").forEach((button) => {
    button.setAttribute("aria-pressed", String(button.value === value));
  });
}));

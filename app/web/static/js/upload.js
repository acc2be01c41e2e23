// A file: its size is told before it goes, a file may be dropped, and two presses send once.
const size = (bytes) => (bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`);

for (const form of document.querySelectorAll("[data-upload]")) {
  const input = form.querySelector("input[type=file]");
  const said = input.parentElement.appendChild(Object.assign(document.createElement("p"), { className: "hint" }));
  const tell = () => {
    const [file] = input.files;
    said.textContent = file ? `${file.name}, ${size(file.size)}` : "";
  };
  input.addEventListener("change", tell);
  form.addEventListener("dragover", (event) => {
    event.preventDefault();
    form.classList.add("over");
  });
  form.addEventListener("dragleave", () => form.classList.remove("over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("over");
    if (event.dataTransfer.files.length !== 1) return;
    input.files = event.dataTransfer.files;
    tell();
  });
  form.addEventListener("submit", () => {
    const button = form.querySelector(".button.main");
    setTimeout(() => {
      button.disabled = true;
      said.textContent = "The file is being read";
    });
  });
}
addEventListener("pageshow", () => {
  document.querySelectorAll("[data-upload] .button.main").forEach((button) => { button.disabled = false; });
});

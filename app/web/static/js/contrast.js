// Measures each colour of the patterns page against its ground, in the theme that it stands in.
const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
const rgb = (colour) => {
  canvas.clearRect(0, 0, 1, 1);
  canvas.fillStyle = colour;
  canvas.fillRect(0, 0, 1, 1);
  return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
};
const light = (colour) => {
  const [r, g, b] = rgb(colour).map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const ratio = (one, other) => {
  const [low, high] = [light(one), light(other)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
};
const hex = (colour) => `#${rgb(colour).map((v) => v.toString(16).padStart(2, "0")).join("")}`;

const measure = () => document.querySelectorAll("[data-contrast]").forEach((line) => {
  const style = getComputedStyle(line.querySelector(".swatch-box"));
  line.querySelector("output").textContent = line.dataset.contrast === "text"
    ? ratio(style.color, style.backgroundColor).toFixed(1)
    : `${hex(style.backgroundColor)} ${ratio(style.backgroundColor, style.borderTopColor).toFixed(1)}`;
});
measure();

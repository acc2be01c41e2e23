// How far a job is, live: each event of the job draws the page's own words and chart anew.
import { say } from "./announce.js";
import { get, parse } from "./fetching.js";

const EVERY = 1500, ANEW = 5000, SPOKEN = 15000;

for (const section of document.querySelectorAll("[data-job][data-events]")) {
  const place = [...document.querySelectorAll("[data-job]")].indexOf(section);
  let state = section.dataset.state, asking = false, again = false, spoken = 0;

  const finish = () => {
    if (section.dataset.done) location.assign(section.dataset.done);
    else location.reload();
  };

  const draw = (fresh) => {
    for (const part of section.querySelectorAll("[data-part]")) {
      const next = fresh.querySelector(`[data-part="${part.dataset.part}"]`);
      if (next && next.outerHTML !== part.outerHTML) part.replaceWith(next);
    }
    const words = section.querySelector("[data-part=words]").textContent;
    if (words && Date.now() - spoken > SPOKEN) {
      say(words);
      spoken = Date.now();
    }
  };

  const refresh = async () => {
    if (asking) { again = true; return; }
    asking = true;
    try {
      const fresh = parse(await (await get(location.href)).text()).querySelectorAll("[data-job]")[place];
      if (!fresh) return finish();
      if (fresh.dataset.state !== state && !["waiting", "running"].includes(fresh.dataset.state)) return finish();
      state = fresh.dataset.state;
      draw(fresh);
    } catch { /* asked again with the next event */ }
    setTimeout(() => {
      asking = false;
      if (again) { again = false; refresh(); }
    }, EVERY);
    return undefined;
  };

  const source = new EventSource(section.dataset.events);
  const told = () => refresh();
  ["message", "progress", "job", "done"].forEach((name) => source.addEventListener(name, told));
  source.addEventListener("error", () => {
    if (source.readyState === EventSource.CLOSED) setInterval(refresh, ANEW);
  });
  addEventListener("pagehide", () => source.close());
}

// What a form's words mean, beside them while they are typed: fetched when the typing rests.
import { failure, get, parse } from "./fetching.js";

const REST = 400;

for (const form of document.querySelectorAll("[data-judged]")) {
  const place = document.getElementById("judged");
  let timer, running;
  const judge = async () => {
    running?.abort();
    running = new AbortController();
    try {
      const fields = new FormData(form);
      fields.delete("csrf");
      const answer = await get(`${form.dataset.judged}?${new URLSearchParams(fields)}`, running.signal);
      if (answer.ok) place.replaceChildren(...parse(await answer.text()).body.childNodes);
    } catch (error) {
      if (error.name !== "AbortError") place.replaceChildren(failure(error));
    }
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(judge, REST);
  });
}

/* Shows the progress and duration of an upload. Without this script, the form still works. */
"use strict";
{
  const PAUSE = 1000;

  function begin(form) {
    const line = form.querySelector(".progress");
    const words = document.createElement("span");
    const clock = document.createElement("span");
    const start = Date.now();
    clock.setAttribute("aria-hidden", "true");
    line.replaceChildren(words, clock);
    line.hidden = false;
    const say = (said) => { if (words.textContent !== said) words.textContent = said; };
    say("The file is being uploaded and read");
    return setInterval(async () => {
      clock.textContent = ` · ${Math.round((Date.now() - start) / 1000)} s`;
      try {
        const answer = await fetch(form.dataset.upload);
        if (answer.ok) say((await answer.json()).said || words.textContent);
      } catch { /* The page is being left, or the network is down: the next interval tries again. */ }
    }, PAUSE);
  }

  for (const form of document.querySelectorAll("form[data-upload]")) {
    let timer;
    form.addEventListener("submit", (event) => {
      if (timer) return event.preventDefault(); // sent once is enough
      form.setAttribute("aria-busy", "true");
      timer = begin(form);
    });
    window.addEventListener("pageshow", () => {
      clearInterval(timer);
      timer = undefined;
      form.removeAttribute("aria-busy");
      form.querySelector(".progress").hidden = true;
    });
  }
}

// Shows results while typing in the header search: a combobox whose options link to pages. Without it, Enter searches.
document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("[data-suggestions]");
  const input = form.querySelector("input");
  const list = Object.assign(document.createElement("ul"), { id: "suggestions", className: "suggestions", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  form.append(list);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-controls": list.id, "aria-autocomplete": "list", "aria-expanded": "false" })) input.setAttribute(name, value);

  let at = -1, waiting, asked;
  const options = () => [...list.children];

  const close = () => {
    list.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const point = (place) => {
    const all = options();
    at = (place + all.length) % all.length;
    all.forEach((option, number) => option.setAttribute("aria-selected", number === at));
    input.setAttribute("aria-activedescendant", all[at].id);
    all[at].scrollIntoView({ block: "nearest" });
  };

  const show = (suggestions) => {
    list.replaceChildren(...suggestions.map(({ title, kind, url }, number) => {
      const option = Object.assign(document.createElement("li"), { id: `suggestion-${number}` });
      const small = Object.assign(document.createElement("small"), { textContent: kind });
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.append(title, " ", small);
      option.dataset.url = url;
      return option;
    }));
    at = -1;
    list.hidden = !suggestions.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
  };

  const ask = async () => {
    asked?.abort();
    asked = new AbortController();
    const words = input.value.trim();
    if (words.length < 2) { close(); return; }
    try {
      const answer = await fetch(`${form.dataset.suggestions}?${new URLSearchParams({ q: words })}`, { signal: asked.signal });
      if (answer.ok) show((await answer.json()).suggestions);
    } catch { /* a later request replaced this one, or there is no network: Enter still searches */ }
  };

  input.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(ask, 150); });
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); point(event.key === "ArrowDown" ? at + 1 : Math.max(at, 0) - 1); }
    else if (event.key === "Escape") { event.preventDefault(); close(); }
    else if (event.key === "Enter" && at >= 0) { event.preventDefault(); location.assign(options()[at].dataset.url); }
  });
  list.addEventListener("mousedown", (event) => {
    const option = event.target.closest("li");
    if (option) { event.preventDefault(); location.assign(option.dataset.url); }
  });
  input.addEventListener("blur", close);
});

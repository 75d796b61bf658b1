/* Shows a preview next to each Markdown field. Requests it from the server for visible fields after a pause in typing. */
"use strict";
{
  const PAUSE = 300;

  const inSight = new IntersectionObserver((entries) => {
    for (const entry of entries.filter((each) => each.isIntersecting)) {
      inSight.unobserve(entry.target);
      entry.target.dispatchEvent(new CustomEvent("markdown:show"));
    }
  });

  async function ask(area, signal) {
    const token = area.form.elements.csrfmiddlewaretoken.value;
    const body = new URLSearchParams({ source: area.value });
    const options = { method: "POST", headers: { "X-CSRFToken": token }, body, signal };
    const response = await fetch(area.dataset.previewUrl, options);
    if (response.ok) return { html: await response.text() };
    return { problem: response.status === 413 ? await response.text() : "The preview is not available right now." };
  }

  function show(pane, { html, problem }) {
    pane.toggleAttribute("data-problem", Boolean(problem));
    if (problem) pane.textContent = problem;
    else pane.innerHTML = html;
  }

  function preview(area, pane) {
    let timer;
    let running = new AbortController();
    const refresh = async () => {
      running.abort();
      running = new AbortController();
      if (!area.value.trim()) return show(pane, { html: "" });
      try {
        show(pane, await ask(area, running.signal));
      } catch (error) {
        if (error.name !== "AbortError") show(pane, { problem: "The preview is not available right now." });
      }
    };
    area.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(refresh, PAUSE);
    });
    area.addEventListener("markdown:show", refresh);
  }

  /* A link in the preview opens in another tab, because following it here would lose what was typed. */
  function follow(event) {
    const link = event.target.closest("a[href]");
    if (!link) return;
    event.preventDefault();
    window.open(link.href, "_blank", "noopener");
  }

  function pair(area) {
    const frame = document.createElement("div");
    const pane = document.createElement("div");
    const label = area.getAttribute("aria-label") || area.labels[0]?.textContent.replace(":", "") || "text";
    frame.className = "markdown-pair";
    pane.className = "markdown-preview";
    pane.tabIndex = 0;
    pane.setAttribute("role", "group");
    pane.setAttribute("aria-label", `Preview: ${label}`);
    pane.addEventListener("click", follow);
    area.before(frame);
    frame.append(area, pane);
    preview(area, pane);
    inSight.observe(area);
  }

  function pairAll(root) {
    for (const area of root.querySelectorAll("textarea[data-preview-url]")) {
      if (!area.closest(".empty-form, .markdown-pair")) pair(area);
    }
  }

  document.addEventListener("DOMContentLoaded", () => pairAll(document));
  document.addEventListener("formset:added", (event) => pairAll(event.target));
}

// The light and dark switch. Loaded in the head, so that a chosen theme applies from the first paint on.
(() => {
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  let stored = null;
  try { stored = localStorage.getItem("theme"); } catch { /* without storage, the system decides */ }
  if (stored === "light" || stored === "dark") root.dataset.theme = stored;

  const isDark = () => (root.dataset.theme || (system.matches ? "dark" : "light")) === "dark";

  document.addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector("[data-theme-switch]");
    const name = () => {
      button.title = isDark() ? "Light theme" : "Dark theme";
      button.setAttribute("aria-label", button.title);
    };
    button.hidden = false;
    name();
    system.addEventListener("change", name);
    button.addEventListener("click", () => {
      const chosen = isDark() ? "light" : "dark";
      root.dataset.theme = chosen;
      try { localStorage.setItem("theme", chosen); } catch { /* without storage, it lasts for this page only */ }
      name();
    });
  });
})();

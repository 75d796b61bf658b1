/* Adds missing labels, keyboard access and initial focus to the search fields and sortable rows of the admin. */
"use strict";
{
  function nameSearch(select) {
    const drawn = select.nextElementSibling;
    const label = select.getAttribute("aria-label") || select.labels[0]?.textContent.replace(":", "").trim();
    if (!drawn || !label) return;
    const parts = drawn.querySelectorAll("[role=combobox], [role=textbox], .select2-search__field");
    parts.forEach((part) => part.setAttribute("aria-label", label));
    drawn.querySelector("ul")?.setAttribute("role", "presentation");
  }

  function reach(button) {
    button.tabIndex = 0;
    button.addEventListener("keydown", (event) => {
      if (!["Enter", " "].includes(event.key)) return;
      event.preventDefault();
      button.click();
      button.focus();
    });
  }

  function nameRows(head) {
    const name = document.createElement("span");
    name.className = "visually-hidden";
    name.textContent = "Row";
    head.append(name);
  }

  /* If nothing can be deleted, the column of delete boxes has an empty header, so it should not be a header cell. */
  function unname(head) {
    head.replaceWith(document.createElement("td"));
  }

  /* Django intends to focus the first field of a new row, but the buttons above it come first. */
  function begin() {
    if (document.activeElement?.type !== "submit") return;
    document.querySelector("#content-main fieldset :is(input, textarea):not([type=hidden])")?.focus();
  }

  function improve(root) {
    root.querySelectorAll("select.admin-autocomplete").forEach(nameSearch);
    root.querySelectorAll(".sort i[role=button]").forEach(reach);
    root.querySelectorAll("th.original:empty").forEach(nameRows);
    root.querySelectorAll("thead th:not([class]):empty").forEach(unname);
  }

  /* A browser scrolls to a focused element only if no part of it is visible, so the edge of a table of parts could hide
     half of a field. Do not scroll while a pointer is down, because the field must not move before it is released. */
  let isPointerDown = false;
  document.addEventListener("pointerdown", () => { isPointerDown = true; }, true);
  ["pointerup", "pointercancel"].forEach((name) => {
    document.addEventListener(name, () => { isPointerDown = false; }, true);
  });
  document.addEventListener("focusin", ({ target }) => {
    const field = target.closest(".select2-container") ?? target;
    if (!isPointerDown && field.closest(".tabular")) field.scrollIntoView({ block: "nearest", inline: "nearest" });
  });

  /* jQuery runs this after the scripts that render the search fields. */
  window.addEventListener("load", () => django.jQuery(() => { improve(document); begin(); }));
  document.addEventListener("formset:added", (event) => setTimeout(improve, 0, event.target));
}

/* Names, keys and the first place of the cursor for what the search fields and sortable rows of the admin draw without them. */
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

  /* The column of the delete boxes, where nothing can be deleted: a head that names nothing is no head. */
  function unname(head) {
    head.replaceWith(document.createElement("td"));
  }

  /* Django means the first field of a new row, but the buttons above it come first. */
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

  /* A browser scrolls to what gets the focus only if none of it is in view, so the edge of a table of parts could hide
     half of a field. A pointer already is where the field is, and must find it there when it is released. */
  let isPointerDown = false;
  document.addEventListener("pointerdown", () => { isPointerDown = true; }, true);
  ["pointerup", "pointercancel"].forEach((name) => {
    document.addEventListener(name, () => { isPointerDown = false; }, true);
  });
  document.addEventListener("focusin", ({ target }) => {
    const field = target.closest(".select2-container") ?? target;
    if (!isPointerDown && field.closest(".tabular")) field.scrollIntoView({ block: "nearest", inline: "nearest" });
  });

  /* jQuery's own turn comes after that of the scripts that draw the search fields. */
  window.addEventListener("load", () => django.jQuery(() => { improve(document); begin(); }));
  document.addEventListener("formset:added", (event) => setTimeout(improve, 0, event.target));
}

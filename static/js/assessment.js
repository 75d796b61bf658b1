// The assessment stores its answers in the fragment of the address, which the browser does not send to anyone.
document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("[data-assessment]");
  if (!form) return;
  const progress = form.querySelector("[data-progress]");
  const named = (kind, name) => [...form.querySelectorAll(`${kind}[name="${CSS.escape(name)}"]`)];
  const isAnswer = ([name, value]) => /^[rn]-/.test(name) && value;
  const answers = () => new URLSearchParams([...new FormData(form)].filter(isAnswer));

  // Whether the form can show the answer. Answers for skills that are not required here are preserved; proficiencies that
  // no longer exist cannot be shown.
  const choose = ([name, value]) => {
    const radios = named("input", name), [text] = named("textarea", name);
    const radio = radios.find((each) => each.value === value);
    if (radio) radio.checked = true;
    else if (text) { text.value = value; text.closest("details").open = true; }
    else if (!radios.length) form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    return Boolean(radio || text || !radios.length);
  };

  const keep = () => {
    const words = answers().toString();
    history.replaceState(null, "", words ? `#${words}` : location.pathname);
    const rated = form.querySelectorAll("input[type=radio]:checked").length;
    const skills = form.querySelectorAll("fieldset").length;
    progress.textContent = `${rated} of ${skills} ${skills === 1 ? "skill" : "skills"} answered`;
    countGroups();
  };

  const countGroups = () => {
    for (const group of form.querySelectorAll("[data-group]")) {
      const checked = group.querySelectorAll("input[type=radio]:checked").length;
      group.querySelector("[data-answered]").textContent = `${checked} of ${group.querySelectorAll("fieldset").length} answered`;
    }
  };

  // Opening a group closes the one above it, so the page moves under the reader.
  const showStart = (group) => {
    const summary = group.querySelector("summary");
    if (group.open && summary.getBoundingClientRect().top < 0) summary.scrollIntoView();
  };

  const kept = answers().size ? [] : [...new URLSearchParams(location.hash.slice(1))].filter(isAnswer);
  const gone = kept.filter((answer) => !choose(answer)).length;
  if (answers().size) keep();
  else countGroups();
  for (const group of form.querySelectorAll("[data-group]")) group.addEventListener("toggle", () => showStart(group));
  if (gone) progress.textContent += `. ${gone} saved ${gone === 1 ? "answer no longer fits" : "answers no longer fit"}; choose again`;
  document.querySelector("[data-kept]").hidden = false;
  form.addEventListener("input", keep);
  form.addEventListener("submit", () => { form.action = location.pathname + location.hash; });

  for (const field of document.querySelectorAll("[data-kept-field]")) {
    try {
      field.value = localStorage.getItem(field.dataset.keptField) ?? "";
      field.addEventListener("input", () => localStorage.setItem(field.dataset.keptField, field.value));
    } catch { /* The browser stores nothing; the field still prints. */ }
  }

  const copy = form.querySelector("[data-copy]");
  copy.hidden = !navigator.clipboard;
  copy.addEventListener("click", async () => {
    const asked = new FormData(form);
    asked.set("as", "markdown");
    const report = await fetch(location.pathname, { method: "POST", body: asked });
    await navigator.clipboard.writeText(await report.text());
    copy.textContent = "Copied";
  });
});

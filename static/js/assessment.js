// The assessment keeps its answers in the fragment of the address, which the browser sends to nobody.
document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("[data-assessment]");
  if (!form) return;
  const isAnswer = ([name, value]) => /^[rn]-/.test(name) && value;
  const answers = () => new URLSearchParams([...new FormData(form)].filter(isAnswer));

  const choose = (name, value) => {
    const radios = form.querySelectorAll(`input[type="radio"][name="${CSS.escape(name)}"]`);
    const radio = [...radios].find((each) => each.value === value);
    const text = form.querySelector(`textarea[name="${CSS.escape(name)}"]`);
    if (radio) { radio.checked = true; return; }
    if (text) { text.value = value; text.closest("details").open = true; return; }
    if (radios.length) return; // a step that this skill has no more
    const kept = Object.assign(document.createElement("input"), { type: "hidden", name, value });
    form.append(kept);
  };

  const keep = () => {
    const words = answers().toString();
    history.replaceState(null, "", words ? `#${words}` : location.pathname);
    const rated = form.querySelectorAll("input[type=radio]:checked").length;
    form.querySelector("[data-progress]").textContent = `${rated} of ${form.querySelectorAll("fieldset").length} skills answered`;
  };

  if (!answers().size) for (const pair of new URLSearchParams(location.hash.slice(1))) if (isAnswer(pair)) choose(...pair);
  document.querySelector("[data-kept]").hidden = false;
  form.addEventListener("input", keep);
  form.addEventListener("submit", () => { form.action = location.pathname + location.hash; });
  if (answers().size) keep();
});

// Practice: one question at a time, a timer, and stories that are stored in this browser and not sent to anyone.
document.addEventListener("DOMContentLoaded", () => {
  const stories = document.querySelector("[data-stories]");
  if (!stories) return;
  const KEY = "stories", KIND = "TPM Portal stories";
  const made = (name, text, parts = {}) => Object.assign(document.createElement(name), { textContent: text }, parts);

  // A story has the key and title of its question, the skills it shows, and its steps with their text.
  const isStory = (one) => one && ["key", "title"].every((name) => typeof one[name] === "string")
    && Array.isArray(one.skills) && one.skills.every((each) => Array.isArray(each) && each.length === 2)
    && Array.isArray(one.steps) && one.steps.every((each) => Array.isArray(each) && each.length === 2);
  const sound = (list) => (Array.isArray(list) ? list.filter(isStory) : []);
  const read = () => { try { return sound(JSON.parse(localStorage.getItem(KEY))); } catch { return []; } };
  const said = stories.querySelector("[data-said]");
  const write = (list) => {
    try { localStorage.setItem(KEY, JSON.stringify(list)); } catch { said.textContent = "This browser does not store stories. Download them instead."; }
    show(list);
  };
  const put = (list, one) => [...list.filter((other) => other.key !== one.key), one];

  const item = (one) => {
    const details = made("details", ""), list = made("dl", "");
    const remove = made("button", "Remove", { type: "button", className: "btn btn--quiet" });
    remove.append(made("span", `: ${one.title}`, { className: "hidden" }));
    remove.addEventListener("click", () => { write(read().filter((other) => other.key !== one.key)); stories.querySelector("h2").focus(); });
    one.steps.forEach(([step, words]) => list.append(made("dt", step), made("dd", words)));
    details.append(made("summary", one.title), made("p", one.skills.map(([, title]) => title).join(", "), { className: "note" }), list, remove);
    const row = made("li", "");
    row.append(details);
    return row;
  };
  const show = (list) => {
    stories.querySelector("[data-list]").replaceChildren(...list.map(item));
    stories.querySelector("[data-none]").hidden = Boolean(list.length);
    stories.querySelectorAll("[data-needed]").forEach((skill) => {
      const count = list.filter((one) => one.skills.some(([key]) => key === skill.dataset.needed)).length;
      skill.classList.toggle("is-shown", count > 0);
      skill.querySelector("small").textContent = count > 1 ? `${count} stories` : count ? "1 story" : "no story yet";
    });
  };
  stories.hidden = false;
  show(read());

  stories.querySelector("[data-download]").addEventListener("click", () => {
    const file = new Blob([JSON.stringify({ kind: KIND, stories: read() }, null, 1)], { type: "application/json" });
    const link = made("a", "", { href: URL.createObjectURL(file), download: "stories.json" });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href));
  });
  stories.querySelector("[data-load]").addEventListener("change", async ({ target }) => {
    let held;
    try { held = JSON.parse(await target.files[0].text()); } catch { held = null; }
    const list = held?.kind === KIND ? sound(held.stories) : [];
    write(list.reduce(put, read()));
    said.textContent = held?.kind === KIND ? `${list.length} ${list.length === 1 ? "story" : "stories"} loaded.` : "This file does not contain stories that were downloaded here.";
    target.value = "";
  });

  document.querySelectorAll("[data-question]").forEach((question) => {
    const fields = [...question.querySelectorAll("[data-step]")], keep = question.querySelector("[data-keep]");
    if (!keep) return;
    const before = read().find((one) => one.key === question.dataset.question);
    before?.steps.forEach(([step, words]) => fields.filter((each) => each.name === step).forEach((each) => { each.value = words; }));
    keep.hidden = false;
    keep.addEventListener("click", () => {
      const steps = fields.filter((each) => each.value.trim()).map((each) => [each.name, each.value]);
      const skills = [...question.querySelectorAll("[data-skill]")].map((each) => [each.dataset.skill, each.textContent]);
      const { question: key, title } = question.dataset;
      if (steps.length) write(put(read(), { key, title, skills, steps }));
      question.querySelector("[data-kept]").textContent = steps.length ? "Saved below." : "Write something first.";
    });
  });

  const practice = document.querySelector("[data-practice]");
  if (!practice) return;
  const questions = [...practice.querySelectorAll("[data-question]")];
  const part = (name) => practice.querySelector(`[data-${name}]`);
  const clock = part("clock"), start = part("start");
  let place = 0, began = 0, ticking;
  const tell = () => {
    const spent = began ? Math.floor((Date.now() - began) / 1000) : 0, given = questions[place].dataset.minutes * 60;
    const left = Math.abs(given - spent);
    clock.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")} ${spent > given ? "over" : "left"}`;
    clock.classList.toggle("is-over", spent > given);
  };
  const stop = () => { clearInterval(ticking); began = 0; start.textContent = "Start the timer"; tell(); };
  const go = (to) => {
    place = to;
    questions.forEach((each, at) => { each.hidden = at !== place; });
    part("place").textContent = `Question ${place + 1} of ${questions.length}`;
    part("previous").disabled = !place;
    part("next").disabled = place === questions.length - 1;
    stop();
  };
  start.addEventListener("click", () => {
    if (began) return stop();
    began = Date.now();
    ticking = setInterval(tell, 1000);
    start.textContent = "Stop the timer";
    return tell();
  });
  [["previous", -1], ["next", 1]].forEach(([name, by]) => part(name).addEventListener("click", () => {
    go(place + by);
    questions[place].querySelector("h2").focus();
  }));
  ["bar", "steps"].forEach((name) => { part(name).hidden = false; });
  go(0);
});

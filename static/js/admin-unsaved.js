/* What an editor typed is kept in this browser until it is saved: over a log-in, a form that is too old, a closed tab.
   Each open form has a copy of its own, so two tabs of one form do not overwrite each other's text.
   Leaving a changed form asks first, and Ctrl+S saves. */
"use strict";
{
  const PREFIX = "unsaved:";
  const SAVED = "saved-form-";
  const PAUSE = 400;
  const LIFETIME = 7 * 24 * 60 * 60 * 1000;
  const LEFT_OUT = new Set(["csrfmiddlewaretoken", "form_mark"]);

  /* The storage of a browser can be full or switched off: then nothing is kept, and everything else works. */
  function attempt(action, otherwise) {
    try {
      return action() ?? otherwise;
    } catch {
      return otherwise;
    }
  }
  const keys = () => attempt(() => Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)), []);
  const stored = (key) => attempt(() => JSON.parse(localStorage.getItem(key)), null);
  const store = (key, draft) => attempt(() => localStorage.setItem(key, JSON.stringify(draft)));
  const forget = (key) => attempt(() => localStorage.removeItem(key));
  const prefixOf = (path) => `${PREFIX}${path}#`;

  /* The copies of the forms at one address, the newest first. */
  function draftsAt(path) {
    const found = keys().filter((key) => key.startsWith(prefixOf(path))).map((key) => ({ key, ...stored(key) }));
    return found.filter((draft) => draft.entries).sort((one, other) => other.at - one.at);
  }

  /* A tab remembers the form that it has sent, until the answer shows the form again. */
  const sentHere = () => attempt(() => sessionStorage.getItem(PREFIX), null);
  const rememberSent = (key) => attempt(() => sessionStorage.setItem(PREFIX, key));

  /* The message about a save names the form that was saved, whatever page shows it. */
  function forgetSaved() {
    const names = [...document.querySelectorAll(".messagelist li")].flatMap((line) => [...line.classList]);
    for (const key of keys()) {
      const draft = stored(key);
      if (!draft || names.includes(SAVED + draft.mark) || Date.now() - draft.at > LIFETIME) forget(key);
    }
  }

  function entriesOf(form) {
    return [...new FormData(form)].filter(
      ([name, value]) => typeof value === "string" && !LEFT_OUT.has(name) && !name.includes("__prefix__"),
    );
  }

  function addHidden(form, name, value) {
    const input = document.createElement("input");
    Object.assign(input, { type: "hidden", name, value });
    form.append(input);
  }

  /* The server draws the form with these values, and saves nothing. */
  function restore(form, draft) {
    const again = document.createElement("form");
    Object.assign(again, { method: "post", action: location.href, hidden: true });
    draft.entries.forEach(([name, value]) => addHidden(again, name, value));
    addHidden(again, "csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    addHidden(again, "_restore", "1");
    document.body.append(again);
    again.submit();
  }

  function offer(form, draft, putBack) {
    const box = document.createElement("div");
    box.className = "unsaved";
    const words = document.createElement("p");
    const date = new Date(draft.at).toLocaleString("en-US", { dateStyle: "medium", timeStyle: "short" });
    words.textContent = `What you typed here on ${date} was not saved.`;
    const button = (label, action) => {
      const made = document.createElement("button");
      Object.assign(made, { type: "button", className: "button", textContent: label });
      made.addEventListener("click", action);
      return made;
    };
    const discard = () => {
      forget(draft.key);
      box.remove();
    };
    box.append(words, button("Put it back", putBack), button("Discard it", discard));
    form.before(box);
  }

  function watch(form, { user, state }) {
    const mark = crypto.getRandomValues(new Uint32Array(4)).join("");
    const key = prefixOf(location.pathname) + mark;
    let isLeaving = false;
    let isTyped = state !== "stored";
    let before = null;
    let timer;
    const written = () => JSON.stringify(entriesOf(form));
    const isChanged = () => isTyped || (before !== null && written() !== before);
    const keep = (isSent) => {
      if (isChanged()) store(key, { user, mark, at: Date.now(), isSent, entries: entriesOf(form) });
      else forget(key);
    };
    const keepSoon = () => {
      clearTimeout(timer);
      if (!isLeaving) timer = setTimeout(keep, PAUSE, false);
    };
    const typedEarly = () => { isTyped = true; };
    const putBack = (draft) => {
      isLeaving = true;
      store(draft.key, { ...draft, isSent: false });
      rememberSent(draft.key);
      restore(form, draft);
    };
    const offerDrafts = () => {
      const drafts = draftsAt(location.pathname).filter((draft) => draft.user === user);
      const own = drafts.find((draft) => draft.key === sentHere()) ?? (drafts.length === 1 ? drafts[0] : null);
      if (own?.isSent) putBack(own);
      else drafts.forEach((draft) => offer(form, draft, () => putBack(draft)));
    };

    const begin = () => {
      form.removeEventListener("input", typedEarly);
      before = written();
      if (state === "stored") {
        offerDrafts();
      } else {
        keep(false);
        if (stored(key)) forget(sentHere());
      }
    };

    /* After Back, the fields show what is stored now, and not what the browser remembers of an earlier visit. */
    form.autocomplete = "off";
    addHidden(form, "form_mark", mark);
    form.addEventListener("input", typedEarly);
    /* Whoever types on has stopped a save or a way out. */
    form.addEventListener("input", () => { isLeaving = false; });
    /* Search fields, dragged rows and date pickers tell of a change by no event that could be heard here. */
    ["input", "change", "click", "keyup", "pointerup"].forEach((name) => document.addEventListener(name, keepSoon));
    form.addEventListener("submit", () => {
      isLeaving = true;
      clearTimeout(timer);
      keep(true);
      rememberSent(key);
    });
    window.addEventListener("pageshow", () => { isLeaving = false; });
    window.addEventListener("beforeunload", (event) => {
      if (isLeaving || !isChanged()) return;
      keep(false);
      event.preventDefault();
    });
    document.querySelector("[data-discard]")?.addEventListener("click", () => {
      isLeaving = true;
      clearTimeout(timer);
      forget(key);
    });
    document.addEventListener("keydown", (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== "s") return;
      event.preventDefault();
      (form.querySelector("[name=_continue]") || form.querySelector("[name=_save]"))?.click();
    });
    /* jQuery's own turn comes after that of the scripts that draw the search fields and number the rows. */
    window.addEventListener("load", () => django.jQuery(() => setTimeout(begin)));
  }

  function tellAtLogin(form) {
    const path = attempt(() => new URL(form.elements.next.value, location).pathname, "");
    if (!draftsAt(path).some((draft) => draft.isSent)) return;
    const words = document.createElement("p");
    words.className = "unsaved";
    words.textContent = "Nothing was saved, because you are logged out. What you typed is back in the form once you log in.";
    form.before(words);
  }

  document.addEventListener("DOMContentLoaded", () => {
    forgetSaved();
    const state = document.getElementById("form-state");
    if (state) watch(state.closest("form"), state.dataset);
    const login = document.getElementById("login-form");
    if (login) tellAtLogin(login);
    document.getElementById("logout-form")?.addEventListener("submit", () => keys().forEach(forget));
  });
}

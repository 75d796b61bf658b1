/* Stores what an editor typed in this browser until it is saved, so that it survives a login, an expired form and a
   closed tab. Each open form has its own copy, so two tabs with the same form do not overwrite each other's text. A copy
   records the state of its text: "typed" (not sent yet), "sent" (no response yet), "refused" (the response was another
   page), or "shown" (the response shows it again). Leaving a changed form asks for confirmation, and Ctrl+S saves. */
"use strict";
{
  const PREFIX = "unsaved:";
  const PAUSE = 400;
  const ANSWER_TIME = 10 * 1000;
  const LIFETIME = 7 * 24 * 60 * 60 * 1000;
  const LEFT_OUT = new Set(["csrfmiddlewaretoken", "form_mark", "_popup", "_to_field", "upload", "seen"]);
  const savedMarks = (document.currentScript.dataset.saved ?? "").split(" ");

  /* Browser storage can be full or disabled: then nothing is stored, and everything else works. */
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

  /* The copies of the forms at one address, newest first. */
  function draftsAt(path) {
    const found = keys().filter((key) => key.startsWith(prefixOf(path))).map((key) => ({ key, ...stored(key) }));
    return found.filter((draft) => draft.entries).sort((one, other) => other.at - one.at);
  }

  /* A tab remembers the form that it has sent or shows again. */
  const rememberOwn = (key) => attempt(() => sessionStorage.setItem(PREFIX, key));
  function ownDraft(drafts) {
    const key = attempt(() => sessionStorage.getItem(PREFIX), null);
    return drafts.find((draft) => draft.key === key);
  }

  function forgetSaved() {
    for (const key of keys()) {
      const draft = stored(key);
      if (!draft || savedMarks.includes(draft.mark) || Date.now() - draft.at > LIFETIME) forget(key);
    }
  }

  function entriesOf(form) {
    return [...new FormData(form)].filter(
      ([name, value]) => typeof value === "string" && !LEFT_OUT.has(name) && !name.includes("__prefix__"),
    );
  }

  /* The signed state is different each time that a form is rendered. */
  const textOf = (entries) => JSON.stringify(entries.filter(([name]) => name !== "edit_state"));

  function addHidden(form, name, value) {
    const input = document.createElement("input");
    Object.assign(input, { type: "hidden", name, value });
    form.append(input);
  }

  /* Where a form is sent; the form of a row that someone else has recovered is shown at another address. */
  const addressOf = (form) => new URL(form.getAttribute("action") ?? "", location.href);

  /* The server renders the form with these values, and saves nothing. */
  function restore(form, draft) {
    const again = document.createElement("form");
    Object.assign(again, { method: "post", action: addressOf(form), hidden: true });
    draft.entries.forEach(([name, value]) => addHidden(again, name, value));
    addHidden(again, "csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    addHidden(again, "_restore", "1");
    document.body.append(again);
    again.submit();
  }

  function offer(form, draft, putBack) {
    const box = document.getElementById("unsaved-offer").content.firstElementChild.cloneNode(true);
    const date = new Date(draft.at).toLocaleString("en-US", { dateStyle: "medium", timeStyle: "short" });
    box.querySelector(".typed-at").textContent = date;
    box.classList.toggle("sent", draft.fate === "sent");
    box.querySelector(".put-back").addEventListener("click", putBack);
    box.querySelector(".discard").addEventListener("click", () => {
      forget(draft.key);
      box.remove();
    });
    form.before(box);
  }

  function watch(form, { user, state }) {
    const mark = crypto.getRandomValues(new Uint32Array(2)).join("");
    const path = addressOf(form).pathname;
    const key = prefixOf(path) + mark;
    let isLeaving = false;
    let isTypedEarly = false;
    let before = null;
    let timer;
    const written = () => textOf(entriesOf(form));
    const isTyped = () => isTypedEarly || (before !== null && written() !== before);
    const isUnsaved = () => isTyped() || (before !== null && state !== "stored");
    const keep = (fate = isTyped() ? "typed" : "shown") => {
      if (isUnsaved()) store(key, { user, mark, at: Date.now(), fate, entries: entriesOf(form) });
      else forget(key);
    };
    const keepSoon = () => {
      clearTimeout(timer);
      if (!isLeaving) timer = setTimeout(keep, PAUSE);
    };
    const stay = () => {
      isLeaving = false;
      form.inert = false;
    };
    const leave = () => {
      isLeaving = true;
      clearTimeout(timer);
    };
    const putBack = (draft) => {
      leave();
      store(draft.key, { ...draft, fate: "refused" });
      rememberOwn(draft.key);
      restore(form, draft);
    };
    const offerOrForget = (draft) => {
      if (textOf(draft.entries) === before) forget(draft.key);
      else offer(form, draft, () => putBack(draft));
    };
    const begin = () => {
      before = written();
      const drafts = draftsAt(path).filter((draft) => draft.user === user);
      const own = ownDraft(drafts);
      /* After a login, the form lacks what was sent; after reloading a response, it lacks what was typed since. */
      if (own?.fate === (state === "stored" ? "refused" : "typed")) {
        putBack(own);
      } else if (state === "stored") {
        drafts.forEach(offerOrForget);
      } else {
        keep();
        rememberOwn(key);
        if (own && stored(key)) forget(own.key);
      }
    };

    /* After Back, the fields show the stored values, not what the browser remembers from an earlier visit. */
    form.autocomplete = "off";
    addHidden(form, "form_mark", mark);
    /* Typing means that the editor has canceled a save or stayed on the page. */
    form.addEventListener("input", () => {
      if (before === null) isTypedEarly = true;
      stay();
    });
    /* Search fields, dragged rows and date pickers do not send a change event that reaches this form. */
    ["input", "change", "click", "keyup", "pointerup"].forEach((name) => document.addEventListener(name, keepSoon));
    /* Until the response arrives, a second click would save the form twice, and anything typed would be lost with the
       page. An upload form shows its progress during that time, and its own script ensures that it is sent once. */
    form.addEventListener("submit", () => {
      leave();
      keep("sent");
      if (stored(key)) rememberOwn(key);
      form.inert = !form.dataset.upload;
      setTimeout(stay, ANSWER_TIME);
    });
    window.addEventListener("pageshow", stay);
    window.addEventListener("beforeunload", (event) => {
      if (isLeaving || !isUnsaved()) return;
      keep();
      event.preventDefault();
    });
    document.querySelector("[data-discard]")?.addEventListener("click", () => {
      leave();
      forget(key);
    });
    document.addEventListener("keydown", (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== "s") return;
      event.preventDefault();
      if (!form.inert) (form.querySelector("[name=_continue]") || form.querySelector("[name=_save]"))?.click();
    });
    /* jQuery runs this after the scripts that render the search fields and number the rows, which a page without jQuery
       does not have. */
    window.addEventListener("load", () => {
      const whenDrawn = window.django?.jQuery ?? ((action) => action());
      whenDrawn(() => setTimeout(begin));
    });
  }

  /* The response was the login page or the page about an expired form, so nothing was saved. */
  function noteRefusal(words) {
    const path = attempt(() => new URL(words.dataset.unsavedPath, location).pathname, "");
    const draft = ownDraft(draftsAt(path));
    if (!draft) return;
    if (draft.fate === "sent" && document.referrer.includes(path)) draft.fate = "refused";
    store(draft.key, draft);
    /* If someone has logged in with another account in the meantime, do not show them the previous user's text. */
    const isOwn = !words.dataset.user || words.dataset.user === draft.user;
    words.hidden = draft.fate !== "refused" || !isOwn;
  }

  document.addEventListener("DOMContentLoaded", () => {
    forgetSaved();
    const state = document.getElementById("form-state");
    if (state) watch(state.closest("form"), state.dataset);
    document.querySelectorAll("[data-unsaved-path]").forEach(noteRefusal);
    document.getElementById("logout-form")?.addEventListener("submit", () => keys().forEach(forget));
  });
}

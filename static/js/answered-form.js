// Loaded by the answer to a form that was sent, which no browser stores. Going back to it would end on an error page of
// the browser; from now on it leads to the form, which the browser, or the script of the page, fills in again. A reload
// still sends the form once more.
addEventListener("beforeunload", () => history.replaceState(history.state, ""));

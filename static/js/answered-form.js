// Loaded by the response to a submitted form, which browsers do not store. Going back to it would show an error page of
// the browser. With this script, it leads to the form, which the browser or the script of the page fills in again.
// Reloading still submits the form again.
addEventListener("beforeunload", () => history.replaceState(history.state, ""));

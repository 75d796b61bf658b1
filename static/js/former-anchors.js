// Version 0.1 put the position of a section into its anchor: "risks-3". Each heading has the one it would have today.
// Where sections were added or removed since, a link leads on to the section of the same name, the nearest if several.
(() => {
  const parts = anchor => anchor.match(/^(.+)-(\d+)$/);

  const follow = () => {
    let anchor = "";
    try { anchor = decodeURIComponent(location.hash.slice(1)); } catch { /* no anchor of this portal */ }
    const wanted = parts(anchor);
    if (!wanted || document.getElementById(anchor)) return;
    const [, name, position] = wanted;
    const distance = each => Math.abs(parts(each.id)[2] - position);
    const [nearest] = [...document.querySelectorAll("h2 > span[id]")]
      .filter(each => parts(each.id)?.[1] === name)
      .sort((one, other) => distance(one) - distance(other));
    if (nearest) location.replace(`#${encodeURIComponent(nearest.parentElement.id)}`);
  };

  addEventListener("hashchange", follow);
  follow();
})();

// In version 0.1, the anchor of a section contained its position: "risks-3". Each heading has the anchor that it would
// have today. If sections have been added or removed since, a link leads to the nearest section with the same name.
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

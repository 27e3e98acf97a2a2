// The parts of a room as tabs: links to sections become a tab list, with arrow keys; on very wide pages chat stays open.

export function setUpTabs(room) {
  const bar = room.querySelector(".room-tabs");
  if (!bar) return;
  const tabs = [...bar.querySelectorAll("a")].map((link) => upgrade(link, room));
  const wide = matchMedia("(min-width: 100rem)");
  const narrow = matchMedia("(max-width: 61.99rem)");
  const shown = () => tabs.filter((tab) => getComputedStyle(tab).display !== "none");
  const open = (tab, { focus = false } = {}) => {
    for (const each of tabs) select(each, each === tab, room);
    room.dataset.open = tab.getAttribute("aria-controls");
    if (focus) tab.focus();
    clearCount(tab);
  };
  // A part without a tab at this width stands open beside the others.
  const fit = () => {
    const current = tabs.find((tab) => tab.getAttribute("aria-selected") === "true");
    open(current && shown().includes(current) ? current : shown()[0]);
  };
  bar.setAttribute("role", "tablist");
  room.dataset.tabs = "on";
  bar.addEventListener("click", (event) => {
    const tab = event.target.closest("[role=tab]");
    if (!tab) return;
    event.preventDefault();
    open(tab);
    if (narrow.matches) room.querySelector(`#${tab.getAttribute("aria-controls")}`).scrollIntoView({ block: "start" });
  });
  bar.addEventListener("keydown", (event) => move(event, shown(), open));
  wide.addEventListener("change", fit);
  narrow.addEventListener("change", fit);
  const named = tabs.find((tab) => `#${tab.getAttribute("aria-controls")}` === location.hash);
  open(named && shown().includes(named) ? named : shown()[0]);
  room.openTab = (id) => {
    const tab = tabs.find((each) => each.getAttribute("aria-controls") === id);
    if (tab && shown().includes(tab)) open(tab);
  };
}

/** Shows beside a tab how much is new in it; nothing for the one that is open. */
export function count(room, part, number) {
  const badge = room.querySelector(`[data-count="${part}"]`);
  if (!badge) return;
  badge.textContent = number > 99 ? "99+" : String(number);
  badge.hidden = !number;
}

function upgrade(link, room) {
  const id = link.hash.slice(1);
  const panel = room.querySelector(`#${id}`);
  link.setAttribute("role", "tab");
  link.id = `tab-${id}`;
  link.setAttribute("aria-controls", id);
  panel.setAttribute("role", "tabpanel");
  panel.setAttribute("aria-labelledby", link.id);
  return link;
}

function select(tab, isOpen, room) {
  tab.setAttribute("aria-selected", String(isOpen));
  tab.tabIndex = isOpen ? 0 : -1;
  room.querySelector(`#${tab.getAttribute("aria-controls")}`).hidden = !isOpen && getComputedStyle(tab).display !== "none";
}

function clearCount(tab) {
  const badge = tab.querySelector("[data-count]");
  if (badge && badge.dataset.count === "chat") badge.hidden = true;
}

function move(event, tabs, open) {
  const at = tabs.findIndex((tab) => tab === document.activeElement);
  const ahead = document.dir === "rtl" ? -1 : 1;
  const step = { ArrowRight: ahead, ArrowLeft: -ahead, ArrowDown: 1, ArrowUp: -1 }[event.key];
  const target = event.key === "Home" ? tabs[0] : event.key === "End" ? tabs.at(-1) : step && tabs[(at + step + tabs.length) % tabs.length];
  if (at < 0 || !target) return;
  event.preventDefault();
  open(target, { focus: true });
}

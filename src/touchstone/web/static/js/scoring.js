// Scoring by keys: numbers choose a level, j and k go through the criteria, ? shows the help, where keys can be
// switched off. Inside text fields only Escape is ours, which leads back to the criterion.
const SWITCH = "touchstone:scoring-keys";
const criteria = [...document.querySelectorAll("[data-scoring] [data-criterion]:not(:disabled)")];
const dialog = document.querySelector("dialog[data-keys]");
const toggle = dialog?.querySelector("[data-keys-on]");
let current = -1;

function remember(on) {
  try {
    localStorage.setItem(SWITCH, on ? "on" : "off");
  } catch {
    // storage is off: the choice holds for this page
  }
}

function remembered() {
  try {
    return localStorage.getItem(SWITCH) !== "off";
  } catch {
    return true;
  }
}

function mark(place) {
  current = place;
  criteria.forEach((criterion, index) => criterion.classList.toggle("current", index === place));
}

function go(place) {
  if (!criteria.length) return;
  mark(Math.max(0, Math.min(criteria.length - 1, place)));
  criteria[current].focus({ preventScroll: true });
  criteria[current].scrollIntoView({ block: "nearest" });
}

function choose(number) {
  if (current < 0) go(0);
  const radio = criteria[current]?.querySelectorAll("input[type=radio]")[number - 1];
  if (!radio) return;
  radio.checked = true;
  radio.dispatchEvent(new Event("input", { bubbles: true }));
  radio.dispatchEvent(new Event("change", { bubbles: true }));
}

function pressed(event) {
  const inside = event.target.closest?.("[data-scoring]");
  const onRadio = event.target.type === "radio";
  if (event.key >= "1" && event.key <= "9") return choose(Number(event.key));
  if (event.key === "j" || (event.key === "ArrowDown" && inside && !onRadio)) return go(current + 1);
  if (event.key === "k" || (event.key === "ArrowUp" && inside && !onRadio)) return go(current - 1);
  if (event.key === "c") return criteria[current]?.querySelector("textarea")?.focus();
  return false;
}

function isWriting(target) {
  return target.isContentEditable || target.matches?.("textarea, select, input:not([type=radio], [type=checkbox])");
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (isWriting(event.target)) {
    if (event.key === "Escape" && event.target.closest("[data-criterion]")) go(current);
    return;
  }
  if (event.key === "?" && dialog) {
    if (dialog.open) dialog.close();
    else dialog.showModal();
  } else if (dialog?.open || !toggle?.checked || pressed(event) === false) {
    return;
  }
  event.preventDefault();
});

document.addEventListener("focusin", (event) => {
  const place = criteria.indexOf(event.target.closest("[data-criterion]"));
  if (place >= 0) mark(place);
});

if (toggle) {
  toggle.checked = remembered();
  toggle.addEventListener("change", () => remember(toggle.checked));
}
for (const opener of document.querySelectorAll("[data-show-keys]")) {
  opener.hidden = false;
  opener.addEventListener("click", () => dialog?.showModal());
}

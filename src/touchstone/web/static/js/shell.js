// The shell: menus close when you leave them, errors get the focus, signing out clears what this device kept.
import { clearDrafts } from "./drafts.js";

for (const menu of document.querySelectorAll("[data-menu]")) {
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    event.stopPropagation();
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("[data-menu][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("submit", (event) => {
  if (event.target.matches("[data-sign-out]")) clearDrafts();
});

document.querySelector("[data-focus]")?.focus();

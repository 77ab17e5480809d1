// A button that copies the text beside it.
for (const box of document.querySelectorAll("[data-copy]")) {
  const input = box.querySelector("input, textarea");
  const button = box.querySelector("[data-copy-button]");
  const label = button.querySelector("span");
  const before = label.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    input.select();
    try {
      await navigator.clipboard.writeText(input.value);
    } catch {
      return; // the text is selected: the reader's own copy key works
    }
    label.textContent = box.dataset.copied;
    box.querySelector("[data-copy-status]").textContent = box.dataset.copied;
    setTimeout(() => (label.textContent = before), 3000);
  });
}

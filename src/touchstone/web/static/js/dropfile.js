// A file dropped anywhere on the page fills the form's file field.
const form = document.querySelector("form[data-drop-file]");
const input = form?.querySelector("input[type=file]");

if (input) {
  const over = (inside) => form.querySelector(".drop")?.classList.toggle("over", inside);
  addEventListener("dragover", (event) => {
    event.preventDefault();
    over(true);
  });
  addEventListener("dragleave", () => over(false));
  addEventListener("drop", (event) => {
    event.preventDefault();
    over(false);
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    input.focus();
  });
}

// Counts words as they are written, by the one rule of touchstone.core.words (a test compares the two).
const WORD_PATTERN = String.raw`[0-9A-Za-z\u00AA\u00B5\u00BA\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u1FFF\u2C00-\u2DFF\u3040-\uD7FF\uF900-\uFDFF\uFE70-\uFEFC\uFF10-\uFF19\uFF21-\uFF3A\uFF41-\uFF5A\uFF66-\uFFDC]+(?:(?:['.\u2019\u00AD\u2010\u2011\u200C\u200D-]|(?<=[0-9])[,:](?=[0-9]))[0-9A-Za-z\u00AA\u00B5\u00BA\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u1FFF\u2C00-\u2DFF\u3040-\uD7FF\uF900-\uFDFF\uFE70-\uFEFC\uFF10-\uFF19\uFF21-\uFF3A\uFF41-\uFF5A\uFF66-\uFFDC]+)*`;
const WORD = new RegExp(WORD_PATTERN, "g");

export function countWords(text) {
  return text.match(WORD)?.length ?? 0;
}

for (const counter of document.querySelectorAll("[data-words-for]")) {
  const field = document.getElementById(counter.dataset.wordsFor);
  const { min, max, one, other } = counter.dataset;
  const show = () => {
    const count = countWords(field.value);
    counter.textContent = count === 1 ? one : other.replace("[n]", count.toLocaleString(document.documentElement.lang));
    counter.classList.toggle("outside", count < Number(min) || count > Number(max));
  };
  field?.addEventListener("input", show);
  if (field) show();
}

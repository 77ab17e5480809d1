// Texts that could not be saved yet, kept on this device until they are.
const PREFIX = "touchstone:draft:";

function attempt(action) {
  try {
    return action();
  } catch {
    return null; // storage is full or switched off: the page itself still holds the text
  }
}

export function keepDraft(key, draft) {
  return attempt(() => (localStorage.setItem(PREFIX + key, JSON.stringify(draft)), true)) ?? false;
}

export function findDraft(key) {
  return attempt(() => JSON.parse(localStorage.getItem(PREFIX + key)));
}

export function dropDraft(key) {
  attempt(() => localStorage.removeItem(PREFIX + key));
}

export function clearDrafts() {
  attempt(() => {
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
  });
}

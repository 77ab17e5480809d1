// Saves each field a moment after the writing stops. What cannot be saved stays on this device and is tried again;
// a text changed elsewhere is shown beside this one and never overwritten silently.
import { dropDraft, findDraft, keepDraft } from "./drafts.js";

const PAUSE = 800;
const LONGEST_WAIT = 60_000;
const SUBMIT_WAIT = 4_000;
const KEEPALIVE_LIMIT = 60_000;

class Saver {
  constructor(holder) {
    this.holder = holder;
    this.inputs = holder.matches("textarea, input") ? [holder] : [...holder.querySelectorAll("input")];
    this.name = this.inputs[0].name;
    this.form = this.inputs[0].form;
    this.url = holder.closest("[data-autosave]").dataset.autosave;
    this.key = `${location.origin}${this.url} ${this.name}`;
    this.revision = holder.dataset.revision;
    this.saved = this.#original;
    this.failures = 0;
    this.running = null;
    this.stuck = false; // waiting for a person's choice, or refused for good
    this.panel = this.#findPanel();
    this.status = this.panel?.querySelector("[data-saved]");
    for (const input of this.inputs) input.addEventListener("input", () => this.#changed());
    this.#offerDraft();
    this.#changed(); // on a slow line she may have written before this script came
  }

  get value() {
    if (this.inputs.length === 1 && this.inputs[0].type === "checkbox") return this.inputs[0].checked ? "on" : "";
    if (this.inputs[0].type === "radio") return this.inputs.find((input) => input.checked)?.value ?? "";
    return this.inputs[0].value;
  }

  set value(text) {
    if (this.inputs[0].type === "radio") for (const input of this.inputs) input.checked = input.value === text;
    else if (this.inputs[0].type === "checkbox") this.inputs[0].checked = text === "on";
    else this.inputs[0].value = text;
    this.inputs[0].dispatchEvent(new Event("input", { bubbles: true }));
  }

  get unsaved() {
    return this.value !== this.saved;
  }

  /** What the page came with. */
  get #original() {
    if (this.inputs.length === 1 && this.inputs[0].type === "checkbox") return this.inputs[0].defaultChecked ? "on" : "";
    if (this.inputs[0].type === "radio") return this.inputs.find((input) => input.defaultChecked)?.value ?? "";
    return this.inputs[0].defaultValue;
  }

  #findPanel() {
    const own = this.holder.id && document.querySelector(`[data-saving-for="${CSS.escape(this.holder.id)}"]`);
    const near = this.holder.closest("[data-criterion]")?.querySelector("[data-saving]");
    return own || near || this.form?.querySelector("[data-saving]:not([data-saving-for])");
  }

  #changed() {
    clearTimeout(this.timer);
    if (!this.unsaved) return;
    if (this.stuck) keepDraft(this.key, { value: this.value, revision: this.revision });
    else this.timer = setTimeout(() => this.save(), PAUSE);
  }

  save({ keepalive = false } = {}) {
    clearTimeout(this.timer);
    if (this.running) return this.running;
    if (!this.unsaved || this.stuck) return Promise.resolve();
    this.running = this.#send(this.value, keepalive).finally(() => {
      this.running = null;
      if (this.unsaved && !this.stuck && !this.failures) this.#changed();
    });
    return this.running;
  }

  async #send(value, keepalive) {
    const token = this.form.elements.namedItem("csrfmiddlewaretoken")?.value ?? "";
    const body = new URLSearchParams({ [this.name]: value, field: this.name, revision: this.revision });
    if (keepalive) keepDraft(this.key, { value, revision: this.revision });
    let answer;
    try {
      answer = await fetch(this.url, {
        method: "POST",
        body,
        headers: { "X-CSRFToken": token, Accept: "application/json" },
        redirect: "manual",
        keepalive: keepalive && body.toString().length < KEEPALIVE_LIMIT,
      });
    } catch {
      return this.#keep("keptText");
    }
    const data = await answer.json().catch(() => ({}));
    if (answer.ok && data.revision !== undefined) return this.#done(value, data);
    if (answer.status === 409 && data.theirs !== undefined) return this.#conflict(data);
    if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) return this.#keep("signedOutText");
    if (answer.status >= 500 || answer.status === 429 || answer.ok) return this.#keep("keptText");
    return this.#refused(data.error);
  }

  #done(value, data) {
    this.saved = value;
    this.failures = 0;
    this.#settle(data.revision);
    if (!this.unsaved) dropDraft(this.key);
    this.#say(this.status?.dataset.savedText.replace("[time]", data.saved_at ?? ""), false);
  }

  #settle(revision) {
    this.revision = String(revision);
    this.holder.dataset.revision = this.revision;
    const hidden = this.form.elements.namedItem(`revision-${this.name}`);
    if (hidden) hidden.value = this.revision;
  }

  #keep(text) {
    keepDraft(this.key, { value: this.value, revision: this.revision });
    this.failures += 1;
    this.#say(this.status?.dataset[text], true);
    const wait = Math.min(1000 * 2 ** this.failures, LONGEST_WAIT) * (0.75 + Math.random() / 2);
    this.timer = setTimeout(() => this.save(), wait);
  }

  #refused(sentence) {
    keepDraft(this.key, { value: this.value, revision: this.revision });
    this.stuck = true;
    this.#say(sentence ?? this.status?.dataset.keptText, true);
  }

  #conflict(data) {
    keepDraft(this.key, { value: this.value, revision: this.revision });
    this.stuck = true;
    this.#say("", false);
    this.#ask("[data-conflict]", this.#shown(this.value), this.#shown(data.theirs), (keepMine) => {
      this.#settle(data.revision);
      this.saved = data.theirs;
      if (!keepMine) this.value = data.theirs;
    });
  }

  #offerDraft() {
    const draft = findDraft(this.key);
    if (!draft || draft.value === this.value) return dropDraft(this.key);
    this.stuck = true;
    this.#ask("[data-recovered]", this.#shown(draft.value), "", (useIt) => {
      if (useIt) this.value = draft.value;
    });
  }

  #ask(template, mine, theirs, choose) {
    const source = this.panel?.querySelector(template);
    if (!source) return;
    const notice = source.content.firstElementChild.cloneNode(true);
    notice.querySelector("[data-mine]").textContent = mine;
    const other = notice.querySelector("[data-theirs]");
    if (other) other.textContent = theirs;
    const answered = (keepMine) => {
      notice.remove();
      this.stuck = false;
      choose(keepMine);
      if (this.unsaved) this.save();
      else dropDraft(this.key);
      this.inputs[0].focus();
    };
    notice.querySelector("[data-keep-mine]").addEventListener("click", () => answered(true));
    notice.querySelector("[data-take-theirs]").addEventListener("click", () => answered(false));
    this.panel.append(notice);
  }

  #shown(value) {
    const radio = this.inputs.find((input) => input.type === "radio" && input.value === value);
    return radio?.labels[0]?.querySelector(".name")?.firstChild.textContent ?? value;
  }

  #say(text, waiting) {
    if (!this.status || text === undefined) return;
    this.status.textContent = text;
    this.status.classList.toggle("waiting", waiting);
  }
}

const savers = [...document.querySelectorAll("[data-autosave] [data-revision], [data-revision][data-autosave]")]
  .filter((holder) => !holder.closest("fieldset:disabled"))
  .map((holder) => new Saver(holder));
let leaving = false;

function flush() {
  if (!leaving) for (const saver of savers) saver.save({ keepalive: true });
}

addEventListener("online", () => savers.forEach((saver) => saver.save()));
addEventListener("pagehide", flush);
document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && flush());
addEventListener("beforeunload", (event) => {
  if (!leaving && savers.some((saver) => saver.unsaved)) event.preventDefault();
});

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (leaving || form.method === "dialog") return;
  const open = savers.filter((saver) => saver.unsaved || saver.running);
  if (!open.length) return;
  event.preventDefault();
  const pause = new Promise((resolve) => setTimeout(resolve, SUBMIT_WAIT));
  await Promise.race([Promise.all(open.map((saver) => saver.save())), pause]);
  if (open.some((saver) => saver.stuck)) return;
  leaving = true;
  form.requestSubmit(event.submitter);
});

// Sends chosen or dropped files one after another, each with its progress; a cut connection loses only the file on
// its way, and says which one. The server answers with the list of files as a fragment.

class Uploader {
  constructor(form) {
    this.form = form;
    this.zone = form.querySelector("[data-drop]");
    this.input = this.zone.querySelector("input[type=file]");
    this.list = this.zone.querySelector("[data-transfers]");
    this.status = this.zone.querySelector("[data-status]");
    this.queue = [];
    this.busy = false;
    this.zone.querySelector("[data-send]").hidden = true;
    this.input.addEventListener("change", () => this.#take(this.input.files));
    for (const kind of ["dragenter", "dragover"]) this.zone.addEventListener(kind, (event) => this.#over(event, true));
    this.zone.addEventListener("dragleave", (event) => this.#over(event, false));
    this.zone.addEventListener("drop", (event) => {
      this.#over(event, false);
      this.#take(event.dataTransfer.files);
    });
    if (this.input.files.length) this.#take(this.input.files); // chosen before this script came
  }

  #over(event, inside) {
    event.preventDefault();
    this.zone.classList.toggle("over", inside);
  }

  #text(name, file) {
    return this.zone.dataset[name].replace("{name}", file.name);
  }

  #take(files) {
    for (const file of this.input.multiple ? files : [...files].slice(0, 1)) this.#enqueue(file);
    this.input.value = "";
    this.#next();
  }

  #enqueue(file) {
    const row = document.createElement("li");
    const name = Object.assign(document.createElement("span"), { className: "name", textContent: file.name });
    const button = Object.assign(document.createElement("button"), { type: "button", className: "link-button" });
    const bar = Object.assign(document.createElement("progress"), { max: 1, value: 0 });
    button.textContent = this.zone.dataset.cancel;
    bar.setAttribute("aria-label", this.#text("sending", file));
    row.append(name, button, bar);
    this.list.append(row);
    const transfer = { file, row, button, bar };
    button.addEventListener("click", () => this.#pressed(transfer));
    this.queue.push(transfer);
  }

  #pressed(transfer) {
    if (transfer.failed) {
      transfer.row.remove();
      this.#take([transfer.file]);
    } else if (transfer.request) {
      transfer.request.abort();
    } else {
      this.queue = this.queue.filter((other) => other !== transfer);
      this.#gone(transfer, "cancelled");
    }
  }

  #next() {
    if (this.busy || !this.queue.length) return;
    this.busy = true;
    const transfer = this.queue.shift();
    const body = new FormData(this.form);
    body.set(this.input.name, transfer.file, transfer.file.name);
    const request = (transfer.request = new XMLHttpRequest());
    request.open("POST", this.form.action);
    request.setRequestHeader("X-Fragment", "1");
    request.setRequestHeader("Accept", "application/json");
    request.upload.onprogress = (event) => event.lengthComputable && (transfer.bar.value = event.loaded / event.total);
    request.onload = () => this.#answered(transfer, request);
    request.onerror = request.ontimeout = () => this.#failed(transfer, this.#text("cut", transfer.file));
    request.onabort = () => this.#gone(transfer, "cancelled");
    request.onloadend = () => {
      this.busy = false;
      this.#next();
    };
    request.send(body);
  }

  #answered(transfer, request) {
    const isFragment = request.getResponseHeader("Content-Type")?.startsWith("text/html");
    const sentThere = request.responseURL === new URL(this.form.action, location.href).href;
    if (request.status < 300 && isFragment && sentThere) {
      const fragment = document.createElement("template");
      fragment.innerHTML = request.responseText;
      document.querySelector(this.form.dataset.upload)?.replaceChildren(fragment.content);
      return this.#gone(transfer, "done");
    }
    let sentence = "";
    try {
      sentence = JSON.parse(request.responseText).error;
    } catch {
      // an answer without a sentence
    }
    return this.#failed(transfer, sentence || this.#text("refused", transfer.file));
  }

  #failed(transfer, sentence) {
    transfer.failed = true;
    transfer.button.textContent = this.zone.dataset.again;
    transfer.bar.replaceWith(Object.assign(document.createElement("p"), { className: "problem", textContent: sentence }));
    this.status.textContent = sentence;
  }

  #gone(transfer, text) {
    transfer.row.remove();
    this.status.textContent = this.#text(text, transfer.file);
  }
}

const uploaders = [...document.querySelectorAll("form[data-upload]")].map((form) => new Uploader(form));

addEventListener("beforeunload", (event) => {
  if (uploaders.some((uploader) => uploader.busy)) event.preventDefault();
});

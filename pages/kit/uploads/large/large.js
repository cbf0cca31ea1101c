// Sends large files in slices to /incoming (pages/api/uploads.py), one after the other, and goes on where one stopped.

const SLICE = 8 * 1024 * 1024, MB = 1024 * 1024;
// How long to wait, in seconds, before a slice that failed is tried again; after the last one the reader resumes.
const WAITS = [1, 2, 4, 8, 15];
const zones = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  let zone = zones.get(parentElement);
  if (!zone) zones.set(parentElement, (zone = new Zone(parentElement)));
  zone.learn(data, tickets => setTriggerValue("arrived", tickets));
  return () => zone.leave();
}

const fill = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
const pause = seconds => new Promise(done => setTimeout(done, seconds * 1000));

class Refused extends Error {
  constructor(status, said) { super(said.sentence); this.status = status; this.have = said.have; }
}

async function ask(method, path, language, body, signal, query = "") {
  const token = document.cookie.split("; ").find(one => one.startsWith("_streamlit_xsrf="));
  const url = new URL(`incoming${path}?lang=${language}${query}`, document.baseURI);
  const headers = { "X-Xsrftoken": token ? decodeURIComponent(token.slice(token.indexOf("=") + 1)) : "" };
  const reply = await fetch(url, { method, body, signal, headers, credentials: "same-origin" });
  const said = await reply.json().catch(() => ({}));
  // A proxy's own answers carry no sentence of ours; those of a server that restarts are tried again.
  if (!reply.ok && said.sentence) throw new Refused(reply.status, said);
  if (!reply.ok) throw new Error(`${reply.status}`);
  return said;
}

class Zone {
  constructor(root) {
    this.sendings = [];
    this.list = root.querySelector(".files");
    this.said = root.querySelector(".said");
    this.browse = root.querySelector(".browse");
    const zone = root.querySelector(".zone"), input = root.querySelector("input");
    this.browse.onclick = () => input.click();
    input.onchange = () => { this.add([...input.files]); input.value = ""; };
    zone.ondragover = event => { event.preventDefault(); zone.classList.add("over"); };
    zone.ondragleave = () => zone.classList.remove("over");
    zone.ondrop = event => { event.preventDefault(); zone.classList.remove("over"); this.add([...event.dataTransfer.files]); };
  }

  learn(data, tell) {
    Object.assign(this, { words: data.words, limit: data.limit, language: data.language, tell });
    this.browse.textContent = this.words.browse;
    const [title, note] = this.said.children;
    title.textContent = this.words.here;
    note.textContent = fill(this.words.label, { size: this.words.limit });
    for (const one of [...this.sendings]) data.taken.includes(one.ticket) ? this.remove(one) : one.draw();
  }

  add(files) {
    for (const file of files) {
      const same = this.sendings.find(one => one.is(file));
      if (same) { if (same.state === "held" || same.state === "bad") same.resume(file); continue; }
      const sending = new Sending(this, file);
      this.sendings.push(sending);
      this.list.append(sending.row);
    }
    this.next();
  }

  // One at a time: several together would only share the line.
  next() {
    if (!this.sendings.some(one => one.state === "sending")) this.sendings.find(one => one.state === "waits")?.send();
  }

  // All that are whole and not in the page yet: a run that was under way may have missed the last word.
  arrived() { this.tell(this.sendings.filter(one => one.state === "whole").map(one => one.ticket)); }

  remove(sending) {
    sending.row.remove();
    this.sendings = this.sendings.filter(one => one !== sending);
    this.next();
  }

  leave() { for (const one of this.sendings) one.stop("held"); }
}

class Sending {
  constructor(zone, file) {
    Object.assign(this, { zone, file, have: 0, ticket: null, state: "waits", note: null });
    this.row = document.createElement("li");
    const name = document.createElement("b"), tools = document.createElement("div");
    const bar = document.createElement("div");
    name.textContent = name.title = file.name;
    tools.className = "tools";
    [this.pauser, this.resumer, this.canceller] = ["pause", "resume", "cancel"].map(() => document.createElement("button"));
    tools.append(this.pauser, this.resumer, this.canceller);
    this.pauser.onclick = () => { this.stop("held"); this.zone.next(); };
    this.resumer.onclick = () => { this.resume(this.file); this.zone.next(); };
    this.canceller.onclick = () => this.cancel();
    bar.className = "bar";
    bar.setAttribute("role", "progressbar");
    bar.append((this.fill = document.createElement("i")));
    this.row.append(name, tools, bar, (this.text = document.createElement("p")));
    if (file.size > zone.limit) this.stop("bad", fill(zone.words.too_large, { size: zone.words.limit }));
    this.draw();
  }

  is(file) {
    const own = this.file;
    return own.name === file.name && own.size === file.size && own.lastModified === file.lastModified;
  }

  resume(file) { this.file = file; this.state = "waits"; this.note = null; this.draw(); }

  stop(state, note = null) {
    if (this.state === "whole") return;
    this.state = state;
    this.note = note;
    this.controller?.abort();
    this.draw();
  }

  cancel() {
    this.stop("gone");
    // A file that was never announced has nothing to let go of.
    if (this.ticket) ask("DELETE", `/${this.ticket}`, this.zone.language).catch(() => {});
    this.zone.remove(this);
  }

  async send() {
    const { signal } = (this.controller = new AbortController());
    this.state = "sending";
    this.draw();
    for (let tries = 0; this.state === "sending" && !signal.aborted; ) {
      try {
        await this.slices(signal, () => (tries = 0));
        this.state = "whole";
        this.draw();
        this.zone.arrived();
      } catch (error) {
        if (signal.aborted) break;
        if (error instanceof Refused) this.stop("bad", error.message);
        else if (error.name === "NotReadableError" || error.name === "NotFoundError") this.stop("bad", this.zone.words.changed);
        else if (tries >= WAITS.length) this.stop("bad", this.zone.words.ended);
        else {
          this.note = this.zone.words.broken;
          this.draw();
          await pause(WAITS[tries++]);
          this.note = null;
        }
      }
    }
    this.zone.next();
  }

  async slices(signal, calm) {
    const { file, zone } = this, { language } = zone;
    const mark = `${file.name}|${file.size}|${file.lastModified}`;
    const announced = JSON.stringify({ name: file.name, size: file.size, mark });
    const place = await ask("POST", "", language, announced, signal);
    [this.ticket, this.have] = [place.upload, place.have];
    this.resumed = this.began === undefined && this.have > 0;
    [this.began, this.first] = [performance.now(), this.have];
    for (let wrong = 0; ; ) {
      this.draw();
      try {
        if (this.have >= file.size) return await ask("POST", `/${this.ticket}/finish`, language, null, signal);
        const slice = await file.slice(this.have, this.have + SLICE).arrayBuffer();
        this.have = (await ask("PUT", `/${this.ticket}`, language, slice, signal, `&offset=${this.have}`)).have;
        wrong = 0;
        calm();
      } catch (error) {
        // The server says where to go on; a few times over may be a former request that still runs out.
        if (error.status !== 409 || wrong++ > 5) throw error;
        this.have = error.have;
      }
    }
  }

  draw() {
    const { words } = this.zone, { state } = this;
    this.row.className = state;
    const buttons = [[this.pauser, words.pause, state === "sending"], [this.canceller, words.cancel, state !== "whole"],
      [this.resumer, words.resume, state === "held" || (state === "bad" && this.file.size <= this.zone.limit)]];
    for (const [button, word, isShown] of buttons) { button.textContent = word; button.hidden = !isShown; button.type = "button"; }
    const share = this.file.size ? (100 * this.have) / this.file.size : 0;
    this.fill.style.width = `${share}%`;
    this.fill.parentElement.setAttribute("aria-valuenow", Math.round(share));
    this.text.textContent = this.sentence();
  }

  sentence() {
    const { words, language } = this.zone;
    const number = value => Math.floor(value / MB).toLocaleString(language);
    const sent = fill(words.progress, { done: number(this.have), total: number(this.file.size) });
    if (this.note) return this.state === "bad" ? this.note : `${sent} · ${this.note}`;
    const more = { waits: words.waits, held: words.paused, whole: words.arrived, sending: this.left() }[this.state];
    return more ? `${sent} · ${more}` : sent;
  }

  left() {
    const { words, language } = this.zone, gained = this.have - (this.first ?? 0);
    if (!gained) return this.resumed ? words.resumed : words.away;
    const seconds = ((performance.now() - this.began) / 1000 / gained) * (this.file.size - this.have);
    const [word, value] = seconds < 90 ? [words.seconds, seconds] : [words.minutes, seconds / 60];
    return fill(word, { left: Math.ceil(value).toLocaleString(language) });
  }
}

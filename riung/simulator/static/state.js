// What the server told us so far. Views listen to "change" events with the kind of change.

import { lines } from "./dom.js";

class State extends EventTarget {
  citizens = new Map();
  chats = new Map();
  traces = [];
  fault = { id: "lancar", once: true };
  clockAhead = 0; // seconds the server's clock is ahead of this computer's
  current = { phone_number_id: lines[0].phone_number_id, citizen: "" };

  connect() {
    const source = new EventSource("/simulator/events");
    const on = (name, take) => source.addEventListener(name, (event) => take(JSON.parse(event.data)));
    source.addEventListener("open", () => this.#tell("online"));
    source.addEventListener("error", () => this.#tell("offline"));
    on("snapshot", (all) => this.#start(all));
    on("citizen", (citizen) => {
      this.citizens.set(citizen.id, citizen);
      this.#tell("citizens");
    });
    on("chat", (chat) => {
      this.chats.set(chat.key, chat);
      this.#tell("chat", { key: chat.key });
    });
    on("bubble", ({ key, bubble }) => this.#take(key, bubble));
    on("typing", ({ key, until }) => {
      this.#chat(key).typing_until = until;
      this.#tell("typing", { key });
    });
    on("trace", (trace) => {
      this.traces.push(trace);
      if (this.traces.length > 150) this.traces.shift();
      this.#tell("trace", { trace });
    });
    on("fault", (fault) => {
      this.fault = fault;
      this.#tell("fault");
    });
  }

  /** The chat on the screen; empty when nothing was written yet. */
  get chat() {
    return this.#chat(this.key);
  }

  get key() {
    return `${this.current.phone_number_id}/${this.current.citizen}`;
  }

  get citizen() {
    return this.citizens.get(this.current.citizen);
  }

  get line() {
    return lines.find((line) => line.phone_number_id === this.current.phone_number_id);
  }

  /** The server's time in Unix seconds. */
  get now() {
    return Date.now() / 1000 + this.clockAhead;
  }

  unread(citizen) {
    const chat = this.chats.get(`${this.current.phone_number_id}/${citizen}`);
    return chat ? chat.bubbles.filter((b) => b.by === "office" && b.status === "delivered").length : 0;
  }

  last(citizen) {
    return this.chats.get(`${this.current.phone_number_id}/${citizen}`)?.bubbles.at(-1);
  }

  /** Go to another chat; unknown names fall back to the first. */
  open(phone_number_id, citizen) {
    const known = lines.some((line) => line.phone_number_id === phone_number_id);
    this.current = {
      phone_number_id: known ? phone_number_id : lines[0].phone_number_id,
      citizen: this.citizens.has(citizen) ? citizen : this.citizens.keys().next().value,
    };
    const hash = `#${this.key}`;
    if (location.hash !== hash) history.replaceState(null, "", hash);
    this.#tell("current");
  }

  #start(all) {
    this.citizens = new Map(all.citizens.map((citizen) => [citizen.id, citizen]));
    this.chats = new Map(all.chats.map((chat) => [chat.key, chat]));
    this.traces = all.traces;
    this.fault = all.fault;
    this.clockAhead = all.now - Date.now() / 1000;
    this.#tell("online");
    this.open(...decodeURIComponent(location.hash.slice(1)).split("/"));
    this.#tell("fault");
    this.#tell("traces");
  }

  #chat(key) {
    if (!this.chats.has(key)) this.chats.set(key, { key, bubbles: [], typing_until: 0 });
    return this.chats.get(key);
  }

  #take(key, bubble) {
    const { bubbles } = this.#chat(key);
    const at = bubbles.findIndex((known) => known.id === bubble.id);
    if (at < 0) bubbles.push(bubble);
    else bubbles[at] = bubble;
    this.#tell("bubble", { key, bubble, fresh: at < 0 });
  }

  #tell(kind, detail = {}) {
    this.dispatchEvent(new CustomEvent(kind, { detail }));
  }
}

export const state = new State();

// Commands on their way: each keeps its ref until it is answered, so that sending it again stores nothing twice.
// Lines and questions also survive a reload of the page, in this tab only.

const KEPT = new Set(["chat.say", "question.ask"]);

export class Outbox {
  constructor(room) {
    this.room = room;
    this.name = `collegium.room.${room.getAttribute("slug")}`;
    this.commands = new Map(read(this.name).map((command) => [command.ref, command]));
  }

  get lines() {
    return [...this.commands.values()].filter((command) => command.do === "chat.say");
  }

  async send(command) {
    const full = { ref: crypto.randomUUID(), ...command };
    if (KEPT.has(full.do)) this.#keep(full);
    return this.#transmit(full);
  }

  /** After a reload: what had no answer goes out again under its old ref. */
  resume() {
    for (const command of this.commands.values()) this.#transmit(command).catch(() => this.room.parts[0].drawPending?.());
    this.room.parts[0].drawPending?.();
  }

  async #transmit(command) {
    try {
      const answer = await this.room.transmit(command);
      this.#forget(command.ref);
      return answer;
    } catch (refusal) {
      if (refusal?.code !== "away") this.#forget(command.ref);
      throw refusal;
    }
  }

  #keep(command) {
    this.commands.set(command.ref, command);
    this.#store();
  }

  #forget(ref) {
    if (this.commands.delete(ref)) this.#store();
  }

  #store() {
    try {
      sessionStorage.setItem(this.name, JSON.stringify([...this.commands.values()]));
    } catch {
      // A private window or a full disk: unsent lines last as long as the page.
    }
  }
}

function read(name) {
  try {
    return JSON.parse(sessionStorage.getItem(name)) ?? [];
  } catch {
    return [];
  }
}

// Pieces that the server has not confirmed yet, kept in this browser so that a reload or a crash loses nothing.
// Everything here is a second safety: where the browser keeps nothing (private windows), sending works without it.

const NAME = "collegium-golive";
const PIECES = "pieces";
const DAY_MS = 24 * 3600 * 1000;

export class Store {
  constructor(session) {
    this.session = session;
    this.ready = open().catch(() => null);
  }

  /** What was left behind for this session, oldest first. */
  async load() {
    const all = (await this.#run("readonly", (pieces) => pieces.getAll(rangeOf(this.session)))) ?? [];
    return all.sort((a, b) => a.take - b.take || a.seq - b.seq);
  }

  async put(piece) {
    await this.#run("readwrite", (pieces) => pieces.put({ ...piece, session: this.session, kept_at: Date.now() }));
  }

  async forget(take, upTo) {
    const range = IDBKeyRange.bound([this.session, take, 0], [this.session, take, upTo]);
    await this.#run("readwrite", (pieces) => pieces.delete(range));
  }

  async #run(mode, act) {
    const database = await this.ready;
    if (!database) return undefined;
    try {
      return await asked(act(database.transaction(PIECES, mode).objectStore(PIECES)));
    } catch {
      return undefined;
    }
  }
}

function rangeOf(session) {
  return IDBKeyRange.bound([session, 0, 0], [session, Infinity, Infinity]);
}

async function open() {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(PIECES, { keyPath: ["session", "take", "seq"] });
  const database = await asked(request);
  await forgetOld(database);
  return database;
}

async function forgetOld(database) {
  const pieces = database.transaction(PIECES, "readwrite").objectStore(PIECES);
  for (const piece of await asked(pieces.getAll())) {
    if (Date.now() - piece.kept_at > DAY_MS) pieces.delete([piece.session, piece.take, piece.seq]);
  }
}

function asked(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

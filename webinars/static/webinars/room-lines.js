// What happens in a room, as DOM nodes. Pure: state in, nodes out; words of people only ever become text nodes.
//
// chatLine(line, about), question(question, about), poll(poll, about), results(poll, about), announcement(line, about)
//   about = {words, you: {handle, roles}, may: Set, mine: {votes: Set, answers: Map}, commands, token}
// The markup is the same as in templates/webinars/_room_*.html; the page of the recording uses both as well.

export function node(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== undefined && value !== null) element.setAttribute(key, value);
  }
  element.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== false));
  return element;
}

/** "{n} votes" with its places filled. */
export function fill(pattern, values) {
  return Object.entries(values).reduce((text, [key, value]) => text.replaceAll(`{${key}}`, value), pattern ?? "");
}

export function chatLine(line, about) {
  const { words } = about;
  const name = line.name || line.by || words.somebody;
  const kinds = [line.announcement && "room-line--announcement", line.gone && "room-line--gone", line.pending && "room-line--pending"];
  return node(
    "li",
    { class: ["room-line", ...kinds].filter(Boolean).join(" "), id: line.pending ? undefined : `line-${line.seq}`, "data-seq": line.seq, "data-by": line.by, "data-media-at": line.media_at },
    node("p", { class: "room-line__head" }, ...person({ ...line, name }, words), line.announcement && pill(words.announcement, "brand"), clock(line.at), line.edited && node("span", {}, words.edited)),
    line.reply_to && !line.gone && quoted(line, about),
    node("p", { class: "room-line__text" }, line.gone ? words.gone[line.gone] ?? words.gone.hidden : line.text),
    line.pending ? node("p", { class: "room-line__state" }, line.pending) : !line.gone && more(line, name, words, about),
  );
}

function quoted(line, { words, lineOf }) {
  const target = lineOf?.(line.reply_to);
  const start = target && !target.gone ? `${target.name ?? target.by}: ${cut(target.text, 80)}` : words.earlier_line;
  return node("a", { class: "room-line__quote", href: `#line-${line.reply_to}` }, node("span", { class: "visually-hidden" }, `${words.reply_to} `), start);
}

function more(line, name, words, about) {
  if (!about.may?.size) return null;
  const label = node("span", { class: "visually-hidden" }, fill(words.more_about, { name }));
  return node("a", { class: "room-line__more", href: `${about.address ?? ""}?line=${line.seq}#act`, "data-more": line.seq }, node("span", { "aria-hidden": "true" }, "⋯"), label);
}

export function question(each, about) {
  const { words, you, may = new Set(), mine } = about;
  const closed = ["answered", "dismissed", "merged", "withdrawn", "hidden"].includes(each.state);
  const isOwn = mine?.questions?.has(each.question);
  return node(
    "li",
    { class: `room-question room-question--${each.state}`, id: `question-${each.question}`, "data-question": each.question, "data-media-at": each.answered_media_at },
    vote(each, about, closed || isOwn),
    node(
      "div",
      { class: "room-question__body" },
      node("p", { class: "room-question__text" }, each.gone ? words.gone[each.gone] : each.text),
      node(
        "p",
        { class: "room-question__who" },
        ...(each.anonymous || !each.name ? [node("span", {}, words.anonymous), ...facts(each.who, words)] : person(each, words)),
        isOwn && pill(words.yours, "brand"),
        each.pinned && pill(words.pinned),
        each.state !== "visible" && pill(words.states[each.state], each.state === "live" ? "good" : ""),
        each.in_advance && node("span", {}, words.in_advance),
      ),
      each.state === "merged" && each.merged_into && node("a", { href: `#question-${each.merged_into}` }, words.merged_into),
      runs(you, may) && questionActs(each, about),
    ),
  );
}

function vote(each, about, closed) {
  const { words, mine, may = new Set() } = about;
  const score = node("span", { class: "room-vote__n" }, String(each.score ?? 0));
  const spoken = node("span", { class: "visually-hidden" }, ` ${fill(words.votes, { n: "" }).trim()}`);
  if (closed || !may.has("question.vote")) return node("span", { class: "room-vote room-vote--still" }, score, spoken);
  const voted = mine?.votes?.has(each.question) ?? false;
  const button = node(
    "button",
    { class: "room-vote", "aria-pressed": String(voted) },
    node("span", { "aria-hidden": "true", class: "room-vote__arrow" }, "▲"),
    score,
    node("span", { class: "visually-hidden" }, ` ${fill(words.vote_for, { text: cut(each.text, 60) })}`),
  );
  return command(about, "question.vote", { question: each.question }, button);
}

export function questionActs(each, about) {
  const { words, may } = about;
  const dismiss = ["question.dismiss", words.dismiss];
  const pin = ["question.pin", each.pinned ? words.unpin : words.pin, { pinned: String(!each.pinned) }];
  const acts = {
    queue: [["question.approve", words.approve], dismiss],
    visible: [["question.take", words.answer_now], pin, dismiss],
    live: [["question.answer", words.mark_answered], ["question.reopen", words.reopen]],
    answered: [["question.reopen", words.reopen]],
    dismissed: [["question.reopen", words.reopen]],
  }[each.state] ?? [];
  const shown = acts.filter(([name]) => may.has(name));
  if (!shown.length) return null;
  const context = node("span", { class: "visually-hidden" }, ` “${cut(each.text, 60)}”`);
  return node(
    "div",
    { class: "room-acts" },
    ...shown.map(([name, label, more]) => command(about, name, { question: each.question, ...more }, node("button", { class: "btn btn-secondary btn-sm" }, label, context.cloneNode(true)))),
  );
}

export function poll(each, about) {
  const { words, mine, may = new Set() } = about;
  const answered = mine?.answers?.has(each.id);
  const open = each.state === "open";
  const choosing = open && !answered && may.has("poll.vote");
  return node(
    "li",
    { class: `room-poll room-poll--${each.state}`, id: `poll-${each.id}`, "data-poll": each.id },
    !choosing && node("h3", { class: "room-poll__prompt" }, each.prompt),
    choosing && ballot(each, about),
    open && answered && node("p", { class: "room-poll__state" }, each.results === "live" ? words.answered_live : words.answered_later),
    !choosing && (each.counts || each.total !== undefined) && results(each, about),
    !open && each.explanation && node("p", { class: "room-poll__why" }, node("strong", {}, `${words.explanation} `), each.explanation),
    node("p", { class: "room-poll__state" }, open ? words.poll_open : words.poll_closed),
    open && may.has("poll.close") && command(about, "poll.close", { poll: each.id }, node("button", { class: "btn btn-secondary btn-sm" }, words.close_poll)),
  );
}

function ballot(each, about) {
  const { words } = about;
  const many = each.kind === "multiple";
  const field = (option) => {
    const id = `poll-${each.id}-${option.n}`;
    return node(
      "div",
      { class: "form-check" },
      node("input", { class: "form-check-input", type: many ? "checkbox" : "radio", name: "options", value: option.n, id, required: !many }),
      node("label", { class: "form-check-label", for: id }, option.text),
    );
  };
  const scale = [1, 2, 3, 4, 5].map((n) => ({ n, text: String(n) }));
  const box = node(
    "fieldset",
    { class: each.kind === "scale" ? "room-poll__scale" : undefined },
    node("legend", { class: "room-poll__prompt" }, each.prompt),
    many && node("p", { class: "form-text" }, words.several),
    ...(each.kind === "text" ? [freeWords(each, words)] : (each.kind === "scale" ? scale : each.options).map(field)),
  );
  return command(about, "poll.vote", { poll: each.id }, box, node("button", { class: "btn btn-primary btn-sm" }, words.send_answer));
}

function freeWords(each, words) {
  const id = `poll-${each.id}-text`;
  return node("div", {}, node("label", { class: "form-label", for: id }, words.few_words), node("input", { class: "form-control", name: "text", id, maxlength: 160, required: true, autocomplete: "off" }));
}

/** Bars with numbers; a count that is null stands for fewer than five. */
export function results(each, about) {
  const { words } = about;
  const scale = [1, 2, 3, 4, 5].map((n) => ({ n, text: String(n) }));
  const options = !each.counts || each.kind === "text" ? [] : each.kind === "scale" ? scale : each.options ?? [];
  const total = each.total ?? 0;
  const rows = options.map((option) => bar(option, countOf(each, option.n), total, each, words));
  const said = (each.texts ?? []).map((text) => node("li", { class: "room-result" }, node("span", { class: "room-result__text" }, text)));
  const sum = each.total === undefined ? "" : fill(words.answers, { n: each.total ?? words.few });
  return node("div", {}, node("ul", { class: "room-results" }, ...rows, ...said), node("p", { class: "room-poll__state" }, sum));
}

function countOf(each, n) {
  const counts = each.counts ?? {};
  return counts[n] ?? counts[String(n)];
}

function bar(option, count, total, each, words) {
  const known = Number.isFinite(count);
  const share = known && total ? Math.round((100 * count) / total) : 0;
  const correct = (each.correct ?? []).includes(option.n);
  const number = known ? `${count} (${share} %)` : count === undefined ? "0" : words.few;
  return node(
    "li",
    { class: `room-result${correct ? " room-result--correct" : ""}` },
    node("span", { class: "room-result__text" }, option.text, correct && pill(words.correct, "good")),
    node("span", { class: "room-result__n" }, number),
    node("progress", { class: "co-progress", max: 100, value: share, "aria-hidden": "true" }),
  );
}

/** A form that sends one command: the page turns it into a frame, and without scripts it posts. */
export function command(about, name, fields, ...children) {
  return node(
    "form",
    { method: "post", action: about.commands, "data-do": name, class: "room-command" },
    node("input", { type: "hidden", name: "csrfmiddlewaretoken", value: about.token ?? "" }),
    node("input", { type: "hidden", name: "do", value: name }),
    ...Object.entries(fields).map(([key, value]) => node("input", { type: "hidden", name: key, value })),
    ...children,
  );
}

/** Profession and region of whoever wrote something, as separate small words. */
export function facts(who, words) {
  return [who?.profession, who?.region].filter(Boolean).map((fact) => node("span", {}, said(fact, words)));
}

/** A profession or region of the room's log, which is in English for all, in the language of the page. */
export function said(fact, words) {
  return words.facts?.[fact] ?? fact;
}

export function cut(text, length) {
  const characters = Array.from(text ?? "");
  return characters.length > length ? `${characters.slice(0, length).join("")}…` : characters.join("");
}

function person(each, words) {
  return [node("bdi", { class: "room-name" }, each.name || words.somebody), ...facts(each.who, words)];
}

export function pill(text, kind = "") {
  return text ? node("span", { class: `co-pill${kind ? ` co-pill--${kind}` : ""}` }, text) : null;
}

function clock(at) {
  if (!at) return null;
  const moment = new Date(at);
  const text = moment.toLocaleTimeString(document.documentElement.lang || undefined, { hour: "2-digit", minute: "2-digit" });
  return node("time", { datetime: at }, text);
}

function runs(you, may) {
  return Boolean(you?.roles?.length) || may.has("question.answer");
}

// A form of the room as the command it stands for: text of fields becomes numbers, lists and yes or no where needed.

const NUMBERS = new Set(["seq", "of", "n", "reply_to", "media_at", "slow_seconds", "seconds"]);
const LISTS = new Set(["options", "correct"]);
const TRUTHS = new Set(["anonymous", "announcement", "chat_open", "questions_queued", "pinned"]);
const LEFT_OUT = new Set(["csrfmiddlewaretoken", "next", "ref"]);

export function commandOf(form, submitter) {
  const command = {};
  for (const [name, value] of new FormData(form, submitter)) {
    if (LEFT_OUT.has(name)) continue;
    if (LISTS.has(name)) (command[name] ??= []).push(...listed(form.dataset.do, name, value));
    else if (value !== "" || name === "text") command[name] = typed(name, value);
  }
  return command;
}

// The options of a new poll are words, those of an answer are numbers. Empty ones stay: `correct` counts them.
function listed(command, name, value) {
  return [name === "options" && command !== "poll.vote" ? value.trim() : Number(value)];
}

function typed(name, value) {
  if (NUMBERS.has(name)) return Number(value);
  if (TRUTHS.has(name)) return value === "true" || value === "on";
  return value;
}

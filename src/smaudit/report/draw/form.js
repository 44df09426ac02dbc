"use strict";
// The form: the words stand in the page (#paper), the rules in its data. The first part is core/route.py again,
// held to it by tests; nothing is ever sent.

const DATA = JSON.parse(document.getElementById("data").textContent);
const RULES = DATA.rules;
const DONT_KNOW = "dont-know";
const NOT_APPLICABLE = "not-applicable";
const NONE = "-";
const END = "end";

// ---------------------------------------------------------------- the rules

const has = Object.hasOwn;
const own = (object, name) => (has(object, name) ? object[name] : undefined);
const SECTIONS = RULES.sections.map(section => section.map(each => each[0]));
const QUESTIONS = new Map(
  RULES.sections.flat().map(([id, levels, condition, facts, wordings]) => [id, { levels, condition, facts, wordings }]),
);
const question = id => QUESTIONS.get(id);
const profile = sheet => sheet.company.profile;
const choice = (id, sheet) => own(sheet.answers, id)?.choice ?? null;
const ids = () => [...QUESTIONS.keys()];
const kind = stop => stop.split(":")[0];
const about = stop => stop.slice(stop.indexOf(":") + 1);

function applies(id, facts) {
  return Object.entries(question(id).condition).every(([fact, allowed]) => !has(facts, fact) || allowed.includes(facts[fact]));
}

function applicable(sheet) {
  return ids().filter(id => applies(id, profile(sheet)));
}

function answered(id, sheet) {
  return [...question(id).levels, DONT_KNOW, NOT_APPLICABLE].includes(choice(id, sheet));
}

function wordingOf(id, facts) {
  const fits = condition => Object.entries(condition).every(([fact, allowed]) => allowed.includes(own(facts, fact)));
  return question(id).wordings.findIndex(fits);
}

function needed(id, facts) {
  const { facts: named, condition } = question(id);
  const decides = fact => has(condition, fact);
  const found = [];
  for (const fact of [...named.filter(decides), ...named.filter(each => !decides(each))]) {
    found.push(fact);
    if (decides(fact) && has(facts, fact) && !condition[fact].includes(facts[fact])) break;
  }
  return found;
}

function factsBefore(sheet, before) {
  const found = new Map();
  const placed = new Set(RULES.house);
  const old = id => before.has(id);
  for (const id of [...ids().filter(each => !old(each)), ...ids().filter(old)]) {
    const fresh = needed(id, profile(sheet)).filter(fact => !placed.has(fact));
    fresh.forEach(fact => placed.add(fact));
    found.set(id, fresh);
  }
  return found;
}

function route(sheet, before) {
  const facts = factsBefore(sheet, before);
  const stops = [];
  if (!DATA.start.company?.name) stops.push("company");
  stops.push(...RULES.house.map(fact => `fact:${fact}`));
  if (DATA.choices.department && !DATA.start.respondent?.department && !alone(profile(sheet))) stops.push("department");
  stops.push(...RULES.beliefs.map(id => `belief:${id}`));
  for (const id of ids()) {
    stops.push(...facts.get(id).map(fact => `fact:${fact}`));
    if (applies(id, profile(sheet))) stops.push(`question:${id}`);
  }
  stops.push("review", "remark", "guess");
  if (sheet.guess?.steering !== 0) stops.push("most");
  return stops;
}

function alone(facts) {
  const one = Object.entries(RULES.one_person);
  return one.length > 0 && one.every(([fact, allowed]) => allowed.includes(own(facts, fact)));
}

function departmentIsOpen(sheet) {
  const begun = Object.keys(sheet.beliefs).length + Object.keys(sheet.answers).length > 0;
  return sheet.respondent.department == null && !begun;
}

function factIsOpen(fact, sheet, before) {
  if (DATA.choices[`fact:${fact}`].includes(own(profile(sheet), fact))) return false;
  if (RULES.house.includes(fact) && departmentIsOpen(sheet)) return true;
  return applicable(sheet).some(id => question(id).facts.includes(fact) && !before.has(id));
}

function isOpen(stop, sheet, before, passed) {
  const [what, id] = [kind(stop), about(stop)];
  if (what === "question") return !answered(id, sheet);
  if (what === "company") return !sheet.company.name;
  if (passed.has(stop)) return false;
  if (what === "fact") return factIsOpen(id, sheet, before);
  return {
    department: departmentIsOpen(sheet),
    belief: !has(sheet.beliefs, id),
    review: sheet.remark == null && sheet.guess == null,
    remark: sheet.remark == null,
    guess: sheet.guess == null,
    most: sheet.guess?.most == null,
  }[what];
}

function openStops(sheet, before, passed) {
  return route(sheet, before).filter(stop => isOpen(stop, sheet, before, passed));
}

function contradictions(sheet) {
  const asked = applicable(sheet);
  const given = name => {
    if (asked.includes(name)) return choice(name, sheet);
    return name === "department" ? sheet.respondent.department : own(profile(sheet), name);
  };
  const holds = ([name, allowed]) => allowed.includes(given(name));
  return RULES.contradictions.filter(([, condition]) => Object.entries(condition).every(holds));
}

// ---------------------------------------------------------------- the words

const $ = id => document.getElementById(id);
const find = selector => document.querySelector(selector);
const put = (id, words) => ($(id).textContent = words);
const text = element => (element ? element.textContent.trim() : "");
const texts = (within, selector) => [...within.querySelectorAll(selector)].map(text);
const number = value => String(value).replace(/\d/g, digit => DATA.digits[digit]);

function say(name, values = {}) {
  return DATA.words[name].replace(/\{([a-z]+)\}/g, (gap, key) => {
    const value = own(values, key) ?? gap;
    return typeof value === "number" ? number(value) : value;
  });
}

// Questions stand on paper in the order of the rules; all else says what it is.
const ENTRIES = new Map();
document.querySelectorAll("[data-stop]").forEach(each => ENTRIES.set(each.dataset.stop, read(each, each.dataset.stop)));
document.querySelectorAll(".asked").forEach((each, place) => {
  const stop = `question:${ids()[place]}`;
  ENTRIES.set(stop, read(each, stop));
});

// One thing that is asked, as it stands on paper; options are pairs of what is kept and what is shown.
function read(from, stop) {
  const within = selector => text(from.querySelector(selector));
  const words = text(from.querySelector("h3").lastChild);
  const isQuestion = kind(stop) === "question";
  const values = isQuestion ? question(about(stop)).levels : (own(DATA.choices, stop) ?? []);
  const shown = texts(from, ".choices li");
  const options = values.map((value, place) => [value, shown[place]]);
  if (isQuestion) options.push(...[DONT_KNOW, NOT_APPLICABLE].map(each => [each, say(each)]));
  const placed = list => new Map([...list].map(item => [item.dataset.n, text(item)]));
  return {
    text: words,
    name: from.dataset.name ?? words,
    ends: [...from.querySelectorAll(".end")].map(end => [text(end.querySelector("b")), text(end.lastChild)]),
    options,
    worded: [...from.querySelectorAll(".worded")].map(other => ({
      text: text(other.querySelector(".text")),
      options: placed(other.querySelectorAll("li")),
    })),
    evidence: within(".shows"),
    why: within(".why"),
    reasons: texts(from, ".reasons li"),
  };
}

function asked(stop, sheet) {
  const entry = ENTRIES.get(stop);
  const other = kind(stop) === "question" && entry.worded[wordingOf(about(stop), profile(sheet))];
  if (!other) return entry;
  const options = entry.options.map(([value, words], place) => [value, other.options.get(number(place + 1)) ?? words]);
  return { ...entry, text: other.text || entry.text, options };
}

function progress(stop, sheet) {
  const id = about(stop);
  const asked = applicable(sheet);
  const main = SECTIONS.findIndex(section => section.includes(id));
  switch (kind(stop)) {
    case "belief":
      return say("belief", { number: RULES.beliefs.indexOf(id) + 1, total: RULES.beliefs.length });
    case "fact":
      return say("fact");
    case "question":
      return say("question", { number: asked.indexOf(id) + 1, total: asked.length, topic: DATA.topics[main] });
    default:
      return "";
  }
}

function given(stop, sheet) {
  const id = about(stop);
  const value = {
    company: () => sheet.company.name,
    department: () => sheet.respondent.department,
    belief: () => own(sheet.beliefs, id),
    fact: () => own(profile(sheet), id),
    question: () => choice(id, sheet),
    remark: () => sheet.remark,
    guess: () => sheet.guess?.steering,
    most: () => sheet.guess?.most,
  }[kind(stop)]();
  return value == null ? null : String(value);
}

function answerText(stop, sheet) {
  const { options, ends } = asked(stop, sheet);
  const value = given(stop, sheet);
  const place = options.findIndex(([each]) => each === value);
  if (place < 0) return kind(stop) === "department" ? say("unsaid") : (value ?? "");
  if (kind(stop) === "belief" && value !== DONT_KNOW && place !== 2) {
    const end = ends[place < 2 ? 0 : 1][1];
    return say(place === 0 || place === 4 ? "entirely" : "rather", { text: end });
  }
  return options[place][1];
}

function counts(sheet) {
  const given = applicable(sheet).filter(id => answered(id, sheet));
  const unknown = given.filter(id => choice(id, sheet) === DONT_KNOW).length;
  const excused = given.filter(id => choice(id, sheet) === NOT_APPLICABLE).length;
  return say("counts", { answered: given.length - unknown - excused, unknown, excused });
}

// ---------------------------------------------------------------- the sheet

// As interview/typed.py: one line, without control characters and halves of characters.
const tidied = typed => typed.replace(/[\t-\r\u0085\u2028\u2029]/g, " ").replace(/[\p{Cc}\p{Cs}]/gu, "").trim();
const isObject = value => typeof value === "object" && value !== null && !Array.isArray(value);

// Raises the name of what is wrong with it, to be said.
function opened(written) {
  let data;
  try {
    data = JSON.parse(written.replace(/^\uFEFF/, ""));
  } catch {
    throw "no-sheet";
  }
  if (!isObject(data) || data.schema !== RULES.schema || !isObject(data.answers)) throw "no-sheet";
  if (data.questionnaire && data.questionnaire.id !== RULES.id) throw "other-questionnaire";
  const { company = {}, respondent = {}, beliefs = {}, guess = null } = data;
  const parts = [company, respondent, beliefs, company.profile ?? {}, guess ?? {}];
  const names = [company.name, respondent.department, data.date, data.remark];
  if (!parts.every(isObject) || !names.every(each => typeof (each ?? "") === "string")) throw "no-sheet";
  const same = (one, other) => !one || !other || tidied(one).toLowerCase() === tidied(other).toLowerCase();
  const start = DATA.start;
  if (!same(company.name, start.company?.name)) throw "other-company";
  if (!same(respondent.department, start.respondent?.department)) throw "other-department";
  const answers = {};
  for (const [id, answer] of Object.entries(data.answers)) {
    answers[id] = isObject(answer) ? answer : { choice: answer };
  }
  return {
    ...data,
    questionnaire: data.questionnaire ?? { id: RULES.id, version: RULES.version },
    depth: data.depth ?? start.depth,
    company: { ...company, name: start.company?.name ?? company.name, profile: { ...company.profile } },
    respondent: { ...respondent, department: start.respondent?.department ?? respondent.department },
    language: data.language ?? DATA.language,
    beliefs,
    guess,
    answers,
  };
}

function written(sheet) {
  const answers = {};
  for (const [id, { choice = null, ...added }] of Object.entries(sheet.answers)) {
    const kept = Object.entries(added).filter(([, value]) => value);
    answers[id] = kept.length ? { choice, ...Object.fromEntries(kept) } : choice;
  }
  return `${JSON.stringify({ ...sheet, answers }, null, 2)}\n`;
}

function today() {
  const now = new Date();
  const parts = [now.getFullYear(), now.getMonth() + 1, now.getDate()];
  return parts.map((part, place) => String(part).padStart(place ? 2 : 4, "0")).join("-");
}

// As files/names.py: letters and digits of every script, short enough for every disk.
function fileName(sheet) {
  const slug = name =>
    name.normalize("NFC").toLowerCase().normalize("NFC")
      .replace(/(?!\s)\p{C}/gu, "").replace(/[^\p{L}\p{M}\p{Nd}]+/gu, "-").replace(/^-|-$/g, "");
  const rest = [sheet.respondent.department, sheet.date].filter(Boolean).join("-");
  let name = [...slug(sheet.company.name ?? "")].slice(0, 60);
  while (new TextEncoder().encode(name.join("")).length > 90) name.pop();
  return `${name.join("").replace(/-$/, "") || "company"}-${rest}.json`;
}

// ---------------------------------------------------------------- what is kept

const STORE = `smaudit-form-${DATA.key}`;
let keeps = true;
let isSaved = true;

function store(action) {
  try {
    return action(window.localStorage);
  } catch {
    keeps = false;
    return null;
  }
}

const drop = () => store(place => place.removeItem(STORE));

function fresh() {
  return opened(JSON.stringify(DATA.start));
}

let sheet, before, passed, ahead, stop;

function begin(from) {
  sheet = from;
  before = new Set(ids().filter(id => answered(id, sheet)));
  passed = new Set();
  ahead = [];
  stop = null;
}

function keep(change) {
  sheet = { ...sheet, date: sheet.date ?? today(), ...change };
  isSaved = false;
  store(place => place.setItem(STORE, written(sheet)));
  put("keeping", say(keeps ? "kept" : "not-kept"));
  put("done", "");
}

function keepAnswer(id, change) {
  keep({ answers: { ...sheet.answers, [id]: { ...own(sheet.answers, id), ...change } } });
}

function keepGiven(value) {
  const id = about(stop);
  const none = value === NONE ? null : value;
  const { [id]: _, ...rest } = profile(sheet);
  ({
    company: () => keep({ company: { ...sheet.company, name: tidied(value) } }),
    department: () => keep({ respondent: { ...sheet.respondent, department: none } }),
    belief: () => keep({ beliefs: { ...sheet.beliefs, [id]: value === DONT_KNOW ? value : Number(value) } }),
    fact: () => keep({ company: { ...sheet.company, profile: none ? { ...rest, [id]: value } : rest } }),
    question: () => keepAnswer(id, { choice: value }),
    remark: () => keep({ remark: tidied(value) }),
    guess: () => keep({ guess: { ...sheet.guess, steering: none === null ? null : Number(none) } }),
    most: () => keep({ guess: { ...sheet.guess, most: none } }),
  })[kind(stop)]();
}

// ---------------------------------------------------------------- the screen

function make(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function showHead() {
  const total = applicable(sheet);
  const name = sheet.company.name;
  const department = ENTRIES.get("department")?.options.find(([id]) => id === sheet.respondent.department)?.[1];
  const known = department ?? DATA.department;
  $("who").replaceChildren(make("strong", {}, make("bdi", {}, name ?? "")), name && known ? say("separate") : "", known ?? "");
  put("where", stop && stop !== END ? progress(stop, sheet) : "");
  const parts = total.map(id => {
    const state = stop === `question:${id}` ? "here" : answered(id, sheet) ? "done" : "";
    return make("span", { className: state });
  });
  $("bar").replaceChildren(...parts);
  document.title = [$("where").textContent, text(find("#opening h1"))].filter(Boolean).join(say("separate"));
}

function go(to, isFirst = false) {
  stop = to;
  const shown = to === null ? "opening" : to === END ? "end" : "ask";
  for (const id of ["opening", "ask", "end"]) $(id).hidden = id !== shown;
  $("so-far").hidden = shown !== "ask";
  $("bar").hidden = to === null;
  $("forget").open = false;
  if (shown === "ask") showStop();
  if (shown === "end") showEnd();
  showHead();
  if (isFirst) return;
  window.scrollTo(0, 0);
  find(`#${shown} h1`).focus({ preventScroll: true });
}

function showStop() {
  const what = kind(stop);
  const isReview = what === "review";
  const isText = what === "company" || what === "remark";
  const isQuestion = what === "question";
  const { text: words, ends, evidence, why } = isReview ? { text: say("review"), ends: [] } : asked(stop, sheet);
  put("asked", words);
  $("ends").replaceChildren(...ends.map(([mark, end]) => make("p", {}, make("strong", {}, mark), ` ${end}`)));
  $("options").replaceChildren(...(isReview || isText ? [] : drawnOptions()));
  $("list").replaceChildren(...(isReview ? drawnAnswers() : []));
  $("text").hidden = !isText;
  $("text").value = isText ? (given(stop, sheet) ?? "") : "";
  const answer = (isQuestion && own(sheet.answers, about(stop))) || {};
  put("hint", evidence ? say("evidence", { text: evidence }) : "");
  $("why").lastElementChild.textContent = why ?? "";
  $("why").hidden = !why;
  $("evidence").hidden = !isQuestion;
  for (const id of ["why", "note", "evidence"]) $(id).open = false;
  for (const name of ["note", "evidence"]) $(`${name}-text`).value = answer[name] ?? "";
  $("note").open = Boolean(answer.note);
  $("reason-text").value = answer.note ?? "";
  showAdditions();
  put("fault", "");
  put("on", say(isReview ? "right" : "next"));
}

// What an answer calls for: a reason, or what shows the best one.
function showAdditions() {
  const isQuestion = kind(stop) === "question";
  const excused = isQuestion && choice(about(stop), sheet) === NOT_APPLICABLE;
  const levels = isQuestion ? question(about(stop)).levels : [];
  $("reason").hidden = !excused;
  $("note").hidden = !isQuestion || excused;
  const offered = excused ? asked(stop, sheet).reasons : [];
  $("reasons").replaceChildren(...offered.map(each => make("button", { type: "button", className: "plain" }, each)));
  const isBest = isQuestion && choice(about(stop), sheet) === levels.at(-1);
  if (isQuestion && (isBest || $("evidence-text").value)) $("evidence").open = true;
}

function drawnOptions() {
  const { options } = asked(stop, sheet);
  const value = given(stop, sheet) ?? (passed.has(stop) && kind(stop) !== "question" ? NONE : null);
  const drawn = options.map(([each, words]) => {
    const input = make("input", { type: "radio", name: "answer", value: each, checked: each === value });
    const isOther = [DONT_KNOW, NOT_APPLICABLE, NONE].includes(each);
    return make("label", { className: isOther ? "option other" : "option" }, input, make("span", {}, words));
  });
  const first = drawn.findIndex(each => each.classList.contains("other"));
  if (kind(stop) === "question") drawn.splice(first, 0, make("p", { className: "quiet" }, say("or")));
  return drawn;
}

function drawnAnswers() {
  const entry = (to, name, answer, also = []) => {
    const button = make("button", { type: "button", className: "plain" }, say("change"));
    button.setAttribute("aria-label", `${say("change")}: ${name || answer}`);
    button.addEventListener("click", () => {
      ahead.push("review", ...also);
      go(to);
    });
    return make("li", {}, make("div", {}, make("span", { className: "quiet" }, name), make("bdi", {}, answer)), button);
  };
  const plain = to => entry(to, ENTRIES.get(to).name, answerText(to, sheet));
  const stops = route(sheet, before);
  const of = (...kinds) => stops.filter(each => kinds.includes(kind(each)));
  const told = to => kind(to) === "fact" ? given(to, sheet) !== null : kind(to) !== "belief" || own(sheet.beliefs, about(to)) !== undefined;
  const found = contradictions(sheet).map(([id, condition]) => {
    const [first, ...rest] = Object.keys(condition).filter(each => question(each)).map(each => `question:${each}`);
    return entry(first, "", DATA.contradictions[id], rest.reverse());
  });
  const parts = [[say("contradictions"), found]];
  SECTIONS.forEach((section, place) => {
    const asked = of("question").filter(each => section.includes(about(each)));
    parts.push([DATA.topics[place], asked.map(plain)]);
  });
  const names = { company: say("name"), department: say("department") };
  const who = of("company", "department").map(to => entry(to, names[to], answerText(to, sheet)));
  parts.push([say("about"), [...who, ...of("fact").filter(told).map(plain)]]);
  parts.push([say("beliefs"), of("belief").filter(told).map(plain)]);
  return parts.filter(([, list]) => list.length).flatMap(([heading, list]) => [make("h2", {}, heading), make("ul", {}, ...list)]);
}

function showEnd() {
  const name = fileName(sheet);
  put("counts", counts(sheet));
  find("#end .name").textContent = name;
  put("saved", "");
  $("sheet").value = written(sheet);
  const company = sheet.company.name ?? "";
  $("message").value = say("message", { company, counts: counts(sheet), file: name });
}

// ---------------------------------------------------------------- what is done

function onward() {
  const stops = [...route(sheet, before), END];
  const open = openStops(sheet, before, passed)[0] ?? END;
  while (ahead.length && !stops.includes(ahead.at(-1))) ahead.pop();
  const waits = ahead.length && stops.indexOf(ahead.at(-1)) <= stops.indexOf(open);
  go(waits ? ahead.pop() : open);
}

function back() {
  const stops = [...route(sheet, before), END];
  ahead.push(stop);
  const place = stops.indexOf(stop);
  go(place > 0 ? stops[place - 1] : null);
}

function accept() {
  const isText = !$("text").hidden;
  if (isText && kind(stop) === "remark") keepGiven($("text").value);
  const isNamed = tidied($("text").value).search(/[\p{L}\p{N}\p{P}\p{S}]/u) >= 0;
  const chosen = find("#options input:checked");
  const isDone = kind(stop) === "review" || (isText ? kind(stop) === "remark" || isNamed : chosen);
  if (!isDone) {
    put("fault", say(isText ? "needed" : "choose"));
    (find("#options input") ?? $("text")).focus();
    return;
  }
  if (chosen) keepGiven(chosen.value);
  passed.add(stop);
  onward();
}

function save() {
  const name = fileName(sheet);
  const address = URL.createObjectURL(new Blob([written(sheet)], { type: "application/json" }));
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  isSaved = true;
  drop();
  put("keeping", "");
  return say("saved", { file: name });
}

function forget() {
  drop();
  isSaved = true;
  begin(fresh());
  put("goes-on", "");
  go(null);
  put("done", say("forgotten"));
}

async function copy(button) {
  const field = button.previousElementSibling;
  try {
    await navigator.clipboard.writeText(field.value);
    button.textContent = say("copied");
  } catch {
    field.focus();
    field.select();
    button.textContent = say("to-copy");
  }
}

async function openFile(file) {
  try {
    begin(opened(await file.text()));
    keep({});
    put("file-fault", "");
    put("goes-on", say("goes-on"));
    onward();
  } catch (fault) {
    if (typeof fault !== "string") throw fault;
    put("file-fault", say(fault, { company: DATA.start.company?.name ?? "" }));
  }
}

function listen() {
  const on = (id, event, action) => $(id).addEventListener(event, action);
  on("begin", "click", onward);
  on("file", "change", event => event.target.files[0] && openFile(event.target.files[0]));
  on("ask", "submit", event => {
    event.preventDefault();
    accept();
  });
  on("back", "click", back);
  on("end-back", "click", back);
  on("options", "change", event => {
    const isExcuse = kind(stop) === "question" && asked(stop, sheet).reasons.includes($("note-text").value);
    if (isExcuse && event.target.value !== NOT_APPLICABLE) reason("");
    keepGiven(event.target.value);
    put("fault", "");
    if (kind(stop) === "question") {
      $("reason-text").value = $("note-text").value;
      showAdditions();
    }
    showHead();
  });
  on("text", "input", event => keepGiven(event.target.value));
  on("note-text", "input", event => keepAnswer(about(stop), { note: tidied(event.target.value) }));
  on("evidence-text", "input", event => keepAnswer(about(stop), { evidence: tidied(event.target.value) }));
  const reason = typed => {
    $("note-text").value = typed;
    keepAnswer(about(stop), { note: tidied(typed) });
  };
  on("reason-text", "input", event => reason(event.target.value));
  on("reasons", "click", event => {
    if (event.target.tagName !== "BUTTON") return;
    $("reason-text").value = event.target.textContent;
    reason(event.target.textContent);
    $("reason-text").focus();
  });
  on("save", "click", () => (put("saved", save())));
  on("save-so-far", "click", () => (put("done", save())));
  find("#forget button").addEventListener("click", forget);
  document.querySelectorAll(".copy").forEach(each => each.addEventListener("click", () => copy(each)));
  window.addEventListener("beforeunload", event => {
    if (!isSaved && !keeps) event.preventDefault();
  });
}

function start() {
  const found = store(place => place.getItem(STORE));
  begin(fresh());
  if (found) {
    try {
      begin(opened(found));
      isSaved = false;
      put("goes-on", say("goes-on"));
    } catch {
      drop();
    }
  }
  $("said").append(...$("about").cloneNode(true).childNodes);
  put("keeping", say(keeps ? "kept" : "not-kept"));
  listen();
  $("paper").hidden = true;
  $("app").hidden = false;
  go(null, true);
}

start();

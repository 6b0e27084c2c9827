"use strict";
// Spares the page its reloads: forms are sent behind the scenes, and what is new appears by itself. Everything works
// without this, by redirects and by the buttons that it makes needless.

document.documentElement.classList.add("js");

// Puts `fresh` in the place of `old` and leaves alone what did not change, so that focus, scrolling and half-written
// words stay. What has data-parts is compared part by part; parts are told apart by their ids.
function patch(old, fresh) {
  if (old.isEqualNode(fresh)) return;
  for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name)) old.removeAttribute(name);
  for (const { name, value } of [...fresh.attributes]) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  const before = new Map([...old.children].map((part) => [part.id, part]));
  const parts = [...fresh.children].map((part) => {
    const was = before.get(part.id);
    if (was && was.isEqualNode(part)) return was;
    if (was && "parts" in was.dataset && "parts" in part.dataset) {
      patch(was, part);
      return was;
    }
    return part;
  });
  for (const part of [...old.children]) if (!parts.includes(part)) part.remove();
  parts.forEach((part, index) => {
    if (old.children[index] !== part) old.insertBefore(part, old.children[index] ?? null);
  });
}

const isEdited = (input) => (input.type === "checkbox" || input.type === "radio" ? input.checked !== input.defaultChecked
  : input.tagName === "SELECT" ? [...input.options].some((o) => o.selected !== o.defaultSelected) : input.value !== input.defaultValue);

function show(html, keepsTyping) {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  const focused = document.activeElement?.id;
  const dialogs = [...document.querySelectorAll(".veil")].map((veil) => veil.id).join();
  const edited = keepsTyping ? [...document.querySelectorAll("input[id], select[id], textarea[id]")].filter(isEdited) : [];
  document.title = fresh.title;
  patch(document.body, fresh.body);
  for (const was of edited) {
    const now = document.getElementById(was.id);
    if (!now || now === was) continue;
    now.value = was.value;
    if ("checked" in was) now.checked = was.checked;
  }
  const veils = [...document.querySelectorAll(".veil")];
  if (veils.map((veil) => veil.id).join() === dialogs) {
    if (focused && document.activeElement === document.body) document.getElementById(focused)?.focus();
  } else if (veils.length) {
    const inside = veils.at(-1);
    (inside.querySelector("[autofocus]") ?? inside.querySelector(".inside :is(input:not([type=hidden]), select, textarea)")
      ?? inside.querySelector("footer :is(button, a)"))?.focus();
  } else {
    document.getElementById("text")?.focus();
  }
}

async function send(form, button) {
  document.body.classList.add("busy");
  try {
    const body = new URLSearchParams(new FormData(form, button));
    const answer = await fetch(form.getAttribute("action"), { method: "POST", body });
    show(await answer.text(), false);
    if (answer.redirected) history.replaceState(null, "", answer.url.replace(/&again=\d+/, ""));
    // What was typed is on its way; what stands elsewhere shows again as it really is.
    for (const other of document.forms) if (other.id !== "writing" || (other === form && !document.getElementById("notice"))) other.reset();
    document.querySelector(".conversation")?.scrollTo(0, 0);
  } finally {
    document.body.classList.remove("busy");
  }
}

document.addEventListener("submit", (event) => {
  event.preventDefault();
  send(event.target, event.submitter);
});

// What the app wants to hear of at once is sent as soon as it is chosen.
document.addEventListener("change", ({ target }) => {
  if ("told" in target.dataset && (target.tagName === "SELECT" || /checkbox|radio|date|time/.test(target.type))) {
    target.form.requestSubmit(target.closest(".input, .inline").querySelector(".apply"));
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") [...document.querySelectorAll(".veil .close")].at(-1)?.click();
  if (event.key !== "Enter" || event.isComposing || event.target.tagName !== "INPUT") return;
  const button = "finds" in event.target.dataset ? event.target.nextElementSibling
    : "told" in event.target.dataset ? event.target.closest(".input, .inline").querySelector(".apply") : null;
  if (!button) return;
  event.preventDefault();
  event.target.form.requestSubmit(button);
});

async function look() {
  if (document.hidden || document.body.classList.contains("busy") || !document.getElementById("main")) return;
  const answer = await fetch(location.href).catch(() => null);
  const html = answer?.ok ? await answer.text() : "";
  if (html && !document.body.classList.contains("busy")) show(html, true);
}
setInterval(look, 1000);

// Comforts of the editor; without them every button still keeps what was typed and shows the text as it is then.

let unsaved = false;

const form = () => document.getElementById("draft");
const paragraph = (element) => element.closest(".edit__b");

function tellUnsaved(state) {
  unsaved = state;
  form()?.querySelector(".editor__unsaved")?.toggleAttribute("hidden", !state);
}

/** Sends the form with a step that has no button of its own, or whose button is not at hand. */
function step(value) {
  const button = form().querySelector("[data-step]");
  button.value = value;
  form().requestSubmit(button);
}

function fit(field) {
  if (CSS.supports("field-sizing", "content")) return;
  field.style.blockSize = "auto";
  field.style.blockSize = `${field.scrollHeight + 2}px`;
}

function begin() {
  if (!form()) return;
  form().querySelectorAll("textarea").forEach(fit);
  tellUnsaved("unsaved" in form().dataset);
  form().querySelector("[data-focus] textarea")?.focus();
}

/** At its end a paragraph is followed by a new one; within it, it is split where the cursor stands. */
function breakAt(field) {
  const { selectionStart: start, selectionEnd: end, value } = field;
  const block = paragraph(field).id;
  if (!value.slice(end).trim()) return step(`below ${block}`);
  field.setRangeText("\n\n", start, end, "end");
  return step(`split ${block}`);
}

function shortcut(event) {
  const command = event.ctrlKey || event.metaKey;
  const field = event.target.closest?.("#draft textarea");
  if (command && event.key === "s") return () => step("save");
  if (command && event.key === "Enter" && field) return () => breakAt(field);
  if (event.altKey && field && ["ArrowUp", "ArrowDown"].includes(event.key)) {
    return () => step(`${event.key === "ArrowUp" ? "up" : "down"} ${paragraph(field).id}`);
  }
  return null;
}

document.addEventListener("keydown", (event) => {
  const act = form() && shortcut(event);
  if (!act) return;
  event.preventDefault();
  act();
});

document.addEventListener("input", (event) => {
  if (!event.target.matches("#draft textarea")) return;
  fit(event.target);
  tellUnsaved(true);
});

document.addEventListener("change", (event) => {
  if (event.target.matches("#draft .edit__n select")) step(`save ${paragraph(event.target).id}`);
});

document.addEventListener("click", (event) => {
  const remove = event.target.closest('#draft button[value^="remove "]');
  const words = remove && [...paragraph(remove).querySelectorAll("textarea")].some((field) => field.value.trim());
  if (words && !window.confirm(form().dataset.leave)) event.preventDefault();
});

/** Whether an answer is the editor's own; the page of a closed door or a fault must not take its place. */
function isOurs(answer) {
  return !answer.redirected && [200, 409, 422].includes(answer.status);
}

let failed = false;

// What is typed while an answer is on its way would be lost with the form that it replaces.
document.addEventListener("htmx:before:request", () => { form().inert = failed = true; });
document.addEventListener("htmx:before:response", (event) => {
  failed = !isOurs(event.detail.ctx.response.raw);
  if (failed) event.preventDefault();
  else unsaved = false;
});
document.addEventListener("htmx:finally:request", () => {
  if (!form()) return;
  form().inert = false;
  form().querySelector(".editor__failed").hidden = !failed;
});
/** Somebody who signed in again has a new token; the form that is still here takes it over. */
async function renewToken() {
  const page = await fetch(window.location.href);
  if (page.redirected || !page.ok) return;
  const fresh = new DOMParser().parseFromString(await page.text(), "text/html");
  const token = fresh.querySelector("#draft [name=csrfmiddlewaretoken]");
  if (token && form()) form().elements.csrfmiddlewaretoken.value = token.value;
}

window.addEventListener("focus", () => { if (failed) renewToken(); });
document.addEventListener("htmx:after:swap", begin);
document.addEventListener("submit", () => { if (!window.htmx) unsaved = false; });
window.addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });

begin();

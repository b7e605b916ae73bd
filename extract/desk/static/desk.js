/* What the pages do beyond plain links and forms: keys, the evidence in view, saves that are seen to fail,
   places taken from a selection, the progress of a job. Every page works without it, but for the last two. */
"use strict";

(function () {
  const narrow = window.matchMedia("(max-width: 860px)");

  /* ---- keys: each control names its own in data-key; what is shown is what works -------------------- */

  const FIELDS = "input, select, textarea, [contenteditable]";

  function typing(target) {
    return target instanceof Element && target.closest(FIELDS) !== null && !target.matches("[type=file], [type=radio], [type=checkbox]");
  }

  function visible(element) {
    return element.getClientRects().length > 0;
  }

  function control(key) {
    const wanted = key.length === 1 ? key.toLowerCase() : key;
    return [...document.querySelectorAll("[data-key]")].find(
      (one) => one.dataset.key === wanted && !one.disabled && one.getAttribute("aria-disabled") !== "true" && visible(one)
    );
  }

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229 || event.key === "Process") return;
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    if (typing(event.target)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (document.querySelector("dialog[open]")) return;
    const found = control(event.key);
    if (!found) return;
    event.preventDefault();
    found.click();
  });

  document.addEventListener("click", (event) => {
    const opener = event.target instanceof Element && event.target.closest("[data-opens]");
    if (opener) document.getElementById(opener.dataset.opens)?.showModal();
  });

  /* ---- one decision at a time: a form that is on its way is not sent again --------------------------- */

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.sent) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    if (form.matches("[data-once]")) form.dataset.sent = "yes";
  }, true);

  function free(form) {
    if (form instanceof HTMLFormElement) delete form.dataset.sent;
  }

  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(free));

  /* ---- the form of a record: approving is for what stands there unchanged ---------------------------- */

  function value(field) {
    return field.value;
  }

  function original(field) {
    if (field instanceof HTMLSelectElement) {
      const chosen = [...field.options].find((option) => option.defaultSelected);
      return chosen ? chosen.value : field.options[0]?.value;
    }
    return field.defaultValue;
  }

  function watch(form) {
    let changed = false;
    for (const field of form.querySelectorAll("[data-field]")) {
      const differs = value(field) !== original(field);
      field.classList.toggle("changed", differs);
      changed ||= differs;
    }
    for (const button of form.querySelectorAll("[data-needs=unchanged]")) button.disabled = changed;
    for (const hint of form.querySelectorAll("[data-shown=changed]")) hint.hidden = !changed;
    return changed;
  }

  document.addEventListener("input", (event) => {
    const form = event.target instanceof Element && event.target.closest("form[data-record]");
    if (form) watch(form);
  });

  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element && event.target.closest("[data-edits]");
    if (!button) return;
    const form = button.closest("form");
    if (form && !watch(form) && !button.dataset.edited) {
      event.preventDefault();
      button.dataset.edited = "yes"; /* asked again without a change, the server says what is missing */
      const first = form.querySelector("[data-field][data-first]") || form.querySelector("[data-field]");
      first?.focus();
      first?.select?.();
    }
  });

  /* ---- a place taken from what is selected in the text; offsets are code points ---------------------- */

  function codePoints(node, offset, paragraph) {
    const range = document.createRange();
    range.selectNodeContents(paragraph);
    range.setEnd(node, offset);
    return Array.from(range.toString()).length;
  }

  function place(node, offset) {
    const element = node instanceof Element ? node : node.parentElement;
    const paragraph = element?.closest("[data-start]");
    return paragraph ? Number(paragraph.dataset.start) + codePoints(node, offset, paragraph) : null;
  }

  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element && event.target.closest("[data-takes]");
    if (!button) return;
    const selection = window.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) {
      say(button.dataset.nothing);
      return;
    }
    const range = selection.getRangeAt(0);
    const start = place(range.startContainer, range.startOffset);
    const end = place(range.endContainer, range.endOffset);
    if (start === null || end === null || start >= end) {
      say(button.dataset.nothing);
      return;
    }
    const form = button.closest("form");
    form.elements[button.dataset.takes + "start"].value = start;
    form.elements[button.dataset.takes + "end"].value = end;
    const shown = button.parentElement.querySelector("[data-taken]");
    if (shown) shown.textContent = selection.toString();
    watch(form);
  });

  /* ---- each save is seen to succeed or to fail ------------------------------------------------------- */

  function say(words) {
    const box = document.getElementById("trouble");
    if (box) box.textContent = words || "";
  }

  function words(name) {
    return document.getElementById("trouble")?.dataset[name] || "";
  }

  document.addEventListener("htmx:sendError", (event) => {
    free(event.detail.elt);
    say(words("offline"));
  });
  document.addEventListener("htmx:timeout", (event) => {
    free(event.detail.elt);
    say(words("offline"));
  });
  document.addEventListener("htmx:responseError", (event) => {
    free(event.detail.elt);
    const status = event.detail.xhr.status;
    if (status === 401) {
      say(words("session"));
      return;
    }
    const answer = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
    say(answer.querySelector("[data-error]")?.textContent.trim() || words("failed") + " (" + status + ")");
  });
  document.addEventListener("htmx:beforeRequest", () => say(""));

  /* ---- a page that has just come --------------------------------------------------------------------- */

  function showEvidence() {
    const pane = document.querySelector(".pane.source");
    const evidence = pane?.querySelector(".doubt, .fig, .ev");
    if (!pane || !evidence) return;
    const inPane = evidence.getBoundingClientRect().top - pane.getBoundingClientRect().top;
    pane.scrollTop += inPane - pane.clientHeight * 0.38;
  }

  function arrive() {
    showEvidence();
    document.querySelectorAll("form[data-record]").forEach(watch);
    follow([...document.querySelectorAll("[data-live]")].at(-1));
    if (narrow.matches) document.querySelectorAll("details.facets").forEach((one) => one.removeAttribute("open"));
    toWrongField();
  }

  let atSwap = null;

  document.addEventListener("htmx:afterSwap", () => {
    atSwap = document.activeElement;
  });

  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target.id !== "page" && event.detail.elt.id !== "page") return;
    arrive();
    /* a quick hand is in a field already: taken out of it, its letters would be verdicts */
    if (document.activeElement !== atSwap && typing(document.activeElement)) return;
    if (document.querySelector("#page [aria-invalid=true]")) return; /* it has the focus already */
    const focus = document.querySelector("#page [data-focus]") || document.querySelector("#page h1");
    focus?.focus({ preventScroll: true });
  });

  /* what was not taken is where the reader goes on */
  function toWrongField() {
    document.querySelector("#page [aria-invalid=true]")?.focus();
  }

  /* ---- beside the text the records of what is being read ---------------------------------------------- */

  let waiting = false;

  function keepBeside() {
    waiting = false;
    const side = document.querySelector("aside.records");
    const text = document.querySelector(".report > article.text");
    if (!side || !text || side.matches(":hover, :focus-within") || getComputedStyle(side).position !== "sticky") return;
    const box = text.getBoundingClientRect();
    const top = Math.max(box.top, 0) + 90;
    const read = [...text.querySelectorAll("p")].find((one) => one.getBoundingClientRect().bottom > top);
    const number = read && [...text.querySelectorAll("a.n[href^='#i-']")].find((one) => read.compareDocumentPosition(one) & (Node.DOCUMENT_POSITION_FOLLOWING | Node.DOCUMENT_POSITION_CONTAINED_BY));
    const record = number && document.getElementById(number.hash.slice(1));
    if (record) side.scrollTop = record.offsetTop - 6; /* of the sticky panel itself */
  }

  let settled = 0;

  window.addEventListener("scroll", () => {
    if (!waiting) window.requestAnimationFrame(keepBeside);
    waiting = true;
    window.clearTimeout(settled);
    settled = window.setTimeout(keepBeside, 160); /* once more, when what came into view has its real height */
  }, { passive: true });

  /* ---- the progress of a job, told by the server ------------------------------------------------------ */

  /* One job at a time, the oldest, which is the one that is worked on: a browser keeps six connections to a
     server, and streams for all jobs would leave none for anything else. */

  let followed = null;

  function unfollow() {
    followed?.close();
    followed = null;
  }

  function follow(element) {
    unfollow();
    if (!element) return;
    const source = (followed = new EventSource(element.dataset.live));
    source.addEventListener("progress", (event) => {
      if (!element.isConnected) return source.close();
      const job = JSON.parse(event.data);
      const bar = element.querySelector("progress");
      if (bar) {
        bar.max = Math.max(job.total, 1);
        bar.value = job.done;
      }
      const count = element.querySelector("[data-count]");
      if (count) count.textContent = job.done + " / " + job.total;
    });
    source.addEventListener("end", () => {
      source.close();
      if (element.isConnected) window.htmx.ajax("GET", window.location.pathname, { target: "#page", select: "#page", swap: "outerHTML" });
    });
  }

  window.addEventListener("pagehide", unfollow);

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", arrive);
  else arrive();
})();

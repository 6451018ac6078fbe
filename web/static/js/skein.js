// Progressive enhancement only: every page works without this file.
(() => {
  "use strict";
  const sending = "Sending";

  // A form that was sent says so, and is not sent twice.
  const buttonOf = (form, submitter) => submitter || form.querySelector("button[type=submit].button");
  const busy = (button) => {
    if (!button || button.dataset.words !== undefined) return;
    button.dataset.words = button.textContent;
    button.setAttribute("aria-busy", "true");
    if (button.classList.contains("button")) button.textContent = sending;
  };
  const idle = (root) => root.querySelectorAll("[aria-busy=true][data-words]").forEach((button) => {
    button.textContent = button.dataset.words;
    button.removeAttribute("aria-busy");
    delete button.dataset.words;
  });
  document.addEventListener("click", (event) => {
    const dead = event.target.closest("[aria-disabled=true]");
    if (dead) event.preventDefault();
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method === "get" || event.defaultPrevented) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    // After the browser has read the form: a named button must still be sent.
    setTimeout(() => busy(buttonOf(form, event.submitter)), 0);
  });
  const again = (root) => {
    idle(root);
    root.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
  };
  addEventListener("pageshow", (event) => { if (event.persisted) again(document); });
  document.addEventListener("htmx:afterRequest", () => again(document));

  document.addEventListener("click", (event) => { if (event.target.closest("[data-print]")) print(); });

  // The filter sentence shows its result at once, also where htmx is missing.
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-filter]");
    if (form && !window.htmx) form.requestSubmit();
  });

  // Files that are dropped on the dashed line, or chosen, are handed in at once.
  const dropOf = (event) => event.target.closest && event.target.closest("form[data-drop]");
  for (const kind of ["dragenter", "dragover", "dragleave", "dragend", "drop"]) document.addEventListener(kind, (event) => {
    const form = dropOf(event);
    if (!form) return;
    if (kind !== "dragend") event.preventDefault();
    form.classList.toggle("over", kind === "dragenter" || kind === "dragover");
    if (kind !== "drop" || !event.dataTransfer.files.length) return;
    form.querySelector("input[type=file]").files = event.dataTransfer.files;
    form.requestSubmit();
  });
  document.addEventListener("change", (event) => {
    const form = dropOf(event);
    if (form && event.target.files && event.target.files.length) form.requestSubmit();
  });

  // Drafts are kept while one types.
  const waiting = new WeakMap(), keeping = new WeakMap();
  const keep = async (form) => {
    const says = form.querySelector("[data-kept]");
    try {
      const answer = await fetch(form.dataset.autosave, { method: "POST", body: new URLSearchParams(new FormData(form)), headers: { "X-Autosave": "yes" } });
      if (answer.status === 401) {
        if (says) says.textContent = "Not kept: you are signed out here. Sign in in another tab, and type on.";
        return;
      }
      if (answer.status === 409 || answer.status === 422) {
        if (says) says.textContent = answer.status === 409 ? "Not kept: it was changed meanwhile. Send it, and the page says what it says now." : "Not kept yet: something here is too long, or is not whole.";
        return;
      }
      if (!answer.ok) throw new Error(String(answer.status));
      const version = form.querySelector("input[name=version]");
      if (version && answer.headers.get("X-Version")) version.value = answer.headers.get("X-Version");
      if (says) says.textContent = "Kept at " + new Date().toTimeString().slice(0, 5) + ". Nothing is sent yet.";
    } catch {
      if (says) says.textContent = "Not kept: Skein could not be reached. It is tried again when you type on.";
    }
  };
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-autosave]");
    if (!form) return;
    clearTimeout(waiting.get(form));
    waiting.set(form, setTimeout(() => {
      if (form.dataset.sent) return;
      const going = keep(form).finally(() => keeping.get(form) === going && keeping.delete(form));
      keeping.set(form, going);
    }, 1200));
  });
  // What is sent while it is being kept waits for that: it names what it was read from, which is about to be one's own newer
  // words, and would be told that somebody else has changed them.
  document.addEventListener("submit", (event) => {
    const form = event.target, going = keeping.get(form);
    if (!going) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    Promise.race([going, new Promise((late) => setTimeout(late, 5000))]).then(() => {
      keeping.delete(form);
      form.requestSubmit(event.submitter);
    });
  }, true);

  // The last line of a list of lines is always empty, up to as many as there may be.
  document.addEventListener("input", (event) => {
    const lines = event.target.closest("[data-lines]"), last = lines && lines.lastElementChild;
    if (!last || !last.contains(event.target) || !event.target.value || lines.children.length >= Number(lines.dataset.lines)) return;
    const n = lines.children.length, line = last.cloneNode(true);
    line.querySelectorAll("[data-over]").forEach((says) => says.remove());
    line.querySelectorAll("input").forEach((input, i) => {
      input.name = input.name.replace(/\d+$/, n);
      input.id = "field-" + input.name.replace(".", "-");
      input.removeAttribute("aria-invalid");
      input.removeAttribute("aria-describedby");
      if (!i) input.placeholder = "one more";
      input.value = "";
      input.previousElementSibling.htmlFor = input.id;
    });
    lines.append(line);
  });

  // Whoever keeps a page open is told before their session ends.
  const soon = 20 * 60 * 1000, longest = 2 ** 31 - 1;
  const warn = (says, ends) => setTimeout(() => {
    if (!says.isConnected) return;
    if (ends - Date.now() > soon) { warn(says, ends); return; }
    if (!says.textContent.trim()) says.textContent = says.dataset.says;
  }, Math.min(Math.max(0, ends - soon - Date.now()), longest));
  // How long is left counts from now: this machine's clock may be wrong.
  const toWarn = (root) => root.querySelectorAll("[data-left]").forEach((says) => warn(says, Date.now() + Number(says.dataset.left)));

  // Where a skill is typed, those that are like it are offered. A browser shows of a list what holds the letters that
  // stand there: what is only like them holds them in its words.
  const asking = new WeakMap(), came = new WeakMap();
  const offer = async (input) => {
    const list = input.list, typed = input.value.trim();
    if (!list) return;
    if (!came.has(list)) came.set(list, [...list.children]);
    if (!typed) { list.replaceChildren(...came.get(list)); return; }
    try {
      const answer = await fetch(input.dataset.like + "?q=" + encodeURIComponent(typed), { redirect: "error" });
      if (!answer.ok || input.value.trim() !== typed) return;
      const page = new DOMParser().parseFromString("<datalist>" + await answer.text() + "</datalist>", "text/html");
      const found = [...page.querySelectorAll("option")].map((option) => document.importNode(option, true));
      for (const option of found) {
        const says = option.textContent.trim() || option.value;
        option.textContent = says === option.value ? "" : says;
        if (!(option.value + " " + says).toLowerCase().includes(typed.toLowerCase())) option.label = says + ", like “" + typed + "”";
      }
      list.replaceChildren(...found);
    } catch { /* what the page came with is offered still */ }
  };
  document.addEventListener("input", (event) => {
    const input = event.target;
    if (!input.dataset || !input.dataset.like) return;
    clearTimeout(asking.get(input));
    asking.set(input, setTimeout(() => offer(input), 150));
  }, true);

  // Nothing that is typed is cut off: what is too long says by how much, at its field.
  document.addEventListener("input", (event) => {
    const entry = event.target.closest("[data-most]");
    if (!entry || entry.type === "hidden") return;
    const over = [...entry.value.trim()].length - Number(entry.dataset.most);
    let says = entry.parentNode.querySelector("[data-over]");
    if (!says && over > 0) {
      says = Object.assign(document.createElement("p"), { className: "wrong" });
      says.setAttribute("role", "status");
      says.dataset.over = "";
      entry.before(says);
    }
    if (says) says.textContent = over > 0 ? (over === 1 ? "One character too many." : over + " characters too many.") : "";
  });

  // One thing wrong has no summary to begin at: the page begins at its field.
  const toWrong = (root) => {
    if (root.querySelector(".wrongs")) return;
    const wrong = root.querySelector("[aria-invalid=true], fieldset.refused input");
    if (wrong) wrong.focus();
  };

  // A line parted by commas becomes words with a cross each; a line of people by semicolons, as a name may
  // have a comma of its own ("Calder, Ines"). A word is whole when somebody says so (Enter, the mark, one of
  // the list) or goes elsewhere: never because it is spelt like one of the list so far.
  let pressing = false;
  document.addEventListener("mousedown", () => { pressing = true; }, true);
  document.addEventListener("mouseup", () => { pressing = false; }, true);
  const make = (tag, attributes) => Object.assign(document.createElement(tag), attributes);
  const chips = (field) => {
    const line = field.querySelector("input.entry");
    if (!line || field.querySelector(".chips")) return;
    const people = "people" in field.dataset;
    const part = (text) => text.split(people ? ";" : ",").map((word) => word.trim()).filter(Boolean);
    const words = part(line.value);
    const box = make("div", { className: "chips" });
    const list = make("ul", {});
    const input = make("input", { type: "text", id: line.id, autocomplete: "off", dir: "auto" });
    if (line.dataset.list) input.setAttribute("list", line.dataset.list);
    if (field.dataset.like) input.dataset.like = field.dataset.like;
    for (const name of ["aria-describedby", "aria-invalid"]) if (line.hasAttribute(name)) input.setAttribute(name, line.getAttribute(name));
    line.removeAttribute("id");
    line.type = "hidden";
    box.append(list, input);
    line.before(box);
    const draw = () => {
      line.value = words.join(people ? "; " : ", ");
      input.placeholder = words.length ? field.dataset.more || "one more" : line.placeholder;
      list.replaceChildren(...words.map((word, i) => {
        const item = make("li", { textContent: word + " " });
        const cross = make("button", { type: "button", textContent: "×" });
        cross.setAttribute("aria-label", "Remove " + word);
        cross.addEventListener("click", () => { words.splice(i, 1); draw(); input.focus(); });
        item.append(cross);
        return item;
      }));
    };
    const add = (text) => {
      let added = false;
      for (const word of part(text)) {
        if (!words.some((known) => known.toLowerCase() === word.toLowerCase())) { words.push(word); added = true; }
      }
      input.value = "";
      draw();
      if (added) line.dispatchEvent(new Event("input", { bubbles: true }));
    };
    const listed = (text) => input.list && [...input.list.options].some((option) => option.value.toLowerCase() === text.trim().toLowerCase());
    const ends = (key) => key === "Enter" || key === (people ? ";" : ",") || people && key === "," && listed(input.value);
    // Enter ends a word; the form is sent by its button.
    for (const kind of ["keydown", "keypress"]) input.addEventListener(kind, (event) => { if (event.key === "Enter" && !event.isComposing) event.preventDefault(); });
    input.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (ends(event.key) && input.value.trim()) { event.preventDefault(); add(input.value); }
      if (event.key === "Backspace" && !input.value && words.length) { words.pop(); draw(); }
    });
    input.addEventListener("input", (event) => {
      event.stopPropagation(); // half a word is not kept as a draft
      // Browsers say of what comes from the list that it replaces, or say nothing of how it came.
      const chosen = (!event.inputType || event.inputType === "insertReplacementText") && listed(input.value);
      if (chosen || input.value.includes(people ? ";" : ",")) add(input.value);
    });
    // What was pressed elsewhere must not move from under the pointer: then the word is drawn when that was let go.
    input.addEventListener("blur", () => {
      if (!input.value.trim()) return;
      if (!pressing) { add(input.value); return; }
      line.value = [...words, ...part(input.value)].join(people ? "; " : ", ");
      document.addEventListener("mouseup", () => setTimeout(() => { if (input.value.trim()) add(input.value); }), { once: true });
    });
    box.addEventListener("click", (event) => { if (event.target === box) input.focus(); });
    field.querySelectorAll("[data-offer]").forEach((offer) => offer.addEventListener("click", () => { add(offer.textContent); offer.hidden = true; input.focus(); }));
    draw();
  };
  const enhance = (root) => { root.querySelectorAll("[data-chips]").forEach(chips); toWarn(root); toWrong(root); };
  document.addEventListener("DOMContentLoaded", () => enhance(document));
  document.addEventListener("htmx:load", (event) => enhance(event.target.parentNode || document));
  if (document.readyState !== "loading") enhance(document);
})();

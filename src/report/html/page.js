"use strict";
(() => {
  const words = document.body.dataset;
  const FOLDED = 12;
  const make = (name, properties) => Object.assign(document.createElement(name), properties);
  const fill = (sentence, ...values) => sentence.replace(/\{(\d)\}/g, (gap, at) => values[at]);
  const number = new Intl.NumberFormat("en");

  // Sort key of a cell: its number, else its text.
  const value = (row, column) => {
    const cell = row.cells[column];
    if (cell.classList.contains("number")) {
      return Number(cell.dataset.value ?? cell.textContent.replaceAll(",", ""));
    }
    return cell.textContent;
  };
  const compare = (a, b) =>
    typeof a === "number" ? a - b : a.localeCompare(b, document.documentElement.lang);

  for (const table of document.querySelectorAll("table.sorts")) {
    const body = table.tBodies[0];
    const rows = [...body.rows];
    const folds = table.classList.contains("folds") && rows.length > FOLDED + 3;
    let isFolded = folds;
    let wanted = "";
    let show = () => {};

    if (table.classList.contains("filters") && rows.length > 5) {
      const tools = make("div", { className: "tools" });
      const label = make("label", { textContent: words.filter + " " });
      const input = make("input", { type: "search" });
      const status = make("span", { className: "note" });
      status.setAttribute("role", "status");
      label.append(input);
      tools.append(label, status);
      table.parentElement.before(tools);
      const more = make("button", { type: "button", className: "more" });
      if (folds) {
        table.parentElement.after(more);
        more.addEventListener("click", () => {
          isFolded = !isFolded;
          show();
        });
      }
      input.addEventListener("input", () => {
        wanted = input.value.trim().toLocaleLowerCase();
        show();
      });
      show = () => {
        let found = 0;
        let shown = 0;
        for (const row of body.rows) {
          const fits = row.textContent.toLocaleLowerCase().includes(wanted);
          found += fits;
          row.hidden = !fits || (isFolded && found > FOLDED);
          shown += !row.hidden;
        }
        status.textContent = fill(words.rows, number.format(shown), number.format(rows.length));
        more.textContent = isFolded ? fill(words.all, number.format(found)) : words.fewer;
        more.hidden = found <= FOLDED;
      };
      show();
    }

    [...table.tHead.rows[0].cells].forEach((head, column) => {
      if (head.classList.contains("plain")) return;
      const button = make("button", { type: "button", title: words.sort });
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const was = head.getAttribute("aria-sort");
        const first = head.classList.contains("number") ? "descending" : "ascending";
        const other = first === "ascending" ? "descending" : "ascending";
        const order = was === first ? other : first;
        for (const cell of table.tHead.rows[0].cells) cell.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", order);
        const sign = order === "ascending" ? 1 : -1;
        rows.sort((a, b) => sign * compare(value(a, column), value(b, column)));
        body.append(...rows);
        show();
      });
    });
  }

  // A link to what is folded opens it; paper cannot be opened later.
  const open = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target instanceof HTMLDetailsElement) target.open = true;
  };
  addEventListener("hashchange", open);
  open();
  addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll("details")) details.open = true;
  });
})();

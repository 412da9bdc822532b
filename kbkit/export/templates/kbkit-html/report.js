"use strict";
// Tables that sort and go to a spreadsheet. The page is whole without this script.
(() => {
  const page = document.documentElement;
  const words = document.currentScript.dataset;
  const [decimal, grouping] = page.lang === "id" ? [",", "."] : [".", ","];
  const order = new Intl.Collator(page.lang, { numeric: true });
  const isNumber = new RegExp(`^[+-]?(\\d{1,3}(\\${grouping}\\d{3})+|\\d+)(\\${decimal}\\d+)?%?$`);

  // A number as a spreadsheet of this language reads it: an ASCII minus and no grouping. Else nothing.
  const numeral = (cell) => {
    const text = cell.textContent.trim().replace("\u2212", "-");
    return cell.classList.contains("end") && isNumber.test(text) ? text.replaceAll(grouping, "") : "";
  };
  const value = (cell) => parseFloat(numeral(cell).replace(decimal, "."));

  // Missing and hidden values stay last in either direction.
  const compare = (column, sign) => (one, other) => {
    const [a, b] = [one.cells[column], other.cells[column]];
    const [x, y] = [value(a), value(b)];
    if (isNaN(x) && isNaN(y)) return sign * order.compare(a.textContent, b.textContent);
    if (isNaN(x) || isNaN(y)) return isNaN(x) - isNaN(y);
    return sign * (x - y);
  };

  const rowsOf = (body) => [...body.rows].filter((row) => !row.className);

  const arrange = (parts, column, direction) => {
    for (const { body, rows, end } of parts) {
      const sorted = [...rows];
      if (direction) sorted.sort(compare(column, direction === "ascending" ? 1 : -1));
      sorted.forEach((row) => body.insertBefore(row, end));
    }
  };

  const makeSortable = (table) => {
    // Rows that stand between group or total rows cannot be told apart: such a table keeps its order.
    const bodies = [...table.tBodies];
    const plain = bodies.every((body) => {
      const kinds = [...body.rows].map((row) => (row.className ? "x" : "r")).join("");
      return /^x*r*x*$/.test(kinds);
    });
    if (!plain || bodies.every((body) => rowsOf(body).length < 3)) return;
    const parts = bodies.map((body) => {
      const rows = rowsOf(body);
      return { body, rows, end: rows.at(-1)?.nextElementSibling ?? null };
    });
    columnHeads(table).forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const next = { ascending: "descending", descending: "" };
        const now = head.getAttribute("aria-sort");
        const direction = now in next ? next[now] : "ascending";
        table.querySelectorAll("[aria-sort]").forEach((other) => other.removeAttribute("aria-sort"));
        if (direction) head.setAttribute("aria-sort", direction);
        arrange(parts, column, direction);
      });
    });
  };

  // The heading of each column from left to right, in a head of one row or two.
  const columnHeads = (table) => {
    const [upper, lower] = table.tHead.rows;
    const below = lower ? [...lower.cells] : [];
    return [...upper.cells].flatMap((cell) => (lower && cell.rowSpan < 2 ? below.splice(0, cell.colSpan) : [cell]));
  };

  const line = (text) => text.replace(/\s+/g, " ").trim();
  const harmless = (text) => (/^[=+\-@]/.test(text) ? `'${text}` : text);
  const asText = (table) => {
    const groups = [...table.tHead.rows[0].cells].flatMap((cell) => Array(cell.colSpan).fill(cell));
    const head = columnHeads(table).map((cell, column) => {
      const group = groups[column];
      return harmless(line(group === cell ? cell.textContent : `${group.textContent}: ${cell.textContent}`));
    });
    const body = [...table.tBodies].flatMap((part) => [...part.rows]);
    const rows = body.map((row) => [...row.cells].map((cell) => numeral(cell) || harmless(line(cell.textContent))));
    return [head, ...rows].map((cells) => cells.join("\t")).join("\r\n");
  };

  const copy = async (text) => {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  };

  const makeCopyable = (table) => {
    const bar = document.createElement("div");
    const button = document.createElement("button");
    const said = document.createElement("span");
    bar.className = "tools";
    button.type = "button";
    button.textContent = words.copy;
    button.setAttribute("aria-label", `${words.copy}: ${table.caption ? line(table.caption.textContent) : ""}`);
    said.setAttribute("role", "status");
    button.addEventListener("click", async () => {
      try {
        await copy(asText(table));
        said.textContent = words.copied;
      } catch {
        said.textContent = words.notCopied;
      }
      setTimeout(() => (said.textContent = ""), 4000);
    });
    bar.append(said, button);
    table.closest(".exhibit").append(bar);
  };

  for (const table of document.querySelectorAll(".exhibit table")) {
    makeCopyable(table);
    makeSortable(table);
  }
})();

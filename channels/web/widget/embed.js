// Shows the chat in a panel on another site. That site has one script tag; all else comes from our own server.
//
// The panel is a frame: the site can not see into it, nor what is typed there. Between the two go fixed words and
// nothing else: "close" and "leave" from the chat, "leave" to it. Nothing is stored, and before the button is pressed
// the chat is not even asked for.

(() => {
  const { sites, exit, words } = SERVED; // put in by the server: who may show it, where the exit leads, the labels
  const EXIT_WITHIN = 5_000; // ms for three presses of Shift, as in the chat
  const LAST_WORD = 3_000; // ms that the chat gets to erase, when the site is left by its own keyboard

  const tag = document.currentScript;
  const home = new URL(tag.src).origin;
  if (!sites.includes(location.origin)) return console.warn("This site is not in FRAME_HOSTS of the chat.");

  const wanted = [tag.dataset.lang, document.documentElement.lang, ...navigator.languages].filter(Boolean);
  const locale = wanted.map(served).find(Boolean) || "en";
  const { open, close, title, dir } = words[locale];
  const make = (name, properties) => Object.assign(document.createElement(name), properties);

  const root = make("div");
  const place = make("aside", { lang: locale, dir, ariaLabel: title });
  const button = make("button", { type: "button", className: "open", textContent: open, ariaExpanded: "false" });
  const panel = make("div", { id: "panel", role: "dialog", ariaLabel: title, hidden: true });
  const shut = make("button", { type: "button", className: "shut", textContent: close });
  const frame = make("iframe", { title, referrerPolicy: "no-referrer" });
  button.setAttribute("aria-controls", "panel");
  if (tag.dataset.side) place.dataset.side = tag.dataset.side;
  panel.append(shut);
  place.append(button, panel);

  let presses = [];

  /** The language of ours that is asked for: "es-MX" is served by "es", "zh-CN" by "zh-Hans". */
  function served(tag) {
    const [asked, start] = [tag.toLowerCase(), tag.toLowerCase().split("-")[0]];
    const codes = Object.keys(words);
    return codes.find((code) => code.toLowerCase() === asked) || codes.find((code) => code.split("-")[0] === start);
  }

  function show(shown) {
    if (!frame.isConnected) {
      frame.src = `${home}/?lang=${locale}`;
      panel.append(frame);
    }
    panel.hidden = !shown; // hidden, not removed: the talk goes on when it is opened again
    button.ariaExpanded = String(shown);
    (shown ? frame : button).focus();
  }

  /** Nothing is left to see at once, and the exit stands in the place of this site, so that Back does not lead here. */
  function leave() {
    root.remove();
    document.documentElement.replaceChildren();
    location.replace(exit);
  }

  function leaveByKeyboard() {
    document.documentElement.style.display = "none";
    frame.contentWindow.postMessage("leave", home); // the chat erases and says "leave" itself
    setTimeout(leave, LAST_WORD);
  }

  addEventListener("message", ({ source, origin, data }) => {
    if (origin !== home || !frame.isConnected || source !== frame.contentWindow) return;
    if (data === "leave") leave();
    if (data === "close") show(false);
  });

  button.addEventListener("click", () => show(panel.hidden));
  shut.addEventListener("click", () => show(false));
  place.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !panel.hidden) show(false);
  });

  // Shift three times leaves from the site's own text as well, once there may be a talk to hide.
  addEventListener("keydown", (event) => {
    if (event.key !== "Shift") presses = [];
  });
  addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || !frame.isConnected) return;
    presses = [...presses, event.timeStamp].filter((moment) => event.timeStamp - moment < EXIT_WITHIN);
    if (presses.length === 3) leaveByKeyboard();
  });

  // A sheet made here and not a <style>: it needs no leave of the site's content policy, and stays inside the shadow.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { all: initial; color-scheme: light dark; }
    * { box-sizing: border-box; }
    aside {
      --page: #f5f4f0; --soft: #55636a; --frame: #76858b; --act: #1c5d5a; --on-act: #fff;
      font: 1rem/1.4 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
      font-size: medium;
    }
    @media (prefers-color-scheme: dark) {
      aside { --page: #13191b; --soft: #a5b3b7; --frame: #788a92; --act: #8accc2; --on-act: #0f2422; }
    }
    button {
      min-height: 2.75em; padding: .5em 1.125em; border: 1px solid var(--frame); border-radius: .75em;
      font: inherit; cursor: pointer; touch-action: manipulation;
    }
    button:focus-visible, iframe:focus-visible { outline: 3px solid var(--act); outline-offset: 2px; }
    .open, #panel { position: fixed; inset-inline-end: 1em; z-index: 2147483647; }
    .open { bottom: 1em; border-color: var(--on-act); background: var(--act); color: var(--on-act); font-weight: 600; }
    .shut {
      align-self: flex-end; min-height: 2.25em; margin: .25em .25em 0; padding: .25em .75em;
      border-color: transparent; background: none; color: var(--soft);
    }
    .shut::after { content: "\\2715" / ""; margin-inline-start: .5em; }
    #panel {
      display: flex; flex-direction: column; bottom: 4.75em;
      width: min(26em, 100vw - 2em); height: min(42em, 100vh - 6em); overflow: hidden;
      border: 1px solid var(--frame); border-radius: .75em; background: var(--page);
      box-shadow: 0 .5em 2em rgb(0 0 0 / .25);
    }
    #panel[hidden] { display: none; }
    iframe { flex: 1; min-height: 0; width: 100%; border: 0; }
    iframe:focus-visible { outline-offset: -3px; }
    [data-side=left] > * { left: 1em; right: auto; }
    [data-side=right] > * { right: 1em; left: auto; }
    @media (max-width: 30em), (max-height: 30em) {
      aside #panel { inset: 0; width: auto; height: auto; border: 0; border-radius: 0; }
    }
  `);
  const shadow = root.attachShadow({ mode: "open" });
  shadow.adoptedStyleSheets = [sheet];
  shadow.append(place);

  const mount = () => document.body.append(root);
  if (document.body) mount();
  else addEventListener("DOMContentLoaded", mount, { once: true });
})();

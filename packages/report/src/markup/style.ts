/** The style sheet of the page: light and dark as the system is, screens, phones and paper. */
export const style = `
:root {
  color-scheme: light dark;
  --back: #ffffff; --text: #1b1f24; --quiet: #57606a; --grid: #dfe3e8; --card: #f6f8fa; --link: #0b5cad;
  --known: #1f5fa8; --forecast: #c2570c;
  --line-1: #1f5fa8; --line-2: #c2570c; --line-3: #1a7f4e; --line-4: #7a4fb5; --line-5: #7d6608;
  --better: #1a7f4e; --worse: #b3261e; --unclear: #8a6100;
}
@media (prefers-color-scheme: dark) {
  :root {
    --back: #11161c; --text: #e6eaee; --quiet: #a3adb8; --grid: #313a44; --card: #1a2129; --link: #7cb8ff;
    --known: #74b3f7; --forecast: #f2a45c;
    --line-1: #74b3f7; --line-2: #f2a45c; --line-3: #63c998; --line-4: #c3a1f5; --line-5: #d9c052;
    --better: #63c998; --worse: #ff8a80; --unclear: #e3b341;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--back); color: var(--text); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", Arial, sans-serif; }
header, nav, main, footer { max-width: 960px; margin: 0 auto; padding: 0 24px; }
header { padding-top: 32px; }
h1 { font-size: 28px; line-height: 1.2; margin: 0 0 4px; overflow-wrap: anywhere; }
h2 { font-size: 21px; line-height: 1.25; margin: 0 0 8px; }
h3 { font-size: 17px; margin: 20px 0 6px; overflow-wrap: anywhere; }
p { margin: 8px 0; overflow-wrap: anywhere; }
a { color: var(--link); }
section { padding: 24px 0 8px; border-top: 1px solid var(--grid); margin-top: 24px; }
.quiet, .note, .rest, footer { color: var(--quiet); }
.note, .rest { font-size: 14px; }
.verdict { border-left: 5px solid var(--unclear); background: var(--card); padding: 12px 16px; margin: 16px 0; font-size: 17px; }
.verdict.better { border-color: var(--better); }
.verdict.worse { border-color: var(--worse); }
.notices { border-left: 5px solid var(--unclear); background: var(--card); padding: 12px 16px; margin: 16px 0; }
.notices h2 { font-size: 17px; margin: 0; }
nav ul { list-style: none; padding: 0; margin: 12px 0 0; display: flex; flex-wrap: wrap; gap: 4px 18px; }
nav a { display: inline-block; padding: 4px 0; }
ul { padding-left: 22px; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(260px, 1fr)); gap: 10px 24px; margin: 12px 0; }
dt { color: var(--quiet); font-size: 14px; }
dd { margin: 0; overflow-wrap: anywhere; }
figure { margin: 16px 0 20px; }
figcaption { font-weight: 600; margin-bottom: 4px; overflow-wrap: anywhere; }
figure svg { display: block; max-width: 100%; height: auto; }
.narrow { display: none; }
.part { margin: 12px 0; }
.scroll { overflow-x: auto; margin: 12px 0 4px; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: 15px; }
caption { text-align: left; color: var(--quiet); font-size: 14px; padding-bottom: 4px; }
caption span { display: inline-block; position: sticky; left: 0; max-width: calc(100vw - 32px); }
th, td { text-align: left; padding: 5px 18px 5px 0; border-bottom: 1px solid var(--grid); font-weight: 400; vertical-align: top; }
thead th { font-weight: 600; vertical-align: bottom; }
tbody th { max-width: 320px; overflow-wrap: break-word; }
td { white-space: nowrap; }
.number { text-align: right; }
.marked th, .marked td { font-weight: 650; }
.tag { display: inline-block; font-size: 12px; font-weight: 400; color: var(--quiet); border: 1px solid var(--grid); border-radius: 9px; padding: 0 8px; white-space: nowrap; }
.bar { vertical-align: middle; }
summary { cursor: pointer; color: var(--link); font-size: 14px; padding: 4px 0; }
pre { background: var(--card); padding: 12px 16px; overflow-x: auto; font: 14px/1.45 ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
footer { padding-top: 24px; padding-bottom: 40px; font-size: 14px; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
@media screen and (max-width: 759px) {
  header, nav, main, footer { padding-left: 16px; padding-right: 16px; }
  header { padding-top: 20px; }
  h1 { font-size: 23px; }
  .wide { display: none; }
  .narrow { display: block; max-width: 520px; }
  dl { grid-template-columns: 1fr; }
  table { font-size: 14px; }
  th, td { padding-right: 10px; }
  tbody th { max-width: 150px; }
}
@media print {
  nav, summary { display: none; }
  body { font-size: 11pt; }
  figure, tr, dl > div { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  .scroll, pre { overflow: visible; }
  pre { white-space: pre-wrap; }
  td { white-space: normal; }
}
`;

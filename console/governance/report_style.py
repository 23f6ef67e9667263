"""How a report looks: light and dark as the reader's system has it, and on paper; no script, nothing from outside."""

from typing import Final

STYLE: Final = """
:root { color-scheme: light dark;
  --background: #F4F5F7; --surface: #FFFFFF; --sunken: #EAECEF; --border: #D8DCE1; --text: #15181C; --muted: #535B66;
  --accent: #2353C4; --ok: #1A6E40; --warn: #8A5200; --lost: #B0261D; --unknown: #56606C; --lost-soft: #FBE8E6; }
@media (prefers-color-scheme: dark) { :root {
  --background: #121518; --surface: #1A1E22; --sunken: #0D0F12; --border: #2F363D; --text: #E4E7EA; --muted: #A1ABB5;
  --accent: #86ABFF; --ok: #5FC48D; --warn: #E2AC4B; --lost: #FF8B80; --unknown: #A3ADB8; --lost-soft: #3A1D1B; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.5rem 4rem; max-width: 72rem; background: var(--background); color: var(--text);
  font: 15px/1.5 system-ui, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif; font-variant-numeric: tabular-nums; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .25rem; }
h2 { font-size: 1.1rem; margin: 2.2rem 0 .6rem; }
p { margin: .3rem 0; max-width: 60rem; }
section.card, .figures > div { background: var(--surface); border: 1px solid var(--border); border-radius: 6px; }
section.card { padding: .1rem 1.2rem 1rem; margin-top: 1rem; }
section.card > h2 { margin-top: .9rem; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(12rem, 1fr)); gap: .8rem; margin: 1.2rem 0; }
.figures > div { padding: .7rem 1rem; }
.figures b { display: block; font-size: 1.25rem; line-height: 1.3; overflow-wrap: anywhere; }
.muted, .figures span, th, figcaption { color: var(--muted); }
.figures span { font-size: .87rem; display: block; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th { text-align: left; font-weight: 600; }
th, td { padding: .32rem .8rem .32rem 0; border-bottom: 1px solid var(--border); vertical-align: top;
  overflow-wrap: anywhere; }
td.number, th.number { text-align: right; white-space: nowrap; }
td.close { white-space: nowrap; overflow-wrap: normal; }
.wide { overflow-x: auto; }
pre, code { font: .83rem/1.45 ui-monospace, "JetBrains Mono", "DejaVu Sans Mono", monospace; }
pre { background: var(--sunken); border: 1px solid var(--border); border-radius: 4px; padding: .6rem .8rem;
  margin: .3rem 0 .6rem; white-space: pre-wrap; overflow-wrap: anywhere; }
code { overflow-wrap: anywhere; }
ul { margin: .3rem 0; padding-left: 1.3rem; }
.ok { color: var(--ok); } .warn { color: var(--warn); } .lost { color: var(--lost); }
.unknown { color: var(--unknown); }
.ok, .warn, .lost, .unknown { font-weight: 600; }
tr.line td { border-bottom: 2px solid var(--warn); }
figure { margin: .5rem 0 0; } figcaption { font-size: .87rem; }
svg { width: 100%; height: auto; display: block; }
svg text { font: 11px system-ui, "Noto Sans", "DejaVu Sans", sans-serif; fill: var(--muted); }
svg .wrote { fill: var(--ok); } svg .failed { fill: var(--lost); }
svg .gap { fill: var(--lost-soft); stroke: var(--lost); }
svg .axis { stroke: var(--border); } svg .bar { fill: var(--accent); } svg .no-return { stroke: var(--warn); }
svg text.said { fill: var(--lost); font-weight: 600; }
@media print { body { background: none; padding: 0; max-width: none; font-size: 10pt; }
  section.card { border: 0; padding: 0; } h2 { break-after: avoid; } tr, figure { break-inside: avoid; }
  .wide { overflow: visible; } }
"""

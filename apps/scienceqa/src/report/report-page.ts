import { type Html, html } from "./html.ts"

const style = `
:root { color-scheme: light dark; --right: #16a34a; --wrong: #dc2626; --line: #8884; }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 1180px; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .2rem .6rem; border-bottom: 1px solid var(--line); text-align: right; }
tbody th, thead th:first-child { text-align: left; font-weight: 500; }
.topics { display: grid; grid-template-columns: repeat(auto-fill, minmax(360px, 1fr)); gap: 1.5rem; }
figure { margin: 0; } figcaption { margin-bottom: .4rem; }
td.right { background: color-mix(in srgb, var(--right) calc(var(--part) * 70%), transparent); }
td.wrong { background: color-mix(in srgb, var(--wrong) calc(var(--part) * 70%), transparent); }
details { border-top: 1px solid var(--line); padding: .6rem 0; } summary { cursor: pointer; font-weight: 600; }
article { display: flex; gap: 1.5rem; margin: 1.5rem 0; } article > div:last-child { flex: 1; min-width: 0; }
.pictures { width: 240px; flex: none; } .pictures img { max-width: 100%; margin-bottom: .5rem; }
h3 { font-size: 1rem; margin: 0 0 .5rem; white-space: pre-line; } .hint { opacity: .75; white-space: pre-line; }
ol { list-style: none; padding: 0; } li.right b { color: var(--right); } li.wrong b { color: var(--wrong); }
li.right::after { content: " (right)"; color: var(--right); } li.wrong::after { content: " (given)"; color: var(--wrong); }
.outcome, .none { opacity: .7; font-size: .9em; } pre { white-space: pre-wrap; background: var(--line); padding: .6rem; border-radius: 6px; }
@media (max-width: 700px) { article { display: block; } }`

/** A whole page, with its style inside; nothing is fetched from elsewhere. */
export function reportPage(title: string, sections: readonly Html[]): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>${{ markup: style }}
</style>
</head>
<body>
<h1>${title}</h1>
${sections}
</body>
</html>
`.markup
}

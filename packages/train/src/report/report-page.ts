const style = `
:root { color-scheme: light dark; --line: #2563eb; --other: #d97706; --grid: #8884; }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 1180px; margin: 2rem auto; padding: 0 1rem; }
dl { display: flex; gap: 2.5rem; flex-wrap: wrap; } dt { opacity: .65; } dd { margin: 0; font-size: 1.5rem; }
.curves { display: grid; grid-template-columns: repeat(auto-fill, minmax(420px, 1fr)); gap: 1rem; }
svg { width: 100%; height: auto; } svg text { font-size: 12px; fill: currentColor; opacity: .7; }
svg .title { font-weight: 600; opacity: 1; } .grid { stroke: var(--grid); }
polyline, path[class^=line] { fill: none; stroke-width: 1.6; stroke-linejoin: round; }
.line-0 { stroke: var(--line); } .line-1 { stroke: var(--other); }
.dot-0 { fill: var(--line); } .dot-1 { fill: var(--other); }
article { display: flex; gap: 1rem; margin: 1.5rem 0; } article img { width: 160px; height: 160px; object-fit: contain; }
table { border-collapse: collapse; margin: 1rem 0; } td, th { text-align: left; padding: .2rem .9rem .2rem 0; border-bottom: 1px solid var(--grid); }
ol { list-style: none; padding: 0; max-height: 14rem; overflow: auto; } ol b { opacity: .6; margin-right: .5rem; }
.expected { opacity: .75; } pre { overflow: auto; }`

/** A whole page around a body, with its style inside; nothing is fetched from elsewhere. */
export function reportPage(body: string, { script = "" }: { script?: string } = {}): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>LLaVA training</title>
<style>${style}
</style>
</head>
<body>
<main>
${body}
</main>${script === "" ? "" : `\n<script>${script}</script>`}
</body>
</html>
`
}

import { abbreviation } from "./abbreviations.ts"

/**
 * A rule of the tokenizer. Its first group is the token; what follows the group must follow the token, and counts in the
 * length by which the longest rule wins, but stays for the next token.
 */
export interface PtbRule {
  pattern: RegExp
  /** The token as it is written, where that is not the text itself. */
  write?: (text: string) => string
}

const apostrophe = "(?:['\\u0092\\u2019]|&apos;)"
const quoteInside = "(?:['\\u0091\\u0092\\u2018\\u2019\\u201b]|&apos;)"
const letter = "[\\p{L}\\p{M}\\u00ad]"
const thing = `(?:[dDoOlL]${quoteInside}[\\p{L}\\p{Nd}])?[\\p{L}\\p{M}\\p{Nd}]+`
const hyphen = "[-_\\u058a\\u2010\\u2011]"
const number = "[-+]?(?:\\d*(?:[.:,\\u00ad\\u066b\\u066c]\\d+)+|\\d+)"
const acronym = "[A-Za-z](?:\\.[A-Za-z])+(?![A-Za-z])"
const slashed = "[A-Za-z0-9]+(?:-[A-Za-z]+){0,2}"
const sentenceStarts =
  "About|According|Additionally|After|An|A|As|At|But|Earlier|He|Her|Here|However|If|In|It|Last|Many|More|Mr\\.|Ms\\.|Now|Once|" +
  "One|Other|Our|She|Since|So|Some|Such|That|The|Then|There|These|They|This|We|When|While|What|Yet|You"
const notInAddress = '[^ \\t\\n\\f\\r"<>|()]+[^ \\t\\n\\f\\r"<>|.!?(){},-]'

/** Of rules that match equally long, the first wins. */
export const ptbRules: readonly PtbRule[] = [
  // A word before the 's, 'll, … that is split off, and before n't.
  rule(`(${letter}+)${apostrophe}(?:[msdMSD]|[rR][eE]|[vV][eE]|[lL][lL])(?![\\p{L}])`),
  rule(`([A-Za-z]*[A-MO-Za-mo-z])[nN]${quoteInside}[tT](?![\\p{L}])`),
  rule(`(${letter}+)`),
  // Words with an apostrophe of their own.
  rule(`(${apostrophe}[nN](?:${apostrophe}|(?!\\p{L})))`),
  rule(`([lLdDjJ]${apostrophe}|[dD]unkin${apostrophe}|somethin${apostrophe}|[oO]l${apostrophe}(?!\\p{L}))`),
  rule(
    `(${apostrophe}em(?!\\p{L})|${apostrophe}[2-9]0s|${apostrophe}till?(?!\\p{L})|${apostrophe}cause(?!\\p{L}))`,
    "iu",
  ),
  rule(`([A-HJ-XZn]${quoteInside}\\p{L}{2,})`),
  rule(`(\\p{L}+[aeiouyAEIOUY]${quoteInside}[aeiouA-Z]\\p{L}*)`),
  rule("(cont'd\\.?|nor'easter|c'mon|e'er|s'mores|ev'ry|li'l|nat'l|cap'n|c'est)", "iu"),
  rule(`([yY]${apostrophe})\\p{L}`),
  rule(`(${apostrophe}t)(?:is|was)(?!\\p{L})`, "iu"),
  rule(`(${apostrophe}(?:[msd]|re|ve|ll))(?!\\p{L})`, "iu", plainQuote),
  rule(`(n${quoteInside}t)(?!\\p{L})`, "iu", plainQuote),
  // Numbers, dates and fractions; a fraction keeps the space after its whole number.
  rule("(\\d{1,2}[-/]\\d{1,2}[-/]\\d{2,4})"),
  rule(`(${number})`),
  rule("([\\u207a\\u207b\\u208a\\u208b]?(?:[\\u2070\\u00b9\\u00b2\\u00b3\\u2074-\\u2079]+|[\\u2080-\\u2089]+))"),
  rule("((?:\\d{1,4}[- \\u00a0])?\\d{1,4}(?:\\\\?/|\\u2044)\\d{1,4})", "u", joinSpaces),
  rule("([\\u00bc-\\u00be\\u2153-\\u215e])", "u", spellFraction),
  rule("((?:\\(\\d{3}\\)[ \\u00a0]?|\\d{3}[- \\u00a0.])\\d{3}[- \\u00a0.]\\d{4})", "u", (text) =>
    joinSpaces(text).replace("(", "-LRB-").replace(")", "-RRB-"),
  ),
  rule(`(${apostrophe}\\d\\d)(?=\\s|$)`),
  // Abbreviations and acronyms keep their full stop; any word does before , ; and :.
  rule(`((?:${abbreviation})\\.)`),
  rule("([nN][oO][sS]?\\.)[ \\u00a0]*[#\\d]"),
  rule(`((?:${acronym}|[A-Za-z])\\.)`),
  // A lone letter loses it where a sentence seems to begin, be it that of the next caption.
  rule(`([A-Za-z])\\.\\s+(?:${sentenceStarts})\\s`),
  rule(`(${acronym})(?=\\s|$)`),
  rule(`(${letter}+\\.)[,;:]`),
  rule(`(${letter}+(?:\\.${letter}+)+)`),
  // Compounds.
  rule("([A-Za-z0-9][A-Za-z0-9.,\\u00ad]*(?:-[A-Za-z0-9\\u00ad]+)+\\.)[,;:]"),
  rule("([A-Za-z0-9][A-Za-z0-9.,\\u00ad]*(?:-[A-Za-z0-9\\u00ad]+)+)"),
  rule(`(${thing}(?:${hyphen}${thing})*\\.)[,;:]`),
  rule(`(${thing}(?:${hyphen}${thing})*)`),
  rule("([A-Z]+(?:(?:[+&]|&amp;)[A-Z]+)+)", "u", plainAmpersand),
  rule(`(${slashed}(?:\\\\?/${slashed}){1,2})`),
  rule("(pro-|anti-|S(?:&|&amp;)P-500|S(?:&|&amp;)Ls)", "iu", plainAmpersand),
  // Addresses.
  rule(`(https?://${notInAddress})`, "iu"),
  rule(
    `((?:www\\.(?:[^ \\t\\n\\f\\r"<>|.!?(){},]+\\.)+[a-z]{2,4}|(?:[^ \\t\\n\\f\\r"\`'<>|.!?(){},_$/-]+\\.)+(?:com|net|org|edu))(?:/${notInAddress})?)`,
    "iu",
  ),
  rule('([a-z0-9][^ \\t\\n\\f\\r"<>|()\\u00a0]*@(?:[^ \\t\\n\\f\\r"<>|().\\u00a0]+\\.)+[a-z]{2,4})', "iu"),
  rule("(@[A-Za-z_][A-Za-z0-9_]*|#[A-Za-z_]+)"),
  rule("(</?[A-Za-z!?][A-Za-z0-9]*(?:[ /][^>\\n]*)?>)", "u", joinSpaces),
  // Symbols.
  rule("([A-Za-z]*\\$|#)"),
  rule(
    "([\\u00a2\\u00a3\\u00a4\\u0080\\u20a0\\u20ac\\u00a5\\u060b\\u0e3f\\u20a4\\uffe0\\uffe1\\uffe5\\uffe6])",
    "u",
    spellCurrency,
  ),
  rule("(&(?:amp|lt|gt|quot|apos|mdash|ndash|MD);)", "iu", spellEntity),
  rule("(\\.{3,5}|(?:\\.[ \\u00a0]){2,4}\\.|[\\u0085\\u2026])", "u", () => "..."),
  rule("(-{3,4}|[\\u0096\\u0097\\u2013\\u2014\\u2015])", "u", () => "--"),
  rule("(-+|_+|\\*+|@+|#+|[?!]+|'')"),
  rule("([\\u0091-\\u0094\\u2018-\\u201f\\u2039\\u203a\\u00ab\\u00bb]{1,2})", "u", () => "''"),
  rule("([()[\\]{}])", "u", (text) => brackets[text] as string),
  rule("([!-/:-@\\\\^`|~\\u00a1-\\u00bf\\u00d7\\u00f7])"),
  rule(
    "([\\u02c2-\\u02df\\u0600-\\u060d\\u0964\\u0965\\u2020-\\u2023\\u2030-\\u2038\\u2044\\u207a-\\u208e\\u2100-\\u27bf\\u3012\\u30fb\\uff01-\\uff65])",
  ),
]

const brackets: Readonly<Record<string, string>> = {
  "(": "-LRB-",
  ")": "-RRB-",
  "[": "-LSB-",
  "]": "-RSB-",
  "{": "-LCB-",
  "}": "-RCB-",
}

function rule(source: string, flags = "u", write?: (text: string) => string): PtbRule {
  const pattern = new RegExp(source, `${flags}y`)
  return write === undefined ? { pattern } : { pattern, write }
}

function plainQuote(text: string): string {
  return text.replace(/&apos;|[^A-Za-z]/giu, "'")
}

/** A space inside of a token becomes one that does not end it. */
function joinSpaces(text: string): string {
  return text.replaceAll(" ", "\u00a0")
}

function spellFraction(text: string): string {
  return { "¼": "1/4", "½": "1/2", "¾": "3/4", "⅓": "1/3" }[text] ?? text
}

function spellCurrency(text: string): string {
  if (text === "\u00a2") return "cents"
  if (text === "\u00a3") return "#"
  return /[\u0080\u00a4\u20a0\u20ac]/.test(text) ? "$" : text
}

function plainAmpersand(text: string): string {
  return text.replace(/&amp;/gi, "&")
}

function spellEntity(text: string): string {
  return { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": "''", "&apos;": "'" }[text.toLowerCase()] ?? "--"
}

/** Text for a terminal: control characters that a model may write would steer it, so they are shown as pictures. */
export function visibleText(text: string): string {
  return text.replace(/\p{Cc}/gu, (character) => {
    if (character === "\n" || character === "\t") return character
    const code = character.charCodeAt(0)
    if (code < 0x20) return String.fromCharCode(0x2400 + code)
    return code === 0x7f ? "\u2421" : "\ufffd"
  })
}

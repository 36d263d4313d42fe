/** Makes a text field as high as its text; the style sheet limits it. */
export function fitHeight(field: HTMLTextAreaElement | null): void {
  if (!field) return
  field.style.height = "auto"
  field.style.height = `${field.scrollHeight}px`
}

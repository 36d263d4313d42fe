/** Puts text on the clipboard, also where the page was opened by plain HTTP and has no clipboard of its own. */
export async function copyText(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text)
  const field = document.createElement("textarea")
  field.value = text
  document.body.append(field)
  field.select()
  const copied = document.execCommand("copy")
  field.remove()
  if (copied) return
  throw Object.assign(new Error("The browser does not let this page copy."), {
    nextStep: "Select the text and copy it with the keyboard.",
  })
}

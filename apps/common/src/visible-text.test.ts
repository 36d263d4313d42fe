import { expect, test } from "vitest"
import { visibleText } from "./visible-text.ts"

test("text stays, control characters become pictures of themselves", () => {
  expect(visibleText("Grüße,\n\t世界 🙂")).toBe("Grüße,\n\t世界 🙂")
  expect(visibleText("\u001b[2J\u0007\u007f\u009b")).toBe("␛[2J␇␡\ufffd")
})

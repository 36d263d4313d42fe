import { expect, test } from "vitest"
import { imageView } from "./image-view.ts"

test("a crop is the middle, padding reaches beyond, a stretch is the whole", () => {
  const wide = { width: 400, height: 100 }
  expect(imageView(wide, {}, "square")).toEqual({ left: 0.375, top: 0, width: 0.25, height: 1 })
  expect(imageView(wide, { fit: "stretch" }, "square")).toEqual({ left: 0, top: 0, width: 1, height: 1 })
  expect(imageView(wide, { fit: "stretch" }, "pad")).toEqual({ left: 0, top: -1.5, width: 1, height: 4 })
  expect(imageView({ width: 100, height: 200 }, { fit: "crop" }, "pad")).toEqual({
    left: -0.5,
    top: 0,
    width: 2,
    height: 1,
  })
})

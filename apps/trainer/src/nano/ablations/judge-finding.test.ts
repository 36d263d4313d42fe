import { expect, test } from "vitest"
import { judgeFinding } from "./judge-finding.ts"
import { spread } from "./spread.ts"

const clearlyLess = spread([-0.11, -0.1, -0.09])
const clearlyMore = spread([0.09, 0.1, 0.11])
const unclear = spread([-0.1, 0, 0.1])

test("right answers decide, where their interval leaves zero out", () => {
  expect(judgeFinding({ right: clearlyLess, loss: clearlyLess }, { variantIs: "worse" })).toBe(
    "**Agrees**: the variant is worse.",
  )
  expect(judgeFinding({ right: clearlyLess }, { variantIs: "better" })).toBe(
    "**Does not agree**: the variant is worse.",
  )
  expect(judgeFinding({ right: clearlyMore }, { variantIs: "better" })).toContain("**Agrees**")
  expect(judgeFinding({ right: clearlyMore })).toBe("Not in the papers; here the variant is better.")
})

test("else the loss does, of which less is better", () => {
  expect(judgeFinding({ right: unclear, loss: clearlyMore }, { variantIs: "worse" })).toBe(
    "**Agrees**: by the loss on answers alone, the variant is worse.",
  )
  expect(judgeFinding({ right: unclear, loss: clearlyLess }, { variantIs: "worse" })).toContain("**Does not agree**")
  expect(judgeFinding({ right: unclear, loss: unclear }, { variantIs: "worse" })).toContain("**Undecided**")
  expect(judgeFinding({ right: unclear }, { variantIs: "worse" })).toContain("**Undecided**")
})

test("one seed decides nothing", () => {
  expect(judgeFinding({ right: spread([-0.5]) }, { variantIs: "worse" })).toBe("One seed tells nothing.")
})

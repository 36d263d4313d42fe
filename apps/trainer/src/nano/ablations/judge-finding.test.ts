import { expect, test } from "vitest"
import { judgeFinding } from "./judge-finding.ts"
import { spread } from "./spread.ts"

const clearlyLess = spread([-0.11, -0.1, -0.09])
const clearlyMore = spread([0.09, 0.1, 0.11])
const unclear = spread([-0.1, 0, 0.1])

test("right answers decide, where their interval leaves zero out", () => {
  expect(judgeFinding({ right: clearlyLess, loss: clearlyLess }, { variantIs: "worse" })).toEqual({
    verdict: "agrees",
    sentence: "**agrees**: the variant is worse.",
  })
  expect(judgeFinding({ right: clearlyLess }, { variantIs: "better" }).verdict).toBe("does not agree")
  expect(judgeFinding({ right: clearlyMore }, { variantIs: "better" }).verdict).toBe("agrees")
  expect(judgeFinding({ right: clearlyMore })).toEqual({
    verdict: "not published",
    sentence: "Here the variant is better.",
  })
})

test("else the loss does, of which less is better", () => {
  expect(judgeFinding({ right: unclear, loss: clearlyMore }, { variantIs: "worse" })).toEqual({
    verdict: "agrees",
    sentence: "**agrees**: the variant is worse, by the loss alone.",
  })
  expect(judgeFinding({ right: unclear, loss: clearlyLess }, { variantIs: "worse" }).verdict).toBe("does not agree")
  expect(judgeFinding({ right: unclear, loss: unclear }, { variantIs: "worse" }).verdict).toBe("undecided")
  expect(judgeFinding({ right: unclear }, { variantIs: "worse" }).verdict).toBe("undecided")
})

test("one seed decides nothing", () => {
  const one = spread([-0.5])
  expect(judgeFinding({ right: one, loss: one }, { variantIs: "worse" })).toEqual({
    verdict: "undecided",
    sentence: "**undecided**: the variant is neither clearly better nor clearly worse.",
  })
})

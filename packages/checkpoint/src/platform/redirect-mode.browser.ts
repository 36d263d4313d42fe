/** Browsers hide where a redirect leads; they follow it themselves and drop the token when the origin changes. */
export const redirectMode: RequestRedirect = "follow"

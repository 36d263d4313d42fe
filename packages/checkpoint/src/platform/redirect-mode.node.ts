/** Node shows redirects, so the token can be kept from other hosts and the hub's own headers read. */
export const redirectMode: RequestRedirect = "manual"

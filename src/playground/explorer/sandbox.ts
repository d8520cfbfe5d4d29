/** Where Apollo Sandbox is served from if it is not embedded; a browser there calls this gateway across origins. */
export const SANDBOX_ORIGINS = ['https://studio.apollographql.com', 'https://sandbox.embed.apollographql.com'];

/** Origins of Apollo Sandbox outside an embedding page; browsers there call the gateway cross-origin. */
export const SANDBOX_ORIGINS = ['https://studio.apollographql.com', 'https://sandbox.embed.apollographql.com'];

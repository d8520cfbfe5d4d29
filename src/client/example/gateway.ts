import { createGatewayClient } from 'weixin-phone-gateway-client';

/** One client for the whole Mini Program. A published one needs https here, and the host on its list of servers. */
export const gateway = createGatewayClient({ wx, url: 'http://127.0.0.1:4000/graphql' });

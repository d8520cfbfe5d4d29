import { StoreUnavailable } from '../../src/stores/store-unavailable.js';

/** What a store throws that could not be reached. */
export const lost = new StoreUnavailable('no connection');
/** What nobody expects. */
export const bug = new TypeError('a bug');

/** A port that works, but for one operation, which throws this. */
export function failing<Port extends object>(port: Port, operation: keyof Port, error: Error): Port {
  return new Proxy(port, {
    get(target, name) {
      if (name === operation) return () => Promise.reject(error);
      const member: unknown = Reflect.get(target, name, target);
      return typeof member === 'function' ? (member.bind(target) as unknown) : member;
    },
  });
}

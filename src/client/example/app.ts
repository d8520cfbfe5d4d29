import { gateway } from './gateway';

App({
  onLaunch() {
    void gateway.prepare();
  },
});

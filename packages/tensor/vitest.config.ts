import { testConfig } from '../../vitest.base.ts';

export default testConfig('tensor', {
  typecheck: { enabled: true, include: ['test/**/*.test-d.ts'], tsconfig: './tsconfig.json' },
});

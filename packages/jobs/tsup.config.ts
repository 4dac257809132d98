import { buildFromExports } from '../../tsup.base.ts';

export default buildFromExports();

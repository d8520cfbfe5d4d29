/** The report: `npm run report -- [--quick] [--out FILE]`, in the folder of the package. */
import { reportCommand } from './command.js';

process.exitCode = await reportCommand(process.argv.slice(2));

#!/usr/bin/env node
import './cli/node-version.js';

// Imported dynamically: an old Node could not even link the rest.
await import('./start.js');
